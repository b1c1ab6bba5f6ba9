"""What one sender may cost: token buckets, patience, tries at the PIN. Time is handed in. No I/O."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

RATES: dict[str, tuple[float, float]] = {  # verb: acts a second in the long run, and in one burst
    "tap": (10, 20),
    "flick": (5, 10),
    "cut": (2, 4),
    "draw": (2, 4),
    "drag": (15, 20),
    "vote": (2, 5),
    "wish": (0.5, 2),
    "ack": (10, 30),
    "seat": (1, 5),
}
OTHER = (10.0, 20.0)
PATIENCE = (0.5, 20.0)  # offences forgiven a second, and held against a phone at most
COSTS = {"form": 1.0, "rate": 0.1, "closed": 0.05, "full": 0.05, "room": 2.0}  # of one refused message
FREE_TRIES = 5
LONGEST_WAIT = 60.0
REMEMBERED = 1000  # addresses that tried a PIN


class Bucket:
    """Holds `burst` tokens, refilled at `rate` a second."""

    __slots__ = ("_at", "_left")

    def __init__(self, burst: float, now: float) -> None:
        self._left, self._at = burst, now

    def take(self, rate: float, burst: float, now: float, *, cost: float = 1.0) -> bool:
        """Take `cost` tokens if they are there."""
        self._left = min(burst, self._left + (now - self._at) * rate)
        self._at = now
        if self._left < cost:
            return False
        self._left -= cost
        return True


class Allowance:
    """What one phone may still do: a bucket per kind of message, and patience with its offences."""

    __slots__ = ("_buckets", "_patience")

    def __init__(self, now: float) -> None:
        self._buckets: dict[str, Bucket] = {}
        self._patience = Bucket(PATIENCE[1], now)

    def may(self, kind: str, now: float) -> bool:
        """Whether one more message of this kind fits its rate."""
        rate, burst = RATES.get(kind, OTHER)
        bucket = self._buckets.get(kind)
        if bucket is None:
            if len(self._buckets) >= 16:  # verbs are named by the phone; their number is not
                return False
            bucket = self._buckets[kind] = Bucket(burst, now)
        return bucket.take(rate, burst, now)

    def forgive(self, why: str, now: float) -> bool:
        """Count an offence; False when patience is at its end."""
        return self._patience.take(*PATIENCE, now, cost=COSTS[why])


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    until: float = 0.0


@dataclass(slots=True)
class PinLock:
    """The console's PIN: five tries per address, then a wait that doubles."""

    pin: str
    _tries: dict[str, _Tries] = field(default_factory=dict)

    def wait(self, address: str, now: float) -> float:
        """Seconds this address still has to wait; 0 when it may try."""
        tries = self._tries.get(address)
        return max(0.0, tries.until - now) if tries else 0.0

    def opens(self, address: str, pin: str, now: float) -> bool:
        """Whether `pin` is right. Call only when `wait` is 0; compared in constant time."""
        if hmac.compare_digest(pin.encode(), self.pin.encode()):
            self._tries.pop(address, None)
            return True
        tries = self._tries.pop(address, None) or _Tries()
        self._tries[address] = tries  # newest last
        if len(self._tries) > REMEMBERED:
            del self._tries[next(iter(self._tries))]
        tries.wrong += 1
        if tries.wrong >= FREE_TRIES:
            tries.until = now + min(LONGEST_WAIT, 2.0 ** (tries.wrong - FREE_TRIES))
        return False


class Addresses:
    """Open connections per address; a hall may sit behind one, so the limit is high."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: dict[str, int] = {}

    def enter(self, address: str) -> bool:
        """Count one more; False if that is too many."""
        n = self._open.get(address, 0)
        if n >= self._limit:
            return False
        self._open[address] = n + 1
        return True

    def leave(self, address: str) -> None:
        """One fewer."""
        n = self._open.get(address, 0) - 1
        if n > 0:
            self._open[address] = n
        else:
            self._open.pop(address, None)
