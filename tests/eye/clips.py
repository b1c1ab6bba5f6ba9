"""Clips with exact truth: one person, one thing done, one camera; pictures come out grey 320x180."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.core.chance import stream

from .figure import HEIGHT, WIDTH, Camera, Look, backdrop, draw
from .scripts import KINDS, Person, Truth

FRAMINGS = {"full": (3.6, 0.95), "knee": (2.5, 1.1), "waist": (1.75, 1.3), "close": (1.15, 1.35)}


@dataclass
class Clip:
    """A clip that can be drawn frame by frame."""

    kind: str
    framing: str
    fps: int
    seconds: float
    truths: list[Truth]
    look: Look
    person: Person
    camera: Camera
    back: np.ndarray

    def __len__(self):
        return int(self.seconds * self.fps)

    def picture(self, t, shutter=1 / 60, blur=3):
        """The picture at second `t`: the mean of a few moments while the shutter is open."""
        total = np.zeros((HEIGHT, WIDTH), np.float32)
        for k in range(blur):
            moment = self.back.copy()
            draw(moment, self.camera, self.look, self.person.pose(t + shutter * k / blur))
            total += moment
        return total / blur

    def frames(self):
        """(seconds, float32 picture) of every frame."""
        for k in range(len(self)):
            yield k / self.fps, self.picture(k / self.fps)


def make(kind, seed, fps=30, seconds=14.0, framing=None):
    """The clip of a kind and a seed: the same for ever."""
    rng = stream(seed, f"clip/{kind}")
    look = Look.of(rng)
    wide = kind in ("walk", "steps", "sit")
    framing = framing or str(rng.choice(["full", "knee"] if wide else list(FRAMINGS)))
    distance, aim = FRAMINGS[framing]
    camera = Camera(distance * rng.uniform(0.9, 1.15), aim * look.height / 1.72 * rng.uniform(0.95, 1.05))
    person = Person(rng, x=rng.uniform(-0.25, 0.25) * distance / 2.5)
    truths: list[Truth] = []
    KINDS[kind](person, rng, rng.uniform(1.2, 2.2), truths, seconds)
    return Clip(kind, framing, fps, seconds, truths, look, person, camera, backdrop(rng))
