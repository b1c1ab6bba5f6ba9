"""Whether the camera can be trusted."""

from __future__ import annotations

import numpy as np

from controllers.eye.watch import Watch


def noise(k, mean=90, spread=5):
    rng = np.random.Generator(np.random.PCG64(k))
    return np.clip(rng.normal(mean, spread, (180, 320)), 0, 255).astype(np.uint8)


def feed(watch, start, seconds, picture, fps=30):
    for k in range(int(seconds * fps)):
        watch.see(start + k / fps, picture(k))
    return start + seconds


def test_a_good_picture_is_no_trouble():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 2, noise)
    assert watch.trouble(now) == ""
    assert round(watch.fps(now)) == 30


def test_lost_within_a_second_and_healed_at_once():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 1, noise)
    assert watch.trouble(now + 0.5) == ""
    assert watch.trouble(now + 1.0) == "no picture"
    now = feed(watch, now + 5, 0.3, noise)
    assert watch.trouble(now) == ""


def test_never_opened_is_lost():
    assert Watch(10.0).trouble(11.0) == "no picture"


def test_repeated_pictures_are_not_frozen_until_nothing_changes_for_a_second():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 2, lambda k: noise(k // 6))
    assert watch.trouble(now) == ""
    still = noise(99)
    now = feed(watch, now, 1.0, lambda k: still)
    assert "frozen" in watch.trouble(now)


def test_black_and_burnt_are_said_but_a_blackout_is_not():
    for mean, word in ((3, "black"), (254, "overexposed")):
        watch = Watch(0.0)
        now = feed(watch, 0.0, 1, noise)
        now = feed(watch, now, 0.5, lambda k, m=mean: noise(k, m, 1.5))
        assert watch.trouble(now) == ""
        now = feed(watch, now, 0.5, lambda k, m=mean: noise(k, m, 1.5))
        assert word in watch.trouble(now)


def test_five_pictures_a_second_are_too_few():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 2, noise, fps=5)
    assert watch.trouble(now).startswith("only 5 pictures")
