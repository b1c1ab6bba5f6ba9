"""What one map of motion amounts to: how much, where, how wide, which way.

A hand is followed by looking only near where it should be next (mean shift, Fukunaga and Hostetler 1975), so
that a second hand, a shirt or a passer-by does not drag the place along.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from controllers.eye.motion import COLUMNS, ROWS, Motion, Plane

ASPECT = 16 / 9
FULL = 4.0  # a cell counts for no more than this, however bright the sleeve
LITTLE = 5.0  # less motion than this has no place
SIGHT = 0.24  # picture heights round the hand that are looked at (standard deviation)
GONE = 0.12  # share of all motion below which the hand has been lost, and is looked for anew

X = ((np.arange(COLUMNS, dtype=np.float32) + 0.5) / COLUMNS) * ASPECT
Y = (np.arange(ROWS, dtype=np.float32) + 0.5) / ROWS
Line = NDArray[np.float32]
NONE_ACROSS: Line = np.zeros((4, COLUMNS), np.float32)
NONE_DOWN: Line = np.zeros((4, ROWS), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One picture's motion in numbers; places and ways in picture heights, x 0..16/9, y 0..1.

    at      seconds
    mass    sum of the capped weights; 0 when nothing moves
    x, y    the hand: middle of the motion near where it was, drawn towards what is fastest
    wide, tall   spread of that motion (standard deviation)
    u, v    its flow, heights a second, right and down positive
    grow    its outward flow, 1/s: above 0 when it comes nearer
    share   how much of all motion it is, 0..1;  jump  whether it was looked for anew
    cx, cy, broad, high   middle and spread of all motion: the whole body
    gx, gy  flow of all motion times its weight, summed;  ax, ay the same without signs: where all of it goes
            one way the two are alike, where limbs cross or a body turns they are not
    columns, rows   what is in each column (64) and each row (36) of cells, four lines each: motion, its flow
            along the line's own axis (right, down), across it, and across it without signs
    noise   grey levels a resting cell changes from picture to picture
    """

    at: float
    mass: float = 0.0
    x: float = ASPECT / 2
    y: float = 0.5
    wide: float = 0.0
    tall: float = 0.0
    u: float = 0.0
    v: float = 0.0
    grow: float = 0.0
    share: float = 0.0
    jump: bool = False
    cx: float = ASPECT / 2
    cy: float = 0.5
    broad: float = 0.0
    high: float = 0.0
    gx: float = 0.0
    gy: float = 0.0
    ax: float = 0.0
    ay: float = 0.0
    columns: Line = field(default_factory=lambda: NONE_ACROSS)
    rows: Line = field(default_factory=lambda: NONE_DOWN)
    noise: float = 0.0

    @property
    def power(self) -> float:
        """Motion times its speed, summed: a swaying body has much motion but little power."""
        return self.ax + self.ay

    @property
    def whole(self) -> Shape:
        """The same with the place of all motion for the hand's: close to the camera an arm fills the picture,
        and which part of it moves most tells nothing of where it goes."""
        return replace(self, x=self.cx, y=self.cy, jump=False)


def spread(weight: Plane) -> tuple[float, float, float, float]:
    """Middle (x, y) and standard deviation (x, y) of a map in heights."""
    total = float(weight.sum()) or 1.0
    columns, rows = weight.sum(axis=0) / total, weight.sum(axis=1) / total
    x, y = float(columns @ X), float(rows @ Y)
    return x, y, float(np.sqrt(columns @ (X - x) ** 2)), float(np.sqrt(rows @ (Y - y) ** 2))


def near(x: float, y: float) -> Plane:
    """How much each cell is looked at when the hand is expected at (x, y)."""
    across, down = np.exp(-(((X - x) / SIGHT) ** 2) / 2), np.exp(-(((Y - y) / SIGHT) ** 2) / 2)
    return np.outer(down, across).astype(np.float32)


class Hand:
    """Follows the part of the motion that is most likely a hand, from picture to picture."""

    def __init__(self) -> None:
        self.last: Shape | None = None
        self.pace = (0.0, 0.0)

    def step(self, motion: Motion, zone: Plane | None = None) -> Shape:
        """Sum up a map of motion, only inside `zone` (weights 0..1 per cell) if given."""
        weight = np.minimum(motion.weight, FULL)
        if zone is not None:
            weight = weight * zone
        mass = float(weight.sum())
        if mass < LITTLE:
            self.last = None
            return Shape(motion.at, noise=motion.noise)
        speed = np.hypot(motion.u * ASPECT, motion.v)
        quick = float(np.percentile(speed[weight > 0], 90))
        fast = weight * (0.2 * quick + speed)
        seen, share, jump = self._look(fast, motion.at)
        found = self._measure(motion, seen, weight, mass, share, jump)
        self._remember(found)
        return found

    def _look(self, fast: Plane, at: float) -> tuple[Plane, float, bool]:
        """The motion near the hand, its share of all, and whether it had to be looked for anew."""
        total = float(fast.sum()) or 1.0
        last, jump = self.last, True
        x, y, _, _ = spread(fast)
        if last is not None:
            dt = at - last.at
            ahead = near(last.x + self.pace[0] * dt, last.y + self.pace[1] * dt)
            if float((fast * ahead).sum()) > GONE * total:
                x, y, _, _ = spread(fast * ahead)
                jump = False
        seen = fast
        for _ in range(3 if jump else 1):
            seen = fast * near(x, y)
            x, y, _, _ = spread(seen)
        return seen, float(seen.sum()) / total, jump

    def _measure(
        self, motion: Motion, seen: Plane, weight: Plane, mass: float, share: float, jump: bool
    ) -> Shape:
        x, y, wide, tall = spread(seen)
        part: NDArray[np.float32] = seen / (float(seen.sum()) or 1.0)
        u, v = float((part * motion.u).sum()) * ASPECT, float((part * motion.v).sum())
        out = part * ((motion.u * ASPECT - u) * (X - x)[None, :] + (motion.v - v) * (Y - y)[:, None])
        grow = float(out.sum()) / (wide * wide + tall * tall + 1e-4)
        cx, cy, broad, high = spread(weight)
        right, down = weight * motion.u * ASPECT, weight * motion.v
        columns = np.stack([plane.sum(axis=0) for plane in (weight, right, down, np.abs(down))])
        rows = np.stack([plane.sum(axis=1) for plane in (weight, down, right, np.abs(right))])
        gx, gy, ax, ay = (float(line.sum()) for line in (columns[1], rows[1], rows[3], columns[3]))
        return Shape(
            motion.at, mass, x, y, wide, tall, u, v, grow, share, jump, cx, cy, broad, high,
            gx, gy, ax, ay, columns, rows, motion.noise,
        )  # fmt: skip

    def _remember(self, found: Shape) -> None:
        last = self.last
        if last is None or found.jump:
            self.pace = (found.u, found.v)
        else:
            dt = max(found.at - last.at, 1e-3)
            self.pace = ((found.x - last.x) / dt, (found.y - last.y) / dt)
        self.last = found
