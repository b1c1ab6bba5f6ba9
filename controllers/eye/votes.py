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
    21.0,
    (
        Vote("tall", (0.05, 2.8), (0.09, 3.4), (0.12, 3.4), (0.14, 2.5), (0.19, 0.0)),
        Vote("slant", (0.23, 2.4), (0.51, 0.6), (2.29, 0.0)),
        Vote("lively", (0.19, 2.1), (0.43, 0.0)),
        Vote("way", (0.20, 0.0), (0.38, 2.1)),
        Vote("slim", (0.86, 0.0), (1.82, 1.3), (2.57, 2.4)),
        Vote("agree", (0.42, 0.0), (0.94, 1.7)),
        Vote("straight", (0.50, 1.3), (0.79, 1.7), (0.92, 1.7), (0.99, 0.8), (1.00, 0.0)),
        Vote("second", (0.00, 1.7), (0.07, 0.8), (0.68, 0.0)),
        Vote("swath", (0.00, 0.0), (0.45, 1.4), (0.65, 1.4), (0.79, 1.5)),
        Vote("swift", (2.54, 0.8), (5.47, 1.8), (8.14, 1.8), (11.63, 1.1), (21.38, 0.0)),
        Vote("upright", (0.98, 1.4), (1.37, 0.6), (2.73, 0.0)),
        Vote("turned", (0.00, 0.9), (1.00, 0.0)),
        Vote("broad", (0.10, 0.0), (0.16, 0.5), (0.26, 0.5), (0.56, 1.7)),
        Vote("across", (0.14, 0.7), (0.50, 0.0)),
        Vote("march", (0.23, 0.0), (0.46, 0.3), (0.69, 0.8), (0.92, 0.9)),
        Vote("busy", (0.00, 0.6), (1.00, 0.5), (3.00, 0.5), (6.00, 0.0)),
        Vote("rush", (0.64, 0.0), (1.16, 0.4), (2.59, 0.3)),
        Vote("awhile", (0.27, 0.1), (1.13, 0.0)),
    ),
)
LOWER = Rule(
    22.4,
    (
        Vote("lively", (0.12, 2.9), (0.22, 2.4), (0.43, 0.0)),
        Vote("upright", (0.98, 2.1), (1.38, 0.5), (2.72, 0.0)),
        Vote("slant", (0.22, 2.3), (0.48, 1.6), (2.31, 0.0)),
        Vote("before", (0.00, 1.9), (0.03, 1.1), (0.60, 0.0)),
        Vote("across", (0.15, 1.5), (0.58, 0.0)),
        Vote("tall", (0.05, 1.9), (0.09, 2.0), (0.15, 2.0), (0.19, 0.0)),
        Vote("march", (0.20, 0.0), (0.48, 0.7), (0.69, 1.6)),
        Vote("agree", (0.00, 0.0), (0.42, 0.4), (0.93, 1.3)),
        Vote("turned", (0.00, 1.1), (1.00, 0.0)),
        Vote("dense", (1.16, 0.0), (2.54, 0.6), (3.51, 1.1), (6.40, 1.3)),
        Vote("seconds", (0.03, 0.0), (0.13, 0.6), (0.30, 1.2)),
        Vote("slim", (0.86, 0.0), (1.72, 0.4), (2.53, 1.3)),
        Vote("swath", (0.00, 0.0), (0.44, 0.3), (0.62, 0.8), (0.79, 1.0)),
        Vote("raised", (0.02, 0.0), (0.82, 0.9), (0.98, 1.4)),
        Vote("swift", (2.62, 0.1), (5.64, 1.2), (8.24, 1.0), (11.77, 1.0), (22.89, 0.0)),
        Vote("busy", (4.00, 1.2), (6.00, 1.0), (12.00, 0.0)),
        Vote("free", (1.69, 0.0), (2.61, 0.8), (6.47, 0.7)),
        Vote("rush", (0.25, 0.0), (0.62, 0.6), (1.15, 0.7)),
        Vote("grow", (-0.28, 0.7), (0.00, 0.3), (0.07, 0.0)),
        Vote("way", (0.19, 0.0), (0.38, 0.5)),
        Vote("straight", (0.80, 0.5), (0.92, 0.2), (0.99, 0.0)),
        Vote("burst", (0.33, 0.0), (1.09, 0.1), (1.49, 0.4), (1.79, 0.5)),
        Vote("awhile", (0.32, 0.4), (0.99, 0.0)),
        Vote("even", (0.42, 0.5), (0.62, 0.2), (0.70, 0.0)),
        Vote("swell", (0.54, 0.2), (0.60, 0.0)),
    ),
)
SWIPE = Rule(
    27.4,
    (
        Vote("tall", (0.07, 4.0), (0.09, 3.8), (0.12, 3.7), (0.19, 0.0)),
        Vote("narrow", (1.92, 0.0), (3.79, 1.5), (5.80, 3.0)),
        Vote("across", (0.16, 2.8), (0.45, 2.7), (2.31, 0.0)),
        Vote("before", (0.04, 1.8), (0.57, 0.0)),
        Vote("upright", (0.39, 1.5), (0.76, 2.7), (1.00, 2.7), (1.27, 1.9), (2.21, 0.0)),
        Vote("swath", (0.00, 0.0), (0.27, 1.4), (0.53, 1.7)),
        Vote("rush", (0.15, 1.6), (0.39, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 1.2), (0.37, 1.4), (0.60, 2.2), (1.02, 1.6)),
        Vote("agree", (0.72, 0.0), (0.99, 1.2)),
        Vote("awhile", (0.43, 1.2), (1.48, 0.0)),
        Vote("swift", (2.49, 1.7), (5.05, 2.1), (7.00, 2.2), (9.95, 2.0), (24.76, 0.0)),
        Vote("free", (1.14, 0.0), (1.74, 0.5), (3.55, 1.4), (46.94, 0.1)),
        Vote("march", (0.27, 0.0), (0.55, 0.5), (0.78, 1.2)),
        Vote("grow", (-1.08, 1.6), (-0.13, 0.7), (0.00, 0.0), (0.04, 0.7), (0.69, 0.9)),
        Vote("turned", (0.00, 0.8), (1.00, 0.0)),
        Vote("lively", (0.27, 0.9), (0.47, 0.0)),
        Vote("way", (0.11, 0.0), (0.18, 1.0)),
        Vote("second", (0.28, 0.7), (0.95, 0.0)),
        Vote("burst", (0.33, 0.8), (1.14, 1.1), (1.49, 1.2), (1.75, 1.6), (2.78, 0.0)),
        Vote("dense", (2.00, 0.4), (2.83, 0.0)),
        Vote("share", (0.35, 0.6), (0.66, 0.3), (0.87, 0.3), (0.96, 0.0)),
        Vote("straight", (0.48, 0.0), (0.84, 0.5), (0.95, 0.5), (1.00, 0.4)),
        Vote("slant", (0.17, 0.3), (0.42, 0.0)),
        Vote("slim", (1.82, 0.0), (2.93, 0.3)),
        Vote("swell", (0.54, 0.3), (0.59, 0.1), (0.90, 0.0)),
    ),
)
SWIPE_NEAR = Rule(
    30.2,
    (
        Vote("upright", (0.30, 0.0), (0.69, 3.8), (0.92, 4.2), (1.18, 4.5), (1.74, 2.0)),
        Vote("turned", (0.00, 2.5), (1.00, 0.0)),
        Vote("before", (0.02, 3.0), (0.39, 1.3), (1.61, 0.0)),
        Vote("across", (0.11, 3.0), (0.63, 2.3), (3.21, 0.0)),
        Vote("swell", (0.28, 2.7), (0.45, 2.3), (0.54, 2.0), (0.58, 1.5), (0.76, 0.0)),
        Vote("slant", (0.08, 2.2), (0.22, 2.1), (0.54, 1.4), (2.54, 0.0)),
        Vote("narrow", (4.09, 0.0), (6.61, 1.9)),
        Vote("ends", (0.17, 0.0), (0.39, 0.1), (0.59, 0.5), (0.81, 0.5), (1.00, 2.4)),
        Vote("lively", (0.14, 2.0), (0.25, 1.8), (0.49, 0.0)),
        Vote("way", (0.25, 0.0), (0.47, 1.3)),
        Vote("march", (0.22, 0.0), (0.50, 1.3)),
        Vote("broad", (0.13, 0.1), (0.19, 0.0), (0.28, 1.2), (0.47, 1.3)),
        Vote("seconds", (0.07, 2.1), (0.20, 2.4), (0.27, 2.1), (0.40, 2.5), (0.80, 0.0)),
        Vote("dense", (0.97, 1.8), (2.45, 0.2), (3.29, 0.0)),
        Vote("order", (0.92, 0.0), (0.98, 0.9)),
        Vote("even", (0.48, 0.0), (0.65, 1.0), (0.85, 1.0), (1.00, 2.0)),
        Vote("free", (0.50, 1.2), (1.16, 0.0), (1.51, 0.0), (1.80, 0.2)),
        Vote("grow", (-2.87, 1.2), (-0.71, 0.6), (-0.09, 0.0)),
        Vote("tall", (0.09, 0.1), (0.12, 0.0), (0.15, 1.1), (0.19, 0.5)),
        Vote("agree", (0.85, 0.0), (1.00, 0.6)),
        Vote("share", (0.54, 0.9), (0.65, 0.0), (0.76, 0.7)),
        Vote("swath", (0.07, 0.0), (0.56, 1.1)),
        Vote("rush", (1.22, 0.6), (1.48, 0.0), (1.99, 0.0), (3.65, 0.3)),
        Vote("straight", (0.59, 0.0), (0.84, 1.0), (0.93, 0.6)),
        Vote("swift", (6.34, 0.0), (9.64, 0.5), (13.05, 0.5), (24.64, 0.0)),
        Vote("second", (0.35, 0.3), (1.48, 0.0)),
    ),
)
STEP = Rule(
    23.5,
    (
        Vote("tall", (0.11, 0.0), (0.16, 3.6)),
        Vote("march", (0.30, 0.0), (0.62, 2.2), (0.74, 2.6)),
        Vote("across", (0.05, 2.3), (0.34, 0.0)),
        Vote("lively", (0.18, 2.3), (0.40, 0.0)),
        Vote("narrow", (3.93, 2.6), (7.03, 0.0)),
        Vote("agree", (0.81, 0.0), (1.00, 1.7)),
        Vote("second", (0.00, 1.9), (0.01, 1.1), (0.67, 0.0)),
        Vote("slim", (1.53, 2.2), (3.57, 0.0)),
        Vote("before", (0.01, 1.4), (0.49, 0.0)),
        Vote("seconds", (0.20, 0.0), (0.47, 1.6), (0.63, 1.6), (0.97, 0.5)),
        Vote("upright", (0.97, 0.0), (1.63, 1.2)),
        Vote("ends", (0.37, 1.2), (0.57, 0.0)),
        Vote("apart", (1.25, 1.3), (2.41, 0.0)),
        Vote("turned", (0.00, 0.5), (1.00, 0.0)),
        Vote("swift", (4.12, 0.5), (6.41, 0.0)),
        Vote("slant", (0.21, 0.4), (0.52, 0.0)),
        Vote("broad", (0.12, 0.4), (0.15, 0.0)),
    ),
)
WAVE = Rule(
    18.7,
    (
        Vote("share", (0.40, 0.0), (0.63, 2.3), (0.72, 2.5), (0.82, 4.0), (0.94, 6.1)),
        Vote("tall", (0.05, 0.0), (0.08, 2.3), (0.11, 3.3), (0.13, 4.5)),
        Vote("dense", (0.28, 0.0), (1.35, 3.0), (2.27, 3.6), (3.11, 3.7)),
        Vote("across", (0.00, 4.0), (0.15, 2.6), (0.41, 2.0), (0.84, 1.4), (2.79, 0.0)),
        Vote("order", (0.87, 0.0), (0.98, 0.9), (1.00, 2.5)),
        Vote("agree", (-0.27, 0.0), (0.04, 0.4), (0.37, 0.6), (0.79, 1.7), (0.98, 2.7)),
        Vote("longest", (0.23, 2.4), (0.33, 2.0), (0.80, 0.0)),
        Vote("upright", (0.83, 1.3), (1.09, 0.7), (1.34, 0.6), (2.00, 0.0)),
        Vote("slim", (0.29, 0.0), (0.60, 0.2), (1.01, 0.5), (1.81, 0.9)),
        Vote("span", (0.12, 0.0), (0.18, 0.5), (0.23, 0.6), (0.42, 0.7)),
        Vote("march", (0.14, 0.0), (0.26, 0.3), (0.42, 0.3), (0.72, 0.6)),
        Vote("steady", (1.00, 0.5), (1.50, 0.4), (2.50, 0.0)),
        Vote("rise", (0.00, 0.5), (0.02, 0.3), (0.09, 0.1), (0.28, 0.0)),
    ),
)
