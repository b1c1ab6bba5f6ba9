"""Sway: what the parts of a picture have been doing, so that it can be told from a stroke.

A body that shifts its weight moves the same parts of the picture the same way for a second; a hand that
strokes has left a place before it can be learnt there. So the last picture is moved on as it has been moving,
and only what that does not explain is anybody's stroke.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Flow = NDArray[np.float32]

LEARN_S = 0.2  # seconds in which a part's movement is learnt
LEARN = 6  # pictures it takes at least: of a few a hand's stroke would be half
MOST = 30.0  # pixels a second: what goes faster is no sway
LEAST = 0.05  # pixels from picture to picture that are worth undoing


class Sway:
    """Learnt from flow over cells (36, 64, 2); `undone` needs pictures of `size` (width, height)."""

    def __init__(self, size: tuple[int, int], cells: tuple[int, int]) -> None:
        self.size = size
        self.flow: Flow = np.zeros((cells[1], cells[0], 2), np.float32)  # pixels a second
        across, down = np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32)
        self.places: Flow = np.dstack(np.meshgrid(across, down))

    def forget(self) -> None:
        """Nothing has been moving."""
        self.flow[:] = 0

    def undone(self, picture: Plane, dt: float) -> Plane:
        """The picture (180, 320) as it will be `dt` seconds later if all goes on as it has; itself if nothing
        moves."""
        if float(np.abs(self.flow).max()) * dt < LEAST:
            return picture
        back = cv2.resize(self.flow * np.float32(-dt), self.size, interpolation=cv2.INTER_LINEAR)
        cv2.add(back, self.places, back)
        return cv2.remap(picture, back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[call-overload,no-any-return]

    def learn(self, flow: Flow, dt: float) -> None:
        """Take the flow (36, 64, 2), pixels from one picture to the next, the camera's own removed."""
        now = cv2.GaussianBlur(np.clip(flow / dt, -MOST, MOST), (5, 5), 1.2)
        self.flow += (now - self.flow) * min(1 / LEARN, dt / LEARN_S)
