"""A crowd: how alive each zone is, how the house leans, and what most of it does at once.

Nobody in particular is read. A person fills a few cells; what counts is the mean over a zone and how many
zones agree. What the whole house does as one block cannot be told from a camera that was kicked,
unless a part of it rests: without one lean is read from it, jumps are not.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from controllers.eye.gestures import Gesture
from controllers.eye.motion import GAP, Motion, Plane
from controllers.eye.region import looked_at, plane, polygon_of, resting, zones_of
from controllers.eye.settings import EyeSettings

CROWD_NAMES = ("jump", "hands_up", "hands_down", "crowd_wave")
ATTACK, RELEASE = 0.08, 0.5  # seconds
MEMORY = 30.0  # seconds in which full activity is learnt
FAINT = 0.02  # share of a zone's cells moving that is never taken for full activity
LEAK = 2.5  # seconds after which a lean that is held counts as upright
LEAN_FULL = 0.03  # picture widths of common movement that are a full lean
LATELY = 0.3  # seconds of upward or downward movement that are summed
RISE = 0.005  # picture heights the mean of a zone moves in that time when hands or people go up
SIDE = 0.0012  # and sideways from the middle when arms are waved
LANDED = 0.55  # seconds: who comes down again within this has jumped
QUORUM = 0.5  # share of the zones that must do it
TOGETHER = 0.45  # seconds within which they must
AGAIN = 0.8


@dataclass(slots=True)
class Section:
    """One zone's running numbers."""

    name: str
    cells: Plane
    activity: float = 0.0
    loud: float = FAINT
    climb: deque[tuple[float, float]] = field(default_factory=deque)  # (seconds, way) lately
    gone: float = 0.0  # their sum
    heading: int = 0  # 1 going up, -1 going down
    rose: float = -10.0  # seconds when it last went up, and down
    fell: float = -10.0
    sway: float = 0.0
    turns: list[float] = field(default_factory=list)
    side: int = 0

    def step(self, motion: Motion) -> None:
        """Take one picture's motion."""
        dt = min(motion.dt, GAP)
        moving = (motion.weight > 0) * self.cells
        size = float(self.cells.sum()) or 1.0
        share = float(moving.sum()) / size
        if share > 0:
            self.loud += self.loud * dt / MEMORY * 10 * (0.9 if share > self.loud else -0.1)
            self.loud = max(self.loud, FAINT)
        target = min(1.0, share / self.loud)
        rate = ATTACK if target > self.activity else RELEASE
        self.activity += (target - self.activity) * (1 - math.exp(-dt / rate))
        u = float((moving * motion.u).sum()) / size
        v = float((moving * motion.v).sum()) / size
        self._climb(motion.at, -v * dt)
        self._sway(motion.at, u * dt, dt)

    @property
    def rise(self) -> float:
        """Which way it goes: 1 up, 0 down, 0.5 neither."""
        return min(1.0, max(0.0, 0.5 + self.gone / RISE / 4))

    @property
    def middle(self) -> tuple[float, float]:
        """Where it lies, 0..1."""
        rows, columns = np.nonzero(self.cells > 0)
        if not rows.size:
            return 0.5, 0.5
        return (columns.mean() + 0.5) / self.cells.shape[1], (rows.mean() + 0.5) / self.cells.shape[0]

    def _climb(self, at: float, way: float) -> None:
        self.climb.append((at, way))
        while at - self.climb[0][0] > LATELY:
            self.climb.popleft()
        gone = self.gone = sum(way for _, way in self.climb)
        if gone > RISE and self.heading <= 0:
            self.heading, self.rose = 1, at
        elif gone < -RISE and self.heading >= 0:
            self.heading, self.fell = -1, at
        elif abs(gone) < RISE / 2:
            self.heading = 0

    def _sway(self, at: float, way: float, dt: float) -> None:
        self.sway = (self.sway + way) * math.exp(-dt / 0.8)
        side = 1 if self.sway > SIDE else -1 if self.sway < -SIDE else self.side
        if side != self.side:
            self.side = side
            self.turns = [*(t for t in self.turns if at - t < 3.0), at]

    def waving(self, at: float) -> bool:
        """Whether it has gone from side to side four times lately, at an even pace."""
        recent = [t for t in self.turns if at - t < 2.6]
        gaps = np.diff(recent[-4:])
        return len(recent) >= 4 and bool(gaps.max() < 3 * gaps.min() + 0.1) and at - recent[-1] < 0.6


class Crowd:
    """`step` gives levels by name (0..1) and gestures with a quorum."""

    def __init__(self, settings: EyeSettings) -> None:
        whole = looked_at(settings.zone, settings.ignore, mirror=settings.mirror)
        self.sections = []
        for zone in zones_of(settings.zones, mirror=settings.mirror):
            cells = plane(zone.polygon)
            self.sections.append(Section(zone.name, cells if whole is None else cells * whole))
        self.halves = [Section(name, cells if whole is None else cells * whole) for name, cells in _halves()]
        self.reference = resting(settings.reference, mirror=settings.mirror)
        self.lean = 0.0
        self.last: dict[str, float] = {}

    def step(self, motion: Motion) -> tuple[dict[str, float], list[Gesture]]:
        """Take one picture's motion."""
        for section in (*self.sections, *self.halves):
            section.step(motion)
        dt = min(motion.dt, GAP)
        self.lean = (self.lean + (motion.drift - motion.rest) * dt) * math.exp(-dt / LEAK)
        levels = {f"zone/{s.name}": s.activity for s in self.sections}
        levels |= {f"rise/{s.name}": s.rise for s in self.sections}
        levels |= {s.name: s.activity for s in self.halves}
        levels["energy"] = float(np.mean([s.activity for s in self.sections]))
        levels["lean"] = min(1.0, max(0.0, 0.5 + self.lean / LEAN_FULL / 2))
        levels["quality"] = motion.quality
        return levels, self._agreed(motion.at)

    def _agreed(self, at: float) -> list[Gesture]:
        """What at least QUORUM of the zones did together, each once."""
        jumped = [s for s in self.sections if 0 < s.fell - s.rose < LANDED and at - s.fell < TOGETHER]
        rose = [s for s in self.sections if 0 <= at - s.rose - LANDED < TOGETHER and s.fell < s.rose]
        fell = [s for s in self.sections if at - s.fell < TOGETHER and s.fell - s.rose >= LANDED]
        waving = [s for s in self.sections if s.waving(at)]
        found = []
        for name, who in zip(CROWD_NAMES, (jumped, rose, fell, waving), strict=True):
            share = len(who) / len(self.sections)
            if share >= QUORUM and at - self.last.get(name, -10.0) > AGAIN:
                self.last[name] = at
                found.append(_told(name, at, share, who))
        return found


def _told(name: str, at: float, share: float, who: list[Section]) -> Gesture:
    """What those zones did together, from the first that began, in the middle of them all."""
    start = min(
        {"hands_down": s.fell, "crowd_wave": s.turns[-4] if len(s.turns) > 3 else at}.get(name, s.rose)
        for s in who
    )
    x, y = np.mean([s.middle for s in who], axis=0)
    return Gesture(name, at, start, share, float(x), float(y), zone=" ".join(s.name for s in who))


def _halves() -> list[tuple[str, Plane]]:
    """The left and the right half of the picture, whatever its zones."""
    return [(name, plane(polygon_of((x, 0.0, x + 0.5, 1.0)))) for name, x in (("left", 0.0), ("right", 0.5))]
