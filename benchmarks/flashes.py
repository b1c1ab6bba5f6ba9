"""Counts flashes in pictures as WCAG 2.3.1 defines them, knowing nothing of the guard that prevents them.

A flash is a pair of opposing changes: of relative luminance by a tenth of the maximum, the darker below 0.80
(general), or of (R - G - B) x 320 by more than 20 where R / (R + G + B) >= 0.8 (red). They count where more
than a quarter of a field of sight does so at once; a field is a third of the picture each way (ten degrees of
sight at the usual distance).
"""

from __future__ import annotations

import cv2
import numpy as np

GRID = (27, 48)  # rows and columns of cells
TOGETHER = 3  # frames within which cells that turn are seen to turn at once: 50 ms
GENERAL, DARKER, RED = 0.10, 0.80, 20 / 320

_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


class Turns:
    """Opposing changes of at least `step`: of each cell, and then of every field of sight.

    A field rises when more than a quarter of its cells turn upwards at once and are not made up for by others
    that turn downwards (what moves darkens one place as it brightens the next), and falls likewise; a flash
    is a rise and a fall.
    """

    def __init__(self, step: float, darker: float) -> None:
        self._step, self._darker = step, darker
        self._extreme: np.ndarray | None = None
        self._way = np.zeros(GRID, np.int8)
        self._turned_at = np.full(GRID, -(10**9))
        none = np.zeros_like(_fields(np.zeros(GRID, bool)), bool)
        self._moving = {1: none, -1: none}  # fields that rise, that fall
        self._begun: dict[int, list[tuple[int, np.ndarray]]] = {1: [], -1: []}  # frame, fields

    def see(self, level: np.ndarray, index: int, fps: int) -> int:
        """Flashes of the liveliest field of sight in the second that ends now."""
        if self._extreme is None:
            self._extreme = level.copy()
        way = np.sign(level - self._extreme).astype(np.int8)
        onward = (way == self._way) & (way != 0)
        wide = np.abs(level - self._extreme) >= self._step
        turned = ~onward & wide & (np.minimum(level, self._extreme) < self._darker)
        self._extreme = np.where(onward | turned, level, self._extreme)
        self._way = np.where(turned, way, self._way)
        self._turned_at = np.where(turned, index, self._turned_at)
        rises, falls = (self._count(way, index, fps) for way in (1, -1))
        return int(np.minimum(rises, falls).max())

    def _count(self, way: int, index: int, fps: int) -> np.ndarray:
        """How often each field began to turn this way within the second that ends now."""
        now = index - self._turned_at < TOGETHER
        moving = _fields(now & (self._way == way)) - _fields(now & (self._way == -way)) > 0.25
        begun = self._begun[way]
        begun.append((index, moving & ~self._moving[way]))
        self._moving[way] = moving
        del begun[: sum(index - at >= fps for at, _ in begun)]
        return np.sum([fields for _, fields in begun], axis=0)


class Flashes:
    """Feed every picture in order; `worst` is the most flashes (general, red) in any one second so far."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._light, self._red = Turns(GENERAL, DARKER), Turns(RED, np.inf)
        self.worst = (0, 0)

    def see(self, px: np.ndarray, index: int) -> None:
        """One picture, (h, w, 3 or 4) uint8 in the order blue, green, red."""
        small = cv2.resize(_LINEAR[px[..., :3]], GRID[::-1], interpolation=cv2.INTER_AREA)
        b, g, r = small[..., 0], small[..., 1], small[..., 2]
        light = 0.0722 * b + 0.7152 * g + 0.2126 * r
        red = np.where(r >= 0.8 * (r + g + b), np.maximum(0.0, r - g - b), 0.0)
        found = (self._light.see(light, index, self._fps), self._red.see(red, index, self._fps))
        self.worst = (max(self.worst[0], found[0]), max(self.worst[1], found[1]))


def _fields(cells: np.ndarray) -> np.ndarray:
    """Share of the cells that are set in each field of sight: every third by a third of the picture."""
    rows, columns = GRID[0] // 3, GRID[1] // 3
    share = cv2.boxFilter(cells.astype(np.float32), -1, (columns, rows), borderType=cv2.BORDER_CONSTANT)
    return share[rows // 2 : -(rows // 2), columns // 2 : -(columns // 2)]
