"""The small cupola furnace: clay in iron bands, a glowing mouth, iron at the brim, its box bellows."""

import numpy as np

from engine import raster
from scenes.kit.smiths import Figure

BODY = ((-62, 0), (-68, -60), (-60, -118), (-46, -138), (46, -138), (60, -118), (68, -60), (62, 0))
ARC = np.linspace(0, np.pi, 13)
MOUTH = ((25, -16), *zip(25 * np.cos(ARC), -30 - 27 * np.sin(ARC), strict=True), (-25, -16))
PIPE = ((-88, -36), (-60, -32), (-60, -22), (-88, -26))
BELLOWS = ((-196, 0), (-196, -66), (-88, -66), (-88, 0))
BANDS = (-22, -72, -112)  # of iron, round the clay
BOX, FEET = (300, 172), (210, 165)
HOTTEST_SHADE = 128  # of the table: orange; only the struck iron is white


class Furnace:
    """Stands at `place`; its mouth and brim shine through by `heat` 0..1."""

    def __init__(self, canvas, place, trails, rng):
        self.place = place
        sheet = canvas.sheet(*BOX)
        body, mouth, pipe, bellows = (np.array(p) + FEET for p in (BODY, MOUTH, PIPE, BELLOWS))
        cover = raster.mask(sheet, [body, mouth])  # the mouth is a hole: what glows is behind it
        for more in (pipe, bellows):
            cover = np.maximum(cover, raster.mask(sheet, [more]))
        form = _skin(sheet, cover, rng)
        self.figure = Figure(cover, form, sheet.scale, np.array(FEET) * sheet.scale, (0, 0))
        mouth, brim = trails.disc(27, 0.95), trails.disc(42, 0.16)
        self.flicker = rng.random((64, max(len(mouth[0]), len(brim[0]))))
        self.glows = [(mouth, _middle(mouth), 38, 0.75), (brim, _middle(brim), 137, 1.0)]
        rows, columns = round(190 * trails.scale), round(140 * trails.scale)
        fade = [np.sin(np.pi * (np.arange(n) + 0.5) / n) for n in (rows, columns)]
        self.sway = np.outer(*fade)  # nothing moves at the edges, so that none is seen
        self.still = np.arange(rows * columns).reshape(rows, columns)

    def shine(self, trails, table, heat, index):
        """Light in the mouth and on the brim, hottest in the middle; coals breathe, each in its own time."""
        row = self.flicker[(index // 3) % 64]
        for shape, middle, height, share in self.glows:
            hot = heat * share * middle + 0.12 * (row[: len(middle)] - 0.5)
            shade = np.clip(hot * HOTTEST_SHADE, 3, len(table) - 1).astype(np.int64)
            trails.glow((self.place[0], self.place[1] - height), shape, table.take(shade))

    def haze(self, picture, heat, frame):
        """Hot air over the brim bends what is behind it, in place, in the half-resolution picture."""
        rows, columns = self.sway.shape
        left = round(self.place[0] * picture.scale - columns / 2)
        top = round((self.place[1] - 330) * picture.scale)
        part = picture.px.view(np.uint32)[top : top + rows, left : left + columns, 0]
        y = np.arange(rows)[:, None] / picture.scale
        bend = np.sin(y / 9 + frame.time * 7.3) + 0.7 * np.sin(y / 23 + frame.time * 4.1)
        shift = np.rint(bend * (3.2 * heat * picture.scale) * self.sway).astype(np.intp)
        shift += self.still
        part[:] = part.ravel().take(shift)


def _middle(shape):
    """How near each cell is to the middle: 1.12 there, 0.62 at the rim."""
    return 1.12 - 0.5 * np.hypot(*shape) / max(1.0, float(np.abs(shape[0]).max()))


def _skin(sheet, cover, rng):
    """Clay with iron bands, rounded; brighter where it turns up."""
    h, w = cover.shape
    y = (np.arange(h)[:, None] + 0.5) / sheet.scale - FEET[1]
    x = (np.arange(w)[None, :] + 0.5) / sheet.scale - FEET[0]
    round_ = np.clip(1 - (x / 70) ** 2, 0, 1) ** 0.5 * 0.35 + 0.12
    tone = np.where(x > -80, round_, 0.16 + 0.1 * ((y // 22) % 2))
    for band in BANDS:
        tone = np.where((np.abs(y - band) < 5) & (x > -80), tone * 0.45 + 0.28 * (y - band < -2), tone)
    solid = cover.astype(np.float32) / 255
    gy, _ = np.gradient(raster.blur(solid, max(0.8, 3 * sheet.scale)))
    tone = tone + np.clip(gy * sheet.scale * 9, 0, 0.8)
    tone = tone * (1 + 0.05 * raster.blur(rng.standard_normal((h, w)), 1.0) / 0.28)
    return solid[..., None] * tone[..., None] * np.array([0.80, 0.70, 0.60], np.float32)
