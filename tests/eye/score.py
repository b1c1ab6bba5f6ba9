"""How good the eye is, in four numbers: precision, recall, false reports a minute, and how late.

A hit: the same name, decided between the start of a stroke and 0.6 s after its end, once. A report during a
stroke that was free to be reported or not (a hand made ready) counts neither way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

LATE = 0.6


@dataclass
class Tally:
    """Hits, false reports, misses; seconds from onset and from end; pictures from the end."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    onset: list = field(default_factory=list)
    end: list = field(default_factory=list)
    frames: list = field(default_factory=list)
    sure: list = field(default_factory=list)  # (confidence, whether it was right) of every report

    def add(self, other):
        self.hits += other.hits
        self.false += other.false
        self.missed += other.missed
        self.onset += other.onset
        self.end += other.end
        self.frames += other.frames
        self.sure += other.sure

    @property
    def precision(self):
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self):
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self):
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def late(self):
        """Median milliseconds from onset and from end, median pictures from the end."""
        if not self.end:
            return "     -      -    -"
        return f"{median(self.onset) * 1000:6.0f} {median(self.end) * 1000:6.0f} {median(self.frames):4.0f}"


def inside(truth, at):
    return truth.start < at <= truth.end + LATE


def score(truths, found, fps):
    """Tallies by name for one clip."""
    tallies, used = {}, set()

    def tally(name):
        return tallies.setdefault(name, Tally())

    for g in found:
        hit = next(
            (k for k, t in enumerate(truths) if k not in used and t.name == g.name and inside(t, g.at)), None
        )
        if hit is not None:
            used.add(hit)
            if not truths[hit].free:
                t = truths[hit]
                row = tally(g.name)
                row.sure.append((g.confidence, True))
                row.hits += 1
                row.onset.append(g.at - t.start)
                row.end.append(g.at - t.end)
                row.frames.append(round((g.at - t.end) * fps))
        elif not any(t.free and inside(t, g.at) for t in truths):
            tally(g.name).false += 1
            tally(g.name).sure.append((g.confidence, False))
    for k, t in enumerate(truths):
        if k not in used and not t.free:
            tally(t.name).missed += 1
    return tallies
