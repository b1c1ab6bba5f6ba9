"""Leaf-light: where somebody moves, small tung leaves turn their lit side, and close again behind them."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit import tung

LIT = (
    tung.Tone((188, 160, 84), (150, 134, 66), (232, 206, 136)),
    tung.Tone((206, 150, 66), (176, 116, 48), (244, 204, 130)),
    tung.Tone((146, 150, 70), (108, 122, 52), (200, 196, 124)),
)
SIZES = (28.0, 35.0, 43.0)  # design units from stalk to tip
TURNS = 4  # ways a leaf of each size lies
RANKS = (0.07, 0.20, 0.40)  # how far a leaf has turned to the light
PITCH = 27.0  # design units between leaves
RISE, FALL, LEAVE = 0.16, 0.55, 0.14  # seconds: to be lit, to be dark again, to be no longer here
STALE = 0.5  # seconds after which a mask that no longer changes is nobody


class LeafLight:
    """The moving guests as a mirror would show them, made of leaves.

    box     (left, top, width, height) of the mirror in design units, 16:9 as the camera's picture
    warmth  (72, 128) 0..1: how lit each part of the mirror is, after those who have gone on too
    here    the same for where somebody is now
    """

    def __init__(self, canvas, points, rng, box, pond):
        self.box, self.rng = box, rng
        self.warmth = np.zeros((72, 128), np.float32)
        self.here = np.zeros_like(self.warmth)
        self.seen, self.age = None, 0.0
        self._plant(rng)
        drawn = [
            tung.paint(canvas, tung.grow(points, rng, 0.10), size, tone, rng, stalk=0.12)[0]
            for size, tone in zip(SIZES, LIT, strict=True)
        ]
        self.kinds = [
            _ranks(leaf, 2 * math.pi * (turn + rng.uniform(0, 0.9)) / TURNS)
            for leaf in drawn
            for turn in range(TURNS)
        ]
        aside = np.minimum(np.arange(128), np.arange(128)[::-1]) / 7.0
        self.within = np.clip(aside, 0, 1).astype(np.float32)  # the mirror has no frame: it fades aside
        left, top, wide, high = (round(v * canvas.scale) for v in box)
        self.rows, self.columns = slice(top, top + high), slice(left, left + wide)
        self.tone = np.array((12, 36, 46, 0), np.float32)  # blue, green, red: evening gold on green plaster
        self.small = np.zeros((72, 128, 4), np.uint8)
        self.deep = np.zeros_like(pond.still)
        self.halo = np.zeros((high, wide, 4), np.uint8)

    def _plant(self, rng):
        """One leaf to a cell of a grid nobody can see: thrown about, not two alike beside each other."""
        left, top, wide, high = self.box
        x, y = np.meshgrid(np.arange(PITCH / 2, wide, PITCH), np.arange(PITCH / 2, high, PITCH))
        at = np.stack([x.ravel(), y.ravel()], 1)
        at += rng.uniform(-0.55, 0.55, at.shape) * PITCH
        at = np.clip(at, 0, (wide - 1, high - 1))
        self.cells = (at / (wide, high) * (128, 72)).astype(int)
        self.places = at + (left, top)
        self.kind = rng.integers(0, len(SIZES) * TURNS, len(at))
        self.shy = rng.uniform(0.22, 0.52, len(at))  # how much light before it turns
        self.shy += np.clip(1 - (high - at[:, 1]) / 70, 0, 1) * rng.uniform(0, 0.9, len(at))  # no hem below
        self.phase = rng.uniform(0, 2 * math.pi, len(at))

    @property
    def awake(self):
        """Is anything lit?"""
        return float(self.warmth.max()) > 0.04

    def step(self, mask, dt):
        """Follow the mask (72, 128) of who moves, or None."""
        self.age = self.age + dt if mask is self.seen else 0.0
        self.seen = mask
        gone = mask is None or self.age > STALE
        goal = np.zeros_like(self.warmth) if gone else raster.blur(mask.astype(np.float32), 0.8) * self.within
        for field, rise, fall in ((self.warmth, RISE, FALL), (self.here, RISE / 2, LEAVE)):
            share = np.where(goal > field, 1 - math.exp(-dt / rise), 1 - math.exp(-dt / fall))
            field += (goal - field) * share.astype(np.float32)

    def near(self, places):
        """0..1 for each place (n, 2): how much moves beneath it."""
        left, _, wide, _ = self.box
        column = np.clip((places[:, 0] - left) / wide * 128, 0, 127).astype(int)
        return np.clip(self.warmth.mean(0)[column] * 3.0, 0, 1)

    def paint(self, canvas, time):
        """The glow on the plaster, and on it the leaves."""
        if not self.awake:
            return
        glow = 0.4 * self.warmth + 0.6 * self.here
        np.multiply(glow[..., None], self.tone, out=self.small, casting="unsafe")
        raster.fit(self.small, self.halo)
        part = canvas.px[self.rows, self.columns]
        raster.gather(part, self.halo)
        row, column = self.cells.T[::-1]
        lit = np.where(self.warmth[row, column] > self.shy, 1, 0)
        lit += (self.here[row, column] > self.shy) + (self.here[row, column] > self.shy + 0.3)
        for rank in range(len(RANKS)):
            now = np.flatnonzero(lit == rank + 1)
            stir = 2.5 * np.sin(1.9 * time + self.phase[now])
            at = self.places[now] + np.stack([stir, 0.6 * stir], 1)
            for kind in np.unique(self.kind[now]):
                canvas.stamps(self.kinds[kind][rank], at[self.kind[now] == kind])

    def reflection(self, pond, share=0.44):
        """The glow upside down as a picture of the water, flattened by `share`; None when nobody is lit."""
        if not self.awake:
            return None
        left, top, wide, high = self.box
        out, k = self.deep, pond.sheet.scale
        first = max(0, round((pond.top - top - high) * share * k))
        rows = out.shape[0] - first
        out[:] = 0
        deepest = min(72, max(1, round(rows / k / share / high * 72)))
        seen = (self.small[72 - deepest :][::-1] * np.float32(1.1)).astype(np.uint8)
        raster.fit(np.ascontiguousarray(seen), out[first:, round(left * k) : round((left + wide) * k)])
        return out


def _ranks(leaf, angle):
    """A leaf lying at an angle, in every rank of light: sheets to be added."""
    lying, rows = raster.turned(leaf, angle), []
    for rank in RANKS:
        sheet = Canvas(lying.surface.get_size(), scale=leaf.scale, clear=True)
        np.multiply(lying.px, np.float32(rank), out=sheet.px, casting="unsafe")
        rows.append(sheet)
    return rows
