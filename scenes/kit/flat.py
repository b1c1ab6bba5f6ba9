"""Scenery of painted leather: it stands in its act and is drawn aside for the others."""

import math

from scenes.kit.puppeteer import Aim


class Flat:
    """A stand of the cast list as a puppet; `spread` stretches places with the window."""

    def __init__(self, stand, puppet, *, middle, base, spread):
        self.stand, self.puppet, self.middle, self.spread = stand, puppet, middle, spread
        puppet.y = base - stand.y * puppet.size / stand.size
        self._aside = Aim(1.0, 1.0, quick=2.4, damp=1.0)

    def show(self, act):
        """In its own act it comes onto the paper, else it leaves it."""
        self._aside.to = 0.0 if self.stand.act == act else 1.0

    def step(self, frame, draught):
        """One frame; what hangs above the base line drifts."""
        self._aside.step(frame.dt)
        aside = self._aside.at
        x = self.stand.x * self.spread
        drift = 26 * math.sin(0.22 * frame.time + self.stand.x) if self.stand.y else 0.0
        self.puppet.x = self.middle + x + drift + math.copysign(760 * aside, x)
        self.puppet.lift = min(1.0, max(0.0, 2.2 * aside))
        self.puppet.step(frame.dt, draught)
