"""How far a picture, or a part of it, has shifted as one piece.

Flow is right to a fifth of a pixel, which on a sharp edge is not enough, and where there is nothing to see it
repeats what happens beside it. One least-squares step (Lucas and Kanade 1981) asks the picture itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Shift = tuple[float, float]  # pixels right and down

STILL = 0.15  # pixels the whole picture goes that are no movement
STEPS = 2  # least-squares steps from each start
CLEARER = 0.95  # going with the whole picture must leave this share of the difference
ALIKE = 12  # pixels that err together: the blur, and every other one is asked
ROUNDED = 1 / 12  # variance of a grey level that was rounded
AROUND = (41, 13)  # pixels over which light is taken as even
SURE = 0.02  # squared pixels of variance up to which a part that rests is believed about the whole picture


def moved(picture: Plane, dx: float, dy: float) -> Plane:
    """The picture shifted by whole and part pixels."""
    height, width = picture.shape
    middle = ((width - 1) / 2 - dx, (height - 1) / 2 - dy)  # a tenth of what an affine warp costs
    return cv2.getRectSubPix(picture, (width, height), middle)  # type: ignore[return-value]


def refined(
    before: Plane, now: Plane, dx: float, dy: float, part: NDArray[np.bool_] | None = None
) -> tuple[float, float, float, Shift]:
    """A shift (dx, dy) in pixels improved by one step over what did not move by itself, of the whole picture
    or of a part: dx, dy, the mean difference it found, grey levels, and the variances of dx and dy."""
    here = now[1:-1:2, 1:-1:2]
    ix = (now[1:-1:2, 2::2] - now[1:-1:2, :-2:2]) / 2
    iy = (now[2::2, 1:-1:2] - now[:-2:2, 1:-1:2]) / 2
    it = here - moved(before, dx, dy)[1:-1:2, 1:-1:2]
    size = np.abs(it)
    among = size if part is None else size[part[1:-1:2, 1:-1:2]]
    off = float(np.mean(among)) if among.size else 0.0
    calm = size < 3 * off
    if part is not None:
        calm &= part[1:-1:2, 1:-1:2]
    ix, iy, it = ix[calm], iy[calm], it[calm]
    xx, xy, yy = float(ix @ ix) + 1, float(ix @ iy), float(iy @ iy) + 1
    tx, ty = float(ix @ it), float(iy @ it)
    least = xx * yy - xy * xy
    error = ALIKE * (float(it @ it) / max(it.size, 1) + ROUNDED)
    doubts = error / max(xx - 1 - xy * xy / yy, 1e-3), error / max(yy - 1 - xy * xy / xx, 1e-3)
    return dx - (yy * tx - xy * ty) / least, dy - (xx * ty - xy * tx) / least, off, doubts


@dataclass(frozen=True, slots=True)
class Rest:
    """What a part that rests says of the camera: pixels it went right and down, and whether that is sure
    enough to be what the whole picture went."""

    dx: float
    dy: float
    sure: bool


NONE = Rest(0.0, 0.0, sure=False)  # where no part rests


class Reference:
    """A part of the house that rests (a balcony's edge): what moves it is the camera.

    `part` is (180, 320), True where the part is.
    """

    def __init__(self, part: NDArray[np.bool_]) -> None:
        rows, columns = (np.flatnonzero(part.any(axis=k)) for k in (1, 0))
        self.box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        self.part = np.ascontiguousarray(part[self.box])
        self.pixels = cv2.blur(self.part.astype(np.float32), AROUND) + 1e-3

    def step(self, before: Plane, now: Plane, start: Shift) -> Rest:
        """Where the part went between two pictures (180, 320); `start` is what the whole picture seems to
        have gone.

        Believed as far as its own variance allows (James and Stein 1961): a part in which nothing can be
        seen, or that drowns in noise, says nothing.
        """
        before, now = (np.ascontiguousarray(picture[self.box]) for picture in (before, now))
        before = before * self._light(now) / self._light(before)
        dx, dy, off, doubts = self._from(before, now, 0.0, 0.0)
        if math.hypot(*start) > STILL:
            with_all = self._from(before, now, *start)
            if with_all[2] < CLEARER * off:
                dx, dy, _, doubts = with_all
        return Rest(_believed(dx, doubts[0]), _believed(dy, doubts[1]), max(doubts) < SURE)

    def _light(self, picture: Plane) -> Plane:
        """Mean of the part around each pixel, for lamps flicker row by row and projections wander over it."""
        return (cv2.blur(np.where(self.part, picture, np.float32(0)), AROUND) + 1) / self.pixels

    def _from(self, before: Plane, now: Plane, dx: float, dy: float) -> tuple[float, float, float, Shift]:
        """The same as `refined`, after some steps from there."""
        off, doubts = 0.0, (0.0, 0.0)
        for _ in range(STEPS):
            dx, dy, off, doubts = refined(before, now, dx, dy, self.part)
        return dx, dy, off, doubts


def _believed(way: float, doubt: float) -> float:
    """As much of a way as its variance leaves."""
    return way * max(0.0, 1 - doubt / (way * way + 1e-9))
