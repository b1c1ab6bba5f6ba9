"""Live sound never leaves above -1 dBFS: by its sums, and by what really came out of a device."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.sound.headroom import GRAIN, Headroom, Sounding, peaks
from engine.sound.limiter import CEILING

ROOT = Path(__file__).resolve().parents[2]
LEVEL = (1.0, 1.0)


class Ears:
    """A channel that remembers how loud it is."""

    def __init__(self):
        self.volume = (1.0, 1.0)

    def set_volume(self, left, right):
        self.volume = (left, right)


def take(peak, seconds=0.5):
    pcm = np.zeros((round(seconds * 44_100), 2), np.int16)
    pcm[::7] = round(peak * 32_767)
    return peaks(pcm)


def begun(headroom, *soundings, ground=0.0):
    gain = headroom.step(ground, soundings)
    for each in soundings:
        each.channel = Ears()
    return gain


def heard(headroom, soundings):
    return sum(s.level * s.share * s.peaks.max() * s.channel.volume[0] for s in soundings)


def test_peaks_are_those_of_each_ten_milliseconds():
    pcm = np.zeros((GRAIN * 2 + 5, 2), np.int16)
    pcm[3, 0], pcm[GRAIN + 1, 1] = -16_384, 8192
    assert peaks(pcm).tolist() == [[0.5, 0.0], [0.0, 0.25], [0.0, 0.0]]


def test_one_hit_is_let_through_whole():
    headroom = Headroom(60)
    assert begun(headroom, Sounding(take(0.89), 0, 0.9, LEVEL)) == 1.0


def test_many_hits_at_once_come_down_together_and_up_again_slowly():
    headroom = Headroom(60)
    four = [Sounding(take(0.89, 0.2), 0, 0.6, LEVEL) for _ in range(4)]
    gain = begun(headroom, *four, ground=0.2)
    assert gain < 0.5 and heard(headroom, four) + 0.2 * gain <= CEILING + 1e-6
    rising = [headroom.step(0.0, ()) for _ in range(120)]
    assert rising == sorted(rising) and rising[-1] > 0.99
    assert np.diff([gain, *rising]).max() < 0.06, "no pumping"


def test_what_sounds_already_makes_way_and_never_grows_louder_again():
    headroom = Headroom(60)
    first = Sounding(take(0.89, 3.0), 0, 0.8, LEVEL)
    begun(headroom, first)
    second = Sounding(take(0.89, 0.2), 0, 0.8, LEVEL)
    begun(headroom, second)
    assert heard(headroom, [first, second]) <= CEILING + 1e-6
    for _ in range(120):
        headroom.step(0.0, ())
    assert first.channel.volume[0] == pytest.approx(1.0, abs=0.01), "back to where it began, no further"
    assert second.level * second.share <= 0.8 * 0.63


def test_a_stolen_channel_counts_no_more():
    headroom = Headroom(60)
    long = Sounding(take(0.89, 9.0), 0, 1.0, LEVEL)
    begun(headroom, long)
    headroom.silenced(long.channel)
    assert begun(headroom, Sounding(take(0.89), 0, 1.0, LEVEL)) == 1.0


PLAY = """
import pygame
from engine.core.instruments import INSTRUMENTS
from engine.core.score import Hit
from engine.sound.mixer import Sound
sound = Sound(fps=60)
every = sorted(INSTRUMENTS)
sound.prepare([*every, "fire", "roar", "drone"])
sound._orchestra.rest()
clock = pygame.time.Clock()
for frame in range(90):
    loud = [Hit(name, 1.0, pan=(-1) ** n * 0.3) for n, name in enumerate(every)] if frame % 20 == 0 else []
    sound.perform(loud, {"fire": 1.0, "roar": 1.0, "drone": 1.0})
    clock.tick(60)
sound.close()
"""


@pytest.mark.slow
def test_what_a_device_was_really_given_stays_below_the_ceiling(tmp_path):
    """SDL's disk device writes down what a sound card would have played."""
    out = tmp_path / "heard.raw"
    given = {**os.environ, "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(out), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", PLAY], env=given, check=True, timeout=100, cwd=ROOT)
    sound = np.frombuffer(out.read_bytes()[: out.stat().st_size // 4 * 4], np.int16).astype(int)
    assert len(sound) > 44_100, "more than half a second was heard"
    assert 4000 < np.abs(sound).max() <= CEILING * 32_768 + 8
