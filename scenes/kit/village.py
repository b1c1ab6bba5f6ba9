"""What stands round the fire: a brick house with paper windows, a gatehouse, couplets, lanterns, a tree."""

import math

import numpy as np

from scenes.kit.courtyard import Builder

SNOW = (196, 200, 210)
RED, GOLD = (168, 30, 24), (226, 172, 74)


class Village:
    """Draws onto a skin (what surfaces send back) and, onto `own`, what shines by itself."""

    def __init__(self, data, letters, own, width, rng):
        self.data, self.letters, self.own, self.rng = data, letters, own, rng
        self.ground, self.width = data["ground"], width

    def build(self, skin):
        near, far = Builder(skin, 0.12, self.rng), Builder(skin, 0.5, self.rng)
        w = self.width
        self._wall(skin, far, 0.28 * w, 0.72 * w)
        far.roof(0.405 * w, 560, 330, 74, beasts=False)
        far.bricks(0.405 * w - 130, 560, 0.405 * w + 130, 640)
        self._cap(skin, 0.405 * w, 560, 330, 74)
        self._house(skin, near, self.data["house"]["x"] * w)
        self._gate(skin, near, self.data["gate"]["x"] * w)
        for lantern in self.data.get("lantern", []):
            self._lantern(skin, lantern["x"] * w, lantern["y"])

    def _wall(self, skin, builder, left, right):
        """The yard's wall under its cap of snow, and a bare tree behind."""
        self._tree(skin, 0.615 * self.width, self.ground, 420)
        builder.bricks(left, 636, right, self.ground, 12)
        builder.box(left, 622, right, 638, (70, 70, 74))
        x = np.linspace(left, right, 80)
        top = 612 - 5 * np.sin(x / 57) - 4 * np.sin(x / 23)
        skin.polygon(np.concatenate([np.stack([x, top], 1), [(right, 626), (left, 626)]]), SNOW)

    def _tree(self, skin, x, y, tall):
        stems = [(x, y, -math.pi / 2 + 0.04, tall * 0.40, 13.0)]
        while stems:
            bx, by, turn, long, wide = stems.pop()
            path = [(bx, by)]
            for _ in range(5):
                turn += self.rng.normal(0, 0.09)
                path.append(
                    (path[-1][0] + long / 5 * math.cos(turn), path[-1][1] + long / 5 * math.sin(turn))
                )
            skin.line(path, (46, 40, 38), wide)
            if wide > 2.4:
                skin.line(
                    [(px - wide * 0.2, py - wide * 0.35) for px, py in path], (104, 106, 112), wide * 0.25
                )
            if long > 20:
                for spread in (-0.44, 0.38):
                    stems.append(
                        (
                            *path[-1],
                            turn + spread + self.rng.normal(0, 0.14),
                            long * self.rng.uniform(0.6, 0.8),
                            wide * 0.6,
                        )
                    )

    def _cap(self, skin, x, eave, width, height, lift=None):
        """Snow on a roof: it lies on the slope and leaves the tile ends and the ridge bare."""
        lift = width * 0.045 + 6 if lift is None else lift
        half, top = width / 2, width * (0.5 - 0.13)
        u = np.linspace(-1, 1, 90)
        ragged = 3.2 * np.sin(u * 61) + 2.2 * np.sin(u * 143 + 1)
        low = np.stack([x + 0.985 * half * u, eave - 9 + 0.5 * ragged - lift * np.abs(u) ** 5], 1)
        high = np.stack(
            [x + (top + 0.10 * (half - top)) * u[::-1], np.full(90, eave - height + 4) - 0.03 * height], 1
        )
        skin.polygon(np.concatenate([low, high]), SNOW)
        for k in np.linspace(-0.97, 0.97, max(9, int(half / 6))):
            path = [
                (
                    x + k * (0.985 * half * s + top * (1 - s)),
                    eave - 9 - lift * abs(k) ** 5 * s - (height - 8) * (1 - s) ** 1.3,
                )
                for s in (1, 0.72, 0.45)
            ]
            skin.line(path, (150, 154, 166), 1.6)

    def _house(self, skin, builder, x):
        """The main room: a wide window of white paper with red paper-cuts, a door, couplets."""
        half, eave = 330, 418
        builder.bricks(x - half, eave, x + half, self.ground)
        builder.box(x - half, self.ground - 60, x + half, self.ground, (88, 82, 78))
        for side in (-1, 1):
            self._window(skin, builder, x + side * 205, 520, 176, 190)
        self._door(skin, builder, x, 470, 108)
        builder.brackets(x, eave, 2 * half + 40, 16)
        builder.roof(x, eave, 2 * half + 110, 128)
        self._cap(skin, x, eave, 2 * half + 110, 128)
        self._couplets(skin, self.data["house"], x, 80, 486, 30)

    def _window(self, skin, builder, x, top, width, height):
        """Paper panes lit from within, a wooden lattice, a paper-cut in the middle."""
        left, right, bottom = x - width / 2, x + width / 2, top + height
        builder.box(left - 9, top - 9, right + 9, bottom + 9, (58, 36, 26))
        builder.box(left, top, right, bottom, (206, 186, 148))
        for picture, colour in ((self.own, (104, 62, 26)),):
            picture.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)
            for px in np.linspace(left, right, 9):
                picture.line([(px, top), (px, bottom)], (18, 10, 6), 4)
            for py in np.linspace(top, bottom, 9):
                picture.line([(left, py), (right, py)], (18, 10, 6), 4)
        for px in np.linspace(left, right, 9):
            builder.line([(px, top), (px, bottom)], (58, 36, 26), 4)
        for py in np.linspace(top, bottom, 9):
            builder.line([(left, py), (right, py)], (58, 36, 26), 4)
        turn = np.linspace(0, 2 * math.pi, 73)
        for gx, gy, r in (
            (x, top + height / 2, 40),
            (x - width * 0.37, top + height * 0.14, 13),
            (x + width * 0.37, top + height * 0.14, 13),
        ):
            for petal, colour, own in ((8, RED, (92, 12, 6)),):
                wave = r * (0.82 + 0.18 * np.cos(petal * turn))
                flower = np.stack([gx + wave * np.cos(turn), gy + wave * np.sin(turn)], 1)
                skin.polygon(flower, colour)
                self.own.polygon(flower, own)
                for a in np.arange(petal) * 2 * math.pi / petal:
                    hole = np.stack(
                        [
                            gx + 0.56 * r * math.cos(a) + 0.13 * r * np.cos(turn),
                            gy + 0.56 * r * math.sin(a) + 0.13 * r * np.sin(turn),
                        ],
                        1,
                    )
                    skin.polygon(hole, (206, 186, 148))
                    self.own.polygon(hole, (104, 62, 26))

    def _door(self, skin, builder, x, top, width):
        left, right = x - width / 2, x + width / 2
        builder.box(left - 8, top - 8, right + 8, self.ground, (50, 30, 22))
        for a, b in ((left, x - 2), (x + 2, right)):
            builder.box(a, top, b, self.ground - 6, (92, 26, 20))
            builder.box(a + 7, top + 150, b - 7, self.ground - 22, (74, 20, 16))
            for py in np.arange(top + 8, top + 140, 13):
                builder.line([(a + 6, py), (b - 6, py)], (40, 20, 14), 3)
            fu = [
                ((a + b) / 2, top + 196),
                ((a + b) / 2 + 21, top + 217),
                ((a + b) / 2, top + 238),
                ((a + b) / 2 - 21, top + 217),
            ]
            skin.polygon(fu, (188, 34, 26))
            self._text(skin, "福", ((a + b) / 2, top + 217), 25, GOLD)

    def _gate(self, skin, builder, x):
        """The gatehouse: stone step, two leaves with brass rings, brick piers, a roof of its own."""
        half, eave = 190, 392
        builder.bricks(x - half, eave, x + half, self.ground)
        builder.bricks(x - half - 340, 610, x - half, self.ground, 12)
        builder.bricks(x + half, 610, x + half + 340, self.ground, 12)
        for a, b in ((x - half - 150, x - half), (x + half, x + half + 340)):
            top = np.stack([np.linspace(a, b, 40), 596 - 4 * np.sin(np.linspace(0, 19, 40))], 1)
            skin.polygon(np.concatenate([top, [(b, 612), (a, 612)]]), SNOW)
        builder.box(x - 104, 466, x + 104, self.ground, (44, 26, 20))
        for a, b in ((x - 88, x - 2), (x + 2, x + 88)):
            builder.box(a, 500, b, self.ground - 12, (26, 22, 22))
            for row in range(5):
                for column in range(3):
                    skin.disc((a + 18 + column * 25, 530 + row * 52), 3.4, (150, 116, 60))
            skin.ring(((a + b) / 2 + (30 if a < x else -30), 655), 9, (176, 138, 70), 3.4)
        builder.box(x - 120, self.ground - 14, x + 120, self.ground + 10, (112, 108, 104))
        builder.brackets(x, eave, 2 * half + 10, 18)
        builder.roof(x, eave, 2 * half + 150, 122)
        self._cap(skin, x, eave, 2 * half + 150, 122)
        self._couplets(skin, self.data["gate"], x, 134, 498, 34)

    def _couplets(self, skin, words, x, off, top, size):
        """Red paper, gold characters: the first line on the right as one faces the door."""
        for side, key in ((1, "right"), (-1, "left")):
            text = words[key]
            long = size * 1.16 * len(text) + size * 0.6
            cx = x + side * off
            skin.polygon(
                [
                    (cx - size * 0.66, top),
                    (cx + size * 0.66, top),
                    (cx + size * 0.66, top + long),
                    (cx - size * 0.66, top + long),
                ],
                RED,
            )
            skin.line([(cx - size * 0.56, top + 4), (cx - size * 0.56, top + long - 4)], (120, 18, 16), 1.4)
            skin.line([(cx + size * 0.56, top + 4), (cx + size * 0.56, top + long - 4)], (120, 18, 16), 1.4)
            skin.stamp(self.letters.column(skin, text, size, GOLD), (cx, top + size * 0.3), anchor=(0.5, 0))
        text = words["top"]
        wide, y = size * 1.2 * len(text), top - size * 1.5
        skin.polygon(
            [
                (x - wide / 2 - 8, y),
                (x + wide / 2 + 8, y),
                (x + wide / 2 + 8, y + size * 1.3),
                (x - wide / 2 - 8, y + size * 1.3),
            ],
            RED,
        )
        for i, letter in enumerate(reversed(text)):  # read from the right
            self._text(
                skin, letter, (x + (i - (len(text) - 1) / 2) * size * 1.2, y + size * 0.65), size, GOLD
            )

    def _text(self, skin, text, place, size, colour):
        skin.stamp(self.letters.line(skin, text, size, colour), place)

    def _lantern(self, skin, x, y):
        """A red silk lantern that is lit."""
        turn = np.linspace(0, 2 * math.pi, 41)
        for picture, body, trim in ((skin, (176, 30, 22), GOLD), (self.own, (190, 40, 18), (130, 78, 26))):
            picture.line([(x, y - 60), (x, y)], (40, 28, 20), 2)
            picture.polygon(np.stack([x + 31 * np.cos(turn), y + 26 + 26 * np.sin(turn)], 1), body)
            for k in np.linspace(0.8, 0.3, 6) if picture is self.own else ():
                share = (0.8 - k) / 0.5
                hot = (round(190 + 62 * share), round(40 + 74 * share), round(18 + 30 * share))
                picture.polygon(np.stack([x + 31 * k * np.cos(turn), y + 28 + 26 * k * np.sin(turn)], 1), hot)
            for rib in (-0.75, -0.4, 0.0, 0.4, 0.75):
                arc = np.linspace(-1.4, 1.4, 13)
                picture.line(
                    np.stack([x + 31 * rib * np.cos(arc), y + 26 + 26 * np.sin(arc)], 1), (130, 22, 14), 1.6
                )
            picture.polygon([(x - 14, y - 4), (x + 14, y - 4), (x + 14, y + 3), (x - 14, y + 3)], trim)
            picture.polygon([(x - 14, y + 49), (x + 14, y + 49), (x + 14, y + 56), (x - 14, y + 56)], trim)
            for k in (-8, -3, 3, 8):
                picture.line([(x + k * 0.6, y + 56), (x + k, y + 92)], (140, 30, 20), 2.2)
