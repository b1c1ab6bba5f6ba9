"""Wishes on slips of red paper that the warm air takes up past the fire."""

import math
import tomllib

import numpy as np

from engine import raster

RED, GOLD = (190, 30, 24), (255, 206, 110)
MOST, LONGEST = 9, 12
RISE = 62.0  # design units a second


def read_wishes(path):
    """{id: (zh, en)} of the preset wishes; ValueError names file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    found = {}
    for i, wish in enumerate(data.get("wish", []), 1):
        words = wish.get("words", [])
        if not wish.get("id") or len(words) != 2 or not all(isinstance(w, str) and w for w in words):
            raise ValueError(
                f"{path}: wish {i}: needs an id and words in Chinese and English, found {wish!r}"
            )
        found[wish["id"]] = tuple(words)
    if not found:
        raise ValueError(f"{path}: wish: there is none")
    return found


class Wishes:
    """The newest MOST slips; each turns a little as it climbs."""

    def __init__(self, canvas, letters, foot, height):
        self._canvas, self._letters = canvas, letters
        self._foot, self._height = foot, height
        self.slips = []  # [sheets turned each way, x, y, phase, age]

    def send(self, text, x, rng):
        """A slip with `text` starts beside the fire, on the side of the guest's seat."""
        side = -1 if x < 0.5 else 1
        place = [self._foot[0] + side * (250 + 190 * rng.random()), self._foot[1] - 330 - 90 * rng.random()]
        self.slips = [*self.slips, [self._turned(text[:LONGEST]), *place, rng.uniform(0, 6.3), 0.0]][-MOST:]

    def _turned(self, text):
        size = 27.0
        words = self._letters.column(self._canvas, text, size, GOLD)
        long = max(70.0, words.get_height() / self._canvas.scale + 14)
        sheet = self._canvas.sheet(size * 1.55 + 8, long + 8)
        w, h = sheet.width, sheet.height
        sheet.polygon([(4, 4), (w - 4, 4), (w - 4, h - 4), (4, h - 4)], RED)
        sheet.line([(8, 8), (w - 8, 8), (w - 8, h - 8), (8, h - 8)], (236, 150, 60), 1.6, closed=True)
        sheet.stamp(words, (w / 2, 10), anchor=(0.5, 0))
        return [raster.turned(sheet, a) for a in np.linspace(-0.14, 0.14, 7)]

    def step(self, time, dt, wind):
        for slip in self.slips:
            slip[4] += dt
            slip[1] += (16 * math.sin(0.9 * time + slip[3]) + 46 * wind) * dt
            slip[2] -= RISE * dt * min(1.0, 0.4 + slip[4])
        self.slips = [s for s in self.slips if s[2] > -160]

    def paint(self, canvas):
        """Each as it hangs now."""
        for sheets, x, y, phase, age in self.slips:
            which = round(3 + 2.9 * math.sin(1.3 * age + phase))
            canvas.stamp(sheets[which], (x, y))
