"""Phones that are old, or closed in: nothing of what came after 2016, storage forbidden, touches only."""

from __future__ import annotations

import re

import pytest
from audience import joined, shown, stocked
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

GONE = (
    *("PointerEvent", "ResizeObserver", "IntersectionObserver", "matchMedia", "fetch", "URLSearchParams"),
    *("BroadcastChannel", "Notification", "queueMicrotask", "structuredClone", "OffscreenCanvas", "Path2D"),
    *("HTMLCanvasElement.toBlob", "CanvasRenderingContext2D.ellipse", "CanvasRenderingContext2D.roundRect"),
    *("Element.append", "Element.replaceChildren", "Element.setPointerCapture", "Array.flat", "Array.at"),
    *("Navigator.vibrate", "Navigator.languages", "String.padStart", "String.matchAll", "String.replaceAll"),
)
BARE = f"""
for (const name of {list(GONE)}) {{
  const [thing, part] = name.split('.');
  if (part) delete window[thing].prototype[part];
  else delete window[thing];
}}
delete Object.entries; delete Object.values; delete Object.fromEntries;
for (const name of ['localStorage', 'sessionStorage']) {{
  Object.defineProperty(window, name, {{ get() {{ throw new DOMException('no', 'SecurityError'); }} }});
}}
"""


@pytest.fixture
def old(visit):
    """A guest whose browser has none of that."""

    def come(**facts):
        one = visit(start=False, **facts)
        one.page.add_init_script(BARE)
        one.page.goto(one.origin)
        return one

    return come


def test_an_old_phone_plays_every_verb_by_touch(old, playhouse):
    guest = joined(lambda **facts: old(**facts))
    page = guest.page
    stocked(page, playhouse)
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    page.touchscreen.tap(180, 450)
    assert playhouse.signal("phone/tap").number == guest.number
    expect(page.locator("#seen.on")).to_have_text("台上见")
    playhouse.tell(companion={"view": "draw", "verbs": ["draw"]})
    shown(page, "draw")
    page.touchscreen.tap(180, 400)
    assert len(playhouse.signal("phone/draw").points) > 1
    playhouse.tell(companion={"view": "cut", "verbs": ["cut"]})
    shown(page, "cut")
    page.locator(".chip").nth(2).tap()
    page.locator(".act").tap()
    assert playhouse.signal("phone/cut").text == "drop"
    for view in ("flick", "rod", "leaf", "pond", "vote", "wish"):
        playhouse.tell(companion={"view": view, "verbs": ["tap"], "options": []})
        shown(page, view)
        page.touchscreen.tap(180, 450)
    playhouse.tell(companion={"view": "bow", "verbs": []})
    page.get_by_role("button", name="存下今晚").tap()
    picture = page.get_by_role("dialog").get_by_role("img")
    expect(picture).to_have_attribute("src", re.compile("^data:image/png"))


def test_an_old_phone_comes_back_without_storage(old, playhouse):
    guest = joined(lambda **facts: old(**facts))
    root = guest.page.locator("html")
    playhouse.kill()
    expect(root).to_have_attribute("data-linked", "no")
    playhouse.start()
    expect(root).to_have_attribute("data-linked", "yes")
    expect(root).to_have_attribute("data-guest", str(guest.number))


def test_without_modules_or_the_page_there_are_words_and_a_button(visit, playhouse):
    """The browser that cannot even read the page's script gets `plain.js` (nomodule; added by hand here)."""
    guest = visit(start=False, lang="en-GB")
    guest.foresee("Unexpected token")
    guest.page.route("**/web/page.js", lambda route: route.fulfill(body="}", content_type="text/javascript"))
    guest.page.goto(playhouse.url)
    guest.page.add_script_tag(url="/web/js/plain.js")
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    guest.page.get_by_role("button", name="Tap").click()
    assert playhouse.signal("phone/tap").count == 1
