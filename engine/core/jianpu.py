"""Melodies in jianpu (简谱, numbered notation) and the five modes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.core.instruments import INSTRUMENTS, unknown
from engine.core.score import Hit, Stroke

MAJOR = (0, 2, 4, 5, 7, 9, 11)
OCTAVE = 12
NOTE = re.compile(r"(?P<sign>[#b]?)(?P<degree>[0-7])(?P<octave>'*|,*)(?P<half>_*)")


@dataclass(frozen=True, slots=True)
class Mode:
    """A scale as semitones above its own first note."""

    semitones: tuple[int, ...]

    def note(self, degree: int, tonic: float) -> float:
        """MIDI note `degree` steps above `tonic` (0 = tonic itself; negative goes below)."""
        octave, step = divmod(degree, len(self.semitones))
        return tonic + OCTAVE * octave + self.semitones[step]

    def snap(self, note: float, tonic: float) -> float:
        """The note of this mode on `tonic` nearest to `note`; of two equally near the lower."""
        octave = math.floor((note - tonic) / OCTAVE)
        near = [tonic + OCTAVE * o + s for o in (octave, octave + 1) for s in self.semitones]
        return min(near, key=lambda known: abs(known - note))


MODES = MappingProxyType(
    {
        "gong": Mode((0, 2, 4, 7, 9)),  # 1 2 3 5 6
        "shang": Mode((0, 2, 5, 7, 10)),  # 2 3 5 6 1
        "jue": Mode((0, 3, 5, 8, 10)),  # 3 5 6 1 2
        "zhi": Mode((0, 2, 5, 7, 9)),  # 5 6 1 2 3
        "yu": Mode((0, 3, 5, 7, 10)),  # 6 1 2 3 5
        "seven": Mode(MAJOR),  # the heptatonic of Zuoquan's kaihua songs
    }
)
"""宫 商 角 徵 羽, each on its own first note, and the seven-note scale."""


@dataclass(frozen=True, slots=True)
class Melody:
    """Notes one after another on one instrument; made by `jianpu`.

    written  the notes in order of beat
    beats    length of the whole; after it the melody begins again, unless `once`
    """

    written: tuple[Stroke, ...]
    beats: float
    once: bool = False

    def strokes(self, first: float, last: float) -> Iterator[Stroke]:
        """The strokes from beat `first` to beat `last`."""
        final = 0 if self.once else math.floor(last / self.beats)
        for turn in range(max(0, math.floor(first / self.beats)), final + 1):
            for note in self.written:
                beat = note.beat + turn * self.beats
                if first <= beat <= last:
                    yield Stroke(beat, note.hit, note.beats)

    def voices(self) -> Iterator[Stroke]:
        """Every note."""
        return iter(self.written)


def jianpu(
    text: str,
    *,
    instrument: str,
    tonic: float,
    unit: float = 0.5,
    velocity: float = 0.8,
    pan: float = 0.0,
    once: bool = False,
) -> Melody:
    """Read numbered notation such as "5 6 1' 2' | 3' 2' 1' 7 | 6 5 3' - | 2' 1' 6 5 ||".

    1..7 are the major scale on `tonic` (a MIDI note), 0 a rest, ' an octave up, , an octave down, # and b a
    semitone, _ halves the length, - holds on for one more. A plain number lasts `unit` beats. Bars must be
    equally long. Raises ValueError naming the word or bar that cannot be read.
    """
    if instrument not in INSTRUMENTS:
        raise ValueError(unknown(instrument, INSTRUMENTS))
    bars = [bar.split() for bar in text.strip().strip("|").split("|")]
    _check_bars(bars)
    written: list[Stroke] = []
    beat = 0.0
    for word in (word for bar in bars for word in bar):
        length = unit * _length(word)
        pitch = _pitch(word)
        if word == "-" and written:
            written[-1] = replace(written[-1], beats=written[-1].beats + length)
        elif pitch is not None:
            written.append(Stroke(beat, Hit(instrument, velocity, pan, tonic + pitch), length))
        beat += length
    return Melody(tuple(written), beat, once)


def _length(word: str) -> float:
    """Length of one word in units."""
    return 0.5 ** word.count("_")


def _pitch(word: str) -> int | None:
    """Semitones above the tonic; None for a rest or a hold."""
    if word == "-":
        return None
    read = NOTE.fullmatch(word)
    if not read:
        raise ValueError(f"jianpu: cannot read {word!r}; a note is a number 0-7 with # b ' , _")
    if read["degree"] == "0":
        return None
    sign = {"#": 1, "b": -1, "": 0}[read["sign"]]
    octave = read["octave"].count("'") - read["octave"].count(",")
    return MAJOR[int(read["degree"]) - 1] + sign + OCTAVE * octave


def _check_bars(bars: list[list[str]]) -> None:
    """All bars must be as long as the first."""
    lengths = [sum(_length(word) for word in bar) for bar in bars]
    for number, length in enumerate(lengths, 1):
        if length != lengths[0] or not length:
            raise ValueError(f"jianpu: bar {number} is {length:g} units long, bar 1 is {lengths[0]:g}")
