"""One phone through a whole show: every view there is, what it weighs, whom it asks, how fast it answers."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from audience import joined, shown, stocked
from conftest import PAGES
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(90)]

PAGE_LIMIT = 150_000  # bytes of the whole page, over the whole evening
FEW = 6  # requests of one phone
ECHO_MS = 50
ASKED = ("seat", "room")  # the page shows these by itself
VIEWS = sorted({path.stem for path in (Path(PAGES) / "views").glob("*.js")} - set(ASKED))
TWO = [{"id": "a", "label": ["一", "One"]}, {"id": "b", "label": ["二", "Two"]}]


def tell(playhouse, view, **facts):
    verbs = ["tap", "flick", "cut", "draw", "drag", "vote", "wish", "give"]
    playhouse.tell(companion={"view": view, "verbs": verbs, "options": TWO, **facts})


def test_every_view_of_the_show_is_light_and_comes_from_here_alone(visit, playhouse):
    """Bytes as they cross the network, heads included, of everything one phone loads in one evening."""
    guest = visit(start=False)
    wire = guest.context.new_cdp_session(guest.page)
    bytes_, strangers, requests = [], [], []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: bytes_.append(event["encodedDataLength"]))
    wire.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    guest.page.route(
        lambda address: not address.startswith(playhouse.url),
        lambda route: (strangers.append(route.request.url), route.abort()),
    )
    guest.page.goto(playhouse.url)
    guest.page.get_by_role("button", name="跳过").click()
    for view in VIEWS:
        tell(playhouse, view)
        shown(guest.page, view)
    playhouse.kill()
    guest.page.wait_for_timeout(300)
    playhouse.start()
    expect(guest.page.locator("html")).to_have_attribute("data-linked", "yes")
    print(f"the whole show: {sum(bytes_)} bytes in {len(requests)} requests")
    assert 10_000 < sum(bytes_) <= PAGE_LIMIT, sum(bytes_)
    assert len(requests) <= FEW, requests
    assert not strangers, strangers


def test_a_view_that_fails_leaves_an_ember_and_the_page_alive(visit, playhouse):
    guest = joined(visit)
    guest.foresee("torn")
    stocked(guest.page, playhouse)
    guest.page.evaluate("window.xitai['views/tap.js'].open = () => ({ draw() { throw new Error('torn'); } })")
    tell(playhouse, "tap")
    shown(guest.page, "wait")
    tell(playhouse, "leaf")
    shown(guest.page, "leaf")
    assert guest.foreseen


def test_views_the_air_swallowed_are_asked_for_again(visit, playhouse):
    guest = joined(visit)
    guest.foresee("ERR_CONNECTION_RESET")
    guest.page.route("**/web/views.js", lambda route: route.abort("connectionreset"), times=1)
    stocked(guest.page, playhouse)
    tell(playhouse, "tap")
    shown(guest.page, "tap")
    assert sum(address.endswith("/web/views.js") for address in guest.asked) == 2


def test_one_view_a_browser_cannot_read_costs_that_view_alone(visit, playhouse):
    """Where the script with all views does not parse, each comes by itself."""
    guest = joined(visit)
    guest.foresee("Unexpected token")
    guest.page.route("**/web/views.js", lambda route: route.fulfill(body="}", content_type="text/javascript"))
    guest.page.route(
        "**/web/view/tap.js", lambda route: route.fulfill(body="}", content_type="text/javascript")
    )
    stocked(guest.page, playhouse)
    tell(playhouse, "tap")
    shown(guest.page, "wait")
    tell(playhouse, "flick")
    shown(guest.page, "flick")


@pytest.mark.parametrize("lang", ["zh-CN", "en-GB"])
def test_everything_that_can_be_pressed_has_a_name_and_fits_320_px(visit, playhouse, lang):
    guest = joined(visit, lang=lang, size=(320, 640))
    page = guest.page
    stocked(page, playhouse)
    for view in VIEWS:
        tell(playhouse, view)
        shown(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, view
        assert page.locator("#picture").get_attribute("aria-hidden") == "true"
        for thing in page.locator("button, a, input, [role=slider]").filter(visible=True).all():
            name = thing.get_attribute("aria-label") or thing.inner_text()
            assert name.strip(), (view, thing.evaluate("node => node.outerHTML"))
            if lang == "en-GB" and thing.get_attribute("id") != "tongue":
                assert not any("\u4e00" <= letter <= "\u9fff" for letter in name), (view, name)
        if view != "wait":
            assert page.locator("#verb").inner_text().strip(), view


def presses(page, view):
    """How a guest acts in each view, with one finger."""
    box = page.locator("#picture").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.55
    if view in ("vote", "wish"):
        return lambda k: page.locator(".option").nth(k % 2).click()
    return lambda k: page.mouse.click(x, y)


@pytest.mark.parametrize("view", ["pond", "tap", "leaf", "flick", "cut", "draw", "rod", "vote", "wish"])
def test_the_own_echo_is_drawn_within_50_ms(visit, playhouse, view):
    guest = joined(visit)
    tell(playhouse, "seat" if view == "pond" else view, ready=1)
    shown(guest.page, view)
    act, echoes = presses(guest.page, view), []
    for k in range(5):
        guest.page.locator("html").evaluate("root => root.removeAttribute('data-echo-ms')")
        act(k)
        echoes.append(float(guest.page.locator("html[data-echo-ms]").get_attribute("data-echo-ms")))
    print(view, echoes)
    assert statistics.median(echoes) <= ECHO_MS, echoes
