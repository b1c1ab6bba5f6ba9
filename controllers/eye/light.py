"""What lamps and lenses do to a whole picture: found from coarse means, and taken out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]

BLOCKS = (64, 36)
BANDS = 18
WHITE, BURNT = 255, 250  # the brightest there is; from here on nobody knows how bright it was
NEAR = np.ones((5, 5), np.uint8)
REACH = 5  # cells: light is even over such a square, what people do is not
FAINT = 0.057  # share by which light moving over the room changes a cell between two pictures, at most


def blocks(picture: Plane) -> Plane:
    """Block means (36, 64) of a picture (180, 320)."""
    return cv2.resize(picture, BLOCKS, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def gain(before: Plane, now: Plane) -> Plane:
    """How much brighter each row became, (180, 1), from block means of two pictures.

    The median of each band of rows: a person moves in less than half of a band, a lamp, an iris, a blackout
    or a rolling shutter under mains light changes all of it. Only the brighter half of a band is asked,
    for in the dark a ratio is mostly noise, and of that nothing that is burnt out.
    """
    old, new = before.reshape(BANDS, -1), now.reshape(BANDS, -1)
    half = old.shape[1] // 2
    bright = np.argpartition(np.where(np.maximum(old, new) < BURNT, old, 0), half, axis=1)[:, half:]
    ratio = (np.take_along_axis(new, bright, 1) + 0.3) / (np.take_along_axis(old, bright, 1) + 0.3)
    ratio.partition(half // 2, axis=1)
    bands = ratio[:, half // 2].astype(np.float32)
    beyond = np.concatenate(([2 * bands[0] - bands[1]], bands, [2 * bands[-1] - bands[-2]]))
    rows = cv2.resize(beyond[:, None], (1, 200), interpolation=cv2.INTER_CUBIC)
    return rows[10:190]  # type: ignore[return-value]


def glow(before: Plane, now: Plane) -> Plane:
    """How much brighter each cell (36, 64) became by light that moves over the room (a projection, a lamp
    that swings), from block means of two pictures whose common gain has been taken out.

    The median of the cells around it: light changes all of them alike, whatever they show, and an arm's edge
    changes a few of them. What is brighter or darker by more than FAINT is no such light, and left as it is.
    """
    share = (now + 2) / (before + 2) - 1
    around = cv2.medianBlur(share, REACH)
    around[np.abs(around) > FAINT] = 0
    return 1 + cv2.GaussianBlur(around, (5, 5), 1.0)  # type: ignore[return-value]


def burnt(before: NDArray[np.uint8], now: NDArray[np.uint8]) -> Plane:
    """Share of each cell (36, 64) that is burnt out in one of two pictures (180, 320), or so near to it that
    a blur mixes it in: it does not follow when the light changes."""
    _, white = cv2.threshold(cv2.max(before, now), BURNT - 1, 255, cv2.THRESH_BINARY)
    white = cv2.dilate(white, NEAR)
    return cv2.resize(white, BLOCKS, interpolation=cv2.INTER_AREA) * np.float32(1 / 255)  # type: ignore[return-value]


def middle(values: NDArray[np.floating]) -> float:
    """The median, as fast as it can be had."""
    flat = values.ravel()
    return float(np.partition(flat, flat.size // 2)[flat.size // 2])


def same(before: NDArray[np.uint8], now: NDArray[np.uint8]) -> bool:
    """Whether a camera has sent the same picture again (less than a fiftieth of a grey level apart)."""
    return bool(cv2.norm(before, now, cv2.NORM_L1) < 0.02 * now.size)
