"""Who moves before the camera, as a small mask: how the eye's message is read."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST = 512  # cells to a side; a mask is meant to be small


def mask_of(value: Any) -> NDArray[np.bool_] | None:
    """The mask (height, width) in a message {width, height, bits}, base64 of bits row by row; else None."""
    if not isinstance(value, dict):
        return None
    width, height, bits = value.get("width"), value.get("height"), value.get("bits")
    if not (isinstance(width, int) and isinstance(height, int) and isinstance(bits, str)):
        return None
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        return None
    try:
        raw = np.frombuffer(base64.b64decode(bits, validate=True), np.uint8)
    except (binascii.Error, ValueError):
        return None
    if raw.size * 8 < width * height:
        return None
    return np.unpackbits(raw)[: width * height].reshape(height, width).astype(bool)
