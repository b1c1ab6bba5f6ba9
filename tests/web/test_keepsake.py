"""What a guest takes home: one picture, and a paper-cut in one piece; made on the handset, sent nowhere."""

from __future__ import annotations

import math
import re

import cv2
import numpy as np
import pytest
from audience import joined, shown, stocked
from playwright.sync_api import expect

from engine.core.chance import stream
from engine.link import Order

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

DOTS = 8  # of the rasterised sheet to a millimetre
CREDIT = ["红团花：一张纸不断", "Folded rosettes: one sheet, never severed"]


def evening(visit, playhouse, **facts):
    """A guest who gave a leaf and cut a flower, at the bow."""
    guest = joined(visit, **facts)
    page = guest.page
    playhouse.tell(show=["一叶晋风", "One Leaf"], companion={"view": "leaf", "verbs": ["give"]}, scene="leaf")
    shown(page, "leaf")
    page.locator(".act").click()
    playhouse.tell(companion={"view": "cut", "verbs": ["cut"]}, scene="paper", credit=CREDIT)
    shown(page, "cut")
    for chip in (0, 1, 2, 3):
        page.locator(".chip").nth(chip).click()
    page.locator(".act").click()
    playhouse.tell(companion={"view": "bow", "verbs": []})
    shown(page, "bow")
    return guest


def pieces(rings):
    """How many pieces of paper a knife following these rings (mm) leaves, rasterised by the even-odd rule."""
    sheet = np.zeros((200 * DOTS, 200 * DOTS), np.uint8)
    cv2.fillPoly(sheet, [np.round(np.array(ring) * DOTS).astype(np.int32) for ring in rings], 255)
    count, _, facts, _ = cv2.connectedComponentsWithStats(sheet, connectivity=4)
    return [int(facts[i, cv2.CC_STAT_AREA]) for i in range(1, count)]


def test_the_evening_is_saved_as_a_picture(visit, playhouse):
    guest = evening(visit, playhouse, lang="en-GB")
    guest.page.get_by_role("button", name="Keep tonight").click()
    dialog = guest.page.get_by_role("dialog", name=re.compile("1 leaf, 4 cuts"))
    expect(dialog.get_by_role("img")).to_be_visible()
    with guest.page.expect_download() as caught:
        dialog.get_by_role("link", name="Save").click()
    picture = cv2.imread(str(caught.value.path()))
    assert picture.shape[:2] == (1620, 1080)
    red = (picture[..., 2] > 150) & (picture[..., 1] < 70)
    assert 0.03 < red.mean() < 0.4, "the guest's own flower is the picture's heart"
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()


def test_where_nothing_can_be_downloaded_the_picture_is_pressed_long(visit, playhouse):
    guest = evening(visit, playhouse, user_agent="Mozilla/5.0 (Linux; Android 9) MicroMessenger/7.0")
    guest.page.get_by_role("button", name="存下今晚").click()
    picture = guest.page.get_by_role("dialog").get_by_role("img")
    expect(picture).to_have_attribute("src", re.compile("^data:image/png"))
    expect(guest.page.get_by_text("长按图片也能保存")).to_be_visible()
    expect(guest.page.get_by_role("link", name="保存")).to_have_count(0)
    assert (
        picture.evaluate(
            "img => !img.dispatchEvent(new Event('contextmenu', {bubbles: true, cancelable: true}))"
        )
        is False
    )


def test_the_keepsake_is_there_before_the_end_and_after_it(visit, playhouse):
    guest = evening(visit, playhouse, lang="en-GB")
    page = guest.page
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Keep tonight").click()
    shown(page, "bow")
    page.get_by_role("button", name="Back").click()
    shown(page, "tap")
    playhouse.hub.send("gateway", Order("over"))
    shown(page, "bow")
    expect(page.locator("#linking")).to_be_hidden()
    expect(page.get_by_role("button", name="Flower as SVG")).to_be_visible()


def test_the_flower_is_an_svg_in_one_piece(visit, playhouse):
    guest = evening(visit, playhouse)
    guest.page.get_by_role("button", name="剪纸图 SVG").click()
    with guest.page.expect_download() as caught:
        guest.page.get_by_role("link", name="保存").click()
    drawing = caught.value.path().read_text(encoding="utf-8")
    assert 'width="200mm"' in drawing
    assert CREDIT[0] in drawing
    rings = [
        [[float(v) for v in p.split()] for p in ring.split("L")] for ring in re.findall(r"M([^Z]+)Z", drawing)
    ]
    assert len(rings) > 20, "the outer edge, and every hole"
    assert len(pieces(rings)) == 1


def wild(die):
    """Cuts nobody would make: rings that sever, slits over the folds, whole corners away."""
    polygons = []
    turns = np.linspace(0, 2 * math.pi, 25)
    round_ = np.stack([np.cos(turns), np.sin(turns)], 1)
    for _ in range(die.integers(1, 10)):
        at, r = np.array([die.uniform(-0.15, 0.15), die.uniform(0.1, 0.95)]), die.uniform(0.02, 0.2)
        kind = die.choice(["ring", "slit", "blob"])
        if kind == "ring":
            polygons.append(np.concatenate([at + r * round_, (at + 0.7 * r * round_)[::-1]]))
        elif kind == "slit":
            polygons.append(np.array([[-1, at[1]], [1, at[1]], [1, at[1] + 0.02], [-1, at[1] + 0.02]]))
        else:
            polygons.append(at + r * round_ * die.uniform(0.3, 1, (25, 1)))
    return {"petals": int(die.choice([4, 6, 8])), "polygons": [p.tolist() for p in polygons]}


def test_whatever_was_cut_the_sheet_stays_one_piece(visit, playhouse):
    guest = joined(visit)
    stocked(guest.page, playhouse)
    die = stream(7, "cuts")
    for k in range(8):
        flower = wild(die)
        rings = guest.page.evaluate("flower => window.xitai['js/onepiece.js'].onePiece(flower)", flower)
        left = pieces(rings)
        assert len(left) == 1, (k, left)
        assert left[0] > 20 * DOTS**2, "a sheet, not a crumb"
