"""Several gateways' input becomes one stream: what the stage gets does not grow with the gateways. No I/O."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from engine.companion.fold import NEWEST, SINGLE
from engine.core.crowd import Tally, block, merge
from engine.core.signals import Kind, Signal

TALLY = "phone/tally"
HISTORY = 400  # windows of our own for which we remember how far the others were in them


class Confluence:
    """Takes windows from gateways by name, repeated ones once; gives what they come to together."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._levels: dict[str, dict[str, Signal]] = {}
        self._moved: set[str] = set()
        self._question = ""
        self._triggers: list[Signal] = []
        self._last: dict[str, int] = {}
        self._taken: deque[tuple[int, dict[str, int]]] = deque(maxlen=HISTORY)

    def take(self, gateway: str, window: int, signals: list[Signal]) -> bool:
        """One gateway's window; False for one that was here before."""
        if window <= self._last.get(gateway, -1):
            return False
        self._last[gateway] = window
        for signal in signals:
            if signal.address == TALLY and not _is_tally(signal.text):
                continue
            if signal.kind is Kind.LEVEL:
                self._levels.setdefault(signal.address, {})[gateway] = signal
                self._moved.add(signal.address)
            else:
                self._triggers.append(signal)
        return True

    def follow(self, question: str) -> None:
        """What the house is asked now; tallies of anything else count no more."""
        if question != self._question:
            self._question = question
            self._moved.add(TALLY)

    def repeat(self) -> None:
        """The stage started anew: tell it all levels once more."""
        self._moved.update(self._levels)

    def forget(self, gateway: str) -> None:
        """A gateway went: its phones and hands count no more."""
        self._last.pop(gateway, None)
        for address, told in self._levels.items():
            if told.pop(gateway, None) is not None:
                self._moved.add(address)

    def close(self, window: int) -> list[Signal]:
        """All of it since the last time, as our own window number `window`."""
        self._taken.append((window, dict(self._last)))
        moved, self._moved = sorted(self._moved), set()
        triggers, self._triggers = self._triggers, []
        levels = [self._level(address) for address in moved]
        return [*levels, *(replace(s, source=self._source) for s in _folded(triggers))]

    def seen(self, window: object) -> dict[str, int]:
        """Per gateway the newest of its windows that is in ours up to `window`."""
        found: dict[str, int] = {}
        for own, others in self._taken:
            if not isinstance(window, int) or own > window:
                break
            found = others
        return found

    def _level(self, address: str) -> Signal:
        told = list(self._levels.get(address, {}).values())
        if address == TALLY:
            return self._tally(told)
        if not told:
            return Signal(address, 0.0, Kind.LEVEL, self._source, count=0)
        count = sum(s.count for s in told)
        value = sum(s.value * s.count for s in told) / count if count else 0.0
        newest = max(told, key=lambda s: s.at)
        number = max(s.number for s in told)
        return replace(newest, value=value, count=count, number=number, source=self._source)

    def _tally(self, told: list[Signal]) -> Signal:
        """Of the open question only: a gateway nobody answered yet still tells of the last one."""
        whole = merge(self._question, [Tally.read(s.text) for s in told])
        facts = {"text": whole.text(), "count": whole.people, "at": max((s.at for s in told), default=0.0)}
        return Signal(TALLY, min(1.0, whole.people), Kind.LEVEL, self._source, **facts)  # type: ignore[arg-type]


def _is_tally(text: str) -> bool:
    try:
        Tally.read(text)
    except ValueError:
        return False
    return True


def _folded(signals: list[Signal]) -> list[Signal]:
    """Triggers of several gateways as one gateway would have folded them."""
    sums: dict[tuple[str, str, int], list[Signal]] = {}
    singles: dict[str, deque[Signal]] = {}
    for signal in signals:
        if signal.points or signal.address.rpartition("/")[2] in SINGLE:
            singles.setdefault(signal.address, deque(maxlen=NEWEST)).append(signal)
        else:
            key = (signal.address, signal.text, block(signal.x, 0.0))
            sums.setdefault(key, []).append(signal)
    folded = [_mean(same) if len(same) > 1 else same[0] for same in sums.values()]
    return [*folded, *(signal for kept in singles.values() for signal in kept)]


def _mean(same: list[Signal]) -> Signal:
    n = max(1, sum(s.count for s in same))
    x, y, value = (sum(getattr(s, name) * s.count for s in same) / n for name in ("x", "y", "value"))
    return replace(same[0], x=x, y=y, value=value, count=n, number=0, at=min(s.at for s in same))
