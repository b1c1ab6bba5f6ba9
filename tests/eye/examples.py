"""Examples for the rules of the eye to be fitted to: what it measured, and what was truly done.

The eye watches a clip whose truth is known, generated or filmed. Every stroke it cuts, and every four swings
in a row, becomes an example of a gesture or of none; what cannot be told is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from controllers.eye.clip import pictures
from controllers.eye.eye import Eye
from controllers.eye.gestures import BACK, Judge
from controllers.eye.measures import Measures, of_swings
from controllers.eye.sequel import SEQUEL, sequel
from controllers.eye.settings import EyeSettings
from controllers.eye.strokes import Stroke

from .clips import make
from .evaluate import labels
from .faults import FAULTS, seen
from .score import inside

WAYS = {
    "raise": ("y", -1), "lower": ("y", 1), "swipe_left": ("x", -1), "swipe_right": ("x", 1),
    "step_left": ("x", -1), "step_right": ("x", 1),
}  # fmt: skip
ALIKE = 0.25  # time shared over time of either, from which on a stroke may be the one that was done
WAY = 0.1  # picture heights; what goes less far is not asked about
EARLY, AFTER = 0.1, 0.3  # seconds about a stroke that may be reported or not, in which an end says nothing
TURNED = 0.1  # seconds before the end of a swipe at which its way back may seem to begin
BAD = 2  # faults every generated clip is seen through


@dataclass(slots=True)
class Heard:
    """A stroke, or the last of four swings, as it was heard at second `at`, and what followed it, once that
    is known."""

    at: float
    stroke: Stroke
    facts: Measures
    sequel: Measures | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One stroke, or four swings: which way ("up", "down", "across", "swings"), whether of the whole of what
    moved or of a hand, its measures, which gesture it was, without a side ("" for none), how much it counts,
    what followed it, and which clip it is from."""

    way: str
    whole: bool
    facts: Measures
    meant: str
    weight: float = 1.0
    sequel: Measures | None = None
    clip: int = 0


class Notes(Judge):
    """A judge that reports nothing and writes down all it hears, in the light of what came before it."""

    def __init__(self, past):
        super().__init__(past)
        self.strokes: list[Heard] = []
        self.swings: list[Heard] = []

    def step(self, at, strokes):
        for one in self.strokes:
            if one.sequel is None and at >= one.stroke.end + SEQUEL:
                one.sequel = sequel(self.past, one.stroke)
        for stroke, facts, _, _ in self.hear(strokes):
            self.strokes.append(Heard(at, stroke, facts))
            if stroke.axis == "x":
                wave = self.waves[stroke.whole]
                wave.step(stroke)
                if len(wave.strokes) == wave.TURNS:
                    self.swings.append(Heard(at, stroke, of_swings(wave.strokes)))
        return []


def overlap(stroke, truth):
    """Seconds a stroke shares with what was done, over the seconds of either, 0..1."""
    shared = min(stroke.end, truth.end) - max(stroke.start, truth.start)
    return max(0.0, shared) / (max(stroke.end, truth.end) - min(stroke.start, truth.start))


def fitting(heard, truth):
    """Which strokes may be the one that was done, the most likely first: it shares most and goes furthest."""
    axis, sign = WAYS[truth.name]
    found = []
    for k, one in enumerate(heard):
        stroke = one.stroke
        alike = overlap(stroke, truth)
        if stroke.axis == axis and stroke.way * sign > 0 and inside(truth, one.at) and alike > ALIKE:
            found.append((alike * abs(stroke.way), k))
    return [k for _, k in sorted(found, key=lambda each: -each[0])]


def meanings(heard, truths):
    """What each stroke of a hand, or each of the whole, was: the name of a truth, "" for nothing,
    None where that cannot be told. That is so for other pieces of a stroke that was done, for what may be
    reported or not, and for the way back of a swipe, which the judge tells from a swipe by its time."""
    meant, pieces = {}, set()
    for truth in truths:
        if not truth.free and truth.name in WAYS and (found := fitting(heard, truth)):
            meant[found[0]] = truth.name
            pieces.update(found[1:])
    swipes = [heard[k].stroke for k, name in meant.items() if name.startswith("swipe")]
    free = [truth for truth in truths if truth.free]

    def unsure(k):
        stroke = heard[k].stroke
        return (
            k in pieces
            or any(truth.start - EARLY < stroke.end <= truth.end + AFTER for truth in free)
            or any(_comes_back(stroke, swipe) for swipe in swipes)
        )

    return [meant.get(k) or (None if unsure(k) else "") for k in range(len(heard))]


def _comes_back(stroke, swipe):
    since = stroke.start - swipe.end
    return stroke.axis == "x" and stroke.dx * swipe.dx < 0 and -TURNED < since < BACK


def waving(swings, truths):
    """The same of four swings: "wave" while somebody waves, None while a wave may be reported or not. Other
    strokes that may be reported say nothing here: a hand made ready is no wave."""
    waves = [truth for truth in truths if truth.name == "wave"]

    def meaning(at):
        about = [truth.free for truth in waves if inside(truth, at)]
        return "" if not about else None if all(about) else "wave"

    return [meaning(one.at) for one in swings]


def way_of(stroke):
    """Which rules a stroke is asked by."""
    return "across" if stroke.axis == "x" else "up" if stroke.dy < 0 else "down"


def examples(notes, truths, weight=1.0):
    """What is to be learnt from all that was heard of one clip."""
    told = [("swings", *pair) for pair in zip(notes.swings, waving(notes.swings, truths), strict=True)]
    for whole in (False, True):
        heard = [one for one in notes.strokes if one.stroke.whole is whole]
        for one, name in zip(heard, meanings(heard, truths), strict=True):
            if abs(one.stroke.way) > WAY:
                told.append((way_of(one.stroke), one, name))
    return [
        Example(way, one.stroke.whole, one.facts, name.partition("_")[0], weight, one.sequel)
        for way, one, name in told
        if name is not None
    ]


def watched(frames):
    """What the eye notes of a clip, given as (seconds, picture)."""
    eye, last = Eye(EyeSettings("")), 0.0
    eye.performer.judge = notes = Notes(eye.performer.strokes.past)
    for at, picture in frames:
        eye.see(at, picture)
        last = at
    eye.finish(last)
    return notes


def views(clip, seed):
    """A clip as cameras may show it: clean with all, half and a third of its pictures, and with faults."""
    drawn = list(clip.frames())
    clean = list(seen(drawn, "clean", seed))
    yield from (clean, clean[::2], clean[::3])
    faults = [name for name in FAULTS if name != "clean"]
    for k in range(BAD * seed, BAD * seed + BAD):
        yield list(seen(drawn, faults[k % len(faults)], seed))


def of_clip(kind, seed, seconds):
    """Examples of a generated clip."""
    clip = make(kind, seed, seconds=seconds)
    return [one for frames in views(clip, seed) for one in examples(watched(frames), clip.truths)]


def of_film(path, weight):
    """Examples of a real clip, with its labels beside it."""
    return examples(watched(pictures(path)), labels(path.with_suffix(".txt")), weight)
