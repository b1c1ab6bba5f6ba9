"""Pheasant plumes (翎子): chains of 24 nodes whose bend runs out to the tip and comes late there."""

import math

import numpy as np

NODES = 24
LENGTH = 520.0  # face units
ROOT = (70.0, -128.0)  # of the right plume on the helmet
FOLLOW = 15.0  # 1/s, how quickly a node takes up the bend of the one below
CREAM, BAR, SHAFT = (176, 142, 96), (64, 34, 20), (226, 204, 158)


class Plumes:
    """Left and right; `angles` (2, NODES) is how far each node is bent off its rest, radians."""

    def __init__(self):
        self.angles = np.zeros((2, NODES))

    def step(self, dt, left, right, lean):
        """A frame: the roots are bent to `left`, `right`; `lean` sways both."""
        base = np.array([left + 0.3 * lean, right - 0.3 * lean])
        below = np.column_stack([base, self.angles[:, :-1]])
        self.angles += (below - self.angles) * (1 - math.exp(-FOLLOW * dt))

    def lines(self):
        """Two shafts (NODES, 2) in face units."""
        share = np.linspace(0, 1, NODES)
        found = []
        for side, bent in ((-1, self.angles[0]), (1, self.angles[1])):
            angle = 0.50 - 1.35 * share**1.3 + bent * (0.25 + 0.75 * share)
            step = LENGTH / (NODES - 1)
            x = np.r_[0, np.cumsum(np.cos(angle[:-1]))] * step * side
            y = -np.r_[0, np.cumsum(np.sin(angle[:-1]))] * step
            found.append(np.column_stack([x + side * ROOT[0], y + ROOT[1]]))
        return found

    def draw(self, canvas, place):
        """Paint both; `place` maps points (n, 2) from face units to design units."""
        for side, shaft in zip((-1, 1), self.lines(), strict=True):
            at = place(shaft)
            heading = np.gradient(at, axis=0)
            heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-6)
            share = np.linspace(0, 1, NODES)
            wide = (np.minimum(1, share * 7 + 0.25) * (15 - 10 * share))[:, None]
            over, under = at + heading[:, ::-1] * (1, -1) * wide, at - heading[:, ::-1] * (1, -1) * wide
            lit = 0.62 if side < 0 else 0.30
            canvas.polygon(np.vstack([over, under[::-1]]), _dim(CREAM, lit))
            bars = []
            for n in range(1, NODES - 1):
                back = at[n] - heading[n] * 5
                bars.append(
                    [
                        over[n],
                        over[n] * 0.6 + over[n + 1] * 0.4,
                        (back + at[n + 1]) / 2,
                        under[n] * 0.6 + under[n + 1] * 0.4,
                        under[n],
                        back,
                    ]
                )
            for bar in bars:
                canvas.polygon(bar, _dim(BAR, lit * 1.1))
            canvas.line(at, _dim(SHAFT, lit * 1.2), 2.2)


def _dim(colour, share):
    return tuple(min(255, round(c * share)) for c in colour)
