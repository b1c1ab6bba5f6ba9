"""The painter at the mirror: strokes that are on their way, and those that wait."""

from dataclasses import dataclass

import numpy as np

from scenes.kit.facedata import STEPS
from scenes.kit.greasepaint import Paint

SECONDS = 0.5  # a region of middling length takes
HURRIED = 0.03  # a region that should be there already takes
BROAD = 2.6  # the three tiles take
REACH = 120.0  # face units a brush covers in SECONDS


@dataclass
class Stroke:
    """One region under the brush."""

    paint: Paint
    seconds: float
    pressure: float
    side: int
    colour: tuple | None = None
    share: float = 0.0


class Painter:
    """Paints a head's sheet step by step. `flat` is the sheet's memory, (h*w, 4), `bare` the same unpainted.

    Each side of the face has its own brush; what waits for it is painted in the order it was asked for.
    """

    def __init__(self, flat, made, bare):
        self.flat, self.bare = flat, bare
        self.laid, self.tiles = made
        self.waiting = {-1: [], 1: []}
        self.now = {-1: None, 1: None}
        self.asked = set()  # (step, side) begun or waiting
        self.ground = None  # RGB of the three tiles
        self.hand = 1.0  # how quickly it works

    @property
    def busy(self):
        """Whether a brush is on the face."""
        return any(self.now.values()) or any(self.waiting.values())

    def steps(self, side):
        """The steps this design has on that half."""
        return [s for s in STEPS if (s, side) in self.laid]

    def next_step(self, side):
        """The first step of that half nobody has asked for; None when all are."""
        return next((s for s in self.steps(side) if (s, side) not in self.asked), None)

    def done(self, side):
        """Share of that half's steps that are asked for and painted."""
        every = self.steps(side)
        open_ = sum((s, side) not in self.asked for s in every) + bool(self.waiting[side] or self.now[side])
        return 1 - open_ / max(1, len(every))

    def paint(self, step, side, pressure=1.0, *, hurry=False):
        """Ask for a step; False if the design has none such. Asked again, it is gone over again."""
        paints = self.laid.get((step, side), ())
        self._queue(paints, side, pressure, hurry)
        if step != "edge" and ("edge", side) in self.asked:  # the edging has to be on top
            self._queue(self.laid.get(("edge", side), ()), side, 1.0, True)
        self.asked.add((step, side))
        return bool(paints)

    def add(self, side, paints):
        """What is not in the design."""
        self._queue(paints, side, 1.0)

    def _queue(self, paints, side, pressure, hurry=False):
        for paint in paints:
            length = float(np.linalg.norm(np.diff(paint.way, axis=0), axis=1).sum())
            seconds = SECONDS * min(1.5, max(0.4, length / REACH)) * (1.15 - 0.4 * pressure)
            self.waiting[side].append(Stroke(paint, HURRIED if hurry else seconds, pressure, side))

    def lay_ground(self, colour):
        """The chosen colour goes over the three tiles, both halves at once."""
        self.ground = colour
        for side, paint in zip((-1, 1), self.tiles, strict=True):
            self.waiting[side].append(Stroke(paint, BROAD, 1.0, side, colour))

    def clean(self, made):
        """A bare face, and the next design to paint on it."""
        self.flat[:] = self.bare
        self.waiting, self.now = {-1: [], 1: []}, {-1: None, 1: None}
        self.asked.clear()
        self.ground = None
        self.laid, self.tiles = made

    def step(self, dt):
        """Move the brushes; the strokes that began in this frame."""
        begun = []
        for side in (-1, 1):
            stroke = self.now[side]
            if stroke is None and self.waiting[side]:
                stroke = self.now[side] = self.waiting[side].pop(0)
                begun.append(stroke)
            if stroke is None:
                continue
            after = min(1.0, stroke.share + dt * self.hand / stroke.seconds)
            stroke.paint.lay(self.flat, stroke.share, after, stroke.pressure, stroke.colour)
            stroke.share = after
            if after >= 1:
                self.now[side] = None
        return begun

    def tips(self):
        """[(place in face units, side, pressure, colour)] of the brushes on the face."""
        return [
            (s.paint.tip(s.share), s.side, s.pressure, s.colour or s.paint.colour)
            for s in self.now.values()
            if s is not None
        ]
