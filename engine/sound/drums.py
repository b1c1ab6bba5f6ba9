"""The big drum and its rim."""

from __future__ import annotations

import numpy as np

from engine.sound.tone import Samples, Tone, clock, decay, finish, low_pass, modes, noise

HIDE = np.array([1, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156])
"""Modes of a round skin: zeros of the Bessel functions J0, J1, J2, J0, J3, J1, J4 over the first."""
EDGE = np.array([3.156, 3.501, 3.600, 3.652, 4.060, 4.154])
LOUDNESS = np.array([1, 0.55, 0.35, 0.25, 0.2, 0.14, 0.1])
FUNDAMENTAL = 62.0


def drum(tone: Tone) -> Samples:
    """大鼓, struck in the middle: the skin starts sharp by a third of the blow and sinks back."""
    v, chance = tone.velocity, tone.chance
    t = clock(1.15)
    sharp = 1 + 0.35 * v * np.exp(-t / 0.045)
    ratios = FUNDAMENTAL * tone.ratio * HIDE * chance.normal(1, 0.003, HIDE.size)
    hard = v ** np.linspace(0, 1.2, HIDE.size) * chance.uniform(0.85, 1.15, HIDE.size)
    skin = modes(1.15, sharp, ratios, LOUDNESS * hard, np.geomspace(0.95, 0.20, HIDE.size), chance=chance)
    stick = noise(1.15, low_pass(500 + 3500 * v, 2), chance)
    stick *= 0.5 * np.exp(-t / 0.006) + 0.12 * np.exp(-t / 0.09)
    return finish(np.tanh(1.4 * (skin + stick * (0.4 + 0.6 * v))))


def rim(tone: Tone) -> Samples:
    """鼓边: wood on the rim, with only the high modes of the skin under it."""
    v, chance = tone.velocity, tone.chance
    t = clock(0.30)
    edge = FUNDAMENTAL * tone.ratio * EDGE * chance.normal(1, 0.004, EDGE.size)
    skin = modes(0.30, 1, edge, np.linspace(0.5, 0.2, EDGE.size), [0.16] * EDGE.size, chance=chance)
    block = 620 * tone.ratio * np.array([1, 2.74, 5.4])
    wood = modes(0.30, 1, block, [1, 0.6 * v, 0.3 * v], [0.15, 0.08, 0.04], chance=chance)
    click = noise(0.30, low_pass(6000), chance) * decay(t, 0.012)
    return finish(0.45 * skin + wood + (0.3 + 0.4 * v) * click)
