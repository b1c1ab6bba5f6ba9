"""Template of a stroke: what moved where, when, and which way, as the stroke itself sees it.

A movement is known by where its motion lies in time and space (temporal templates, Bobick and Davis 2001).
Here space is measured in ways, from where the stroke began to where it ended, and time in thirds of it, so a
template is the same near and far, to the left and to the right, quick and slow. What moved before and after
it, and where, tells a hand that was thrown from one that merely goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
from numpy.typing import NDArray

from controllers.eye.shape import Line, Shape, X, Y

AGO, JUST = 1.0, 0.25  # seconds before a stroke from which "ago" and "just" begin
PHASES = ("ago", "just", "first", "middle", "last", "then")  # the three in the middle are its thirds
OWN = slice(2, 5)
ALONG = (-0.75, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.75)  # ways from its start: edges of "0" to "9"
ASIDE = (-1.0, -0.5, -0.2, 0.2, 0.5, 1.0)  # ways from its line, right or down positive: edges of "a" to "g"
ON_WAY, BESIDE = "0123456789", "abcdefg"

NAMES = (
    *(".".join(name) for name in product(("motion", "flow"), PHASES, ON_WAY + BESIDE)),
    *(".".join(name) for name in product(("astray", "pace"), ON_WAY)),
    "gone",
    "against",
)


def template(past: Iterable[Shape], axis: str, first: Shape, last: Shape) -> Line:
    """Values of NAMES for a stroke on an axis ("x" or "y") between two places of what is followed.

    motion.<phase>.<place>  motion there and then, over the motion of the stroke; of a phase that is no part
                            of the stroke, as if it took a third of it
    flow.<phase>.<place>    flow on its axis, positive its way, over all flow on its axis during the stroke
    astray.<place>          flow across its way for each motion, picture heights a second
    pace.<place>            way of the flow for each motion, over the way;  gone  the same of all places
    against                 flow against the way over all flow on its axis, -1..0
    """
    upright = axis == "y"
    seen = [shape for shape in past if shape.at >= first.at - AGO]
    phase = _phase(np.array([shape.at for shape in seen]), first.at, last.at)
    on_way, beside = (
        np.tensordot(phase.T, np.stack([shape.rows if down else shape.columns for shape in seen]), 1)
        for down in (upright, not upright)
    )  # (6, 4, cells)
    begin, end = (first.y, last.y) if upright else (first.x, last.x)
    middle = (first.x + last.x) / 2 if upright else (first.y + last.y) / 2
    way = end - begin
    sign = 1.0 if way > 0 else -1.0
    places = _places((Y if upright else X) - begin, way, ALONG)
    sides = _places((X if upright else Y) - middle, abs(way), ASIDE)

    motion = np.hstack([on_way[:, 0] @ places, beside[:, 0] @ sides])
    flow = np.hstack([on_way[:, 1] @ places, beside[:, 2] @ sides]) * sign
    astray = (on_way[OWN, 3] @ places).sum(axis=0)
    mass = motion[OWN, : len(ON_WAY)].sum(axis=0)
    gone = flow[OWN, : len(ON_WAY)]
    total = float(mass.sum()) + 1e-3
    strength = float(beside[OWN, 3].sum()) + 1e-3

    pictures = phase.sum(axis=0)
    share = pictures[OWN].sum() / 3 / np.maximum(pictures, 1)
    share[OWN] = 1.0
    ways = (last.at - first.at) / abs(way)
    return np.concatenate(
        [
            (motion * share[:, None]).ravel() / total,
            (flow * share[:, None]).ravel() / strength,
            astray / total,
            gone.sum(axis=0) / (mass + 1e-3) * ways,
            [gone.sum() / total * ways, np.minimum(gone, 0).sum() / strength],
        ]
    ).astype(np.float32)


def _phase(times: NDArray[np.float64], start: float, end: float) -> Line:
    """Which phase (6) each picture (n) belongs to: 1 or 0, (n, 6)."""
    third = (end - start) / 3
    edges = (start - JUST, start - 1e-6, start + third, start + 2 * third, end + 1e-6)
    return np.eye(len(PHASES), dtype=np.float32)[np.searchsorted(edges, times, side="right")]


def _places(cells: NDArray[np.floating], way: float, edges: tuple[float, ...]) -> Line:
    """Which place each cell (n) lies in, by its distance from the start in ways: 1 or 0, (n, places)."""
    return np.eye(len(edges) + 1, dtype=np.float32)[np.digitize(cells / way, edges)]
