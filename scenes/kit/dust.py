"""Dust in the lamp's light: drifting, and beaten up from the base line when two puppets meet."""

import math

import numpy as np

from engine import light


class Dust:
    """Motes (n,) within a pane (left, top, right, bottom); they rise with the warm air of the lamp."""

    def __init__(self, canvas, rng, pane, *, count=100, beaten=110):
        self.pane, self._rng, self._drift = pane, rng, count
        left, top, right, bottom = pane
        n = count + beaten
        self._at = np.column_stack([rng.uniform(left, right, n), rng.uniform(top, bottom, n)])
        self._way = rng.normal(0, 5, (n, 2))
        self._left = np.zeros(n)
        self._phase = rng.uniform(0, 2 * math.pi, n)
        self._kind = rng.integers(0, 3, n)
        self._next = count
        self._dots = [
            self._dot(canvas, radius, share) for radius, share in ((1.6, 0.34), (2.4, 0.24), (4.6, 0.13))
        ]

    def beat(self, x, y, strength):
        """A cloud goes up at (x, y)."""
        n = len(self._at) - self._drift
        count = min(n, int(14 + 46 * strength))
        spot = self._drift + (np.arange(count) + self._next) % n
        self._next = (self._next + count) % n
        self._at[spot] = np.column_stack(
            [x + self._rng.normal(0, 34, count), y + self._rng.uniform(-26, 4, count)]
        )
        angle = self._rng.uniform(-math.pi * 0.95, -math.pi * 0.05, count)
        speed = self._rng.gamma(2.0, 70.0 + 90 * strength, count)
        self._way[spot] = np.column_stack([np.cos(angle), np.sin(angle)]) * speed[:, None]
        self._left[spot] = self._rng.uniform(0.9, 2.6, count)

    def step(self, seconds, dt, wind):
        """One frame: beaten dust slows and hangs; the rest wanders."""
        n = self._drift
        sway = np.sin(0.5 * seconds + self._phase)
        self._at[:n, 0] += (4 * sway[:n] + 26 * wind) * dt
        self._at[:n, 1] += (-7 + 3 * np.cos(0.4 * seconds + self._phase[:n])) * dt
        self._way[n:] *= math.exp(-2.6 * dt)
        self._at[n:] += self._way[n:] * dt
        self._at[n:, 1] += 9 * dt
        self._left -= dt
        left, top, right, bottom = self.pane
        self._at[:n, 0] = left + (self._at[:n, 0] - left) % (right - left)
        self._at[:n, 1] = top + (self._at[:n, 1] - top) % (bottom - top)

    def paint(self, canvas, level):
        """Nothing is seen of dust without the lamp."""
        if level < 0.6:
            return
        shown = np.ones(len(self._at), bool)
        shown[self._drift :] = self._left[self._drift :] > 0
        left, top, right, bottom = self.pane
        x, y = self._at[:, 0], self._at[:, 1]
        shown &= (x > left + 8) & (x < right - 8) & (y > top + 8) & (y < bottom - 8)
        for kind, dot in enumerate(self._dots):
            canvas.stamps(dot, self._at[shown & (self._kind == kind)])

    def _dot(self, canvas, radius, share):
        dot = canvas.sheet(radius * 5 + 2, radius * 5 + 2)
        x, y = light.coordinates(dot)
        rho2 = ((x - dot.width / 2) ** 2 + (y - dot.height / 2) ** 2) / radius**2
        return light.paint(dot, np.exp(-rho2) * share, (255, 214, 150))
