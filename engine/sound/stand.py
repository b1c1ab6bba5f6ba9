"""The music stand: what every name sounds like, and how one take of it is made."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from engine.core.chance import stream
from engine.core.score import Hit
from engine.sound import bowed, clappers, drums, gongs, nature, strings, winds
from engine.sound.tone import Play, Samples, Tone


@dataclass(frozen=True, slots=True)
class Instrument:
    """How a name sounds.

    level  loudness of its hardest hit among the others, 0..1
    note   the MIDI note it plays when none is asked for; 0 for the unpitched
    """

    play: Play
    level: float
    note: float = 0.0


STAND = MappingProxyType(
    {
        "drum": Instrument(drums.drum, 0.90),
        "rim": Instrument(drums.rim, 0.45),
        "gong": Instrument(gongs.gong, 0.75),
        "small_gong": Instrument(gongs.small_gong, 0.40),
        "cymbal": Instrument(gongs.cymbal, 0.45),
        "clapper": Instrument(clappers.clapper, 0.50),
        "clapper_round": Instrument(clappers.clapper_round, 0.45),
        "pluck": Instrument(strings.pluck, 0.50, 69),
        "guqin": Instrument(strings.guqin, 0.60, 48),
        "guqin_slide": Instrument(strings.guqin_slide, 0.60, 50),
        "guqin_harmonic": Instrument(strings.guqin_harmonic, 0.40, 72),
        "huhu": Instrument(bowed.huhu, 0.50, 69),
        "erhu": Instrument(bowed.erhu, 0.48, 69),
        "xun": Instrument(winds.xun, 0.45, 69),
        "suona": Instrument(winds.suona, 0.45, 74),
        "bell": Instrument(clappers.bell, 0.40, 76),
        "snip": Instrument(clappers.snip, 0.25),
        "paper": Instrument(clappers.paper, 0.28),
        "rod": Instrument(clappers.rod, 0.35),
        "hiss": Instrument(nature.hiss, 0.40),
        "clang": Instrument(clappers.clang, 0.65),
    }
)


@dataclass(frozen=True, slots=True)
class Bed:
    """How a sound without end is made, and how loud it is at level 1."""

    play: Callable[[np.random.Generator], Samples]
    level: float


GROUND = MappingProxyType(
    {
        "drone": Bed(nature.drone, 0.25),
        "fire": Bed(nature.fire, 0.45),
        "water": Bed(nature.water, 0.35),
        "roar": Bed(nature.roar, 0.60),
        "room": Bed(nature.room, 0.08),
        "wind": Bed(nature.wind, 0.30),
        "palm": Bed(nature.palm, 0.16),
    }
)

LAYERS = (0.35, 0.65, 1.0)
"""Velocities at which takes are made; a hit uses the nearest and is made louder or softer."""
TAKES = 3
"""Takes of each, played in turn: the same sound twice running is heard as a machine."""
GRID, LONGEST = 0.05, 12.0  # seconds to which held lengths are rounded, and at most held
PIANO = (21.0, 108.0)  # MIDI notes the pitched are asked for
OCTAVES = 24.0  # semitones the unpitched may be moved


@dataclass(frozen=True, slots=True)
class Voice:
    """One take to be made: everything that changes its sound."""

    name: str
    layer: int = 0
    take: int = 0
    pitch: float = 0.0
    length: float = 0.0


def voice(hit: Hit, turn: int) -> Voice:
    """The take for `hit` when it is the instrument's `turn`-th; pitch and length are kept within reason."""
    instrument = STAND[hit.instrument]
    layer = min(range(len(LAYERS)), key=lambda i: abs(LAYERS[i] - hit.velocity))
    low, high = PIANO if instrument.note else (-OCTAVES, OCTAVES)
    pitch = min(max(hit.pitch or instrument.note, low), high)
    length = round(min(max(hit.length, 0.0), LONGEST) / GRID) * GRID
    return Voice(hit.instrument, layer, turn % TAKES, round(pitch, 2), round(length, 2))


def others(wanted: Voice) -> Iterator[Voice]:
    """`wanted`, then the takes that could stand in for it, the likest first."""
    layers = sorted(range(len(LAYERS)), key=lambda i: abs(i - wanted.layer))
    for layer, step in itertools.product(layers, range(TAKES)):
        yield replace(wanted, layer=layer, take=(wanted.take + step) % TAKES)


def dry(wanted: Voice, seed: int) -> npt.NDArray[np.float32]:
    """Make one take, without room: one channel, peak 1. The same voice and seed give the same bytes."""
    chance = stream(seed, f"sound/{wanted}")
    tone = Tone(LAYERS[wanted.layer], wanted.pitch, wanted.length, chance)
    return STAND[wanted.name].play(tone).astype(np.float32)


def loop(name: str, seed: int) -> npt.NDArray[np.float32]:
    """Make one bed: two channels (n, 2) that come round without a seam, peak at the bed's own level."""
    ears = [GROUND[name].play(stream(seed, f"sound/{name}/{ear}")) for ear in ("left", "right")]
    return (GROUND[name].level * np.stack(ears, axis=1)).astype(np.float32)


def loudness(hit: Hit) -> float:
    """Level of `hit`: velocity x the instrument's own."""
    return min(max(hit.velocity, 0.0), 1.0) * STAND[hit.instrument].level


def sides(pan: float) -> tuple[float, float]:
    """Share of a sound that goes left and right, at equal power."""
    angle = (min(max(pan, -1.0), 1.0) + 1) * math.pi / 4
    return math.cos(angle), math.sin(angle)
