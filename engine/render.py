"""Performing without a clock: to a video file, to PNGs, or to nothing but the pictures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.casting import Staging
from engine.core.clock import Frame
from engine.core.score import Hit
from engine.core.signals import Signal, level
from engine.show import PACE, Show
from engine.showfile import ShowFile
from engine.stage.canvas import Canvas

Cast = Callable[[int], Sequence[Signal]]


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame of a performance: its picture (valid until the next) and its sound."""

    frame: Frame
    picture: Canvas
    hits: tuple[Hit, ...]
    beds: dict[str, float]


def moments(
    file: ShowFile,
    staging: Staging,
    frames: int,
    signals: Cast,
    *,
    first: int = 0,
    every: int = 1,
) -> Iterator[Moment]:
    """Perform `frames` frames from index `first`; between each `every` frames the last picture stays."""
    show = Show(file, staging)
    picture = Canvas(staging.size)
    for index in range(first, first + frames):
        frame = Frame(index, file.fps)
        show.step(frame, signals(index))
        if (index - first) % every == 0:
            show.draw(frame)
            picture = show.picture(frame)
        yield Moment(frame, picture, tuple(show.hits), dict(show.beds))
    show.close()


def opening(start: str | None = None, *, autoplay: bool = False, pace: float = 1.0) -> tuple[Signal, ...]:
    """What raises the curtain: how the evening is to go, then a GO or a jump to the cue asked for.

    They are signals like any other, so that a recorded evening needs nothing but its log.
    """
    signals = [Signal("console/go") if start is None else Signal("console/jump", text=start)]
    if autoplay:
        signals.insert(0, Signal("console/autoplay"))
    if pace != 1.0:
        signals.insert(0, level(PACE, pace))
    return tuple(signals)


def unattended(start: str | None = None, *, autoplay: bool = True) -> Cast:
    """Nobody but the opening."""
    first = opening(start, autoplay=autoplay)
    return lambda index: first if index == 0 else ()
