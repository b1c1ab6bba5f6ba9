"""Clips with exact truth: people, what one of them does, one camera; pictures come out grey 320x180."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from engine.core.chance import stream

from .backdrop import LIVING, Resting
from .casual import NEGATIVES, do_walk
from .figure import HEIGHT, WIDTH, Camera, Look, arm, draw
from .manner import CLOSE, FRAMINGS, KEPT_FRAMINGS, UNSEEN, Manner
from .scripts import STROKES, Person, Truth

KINDS = STROKES | NEGATIVES
AXES = {"swipe_left": 0, "swipe_right": 0, "wave": 0, "raise": 1, "lower": 1}  # which way a hand strokes
WIDE = ("walk", "steps", "sit", "approach", "pace", "passer")  # what needs room to be seen


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
    back: Resting
    others: list = field(default_factory=list)  # (look, person), the farther ones first

    @property
    def strange(self):
        """Whether somebody does, or is filmed as, nobody in the clips rules were made on."""
        return self.person.manner.kept or self.framing in KEPT_FRAMINGS

    def __len__(self):
        return int(self.seconds * self.fps)

    def picture(self, t):
        """The picture at second `t`: the mean of a few moments while the shutter is open."""
        shutter = min(self.person.manner.shutter, 0.9 / self.fps)
        blur = 5 if shutter > 1 / 50 else 3
        total = np.zeros((HEIGHT, WIDTH), np.float32)
        behind = self.back(t)
        people = sorted([*self.others, (self.look, self.person)], key=lambda who: who[1].root.start[1])
        for k in range(blur):
            moment = behind.copy()
            for look, person in people:
                draw(moment, self.camera, look, person.pose(t + shutter * k / blur))
            total += moment
        return total / blur

    def frames(self):
        """(seconds, float32 picture) of every frame."""
        for k in range(len(self)):
            yield k / self.fps, self.picture(k / self.fps)

    def seen(self, truth):
        """A stroke of a hand as the camera sees it: while the palm is in the picture. It may be missed where
        that is less than half of its way and than a third of the picture's height."""
        if truth.free or truth.name not in AXES:
            return truth
        times = np.linspace(truth.start, truth.end, 25)
        moments = [self.person.pose(t) for t in times]
        axis = AXES[truth.name]
        inside, way, whole = max(
            (_inside(self._palms(moments, side), axis) for side in (-1, 1)), key=lambda part: part[1]
        )
        if way < max(3, min(whole / 2, HEIGHT / 3)):
            return replace(truth, free=True)
        return replace(truth, start=float(times[inside][0]), end=float(times[inside][-1]))

    def _palms(self, moments, side):
        """Where the palm of one side is in the picture (n, 2), pixels."""
        places = []
        for pose in moments:
            _, joint, wrist = arm(self.look, pose, side)
            ahead = (wrist - joint) / max(np.linalg.norm(wrist - joint), 1e-6)
            places.append(self.camera.project(wrist + 0.07 * ahead)[:2])
        return np.array(places)


def _inside(places, axis):
    """Which places (n, 2) of a path are in the picture, its way along an axis there and in all, pixels."""
    inside = ((places >= 0) & (places < (WIDTH, HEIGHT))).all(axis=1)
    return inside, np.ptp(places[inside, axis]) if inside.any() else 0.0, np.ptp(places[:, axis])


def make(kind, seed, fps=30, seconds=14.0, framing=None):
    """The clip of a kind and a seed: the same for ever."""
    rng = stream(seed, f"clip/{kind}")
    kept = seed >= UNSEEN
    framings = FRAMINGS | KEPT_FRAMINGS if kept else FRAMINGS
    wide = [name for name in framings if framings[name][0] > 2.0]
    framing = framing or str(rng.choice(wide if kind in WIDE else list(framings)))
    distance, aim = framings[framing]
    distance *= rng.uniform(0.92, 1.12)
    manner = Manner.of(rng, distance, aim, kept=kept)
    look = Look.of(rng, manner.tone, manner.sleeve)
    size = look.height / 1.72
    astray = 1.0 if distance > CLOSE else 0.4
    aim *= 1 + astray * rng.uniform(-0.03, 0.03)
    camera = Camera(distance * size, aim * size, astray * rng.normal(0, 0.06) * distance)
    person = Person(rng, manner, x=astray * rng.uniform(-0.1, 0.1) * distance)
    back = (LIVING[rng.integers(len(LIVING))] if rng.random() < 0.2 else Resting)(rng)
    truths: list[Truth] = []
    KINDS[kind](person, rng, rng.uniform(0.3, 2.0), truths, seconds)
    clip = Clip(kind, framing, fps, seconds, truths, look, person, camera, back)
    clip.truths = [clip.seen(truth) for truth in truths]
    if kind == "passer":
        other = Person(rng, Manner.of(rng, distance, aim), z=rng.choice([-1.5, 0.8]))
        do_walk(other, rng, 1.0, [], seconds)
        clip.others.append((Look.of(rng), other))
    return clip
