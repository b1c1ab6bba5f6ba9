"""Where flowers are cut: guests' strokes gathered into theirs, a drummer's strokes into the great one."""

import math
from dataclasses import dataclass, field

from scenes.kit import papercut, units

REGATHER = 5.0
"""Seconds within which a guest's next cut still belongs to the same flower."""
MOST = 12
"""Strokes kept of one guest, and cuts until the drummer's flower is done."""


@dataclass
class Work:
    """A guest's flower in the making."""

    guest: int
    pane: int
    recipe: object
    last: float
    strokes: list = field(default_factory=list)
    dirty: bool = True
    kept: bool = False  # whether the evening remembers it


class Workbench:
    """Guests' flowers; one is cut a frame, so that a crowd never makes a frame late."""

    def __init__(self, radius, canvas):
        self.radius, self.canvas = radius, canvas
        self.works = []
        self.unknown = 0

    def stroke(self, cut, now, find_pane):
        """Add a guest's stroke to their flower, or to a new one in the pane that `find_pane()` gives."""
        work = self.of(cut.number, now) if cut.number else None
        if work is None:
            work = Work(cut.number, find_pane(), papercut.plain(folds_of(cut.number), cut.number), now)
            self.works = [w for w in self.works[-63:] if w.pane != work.pane] + [work]
        shape = papercut.stroke(cut.points or ((0.5, 0.4),), cut.text, work.recipe.folds, cut.value)
        work.strokes = [*work.strokes[1 - MOST :], shape]
        work.last, work.dirty = now, True
        return work

    def of(self, guest, now):
        """The flower this guest is still cutting."""
        for work in reversed(self.works):
            if work.guest == guest and now - work.last <= REGATHER:
                return work
        return None

    def next_cut(self):
        """Cut one flower that has new strokes: (work, flower), or None when all are done."""
        for work in self.works:
            if work.dirty:
                work.dirty = False
                recipe = papercut.with_strokes(work.recipe, work.strokes)
                return work, papercut.cut_flower(recipe, self.radius, self.canvas)
        return None

    def awaited(self):
        """Panes whose flower has strokes that are not cut yet."""
        return {work.pane for work in self.works if work.dirty}

    def places(self):
        """The newest guests' panes: {guest number as text: pane number}."""
        return {str(work.guest): work.pane for work in self.works[-24:] if work.guest}


def folds_of(guest):
    """How often a guest's paper is folded, by their number: 8, 6 or 5 wedges."""
    return papercut.FOLDS[-1 - guest % 3]


class DrumFlower:
    """The great flower as a drum cuts it: each stroke one cut in every wedge, harder is deeper."""

    UNITS = ("drop", "crescent", "willow", "comb", "cloud", "flame", "heart", "lozenge")

    def __init__(self, radius, canvas):
        self.radius, self.canvas = radius, canvas
        self.turn = 0
        self.fresh()

    def fresh(self):
        """A new sheet, folded another way than the last."""
        self.folds = papercut.FOLDS[::-1][self.turn % len(papercut.FOLDS)]
        self.turn += 1
        self.recipe = papercut.plain(self.folds, self.turn)
        self.count = 0

    def cut(self, note, force):
        """One more cut, `force` 0..1 deep; gives back the flower so far."""
        unit = self.UNITS[note % len(self.UNITS)]
        r = (0.80, 0.66, 0.50, 0.36)[self.count // 3 % 4]
        phi = (0.0, 0.62, 1.0)[self.count % 3]
        size = (0.07 + 0.13 * force) * (0.5 + 0.7 * r) * (8 / self.folds) ** 0.5
        a = phi * math.pi / self.folds
        shape = units.outline(unit) * size + [r, 0]
        c, s = math.cos(a), math.sin(a)
        placed = [c, s] * shape[:, :1] + [-s, c] * shape[:, 1:]
        self.recipe = papercut.with_strokes(self.recipe, (placed,))
        self.count += 1
        return papercut.cut_flower(self.recipe, self.radius, self.canvas)

    def done(self):
        """Whether the sheet has had all its cuts."""
        return self.count >= MOST
