"""Spray: drops thrown up from the foot of a fall that hang, drift and turn from yellow to grey to blue."""

import numpy as np

from engine import Canvas, raster

FOOT = 960.0  # y of the pool
RAMP = ((0xD9, 0xB3, 0x6C), (0xB9, 0xB4, 0xA8), (0x8F, 0xA9, 0xBF))  # as it rises
HIGH = 600.0  # over which the colour turns
DROPS = 3000
ROOM = (0.40, 0.17)  # where it is born: middle and spread, of the width
THICK = 600.0  # how much of a 16-bit lane one drop fills when the picture has 540 rows
COARSE = 8  # the cloud is drawn this much smaller than the picture it is laid on


class Spray:
    """Drops in columns of numbers: a soft cloud of all, and the young ones as bright points in it."""

    def __init__(self, picture, rng):
        self.rng, self.width = rng, picture.width
        self.scale = picture.scale
        self.thick = THICK * min(1.5, 2 * picture.scale) ** 2  # the same cloud at every resolution
        h, w = picture.px.shape[:2]
        size = (max(2, h // COARSE), max(2, w // COARSE))
        self.field = np.zeros(size, np.uint64)
        self.lanes = self.field.view(np.uint16).reshape(*size, 4)
        self.soft = np.zeros((*size, 4), np.uint16)
        self.small = np.zeros((*size, 4), np.uint8)
        self.sheet = Canvas((w, h), scale=picture.scale, clear=True)
        self.points = np.zeros((2, 0), int)
        self.colours = np.zeros((0, 4), np.uint8)
        self.x, self.vx, self.vy = (np.zeros(DROPS, np.float32) for _ in range(3))
        self.y = np.full(DROPS, 3000, np.float32)
        self.age = np.full(DROPS, 99, np.float32)
        self.life = np.ones(DROPS, np.float32)
        self.shades = np.array(
            [np.interp(np.linspace(0, 1, 64), (0, 0.45, 1), [c[k] for c in RAMP]) for k in (2, 1, 0)]
        ).T.astype(np.float32)
        # thickness to cover: a cloud never quite hides what is behind it, and never more than fills
        self.table = (214 * (1 - np.exp(-np.arange(65536) / 2300.0))).astype(np.uint8)

    def step(self, dt, roar, wind):
        """One frame: `roar` 0..1 is how much is thrown up, `wind` .5 is still."""
        self.age += dt
        wanted = int(DROPS * dt * 0.42 * roar + self.rng.random())
        dead = np.flatnonzero(self.age > self.life)[:wanted] if roar > 0.01 else []
        if len(dead):
            n = len(dead)
            self.x[dead] = self.rng.normal(ROOM[0], ROOM[1], n) * self.width
            self.y[dead] = FOOT + 70 * self.rng.random(n)
            self.vx[dead] = self.rng.normal(0, 60, n)
            self.vy[dead] = -self.rng.gamma(3.0, 85, n) - 60
            self.life[dead] = 1.8 + 3.0 * self.rng.random(n)
            self.age[dead] = 0
        self.vy -= (0.75 * self.vy + 22) * dt  # air holds them; the draught of the gorge lifts, .3 m a second
        self.vx += ((wind - 0.5) * 220 - 0.3 * self.vx) * dt
        self.x += self.vx * dt
        self.y += self.vy * dt
        self._gather()

    def burst(self, x, force):
        """A splash at x, design units; the oldest drops make it."""
        old = np.argsort(-self.age)[: int(60 + 260 * force)]
        n = len(old)
        self.x[old] = x + self.rng.normal(0, 30, n)
        self.y[old] = FOOT - 40 + 60 * self.rng.random(n)
        self.vx[old] = self.rng.normal(0, 60 + 70 * force, n)
        self.vy[old] = -self.rng.gamma(3.0, 90 + 130 * force, n) - 140
        self.life[old] = 1.4 + 1.8 * self.rng.random(n)
        self.age[old] = 0.15

    def draw(self, picture):
        """Lay the spray over the picture."""
        alpha = self.table[self.soft[..., 3]]
        share = alpha / np.maximum(self.soft[..., 3], 1)
        self.small[..., :3] = self.soft[..., :3] * share[..., None]
        self.small[..., 3] = alpha
        raster.fit(self.small, self.sheet.px)
        picture.stamp(self.sheet, (0, 0), anchor=(0, 0))
        rows, columns = self.points
        picture.px[rows, columns] = self.colours

    def _gather(self):
        """All drops into one field of colour and thickness, soft where they are many."""
        self.field[:] = 0
        h, w = self.field.shape
        live = np.flatnonzero(self.age < self.life)
        col, row = (self.x[live] * self.scale).astype(int), (self.y[live] * self.scale).astype(int)
        fits = (col >= 0) & (col < w * COARSE) & (row >= 0) & (row < h * COARSE)
        live, row, col = live[fits], row[fits], col[fits]
        s = self.age[live] / self.life[live]
        strength = self.thick * np.sin(np.pi * np.clip(s, 0, 1)) ** 0.7 * (1 - 0.5 * s)
        shade = self.shades[np.clip((FOOT - self.y[live]) / HIGH * 63, 0, 63).astype(int)]
        packed = np.empty((len(live), 4), np.uint16)
        packed[:, :3] = shade * (strength[:, None] / 255)
        packed[:, 3] = strength
        raster.splat(self.field.reshape(-1), row // COARSE * w + col // COARSE, packed.view(np.uint64)[:, 0])
        np.copyto(self.soft, self.lanes)
        raster.soften(self.soft, 1.5)
        raster.gather(self.soft, self.soft, 7.0)
        young = s < 0.06 + 0.3 * (self.life[live] > 4.2)  # most are finer than the eye can tell
        self.points = np.stack([row[young], col[young]])
        self.colours = np.full((int(young.sum()), 4), 255, np.uint8)
        self.colours[:, :3] = 0.45 * shade[young] + 0.55 * np.array((0xD8, 0xEE, 0xF8), np.float32)
