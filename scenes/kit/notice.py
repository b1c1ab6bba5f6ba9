"""The theatre's notice: a sheet of lamp-lit hemp paper with the evening's title and the codes to join by."""

import numpy as np

from engine import ink, joincode, light
from scenes.kit import calligraphy
from scenes.kit.numerals import chinese

TOP, HEIGHT = 58.0, 812.0
WIDE, NARROW = 640.0, 300.0
PAPER = (0xF3, 0xE9, 0xD2)
EASY = ("不用下载，不用登录", "Nothing to install, nobody to sign in")
QUIETER = ink.mix(ink.INK, ink.HEMP, 0.30)


class Notice:
    """Where it hangs, what is printed on it once, and the number that changes.

    code_boxes  (left, top, width) of each code in design units, its quiet border included
    room        the room's code, four letters, when the address carries one
    """

    def __init__(self, canvas, letters, *, title, characters, address="", wifi=("", "")):
        """`characters` are those the show can write with its own brush (`calligraphy.read_strokes`)."""
        self.letters, self.title, self.characters = letters, title, characters
        self.texts = []
        shown, _, self.room = address.partition("?r=")
        if address:
            if wifi[0]:
                said = f"{wifi[0]}   {wifi[1]}".strip()
                self.texts.append((joincode.wifi_text(*wifi), ("一  连上无线", "Join the Wi-Fi"), said))
            number = "二  " if wifi[0] else ""
            self.texts.append(
                (joincode.address_text(address), (f"{number}扫码入座", "Scan to take your seat"), shown)
            )
        self.width = WIDE if self.texts else NARROW
        self.left = min(0.635 * canvas.width, canvas.width - self.width - 60)
        if not self.texts:
            self.left = 0.74 * canvas.width
        self.middle = (self.left + self.width / 2, TOP + HEIGHT / 2)
        self.code_boxes = []

    @property
    def column(self):
        """Middle of the title's column."""
        return self.left + self.width - (118 if self.texts else self.width / 2)

    def print_on(self, canvas, rng):
        """Paper, rods, cord, border, title, codes: all that does not change."""
        self._hang(canvas)
        self._paper(canvas, rng)
        self._title(canvas, rng)
        for place, (text, label, said) in enumerate(self.texts):
            self._code(canvas, place, text, label, said)

    def _hang(self, canvas):
        x, y = self.middle[0], TOP
        for side in (-1, 1):
            canvas.line([(x + side * 0.42 * self.width, y), (x + side * 6, -60)], (58, 46, 30), 3)
        for y in (TOP, TOP + HEIGHT):
            left, right = self.left - 16, self.left + self.width + 16
            for inset, tone in ((0, (52, 30, 18)), (3, (96, 58, 34)), (6, (140, 92, 56))):
                canvas.polygon(
                    [
                        (left + inset, y - 9 + inset),
                        (right - inset, y - 9 + inset),
                        (right - inset, y - 5 + inset),
                    ]
                    + [(left + inset, y - 5 + inset)],
                    tone,
                )
            canvas.polygon([(left, y - 2), (right, y - 2), (right, y + 9), (left, y + 9)], (46, 26, 16))

    def _paper(self, canvas, rng):
        sheet = canvas.sheet(self.width, HEIGHT)
        glow = light.lamp(sheet, (self.width / 2, HEIGHT * 0.46), 0.9 * HEIGHT, falloff=0.42)
        fibre = light.grain(sheet, rng, stretch=(9.0, 0.8)) + light.grain(sheet, rng, stretch=(0.8, 7.0))
        light.paint(sheet, (glow * (1 + 0.012 * fibre))[..., None] * np.array((1.0, 0.965, 0.89)), PAPER)
        x1, y1 = self.width - 17, HEIGHT - 25
        sheet.line([(17, 25), (x1, 25), (x1, y1), (17, y1)], QUIETER, 3, closed=True)
        sheet.line([(24, 32), (x1 - 7, 32), (x1 - 7, y1 - 7), (24, y1 - 7)], QUIETER, 1.2, closed=True)
        if self.texts:
            rule = self.width - 212
            sheet.line([(rule, 32), (rule, HEIGHT - 32)], QUIETER, 1.2)
        canvas.stamp(sheet, (self.left, TOP), anchor=(0, 0))

    def _title(self, canvas, rng):
        zh, en = self.title
        tall = 366.0 if self.room else 432.0 if self.texts else 540.0  # the seal wants its room below
        size = tall / max(4, len(zh))
        own = calligraphy.column(canvas, zh, self.characters, size, ink.INK, rng)
        column = own or self.letters.column(canvas, zh, size, ink.INK)
        canvas.stamp(column, (self.column, TOP + 44), anchor=(0.5, 0.0))
        first, _, second = en.partition(", ")
        for row, words in enumerate(w for w in (f"{first}," if second else first, second) if w):
            line = self.letters.line(canvas, words, 30, ink.INK)
            canvas.stamp(
                line, (self.column, TOP + HEIGHT - (192 if self.texts else 92) + 33 * row), anchor=(0.5, 0.5)
            )
        (self._letters if self.room else self._seal)(canvas)

    def _letters(self, canvas):
        """The room's code in the seal's place, for those who type the address."""
        x, y = self.column, TOP + HEIGHT - 266
        canvas.polygon([(x - 70, y - 25), (x + 70, y - 25), (x + 70, y + 25), (x - 70, y + 25)], ink.CINNABAR)
        for place, letter in enumerate(self.room):
            canvas.stamp(self.letters.line(canvas, letter, 39, ink.HEMP), (x + 31 * (place - 1.5), y))
        canvas.stamp(self.letters.line(canvas, "进场码 room code", 19, ink.INK), (x, y + 41))

    def _seal(self, canvas):
        x, y, r = self.column, TOP + HEIGHT - (246 if self.texts else 148), 20
        canvas.polygon([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)], ink.CINNABAR)
        canvas.stamp(self.letters.line(canvas, "晋", 29, ink.HEMP), (x, y))

    def _code(self, canvas, place, text, label, said):
        few = len(self.texts) == 1
        width = 408.0 if few else 340.0
        sheet = joincode.code(canvas, text, width, light=ink.WHITE)
        real = sheet.px.shape[0] / canvas.scale
        x = self.left + (self.width - 212) / 2 + 10
        y = TOP + (96 if few else 15 + 374 * place)
        canvas.stamp(sheet, (x, y), blend="multiply", anchor=(0.5, 0.0))
        self.code_boxes.append((x - real / 2, y, real))
        below = y + real + (16 if few else 8)
        zh, en = (
            self.letters.line(canvas, w, s, ink.INK)
            for w, s in zip(label, (30, 22) if few else (27, 20), strict=True)
        )
        k = canvas.scale
        wide = (zh.get_width() + en.get_width()) / k + 14
        canvas.stamp(zh, (x - wide / 2, below), anchor=(0, 0.5))
        canvas.stamp(en, (x + wide / 2, below + 2), anchor=(1, 0.5))
        line = self.letters.line(canvas, said, min(23.0, 660 / max(1, len(said))), QUIETER)
        canvas.stamp(line, (x, below + (40 if few else 26)), anchor=(0.5, 0.5))
        if few:
            for row, words in enumerate(EASY):
                made = self.letters.line(canvas, words, 26 - 4 * row, ink.INK)
                canvas.stamp(made, (x, TOP + HEIGHT - 120 + 36 * row), anchor=(0.5, 0.5))

    def count(self, canvas, joined):
        """How many are here, on the sheet's lower right."""
        if not self.texts or not joined:
            return
        x, y = self.column, TOP + 705
        size = 66.0 if joined < 1000 else 62.0
        canvas.stamp(self.letters.line(canvas, str(joined), size, ink.CINNABAR), (x, y))
        canvas.stamp(self.letters.line(canvas, f"座中{chinese(joined)}人", 24, ink.INK), (x, y + 43))
        canvas.stamp(
            self.letters.line(canvas, "guests here" if joined > 1 else "guest here", 18, ink.INK), (x, y + 66)
        )
