"""The guests' leaves: each rises from its giver's seat, hangs in the air, comes down on the water."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit import tung

MOST = 150  # leaves in the air and on the water
TURNS, ROLLS = 36, 3
SMALL = 76.0  # design units long


class Gifts:
    """All guests' leaves in arrays; a new one over the limit takes the oldest one's place.

    shore, bottom  where the water begins and ends, design units
    """

    def __init__(self, canvas, points, greens, rng, *, shore, bottom):
        self.rng, self.shore, self.bottom, self.width = rng, shore, bottom, canvas.width
        self.poses = [row for green in greens for row in _poses(canvas, points, green, rng)]
        self.x, self.y, self.vx, self.vy, self.turn, self.spin, self.phase, self.goal = np.zeros((8, MOST))
        self.age = np.full(MOST, -1.0)  # below 0: no leaf
        self.afloat = np.zeros(MOST, bool)
        self.kind = np.zeros(MOST, int)
        self.given, self._next = 0, 0

    def give(self, x, number, count, strength, *, y=None):
        """`count` leaves from column `x` 0..1; `number` chooses the green, as on the guest's phone."""
        n = min(count, 24)
        take = (self._next + np.arange(n)) % MOST
        self._next = (self._next + n) % MOST
        rng = self.rng
        self.x[take] = x * self.width + rng.normal(0, 26 + 10 * n**0.5, n)
        self.y[take] = (self.bottom - 8 if y is None else y) + rng.uniform(-14, 6, n)
        self.vx[take] = rng.normal(0, 60, n)
        self.vy[take] = -(900 + 560 * strength) * rng.uniform(0.8, 1.2, n)
        self.turn[take] = rng.normal(0, 0.7, n)
        self.spin[take] = rng.normal(0, 1.3, n)
        self.phase[take] = rng.uniform(0, 2 * math.pi, n)
        self.goal[take] = self.shore + 20 + (self.bottom - self.shore - 40) * rng.beta(1.3, 1.6, n)
        self.kind[take] = (number + np.arange(n)) % 6
        self.age[take], self.afloat[take] = 0.0, False
        self.given += count

    def step(self, dt, wind, lift):
        """One frame: `wind` (units a second) carries them, `lift` 0..1 raises them. Returns who landed."""
        here = self.age >= 0
        air = here & ~self.afloat
        if lift > 0.3:
            self.vy[here & self.afloat] = -420 * lift
            self.afloat[here] &= False
        self.age[here] += dt
        beat = 2.2 * self.age + self.phase
        drop = 78 * (1 + 0.5 * np.abs(np.sin(beat)))
        sway = 150 * np.cos(beat)
        keep = math.exp(-dt / 0.42)
        self.vy[air] = self.vy[air] * keep + drop[air] * (1 - keep)
        self.vx[air] = self.vx[air] * keep + (sway[air] + wind) * (1 - keep)
        self.x[air] += self.vx[air] * dt
        self.y[air] += self.vy[air] * dt
        self.turn[air] += self.spin[air] * dt * np.cos(beat[air])
        landed = air & (self.y > self.goal) & (self.vy > 0)
        self.afloat |= landed
        rest = here & self.afloat
        self.x[rest] += 0.06 * wind * dt
        self.age[here & ((self.x < -80) | (self.x > self.width + 80) | (self.y < -160))] = -1.0
        return np.flatnonzero(landed)

    def paint(self, canvas, *, afloat, between=(-1e9, 1e9)):
        """Those on the water, or those in the air between two heights, each in its pose."""
        high, low = between
        who = np.flatnonzero((self.age >= 0) & (self.afloat == afloat) & (self.y > high) & (self.y <= low))
        beat = 2.2 * self.age[who] + self.phase[who]
        turn = (np.rint(self.turn[who] / (2 * math.pi) * TURNS).astype(int)) % TURNS
        roll = np.full(who.size, ROLLS) if afloat else np.abs(np.cos(beat) * (ROLLS - 0.01)).astype(int)
        index = (self.kind[who] * (ROLLS + 1) + roll) * TURNS + turn
        pictures = [self.poses[i // TURNS][i % TURNS] for i in index.tolist()]
        raster.stamp_each(canvas, pictures, np.stack([self.x[who], self.y[who]], 1))


def _poses(canvas, points, green, rng):
    """Rows of turned pictures: one row for each roll, the last lying on the water."""
    tone = tung.Tone(
        green, tuple(round(0.72 * c) for c in green), tuple(min(255, round(60 + 0.9 * c)) for c in green)
    )
    grown = tung.grow(points, rng, 0.08)
    grown = tung.Leaf(grown.edge, grown.mains, ())  # so small, only the main veins are seen
    leaf, _ = tung.paint(canvas, grown, SMALL, tone, rng, stalk=0.26)
    turns = [2 * math.pi * k / TURNS for k in range(TURNS)]
    for roll in range(ROLLS):
        across = math.cos(1.05 * (roll + 0.5) / ROLLS)
        yield [_trimmed(raster.turned(leaf, a, stretch=(across, 1.0))) for a in turns]
    yield [_trimmed(raster.turned(raster.turned(leaf, a), 0.0, stretch=(1.0, 0.36))) for a in turns]


def _trimmed(sheet):
    """The same about the same middle, without the clear margin that would be blended in vain."""
    h, w = sheet.px.shape[:2]
    rows, columns = (np.flatnonzero(sheet.px[..., 3].any(axis)) for axis in (1, 0))
    top = min(rows[0], h - 1 - rows[-1]) if rows.size else 0
    left = min(columns[0], w - 1 - columns[-1]) if columns.size else 0
    out = Canvas((w - 2 * left, h - 2 * top), scale=sheet.scale, clear=True)
    np.copyto(out.px, sheet.px[top : h - top, left : w - left])
    return out
