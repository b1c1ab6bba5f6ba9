"""A folded flower comes open: snaps of 110 ms, each turning two wedges over their folds."""

import math
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


def prepare(flower):
    """Make ready what `lay` needs for flowers of this size and folding, so that no frame waits for it."""
    half = math.pi / flower.recipe.folds
    for turn in range(snaps(flower.recipe.folds)):
        open_to = half * (1 + 2 * turn)
        _sector(flower.sheet, -1, open_to)
        for low, high, side in _flaps(flower.recipe.folds, turn):
            _sector(flower.sheet, low, high, side)


def _flaps(folds, turn):
    """The wedges that turn over in a snap: (from, to, side); the last of an even folding is the one opposite."""
    half = math.pi / folds
    open_to = half * (1 + 2 * turn)
    if turn == snaps(folds) - 1 and folds % 2 == 0:
        return ((open_to, 4.0, 0),)
    return tuple((open_to, open_to + 2 * half, side) for side in (1, -1))


def _sector(sheet, low, high, side=0):
    out = type(sheet)(sheet.px.shape[1::-1], scale=sheet.scale, clear=True)
    np.maximum(sheet.px, _veil(sheet.px.shape[0], round(low, 4), round(high, 4), side), out=out.px)
    return out


def lay(canvas, flower, place, age, folded_from=(0.0, -30.0)):
    """Multiply the flower, `age` seconds into its unfolding, onto the canvas about `place`."""
    folds, sheet = flower.recipe.folds, flower.sheet
    half = math.pi / folds
    if age < HELD:
        wedge = _sector(sheet, -1, half)
        wedge.px[..., :3] = (wedge.px[..., :3].astype(np.float32) ** 1.5 / 255**0.5).astype(np.uint8)
        rest = 1 - ease_out(age / HELD)
        tilt = 0.5 * rest
        at = (place[0] + folded_from[0] * rest, place[1] + folded_from[1] * rest)
        canvas.stamp(_turned(wedge, tilt, 0.55 + 0.45 * (1 - rest)), at, blend="multiply")
        return
    turn, share = divmod((age - HELD) / SNAP, 1.0)
    turn = int(turn)
    if turn >= snaps(folds):
        canvas.stamp(sheet, place, blend="multiply")
        return
    open_to = half * (1 + 2 * turn)
    canvas.stamp(_sector(sheet, -1, open_to), place, blend="multiply")
    for low, high, side in _flaps(folds, turn):
        flap = _flap(_sector(sheet, low, high, side), (side or 1) * low, -math.cos(math.pi * ease_in(share)))
        canvas.stamp(flap, place, blend="multiply")


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
