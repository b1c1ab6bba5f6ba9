"""Filming a show: video with sound, or PNGs, frame for frame what would be performed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pygame

from engine.casting import Staging
from engine.core.score import Hit
from engine.core.signals import Signal
from engine.render import Moment, moments, unattended
from engine.showfile import ShowFile, read_show
from engine.sound.mixdown import Mixdown
from engine.sound.tone import RATE
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering
from engine.stage.output import Output, Stills, Video

VIDEO = (".mp4", ".mkv", ".mov")


class Evening(Protocol):
    """A recorded evening."""

    frames: int

    def due(self, index: int) -> Sequence[Signal]:
        """The signals of one frame."""


@dataclass(frozen=True)
class Film:
    """What to film: a show folder, from where, how long, how large, and onto what."""

    folder: Path
    out: Path
    size: tuple[int, int]
    seed: int | None
    start: str | None
    seconds: float | None
    every: int = 1


def film(plan: Film, evening: Evening | None) -> int:
    """Film the show, or a recorded evening of it; the number of frames.

    Raises ShowError for a show with mistakes, ValueError for a cue that is not in it, and OutputError for a
    file that cannot be written.
    """
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    file = read_show(plan.folder)
    frames = _length(plan, file, evening)
    staging = Staging(
        size=plan.size,
        seed=file.seed if plan.seed is None else plan.seed,
        lettering=Lettering(find_face(folder / "fonts" for folder in file.assets)),
    )
    signals = unattended(plan.start, autoplay=not file.autoplay) if evening is None else evening.due
    told = _progress(moments(file, staging, frames, signals, every=plan.every), frames)
    if plan.out.suffix.lower() in VIDEO:
        _video(plan, file, staging.seed, told)
    else:
        _each(Stills(plan.out), told, plan.every)
    return frames


def _length(plan: Film, file: ShowFile, evening: Evening | None) -> int:
    """Frames to film: as long as asked, as the evening was, or the rest of the show."""
    rest = file.lasts(file.place(plan.start))
    if plan.seconds is not None:
        return round(plan.seconds * file.fps)
    return evening.frames if evening is not None else round(rest * file.fps)


def _each(output: Output, told: Iterator[Moment], every: int) -> None:
    for count, moment in enumerate(told):
        if count % every == 0:
            output.present(moment.picture, moment.frame)
    output.close()


def _video(plan: Film, file: ShowFile, seed: int, told: Iterator[Moment]) -> None:
    """Pictures and sound side by side: each second of sound is written as soon as it is mixed."""
    video = Video(plan.out, plan.size, file.fps, sound_rate=RATE)

    def heard() -> Iterator[tuple[int, Sequence[Hit], Mapping[str, float]]]:
        for moment in told:
            video.present(moment.picture, moment.frame)
            yield moment.frame.index, moment.hits, moment.beds

    for block in Mixdown(fps=file.fps, seed=seed).blocks(heard()):
        video.hear(block)
    video.close()


def _progress(told: Iterator[Moment], frames: int) -> Iterator[Moment]:
    """The same moments, with a bar on the terminal."""
    bar = sys.stderr.isatty()
    for done, moment in enumerate(told, 1):
        yield moment
        if bar and (done % 30 == 0 or done == frames):
            share = done / frames
            filled = "█" * round(share * 30)
            print(f"\r{filled:<30} {share:4.0%}  {moment.frame.timecode}", end="", file=sys.stderr)
    if bar:
        print(file=sys.stderr)
