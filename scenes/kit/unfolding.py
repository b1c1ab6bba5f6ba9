"""A folded flower comes open: snaps of 110 ms, each turning two wedges over their folds."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine import ease_in, ease_out, raster

SNAP = 0.110
HELD = 0.22
"""Seconds the folded wedge is shown before the first snap."""


def snaps(folds):
    """How many turns open all wedges, two a turn from the first one on: n/2, rounded."""
    return math.ceil((folds - 1) / 2)


def length(folds):
    """Seconds from the folded wedge to the open flower."""
    return HELD + snaps(folds) * SNAP


@lru_cache(maxsize=8)
def _angles(size):
    y, x = np.mgrid[:size, :size].astype(np.float32) - np.float32((size - 1) / 2)
    return np.arctan2(x, -y)


@lru_cache(maxsize=256)
def _veil(size, low, high, side):
    """255 everywhere but in the wedge from `low` to `high` off the top, on one side (1, -1) or both (0)."""
    off = _angles(size) * side if side else np.abs(_angles(size))
    return np.repeat(np.where((off > low) & (off <= high), np.uint8(0), np.uint8(255))[..., None], 4, axis=2)


@dataclass(frozen=True)
class Fold:
    """A flower at one snap of its unfolding: what lies open, and the wedges that turn over next."""

    turn: int
    open: object
    wedges: tuple


def turn_at(folds, age):
    """Which snap a flower is in at `age` seconds: -1 while it is held folded, `snaps(folds)` when open."""
    return -1 if age < HELD else min(snaps(folds), int((age - HELD) / SNAP))


def fold(flower, turn):
    """Cut the flower's sheet into what one snap needs."""
    folds, sheet = flower.recipe.folds, flower.sheet
    half = math.pi / folds
    if turn < 0:
        wedge = _sector(sheet, -1, half)
        deep = (np.arange(256, dtype=np.float32) / 255) ** 1.5 * 255  # many layers let less light through
        wedge.px[:] = deep.astype(np.uint8)[wedge.px]
        return Fold(turn, wedge, ())
    if turn >= snaps(folds):
        return Fold(turn, sheet, ())
    wedges = tuple((_sector(sheet, *one), (one[2] or 1) * one[0]) for one in _flaps(folds, turn))
    return Fold(turn, _sector(sheet, -1, half * (1 + 2 * turn)), wedges)


def prepare(flower):
    """Make ready what `fold` needs for flowers of this size and folding, so that no frame waits for it."""
    for turn in range(-1, snaps(flower.recipe.folds)):
        fold(flower, turn)


def _flaps(folds, turn):
    """The wedges that turn over in a snap: (from, to, side); an even folding ends with one alone."""
    half = math.pi / folds
    open_to = half * (1 + 2 * turn)
    if turn == snaps(folds) - 1 and folds % 2 == 0:
        return ((open_to, 4.0, 0),)
    return tuple((open_to, open_to + 2 * half, side) for side in (1, -1))


def _sector(sheet, low, high, side=0):
    out = type(sheet)(sheet.px.shape[1::-1], scale=sheet.scale, clear=True)
    np.maximum(sheet.px, _veil(sheet.px.shape[0], round(low, 4), round(high, 4), side), out=out.px)
    return out


def lay(canvas, now_folded, place, age, folded_from=(0.0, -30.0)):
    """Multiply a Fold, `age` seconds into its unfolding, onto the canvas about `place`."""
    if now_folded.turn < 0:
        rest = 1 - ease_out(min(1.0, max(0.0, age / HELD)))
        at = (place[0] + folded_from[0] * rest, place[1] + folded_from[1] * rest)
        canvas.stamp(_turned(now_folded.open, 0.5 * rest, 1 - 0.45 * rest), at, blend="multiply")
        return
    canvas.stamp(now_folded.open, place, blend="multiply")
    share = min(1.0, max(0.0, (age - HELD) / SNAP - now_folded.turn))
    for wedge, edge in now_folded.wedges:
        canvas.stamp(_flap(wedge, edge, -math.cos(math.pi * ease_in(share))), place, blend="multiply")


def _flap(sheet, fold, stretch):
    """The wedge turned over its fold: squeezed across the fold line, mirrored while `stretch` < 0."""
    h, w = sheet.px.shape[:2]
    along = np.array([math.sin(fold), -math.cos(fold)])
    across = np.array([math.cos(fold), math.sin(fold)])
    stretch = stretch if abs(stretch) > 0.03 else 0.03
    turn = np.outer(along, along) + stretch * np.outer(across, across)
    middle = np.array([(w - 1) / 2, (h - 1) / 2])
    return raster.warped(sheet, np.c_[turn, middle - turn @ middle], ground=255)


def _turned(sheet, angle, scale):
    h, w = sheet.px.shape[:2]
    c, s = math.cos(angle) * scale, math.sin(angle) * scale
    turn = np.array([[c, -s], [s, c]])
    middle = np.array([(w - 1) / 2, (h - 1) / 2])
    return raster.warped(sheet, np.c_[turn, middle - turn @ middle], ground=255)


def flip(canvas, sheet, place, share, upright=False):
    """One sheet turning about its own middle: `share` 0 flat, 0.5 edge on, 1 flat again."""
    h, w = sheet.px.shape[:2]
    squeeze = max(0.02, abs(math.cos(math.pi * share)))
    sx, sy = (1.0, squeeze) if upright else (squeeze, 1.0)
    size = (math.ceil(w * sx) + 2, math.ceil(h * sy) + 2)
    matrix = np.array([[sx, 0, (size[0] - 1 - sx * (w - 1)) / 2], [0, sy, (size[1] - 1 - sy * (h - 1)) / 2]])
    canvas.stamp(raster.warped(sheet, matrix, size=size, ground=255), place, blend="multiply")
