"""The two views of the spare scenes: minerals for the mural, a leaf of lacquer under the thumb."""

from __future__ import annotations

import math

import pytest
from audience import joined, shown
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

BOWLS = [
    {"id": "azurite", "label": ["石青", "azurite"], "colour": "#2A5273"},
    {"id": "cinnabar", "label": ["朱砂", "cinnabar"], "colour": "#963A29"},
]
CELL = {
    "p": [400, 200, 800, 220, 780, 700, 420, 680],
    "f": [[450, 300, 600, 360, 740, 300]],
    "at": [600, 450],
}
WALL = {"view": "mineral", "verbs": ["fill"], "options": BOWLS, "cells": [CELL], "wide": 1920}


def test_a_mineral_runs_from_the_finger_into_the_cell(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion=WALL)
    shown(guest.page, "mineral")
    guest.page.get_by_role("radio", name="朱砂").click()
    expect(guest.page.get_by_role("radio", name="朱砂")).to_have_attribute("aria-checked", "true")
    cell = guest.page.locator(".target").first.bounding_box()
    guest.page.mouse.click(cell["x"] + cell["width"] * 0.4, cell["y"] + cell["height"] * 0.5)
    fill = playhouse.signal("phone/fill")
    assert fill.text == "cinnabar" and fill.number == guest.number
    assert fill.points[0][0] == pytest.approx((400 + 0.4 * 400) / 1920, abs=0.03)
    assert fill.points[0][1] == pytest.approx(450 / 1080, abs=0.03)
    expect(guest.page.locator("#line")).to_have_text("朱砂入格，不压线")


def test_the_cell_is_a_button_too_and_beside_it_nothing_happens(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion=WALL)
    shown(guest.page, "mineral")
    cell = guest.page.get_by_role("button", name="This cell")
    place = cell.bounding_box()
    guest.page.mouse.click(place["x"] + 2, place["y"] - 8)
    cell.press("Enter")
    first = playhouse.signal("phone/fill")
    assert first.points[0] == pytest.approx((600 / 1920, 450 / 1080), abs=0.001)


def test_circles_are_palms_and_go_up_as_a_way_on_the_own_leaf(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "rub", "verbs": ["rub"], "gloss": [0] * 12, "done": False})
    shown(guest.page, "rub")
    leaf = guest.page.locator(".target").first.bounding_box()
    x, y, r = leaf["x"] + leaf["width"] / 2, leaf["y"] + leaf["height"] / 2, leaf["width"] * 0.3
    mouse = guest.page.mouse
    mouse.move(x + r, y)
    mouse.down()
    for k in range(1, 76):
        mouse.move(x + r * math.cos(k / 10), y + r * math.sin(k / 10))
    mouse.up()
    way = playhouse.signal("phone/rub")
    assert way.number == guest.number and 1 <= len(way.points) <= 14
    assert all(0.1 < px < 0.9 for px, _ in way.points)
    expect(guest.page.get_by_text("推 1 掌")).to_be_visible()


def test_the_button_rubs_a_round(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    playhouse.tell(companion={"view": "rub", "verbs": ["rub"]})
    shown(guest.page, "rub")
    guest.page.get_by_role("button", name="Rub").press("Enter")
    assert playhouse.signal("phone/rub").points
    expect(guest.page.get_by_text("1 palm", exact=True)).to_be_visible()
