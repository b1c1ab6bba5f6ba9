"""No picture that leaves here flashes more than three times a second, whatever a scene draws.

Rule: WCAG 2.3.1. A general flash is a pair of opposing changes in relative luminance of 10 % or more
of the maximum where the darker state is below 0.80; a red flash is a pair of opposing changes that
involve a saturated red. Up to three within one second are allowed, or a flashing area below a
quarter of any ten degrees of sight, here taken as a third of the picture each way.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from engine.stage.canvas import Canvas

CELLS = (18, 32)  # rows and columns the picture is judged in
STEP = 0.10
DARK = 0.80
RED_STEP = 20 / 320
TRANSITIONS = 6  # three flashes, each there and back
AREA = 0.25
TOGETHER = 3  # frames in which cells that turn are seen to turn together

Grid = npt.NDArray[np.float32]

# sRGB to linear light, as relative luminance wants it (IEC 61966-2-1)
_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


class Leg(NamedTuple):
    """Where each cell is on its way: from the level it last turned at, up or down, and how far by now."""

    start: Grid
    extreme: Grid
    rising: npt.NDArray[np.int8]
    counted: npt.NDArray[np.bool_]


class Swings:
    """Counts opposing changes of at least `step`, their darker end below `dark`, per cell, per second."""

    def __init__(self, fps: int, step: float, dark: float) -> None:
        self._fps, self._step, self._dark = fps, step, dark
        still = np.zeros(CELLS, np.float32)
        self._leg = Leg(still, still, np.zeros(CELLS, np.int8), np.ones(CELLS, np.bool_))
        # frames of the last transitions of each cell, oldest first
        self._times = np.full((TRANSITIONS, *CELLS), -10_000, np.int64)
        self._over = np.full(CELLS, -10_000, np.int64)  # frame of each cell's last transition too many

    def would_exceed(self, level: Grid, index: int) -> npt.NDArray[np.bool_]:
        """Cells shown one transition too many within an eye's moment, were `level` shown now."""
        now = self._too_many(self._on(level)[1], index)
        return now | (index - self._over < TOGETHER) if now.any() else now

    def _too_many(self, crossed: npt.NDArray[np.bool_], index: int) -> npt.NDArray[np.bool_]:
        return crossed & (index - self._times[0] < self._fps)

    def note(self, level: Grid, index: int) -> None:
        """Remember that `level` was shown at frame `index`."""
        self._leg, crossed = self._on(level)
        if crossed.any():
            self._over[self._too_many(crossed, index)] = index
            self._times[:, crossed] = np.roll(self._times[:, crossed], -1, axis=0)
            self._times[-1, crossed] = index

    def _on(self, level: Grid) -> tuple[Leg, npt.NDArray[np.bool_]]:
        """The leg after `level`, and the cells whose leg thereby becomes a transition."""
        start, extreme, rising, counted = self._leg
        direction = np.sign(level - extreme).astype(np.int8)
        turning = (np.abs(level - extreme) >= self._step) & (direction != rising)
        onward = (direction == rising) & (rising != 0)
        start = np.where(turning, extreme, start)
        rising = np.where(turning, direction, rising)
        extreme = np.where(turning | onward, level, extreme)
        counted = counted & ~turning
        wide = np.abs(extreme - start) >= self._step
        crossed = ~counted & wide & (np.minimum(extreme, start) < self._dark)
        return Leg(start, extreme, rising, counted | crossed), crossed


class FlashGuard:
    """Watches what goes out and damps the frame that would be one flash too many.

    `damped` counts the frames held back since the start; the console shows it.
    """

    def __init__(self, size: tuple[int, int], fps: int) -> None:
        w, h = size
        rows, columns = CELLS
        # four samples a cell each way; sampling, not averaging, costs a twentieth
        down = ((np.arange(rows * 4) + 0.5) * h / (rows * 4)).astype(np.int64)
        across = ((np.arange(columns * 4) + 0.5) * w / (columns * 4)).astype(np.int64)
        self._places = down[:, None] * w + across
        self._samples = np.empty(self._places.shape, np.uint32)
        self._light = Swings(fps, STEP, DARK)
        self._red = Swings(fps, RED_STEP, np.inf)
        self.damped = 0

    def apply(self, canvas: Canvas, shown: Canvas, index: int) -> None:
        """Let `canvas` through, or blend it in place towards what was `shown` the frame before."""
        light, red = self._measure(canvas)
        if self._too_much(light, red, index):
            self.damped += 1
            self._hold_back(canvas, shown, index)
            light, red = self._measure(canvas)
        self._light.note(light, index)
        self._red.note(red, index)

    def _hold_back(self, canvas: Canvas, shown: Canvas, index: int) -> None:
        """Give way by halves until no more than the allowed area turns; at worst hold the last picture."""
        for _ in range(4):
            cv2.addWeighted(canvas.px, 0.5, shown.px, 0.5, 0, dst=canvas.px)
            if not self._too_much(*self._measure(canvas), index):
                return
        canvas.paste(shown)

    def _too_much(self, light: Grid, red: Grid, index: int) -> bool:
        return _crowded(self._light.would_exceed(light, index)) or _crowded(
            self._red.would_exceed(red, index)
        )

    def _measure(self, canvas: Canvas) -> tuple[Grid, Grid]:
        rows, columns = CELLS
        np.take(canvas.px.view(np.uint32), self._places, out=self._samples, mode="clip")
        linear = _LINEAR.take(self._samples.view(np.uint8)).reshape(rows, 4, columns * 16)
        bgr = linear.sum(1).reshape(rows, columns, 4, 4).sum(2) / np.float32(16)
        b, g, r = bgr[..., 0], bgr[..., 1], bgr[..., 2]
        light = 0.0722 * b + 0.7152 * g + 0.2126 * r
        total = r + g + b
        red = np.where(r >= 0.8 * total, np.maximum(0, r - g - b), 0).astype(np.float32)
        return light.astype(np.float32), red


def _crowded(cells: npt.NDArray[np.bool_]) -> bool:
    """Whether in any window of a third by a third more than a quarter of the cells is set."""
    if not cells.any():
        return False
    rows, columns = CELLS
    wide, high = columns // 3, rows // 3
    total = np.zeros((rows + 1, columns + 1), np.int64)
    total[1:, 1:] = cells.cumsum(0).cumsum(1)
    window = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
    return bool(window.max() > AREA * wide * high)
