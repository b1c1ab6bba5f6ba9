"""Beds follow their levels smoothly and make way for the drum."""

import math

import pytest

from engine.core.score import Hit
from engine.sound.beds import Beds


def db(x):
    return 20 * math.log10(x)


def test_a_level_is_reached_without_a_jump():
    beds = Beds(60)
    levels = [beds.step({"fire": 1.0}, [])["fire"] for _ in range(90)]
    steps = [b - a for a, b in zip([0.0, *levels], levels, strict=False)]
    assert levels[-1] == pytest.approx(1, rel=0.01)
    assert max(steps) < 0.2
    assert min(steps) >= 0


def test_a_bed_not_wished_for_fades_and_is_forgotten():
    beds = Beds(60)
    for _ in range(60):
        beds.step({"fire": 1.0}, [])
    assert 0 < beds.step({}, [])["fire"] < 1
    for _ in range(120):
        last = beds.step({}, [])
    assert last == {}


@pytest.mark.parametrize("name", ["drum", "gong"])
@pytest.mark.parametrize("fps", [30, 60])
def test_drum_and_gong_duck_four_decibels_for_a_quarter_second(name, fps):
    beds = Beds(fps)
    for _ in range(3 * fps):
        beds.step({"fire": 1.0}, [])
    levels = [beds.step({"fire": 1.0}, [Hit(name)] if n == 0 else [])["fire"] for n in range(fps)]
    assert db(levels[round(0.1 * fps)]) == pytest.approx(-4, abs=0.2)
    assert db(levels[round(0.24 * fps)]) == pytest.approx(-4, abs=0.1)
    assert db(levels[round(0.8 * fps)]) == pytest.approx(0, abs=0.1)


def test_others_do_not_duck_and_unknown_beds_are_not_there():
    beds = Beds(60)
    for _ in range(120):
        beds.step({"fire": 1.0}, [])
    assert beds.step({"fire": 1.0, "lava": 1.0}, [Hit("clapper")]).keys() == {"fire"}
    assert db(beds.step({"fire": 1.0}, [Hit("clapper")])["fire"]) == pytest.approx(0, abs=0.05)
