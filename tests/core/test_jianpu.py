"""Numbered notation reads as musicians write it."""

import pytest

from engine.core.clock import Frame
from engine.core.jianpu import MODES, jianpu
from engine.core.score import Score, Tempo

KAIHUA = "5 6 1' 2' | 3' 2' 1' 7 | 6 5 3' - | 2' 1' 6 5 ||"


def test_a_tune_has_its_pitches_and_lengths():
    tune = jianpu(KAIHUA, instrument="huhu", tonic=60)
    assert [s.hit.pitch for s in tune.written] == [67, 69, 72, 74, 76, 74, 72, 71, 69, 67, 76, 74, 72, 69, 67]
    assert tune.beats == 8
    assert tune.written[10].beats == 1.0
    assert tune.written[11].beat == 6.0


def test_signs_octaves_rests_and_halves():
    tune = jianpu("#4 b7, 0 1_ 2_", instrument="pluck", tonic=62, unit=1)
    assert [(s.hit.pitch - 62, s.beat, s.beats) for s in tune.written] == [
        (6, 0, 1),
        (-2, 1, 1),
        (0, 3, 0.5),
        (2, 3.5, 0.5),
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [("1 2 8 3", "'8'"), ("1 2 | 3", "bar 2"), ("1 x", "'x'"), ("1 | | 2", "bar 2"), ("", "bar 1")],
)
def test_what_cannot_be_read_is_named(text, word):
    with pytest.raises(ValueError, match=word):
        jianpu(text, instrument="huhu", tonic=60)


def test_an_unknown_instrument_is_named():
    with pytest.raises(ValueError, match="did you mean 'huhu'"):
        jianpu("1", instrument="huhuu", tonic=60)


@pytest.mark.parametrize(("once", "count"), [(True, 15), (False, 30)])
def test_a_tune_comes_round_unless_once(once, count):
    score = Score(Tempo(96), (jianpu(KAIHUA, instrument="huhu", tonic=60, once=once),))
    hits = [hit for n in range(600) for hit in score.hits(Frame(n))]
    assert len(hits) == count
    assert hits[10].length == pytest.approx(60 / 96)


def test_modes_snap_and_count():
    assert [MODES["yu"].note(n, 57) for n in range(-1, 6)] == [55, 57, 60, 62, 64, 67, 69]
    assert [MODES["gong"].snap(n, 60) for n in (60, 61, 65, 66, 71)] == [60, 60, 64, 67, 72]
    assert MODES["gong"].snap(71.6, 60) == 72
