"""A tower that bends and stands: one shear spring a storey, each moving all that is above it."""

import math

import numpy as np

from engine import raster
from scenes.kit.pagoda import STOREYS

HZ, DAMPING = 1.1, 0.09
REACH = 6.5  # design units one storey gives at the very most; no push is strong enough for more
GUST = 190.0  # design units a second squared of the strongest wind


class Sway:
    """Shear of five storeys; `lean` (5,) is how far each has moved against the one below, in design units."""

    def __init__(self, rng):
        self.at, self.speed = np.zeros(STOREYS), np.zeros(STOREYS)
        self.omega = 2 * np.pi * HZ * (1 + 0.05 * (np.arange(STOREYS) - 2))
        self.phase = rng.uniform(0, 2 * np.pi, STOREYS)

    def push(self, force, storey=None):
        """A blow of `force` -1..1 (to the right), on one storey or most on the upper ones."""
        share = np.linspace(0.5, 1.0, STOREYS) if storey is None else 0.2 + (np.arange(STOREYS) == storey - 1)
        self.speed += 32.0 * force * share

    def step(self, time, dt, wind):
        """Advance under `wind` -1..1."""
        swell = np.sin(time * 1.7 + 0.3 * self.phase) * np.sin(time * 0.53)
        gust = wind * (0.35 + 0.55 * swell + 0.30 * np.sin(2 * np.pi * HZ * time))
        force = GUST * gust * np.linspace(0.5, 1.0, STOREYS)
        pull = -(self.omega**2) * self.at - 2 * DAMPING * self.omega * self.speed
        self.speed += (pull + force) * dt
        self.at += self.speed * dt

    @property
    def lean(self):
        return REACH * np.tanh(self.at / REACH)

    @property
    def top(self):
        """How far the top is from where it stands at rest, in design units."""
        return float(self.lean.sum())

    def angles(self, count, give, time):
        """How far the joints of a set of `count` parts turn, at most `give`."""
        lean = self.lean / REACH
        n = np.arange(count)
        turn = lean[n % STOREYS] * np.where(n % 2, 1.0, -0.8) + 0.25 * lean[(n + 2) % STOREYS]
        return give * np.clip(turn + 0.10 * np.abs(lean).max() * np.sin(time * 9 + 2.1 * n), -1, 1)


def draw_storeys(canvas, sheets, pictures, lean, scratch):
    """Each layer sheared by its own storey, standing on what the storeys below have moved."""
    k = canvas.scale
    base = pictures.seams
    shift = np.concatenate([[0.0], np.cumsum(lean)])
    for layer, sheet in enumerate(sheets):
        storey = min(max(layer, 1), STOREYS)
        low, high = base[storey - 1], base[storey]
        below, above = shift[storey - 1], shift[storey]
        if layer == 0:
            below = above = 0.0
        if layer == STOREYS + 1:
            below = above
        slant = (above - below) / (high - low)  # per design unit down: negative y is up
        x, y = pictures.blocks[layer] / k
        if max(abs(above), abs(below)) < 0.25:
            canvas.stamp(sheet, (x, y), anchor=(0, 0))
            continue
        matrix = np.array([[1 / k, slant / k, x + below + (y - low) * slant], [0, 1 / k, y]])
        raster.over_laid(canvas, sheet, matrix, scratch)


def seams(pictures, tower):
    """Where on the picture each storey begins, from the ground up: STOREYS + 1 heights in design units."""
    heights = [tower.base["upper"]["top"]] + [eave.top for eave in tower.eaves[1:]]
    return [float(pictures.place((0, 12.0, z))[1]) for z in heights]


def storey_at(y):
    """The storey at a height 0 (top of the picture) .. 1."""
    return int(np.clip(math.ceil((1.0 - y) * STOREYS), 1, STOREYS))
