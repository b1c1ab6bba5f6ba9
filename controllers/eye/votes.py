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
    20.2,
    (
        Vote("way", (0.19, 0.0), (0.38, 2.6), (0.57, 2.7)),
        Vote("broad", (0.11, 0.0), (0.16, 1.8), (0.27, 1.8), (0.54, 3.2)),
        Vote("tall", (0.05, 2.0), (0.10, 2.9), (0.12, 2.9), (0.15, 1.9), (0.19, 0.0)),
        Vote("lively", (0.20, 2.2), (0.45, 0.0)),
        Vote("slant", (0.07, 2.1), (0.18, 1.7), (0.48, 0.4), (2.15, 0.0)),
        Vote("turned", (0.00, 1.4), (1.00, 0.0)),
        Vote("agree", (0.34, 0.0), (0.91, 1.5)),
        Vote("march", (0.19, 0.0), (0.44, 1.0), (0.63, 1.4), (0.92, 2.2)),
        Vote("second", (0.00, 1.4), (0.08, 0.4), (0.69, 0.0)),
        Vote("upright", (0.97, 1.2), (1.37, 0.2), (2.60, 0.0)),
        Vote("straight", (0.91, 1.0), (0.99, 0.6), (1.00, 0.0)),
        Vote("seconds", (0.03, 0.0), (0.17, 1.1), (0.50, 1.1), (1.00, 0.5)),
        Vote("slim", (1.75, 0.0), (2.54, 1.2)),
        Vote("swath", (0.00, 0.0), (0.51, 0.2), (0.68, 0.8)),
        Vote("swift", (2.28, 0.8), (5.17, 0.9), (7.73, 0.9), (11.45, 0.4), (22.02, 0.0)),
        Vote("awhile", (0.29, 0.5), (0.90, 0.0)),
        Vote("across", (0.13, 0.5), (0.46, 0.0)),
        Vote("strip", (1.24, 0.4), (1.92, 0.0)),
    ),
)
LOWER = Rule(
    20.1,
    (
        Vote("lively", (0.14, 3.0), (0.24, 2.5), (0.45, 0.0)),
        Vote("before", (0.00, 2.3), (0.05, 1.6), (0.70, 0.0)),
        Vote("march", (0.17, 0.0), (0.46, 1.9), (0.66, 2.2), (0.91, 2.3)),
        Vote("tall", (0.12, 1.9), (0.15, 1.3), (0.19, 0.0)),
        Vote("upright", (0.98, 1.4), (1.37, 0.1), (2.55, 0.0)),
        Vote("swath", (0.00, 0.0), (0.47, 1.1), (0.64, 1.7)),
        Vote("across", (0.12, 1.4), (0.47, 0.0)),
        Vote("way", (0.19, 0.0), (0.39, 1.1), (0.59, 1.5)),
        Vote("raised", (0.00, 0.0), (0.76, 1.3), (0.99, 2.0)),
        Vote("slant", (0.21, 1.1), (0.48, 0.0)),
        Vote("broad", (0.11, 0.0), (0.16, 0.9), (0.27, 0.7), (0.55, 1.7)),
        Vote("slim", (1.77, 0.0), (2.56, 1.3), (4.04, 1.8)),
        Vote("turned", (0.00, 0.8), (1.00, 0.0)),
        Vote("agree", (0.00, 0.0), (0.38, 0.7), (0.91, 0.9)),
        Vote("seconds", (0.03, 0.0), (0.17, 0.7), (0.30, 1.0)),
        Vote("busy", (0.00, 0.0), (2.00, 1.2), (4.00, 1.2), (6.00, 0.7), (12.00, 0.6)),
        Vote("straight", (0.78, 0.6), (0.91, 0.3), (0.99, 0.0)),
        Vote("swift", (7.82, 0.8), (21.55, 0.0)),
        Vote("dense", (1.46, 0.0), (2.76, 0.3), (3.76, 0.5)),
        Vote("share", (0.59, 0.0), (0.68, 0.6), (0.79, 0.1)),
        Vote("burst", (1.21, 0.0), (1.56, 0.3)),
    ),
)
SWIPE = Rule(
    24.8,
    (
        Vote("tall", (0.13, 4.4), (0.19, 0.0)),
        Vote("upright", (0.37, 1.1), (0.74, 3.2), (1.26, 3.2), (2.18, 0.0)),
        Vote("swath", (0.00, 0.0), (0.29, 1.4), (0.53, 1.6), (0.73, 1.7)),
        Vote("across", (0.17, 2.5), (0.44, 2.1), (2.60, 0.0)),
        Vote("awhile", (0.42, 1.5), (1.14, 0.0)),
        Vote("before", (0.00, 1.7), (0.10, 1.1), (0.69, 0.0)),
        Vote("narrow", (1.74, 0.0), (3.55, 0.7), (5.57, 2.0)),
        Vote("busy", (0.00, 0.0), (2.00, 1.6), (4.00, 1.6), (6.00, 1.5), (12.00, 1.4)),
        Vote("seconds", (0.03, 0.0), (0.20, 0.1), (0.40, 1.0), (0.60, 1.5), (1.10, 0.6)),
        Vote("turned", (0.00, 1.0), (1.00, 0.0)),
        Vote("lively", (0.30, 1.2), (0.50, 0.2), (0.97, 0.0)),
        Vote("rush", (0.14, 1.0), (0.36, 0.0)),
        Vote("slant", (0.18, 1.4), (2.01, 0.0)),
        Vote("agree", (0.64, 0.0), (0.98, 0.9)),
        Vote("strip", (0.96, 0.8), (1.53, 0.0)),
        Vote("way", (0.11, 0.0), (0.18, 0.3), (0.33, 0.7)),
        Vote("free", (1.14, 0.2), (1.91, 0.7), (3.99, 0.8), (8.94, 0.8), (43.38, 0.0)),
        Vote("even", (0.73, 0.0), (0.82, 0.4)),
        Vote("second", (0.28, 0.4), (0.93, 0.0)),
        Vote("straight", (0.81, 0.0), (0.93, 0.4)),
        Vote("swell", (0.27, 0.5), (0.46, 0.3), (0.54, 0.2), (0.60, 0.0)),
        Vote("burst", (0.33, 0.6), (1.22, 0.7), (1.79, 0.7), (3.59, 0.0)),
        Vote("swift", (9.54, 0.4), (21.15, 0.0)),
    ),
)
SWIPE_NEAR = Rule(
    31.9,
    (
        Vote("before", (0.00, 4.4), (0.05, 4.1), (0.39, 2.2), (1.58, 0.0)),
        Vote("across", (0.57, 4.1), (2.96, 0.0)),
        Vote("upright", (0.34, 0.0), (0.73, 3.2), (0.93, 3.2), (1.21, 3.4), (1.84, 1.2)),
        Vote("busy", (0.00, 0.0), (2.00, 1.8), (4.00, 2.8), (7.00, 2.4), (13.00, 2.0)),
        Vote("share", (0.38, 2.2), (0.54, 2.0), (0.65, 1.9), (0.76, 0.3), (0.92, 0.0)),
        Vote("slant", (0.21, 1.7), (0.60, 0.0)),
        Vote("seconds", (0.07, 2.1), (0.20, 2.9), (0.30, 3.1), (0.40, 3.1), (0.87, 0.0)),
        Vote("turned", (0.00, 1.5), (1.00, 0.0)),
        Vote("lively", (0.15, 2.2), (0.25, 2.0), (0.51, 0.0)),
        Vote("even", (0.66, 0.0), (0.73, 0.9), (0.83, 0.8), (1.00, 2.9)),
        Vote("narrow", (3.93, 0.0), (7.11, 1.8)),
        Vote("dense", (0.89, 1.0), (2.48, 1.5), (4.30, 0.0), (6.88, 0.4)),
        Vote("swell", (0.27, 1.5), (0.45, 1.0), (0.53, 0.7), (0.58, 0.1), (0.76, 0.0)),
        Vote("tall", (0.10, 1.2), (0.13, 0.2), (0.15, 0.2), (0.19, 0.0)),
        Vote("agree", (0.00, 0.0), (0.86, 1.3)),
        Vote("swath", (0.11, 0.0), (0.53, 1.7)),
        Vote("march", (0.24, 0.0), (0.48, 0.9)),
        Vote("free", (0.48, 1.3), (1.07, 0.0), (1.44, 0.0), (1.77, 0.6), (4.55, 0.5)),
        Vote("burst", (0.67, 0.0), (1.22, 1.3), (1.46, 1.0), (1.67, 0.8)),
        Vote("way", (0.24, 0.0), (0.47, 0.7)),
        Vote("straight", (0.53, 0.7), (0.81, 0.0), (0.92, 0.0), (0.99, 0.1), (1.00, 0.8)),
        Vote("second", (0.37, 0.8), (1.22, 0.0)),
        Vote("strip", (0.77, 0.5), (1.29, 0.0)),
        Vote("ends", (0.57, 0.1), (0.74, 0.0), (1.00, 0.5)),
        Vote("broad", (0.07, 0.3), (0.13, 0.0)),
    ),
)
STEP = Rule(
    22.9,
    (
        Vote("march", (0.28, 0.0), (0.62, 3.4)),
        Vote("tall", (0.12, 0.0), (0.16, 2.5)),
        Vote("across", (0.04, 2.1), (0.31, 0.0)),
        Vote("lively", (0.20, 1.9), (0.44, 0.0)),
        Vote("before", (0.01, 1.6), (0.58, 0.0)),
        Vote("narrow", (3.74, 2.2), (7.14, 0.0)),
        Vote("agree", (0.74, 0.0), (1.00, 1.3)),
        Vote("upright", (1.01, 0.0), (1.68, 1.3), (1.95, 1.3), (2.39, 1.2)),
        Vote("ends", (0.37, 1.2), (0.55, 0.0)),
        Vote("slim", (1.47, 1.6), (3.37, 0.0)),
        Vote("seconds", (0.20, 1.3), (0.50, 2.2), (0.67, 2.2), (1.30, 0.0)),
        Vote("rush", (0.24, 0.0), (0.47, 1.0), (0.67, 1.0), (1.50, 0.6)),
        Vote("swift", (2.93, 1.0), (3.95, 0.9), (5.77, 0.0)),
        Vote("turned", (0.00, 0.8), (1.00, 0.0)),
        Vote("swell", (0.28, 1.2), (0.50, 0.0)),
        Vote("broad", (0.13, 0.5), (0.16, 0.0)),
        Vote("apart", (1.21, 0.9), (2.56, 0.0)),
        Vote("even", (0.77, 0.0), (0.85, 0.6)),
        Vote("straight", (0.41, 0.0), (0.69, 0.6), (0.96, 0.6), (1.00, 0.2)),
        Vote("second", (0.00, 0.6), (0.01, 0.0)),
        Vote("order", (0.89, 0.0), (0.99, 0.2)),
        Vote("way", (0.19, 0.0), (0.30, 0.1)),
    ),
)
WAVE = Rule(
    22.2,
    (
        Vote("share", (0.38, 0.0), (0.64, 2.3), (0.74, 3.6), (0.83, 4.7), (0.95, 6.4)),
        Vote("dense", (0.24, 0.0), (1.13, 2.6), (2.25, 4.2), (3.10, 4.5)),
        Vote("tall", (0.04, 0.0), (0.08, 2.2), (0.10, 4.0), (0.13, 4.0), (0.18, 3.7)),
        Vote("across", (0.00, 4.5), (0.16, 3.0), (0.40, 2.3), (0.81, 1.2), (2.89, 0.0)),
        Vote("upright", (0.38, 3.4), (0.76, 2.9), (1.06, 2.3), (1.32, 2.0), (2.03, 0.0)),
        Vote("longest", (0.23, 2.4), (0.37, 1.7), (0.90, 0.0)),
        Vote("agree", (0.01, 0.0), (0.35, 0.6), (0.98, 1.6)),
        Vote("order", (-0.88, 0.0), (0.01, 0.1), (0.87, 0.1), (0.98, 1.3)),
        Vote("steady", (1.00, 1.2), (1.50, 0.8), (2.50, 0.5), (4.67, 0.1), (14.87, 0.0)),
        Vote("span", (0.12, 0.0), (0.17, 0.2), (0.23, 0.7)),
        Vote("rise", (0.00, 1.0), (0.02, 0.7), (0.08, 0.3), (0.25, 0.2), (1.28, 0.0)),
        Vote("slim", (0.56, 0.0), (0.96, 0.2), (1.76, 0.7)),
        Vote("march", (0.25, 0.0), (0.43, 0.3), (0.71, 0.9)),
    ),
)
