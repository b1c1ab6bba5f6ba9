"""Wild geese in a skein (雁阵): they go over when the room is still."""

import numpy as np

from engine import ink

CROSSING = 26.0  # seconds
SKEIN = np.array(
    [(0, 0), (34, 13), (31, -15), (70, 29), (64, -27), (106, 44), (99, -43), (141, 58), (176, 71)], float
)


class Geese:
    """One skein at most is in the sky."""

    def __init__(self, width, rng):
        self.width, self.rng = width, rng
        self.began = -99.0
        self.high = 180.0

    def rise(self, now):
        """Let a skein come from the north, right; one already in the sky goes on."""
        if now - self.began > CROSSING:
            self.began, self.high = now, float(self.rng.uniform(120, 230))

    def draw(self, canvas, now):
        """Each bird one stroke of the brush tip, its wings never in step with its neighbour's."""
        age = now - self.began
        if not 0 <= age < CROSSING:
            return
        way = age / CROSSING
        x = self.width * (0.60 - 0.74 * way) + SKEIN[:, 0] + 5 * np.sin(0.7 * now + np.arange(len(SKEIN)))
        y = self.high - 60 * way + SKEIN[:, 1] + 4 * np.sin(0.5 * now + 2.1 * np.arange(len(SKEIN)))
        wing = 6.5 * np.sin(7.5 * now + 1.3 * np.arange(len(SKEIN)))
        u = np.array([-12.0, -6, 0, 6, 12])
        lift = np.array([1.0, 0.72, 0, 0.72, 1.0])
        lines = np.stack([x[:, None] + u, y[:, None] - wing[:, None] * lift - 2.5 * (u != 0)], axis=2)
        pale = min(1.0, 5 * way, 5 * (1 - way))
        canvas.lines(lines, ink.mix(ink.HEMP, (70, 68, 72), pale), 2.0)
