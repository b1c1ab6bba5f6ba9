"""Blown: the clay xun and the suona."""

from __future__ import annotations

import numpy as np

from engine.sound.bowed import harmonics, waver
from engine.sound.tone import RATE, Samples, Tone, finish, held, noise, turns

REED = ((1400, 600, 1.0), (3000, 900, 0.8))


def xun(tone: Tone) -> Samples:
    """埙: nearly a sine, with the breath that makes it."""
    chance, v = tone.chance, tone.velocity
    level = held(tone.length or 1.6, 0.18, 0.22)
    t = np.arange(level.size) / RATE
    f = tone.frequency * 2 ** ((-40 * np.exp(-t / 0.08) + waver(t, 4.5, 8, after=0.3)) / 1200)
    phase = turns(f)
    clay = np.sin(phase) + 0.12 * np.sin(2 * phase) + 0.18 * v * np.sin(3 * phase)
    breath = noise(level.size / RATE, lambda x: _comb(x, tone.frequency), chance)[: level.size]
    chiff = noise(level.size / RATE, lambda x: np.exp(-(((x - 2200) / 1500) ** 2)), chance)[: level.size]
    air = 0.10 * breath * (1 + 1.5 * np.exp(-t / 0.08)) + 0.05 * chiff * np.exp(-t / 0.06)
    return finish(clay * level + air * np.sqrt(level))


def suona(tone: Tone) -> Samples:
    """唢呐: a double reed in a brass bell, driven hard."""
    v, chance = tone.velocity, tone.chance
    level = held(tone.length or 0.6, 0.018, 0.05)
    t = np.arange(level.size) / RATE
    f = tone.frequency * 2 ** ((-120 * np.exp(-t / 0.03) + waver(t, 6.0, 25, after=0.18)) / 1200)
    bell = [(c * chance.normal(1, 0.01), s, g) for c, s, g in REED]
    reed = np.tanh((1.2 + v) * harmonics(f, bell, slope=0.3 + 0.4 * (1 - v)))
    buzz = noise(level.size / RATE, lambda x: np.exp(-(((x - 3000) / 1500) ** 2)), chance)[: level.size]
    return finish((reed + 0.03 * buzz) * level)


def _comb(x: Samples, frequency: float) -> Samples:
    """Gain of a blown vessel: narrow around every harmonic, less with height."""
    ring = 1 / np.abs(1 - 0.92 * np.exp(-2j * np.pi * x / frequency))
    return ring * np.exp(-x / 2500) * (x > 0.5 * frequency)
