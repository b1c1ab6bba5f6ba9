"""An opera beard (髯口): hung on a wire under the nose, it swings in locks and answers wind and lean."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit.operahead import WARM

BOX = (-142.0, 270.0, 284.0, 372.0)  # left, top, width, height in face units
LOCKS, NODES = 9, 12
SWING = 1.05  # Hz at the tip of a lock
DAMP = 0.16
MARGIN = 34.0  # face units a lock may swing without leaving its sheet


class Beard:
    """Hair on a sheet, bent row by row as LOCKS hanging chains say; `sheet` is laid with the head.

    kind  "full" covers the mouth, "parted" leaves it open, "none" is no beard
    """

    def __init__(self, kind, colour, grain, rng):
        wide, high = BOX[2:]
        self.kind, self.grain = kind, grain
        size = round(wide * grain), round(high * grain)
        self.sheet = Canvas(size, scale=grain, clear=True)
        self.offset = np.zeros((NODES, LOCKS), np.float32)  # of each node, face units to the right
        self.speed = np.zeros_like(self.offset)
        self.lift = 0.0
        self.reach = None  # corners, in the sheet's pixels, of all that hair may cover
        if kind == "none":
            return
        self.hair = _hair(Canvas(size, scale=grain, clear=True), kind, colour, rng)
        rest, swing = raster.hull(self.hair), np.array((1.0, 0.1)) * MARGIN * grain
        self.reach = np.vstack([rest + swing * way for way in ((-1, -1), (1, -1), (-1, 1), (1, 1))])
        h, w = self.sheet.px.shape[:2]
        self._x, self._y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
        self._bend = np.empty((h, w), np.float32)
        self._map = np.empty((h, w), np.float32), np.empty((h, w), np.float32)
        depth = np.linspace(0, 1, NODES, dtype=np.float32)[:, None]
        self._depth = depth
        self._own = 1 + 0.10 * rng.standard_normal((1, LOCKS)).astype(np.float32)  # no two locks swing alike
        self._phase = rng.uniform(0, 6.3, (1, LOCKS)).astype(np.float32)
        self.step(0.0, 0.0, 0.0, 0.0)

    def step(self, dt, time, push, shake):
        """A frame: `push` sideways as a share of gravity (lean, wind), `shake` quick wind -1..1."""
        if self.kind == "none":
            return
        depth = self._depth
        gust = shake * np.sin(5.1 * time + self._phase + 3.0 * depth) + 0.35 * np.sin(
            1.3 * time + self._phase
        )
        rest = depth * (150 * push + 7 * gust)
        w0 = 2 * math.pi * SWING * self._own * (1.9 - 0.9 * depth)
        above = np.vstack([np.zeros((1, LOCKS), np.float32), self.offset[:-1]])
        beside = np.pad(self.offset, ((0, 0), (1, 1)), "edge")
        tie = 0.5 * (beside[:, 2:] + beside[:, :-2]) - self.offset
        hang = rest + 0.30 * (above * np.minimum(1.15, depth / np.maximum(depth - 1 / NODES, 0.04)) - rest)
        pull = w0 * w0 * (hang - self.offset) + 60 * tie
        self.speed += dt * (pull - 2 * DAMP * w0 * self.speed)
        self.offset += dt * self.speed
        np.clip(self.offset, -MARGIN, MARGIN, out=self.offset)
        self.offset[0] = 0
        self._bent()

    def toss(self, strength):
        """A kick of the whole beard, face units a second at the tips."""
        self.speed += strength * self._depth if self.kind != "none" else 0

    def _bent(self):
        raster.fit(self.offset * self.grain, self._bend)
        np.subtract(self._x, self._bend, out=self._map[0])
        np.multiply(np.abs(self._bend), -0.10, out=self._map[1])  # a lock that swings out hangs less low
        np.subtract(self._y, self._map[1], out=self._map[1])
        raster.look_up(self.hair.px, self._map[0], self._map[1], self.sheet.px)


def _edges(kind, v):
    """Right edge and, of a parted beard, where the parting ends, both of the half at depth v 0..1."""
    outer = np.interp(v, [0, 0.05, 0.25, 0.6, 0.85, 1.0], [62, 76, 84, 78, 60, 40])
    return outer, np.interp(v, [0, 0.10, 0.17, 0.24, 1], [10, 22, 20, 0, 0]) if kind == "parted" else 0 * v


def _hair(sheet, kind, colour, rng):
    """The combed hair at rest, premultiplied: strands that fall together, thin ends, light from the left."""
    h, w = sheet.px.shape[:2]
    left, _, wide, _ = BOX
    x = (np.arange(w, dtype=np.float32) + 0.5)[None, :] / w * wide + left
    v = ((np.arange(h, dtype=np.float32) + 0.5) / h)[:, None]
    outer, inner = _edges(kind, v)
    share = x / np.maximum(outer, 1)  # which strand passes here: strands fan with the edge
    strand = np.clip((share * 0.5 + 0.5) * 383, 0, 383)
    at = strand.astype(np.int32)
    thick = raster.blur(rng.standard_normal((1, 384)).astype(np.float32), (1.0, 0.01))[0]
    lock = raster.blur(rng.standard_normal((1, 384)).astype(np.float32), (9.0, 0.01))[0]
    thick, lock = thick / thick.std(), lock / lock.std()
    wave = 0.5 * np.sin(7 * v + 2.2 * lock[at])
    length = 0.86 + 0.10 * lock[at] + 0.035 * thick[at] - 0.26 * np.abs(share) ** 3
    tip = np.clip((length - v) / 0.10, 0, 1)
    body = np.clip(1.02 + 0.26 * thick[at] - 0.5 * (1 - tip), 0, 1) * (tip > 0)
    edge = np.clip((1 - np.abs(share)) * 9 + 0.5 * thick[at], 0, 1)
    open_ = np.clip((np.abs(x) - inner) / 4 + 0.3 * thick[at] + 0.5, 0, 1) if kind == "parted" else 1.0
    hung = (
        0.012 + 0.055 * np.minimum(1, np.abs(x) / 96) ** 2 + 0.006 * thick[at]
    )  # along the lip, on its wire
    root = np.clip((v - hung) * h / (4 * sheet.scale), 0, 1)
    alpha = np.clip(body * edge * open_ * root * (0.4 + 0.8 * tip), 0, 1)
    light_ = np.exp(-(((share + 0.42) / 0.34) ** 2)) * np.exp(-(((v - 0.16) / 0.22) ** 2))
    glint = (
        0.30 * np.exp(-(((v - 0.42 - 0.04 * lock[at]) / 0.10) ** 2)) * np.exp(-(((share + 0.3) / 0.6) ** 2))
    )
    tone = (
        0.50
        + 0.20 * thick[at]
        + 0.14 * lock[at]
        + 0.06 * wave
        + 2.4 * light_ * (0.6 + 0.4 * thick[at])
        + glint * 2
    )
    shade = np.clip(1.0 - 0.55 * (share > 0) * share, 0.3, 1) * np.clip(0.45 + 4 * v, 0, 1)
    rgb = (np.asarray(colour, np.float32) * 0.85 + 8) * np.clip(tone * shade, 0.05, 4)[..., None] * WARM
    sheet.px[..., :3] = np.clip(rgb * alpha[..., None], 0, 255)[..., ::-1].astype(np.uint8)
    sheet.px[..., 3] = (255 * alpha).astype(np.uint8)
    return sheet
