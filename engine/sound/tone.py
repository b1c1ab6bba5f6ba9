"""What an instrument is asked for, and the few shapes all of them are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RATE = 44_100
"""Samples a second, everywhere."""

Samples = npt.NDArray[np.floating[Any]]
"""One channel of sound, about -1..1."""


@dataclass(frozen=True, slots=True)
class Tone:
    """One sound to make.

    velocity  0..1, how hard; shapes the colour, not the loudness
    pitch     MIDI note for the pitched instruments, semitones up for the rest
    length    seconds it is held; 0 = as long as the instrument likes
    chance    where the small differences between two strokes come from
    """

    velocity: float
    pitch: float
    length: float
    chance: np.random.Generator

    @property
    def frequency(self) -> float:
        """Hz of the MIDI note; 69 = 440 Hz, equal temperament."""
        return 440 * 2 ** ((self.pitch - 69) / 12)

    @property
    def ratio(self) -> float:
        """Factor on an unpitched instrument's frequencies."""
        return 2 ** (self.pitch / 12)


Play = Callable[[Tone], Samples]


def clock(seconds: float) -> Samples:
    """Time of each sample from 0, seconds."""
    return np.arange(round(seconds * RATE)) / RATE


def turns(frequency: Samples) -> Samples:
    """Phase in radians of a sine whose frequency in Hz is given for each sample; 0 at the first."""
    return 2 * np.pi * (np.cumsum(frequency) - frequency) / RATE


def decay(t: Samples, t60: float) -> Samples:
    """Falls by 60 dB in `t60` seconds."""
    return np.exp(-6.908 / t60 * t)


def modes(
    seconds: float,
    bend: Samples | float,
    frequencies: Sequence[float] | Samples,
    levels: Sequence[float] | Samples,
    t60s: Sequence[float] | Samples,
    *,
    chance: np.random.Generator,
    blooms: Sequence[float] | Samples | None = None,
) -> Samples:
    """Sines that ring and die, each from its own chance phase, after a contact of half a millisecond.

    bend   factor on all frequencies, a number or one for each sample
    blooms seconds each takes to rise; none rise at once
    """
    t = clock(seconds)
    phase = turns(np.broadcast_to(np.asarray(bend, float), t.shape))
    out = np.zeros(t.size)
    starts = chance.uniform(0, 2 * np.pi, len(frequencies))
    rises = np.zeros(len(frequencies)) if blooms is None else blooms
    for f, level, t60, start, rise in zip(frequencies, levels, t60s, starts, rises, strict=True):
        n = min(t.size, round(1.2 * t60 * RATE))
        ring = np.sin(f * phase[:n] + start) * decay(t[:n], t60)
        out[:n] += level * (ring * (1 - np.exp(-t[:n] / rise)) if rise else ring)
    contact = round(0.0005 * RATE)
    out[:contact] *= np.linspace(0, 1, contact)
    return out


def spectrum(n: int) -> Samples:
    """Hz of each bin of the real Fourier transform of `n` samples."""
    return np.fft.rfftfreq(n, 1 / RATE)


def shaped(sound: Samples, gain: Callable[[Samples], Samples]) -> Samples:
    """Sound with each frequency (Hz) scaled by `gain`; the loudest sample is 1."""
    n = sound.size
    out = np.fft.irfft(np.fft.rfft(sound) * gain(spectrum(n)), n)
    return out / (np.abs(out).max() or 1)


def low_pass(cut: float, order: int = 1) -> Callable[[Samples], Samples]:
    """Gain that falls by 6 dB x `order` an octave above `cut` Hz."""
    return lambda f: (1 + (f / cut) ** 2) ** (-order / 2)


def band(low: float, high: float, order: int = 2) -> Callable[[Samples], Samples]:
    """Gain of a band from `low` to `high` Hz."""
    below, above = low_pass(high, order), low_pass(low, order)
    return lambda f: below(f) * (1 - above(f))


def noise(seconds: float, gain: Callable[[Samples], Samples], chance: np.random.Generator) -> Samples:
    """Chance noise through a gain, loudest sample 1."""
    return shaped(chance.standard_normal(round(seconds * RATE)), gain)


def held(seconds: float, attack: float, release: float) -> Samples:
    """Level of a note held for `seconds`: round shoulders up and down; the release comes after."""
    t = clock(seconds + release)
    up = np.clip(t / attack, 0, 1)
    down = np.clip((seconds + release - t) / release, 0, 1)
    return np.sin(np.pi / 2 * up) ** 2 * np.sin(np.pi / 2 * down) ** 2


def finish(sound: Samples, fade: float = 0.01) -> Samples:
    """Ends in silence and peaks at exactly 1."""
    n = min(sound.size, round(fade * RATE))
    out = sound - 0.0
    out[sound.size - n :] *= np.linspace(1, 0, n)
    return out / (np.abs(out).max() or 1)
