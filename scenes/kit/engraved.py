"""What guests made this evening, cut into the faces of the coal: leaf, flower, brush stroke, tenon."""

import math
from itertools import zip_longest

import numpy as np

from engine import Canvas

KINDS = ("leaf", "flower", "stroke", "tenon")
LEAST = 4.0  # half a face smaller than this bears no mark


def share_out(evening, hearth):
    """{lump: (kind, points)}: every mark of the evening on a lump, its own guest's if they laid one.

    The newest come first if there are more marks than lumps; kinds take turns. With nobody's marks the
    tower bears the show's own on every third lump, so that it is never blank.
    """
    low, high = hearth.tower.slip_layers
    front = [
        n
        for n, lump in enumerate(hearth.lumps)
        if 0.3 * (low <= lump.layer <= high + 1) < abs(lump.angle) < 1.15  # none under the slip
    ]
    free = sorted(front, key=lambda n: n * 0.618 % 1)  # spread over the wall
    newest = [list(evening.marks(kind))[::-1] for kind in KINDS]
    marks = [(kind, m) for row in zip_longest(*newest) for kind, m in zip(KINDS, row, strict=True) if m]
    given, waiting = {}, []
    for kind, mark in marks:
        own = [int(n) for n in np.flatnonzero(hearth.guest == mark.guest) if mark.guest and n not in given]
        if own:
            given[own[0]] = kind, mark.points
        else:
            waiting.append((kind, mark.points))
    free = [n for n in free if n not in given]
    given.update(zip(free, waiting, strict=False))
    return given or {n: (KINDS[k % 4], ()) for k, n in enumerate(free[::3])}


def motif(kind, points, box, scale):
    """(h, w) 0..1: a mark in a face of `box` = (width, height) pixels."""
    w, h = box
    half = 0.40 * min(w, h)
    if half < LEAST * scale:
        return np.zeros((h, w), np.float32)
    if kind == "stroke" and len(points) > 1:
        return _drawn(points, w, h, half)
    s = ((np.arange(w, dtype=np.float32) + 0.5 - w / 2) / half)[None, :]
    t = ((np.arange(h, dtype=np.float32) + 0.5 - h / 2) / half)[:, None]
    field = {"leaf": _leaf, "flower": _flower, "stroke": _stroke, "tenon": _tenon}[kind](s, t)
    return np.clip(field / (1.6 / half + 0.05) + 0.5, 0, 1).astype(np.float32)


def _leaf(s, t):
    body = 0.62 * np.sqrt(np.clip(1 - t**2, 0, 1)) * (0.72 + 0.38 * np.clip(t + 0.2, -1, 1)) - np.abs(s)
    vein = np.minimum(np.abs(s) - 0.05, np.abs(np.abs(s) - (t + 0.62) * 0.75 % 0.42) - 0.03 + (t < -0.6))
    return np.minimum(body, vein)


def _flower(s, t):
    r, a = np.hypot(s, t), np.arctan2(t, s)
    return np.maximum(np.minimum(0.66 + 0.34 * np.cos(6 * a) - r, np.abs(r - 0.34) - 0.07), 0.12 - r)


def _stroke(s, t):
    """捺: thin in, heavy, flicked out."""
    along = np.clip((s + t) / 3 + 0.5, 0, 1)
    wide = 0.06 + 0.24 * along**1.5 * np.clip((1.03 - along) * 5, 0, 1)
    bend = (t - s) / 1.42 - 0.22 * np.sin(along * math.pi)
    return np.where(np.abs(s + t) < 1.45, wide - np.abs(bend), -1)


def _tenon(s, t):
    """A bracket set (斗拱): cap block, the arm let into it, three small blocks on the arm."""
    cap = np.minimum(0.40 - 0.20 * np.clip((t - 0.45) / 0.5, 0, 1) - np.abs(s), 0.24 - np.abs(t - 0.66))
    arm = np.minimum(0.92 - np.abs(s) - 0.5 * np.clip(t - 0.1, 0, 1), 0.17 - np.abs(t - 0.20))
    block = 0.19 - np.abs(np.abs(np.abs(s) - 0.36) - 0.36)  # at 0 and 0.72 to either side
    blocks = np.minimum(block, 0.17 - np.abs(t + 0.26))
    return np.maximum(np.maximum(cap, arm), blocks)


def _drawn(points, w, h, half):
    """The guest's own stroke, as large as the face has room for."""
    way = np.array(points, float)
    low, high = way.min(0), way.max(0)
    way = (way - (low + high) / 2) / max(0.25, float((high - low).max())) * 1.7 * half + (w / 2, h / 2)
    sheet = Canvas((w, h), scale=1.0, clear=True)
    sheet.line(way, (255, 255, 255), max(2.0, 0.26 * half))
    return sheet.px[..., 0].astype(np.float32) / 255
