"""Whether the camera can be trusted now: lost, frozen, black, overexposed or slow, in one line. Pure."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np

from controllers.eye.motion import Grey

LOST_S = 0.7  # seconds without a picture; with the way to the console this is within one second
FROZEN_S = 0.7  # virtual cameras repeat pictures, but not for so long
BAD_S = 0.7  # seconds a picture must be black or white before it is said: a blackout is shorter
BLACK, FLAT = 10.0, 4.0  # mean and deviation, grey levels, below which nothing can be seen
WHITE, BURNT = 250, 0.6  # grey level, and share of the picture at or above it
FEW, ENOUGH = 12, 14  # pictures in a second: fewer are too few, until there are enough again
OTHER_SIZE_S = 10.0  # seconds another size of picture is news
SLOW = "too few pictures for gestures, which need 15 a second"

Size = tuple[int, int]


class Watch:
    """`see` every picture, `trouble` whenever asked. Of a picture only its fingerprint is kept."""

    def __init__(self, now: float) -> None:
        self.born = now
        self.arrived: deque[float] = deque(maxlen=128)
        self.begun = now  # when pictures began to come, lately
        self.changed = now
        self.fine = now  # when the picture was last neither black nor burnt
        self.fault = ""
        self.print = 0
        self.slow = False
        self.size: Size = (0, 0)
        self.before: Size = (0, 0)
        self.resized = float("-inf")

    def see(self, at: float, grey: Grey, size: Size = (0, 0)) -> None:
        """Take a picture fetched at `at` seconds, and its width and height as the camera sent it."""
        if not self.arrived or at - self.arrived[-1] > self._patience():
            self.begun = at
            if not self.fault:
                self.fine = at
        self.arrived.append(at)
        mark = hash(grey.tobytes())
        if mark != self.print:
            self.print, self.changed = mark, at
        self.fault = _fault(grey)
        if not self.fault:
            self.fine = at
        if size != self.size:
            back = size == self.before or self.size == (0, 0)
            self.before, self.size = self.size, size
            self.resized = float("-inf") if back else at

    def trouble(self, now: float) -> str:
        """What is wrong, in words for an operator; empty when all is well."""
        if not self.arrived or now - self.arrived[-1] > self._patience():
            return "no picture"
        if self.fault and now - self.fine > BAD_S:
            return self.fault
        if self.stuck > FROZEN_S:
            return "the picture is frozen"
        lately = sum(now - at < 1.0 for at in self.arrived)
        self.slow = now - self.begun > 1.0 and lately < (ENOUGH if self.slow else FEW)
        if self.slow:
            return SLOW
        if now - self.resized < OTHER_SIZE_S:
            return "the picture was {}x{} and is now {}x{}; look at the zone again".format(
                *self.before, *self.size
            )
        return ""

    @property
    def stuck(self) -> float:
        """Seconds for which pictures came that were the same to the last pixel."""
        return self.arrived[-1] - self.changed if self.arrived else 0.0

    def fps(self, now: float) -> float:
        """Pictures a second lately; 0 until it is known."""
        recent = [at for at in self.arrived if now - at < 1.0]
        span = recent[-1] - recent[0] if len(recent) > 1 else 0.0
        return (len(recent) - 1) / span if span > 0.5 else 0.0

    def _patience(self) -> float:
        """Seconds after which a picture is missed: a camera that is merely slow is not lost between two."""
        if len(self.arrived) < 3:
            return LOST_S
        first, second, third = (self.arrived[k] for k in (-3, -2, -1))
        return max(LOST_S, 2 * min(second - first, third - second, 1.5))


def _fault(grey: Grey) -> str:
    small = cv2.resize(grey, (64, 36), interpolation=cv2.INTER_AREA)
    if small.mean() < BLACK and small.std() < FLAT:
        return "the picture is black; give it light, or open the lens"
    if np.count_nonzero(small >= WHITE) > BURNT * small.size:
        return "the picture is overexposed; close the iris or lock the exposure"
    return ""
