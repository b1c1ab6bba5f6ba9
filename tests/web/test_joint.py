"""A joint on a guest's phone: driven home straight, refused when crooked; the tower shaken and lit."""

import pytest
from playwright.sync_api import expect

from tests.web.audience import joined, shown

pytestmark = pytest.mark.slow
PARTS = [
    [kind, ["华拱", "huá gǒng", "projecting arm"], ["泥道拱", "ní dào gǒng", "wall arm"]]
    for kind in ("cross", "cap", "dovetail", "tenon")
]


def told(playhouse, act, verbs, **facts):
    playhouse.tell(
        companion={"view": "joint", "act": act, "verbs": verbs, "parts": PARTS, "tenons": [], **facts}
    )


@pytest.fixture
def guest(visit, playhouse):
    one = joined(visit)
    told(playhouse, "raise", ["join"])
    shown(one.page, "joint")
    return one


def drag(page, way):
    """Down the middle of the target by (dx, dy), in small steps."""
    place = page.locator(".target").bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + 40
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 13):
        page.mouse.move(x + way[0] * min(1, step / 6), y + way[1] * step / 12)
    page.mouse.up()


def test_a_straight_tenon_goes_home_and_its_storey_is_told(guest, playhouse):
    drag(guest.page, (38, 260))  # it hangs to the left of its line
    act = playhouse.signal("phone/join")
    assert act.number == guest.number and 0.4 <= act.value <= 1
    told(playhouse, "raise", ["join"], tenons=[[guest.number, 3]])
    expect(guest.page.locator("#line")).to_have_text("你的榫在第 3 层")


def test_a_crooked_one_is_stopped_at_the_mouth(guest):
    drag(guest.page, (-30, 260))
    expect(guest.page.locator("#line")).to_have_text("歪了，对正再推")


def test_the_button_drives_it_home_for_those_who_do_not_drag(guest, playhouse):
    guest.page.locator(".act").press("Enter")
    assert playhouse.signal("phone/join").points


def test_the_tower_is_shaken_by_a_finger_and_lit_on_ones_own_storey(guest, playhouse):
    told(playhouse, "shake", ["shake", "tap"], tenons=[[guest.number, 5]])
    expect(guest.page.locator(".act")).to_have_text("摇")
    page = guest.page
    page.mouse.move(180, 400)
    page.mouse.down()
    for x in (60, 300, 60):
        page.mouse.move(x, 400, steps=4)
    page.mouse.up()
    assert 0.3 <= playhouse.signal("phone/shake").value <= 1
    told(playhouse, "stand", ["tap"], tenons=[[guest.number, 5]])
    expect(page.locator(".act")).to_have_text("点灯")
    page.mouse.click(180, 400)
    assert playhouse.signal("phone/tap").y == pytest.approx(0.1)


@pytest.mark.parametrize("size", [(320, 568), (360, 740), (740, 360)])
def test_it_fits(visit, playhouse, size):
    one = joined(visit, size=size, lang="en-GB", reduced_motion="reduce")
    for act, verbs in (("raise", ["join"]), ("shake", ["shake"]), ("stand", ["tap"])):
        told(playhouse, act, verbs)
        shown(one.page, "joint")
        assert one.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for target in one.page.locator(".target, .act").all():
            place = target.bounding_box()
            assert place["height"] >= 56 - 0.5 and place["x"] >= -0.5 and place["y"] >= 0
            assert place["y"] + place["height"] <= size[1] + 0.5
