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
    25.0,
    (
        Vote("broad", (0.11, 0.0), (0.16, 1.7), (0.26, 2.3), (0.53, 5.6)),
        Vote("way", (0.19, 0.0), (0.38, 3.0)),
        Vote("slant", (0.00, 3.0), (0.06, 2.9), (0.16, 2.1), (0.42, 0.6), (2.12, 0.0)),
        Vote("upright", (0.97, 2.9), (1.37, 1.4), (2.65, 0.0)),
        Vote("second", (0.00, 2.7), (0.02, 2.1), (0.14, 1.0), (0.66, 0.0)),
        Vote("straight", (0.52, 2.0), (0.80, 2.5), (0.92, 1.9), (1.00, 1.9), (1.00, 0.0)),
        Vote("turned", (0.00, 1.7), (1.00, 0.0)),
        Vote("agree", (0.36, 0.0), (0.91, 1.9)),
        Vote("tall", (0.04, 0.7), (0.09, 2.4), (0.12, 2.4), (0.15, 1.7), (0.19, 0.0)),
        Vote("lively", (0.27, 1.3), (0.48, 0.0)),
        Vote("order", (0.85, 0.0), (0.96, 1.2)),
        Vote("awhile", (0.29, 1.1), (0.56, 0.0)),
        Vote("strip", (1.20, 1.2), (1.77, 0.0)),
        Vote("slim", (1.75, 0.0), (2.58, 1.5)),
        Vote("march", (0.18, 0.0), (0.45, 0.7), (0.66, 0.8), (0.93, 1.7)),
        Vote("share", (0.60, 0.0), (0.69, 0.9), (0.78, 0.9), (0.94, 0.6)),
        Vote("across", (0.12, 0.7), (0.39, 0.1), (4.48, 0.0)),
        Vote("swath", (0.54, 0.0), (0.70, 0.6)),
        Vote("swift", (2.18, 0.7), (5.01, 0.7), (7.54, 0.7), (11.16, 0.3), (21.28, 0.0)),
        Vote("dense", (1.56, 0.0), (2.91, 0.4), (3.93, 0.4), (6.53, 0.5)),
    ),
)
LOWER = Rule(
    25.1,
    (
        Vote("lively", (0.19, 2.5), (0.33, 1.4), (0.52, 0.0)),
        Vote("march", (0.18, 0.0), (0.48, 2.0), (0.70, 2.0), (0.93, 2.1)),
        Vote("upright", (0.31, 2.3), (0.70, 1.6), (0.98, 2.4), (1.40, 0.6), (2.60, 0.0)),
        Vote("dense", (1.40, 0.0), (2.79, 1.6), (3.82, 1.8)),
        Vote("busy", (0.00, 0.0), (2.00, 2.2), (3.00, 2.5), (5.00, 2.2), (11.00, 0.9)),
        Vote("before", (0.00, 1.9), (0.14, 1.1), (0.81, 0.0)),
        Vote("broad", (0.11, 0.0), (0.15, 0.6), (0.25, 0.6), (0.53, 3.0)),
        Vote("slim", (0.82, 0.0), (1.74, 0.9), (2.56, 1.9), (4.20, 2.5)),
        Vote("agree", (0.00, 0.0), (0.30, 0.0), (0.92, 1.5)),
        Vote("slant", (0.19, 1.4), (0.47, 0.0)),
        Vote("tall", (0.04, 1.7), (0.09, 1.8), (0.12, 1.8), (0.15, 1.3), (0.19, 0.0)),
        Vote("across", (0.10, 1.4), (0.35, 0.2), (5.32, 0.0)),
        Vote("swath", (0.00, 0.0), (0.48, 0.5), (0.66, 1.4)),
        Vote("way", (0.19, 0.0), (0.39, 1.1), (0.59, 1.6)),
        Vote("turned", (0.00, 1.0), (1.00, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 0.2), (0.30, 1.4), (0.50, 1.1), (1.00, 1.0)),
        Vote("raised", (0.00, 0.0), (0.66, 0.3), (0.99, 2.1)),
        Vote("straight", (0.79, 1.2), (0.92, 0.2), (0.99, 0.2), (1.00, 0.0)),
        Vote("swift", (5.11, 1.6), (7.82, 1.3), (11.30, 1.1), (22.07, 0.0)),
        Vote("awhile", (0.00, 0.8), (0.20, 0.7), (0.36, 0.5), (0.67, 0.0)),
        Vote("order", (0.84, 0.0), (0.96, 0.7)),
        Vote("share", (0.60, 0.0), (0.69, 0.7), (0.80, 0.5)),
        Vote("even", (0.39, 1.1), (0.64, 0.0), (0.73, 0.2)),
        Vote("strip", (0.54, 1.1), (1.17, 0.0)),
        Vote("burst", (1.16, 0.0), (1.56, 0.5), (1.84, 0.5), (3.65, 0.3)),
        Vote("second", (0.00, 0.5), (0.03, 0.2), (0.27, 0.0)),
        Vote("grow", (-2.30, 0.4), (-0.27, 0.0), (0.00, 0.0), (0.08, 0.0)),
    ),
)
SWIPE = Rule(
    27.7,
    (
        Vote("upright", (0.36, 2.3), (0.71, 4.4), (0.97, 4.4), (1.27, 4.6), (2.16, 0.0)),
        Vote("tall", (0.08, 2.7), (0.10, 3.2), (0.14, 3.1), (0.19, 0.0)),
        Vote("busy", (0.00, 0.0), (1.00, 2.3), (3.00, 2.7), (5.00, 2.7), (12.00, 1.6)),
        Vote("before", (0.00, 2.1), (0.18, 1.9), (0.75, 0.0)),
        Vote("swath", (0.00, 0.0), (0.35, 1.7), (0.60, 1.8)),
        Vote("turned", (0.00, 1.6), (1.00, 0.0)),
        Vote("across", (0.13, 2.6), (0.41, 2.4), (2.63, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.20, 1.1), (0.33, 1.7), (0.53, 1.8), (1.07, 0.2)),
        Vote("awhile", (0.35, 1.5), (0.64, 0.3), (16.90, 0.0)),
        Vote("narrow", (1.87, 0.0), (3.80, 0.2), (6.26, 1.8)),
        Vote("slant", (0.16, 1.9), (0.41, 1.3), (2.26, 0.0)),
        Vote("even", (0.45, 0.6), (0.67, 0.0), (0.75, 0.5), (0.87, 0.5), (1.00, 2.0)),
        Vote("agree", (0.00, 0.0), (0.71, 0.2), (0.99, 1.1)),
        Vote("dense", (0.21, 0.0), (1.39, 0.2), (2.60, 1.3), (3.63, 0.3)),
        Vote("way", (0.11, 0.0), (0.19, 0.3), (0.38, 1.0)),
        Vote("lively", (0.51, 1.0), (0.98, 0.0)),
        Vote("share", (0.59, 0.8), (0.71, 0.0)),
        Vote("march", (-0.09, 0.0), (0.26, 0.5), (0.52, 0.8), (0.79, 1.0)),
        Vote("grow", (-1.82, 0.6), (-0.23, 0.5), (0.00, 0.0), (0.02, 0.3), (0.92, 0.4)),
        Vote("apart", (1.30, 0.0), (2.15, 0.6)),
        Vote("strip", (0.84, 0.3), (1.38, 0.0)),
        Vote("swift", (7.45, 0.2), (11.30, 0.0)),
        Vote("ends", (0.85, 0.0), (1.00, 0.3)),
    ),
)
STEP = Rule(
    30.7,
    (
        Vote("march", (0.32, 0.0), (0.63, 4.7)),
        Vote("tall", (0.11, 0.0), (0.16, 2.8), (0.18, 2.8)),
        Vote("across", (0.04, 2.4), (0.31, 0.0)),
        Vote("agree", (0.81, 0.0), (1.00, 1.8), (1.00, 2.1)),
        Vote("ends", (0.38, 2.2), (0.58, 0.1), (0.77, 0.0)),
        Vote("before", (0.02, 1.8), (0.64, 0.0)),
        Vote("lively", (0.24, 1.7), (0.47, 0.0)),
        Vote("narrow", (2.86, 2.6), (3.71, 2.4), (7.71, 0.0)),
        Vote("seconds", (0.20, 3.1), (0.47, 3.5), (0.67, 3.5), (1.20, 0.0)),
        Vote("slim", (1.14, 2.3), (1.47, 1.8), (3.82, 0.0)),
        Vote("even", (0.45, 1.6), (0.70, 0.0), (0.79, 0.7), (0.86, 1.9)),
        Vote("swift", (3.94, 1.3), (5.87, 0.0)),
        Vote("turned", (0.00, 0.9), (1.00, 0.0)),
        Vote("straight", (0.41, 0.3), (0.71, 1.2), (0.85, 1.2), (0.97, 0.8), (1.00, 0.0)),
        Vote("grow", (-1.26, 1.3), (-0.07, 1.4), (-0.01, 1.5), (0.02, 1.5), (0.66, 0.0)),
        Vote("broad", (0.06, 0.5), (0.10, 0.8), (0.12, 0.8), (0.15, 0.0)),
        Vote("burst", (1.74, 0.0), (3.26, 1.4)),
        Vote("apart", (1.20, 1.3), (2.86, 0.0)),
        Vote("upright", (0.97, 0.3), (1.68, 1.2), (1.95, 1.1), (2.41, 0.0)),
        Vote("way", (0.19, 0.0), (0.30, 0.5)),
        Vote("share", (0.75, 0.6), (0.94, 0.0)),
        Vote("swath", (0.66, 0.0), (0.78, 0.5)),
        Vote("order", (0.93, 0.0), (0.99, 0.2)),
        Vote("strip", (2.40, 0.1), (3.14, 0.0)),
    ),
)
WAVE = Rule(
    24.2,
    (
        Vote("share", (0.37, 0.0), (0.65, 3.0), (0.75, 4.0), (0.84, 5.3), (0.95, 7.9)),
        Vote("tall", (0.04, 0.0), (0.07, 3.1), (0.10, 5.3), (0.12, 5.9)),
        Vote("dense", (0.24, 0.0), (0.83, 3.3), (2.08, 4.4), (3.06, 4.6), (6.63, 3.7)),
        Vote("across", (0.00, 3.9), (0.13, 2.1), (0.37, 1.8), (0.78, 0.6), (2.99, 0.0)),
        Vote("upright", (0.34, 4.0), (0.72, 2.7), (1.01, 2.6), (1.27, 2.0), (2.02, 0.0)),
        Vote("longest", (0.20, 3.2), (0.30, 2.5), (0.70, 0.0)),
        Vote("span", (0.15, 0.0), (0.22, 1.2), (0.38, 1.8)),
        Vote("order", (-0.90, 0.0), (0.00, 0.2), (0.89, 0.2), (0.99, 1.4)),
        Vote("rise", (0.00, 1.8), (0.01, 1.1), (0.06, 0.8), (0.22, 0.5), (1.36, 0.0)),
        Vote("agree", (0.00, 0.0), (0.34, 0.3), (0.80, 1.0), (0.98, 1.1)),
        Vote("steady", (1.00, 1.2), (1.50, 0.9), (2.50, 0.7), (4.00, 0.4), (14.00, 0.0)),
        Vote("march", (0.27, 0.0), (0.45, 0.6)),
        Vote("slim", (0.54, 0.0), (0.94, 0.2), (1.83, 0.5)),
        Vote("apart", (1.30, 0.0), (2.70, 0.6)),
    ),
)
