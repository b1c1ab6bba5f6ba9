"""What moves beyond and before the window paper: snow and a plum branch as shadows, scraps falling inside."""

import math

import numpy as np

from engine import raster
from scenes.kit import units

PHASES = 10
BOUGH = ((1.04, 0.0), (0.93, 0.10), (0.88, 0.24), (0.77, 0.27), (0.71, 0.40), (0.58, 0.40), (0.50, 0.50))
"""The plum bough outside, in shares of its sheet."""


class Snow:
    """Flakes falling outside, seen as soft shadows on the paper."""

    def __init__(self, canvas, rng, window, count=110):
        self.window = window
        self.place = rng.uniform((window.left, -40), (window.right, 960), (count, 2))
        self.speed = rng.uniform(46, 105, count)
        self.drift = rng.uniform(0, 2 * math.pi, count)
        self.kind = np.clip(((self.speed - 46) / 20).astype(int), 0, 2)
        self.sheets = [_blot(canvas, 4.0 + 2.6 * k, 0.13 + 0.05 * k) for k in range(3)]

    def update(self, dt, now, wind, density):
        """Fall by one frame; `wind` -1..1 to the right."""
        sway = 22 * np.sin(0.9 * now + self.drift) + 150 * wind
        self.place[:, 0] += sway * dt
        self.place[:, 1] += self.speed * dt * (1 + 0.6 * density)
        low, wide = self.window.left, self.window.right - self.window.left
        self.place[:, 0] = low + (self.place[:, 0] - low) % wide
        self.place[:, 1] = (self.place[:, 1] + 40) % 1000 - 40

    def draw(self, canvas, share=1.0):
        """Darken the paper where flakes are; `share` of them."""
        shown = int(len(self.place) * min(1.0, share))
        for k, sheet in enumerate(self.sheets):
            some = self.place[:shown][self.kind[:shown] == k]
            if len(some):
                canvas.stamps(sheet, some, blend="multiply")


def _blot(canvas, radius, depth):
    side = radius * 5
    sheet = canvas.sheet(side, side)
    sheet.px[:] = 255
    h, w = sheet.px.shape[:2]
    y, x = np.mgrid[:h, :w]
    d2 = ((x - (w - 1) / 2) ** 2 + (y - (h - 1) / 2) ** 2) / (radius * canvas.scale) ** 2
    dark = depth * np.exp(-d2)
    sheet.px[..., :3] = ((1 - dark[..., None] * [0.75, 0.95, 1.0]) * 255).astype(np.uint8)
    return sheet


def branch_shadow(canvas, rng, width, height):
    """A plum bough outside, in blossom, as a soft shadow for "multiply"; and where its left edge is."""
    size = (round(width * canvas.scale / 2), round(height * canvas.scale / 2))
    half = type(canvas)(size, scale=canvas.scale / 2)
    bough = units.spline([(u * width, v * height) for u, v in BOUGH], closed=False, steps=10)
    half.polygon(units.ribbon(bough, np.linspace(30, 9, len(bough))), (255, 255, 255))
    blossoms = [bough[-1]]
    for k, at in enumerate(np.linspace(8, len(bough) - 4, 11).astype(int)):
        ahead = bough[min(len(bough) - 1, at + 3)] - bough[at - 3]
        turn = math.atan2(ahead[1], ahead[0]) + (1 if k % 2 else -1) * rng.uniform(0.55, 0.95)
        reach = rng.uniform(120, 260) * (1.1 - 0.5 * at / len(bough))
        for _ in range(2):  # plum wood bends in elbows
            s = np.linspace(0, 1, 9)[:, None]
            twig = bough[at] + s * reach * np.array([math.cos(turn), math.sin(turn)])
            twig += 14 * np.sin(2.6 * math.pi * s) * np.array([-math.sin(turn), math.cos(turn)])
            half.polygon(units.ribbon(twig, np.linspace(10, 3, 9)), (235, 235, 235))
            blossoms.extend(twig[rng.integers(4, 9, 3)])
            turn, reach = turn + rng.choice([-1.0, 1.0]) * 0.7, reach * 0.55
    for place in blossoms:
        half.polygon(units.plum() * rng.uniform(15, 30) + place + rng.normal(0, 6, 2), (190, 190, 190))
    cover = raster.blur(half.px[..., 0], 4.6 * canvas.scale / 2) / 255
    tone = 1 - 0.34 * cover[..., None] * np.array([0.66, 0.90, 1.0, 0.0], np.float32)
    h, w = round(height * canvas.scale), round(width * canvas.scale)
    picture = raster.resize((np.clip(tone, 0, 1) * 255).astype(np.uint8), (w, h))
    left = int(np.flatnonzero((picture[..., 2] < 254).any(axis=0))[0])
    foot = int(np.flatnonzero((picture[..., 2] < 254).any(axis=1))[-1]) + 1
    sheet = type(canvas)((w - left, foot), scale=canvas.scale)
    sheet.px[:] = picture[:foot, left:]
    return sheet, left / canvas.scale


class Scraps:
    """What the scissors drop: red snippets that flutter down inside the room."""

    SHAPES = (
        ("crescent", 0.34, 18.0),
        ("drop", 0.6, 13.0),
        ("seed", 0.5, 10.0),
        ("lozenge", 0.6, 12.0),
        ("comb", 0.34, 21.0),
        ("willow", 0.2, 23.0),
    )

    def __init__(self, canvas, rng, room=180):
        self.rng = rng
        self.sheets = [
            [_snippet(canvas, units.outline(name, wide), size, k) for k in range(PHASES)]
            for name, wide, size in self.SHAPES
        ]
        self.place = np.zeros((room, 2))
        self.speed = np.zeros((room, 2))
        self.spin = np.zeros((room, 2))
        self.shape = np.zeros(room, int)
        self.alive = np.zeros(room, bool)
        self.floor = rng.uniform(992, 1066, room)
        self.age = np.zeros(room)

    def drop(self, x, y, count=3, spread=30.0, force=1.0):
        """Let some snippets fall from a place; those that have lain on the sill longest make room."""
        lying = self.place[:, 1] >= self.floor
        spare = np.flatnonzero(~self.alive | lying)
        spare = spare[np.argsort(-self.age[spare] - 1e6 * ~self.alive[spare], kind="stable")][:count]
        n = len(spare)
        self.age[spare] = 0.0
        self.alive[spare] = True
        self.place[spare] = np.array([x, y]) + self.rng.normal(0, spread * 0.4, (n, 2))
        self.speed[spare] = np.c_[self.rng.normal(0, 60 * force, n), self.rng.uniform(-90, 10, n) * force]
        self.spin[spare] = np.c_[self.rng.uniform(0, 1, n), self.rng.uniform(0.8, 1.7, n)]
        self.shape[spare] = self.rng.integers(0, len(self.SHAPES), n)

    def update(self, dt, wind):
        """Fall by one frame, side-slipping as thin things do."""
        self.age += dt
        go = self.alive & (self.place[:, 1] < self.floor)
        phase = self.spin[go, 0]
        slip = np.sin(2 * math.pi * phase)
        self.speed[go, 0] += (140 * slip + 260 * wind - 1.4 * self.speed[go, 0]) * dt
        lift = 1.5 + 1.6 * np.abs(slip)
        self.speed[go, 1] += (420 - lift * 2.2 * self.speed[go, 1]) * dt
        self.place[go] += self.speed[go] * dt
        self.spin[go, 0] = (phase + self.spin[go, 1] * dt) % 1.0
        self.place[:, 1] = np.minimum(self.place[:, 1], self.floor)

    def draw(self, canvas):
        """Stamp every snippet at its turn."""
        turn = (self.spin[:, 0] * PHASES).astype(int) % PHASES
        for s, sheets in enumerate(self.sheets):
            for k, sheet in enumerate(sheets):
                some = self.alive & (self.shape == s) & (turn == k)
                if some.any():
                    canvas.stamps(sheet, self.place[some], blend="over")


def _snippet(canvas, shape, size, phase):
    angle = 2 * math.pi * phase / PHASES
    squeeze = 0.25 + 0.75 * abs(math.cos(angle))
    c, s = math.cos(angle * 0.5 + 0.6), math.sin(angle * 0.5 + 0.6)
    at = (shape * [1, squeeze] * size) @ np.array([[c, s], [-s, c]]) + size
    sheet = canvas.sheet(2 * size, 2 * size + 4)
    lit = 0.55 + 0.45 * abs(math.cos(angle))
    sheet.polygon(at + [0.8, 2.6], (24, 6, 6), 0.7)  # its own shade, away from the window
    sheet.polygon(at, (int(198 * lit), int(30 * lit), int(26 * lit)))
    return sheet
