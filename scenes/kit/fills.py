"""Engraver's fillings for a figure's cells: scales, armour, waves, clouds, flowers, fringes, hems.

Each filling gives cut outlines that cover a box (x0, y0, x1, y1); the figure clips them to its part.
"""

import math

import numpy as np

from scenes.kit import units

KINDS = ("scales", "armour", "waves", "clouds", "flowers", "lozenges", "fringe", "coins", "barbs", "rays", "seeds")


def filling(kind, box, size, turn=0.0):
    """Outlines of one of KINDS over the box, `size` between repeats, turned about the box's middle."""
    x0, y0, x1, y1 = box
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    reach = 0.5 * math.hypot(x1 - x0, y1 - y0) + size
    make = {
        "scales": _scales,
        "armour": _armour,
        "waves": _waves,
        "clouds": _clouds,
        "flowers": _flowers,
        "lozenges": _lozenges,
        "fringe": _fringe,
        "coins": _coins,
        "barbs": _barbs,
        "rays": _rays,
        "seeds": _seeds,
    }[kind]
    c, s = math.cos(turn), math.sin(turn)
    spin = np.array([[c, s], [-s, c]])
    return [shape @ spin + middle for shape in make(reach, size)]


def _grid(reach, dx, dy, stagger=True):
    for row in range(-math.ceil(reach / dy), math.ceil(reach / dy) + 1):
        shift = 0.5 * dx if stagger and row % 2 else 0.0
        for column in range(-math.ceil(reach / dx), math.ceil(reach / dx) + 1):
            yield column * dx + shift, row * dy, row, column


def _turned(shape, angle):
    c, s = math.cos(angle), math.sin(angle)
    return shape @ np.array([[c, s], [-s, c]])


def _scales(reach, size):
    """Fish scales: a moon below each, a seed within."""
    moon = units.arc(size * 0.5, size * 0.16, 0.06 * math.pi, 0.94 * math.pi, 9)
    seed = _turned(units.willow(0.5, 5), math.pi / 2) * size * 0.3
    for x, y, *_ in _grid(reach, size * 1.1, size * 0.52):
        yield moon + [x, y]
        yield seed + [x, y + size * 0.16]


def _armour(reach, size):
    """Mountain-pattern armour: threefold joints of short slits that never close a cell."""
    slit = units.willow(0.2) * size * 0.46 + [size * 0.25, 0]
    arms = [_turned(slit, a) for a in (math.pi / 2, math.pi * 7 / 6, math.pi * 11 / 6)]
    for x, y, *_ in _grid(reach, size, size * 0.87):
        yield from (arm + [x, y] for arm in arms)
        yield units.round_hole() * size * 0.13 + [x, y - size * 0.5]


def _waves(reach, size):
    """Sea: rows of arcs within arcs."""
    for x, y, *_ in _grid(reach, size, size * 0.5):
        for share in (0.45, 0.24):
            arc = units.arc(size * share, size * 0.10, -0.92 * math.pi, -0.08 * math.pi, 10)
            yield arc + [x, y]


def _clouds(reach, size):
    """Curls of cloud, each second one turned."""
    for x, y, row, column in _grid(reach, size, size * 0.84):
        sign = 1 if (row + column) % 2 else -1
        curl = units.cloud(0.15, 1.0) * [1, sign] * size * 0.68
        yield _turned(curl, 0.8 * row + 2.1 * column) + [x, y]
        yield _turned(units.willow(0.3), 0.5 * row - column) * size * 0.3 + [x + size * 0.48, y + size * 0.06]


def _flowers(reach, size):
    """Blossoms of five drops about a dot, leaves between."""
    petal = units.drop(0.62) * [-1, 1] * size * 0.24 + [size * 0.2, 0]
    for x, y, row, column in _grid(reach, size, size * 0.9):
        turn = 0.7 * row + column
        for k in range(5):
            yield _turned(petal, turn + k * 2 * math.pi / 5) + [x, y]
        yield _turned(units.willow(0.36), turn) * size * 0.28 + [x + size * 0.5, y]


def _lozenges(reach, size):
    """A diaper of four-cornered eyes with dots between."""
    for x, y, *_ in _grid(reach, size, size * 0.5):
        yield units.lozenge(0.62) * size * 0.52 + [x, y]
    for x, y, *_ in _grid(reach, size, size):
        yield units.round_hole() * size * 0.1 + [x + size / 2, y]


def _fringe(reach, size):
    """Hanging threads: long slits, pointed at both ends."""
    thread = _turned(units.willow(0.05), math.pi / 2)
    for x in np.arange(-reach, reach, size):
        for y in np.arange(-reach, reach, size * 7):
            yield thread * [size * 6.4 * 1.15, size * 6.4] + [x, y + (size * 1.2 if round(x / size) % 2 else 0)]


def _coins(reach, size):
    """Linked coins: four willow leaves about each square."""
    leaf = units.willow(0.3) * size * 0.6
    for x, y, row, column in _grid(reach, size * 0.707, size * 0.707, stagger=False):
        yield _turned(leaf, math.pi / 4 if (row + column) % 2 else -math.pi / 4) + [x, y]


def _barbs(reach, size):
    """Feather: slanting slits either side of a shaft that runs along x."""
    for x in np.arange(-reach, reach, size):
        for side in (1, -1):
            yield _turned(units.willow(0.2), side * 0.7) * size * 1.5 + [x, side * size * 0.62]


def _rays(reach, size):
    """Slits from the middle outward, for pompoms; `size` is their length."""
    for k in range(9):
        yield _turned(units.drop(0.36) * [-1, 1] * size + [size * 0.86, 0], k * 2 * math.pi / 9)


def _seeds(reach, size):
    """Small seeds, every second row leaning the other way."""
    for x, y, row, _ in _grid(reach, size, size * 0.7):
        yield _turned(units.willow(0.4), 0.7 if row % 2 else -0.7) * size * 0.5 + [x, y]


def hem(outline, inset, unit, size, step):
    """Small cuts that follow an outline at a distance inside it."""
    path = inner(outline, inset)
    count = max(4, round(_run(path) / step))
    at = units.resample(np.r_[path, path[:1]], count + 1)[:-1]
    ahead = np.roll(at, -1, axis=0) - np.roll(at, 1, axis=0)
    angle = np.arctan2(ahead[:, 1], ahead[:, 0])
    if unit == "teeth":
        shape = np.array([[-0.42, -0.5], [0.0, 0.62], [0.42, -0.5]])
    else:
        shape = units.outline(unit)
    return [_turned(shape * size, a) + p for p, a in zip(at, angle, strict=True)]


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
