"""Engraver's fillings for a figure's cells: scales, armour, waves, clouds, flowers, fringes, hems.

Each filling gives cut outlines that cover a box (x0, y0, x1, y1); the figure clips them to its part.
"""

import math

import numpy as np

from scenes.kit import units


def filling(kind, box, size, turn=0.0):
    """Outlines (k, m, 2) of one of KINDS over the box, `size` between repeats, turned about its middle.

    One array for each different cut.
    """
    low, high = np.array(box[:2], float), np.array(box[2:], float)
    reach = 0.5 * math.hypot(*(high - low)) + size
    middle = (low + high) / 2
    found = []
    for shape, places in PATTERNS[kind](reach, size):
        at = turned(np.asarray(places, float).reshape(-1, 2), turn) + middle
        at = at[((at > low - size) & (at < high + size)).all(axis=1)]
        if len(at):
            found.append(turned(shape, turn)[None] + at[:, None])
    return found


def turned(shape, angle):
    """Points turned about the origin."""
    c, s = math.cos(angle), math.sin(angle)
    return shape @ np.array([[c, s], [-s, c]])


def _grid(reach, dx, dy, *, stagger=True):
    """Places (k, 2) of a grid, every second row half a step on, and which row and column each is in."""
    rows = np.arange(-math.ceil(reach / dy), math.ceil(reach / dy) + 1)
    columns = np.arange(-math.ceil(reach / dx), math.ceil(reach / dx) + 1)
    row, column = np.meshgrid(rows, columns, indexing="ij")
    x = column * dx + (0.5 * dx * (row % 2) if stagger else 0)
    return np.c_[x.ravel(), (row * dy).ravel()], row.ravel(), column.ravel()


def _scales(reach, size):
    """Fish scales: a moon below each, a seed within."""
    at, *_ = _grid(reach, size * 1.1, size * 0.52)
    yield units.arc(size * 0.5, size * 0.16, 0.06 * math.pi, 0.94 * math.pi, 9), at
    yield turned(units.willow(0.5, 5), math.pi / 2) * size * 0.3 + [0, size * 0.16], at


def _armour(reach, size):
    """Mountain-pattern armour: threefold joints of short slits that never close a cell."""
    at, *_ = _grid(reach, size, size * 0.87)
    slit = units.willow(0.2, 7) * size * 0.46 + [size * 0.25, 0]
    for angle in (math.pi / 2, math.pi * 7 / 6, math.pi * 11 / 6):
        yield turned(slit, angle), at
    yield units.round_hole(points=10) * size * 0.15 + [0, -size * 0.5], at


def _waves(reach, size):
    """Sea: rows of arcs within arcs."""
    at, *_ = _grid(reach, size, size * 0.5)
    for share in (0.45, 0.24):
        yield units.arc(size * share, size * 0.10, -0.92 * math.pi, -0.08 * math.pi, 10), at


def _clouds(reach, size):
    """Curls of cloud, turned row by row and mirrored in turn."""
    at, row, column = _grid(reach, size, size * 0.84)
    for sign, odd in ((1, 1), (-1, 0)):
        for third in range(3):
            some = ((row + column) % 2 == odd) & ((row + 2 * column) % 3 == third)
            curl = units.cloud(0.15, 1.0, 24) * [1, sign] * size * 0.68
            yield turned(curl, 2.1 * third), at[some]
            yield (
                turned(units.willow(0.3, 6), 0.9 * third) * size * 0.3 + [size * 0.48, size * 0.06],
                at[some],
            )


def _flowers(reach, size):
    """Blossoms of five drops about a dot, leaves between."""
    at, row, _ = _grid(reach, size, size * 0.9)
    petal = units.drop(0.62, 16) * [-1, 1] * size * 0.24 + [size * 0.2, 0]
    for odd in (0, 1):
        for k in range(5):
            yield turned(petal, 0.7 * odd + k * 2 * math.pi / 5), at[row % 2 == odd]
        yield turned(units.willow(0.36, 6), 0.7 - odd) * size * 0.28 + [size * 0.5, 0], at[row % 2 == odd]


def _lozenges(reach, size):
    """A diaper of four-cornered eyes with dots between."""
    at, *_ = _grid(reach, size, size * 0.5)
    yield units.lozenge(0.62) * size * 0.52, at
    yield units.round_hole(points=8) * size * 0.1 + [size / 2, 0], at


def _fringe(reach, size):
    """Hanging threads: long slits, pointed at both ends."""
    thread = turned(units.willow(0.05, 5), math.pi / 2) * [size * 7.4, size * 6.4]
    at, _, column = _grid(reach, size, size * 7, stagger=False)
    yield thread, at + np.c_[np.zeros(len(at)), size * 1.2 * (column % 2)]


def _coins(reach, size):
    """Linked coins: four willow leaves about each square."""
    at, row, column = _grid(reach, size * 0.707, size * 0.707, stagger=False)
    leaf = units.willow(0.3, 7) * size * 0.6
    for odd in (0, 1):
        yield turned(leaf, math.pi / 4 if odd else -math.pi / 4), at[(row + column) % 2 == odd]


def _rays(reach, size):
    """Slits from the middle outward, for pompoms; `size` is their length."""
    for k in range(9):
        yield turned(units.drop(0.36, 12) * [-1, 1] * size + [size * 0.86, 0], k * 2 * math.pi / 9), [[0, 0]]


def _seeds(reach, size):
    """Small seeds, every second row leaning the other way."""
    at, row, _ = _grid(reach, size, size * 0.7)
    for odd in (0, 1):
        yield turned(units.willow(0.4, 6), 0.7 if odd else -0.7) * size * 0.5, at[row % 2 == odd]


TOOTH = np.array([[-0.42, -0.5], [0.0, 0.62], [0.42, -0.5]])

PATTERNS = {
    "scales": _scales,
    "armour": _armour,
    "waves": _waves,
    "clouds": _clouds,
    "flowers": _flowers,
    "lozenges": _lozenges,
    "fringe": _fringe,
    "coins": _coins,
    "rays": _rays,
    "seeds": _seeds,
}


def hem(outline, inset, unit, size, step):
    """Small cuts that follow an outline at a distance inside it."""
    path = inner(outline, inset)
    count = max(4, round(_run(path) / step))
    at = units.resample(np.r_[path, path[:1]], count + 1)[:-1]
    ahead = np.roll(at, -1, axis=0) - np.roll(at, 1, axis=0)
    angle = np.arctan2(ahead[:, 1], ahead[:, 0])
    shape = TOOTH if unit == "teeth" else units.outline(unit)
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    u, v = shape[:, 0] * size, shape[:, 1] * size
    return np.stack([u * c - v * s, u * s + v * c], axis=-1) + at[:, None]


def inner(outline, inset):
    """The outline moved inward."""
    p = np.asarray(outline, float)
    p = units.resample(np.r_[p, p[:1]], max(40, int(_run(p) / 5)))[:-1]
    along = np.roll(p, -1, axis=0) - np.roll(p, 1, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    area = 0.5 * np.sum(p[:, 0] * np.roll(p[:, 1], -1) - np.roll(p[:, 0], -1) * p[:, 1])
    return p + np.c_[-along[:, 1], along[:, 0]] * inset * (1 if area > 0 else -1)


def _run(path):
    return float(np.hypot(*np.diff(np.r_[path, path[:1]], axis=0).T).sum())


def dashes(outline, dash, gap):
    """A closed line cut in pieces, so that paper bridges remain between them."""
    p = np.asarray(outline, float)
    count = max(3, round(_run(p) / (dash + gap)))
    fine = units.resample(np.r_[p, p[:1]], count * 24 + 1)
    hold = max(2, round(24 * gap / (dash + gap)))
    return [fine[k * 24 : k * 24 + 25 - hold] for k in range(count)]
