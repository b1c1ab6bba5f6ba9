"""The frame loop: the only part of the stage process that knows the time of day."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.core.clock import Frame
from engine.core.controller import Controller
from engine.core.score import Hit
from engine.core.signals import Bus, Signal
from engine.show import Show
from engine.speed import Speed
from engine.stage.output import Output

MAX_SKIP = 4  # late frames stepped without drawing before time is taken up anew


class SoundOutput(Protocol):
    """Plays what a frame strikes and holds."""

    def perform(self, hits: Sequence[Hit], beds: dict[str, float]) -> None:
        """Sound one frame; never raises, never waits."""


@dataclass
class Stage:
    """Everything one frame needs, handed to the loop by whoever built it.

    write  records a frame's signals; watch is told every finished frame (companion, journal, preview);
    finished is asked before every frame
    """

    show: Show
    bus: Bus
    controllers: Sequence[Controller]
    output: Output
    sound: SoundOutput
    write: Callable[[Frame, Sequence[Signal]], None]
    watch: Callable[[Frame], None]
    finished: Callable[[], bool]
    speed: Speed = field(default_factory=Speed)


def run(stage: Stage, first: Frame, last: int | None) -> Frame:
    """Perform from frame `first` up to frame `last`, a closed window or the word to finish."""
    frame, clock = first, Metronome(first)
    gc.collect()
    gc.freeze()
    gc.disable()  # collected in the idle part of a frame, by the metronome
    try:
        while not (stage.finished() or stage.output.closed or frame.index == last):
            perform(stage, frame, draw=clock.in_time(frame, stage.speed))
            frame = frame.next()
            clock.wait(frame)
    finally:
        gc.enable()
        gc.unfreeze()
    return frame


def perform(stage: Stage, frame: Frame, *, draw: bool) -> None:
    """One frame, in one direction: inputs, step, picture, sound, and word to everyone who watches."""
    show, lap = stage.show, Laps()
    for controller in stage.controllers:
        controller.poll()
    signals = stage.bus.drain()
    stage.write(frame, signals)
    lap("input")
    show.step(frame, signals)
    lap("step")
    stage.sound.perform(show.hits, dict(show.beds))
    lap("sound")
    if draw:
        show.draw(frame)
        lap("draw")
        picture = show.picture(frame)
        lap("picture")
        stage.output.present(picture, frame)
        lap("present")
        for signal in signals:
            if signal.at > 0:
                stage.speed.heard(signal.controller, (time.monotonic() - signal.at) * 1000)
    stage.watch(frame)
    lap("watch")
    if draw:
        name = show.live.scene.setting.name if show.live else ""
        stage.speed.frame(name, lap.last, lap.total, lap.phases)


class Laps:
    """A stopwatch: each call books the time since the last one under a name, in milliseconds."""

    def __init__(self) -> None:
        self.phases: dict[str, float] = {}
        self._start = self.last = time.perf_counter()

    def __call__(self, name: str) -> None:
        now = time.perf_counter()
        self.phases[name] = (now - self.last) * 1000
        self.last = now

    @property
    def total(self) -> float:
        """Milliseconds from the start to the last lap."""
        return (self.last - self._start) * 1000


class Metronome:
    """Holds frames to their time. A late frame steps undrawn; after four the count is re-anchored."""

    def __init__(self, frame: Frame) -> None:
        self._anchor(frame)
        self._skipped = 0

    def _anchor(self, frame: Frame) -> None:
        self._origin = time.perf_counter() - frame.time

    def in_time(self, frame: Frame, speed: Speed) -> bool:
        """Whether to draw this frame; books what is skipped."""
        late = time.perf_counter() - self._origin - frame.time
        if late < 1.5 * frame.dt:
            self._skipped = 0
            return True
        if self._skipped < MAX_SKIP:
            self._skipped += 1
            speed.skipped += 1
            return False
        self._anchor(frame)
        self._skipped = 0
        speed.reanchored += 1
        return True

    def wait(self, frame: Frame) -> None:
        """Let the rest of the frame pass; a little garbage is collected when there is room for it."""
        due = self._origin + frame.time
        spare = due - time.perf_counter()
        if spare > 0.004 and frame.index % 30 == 0:
            gc.collect(0)
            spare = due - time.perf_counter()
        if spare > 0:
            time.sleep(spare)
