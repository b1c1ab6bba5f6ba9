"""Families of lines: folds between a master curve and its fellow, needles on a twig, petals round a heart."""

import numpy as np

from scenes.kit.path import read_path

POINTS = 44
GOLDEN = 0.6180339887


def numbers(text, count=0):
    """The numbers of a text as floats; ValueError when there are not `count` of them."""
    try:
        found = np.array([float(word) for word in text.split()])
    except (ValueError, AttributeError):
        raise ValueError(f"{text!r} is no row of numbers") from None
    if count and len(found) != count:
        raise ValueError(f"{text!r} needs {count} numbers")
    return found


def spaced(points, count=POINTS):
    """`count` points evenly along a line."""
    gaps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(gaps)])
    at = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(at, along, points[:, k]) for k in (0, 1)])


def normals(points):
    """Unit vectors (n, 2) to the left of the way."""
    way = np.gradient(points, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-6)[:, None]
    return way[:, ::-1] * (1.0, -1.0)


def folds(family):
    """The lines of {a = path, b = path or step = [dx, dy], n, trim, ease}: what lies between the two curves.

    a, b   the first and the last line; with `step` every line is the master moved on by it
    n      how many, at least 2
    trim   0..1 share by which they end early, each by another part of it, as a hand does
    ease   above 1 they crowd towards a
    """
    extra = set(family) - {"a", "b", "step", "n", "trim", "ease"}
    if extra:
        raise ValueError(f"folds have unknown {', '.join(sorted(extra))}")
    n = int(family.get("n", 5))
    if n < 2 or ("b" in family) == ("step" in family):
        raise ValueError("folds need n >= 2 and either b or step")
    first = spaced(read_path(family["a"]).points)
    if "step" in family:
        last = first + np.asarray(family["step"], float) * (n - 1)
    else:
        last = spaced(read_path(family["b"]).points)
    trim, ease = float(family.get("trim", 0.0)), float(family.get("ease", 1.0))
    lines = []
    for k in range(n):
        u = (k / (n - 1)) ** ease
        left = 1 - trim * ((k * GOLDEN + 0.3) % 1)
        lines.append((first * (1 - u) + last * u)[: max(4, round(POINTS * left))])
    return lines


def needles(text):
    """Lines of "x y radius from to n": a fan from (x, y), angles in degrees, 0 = right, 90 = up."""
    x, y, r, low, high, n = numbers(text, 6)
    angles = np.radians(np.linspace(low, high, int(n)))
    lines = []
    for k, a in enumerate(angles):
        reach = r * (0.86 + 0.14 * ((k * GOLDEN) % 1))
        u = np.linspace(0.06, 1, 6)[:, None] * reach
        bend = 0.06 * reach * (u / reach) ** 2
        way, side = np.array([np.cos(a), -np.sin(a)]), np.array([np.sin(a), np.cos(a)])
        lines.append(np.array([x, y]) + u * way + bend * side)
    return lines


def stripes(entry):
    """Where lines run along a ribbon, -1..1 across."""
    stripe = float(entry.get("stripe", 0))
    return (stripe, -stripe) if stripe else ()


def petals(place, count):
    """(outline, veins) of lobed petals of "x y inner outer squash", evenly round; the small have no veins."""
    x, y, inner, outer, squash = place
    found = []
    for k in range(count):
        a = 2 * np.pi * k / count + 0.4 + outer
        s = np.linspace(-1, 1, 27)
        notch = 1 + 0.05 * np.cos(9 * s) - 0.12 * np.exp(-((s / 0.16) ** 2))
        reach = outer * (0.92 + 0.08 * np.cos(2.4 * k)) - inner
        r = inner + reach * (1 - np.abs(s) ** 3.0) ** 0.5 * notch
        outline = _around(x, y, r, a + s * min(1.2, 1.22 * np.pi / count), squash)
        veins = [
            _around(x, y, np.linspace(inner * 1.3, outer * 0.78, 8), a + w * np.linspace(0.3, 1, 8), squash)
            for w in ((-0.22, 0.0, 0.22) if outer > 26 else ())
        ]
        found.append((outline, veins))
    return found


def _around(x, y, r, a, squash):
    return np.column_stack([x + r * np.cos(a), y + r * np.sin(a) * squash])
