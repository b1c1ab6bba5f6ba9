"""The sentence that made a game a state, set large: one huge character, columns that are written down."""

import math

import numpy as np

from engine import ink, raster
from scenes.kit import calligraphy

KING = "天子无戏言"
DEEDS = ("言则史书之", "礼成之", "乐歌之")
ENGLISH = ("A king's word", "is never", "play.")
CLICKS = (1.3, 1.85)  # seconds: 无戏 · 言
WRITTEN = (4.2, 7.0, 9.4)  # when each deed begins
PACE = 0.26  # seconds a character
HUGE = (74, 82, 66)
HIGH = 880.0  # of the one character, design units
STEPS, STRUCK = 10, 0.42  # pictures of it being written, and in how many seconds


class Verdict:
    """What is written at a given second of the act."""

    def __init__(self, canvas, letters, character, rng):
        self.letters, self.width = letters, canvas.width
        px = round(HIGH * canvas.scale)
        glyph = calligraphy.bake(character, px, calligraphy.fibres(max(64, px // 2), rng), rng)
        full = glyph.ink.shape[0]
        ink_on = glyph.ink.astype(np.float32) / 255
        ink_on *= np.linspace(1.25, 0.62, full, dtype=np.float32)[:, None]  # the light is above
        self.huge = [
            raster.tint(ink_on * np.clip((now - glyph.when) * 2, 0, 1), HUGE, canvas.scale)
            for now in np.linspace(0, glyph.strokes + 0.5, STEPS + 1)[1:]
        ]

    def king(self, age):
        """How many characters of the king's sentence stand."""
        if age < 0.35:
            return 0
        return 2 if age < CLICKS[0] else 4 if age < CLICKS[1] else 5

    def paint(self, canvas, age):
        shown = self.king(age)
        if shown == 5:
            step = min(STEPS - 1, int((age - CLICKS[1]) / STRUCK * STEPS))
            canvas.stamp(self.huge[step], (0.155 * self.width, 392))
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
