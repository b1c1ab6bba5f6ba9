"""What follows a stroke, and what it says: paths made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from controllers.eye.gestures import AGAIN, CERTAIN, SURE, Judge, doubtful, followed
from controllers.eye.sequel import REST, SEQUEL, sequel
from controllers.eye.strokes import Strokes

from .test_gestures import WAYS, cut, glide, hand, heard

BODY = {"tall": 0.18, "high": 0.22, "wide": 0.1}  # an arm raised, or somebody who gets up


def lift_and(then, name="raise"):
    """Half a second of a gesture, then half a second of `then(u)` -> (x, y) added to where it ended."""

    def path(u):
        x, y = WAYS[name](min(1.0, 2 * u))
        dx, dy = then(max(0.0, 2 * u - 1))
        return x + dx, y + dy

    return hand(path, 1.0)


def after(then):
    """The sequel of the first stroke up."""
    shapes = lift_and(then)
    stroke = next(stroke for stroke in cut(shapes) if stroke.axis == "y")
    return sequel(shapes, stroke)


def test_who_rests_does_nothing():
    shapes = hand(WAYS["raise"], 0.5)
    [stroke] = [stroke for stroke in cut(shapes) if stroke.axis == "y" and not stroke.whole]
    assert sequel(shapes, stroke) == REST
    assert sequel([shape for shape in shapes if shape.at <= stroke.end], stroke) == REST


def test_what_is_done_afterwards_is_measured_along_and_across_the_stroke():
    rubs = after(lambda u: (0.0, 0.04 * math.sin(2 * math.pi * 4 * u)))
    falls = after(lambda u: (0.0, 0.4 * glide(u)))
    leaves = after(lambda u: (0.4 * glide(u), 0.0))
    for one in (rubs, falls, leaves):
        assert one["still"] < 0.5 and one["later"] > 0.2
    assert falls["onward"] > 3 * rubs["onward"] and falls["onward"] > 3 * leaves["onward"]
    assert leaves["sideways"] > 0.3 > 10 * falls["sideways"]


@pytest.mark.parametrize("name", ["raise", "lower", "swipe_left"])
def test_the_less_is_done_afterwards_the_surer(name):
    for measure, values in {
        "still": (0.0, 0.3, 0.6, 1.0), "later": (1.5, 0.5, 0.1, 0.0),
        "onward": (1.0, 0.3, 0.05, 0.0), "sideways": (2.0, 0.5, 0.1, 0.0),
    }.items():  # fmt: skip
        for others in (REST, {"still": 0.3, "later": 0.4, "onward": 0.2, "sideways": 0.3}):
            said = [followed(name, 0.6, others | {measure: value}) for value in values]
            assert said == sorted(said), measure
    assert followed(name, 0.6, REST) > 0.5 > followed(name, 0.6, dict.fromkeys(REST, 1.0) | {"still": 0.0})


def test_neither_what_is_certain_nor_what_is_out_of_the_question_nor_a_step_is_waited_for():
    assert [doubtful("raise", sure) for sure in (0.01, 0.1, 0.8, 0.9)] == [False, True, True, False]
    assert not doubtful("step_left", 0.6)


def test_what_is_in_doubt_is_said_once_it_is_known_what_follows():
    shapes = hand(WAYS["raise"], 0.5, **BODY)
    up = [stroke for stroke in cut(shapes) if stroke.axis == "y"]
    alone = max(sure for *_, sure in Judge(Strokes().past).hear(up))
    [gesture] = heard(shapes)
    assert gesture.name == "raise" and SURE < alone < CERTAIN < gesture.confidence
    assert SEQUEL <= gesture.at - up[0].end < SEQUEL + 2 / 30


def test_of_a_hand_that_goes_on_nothing_is_said():
    """The same stroke, heard by judges, not of the keenest, that see one thing or another follow it."""
    shapes, rubs = hand(WAYS["raise"], 0.5, **BODY), lift_and(lambda u: (0.05 * math.sin(25 * u),) * 2)
    up = [stroke for stroke in cut(shapes) if stroke.axis == "y"]
    for goes_on, names in ((shapes, ["raise"]), (rubs, [])):
        past = [*(s for s in shapes if s.at <= up[0].end), *(s for s in goes_on if s.at > up[0].end)]
        judge = Judge(past, 0.8)
        found = judge.step(up[0].end, up) + judge.step(up[0].end + SEQUEL, [])
        assert [gesture.name for gesture in found] == names


def test_how_soon_a_gesture_comes_again_goes_by_when_it_was_done_not_by_when_it_was_known():
    shapes = hand(WAYS["raise"], 0.5, **BODY)
    up = [stroke for stroke in cut(shapes) if stroke.axis == "y"]
    [clear] = [stroke for stroke in cut(hand(WAYS["raise"], 0.3)) if stroke.axis == "y" and not stroke.whole]
    for later, names in ((AGAIN - 0.1, ["raise"]), (AGAIN + 0.1, ["raise", "raise"])):
        end = up[0].end + later
        again, judge = replace(clear, start=end - 0.3, end=end), Judge(shapes)
        told = [
            judge.step(at, strokes) for at, strokes in ((0.9, up), (up[0].end + SEQUEL, []), (end, [again]))
        ]
        assert [gesture.name for found in told for gesture in found] == names


def test_what_is_in_doubt_when_the_pictures_are_over_is_decided_then():
    shapes = [shape for shape in hand(WAYS["raise"], 0.5, **BODY) if shape.at < 0.9 + 0.15]
    [gesture] = heard(shapes)
    assert gesture.name == "raise" and gesture.at == shapes[-1].at
