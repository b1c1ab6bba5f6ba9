"""One way of looking at the drum: its still picture, where it lies in it, and the light on it by cells."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.hide_drum import RINGS, flashes, ring_sheets, stud_places
from scenes.kit.membrane import Relief
from scenes.kit.solid import glow
from scenes.kit.walnut import SIZE, Shells

ROWS = 135  # cells of light from top to bottom; a wave on the skin is never shorter than twelve of them
MARGIN = 12.0  # design units of picture above and below the frame, so that it can dip


class DrumView:
    """middle, radius  the drum's in design units; its own coordinates have the skin's radius as 1."""

    def __init__(self, canvas, base, middle, radius, membrane, ambient, shells=None):
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
        seen = [i for i, a in enumerate(RINGS) if -80 < self.place(1.2, a)[1] < canvas.height]
        self.rings = [
            (i, self.place(1.2, RINGS[i]), ring_sheets(canvas.scale, radius, RINGS[i])) for i in seen
        ]
        self._ring = Canvas(self.rings[0][2][0].surface.get_size(), scale=canvas.scale, clear=True)
        drawn = shells.drawn if shells else None
        self.shells = Shells(canvas.scale, radius * SIZE, drawn, bright=0.85 if shells else 1.0)
        self.grains = [
            glow(canvas.scale, s, np.array([255, 226, 176]) * b)
            for s, b in ((2.2, 0.5), (3.2, 0.8), (5.0, 0.9))
        ]

    def place(self, radius, angle):
        """Design units of a place on the drum."""
        return self.middle + self.radius * radius * np.array([np.cos(angle), np.sin(angle)])

    def shine(self, canvas, cells, table):
        """Fill the picture with light: cells of 0..1 through a table of 256 colours."""
        tones = np.clip(cells * 255, 0, 255).astype(np.uint8)
        np.take(table, tones, axis=0, out=self._print)
        raster.fit(self._print, canvas.px)

    def hang(self, canvas, swings, dip=0.0):
        """The ring handles, in the light of the last `shine`, as they swing."""
        h, w = self._print.shape[:2]
        for i, place, pictures in self.rings:
            row = min(h - 1, max(0, int(place[1] / canvas.height * h)))
            b, g, r, _ = self._print[row, min(w - 1, max(0, int(place[0] / canvas.width * w)))]
            np.copyto(self._ring.px, pictures[swings[i]].px)
            light.wash(self._ring, (int(r), int(g), int(b)))
            canvas.stamp(self._ring, place + [0, dip])

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
    curve = t ** (1 + (0.05 + 0.5 * warmth) * np.array([0.55, 0.22, 0.0]))
    bgr = curve * np.array(tint[::-1], float)
    return np.column_stack([bgr, np.full(256, 255)]).astype(np.uint8)
