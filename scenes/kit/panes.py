"""The window as it stands: which pane holds which flower, what is opening, what is turning."""

import math
from dataclasses import dataclass

import numpy as np

from scenes.kit import unfolding
from scenes.kit.joinery import FOOT

TURN = 0.33
"""Seconds a flower takes to turn over."""


@dataclass
class Opening:
    """A flower coming open in its pane."""

    flower: object
    since: float
    guest: int
    fold: object


@dataclass
class Turning:
    """A pane whose flower turns over and shows another."""

    before: object
    after: object
    since: float
    upright: bool


class Panes:
    """Flowers in a window. `picture` has all that rests already drawn in; what moves is drawn over it."""

    def __init__(self, window, bare, letters):
        self.window, self.bare, self.letters = window, bare, letters
        self.picture = type(bare)(bare.px.shape[1::-1], scale=bare.scale)
        self.picture.paste(bare)
        self.panes = {p.number: p for p in (window.great, *window.panes)}
        self.held = {}
        self.guests = {}
        self.opening = {}
        self.turning = {}
        self.at = dict.fromkeys(self.panes, -1.0)

    def open(self, number, flower, now, guest=0):
        """Begin to unfold a flower in a pane; what was there is taken down."""
        self.turning.pop(number, None)
        self._take_down(number)
        self.opening[number] = Opening(flower, now, guest, unfolding.fold(flower, -1))
        self.at[number] = now
        if guest:
            self.guests[number] = guest
        else:
            self.guests.pop(number, None)

    def show(self, number, flower, now, guest=0):
        """The pane's flower after one more cut: opens a new one, else changes the one that is there."""
        if number in self.opening and self.guests.get(number, 0) == guest:
            one = self.opening[number]
            one.flower, one.fold = flower, unfolding.fold(flower, one.fold.turn)
        elif number in self.held and guest and self.guests.get(number) == guest:
            self.put(number, flower)
        else:
            self.open(number, flower, now, guest)

    def put(self, number, flower):
        """Paste a flower at once."""
        self._take_down(number)
        self.held[number] = flower
        pane = self.panes[number]
        self.picture.stamp(flower.sheet, (pane.x, pane.y), blend="multiply")
        if number in self.guests:
            self._label(self.picture, number)

    def turn(self, number, flower, since, *, upright=False):
        """Let the pane's flower turn over into another; what is still opening is left in peace."""
        if number in self.opening:
            return
        before = self.held.get(number)
        if number in self.turning:
            before = self.turning[number].after
        self._take_down(number)
        self.turning[number] = Turning(before, flower, since, upright)

    def update(self, now):
        """Advance to `now`; gives back the panes in which a fold has just snapped."""
        snapped = []
        for number, one in list(self.opening.items()):
            age = now - one.since
            turn = unfolding.turn_at(one.flower.recipe.folds, age)
            if turn > one.fold.turn:
                one.fold = unfolding.fold(one.flower, turn)
                snapped.append(number)
            if age >= unfolding.length(one.flower.recipe.folds):
                del self.opening[number]
                self.put(number, one.flower)
        for number, one in list(self.turning.items()):
            if now - one.since >= TURN:
                del self.turning[number]
                if one.after is not None:
                    self.put(number, one.after)
        return snapped

    def draw(self, canvas, now):
        """Paint what comes open or turns over; what rests is in `picture`."""
        for number, one in self.opening.items():
            pane = self.panes[number]
            unfolding.lay(canvas, one.fold, (pane.x, pane.y), now - one.since)
            if one.guest:
                self._label(canvas, number)
        for number, one in self.turning.items():
            pane = self.panes[number]
            share = min(1.0, max(0.0, (now - one.since) / TURN))
            shown = one.before if share < 0.5 else one.after
            if shown is not None:
                unfolding.flip(canvas, shown.sheet, (pane.x, pane.y), share, upright=one.upright)

    def empty(self, number):
        """Whether nothing hangs or comes in this pane."""
        return not (number in self.held or number in self.opening or number in self.turning)

    def free(self, rng, wanted=lambda pane: True, taken=frozenset()):
        """A pane for a newcomer: an empty one, else the house flower that hangs longest, else a guest's.

        wanted  says of a pane whether it will do; those `taken` are used only when there is no other
        """
        small = [n for n, pane in self.panes.items() if n and wanted(pane)]
        small = [n for n in small if n not in taken] or small
        empty = [n for n in small if self.empty(n)]
        if empty:
            return int(rng.choice(empty))
        return min(small, key=lambda n: (n in self.guests, n in self.opening, self.at[n]))

    def clear(self, number):
        """Leave a pane empty."""
        self._take_down(number)
        self.opening.pop(number, None)
        self.turning.pop(number, None)
        self.guests.pop(number, None)

    def _take_down(self, number):
        if self.held.pop(number, None) is None:
            return
        rows, columns = self._area(number)
        self.picture.px[rows, columns] = self.bare.px[rows, columns]

    def _area(self, number):
        pane, k = self.panes[number], self.picture.scale
        h, w = self.picture.px.shape[:2]
        a, b = pane.width / 2, pane.height / 2
        return (
            slice(max(0, math.floor((pane.y - b) * k)), min(h, math.ceil((pane.y + b) * k))),
            slice(max(0, math.floor((pane.x - a) * k)), min(w, math.ceil((pane.x + a) * k))),
        )

    def _label(self, canvas, number):
        pane = self.panes[number]
        numeral = self.letters.line(canvas, str(number), 21, (150, 38, 30))
        foot = min(pane.y + pane.height / 2 - 10, FOOT - 22)  # clear of the sill's rail
        corner = (pane.x + pane.width / 2 - 24, foot)
        canvas.stamp(numeral, corner, anchor=(1, 1))

    def seen(self):
        """The identities of all flowers that hang, come open or are turned to."""
        coming = [one.flower for one in self.opening.values()] + [one.after for one in self.turning.values()]
        return {id(flower) for flower in (*self.held.values(), *coming)}

    def holding(self):
        """How many panes hold or are getting a flower."""
        return len(set(self.held) | set(self.opening) | set(self.turning))


def ripple(panes, centre, spread):
    """A delay for each pane: the farther from `centre`, the later, `spread` seconds at the farthest."""
    far = {n: math.hypot(p.x - centre[0], p.y - centre[1]) for n, p in panes.items()}
    most = max(far.values()) or 1.0
    return {n: spread * d / most for n, d in far.items()}


def columns(panes, *, rightward, spread):
    """A delay for each pane by its column, for a page that turns from one side."""
    xs = np.array([p.x for p in panes.values()])
    low, high = xs.min(), xs.max()
    return {
        n: spread * ((p.x - low) if rightward else (high - p.x)) / max(1.0, high - low)
        for n, p in panes.items()
    }
