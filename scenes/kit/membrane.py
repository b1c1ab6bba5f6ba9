"""A drum skin that moves: the modes of a round membrane, struck anywhere.

z = sum a J_m(k r) cos(m th) e^(-t/T) cos(w t), the textbook solution; k are the zeros of J_m.
"""

import numpy as np

from engine import raster

MODES = (  # m, zero of J_m
    *((0, 2.404826), (1, 3.831706), (2, 5.135622), (0, 5.520078), (3, 6.380162), (1, 7.015587)),
    *((4, 7.588342), (2, 8.417244), (0, 8.653728), (5, 8.771484), (3, 9.761023), (1, 10.173468)),
    *((2, 11.619841), (0, 11.791534)),
)
DEEPEST = 0.46  # share of its light that the steepest wave wins or loses
SLOWEST = 1.7  # shakes a second of the lowest mode: a real skin's 62 slowed until the eye can follow
QUIET, BUSIEST = 1.0, 6.0  # strength of strokes from which waves are hidden, and the most that is minded
SOON = 0.9  # seconds they are minded
LONGEST, SHORTEST = 0.60, 0.14  # seconds in which the lowest and the highest mode die to 1/e


def bessel(m, x, points=96):
    """J_m(x) by the trapezoid rule on (1/pi) integral cos(m t - x sin t) dt; error below 1e-6 for x < 20."""
    t = (np.arange(points) + 0.5) * (np.pi / points)
    x = np.asarray(x, np.float64)
    return np.cos(m * t - x[..., None] * np.sin(t)).mean(-1)


class Membrane:
    """The moving skin, radius 1. Levels are complex: the real part is where a mode is; they turn and fade."""

    def __init__(self):
        self.m = np.array([m for m, _ in MODES for _ in range(1 + (m > 0))])
        self.k = np.array([k for m, k in MODES for _ in range(1 + (m > 0))])
        self.sine = np.array([s for m, _ in MODES for s in range(1 + (m > 0))], bool)
        share = (self.k - self.k.min()) / (self.k.max() - self.k.min())
        life = LONGEST * (SHORTEST / LONGEST) ** share
        self.rate = -1 / life + 2j * np.pi * SLOWEST * self.k / self.k.min()
        self.levels = np.zeros(len(self.k), complex)
        self.busy = 0.0  # strokes lately, by their strength
        radii = np.linspace(0, 1.0, 257)
        self._radial = np.array([bessel(m, k * radii) for m, k in zip(self.m, self.k, strict=True)])

    def weights(self, radius, angle):
        """How much a stroke at this place wakes each mode: the mode's own height there."""
        turn = self.m * angle
        around = np.where(self.sine, np.sin(turn), np.cos(turn))
        at = round(min(1.0, max(0.0, radius)) * 256)
        return self._radial[:, at] * around

    def strike(self, radius, angle, strength):
        """Push the skin down at a place; in the same frame it is down there."""
        self.busy = min(BUSIEST, self.busy + strength)
        soft = (self.k.min() / self.k) ** 0.65
        self.levels -= strength * soft * self.weights(radius, angle)
        size = float(np.abs(self.levels).max())
        if size > 1.6:  # skin is stiff: a roll does not heap up without end
            self.levels *= 1.6 / size

    def step(self, dt):
        """One frame of swinging and dying away."""
        self.busy *= np.exp(-dt / SOON)
        self.levels *= np.exp(self.rate * dt)
        self.levels[np.abs(self.levels) < 1e-5] = 0  # numbers too small to be normal are slow to add

    def still(self):
        """Stop it with the hand."""
        self.levels[:] = 0

    @property
    def seen(self):
        """0..1 how much of a wave is shown: the eye is spared a large pale skin that flickers in a roll."""
        return 1 / (1 + (self.busy / QUIET) ** 3)

    @property
    def speed(self):
        """(modes,) how fast each mode moves now, a second."""
        return (self.levels * self.rate).real

    def shapes(self, x, y):
        """(modes, ...) height of every mode at places in the disc, 0 outside; for setup."""
        r = np.minimum(np.hypot(x, y), 1.0)
        low = np.minimum((r * 256).astype(int), 255)
        share = (r * 256 - low).astype(np.float32)
        height = self._radial[:, low] * (1 - share) + self._radial[:, low + 1] * share
        tall = (-1,) + (1,) * r.ndim
        turn = np.arctan2(y, x) * self.m.reshape(tall)
        return height * np.where(self.sine.reshape(tall), np.sin(turn), np.cos(turn))


class Relief:
    """What the moving skin does to light that falls from the north-west, on a grid of cells.

    x, y   (1, w) and (h, 1) places of the cells, the skin's radius 1
    """

    def __init__(self, membrane, x, y):
        columns, rows = (np.flatnonzero(np.abs(a.ravel()) < 1) for a in (x, y))
        coarse = 2 if len(columns) > 80 else 1  # a large skin is finer than its shortest wave needs
        wide, high = (len(a) // coarse * coarse for a in (columns, rows))
        self.box = slice(rows[0], rows[0] + high), slice(columns[0], columns[0] + wide)
        u = x[:, self.box[1]].reshape(-1, coarse).mean(1)[None, :]
        v = y[self.box[0]].reshape(-1, coarse).mean(1)[:, None]
        u, v = np.broadcast_arrays(u, v)
        z = membrane.shapes(u, v)
        down, right = np.gradient(z, float(u[0, 1] - u[0, 0]), axis=(1, 2))
        inside = np.clip((0.985 - np.hypot(u, v)) / 0.05, 0, 1)
        self._modes = ((right + down) * 0.7071 * inside).reshape(len(z), -1).astype(np.float32)
        self._coarse = u.shape
        self._share = np.zeros((high, wide), np.float32)

    def model(self, membrane, cells):
        """Light the cells (h, w) by the slope of the skin under them, in place: one weighted sum."""
        seen = np.float32(membrane.seen)
        slope = (seen * membrane.levels.real.astype(np.float32) @ self._modes).reshape(self._coarse)
        raster.fit(1 + slope * (0.5 / (1 + np.abs(slope) * (0.5 / DEEPEST))), self._share)
        cells[self.box] *= self._share
