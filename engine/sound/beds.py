"""Levels of the beds: they follow smoothly, and make way for the big gong and the drum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from engine.core.score import Hit
from engine.sound.stand import GROUND

FOLLOW = 0.12  # seconds in which a level covers 63 % of its way
DUCKING = frozenset(["drum", "gong"])
DUCK = 10 ** (-4 / 20)
HOLD = 0.25  # seconds the beds stay ducked
DIP, RECOVER = 0.015, 0.10  # seconds, as FOLLOW, into the duck and out of it
SILENT = 10 ** (-70 / 20)


class Beds:
    """One step a frame: wished levels 0..1 in, levels to play at out."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._levels: dict[str, float] = {}
        self._duck = 1.0
        self._hold = 0

    def step(self, wished: Mapping[str, float], hits: Iterable[Hit]) -> dict[str, float]:
        """Level 0..1 of each bed that sounds at the end of this frame; a bed not wished for fades away."""
        if any(hit.instrument in DUCKING for hit in hits):
            self._hold = round(HOLD * self._fps)
        ducked = self._hold > 0
        self._hold -= ducked
        self._duck = self._toward(self._duck, DUCK if ducked else 1.0, DIP if ducked else RECOVER)
        for name in self._levels | dict.fromkeys(name for name in wished if name in GROUND):
            level = min(max(wished.get(name, 0.0), 0.0), 1.0)
            self._levels[name] = self._toward(self._levels.get(name, 0.0), level, FOLLOW)
        self._levels = {
            name: x for name, x in self._levels.items() if x > SILENT or wished.get(name, 0.0) > 0
        }
        return {name: x * self._duck for name, x in self._levels.items()}

    def _toward(self, now: float, goal: float, seconds: float) -> float:
        return goal + (now - goal) * math.exp(-1 / (seconds * self._fps))
