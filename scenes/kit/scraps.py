"""What the knife cuts off: it comes free, flutters down, and is gone in the water."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster


@dataclass
class Scrap:
    """One off-cut: its picture and how it moves, design units and radians."""

    sheet: Canvas
    hull: np.ndarray
    x: float
    y: float
    vx: float
    vy: float
    turn: float
    spin: float
    phase: float
    age: float = 0.0


class Scraps:
    """The few pieces in the air."""

    def __init__(self, rng):
        self.rng, self.flying = rng, []

    def clear(self):
        """Start over."""
        self.flying.clear()

    def free(self, sheet, place, outward):
        """Let a piece go; `outward` is the way from the leaf's middle."""
        side = math.copysign(1.0, outward[0])
        rng = self.rng
        self.flying.append(
            Scrap(
                sheet,
                raster.hull(sheet),
                *place,
                vx=side * rng.uniform(70, 150),
                vy=rng.uniform(-60, 10),
                turn=0.0,
                spin=side * rng.uniform(0.5, 1.3),
                phase=rng.uniform(-0.4, 0.4),
            )
        )

    def blow(self, side):
        """A gust from one side."""
        for one in self.flying:
            one.vx += 420 * side
            one.vy -= 180 * abs(side)

    def step(self, dt, wind, water):
        """One frame. Returns where pieces have met the water."""
        met = []
        for one in self.flying:
            one.age += dt
            beat = 2.2 * one.age + one.phase
            one.vy += (150 * (1 + 0.5 * abs(math.sin(beat))) - one.vy) * (1 - math.exp(-dt / 0.6))
            one.vx += (wind * 0.6 + 130 * math.cos(beat) * math.copysign(1, one.spin) - one.vx) * (
                1 - math.exp(-dt / 0.9)
            )
            one.x, one.y = one.x + one.vx * dt, one.y + one.vy * dt
            one.turn += one.spin * dt
            if one.y > water:
                met.append((one.x, one.y))
        self.flying = [one for one in self.flying if one.y <= water]
        return met

    def paint(self, canvas, scratch, within):
        """Every piece, as far as it lies `within` (left, top, right, bottom)."""
        for one in self.flying:
            h, w = one.sheet.px.shape[:2]
            c, s = math.cos(one.turn), math.sin(one.turn)
            across = math.cos(1.1 * math.sin(2.2 * one.age))
            m = np.array([[c, -s], [s, c]]) @ np.diag([across, 1.0]) / one.sheet.scale
            at = np.array([one.x, one.y]) - m @ (w / 2, h / 2)
            raster.over_laid(
                canvas, one.sheet, np.column_stack([m, at]), scratch, within=within, hull=one.hull
            )
