"""Live sound: heard where there is a device, silent and unharmed where there is none."""

import os
import sys
import threading
import time

import numpy as np
import pygame
import pytest

from engine.core.instruments import INSTRUMENTS, PITCHED
from engine.core.score import Hit
from engine.sound.device import _alsa_silenced
from engine.sound.mixer import Sound
from engine.sound.stand import GROUND, STAND


@pytest.fixture
def device(monkeypatch):
    """Open Sound on one of SDL's drivers, and close it afterwards."""
    opened = []

    def on(driver, **given):
        monkeypatch.setenv("SDL_AUDIODRIVER", driver)
        opened.append(Sound(**given))
        return opened[-1]

    yield on
    for sound in opened:
        sound.close()


def busy():
    return sum(
        pygame.mixer.Channel(i).get_busy() for i in range(len(GROUND), pygame.mixer.get_num_channels())
    )


def until(true, seconds=10.0):
    """Look again until something is true; fail if it never is."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        pause.wait(0.002)
        assert time.monotonic() < end, "it never came true"


def test_the_dummy_device_really_opens(device):
    sound = device("dummy")
    assert pygame.mixer.get_init() == (44_100, -16, 2)
    assert [(line.name, line.ok) for line in sound.health()] == [("sound", True)]
    assert "44100 Hz" in sound.health()[0].detail


def test_without_a_device_it_is_silent_and_says_so_once(device, caplog):
    sound = device("nonsense")
    sound.prepare(["drum"])
    for _ in range(3):
        sound.perform([Hit("drum")], {"fire": 1.0})
    sound.hush()
    [line] = sound.health()
    assert not line.ok and "no sound device" in line.detail and "nonsense" in line.detail
    assert len(caplog.records) == 1
    assert pygame.mixer.get_init() is None


def test_a_prepared_hit_sounds_in_its_frame(device):
    sound = device("dummy")
    sound.prepare(["drum", "gong"])
    sound._orchestra.rest()
    sound.perform([Hit("drum"), Hit("gong", pan=-1)], {})
    assert busy() == 2


def test_an_unprepared_hit_sounds_as_soon_as_it_is_made(device):
    sound = device("dummy")
    sound.perform([Hit("rim")], {})
    sound._orchestra.rest()
    sound.perform([], {})
    assert busy() == 1


def test_after_a_second_everything_unpitched_is_ready(device):
    sound = device("dummy", fps=5)
    for _ in range(5):
        sound.perform([], {})
    sound._orchestra.rest()
    struck = sorted(INSTRUMENTS.keys() - PITCHED)
    sound.perform([Hit(name) for name in struck], {})
    assert busy() == len(struck)


def test_a_hit_that_took_too_long_is_not_played(device):
    sound = device("dummy")
    sound.perform([Hit("rim")], {})
    sound._orchestra.close()
    for _ in range(10):
        sound._frame += 1
        sound.perform([], {})
    assert sound._waiting == []


def test_beds_begin_follow_and_end(device):
    sound = device("dummy")
    sound.prepare(["room"])
    sound._orchestra.rest()
    channel = sound._ground["room"]
    for _ in range(60):
        sound.perform([], {"room": 1.0})
    assert channel.get_busy()
    assert channel.get_sound().get_volume() == pytest.approx(sound.volume, abs=0.01)
    for _ in range(120):
        sound.perform([], {})
    until(lambda: not channel.get_busy())


def test_hush_fades_every_hit(device):
    sound = device("dummy")
    sound.prepare(["gong"])
    sound._orchestra.rest()
    sound.perform([Hit("gong")], {})
    sound.hush(0.02)
    until(lambda: not busy())


def test_nothing_raises_into_the_frame(device, caplog):
    sound = device("dummy")
    strange = [
        Hit("theremin"),
        Hit("drum", float("nan")),
        Hit("huhu", 9.0, 7.0, 1e12, -3.0),
        Hit("rim", late=99.0),
    ]
    sound.prepare(["rim", "lava"])
    sound._orchestra.rest()
    sound.perform(strange, {"lava": 1.0, "fire": float("nan")})
    sound.perform(strange, {"fire": 7.0})
    for _ in range(3):
        sound.perform(None, None)
    assert len([record for record in caplog.records if "a frame was not played" in record.message]) == 1
    assert not sound.health()[0].ok
    named = sound.health()[1]
    assert not named.ok and "theremin" in named.detail and "lava" in named.detail


def test_more_hits_than_voices_take_the_oldest(device):
    sound = device("dummy")
    sound.prepare(["gong"])
    sound._orchestra.rest()
    for _ in range(5):
        sound.perform([Hit("gong")] * 100, {})
    assert busy() == pygame.mixer.get_num_channels() - len(GROUND)


def test_performing_is_cheap(device):
    sound = device("dummy")
    sound.prepare(["drum", "rim", "fire"])
    sound._orchestra.rest()
    costs = []
    for n in range(300):
        begun = time.perf_counter()
        sound.perform([Hit("drum"), Hit("rim", late=0.01)] if n % 6 == 0 else [], {"fire": 0.5})
        costs.append(time.perf_counter() - begun)
    assert np.median(costs) < 0.0005


def test_what_is_performed_is_heard(device, monkeypatch, tmp_path):
    """SDL's disk driver writes down what a loudspeaker would have been given."""
    heard = tmp_path / "heard.raw"
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(heard))
    monkeypatch.setenv("SDL_DISKAUDIODELAY", "1")
    sound = device("disk", volume=1.0)
    sound.prepare(["clapper"])
    sound._orchestra.rest()
    sound.perform([Hit("clapper", 1.0, pan=-1)], {})
    until(lambda: not busy())
    sound.close()
    pcm = np.frombuffer(heard.read_bytes(), np.int16).reshape(-1, 2).astype(int)
    left, right = np.abs(pcm).max(axis=0)
    assert left == pytest.approx(STAND["clapper"].level * 0.89 * 32_767, rel=0.05)
    assert right < 0.05 * left


def test_closing_twice_is_fine(device):
    sound = device("dummy")
    sound.close()
    sound.close()
    sound.perform([Hit("drum")], {"fire": 1.0})
    assert pygame.mixer.get_init() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has ALSA")
def test_only_alsa_is_kept_quiet(capfd):
    with _alsa_silenced():
        os.write(2, b"ALSA lib conf.c: no card\nsomething real\n")
    assert capfd.readouterr().err == "something real\n"
