"""The hour going by: late sun, green dusk, night by a paper lamp; one picture turns into the next unseen."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.canopy import shade

DUSK, NIGHT = 240.0, 600.0  # seconds after which the picture is all dusk, all night
BANDS = 60  # a frame renews one of these: no step between them is as large as one tone


class Evenfall:
    """Three pictures of one place and the one that is shown.

    shown   a canvas, the place at this hour
    """

    def __init__(self, pictures, waters):
        """`pictures` of late sun, dusk and night; `waters` what the pool shows under each, uint8 arrays."""
        self.pictures, self.waters = pictures, waters
        self.shown = Canvas(pictures[0].surface.get_size())
        self.shown.paste(pictures[0])
        self.water = waters[0].copy()
        self.fresh = True

    def step(self, frame):
        """Renew one band; all of them in the first frame, whatever the hour is then."""
        t = frame.time
        first, share = (0, t / DUSK) if t < DUSK else (1, min(1.0, (t - DUSK) / (NIGHT - DUSK)))
        bands = range(BANDS) if self.fresh else (frame.index % BANDS,)
        self.fresh = False
        one, other = self.pictures[first].px, self.pictures[first + 1].px
        for band in bands:
            rows = slice(band * one.shape[0] // BANDS, (band + 1) * one.shape[0] // BANDS)
            if rows.stop > rows.start:
                raster.blend(one[rows], other[rows], share, self.shown.px[rows])
        if 0 in bands:
            raster.blend(self.waters[first], self.waters[first + 1], share, self.water)


def late(dusk, points, rng):
    """The same place an hour earlier: low gold sun on the wall, sifted by tung leaves of this edge."""
    canvas = _quarter(dusk)
    leaves = shade(canvas, points, rng, 70, 130, region=(canvas.width, canvas.height))
    x, y = light.coordinates(canvas)
    slant = (x - 0.20 * canvas.width + 0.55 * (y - 430)) / (0.30 * canvas.width)
    beam = np.exp(-(slant**2) * 1.6) * np.exp(-(((y - 460) / 300) ** 2))
    sifted = leaves.px[..., 1].astype(np.float32) / 255
    beam = beam * np.clip(1.25 * sifted - 0.25, 0, 1)
    tint = np.array((1.10, 1.02, 0.86), np.float32) + beam[..., None] * np.array(
        (1.15, 0.62, 0.16), np.float32
    )
    return _under(dusk, tint)


def night(dusk, lamp_at):
    """The same place when only the lamp over the notice is left: blue far off, warm beside it."""
    canvas = _quarter(dusk)
    near = light.lamp(canvas, lamp_at, 700.0, falloff=1.5)[..., None]
    far = np.array((0.40, 0.55, 0.80), np.float32)
    return _under(dusk, far + near * np.array((0.85, 0.62, 0.28), np.float32))


def _quarter(picture):
    w, h = picture.surface.get_size()
    return Canvas((max(2, w // 4), max(2, h // 4)), scale=picture.scale / 4)


def _under(picture, tint):
    """A copy of a picture under a small field of three factors (h, w, 3 RGB)."""
    out = Canvas(picture.surface.get_size())
    full = raster.resize(np.ascontiguousarray(tint[..., ::-1]), picture.surface.get_size())
    out.px[..., :3] = np.clip(picture.px[..., :3] * full, 0, 255)
    return out
