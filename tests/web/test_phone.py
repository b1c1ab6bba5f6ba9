"""The audience page in a real browser, against the real gateway."""

from __future__ import annotations

import math
import statistics

import cv2
import numpy as np
import pytest
from audience import joined, seated_right, shown, stocked
from conftest import PAGES
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

PAGE_LIMIT = 150_000
SMALLEST_TARGET = 56
VIEWS = sorted(path.stem for path in (PAGES / "views").glob("*.js") if path.stem not in ("room", "pond"))
SIZES = ((360, 740), (320, 640), (740, 360))
SLOW_PINGS = """
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (text) {
        setTimeout(() => send.call(this, text), text.includes('"c":') ? 400 : 0);
    };
"""


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def stroke(page, points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()


def test_joins_without_typing_and_sits_down(visit, playhouse):
    guest = seated_right(visit)
    expect(guest.page.locator("#number")).to_be_visible()
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(guest.page, "tap")
    guest.page.get_by_role("button", name="敲").press("Enter")
    tap = playhouse.signal("phone/tap")
    assert (tap.count, tap.number) == (1, int(guest.page.locator("html").get_attribute("data-guest")))
    assert tap.x > 0.6, "the right block is on the right of the stage"


def test_tap_echoes_at_once_and_is_seen_on_stage(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(guest.page, "tap")
    drum = box(guest.page, ".target")
    echoes = []
    for k in range(5):
        guest.page.locator("html").evaluate("root => root.removeAttribute('data-echo-ms')")
        guest.page.mouse.click(drum["x"] + drum["width"] * (0.4 + 0.05 * k), drum["y"] + drum["height"] / 2)
        root = guest.page.locator("html[data-echo-ms]")
        echoes.append(float(root.get_attribute("data-echo-ms")))
    assert statistics.median(echoes) <= 50, echoes
    assert playhouse.signal("phone/tap").value == 1
    expect(guest.page.locator("#seen.on")).to_have_text("台上见")


def test_an_act_is_seen_on_stage_where_the_way_out_is_slower_than_the_way_back(visit, playhouse):
    """Then the phone takes the gateway's clock to be later than it is; nobody else's act follows to help."""
    guest = visit(start=False)
    guest.page.add_init_script(SLOW_PINGS)
    with guest.page.expect_websocket() as wire:
        guest.page.goto(playhouse.url)
    guest.page.get_by_role("button", name="跳过").click()
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(guest.page, "tap")
    wire.value.wait_for_event("framereceived", lambda frame: '"pong"' in frame)
    number = int(guest.page.locator("html").get_attribute("data-guest"))
    guest.page.get_by_role("button", name="敲").press("Enter")
    playhouse.signal("phone/tap", lambda tap: tap.number == number)
    expect(guest.page.locator("#seen.on")).to_have_text("台上见")


def test_a_guest_is_told_its_gong_and_its_niche(visit, playhouse):
    guest = joined(visit)
    number = int(guest.page.locator("html").get_attribute("data-guest"))
    ways = [[["W", "西", "west"]], [["N", "北", "north"]], [["E", "东", "east"]]]
    playhouse.tell(companion={"view": "tap", "verbs": [], "ways": ways})
    shown(guest.page, "tap")
    guest.page.get_by_role("button", name="敲").press("Enter")  # a dead stop: nothing is sent
    niche = {
        "rows": 5,
        "columns": 10,
        "kinds": "1" * 50,
        "names": [["曲项琵琶", "pipa"], ["五弦琵琶", "five"]],
    }
    playhouse.tell(companion={"view": "niche", "verbs": ["tap"], **niche})
    shown(guest.page, "niche")
    row, column = divmod((number - 1) % 50, 10)
    own = guest.page.get_by_role("button", name=f"第 {row + 1} 排 第 {column + 1} 龛 · 五弦琵琶")
    own.press("Enter")
    playhouse.signal("phone/tap", lambda tap: tap.number == number)  # others' may still be under way
    playhouse.tell(companion={"view": "niche", "verbs": [], "away": True, **niche})
    expect(guest.page.locator("#verb")).to_have_text("静")


def test_a_flower_is_cut_and_sent_stroke_by_stroke(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(
        companion={"view": "cut", "verbs": ["cut"], "folds": [6], "panes": {str(guest.number): 17}}
    )
    shown(guest.page, "cut")
    page = guest.page
    tip_x, tip_y = 360 * 0.62, box(page, "#bench")["y"] - 8
    at = lambda across, up: (tip_x + across, tip_y - up)  # noqa: E731
    stroke(page, [at(-30 + 6 * i, 220 + 14 * math.sin(i / 10 * math.pi)) for i in range(11)])
    stroke(page, [at(-28 + 8 * i, 150 + 16 * (i % 2)) for i in range(8)])
    stroke(page, [at(0, 270)])
    turns = [i / 24 * 3.4 * math.pi for i in range(25)]
    stroke(page, [at((24 - t) * math.cos(t), 105 + (24 - t) * math.sin(t)) for t in turns])
    page.get_by_role("button", name="展开").click()
    cuts = [playhouse.signal("phone/cut") for _ in range(4)]
    assert [cut.text for cut in cuts] == ["crescent", "saw", "drop", "cloud"]
    assert {cut.number for cut in cuts} == {guest.number}
    for cut in cuts:
        assert 1 <= len(cut.points) <= 64
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in cut.points)
        assert min(x for x, _ in cut.points) >= 0.5, "one half of the petal; the fold makes the other"
    expect(page.locator("#verb")).to_have_text("第 17 格")
    page.get_by_role("button", name="再剪一张").click()
    expect(page.get_by_role("button", name="展开")).to_be_disabled()


def test_patterns_can_be_tapped_instead_of_drawn(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion={"view": "cut", "verbs": ["cut"]})
    page = guest.page
    page.get_by_role("button", name="Saw-tooth").press("Enter")
    page.get_by_role("button", name="Cloud").press("Enter")
    page.get_by_role("button", name="Undo a cut").press("Enter")
    page.get_by_role("button", name="Unfold").press("Enter")
    assert playhouse.signal("phone/cut").text == "saw"


def test_flick_throws_harder_the_faster_it_is(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "flick", "verbs": ["flick"], "ready": 0.62})
    page = guest.page
    expect(page.get_by_text("同炉 62 %")).to_be_visible()
    for _ in range(4):  # a busy machine may draw one out into a slow push
        stroke(page, [(180, 600), (180, 560), (182, 440), (184, 300)])
    throw = playhouse.signal("phone/flick")
    assert 0.25 <= throw.value <= 1
    expect(page.locator("#seen.on")).to_be_visible()


def test_a_slow_push_is_no_flick_and_the_keyboard_throws_too(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "flick", "verbs": ["flick"]})
    shown(guest.page, "flick")
    stroke(guest.page, [(180, 600), (180, 596)])
    guest.page.get_by_role("button", name="泼").press("Enter")
    assert playhouse.signal("phone/flick").value == pytest.approx(0.6)


def test_rod_moves_with_the_finger_and_with_arrow_keys(visit, playhouse):
    guest = seated_right(visit)
    playhouse.tell(companion={"view": "rod", "verbs": ["drag"], "hands": [3, 14]})
    page = guest.page
    rod = page.get_by_role("slider", name="虎的杆")
    expect(page.get_by_text("14 人同执此杆")).to_be_visible()
    at = rod.bounding_box()
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    low = float(rod.get_attribute("aria-valuenow")) / 100
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 90, steps=6)
    held = playhouse.signal("phone/drag/right", lambda level: level.value > low + 0.2)
    assert held.count == 1
    page.mouse.up()
    high = float(rod.get_attribute("aria-valuenow")) / 100
    rod.press("ArrowDown")
    playhouse.signal("phone/drag/right", lambda level: level.value < high - 0.05)


def test_vote_is_marked_counted_and_may_change(visit, playhouse):
    options = [{"id": "potato", "label": ["土豆", "Potato"]}, {"id": "broom", "label": ["扫帚", "Broom"]}]
    guest = joined(visit, lang="en-GB")
    ask = {"id": "6", "verb": "vote", "until": 60.0}
    playhouse.tell(companion={"view": "vote", "verbs": ["vote"], "options": options, "ask": ask})
    guest.page.get_by_role("button", name="Broom").click()
    assert playhouse.signal("phone/vote").text == "broom"
    guest.page.get_by_role("button", name="Potato").click()
    playhouse.signal("phone/tally", lambda tally: "potato" in tally.text and "broom" not in tally.text)
    expect(guest.page.get_by_role("button", name="Potato Mine")).to_have_attribute("aria-pressed", "true")
    playhouse.tell(
        companion={"view": "vote", "verbs": ["vote"], "options": options, "ask": ask, "tally": {"potato": 31}}
    )
    expect(guest.page.get_by_role("button", name="Potato")).to_contain_text("31")


def test_preset_wish_goes_up(visit, playhouse):
    guest = joined(visit)
    wishes = [{"id": "blaze", "label": ["旺气冲天", "Let good fortune blaze to the sky"]}]
    playhouse.tell(companion={"view": "wish", "verbs": ["wish"], "options": wishes})
    guest.page.get_by_role("button", name="旺气冲天").click()
    assert playhouse.signal("phone/wish").text == "blaze"


def test_language_follows_the_phone_then_the_guest(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"], "line": ["敲一下", "Knock once"]})
    page = guest.page
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#line")).to_have_text("Knock once")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#line")).to_have_text("敲一下")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.reload()
    expect(page.locator("#line")).to_have_text("敲一下")


def test_unknown_views_and_blackout_wait_by_the_ember(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(guest.page, "tap")
    playhouse.tell(companion={"view": "juggle", "verbs": ["juggle"]})
    shown(guest.page, "wait")
    playhouse.tell(companion={"view": "flick", "verbs": ["flick"]})
    shown(guest.page, "flick")
    playhouse.tell(dark=True)
    shown(guest.page, "wait")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_view_fits_is_dark_and_has_large_targets(visit, playhouse, size):
    guest = joined(visit, size=size)
    options = [{"id": str(k), "label": [f"第{k}样", f"Thing {k}"]} for k in range(4)]
    for view in VIEWS:
        scene = {"verbs": ["tap"], "ready": 1, "options": options, "hands": [5, 9], "lights": 60}
        playhouse.tell(companion={"view": view, **scene})
        shown(guest.page, "pond" if view == "seat" else view)
        page = guest.page
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for target in page.locator(".target, .act, .option, .chip").all():
            place = target.bounding_box()
            if place:
                assert place["height"] >= SMALLEST_TARGET - 0.5, (view, place)
                assert place["y"] >= 0 and place["x"] >= -0.5, (view, place)
                assert place["y"] + place["height"] <= size[1] + 0.5, (view, place)
                assert place["x"] + place["width"] <= size[0] + 0.5, (view, place)
        picture = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR) / 255.0
        linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
        assert float((linear @ [0.0722, 0.7152, 0.2126]).mean()) < 0.2, view


def test_left_hand_and_less_motion_are_remembered(visit, playhouse):
    guest = joined(visit, reduced_motion="reduce")
    page = guest.page
    page.get_by_role("button", name="设置").click()
    expect(page.get_by_role("switch", name="少动画")).to_have_attribute("aria-checked", "true")
    page.get_by_role("switch", name="左手").click()
    expect(page.locator("body.left.calm")).to_be_attached()
    page.reload()
    expect(page.locator("body.left.calm")).to_be_attached()


def test_the_first_page_is_light_and_asks_only_us(visit, playhouse):
    guest = joined(visit)
    page = guest.page
    stocked(page, playhouse)
    whole = page.evaluate(
        """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
                 .reduce((sum, r) => sum + r.encodedBodySize, 0)"""
    )
    assert 10_000 < whole <= PAGE_LIMIT, whole
    assert len(guest.asked) < 40


def test_who_sits_already_touches_the_water_of_the_lobby(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "seat", "verbs": ["tap"], "lights": 30})
    shown(guest.page, "pond")
    guest.page.mouse.click(90, 500)
    assert playhouse.signal("phone/tap").count == 1


def test_a_leaf_is_given_by_a_swipe_or_the_button(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "leaf", "verbs": ["give"]})
    shown(guest.page, "leaf")
    stroke(guest.page, [(180, 520), (180, 470), (182, 380)])
    assert playhouse.signal("phone/give").number == guest.number
    guest.page.reload()
    guest.page.get_by_role("button", name="给").click()
    assert playhouse.signal("phone/give").count == 1


def test_a_tap_on_the_rod_is_a_toss(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(
        companion={"view": "rod", "verbs": ["drag", "tap"], "sides": [["牛", "Ox"], ["虎", "Tiger"]]}
    )
    shown(guest.page, "rod")
    guest.page.mouse.click(180, 300)
    assert playhouse.signal("phone/tap").value == 1


def test_a_vote_beside_another_verb_has_its_own_page_a_tap_away(visit, playhouse):
    options = [{"id": "potato", "label": ["土豆", "Potato"]}]
    guest = joined(visit)
    page = guest.page
    playhouse.tell(companion={"view": "cut", "verbs": ["cut", "vote"], "options": options})
    shown(page, "cut")
    page.get_by_role("button", name="点一样").click()
    shown(page, "vote")
    page.get_by_role("button", name="土豆").click()
    assert playhouse.signal("phone/vote").text == "potato"
    page.get_by_role("button", name="回去").click()
    shown(page, "cut")
    page.get_by_role("button", name="点一样").click()
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    expect(page.get_by_role("button", name="点一样")).to_be_hidden()
