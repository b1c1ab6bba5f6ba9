"""How the one leaf comes down: it falls, hovers while the room stirs, and lies down when it is still."""

import math

import numpy as np

from scenes.kit.falling import Falling

FALL = 12.0  # seconds from above the picture to just over the water
ABOVE, HOVER, AFLOAT = -300.0, 640.0, 930.0
NEAR, FAR = 1.22, 0.74  # size of the leaf above the picture and over the water, of that in the hand
SWAY = 130.0
PATIENCE = 0.8  # seconds of stillness before it dares


class Descent:
    """The leaf over the water in a picture `width` wide; `lying` 0 upright .. 1 on the water."""

    def __init__(self, width):
        self.width = width
        self.pace = (HOVER - ABOVE) / FALL / (1 + 1 / math.pi)
        self.fall = Falling(0.5 * width, ABOVE, NEAR, speed=self.pace, turn=-0.5, phase=0.6, sway=SWAY)
        self.lying, self.quiet, self.landed, self.age = 0.0, 0.0, False, 0.0

    @property
    def size(self):
        """Of the leaf in the hand: it comes down away from us."""
        down = float(np.clip((self.fall.y - ABOVE) / (HOVER - ABOVE), 0, 1))
        return NEAR + (FAR - NEAR) * down**0.8

    @property
    def at(self):
        """Where its middle is."""
        return self.fall.at

    def blow(self, up):
        """A gust takes it up, `up` 0..1, also off the water."""
        self.quiet = 0.0
        self.fall.lift = max(self.fall.lift, 80 + 560 * up)
        if self.landed:
            self.landed, self.fall.y = False, self.fall.y - 12

    def hush(self):
        """The room is still."""
        self.quiet = 2.0

    def step(self, dt, wind, *, stirred, speed):
        """One frame; whether it has come to lie on the water in it."""
        fall = self.fall
        self.age += dt
        self.quiet = 0.0 if stirred else self.quiet + dt
        free = fall.lift < 20
        may = fall.y >= HOVER - 1 and self.quiet > PATIENCE and free
        before = self.landed
        if self.landed:
            fall.x += 0.05 * wind * dt
        elif may or (fall.y > HOVER and free and self.lying > 0.3):
            self._lie_down(dt)
        else:
            self._drift(dt, wind, speed, free)
        self.lying = float(np.clip((fall.y - HOVER - 40) / (AFLOAT - HOVER - 60), 0, 1))
        return self.landed and not before

    def _lie_down(self, dt):
        fall = self.fall
        fall.age += dt * 0.5
        fall.sway *= math.exp(-dt / 0.5)
        fall.turn += (-0.62 - fall.turn) * (1 - math.exp(-dt / 0.6))
        fall.y = min(AFLOAT, fall.y + 170 * dt)
        self.landed = fall.y >= AFLOAT

    def _drift(self, dt, wind, speed, free):
        fall = self.fall
        fall.sway += (SWAY - fall.sway) * (1 - math.exp(-dt / 0.8))
        fall.speed = 0.0 if fall.y >= HOVER and free else self.pace * speed
        fall.step(dt, wind * 0.5 + (0.5 * self.width - fall.x) * 0.12)
        fall.y = min(fall.y, HOVER + 4 * math.sin(1.3 * self.age)) if free else max(fall.y, 120.0)

    def paint(self, canvas, scratch, one, within):
        """Lay `one` leaf where it is."""
        fall = self.fall
        lean = fall.turn + 0.42 * math.sin(fall.beat) * (1 - self.lying)
        one.paint(
            canvas,
            scratch,
            fall.at,
            size=self.size,
            turn=lean,
            roll=0.86 * fall.roll,
            lying=self.lying,
            within=within,
        )
