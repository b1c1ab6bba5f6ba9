"""Votes: what a rule makes of measures, and that the shipped rules are whole."""

from __future__ import annotations

import math

import pytest

from controllers.eye.measures import of_stroke, of_swings
from controllers.eye.sequel import REST
from controllers.eye.votes import Rule, rules
from tests.eye.test_gestures import cut, glide, hand

MORE, LESS = ("way", "march", "agree"), ("lively", "before", "turned", "across")


def stroke_of(path, axis, **more):
    """The first stroke of a hand on that axis."""
    return next(stroke for stroke in cut(hand(path, 0.5, **more)) if stroke.axis == axis)


def odds(confidence):
    return math.log(confidence / (1 - confidence))


@pytest.mark.parametrize(
    ("way", "turned", "answers"), [(0.2, 0, -1 + 10), (0.4, 0, 2 + 10), (0.2, 1, -3 + 10), (0.05, 1, -3)]
)
def test_a_vote_answers_to_every_way_its_questions_come_out(way, turned, answers):
    first = ["way", "turned"], [0.3, 0.5], [-1, 2, -3, 4]
    second = ["way", "way"], [0.1, 9], [0, 10, 0, 0]
    rule, measures = Rule(1.0, [first, second]), {"way": way, "turned": turned}
    assert odds(rule.confidence(measures)) == pytest.approx(answers - 1.0)
    assert odds(rule.confidence(measures, 0.5)) == pytest.approx(answers - 0.5)


def test_a_measure_on_the_line_is_a_no():
    rule = Rule(0.0, [(["way"], [0.3], [-1, 1])])
    assert rule.confidence({"way": 0.3}) < 0.5 < rule.confidence({"way": 0.3001})


def test_the_shipped_rules_ask_for_what_is_measured():
    known = set(of_stroke(stroke_of(lambda u: (0.5 + 0.7 * glide(u), 0.4), "x")))
    swings = set(of_swings([stroke_of(lambda u: (0.5 + 0.7 * glide(u), 0.4), "x")] * 2))
    assert set(rules()) == {"raise", "lower", "swipe", "step", "wave"}
    for gesture, readings in rules().items():
        read = {"hand"} if gesture == "step" else {"hand", "whole"}
        assert set(readings) == (read if gesture in ("step", "wave") else read | {"sequel"})
        for reading, rule in readings.items():
            followed = set(REST) if reading == "sequel" else known
            assert set(rule.names) <= (swings if gesture == "wave" else followed)


@pytest.mark.parametrize("read", ["hand", "whole"])
@pytest.mark.parametrize(("gesture", "axis"), [("raise", "y"), ("lower", "y"), ("swipe", "x")])
def test_more_way_never_speaks_against_a_stroke_nor_less_motion_before(gesture, axis, read):
    facts = of_stroke(stroke_of(lambda u: (0.5 + 0.3 * glide(u), 0.8 - 0.3 * glide(u)), axis))
    rule = rules()[gesture][read]
    for names, sign in ((MORE, 1), (LESS, -1)):
        for name in names:
            said = [rule.confidence(facts | {name: facts[name] + step * sign}) for step in (0, 0.1, 0.3, 0.7)]
            assert said == sorted(said), name
