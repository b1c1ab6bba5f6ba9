"""Easing curves and timed fades."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Ease = Callable[[float], float]


def linear(t: float) -> float:
    """0..1 unchanged."""
    return t


def ease_in(t: float) -> float:
    """Starts slowly, as a thing that falls."""
    return t * t


def ease_out(t: float) -> float:
    """Arrives slowly, as a light."""
    return 1 - (1 - t) ** 2


def smooth(t: float) -> float:
    """Slow at both ends."""
    return t * t * (3 - 2 * t)


def overshoot(t: float) -> float:
    """Passes its end by a tenth and comes back, as stiff paper snapping open."""
    back = 1.70158
    return 1 + (back + 1) * (t - 1) ** 3 + back * (t - 1) ** 2


def breathe(seconds: float, period: float) -> float:
    """0..1..0 once a `period`, without corners."""
    return 0.5 - 0.5 * math.cos(2 * math.pi * seconds / period)


@dataclass(frozen=True, slots=True)
class Fade:
    """A timed way from one value to another, in frames; a length of 0 is a snap."""

    start: float
    end: float
    first: int
    frames: int
    ease: Ease = smooth

    def value(self, index: int) -> float:
        """Value at frame `index`; before the first frame the start, after the last the end."""
        if self.done(index):
            return self.end
        t = max(0.0, (index - self.first) / self.frames)
        return self.start + (self.end - self.start) * self.ease(t)

    def done(self, index: int) -> bool:
        """Whether frame `index` is at or past the end."""
        return index >= self.first + self.frames
