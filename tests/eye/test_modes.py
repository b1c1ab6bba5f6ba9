"""Crowds, torches, masks and what the eye can be told."""

from __future__ import annotations

import numpy as np
import pytest

from controllers.eye.eye import Eye
from controllers.eye.lesson import Lesson
from controllers.eye.motion import COLUMNS, ROWS, Front
from controllers.eye.region import looked_at, plane, polygon_of, resting
from controllers.eye.settings import EyeSettings, Zone
from controllers.eye.silhouette import Silhouette, packed
from controllers.eye.torches import Torches
from engine.core.silhouette import mask_of

from .audience import Audience
from .evaluate_crowd import EDGE
from .faults import grey

pytestmark = pytest.mark.slow

ACTS = (("hands", 0.6, 2.4, (0, 1, 2)), ("jump", 3.0, 4.1, (0, 2)), ("hands", 5.2, 6.4, (0,)))


@pytest.fixture(scope="module")
def house():
    """A crowd that puts its hands up, then two thirds jump, then the left third alone moves."""
    rng = np.random.Generator(np.random.PCG64(2))
    audience = Audience(11, ACTS, seconds=6.2)
    return [(t, grey(p + rng.normal(0, 1, p.shape))) for t, p in audience.frames()]


@pytest.fixture(scope="module")
def read(house):
    eye = Eye(EyeSettings("", mode="crowd"))
    return [(t, eye.see(t, picture)) for t, picture in house]


def test_a_crowd_is_heard_when_most_of_it_agrees(read):
    found = [g for _, r in read for g in r.gestures]
    assert list(dict.fromkeys(g.name for g in found)) == ["hands_up", "hands_down", "jump"]
    assert found[-1].confidence == pytest.approx(2 / 3)
    assert found[-1].zone == "left right" and (found[-1].x, found[-1].y) == pytest.approx((0.5, 0.5), abs=0.1)
    assert all(0 <= g.at - g.start < 3 for g in found) and found[0].start < found[0].at, "when it began"


def test_hands_going_up_and_down_are_levels_of_their_zone(read):
    up = [r.levels["rise/middle"] for t, r in read if 0.6 < t < 1.2 and r.levels]
    down = [r.levels["rise/middle"] for t, r in read if 2.2 < t < 3.0 and r.levels]
    assert max(up) > 0.7 and min(down) < 0.3


def test_left_against_right_asks_the_picture_not_the_zones(house):
    rows = [Zone(str(k), ((0, k / 2), (1, k / 2), (1, k / 2 + 0.5), (0, k / 2 + 0.5))) for k in (0, 1)]
    eye = Eye(EyeSettings("", mode="crowd", zones=tuple(rows)))
    read = [(t, eye.see(t, picture).levels) for t, picture in house]
    alone = [levels for t, levels in read if 5.3 < t < 5.6 and levels]
    assert max(levels["left"] for levels in alone) > 0.5 > max(levels["right"] for levels in alone)


def test_a_zone_that_rests_reads_nothing(read):
    alone = [r.levels for t, r in read if 5.3 < t < 5.6 and r.levels]
    assert max(levels["zone/left"] for levels in alone) > 0.5
    assert max(levels["zone/right"] for levels in alone) < 0.2
    assert all(0 <= v <= 1 for _, r in read for v in r.levels.values())


def test_zones_are_polygons_with_names(house):
    zones = (
        Zone("stalls", ((0, 0.5), (1, 0.5), (1, 1), (0, 1))),
        Zone("circle", ((0, 0), (1, 0), (0.5, 0.5))),
    )
    eye = Eye(EyeSettings("", mode="crowd", zones=zones))
    names = {name for t, picture in house[:3] for name in eye.see(t, picture).levels}
    assert {"zone/stalls", "zone/circle", "lean", "left", "right", "energy"} <= names


def night(k, count=5):
    picture = np.full((180, 320), 12, np.uint8)
    for n in range(count):
        x, y = 40 + 55 * n + round(9 * np.sin(2 * np.pi * k / 30)), 60 + 20 * (n % 3)
        picture[y : y + 3, x : x + 3] = 250
    return picture


def test_torches_are_counted_placed_and_their_sway_timed():
    torches = Torches()
    seen = [torches.step(k / 30, night(k)) for k in range(90)]
    assert seen[-1].count == pytest.approx(5, abs=0.1)
    assert len(seen[-1].points) == 5 and all(0 <= x <= 1 and 0 <= y <= 1 for x, y in seen[-1].points)
    assert seen[-1].hertz == pytest.approx(1.0, abs=0.15)
    assert max(s.sway for s in seen[30:]) > 0.3 and min(s.sway for s in seen[30:]) < -0.3


def test_a_lamp_or_a_screen_is_no_torch():
    picture = night(0, 2)
    picture[100:150, 200:280] = 255
    assert round(Torches().step(0.0, picture).count) == 2


def test_torches_go_out_as_signals():
    eye = Eye(EyeSettings("", mode="torches"))
    for k in range(20):
        signals = eye.step(k / 30, night(k))
    light = next(s for s in signals if s.address == "camera/torches")
    assert light.count == 5 and len(light.points) == 5 and light.kind == "level"


def test_only_armed_gestures_are_reported(lifts):
    eye = Eye(EyeSettings("", armed=("lower",)))
    names = {g.name for k, p in enumerate(lifts[1]) for g in eye.see(k / 30, p).gestures}
    assert names == {"lower"}
    eye.arm(["no such gesture"])
    assert not eye.armed
    eye.arm([])
    assert "raise" in eye.armed and "jump" in eye.armed


def test_a_gesture_tells_its_zone_its_number_and_how_fast_it_went(lifts):
    eye = Eye(EyeSettings(""))
    signals = [s for k, p in enumerate(lifts[1]) for s in eye.step(k / 30, p) if s.kind == "trigger"]
    up, down = (next(s for s in signals if s.address == f"camera/{name}") for name in ("raise", "lower"))
    assert up.vy < 0 < down.vy and up.took > 0
    assert (up.number, down.number) == (1, 2) and up.text in ("left", "middle", "right")


def test_an_ignored_region_and_a_zone_are_not_looked_at(lifts):
    everywhere = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    for more in ({"ignore": (everywhere,)}, {"zone": (0.0, 0.0, 0.05, 0.05)}):
        eye = Eye(EyeSettings("", **more))
        assert not [g for k, p in enumerate(lifts[1]) for g in eye.see(k / 30, p).gestures]


def test_a_zone_is_mirrored_with_the_picture():
    left = plane(polygon_of((0.0, 0.0, 0.5, 1.0)))
    assert left.shape == (ROWS, COLUMNS) and left[:, :31].min() > 0.99 and left[:, 33:].max() < 0.01
    assert looked_at((0.0, 0.0, 1.0, 1.0), (), mirror=False) is None
    assert looked_at((0.0, 0.0, 0.5, 1.0), (), mirror=True)[:, 40:].min() > 0.99


def test_the_mask_survives_the_journey_and_covers_who_moves(lifts):
    _, pictures = lifts
    front, silhouette, best = Front(), Silhouette(), 0
    for k, picture in enumerate(pictures[:70]):
        motion = front.step(k / 30, picture)
        if motion:
            mask = silhouette.step(motion)
            assert np.array_equal(mask_of(packed(mask)), mask)
            best = max(best, int(mask.sum()))
    assert 200 < best < mask.size // 2


@pytest.mark.parametrize(
    "value",
    [None, "x", {}, {"width": 8, "height": 8, "bits": "!"}, {"width": 800, "height": 8, "bits": "AAAA"},
     {"width": 64, "height": 64, "bits": "AAAA"}, {"width": -1, "height": 8, "bits": "AAAA"}],
)  # fmt: skip
def test_what_is_no_mask_is_none(value):
    assert mask_of(value) is None


def test_a_lesson_gives_numbers_and_advice():
    front, lesson = Front(), Lesson(5.0)
    rng = np.random.Generator(np.random.PCG64(3))
    for k in range(40):
        motion = front.step(k / 8, grey(80 + rng.normal(0, 20, (180, 320))))
        if motion:
            lesson.hear(motion)
    verdict = lesson.verdict()
    assert verdict["fps"] == pytest.approx(8, abs=0.1) and verdict["noise"] > 2.5
    assert any("infrared" in en for _, en in verdict["advice"]) and any(
        "fps" not in zh for zh, _ in verdict["advice"]
    )
    assert "no pictures" in Lesson(1.0).verdict()["advice"][0][1]


@pytest.mark.parametrize("balcony", [True, False])
def test_a_lesson_says_when_the_part_that_rests_shows_nothing(balcony):
    audience = Audience(64000, balcony=balcony)  # its wall is bare
    front, lesson = Front(), Lesson(5.0)
    front.reference = resting(EDGE, mirror=False)
    picture = grey(audience.picture(0.0))
    rng = np.random.Generator(np.random.PCG64(4))
    for k in range(20):
        motion = front.step(k / 30, grey(picture + rng.normal(0, 1, picture.shape)))
        if motion:
            lesson.hear(motion)
    assert any("to see in the part marked" in en for _, en in lesson.verdict()["advice"]) is not balcony
