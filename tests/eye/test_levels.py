"""What can always be said."""

from __future__ import annotations

import numpy as np
import pytest

from controllers.eye.levels import Level, Levels
from controllers.eye.motion import Motion
from controllers.eye.shape import Hand, Shape


def motion(at, weight=0.0, u=0.0, x=slice(20, 30)):
    plane = np.zeros((36, 64), np.float32)
    plane[10:20, x] = weight
    flow = np.full((36, 64), u, np.float32)
    return Motion(at, 1 / 30, plane, plane, flow, np.zeros_like(flow), 0.0, 0.0, 0.0, 0.3, 0.0)


def play(levels, pieces):
    """`pieces` of (seconds, weight); levels and the times of hush."""
    hand, at, said, hushes = Hand(), 0.0, [], []
    for seconds, weight in pieces:
        for _ in range(round(seconds * 30)):
            at += 1 / 30
            now = motion(at, weight, 0.4 if weight else 0.0)
            said.append(levels.step(now, hand.step(now)))
            if levels.hush():
                hushes.append(at)
    return said, hushes


def test_noise_is_known_whether_anything_moves_or_not():
    hand = Hand()
    assert [hand.step(motion(1.0 + at, weight)).noise for at, weight in enumerate((0.0, 3.0))] == [0.3, 0.3]


def test_energy_rises_at_once_and_falls_slowly():
    said, _ = play(Levels(), [(1, 0), (1, 3), (2, 0)])
    energy = [level.energy for level in said]
    assert energy[29] == 0 and energy[36] > 0.5 and 0.2 < energy[75] < 0.9 and energy[-1] < 0.15
    assert all(0 <= getattr(level, name) <= 1 for level in said for name in Level.__slots__)


def test_hush_comes_once_after_real_movement():
    _, hushes = play(Levels(), [(3, 0), (2, 3), (4, 0), (0.06, 3), (3, 0)])
    assert hushes == [pytest.approx(7.0, abs=0.1)]


def test_stillness_alone_and_a_single_stroke_are_no_hush():
    assert play(Levels(), [(6, 0)])[1] == []
    assert play(Levels(), [(1, 0), (0.5, 3), (4, 0)])[1] == []


def test_still_is_one_after_two_seconds():
    said, _ = play(Levels(), [(1, 3), (1, 0), (2, 0)])
    assert said[29].still == 0 and said[59].still == pytest.approx(0.5, abs=0.05) and said[-1].still == 1


def test_lean_is_away_from_where_one_was():
    levels = Levels()
    for k in range(600):
        place = 0.9 if k < 540 else 1.3
        level = levels.step(motion(k / 30, 3.0), Shape(k / 30, 500, u=0.3, cx=place, cy=0.5))
        if k == 539:
            assert level.lean == pytest.approx(0.5, abs=0.1)
    assert level.lean > 0.7
