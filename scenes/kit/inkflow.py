"""Ink let loose: grains of the poem's ink carried off by turning water, then over the lip."""

import numpy as np

from engine import Canvas, ink, raster
from scenes.kit.inkland import WATER, WATER_DARK

GRAINS = 7500
INKY = 0.36  # what one grain adds to the picture each frame
TURN = 190.0  # design units a second, how fast the water turns
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
        columns = np.stack([np.concatenate(c) for c in (xs, ys, waits)]).astype(np.float32)
        self.x, self.y, self.wait = np.ascontiguousarray(columns[:, columns[2].argsort(kind="stable")])
        self.vx, self.vy = np.zeros_like(self.x), np.zeros_like(self.x)
        self.lip = lip
        self.wet[:] = 0

    def step(self, dt, age):
        """Move the grains that have let go."""
        self.wet *= 0.90
        n = int(np.searchsorted(self.wait, age))  # they wait in order: the loose ones come first
        if not n or age > SPENT:
            return
        x, y, vx, vy = self.x[:n], self.y[:n], self.vx[:n], self.vy[:n]
        since = age - self.wait[:n]
        gx = (x * (1 / 24) + 7 * age).astype(np.int32) % self.curl.shape[2]
        gy = (y * (1 / 24)).astype(np.int32) % self.curl.shape[1]
        cell = gy * self.curl.shape[2] + gx
        cx, cy = self.curl[0].take(cell), self.curl[1].take(cell)
        edge = self.lip(x)
        over = (y > edge) & (since > 0.9)
        pull = np.clip(since / 1.2, 0, 1)
        to_x = (0.42 * self.width - x) * (0.55 * pull)  # the water gathers towards the gorge
        to_y = np.clip(edge + 30 - y, -260, 420) * (0.9 * pull)
        vx += np.where(over, -1.5 * vx, (TURN * cx + to_x - vx) * 5) * dt
        vy += np.where(over, GRAVITY, (TURN * cy + to_y - vy) * 5) * dt
        x += vx * dt
        y += vy * dt
        col, row = (x * self.scale).astype(np.int32), (y * self.scale).astype(np.int32)
        fits = (col > 0) & (col < self.size[1] - 1) & (row > 0) & (row < self.size[0] - 1)
        cells = (row * self.size[1] + col)[fits]
        self.wet += np.bincount(cells, minlength=self.wet.size).reshape(self.size) * np.float32(INKY)

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
