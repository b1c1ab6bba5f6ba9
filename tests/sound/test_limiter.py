"""Nothing leaves the limiter above its ceiling, and quiet sound passes untouched."""

import numpy as np
import pytest

from engine.core.chance import stream
from engine.sound.limiter import CEILING, EDGE, GRAIN, Limiter


def limited(sound, block):
    limiter = Limiter()
    parts = [limiter.push(sound[i : i + block]) for i in range(0, len(sound), block)]
    return np.concatenate([*parts, limiter.flush()])


def bursts(seed, seconds=3):
    """Noise and clicks up to 20 dB over."""
    chance = stream(seed, "bursts")
    sound = chance.normal(0, 0.5, (44_100 * seconds, 2)) * chance.uniform(0, 4, (seconds * 10, 1)).repeat(
        4410, axis=0
    )
    sound[chance.integers(0, len(sound), 40)] += 10
    return sound.astype(np.float32)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("block", [44_100, GRAIN * 100])
def test_never_above_minus_one_decibel(seed, block):
    sound = bursts(seed)
    out = limited(sound, block)
    assert len(out) == len(sound)
    assert np.abs(out).max() <= CEILING


def test_it_turns_down_and_does_not_clip():
    t = np.arange(44_100) / 44_100
    sine = 2 * np.sin(2 * np.pi * 100 * t).astype(np.float32)
    out = limited(np.stack([sine, sine], axis=1), 44_100)[EDGE:-EDGE, 0]
    np.testing.assert_allclose(out, sine[EDGE:-EDGE] * CEILING / 2, atol=2e-3)


def test_quiet_sound_is_untouched():
    sound = 0.1 * bursts(0).clip(-1, 1)
    np.testing.assert_array_equal(limited(sound, 44_100), sound)


def test_blocks_do_not_show():
    sound = bursts(1)
    np.testing.assert_allclose(limited(sound, 44_100), limited(sound, GRAIN * 700), atol=1e-6)
