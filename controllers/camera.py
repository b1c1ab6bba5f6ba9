"""The stage's side of the eye: what it may be told, and the mask it sends. Needs neither a camera nor OpenCV.

Signals and health of the eye come over the link like everyone's; only these need words of their own:

    to the eye     Order("arm", [names])        report only these gestures; an empty list means the usual ones
                   Order("mode", name)          performer, crowd or torches
                   Order("learn", seconds)      hold still: learn the room's noise
                   Order("silhouette", flag)    send the mask of who moves
                   Order("stop")
    from the eye   Order("silhouette", {...})   see mask_of
                   Order("learnt", {...})       noise, shake, fps, and advice in words (zh, en)
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST = 512  # cells to a side; a mask is meant to be small


def mask_of(value: Any) -> NDArray[np.bool_] | None:
    """The mask (height, width) in a "silhouette" order's value; None if it is not one."""
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
