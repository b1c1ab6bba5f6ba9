"""Gestures: which strokes mean something.

Every rule follows from how people move, in numbers without unit wherever one can be found: a hand that
sweeps goes several times its own breadth, a body that walks or sits down does not; speed swells and dies
once in a stroke (greatest about 1.9 times the mean); a wave turns round in time. A rule's bounds are soft,
and the confidence of a gesture is the narrowest of its margins.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace
from typing import NamedTuple

from controllers.eye.shape import ASPECT
from controllers.eye.strokes import Stroke

NAMES = ("raise", "lower", "wave", "swipe_left", "swipe_right", "hush", "step_left", "step_right")
SURE = 0.55  # confidence from which a gesture is reported
AGAIN = 0.45  # seconds after which the same gesture may come again
BACK = 0.4  # seconds after a swipe in which the hand may start on its way back, which is no swipe
LATELY, FEW = 2.0, 5  # so many strokes (both axes) in so many seconds are what a gesture takes
RESTLESS = 0.06  # and each one more makes the eye harder to convince
STOPPED = 1.0  # seconds after which a hand that waves again begins a new wave
HOLD = 0.25  # seconds a stroke that turned round waits, for it may be the first of a wave


@dataclass(frozen=True, slots=True)
class Gesture:
    """One gesture: `at`, `start` in seconds; confidence, place 0..1; velocity in pictures a second."""

    name: str
    at: float
    start: float
    confidence: float
    x: float = 0.5
    y: float = 0.5
    vx: float = 0.0
    vy: float = 0.0


class Bound(NamedTuple):
    """A soft limit: margin 0 at `out`, 0.5 halfway, 1 at `sure` and beyond (either may be the greater)."""

    out: float
    sure: float

    def margin(self, value: float) -> float:
        """How well `value` keeps the limit, 0..1."""
        return min(1.0, max(0.0, (value - self.out) / (self.sure - self.out)))


@dataclass(frozen=True, slots=True)
class Measures:
    """What a stroke is judged by."""

    way: float  # picture heights
    slant: float  # way across its axis over way along it
    seconds: float
    burst: float  # greatest speed over mean speed
    slim: float  # way over breadth of what moves near the hand
    apart: float  # way over breadth of everything that moves
    narrow: float  # way over spread along its own axis
    leap: float  # the same: beyond reason when the place leapt from one thing to another
    flow: float
    tall: float  # picture heights: a whole body fills the window the hand is followed in
    upright: float  # height of everything that moves over its width
    mass: float
    dense: float  # motion per cell of the region it fills
    carried: float  # flow along the way, over what flow can be expected to see at that pace

    @classmethod
    def of(cls, stroke: Stroke, sensitivity: float = 1.0) -> Measures:
        """Measures of a stroke along its own axis."""
        along, across = (stroke.dx, stroke.dy) if stroke.axis == "x" else (stroke.dy, stroke.dx)
        way = abs(along)
        far = way * sensitivity
        # Flow sees less of a stroke the farther it goes from picture to picture, and in the end nothing.
        seen = 0.25 * math.exp(-max(0.0, stroke.pace - 0.033) / 0.05)
        dense = stroke.mass / (16e3 * (stroke.wide + 0.01) * (stroke.tall + 0.01))
        blind = min(1.0, max(0.0, (stroke.pace - 0.06) / 0.04)) if dense > 1.2 else 0.0
        narrow = far / ((stroke.wide if stroke.axis == "x" else stroke.tall) + 0.005)
        return cls(
            far,
            abs(across) / way,
            stroke.seconds,
            stroke.speed * stroke.seconds / way,
            far / (stroke.wide + stroke.tall + 0.01),
            far / (stroke.broad + stroke.high + 0.01),
            narrow,
            narrow,
            max(stroke.flow, blind),
            stroke.tall,
            (stroke.high + 0.01) / (stroke.broad + 0.01),
            stroke.mass,
            dense,
            max(stroke.carried / seen, 2 * blind),
        )


Rule = dict[str, Bound]

COMMON: Rule = {
    "burst": Bound(5.0, 2.6),
    "flow": Bound(0.3, 0.8),
    "mass": Bound(8, 30),
    "dense": Bound(0.3, 0.9),
    "carried": Bound(0.4, 1.6),
}
SWIPE: Rule = COMMON | {
    "way": Bound(0.10, 0.40),
    "slant": Bound(0.75, 0.15),
    "slim": Bound(1.6, 3.4),
    "leap": Bound(16.0, 11.0),
    "apart": Bound(0.9, 2.2),
    "tall": Bound(0.19, 0.15),
    "seconds": Bound(1.6, 1.0),
}
LIFT: Rule = COMMON | {
    "way": Bound(0.08, 0.40),
    "slant": Bound(0.9, 0.25),
    "apart": Bound(0.6, 1.4),
    "narrow": Bound(2.2, 4.6),
    "seconds": Bound(1.9, 1.2),
}
STEP: Rule = COMMON | {
    "way": Bound(0.06, 0.20),
    "slant": Bound(1.4, 0.5),
    "upright": Bound(0.9, 1.7),
    "slim": Bound(2.6, 1.6),
    "seconds": Bound(0.1, 0.35),
}
BRIEF = Bound(0.08, 0.16)  # seconds: nobody's hand is quicker
STEP_LONG = Bound(1.6, 1.1)  # seconds: a walker goes on


def judge(rule: Rule, measures: Measures) -> float:
    """Confidence that a stroke keeps a rule: its narrowest margin."""
    return min(bound.margin(getattr(measures, name)) for name, bound in rule.items())


def confidence(stroke: Stroke, sensitivity: float = 1.0) -> tuple[str, float]:
    """What a stroke most likely is, and how surely; with sensitivity 2 half the way will do."""
    measures = Measures.of(stroke, sensitivity)
    brief = BRIEF.margin(measures.seconds)
    if stroke.axis == "y":
        return ("raise" if stroke.dy < 0 else "lower"), min(brief, judge(LIFT, measures))
    side = "right" if stroke.dx > 0 else "left"
    swipe = min(brief, judge(SWIPE, measures))
    walks = STEP_LONG.margin(measures.seconds) if not stroke.turned else 0.0
    step = min(walks, judge(STEP, measures))
    return (f"swipe_{side}", swipe) if swipe >= step else (f"step_{side}", step)


class Wave:
    """A hand that turns round in time: strokes left and right, alike in length and time, without a rest."""

    TURNS = 4  # strokes
    PAUSE = 0.2  # seconds: where it turns, a slow or a dark hand seems to rest

    def __init__(self) -> None:
        self.strokes: deque[Stroke] = deque(maxlen=self.TURNS)

    def step(self, stroke: Stroke) -> float:
        """Take a stroke on the x axis; confidence 0..1 that a wave is going on."""
        last = self.strokes[-1] if self.strokes else None
        if last and (stroke.dx * last.dx > 0 or stroke.start - last.end > self.PAUSE):
            self.strokes.clear()
        self.strokes.append(stroke)
        if len(self.strokes) < self.TURNS:
            return 0.0
        ways = sorted(abs(s.dx) for s in self.strokes)
        spans = sorted(s.seconds for s in self.strokes)
        drift = abs(sum(s.dx for s in self.strokes)) / sum(ways)
        climb = abs(sum(s.dy for s in self.strokes)) / sum(ways)
        return min(
            Bound(5.0, 2.0).margin(ways[-1] / ways[0]),
            Bound(4.0, 1.8).margin(spans[-1] / max(spans[0], 1e-3)),
            Bound(0.9, 0.6).margin(spans[-1]),
            Bound(0.05, 0.11).margin(spans[0]),
            Bound(0.02, 0.07).margin(ways[1]),
            Bound(0.4, 1.1).margin(ways[1] / (max(s.wide for s in self.strokes) + 0.01)),
            Bound(0.6, 0.2).margin(drift),
            Bound(0.8, 0.3).margin(climb),
            Bound(0.2, 0.6).margin(sum(s.flow for s in self.strokes) / self.TURNS),
            Bound(8, 30).margin(min(s.mass for s in self.strokes)),
        )


class Judge:
    """Turns strokes into gestures: rules, the way back, the first stroke of a wave, and not twice at once."""

    def __init__(self, sensitivity: float = 1.0) -> None:
        self.sensitivity = sensitivity
        self.wave = Wave()
        self.waved = -10.0
        self.held: tuple[float, Gesture] | None = None
        self.last: dict[str, float] = {}
        self.ends: list[float] = []
        self.needed = SURE

    def step(self, at: float, strokes: list[Stroke]) -> list[Gesture]:
        """Take the strokes that ended by `at`; the gestures that are now sure."""
        found: list[Gesture] = []
        for stroke in strokes:
            self._hear(stroke)
            if stroke.axis == "x":
                found += self._across(at, stroke)
            else:
                found += self._upright(at, stroke)
        if self.held and at >= self.held[0]:
            found.append(replace(self.held[1], at=at))
            self.held = None
        return [gesture for gesture in found if self._fresh(gesture)]

    def _hear(self, stroke: Stroke) -> None:
        """A hand that means something rests, strikes and rests; one that speaks hardly ever rests."""
        if stroke.mass > 30 and stroke.seconds > 0.1 and abs(stroke.way) > 0.06:
            self.ends = [*(end for end in self.ends if stroke.end - end < LATELY), stroke.end]
        self.needed = SURE + RESTLESS * max(0, len(self.ends) - FEW)

    def _across(self, at: float, stroke: Stroke) -> list[Gesture]:
        wave = self.wave.step(stroke)
        if wave >= SURE:
            goes_on = at - self.waved < STOPPED
            self.held, self.waved = None, at
            return [] if goes_on else [gesture_of("wave", at, stroke, wave, self.wave.strokes[0].start)]
        if self.held and stroke.turned and abs(stroke.dx) > 0.08:
            self.held = None  # it turned round again: the hand waves or speaks
        name, sure = confidence(stroke, self.sensitivity)
        if sure < self.needed or at - self.waved < HOLD * 2:
            return []
        gesture = gesture_of(name, at, stroke, sure, stroke.start)
        if not stroke.turned:
            return [gesture]
        self.held = (stroke.end + HOLD, gesture)
        return []

    def _upright(self, at: float, stroke: Stroke) -> list[Gesture]:
        name, sure = confidence(stroke, self.sensitivity)
        return [gesture_of(name, at, stroke, sure, stroke.start)] if sure >= self.needed else []

    def _fresh(self, gesture: Gesture) -> bool:
        """Not the same again at once, and not merely the hand coming back."""
        again = gesture.at - self.last.get(gesture.name, -10.0) < AGAIN
        back = gesture.start - self.last.get(BACK_OF.get(gesture.name, ""), -10.0) < BACK
        if not again and not back:
            self.last[gesture.name] = gesture.at
        return not again and not back


BACK_OF = {"swipe_left": "swipe_right", "swipe_right": "swipe_left"}


def gesture_of(name: str, at: float, stroke: Stroke, sure: float, start: float) -> Gesture:
    """A gesture from its last stroke; picture heights become 0..1 of the picture."""
    seconds = max(stroke.seconds, 1e-3)
    vx, vy = stroke.dx / ASPECT / seconds, stroke.dy / seconds
    return Gesture(name, at, start, sure, stroke.x / ASPECT, stroke.y, vx, vy)
