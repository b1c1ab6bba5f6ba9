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
    19.9,
    (
        Vote("lively", (0.20, 2.4), (0.46, 0.0)),
        Vote("upright", (1.02, 2.5), (1.36, 1.1), (2.59, 0.0)),
        Vote("second", (0.01, 2.6), (0.07, 1.2), (0.77, 0.0)),
        Vote("tall", (0.05, 1.9), (0.09, 2.4), (0.12, 2.4), (0.14, 1.1), (0.19, 0.0)),
        Vote("slant", (0.23, 1.6), (0.50, 0.0)),
        Vote("way", (0.19, 0.0), (0.36, 1.6)),
        Vote("straight", (0.92, 1.5), (0.99, 0.6), (1.00, 0.0)),
        Vote("slim", (0.83, 0.0), (1.66, 0.8), (2.47, 1.5)),
        Vote("across", (0.15, 0.9), (0.53, 0.0)),
        Vote("dense", (1.30, 0.0), (2.58, 0.7), (3.56, 0.8), (6.23, 1.5)),
        Vote("march", (0.20, 0.0), (0.45, 0.4), (0.66, 0.8), (0.92, 1.7)),
        Vote("swath", (0.00, 0.0), (0.48, 0.9), (0.65, 0.9), (0.80, 1.0)),
        Vote("turned", (0.00, 0.6), (1.00, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.13, 0.7), (0.27, 0.8)),
        Vote("grow", (-1.68, 0.1), (-0.25, 0.0), (-0.00, 0.5), (0.08, 0.7)),
        Vote("free", (1.75, 0.0), (2.97, 0.6), (51.76, 0.0)),
        Vote("swift", (2.41, 0.7), (5.10, 0.9), (10.90, 0.9), (19.62, 0.0)),
        Vote("strip", (1.77, 0.5), (2.88, 0.0)),
        Vote("busy", (3.00, 0.4), (6.00, 0.0)),
        Vote("broad", (0.11, 0.0), (0.16, 0.3), (0.24, 0.3), (0.51, 0.6)),
        Vote("awhile", (0.29, 0.1), (1.13, 0.0)),
    ),
)
LOWER = Rule(
    20.3,
    (
        Vote("lively", (0.14, 3.3), (0.24, 2.4), (0.45, 0.0)),
        Vote("before", (0.00, 2.3), (0.03, 1.5), (0.54, 0.0)),
        Vote("upright", (1.01, 1.9), (1.38, 0.6), (2.58, 0.0)),
        Vote("march", (0.20, 0.0), (0.47, 1.1), (0.68, 2.1)),
        Vote("slim", (0.83, 0.0), (1.75, 0.9), (2.51, 2.1)),
        Vote("across", (0.14, 1.4), (0.49, 0.0)),
        Vote("dense", (1.38, 0.0), (2.56, 0.7), (3.42, 1.5)),
        Vote("raised", (0.01, 0.0), (0.82, 1.6), (0.97, 2.0)),
        Vote("swift", (2.25, 1.9), (5.26, 2.0), (7.66, 2.0), (11.00, 1.6), (20.71, 0.0)),
        Vote("swath", (0.00, 0.0), (0.45, 0.8), (0.62, 1.3)),
        Vote("slant", (0.09, 1.3), (0.22, 1.1), (0.50, 0.3), (2.20, 0.0)),
        Vote("tall", (0.09, 1.3), (0.11, 1.2), (0.15, 0.8), (0.19, 0.0)),
        Vote("turned", (0.00, 0.8), (1.00, 0.0)),
        Vote("straight", (0.80, 0.9), (0.92, 0.2), (0.99, 0.0)),
        Vote("free", (1.80, 0.0), (2.96, 0.8)),
        Vote("agree", (0.00, 0.0), (0.44, 0.5), (0.93, 0.8)),
        Vote("way", (0.19, 0.0), (0.36, 0.6)),
        Vote("seconds", (0.03, 0.0), (0.17, 0.7)),
        Vote("grow", (-0.27, 0.4), (-0.01, 0.2), (0.07, 0.0)),
        Vote("narrow", (1.56, 0.0), (3.41, 0.3)),
    ),
)
SWIPE = Rule(
    29.5,
    (
        Vote("swath", (0.00, 0.0), (0.31, 3.3), (0.55, 3.4), (0.73, 3.7)),
        Vote("tall", (0.07, 4.4), (0.09, 4.2), (0.12, 3.6), (0.19, 0.0)),
        Vote("narrow", (2.14, 0.0), (3.90, 2.1), (5.88, 3.6)),
        Vote("across", (0.15, 3.8), (2.88, 0.0)),
        Vote("rush", (0.14, 1.8), (0.39, 0.2), (0.76, 0.0)),
        Vote("upright", (0.52, 2.2), (0.89, 2.4), (1.14, 2.4), (1.42, 2.3), (2.31, 0.0)),
        Vote("before", (0.07, 1.6), (0.51, 0.0)),
        Vote("awhile", (0.35, 1.5), (1.01, 0.0)),
        Vote("way", (0.11, 0.0), (0.18, 0.6), (0.32, 1.5), (0.52, 1.6)),
        Vote("seconds", (0.03, 0.4), (0.20, 1.5), (0.33, 1.8), (0.53, 2.0), (1.00, 0.0)),
        Vote("free", (1.03, 0.0), (1.72, 1.0), (3.30, 1.8), (8.11, 1.8), (46.76, 0.3)),
        Vote("turned", (0.00, 1.0), (1.00, 0.0)),
        Vote("agree", (0.00, 0.0), (0.73, 0.1), (0.99, 1.0)),
        Vote("slant", (0.20, 1.3), (0.45, 1.2), (2.22, 0.0)),
        Vote("second", (0.27, 0.8), (0.92, 0.0)),
        Vote("swift", (7.25, 1.3), (10.41, 1.1), (23.07, 0.0)),
        Vote("lively", (0.28, 0.7), (0.46, 0.0)),
        Vote("share", (0.52, 0.6), (0.69, 0.4), (0.79, 0.1), (0.87, 0.1), (0.97, 0.0)),
        Vote("grow", (-1.35, 0.7), (-0.16, 0.4), (0.00, 0.0), (0.05, 0.3)),
        Vote("strip", (0.91, 0.4), (1.49, 0.0)),
        Vote("busy", (6.00, 0.4), (11.00, 0.0)),
        Vote("ends", (0.57, 0.0), (0.76, 0.3)),
        Vote("slim", (1.82, 0.0), (2.86, 0.4)),
        Vote("swell", (0.30, 0.3), (0.47, 0.2), (0.54, 0.1), (0.60, 0.0)),
        Vote("straight", (0.93, 0.1), (1.00, 0.0)),
    ),
)
SWIPE_NEAR = Rule(
    17.4,
    (
        Vote("before", (0.00, 1.9), (0.03, 1.5), (0.18, 1.5), (0.72, 0.0)),
        Vote("swath", (0.00, 0.0), (0.32, 1.1), (0.53, 1.6), (0.68, 1.7)),
        Vote("agree", (0.00, 0.0), (0.63, 0.1), (0.99, 1.5)),
        Vote("upright", (0.30, 0.0), (0.59, 1.7), (0.74, 1.8), (0.91, 1.9), (1.20, 1.3)),
        Vote("slant", (0.09, 1.3), (0.23, 1.0), (0.50, 0.5), (1.95, 0.0)),
        Vote("march", (0.10, 0.0), (0.31, 0.4), (0.53, 1.4)),
        Vote("lively", (0.27, 0.9), (0.48, 0.0)),
        Vote("across", (0.42, 1.4), (2.68, 0.0)),
        Vote("way", (0.25, 0.0), (0.54, 0.8), (0.87, 1.1)),
        Vote("turned", (0.00, 0.7), (1.00, 0.0)),
        Vote("order", (0.68, 0.0), (0.90, 0.6), (0.96, 0.8)),
        Vote("strip", (0.94, 0.9), (1.51, 0.6), (3.20, 0.0)),
        Vote("awhile", (0.40, 0.6), (1.14, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 0.2), (0.30, 0.4), (0.47, 0.7)),
        Vote("busy", (6.00, 0.7), (8.22, 0.6), (13.00, 0.0)),
        Vote("free", (1.96, 0.5), (3.09, 0.3), (6.26, 0.0)),
        Vote("narrow", (3.60, 0.0), (5.75, 0.8)),
        Vote("share", (0.27, 0.1), (0.45, 0.5), (0.52, 0.5), (0.60, 0.0)),
        Vote("second", (0.31, 0.3), (0.83, 0.0)),
        Vote("swift", (8.51, 0.6), (25.22, 0.0)),
        Vote("tall", (0.16, 0.4), (0.19, 0.0)),
        Vote("broad", (0.21, 0.4), (0.24, 0.0), (0.28, 0.2)),
    ),
)
STEP = Rule(
    22.5,
    (
        Vote("tall", (0.12, 0.0), (0.16, 3.1)),
        Vote("lively", (0.20, 2.6), (0.41, 0.0)),
        Vote("march", (0.31, 0.0), (0.63, 2.4), (0.74, 2.7)),
        Vote("across", (0.04, 2.2), (0.30, 0.0)),
        Vote("slim", (1.53, 2.3), (3.17, 0.0)),
        Vote("narrow", (3.92, 2.5), (7.48, 0.0)),
        Vote("before", (0.01, 1.5), (0.48, 0.0)),
        Vote("upright", (1.03, 0.0), (1.66, 1.5)),
        Vote("seconds", (0.20, 0.0), (0.47, 1.5), (0.63, 1.5), (0.97, 0.8)),
        Vote("ends", (0.16, 1.5), (0.37, 1.4), (0.56, 0.0)),
        Vote("agree", (0.79, 0.0), (1.00, 1.2)),
        Vote("second", (0.00, 1.5), (0.01, 0.3), (0.82, 0.0)),
        Vote("apart", (1.24, 1.3), (2.34, 0.0)),
        Vote("rush", (0.24, 0.0), (0.49, 0.8), (0.69, 0.8), (1.49, 0.3)),
        Vote("swift", (4.05, 0.4), (6.16, 0.0)),
        Vote("turned", (0.00, 0.3), (1.00, 0.0)),
        Vote("even", (0.77, 0.0), (0.84, 0.4)),
        Vote("free", (1.81, 0.1), (6.00, 0.0)),
    ),
)
WAVE = Rule(
    17.5,
    (
        Vote("dense", (0.28, 0.0), (1.42, 2.9), (2.39, 3.9), (3.24, 4.7), (5.80, 6.6)),
        Vote("across", (0.00, 4.3), (0.15, 3.7), (0.38, 2.5), (0.82, 1.5), (2.84, 0.0)),
        Vote("longest", (0.27, 2.6), (0.33, 2.3), (0.70, 0.0)),
        Vote("upright", (0.47, 0.0), (0.84, 2.0), (1.10, 2.3), (1.33, 2.2), (2.02, 1.8)),
        Vote("share", (0.60, 0.3), (0.72, 0.0), (0.83, 1.2), (0.95, 2.6)),
        Vote("march", (-0.03, 0.0), (0.15, 1.0), (0.27, 1.5), (0.43, 1.9), (0.71, 2.3)),
        Vote("order", (0.87, 0.0), (0.98, 1.2), (1.00, 1.9)),
        Vote("tall", (0.05, 0.0), (0.08, 1.5), (0.11, 1.6), (0.14, 1.6), (0.18, 0.5)),
        Vote("agree", (0.35, 0.0), (0.77, 0.8), (0.98, 1.7)),
        Vote("span", (0.05, 0.0), (0.13, 0.3), (0.18, 0.7)),
        Vote("slim", (0.58, 0.0), (1.76, 0.6)),
        Vote("steady", (1.00, 0.6), (1.50, 0.5), (2.50, 0.1), (12.00, 0.0)),
        Vote("rise", (0.00, 0.3), (0.03, 0.2), (0.10, 0.0)),
    ),
)
