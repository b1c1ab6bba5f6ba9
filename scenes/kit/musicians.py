"""The stone musicians: ten instruments on one body, and the light that wakes them one by one."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.cave import ARCH, COLUMNS, DEEP, ROWS
from scenes.kit.relief import Relief, read_layers
from scenes.kit.stonelight import lay

BLOCK = (126, 134)
SEAT = (63, 128)
TALL = 0.97  # of the niche
FINE = 2  # carved this much finer than shown
RISE = 60 * 0.18 / 3  # frames: after 180 ms a musician is at 95 % of its light
FADE = 60 * 1.9
ORDER = (3, 0, 6, 9, 2, 5, 8, 1, 4, 7)  # which instrument comes first in a row: no two alike side by side


def read_musicians(path):
    """(body and head layers, ten musicians)."""
    return read_layers(path, ("body", "head"), musicians=True)


def kind(number, kinds=10):
    """Which of the instruments musician 0..49 plays."""
    row, column = divmod(number, COLUMNS)
    return ORDER[(column + 3 * row) % len(ORDER)] % kinds


def mirrored(number):
    """Whether the musician is carved the other way round, so that halves of a row face each other."""
    row, column = divmod(number, COLUMNS)
    return (column >= COLUMNS // 2) != (row % 2 == 1)


def carve(parts, players, scale, width, fine=FINE):
    """One block of stone for each kind of musician, `width` times as broad as drawn."""
    blocks = []
    for player in players:
        figure = min(1.0, width) * TALL
        block = Relief(BLOCK, SEAT, scale * fine * figure)
        block.carve(parts["body"])
        block.carve([layer for layer in player["layers"] if layer.z < 20])
        block.carve(parts["head"], turn=player.get("tilt", 0), pivot=(0, -74))
        block.carve([layer for layer in player["layers"] if layer.z >= 20])
        block.carve(player["arms"])
        small = block.shrunk(scale * figure)
        small.height *= figure
        blocks.append(small)
    return blocks


class Choir:
    """How warm each of the fifty is, and what their light adds to the wall.

    warm    (50,) 0..1
    """

    def __init__(self, canvas, plan, normals, albedo, rough):
        self.plan, self.scale = plan, canvas.scale
        count = ROWS * COLUMNS
        self.warm, self.target = np.zeros(count), np.zeros(count)
        self.seats = plan.seats()
        self.cut = []
        self.sheets, self.places = [], []
        for number in range(count):
            self._gild(number, normals, albedo, canvas.px.shape[:2])
        self.scratch = [Canvas(s.surface.get_size(), scale=self.scale) for s in self.sheets]

    def _gild(self, number, normals, albedo, shape):
        """The niche lit from within: a lamp at the musician's feet and one before the breast."""
        x, y = self.seats[number]
        half = self.plan.half + 6
        left, right = round((x - half) * self.scale), round((x + half) * self.scale)
        top, bottom = round((y - ARCH - 6) * self.scale), round((y + 8) * self.scale)
        left, top, right, bottom = max(0, left), max(0, top), min(shape[1], right), min(shape[0], bottom)
        nx, ny, nz = (n[top:bottom, left:right] for n in normals)
        px = (np.arange(left, right, dtype=np.float32)[None] + 0.5) / self.scale - x
        py = (np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5) / self.scale - y
        light = np.zeros(nx.shape, np.float32)
        for lx, ly, lz, power in ((-22, -10, 34, 0.85), (16, -70, 62, 0.75)):
            dx, dy = lx - px, ly - py
            far = np.sqrt(dx * dx + dy * dy + lz * lz)
            light += power * np.clip((nx * dx + ny * dy + nz * lz) / far, 0, 1) * (46 / (46 + far)) * 1.6
        inside = _within_arch(px, py, self.plan.half)
        gold = np.array([1.0, 0.76, 0.40], np.float32)
        rgb = albedo[top:bottom, left:right] * (light * inside)[..., None] * gold
        self.sheets.append(lay(Canvas((right - left, bottom - top), scale=self.scale), rgb))
        self.places.append((left / self.scale, top / self.scale))

    def wake(self, number, strength=1.0):
        self.target[number] = max(self.target[number], strength)

    def step(self, stay=1.0):
        """One frame: quickly up to where they were called, slowly back to stone; `stay` stretches that."""
        rising = self.target > self.warm
        self.warm += np.where(rising, (self.target - self.warm) * (1 - np.exp(-1 / RISE)), 0)
        arrived = self.warm > 0.95 * self.target
        self.target[arrived] = 0
        self.warm[~rising] *= np.exp(-1 / (FADE * stay))
        self.warm[self.warm < 0.004] = 0

    def draw(self, canvas):
        """Add the light of all who are awake."""
        for number in np.flatnonzero(self.warm > 0.012).tolist():
            level = int(255 * min(1.0, self.warm[number]))
            sheet, work = self.sheets[number], self.scratch[number]
            work.fill((level, level, level))
            work.stamp(sheet, (0, 0), blend="multiply", anchor=(0, 0))
            canvas.stamp(work, self.places[number], blend="add", anchor=(0, 0))


def _within_arch(x, y, half):
    """1 inside the niche's opening, falling softly to 0 over its rim: the light that spills out of it."""
    spring = half - ARCH
    above = np.hypot(x, np.minimum(y - spring, 0)) - half
    below = y - 2
    out = np.maximum(above, below)
    return np.where(out < 0, 1.0, np.clip(0.55 * (1 - out / 6), 0, 1)).astype(np.float32)


def place_all(wall, blocks, worn):
    """Set the fifty into their niches; `worn` (50,) 0..1 is how far weather has taken each."""
    for number in range(ROWS * COLUMNS):
        place(wall, number, blocks[kind(number, len(blocks))], worn[number])


def place(wall, number, block, worn):
    """Set one of the fifty into its niche."""
    x, y = wall.plan.seat(number)
    wall.set(block, (x, y + 1), DEEP, mirror=mirrored(number), keep=1 - 0.55 * worn)


def soften_lost(wall, number, rng):
    """A musician of whom only the mass is left."""
    x, y = wall.plan.seat(number)
    s = wall.scale
    rows = slice(round((y - ARCH) * s), round((y - 2) * s))
    columns = slice(round((x - wall.plan.half) * s), round((x + wall.plan.half) * s))
    wall.height[rows, columns] = raster.blur(wall.height[rows, columns], 4.5 * s)
