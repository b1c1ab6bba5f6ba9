"""A crowd: how alive each zone is, how the house leans, and what most of it does at once.

Nobody in particular is read. A person fills a few cells; what counts is the mean over a zone and how many
zones agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from controllers.eye.gestures import Gesture
from controllers.eye.motion import GAP, Motion, Plane
from controllers.eye.region import THIRDS, looked_at, mirrored, plane
from controllers.eye.settings import EyeSettings, Zone
from controllers.eye.shape import ASPECT

CROWD_NAMES = ("jump", "hands_up", "hands_down", "crowd_wave")
ATTACK, RELEASE = 0.08, 0.5  # seconds
MEMORY = 30.0  # seconds in which full activity is learnt
FAINT = 0.02  # share of a zone's cells moving that is never taken for full activity
LEAK = 2.5  # seconds after which a lean that is held counts as upright
LEAN_FULL = 0.03  # picture widths of common movement that are a full lean
RISE = 0.008  # picture heights of common upward flow that count as hands up
RISE_LEAK = 1.2
LANDED = 0.75  # seconds: who comes down again within this has jumped
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
    rise: float = 0.0
    low: float = 0.0  # lowest and highest of `rise` since the last turn
    high: float = 0.0
    rose: float = -10.0  # seconds when it last went up, and down
    fell: float = -10.0
    sway: float = 0.0
    turns: list[float] = field(default_factory=list)
    side: int = 0

    def step(self, motion: Motion) -> None:
        """Take one picture's motion."""
        dt = min(motion.dt, GAP)
        weight = motion.weight * self.cells
        mass, size = float(weight.sum()), float(self.cells.sum()) or 1.0
        share = min(1.0, float(((motion.weight > 0) * self.cells).sum()) / size)
        self.loud += self.loud * dt / MEMORY * 10 * (0.9 if share > self.loud else -0.1) * (share > 0)
        self.loud = max(self.loud, FAINT)
        target = min(1.0, share / self.loud)
        self.activity += (target - self.activity) * (
            1 - math.exp(-dt / (ATTACK if target > self.activity else RELEASE))
        )
        u = float((weight * motion.u).sum()) / mass * ASPECT if mass else 0.0
        v = float((weight * motion.v).sum()) / mass if mass else 0.0
        busy = min(1.0, share / FAINT)
        self._rise(motion.at, -v * busy * dt, dt)
        self._sway(motion.at, u * busy * dt, dt)

    def _rise(self, at: float, step: float, dt: float) -> None:
        self.rise = (self.rise + step) * math.exp(-dt / RISE_LEAK)
        self.low, self.high = min(self.low, self.rise), max(self.high, self.rise)
        if self.rise - self.low > RISE and step > 0:
            self.rose, self.high = at, self.rise
            self.low = max(self.low, self.rise - RISE)
        elif self.high - self.rise > RISE and step < 0:
            self.fell, self.low = at, self.rise
            self.high = min(self.high, self.rise + RISE)

    def _sway(self, at: float, step: float, dt: float) -> None:
        self.sway = (self.sway + step) * math.exp(-dt / 0.8)
        side = 1 if self.sway > RISE / 2 else -1 if self.sway < -RISE / 2 else self.side
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
        zones: tuple[Zone, ...] = settings.zones or THIRDS
        whole = looked_at(settings.zone, settings.ignore, mirror=settings.mirror)
        self.sections = []
        for zone in zones:
            turn = settings.mirror and bool(settings.zones)
            cells = plane(mirrored(zone.polygon) if turn else zone.polygon)
            self.sections.append(Section(zone.name, cells if whole is None else cells * whole))
        self.still_cells = None if not settings.reference else plane(settings.reference)
        self.lean = 0.0
        self.last: dict[str, float] = {}

    def step(self, motion: Motion) -> tuple[dict[str, float], list[Gesture]]:
        """Take one picture's motion."""
        for section in self.sections:
            section.step(motion)
        dt = min(motion.dt, GAP)
        self.lean = (self.lean + self._drift(motion) * dt) * math.exp(-dt / LEAK)
        levels = {f"zone/{s.name}": s.activity for s in self.sections}
        half = len(self.sections) // 2
        levels["energy"] = float(np.mean([s.activity for s in self.sections]))
        levels["left"] = float(np.mean([s.activity for s in self.sections[: half or 1]]))
        levels["right"] = float(np.mean([s.activity for s in self.sections[-half or -1 :]]))
        levels["lean"] = min(1.0, max(0.0, 0.5 + self.lean / LEAN_FULL / 2))
        levels["quality"] = motion.quality
        return levels, self._agreed(motion.at)

    def _drift(self, motion: Motion) -> float:
        """Common sideways movement, widths a second; a part marked as resting tells the camera's own."""
        if self.still_cells is None:
            return motion.drift
        return motion.drift - float((motion.u * self.still_cells).sum() / (self.still_cells.sum() or 1.0))

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
                found.append(Gesture(name, at, at, share))
        return found
