"""Water, fire, wind, iron spray and a held drone; the beds are loops without a seam.

A loop is made from its spectrum, so its last sample leads into its first by construction.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.sound.tone import RATE, Samples, Tone, band, clock, finish, low_pass, noise, shaped, spectrum

LOOP = 12.0
"""Seconds of a bed before it comes round."""
Gain = Callable[[Samples], Samples]


def hiss(tone: Tone) -> Samples:
    """铁花: drops of iron thrown up, burning, and the crackle of those that burst."""
    v, chance = tone.velocity, tone.chance
    seconds = 1.5
    t = clock(seconds)
    swell = (1 - np.exp(-t / 0.03)) * np.exp(-t / (0.25 + 0.2 * v))
    spray = noise(seconds, band(1800, 9000), chance) * swell
    bursts = np.zeros(t.size)
    at = np.minimum(chance.exponential(0.35, round(40 + 120 * v)), seconds - 0.02)
    np.add.at(
        bursts, (at * RATE).astype(int), chance.exponential(0.5, at.size) * chance.choice([-1, 1], at.size)
    )
    crackle = shaped(np.convolve(bursts, np.exp(-t[:120] / 0.0006))[: t.size], band(1500, 12_000))
    return finish(spray + 0.8 * crackle * np.exp(-t / 0.7), 0.2)


def water(chance: np.random.Generator) -> Samples:
    """A stream: pink below 900 Hz that breathes, with bubbles."""
    run = _pink(low_pass(900), chance) * (0.7 + 0.3 * _slow(5, chance))
    bubbles = _scatter(round(7 * LOOP), chance, _bubble)
    return finish_loop(run + 0.25 * bubbles)


def roar(chance: np.random.Generator) -> Samples:
    """A great fall heard close: the ground shakes below, spray hisses above."""
    fall = _pink(low_pass(900), chance) * (0.75 + 0.25 * _slow(9, chance))
    ground = _pink(low_pass(90, 3), chance) * (0.6 + 0.4 * _slow(7, chance))
    spray = _pink(band(2000, 7000), chance) * (0.6 + 0.4 * _slow(11, chance))
    return finish_loop(fall + 0.6 * ground + 0.22 * spray)


def fire(chance: np.random.Generator) -> Samples:
    """A coal fire: a low draught, and clicks by chance nine times a second."""
    draught = _pink(low_pass(300), chance) * (0.6 + 0.4 * _slow(14, chance))
    return finish_loop(np.tanh(draught) + 0.7 * _scatter(round(9 * LOOP), chance, _click))


def wind(chance: np.random.Generator) -> Samples:
    """Gusts: neighbouring bands that come and go by themselves."""
    centres = np.geomspace(160, 1300, 6)
    gusts = (_pink(_around(c), chance) * _slow(5, chance) ** 2 * (300 / c) ** 0.3 for c in centres)
    return finish_loop(sum(gusts, np.zeros(_size())))


def palm(chance: np.random.Generator) -> Samples:
    """推光: a palm with oil and brick dust on lacquer, a soft brushing that comes with every round."""
    t = np.arange(_size()) / RATE
    rounds = 0.55 + 0.45 * np.sin(2 * np.pi * round(1.5 * LOOP) / LOOP * t) * _slow(9, chance)
    skin = _pink(band(700, 4200), chance) + 0.25 * _pink(band(4200, 9000), chance)
    return finish_loop(skin * np.maximum(rounds, 0.12))


def room(chance: np.random.Generator) -> Samples:
    """The air of an old hall."""
    return finish_loop(_pink(low_pass(160, 2), chance) + 0.06 * _pink(band(400, 2500), chance))


def drone(chance: np.random.Generator) -> Samples:
    """C, G and C held low; each harmonic swells by itself, as its neighbours in the spectrum beat with it."""
    half = np.zeros(_size() // 2 + 1, complex)
    near = np.arange(-4, 5)
    for root, loud in ((65.406, 1.0), (97.999, 0.6), (130.813, 0.5)):
        for h in range(1, 9):
            beating = (
                0.22 * (chance.normal(size=9) + 1j * chance.normal(size=9)) / np.maximum(np.abs(near), 1)
            )
            beating[4] = np.exp(1j * chance.uniform(0, 2 * np.pi))
            half[round(root * h * LOOP) + near] += loud * h**-1.25 * beating
    return finish_loop(np.fft.irfft(half, _size()))


def finish_loop(sound: Samples) -> Samples:
    """Peaks at 1; the ends are left as they meet."""
    return sound / np.abs(sound).max()


def _size() -> int:
    return round(LOOP * RATE)


def _pink(gain: Gain, chance: np.random.Generator) -> Samples:
    """Noise that falls 3 dB an octave, through a gain; comes round without a seam, peak 1."""
    f = spectrum(_size())
    level = gain(f) / np.sqrt(np.maximum(f, 20)) * (f > 20)
    sound = np.fft.irfft(
        level * (chance.standard_normal(f.size) + 1j * chance.standard_normal(f.size)), _size()
    )
    return sound / np.abs(sound).max()


def _around(centre: float) -> Gain:
    return lambda f: np.exp(-0.5 * (np.log2(np.maximum(f, 1) / centre) / 0.25) ** 2)


def _slow(waves: int, chance: np.random.Generator) -> Samples:
    """A level 0..1 that wanders, up to `waves` times in the loop, and comes round."""
    points = 1200
    half = np.zeros(points // 2 + 1, complex)
    half[1 : waves + 1] = chance.normal(size=waves) + 1j * chance.normal(size=waves)
    wander = np.fft.irfft(half, points)
    level = (wander - wander.min()) / np.ptp(wander)
    return np.interp(
        np.linspace(0, points, _size(), endpoint=False), np.arange(points + 1), [*level, level[0]]
    )


def _scatter(
    count: int, chance: np.random.Generator, make: Callable[[np.random.Generator], Samples]
) -> Samples:
    """Small sounds at chance places round the loop."""
    out = np.zeros(_size())
    for at in chance.integers(0, out.size, count):
        grain = make(chance)
        np.add.at(out, (at + np.arange(grain.size)) % out.size, grain)
    return out


def _click(chance: np.random.Generator) -> Samples:
    """A coal's crack: 3 ms, now dull, now bright."""
    t = clock(0.02)
    burst = noise(0.02, band(600, chance.uniform(2000, 9000)), chance)
    return burst * np.exp(-t / 0.003) * chance.exponential(0.35)


def _bubble(chance: np.random.Generator) -> Samples:
    """A bubble rings higher as it rises."""
    t = clock(0.06)
    f = chance.uniform(500, 1700)
    return np.sin(2 * np.pi * f * (t + 3 * t * t)) * np.exp(-t / 0.012) * chance.uniform(0.2, 1)
