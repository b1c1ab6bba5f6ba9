"""The pages of ink and fire in a real browser: one stroke traced, one lump laid."""

from __future__ import annotations

from pathlib import Path

import pytest
from audience import joined, shown
from playwright.sync_api import expect

from scenes.ink import LINES
from scenes.kit import calligraphy, strokecards

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

POEM = Path(__file__).parents[2] / "assets/strokes/poem.toml"


def poem(written, **facts):
    """What the stage tells phones while it writes."""
    cards = strokecards.cards(LINES, calligraphy.read_strokes(POEM))
    told = {"view": "stroke", "verbs": ["trace", "tap"], "cards": cards, "lines": [26, 67, 100, 131]}
    return {**told, "written": written, "river": False, **facts}


def drag(page, points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def test_a_stroke_is_traced_waits_and_is_inked(visit, playhouse):
    guest = joined(visit)
    page = guest.page
    playhouse.tell(joined=131, companion=poem(0))
    shown(page, "stroke")
    mine = (
        guest.number - 1 if guest.number > 2 else 2 + guest.number * 37 % 129
    )  # the pen is at the first two
    square = page.locator(".target").bounding_box()
    at = lambda p: (square["x"] + p[0] * square["width"], square["y"] + p[1] * square["height"])  # noqa: E731
    words = [word for card in poem(0)["cards"] for word in card[2].split(" ")]
    _, knots = strokecards.unpack(words[mine])
    drag(page, [at(p) for p in reversed(knots)])
    expect(page.locator("#verb")).to_have_text("写")  # backwards is not taken
    drag(page, [at(p) for p in knots])
    trace = playhouse.signal("phone/trace")
    assert int(trace.y * 131) == mine and trace.number == guest.number and 2 <= len(trace.points) <= 64
    expect(page.locator("#verb")).to_have_text("等笔")
    playhouse.tell(companion=poem(mine + 1))
    expect(page.locator("#verb")).to_have_text("入卷")
    playhouse.tell(companion=poem(131, river=True, verbs=["tap"]))
    expect(page.locator("#verb")).to_have_text("壶口")
    page.get_by_role("button", name="写").press("Enter")
    assert playhouse.signal("phone/tap").count == 1


def test_a_lump_let_go_beside_the_tower_is_not_laid(visit, playhouse):
    guest = joined(visit, lang="en-GB")
    page = guest.page
    told = {"view": "coal", "verbs": ["lay", "tap"], "courses": 16, "of": 62, "lit": 0, "coals": []}
    playhouse.tell(companion={**told, "laid": 46})
    shown(page, "coal")
    lump = page.locator(".target").bounding_box()
    x, y = lump["x"] + lump["width"] / 2, lump["y"] + lump["height"] / 2
    drag(page, [(x, y), (x - 150, y)])
    expect(page.locator("#verb")).to_have_text("Lay")
    drag(page, [(x, y), (x, y - 220)])
    lay = playhouse.signal("phone/lay")
    assert lay.number == guest.number and lay.points
    playhouse.tell(companion={**told, "laid": 47, "coals": [[guest.number, 13, 4]]})
    expect(page.get_by_text("Layer 13, stone 4")).to_be_visible()
    playhouse.tell(companion={**told, "laid": 62, "lit": 0.8, "coals": [[guest.number, 13, 4]]})
    expect(page.locator("#verb")).to_have_text("It glows")
