"""How far a picture, or a part of it, has shifted as one piece.

Flow is right to a fifth of a pixel, which on a sharp edge is not enough, and where there is nothing to see it
repeats what happens beside it. One least-squares step (Lucas and Kanade 1981) asks the picture itself.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Shift = tuple[float, float]

STILL = 0.15  # pixels the whole picture goes that are no movement
STEPS = 2  # least-squares steps from each start
CLEARER = 0.95  # going with the whole picture must leave this share of the difference
ALIKE = 12  # pixels that err together: the blur, and every other one is asked
ROUNDED = 1 / 12  # variance of a grey level that was rounded


def moved(picture: Plane, dx: float, dy: float) -> Plane:
    """The picture shifted by whole and part pixels."""
    height, width = picture.shape
    middle = ((width - 1) / 2 - dx, (height - 1) / 2 - dy)  # a tenth of what an affine warp costs
    return cv2.getRectSubPix(picture, (width, height), middle)  # type: ignore[return-value]


def refined(
    before: Plane, now: Plane, dx: float, dy: float, part: NDArray[np.bool_] | None = None
) -> tuple[float, float, float, float]:
    """A shift (dx, dy) in pixels improved by one step over what did not move by itself, of the whole picture
    or of a part: dx, dy, the mean difference it found, grey levels, and the variance of the new dx."""
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
    doubt = ALIKE * (float(it @ it) / max(it.size, 1) + ROUNDED) / max(xx - 1 - xy * xy / yy, 1e-3)
    return dx - (yy * tx - xy * ty) / least, dy - (xx * ty - xy * tx) / least, off, doubt


class Reference:
    """A part of the house that rests (a balcony's edge): what moves it sideways is the camera.

    `part` is (180, 320), True where the part is.
    """

    def __init__(self, part: NDArray[np.bool_]) -> None:
        rows, columns = (np.flatnonzero(part.any(axis=k)) for k in (1, 0))
        self.box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        self.part = np.ascontiguousarray(part[self.box])
        self.pixels = self.part.sum(axis=1, keepdims=True, dtype=np.float32) + 1e-3

    def step(self, before: Plane, now: Plane, start: Shift) -> float:
        """Pixels the part went to the right between two pictures (180, 320); `start` is what the whole
        picture seems to have gone.

        Believed as far as its own variance allows (James and Stein 1961): a part in which nothing can be
        seen, or that drowns in noise, says nothing.
        """
        before, now = (np.ascontiguousarray(picture[self.box]) for picture in (before, now))
        before = before * self._light(now) / self._light(before)
        off, doubt, dx = self._from(before, now, 0.0, 0.0)
        if math.hypot(*start) > STILL:
            with_all = self._from(before, now, *start)
            if with_all[0] < CLEARER * off:
                _, doubt, dx = with_all
        return dx * max(0.0, 1 - doubt / (dx * dx + 1e-9))

    def _light(self, picture: Plane) -> Plane:
        """Mean of each row of the part (rows, 1), for lamps flicker row by row."""
        return (np.where(self.part, picture, 0).sum(axis=1, keepdims=True) + 1) / self.pixels

    def _from(self, before: Plane, now: Plane, dx: float, dy: float) -> tuple[float, float, float]:
        """Difference left, doubt, and dx, after some steps from there."""
        off = doubt = 0.0
        for _ in range(STEPS):
            dx, dy, off, doubt = refined(before, now, dx, dy, self.part)
        return off, doubt, dx
