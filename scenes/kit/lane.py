"""A court in a northern Shanxi village by night: snow, brick, paper windows, couplets, lanterns, three stars.

What stands there is drawn once as a skin, then lit twice: by the cold night and by the fire.
"""

import math
import tomllib

import numpy as np

from engine import Canvas, ink, light, raster
from scenes.kit.neighbours import KINDS
from scenes.kit.village import SNOW, Village

TRODDEN = (120, 118, 118)
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
        self.data, self.rng = data, rng
        self.ground, self.width = data["ground"], canvas.width
        self.foot = (data["foot"][0] * canvas.width, float(data["foot"][1]))
        skin, self._own = Canvas(size), Canvas(size)
        Village(data, letters, self._own, self.width, rng).build(skin)
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
        """The night sky, the moonlit court, and the same court lit by the fire alone.

        Each light is a picture the skin is multiplied by; they fall off so softly that a quarter serves.
        """
        bare = np.clip(1 - raster.blur(skin.px[..., :3].max(-1).astype(np.float32), 0.8) / 9, 0, 1)
        bare[int(self.ground * skin.scale) :] = 0
        rough = Canvas((max(8, skin.px.shape[1] // 4), max(8, skin.px.shape[0] // 4)))
        x, y = light.coordinates(rough)
        fall = np.clip(1.12 - 0.30 * np.abs(x / self.width - 0.5) - 0.12 * (y > self.ground), 0.4, 1.2)
        self._lit(self.cold, skin, fall[..., None] * np.array(self.data["moon"], np.float32))
        _, y = light.coordinates(skin)
        sky = np.array([9, 13, 25], np.float32) + np.clip(y / 800, 0, 1)[..., None] * np.array([13, 14, 16])
        night = (
            self.rng.random((*bare.shape, 1), dtype=np.float32) + sky
        )  # grit, or so dark a sky shows bands
        above = Canvas(self.cold.surface.get_size(), scale=skin.scale, clear=True)
        above.px[..., :3] = (night * bare[..., None])[..., ::-1]
        above.px[..., 3] = 255 * bare
        self.cold.stamp(above, (0, 0), anchor=(0, 0))
        self.cold.stamp(self._own, (0, 0), blend="lighten", anchor=(0, 0))
        small = raster.resize(self._own.px[..., 2::-1], rough.px.shape[1::-1]).astype(np.float32)
        glow = raster.blur(small, 6.4 * skin.scale) * 0.8 + raster.blur(small, 22 * skin.scale) * 0.7
        for share, over in ((1.6, skin), (0.12, None)):
            self._lit(above, over, share * glow)
            self.cold.stamp(above, (0, 0), blend="add", anchor=(0, 0))
        self._stars(self.cold)
        self._firelight(skin, rough, bare, above)

    def _firelight(self, skin, rough, bare, spare):
        """What the fire alone lights: walls, ground with its long shadows, and the air about it."""
        fx, fy = self.foot
        fire = np.array(self.data["fire"], np.float32)
        u, v = light.coordinates(rough)
        wall = 1 / (1 + ((u - fx) / 560) ** 2 + ((v - 560) / 520) ** 2) ** 1.15
        flat = 1 / (1 + ((u - fx) / 470) ** 2 + ((v - fy) / 130) ** 2) ** 1.2
        on_ground = (v > self.ground).astype(np.float32)
        fall = wall * (1 - on_ground) * (0.92 - 0.26 * (v < 420)) + flat * on_ground * 1.5
        fall *= 1 - 0.6 * self._shadows(rough.px.shape[:2]) * on_ground
        self._lit(self.warm, skin, 0.775 * fall[..., None] * fire)
        self.warm.stamp(self.warm, (0, 0), blend="add", anchor=(0, 0))  # brighter than a byte holds
        rho2 = ((u - fx) / 360) ** 2 + ((v - 520) / 430) ** 2
        air = 0.26 / (1 + rho2) ** 1.3 + 0.46 * np.exp(-1.7 * rho2)
        air = np.asarray(raster.resize(air, bare.shape[::-1]), np.float32) * (0.75 + 0.25 * bare)
        grit = self.rng.random(bare.shape, dtype=np.float32)
        for channel, part in enumerate((fire * (0.95, 0.72, 0.62))[::-1]):
            spare.px[..., channel] = np.minimum(air * part + grit, 255)
        self.warm.stamp(spare, (0, 0), blend="add", anchor=(0, 0))

    def _lit(self, out, skin, colours):
        """`out` becomes a light (h, w, 3), 0..255 RGB at any size, thrown on the skin (None: on white)."""
        small = Canvas(colours.shape[1::-1], scale=1.0)
        small.px[..., :3] = np.clip(colours, 0, 255)[..., ::-1]
        raster.fit(small.px, out.px)
        if skin is not None:
            out.stamp(skin, (0, 0), blend="multiply", anchor=(0, 0))

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
