"""Any picture a camera or a file may hand over, made grey and small."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from controllers.eye.motion import HEIGHT, WIDTH, Grey

COLOURS = {3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}  # by the number of channels


def grey_of(frame: Any, *, mirror: bool = False) -> Grey | None:
    """A picture of any size, grey or with 1, 3 or 4 channels, as uint8 (180, 320); None if it is no picture.

    It is stretched, not cut: every place is a share of the picture whatever its shape.
    """
    if not isinstance(frame, np.ndarray) or frame.ndim not in (2, 3) or 0 in frame.shape:
        return None
    if frame.dtype != np.uint8:
        frame = cv2.convertScaleAbs(frame, alpha=1 / 257 if frame.dtype == np.uint16 else 1)
    if frame.ndim == 3:
        frame = cv2.cvtColor(frame, COLOURS[frame.shape[2]]) if frame.shape[2] in COLOURS else frame[..., 0]
    shrinks = frame.shape[1] >= WIDTH and frame.shape[0] >= HEIGHT
    small = cv2.resize(frame, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return cv2.flip(small, 1) if mirror else small  # type: ignore[return-value]
