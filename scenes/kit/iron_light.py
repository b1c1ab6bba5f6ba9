"""The light of the iron: trails that fade, glow about them, smoke and a courtyard lit by their sum."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.iron import FULL, KEEP

EXPOSURE = 2.2  # tone = 1 - e^(-EXPOSURE x)
WARM = np.array([0.40, 0.70, 1.0, 0.0], np.float32)  # the iron's light on dull things: blue, green, red
BRIM = 12 * FULL  # far above white
MIRROR = 5.0  # what wet stone sends back of the glow above it


def tones(exposure=EXPOSURE, full=FULL):
    """The film: 65,536 counts to 0..255."""
    x = np.arange(65536, dtype=np.float64) / full
    return np.rint(255 * (1 - np.exp(-exposure * x))).astype(np.uint8)


class Trails:
    """What the drops have drawn, at half resolution, each frame a little darker."""

    def __init__(self, size):
        self.width, self.height = max(4, size[0] // 2), max(4, size[1] // 2)
        self.cells = np.zeros(self.height * self.width, np.uint64)
        self.lanes = self.cells.view(np.uint16).reshape(self.height, self.width, 4)
        self.scale = self.height / 1080

    def fade(self):
        """One frame's fading; in a small picture so many lines share a cell that it is held below a brim."""
        raster.fade(self.lanes, KEEP)
        if self.height < 360:
            np.minimum(self.lanes, BRIM, out=self.lanes)

    def disc(self, radius, flat=1.0):
        """Cells of an ellipse about the origin, `radius` wide and `flat` times as high, as (dx, dy)."""
        r = max(0.8, radius * self.scale)
        y, x = np.mgrid[-int(r) - 1 : int(r) + 2, -int(r) - 1 : int(r) + 2]
        inside = x**2 + (y / flat) ** 2 <= r * r
        return x[inside], y[inside]

    def glow(self, place, shape, packed):
        """Let a `shape` of cells at `place` (design units) shine in a packed colour, one or one a cell."""
        x = shape[0] + round(place[0] * self.scale)
        y = shape[1] + round(place[1] * self.scale)
        inside = (x >= 0) & (x < self.width) & (y >= 0) & (y < self.height)
        light = packed if np.ndim(packed) == 0 else packed[inside]
        raster.splat(self.cells, (y * self.width + x)[inside], light)


class Glow:
    """Develops trails into a picture, and finds the light they throw on everything else.

    sky    (h, w, 3) counts that are always there, blue first
    smoke  (2h, 3w) for an (h, w) sixteenth of the picture: two layers, each repeating after two widths
    """

    def __init__(self, size, sky, rng):
        half = (max(4, size[1] // 2), max(4, size[0] // 2))
        self.quarter, self.eighth, self.sixteenth, self.wide = (
            np.zeros((max(2, half[0] // k), max(2, half[1] // k), 4), np.uint16) for k in (2, 4, 8, 32)
        )
        self.wash = np.zeros_like(self.sixteenth)  # the light on walls, ground and smoke
        self._air, self._grown, self._soft = (
            np.zeros_like(a) for a in (self.sixteenth, self.eighth, self.quarter)
        )
        self.sky = np.zeros_like(self.quarter)
        grain = rng.integers(0, 2, (*self.quarter.shape[:2], 1))  # else so dark a sky lies in bands
        self.sky[..., :3] = raster.resize(sky, self.quarter.shape[1::-1]) + grain
        self.smoke = np.zeros((2, 3))
        self.print, self._haze = Canvas(half[::-1]), Canvas(half[::-1])
        self._small = np.zeros(self.quarter.shape, np.uint8)
        self.film = tones()

    def gather(self, trails):
        """Take the trails' light down the sizes: close glow, wide glow, and the wash on the whole place."""
        raster.fit(trails.lanes, self.quarter)
        raster.fit(self.quarter, self.eighth)
        raster.fit(self.eighth, self.sixteenth)
        raster.soften(self.sixteenth, 2.0)
        raster.fit(self.sixteenth, self.wide)
        raster.soften(self.wide, (4.0, 3.0))
        raster.fit(self.wide, self.wash)
        raster.gather(self.wash, self.sixteenth, 0.22)

    def expose(self, trails, drift):
        """Sky, lit smoke, glow and trails, toned, at half resolution."""
        air, grown, soft = self._air, self._grown, self._soft
        np.copyto(air, self._lit_smoke(drift), casting="unsafe")
        raster.gather(air, self.sixteenth, 0.5)
        raster.fit(air, grown)
        raster.gather(grown, self.eighth, 0.4)
        grown[..., 0] >>= 1  # air scatters the iron's light warmer than it is
        grown[..., 1] -= (grown[..., 1] >> 2) + (grown[..., 1] >> 4)
        raster.fit(grown, soft)
        raster.gather(soft, self.quarter, 0.22)
        raster.gather(soft, self.sky)
        raster.develop(soft, self.film, self._small)
        raster.fit(self._small, self._haze.px)
        raster.develop(trails.lanes, self.film, self.print.px)
        self.print.stamp(self._haze, (0, 0), blend="add", anchor=(0, 0))
        return self.print

    def _lit_smoke(self, drift):
        h, w = self.wash.shape[:2]
        period = self.smoke.shape[1] - w
        near, far = int(drift) % period, int(drift * 0.45) % period
        density = self.smoke[:h, near : near + w] * self.smoke[h : 2 * h, far : far + w]
        return self.wash * (density[..., None] * WARM * np.float32(3.6))


class Place:
    """A drawn place that shows only in the light that falls on it.

    skin    the picture of it at half resolution: how much of each colour its surfaces send back
    top     first row (design units) with anything to light; `ground` where the flagstones begin
    """

    def __init__(self, skin, cells, *, top, ground):
        rows = skin.px.shape[0]
        self.cell = 1080 / cells.shape[0]
        self.top, self.ground = int(top / self.cell), round(ground / self.cell)
        self.first = round(self.top * rows / cells.shape[0])
        size = (skin.px.shape[1], rows - self.first)
        self.skin, self.lit = Canvas(size, scale=skin.scale), Canvas(size, scale=skin.scale)
        self.skin.px[:] = skin.px[self.first :] * WARM
        self.film = tones(1.0)
        self.light = np.zeros_like(cells)
        self.print = np.zeros_like(self.light[self.top :], np.uint8)
        deep = np.arange(cells.shape[0] - self.ground)
        self.mirror = np.clip(self.ground - 1 - (deep * 2.6).astype(int), 0, None)

    def fall(self, glow, night, gain):
        """Let light fall: the iron's wash over a `night` always there, and its mirror in wet stone."""
        wash = np.minimum(glow.wash * gain + night, 65000).astype(np.uint16)
        raster.fit(wash, self.light)
        stones = self.light[self.ground :]
        raster.gather(stones, glow.eighth[self.mirror], MIRROR)
        raster.soften(stones, (0.6, 1.8))
        raster.develop(self.light[self.top :], self.film, self.print)

    def at(self, place, width):
        """(red, green, blue) 0..255 of the light at a place in design units in a picture this wide."""
        row = int(np.clip(place[1] / self.cell - self.top, 0, self.print.shape[0] - 1))
        column = int(np.clip(place[0] / width * self.print.shape[1], 0, self.print.shape[1] - 1))
        b, g, r, _ = self.print[row, column]
        return int(r), int(g), int(b)

    def stamp(self, picture):
        """Add the lit surfaces to a half-resolution picture."""
        raster.fit(self.print, self.lit.px)
        self.lit.stamp(self.skin, (0, 0), blend="multiply", anchor=(0, 0))
        picture.stamp(self.lit, (0, self.first / picture.scale), blend="add", anchor=(0, 0))
