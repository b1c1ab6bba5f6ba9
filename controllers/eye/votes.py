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
    20.0,
    (
        Vote("second", (0.01, 3.2), (0.08, 2.0), (0.72, 0.0)),
        Vote("upright", (0.74, 2.7), (0.98, 2.8), (1.32, 1.4), (2.52, 0.0)),
        Vote("lively", (0.20, 1.8), (0.45, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 1.9), (0.27, 2.0)),
        Vote("way", (0.19, 0.0), (0.36, 1.5)),
        Vote("slant", (0.11, 1.7), (0.25, 1.5), (0.58, 0.7), (2.50, 0.0)),
        Vote("straight", (0.91, 1.4), (0.99, 0.6), (1.00, 0.0)),
        Vote("tall", (0.05, 1.2), (0.09, 1.6), (0.12, 1.6), (0.15, 0.7), (0.19, 0.0)),
        Vote("across", (0.15, 1.2), (0.53, 0.2), (3.98, 0.0)),
        Vote("march", (-0.03, 0.0), (0.19, 0.1), (0.41, 0.5), (0.62, 0.5), (0.90, 2.1)),
        Vote("slim", (0.81, 0.0), (1.59, 0.3), (2.38, 1.3)),
        Vote("dense", (1.42, 0.0), (2.67, 0.7), (3.70, 0.8), (6.22, 1.3)),
        Vote("free", (1.73, 0.0), (2.86, 0.7), (46.90, 0.0)),
        Vote("turned", (0.00, 0.5), (1.00, 0.0)),
        Vote("swath", (0.00, 0.0), (0.49, 0.6), (0.66, 0.7)),
        Vote("swift", (11.19, 0.9), (20.66, 0.0)),
        Vote("share", (0.32, 0.7), (0.56, 0.1), (0.68, 0.0)),
        Vote("grow", (-0.26, 0.0), (-0.00, 0.3), (0.09, 0.6)),
        Vote("busy", (1.00, 0.5), (4.00, 0.4), (6.00, 0.1), (12.00, 0.0)),
    ),
)
LOWER = Rule(
    20.1,
    (
        Vote("lively", (0.14, 3.1), (0.23, 2.4), (0.44, 0.0)),
        Vote("before", (0.00, 2.3), (0.06, 1.2), (0.67, 0.0)),
        Vote("slim", (0.84, 0.0), (1.67, 1.0), (2.47, 2.4)),
        Vote("dense", (1.46, 0.0), (2.64, 1.0), (3.54, 1.8), (5.85, 2.0)),
        Vote("upright", (0.76, 2.0), (0.99, 2.1), (1.34, 0.9), (2.64, 0.0)),
        Vote("swath", (0.00, 0.0), (0.46, 1.1), (0.63, 1.6)),
        Vote("across", (0.14, 1.3), (0.52, 0.0)),
        Vote("march", (0.19, 0.0), (0.42, 0.7), (0.65, 1.7), (0.91, 1.9)),
        Vote("raised", (0.01, 0.0), (0.75, 1.1), (0.97, 1.8)),
        Vote("swift", (2.24, 1.6), (5.23, 1.8), (7.66, 1.8), (10.85, 1.4), (20.44, 0.0)),
        Vote("turned", (0.00, 0.9), (1.00, 0.0)),
        Vote("agree", (0.00, 0.0), (0.40, 0.7), (0.92, 1.0)),
        Vote("straight", (0.52, 1.1), (0.79, 1.0), (0.91, 0.2), (0.99, 0.0)),
        Vote("slant", (0.11, 1.1), (0.26, 0.9), (0.56, 0.4), (2.37, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 1.0)),
        Vote("tall", (0.09, 0.9), (0.12, 0.7), (0.15, 0.7), (0.19, 0.0)),
        Vote("free", (1.77, 0.0), (2.87, 0.6)),
        Vote("way", (0.20, 0.0), (0.37, 0.5)),
        Vote("swell", (0.26, 0.5), (0.44, 0.2), (0.54, 0.0)),
    ),
)
SWIPE = Rule(
    28.7,
    (
        Vote("swath", (0.00, 0.0), (0.30, 3.0), (0.54, 3.2), (0.73, 3.3)),
        Vote("tall", (0.07, 4.0), (0.09, 3.8), (0.12, 3.3), (0.18, 0.0)),
        Vote("narrow", (2.17, 0.0), (3.89, 2.0), (5.91, 3.6)),
        Vote("across", (0.15, 3.6), (0.45, 3.1), (2.79, 0.0)),
        Vote("awhile", (0.36, 1.8), (1.20, 0.0)),
        Vote("rush", (0.14, 1.7), (0.41, 0.2), (0.77, 0.0)),
        Vote("before", (0.08, 1.7), (0.55, 0.0)),
        Vote("upright", (0.48, 2.2), (0.88, 2.5), (1.13, 2.5), (1.41, 2.4), (2.28, 0.0)),
        Vote("seconds", (0.03, 0.1), (0.20, 1.2), (0.33, 1.7), (0.50, 1.9), (1.00, 0.0)),
        Vote("free", (1.04, 0.0), (1.73, 1.0), (3.35, 1.8), (8.15, 1.8), (45.98, 0.5)),
        Vote("turned", (0.00, 1.0), (1.00, 0.0)),
        Vote("way", (0.11, 0.0), (0.18, 0.5), (0.33, 1.3)),
        Vote("agree", (0.76, 0.0), (0.99, 0.9)),
        Vote("slant", (0.21, 1.3), (0.47, 1.1), (2.21, 0.0)),
        Vote("swift", (5.03, 1.4), (7.29, 1.5), (10.46, 1.4), (22.82, 0.0)),
        Vote("second", (0.25, 0.7), (0.87, 0.0)),
        Vote("lively", (0.27, 0.6), (0.45, 0.0)),
        Vote("share", (0.53, 0.7), (0.69, 0.4), (0.79, 0.2), (0.87, 0.2), (0.97, 0.0)),
        Vote("grow", (-1.39, 0.6), (-0.19, 0.4), (0.00, 0.0), (0.05, 0.3)),
        Vote("even", (0.64, 0.0), (0.72, 0.1), (0.82, 0.4)),
        Vote("busy", (6.00, 0.4), (11.00, 0.0)),
        Vote("strip", (0.90, 0.4), (1.47, 0.0)),
        Vote("slim", (1.81, 0.0), (2.85, 0.4)),
        Vote("swell", (0.29, 0.3), (0.47, 0.2), (0.54, 0.1), (0.60, 0.0)),
        Vote("straight", (0.94, 0.1), (1.00, 0.0)),
    ),
)
SWIPE_NEAR = Rule(
    17.0,
    (
        Vote("swath", (0.00, 0.0), (0.33, 1.4), (0.55, 2.0), (0.70, 2.2)),
        Vote("agree", (0.00, 0.0), (0.72, 0.6), (0.99, 1.7)),
        Vote("before", (0.00, 1.9), (0.03, 1.3), (0.20, 1.3), (0.76, 0.0)),
        Vote("across", (0.37, 1.8), (2.39, 0.0)),
        Vote("seconds", (0.07, 0.0), (0.17, 0.8), (0.30, 1.0), (0.43, 1.6)),
        Vote("upright", (0.32, 0.0), (0.60, 1.1), (0.91, 1.1), (1.20, 0.2)),
        Vote("march", (0.10, 0.0), (0.30, 0.3), (0.53, 1.3)),
        Vote("lively", (0.27, 0.8), (0.48, 0.0)),
        Vote("turned", (0.00, 0.7), (1.00, 0.0)),
        Vote("slant", (0.25, 0.8), (0.52, 0.0)),
        Vote("free", (0.70, 0.8), (1.89, 0.5), (3.00, 0.4), (6.19, 0.0)),
        Vote("strip", (0.94, 0.9), (1.58, 0.7), (3.34, 0.4), (8.36, 0.0)),
        Vote("share", (0.27, 0.5), (0.44, 0.9), (0.51, 0.9), (0.59, 0.4), (0.74, 0.0)),
        Vote("order", (0.70, 0.0), (0.90, 0.6)),
        Vote("way", (0.23, 0.0), (0.51, 0.4), (0.86, 0.8)),
        Vote("narrow", (3.23, 0.0), (5.50, 0.7), (8.65, 1.0)),
        Vote("second", (0.32, 0.5), (0.89, 0.0)),
        Vote("awhile", (0.39, 0.5), (1.12, 0.0)),
        Vote("broad", (0.21, 0.6), (0.25, 0.3), (0.29, 0.4), (0.35, 0.4), (0.50, 0.0)),
        Vote("busy", (8.00, 0.5), (14.00, 0.0)),
    ),
)
STEP = Rule(
    21.3,
    (
        Vote("tall", (0.12, 0.0), (0.16, 2.7), (0.18, 2.8)),
        Vote("march", (0.28, 0.0), (0.61, 2.3), (0.73, 2.9)),
        Vote("lively", (0.20, 2.4), (0.41, 0.0)),
        Vote("across", (0.04, 2.1), (0.27, 0.0)),
        Vote("slim", (1.53, 2.4), (3.19, 0.0)),
        Vote("upright", (0.99, 0.0), (1.65, 1.5)),
        Vote("seconds", (0.20, 0.0), (0.47, 1.6), (0.63, 1.6), (1.00, 0.7)),
        Vote("second", (0.00, 1.8), (0.02, 0.4), (0.79, 0.0)),
        Vote("agree", (0.80, 0.0), (1.00, 1.2)),
        Vote("before", (0.01, 1.1), (0.57, 0.0)),
        Vote("narrow", (3.85, 1.7), (6.36, 0.0)),
        Vote("ends", (0.37, 1.2), (0.56, 0.0)),
        Vote("apart", (1.23, 1.6), (2.39, 0.0)),
        Vote("rush", (0.26, 0.0), (0.50, 0.6), (0.70, 0.6), (1.78, 0.0)),
        Vote("swift", (4.03, 0.5), (6.25, 0.0)),
        Vote("turned", (0.00, 0.3), (1.00, 0.0)),
        Vote("free", (1.80, 0.1), (5.26, 0.0)),
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
