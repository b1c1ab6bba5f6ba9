"""How fast the show runs: frame and phase times, latencies, as the statistics file and console want them."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Any

import numpy as np

KEEP = 200_000  # frames kept for percentiles: an hour at 60 a second
RECENT = 600


class Speed:
    """Collects times in milliseconds; told by the loop, which alone knows the time of day."""

    def __init__(self) -> None:
        self.frames = 0
        self.skipped = 0
        self.reanchored = 0
        self.phones = 0
        self._work: deque[float] = deque(maxlen=KEEP)
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._drawn: deque[float] = deque(maxlen=61)
        self._phases: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEEP))
        self._scenes: defaultdict[str, array[float]] = defaultdict(lambda: array("f"))
        self._latency: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=KEEP))

    def frame(self, scene: str, at: float, work_ms: float, phases: Mapping[str, float]) -> None:
        """One drawn frame: when it was done (seconds), all its work, and where that went."""
        self.frames += 1
        self._drawn.append(at)
        self._work.append(work_ms)
        self._recent.append(work_ms)
        for name, spent in phases.items():
            self._phases[name].append(spent)
        if scene and len(self._scenes[scene]) < KEEP:
            self._scenes[scene].append(work_ms)

    def heard(self, source: str, ms: float) -> None:
        """One input took `ms` from its arrival to the picture that shows it."""
        self._latency[source].append(ms)

    def now(self) -> dict[str, Any]:
        """Frame times of the last ten seconds, for the console."""
        drawn = self._drawn
        span = drawn[-1] - drawn[0] if len(drawn) > 1 else 0.0
        fps = (len(drawn) - 1) / span if span > 0 else 0.0
        return {"fps": round(fps, 1), "frame_ms": _spread(self._recent), "skipped": self.skipped}

    def report(self, seconds: float) -> dict[str, Any]:
        """Everything since the start, as --stats writes it."""
        return {
            "frames": self.frames,
            "fps": round(self.frames / seconds, 2) if seconds > 0 else 0.0,
            "skipped": self.skipped,
            "reanchored": self.reanchored,
            "frame_ms": _spread(self._work),
            "phases_ms": {name: _spread(times) for name, times in self._phases.items()},
            "latency_ms": {name: _short(times) for name, times in self._latency.items()},
            "scenes": {
                name: {"frames": len(times), "frame_ms": _spread(times)}
                for name, times in self._scenes.items()
            },
            "phones": self.phones,
        }


def _spread(times: Any) -> dict[str, float]:
    if not len(times):
        return {"p50": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0}
    values = np.fromiter(times, np.float64)
    p50, p95, p99 = np.percentile(values, (50, 95, 99))
    return {
        "p50": round(float(p50), 3),
        "p95": round(float(p95), 3),
        "p99": round(float(p99), 3),
        "max": round(float(values.max()), 3),
    }


def _short(times: Any) -> dict[str, float]:
    spread = _spread(times)
    return {"p50": spread["p50"], "p95": spread["p95"], "count": len(times)}
