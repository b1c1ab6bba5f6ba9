"""A wolf-hair brush: how it lands, presses, turns and leaves, and what its bristles leave dry.

The tuft's print on paper is a drop, its tip to the upper left as a right hand holds it. A stroke is that
drop drawn along a median while the hand presses and lifts; landing and leaving depend on the kind of
stroke (永字八法: 侧 勒 努 趯 策 掠 啄 磔).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

HALF = 0.048  # half the tuft's width in the character's square, pressed as for a plain vertical
TILT = np.radians(32)  # of the drop's long axis, from level, clockwise on the paper
SLIM = 0.60  # its short axis over its long one
BRISTLES = 22
STEP = 0.011  # between two prints, in the square
KINDS = {
    "横": ("press", "press"),
    "竖": ("press", "dew"),
    "针": ("press", "needle"),
    "撇": ("press", "sweep"),
    "捺": ("thin", "foot"),
    "点": ("drop", "drop"),
    "提": ("press", "flick"),
    "折": ("press", "dew"),
    "钩": ("press", "flick"),
    "撇点": ("press", "round"),
}
"""Kind of stroke -> how the brush lands, how it leaves."""


@dataclass(frozen=True)
class Stroke:
    """A median as written: knots (n, 2) in 0..1 of the square, what each is pressed, which are corners."""

    kind: str
    knots: np.ndarray
    press: np.ndarray
    corners: tuple[int, ...]


@dataclass(frozen=True)
class Trail:
    """The brush's way over the paper.

    at     (n, 2) places in the square
    size   (n,) half breadth of the print there
    when   (n,) time, 0..1 of the stroke
    hook   time from which the hairs gather to flick off; 1 without a hook
    """

    at: np.ndarray
    size: np.ndarray
    when: np.ndarray
    hook: float = 1.0


def write(stroke, weight=1.0):
    """The Trail of a stroke. Slow where the brush lands, presses and turns, quick between."""
    at, ends, hand = _median(stroke)
    landing, leaving = KINDS[stroke.kind]
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(at, axis=0), axis=1))])
    half = HALF * weight
    near = 1.5 * half
    size = hand * _thin_level(at)
    for first, last in pairwise(ends):  # each run between corners has its waist
        s = (gone[first : last + 1] - gone[first]) / max(1e-6, gone[last] - gone[first])
        size[first : last + 1] *= 1 - 0.16 * np.sin(np.pi * s)
    for corner in ends[1:-1]:
        size *= 1 + 0.20 * np.exp(-(((gone - gone[corner]) / near) ** 2))
    size *= _landing(landing, gone, near) * _leaving(leaving, gone, gone[ends[-2]], near)
    turn = at[ends[-2]] if leaving == "flick" else None
    at, size = _gestures(at, size * half, landing, leaving, half)
    when = _pace(at, size, half)
    hook = 1.0 if turn is None else float(when[np.argmin(((at - turn) ** 2).sum(1))])
    return Trail(at, size, when, hook if len(ends) > 2 else 1.0)


def prints(trail):
    """Outlines (n, 14, 2) of the tuft on the paper along a trail."""
    round_ = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    along = np.cos(round_)
    across = SLIM * np.sin(round_) * (1 + 0.30 * along)
    c, s = np.cos(TILT), np.sin(TILT)
    drop = np.stack([along * c - across * s, along * s + across * c], axis=1)
    return trail.at[:, None, :] + trail.size[:, None, None] * drop


def dry_lines(trail, rng, load):
    """Flying white (飞白): lines the bristles leave bare, [(m, 2)], more the less `load` 0..1 there is.

    A bristle runs dry where its own share of ink times what is left of the dip falls below .52.
    """
    length = np.linalg.norm(np.diff(trail.at, axis=0), axis=1).sum()
    if length < 0.3:
        return []
    across = np.linspace(-0.92, 0.92, BRISTLES) + rng.normal(0, 0.03, BRISTLES)
    share = rng.uniform(0.74, 1.08, BRISTLES)
    fine = rng.normal(0, 0.015, (BRISTLES, len(trail.at)))
    pressed = np.clip(trail.size / np.median(trail.size), 0.7, 1.6)
    wet = load * (1 - 0.29 * np.clip((trail.when - 0.45) / 0.45, 0, 1) * min(1.0, length / 0.8))
    wet += np.where(pressed > 1, 1.1, 0.25) * (pressed - 1)
    dry = share[:, None] * wet[None, :] + fine < 0.52
    dry &= (trail.size > 0.66 * np.median(trail.size)) & (trail.when > 0.42)  # a tip gathers its hairs
    dry &= trail.when < trail.hook - 0.04
    way = np.gradient(trail.at, axis=0)
    way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
    normal = np.stack([-way[:, 1], way[:, 0]], axis=1)
    reach = trail.size * _support(normal)
    lines = []
    for k in range(BRISTLES):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dry[k].astype(np.int8), [0]])))
        for first, last in edges.reshape(-1, 2):
            if last - first > 3:
                cut = slice(first, last)
                lines.append(trail.at[cut] + normal[cut] * (reach[cut] * across[k])[:, None])
    return lines


def _median(stroke):
    """Places along the stroke, the indices of its ends and corners, the pressure written at each place."""
    bounds = [0, *stroke.corners, len(stroke.knots) - 1]
    at, hand, ends = [], [], [0]
    for first, last in pairwise(bounds):
        run, press = _smooth(stroke.knots[first : last + 1], stroke.press[first : last + 1])
        skip = 1 if at else 0
        at.extend(run[skip:])
        hand.extend(press[skip:])
        ends.append(len(at) - 1)
    return np.array(at), ends, np.array(hand)


def _smooth(knots, press):
    """Centripetal Catmull-Rom (Yuksel 2011) through the knots, evenly spaced by STEP."""
    ends = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    gaps = np.maximum(np.linalg.norm(np.diff(ends, axis=0), axis=1), 1e-6) ** 0.5
    u = np.linspace(0, 1, 16, endpoint=False)[:, None]
    laid, hand = [], []
    for k in range(len(knots) - 1):
        p0, p1, p2, p3 = ends[k : k + 4]
        t0, t1, t2 = gaps[k : k + 3]
        m1 = ((p1 - p0) / t0 - (p2 - p0) / (t0 + t1) + (p2 - p1) / t1) * t1
        m2 = ((p2 - p1) / t1 - (p3 - p1) / (t1 + t2) + (p3 - p2) / t2) * t1
        laid.append(
            (2 * u**3 - 3 * u**2 + 1) * p1
            + (u**3 - 2 * u**2 + u) * m1
            + (-2 * u**3 + 3 * u**2) * p2
            + (u**3 - u**2) * m2
        )
        hand.append(press[k] + (press[k + 1] - press[k]) * u[:, 0])
    at, hand = np.vstack([*laid, knots[-1:]]), np.concatenate([*hand, press[-1:]])
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(at, axis=0), axis=1))])
    even = np.linspace(0, gone[-1], max(4, int(gone[-1] / STEP) + 2))
    return np.stack([np.interp(even, gone, at[:, i]) for i in (0, 1)], axis=1), np.interp(even, gone, hand)


def _thin_level(at):
    """Level strokes are written thinner than upright ones."""
    way = np.gradient(at, axis=0)
    level = way[:, 0] ** 2 / np.maximum((way**2).sum(1), 1e-12)
    return 1 - 0.17 * level**2


def _landing(how, gone, near):
    if how == "press":
        return 1 + 0.22 * np.exp(-((gone / near) ** 2))
    return np.ones_like(gone)


def _leaving(how, gone, last_run, near):
    """The hand's pressure towards the end of a stroke."""
    total = max(1e-6, gone[-1])
    s, left = gone / total, total - gone
    run = np.clip((gone - last_run) / max(1e-6, total - last_run), 0, 1)
    if how == "press":
        return 1 + 0.26 * np.exp(-((left / near) ** 2)) - 0.12 * np.exp(-(((left - 2.4 * near) / near) ** 2))
    if how == "dew":
        return 1 + 0.08 * np.exp(-((left / near) ** 2))
    if how == "needle":
        return np.clip((1 - s) / 0.42, 0.02, 1) ** 0.75
    if how == "sweep":
        return 1.06 * np.clip(1 - s, 0.0004, 1) ** 0.62
    if how == "flick":
        return np.where(gone >= last_run - 1e-9, 1.05 * np.clip(1 - run, 0.0004, 1) ** 0.85, 1)
    if how == "foot":
        return np.interp(s, (0, 0.12, 0.45, 0.80, 0.86, 1), (0.40, 0.50, 0.95, 1.82, 1.75, 0.03))
    if how == "drop":
        return np.interp(s, (0, 0.15, 0.62, 0.85, 1), (0.30, 0.55, 1.12, 1.22, 1.0))
    return np.interp(s, (0, 0.5, 0.9, 1), (1, 0.85, 1.15, 1.0))


def _gestures(at, size, landing, leaving, half):
    """The small movements outside the median: the tip set down, the brush pressed home and drawn back."""
    if landing == "press":
        way = np.linspace(-1, 0, 5)[:-1, None]
        tip = at[0] + way * half * np.array([0.72, 0.80])
        at = np.vstack([tip, at])
        size = np.concatenate([size[0] * np.linspace(0.22, 0.9, 4), size])
    if leaving in ("press", "dew", "round"):
        home = {"press": (0.30, 0.26), "dew": (0.10, 0.32), "round": (0.2, 0.25)}[leaving]
        way = np.array([0.5, 1.0, 0.55])[:, None] * half * np.array(home)
        at = np.vstack([at, at[-1] + way])
        size = np.concatenate([size, size[-1] * np.array([1.0, 0.92, 0.75])])
    return at, size


def _pace(at, size, half):
    """Time of each place, 0..1: where the brush is pressed it goes slowly."""
    step = np.linalg.norm(np.diff(at, axis=0), axis=1)
    slow = 0.35 + 0.65 * np.clip(size / half, 0, 1.6) ** 2
    took = np.concatenate([[0.0], np.cumsum(step * 0.5 * (slow[1:] + slow[:-1]))])
    return took / max(1e-9, took[-1])


def _support(normal):
    """How far the drop reaches to either side of its way, over its size."""
    long = normal @ np.array([np.cos(TILT), np.sin(TILT)])
    short = normal @ np.array([-np.sin(TILT), np.cos(TILT)])
    return np.sqrt(long**2 + (SLIM * short) ** 2)
