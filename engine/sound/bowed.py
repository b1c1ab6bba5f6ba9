"""Bowed two-string fiddles: harmonics under the body's formants."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.sound.tone import RATE, Samples, Tone, finish, held, noise, turns

HUHU = ((950, 420, 1.0), (1900, 600, 0.9), (3400, 900, 0.45))
ERHU = ((600, 420, 1.0), (1500, 600, 0.9), (2900, 900, 0.45))
"""Formants as (Hz, spread in Hz, gain)."""
Formants = Sequence[tuple[float, float, float]]
FLOOR = 0.08
CONTROL = 64  # samples between two values of what changes slowly


def huhu(tone: Tone) -> Samples:
    """呼胡, the leading fiddle of Jin opera: coconut and board, nasal and bright."""
    return _bow(tone, HUHU, vibrato=(5.5, 18))


def erhu(tone: Tone) -> Samples:
    """二胡: rounder, with a wider vibrato."""
    return _bow(tone, ERHU, vibrato=(6.0, 25))


def _bow(tone: Tone, formants: Formants, vibrato: tuple[float, float]) -> Samples:
    """Slides in from a semitone below; the vibrato begins after a quarter of a second."""
    chance, v = tone.chance, tone.velocity
    level = held(tone.length or 1.0, 0.030 + 0.05 * (1 - v), 0.09)
    t = np.arange(level.size) / RATE
    cents = -100 * np.exp(-t / 0.06) + waver(t, *vibrato, after=0.25)
    f = tone.frequency * 2 ** (cents / 1200)
    body = [(c * chance.normal(1, 0.015), s, g) for c, s, g in formants]
    wire = harmonics(f, body, slope=0.6 + 0.35 * (1 - v))
    hair = noise(level.size / RATE, lambda x: under(x, body) - FLOOR, chance)[: level.size]
    scrape = 0.05 + 0.15 * np.exp(-t / 0.03)
    swell = 1 - 0.18 * np.clip(t / max(t[-1], 0.4), 0, 1)
    return finish((wire + scrape * hair) * level * swell)


def waver(t: Samples, rate: float, cents: float, *, after: float) -> Samples:
    """A vibrato in cents that begins after some seconds."""
    return cents * np.clip((t - after) / 0.2, 0, 1) * np.sin(2 * np.pi * rate * (t - after))


def under(frequency: Samples, formants: Formants) -> Samples:
    """Gain of a body at each frequency in Hz."""
    humps = (gain * np.exp(-0.5 * ((frequency - c) / spread) ** 2) for c, spread, gain in formants)
    return FLOOR + sum(humps, np.zeros_like(frequency))


def harmonics(f: Samples, formants: Formants, *, slope: float, top: float = 11_000) -> Samples:
    """A string or reed at `f` Hz (one for each sample): harmonics h^-slope, each as loud as the body lets it.

    Peak 1. The body is asked along the moving frequency, so vibrato also colours the sound.
    """
    phase = turns(f)
    slow = f[::CONTROL]
    every, knots = np.arange(f.size), np.arange(0, f.size, CONTROL)
    out = np.zeros(f.size)
    for h in range(1, max(2, int(top / f.max())) + 1):
        loud = h**-slope * under(h * slow, formants)
        out += np.sin(h * phase) * np.interp(every, knots, loud)
    return out / np.abs(out).max()
