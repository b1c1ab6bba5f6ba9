"""A ladle bearer and a striker at work: wind-up, toss, blow, rest, counted in frames."""

import numpy as np

from scenes.kit.smiths import POSES

GAPS = {"striker": 0.60, "bearer": 0.86}  # from the place of the blow, in heights of a man


class Pair:
    """A ladle bearer and a striker at one place: wind-up, toss, blow, rest. Phases are counted in frames."""

    TOSS = 7  # the frame the iron leaves the ladle
    WIND_UP, REST, AGAIN = 12, 36, 15  # frames: 200 ms before the blow, then back to ready

    def __init__(self, x, ground, height, figures, facing):
        self.x, self.ground, self.height, self.figures, self.facing = x, ground, height, figures, facing
        self.age = None  # frames since the stroke began; None at rest
        self.size, self.next = 0.0, 0.0
        self.flare, self.full = 0.0, 1.0  # how bright the ladle answers; how much iron lies in it
        self._last = None

    @property
    def place(self):
        """Where board and iron meet, design units."""
        return self.x, self.ground - 1.16 * self.height

    def ask(self, size):
        """A stroke of this size: begins now, or when the running one is done. The ladle flares at once."""
        self.flare = max(self.flare, 0.45 + 0.55 * min(1.0, size))
        if self.age is None:
            self.age, self.size = 0, size
        elif self.age < self.WIND_UP:
            self.size = max(self.size, size)
        else:
            self.next = max(self.next, size)

    def step(self):
        """One frame on; the size of the blow in the frame it falls, else 0."""
        self.flare *= 0.95
        self.full = min(1.0, self.full + 0.03)
        if self.age is None:
            return 0.0
        self.age += 1
        if self.age == self.WIND_UP:
            self.full = 0.0
            return self.size
        if self.age >= self.WIND_UP + self.REST or (self.next and self.age >= self.WIND_UP + self.AGAIN):
            self.age, self.size, self.next = (0, self.next, 0.0) if self.next else (None, 0.0, 0.0)
        return 0.0

    @property
    def phase(self):
        """0 ready, 1 the blow, 2 at rest again."""
        if self.age is None:
            return 0.0
        return (
            self.age / self.WIND_UP if self.age <= self.WIND_UP else 1 + (self.age - self.WIND_UP) / self.REST
        )

    def figure(self, man):
        """The picture of this man now and the place of his feet."""
        side = -self.facing if man == "bearer" else self.facing
        poses = self.figures[man][-side]
        place = (self.x + side * GAPS[man] * self.height, self.ground)
        return poses[min(POSES - 1, round(self.phase / 2 * (POSES - 1)))], place

    @property
    def ladle(self):
        """Where the molten iron lies in the ladle."""
        figure, place = self.figure("bearer")
        return place[0] + figure.tip[0], place[1] + figure.tip[1]

    def swing(self):
        """Places the ladle's bowl passes since it was last asked, close together."""
        last, self._last = self._last, self.ladle
        if last is None:
            return [self._last]
        steps = 1 + int(np.hypot(self._last[0] - last[0], self._last[1] - last[1]) / 3)
        return [tuple(p) for p in np.linspace(last, self._last, steps + 1)[1:]]

    def tossed(self):
        """Places the tossed iron passes in this frame, close together; none while it lies in the ladle."""
        if self.age is None or not self.TOSS < self.age <= self.WIND_UP:
            return []
        start, end = self.ladle, self.place
        path = []
        for t in (np.arange(4) / 4 + self.age - self.TOSS - 1) / (self.WIND_UP - self.TOSS):
            rise = 30 * np.sin(np.pi * t)
            path.append((start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t - rise))
        return path
