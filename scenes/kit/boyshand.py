"""The leaf in the boy's hand: lifted, cut to a tablet by a bronze knife, handed over, hardened to jade."""

import math

import numpy as np

from scenes.kit.gui import Cutting, knife
from scenes.kit.oneleaf import FOLD

HELD = 404.0  # where it is held to be cut, design units
GIVEN = (0.385, 416.0)  # where the tablet is handed to: share of the width, design units
LIFTED, TOUCH = 2.0, 2.5  # seconds into the cutting: held upright; the knife touches
REST, OVER = 1.6, 1.6  # seconds before the tablet is handed over, and that takes
SLIT = (255, 244, 206)


class BoysHand:
    """Everything between the water and the word."""

    def __init__(self, canvas, one, plan):
        self.one, self.plan, self.width = one, plan, canvas.width
        self.cutting = Cutting(one, plan)
        self.jade = self.cutting.hardened(plan.colours["jade"])
        self.knife, self.shadow = knife(canvas, plan.colours["bronze"])
        self.foot = np.array([0.5 * canvas.width, HELD + 0.36 * one.length])
        self.freed = 0

    @property
    def starts(self):
        """Seconds into the cutting at which each stroke begins."""
        lasts = [cut + rest for _, cut, rest in self.plan.strokes]
        return TOUCH + np.concatenate([[0.0], np.cumsum(lasts[:-1])])

    def take(self, descent):
        """Take the leaf from where it is."""
        self.taken = (np.array(descent.at), descent.fall.turn, descent.lying, descent.size)
        self.freed = 0

    def cut(self, age):
        """The pieces that come free by now: (sheet, place, way from the leaf's foot)."""
        t = age - TOUCH
        stroke = self.plan.knife(t)[1] if t > 0 else 0
        free = [(s, self.foot + way, way) for k, s, way in self.cutting.pieces if self.freed <= k < stroke]
        self.freed = max(self.freed, stroke)
        return free

    def paint(self, canvas, scratch, age, within):
        """Leaf or tablet `age` seconds into the cutting."""
        if age < LIFTED:
            self._lift(canvas, scratch, age / LIFTED, within)
        elif self.freed < len(self.plan.strokes):
            self._leaf(canvas, age - TOUCH)
        else:
            go = float(np.clip((age - TOUCH - self.plan.seconds - REST) / OVER, 0, 1))
            go = go * go * (3 - 2 * go)
            held = self.foot + self.cutting.tablet_at
            canvas.stamp(self.jade[0], tuple(held + (self._given() - held) * go))

    def paint_given(self, canvas, share):
        """The tablet where it was handed to, `share` 0 leaf .. 1 jade."""
        canvas.stamp(self.jade[round(share * (len(self.jade) - 1))], tuple(self._given()))

    def _given(self):
        return np.array([GIVEN[0] * self.width, GIVEN[1]])

    def _lift(self, canvas, scratch, go, within):
        go = go * go * (3 - 2 * go)
        place, turn, lying, small = self.taken
        self.one.paint(
            canvas,
            scratch,
            place * (1 - go) + np.array([0.5 * self.width, HELD]) * go,
            size=small + (1 - small) * go,
            turn=turn * (1 - go),
            lying=lying * (1 - min(1.0, 1.6 * go)),
            fold=FOLD * (1 - go),
            within=within,
        )

    def _leaf(self, canvas, t):
        """What is left of the leaf, and the slit."""
        stage = self.cutting.stages[self.freed]
        canvas.stamp(stage, tuple(self.foot - np.array(self.one.foot) / stage.scale), anchor=(0, 0))
        point, stroke, share = self.plan.knife(max(0.0, t))
        if t > 0 and share > 0.02:
            begin = self.plan.corners[stroke % len(self.plan.corners)]
            way = self.foot + np.array([begin, point]) * self.one.length
            canvas.line(way, SLIT, 2.2)

    def paint_knife(self, canvas, age):
        """It comes from the lower right, follows its line with a boy's hand, and is taken away."""
        t = age - TOUCH
        gone = t - self.plan.seconds
        if t < -0.7 or gone > 0.8:
            return
        tip = self.foot + self.plan.knife(max(0.0, t))[0] * self.one.length
        far = max(0.0, -t / 0.7) ** 2 + 2.4 * max(0.0, gone) ** 2
        at = tip + far * np.array([620, 330]) + (0, 3 * math.sin(9 * age))
        for sheet, off in ((self.shadow, (18, 34)), (self.knife, (0, 0))):
            canvas.stamp(sheet, tuple(at + off), anchor=(0.018, 0.018))
