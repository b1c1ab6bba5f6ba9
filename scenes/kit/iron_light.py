"""The light of the iron: trails that fade, glow about them, smoke and a courtyard lit by their sum."""

import numpy as np
from engine import Canvas, raster

from scenes.kit.iron import FULL, KEEP

EXPOSURE = 2.2  # tone = 1 - e^(-EXPOSURE x)
CELL = 8  # full-resolution pixels to a cell of the light


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

    def fade(self):
        """One frame's fading."""
        raster.fade(self.lanes, KEEP)


class Glow:
    """Develops trails into a picture, and the light they throw into a second one.

    sky    (h, w, 3) counts added behind everything, at a cell's resolution
    smoke  (h, w) density, wider than the picture: it drifts round
    """

    def __init__(self, size, sky, smoke):
        w, h = size
        half = (max(4, h // 2), max(4, w // 2))
        self.half, self.quarter, self.eighth, self.sixteenth, self.wide = (
            np.zeros((max(2, half[0] // k), max(2, half[1] // k), 4), np.uint16) for k in (1, 2, 4, 8, 32)
        )
        self.wash = np.zeros_like(self.eighth)  # the light that reaches walls, ground and smoke
        self.sky = np.zeros(self.eighth.shape, np.uint16)
        self.sky[..., :3] = raster.resize(sky, self.eighth.shape[1::-1])
        self.sky[..., 3] = 65535  # opaque
        self.smoke = smoke
        self.print = np.zeros((*half, 4), np.uint8)
        self.film = tones()
        self._grown = [np.zeros_like(a) for a in (self.quarter, self.eighth, self.sixteenth)]

    def gather(self, trails):
        """Take the trails' light down the sizes: fine glow, glow, and the light on the place."""
        q2, e2, s2 = self._grown
        raster.fit(trails.lanes, self.quarter)
        raster.fit(self.quarter, self.eighth)
        raster.fit(self.eighth, self.sixteenth)
        raster.soften(self.eighth, 1.6)
        raster.soften(self.sixteenth, 2.4)
        raster.fit(self.sixteenth, self.wide)
        raster.soften(self.wide, 2.5)
        raster.fit(self.wide, s2)
        raster.fit(s2, self.wash)
        raster.fit(self.sixteenth, e2)
        raster.gather(self.wash, e2, 0.5)

    def expose(self, trails, canvas, drift):
        """The whole picture: sky, lit smoke, glow and trails, tone-mapped."""
        q2, e2, _ = self._grown
        raster.gather(e2, self.eighth, 0.8)
        raster.gather(e2, self._lit_smoke(drift))
        raster.gather(e2, self.sky)
        raster.fit(e2, q2)
        raster.gather(q2, self.quarter, 0.35)
        raster.fit(q2, self.half)
        raster.gather(self.half, trails.lanes)
        raster.develop(self.half, self.film, self.print)
        raster.fit(self.print, canvas.px)

    def _lit_smoke(self, drift):
        h, w = self.eighth.shape[:2]
        period = self.smoke.shape[1] - w
        near, far = int(drift) % period, int(drift * 0.45) % period
        density = self.smoke[:h, near : near + w] * self.smoke[h : 2 * h, far : far + w]
        return (self.wash * density[..., None]).astype(np.uint16)


class Place:
    """A drawn place that shows only in the light that falls on it.

    skin   Canvas, full picture: how much of each colour the surfaces send back
    top    first row (design units) with anything to light; the ground begins at `ground`
    """

    def __init__(self, canvas, skin, *, top, ground):
        w, h = canvas.surface.get_size()
        self.first = int(top * canvas.scale) // CELL * CELL
        self.skin = Canvas((w, h - self.first), scale=canvas.scale)
        self.skin.px[:] = skin.px[self.first :]
        self.lit = Canvas((w, h - self.first), scale=canvas.scale)
        self.cell = h / (max(2, max(4, h // 2) // 4))
        self.ground = round(ground * canvas.scale / self.cell)
        self.top = round(self.first / self.cell)
        self.film = tones(1.0)
        self._light = None
        self._print = None

    def light(self, glow, night, gain):
        """Light per cell: the spray's own, mirrored in the wet ground, over the `night` that is always there."""
        if self._light is None:
            self._light = np.zeros_like(glow.wash[self.top :])
            self._print = np.zeros(self._light.shape, np.uint8)
        field = glow.wash[self.top :].astype(np.float32) * np.float32(gain)
        rows = np.arange(glow.wash.shape[0] - self.ground)
        mirror = np.clip(self.ground - 1 - (rows * 2.4).astype(int), 0, None)
        field[self.ground - self.top :] += glow.eighth[mirror] * (np.float32(gain) * 0.6)
        field += night
        np.minimum(field, 65000, out=field)
        np.copyto(self._light, field, casting="unsafe")
        raster.soften(self._light[self.ground - self.top :], (0.8, 2.0))
        raster.develop(self._light, self.film, self._print)
        return self._print

    def stamp(self, canvas):
        """Add the lit surfaces to the picture."""
        raster.fit(self._print, self.lit.px)
        self.lit.stamp(self.skin, (0, 0), blend="multiply", anchor=(0, 0))
        canvas.stamp(self.lit, (0, self.first / canvas.scale), blend="add", anchor=(0, 0))
