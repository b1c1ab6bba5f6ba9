"""Many acts become few signals: what came in during one window, merged per verb and seat block. No I/O."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from engine.companion.protocol import Act
from engine.companion.ticket import Ticket
from engine.core.signals import Signal, level

SINGLE = ("cut", "draw", "wish")  # passed on one by one
NEWEST = 16  # of them per window
_MILLI = 1000  # rods are added up as whole thousandths, so that sums never drift


def seat(ticket: Ticket) -> int:
    """Seat block 0..8; who never said is put in the middle row, spread over the columns by number."""
    return 3 + ticket.number % 3 if ticket.block is None else ticket.block


def on_stage(ticket: Ticket, x: float) -> float:
    """A phone's x as a place on the stage, 0..1: each column of seats has its third."""
    return (seat(ticket) % 3 + x) / 3


def is_left(ticket: Ticket) -> bool:
    """Whether the guest belongs to the left half: left column, and the even numbers of the middle one."""
    column = seat(ticket) % 3
    return column == 0 or (column == 1 and ticket.number % 2 == 0)


@dataclass(slots=True)
class _Sum:
    """Several acts of one verb from one block (or votes for one option)."""

    at: float
    number: int
    count: int = 0
    x: float = 0.0
    y: float = 0.0
    value: float = 0.0

    def add(self, x: float, y: float, value: float) -> None:
        self.count += 1
        self.x += x
        self.y += y
        self.value += value

    def signal(self, verb: str, text: str, source: str) -> Signal:
        n = self.count
        number = self.number if n == 1 else 0
        return Signal(
            f"phone/{verb}",
            self.value / n,
            source=source,
            x=self.x / n,
            y=self.y / n,
            number=number,
            count=n,
            text=text,
            at=self.at,
        )


@dataclass(slots=True)
class Fold:
    """One window of input. Its cost on the stage depends on verbs and blocks, not on phones."""

    source: str
    _sums: dict[tuple[str, int | str], _Sum] = field(default_factory=dict)
    _singles: dict[str, deque[Signal]] = field(default_factory=dict)
    dropped: int = 0

    def add(self, ticket: Ticket, act: Act, now: float, *, text: str = "") -> None:
        """Take one act; `text` is what a wish or a drawing says."""
        x = on_stage(ticket, act.x)
        if act.verb in SINGLE or act.p:
            self._keep(ticket, act, x, now, text)
            return
        key = (act.verb, text or seat(ticket))
        total = self._sums.get(key)
        if total is None:
            total = self._sums[key] = _Sum(now, ticket.number)
        total.add(x, act.y, act.v)

    def close(self) -> list[Signal]:
        """The window's signals; what follows goes into the next one."""
        signals = []
        for (verb, where), total in self._sums.items():
            signals.append(total.signal(verb, where if isinstance(where, str) else "", self.source))
        for singles in self._singles.values():
            signals.extend(singles)
        self._sums.clear()
        self._singles.clear()
        return signals

    def _keep(self, ticket: Ticket, act: Act, x: float, now: float, text: str) -> None:
        singles = self._singles.setdefault(act.verb, deque(maxlen=NEWEST))
        self.dropped += len(singles) == NEWEST
        address = f"phone/{act.verb}"
        singles.append(
            Signal(
                address,
                act.v,
                source=self.source,
                x=x,
                y=act.y,
                number=ticket.number,
                points=act.p,
                text=text,
                at=now,
            )
        )


@dataclass(slots=True)
class Rods:
    """Hands that hold a rod: each half of the room has the mean of its own."""

    source: str
    _held: dict[int, tuple[bool, int]] = field(default_factory=dict)
    _sum: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    _hands: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    _moved: set[bool] = field(default_factory=set)

    def hold(self, ticket: Ticket, value: float) -> None:
        """This guest's rod is at `value` 0..1."""
        self.release(ticket.number)
        left, milli = is_left(ticket), round(value * _MILLI)
        self._held[ticket.number] = (left, milli)
        self._add(left, milli, 1)

    def release(self, number: int) -> None:
        """This guest holds nothing any more."""
        held = self._held.pop(number, None)
        if held is not None:
            self._add(held[0], -held[1], -1)

    def clear(self) -> None:
        """All let go."""
        for number in list(self._held):
            self.release(number)

    def repeat(self) -> None:
        """Tell both halves again with the next window."""
        self._moved = {True, False} if self._held else self._moved

    def close(self, now: float) -> list[Signal]:
        """Levels of the halves that moved since the last window."""
        moved, self._moved = sorted(self._moved, reverse=True), set()
        return [self._level(left, now) for left in moved]

    def _level(self, left: bool, now: float) -> Signal:
        hands = self._hands[left]
        mean = self._sum[left] / (hands * _MILLI) if hands else 0.0
        address = "phone/drag/left" if left else "phone/drag/right"
        return level(address, mean, source=self.source, x=0.25 if left else 0.75, count=hands, at=now)

    def _add(self, left: bool, milli: int, hands: int) -> None:
        self._sum[left] += milli
        self._hands[left] += hands
        self._moved.add(left)
