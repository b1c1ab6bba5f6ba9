"""Tung leaves over the stage: those that sway, those that are only shade, and the guests' small lights."""

import math

import numpy as np

from engine import Canvas, light, raster
from scenes.kit import tung

POSES = 17  # pictures of each swaying leaf
SWING = 0.085  # radians to each side in the strongest wind
BIG = 190.0  # design units a leaf is painted at before it is made its own size
MOST = 720  # lights


class Spray:
    """Leaves that hang from boughs and sway, each a row of pictures turned about its stalk.

    places  (n, 2) the stalks' ends, design units
    """

    def __init__(self, canvas, points, places, turns, lengths, tones, lit, rng):
        self.places = np.asarray(places, float)
        self.phase = rng.uniform(0, 2 * math.pi, len(places))
        self.pace = rng.uniform(0.75, 1.25, len(places)) * (170 / np.asarray(lengths)) ** 0.5
        self.poses, self.offsets = [], []
        drawn = {
            t: tung.paint(canvas, tung.grow(points, rng, 0.09), BIG, t, rng, stalk=0.34) for t in set(tones)
        }
        for place, turn, length, tone in zip(places, turns, lengths, tones, strict=True):
            leaf, foot = drawn[tone]
            glow = _lit(canvas, lit, place)
            self._bake(_dyed(leaf, glow), foot + np.array([0, 0.32 * BIG * canvas.scale]), turn, length / BIG)
        self.angle = np.zeros(len(places))

    def _bake(self, leaf, foot, turn, size):
        h, w = leaf.px.shape[:2]
        arm = (np.array([w / 2, h / 2]) - foot) * size
        rows, offsets = [], []
        for pose in np.linspace(-SWING, SWING, POSES):
            a = turn + pose
            c, s = math.cos(a), math.sin(a)
            rows.append(raster.turned(leaf, a, stretch=(size, size)))
            offsets.append((c * arm[0] - s * arm[1], s * arm[0] + c * arm[1]))
        self.poses.append(rows)
        self.offsets.append(np.array(offsets) / leaf.scale)

    def step(self, time, wind, lift):
        """Sway at `time` s; wind 0..1, one for all or one each; lift -1..1 raises every leaf."""
        sway = np.sin(1.15 * self.pace * time + self.phase) * 0.6
        sway += 0.4 * np.sin(2.7 * self.pace * time + 1.7 * self.phase)
        self.angle = np.clip(
            (0.10 + 0.9 * wind) * sway + 0.35 * wind + lift * np.sign(np.sin(self.phase)), -1, 1
        )

    def fix(self, canvas, who):
        """Leave some leaves on a picture for good: the farthest ones, which stir too little to be seen."""
        for k in who:
            canvas.stamp(self.poses[k][POSES // 2], self.places[k] + self.offsets[k][POSES // 2])

    def let_go(self, who):
        """Sway no longer those that have been fixed."""
        stay = np.setdiff1d(np.arange(len(self.places)), who)
        self.places, self.phase, self.pace, self.angle = (
            a[stay] for a in (self.places, self.phase, self.pace, self.angle)
        )
        self.poses, self.offsets = [self.poses[k] for k in stay], [self.offsets[k] for k in stay]

    def paint(self, canvas):
        """Stamp each leaf in the pose it is in."""
        pose = np.rint((self.angle + 1) / 2 * (POSES - 1)).astype(int)
        for rows, offsets, place, p in zip(self.poses, self.offsets, self.places, pose, strict=True):
            canvas.stamp(rows[p], place + offsets[p])


def _dyed(leaf, glow):
    """The same leaf under another light, three factors."""
    out = Canvas(leaf.surface.get_size(), scale=leaf.scale, clear=True)
    bgra = np.array([*glow[::-1], 1.0], np.float32)
    np.copyto(out.px, np.minimum(leaf.px * bgra, leaf.px[..., 3:]).astype(np.uint8))
    return out


def _lit(canvas, lit, place):
    """The light at a place, as three factors."""
    y = int(np.clip(place[1] / canvas.height, 0, 0.999) * lit.shape[0])
    x = int(np.clip(place[0] / canvas.width, 0, 0.999) * lit.shape[1])
    return np.clip(lit[y, x] * 1.5 + 0.14, 0, 1.25)


def shade(canvas, points, rng, count, size, *, region):
    """A multiply sheet of leaf shadows over a `region` (width, height): white where no leaf shades.

    Leaves near the wall throw small sharp shadows, those far from it large soft ones.
    """
    wide, high = region
    sheet = canvas.sheet(wide, high)
    edges = [tung.outline(points, rng, 0.08)[0] for _ in range(5)]
    x, y = light.coordinates(sheet)
    tone = np.ones(sheet.px.shape[:2], np.float32)
    for share, swell, soft, depth in ((0.45, 1.2, 16, 0.34), (0.55, 0.8, 6, 0.26)):
        layer = Canvas(sheet.surface.get_size(), scale=sheet.scale)
        for k in range(round(share * count)):
            a, length = rng.uniform(0, 2 * math.pi), size * swell * rng.uniform(0.7, 1.25)
            turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
            at = np.array([rng.uniform(0, wide), high * rng.beta(1.1, 1.9)])
            layer.polygon(
                edges[k % 5] * (length, length * rng.uniform(0.45, 1)) @ turn.T + at, (255, 255, 255)
            )
        tone *= 1 - depth * raster.blur(layer.px[..., 0], soft * canvas.scale) / 255
    fade = np.clip((high - y) / 180, 0, 1) * np.clip((wide - x) / 160, 0, 1)
    return light.paint(sheet, 1 - (1 - tone) * fade)


class Lights:
    """One small lit leaf for every guest; a newcomer's rises from the water to its place.

    places  (MOST, 2) where they settle, design units
    """

    RISE = 1.6  # seconds from the water to the bough

    def __init__(self, canvas, points, places, rng):
        self.places = np.asarray(places, float)
        self.phase = rng.uniform(0, 1, len(places))
        self.start = np.zeros_like(self.places)
        self.born = np.full(len(places), 1e9)
        self.count = 0
        self.sprites = [
            [_spark(canvas, points, share, turn) for turn in (2.6, 3.2, 3.9)] for share in (0.3, 0.6, 1.0)
        ]
        self.kind = rng.integers(0, 3, len(places))

    def seat(self, count, time, column, water, rng):
        """Bring the number of lights to `count`; new ones start at the pool, at `column` 0..1 or anywhere."""
        count = min(count, len(self.places))
        new = np.arange(self.count, count)
        if len(new):
            x = rng.random(len(new)) if column is None else np.full(len(new), column)
            self.start[new] = np.stack([x * water[0], np.full(len(new), water[1])], 1)
            self.born[new] = time + np.minimum(4.0, 0.08 * np.arange(len(new)))
        self.born[count:] = 1e9
        self.count = count
        return self.start[new]

    def paint(self, canvas, time):
        """Each where it is now: rising, or breathing in its place."""
        n = self.count
        if not n:
            return
        age = (time - self.born[:n]) / self.RISE
        go = np.clip(age, 0, 1)
        go = (1 - (1 - go) ** 3)[:, None]
        at = self.start[:n] * (1 - go) + self.places[:n] * go
        at[:, 0] += 60 * np.sin(math.pi * go[:, 0]) * np.sin(7 * self.phase[:n])
        breath = 0.5 + 0.5 * np.sin(2 * math.pi * (time / (3.5 + 2 * self.phase[:n]) + self.phase[:n]))
        rank = np.where(age < 1.3, 2, np.minimum(2, (breath * 2.6).astype(int)))
        for r, row in enumerate(self.sprites):
            for kind, sprite in enumerate(row):
                here = at[(rank == r) & (self.kind[:n] == kind) & (age >= 0)]
                if len(here):
                    canvas.stamps(sprite, here)


def _spark(canvas, points, share, turn):
    """A lit leaf a finger long, hanging in its halo, to be added."""
    sheet = canvas.sheet(72, 72)
    c, s = math.cos(turn), math.sin(turn)
    edge = tung.outline(points)[0] * (15, 17) @ np.array([[c, s], [-s, c]])
    leaf = raster.mask(sheet, [edge + (36, 31)]).astype(np.float32) / 255
    leaf = raster.blur(leaf, 0.6 * canvas.scale)
    halo = light.lamp(sheet, (36, 37), 30.0, falloff=3.6) ** 1.3
    core = light.lamp(sheet, (36, 36), 11.0, falloff=1.6)
    field = (0.10 + 0.30 * share) * halo[..., None] * np.array((1.0, 0.66, 0.20))
    field = field + (0.26 + 0.62 * share) * (leaf * (0.45 + 0.55 * core))[..., None] * np.array(
        (1.0, 0.78, 0.34)
    )
    light.paint(sheet, field)
    return sheet
