"""Things of wood, stone, iron, paper and leather that knock and tick."""

from __future__ import annotations

import numpy as np

from engine.sound.tone import RATE, Samples, Tone, band, clock, decay, finish, low_pass, modes, noise

STICK = np.array([1, 2.74, 5.4])


def clapper(tone: Tone) -> Samples:
    """梆子, the flat stick of the two: the strong beat of Jin opera."""
    return _block(tone, 1150)


def clapper_round(tone: Tone) -> Samples:
    """The round stick: higher."""
    return _block(tone, 1420)


def _block(tone: Tone, base: float) -> Samples:
    v, chance = tone.velocity, tone.chance
    t = clock(0.22)
    taus = np.array([0.022, 0.012, 0.006]) * chance.uniform(0.94, 1.06, 3)
    wood = modes(
        0.22,
        1,
        base * tone.ratio * STICK * chance.normal(1, 0.002, 3),
        [1, 0.6 * v**0.4, 0.3 * v**0.8],
        6.908 * taus,
        chance=chance,
    )
    knock = noise(0.22, band(800, 9000), chance) * np.exp(-t / 0.0015)
    return finish(wood + (0.3 + 0.5 * v) * knock)


def bell(tone: Tone) -> Samples:
    """石磬, a hung stone: three pure tones 1 : 2.3 : 4.1."""
    v, chance = tone.velocity, tone.chance
    f = tone.frequency * np.array([1, 2.3, 4.1])
    stone = modes(1.7, 1, f, [1, 0.45 * v**0.3, 0.25 * v], [1.4, 0.7, 0.3], chance=chance, blooms=[0.001] * 3)
    tap = noise(1.7, band(2000, 9000), chance) * decay(clock(1.7), 0.01)
    return finish(stone + 0.15 * v * tap)


def rod(tone: Tone) -> Samples:
    """A leather figure's foot or rod against the screen: soft, no ring."""
    v, chance = tone.velocity, tone.chance
    t = clock(0.09)
    tick = noise(0.09, low_pass(900 + 900 * v, 2), chance) * np.exp(-t / 0.010) * (1 - np.exp(-t / 0.0008))
    body = modes(0.09, 1, [210 * tone.ratio, 340 * tone.ratio], [0.8, 0.3], [0.06, 0.04], chance=chance)
    return finish(tick + 0.6 * body)


def snip(tone: Tone) -> Samples:
    """Scissors on paper: the blades meet, slide, and close."""
    v, chance = tone.velocity, tone.chance
    t = clock(0.16)
    gap = chance.uniform(0.045, 0.060)
    blade = 3400 * tone.ratio * np.array([1, 1.73, 2.61])
    out = np.zeros(t.size)
    for start, loud in ((0.0, 0.6), (gap, 1.0)):
        n = t.size - round(start * RATE)
        click = noise(0.16, band(2500, 12_000), chance) * np.exp(-t / 0.0025)
        ring = modes(
            0.16, 1, blade * chance.normal(1, 0.01, 3), [0.35, 0.25, 0.15], [0.05, 0.04, 0.03], chance=chance
        )
        out[t.size - n :] += loud * (click + v * ring)[:n]
    slide = noise(0.16, band(3500, 10_000), chance) * np.where(t < gap, (t / gap) ** 1.5, 0)
    return finish(np.tanh(1.8 * (out + 0.28 * slide)))


def paper(tone: Tone) -> Samples:
    """One fold of xuan paper opened: a rustle of 110 ms that ends in a small snap."""
    v, chance = tone.velocity, tone.chance
    t = clock(0.17)
    crackle = np.zeros(t.size)
    at = chance.integers(0, round(0.11 * RATE), 220)
    np.add.at(crackle, at, chance.normal(0, 0.7, 220))
    fibre = np.convolve(crackle, np.exp(-t[:200] / 0.0012))[: t.size]
    rustle = noise(0.17, band(1400, 8000), chance) * np.clip(np.abs(fibre), 0, 1.5)
    rustle *= np.sin(np.pi * np.clip(t / 0.11, 0, 1)) ** 0.7
    snap = noise(0.17, band(700, 6000), chance) * np.where(t > 0.098, np.exp(-(t - 0.098) / 0.006), 0)
    return finish(np.tanh(2.5 * rustle / np.abs(rustle).max() + v * snap))


def clang(tone: Tone) -> Samples:
    """打铁花: a wooden board strikes a ladle of iron from below."""
    v, chance = tone.velocity, tone.chance
    t = clock(1.0)
    wood = modes(
        1.0, 1, np.array([150, 262, 410]) * tone.ratio, [1, 0.7, 0.4], [0.16, 0.11, 0.07], chance=chance
    )
    iron = np.array([388, 1043, 2071, 3390, 4987]) * tone.ratio * chance.normal(1, 0.004, 5)
    ring = modes(
        1.0, 1, iron, [0.5, 0.42, 0.3 * v, 0.2 * v, 0.1 * v], [0.8, 0.7, 0.5, 0.35, 0.2], chance=chance
    )
    thud = noise(1.0, low_pass(900, 2), chance) * np.exp(-t / 0.014)
    crack = noise(1.0, band(2000, 9000), chance) * np.exp(-t / 0.003)
    return finish(np.tanh(1.1 * (wood + 0.8 * thud)) + ring + 0.4 * v * crack)
