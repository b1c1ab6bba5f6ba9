"""Sparks that fly from the joints and go out, and snow that falls past them."""

import numpy as np

from engine import light

ROOM = 420
KINDS = ((1.5, (255, 196, 104)), (2.2, (255, 138, 46)), (3.2, (255, 96, 30)))


class Embers:
    """Up to ROOM sparks; positions in design units."""

    def __init__(self, canvas, rng):
        self._rng = rng
        self.at = np.zeros((ROOM, 2))
        self.way = np.zeros((ROOM, 2))
        self.left = np.zeros(ROOM)
        self._whole = np.ones(ROOM)
        self._kind = rng.integers(0, len(KINDS), ROOM)
        self._phase = rng.uniform(0, 2 * np.pi, ROOM)
        self._next = 0
        self._dots = [[_dot(canvas, r, c, k) for k in (0.35, 1.0)] for r, c in KINDS]

    def fly(self, places, count, *, power=1.0, wind=0.0):
        """`count` sparks from places (n, 2) picked by chance."""
        count = int(min(count, ROOM // 2))
        if count <= 0 or not len(places):
            return
        spot = (self._next + np.arange(count)) % ROOM
        self._next = (self._next + count) % ROOM
        rng = self._rng
        self.at[spot] = places[rng.integers(0, len(places), count)] + rng.normal(0, 3, (count, 2))
        self.way[spot, 0] = rng.normal(140 * wind, 46 * power, count)
        self.way[spot, 1] = -rng.gamma(3.0, 62 * power, count) - 60
        self.left[spot] = self._whole[spot] = rng.uniform(0.9, 2.8, count) * (0.7 + 0.3 * power)

    def step(self, time, dt, wind):
        """Hot air carries them; they slow, wander and go out."""
        self.left -= dt
        self.way *= 1 - 0.8 * dt
        self.way[:, 1] -= 70 * dt
        self.way[:, 0] += (120 * np.sin(2.1 * time + self._phase) + 190 * wind) * dt
        self.at += self.way * dt

    def paint(self, canvas):
        """Bright while young."""
        share = np.clip(self.left / self._whole, 0, 1)
        for kind, (dim, bright) in enumerate(self._dots):
            mine = (self._kind == kind) & (self.left > 0)
            canvas.stamps(bright, self.at[mine & (share > 0.45)])
            canvas.stamps(dim, self.at[mine & (share <= 0.45)])


class Snow:
    """A few dry flakes of a windless New Year's night; `warm` sheets for those the fire lights."""

    def __init__(self, canvas, rng, count=130):
        self._size = np.array([canvas.width + 40, canvas.height + 40])
        self.at = rng.uniform((0, 0), self._size, (count, 2))
        self._fall = rng.uniform(24, 62, count)
        self._phase = rng.uniform(0, 2 * np.pi, count)
        self._big = rng.random(count) < 0.22
        self._dots = [_dot(canvas, r, (150, 164, 190), k) for r, k in ((1.5, 0.42), (2.6, 0.34))]
        self._gust = 0.0

    def stir(self, strength):
        """A breath of air through the court."""
        self._gust = float(np.clip(self._gust + strength, -3, 3))

    def step(self, time, dt, wind):
        self._gust *= 1 - 0.9 * dt
        self.at[:, 0] += (14 * np.sin(0.7 * time + self._phase) + 150 * wind + 420 * self._gust) * dt
        self.at[:, 1] += (self._fall - 90 * abs(self._gust)) * dt
        self.at %= self._size

    def paint(self, canvas, keep=1.0):
        """`keep` of the flakes: over a hot fire none falls."""
        shown = np.arange(len(self.at)) < keep * len(self.at)
        for dot, big in zip(self._dots, (False, True), strict=True):
            canvas.stamps(dot, self.at[shown & (self._big == big)] - 20)


def _dot(canvas, radius, colour, level):
    dot = canvas.sheet(radius * 6 + 2, radius * 6 + 2)
    x, y = light.coordinates(dot)
    rho2 = ((x - dot.width / 2) ** 2 + (y - dot.height / 2) ** 2) / radius**2
    return light.paint(dot, np.clip(np.exp(-rho2) + 0.22 * np.exp(-rho2 / 5), 0, 1) * level, colour)
