"""The drummer: strokes on skin, dust and walnuts together, and rolls that go on by themselves."""

import numpy as np

from scenes.kit.drum_strokes import Marks
from scenes.kit.membrane import Membrane
from scenes.kit.walnut import Walnuts

ONE, TWO = (6, 5, 0.25, 0.55), (11, 4, 0.33, 0.9)  # strokes after the first, frames between, radius, force


class Drummer:
    """skin, marks and walnuts are what strokes move; `glow` 0..1 is how bright the last one lit the drum."""

    def __init__(self, rng):
        self.rng = rng
        self.skin, self.marks, self.walnuts = Membrane(), Marks(rng), Walnuts(rng)
        self.glow = 0.0
        self._rolls = []  # frames until, radius, angle, force

    def rest(self):
        """Everything stops: hands on the skin, sticks down, no walnut left."""
        self.skin.still()
        self.walnuts.clear()
        self.marks = Marks(self.rng)
        self.glow = 0.0
        self._rolls.clear()

    def stop_rolling(self):
        """Let a roll end."""
        self._rolls.clear()

    def strike(self, radius, angle, force):
        """A stick falls on the skin."""
        self.skin.strike(radius, angle, force)
        self.marks.raise_dust(radius, angle, round(6 + 26 * force), 0.25 + 0.5 * force)
        self.walnuts.hop(0.8 * force, (radius * np.cos(angle), radius * np.sin(angle)), reach=0.6)
        self.glow = max(self.glow, min(1.0, 0.35 + 0.65 * force))

    def rim(self, angle, force):
        """A stick falls on the rim: the studs flash, the skin answers only at its edge."""
        self.marks.light_studs(angle, 0.5 + 0.5 * force, 0.16)
        self.skin.strike(0.95, angle, 0.4 * force)
        self.walnuts.hop(0.3 * force, (0.7 * np.cos(angle), 0.7 * np.sin(angle)), reach=0.5)

    def play(self, seen, radius, angle, size, force):
        """Do one of the fourteen; `size` is how large it is seen, `force` how hard the skin takes it."""
        self.marks.show(seen, radius, angle, size)
        if seen in ("ring", "dust"):
            self.skin.strike(0.96, angle, 0.5 * force)
        elif seen in ("roll", "thunder"):
            self._roll(*(ONE if seen == "roll" else TWO), angle, force)
        elif seen == "slash":
            for r, way in ((0.6, np.pi), (0.2, np.pi), (0.3, 0.0), (0.7, 0.0)):
                self.skin.strike(r, angle + way, 0.4 * force)
            self.walnuts.hop(0.4 * force)
        elif seen == "flick":
            x, y = self.walnuts.flick(force)
            self.marks.raise_dust(np.hypot(x, y), np.arctan2(y, x), 40, 0.4)
            self.skin.strike(np.hypot(x, y), np.arctan2(y, x), 0.3 * force)
        elif seen == "dip":
            self.skin.strike(0.0, 0.0, 0.35 * force)
            self.walnuts.hop(0.35 * force)
        elif seen == "spiral":
            self.skin.strike(radius, angle, 0.12 * force)

    def _roll(self, count, apart, radius, share, angle, force):
        two = np.pi if count == TWO[0] else 0.0
        self._rolls += [
            (apart * i, radius, angle + two * (i % 2), share * force) for i in range(1, count + 1)
        ]
        self.strike(radius, angle, 1.1 * share * force)
        self.walnuts.hop(
            (0.6 + 0.6 * share) * force, None if two else (radius * np.cos(angle), radius * np.sin(angle))
        )

    def step(self, dt, pace, wind):
        """One frame; returns how hard each stroke of a roll fell in it."""
        self._rolls = [(left - 1, *rest) for left, *rest in self._rolls]
        due = [rest for left, *rest in self._rolls if left <= 0]
        self._rolls = [roll for roll in self._rolls if roll[0] > 0]
        for radius, angle, force in due:
            self.strike(radius, angle, force)
        self.skin.step(dt * pace)
        self.marks.step(dt, wind)
        self.walnuts.step(dt * pace, self.skin, wind)
        self.glow *= np.exp(-dt / 0.35)
        return [force for *_, force in due]
