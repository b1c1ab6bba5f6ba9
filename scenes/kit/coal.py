"""The coal pagoda of Huairen: its profile, its courses, and which lump is whose."""

import math
import tomllib
from dataclasses import dataclass

import numpy as np

NUMBERS = ("radius", "height", "foot", "belly", "tip", "eye", "far", "mouth")


@dataclass(frozen=True)
class Lump:
    """One block of the half of the tower that is seen.

    layer, stone   course from the ground and place in it from the left, both from 1
    left, right    angles of its edges about the axis, -pi/2 west .. pi/2 east, 0 the south, towards us
    low, high      heights of its bed and its top above the ground
    """

    layer: int
    stone: int
    left: float
    right: float
    low: float
    high: float

    @property
    def angle(self):
        return (self.left + self.right) / 2

    @property
    def middle(self):
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Tower:
    """What assets/fire/tower.toml says; lengths in design units."""

    layers: int
    radius: float
    height: float
    foot: float
    belly: float
    tip: float
    eye: float
    far: float
    mouth: float
    mouth_layers: int
    slip: str
    slip_layers: tuple
    lumps: tuple

    @classmethod
    def read(cls, path):
        """ValueError names file, entry and reason."""
        with open(path, "rb") as file:
            data = tomllib.load(file)
        for name in NUMBERS:
            if not isinstance(data.get(name), int | float) or data[name] <= 0:
                raise ValueError(f"{path}: {name}: needs a number above 0, found {data.get(name)!r}")
        if not isinstance(data.get("layers"), int) or not 4 <= data["layers"] <= 30:
            raise ValueError(f"{path}: layers: needs a whole number 4 to 30, found {data.get('layers')!r}")
        if not data["tip"] < data["foot"] < 1 or not 0.1 < data["belly"] < 0.8:
            raise ValueError(f"{path}: foot: must be small below a big belly and a pointed tip")
        sizes = data.get("lumps", [])
        if not sizes or any(len(s) != 2 or min(s) < 8 for s in sizes):
            raise ValueError(f"{path}: lumps: needs pairs of widths of at least 8, found {sizes!r}")
        data["lumps"] = tuple(tuple(s) for s in sizes)
        data["slip_layers"] = tuple(data.get("slip_layers", (5, 11)))
        try:
            return cls(**data)
        except TypeError as wrong:
            raise ValueError(f"{path}: {wrong}") from None

    def radius_at(self, u):
        """Radius at a share u 0..1 of the height: swelling to the belly, then drawing in to the point."""
        u = np.clip(u, 0, 1)
        swell = self.foot + (1 - self.foot) * np.sin(np.pi / 2 * u / self.belly)
        draw = 1 - (1 - self.tip) * np.clip((u - self.belly) / (1 - self.belly), 0, 1) ** 1.55
        return self.radius * np.where(u <= self.belly, swell, draw)

    def project(self, angle, height):
        """(x, y) of a point of the wall from the middle of the foot: x right, y down."""
        r = self.radius_at(np.asarray(height) / self.height)
        drop = (self.eye - height) / self.far  # below the eye a course sags towards us, above it arches
        return r * np.sin(angle), -height + r * np.cos(angle) * drop

    def stack(self, size):
        """All lumps seen, lowest course first, each from the left; `size` its width (at foot, at point).

        Every course lies half a lump aside from the one below, so that each covers the joints under it.
        """
        found, course = [], self.height / self.layers
        wide = np.linspace(size[0], size[1], self.layers)
        count_before, turn = 0, 0.0
        for k in range(self.layers):
            low, high = k * course, (k + 1) * course
            r = float(self.radius_at((k + 0.5) / self.layers))
            count = max(5, round(2 * math.pi * r / wide[k]))
            if abs(count - count_before) <= 1 and count_before:
                count = count_before  # a mason keeps the bond while the girth allows it
            if k == self.layers - 1:
                count = 2  # one lump is the point
            step = 2 * math.pi / count
            # the middle of the south: a joint and the middle of a lump by turns
            turn, count_before = (step / 2 if k % 2 and k < self.layers - 1 else 0.0), count
            found.extend(self._course(k + 1, turn, step, low, high))
        return found

    def _course(self, layer, turn, step, low, high):
        half = math.pi / 2
        first = math.floor((-half - turn) / step)
        stones = []
        for i in range(first, -first + 2):
            left, right = turn + (i - 0.5) * step, turn + (i + 0.5) * step
            left, right = max(left, -half), min(right, half)
            if right - left < 0.3 * step:
                continue
            r = float(self.radius_at((low + high) / 2 / self.height))
            if layer <= self.mouth_layers and right > left and self._in_mouth(left, right, r):
                edge = math.asin(min(0.9, self.mouth / r))
                for a, b in ((left, -edge), (edge, right)):
                    if b - a > 0.3 * step:
                        stones.append((a, b))
                continue
            stones.append((left, right))
        stones = _whole(stones, step)
        return [Lump(layer, n, a, b, low, high) for n, (a, b) in enumerate(stones, 1)]

    def _in_mouth(self, left, right, r):
        return r * math.sin(left) < self.mouth and r * math.sin(right) > -self.mouth


def _whole(stones, step):
    """Slivers at the sides, seen too steeply to be anything, belong to the lump beside them."""
    for end, beside in ((0, 1), (-1, -2)):
        a, b = stones[end]
        if len(stones) > 2 and math.sin(b) - math.sin(a) < 0.3 * step:
            c, d = stones[beside]
            if max(a, c) - min(b, d) < 1e-6:  # they touch: no mouth between them
                stones[beside] = (min(a, c), max(b, d))
                stones.pop(end)
    return stones


def grade(tower, guests):
    """Which size of lump the tower is built of: one for each guest if there are so many, never fewer sizes.

    0 = the smallest lumps (a full house) .. the last = the biggest (nobody, or a few).
    """
    bounds = (90, 30)
    return next(
        (i for i, least in enumerate(bounds[: len(tower.lumps) - 1]) if guests >= least), len(tower.lumps) - 1
    )


def shares(lumps, guests):
    """How many lumps one act lays, so that a house of this many fills what is open with one act each."""
    return max(1, math.ceil(lumps / max(1, guests)))
