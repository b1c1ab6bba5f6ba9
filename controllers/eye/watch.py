"""Whether the camera can be trusted now: lost, frozen, black, overexposed or slow, in one line. Pure."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np

from controllers.eye.motion import Grey

LOST_S = 0.9  # seconds without a picture; virtual cameras repeat pictures, so "frozen" is as long too
FROZEN_S = 0.9
BAD_S = 0.8  # seconds a picture must be black or white before it is said: a blackout is shorter
BLACK, FLAT = 10.0, 4.0  # mean and deviation, grey levels, below which nothing can be seen
WHITE, BURNT = 250, 0.6  # grey level, and share of the picture at or above it
SLOW_FPS = 12.0


class Watch:
    """`see` every picture, `trouble` whenever asked."""

    def __init__(self, now: float) -> None:
        self.born = now
        self.arrived: deque[float] = deque(maxlen=64)
        self.changed = now
        self.fine = now  # when the picture was last neither black nor burnt
        self.fault = ""
        self.print = b""

    def see(self, at: float, grey: Grey) -> None:
        """Take a picture fetched at `at` seconds."""
        if self.arrived and at - self.arrived[-1] > LOST_S:
            self.arrived.clear()
            self.changed = self.fine = at
        self.arrived.append(at)
        mark = grey.tobytes()
        if hash(mark) != hash(self.print):
            self.print, self.changed = mark, at
        self.fault = _fault(grey)
        if not self.fault:
            self.fine = at

    def trouble(self, now: float) -> str:
        """What is wrong, in words for an operator; empty when all is well."""
        if now - (self.arrived[-1] if self.arrived else self.born) > LOST_S:
            return "no picture"
        if now - self.changed > FROZEN_S:
            return "the picture is frozen"
        if now - self.fine > BAD_S:
            return self.fault
        if 0 < self.fps(now) < SLOW_FPS:
            return f"only {self.fps(now):.0f} pictures a second; gestures need 15 or more"
        return ""

    def fps(self, now: float) -> float:
        """Pictures a second lately; 0 until it is known."""
        recent = [at for at in self.arrived if now - at < 2.0]
        span = recent[-1] - recent[0] if len(recent) > 4 else 0.0
        return (len(recent) - 1) / span if span > 0.5 else 0.0


def _fault(grey: Grey) -> str:
    small = cv2.resize(grey, (64, 36), interpolation=cv2.INTER_AREA)
    if small.mean() < BLACK and small.std() < FLAT:
        return "the picture is black; give it light, or open the lens"
    if np.count_nonzero(small >= WHITE) > BURNT * small.size:
        return "the picture is overexposed; close the iris or lock the exposure"
    return ""
