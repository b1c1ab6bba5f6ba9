"""Measures of a stroke, without a unit where one can be avoided: they mean the same near and far."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from controllers.eye.shape import Line
from controllers.eye.strokes import Stroke
from controllers.eye.template import NAMES

Measures = dict[str, float]  # name of a measure -> its value

# What a stroke says of itself; see Stroke.
OWN = ("seconds", "gap", "tall", "broad", "share", "grow", "march", "before", "second", "awhile", "lively")
MEANS = ("march", "share", "broad", "gap", "upright", "tall", "dense")  # of a stroke, whose mean swings have


def of_stroke(stroke: Stroke, sensitivity: float = 1.0, busy: int = 0, raised: float = 0.0) -> Measures:
    """What a stroke is judged by, along its own axis: its OWN, its template, and

    way      picture heights;  slant  way across its axis over way along it
    upright  height of all that moves over its width
    dense    motion per cell of the region it fills
    agree, across   see Stroke; they have no say where flow is blind
    turned   1 when it ended by turning round, 0 by resting
    busy     strokes of the two seconds before it
    raised   how surely an arm was raised in the ten seconds before it, 0..1
    """
    along, aside = (stroke.dx, stroke.dy) if stroke.axis == "x" else (stroke.dy, stroke.dx)
    way = abs(along)
    dense = stroke.mass / (16e3 * (stroke.wide + 0.01) * (stroke.tall + 0.01))
    # Flow sees nothing of a stroke that goes too far from picture to picture: then it has no say.
    blind = min(1.0, max(0.0, (way * stroke.gap / stroke.seconds - 0.06) / 0.04)) if dense > 1.2 else 0.0
    return {
        **_named(stroke.template),
        **{name: getattr(stroke, name) for name in OWN},
        "way": way * sensitivity,
        "slant": abs(aside) / way,
        "upright": (stroke.high + 0.01) / (stroke.broad + 0.01),
        "dense": dense,
        "agree": max(stroke.agree, blind),
        "across": stroke.across * (1 - blind),
        "turned": float(stroke.turned),
        "busy": float(busy),
        "raised": raised,
    }


def of_swings(strokes: Sequence[Stroke]) -> Measures:
    """What a hand that goes to and fro is judged by: two strokes or more left and right, one after the other.

    span     mean seconds of a stroke;  longest  seconds;  steady  longest over shortest
    rise     way up or down of all over way across
    slim     second shortest way over greatest breadth of the hand;  apart  of everything that moves
    agree, across, march, share, tall, upright, dense, broad, gap, and the template   means of all
    """
    each = [of_stroke(stroke) for stroke in strokes]
    ways = sorted(one["way"] for one in each)
    spans = sorted(one["seconds"] for one in each)

    def mean(values: Sequence[float]) -> float:
        return sum(values) / len(each)

    return {
        **_named(np.mean([stroke.template for stroke in strokes], axis=0)),
        **{name: mean([one[name] for one in each]) for name in MEANS},
        "span": mean(spans),
        "longest": spans[-1],
        "steady": spans[-1] / max(spans[0], 1e-3),
        "rise": abs(sum(stroke.dy for stroke in strokes)) / sum(ways),
        "slim": ways[1] / (max(stroke.wide for stroke in strokes) + 0.01),
        "apart": ways[1] / (max(stroke.broad for stroke in strokes) + 0.01),
        "agree": mean([stroke.agree for stroke in strokes]),
        "across": mean([stroke.across for stroke in strokes]),
    }


def _named(template: Line) -> Measures:
    """A template as measures."""
    return dict(zip(NAMES, template.tolist(), strict=True))
