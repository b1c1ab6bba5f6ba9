"""The light of the iron: trails that fade, glow about them, smoke and a courtyard lit by their sum."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.iron import FULL, KEEP

EXPOSURE = 2.2  # tone = 1 - e^(-EXPOSURE x)
WARM = np.array([0.46, 0.74, 1.0, 0.0], np.float32)  # the iron's light on dull things: blue, green, red
MIRROR = WARM * np.float32(2.6)  # what wet stone sends back


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
        """One frame's fading."""
        raster.fade(self.lanes, KEEP)

    def disc(self, radius, flat=1.0):
        """Cells of an ellipse about the origin, `radius` wide and `flat` times as high, as (dx, dy)."""
        r = max(0.8, radius * self.scale)
        y, x = np.mgrid[-int(r) - 1 : int(r) + 2, -int(r) - 1 : int(r) + 2]
        inside = x**2 + (y / flat) ** 2 <= r * r
        return x[inside], y[inside]

    def glow(self, place, shape, packed):
        """Let a `shape` of cells at `place` (design units) shine with this packed colour (one or one a cell)."""
        x = shape[0] + round(place[0] * self.scale)
        y = shape[1] + round(place[1] * self.scale)
        inside = (x >= 0) & (x < self.width) & (y >= 0) & (y < self.height)
        light = packed if np.ndim(packed) == 0 else packed[inside]
        raster.splat(self.cells, (y * self.width + x)[inside], light)


class Glow:
    """Develops trails into a picture, and finds the light they throw on everything else.

    sky    (h, w, 3) counts that are always there, blue first
    smoke  (2h, 3w) for an (h, w) eighth of the picture: two layers, each repeating after two widths
    """

    def __init__(self, size, sky, smoke):
        half = (max(4, size[1] // 2), max(4, size[0] // 2))
        self.half, self.quarter, self.eighth, self.sixteenth, self.wide = (
            np.zeros((max(2, half[0] // k), max(2, half[1] // k), 4), np.uint16) for k in (1, 2, 4, 8, 32)
        )
        self.wash = np.zeros_like(self.eighth)
        self.sky = np.zeros_like(self.eighth)
        self.sky[..., :3] = raster.resize(sky, self.eighth.shape[1::-1])
        self.sky[..., 3] = 65535  # opaque
        self.smoke = smoke
        self.print = Canvas(half[::-1])
        self.film = tones()
        self._grown = [np.zeros_like(a) for a in (self.quarter, self.eighth, self.sixteenth)]

    def gather(self, trails):
        """Take the trails' light down the sizes: close glow, wide glow, and the wash on the whole place."""
        _, eighth, sixteenth = self._grown
        raster.fit(trails.lanes, self.quarter)
        raster.fit(self.quarter, self.eighth)
        raster.soften(self.eighth, 0.9)
        raster.fit(self.eighth, self.sixteenth)
        raster.soften(self.sixteenth, 2.2)
        raster.fit(self.sixteenth, self.wide)
        raster.soften(self.wide, (4.0, 3.0))
        raster.fit(self.wide, sixteenth)
        raster.fit(sixteenth, self.wash)
        raster.fit(self.sixteenth, eighth)
        raster.gather(self.wash, eighth, 0.22)

    def expose(self, trails, drift):
        """Sky, lit smoke, glow and trails, toned, at half resolution."""
        quarter, eighth, _ = self._grown
        raster.fit(self.sixteenth, eighth)
        raster.gather(eighth, self.eighth, 0.6)
        np.right_shift(eighth[..., 0], 1, out=eighth[..., 0])  # air scatters iron's light warmer than it is
        raster.gather(eighth, self._lit_smoke(drift))
        raster.gather(eighth, self.sky)
        raster.fit(eighth, quarter)
        raster.gather(quarter, self.quarter, 0.3)
        raster.fit(quarter, self.half)
        raster.gather(self.half, trails.lanes)
        raster.develop(self.half, self.film, self.print.px)
        return self.print

    def _lit_smoke(self, drift):
        h, w = self.eighth.shape[:2]
        period = self.smoke.shape[1] - w
        near, far = int(drift) % period, int(drift * 0.45) % period
        density = self.smoke[:h, near : near + w] * self.smoke[h : 2 * h, far : far + w]
        return (self.wash * density[..., None]).astype(np.uint16)


class Place:
    """A drawn place that shows only in the light that falls on it.

    skin    the picture of it at half resolution: how much of each colour its surfaces send back
    top     first row (design units) with anything to light; `ground` where the flagstones begin
    """

    def __init__(self, skin, wash, *, top, ground):
        rows = skin.px.shape[0]
        self.cell = 1080 / wash.shape[0]
        self.top, self.ground = int(top / self.cell), round(ground / self.cell)
        self.first = round(self.top * rows / wash.shape[0])
        size = (skin.px.shape[1], rows - self.first)
        self.skin, self.lit = Canvas(size, scale=skin.scale), Canvas(size, scale=skin.scale)
        self.skin.px[:] = skin.px[self.first :]
        self.film = tones(1.0)
        self.light = np.zeros_like(wash[self.top :])
        self.print = np.zeros(self.light.shape, np.uint8)

    def fall(self, glow, night, gain):
        """Let light fall: the iron's wash, its mirror in the wet ground, and the `night` that is always there."""
        field = glow.wash[self.top :] * gain
        deep = np.arange(glow.wash.shape[0] - self.ground)
        mirror = np.clip(self.ground - 1 - (deep * 2.6).astype(int), 0, None)
        field[self.ground - self.top :] += glow.eighth[mirror] * MIRROR
        field += night
        np.minimum(field, 65000, out=field)
        np.copyto(self.light, field, casting="unsafe")
        raster.soften(self.light[self.ground - self.top :], (0.7, 2.2))
        raster.develop(self.light, self.film, self.print)

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
