"""Which strokes mean something: paths made by hand, no pictures."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from controllers.eye.gestures import BACK, CERTAIN, Judge
from controllers.eye.sequel import SEQUEL
from controllers.eye.shape import Shape, X, Y
from controllers.eye.strokes import Strokes


def glide(u):
    """Minimum jerk, 0..1."""
    return u**3 * (10 - 15 * u + 6 * u * u)


def hand(path, seconds, fps=30, rest=0.4, **more):
    """Shapes of a hand on `path(u)` -> (x, y) in heights, at rest before and after."""
    facts = {"mass": 400.0, "wide": 0.08, "tall": 0.08, "broad": 0.1, "high": 0.1, "share": 0.8} | more
    shapes, last = [], None
    for k in range(round((2 * rest + seconds) * fps)):
        t = k / fps
        u = (t - rest) / seconds
        if not 0 < u < 1:
            shapes.append(Shape(t, noise=facts.get("noise", 0.0)))
            continue
        x, y = path(u)
        px, py = last or path(0.0)
        u, v = (x - px) * fps, (y - py) * fps
        shapes.append(Shape(t, x=x, y=y, u=u, v=v, **moving(x, y, u, v, facts), **facts))
        last = (x, y)
    return shapes


def moving(x, y, u, v, facts):
    """The sums over all motion of something of one piece at (x, y)."""
    mass, broad, high = facts["mass"], facts["broad"], facts["high"]
    columns, rows = (
        np.exp(-(((line - at) / size) ** 2) / 2) for line, at, size in ((X, x, broad), (Y, y, high))
    )
    return {
        "cx": x, "cy": y, "gx": mass * u, "gy": mass * v, "ax": mass * abs(u), "ay": mass * abs(v),
        "columns": np.outer((1, u, v, abs(v)), columns * mass / columns.sum()),
        "rows": np.outer((1, v, u, abs(u)), rows * mass / rows.sum()),
    }  # fmt: skip


def cut(shapes):
    """The strokes of some shapes."""
    strokes = Strokes()
    return [stroke for shape in shapes for stroke in strokes.step(shape)]


def heard(shapes, sensitivity=1.0):
    strokes, found = Strokes(), []
    judge = Judge(strokes.past, sensitivity)
    for shape in shapes:
        found += judge.step(shape.at, strokes.step(shape))
    return found + judge.finish(shapes[-1].at, [])


WAYS = {
    "raise": lambda u: (0.9 + 0.05 * glide(u), 0.8 - 0.6 * glide(u)),
    "lower": lambda u: (0.9, 0.2 + 0.6 * glide(u)),
    "swipe_right": lambda u: (0.5 + 0.7 * glide(u), 0.4 + 0.03 * glide(u)),
    "swipe_left": lambda u: (1.2 - 0.7 * glide(u), 0.4),
}


def test_the_same_stroke_means_less_the_more_noise_it_may_be_made_of():
    sure = [heard(hand(WAYS["raise"], 0.5, noise=noise))[0].confidence for noise in (0.0, 0.4, 2.0, 4.0)]
    assert sure[0] == sure[1] > sure[2] > sure[3] > 0.5


def test_a_wave_in_noise_is_less_sure():
    path = lambda u: (0.9 + 0.15 * math.sin(2 * math.pi * 2.5 * u), 0.4)  # noqa: E731
    clear, noisy = (heard(hand(path, 2.0, noise=noise)) for noise in (0.0, 2.0))
    assert [g.name for g in clear] == [g.name for g in noisy] == ["wave"]
    assert clear[0].confidence > noisy[0].confidence


def test_what_was_under_way_when_the_eye_opened_says_nothing():
    shapes = hand(lambda u: (0.9, 0.8 - 0.6 * glide(u)), 0.5)
    assert [g.name for g in heard(shapes)] == ["raise"]
    assert heard([shape for shape in shapes if shape.mass > 0] + shapes[-12:]) == []


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("seconds", [0.3, 0.6, 1.0])
@pytest.mark.parametrize("name", WAYS)
def test_one_stroke_is_one_gesture_soon_after_its_end(name, seconds, fps):
    found = heard(hand(WAYS[name], seconds, fps))
    assert [g.name for g in found] == [name]
    assert abs(found[0].at - (0.4 + seconds)) <= SEQUEL + 2 / fps
    assert found[0].start == pytest.approx(0.4, abs=0.3 * seconds + 2 / fps)


@pytest.mark.parametrize("fps", [30, 60])
@pytest.mark.parametrize("name", ["raise", "swipe_left", "swipe_right"])
def test_what_is_certain_is_said_at_once(name, fps):
    [gesture] = heard(hand(WAYS[name], 0.5, fps))
    assert gesture.confidence >= CERTAIN
    assert gesture.at - 0.9 <= 0.12 + 1 / fps


def test_a_hand_that_has_arrived_is_heard_though_its_owner_moves_on():
    def restless(u):
        there = min(1.0, 1.6 * u / 0.5)
        return 0.5 + 0.7 * glide(there) + 0.02 * u, 0.4

    found = heard(hand(restless, 1.6))
    assert [g.name for g in found] == ["swipe_right"]
    assert found[0].at < 0.4 + 0.5 + 0.25


def test_a_wave_is_a_wave_and_nothing_else():
    found = heard(hand(lambda u: (0.9 + 0.12 * math.sin(2 * math.pi * 4 * u), 0.3), 2.0))
    assert {g.name for g in found} == {"wave"}


def test_small_beats_of_a_speaking_hand_are_nothing():
    assert heard(hand(lambda u: (0.9 + 0.1 * glide(u), 0.5 + 0.05 * glide(u)), 0.3)) == []


def test_a_walker_is_nothing():
    assert heard(hand(lambda u: (1.7 * u, 0.5), 2.6, tall=0.19, high=0.24, wide=0.1)) == []


def test_sitting_down_is_nothing():
    body = {"tall": 0.18, "high": 0.22, "wide": 0.1, "broad": 0.12}
    assert heard(hand(lambda u: (0.9, 0.4 + 0.35 * glide(u)), 1.0, **body)) == []


def test_a_step_aside_is_a_step():
    body = {"tall": 0.18, "high": 0.22, "wide": 0.1, "broad": 0.11}
    found = heard(hand(lambda u: (0.8 + 0.3 * glide(u), 0.5), 0.7, **body))
    assert [g.name for g in found] == ["step_right"]


def test_a_place_that_leaps_between_two_hands_is_nothing():
    both = np.exp(-(((X[:, None] - [0.5, 1.2]) / 0.1) ** 2)).sum(axis=1)
    shapes = [
        replace(s, columns=np.outer((1, 0, 0, 0), both * s.mass / both.sum()), gx=0.1 * s.gx, cx=0.85)
        if s.mass
        else s
        for s in hand(lambda u: (0.5 + 0.7 * glide(u), 0.4), 0.4, broad=0.35)
    ]
    assert heard(shapes) == []


def test_the_way_back_of_a_swipe_is_no_swipe():
    def there_and_back(u):
        return 0.5 + 0.7 * (glide(2 * u) if u < 0.5 else 1 - glide(2 * u - 1)), 0.4

    assert [g.name for g in heard(hand(there_and_back, 1.0))] == ["swipe_right"]


def test_a_sweep_surer_than_the_movement_that_made_it_ready_is_said():
    def ready_and_sweep(u):
        there = glide(min(1.0, u / 0.45))
        return (0.65 + 0.4 * there, 0.4) if u < 0.55 else (1.05 - 0.8 * glide((u - 0.55) / 0.45), 0.4)

    found = heard(hand(ready_and_sweep, 1.0))
    assert [g.name for g in found] == ["swipe_right", "swipe_left"]
    assert found[1].start - found[0].at < BACK
    assert found[1].confidence > found[0].confidence


def test_an_arm_that_fills_the_picture_is_read_as_a_whole():
    near = {"mass": 1500.0, "wide": 0.14, "tall": 0.14, "broad": 0.28, "high": 0.26, "share": 0.45}
    lifted = hand(lambda u: (0.9, 0.8 - 0.55 * glide(u)), 0.6, **near)
    astray = [replace(s, y=0.9 - s.cy) if s.mass else s for s in lifted]  # it slides down
    assert [g.name for g in heard(astray)] == ["raise"]


def test_what_is_seen_as_a_hand_and_as_a_whole_is_said_once():
    either = {"mass": 900.0, "wide": 0.12, "tall": 0.12, "broad": 0.21, "high": 0.2, "share": 0.6}
    shapes = hand(lambda u: (0.9, 0.8 - 0.55 * glide(u)), 0.6, **either)
    assert {stroke.whole for stroke in cut(shapes)} == {False, True}
    assert [g.name for g in heard(shapes)] == ["raise"]


def test_a_sensitive_eye_answers_to_less():
    small = hand(lambda u: (0.5 + 0.25 * glide(u), 0.4), 0.4)
    assert heard(small) == []
    assert [g.name for g in heard(small, 2.0)] == ["swipe_right"]


def test_confidence_grows_with_the_stroke():
    def found(way):
        return heard(hand(lambda u: (0.4 + way * glide(u), 0.4), 0.5))[0].confidence

    assert 0.5 <= found(0.30) < found(0.6) <= 1
