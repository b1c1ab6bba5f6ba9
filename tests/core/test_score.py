"""Written music falls where it is written, to the frame, for a whole evening."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.clock import Frame
from engine.core.score import Hit, Pattern, Score, Tempo, line

EVERY = "x" * 16


def played(score, frames, fps=60):
    """(exact seconds, hit without lateness) of every hit of the first frames."""
    return [
        (n / fps + hit.late, replace(hit, late=0.0))
        for n in range(frames)
        for hit in score.hits(Frame(score.start + n, fps))
    ]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("X...x.r.X..tG.cb", ["'b'", "X...x.r.X..tG.cb", "X x r G c t ."]),
        ("X...", ["X...", "4", "16"]),
        ("X" * 17, ["17", "16"]),
    ],
)
def test_a_wrong_pattern_says_what_and_what_is_known(steps, words):
    with pytest.raises(ValueError) as told:
        Pattern(steps)
    for word in words:
        assert word in str(told.value)


def test_letters_strike_their_instruments():
    score = Score(Tempo(60), (line("XxrGct..........", once=True),))
    hits = [hit.instrument for _, hit in played(score, 600)]
    assert hits == ["drum", "drum", "rim", "gong", "cymbal", "small_gong"]


def test_an_unknown_instrument_gets_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'clapper'"):
        line(EVERY, instrument="claper")


def test_a_line_may_be_played_on_one_instrument():
    score = Score(Tempo(60), (line("X...x...........", instrument="clapper", velocity=0.5, once=True),))
    assert [hit for _, hit in played(score, 300)] == [Hit("clapper", 0.5), Hit("clapper", 0.3)]


def test_lines_follow_each_other_for_their_bars_and_come_round():
    score = Score(Tempo(240), (line("X...............", "G...............", bars=2),))
    hits = [hit.instrument for _, hit in played(score, 60 * 8 - 1)]
    assert hits == ["drum", "drum", "gong", "gong"] * 2


@pytest.mark.parametrize("fps", [24, 30, 50, 60])
def test_no_drift_in_fifteen_minutes(fps):
    tempo = Tempo(132)
    score = Score(tempo, (line(EVERY),), start=777)
    times = [time for time, _ in played(score, 15 * 60 * fps, fps)]
    wanted = np.arange(len(times)) * 60 / 132 / 4
    assert len(times) == 15 * 132 * 4
    np.testing.assert_allclose(times, wanted, atol=1e-6)


@pytest.mark.parametrize("tempo", [Tempo(60, 168, 16), Tempo(168, 60, 40), Tempo(84, 132, 30), Tempo(120)])
def test_every_step_falls_in_exactly_one_frame(tempo):
    frames = 15 * 60 * 60
    times = np.array([time for time, _ in played(Score(tempo, (line(EVERY),)), frames)])
    steps = np.arange(len(times))
    np.testing.assert_allclose(times, [tempo.time(step / 4) for step in steps], atol=1e-6)
    assert tempo.time(len(times) / 4) >= frames / 60 - 1e-6


def test_the_accelerando_is_the_integral_of_its_tempo():
    tempo = Tempo(60, 168, 16)
    beats = np.linspace(0, 80, 800_001)
    bpm = np.where(beats < 64, 60 + 108 * beats / 64, 168)
    summed = np.concatenate([[0], np.cumsum(60 / bpm[:-1] * np.diff(beats))])
    for beat in (1, 32, 64, 80):
        assert tempo.time(beat) == pytest.approx(np.interp(beat, beats, summed), abs=1e-3)


@pytest.mark.parametrize("tempo", [Tempo(60, 168, 16), Tempo(168, 60, 3), Tempo(96)])
def test_beat_is_the_inverse_of_time(tempo):
    for beat in np.linspace(-3, 400, 97):
        assert tempo.beat(tempo.time(beat)) == pytest.approx(beat, abs=1e-9)


def test_frames_may_be_asked_for_in_any_order():
    score = Score(Tempo(60, 168, 4), (line("X.x.r.G.c.t.X..."),)).begin(Frame(50))
    forward = [score.hits(Frame(n)) for n in range(1000)]
    backward = [score.hits(Frame(n)) for n in reversed(range(1000))]
    assert forward == backward[::-1]
    assert not any(forward[:50])
    assert forward[50] == [Hit("drum", 1.0)]


def test_lateness_is_less_than_a_frame():
    score = Score(Tempo(97), (line(EVERY),))
    late = [hit.late for n in range(6000) for hit in score.hits(Frame(n))]
    assert min(late) >= 0 and max(late) < 1 / 60


def test_the_beat_can_be_read():
    score = Score(Tempo(120), (line(EVERY),), start=60)
    assert score.beat(Frame(60)) == 0
    assert score.beat(Frame(75)) == pytest.approx(0.5)
    assert score.beat(Frame(30)) == pytest.approx(-1)


@pytest.mark.parametrize("bad", [(0, 0, 0), (-60, 0, 0), (60, -1, 4), (60, 120, -4)])
def test_a_tempo_must_go_forward(bad):
    with pytest.raises(ValueError, match="above 0"):
        Tempo(*bad)


def test_voices_name_each_sound_once():
    score = Score(Tempo(60), (line("X.X.x.x.r.......", "X..............."),))
    assert set(score.voices()) == {Hit("drum", 1.0), Hit("drum", 0.6), Hit("rim", 0.7)}
