"""Written music on the counted clock: which strokes fall in which frame."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from engine.core.clock import Frame
from engine.core.instruments import INSTRUMENTS, unknown

STEPS = 16
STEPS_A_BEAT = 4
ROUNDING = 1e-6  # of a frame: a stroke this little before a frame, by float error, belongs to it


@dataclass(frozen=True, slots=True)
class Hit:
    """One stroke on one instrument.

    velocity  0..1, how hard
    pan       -1 left .. 1 right
    pitch     MIDI note for the pitched (69 = 440 Hz, 0 = the instrument's own), semitones up for the rest
    length    seconds a bowed, blown or rolled note is held; 0 = as long as the instrument likes
    late      seconds after the beginning of its frame at which it truly falls, 0 <= late < one frame
    """

    instrument: str
    velocity: float = 0.8
    pan: float = 0.0
    pitch: float = 0.0
    length: float = 0.0
    late: float = 0.0


LETTERS = MappingProxyType(
    {
        "X": Hit("drum", 1.0),
        "x": Hit("drum", 0.6),
        "r": Hit("rim", 0.7),
        "G": Hit("gong", 1.0),
        "c": Hit("cymbal", 0.75),
        "t": Hit("small_gong", 0.75),
    }
)
"""What each letter of a pattern strikes; '.' is a rest."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Sixteen steps, four to the beat, one letter each: "X...x.r.X..tG.c."."""

    steps: str

    def __post_init__(self) -> None:
        for letter in self.steps:
            if letter != "." and letter not in LETTERS:
                known = " ".join([*LETTERS, "."])
                raise ValueError(f"pattern {self.steps!r}: unknown letter {letter!r}; known: {known}")
        if len(self.steps) != STEPS:
            raise ValueError(f"pattern {self.steps!r}: {len(self.steps)} steps, must be {STEPS}")


@dataclass(frozen=True, slots=True)
class Tempo:
    """Beats a minute, steady, or changing evenly with the beats over the first `bars` bars to `to`."""

    bpm: float
    to: float = 0.0
    bars: float = 0.0
    beats_a_bar: int = 4

    def __post_init__(self) -> None:
        if self.bpm <= 0 or self.to < 0 or self.bars < 0:
            raise ValueError(f"tempo {self.bpm} to {self.to} over {self.bars} bars: must be above 0")

    def time(self, beat: float) -> float:
        """Seconds from the first beat to `beat`: the integral of 60 / bpm, in closed form."""
        span = self.bars * self.beats_a_bar
        rise = self._rise()
        if not rise or beat <= 0:
            return beat * 60 / self.bpm
        within = min(beat, span)
        return 60 / rise * math.log1p(within * rise / self.bpm) + (beat - within) * 60 / self.to

    def beat(self, time: float) -> float:
        """The beat `time` seconds after the first; the inverse of `time`."""
        span = self.bars * self.beats_a_bar
        rise = self._rise()
        if not rise or time <= 0:
            return time * self.bpm / 60
        turn = self.time(span)
        if time >= turn:
            return span + (time - turn) * self.to / 60
        return self.bpm / rise * math.expm1(time * rise / 60)

    def _rise(self) -> float:
        """Beats a minute gained per beat."""
        span = self.bars * self.beats_a_bar
        return (self.to - self.bpm) / span if span and self.to else 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A hit where it is written: at a beat, held for some beats (0 = not held)."""

    beat: float
    hit: Hit
    beats: float = 0.0


class Part(Protocol):
    """What a score is made of: lines of patterns, and melodies."""

    def strokes(self, first: float, last: float) -> Iterator[Stroke]:
        """The strokes written from beat `first` to beat `last`, both included, in order."""

    def voices(self) -> Iterator[Stroke]:
        """One of each different stroke, so that its sound can be made ready."""


@dataclass(frozen=True, slots=True)
class Line:
    """Patterns one after another, each played for `bars`, over and over unless `once`; made by `line`."""

    patterns: tuple[Pattern, ...]
    instrument: str = ""
    bars: int = 1
    once: bool = False
    velocity: float = 1.0
    pan: float = 0.0

    def strokes(self, first: float, last: float) -> Iterator[Stroke]:
        """The strokes from beat `first` to beat `last`."""
        begin = max(0, math.ceil(first * STEPS_A_BEAT))
        for step in range(begin, math.floor(last * STEPS_A_BEAT) + 1):
            letter = self._letter(step)
            if letter != ".":
                yield Stroke(step / STEPS_A_BEAT, self._hit(letter))

    def voices(self) -> Iterator[Stroke]:
        """One stroke for each letter used."""
        letters = {letter for pattern in self.patterns for letter in pattern.steps} - {"."}
        return (Stroke(0, self._hit(letter)) for letter in sorted(letters))

    def _letter(self, step: int) -> str:
        turn = step // STEPS // self.bars
        if self.once and turn >= len(self.patterns):
            return "."
        return self.patterns[turn % len(self.patterns)].steps[step % STEPS]

    def _hit(self, letter: str) -> Hit:
        hit = LETTERS[letter]
        return Hit(self.instrument or hit.instrument, hit.velocity * self.velocity, self.pan)


def line(
    *patterns: str,
    instrument: str = "",
    bars: int = 1,
    once: bool = False,
    velocity: float = 1.0,
    pan: float = 0.0,
) -> Line:
    """A line of 16-step patterns, each played for `bars` bars.

    With an `instrument` the letters only say how hard: `line("X...x...X...x...", instrument="clapper")`.
    Raises ValueError for a letter, a length or an instrument that is not known.
    """
    if not patterns:
        raise ValueError("a line needs at least one pattern")
    if instrument and instrument not in INSTRUMENTS:
        raise ValueError(unknown(instrument, INSTRUMENTS))
    return Line(tuple(Pattern(steps) for steps in patterns), instrument, bars, once, velocity, pan)


@dataclass(frozen=True, slots=True)
class Score:
    """Parts played together from frame `start` on."""

    tempo: Tempo
    parts: tuple[Part, ...]
    start: int = 0

    def begin(self, frame: Frame) -> Score:
        """The same music, its first beat in `frame`."""
        return replace(self, start=frame.index)

    def beat(self, frame: Frame) -> float:
        """The beat at the beginning of `frame`; negative before the music."""
        return self.tempo.beat((frame.index - self.start) / frame.fps)

    def hits(self, frame: Frame) -> list[Hit]:
        """The hits whose exact time falls in `frame`, earliest first.

        Depends on the frame's number alone, so frames may be asked for in any order, and every hit
        falls in exactly one.
        """
        n = frame.index - self.start
        if n < 0:
            return []
        first, last = (self.tempo.beat((n + edge) / frame.fps) for edge in (-0.01, 1.01))
        found = [
            hit for part in self.parts for s in part.strokes(first, last) for hit in self._due(s, n, frame)
        ]
        return sorted(found, key=lambda hit: hit.late)

    def voices(self) -> list[Hit]:
        """One hit of each kind the score uses, for Sound.prepare."""
        return list(dict.fromkeys(self._hit(s) for part in self.parts for s in part.voices()))

    def _due(self, stroke: Stroke, n: int, frame: Frame) -> Iterator[Hit]:
        exact = self.tempo.time(stroke.beat) * frame.fps
        if math.floor(exact + ROUNDING) == n:
            yield replace(self._hit(stroke), late=max(0.0, exact - n) / frame.fps)

    def _hit(self, stroke: Stroke) -> Hit:
        if not stroke.beats:
            return stroke.hit
        held = self.tempo.time(stroke.beat + stroke.beats) - self.tempo.time(stroke.beat)
        return replace(stroke.hit, length=held)
