"""Palms on their way over the screen: guests' strokes, great sweeps, and three that work when nobody does."""

from collections import deque

import numpy as np

from scenes.kit.gloss import PALM
from scenes.kit.screen import BOTTOM, LEAF, LEAVES, LEFT, TOP

WAITING = 1500  # passes kept for coming frames
HANDS = 3
ROUND = 34  # frames to a circle of a working palm
FULL = 17  # twentieths of gloss at which a leaf counts as done
LARGE = 105.0


class Palms:
    """`lay`, `circle`, `sweep`, `hold` ask for passes (x, y, strength, size); `due` hands them out."""

    def __init__(self, rng, shift):
        self.shift, self.rng = shift, rng
        self.waiting = deque(maxlen=WAITING)
        self.sweeps = []
        self.at = rng.permutation(LEAVES)[:HANDS].astype(int)
        self.row = rng.uniform(0, 1, HANDS)
        self.phase = rng.uniform(0, 2 * np.pi, HANDS)

    def lay(self, x, y, strength=1.0, size=PALM):
        """One pass."""
        self.waiting.append((x, y, strength, size))

    def circle(self, place, *, rounds=1, strength=1.0, radius=36.0):
        """A few rounds about a place."""
        for a in np.arange(0, 2 * np.pi * rounds, 0.6):
            self.lay(place[0] + radius * np.cos(a), place[1] + radius * np.sin(a), strength)

    def sweep(self, x, y, width):
        """A large palm from one side of (x, y) to the other, over the next second and a half."""
        if len(self.sweeps) < 6:
            u = np.linspace(-1, 1, 90)
            path = np.column_stack([x + u * 0.28 * width, y + 90 * np.sin(u * 5)])
            self.sweeps.append(deque(path.tolist()))

    def hold(self, x, y, seconds, strength):
        """A palm that stays and circles."""
        a = seconds * 9
        self.lay(x + 40 * np.cos(a), y + 40 * np.sin(a), 1.4 * strength, 1.3 * PALM)

    def due(self, most):
        """The passes of this frame."""
        for path in self.sweeps:
            self.lay(*path.popleft(), 1.0, LARGE)
        self.sweeps = [path for path in self.sweeps if path]
        return [self.waiting.popleft() for _ in range(min(most, len(self.waiting)))]

    def work(self, gloss, index):
        """One frame of the unseen hands, who take the dullest leaves; True when all twelve shine.

        gloss  of each leaf in twentieths
        """
        for hand in range(HANDS):
            if index % 240 == 80 * hand or gloss[self.at[hand]] >= FULL:
                dull = sorted(range(LEAVES), key=lambda n: (gloss[n], (n * 5 + hand * 4) % LEAVES))
                taken = set(np.delete(self.at, hand).tolist())
                self.at[hand] = next(n for n in dull if n not in taken)
            self._rub(hand, index)
        return min(gloss) >= FULL

    def _rub(self, hand, index):
        """Circles that wander up and down the leaf, a pass a frame."""
        left = LEFT + self.shift + self.at[hand] * LEAF
        a = 2 * np.pi * index / ROUND + self.phase[hand]
        down = 0.5 - 0.5 * np.cos(2 * np.pi * (index / 620 + self.row[hand]))
        x = left + LEAF / 2 + 44 * np.cos(a) + 16 * np.sin(index / 97 + hand)
        y = TOP + 40 + down * (BOTTOM - TOP - 90) + 44 * np.sin(a)
        self.lay(x, y, 0.3, 1.1 * PALM)
