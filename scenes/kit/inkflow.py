"""Ink let loose: grains of the poem's ink carried off by turning water, then over the lip."""

import numpy as np

from engine import Canvas, ink, raster
from scenes.kit.inkland import WATER, WATER_DARK

GRAINS = 9000
GRAVITY = 620.0  # design units a second squared: the fall is seen from afar
SPENT = 6.5  # seconds: by then the ink has become the river
SHRINK = 3  # the flow is drawn this much smaller than the picture


class Flow:
    """Grains (x, y in design units) that leave the paper one character after another, last one first."""

    def __init__(self, canvas, rng):
        self.rng = rng
        self.scale = canvas.scale / SHRINK
        h, w = canvas.px.shape[0] // SHRINK, canvas.px.shape[1] // SHRINK
        self.size = (max(1, h), max(1, w))
        self.width = canvas.width
        self.wet = np.zeros(self.size, np.float32)
        self.small = np.zeros((*self.size, 4), np.uint8)
        half = max(2, canvas.px.shape[1] // 2), max(2, canvas.px.shape[0] // 2)
        self.sheet = Canvas(half, scale=canvas.scale / 2, clear=True)
        self.curl = _curl(rng)
        self.x = np.zeros(0, np.float32)

    def begin(self, poem, lip):
        """Take the grains from the ink on the paper; `lip` (x) -> y of the edge they will fall over."""
        places = poem.places[::-1]
        share = GRAINS // len(places)
        xs, ys, waits = [], [], []
        for k, place in enumerate(places):
            rows, columns = np.nonzero(place.glyph.ink > 90)
            pick = self.rng.integers(0, len(rows), share if k else 3 * share)
            xs.append(place.x + (columns[pick] - place.glyph.ink.shape[1] / 2) / poem.scale)
            ys.append(place.y + (rows[pick] - place.glyph.ink.shape[0] / 2) / poem.scale)
            waits.append(0.11 * k + self.rng.random(len(pick)) * 0.7)
        self.x, self.y = np.concatenate(xs).astype(np.float32), np.concatenate(ys).astype(np.float32)
        self.wait = np.concatenate(waits).astype(np.float32)
        self.vx, self.vy = np.zeros_like(self.x), np.zeros_like(self.x)
        self.lip = lip
        self.wet[:] = 0

    def step(self, dt, age):
        """Move the grains that have let go."""
        self.wet *= 0.90
        i = np.flatnonzero((self.wait < age) & (self.y < 1120))
        if not len(i) or age > SPENT:
            return
        x, y = self.x[i], self.y[i]
        gx = np.clip((x / 24 + 7 * age).astype(int) % self.curl.shape[2], 0, None)
        gy = (y / 24).astype(int) % self.curl.shape[1]
        cx, cy = self.curl[:, gy, gx] * 190
        edge = self.lip(x)
        over = (y > edge) & (age - self.wait[i] > 0.9)
        pull = np.clip((age - self.wait[i]) / 1.2, 0, 1)
        to_x = (0.42 * self.width - x) * 0.55 * pull  # the water gathers towards the gorge
        to_y = np.clip(edge + 30 - y, -260, 420) * 0.9 * pull
        self.vx[i] += np.where(over, -self.vx[i] * 1.5, (cx + to_x - self.vx[i]) * 5) * dt
        self.vy[i] += np.where(over, GRAVITY, (cy + to_y - self.vy[i]) * 5) * dt
        self.x[i] += self.vx[i] * dt
        self.y[i] += self.vy[i] * dt
        col = (self.x[i] * self.scale).astype(int)
        row = (self.y[i] * self.scale).astype(int)
        fits = (col > 0) & (col < self.size[1] - 1) & (row > 0) & (row < self.size[0] - 1)
        np.add.at(self.wet, (row[fits], col[fits]), 0.30)

    def draw(self, picture, brown):
        """Lay the flow over a picture; `brown` 0 (ink) .. 1 (the river's own colour)."""
        thick = np.minimum(self.wet * 255, 235).astype(np.uint8)
        raster.soften(thick, 0.9)
        colour = ink.mix(ink.INK, ink.mix(WATER, WATER_DARK, 0.6), brown)
        shades = np.arange(256)[:, None] * np.array([*reversed(colour), 255]) // 255
        packed = shades.astype(np.uint8).view(np.uint32)[:, 0]
        np.take(packed, thick, out=self.small.view(np.uint32)[..., 0], mode="clip")
        raster.fit(self.small, self.sheet.px)
        picture.stamp(self.sheet, (0, 0), anchor=(0, 0))


def _curl(rng):
    """A field without sources (2, 64, 128): the turning of a random height, so nothing bunches up."""
    height = sum(
        raster.blur(np.tile(rng.standard_normal((64, 128)).astype(np.float32), (3, 3)), s)[64:128, 128:256]
        * s
        for s in (2.0, 4.5, 9.0)
    )
    dy, dx = np.gradient(height)
    field = np.stack([dy, -dx])
    return (field / np.abs(field).std()).astype(np.float32)
