"""Signals: facts from outside, and the one door they come in by.

A signal's address says where it came from. The first part is the controller, the last the verb:

    midi/note/36  midi/release/36  midi/cc/1  midi/program/5     number = note, controller or program
    camera/raise  camera/wave ...  camera/energy  camera/x ...   triggers, then levels
    phone/tap  phone/flick  phone/cut   phone/drag/left          folded by the gateway: count, x, y
    phone/joined                                                 a level; count = phones in the house
    key/space  console/go  console/knob/petals                   what the operator does
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a signal is carried: a trigger is never dropped, a level is always the latest."""

    TRIGGER = "trigger"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact from a controller.

    value   strength or level, 0..1
    x, y    where it happened in the picture, 0..1, origin top left (0.5, 0.5 when it has no place)
    number  note, controller, cue or guest number, or a gesture's place in the row; 0 when it has none
    count   how many people's acts were folded into this one
    points  a drawn stroke, each point (x, y) in 0..1
    text    a vote's option, a wish, a name; of a gesture the zones it was seen in
    vx, vy  how fast it went, in the measure of x and y a second (times canvas.width and canvas.height: in
            design units)
    took    seconds it took, from its start to the moment it was sure
    at      seconds on the machine's monotonic clock when it happened; only for latency, never logged
    """

    address: str
    value: float = 1.0
    kind: Kind = Kind.TRIGGER
    source: str = ""
    x: float = 0.5
    y: float = 0.5
    number: int = 0
    count: int = 1
    points: tuple[tuple[float, float], ...] = ()
    text: str = ""
    vx: float = 0.0
    vy: float = 0.0
    took: float = 0.0
    at: float = field(default=0.0, compare=False)

    @property
    def controller(self) -> str:
        """First part of the address: "midi", "camera", "phone", "key", "console"."""
        return self.address.partition("/")[0]


def level(address: str, value: float, **facts: object) -> Signal:
    """A level signal; `facts` are further fields of Signal."""
    return Signal(address, value, Kind.LEVEL, **facts)  # type: ignore[arg-type]


class Bus:
    """The only door between threads: anyone may post, the show drains it once a frame."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._triggers: deque[Signal] = deque()
        self._levels: dict[str, Signal] = {}

    def post(self, signal: Signal) -> None:
        """Add one signal. Triggers keep their order; of a level only the newest is kept."""
        with self._lock:
            if signal.kind is Kind.TRIGGER:
                self._triggers.append(signal)
            else:
                self._levels[signal.address] = signal

    def drain(self) -> list[Signal]:
        """Everything since the last drain: levels first, so that a trigger meets fresh levels."""
        with self._lock:
            signals = [*self._levels.values(), *self._triggers]
            self._levels.clear()
            self._triggers.clear()
        return signals
