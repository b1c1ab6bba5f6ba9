"""Who moves, as a small mask that scenes may draw. Made of movement only: no picture is kept for it."""

from __future__ import annotations

import base64
import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from controllers.eye.motion import Motion, Plane

SIZE = (128, 72)  # width, height of the mask
FADE = 0.12  # seconds in which what has stopped moving leaves the mask: longer, and who walks drags a train
EDGE = 0.6


class Silhouette:
    """Heat left behind by movement, cut at an edge."""

    def __init__(self) -> None:
        self.heat: Plane = np.zeros((36, 64), np.float32)

    def step(self, motion: Motion, zone: Plane | None = None) -> NDArray[np.bool_]:
        """The mask (72, 128) after this picture's motion."""
        weight = motion.weight if zone is None else motion.weight * zone
        self.heat = np.maximum(self.heat * np.float32(math.exp(-motion.dt / FADE)), np.minimum(weight, 1.5))
        fine = cv2.resize(self.heat, SIZE, interpolation=cv2.INTER_CUBIC)
        fine = cv2.GaussianBlur(fine, (0, 0), 1.2)
        return fine > EDGE  # type: ignore[return-value]


def packed(mask: NDArray[np.bool_]) -> dict[str, Any]:
    """A mask as a small message: width, height, and its bits row by row in base64."""
    height, width = mask.shape
    bits = base64.b64encode(np.packbits(mask).tobytes()).decode()
    return {"width": width, "height": height, "bits": bits}
