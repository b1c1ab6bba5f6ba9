"""Raising the tower: guests' pieces fly in from their seats, drop into place and stay."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine import raster
from scenes.kit.pagoda import STOREYS

FLIGHT, DROP = 0.42, 0.16  # seconds in the air, and from over its place into it
LIFT, SQUASH = 40.0, 2.0  # design units it drops, and gives as it lands
FEWEST, MOST, EACH = 24, 240, 3  # pieces: so many a phone, between these
STONE, IRON = 0, STOREYS + 1  # layers nobody has to build


def pieces_for(phones):
    """How many pieces the tower is raised from when so many phones are in the house."""
    return int(np.clip(EACH * phones, FEWEST, MOST))


@dataclass
class Flying:
    """A piece on its way: its atoms, the frame it was sent in, where from, and frames it waits first."""

    atoms: range
    start: int
    origin: tuple[float, float]
    storey: int
    wait: int = 0


class Raising:
    """Which piece comes next, which are in the air, and the storeys as they stand."""

    def __init__(self, canvas, pictures):
        self.canvas, self.pictures = canvas, pictures
        self.timber = [n for n, atom in enumerate(pictures.atoms) if atom.storey not in (STONE, IRON)]
        sheets = next(iter(pictures.sheets.values()))
        self.drawing = [_drawn(s) for s in pictures.sheets["dusk"]]
        self.layers = [type(canvas)(s.px.shape[1::-1], scale=canvas.scale, clear=True) for s in sheets]
        self.begin(FEWEST)

    def begin(self, count):
        """Clear the ground for a tower of `count` pieces."""
        edges = np.linspace(0, len(self.timber), count + 1).round().astype(int)
        first, last = self.timber[0], self.timber[-1]
        self.cuts = [range(first + a, first + b) for a, b in pairwise(edges)]
        self.stone, self.iron = range(first), range(last + 1, len(self.pictures.atoms))
        self.next, self.flying, self.landed, self.dust = 0, [], 0, []
        self.stood = [False, False]
        for layer in self.layers:
            layer.px[:] = 0

    @property
    def count(self):
        return len(self.cuts)

    @property
    def share(self):
        """0..1 of the pieces called for."""
        return self.next / self.count

    @property
    def whole(self):
        return self.landed >= self.count and self.stood[1]

    @property
    def storey(self):
        """The storey that is being built, 1 to 5."""
        return self.storey_of(min(self.next, self.count - 1))

    def storey_of(self, piece):
        return self.pictures.atoms[self.cuts[piece].start].storey

    def add(self, index, x, *, wait=0):
        """Send up the next piece from column x (0..1) of the house; returns its storey, 0 if all is sent."""
        if self.next >= self.count:
            return 0
        origin = (x * self.canvas.width, self.canvas.height + 40)
        storey = self.storey_of(self.next)
        self.flying.append(Flying(self.cuts[self.next], index, origin, storey, wait))
        self.next += 1
        return storey

    def course(self):
        """How many pieces are left of the course being laid: all of one kind on one storey."""
        atoms = self.pictures.atoms
        kind = [(atoms[cut.start].storey, atoms[cut.start].kind) for cut in self.cuts[self.next :]]
        return next((n for n, k in enumerate(kind) if k != kind[0]), len(kind))

    def lay_base(self):
        """The stone is there before the first timber."""
        self._stand(self.stone)
        self.stood[0] = True

    def complete(self):
        """The whole tower, as after the last stroke."""
        self.next = self.landed = self.count
        self.flying, self.stood = [], [True, True]
        for layer, sheet in zip(self.layers, next(iter(self.pictures.sheets.values())), strict=True):
            np.copyto(layer.px, sheet.px)

    def step(self, index, fps):
        """Returns what landed in this frame, as Flying."""
        down = [one for one in self.flying if self._age(one, index, fps) >= FLIGHT + DROP]
        self.flying = [one for one in self.flying if self._age(one, index, fps) < FLIGHT + DROP]
        for one in down:
            self._stand(one.atoms)
            self.landed += one.storey != IRON
        if self.landed >= self.count and not self.stood[1]:
            self.stood[1] = True
            self.flying.append(Flying(self.iron, index, (self.pictures.foot[0], -120.0), IRON))
        return down

    def _age(self, one, index, fps):
        return (index - one.start - one.wait) / fps

    def _stand(self, atoms):
        p, k = self.pictures, self.canvas.scale
        for n in atoms:
            storey = p.atoms[n].storey
            at = (p.corners[n] - p.blocks[storey]) / k
            self.layers[storey].stamp(p.sprites[n], at, anchor=(0, 0))

    def place(self, one):
        """Middle of a piece where it belongs, in design units."""
        p = self.pictures
        at = np.mean([p.corners[n] + np.array(p.sprites[n].px.shape[1::-1]) / 2 for n in one.atoms], axis=0)
        return at / self.canvas.scale

    def offset(self, one, index, fps):
        """How far (dx, dy in design units) a piece is from its place."""
        age = self._age(one, index, fps)
        if age >= FLIGHT:
            p = min(1.0, (age - FLIGHT) / DROP)
            return 0.0, -LIFT * (1 - p * p)
        t = max(0.0, age) / FLIGHT
        ease = 1 - (1 - t) ** 3
        x, y = self.place(one)
        way = (one.origin[0] - x) * (1 - ease), (one.origin[1] - y) * (1 - ease)
        return way[0], way[1] - LIFT * ease - 120 * math.sin(math.pi * ease) * (1 - ease)

    def draw(self, canvas, index, fps):
        p, k = self.pictures, canvas.scale
        for n, (layer, corner) in enumerate(zip(self.layers, p.blocks, strict=True)):
            if n >= self.storey and not self.whole:  # what is still to come, as the carpenter drew it
                canvas.stamp(self.drawing[n], corner / k, blend="add", anchor=(0, 0))
            canvas.stamp(layer, corner / k, anchor=(0, 0))
        sprites, places = [], []
        for one in self.flying:
            if self._age(one, index, fps) < 0:
                continue
            dx, dy = self.offset(one, index, fps)
            for n in one.atoms:
                sprites.append(p.sprites[n])
                size = np.array(p.sprites[n].px.shape[1::-1])
                places.append((p.corners[n] + size / 2) / k + (dx, dy))
        if sprites:
            raster.stamp_each(canvas, sprites, np.array(places))


def _drawn(sheet):
    """A picture as a line drawing in pale ink, to add to a dark ground."""
    tone = sheet.px[..., :3].astype(np.float32).mean(axis=-1) + 0.25 * sheet.px[..., 3]
    line = np.clip(np.abs(tone - raster.blur(tone, max(0.6, 1.3 * sheet.scale))) * 1.5 - 8, 0, 60)
    return raster.tint(line / 255, (214, 178, 128), sheet.scale)
