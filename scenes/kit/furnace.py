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
        self.mouth, self.brim = trails.disc(27, 0.95), trails.disc(42, 0.16)
        self.flicker = rng.random((64, max(len(self.mouth[0]), len(self.brim[0]))))

    def shine(self, trails, table, heat, index):
        """Light in the mouth and on the brim, hottest in the middle; coals breathe, each in its own time."""
        row = self.flicker[(index // 3) % 64]
        for shape, height, share in ((self.mouth, 38, 0.75), (self.brim, 137, 1.0)):
            middle = 1.12 - 0.5 * np.hypot(*shape) / max(1.0, float(np.abs(shape[0]).max()))
            hot = heat * share * middle + 0.12 * (row[: len(middle)] - 0.5)
            shade = np.clip(hot * HOTTEST_SHADE, 3, len(table) - 1).astype(np.int64)
            trails.glow((self.place[0], self.place[1] - height), shape, table[shade])

    def haze(self, canvas, heat, frame):
        """Hot air over the brim bends what is behind it, in place."""
        k = canvas.scale
        left, top = round((self.place[0] - 70) * k), round((self.place[1] - 330) * k)
        wide, high = round(140 * k), round(190 * k)
        part = canvas.px[top : top + high, left : left + wide]
        y = np.arange(part.shape[0])[:, None] / k
        x = np.arange(part.shape[1])[None, :]
        bend = np.sin(y / 9 + frame.time * 7.3) + 0.7 * np.sin(y / 23 + frame.time * 4.1)
        edge = np.sin(np.pi * (x + 0.5) / part.shape[1]) * np.sin(np.pi * np.clip(y / 190, 0, 1))
        shift = np.rint(x + 3.2 * k * heat * bend * edge).astype(np.intp)
        part[:] = part[np.arange(part.shape[0])[:, None], np.clip(shift, 0, part.shape[1] - 1)]


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
