"""The one leaf, large: folded along its middle vein, each half catching the light as it rolls."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit import tung

LEVELS = 10  # of light a half is kept in
DARK, BRIGHT = 0.36, 1.40
FOLD = 0.34  # radians each half is bent up from the flat
PIVOT = 0.36  # of its length from the stalk's foot: about where it turns
LYING = 0.34  # how tall it looks lying on the water


class OneLeaf:
    """A leaf painted once, `length` design units long, its stalk down.

    sheet, foot   the whole leaf upright, and the stalk's foot in pixels of it
    """

    def __init__(self, canvas, points, tone, rng, length):
        self.length = length
        self.sheet, self.foot = tung.paint(
            canvas, tung.grow(points, rng, 0.04), length, tone, rng, stalk=0.24
        )
        _light_from(self.sheet)
        middle, over = round(float(self.foot[0])), 2
        px = self.sheet.px
        cuts = ((px[:, : middle + over], 0), (px[:, middle - over :], middle - over))
        self.halves = [(_levels(part, self.sheet.scale), np.array([first, 0.0])) for part, first in cuts]
        self.hulls = [raster.hull(levels[0]) for levels, _ in self.halves]
        self.pivot = np.array(self.foot) - (0, PIVOT * length * self.sheet.scale)

    def paint(
        self, canvas, scratch, place, *, size=1.0, turn=0.0, roll=0.0, lying=0.0, fold=FOLD, within=None
    ):
        """Lay both halves about `place` (design units): rolled, turned, and let down on the water."""
        c, s = math.cos(turn), math.sin(turn)
        down = np.diag([1.0, 1 - (1 - LYING) * lying])
        fold *= 1 - 0.8 * lying
        for side, (levels, first), hull in zip((-1, 1), self.halves, self.hulls, strict=True):
            angle = roll * (1 - lying) + side * fold
            lit = 0.48 + 0.86 * max(0.0, math.cos(angle + 0.55)) ** 1.3
            share = (lit - DARK) / (BRIGHT - DARK)
            picture = levels[int(np.clip(round(share * (LEVELS - 1)), 0, LEVELS - 1))]
            m = (
                down
                @ np.array([[c, -s], [s, c]])
                @ np.diag([math.cos(angle), 1.0])
                * (size / self.sheet.scale)
            )
            at = np.array(place) + m @ (first - self.pivot)
            raster.over_laid(canvas, picture, np.column_stack([m, at]), scratch, within=within, hull=hull)


def _light_from(sheet):
    """One lamp from the upper left."""
    h, w = sheet.px.shape[:2]
    y, x = np.mgrid[:h, :w].astype(np.float32)
    fall = 1.14 - 0.34 * (0.6 * x / w + 0.5 * y / h)
    rgb = sheet.px[..., :3] * fall[..., None]
    np.copyto(sheet.px[..., :3], np.minimum(rgb, sheet.px[..., 3:]), casting="unsafe")


def _levels(part, scale):
    """The same picture in LEVELS strengths of light, darkest first."""
    made, wide = [], part.astype(np.uint16)
    for factor in np.linspace(DARK, BRIGHT, LEVELS, dtype=np.float32):
        out = Canvas((part.shape[1], part.shape[0]), scale=scale, clear=True)
        blue = 0.92 * factor + 0.08 * factor**2  # shade is a little colder than light
        bgra = np.array([212 * blue, 212 * factor, 212 * factor, 212], np.uint16)
        np.copyto(out.px, np.minimum((wide * bgra) // 212, wide[..., 3:]), casting="unsafe")
        made.append(out)
    return made
