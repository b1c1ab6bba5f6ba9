"""Gongs that fall and rise, and cymbals.

That the big gong's pitch falls and the small one's rises is what tells Chinese opera gongs from all others.
"""

from __future__ import annotations

import numpy as np

from engine.sound.tone import RATE, Samples, Tone, band, clock, finish, low_pass, modes, noise

BIG = np.array([1, 1.52, 1.99, 2.44, 2.98, 3.47, 4.05, 5.1, 6.2, 7.4])
SMALL = np.array([1, 1.49, 2.02, 2.57, 3.1, 4.2, 5.3])
FALL, RISE = 3.0, 2.0  # semitones


def gong(tone: Tone) -> Samples:
    """大锣: 300 Hz, falling three semitones while its upper modes bloom one after another."""
    v, chance = tone.velocity, tone.chance
    t = clock(1.9)
    bend = 2 ** (-FALL / 12 * (1 - np.exp(-t / 0.22)))
    i = np.arange(BIG.size)
    levels = 0.86**i * v ** (0.25 * i)
    metal = _pairs(tone, 300, BIG, levels, np.geomspace(1.6, 0.3, BIG.size), bend, blooms=0.002 + 0.010 * i)
    mallet = noise(1.9, low_pass(400 + 1200 * v, 2), chance) * np.exp(-t / 0.012)
    wash = noise(1.9, band(900, 5000), chance) * np.exp(-t / 0.25) * (1 - np.exp(-t / 0.05))
    return finish(np.tanh(0.5 * metal) + 0.35 * mallet + 0.10 * v * wash)


def small_gong(tone: Tone) -> Samples:
    """小锣: 640 Hz, rising two semitones at once; its 台 is thin and bright."""
    v, chance = tone.velocity, tone.chance
    t = clock(1.05)
    bend = 2 ** (RISE / 12 * (1 - np.exp(-t / 0.06)))
    i = np.arange(SMALL.size)
    levels = 0.72**i * v ** (0.3 * i)
    metal = _pairs(
        tone, 640, SMALL, levels, np.geomspace(0.9, 0.2, SMALL.size), bend, blooms=0.001 + 0.002 * i
    )
    tick = noise(1.05, band(1500, 7000), chance) * np.exp(-t / 0.004)
    return finish(metal + (0.2 + 0.4 * v) * tick)


def cymbal(tone: Tone) -> Samples:
    """铙钹: forty-eight crowded sines and a clash of noise; a held length is choked at its end."""
    v, chance = tone.velocity, tone.chance
    t = clock(1.5)
    f = 480 * tone.ratio * (1 + 14 * chance.uniform(0, 1, 48) ** 1.4)
    t60 = np.minimum(1.5 * (700 / f) ** 0.55, 1.2)
    metal = modes(1.5, 1, f, (f / 700) ** -0.2, t60, chance=chance)
    metal /= np.abs(metal).max()
    clash = noise(1.5, lambda x: 1 - low_pass(3500, 4)(x), chance) * np.exp(-t / (0.10 + 0.14 * v))
    sound = 0.7 * metal + (0.2 + 0.7 * v) * clash
    if tone.length:
        sound *= np.exp(-np.clip(t - tone.length, 0, None) / 0.015)
        sound = sound[: round((tone.length + 0.12) * RATE)]
    return finish(sound)


def _pairs(
    tone: Tone,
    base: float,
    ratios: Samples,
    levels: Samples,
    t60s: Samples,
    bend: Samples,
    *,
    blooms: Samples,
) -> Samples:
    """Modes each split in two close ones, as beaten metal is never quite round; they shimmer."""
    chance = tone.chance
    f = base * tone.ratio * ratios
    split = 1 + chance.uniform(0.001, 0.003, f.size)
    return modes(
        bend.size / RATE,
        bend,
        np.concatenate([f, f * split]),
        np.concatenate([levels, 0.45 * levels]),
        np.concatenate([t60s, 0.9 * t60s]),
        chance=chance,
        blooms=np.concatenate([blooms, blooms]),
    )
