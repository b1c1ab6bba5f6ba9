"""The notice board phones read: what the stage says now, and what changed since any moment. No I/O."""

from __future__ import annotations

from collections import deque
from typing import Any

import msgspec

from engine.companion.protocol import Beat, Delta, Epoch, encode

CLOCK_KEYS = ("frame", "time")  # told along with whatever changes, never a reason to tell
CACHED = 64  # merged deltas kept per sequence number; after a restart nearly all ask for the same


class Ledger:
    """Keys with their values, each with the sequence number of its last change. A key that went is None."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._changed: dict[str, int] = {}

    def update(self, values: dict[str, Any], seq: int) -> bool:
        """Take over `values`; what differs is marked with `seq`. True if anything did."""
        changed = [key for key, value in values.items() if self._values.get(key) != value]
        gone = [key for key, value in self._values.items() if value is not None and key not in values]
        for key in changed:
            self._values[key] = values[key]
        for key in gone:
            self._values[key] = None
        self._changed.update(dict.fromkeys((*changed, *gone), seq))
        return bool(changed or gone)

    def since(self, seq: int) -> dict[str, Any]:
        """What changed after `seq`; None for what went."""
        return {key: self._values[key] for key, at in self._changed.items() if at > seq}

    def all(self) -> dict[str, Any]:
        """Everything there is."""
        return {key: value for key, value in self._values.items() if value is not None}


class Callboard:
    """The snapshot for phones, with epoch and sequence number; every message is encoded once."""

    def __init__(self) -> None:
        self._begin("")

    def _begin(self, epoch: str) -> None:
        self.epoch = epoch
        self.seq = 0
        self.at = 0.0
        self._clock: dict[str, Any] = {"frame": 0, "time": 0.0}
        self._house, self._companion = Ledger(), Ledger()
        self._cache: dict[int, bytes] = {}
        self._packed: msgspec.Raw | None = None

    def post(self, house: dict[str, Any], now: float) -> bool:
        """Put up a snapshot made at `now` (gateway ms); True if it says anything new beside the time.

        One of another epoch starts from nothing.
        """
        if house.get("epoch", "") != self.epoch:
            self._begin(str(house.get("epoch", "")))
        rest = {key: value for key, value in house.items() if key not in CLOCK_KEYS and key != "companion"}
        companion = house.get("companion")
        self.at = now
        self._clock = {key: house[key] for key in CLOCK_KEYS if key in house}
        self._packed = None
        seq = self.seq + 1
        changed = self._house.update(rest, seq)
        changed |= self._companion.update(companion if isinstance(companion, dict) else {}, seq)
        if changed:
            self.seq = seq
            self._cache.clear()
        return changed

    def snapshot(self) -> dict[str, Any]:
        """Everything, for a phone that holds nothing."""
        return {**self._house.all(), **self._clock, "companion": self._companion.all()}

    def packed(self) -> msgspec.Raw:
        """The snapshot already encoded; the same for all who join between two changes."""
        if self._packed is None:
            self._packed = msgspec.Raw(msgspec.json.encode(self.snapshot()))
        return self._packed

    def changes(self, since: int) -> dict[str, Any]:
        """The same shape as the snapshot, only what changed after `since`."""
        changes = {**self._house.since(since), **self._clock}
        companion = self._companion.since(since)
        return {**changes, "companion": companion} if companion else changes

    def delta(self, since: int) -> bytes:
        """The message that brings a phone from `since` to now; the same bytes for all who ask the same."""
        message = self._cache.get(since)
        if message is None:
            if len(self._cache) >= CACHED:
                self._cache.clear()
            house = {**self._house.since(since), **self._clock}
            message = encode(Delta(self.seq, self.at, house, self._companion.since(since)))
            self._cache[since] = message
        return message

    def anew(self) -> bytes:
        """The message that replaces all a phone holds, after the stage started anew."""
        return encode(Epoch(self.epoch, self.seq, self.at, self.snapshot()))

    def beat(self, age: float) -> bytes:
        """The message for when there is nothing to tell; `age` seconds since the stage was heard."""
        return encode(Beat(self.seq, self.at, round(age, 3), float(self._clock.get("time", 0.0))))


class Seen:
    """When the windows of input closed, so that a phone can tell whether its act is on stage."""

    def __init__(self) -> None:
        self._ends: deque[tuple[int, float]] = deque(maxlen=400)

    def closed(self, window: int, at: float) -> None:
        """Window number `window` went to the stage at `at` (gateway ms)."""
        self._ends.append((window, at))

    def at(self, seen: object) -> float | None:
        """When the newest window up to `seen` closed; None while the stage has drawn none of ours."""
        if not isinstance(seen, int):
            return None
        while len(self._ends) > 1 and self._ends[1][0] <= seen:
            self._ends.popleft()
        return self._ends[0][1] if self._ends and self._ends[0][0] <= seen else None
