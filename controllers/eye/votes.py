"""What a stroke most likely is: its measures vote, and the votes add up to a confidence.

Every measure follows from how people move, without unit wherever one can be found: a hand that sweeps goes
several times its own breadth, a body that walks or sits down does not; speed swells and dies once in a
stroke; what is thrown from rest to rest means more than what never stops. No single measure decides, since
light, clothes and distance spoil now one, now another. The sum is read as log-odds; on people whose ways the
rules were not fitted to it promises too much (see docs/camera.md), so an order of trust, not a probability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from controllers.eye.strokes import Stroke


@dataclass(frozen=True, slots=True)
class Measures:
    """What a stroke is judged by."""

    way: float  # picture heights
    slant: float  # way across its axis over way along it
    seconds: float
    swift: float  # its own sizes a second, at its fastest
    burst: float  # greatest speed over mean speed
    slim: float  # way over breadth of what moves near the hand
    apart: float  # way over breadth of everything that moves
    narrow: float  # way over spread along its own axis
    flow: float  # share of its moments whose flow agrees
    tall: float  # spread of what moves near the hand, picture heights
    upright: float  # height of everything that moves over its width
    dense: float  # motion per cell of the region it fills
    agree: float  # see Stroke
    across: float
    march: float
    order: float
    swath: float
    before: float
    ends: float
    lively: float
    turned: float  # 1 when it ended by turning round, 0 by resting
    busy: float  # strokes of the two seconds before it

    @classmethod
    def of(cls, stroke: Stroke, sensitivity: float = 1.0, busy: int = 0) -> Measures:
        """Measures of a stroke along its own axis."""
        along, aside = (stroke.dx, stroke.dy) if stroke.axis == "x" else (stroke.dy, stroke.dx)
        way = abs(along)
        far = way * sensitivity
        dense = stroke.mass / (16e3 * (stroke.wide + 0.01) * (stroke.tall + 0.01))
        # Flow sees nothing of a stroke that goes too far from picture to picture: then it has no say.
        blind = min(1.0, max(0.0, (stroke.pace - 0.06) / 0.04)) if dense > 1.2 else 0.0
        return cls(
            way=far,
            slant=abs(aside) / way,
            seconds=stroke.seconds,
            burst=stroke.speed * stroke.seconds / way,
            swift=stroke.speed * sensitivity / (stroke.wide + stroke.tall + 0.02),
            slim=far / (stroke.wide + stroke.tall + 0.01),
            apart=far / (stroke.broad + stroke.high + 0.01),
            narrow=far / ((stroke.wide if stroke.axis == "x" else stroke.tall) + 0.005),
            flow=max(stroke.flow, blind),
            tall=stroke.tall,
            upright=(stroke.high + 0.01) / (stroke.broad + 0.01),
            dense=dense,
            agree=max(stroke.agree, blind),
            across=stroke.across * (1 - blind),
            march=stroke.march,
            order=stroke.order,
            swath=stroke.swath,
            before=stroke.before,
            ends=stroke.ends,
            lively=stroke.lively,
            turned=float(stroke.turned),
            busy=float(busy),
        )


class Vote(NamedTuple):
    """A measure's say: nothing at `out`, all its weight at `sure` and beyond (either may be the greater)."""

    measure: str
    out: float
    sure: float
    weight: float


class Rule(NamedTuple):
    """Votes against a doubt that has to be overcome."""

    doubt: float
    votes: tuple[Vote, ...]

    def confidence(self, measures: Measures) -> float:
        """How surely a stroke with these measures is meant, 0..1."""
        odds = -self.doubt
        for name, out, sure, weight in self.votes:
            odds += weight * min(1.0, max(0.0, (getattr(measures, name) - out) / (sure - out)))
        return 1 / (1 + math.exp(-odds))


LIFT = Rule(
    19.4,
    (
        Vote("way", 0.24, 0.62, 4.5),
        Vote("dense", 0.40, 1.60, 3.3),
        Vote("turned", 1.00, 0.00, 2.6),
        Vote("lively", 0.54, 0.25, 1.8),
        Vote("slant", 0.54, 0.11, 1.8),
        Vote("before", 0.99, 0.02, 1.8),
        Vote("order", 0.88, 0.97, 1.5),
        Vote("march", 0.34, 0.60, 1.4),
        Vote("agree", 0.53, 0.98, 1.3),
        Vote("swath", 0.29, 0.55, 1.2),
        Vote("seconds", 0.17, 0.33, 1.2),
        Vote("burst", 3.24, 1.79, 1.1),
        Vote("tall", 0.15, 0.12, 1.0),
        Vote("narrow", 2.75, 4.70, 0.8),
        Vote("flow", 0.68, 1.00, 0.5),
    ),
)
SWIPE = Rule(
    19.0,
    (
        Vote("narrow", 1.41, 4.76, 2.0),
        Vote("seconds", 0.90, 0.40, 1.8),
        Vote("dense", 0.40, 1.60, 1.7),
        Vote("swath", 0.25, 0.51, 1.6),
        Vote("upright", 1.61, 1.09, 1.6),
        Vote("slant", 0.91, 0.11, 1.4),
        Vote("before", 1.04, 0.25, 1.2),
        Vote("swift", 19.97, 10.30, 1.2),
        Vote("tall", 0.18, 0.11, 1.2),
        Vote("seconds", 0.17, 0.30, 1.2),
        Vote("way", 0.14, 0.53, 1.1),
        Vote("busy", 8.00, 3.00, 1.1),
        Vote("turned", 1.00, 0.00, 1.0),
        Vote("swift", 2.95, 8.04, 1.0),
        Vote("march", 0.12, 0.64, 1.0),
        Vote("agree", 0.64, 1.00, 0.9),
        Vote("lively", 0.64, 0.34, 0.5),
        Vote("ends", 0.73, 0.38, 0.3),
        Vote("order", 0.50, 0.96, 0.2),
    ),
)
STEP = Rule(
    19.3,
    (
        Vote("seconds", 1.74, 0.67, 3.3),
        Vote("march", 0.50, 0.71, 2.3),
        Vote("across", 0.08, 0.02, 2.0),
        Vote("narrow", 5.54, 3.45, 1.8),
        Vote("seconds", 0.37, 0.53, 1.7),
        Vote("order", 0.97, 0.99, 1.6),
        Vote("turned", 1.00, 0.00, 1.5),
        Vote("apart", 1.72, 1.09, 1.5),
        Vote("agree", 0.92, 1.00, 1.5),
        Vote("upright", 1.35, 1.99, 1.3),
        Vote("before", 0.33, 0.00, 1.3),
        Vote("slim", 2.06, 1.30, 1.3),
        Vote("way", 0.19, 0.39, 1.2),
        Vote("swift", 6.82, 3.42, 1.1),
        Vote("lively", 0.31, 0.18, 1.0),
        Vote("ends", 0.74, 0.37, 0.7),
        Vote("tall", 0.14, 0.17, 0.7),
    ),
)
