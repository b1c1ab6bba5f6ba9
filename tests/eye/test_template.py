"""The template of a stroke: the same near and far, left and right, quick and slow; and what it tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from controllers.eye.template import AGO, BESIDE, JUST, NAMES, ON_WAY, PHASES
from tests.eye.test_gestures import cut, glide, hand


def facts_of(shapes, axis="x"):
    """Template of the hand's first stroke on an axis, name -> value."""
    stroke = next(one for one in cut(shapes) if one.axis == axis and not one.whole)
    return dict(zip(NAMES, stroke.template.tolist(), strict=True))


def across(way=0.6, seconds=0.6, fps=30, size=0.08, rest=0.6):
    return hand(lambda u: (0.9 + way * (glide(u) - 0.5), 0.5), seconds, fps, rest=rest, broad=size, high=size)


def row(facts, what, phase, places=ON_WAY):
    return np.array([facts[f"{what}.{phase}.{place}"] for place in places])


@pytest.mark.parametrize("same", [{"way": -0.6}, {"way": 0.3, "size": 0.04}, {"seconds": 1.2}, {"fps": 60}])
def test_a_template_is_the_same_left_and_right_near_and_far_quick_and_slow(same):
    one, other = facts_of(across()), facts_of(across(**same))
    for name, value in one.items():
        assert other[name] == pytest.approx(value, abs=0.12), name


def test_a_hand_that_goes_along_is_first_here_then_there():
    facts = facts_of(across())
    middles = [row(facts, "motion", phase) @ np.arange(len(ON_WAY)) for phase in ("first", "middle", "last")]
    assert middles == sorted(middles)
    assert sum(row(facts, "motion", phase).sum() for phase in PHASES[2:5]) == pytest.approx(1, abs=0.01)
    assert facts["against"] == 0
    assert facts["gone"] == pytest.approx(1, abs=0.15)


def test_motion_before_a_stroke_is_told_by_when_and_where_it_was():
    shapes = across()
    moving = [shape for shape in shapes if shape.mass]
    begin, end = moving[0].at, moving[-1]

    def stirring(shape):
        """Too little for a stroke, but not nothing, where it will end."""
        before = begin - AGO < shape.at < begin - JUST - 0.05
        return replace(end, at=shape.at, mass=4.0, columns=end.columns / 100) if before else shape

    calm, stirred = facts_of(shapes), facts_of([stirring(shape) for shape in shapes])
    assert row(calm, "motion", "ago").max() == 0
    assert row(stirred, "motion", "ago").argmax() in (6, 7)  # about one way from its start
    assert row(stirred, "motion", "just").max() == 0
    assert stirred["pace.4"] == calm["pace.4"]


def test_what_lies_beside_the_way_is_told_right_and_down_first_to_last():
    def beside(shapes, axis):
        return row(facts_of(shapes, axis), "motion", "middle", BESIDE) @ np.arange(len(BESIDE))

    for axis, path in (
        ("x", lambda u, d: (0.6 + 0.6 * glide(u), d)),
        ("y", lambda u, d: (d, 0.8 - 0.6 * glide(u))),
    ):
        straight = hand(lambda u, path=path: path(u, 0.5), 0.6)
        bowed = hand(lambda u, path=path: path(u, 0.5 + 0.25 * np.sin(np.pi * u)), 0.6)
        assert beside(straight, axis) < beside(bowed, axis)
