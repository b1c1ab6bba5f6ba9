"""What a stroke most likely is: its measures vote, and the votes add up to a confidence.

Every measure follows from how people move, without unit wherever one can be found: a hand that sweeps goes
several times its own breadth, a body that walks or sits down does not; speed swells and dies once in a
stroke; what is thrown from rest to rest means more than what never stops. No single measure decides, since
light, clothes and distance spoil now one, now another. The votes are an additive model (Hastie and Tibshirani
1986) fitted to generated people, some of whom are never quite still, and to rendered human meshes; the sum is
read as log-odds, and on people of other ways it is an order of trust rather than a probability (see
docs/camera.md).
"""

from __future__ import annotations

import math
from itertools import pairwise

from controllers.eye.measures import Measures


class Vote:
    """A measure's say in log-odds: straight lines between knots (value, say), level beyond the outermost."""

    __slots__ = ("knots", "measure")

    def __init__(self, measure: str, *knots: tuple[float, float]) -> None:
        self.measure, self.knots = measure, knots

    def say(self, value: float) -> float:
        """What a value of the measure adds."""
        if value <= self.knots[0][0]:
            return self.knots[0][1]
        for (x0, y0), (x1, y1) in pairwise(self.knots):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        return self.knots[-1][1]


class Rule:
    """Votes against a doubt that has to be overcome."""

    __slots__ = ("doubt", "votes")

    def __init__(self, doubt: float, votes: tuple[Vote, ...]) -> None:
        self.doubt, self.votes = doubt, votes

    def confidence(self, measures: Measures, favour: float = 0.0) -> float:
        """How surely what has these measures is meant, 0..1, with `favour` log-odds given beforehand."""
        odds = sum(vote.say(measures[vote.measure]) for vote in self.votes) - self.doubt + favour
        return 1 / (1 + math.exp(-odds))


RAISE = Rule(
    19.5,
    (
        Vote("upright", (0.99, 3.2), (1.31, 2.0), (2.62, 0.0)),
        Vote("second", (0.01, 2.7), (0.09, 1.4), (0.82, 0.0)),
        Vote("lively", (0.07, 2.1), (0.20, 2.0), (0.44, 0.0)),
        Vote("way", (0.11, 0.0), (0.19, 0.4), (0.37, 1.8)),
        Vote("across", (0.13, 1.9), (0.50, 0.8), (4.28, 0.0)),
        Vote("march", (-0.03, 0.0), (0.20, 1.1), (0.41, 1.1), (0.62, 1.5), (0.91, 2.7)),
        Vote("dense", (1.55, 0.0), (2.72, 0.9), (3.73, 0.9), (6.23, 2.1)),
        Vote("slim", (0.84, 0.0), (1.62, 0.6), (2.37, 1.5)),
        Vote("slant", (0.11, 1.1), (0.25, 0.9), (0.57, 0.0)),
        Vote("straight", (0.92, 1.2), (0.99, 0.8), (1.00, 0.0)),
        Vote("tall", (0.05, 0.5), (0.09, 0.9), (0.12, 0.9), (0.15, 0.0)),
        Vote("swath", (0.00, 0.0), (0.49, 0.9)),
        Vote("free", (1.73, 0.3), (2.81, 0.8), (6.56, 0.8), (44.08, 0.0)),
        Vote("awhile", (0.27, 0.6), (1.08, 0.0)),
        Vote("grow", (-1.89, 0.1), (-0.26, 0.0), (-0.00, 0.3), (0.08, 0.5), (1.23, 0.8)),
        Vote("busy", (3.00, 0.5), (12.00, 0.0)),
        Vote("swift", (11.22, 0.6), (20.59, 0.0)),
        Vote("strip", (1.93, 0.3), (3.18, 0.0)),
    ),
)
LOWER = Rule(
    19.0,
    (
        Vote("lively", (0.14, 3.0), (0.24, 2.4), (0.45, 0.0)),
        Vote("before", (0.00, 2.4), (0.04, 1.7), (0.60, 0.0)),
        Vote("slim", (0.83, 0.0), (1.68, 1.4), (2.48, 2.7)),
        Vote("upright", (0.75, 2.1), (0.99, 2.3), (1.34, 1.3), (2.58, 0.0)),
        Vote("dense", (1.38, 0.0), (2.63, 0.8), (3.60, 1.6), (5.87, 1.8)),
        Vote("swath", (0.00, 0.0), (0.46, 1.4), (0.63, 1.7)),
        Vote("march", (-0.04, 0.0), (0.19, 0.8), (0.42, 1.1), (0.65, 2.2)),
        Vote("across", (0.13, 1.1), (0.51, 0.0)),
        Vote("raised", (0.01, 0.0), (0.65, 0.7), (0.96, 2.2)),
        Vote("turned", (0.00, 0.9), (1.00, 0.0)),
        Vote("agree", (0.00, 0.0), (0.91, 0.9)),
        Vote("straight", (0.79, 1.0), (0.91, 0.4), (0.98, 0.1), (1.00, 0.0)),
        Vote("slant", (0.10, 0.9), (0.25, 0.7), (0.57, 0.1), (2.46, 0.0)),
        Vote("swift", (2.36, 1.0), (5.25, 1.4), (7.77, 1.4), (11.07, 1.1), (20.98, 0.0)),
        Vote("tall", (0.05, 0.7), (0.09, 0.8), (0.15, 0.8), (0.19, 0.0)),
        Vote("way", (0.20, 0.0), (0.36, 0.5)),
        Vote("awhile", (0.36, 0.1), (1.06, 0.0)),
    ),
)
SWIPE = Rule(
    28.2,
    (
        Vote("swath", (0.00, 0.0), (0.30, 3.0), (0.54, 3.1), (0.73, 3.3)),
        Vote("tall", (0.03, 3.7), (0.07, 3.8), (0.09, 3.6), (0.12, 3.2), (0.18, 0.0)),
        Vote("narrow", (2.10, 0.0), (3.90, 1.9), (5.92, 3.5)),
        Vote("across", (0.16, 3.4), (0.45, 2.9), (2.47, 0.0)),
        Vote("awhile", (0.38, 1.8), (1.21, 0.0)),
        Vote("upright", (0.48, 2.4), (0.88, 2.6), (1.13, 2.6), (1.40, 2.5), (2.30, 0.0)),
        Vote("rush", (0.14, 1.6), (0.41, 0.1), (0.77, 0.0)),
        Vote("before", (0.07, 1.6), (0.52, 0.0)),
        Vote("seconds", (0.03, 0.2), (0.20, 1.3), (0.33, 1.7), (0.50, 1.9), (1.00, 0.0)),
        Vote("free", (0.97, 0.0), (1.73, 0.9), (3.31, 1.7), (8.33, 1.7), (44.36, 0.4)),
        Vote("turned", (0.00, 1.1), (1.00, 0.0)),
        Vote("way", (0.11, 0.0), (0.18, 0.5), (0.32, 1.3)),
        Vote("agree", (0.76, 0.0), (0.99, 0.9)),
        Vote("swift", (7.39, 1.5), (10.45, 1.4), (22.50, 0.0)),
        Vote("slant", (0.20, 1.2), (0.47, 1.0), (2.27, 0.0)),
        Vote("lively", (0.27, 0.7), (0.47, 0.0)),
        Vote("second", (0.27, 0.7), (0.92, 0.0)),
        Vote("slim", (0.98, 0.0), (1.82, 0.2), (2.91, 0.8)),
        Vote("share", (0.52, 0.7), (0.69, 0.3), (0.79, 0.1), (0.87, 0.1), (0.97, 0.0)),
        Vote("busy", (6.00, 0.5), (11.00, 0.0)),
        Vote("grow", (-1.42, 0.6), (-0.18, 0.4), (0.00, 0.0), (0.05, 0.3)),
        Vote("even", (0.64, 0.0), (0.72, 0.1), (0.82, 0.4)),
        Vote("swell", (0.47, 0.3), (0.54, 0.1), (0.60, 0.0)),
    ),
)
SWIPE_NEAR = Rule(
    16.8,
    (
        Vote("swath", (0.00, 0.0), (0.34, 1.3), (0.56, 1.8), (0.70, 2.0)),
        Vote("agree", (0.00, 0.0), (0.69, 0.4), (0.99, 1.6)),
        Vote("before", (0.00, 1.8), (0.03, 1.2), (0.20, 1.2), (0.78, 0.0)),
        Vote("across", (0.37, 1.6), (2.27, 0.0)),
        Vote("seconds", (0.04, 0.0), (0.17, 0.3), (0.30, 0.8), (0.47, 1.4)),
        Vote("upright", (0.32, 0.0), (0.60, 1.2), (0.91, 1.2), (1.21, 0.2)),
        Vote("march", (0.09, 0.0), (0.30, 0.4), (0.53, 1.4)),
        Vote("turned", (0.00, 0.8), (1.00, 0.0)),
        Vote("slant", (0.25, 0.9), (0.52, 0.2), (2.09, 0.0)),
        Vote("second", (0.32, 0.7), (0.94, 0.0)),
        Vote("strip", (0.93, 1.0), (1.54, 0.7), (3.26, 0.2), (8.18, 0.0)),
        Vote("free", (0.70, 1.0), (1.91, 0.4), (6.63, 0.0)),
        Vote("order", (0.73, 0.0), (0.91, 0.6), (0.96, 0.7)),
        Vote("share", (0.27, 0.3), (0.45, 0.9), (0.52, 0.9), (0.59, 0.3), (0.75, 0.0)),
        Vote("lively", (0.26, 0.6), (0.45, 0.0)),
        Vote("awhile", (0.37, 0.6), (0.98, 0.0)),
        Vote("broad", (0.21, 0.9), (0.25, 0.6), (0.29, 0.7), (0.34, 0.7), (0.49, 0.0)),
        Vote("narrow", (3.34, 0.0), (5.56, 0.8), (8.64, 0.9)),
        Vote("way", (0.23, 0.0), (0.51, 0.4), (0.86, 0.6)),
        Vote("busy", (8.00, 0.4), (13.00, 0.0)),
    ),
)
STEP = Rule(
    21.3,
    (
        Vote("tall", (0.12, 0.0), (0.16, 2.8)),
        Vote("march", (0.29, 0.0), (0.62, 2.4), (0.73, 2.9)),
        Vote("lively", (0.20, 2.4), (0.45, 0.0)),
        Vote("across", (0.04, 2.0), (0.27, 0.0)),
        Vote("slim", (1.53, 2.6), (3.15, 0.0)),
        Vote("upright", (0.95, 0.0), (1.64, 1.5)),
        Vote("seconds", (0.20, 0.0), (0.47, 1.6), (0.63, 1.6), (1.00, 0.7)),
        Vote("narrow", (3.88, 2.0), (6.64, 0.0)),
        Vote("agree", (0.83, 0.0), (1.00, 1.3)),
        Vote("before", (0.01, 1.2), (0.54, 0.0)),
        Vote("second", (0.00, 1.8), (0.02, 0.4), (0.79, 0.0)),
        Vote("ends", (0.16, 1.2), (0.37, 1.1), (0.57, 0.0)),
        Vote("apart", (1.23, 0.9), (2.14, 0.0)),
        Vote("rush", (0.26, 0.0), (0.49, 0.6), (0.69, 0.6), (1.68, 0.0)),
        Vote("swift", (4.04, 0.5), (6.18, 0.0)),
        Vote("turned", (0.00, 0.3), (1.00, 0.0)),
    ),
)
WAVE = Rule(
    18.5,
    (
        Vote("dense", (0.28, 0.0), (1.49, 3.1), (2.49, 4.1), (3.39, 5.1), (5.52, 6.9)),
        Vote("across", (0.00, 4.7), (0.17, 3.9), (0.40, 2.7), (0.83, 1.6), (2.74, 0.0)),
        Vote("longest", (0.27, 2.6), (0.33, 2.2), (0.70, 0.0)),
        Vote("share", (0.37, 0.0), (0.58, 0.8), (0.69, 0.3), (0.81, 1.4), (0.94, 3.2)),
        Vote("upright", (0.46, 0.0), (0.84, 2.2), (1.07, 2.4), (1.30, 2.3), (1.95, 1.8)),
        Vote("order", (0.85, 0.0), (0.98, 1.0), (1.00, 2.0)),
        Vote("march", (-0.03, 0.0), (0.13, 0.6), (0.25, 1.0), (0.41, 1.5), (0.70, 2.0)),
        Vote("tall", (0.05, 0.0), (0.09, 1.5), (0.11, 1.7), (0.14, 1.8), (0.18, 0.8)),
        Vote("agree", (0.31, 0.0), (0.73, 0.5), (0.98, 1.2)),
        Vote("slim", (0.28, 0.0), (0.57, 0.1), (1.70, 0.7)),
        Vote("steady", (1.00, 0.7), (1.62, 0.5), (2.67, 0.2), (4.33, 0.2), (12.00, 0.0)),
        Vote("span", (0.05, 0.0), (0.12, 0.3), (0.18, 0.5)),
        Vote("rise", (0.00, 0.4), (0.03, 0.2), (0.11, 0.0)),
    ),
)
