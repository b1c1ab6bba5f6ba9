"""推光: matt lacquer that a palm rubs to depth, what lies under it, and one lamp that it gives back."""

from collections import deque

import numpy as np

from engine import Canvas, raster

COARSE = 4  # pixels of the picture to one of the gloss
TILE = 32  # coarse pixels to a side of a tile
TILES = 8  # brought up to date in a frame at most
PALM = 40.0  # units: sigma of a palm
GAIN = 0.06  # gloss a pass
LAMP = np.array((0xA8, 0xDC, 0xFF), np.float32)  # BGR
OIL = np.array((0x30, 0x62, 0x92), np.float32)
LAPSE = 0.965  # of the oil's warmth, a frame


class Gloss:
    """g (h/4, w/4) 0..1 over a matt and a polished picture (h, w, 3) BGR; `wall` is what stands there now.

    lean_x, lean_y  (h/4, w/4): the way the surface faces there, small angles
    """

    def __init__(self, canvas, matt, polished, inside, lean):
        h, w = canvas.px.shape[:2]
        self.scale, self.shape = canvas.scale / COARSE, (max(2, h // COARSE), max(2, w // COARSE))
        self.matt = matt.astype(np.int16)
        self.depth = polished.astype(np.int16) - self.matt
        coarse = self.shape[1], self.shape[0]
        self.inside = np.asarray(raster.resize(inside.astype(np.float32), coarse), np.float32)
        self.lean_x, self.lean_y = (np.asarray(a, np.float32) for a in lean)
        self.g, self.oil = np.zeros(self.shape, np.float32), np.zeros(self.shape, np.float32)
        rows, columns = -(-self.shape[0] // TILE), -(-self.shape[1] // TILE)
        self.stale = np.zeros((rows, columns), bool)
        self.queue = deque()
        self.wall = Canvas((w, h))
        self.wall.px[..., :3] = matt
        self.sheen = np.zeros((*self.shape, 4), np.uint8)
        self.glare = Canvas((w, h))
        self.work = [np.empty(self.shape, np.float32) for _ in range(4)]
        self.palms = {}

    # rubbing

    def rub(self, x, y, strength=1.0, size=PALM):
        """One pass of a palm at a place in design units."""
        sigma = size * self.scale
        if sigma not in self.palms:
            r = max(1, round(2.6 * sigma))
            d = np.arange(-r, r + 1, dtype=np.float32) / max(sigma, 0.5)
            self.palms[sigma] = np.exp(-0.5 * (d[:, None] ** 2 + d[None] ** 2))
        palm = self.palms[sigma]
        r = palm.shape[0] // 2
        row, column = int(y * self.scale), int(x * self.scale)
        top, left = max(0, row - r), max(0, column - r)
        bottom, right = min(self.shape[0], row + r + 1), min(self.shape[1], column + r + 1)
        if top >= bottom or left >= right:
            return
        part = palm[top - row + r : bottom - row + r, left - column + r : right - column + r]
        box = slice(top, bottom), slice(left, right)
        rubbed = part * self.inside[box]
        self.g[box] = np.minimum(self.g[box] + rubbed * (GAIN * strength), 1.0)
        self.oil[box] = np.minimum(self.oil[box] + rubbed * (0.16 * strength), 1.0)
        self._touch(box)

    def settle(self, share):
        """Dust everywhere: gloss is kept by this share."""
        self.g *= share
        if share == 0:
            self.oil[:] = 0
        self._touch((slice(0, self.shape[0]), slice(0, self.shape[1])))

    def shine(self, share):
        """Everything goes this share of its way to the mirror."""
        self.g += (self.inside - self.g) * share
        self._touch((slice(0, self.shape[0]), slice(0, self.shape[1])))

    def _touch(self, box):
        rows = range(box[0].start // TILE, (box[0].stop - 1) // TILE + 1)
        columns = range(box[1].start // TILE, (box[1].stop - 1) // TILE + 1)
        for row in rows:
            for column in columns:
                if not self.stale[row, column]:
                    self.stale[row, column] = True
                    self.queue.append((row, column))

    # every frame

    def step(self, lamp):
        """Bring some tiles up to date and see what the lamp at (x, y) does."""
        for _ in range(min(TILES, len(self.queue))):
            row, column = self.queue.popleft()
            self.stale[row, column] = False
            self._compose(row, column)
        self.oil *= LAPSE
        self.oil -= 2e-4
        np.maximum(self.oil, 0, out=self.oil)
        self._reflect(lamp)

    def _compose(self, row, column):
        """wall = matt + g (polished - matt), in one tile."""
        top, left = row * TILE, column * TILE
        bottom, right = min(top + TILE, self.shape[0]), min(left + TILE, self.shape[1])
        above, before = max(0, top - 1), max(0, left - 1)  # a neighbour's worth, so that no seam shows
        some = self.g[above : bottom + 1, before : right + 1]
        fine = raster.resize(some, (some.shape[1] * COARSE, some.shape[0] * COARSE))
        y, x = (top - above) * COARSE, (left - before) * COARSE
        box = slice(top * COARSE, bottom * COARSE), slice(left * COARSE, right * COARSE)
        part = fine[y : y + (bottom - top) * COARSE, x : x + (right - left) * COARSE]
        level = (part * 127.9).astype(np.int16)
        mixed = self.depth[box] * level[..., None]  # below 2^15: seven bits of gloss are enough
        mixed >>= 7
        mixed += self.matt[box]
        self.wall.px[box][..., :3] = mixed

    def _reflect(self, lamp):
        """Half way between lamp and eye: a broad lobe of exponent 60, and in the mirror the lamp itself."""
        dx, dy, broad, mirror = self.work
        np.subtract(self.lean_x, np.float32(lamp[0]), out=dx)
        np.subtract(self.lean_y, np.float32(lamp[1]), out=dy)
        dx *= dx
        dy *= dy
        np.add(dx, dy, out=broad)
        broad *= -30
        dx *= -1700
        dy *= -120
        np.add(dx, dy, out=mirror)
        for lobe in (broad, mirror):
            np.maximum(lobe, -20, out=lobe)  # numbers next to nothing are slow to reckon with
            np.exp(lobe, out=lobe)
        np.multiply(self.g, self.g, out=dx)
        np.multiply(dx, 0.21, out=dy)
        dy += 0.05 * self.inside
        dy += 0.30 * self.oil
        broad *= dy
        mirror *= dx
        mirror *= dx
        mirror *= 0.78
        broad += mirror
        np.multiply(self.oil, self.oil, out=mirror)
        np.minimum(broad, 0.95, out=broad)
        for channel in range(3):
            np.multiply(broad, LAMP[channel], out=dx)
            np.multiply(mirror, 0.30 * OIL[channel], out=dy)
            dx += dy
            np.minimum(dx, 255, out=dx)
            self.sheen[..., channel] = dx
        raster.fit(self.sheen, self.glare.px)

    def draw(self, canvas):
        canvas.paste(self.wall)
        canvas.stamp(self.glare, (0, 0), blend="add", anchor=(0, 0))
