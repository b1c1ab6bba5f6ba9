"""The eye's own process: camera in, signals out over the link. Pictures stay in its memory, two at most."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import cv2
import msgspec
import numpy as np

from controllers.eye.aim import Aim
from controllers.eye.capture import Capture, Grab
from controllers.eye.eye import SOURCE, Eye, Reading, signals_of
from controllers.eye.lesson import Lesson
from controllers.eye.settings import EyeSettings
from controllers.eye.silhouette import SIZE, packed
from controllers.eye.source import Source
from controllers.eye.watch import LOST_S, SLOW, Watch
from engine.core.controller import Health
from engine.core.signals import Signal, level
from engine.link import Message, Order, Peer, Report, Signals

log = logging.getLogger("xitai.eye")

PATIENCE = 0.1  # seconds to wait for a picture before looking round
TELL_S = 0.5  # seconds between two reports, when nothing changes
CURE_S = 3.0  # seconds until a frozen camera is opened anew; each further try waits twice as long
LEARN_S = 5.0  # seconds of holding still, when none are said
MIDDLE = ("lean", "vx", "vy", "sway", "rise/")  # levels that rest there
NICE = 5  # the picture on stage goes first


class Board(Protocol):
    """What the process shares with its supervisor."""

    def beat(self) -> None:
        """Say that it is at work."""

    @property
    def stopping(self) -> bool:
        """Whether to finish."""


class Process:
    """One camera, one peer, until told to stop."""

    def __init__(self, settings: EyeSettings) -> None:
        self.settings = settings
        self.orders: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.eye = Eye(settings)
        self.source = Source.of(settings.source)
        now = time.monotonic()
        self.watch = Watch(now)
        self.told, self.said, self.cure = 0.0, "", CURE_S
        self.open, self.silhouette = True, settings.silhouette
        self.mask = np.zeros(SIZE[::-1], np.bool_)
        self.levels: Mapping[str, float] = {}  # newest
        self.lesson: Lesson | None = None
        self.aim: Aim | None = None
        self.capture = Capture(
            self.source, mirror=settings.mirror, loop=settings.loop, locked=settings.locked
        )
        self.peer = Peer(settings.hub_port, settings.token, "eye", self.orders.put)

    def work(self, board: Board | None = None) -> None:
        """Until an order or the board says stop."""
        while self.open and not (board and board.stopping):
            self.step()
            if board:
                board.beat()

    def step(self) -> None:
        """One picture, or a look round when there is none."""
        grab = self.capture.newest(PATIENCE)
        if grab is not None:
            if grab.first:
                self.eye.forget()
            self.watch.see(grab.at, grab.grey, grab.size)
            reading = self.eye.see(grab.at, grab.grey)
            self.levels = reading.levels or self.levels
            signals = signals_of(reading, grab.at)
            if signals:
                self.peer.send(Signals(signals))
            self.look()
            self.show(grab, reading)
        if self.lesson is not None and time.monotonic() >= self.lesson.until:
            self.eye.front.learnt()
            self.peer.send(Order("learnt", self.lesson.verdict()))
            self.lesson = None
        while not self.orders.empty():
            self.obey(self.orders.get())
        self.report(time.monotonic())

    def look(self) -> None:
        """What else a picture's motion is good for: the mask of who moves, and the room's noise."""
        motion = self.eye.motion
        if motion is None:
            return
        if self.silhouette or self.aim is not None:
            self.mask = self.eye.silhouette.step(motion, self.eye.performer.zone)
        if self.silhouette:
            self.peer.send(Order("silhouette", packed(self.mask)))
        if self.lesson is not None:
            self.lesson.hear(motion, self.eye.performer.zone)

    def show(self, grab: Grab, reading: Reading) -> None:
        """For those who aim the camera."""
        if self.aim is None:
            return
        self.aim.hear(reading)
        if self.aim.due(grab.at):
            self.peer.send(Order("aim", self.aim.seen(grab.grey, self.mask, reading)))

    def tune(self, facts: Any) -> None:
        """Read the camera otherwise from now on; facts that do not fit change nothing."""
        known = msgspec.to_builtins(self.settings)
        try:
            tuned = msgspec.convert(known | facts if isinstance(facts, dict) else facts, EyeSettings)
        except msgspec.ValidationError as error:
            log.warning("camera: it is read as before, for what was asked does not fit (%s)", error)
            return
        if tuned.mirror != self.settings.mirror or tuned.locked != self.settings.locked:
            self.capture.tune(mirror=tuned.mirror, locked=tuned.locked)
        self.settings = tuned
        self.eye.tune(tuned)

    def obey(self, message: Message) -> None:
        """Take an order of the stage; what is not understood is passed over."""
        if not isinstance(message, Order):
            return
        name, value = message.name, message.value
        if name == "arm" and _names(value):
            self.eye.arm(value)
        elif name == "mode" and isinstance(value, str):
            self.eye.turn_to(value)
        elif name == "silhouette":
            self.silhouette = bool(value)
        elif name == "tune":
            self.tune(value)
        elif name == "aim":
            self.aim = Aim() if value else None
        elif name == "learn":
            seconds = value if isinstance(value, int | float) and 0 < value <= 60 else LEARN_S
            self.lesson = Lesson(time.monotonic() + seconds)
            self.eye.front.learn()
        elif name == "stop":
            self.open = False

    def report(self, now: float) -> None:
        """Say how the camera is: at once when that changes, else twice a second."""
        trouble = self.watch.trouble(now)
        if trouble == "no picture":
            trouble = self.capture.notice or trouble
        self.wake(now)
        if trouble == self.said and now - self.told < TELL_S:
            return
        if trouble != self.said and now - self.watch.born > LOST_S:
            log.warning("camera: %s", trouble or "all is well")
            if trouble:
                self.peer.send(Signals(resting(self.levels, now)))
        self.told, self.said = now, trouble
        fps, detail = self.watch.fps(now), trouble or self.source.name
        if fps and trouble in ("", SLOW):
            detail = f"{detail}, {fps:.0f} pictures a second"
        if self.eye.pose_trouble:
            detail = f"{detail}; {self.eye.pose_trouble}"
        self.peer.send(Report([Health("camera", not trouble, detail)]))

    def wake(self, now: float) -> None:
        """Open a camera anew whose picture stands still, less and less often: it may really show a still."""
        stuck = self.watch.stuck
        if stuck < CURE_S:
            self.cure = CURE_S
        elif stuck > self.cure and self.source.kind != "file":
            self.cure = 2 * stuck
            self.capture.reopen()

    def close(self) -> None:
        """Let go of camera and line."""
        self.capture.close()
        self.peer.close()


def resting(levels: Iterable[str], at: float) -> list[Signal]:
    """What a blind eye says: nothing moves, nothing leans, and nothing can be trusted. Places stay."""
    rest = {"energy": 0.0, "quality": 0.0}
    for name in levels:
        if name not in ("x", "y"):
            rest[name] = 0.5 if name.startswith(MIDDLE) and name != "sway_hz" else 0.0
    return [
        level(f"camera/{name}", value, source=SOURCE, count=int(name != "torches"), at=at)
        for name, value in rest.items()
    ]


def _names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(name, str) for name in value)


def leave_no_dump() -> None:
    """If this process crashes, its memory and the picture in it are written nowhere.

    A limit of 0 does not hold where the system hands dumps to a program; Linux
    takes 1 for "not there either".
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


def run(settings: EyeSettings, board: Board | None = None) -> int:
    """The whole life of the process; exit code 0 when the stage or the supervisor tells it to stop."""
    cv2.setNumThreads(1)
    leave_no_dump()
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICE)
    process = Process(settings)
    try:
        process.work(board)
    finally:
        process.close()
    return 0
