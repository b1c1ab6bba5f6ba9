"""Whether the camera can be trusted."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import controllers.eye.watch
from controllers.eye.watch import SLOW, Watch


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


def test_too_few_pictures_are_said_within_a_second_and_forgotten_within_two():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 2, noise)
    now = feed(watch, now, 0.9, noise, fps=5)
    assert watch.trouble(now) == SLOW
    now = feed(watch, now, 1.0, noise, fps=30)
    assert watch.trouble(now) == ""


@pytest.mark.parametrize("fps", [1, 5, 11, 12, 13])
def test_a_slow_camera_is_one_trouble_not_many(fps):
    watch, said = Watch(0.0), set()
    for k in range(6 * fps):
        watch.see(k / fps, noise(k))
        said |= {watch.trouble(k / fps + lag) for lag in (0.0, 0.5 / fps, 0.99 / fps) if k / fps > 3}
    assert len(said) == 1 and said <= {SLOW, ""}


def test_a_frozen_camera_opened_anew_is_frozen_still():
    watch, still = Watch(0.0), noise(99)
    now = feed(watch, 0.0, 2.0, lambda k: still)
    now = feed(watch, now + 1.5, 0.2, lambda k: still)
    assert "frozen" in watch.trouble(now) and watch.stuck > 3
    now = feed(watch, now, 0.1, noise)
    assert watch.trouble(now) == ""


def test_black_to_the_last_pixel_is_called_black():
    watch = Watch(0.0)
    now = feed(watch, 0.0, 1.5, lambda k: np.zeros((180, 320), np.uint8))
    assert "black" in watch.trouble(now)


def test_another_size_of_picture_is_news_for_a_while_unless_it_comes_back():
    for after, said in ((3, True), (12, False)):
        watch = Watch(0.0)
        for k in range(30 * after):
            watch.see(k / 30, noise(k), (640, 360) if k < 30 else (640, 480))
        assert ("640x360 and is now 640x480" in watch.trouble(after)) is said
    watch.see(after, noise(1), (640, 360))
    watch.see(after + 0.1, noise(2), (640, 480))
    assert watch.trouble(after + 0.1) == ""


def test_of_a_picture_only_its_fingerprint_is_kept():
    watch = Watch(0.0)
    feed(watch, 0.0, 0.5, noise)
    assert not any(isinstance(value, bytes | np.ndarray) for value in vars(watch).values())


def test_the_console_can_say_every_ailment_in_chinese():
    known = (Path(__file__).parents[2] / "assets/web/js/said.js").read_text("utf-8")
    folder = Path(controllers.eye.watch.__file__).parent
    said = [fault("black"), fault("white"), SLOW, "no picture", "the picture is frozen"]
    said += re.findall(r'notice = f"\{[\w.]+\} ?(.+)"', (folder / "capture.py").read_text("utf-8"))
    assert len(said) == 8
    assert [words for words in said if f'{words}"' not in known] == []


def fault(name):
    watch, picture = Watch(0.0), np.full((180, 320), {"black": 0, "white": 255}[name], np.uint8)
    return watch.trouble(feed(watch, 0.0, 1.5, lambda k: picture))
