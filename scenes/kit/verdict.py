"""The sentence that made a game a state, set large: one huge character, columns that are written down."""

import math

import numpy as np

from engine import Canvas, ink, light, raster

KING = "天子无戏言"
DEEDS = ("言则史书之", "礼成之", "乐歌之")
ENGLISH = ("A king's word", "is never", "play.")
CLICKS = (1.3, 1.85)  # seconds: 无戏 · 言
WRITTEN = (4.2, 7.0, 9.4)  # when each deed begins
PACE = 0.26  # seconds a character
HUGE = (38, 45, 40)


class Verdict:
    """What is written at a given second of the act."""

    def __init__(self, canvas, letters, rng):
        self.letters, self.width = letters, canvas.width
        drawn = letters.line(canvas, "言", 900, (255, 255, 255))
        sheet = Canvas(drawn.get_size(), scale=canvas.scale, clear=True)
        sheet.stamp(drawn, (0, 0), anchor=(0, 0))
        cover = sheet.px[..., 3].astype(np.float32) / 255
        worn = light.clouds(sheet, rng, size=40.0, octaves=3)
        self.huge = raster.tint(cover * np.clip(0.55 + 0.9 * worn, 0, 1), HUGE, canvas.scale)
        self.faint = raster.tint(cover * np.clip(0.55 + 0.9 * worn, 0, 1) * 0.5, HUGE, canvas.scale)

    def king(self, age):
        """How many characters of the king's sentence stand."""
        if age < 0.35:
            return 0
        return 2 if age < CLICKS[0] else 4 if age < CLICKS[1] else 5

    def paint(self, canvas, age):
        shown = self.king(age)
        if shown == 5:
            grown = age - CLICKS[1]
            canvas.stamp(self.huge if grown > 0.06 else self.faint, (0.165 * self.width, 400))
        self._column(canvas, KING[:shown], (0.80, 74), 118, ink.APRICOT)
        if not self.letters.chinese:
            self._plainly(canvas, shown)
            return
        for n, (deed, begin) in enumerate(zip(DEEDS, WRITTEN, strict=True)):
            count = max(0, math.ceil((age - begin) / PACE))
            self._column(canvas, deed[:count], (0.69 - 0.075 * n, 118), 84, ink.LOESS)

    def _plainly(self, canvas, shown):
        """Where there is no Chinese type: the king's sentence in English, in the same rhythm."""
        for row, words in enumerate(ENGLISH[: max(0, shown - 2)]):
            made = self.letters.line(canvas, words, 104, ink.APRICOT)
            canvas.stamp(made, (0.68 * self.width, 250 + 130 * row))

    def _column(self, canvas, text, place, size, colour):
        if text:
            made = self.letters.column(canvas, text, size, colour)
            canvas.stamp(made, (place[0] * self.width, place[1]), anchor=(0.5, 0.0))
