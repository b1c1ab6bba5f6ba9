"""Counts flashes in pictures as WCAG 2.3.1 defines them, knowing nothing of the guard that prevents them.

A flash is a pair of opposing changes: of relative luminance by a tenth of the maximum, the darker below 0.80
(general), or of (R - G - B) x 320 by more than 20 where R / (R + G + B) >= 0.8 (red). Areas below a quarter
of any third of the picture each way (ten degrees of sight at the usual distance) do not count.
"""

from __future__ import annotations

import cv2
import numpy as np

GRID = (27, 48)  # rows and columns of cells
MOST = 12  # turns a second that are told apart: six flashes
GENERAL, DARKER, RED = 0.10, 0.80, 20 / 320

_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


class Turns:
    """Opposing changes of at least `step`, per cell: when the last MOST of them came."""

    def __init__(self, step: float, darker: float) -> None:
        self._step, self._darker = step, darker
        self._extreme: np.ndarray | None = None
        self._way = np.zeros(GRID, np.int8)
        self._at = np.full((MOST, *GRID), -(10**9))

    def see(self, level: np.ndarray, index: int, fps: int) -> int:
        """Turns within the second that ends now which an area large enough shares."""
        if self._extreme is None:
            self._extreme = level.copy()
        way = np.sign(level - self._extreme).astype(np.int8)
        onward = (way == self._way) & (way != 0)
        wide = np.abs(level - self._extreme) >= self._step
        turned = ~onward & wide & (np.minimum(level, self._extreme) < self._darker)
        self._extreme = np.where(onward | turned, level, self._extreme)
        self._way = np.where(turned, way, self._way)
        if not turned.any():
            return 0
        self._at[:, turned] = np.roll(self._at[:, turned], -1, axis=0)
        self._at[-1, turned] = index
        lately = (index - self._at < fps).sum(axis=0)
        return next((n for n in range(int(lately.max()), 0, -1) if _large(lately >= n)), 0)


class Flashes:
    """Feed every picture in order; `worst` is the most flashes (general, red) in any one second so far."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._light, self._red = Turns(GENERAL, DARKER), Turns(RED, np.inf)
        self.worst = (0.0, 0.0)

    def see(self, px: np.ndarray, index: int) -> None:
        """One picture, (h, w, 3 or 4) uint8 in the order blue, green, red."""
        small = cv2.resize(_LINEAR[px[..., :3]], GRID[::-1], interpolation=cv2.INTER_AREA)
        b, g, r = small[..., 0], small[..., 1], small[..., 2]
        light = 0.0722 * b + 0.7152 * g + 0.2126 * r
        red = np.where(r >= 0.8 * (r + g + b), np.maximum(0.0, r - g - b), 0.0)
        found = (self._light.see(light, index, self._fps) / 2, self._red.see(red, index, self._fps) / 2)
        self.worst = (max(self.worst[0], found[0]), max(self.worst[1], found[1]))


def _large(cells: np.ndarray) -> bool:
    """Whether more than a quarter of any third by a third is set."""
    rows, columns = GRID[0] // 3, GRID[1] // 3
    share = cv2.boxFilter(cells.astype(np.float32), -1, (columns, rows), borderType=cv2.BORDER_REFLECT)
    inner = share[rows // 2 : -(rows // 2), columns // 2 : -(columns // 2)]
    return bool(inner.max() > 0.25)
