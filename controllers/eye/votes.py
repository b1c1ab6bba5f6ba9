"""What a stroke most likely is: its measures vote, and the votes add up to a confidence.

Every measure follows from how people move, without unit wherever one can be found: a hand that sweeps goes
several times its own breadth, a body that walks or sits down does not; speed swells and dies once in a
stroke; what is thrown from rest to rest means more than what never stops. No single measure decides, since
light, clothes and distance spoil now one, now another, and what a measure means depends on the others. So
each vote asks a few questions at once, and has an answer for every way they may come out: an oblivious
decision table (Kohavi and Li 1995). A rule is the sum of its votes (gradient boosting, Friedman 2001), and no
vote may count more way or less motion before against a stroke.

The rules stand in rules.json (`make fit-eye` makes new ones). They were fitted to generated people, some of
whom are never quite still, and to rendered human meshes; the sum is read as log-odds, and on people of other
ways it is an order of trust rather than a probability (see docs/camera.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from controllers.eye.measures import Measures

Vote = tuple[list[str], list[float], list[float]]  # what is measured, above what is a yes, and every answer


class Rule:
    """Votes for one gesture, against a doubt that has to be overcome; both in log-odds.

    A vote of n questions has 2^n answers: the first is for no to all of them, then the yes of the first
    counts 1, of the second 2, of the third 4.
    """

    def __init__(self, doubt: float, votes: Iterable[Vote]) -> None:
        measured, above, answers = zip(*votes, strict=True)
        self.doubt = doubt
        self.names = sorted({name for names in measured for name in names})
        place = {name: k for k, name in enumerate(self.names)}
        self._asked = np.array([[place[name] for name in names] for names in measured])
        self._above, self._answers = np.array(above), np.array(answers)
        self._weight = 2 ** np.arange(self._above.shape[1])
        self._each = np.arange(len(self._above))

    def odds(self, measures: Measures) -> float:
        """Log-odds that what has these measures is meant."""
        values = np.array([measures[name] for name in self.names])
        said = (values[self._asked] > self._above) @ self._weight
        return float(self._answers[self._each, said].sum()) - self.doubt

    def confidence(self, measures: Measures, favour: float = 0.0) -> float:
        """How surely it is meant, 0..1, with `favour` log-odds given beforehand."""
        return 1 / (1 + math.exp(-favour - self.odds(measures)))


@cache
def rules() -> Mapping[str, Mapping[str, Rule]]:
    """Gesture ("raise", "lower", "swipe", "step", "wave") -> reading ("hand", "whole", "sequel") -> rule.
    What a sequel says is added to what its stroke said."""
    text = files(__package__).joinpath("rules.json").read_text("utf-8")
    stored: dict[str, dict[str, Any]] = json.loads(text)
    return {
        gesture: {read: Rule(**rule) for read, rule in readings.items()}
        for gesture, readings in stored.items()
    }
