"""Guangling dyed paper-cut: an engraved figure whose cells drink drops of dye.

The dye runs out from each drop and stops at the knife's cuts, pooling a little darker along them.
"""

from itertools import pairwise

import numpy as np

from engine import raster
from scenes.kit.engraving import Engraving, read_figure
from scenes.kit.papercut import bench, shrink

__all__ = ["DYEING", "DyedFigure", "read_figure"]

DYEING = 8.0
"""Seconds until the last cell is dyed."""


class DyedFigure:
    """A figure cut for one canvas, and how far its dyes have run.

    sheet   for blend "multiply"; `run_to(seconds)` brings it forward, `wash_out()` makes it undyed again
    """

    PAPER = np.array([232, 240, 244], np.float32)  # B G R through one undyed sheet
    TILES = (12, 10)
    TICK = 640  # a second of dyeing: 256 steps from dry to full in 0.4 s

    def __init__(self, figure, canvas, rng):
        cut = Engraving(figure, bench(canvas))
        self.k, self.fallen = canvas.scale, cut.fallen
        self.solid, dyes = shrink(cut.solid, canvas), shrink(cut.dyes, canvas)
        self.cell = raster.resize(cut.cell, self.solid.shape[::-1], smooth=False)
        self.sheet = type(canvas)(self.solid.shape[::-1], scale=canvas.scale, clear=True)
        self._colour(dyes)
        self.arrival = self._drops(rng)
        self._tile()
        self.wash_out()

    def _colour(self, rgb):
        """Both looks of the sheet: undyed, and dyed with the colour pooled along the cuts."""
        cover = self.solid.astype(np.float32) / 255
        k = self.k
        fall = np.roll(cover, (max(1, round(3.4 * k)), max(1, round(2.6 * k))), (0, 1))
        shadow = raster.blur(fall, 1.8 * k) * (1 - cover) * 0.30
        deep = raster.distance(self.solid > 127) / k
        pooled = 1 - 0.15 * np.exp(-deep / 3.0) - 0.05 * np.exp(-((deep - 3.4) ** 2) / 1.5)
        mottle = 1 + 0.05 * (raster.blur(np.clip(deep, 0, 14), 5 * k) / 7 - 0.5)
        light_ = ((1 - cover) * (1 - shadow))[..., None] * 255
        dyed = rgb[..., ::-1] * (pooled * mottle)[..., None] + 8
        self.undyed = np.clip(
            light_ + cover[..., None] * self.PAPER * (0.97 - 0.05 * np.exp(-deep / 1.6))[..., None], 0, 255
        )
        self.dyed = np.clip(light_ + cover[..., None] * dyed, 0, 255)
        self.undyed, self.dyed = self.undyed.astype(np.uint8), self.dyed.astype(np.uint8)

    def _drops(self, rng):
        """When the dye reaches each pixel: drops fall from the plume down, each spreads within its part."""
        h, w = self.cell.shape
        arrival = np.full((h, w), np.float32(99))
        grain = raster.blur(rng.random((h // 4 + 1, w // 4 + 1), dtype=np.float32), 1.2)
        grain = (raster.resize(grain, (w, h)) - 0.5) * 1.3
        at = np.flatnonzero(self.cell)
        at = at[np.argsort(self.cell.flat[at], kind="stable")]
        for some in np.split(at, np.flatnonzero(np.diff(self.cell.flat[at])) + 1):
            ys, xs = (v.astype(np.float32) for v in np.divmod(some, w))
            count = max(1, round(len(ys) / (52 * self.k) ** 2))
            soonest = np.full(len(ys), np.float32(99))
            for pick in rng.choice(len(ys), count):
                start = (DYEING - 2.1) * (0.82 * ys[pick] / h + 0.18 * rng.random())
                far = np.hypot(ys - ys[pick], xs - xs[pick]) / np.float32(52 * self.k / 0.75)
                np.minimum(soonest, far + np.float32(start), out=soonest)
            arrival.flat[some] = np.minimum(soonest + 0.22 * grain.flat[some], DYEING - 0.4)
        return arrival

    def _tile(self):
        """Cut the sheet into tiles, each with its first and last wet moment: few are touched a frame."""
        rows = np.linspace(0, self.cell.shape[0], self.TILES[0] + 1).astype(int)
        columns = np.linspace(0, self.cell.shape[1], self.TILES[1] + 1).astype(int)
        ticks = np.minimum(self.arrival * self.TICK, 30000).astype(np.int16)
        self.tiles = []
        for a, b in pairwise(rows):
            for c, d in pairwise(columns):
                times = self.arrival[a:b, c:d]
                wet = times[times < 90]
                if len(wet):
                    here = (slice(a, b), slice(c, d))
                    pictures = (self.undyed[here].astype(np.uint16), self.dyed[here].astype(np.uint16))
                    span = (float(wet.min()), float(wet.max()) + 256 / self.TICK)
                    self.tiles.append((*here, *span, ticks[here].copy(), *pictures))

    def wash_out(self):
        """Undyed again."""
        self.sheet.px[..., :3] = self.undyed
        self.sheet.px[..., 3] = 255
        self.done = [-1.0] * len(self.tiles)
        self.turn = 0

    def run_to(self, seconds):
        """Let the dye run up to `seconds` after the first drop; wet tiles take turns, half of them a call."""
        self.turn += 1
        for n, (rows, columns, first, last, ticks, pale, full) in enumerate(self.tiles):
            over = seconds > last
            if seconds < first or self.done[n] > last or ((n + self.turn) % 2 and not over):
                continue
            self.done[n] = seconds
            wet = np.clip(int(seconds * self.TICK) - ticks, 0, 256).astype(np.uint16)
            front = (wet * (256 - wet)) >> 10  # darkest where the dye is just arriving
            mixed = pale * (256 - wet)[..., None] + full * (wet - front)[..., None]
            self.sheet.px[rows, columns, :3] = mixed >> 8
