"""What a console sees while the eye is aimed: the picture in cells too large to know anybody by."""

from __future__ import annotations

import base64
from collections import deque
from typing import Any

import cv2

from controllers.eye.eye import Reading
from controllers.eye.motion import Grey
from controllers.eye.silhouette import packed

CELLS = (48, 27)  # of the picture, across and down: a person's face is one cell or two
EVERY = 0.12  # seconds between two
KEPT = 12  # gestures shown


class Aim:
    """Gathers what a console shows while somebody aims; nothing of it is kept."""

    def __init__(self) -> None:
        self._told = float("-inf")
        self._gestures: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def hear(self, reading: Reading) -> None:
        """Take note of the gestures of one picture, armed or not."""
        for gesture in reading.seen:
            self._count += 1
            facts = {"n": self._count, "name": gesture.name, "confidence": round(gesture.confidence, 2)}
            self._gestures.append({**facts, "x": round(gesture.x, 3), "y": round(gesture.y, 3)})

    def due(self, at: float) -> bool:
        """Whether it is time for another."""
        if at - self._told < EVERY:
            return False
        self._told = at
        return True

    def seen(self, grey: Grey, mask: Any, reading: Reading) -> dict[str, Any]:
        """Cells, the mask of who moves, place and levels, newest gestures."""
        cells = cv2.resize(grey, CELLS, interpolation=cv2.INTER_AREA)
        return {
            "width": CELLS[0],
            "height": CELLS[1],
            "cells": base64.b64encode(cells.tobytes()).decode(),
            "mask": packed(mask),
            "x": round(reading.x, 3),
            "y": round(reading.y, 3),
            "levels": {name: round(value, 3) for name, value in reading.levels.items()},
            "points": [list(point) for point in reading.points],
            "gestures": list(self._gestures),
        }
