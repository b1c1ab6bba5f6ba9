"""Plucked strings: Karplus and Strong's delay line, a period at a time."""

from __future__ import annotations

import numpy as np

from engine.sound.tone import RATE, Samples, Tone, band, clock, finish, modes, noise

TREMOLO = 13.0  # strokes a second of a held pipa note
HELD = 0.45  # seconds from which a pipa note is rolled


def string(
    frequency: float,
    seconds: float,
    t60: float,
    *,
    bright: float,
    pluck: float,
    chance: np.random.Generator,
    harmonic: bool = False,
) -> Samples:
    """A plucked string, tuned within a cent or so from 65 to 1200 Hz.

    Karplus and Strong, "Digital Synthesis of Plucked-String and Drum Timbres" (1983). The delay is a whole
    number of samples, so the string is made near its pitch and then read at the right speed.

    t60       seconds to fall 60 dB at the fundamental
    bright    0..1, how little the pluck is softened
    pluck     0..1, where along the string; its harmonics' nodes there are not heard
    harmonic  touched in the middle: sounds the octave above `frequency`
    """
    period = max(2, round(RATE / frequency - 0.5))
    made = RATE / (period + 0.5)
    loss = 0.5 * 10 ** (-3 * (period + 0.5) / (RATE * t60))
    n = round(seconds * RATE * 1.03) + 2
    y = np.zeros(n + period + 1)
    y[1 : period + 1] = _excitation(period, bright, pluck, harmonic, chance)
    for i in range(period + 1, n + 1, period):
        m = min(period, n + 1 - i)
        y[i : i + m] = loss * (y[i - period : i - period + m] + y[i - period - 1 : i - period - 1 + m])
    read = np.arange(round(seconds * RATE)) * frequency / made
    return np.interp(read, np.arange(n), y[1 : n + 1])


def _excitation(
    period: int, bright: float, pluck: float, harmonic: bool, chance: np.random.Generator
) -> Samples:
    """One period of noise, softened, with a notch where it is plucked, and no standing offset."""
    raw = chance.standard_normal(period)
    taps = min(period, 1 + round(10 * (1 - bright)))
    soft = sum(np.roll(raw, k) for k in range(taps)) / taps
    shape = soft - np.roll(soft, max(1, round(pluck * period)))
    if harmonic:
        shape = shape + np.roll(shape, period // 2)
    shape = shape - shape.mean()
    return np.asarray(shape / (np.abs(shape).max() or 1))


def guqin(tone: Tone) -> Samples:
    """古琴, an open string: dark, long."""
    return _qin(tone, tone.frequency, t60=5.0, seconds=3.6)


def guqin_slide(tone: Tone) -> Samples:
    """绰 chuò: the left hand slides up two semitones into the note in a third of a second."""
    sound = _qin(tone, tone.frequency, t60=4.0, seconds=3.4)
    t = clock(3.2)
    speed = 2 ** (-2 / 12 * (1 - _smooth(t / 0.35)))
    return finish(np.interp(np.cumsum(speed) - speed[0], np.arange(sound.size), sound), 0.4)


def guqin_harmonic(tone: Tone) -> Samples:
    """泛音 fànyīn: the string touched in its middle, like a small bell."""
    return _qin(tone, tone.frequency / 2, t60=2.5, seconds=2.4, harmonic=True)


def _qin(tone: Tone, frequency: float, *, t60: float, seconds: float, harmonic: bool = False) -> Samples:
    chance, v = tone.chance, tone.velocity
    wire = string(frequency, seconds, t60, bright=0.35 * v, pluck=0.18, chance=chance, harmonic=harmonic)
    board = modes(0.4, 1, [96, 188, 317], [1, 0.6, 0.3], [0.22, 0.14, 0.09], chance=chance)
    wire[: board.size] += 0.10 * v * board
    wire[: round(0.002 * RATE)] *= np.linspace(0, 1, round(0.002 * RATE))
    return finish(wire, 0.5)


def pluck(tone: Tone) -> Samples:
    """琵琶: nail on string; a held note is rolled (轮指)."""
    if tone.length < HELD:
        return finish(_pipa(tone, 1.3), 0.15)
    chance = tone.chance
    out = np.zeros(round((tone.length + 0.9) * RATE))
    strokes = [_pipa(tone, 0.8) for _ in range(4)]
    at, turn = 0.0, 0
    while at < tone.length:
        i, stroke = round(at * RATE), strokes[turn % 4]
        fade = np.exp(-clock(0.8) / 0.18) if at + 1.2 / TREMOLO < tone.length else 1
        out[i : i + stroke.size] += stroke * fade * 10 ** (chance.uniform(-3, 3) / 20)
        at, turn = at + chance.uniform(0.92, 1.08) / TREMOLO, turn + 1
    return finish(out, 0.15)


def _pipa(tone: Tone, seconds: float) -> Samples:
    chance, v = tone.chance, tone.velocity
    wire = string(tone.frequency, seconds, 1.2, bright=0.9 * v, pluck=0.10, chance=chance)
    belly = modes(0.12, 1, [410, 730, 1260], [1, 0.7, 0.4], [0.07, 0.05, 0.03], chance=chance)
    nail = noise(0.12, band(2500, 9000), chance) * np.exp(-clock(0.12) / 0.0012)
    wire[: belly.size] += 0.14 * belly + 0.25 * v * nail
    return wire


def _smooth(x: Samples) -> Samples:
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)
