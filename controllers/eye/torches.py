"""Phone torches in a dark house: points of light, how many, where, and how they sway."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from controllers.eye.motion import COLUMNS, GAP, HEIGHT, ROWS, WIDTH, Grey, Plane

Points = NDArray[np.float32]

BRIGHT = 60.0  # grey levels a torch stands above what is round it
LARGEST = 120  # pixels; a lamp or a screen is larger
STEP = 14.0  # pixels a torch may go from one picture to the next
MOST = 64  # points sent
SWAY_FULL = 0.04  # picture widths of common sway that are full
LEAK = 1.5  # seconds


@dataclass(frozen=True, slots=True)
class Lights:
    """Torches of one picture: how many (smoothed), points (x, y) 0..1, sway -1..1, swings a second."""

    count: float
    points: tuple[tuple[float, float], ...]
    sway: float
    hertz: float


class Torches:
    """Finds points of light and follows them from picture to picture."""

    def __init__(self, zone: Plane | None = None) -> None:
        self.zone = zone
        self.points: Points = np.zeros((0, 2), np.float32)
        self.at: float | None = None
        self.count = self.sway = self.hertz = 0.0
        self.crossed: list[float] = []

    def step(self, at: float, grey: Grey) -> Lights:
        """Take a picture (180, 320)."""
        points = self._find(grey)
        dt = min(GAP, at - self.at) if self.at is not None else 0.0
        if dt > 0:
            before = self.sway
            self.sway = (self.sway + self._moved(points) / WIDTH) * math.exp(-dt / LEAK)
            self._swing(at, before)
            self.count += (len(points) - self.count) * (1 - math.exp(-dt / 0.25))
        else:
            self.count = float(len(points))
        self.points, self.at = points, at
        shown = points[:MOST] / (WIDTH, HEIGHT)
        return Lights(
            self.count,
            tuple((round(float(x), 3), round(float(y), 3)) for x, y in shown),
            max(-1.0, min(1.0, self.sway / SWAY_FULL)),
            self.hertz,
        )

    def _find(self, grey: Grey) -> Points:
        """Middles of small bright spots, pixels, brightest first."""
        round_it = cv2.blur(grey, (25, 25))
        spots = cv2.threshold(cv2.subtract(grey, round_it), BRIGHT, 255, cv2.THRESH_BINARY)[1]
        _, _, stats, middles = cv2.connectedComponentsWithStats(spots, connectivity=8)
        keep = stats[1:, cv2.CC_STAT_AREA] <= LARGEST
        points, size = middles[1:][keep].astype(np.float32), stats[1:, cv2.CC_STAT_AREA][keep]
        if self.zone is not None and len(points):
            column = (points[:, 0] * COLUMNS / WIDTH).astype(int)
            row = (points[:, 1] * ROWS / HEIGHT).astype(int)
            inside = self.zone[row, column] > 0.5
            points, size = points[inside], size[inside]
        return points[np.argsort(-size, kind="stable")]

    def _moved(self, points: Points) -> float:
        """Median sideways step in pixels of the torches seen in both pictures."""
        if not len(points) or not len(self.points):
            return 0.0
        way = points[:, None, :] - self.points[None, :, :]
        far = np.hypot(way[..., 0], way[..., 1])
        nearest = far.argmin(axis=1)
        rows = np.arange(len(points))
        steps = way[rows, nearest, 0][far[rows, nearest] < STEP]
        return float(np.median(steps)) if steps.size else 0.0

    def _swing(self, at: float, before: float) -> None:
        """Pace of the sway from the times it passes the middle."""
        if before * self.sway < 0 and abs(before - self.sway) > 1e-4:
            self.crossed = [*self.crossed[-4:], at]
        if len(self.crossed) >= 3 and at - self.crossed[-1] < 2.0:
            self.hertz = (len(self.crossed) - 1) / (self.crossed[-1] - self.crossed[0]) / 2
        else:
            self.hertz = 0.0
