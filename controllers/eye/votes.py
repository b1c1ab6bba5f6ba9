"""What a stroke most likely is: its measures vote, and the votes add up to a confidence.

Every measure follows from how people move, without unit wherever one can be found: a hand that sweeps goes
several times its own breadth, a body that walks or sits down does not; speed swells and dies once in a
stroke; what is thrown from rest to rest means more than what never stops. No single measure decides, since
light, clothes and distance spoil now one, now another. The votes are an additive model (Hastie and Tibshirani
1986) fitted to generated people; the sum is read as log-odds, and on people of other ways it is an order of
trust rather than a probability (see docs/camera.md).
"""

from __future__ import annotations

import math
from itertools import pairwise

from controllers.eye.measures import Measures, Swings


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

    def confidence(self, measures: Measures | Swings) -> float:
        """How surely what has these measures is meant, 0..1."""
        odds = sum(vote.say(getattr(measures, vote.measure)) for vote in self.votes) - self.doubt
        return 1 / (1 + math.exp(-odds))


RAISE = Rule(
    22.0,
    (
        Vote("way", (0.19, 0.0), (0.38, 3.3), (0.57, 4.2)),
        Vote("slant", (0.06, 2.6), (0.15, 2.0), (0.38, 0.0)),
        Vote("turned", (0.00, 2.2), (1.00, 0.0)),
        Vote("tall", (0.05, 2.1), (0.09, 2.8), (0.11, 2.8), (0.14, 1.3), (0.19, 0.0)),
        Vote("order", (0.87, 0.0), (0.97, 1.8)),
        Vote("lively", (0.26, 1.8), (0.49, 0.0)),
        Vote("upright", (1.02, 1.5), (1.48, 0.0)),
        Vote("broad", (0.10, 0.0), (0.15, 1.0), (0.21, 1.5)),
        Vote("agree", (0.30, 0.0), (0.92, 1.3)),
        Vote("second", (0.01, 1.5), (0.11, 0.4), (0.56, 0.0)),
        Vote("swath", (0.00, 0.0), (0.54, 0.9), (0.70, 1.3)),
        Vote("ends", (0.40, 0.9), (0.62, 0.7), (0.86, 0.0)),
        Vote("narrow", (1.53, 0.0), (3.78, 0.9)),
        Vote("awhile", (0.28, 0.7), (0.58, 0.0)),
        Vote("dense", (1.49, 0.0), (2.80, 0.6)),
        Vote("strip", (1.61, 0.6), (2.75, 0.0)),
        Vote("across", (0.12, 0.5), (0.38, 0.0)),
        Vote("march", (0.19, 0.0), (0.49, 0.2), (0.70, 0.7)),
        Vote("grow", (-2.05, 0.9), (-0.26, 0.0), (-0.00, 0.0), (0.03, 0.5)),
        Vote("slim", (1.85, 0.0), (2.65, 0.7)),
        Vote("share", (0.34, 0.6), (0.62, 0.2), (0.71, 0.2), (0.80, 0.0)),
    ),
)
LOWER = Rule(
    22.8,
    (
        Vote("lively", (0.18, 2.5), (0.33, 2.0), (0.54, 0.0)),
        Vote("march", (0.17, 0.0), (0.52, 2.2), (0.74, 2.4)),
        Vote("tall", (0.04, 2.3), (0.09, 2.7), (0.12, 2.7), (0.15, 1.7), (0.19, 0.0)),
        Vote("way", (0.19, 0.0), (0.37, 1.6), (0.57, 2.9)),
        Vote("slant", (0.17, 2.4), (0.45, 0.6), (2.32, 0.0)),
        Vote("order", (0.85, 0.0), (0.97, 1.9)),
        Vote("dense", (1.38, 0.0), (2.62, 1.4), (3.59, 1.5)),
        Vote("before", (0.11, 1.6), (0.80, 0.0)),
        Vote("upright", (1.04, 1.3), (1.46, 0.0)),
        Vote("raised", (0.00, 0.0), (0.88, 1.1), (0.99, 2.4)),
        Vote("agree", (0.30, 0.0), (0.94, 1.1)),
        Vote("turned", (0.00, 1.0), (1.00, 0.0)),
        Vote("seconds", (0.17, 0.0), (0.33, 1.0)),
        Vote("swath", (0.00, 0.0), (0.50, 0.6), (0.66, 1.1)),
        Vote("broad", (0.10, 0.0), (0.14, 0.3), (0.20, 0.8)),
        Vote("ends", (0.39, 0.9), (0.63, 0.6), (0.85, 0.0)),
        Vote("across", (0.10, 0.7), (0.36, 0.0)),
        Vote("swift", (2.38, 0.9), (5.12, 1.2), (7.72, 1.2), (11.06, 0.8), (21.05, 0.0)),
        Vote("slim", (1.80, 0.0), (2.70, 0.8)),
        Vote("share", (0.72, 0.5), (0.82, 0.0)),
        Vote("grow", (-0.23, 0.7), (0.00, 0.4), (0.06, 0.4), (0.88, 0.0)),
        Vote("awhile", (0.36, 0.4), (0.66, 0.0)),
        Vote("even", (0.39, 0.7), (0.64, 0.0)),
    ),
)
SWIPE = Rule(
    26.4,
    (
        Vote("upright", (0.35, 2.1), (0.75, 4.7), (1.31, 4.7), (2.18, 0.0)),
        Vote("tall", (0.08, 3.0), (0.10, 3.5), (0.13, 3.5), (0.19, 0.0)),
        Vote("swath", (0.00, 0.0), (0.37, 2.6)),
        Vote("across", (0.11, 3.8), (0.35, 3.5), (2.77, 0.0)),
        Vote("before", (0.09, 1.8), (0.70, 0.0)),
        Vote("turned", (0.00, 1.7), (1.00, 0.0)),
        Vote("slim", (1.03, 0.0), (2.08, 1.4)),
        Vote("seconds", (0.20, 1.4), (0.37, 2.3), (0.57, 2.3), (1.20, 0.0)),
        Vote("awhile", (0.32, 1.1), (0.60, 0.0)),
        Vote("narrow", (4.13, 0.0), (6.37, 1.5)),
        Vote("way", (0.11, 0.0), (0.19, 0.5), (0.39, 1.2)),
        Vote("dense", (0.20, 0.0), (1.37, 0.3), (2.55, 1.2), (3.59, 0.7)),
        Vote("slant", (0.37, 1.1), (1.98, 0.0)),
        Vote("strip", (0.83, 0.9), (1.31, 0.2), (2.59, 0.0)),
        Vote("agree", (0.75, 0.0), (1.00, 0.5), (1.00, 0.6)),
        Vote("share", (0.62, 0.7), (0.73, 0.0), (0.85, 0.3)),
        Vote("grow", (-1.84, 0.8), (-0.19, 0.4), (0.00, 0.0), (0.01, 0.3)),
        Vote("march", (-0.04, 0.0), (0.30, 0.5)),
        Vote("even", (0.48, 0.5), (0.68, 0.0), (0.76, 0.4)),
    ),
)
STEP = Rule(
    25.6,
    (
        Vote("march", (-0.05, 0.0), (0.33, 0.1), (0.64, 4.4)),
        Vote("tall", (0.04, 0.0), (0.11, 0.1), (0.16, 3.4)),
        Vote("narrow", (2.92, 3.9), (7.90, 0.0)),
        Vote("across", (0.04, 2.1), (0.28, 0.0)),
        Vote("agree", (0.81, 0.0), (1.00, 1.7), (1.00, 2.0)),
        Vote("lively", (0.24, 1.8), (0.46, 0.0)),
        Vote("before", (0.02, 1.7), (0.63, 0.0)),
        Vote("ends", (0.38, 1.9), (0.56, 0.3), (0.77, 0.0)),
        Vote("slim", (1.49, 1.8), (3.61, 0.0)),
        Vote("seconds", (0.20, 1.6), (0.50, 2.4), (0.67, 2.4), (1.47, 0.0)),
        Vote("turned", (0.00, 0.9), (1.00, 0.0)),
        Vote("even", (0.48, 0.7), (0.71, 0.0), (0.80, 0.6), (0.87, 1.3)),
        Vote("upright", (0.99, 0.1), (1.69, 1.1), (1.96, 1.1), (2.41, 0.0)),
        Vote("grow", (0.03, 1.1), (0.64, 0.0)),
        Vote("apart", (1.22, 1.0), (2.96, 0.0)),
        Vote("swift", (1.91, 0.3), (2.94, 0.6), (3.96, 0.6), (5.82, 0.0)),
        Vote("way", (0.19, 0.0), (0.30, 0.2)),
    ),
)
WAVE = Rule(
    23.7,
    (
        Vote("share", (0.35, 0.0), (0.66, 1.9), (0.76, 3.1), (0.85, 4.3), (0.95, 7.2)),
        Vote("tall", (0.04, 0.0), (0.07, 3.6), (0.10, 5.6), (0.12, 6.2), (0.18, 5.5)),
        Vote("dense", (0.24, 0.0), (0.83, 3.9), (2.01, 4.6), (3.07, 5.0), (6.99, 5.3)),
        Vote("across", (0.00, 4.2), (0.10, 2.4), (0.34, 2.1), (0.72, 1.0), (2.83, 0.0)),
        Vote("upright", (0.76, 2.5), (1.06, 2.1), (1.31, 1.3), (2.07, 0.0)),
        Vote("rise", (0.00, 2.6), (0.01, 1.8), (0.05, 1.4), (0.20, 1.3), (1.25, 0.0)),
        Vote("longest", (0.20, 2.2), (0.30, 1.8), (0.73, 0.0)),
        Vote("agree", (0.00, 0.0), (0.37, 0.5), (0.82, 1.3), (0.98, 1.5)),
        Vote("order", (0.00, 0.0), (0.91, 0.5), (0.99, 1.4)),
        Vote("span", (0.05, 0.1), (0.11, 0.0), (0.16, 0.3), (0.22, 1.0), (0.40, 1.2)),
        Vote("steady", (1.00, 1.5), (1.33, 1.1), (2.25, 1.1), (4.00, 0.5), (14.00, 0.0)),
        Vote("march", (0.14, 0.0), (0.30, 0.2), (0.48, 1.0)),
        Vote("apart", (1.39, 0.0), (2.76, 0.7)),
    ),
)
