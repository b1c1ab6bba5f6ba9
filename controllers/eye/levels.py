"""What can always be said: how much moves, how still it is, where, how it leans, how good the picture is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from controllers.eye.motion import GAP, Motion
from controllers.eye.shape import ASPECT, Shape

ATTACK, RELEASE = 0.15, 0.8  # seconds in which energy rises and falls
LOUD = 0.9  # energy 1 is what this share of all movement stays below
MEMORY = 20.0  # seconds in which the room's measure of energy is learnt
QUIET = 0.004  # heights a second, mean over the picture: never taken for full energy
CALM = 2.0  # seconds of stillness that are called hush
BUSY = 1.5  # seconds of movement, of the last eight, before stillness means anything
TWITCH = 0.1  # seconds of movement that end stillness
WANDER = 10.0  # seconds over which a performer's place is "where they were"
DEAD = 0.06  # share of the picture that is no lean


@dataclass(frozen=True, slots=True)
class Level:
    """Levels of one picture, each 0..1. Lean, vx and vy are 0.5 in the middle."""

    energy: float = 0.0
    still: float = 0.0
    x: float = 0.5
    y: float = 0.5
    lean: float = 0.5
    vx: float = 0.5
    vy: float = 0.5
    spread: float = 0.0
    quality: float = 1.0


class Levels:
    """Smooths and scales; `step` gives the levels of each new picture."""

    def __init__(self) -> None:
        self.level = Level()
        self.loud = QUIET
        self.since = 0.0  # seconds without movement
        self.busy = self.run = 0.0
        self.home = 0.5
        self.hushed = True

    def step(self, motion: Motion, shape: Shape) -> Level:
        """Take one picture's motion and its shape."""
        dt, last = min(motion.dt, GAP), self.level
        raw = shape.mass * math.hypot(shape.u, shape.v) / motion.weight.size
        target = min(1.0, raw / self._measure(raw, dt))
        pull = 1 - math.exp(-dt / (ATTACK if target > last.energy else RELEASE))
        moving = shape.mass > 0
        self._calm(moving and shape.mass > 12, dt)
        follow = (1 - math.exp(-dt / 0.12)) * min(1.0, shape.mass / 100) if moving else 0.0
        x = last.x + (shape.cx / ASPECT - last.x) * follow
        y = last.y + (shape.cy - last.y) * follow
        self.home += (x - self.home) * (1 - math.exp(-dt / WANDER)) * min(1.0, follow * 10)
        self.level = Level(
            energy=last.energy + (target - last.energy) * pull,
            still=min(1.0, self.since / CALM),
            x=x,
            y=y,
            lean=_lean(x - self.home),
            vx=_middle(shape.u / 4),
            vy=_middle(shape.v / 4),
            spread=min(1.0, shape.broad + shape.high),
            quality=last.quality + (motion.quality - last.quality) * (1 - math.exp(-dt / 0.5)),
        )
        return self.level

    def hush(self) -> bool:
        """True once, when after real movement nobody has moved for two seconds."""
        if self.hushed or self.since < CALM:
            return False
        self.hushed = True
        return True

    def _calm(self, moving: bool, dt: float) -> None:
        self.run = self.run + dt if moving else 0.0
        self.busy = min(8.0, self.busy + dt) if moving else max(0.0, self.busy - dt / 6)
        self.since += dt
        if self.run > TWITCH:
            self.since = 0.0
            self.hushed = self.hushed and self.busy <= BUSY

    def _measure(self, raw: float, dt: float) -> float:
        """What counts as full energy in this room: a high quantile of movement, followed slowly."""
        if raw > 0:
            step = self.loud * dt / MEMORY * 10
            self.loud += step * (LOUD if raw > self.loud else LOUD - 1)
            self.loud = max(self.loud, QUIET)
        return self.loud


def _lean(away: float) -> float:
    beyond = max(0.0, abs(away) - DEAD)
    return min(1.0, max(0.0, 0.5 + math.copysign(beyond * 2, away)))


def _middle(value: float) -> float:
    return min(1.0, max(0.0, 0.5 + value / 2))
