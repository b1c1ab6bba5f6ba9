"""A still pond: what stands over it, upside down, broken by rings that run out and die."""

import numpy as np

from engine import Canvas, raster

DAMPING = 0.985  # of a ring's height, a frame
FLAT = 0.34  # rings are seen from the side: this much shorter than wide
SPEED = 0.24  # c squared of the height field, along the picture's width
BEND = 8.0  # how far a slope throws a reflection, pixels of the half picture at 540 high


class Pond:
    """Water from `top` to `bottom` (design units) over the whole width.

    mirror  a canvas of the picture's size: what the water reflects, already upside down in its place
    live    reflect what is drawn each frame instead, flattened by `share`: use `reflect`, not `paint`
    """

    def __init__(self, mirror, top, bottom, *, live=False, share=0.44):
        h, w = mirror.px.shape[:2]
        k = mirror.scale
        self.rows = (round(top * k), min(h, round(bottom * k)))
        self.top, self.scale, self.width = top, k, mirror.width
        high = max(4, (self.rows[1] - self.rows[0]) // 2)
        wide = max(8, w // 2)
        self.sheet = Canvas((wide, high), scale=k / 2)
        self.still = self.still_of(mirror)
        self.broken = self.sheet.px
        self.cell = max(2.0, 540 / 135 * (h / 1080)) / (h / 540)  # cells of the field in half pixels
        self.h = np.zeros((max(6, high // 2), max(12, wide // 2)), np.float32)
        self.before = self.h.copy()
        y, x = np.mgrid[:high, :wide].astype(np.float32)
        self.x, self.y, self._over = x, y, (1.0, 1.0)
        self._above = (max(0, self.rows[0] - round(high * 2 / share)), self.rows[0])
        if live:  # every pixel of the water is looked up in the picture itself
            last = self._above[1] - self._above[0] - 1
            step = last / max(1, high)
            self.x, self.y, self._over = 2 * x, last - step * y, (2.0, -0.5 * step)
        self._gx, self._gy = np.zeros_like(self.h), np.zeros_like(self.h)
        self._wide_x, self._wide_y = np.empty_like(x), np.empty_like(x)
        self._glint = np.zeros((*self.h.shape, 4), np.uint8)
        self._glints = np.zeros_like(self.still)
        self.sheen = np.array([0.62, 0.78, 0.80, 0.0], np.float32)  # blue, green, red of the light on a slope
        self.out = Canvas((w, self.rows[1] - self.rows[0]), scale=k)
        shore = np.ones(self.h.shape[0], np.float32)
        shore[:2] = 0.6
        self._keep = (DAMPING * shore)[:, None]

    def still_of(self, mirror):
        """A mirror's part that lies in the water, at half size: what `still` may be replaced by."""
        seen = raster.resize(mirror.px[self.rows[0] : self.rows[1]], self.sheet.surface.get_size())
        return np.ascontiguousarray(seen.astype(np.uint8))

    def touch(self, x, y, depth=1.0, radius=16.0):
        """Press the water down at (x, y) in design units."""
        rows, columns = self.h.shape
        cx = x / self.width * columns
        cy = (y * self.scale - self.rows[0]) / max(1, self.rows[1] - self.rows[0]) * rows
        r = max(1.2, radius / self.width * columns)
        yy = (np.arange(rows, dtype=np.float32)[:, None] - np.clip(cy, 1, rows - 2)) / (r * FLAT**0.5)
        xx = (np.arange(columns, dtype=np.float32)[None, :] - cx) / r
        self.h -= np.float32(depth) * np.exp(-(xx**2 + yy**2))

    def ruffle(self, rng, strength, count=3):
        """Small breaths of wind on the water."""
        for x, y in rng.random((count, 2)):
            self.touch(
                x * self.width, self.top + y * (self.rows[1] - self.rows[0]) / self.scale, strength, 26.0
            )

    def step(self, calm=0.0):
        """One frame; `calm` 0..1 stills it faster."""
        h = self.h
        lap = np.zeros_like(h)
        lap[:, 1:-1] = SPEED * (h[:, 2:] + h[:, :-2] - 2 * h[:, 1:-1])
        lap[1:-1] += SPEED * FLAT**2 * 2.4 * (h[2:] + h[:-2] - 2 * h[1:-1])
        self.before *= -1
        self.before += 2 * h + lap
        self.before *= self._keep * np.float32(1 - 0.03 * calm)
        self.h, self.before = self.before, h
        self._slopes()

    def _slopes(self):
        self._gx[:, 1:-1] = self.h[:, 2:] - self.h[:, :-2]
        self._gy[1:-1] = self.h[2:] - self.h[:-2]
        lit = np.abs(self._gx)
        lit *= 0.7
        lit += np.maximum(1.6 * self._gy, -0.4 * self._gy)
        lit -= 0.10
        lit *= 90.0
        np.clip(lit, 0, 110, out=lit)
        np.multiply(lit[..., None], self.sheen, out=self._glint, casting="unsafe")
        bend = BEND * self.scale
        self._gx *= bend * self._over[0]  # in the coarse field: the fine ones are sixteen times larger
        self._gy *= 2.2 * bend * self._over[1]
        raster.fit(self._gx, self._wide_x)
        raster.fit(self._gy, self._wide_y)
        raster.gather(self._wide_x, self.x)
        raster.gather(self._wide_y, self.y)

    def reflect(self, canvas, shade, glow):
        """Lay water into its rows of `canvas` that mirrors what has been drawn above them; for `live` ponds.

        shade  a sheet of the water's half-size picture to multiply by: its colour and depth
        glow   light of the water's own, a uint8 picture of that size
        """
        first, last = self._above
        raster.look_up(canvas.px[first:last], self._wide_x, self._wide_y, self.broken)
        self.sheet.stamp(shade, (0, 0), blend="multiply", anchor=(0, 0))
        raster.gather(self.broken, glow)
        self._shine(canvas)

    def paint(self, canvas, glow=None):
        """Lay the water into its rows of `canvas`; `glow`, a picture of `still`'s shape, is reflected too."""
        still = self.still
        if glow is not None:
            raster.gather(glow, still)
            still = glow
        raster.look_up(still, self._wide_x, self._wide_y, self.broken)
        self._shine(canvas)

    def _shine(self, canvas):
        raster.fit(self._glint, self._glints)
        raster.gather(self.broken, self._glints)
        raster.fit(self.broken, canvas.px[self.rows[0] : self.rows[1]])
