"""Knobs: ranges, curves, slew and fades."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.fades import Fade, breathe, ease_in, ease_out, linear, overshoot, smooth
from engine.core.params import CURVES, Knob, Param, knobs_of, params_of


class Flower:
    petals = Param(8, 3, 24)
    bloom = Param(0.3, slew=0.5)

    def __init__(self) -> None:
        self.knobs = knobs_of(type(self))


@given(st.sampled_from(CURVES), st.floats(0, 1))
def test_raw_and_value_are_two_ways(curve: str, raw: float) -> None:
    knob = Param(2.0, 0.5, 40.0, curve=curve)
    value = knob.from_raw(raw)
    assert 0.5 <= value <= 40.0 + 1e-9
    assert knob.to_raw(value) == pytest.approx(raw, abs=1e-6)


@given(st.floats())
def test_anything_a_fader_sends_stays_in_range(raw: float) -> None:
    assert 3 <= Flower.petals.from_raw(raw) <= 24
    assert 3 <= Flower.petals.clamp(raw) <= 24


def test_a_knob_reads_as_a_number_and_is_not_set_by_the_scene() -> None:
    flower = Flower()
    assert flower.petals == 8
    with pytest.raises(AttributeError, match="petals"):
        flower.petals = 9
    assert list(params_of(Flower)) == ["petals", "bloom"]


def test_two_scenes_have_knobs_of_their_own() -> None:
    one, two = Flower(), Flower()
    one.knobs["petals"].snap(20)
    assert (one.petals, two.petals) == (20, 8)


def test_slew_arrives_by_its_time_constant() -> None:
    knob = Knob(Flower.bloom, 0.0, 0.0)
    knob.turn(1.0)
    for index in range(30):
        knob.step(index, 1 / 60)
    assert knob.value == pytest.approx(1 - math.exp(-1), abs=0.01)


def test_a_cue_fades_and_a_hand_takes_over() -> None:
    knob = Knob(Flower.petals, 8, 8)
    knob.fade_to(24, 100, 60)
    knob.step(130, 1 / 60)
    assert knob.value == pytest.approx(16)
    knob.turn(5)
    knob.step(140, 1 / 60)
    assert knob.value == 5


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Param(1, 2, 3),
        lambda: Param(1, 1, 1),
        lambda: Param(1, 0, 2, curve="expo"),
        lambda: Param(1, 0, 2, curve="exp"),
    ],
)
def test_a_wrong_declaration_is_refused(wrong) -> None:
    with pytest.raises(ValueError):
        wrong()


@pytest.mark.parametrize("ease", [linear, ease_in, ease_out, smooth, overshoot])
def test_every_ease_begins_at_0_and_ends_at_1(ease) -> None:
    assert ease(0.0) == pytest.approx(0) and ease(1.0) == pytest.approx(1)


def test_a_fade_of_no_frames_is_a_snap() -> None:
    fade = Fade(0, 5, 10, 0)
    assert fade.value(10) == 5 and fade.done(10)
    assert Fade(0, 5, 10, 20).value(3) == 0


def test_breathing_comes_back() -> None:
    assert breathe(0, 4) == 0 and breathe(2, 4) == 1 and breathe(4, 4) == pytest.approx(0)
