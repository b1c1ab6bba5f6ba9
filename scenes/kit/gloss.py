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
TINTS = np.column_stack([np.append(LAMP, 0), np.append(0.30 * OIL, 0)])
LAPSE = 0.965  # of the oil's warmth, a frame


class Gloss:
    """g (h/4, w/4) 0..1 over a matt and a polished picture (h, w, 3) BGR; `wall` is what stands there now.

    lean_x, lean_y  (h/4, w/4): the way the surface faces there, small angles
    """

    def __init__(self, canvas, matt, polished, inside, lean):
        h, w = canvas.px.shape[:2]
        self.scale, self.shape = canvas.scale / COARSE, (max(2, h // COARSE), max(2, w // COARSE))
        self.matt, self.polished = (_bgra(one) for one in (matt, polished))
        coarse = self.shape[1], self.shape[0]
        self.inside = np.asarray(raster.resize(inside.astype(np.float32), coarse), np.float32)
        self.lean_x, self.lean_y = (np.asarray(a, np.float32) for a in lean)
        self.g, self.oil = np.zeros(self.shape, np.float32), np.zeros(self.shape, np.float32)
        rows, columns = -(-self.shape[0] // TILE), -(-self.shape[1] // TILE)
        self.stale = np.zeros((rows, columns), bool)
        self.queue = deque()
        self.wall = Canvas((w, h))
        np.copyto(self.wall.px, self.matt)
        lit = np.flatnonzero(self.inside.any(1))
        self.band = slice(max(0, int(lit[0]) - 2), min(self.shape[0], int(lit[-1]) + 3))  # all that shines
        shape = (self.band.stop - self.band.start, self.shape[1])
        self.sheen = np.zeros((*shape, 4), np.uint8)
        self.glare = Canvas((w, COARSE * shape[0]), scale=canvas.scale)
        self.work = [np.empty(shape, np.float32) for _ in range(4)]
        self.planes = [np.empty(shape, np.uint8) for _ in TINTS]
        self.palms, self.lit = {}, None

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
        raster.blend_by(self.matt[box], self.polished[box], part, self.wall.px[box])

    def _reflect(self, lamp):
        """Half way between lamp and eye: a broad lobe of exponent 60, and in the mirror the lamp itself."""
        dx, dy, broad, mirror = self.work
        g, oil = self.g[self.band], self.oil[self.band]
        np.subtract(self.lean_x[self.band], np.float32(lamp[0]), out=dx)
        np.subtract(self.lean_y[self.band], np.float32(lamp[1]), out=dy)
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
        np.multiply(g, g, out=dx)
        np.multiply(dx, 0.21, out=dy)
        dy += 0.05 * self.inside[self.band]
        dy += 0.30 * oil
        broad *= dy
        mirror *= dx
        mirror *= dx
        mirror *= 0.78
        broad += mirror
        np.multiply(oil, oil, out=mirror)
        np.minimum(broad, 0.95, out=broad)
        raster.mixed(broad, mirror, TINTS, self.sheen, self.planes)
        self._widen()

    def _widen(self):
        """As large as the picture, only where there is light, and a neighbour of dark about it."""
        bright = self.sheen[..., 2]  # no light here has more of another colour than of red
        rows, columns = (np.flatnonzero(bright.max(axis)) for axis in (1, 0))
        self.lit = None
        if rows.size:
            top, left = max(0, int(rows[0]) - 1), max(0, int(columns[0]) - 1)
            some = self.sheen[top : int(rows[-1]) + 2, left : int(columns[-1]) + 2]
            x, y, wide, high = (COARSE * n for n in (left, top, some.shape[1], some.shape[0]))
            raster.fit(some, self.glare.px[y : y + high, x : x + wide])
            self.lit = self.glare.surface.subsurface((x, y, wide, high)), (x, y + COARSE * self.band.start)

    def draw(self, canvas):
        canvas.paste(self.wall)
        if self.lit is not None:
            light, (x, y) = self.lit
            canvas.stamp(light, (x / canvas.scale, y / canvas.scale), blend="add", anchor=(0, 0))


def _bgra(picture):
    """Four bytes a pixel, as canvases have them."""
    return np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
