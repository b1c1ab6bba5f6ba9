"""A court in a northern Shanxi village by night: snow, brick, paper windows, couplets, lanterns, three stars.

What stands there is drawn once as a skin, then lit twice: by the cold night and by the fire.
"""

import math
import tomllib

import numpy as np

from engine import Canvas, ink, light, raster
from scenes.kit.courtyard import Builder
from scenes.kit.neighbours import KINDS

SNOW, TRODDEN = (196, 200, 210), (120, 118, 118)
RED, GOLD = (168, 30, 24), (226, 172, 74)
STEPS = 40  # strengths of the fire's light the court is kept apart by


def read_lane(path):
    """What stands in the court; ValueError names file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    if not isinstance(data.get("ground"), int | float):
        raise ValueError(f"{path}: ground: needs a number, found {data.get('ground')!r}")
    for name, count in (("foot", 2), ("moon", 3), ("fire", 3)):
        if len(data.get(name, [])) != count:
            raise ValueError(f"{path}: {name}: needs {count} numbers, found {data.get(name)!r}")
    for table, keys in (("gate", ("x", "left", "right", "top")), ("house", ("x", "left", "right", "top"))):
        for key in keys:
            if key not in data.get(table, {}):
                raise ValueError(f"{path}: {table}: {key} is missing")
    for i, one in enumerate(data.get("neighbour", []), 1):
        if one.get("kind") not in KINDS:
            raise ValueError(f"{path}: neighbour {i}: kind {one.get('kind')!r}; one of {', '.join(KINDS)}")
        for key in ("x", "feet", "tall"):
            if not isinstance(one.get(key), int | float):
                raise ValueError(f"{path}: neighbour {i}: {key}: needs a number, found {one.get(key)!r}")
    return data


class Court:
    """The place. `shown` is the picture of it in the present light."""

    def __init__(self, canvas, data, letters, rng):
        size = canvas.surface.get_size()
        self.data, self.letters, self.rng = data, letters, rng
        self.ground, self.width = data["ground"], canvas.width
        self.foot = (data["foot"][0] * canvas.width, float(data["foot"][1]))
        skin, self._own = Canvas(size), Canvas(size)
        self._build(skin)
        self._snow(skin)
        self.cold, self.warm, self.shown = Canvas(size), Canvas(size), Canvas(size)
        self._light(skin)
        self._scratch = Canvas(size)
        self._key = None
        self.shine(0.0)

    def shine(self, level, warmth=0.5):
        """Light the court with this much fire, 0..1; cheap when little changed."""
        key = int(level * STEPS), int(warmth * 8)
        if key == self._key:
            return
        self._key = key
        red, warm = key[0] * 255 / STEPS, key[1] / 8
        self._scratch.paste(self.warm)
        light.wash(
            self._scratch,
            (round(red), round(red * min(1.0, 0.80 + 0.3 * warm)), round(red * (1 - 0.4 * warm))),
        )
        self.shown.paste(self.cold)
        self.shown.stamp(self._scratch, (0, 0), blend="add", anchor=(0, 0))

    def _build(self, skin):
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
        for picture, colour in ((self._own, (104, 62, 26)),):
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
                self._own.polygon(flower, own)
                for a in np.arange(petal) * 2 * math.pi / petal:
                    hole = np.stack(
                        [
                            gx + 0.56 * r * math.cos(a) + 0.13 * r * np.cos(turn),
                            gy + 0.56 * r * math.sin(a) + 0.13 * r * np.sin(turn),
                        ],
                        1,
                    )
                    skin.polygon(hole, (206, 186, 148))
                    self._own.polygon(hole, (104, 62, 26))

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
        for picture, body, trim in ((skin, (176, 30, 22), GOLD), (self._own, (190, 40, 18), (130, 78, 26))):
            picture.line([(x, y - 60), (x, y)], (40, 28, 20), 2)
            picture.polygon(np.stack([x + 31 * np.cos(turn), y + 26 + 26 * np.sin(turn)], 1), body)
            for k in np.linspace(0.8, 0.3, 6) if picture is self._own else ():
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

    def _snow(self, skin):
        """The ground: snow trodden round the tower, tracks, drifts along the walls."""
        s = skin.scale
        first = int(self.ground * s)
        x, y = light.coordinates(skin)
        x, y = x, y[first:]
        deep = (y - self.ground) / (1080 - self.ground)
        lumps = light.clouds(skin, self.rng, size=210, octaves=4)[first:]
        crisp = light.grain(skin, self.rng, stretch=(2.6, 1.0))[first:]
        fx, fy = self.foot
        near = np.hypot((x - fx) / 430, (y - fy) / 105)
        trodden = np.clip(1.35 - near, 0, 1) * np.clip(0.35 + lumps, 0, 1.1)
        trodden = np.clip(trodden + 0.3 * np.clip(lumps - 0.55, 0, 1), 0, 1)
        white = np.array(SNOW, np.float32) * (0.74 + 0.30 * lumps + 0.035 * crisp)[..., None]
        dark = np.array(TRODDEN, np.float32) * (0.52 + 0.5 * lumps + 0.07 * crisp)[..., None]
        rgb = white * (1 - trodden[..., None]) + dark * trodden[..., None]
        rgb *= (0.84 + 0.2 * np.clip(deep * 4, 0, 1))[..., None]
        skin.px[first:, :, :3] = np.clip(rgb, 0, 255)[..., ::-1].astype(np.uint8)
        self._steps(skin)
        for left, right in ((0, 0.31), (0.72, 1.0)):
            px = np.linspace(left, right, 50) * self.width
            top = self.ground - 9 - 7 * np.sin(px / 71) - 4 * np.sin(px / 27)
            skin.polygon(
                np.concatenate(
                    [
                        np.stack([px, top], 1),
                        [(right * self.width, self.ground + 8), (left * self.width, self.ground + 8)],
                    ]
                ),
                SNOW,
            )

    def _steps(self, skin):
        """Footprints from the doors to the fire."""
        turn = np.linspace(0, 2 * math.pi, 13)
        for start in (self.data["house"]["x"], self.data["gate"]["x"]):
            a, b = (
                np.array([start * self.width, self.ground + 14]),
                np.array(self.foot) + (160 if start > 0.5 else -160, 12),
            )
            for i, t in enumerate(np.linspace(0.04, 0.92, 17)):
                px, py = a + (b - a) * t + (0, 26 * math.sin(3 * t)) + ((-1) ** i * 3, (-1) ** i * 7)
                k = 0.7 + 0.4 * t
                skin.polygon(
                    np.stack([px + 9 * k * np.cos(turn), py + 3.2 * k * np.sin(turn)], 1), (112, 114, 122)
                )

    def _light(self, skin):
        """The night sky, the moonlit court, and the same court lit by the fire alone."""
        x, y = light.coordinates(skin)
        rgb = skin.px[..., 2::-1].astype(np.float32) / 255
        bare = np.clip(1 - raster.blur(skin.px[..., :3].max(-1).astype(np.float32), 0.8) / 9, 0, 1)
        bare[int(self.ground * skin.scale) :] = 0
        moon = np.array(self.data["moon"], np.float32)
        fall = np.clip(1.12 - 0.30 * np.abs(x / self.width - 0.5) - 0.12 * (y > self.ground), 0.4, 1.2)
        cold = rgb * moon * fall[..., None]
        sky = np.array([9, 13, 25], np.float32) + np.clip(y / 800, 0, 1)[..., None] * np.array(
            [13, 14, 16], np.float32
        )
        cold = cold * (1 - bare[..., None]) + sky * bare[..., None]
        own = self._own.px[..., 2::-1].astype(np.float32)
        small = (max(8, own.shape[1] // 8), max(8, own.shape[0] // 8))
        soft = raster.resize(own, small)
        soft = raster.blur(soft, 3.2 * skin.scale) * 0.8 + raster.blur(soft, 11 * skin.scale) * 0.7
        glow = raster.resize(soft, own.shape[1::-1])
        cold = np.where(own.max(-1, keepdims=True) > 8, np.maximum(own, cold), cold)
        cold += glow * (0.16 + 1.6 * rgb) * (1 - 0.6 * bare[..., None])
        cold += self.rng.random((*bare.shape, 1), dtype=np.float32)
        self.cold.px[..., :3] = np.clip(cold, 0, 255)[..., ::-1].astype(np.uint8)
        self._stars(self.cold)
        self.warm.px[..., :3] = np.clip(self._firelight(rgb, bare, x, y), 0, 255)[..., ::-1].astype(np.uint8)

    def _firelight(self, rgb, bare, x, y):
        fx, fy = self.foot
        fire = np.array(self.data["fire"], np.float32)
        h, w = bare.shape
        rough = Canvas((max(8, w // 4), max(8, h // 4)))  # light falls off so softly that a quarter serves
        u, v = light.coordinates(rough)
        wall = 1 / (1 + ((u - fx) / 560) ** 2 + ((v - 560) / 520) ** 2) ** 1.15
        flat = 1 / (1 + ((u - fx) / 470) ** 2 + ((v - fy) / 130) ** 2) ** 1.2
        rho2 = ((u - fx) / 360) ** 2 + ((v - 520) / 430) ** 2
        air = 0.22 / (1 + rho2) ** 1.5 + 0.20 * np.exp(-1.6 * rho2)
        wall, flat, air = (raster.resize(part, (w, h)) for part in (wall, flat, air))
        on_ground = (y > self.ground).astype(np.float32)
        fall = wall * (1 - on_ground) * (0.92 - 0.26 * (y < 420)) + flat * on_ground * 1.5
        fall *= 1 - 0.6 * self._shadows(bare.shape) * on_ground
        lit = rgb * fire * (1.55 * fall * (1 - bare))[..., None]
        grit = self.rng.random((*bare.shape, 1), dtype=np.float32) - 0.5
        return (
            lit
            + (air * (0.75 + 0.25 * bare))[..., None] * fire * np.array([0.95, 0.72, 0.62], np.float32)
            + grit
        )

    def _shadows(self, shape):
        """0..1: long shadows of the people on the snow, away from the fire, softer as they go."""
        sheet, foot = Canvas(shape[::-1]), np.array(self.foot)
        total = np.zeros(shape, np.float32)
        for one in self.data.get("neighbour", []):
            feet = np.array([one["x"] * self.width, float(one["feet"])])
            away = (feet - foot) * (1.0, 3.2)
            away = away / max(1.0, float(np.hypot(*away))) * (1.0, 0.42)
            across = np.array([-away[1] * 2.2, away[0]]) * 0.11 * one["tall"] * (0.5, 0.34)
            end = feet + away * 1.5 * one["tall"]
            sheet.fill((0, 0, 0))
            sheet.polygon(
                [feet - across, feet + across, end + 1.9 * across, end - 1.9 * across], (255, 255, 255)
            )
            np.maximum(total, sheet.px[..., 0].astype(np.float32) / 255, out=total)
        return raster.blur(total, (7 * sheet.scale, 3.5 * sheet.scale))

    def _stars(self, sky):
        stars = self.data.get("stars", {})
        for i in range(3):
            place = (
                stars.get("x", 0.7) * self.width + i * stars.get("step", [34, -15])[0],
                stars.get("y", 120) + i * stars.get("step", [34, -15])[1],
            )
            dot = sky.sheet(30, 30)
            x, y = light.coordinates(dot)
            r2 = (x - 15) ** 2 + (y - 15) ** 2
            light.paint(dot, np.clip(np.exp(-r2 / 3.4) + 0.16 * np.exp(-r2 / 26), 0, 1), (226, 234, 255))
            sky.stamp(dot, place, blend="add")
        w = self.width
        for px, py in self.rng.uniform((0, 0), (w, 330), (46, 2)):
            level = self.rng.uniform(40, 110)
            if (
                sky.px[
                    min(sky.px.shape[0] - 1, int(py * sky.scale)),
                    min(sky.px.shape[1] - 1, int(px * sky.scale)),
                ].max()
                > 0
            ):
                at = int(py * sky.scale), int(px * sky.scale)
                if sky.px[at][:3].max() < 60:
                    sky.px[at][:3] = ink.mix((10, 12, 20), (220, 226, 255), level / 255)[::-1]
