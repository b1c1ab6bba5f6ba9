"""The floor of noise: how much cells change while nobody moves, and what rises above it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from controllers.eye import light

Plane = NDArray[np.float32]

RISE = 1.7  # seconds in which a cell's floor learns a lamp that flickers
SHARE = 0.3  # the floor is this quantile of what a cell does
OVER = 2.2
LEAST = 0.9  # grey levels: less is nothing in any light
ROOM = 1.15  # above the most a cell did while the room was learnt
CLUSTER = 4  # cells


class Floor:
    """Of cells (36, 64), learnt as pictures come; `above` says which of them moved."""

    def __init__(self) -> None:
        height, width = light.BLOCKS[::-1]
        self.cells: Plane = np.full((height, width), LEAST / 2, np.float32)
        self.room: Plane = np.zeros_like(self.cells)
        self.learning = False
        self.frames = 0

    def learn(self) -> None:
        """From now on whatever changes is the room."""
        self.room[:] = 0
        self.learning = True

    def learnt(self) -> None:
        """What the room did is nothing from here on."""
        self.learning = False
        self.room *= ROOM

    def mirror(self) -> None:
        """The picture is the other way round from now on."""
        self.cells, self.room = self.cells[:, ::-1].copy(), self.room[:, ::-1].copy()

    def above(self, change: Plane, doubt: Plane, dt: float) -> tuple[Plane, float]:
        """How far each cell is above its threshold, 0 where it is not, and the noise in grey levels: what
        changed more than noise, more than it always does, more than what was put right may be wrong, and
        together with others."""
        noise = light.middle(change)
        spread = light.middle(np.abs(change - noise))
        whole = max(LEAST, noise + 6 * spread)
        threshold = np.maximum(np.maximum(whole, noise + doubt), OVER * self.cells)
        if self.learning:
            self.room = np.maximum(self.room, change)
        else:
            threshold = np.maximum(threshold, self.room)
        self._learn(change, dt)
        return _together(change, threshold), noise

    def _learn(self, change: Plane, dt: float) -> None:
        """Move the floor towards the quantile SHARE of each cell; fast at first."""
        self.frames += 1
        speed = min(1.0, dt / RISE * (4 if self.frames * dt < 1.0 else 1))
        scale = np.maximum(self.cells, LEAST / 2) * speed * 2
        self.cells += np.where(change > self.cells, SHARE, SHARE - 1) * np.minimum(
            scale, np.abs(change - self.cells)
        )


def _together(change: Plane, threshold: Plane) -> Plane:
    """How far cells are above their threshold, without specks that belong to nothing."""
    mask = (change > threshold).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    weight = np.where(mask, change / threshold, 0).astype(np.float32)
    if count > 1:
        peak = np.zeros(count, np.float32)
        np.maximum.at(peak, labels.ravel().astype(np.intp), weight.ravel())
        keep = (stats[:, cv2.CC_STAT_AREA] >= CLUSTER) & (peak > 1.35)
        keep[0] = False
        weight *= keep[labels]
    return weight
