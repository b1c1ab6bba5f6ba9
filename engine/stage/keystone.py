"""The corner warp that makes a tilted projector's picture square."""

from __future__ import annotations

import cv2
import numpy as np

from engine.stage.canvas import Canvas

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
SQUARE: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


class Keystone:
    """Maps the picture to `corners`: top left, top right, bottom right, bottom left, 0..1 of the output."""

    def __init__(self, size: tuple[int, int], corners: Corners) -> None:
        w, h = size
        self._size = size
        source = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32)
        target = np.array([(x * w, y * h) for x, y in corners], np.float32)
        self._matrix = cv2.getPerspectiveTransform(source, target)
        self._out = Canvas(size)

    def warp(self, canvas: Canvas) -> Canvas:
        """The warped picture, in a canvas of the keystone's own."""
        cv2.warpPerspective(canvas.px, self._matrix, self._size, dst=self._out.px)
        return self._out
