"""What a stroke is an example of, by the truth of its clip."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace

import pytest

from controllers.eye.gestures import Judge
from controllers.eye.sequel import REST, SEQUEL
from controllers.eye.strokes import Strokes

from .clips import make
from .examples import Heard, Notes, examples, meanings, of_film, views
from .faults import FAULTS
from .scripts import Truth
from .test_gestures import WAYS, cut, glide, hand

DONE = (0.4, 0.9)  # seconds in which `hand` moves, if it takes half a second


def learnt(shapes, *truths):
    """(way, whole, meant) of every example some shapes give, those of a hand first."""
    strokes = Strokes()
    notes = Notes(strokes.past)
    for shape in shapes:
        assert notes.step(shape.at, strokes.step(shape)) == []
    return [(one.way, one.whole, one.meant) for one in examples(notes, truths)]


def there_and_back(u):
    return 0.5 + 0.7 * (glide(2 * u) if u < 0.5 else 1 - glide(2 * u - 1)), 0.4


def to_and_fro(u):
    return 0.9 + 0.12 * math.sin(2 * math.pi * 4 * u), 0.3


@pytest.mark.parametrize(
    "name, way", [("raise", "up"), ("lower", "down"), ("swipe_left", "across"), ("swipe_right", "across")]
)
def test_what_was_done_is_the_example_and_else_it_is_one_of_nothing(name, way):
    shapes, other = hand(WAYS[name], 0.5), "lower" if name == "raise" else "raise"
    meant = name.partition("_")[0]
    assert learnt(shapes, Truth(name, *DONE)) == [(way, False, meant), (way, True, meant)]
    for truths in ((), (Truth(other, *DONE),), (Truth(name, 0.8, 1.5),), (Truth("push", *DONE),)):
        assert learnt(shapes, *truths) == [(way, False, ""), (way, True, "")]


def test_what_may_be_reported_or_not_is_left_out():
    assert learnt(hand(WAYS["raise"], 0.5), Truth("*", *DONE, free=True)) == []
    assert learnt(hand(WAYS["raise"], 0.5), Truth("raise", *DONE, free=True)) == []


def test_the_way_back_of_a_swipe_is_left_out():
    shapes = hand(there_and_back, 1.0)
    for truth, back in ((Truth("swipe_right", *DONE), []), (Truth("step_right", *DONE), [""])):
        told = [truth.name.partition("_")[0], *back]
        both = [("across", whole, meant) for whole in (False, True) for meant in told]
        assert learnt(shapes, truth) == both


def test_of_the_pieces_of_a_stroke_the_best_is_it_and_the_others_are_left_out():
    stroke = next(stroke for stroke in cut(hand(WAYS["swipe_right"], 0.5)) if stroke.axis == "x")
    pieces = [(0.4, 0.6, 0.2), (0.45, 0.9, 0.5), (0.4, 0.45, 0.2), (0.4, 0.9, 0.1)]
    heard = [Heard(0.95, replace(stroke, start=a, end=b, dx=dx), {}) for a, b, dx in pieces]
    assert meanings(heard, [Truth("swipe_right", *DONE)]) == [None, "swipe_right", "", None]


def test_four_swings_are_a_wave_while_somebody_waves():
    shapes = hand(to_and_fro, 2.0)
    for truth, meant in (
        (Truth("wave", 0.4, 2.4), {"wave"}),
        (Truth("wave", 0.4, 2.4, free=True), set()),
        (Truth("raise", 0.4, 2.4), {""}),
        (Truth("*", 0.4, 2.4, free=True), {""}),
    ):
        found = learnt(shapes, truth)
        assert {name for way, _, name in found if way == "swings"} == meant
        assert {name for way, _, name in found if way == "across"} <= {""}


def test_notes_measure_a_stroke_as_the_judge_does():
    strokes = Strokes()
    notes, judge = Notes(strokes.past), Judge(strokes.past)
    for shape in hand(WAYS["raise"], 0.5) + [
        replace(shape, at=shape.at + 1.3) for shape in hand(WAYS["lower"], 0.5)
    ]:
        ended = strokes.step(shape)
        notes.step(shape.at, ended)
        heard = judge.hear(ended)
        assert [facts for _, facts, _, _ in heard] == [
            one.facts for one in notes.strokes[len(notes.strokes) - len(ended) :]
        ]
    lowered = [one.facts for one in notes.strokes if one.stroke.dy > 0]
    assert lowered and all(facts["raised"] > 0.5 and facts["busy"] == 1 for facts in lowered)


def test_what_followed_is_noted_once_it_is_over():
    shapes, strokes = hand(WAYS["raise"], 0.5), Strokes()
    notes = Notes(strokes.past)
    for shape in shapes:
        notes.step(shape.at, strokes.step(shape))
        for one in notes.strokes:
            over = shape.at >= one.stroke.end + SEQUEL and shape.at > one.at
            assert one.sequel == (REST if over else None)
    assert {one.sequel is None for one in notes.strokes} == {False}


def test_a_generated_clip_is_seen_at_three_paces_and_through_two_faults(monkeypatch):
    used = []
    for name in FAULTS:
        fault = FAULTS[name]
        monkeypatch.setitem(FAULTS, name, lambda rng, fault=fault, name=name: used.append(name) or fault(rng))
    seen = [len(frames) for frames in views(make("idle", 4300, seconds=1), 4300)]
    assert seen[:3] == [30, 15, 10] and len(seen) == 5
    assert len(set(used)) == 3 and used[0] == "clean"


def test_a_film_gives_examples_by_its_labels(lifts, lifts_mp4, tmp_path):
    clip, _ = lifts
    film = tmp_path / "lifts.mp4"
    shutil.copy(lifts_mp4, film)
    rows = (f"{t.start} {t.end} {t.name}{'*' * t.free}" for t in clip.truths)
    film.with_suffix(".txt").write_text("\n".join(rows))
    found = of_film(film, 2.0)
    assert {one.weight for one in found} == {2.0}
    meant = {one.meant for one in found if one.meant}
    assert meant == {truth.name for truth in clip.truths if not truth.free}
    assert all(one.way == ("up" if one.meant == "raise" else "down") for one in found if one.meant)
