"""The face under a finger and the wing under a thumb, in a real browser."""

from __future__ import annotations

import pytest
from audience import joined, seated_right, shown
from playwright.sync_api import expect

from scenes.kit import facepage, wingwork
from scenes.kit.facedata import read_face
from scenes.kit.painter import Painter
from tests.scenes.test_face import ASSETS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


def painting(brow=False):
    face = read_face(ASSETS / "face/sankuaiwa.toml")
    painter = Painter(None, ({}, ()), ())
    painter.asked = {("white", -1), ("socket", -1)}
    return facepage.painting(facepage.outline(face), painter, brow=brow)


def beating(feats=(0, 0)):
    pair = wingwork.Pair()
    pair.feats = list(feats)
    return facepage.beating(0.0, pair)


def line(page, points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()


def test_a_stroke_on_either_half_is_sent_as_half_a_face(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion=painting())
    shown(guest.page, "face")
    found = []
    for side in (-1, 1):
        line(guest.page, [(180 + side * (20 + 6 * n), 300) for n in range(9)])
        found.append(playhouse.signal("phone/draw").points)
    for one, other in zip(*found, strict=True):
        assert one == pytest.approx(other, abs=0.02)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found[0])
    expect(guest.page.locator("#seen.on")).to_be_visible()


def test_a_part_can_be_had_by_a_button_and_washed_off(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion=painting())
    guest.page.get_by_role("button", name="Brow").press("Enter")
    points = playhouse.signal("phone/draw").points
    assert 0.1 < sum(y for _, y in points) / len(points) < 0.4, "over the eyes"
    guest.page.get_by_role("button", name="Wash").click()
    expect(guest.page.get_by_role("button", name="Wash")).to_be_hidden()


def test_once_the_ground_is_chosen_only_the_forehead_is_drawn_on(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion=painting(brow=True))
    shown(guest.page, "face")
    line(guest.page, [(200 + 5 * n, 430) for n in range(9)])
    guest.page.get_by_role("button", name="Draw a brow").click()
    points = playhouse.signal("phone/draw").points
    assert max(y for _, y in points) < 0.31


def test_a_tap_moves_the_wing_of_ones_own_side(visit, playhouse):
    guest = seated_right(visit)
    playhouse.tell(companion=beating())
    shown(guest.page, "wing")
    guest.page.get_by_role("button", name="右翅").press("Enter")
    tap = playhouse.signal("phone/tap")
    left, right = wingwork.halves(tap, 1)
    assert left == 0 and right > 0.3
    assert 0.25 <= tap.value <= 1


def test_the_page_says_when_to_hold_still(visit, playhouse):
    guest = seated_right(visit)
    whole = sum(beats for _, beats in wingwork.CALLS)
    both = wingwork.CALLS[0][1]
    page = beating()
    page["calls"] = [["left", whole]]
    playhouse.tell(companion=page)
    expect(guest.page.locator("#verb")).to_have_text("静住，一动就输")
    page["calls"] = [["right", both]]
    playhouse.tell(companion=page)
    expect(guest.page.locator("#verb")).to_have_text("你们这边，动！")
