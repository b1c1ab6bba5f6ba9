"""One way of looking at the drum: its still picture, where it lies in it, and the light on it by cells."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.hide_drum import RINGS, flashes, ring_sheets, stud_places
from scenes.kit.membrane import Relief
from scenes.kit.solid import glow
from scenes.kit.walnut import SIZE, Shells

ROWS = 135  # cells of light from top to bottom; a wave on the skin is never shorter than twelve of them
MARGIN = 12.0  # design units of picture above and below the frame, so that it can dip
DEPTH = 0.62  # how strongly waves are modelled by the light


class DrumView:
    """middle, radius  the drum's in design units; its own coordinates have the skin's radius as 1."""

    def __init__(self, canvas, base, middle, radius, membrane, ambient):
        self.base, self.middle, self.radius = base, np.array(middle, float), float(radius)
        columns = max(2, round(ROWS * canvas.width / canvas.height))
        x = (np.arange(columns) + 0.5)[None, :] * (canvas.width / columns)
        y = (np.arange(ROWS) + 0.5)[:, None] * (canvas.height / ROWS)
        self.x, self.y = x, y
        u, v = (x - middle[0]) / radius, (y - middle[1]) / radius
        self.r, self.angle = np.hypot(u, v), np.arctan2(v, u)
        self.relief = Relief(membrane, u, v)
        self.ambient = ambient(x, y).astype(np.float32)
        self._print = np.zeros((ROWS, columns, 4), np.uint8)
        self.studs, _ = stud_places(middle, radius)
        self.flashes = flashes(canvas.scale, radius)
        self.rings = [(self.place(1.2, a), ring_sheets(canvas.scale, radius, a)) for a in RINGS]
        self.shells = Shells(canvas.scale, radius * SIZE)
        self.grains = [
            glow(canvas.scale, s, np.array([255, 226, 176]) * b)
            for s, b in ((2.2, 0.5), (3.2, 0.8), (5.0, 0.9))
        ]

    def place(self, radius, angle):
        """Design units of a place on the drum."""
        return self.middle + self.radius * radius * np.array([np.cos(angle), np.sin(angle)])

    def shine(self, canvas, cells, table):
        """Fill the picture with light (cells 0..1 through a table of 256 colours), then lay the drum under it."""
        tones = np.clip(cells * 255, 0, 255).astype(np.uint8)
        np.take(table, tones, axis=0, out=self._print)
        raster.fit(self._print, canvas.px)

    def lay(self, canvas, dip=0.0):
        """The still picture in that light, `dip` design units lower."""
        canvas.stamp(self.base, (0, dip - MARGIN), blend="multiply", anchor=(0, 0))


def stage(canvas):
    """A canvas for a still picture with its margin above and below."""
    w, h = canvas.surface.get_size()
    return Canvas((w, h + 2 * round(MARGIN * canvas.scale)), scale=canvas.scale)


def table(warmth, tint):
    """256 colours of light, blue first: shadows warmer than the full light, by `warmth` 0..1."""
    t = np.linspace(0, 1, 256)[:, None]
    curve = t ** (1 + (0.15 + 0.5 * warmth) * np.array([0.55, 0.22, 0.0]))
    bgr = curve * np.array([tint[2], tint[1], tint[0]])
    return np.column_stack([bgr, np.full(256, 255)]).astype(np.uint8)
