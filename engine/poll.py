"""The crowd window of the cue that is on: opened with it, fed with signals, closed when its time is up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.clock import Frame
from engine.core.crowd import Ask, Result, Window
from engine.core.cues import Cue
from engine.core.signals import Signal

TOLD_A_SECOND = 4  # live numbers, on stage and on phones


class Poll:
    """Nothing is open until a cue asks.

    live    small live numbers: people per option, or people and value; empty while nothing is open
    quorum  whether the open window has its quorum; said TOLD_A_SECOND times a second, so that a guarded GO
            only puts it off
    """

    def __init__(self) -> None:
        self._window: Window | None = None
        self.live: Mapping[str, float] = {}
        self.quorum = False

    @property
    def open(self) -> bool:
        """Whether the house is being asked something."""
        return self._window is not None

    def ask(self, cue: Cue, frame: Frame) -> None:
        """Open the cue's window, if it has one; whatever was open is gone."""
        asked = cue.ask
        self._window = None if asked is None else Window(asked, f"{cue.number}@{frame.index}", frame.index)
        self.quorum = False
        self.live = {}

    def feed(self, signal: Signal) -> None:
        """Take one signal of this frame."""
        if self._window is not None:
            self._window.feed(signal)

    def step(self, frame: Frame, house: int, *, pace: float = 1.0) -> Result | None:
        """Once a frame, with `house` phones present: the result in the frame in which the window closes."""
        window = self._window
        self.quorum = False
        if window is None:
            return None
        age = frame.index - window.opened
        if age % max(1, frame.fps // TOLD_A_SECOND) == 0:
            self.live = window.live(house)
            ripe = age >= window.ask.least * pace * frame.fps
            self.quorum = ripe and window.met(house)
        return self.close(house) if age >= window.ask.seconds * pace * frame.fps else None

    def close(self, house: int) -> Result | None:
        """Close what is open; what it came to."""
        window, self._window, self.live = self._window, None, {}
        return None if window is None else window.result(house)

    def companion(self, frame: Frame) -> dict[str, Any]:
        """What phones are told while the window is open."""
        window = self._window
        if window is None:
            return {}
        ask = window.ask
        until = round(frame.time + window.left(frame), 2)
        told: dict[str, Any] = {"ask": {"id": window.id, "verb": ask.verb, "until": until}}
        told["tally"] = dict(self.live)
        if ask.options:
            told["options"] = _options(ask)
        return told


def _options(ask: Ask) -> list[dict[str, Any]]:
    labels = ask.labels or tuple((option, option) for option in ask.options)
    return [{"id": o, "label": list(label)} for o, label in zip(ask.options, labels, strict=True)]
