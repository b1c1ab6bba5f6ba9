"""Marks that leave the coal at the end and go up with the sparks."""

import math

import numpy as np

from engine import raster
from scenes.kit.engraved import motif

MOST = 16
RISE = 74.0  # design units a second
LASTS = 9.0  # seconds
SIZE = 58.0
SHADES = ((255, 206, 120), (236, 142, 56), (150, 62, 20), (62, 20, 6))  # as a spark cools


class Risen:
    """The newest MOST of them; each keeps the shape a guest gave it."""

    def __init__(self, canvas):
        self._canvas = canvas
        self._rising = []  # [sheets from hot to cold, x, y, phase, age]

    def let_go(self, kind, points, place, phase):
        """One sets off from `place`."""
        box = (max(8, round(SIZE * self._canvas.scale)),) * 2
        shape = np.pad(motif(kind, points, box, self._canvas.scale), box[0] // 2)
        glow = raster.blur(shape, 4.5 * self._canvas.scale)
        light_ = np.clip(shape + 0.7 * glow, 0, 1)
        sheets = [raster.tint(light_, shade, self._canvas.scale) for shade in SHADES]
        self._rising = [*self._rising, [sheets, float(place[0]), float(place[1]), phase, 0.0]][-MOST:]

    def clear(self):
        """None is in the air."""
        self._rising = []

    def step(self, time, dt, wind):
        """Warm air takes them, swaying as a leaf does, and they cool."""
        for one in self._rising:
            one[4] += dt
            one[1] += (26 * math.sin(1.1 * time + one[3]) + 60 * wind) * dt
            one[2] -= RISE * min(1.0, 0.25 + one[4]) * dt
        self._rising = [one for one in self._rising if one[4] < LASTS and one[2] > -80]

    def paint(self, canvas):
        """Each in the colour of its age."""
        for sheets, x, y, _, age in self._rising:
            which = min(len(sheets) - 1, int(len(sheets) * (age / LASTS) ** 1.3))
            canvas.stamp(sheets[which], (x, y), blend="add")
