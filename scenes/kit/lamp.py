"""The oil lamp: lit in three seconds, burning, blown out in one."""

import math

from engine import smooth

LIGHTING = 3.0  # seconds


class Lamp:
    """level 0..1 of its light now; `ember` 0..1 is the wick that glows after it was blown out."""

    def __init__(self):
        self.level, self.ember = 0.0, 0.0
        self._from, self._age, self._lit = 0.0, 0.0, False

    @property
    def lit(self):
        return self._lit

    def light(self):
        """Light it, from wherever it is."""
        self._turn(True)

    def blow(self):
        """Blow it out: it ducks, rises once more, and goes."""
        self._turn(False)

    def breathe(self):
        """Somebody stirs in the dark: the wick glows up once more."""
        if not self._lit:
            self._age = min(self._age, 0.8)

    def _turn(self, lit):
        if lit != self._lit:
            self._from, self._age, self._lit = self.level, 0.0, lit

    def step(self, dt):
        self._age += dt
        t = self._age
        if self._lit:
            share = min(1.0, t / LIGHTING)
            caught = 0.16 * min(1.0, t / 0.12)  # the wick takes at once, then the oil warms
            self.level = max(self._from, caught) + (1 - max(self._from, caught)) * smooth(share)
            self.ember = max(0.0, self.ember - dt)
        elif self._from > 0:
            duck = 1 - 0.5 * smooth(min(1.0, t / 0.22)) + 0.28 * math.exp(-(((t - 0.45) / 0.13) ** 2))
            self.level = self._from * max(0.0, duck * (1 - smooth(min(1.0, max(0.0, t - 0.42) / 0.5))))
            self.ember = math.exp(-max(0.0, t - 0.6) / 2.2) if t > 0.6 else 0.0
