"""Outlines as text: M x y, L lines, R smooth through points, C Bezier, Z closed."""

import re
from dataclasses import dataclass

import numpy as np

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)")
_SMOOTH = 7  # points laid between two knots of a smooth run
_NEEDS = {"M": 2, "L": 2, "R": 2, "C": 6, "Z": 0}


@dataclass(frozen=True)
class Path:
    """Points (n, 2) in the figure's units and whether the outline is closed."""

    points: np.ndarray
    closed: bool


def read_path(text):
    """The Path of `text`; ValueError says what is wrong with it.

    Runs of R meet other runs in a corner. A path of nothing but M, one R and Z is smooth all round.
    """
    runs = _runs(text)
    letters = [letter for letter, _ in runs]
    closed = letters[-1] == "Z"
    if letters == ["M", "R", "Z"]:
        knots = np.vstack([runs[0][1], runs[1][1]])
        return Path(_through(np.vstack([knots[-1], knots, knots[:2]]))[:-1], True)
    points = [runs[0][1]]
    for letter, knots in runs[1:]:
        here = points[-1][-1]
        if letter == "L":
            points.append(knots)
        elif letter == "R":
            points.append(smooth_run(np.vstack([here, knots]))[1:])
        elif letter == "C":
            points.append(_beziers(here, knots)[1:])
        elif letter == "M":
            raise ValueError(f"path {_short(text)}: a second M; write two paths")
    return Path(np.vstack(points), closed)


def _runs(text):
    """[(letter, points (n, 2))] as written."""
    found = []
    for token in _TOKEN.findall(text):
        if token.isalpha():
            if token not in _NEEDS:
                raise ValueError(f"path {_short(text)}: unknown letter {token!r}; known: {' '.join(_NEEDS)}")
            found.append((token, []))
        elif not found:
            raise ValueError(f"path {_short(text)}: must begin with M x y")
        else:
            found[-1][1].append(float(token))
    if not found or found[0][0] != "M" or len(found[0][1]) != 2:
        raise ValueError(f"path {_short(text)}: must begin with M x y")
    for letter, numbers in found:
        need = _NEEDS[letter]
        if (need and (not numbers or len(numbers) % need)) or (not need and numbers):
            raise ValueError(f"path {_short(text)}: {letter} has {len(numbers)} numbers")
    return [(letter, np.array(numbers, float).reshape(-1, 2)) for letter, numbers in found]


def _short(text):
    return repr(text if len(text) < 40 else text[:37] + "...")


def smooth_run(knots):
    """Smooth through open knots (n, 2 or 3): the ends are mirrored, so the run leaves them straight."""
    return _through(np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]]))


def _through(knots):
    """Centripetal Catmull-Rom (Yuksel 2011) through knots[1:-1]; no loops where knots lie unevenly."""
    gaps = np.maximum(np.linalg.norm(np.diff(knots, axis=0), axis=1), 1e-6) ** 0.5
    t0, t1, t2 = gaps[:-2, None], gaps[1:-1, None], gaps[2:, None]
    p0, p1, p2, p3 = knots[:-3], knots[1:-2], knots[2:-1], knots[3:]
    m1 = (p1 - p0) / t0 - (p2 - p0) / (t0 + t1) + (p2 - p1) / t1
    m2 = (p2 - p1) / t1 - (p3 - p1) / (t1 + t2) + (p3 - p2) / t2
    u = np.linspace(0, 1, _SMOOTH, endpoint=False)[:, None, None]
    laid = (
        (2 * u**3 - 3 * u**2 + 1) * p1
        + (u**3 - 2 * u**2 + u) * m1 * t1
        + (-2 * u**3 + 3 * u**2) * p2
        + (u**3 - u**2) * m2 * t1
    )
    return np.vstack([laid.transpose(1, 0, 2).reshape(-1, knots.shape[1]), knots[-2]])


def _beziers(start, knots):
    """Cubic Bezier runs from `start`, three points each."""
    u = np.linspace(0, 1, 2 * _SMOOTH)[:, None]
    points = [start[None]]
    for a, b, end in knots.reshape(-1, 3, 2):
        here = points[-1][-1]
        points.append(
            ((1 - u) ** 3 * here + 3 * u * (1 - u) ** 2 * a + 3 * u**2 * (1 - u) * b + u**3 * end)[1:]
        )
    return np.vstack(points)
