"""The clip generator: the same for ever, and true to what its camera sees."""

import dataclasses

import numpy as np
import pytest

from . import evaluate_crowd
from .clips import make
from .scripts import Truth


def test_a_seed_is_a_clip_for_ever():
    one, two = (make("swipes", 4100, seconds=4) for _ in range(2))
    assert one.truths == two.truths
    assert np.array_equal(one.picture(1.0), two.picture(1.0))


@pytest.mark.parametrize("kind", ["swipes", "wave", "raise_lower"])
def test_who_gestures_close_by_does_so_before_the_camera(kind):
    shown = [
        t.free for seed in range(4200, 4230) for t in make(kind, seed, framing="desk").truths if t.name != "*"
    ]
    assert shown.count(False) > 0.7 * len(shown)


def test_a_stroke_out_of_the_picture_may_be_missed():
    clip = make("swipes", 4101, framing="waist")
    stroke = next(t for t in clip.truths if not t.free)
    clip.camera = dataclasses.replace(clip.camera, aside=6.0)
    assert clip.seen(stroke).free
    assert not clip.seen(Truth("step_left", 1.0, 1.5)).free


def test_a_stroke_begins_where_the_hand_comes_into_the_picture():
    clip = make("raise_lower", 4102, framing="waist")
    stroke = next(t for t in clip.truths if t.name == "raise")
    clip.camera = dataclasses.replace(clip.camera, aim=clip.camera.aim + 0.5)
    late = clip.seen(stroke)
    assert stroke.start < late.start < late.end <= stroke.end


def test_a_crowd_is_measured_though_pictures_are_dropped():
    noise = np.random.default_rng(1)
    frames = [(k / 30, noise.uniform(0, 255, (180, 320)).astype(np.float32)) for k in range(60)]
    rows, _ = evaluate_crowd.read(frames, 1, "drops")
    assert 0 < len(rows) < len(frames) - 1
