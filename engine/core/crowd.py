"""The audience as an instrument: a window asks, each person has one answer, the answers become one result."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from engine.core.clock import Frame
from engine.core.signals import Signal

BINS = 21  # answers between 0 and 1 are kept to a twentieth
BLOCKS = 9  # seats, 3 x 3, 0 = front left
KEPT = 64  # newest strokes and wishes a window keeps
EAGER_S = 0.25  # acts of one person closer together count once: energy is not the loudest one's
TRIM = 0.2  # share cut off at each end of a trimmed mean: one phone in five may shout


class How(StrEnum):
    """How answers are combined."""

    COUNT = "count"  # how many people answered
    MEAN = "mean"
    TRIMMED = "trimmed"  # mean without the lowest and highest fifth
    MEDIAN = "median"
    MAJORITY = "majority"  # the option most people chose
    ENERGY = "energy"  # acts per phone and second, 0..1
    COLLECT = "collect"  # the strokes or words themselves
    ZONES = "zones"  # share of the answers per seat block


@dataclass(frozen=True, slots=True)
class Ask:
    """A crowd window as a cue declares it.

    quorum    people that must answer; below 1 a share of the phones in the house
    fallback  what holds when fewer do: an option, or a value 0..1
    options   for a vote, in the order in which a tie is decided
    labels    of the options, (Chinese, English) each; empty when their ids will do
    lively    acts per phone and second that are energy 1.0
    least     seconds that must have passed before a quorum starts the standby cue
    """

    verb: str
    seconds: float
    how: How = How.COUNT
    quorum: float = 1.0
    fallback: str | float = 0.0
    options: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    lively: float = 2.0
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers so far: a few numbers, however many people gave them.

    people   who answered; acts counts what they did, repeated too, one each in EAGER_S per person
    choices  people per option
    bins     people per value, BINS steps from 0 to 1
    zones    people per seat block
    """

    window: str
    people: int = 0
    acts: int = 0
    choices: tuple[tuple[str, int], ...] = ()
    bins: tuple[int, ...] = (0,) * BINS
    zones: tuple[int, ...] = (0,) * BLOCKS

    def text(self) -> str:
        """One line for a signal's text and the log."""
        parts = [self.window, self.people, self.acts, dict(self.choices), self.bins, self.zones]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Tally:
        """The tally in such a line. ValueError if it is none."""
        try:
            window, people, acts, choices, bins, zones = json.loads(text)
            if len(bins) != BINS or len(zones) != BLOCKS:
                raise ValueError("wrong number of bins or zones")
            counts = tuple((str(name), int(n)) for name, n in choices.items())
            return cls(str(window), int(people), int(acts), counts, _ints(bins), _ints(zones))
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise ValueError(f"not a tally: {text[:60]!r} ({error})") from error

    @property
    def mean(self) -> float:
        """Mean value of the people who answered, 0..1; 0 when nobody did."""
        return _mean(self.bins)

    @property
    def trimmed(self) -> float:
        """Mean without the lowest and the highest TRIM of the people."""
        return _mean(_trim(self.bins, math.floor(sum(self.bins) * TRIM)))

    @property
    def median(self) -> float:
        """Middle value; of an even number the mean of the middle two."""
        return _mean(_trim(self.bins, max(0, (sum(self.bins) - 1) // 2)))

    def majority(self, options: Iterable[str] = ()) -> tuple[str, float]:
        """The option most people chose and its share; a tie goes to the earlier of `options`."""
        total = sum(n for _, n in self.choices)
        if not total:
            return "", 0.0
        order = {name: i for i, name in enumerate(options)}
        name, n = min(self.choices, key=lambda c: (-c[1], order.get(c[0], len(order)), c[0]))
        return name, n / total


def merge(window: str, tallies: Iterable[Tally]) -> Tally:
    """One tally of several gateways' tallies of the same window."""
    same = [t for t in tallies if t.window == window]
    choices: Counter[str] = Counter()
    for tally in same:
        choices.update(dict(tally.choices))
    return Tally(
        window,
        sum(t.people for t in same),
        sum(t.acts for t in same),
        tuple(sorted(choices.items())),
        _added(BINS, [t.bins for t in same]),
        _added(BLOCKS, [t.zones for t in same]),
    )


class Ballots:
    """One answer per person: a later one takes the place of the earlier. Cost per act does not grow."""

    def __init__(self, window: str) -> None:
        self._window = window
        self._answers: dict[int, tuple[str, int, int]] = {}
        self._counted: dict[int, float] = {}  # guest -> when an act last counted
        self._acts = 0
        self._choices: Counter[str] = Counter()
        self._bins = [0] * BINS
        self._zones = [0] * BLOCKS

    def answer(
        self, guest: int, *, choice: str = "", value: float = 1.0, zone: int = 4, at: float | None = None
    ) -> bool:
        """Take an answer given `at` that many seconds; True if it is this person's first."""
        if at is None or at - self._counted.get(guest, -EAGER_S) >= EAGER_S:
            self._acts += 1
            self._counted[guest] = at or 0.0
        before = self._answers.get(guest)
        if before is not None:
            self._count(before, -1)
        self._answers[guest] = now = (choice, round(min(1.0, max(0.0, value)) * (BINS - 1)), zone)
        self._count(now, 1)
        return before is None

    def tally(self) -> Tally:
        """The answers so far."""
        choices = tuple(sorted((name, n) for name, n in self._choices.items() if n))
        bins, zones = tuple(self._bins), tuple(self._zones)
        return Tally(self._window, len(self._answers), self._acts, choices, bins, zones)

    def _count(self, answer: tuple[str, int, int], n: int) -> None:
        choice, bin_, zone = answer
        if choice:
            self._choices[choice] += n
        self._bins[bin_] += n
        self._zones[zone] += n


@dataclass(frozen=True, slots=True)
class Result:
    """What a window came to.

    value     0..1 (a number of people for count)
    choice    the option that won; empty when none was asked for
    met       whether the quorum was met; if not, value or choice is the fallback
    zones     share per seat block
    gathered  strokes and wishes, oldest first
    """

    value: float
    choice: str
    people: int
    met: bool
    zones: tuple[float, ...] = (0.0,) * BLOCKS
    gathered: tuple[Signal, ...] = ()


@dataclass(slots=True)
class Window:
    """An open window: fed with every signal of a frame, asked for its result when its time is up.

    Tallies from gateways say how many people answered. Where there is none (keys, a simulated crowd in the
    stage's own process) the verb's own signals are counted, each act as one person.
    """

    ask: Ask
    id: str
    opened: int
    _told: dict[str, Tally] = field(default_factory=dict)
    _own: Ballots = field(init=False)
    _next: int = 0
    _gathered: list[Signal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._own = Ballots(self.id)

    def feed(self, signal: Signal) -> None:
        """Take one signal; what does not concern this window is ignored."""
        if signal.address == "phone/tally":
            with suppress(ValueError):
                tally = Tally.read(signal.text)
                if tally.window == self.id and tally.people >= self._heard(signal.source):
                    self._told[signal.source] = tally
        elif signal.address.rpartition("/")[2] == self.ask.verb:
            self._take(signal)

    def _heard(self, source: str) -> int:
        """People a gateway has told of. A count never falls by itself: one that does was begun anew by a
        gateway that fell, and the old one stands until as many have answered again. Nobody counts twice."""
        told = self._told.get(source)
        return told.people if told else 0

    def left(self, frame: Frame) -> float:
        """Seconds until it closes."""
        return max(0.0, self.ask.seconds - (frame.index - self.opened) / frame.fps)

    @property
    def tally(self) -> Tally:
        """Everything heard so far."""
        return merge(self.id, self._told.values()) if self._told else self._own.tally()

    def met(self, house: int) -> bool:
        """Whether enough of `house` phones have answered by now."""
        quorum = self.ask.quorum if self.ask.quorum >= 1 else math.ceil(self.ask.quorum * house)
        return self.tally.people >= max(1, quorum)

    def result(self, house: int) -> Result:
        """What it comes to with `house` phones present."""
        tally, ask = self.tally, self.ask
        met = self.met(house)
        value, choice = self._combined(tally, house) if met else _fallback(ask)
        total = max(1, sum(tally.zones))
        zones = tuple(n / total for n in tally.zones)
        return Result(value, choice, tally.people, met, zones, tuple(self._gathered))

    def live(self, house: int) -> dict[str, float]:
        """Small numbers for the phones and the stage while it is open: per option, or people and value."""
        tally = self.tally
        if self.ask.how is How.MAJORITY:
            counts = dict(tally.choices)
            return {option: float(counts.get(option, 0)) for option in self.ask.options or counts}
        value, _ = self._combined(tally, house)
        return {"people": float(tally.people), "value": round(value, 3)}

    def _take(self, signal: Signal) -> None:
        for _ in range(min(signal.count, 500)):
            self._next += 1
            self._own.answer(
                self._next, choice=signal.text, value=signal.value, zone=block(signal.x, signal.y)
            )
        if signal.points or signal.text:
            self._gathered = [*self._gathered, signal][-KEPT:]

    def _combined(self, tally: Tally, house: int) -> tuple[float, str]:
        how = self.ask.how
        if how is How.MAJORITY:
            choice, share = tally.majority(self.ask.options)
            return share, choice
        if how is How.ENERGY:
            rate = tally.acts / max(1, house) / max(0.1, self.ask.seconds)
            return min(1.0, rate / self.ask.lively), ""
        values = {How.MEAN: tally.mean, How.TRIMMED: tally.trimmed, How.MEDIAN: tally.median}
        return values.get(how, float(tally.people)), ""


def block(x: float, y: float) -> int:
    """Seat block 0..8 of a place x, y in 0..1 (y = 0 is the front row)."""
    return min(2, int(y * 3)) * 3 + min(2, int(x * 3))


def _fallback(ask: Ask) -> tuple[float, str]:
    return (0.0, ask.fallback) if isinstance(ask.fallback, str) else (float(ask.fallback), "")


def _ints(numbers: Iterable[object]) -> tuple[int, ...]:
    return tuple(int(n) for n in numbers)  # type: ignore[call-overload]


def _added(size: int, rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(row[i] for row in rows) for i in range(size))


def _mean(bins: tuple[int, ...]) -> float:
    total = sum(bins)
    return sum(i * n for i, n in enumerate(bins)) / (total * (BINS - 1)) if total else 0.0


def _trim(bins: tuple[int, ...], cut: int) -> tuple[int, ...]:
    """The bins without the `cut` lowest and the `cut` highest people."""
    return _cut_low(_cut_low(bins, cut)[::-1], cut)[::-1]


def _cut_low(bins: tuple[int, ...], cut: int) -> tuple[int, ...]:
    kept = []
    for n in bins:
        gone = min(n, cut)
        cut -= gone
        kept.append(n - gone)
    return tuple(kept)
