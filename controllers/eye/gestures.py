"""Gestures: which strokes mean something, in the light of those before them.

A stroke alone is judged by votes (votes.py), as that of a hand and as that of all that moves: close by an arm
fills the picture, and no hand stands out. Here a wave is told from a stroke, the way back from the way there,
and nothing is said twice.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from controllers.eye.measures import Measures, of_stroke, of_swings
from controllers.eye.sequel import SEQUEL, sequel
from controllers.eye.shape import ASPECT, Shape
from controllers.eye.strokes import Stroke
from controllers.eye.votes import rules

NAMES = ("raise", "lower", "wave", "swipe_left", "swipe_right", "hush", "step_left", "step_right")
SURE = 0.5  # confidence from which a gesture is reported
FAVOUR = 2.5  # log-odds a keener eye gives beforehand, for each factor e of sensitivity
CLEAR = 0.5  # grey levels of noise that are none
NOISY = 0.5  # log-odds a noisy picture takes, for each factor e of noise above that
POSSIBLE = 0.05  # confidence below which nothing that follows can help
CERTAIN = 0.85  # confidence from which nothing that follows is waited for
TOGETHER = 0.1  # seconds within which strokes end together
AGAIN = 0.5  # seconds from end to end after which the same gesture may come again
BACK = 0.75  # seconds after a swipe in which the hand may start on its way back, which is no swipe
LATELY = 2.0  # seconds in which strokes are counted: one who speaks makes many
UP = 10.0  # seconds an arm that was raised may be lowered again
STOPPED = 1.0  # seconds after which a hand that waves again begins a new wave
HOLD = 0.25  # seconds a stroke that turned round waits, for it may be the first of a wave


@dataclass(frozen=True, slots=True)
class Gesture:
    """One gesture: the second `at` which it was known, and those of the `start` and `end` of its stroke;
    confidence, place 0..1; velocity in pictures a second; the zones it was seen in, and which one it is since
    the eye opened."""

    name: str
    at: float
    start: float
    confidence: float
    x: float = 0.5
    y: float = 0.5
    vx: float = 0.0
    vy: float = 0.0
    zone: str = ""
    seq: int = 0
    end: float = 0.0


def trust(gesture: str, measures: Measures, whole: bool, favour: float = 0.0) -> float:
    """How surely something is that gesture, 0..1, read as the whole of what moves or as a hand."""
    rule = rules()[gesture].get("whole" if whole else "hand")
    return rule.confidence(measures, favour) if rule else 0.0


def followed(name: str, sure: float, measures: Measures) -> float:
    """How surely a stroke is that gesture once it is known what followed it, 0..1."""
    return rules()[_kind(name)]["sequel"].confidence(measures, math.log(sure / (1 - sure)))


def _kind(name: str) -> str:
    """A gesture without its side."""
    return name.partition("_")[0]


def doubtful(name: str, sure: float) -> bool:
    """Whether what follows a stroke may yet tell whether it is that gesture."""
    return POSSIBLE <= sure < CERTAIN and "sequel" in rules()[_kind(name)]


def clouded(stroke: Stroke) -> float:
    """Log-odds against a stroke of which noise may be a part: in it votes see what was never done."""
    return NOISY * math.log(max(1.0, stroke.noise / CLEAR))


def confidence(stroke: Stroke, facts: Measures, sensitivity: float = 1.0) -> tuple[str, float]:
    """What a stroke of these measures most likely is, and how surely; a keen eye is in its favour, noise in
    its pictures is not."""
    favour = FAVOUR * math.log(sensitivity) - clouded(stroke)
    if stroke.axis == "y":
        name = "raise" if stroke.dy < 0 else "lower"
        return name, trust(name, facts, stroke.whole, favour)
    side = "right" if stroke.dx > 0 else "left"
    swipe, step = (trust(name, facts, stroke.whole, favour) for name in ("swipe", "step"))
    return (f"swipe_{side}", swipe) if swipe >= step else (f"step_{side}", step)


class Wave:
    """A hand, or a whole arm, that turns round in time: strokes left and right without a rest."""

    TURNS = 4  # strokes
    PAUSE = 0.25  # seconds: where it turns, a slow or a dark hand seems to rest

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
        return trust("wave", of_swings(self.strokes), stroke.whole, -clouded(stroke))


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a stroke may be, as sure as it is by itself, and until which second it is waited for."""

    gesture: Gesture
    stroke: Stroke
    until: float


class Judge:
    """Turns strokes into gestures: rules, the way back, the first stroke of a wave, and not twice at once.

    A movement may come as strokes of the hand and of the whole; what is said of both is said once. What is
    not certain by itself waits for what follows it in `past`, the shapes the strokes were cut from.
    """

    def __init__(self, past: Sequence[Shape], sensitivity: float = 1.0) -> None:
        rules()  # read from their file now, not in the picture that ends the first stroke
        self.past, self.sensitivity = past, sensitivity
        self.waves = Wave(), Wave()  # of the hand, of the whole
        self.waved = -10.0
        self.doubts: list[Doubt] = []
        self.last: dict[str, Gesture] = {}
        self.ends: list[float] = []
        self.lifts: deque[tuple[float, float]] = deque(maxlen=32)  # (end, confidence) of upward strokes

    def step(self, at: float, strokes: list[Stroke]) -> list[Gesture]:
        """Take the strokes that ended by `at`; the gestures that are now sure."""
        found: list[Gesture] = []
        heard = self.hear(strokes)
        surest = max((sure for *_, sure in heard), default=0.0)  # of one movement only that means something
        for stroke, _, name, confident in heard:
            sure = confident if confident == surest else 0.0
            if stroke.axis == "x":
                found += self._across(at, stroke, name, sure)
            else:
                found += self._weighed(at, stroke, name, sure)
        found += self._heard_out(at)
        return [gesture for gesture in found if self._fresh(gesture)]

    def finish(self, at: float, strokes: list[Stroke]) -> list[Gesture]:
        """Take the last strokes, which ended by `at`; nothing is waited for any more."""
        found = self.step(at, strokes)
        self.doubts = [replace(doubt, until=at) for doubt in self.doubts]
        return found + self.step(at, [])

    def hear(self, strokes: list[Stroke]) -> list[tuple[Stroke, Measures, str, float]]:
        """Take strokes that ended together: each with its measures in the light of those before them, what it
        most likely is, and how surely."""
        heard = []
        for stroke in strokes:
            busy = sum(stroke.start - LATELY < end <= stroke.start for end in self.ends)
            raised = max((sure for end, sure in self.lifts if stroke.start - UP < end), default=0.0)
            facts = of_stroke(stroke, self.sensitivity, busy, raised)
            heard.append((stroke, facts, *confidence(stroke, facts, self.sensitivity)))
        self.lifts += [(stroke.end, sure) for stroke, _, name, sure in heard if name == "raise"]
        for stroke in strokes:
            if not stroke.whole and stroke.mass > 30 and stroke.seconds > 0.1 and abs(stroke.way) > 0.06:
                self.ends = [*(end for end in self.ends if stroke.end - end < 2 * LATELY), stroke.end]
        return heard

    def _across(self, at: float, stroke: Stroke, name: str, sure: float) -> list[Gesture]:
        swings = self.waves[stroke.whole]
        wave = swings.step(stroke)
        if wave >= SURE:
            goes_on = at - self.waved < STOPPED
            self.waved = at
            self.doubts = [doubt for doubt in self.doubts if doubt.stroke.axis == "y"]
            return [] if goes_on else [gesture_of("wave", at, stroke, wave, swings.strokes[0].start)]
        self.doubts = [doubt for doubt in self.doubts if not _again(doubt.stroke, stroke)]
        return [] if at - self.waved < HOLD * 2 else self._weighed(at, stroke, name, sure)

    def _weighed(self, at: float, stroke: Stroke, name: str, sure: float) -> list[Gesture]:
        """The gesture, if it is sure now; what may be one, and what may be the first of a wave, waits."""
        open_, turned = doubtful(name, sure), stroke.turned and stroke.axis == "x"
        if sure < SURE and not open_:
            return []
        gesture = gesture_of(name, at, stroke, sure, stroke.start)
        if not open_ and not turned:
            return [gesture]
        self.doubts.append(Doubt(gesture, stroke, stroke.end + (SEQUEL if open_ else HOLD)))
        return []

    def _heard_out(self, at: float) -> list[Gesture]:
        """The gestures among the doubts whose time has come."""
        due = [doubt for doubt in self.doubts if at >= doubt.until]
        self.doubts = [doubt for doubt in self.doubts if at < doubt.until]
        told = [replace(self._decided(doubt), at=at) for doubt in due]
        return [gesture for gesture in told if gesture.confidence >= SURE]

    def _decided(self, doubt: Doubt) -> Gesture:
        """The gesture, as sure as it is now that something has followed it."""
        name, sure = doubt.gesture.name, doubt.gesture.confidence
        if not doubtful(name, sure):
            return doubt.gesture
        sure = followed(name, sure, sequel(self.past, doubt.stroke))
        if name == "raise":
            self._known(doubt.stroke.end, sure)
        return replace(doubt.gesture, confidence=sure)

    def _known(self, end: float, sure: float) -> None:
        """How surely an arm was raised is known better now."""
        for k, (when, _) in enumerate(self.lifts):
            if abs(when - end) < TOGETHER:
                self.lifts[k] = when, sure

    def _fresh(self, gesture: Gesture) -> bool:
        """Not the same again at once, and not merely the hand coming back, which is less sure than its way
        there."""
        same, there = self.last.get(gesture.name), self.last.get(BACK_OF.get(gesture.name, ""))
        again = same is not None and gesture.end - same.end < AGAIN
        surer = there is not None and gesture.confidence > there.confidence
        back = there is not None and gesture.start - there.end < BACK and not surer
        if not again and not back:
            self.last[gesture.name] = gesture
        return not again and not back


def _again(held: Stroke, stroke: Stroke) -> bool:
    """Whether what turned round once turned round again: then the hand waves or speaks."""
    both = held.axis == stroke.axis == "x" and held.whole == stroke.whole
    return both and held.turned and stroke.turned and abs(stroke.dx) > 0.08


BACK_OF = {"swipe_left": "swipe_right", "swipe_right": "swipe_left"}


def gesture_of(name: str, at: float, stroke: Stroke, sure: float, start: float) -> Gesture:
    """A gesture from its last stroke; picture heights become 0..1 of the picture."""
    seconds = max(stroke.seconds, 1e-3)
    vx, vy = stroke.dx / ASPECT / seconds, stroke.dy / seconds
    return Gesture(name, at, start, sure, stroke.x / ASPECT, stroke.y, vx, vy, end=stroke.end)
