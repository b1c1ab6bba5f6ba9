"""Hat-wing craft (帽翅功): two damped springs, and the feat of beating one while the other is still."""

import math

FREQUENCY = 2.6  # Hz of a wing on its spring
DAMPING = 0.06
PLATE = 5.4  # Hz of the plate at the spring's end, which follows late
LIVELY, STILL = 0.50, 0.17  # swing above which a wing beats, below which it rests
HOLD = 1.7  # seconds one must beat alone
REST = 5.0  # seconds before the next feat counts
MOST = 1.35
COUPLING = 0.012  # how much of a wing's swing the head passes on to the other
CALLS = (("both", 8), ("left", 12), ("both", 4), ("right", 12))  # who is called, for how many beats


class Wing:
    """x'' = -(2 pi f)^2 x - 2 z (2 pi f) x' + a(t); `swing` 0..1 is how far it beats, whatever its phase."""

    def __init__(self):
        self.x = self.v = self.y = self.w = 0.0

    def kick(self, strength):
        """A shake that alone would swing it to `strength`. A neck that knows its hat goes with the wing."""
        way = -1 if self.v < 0 and self.swing > 0.12 else 1
        self.v += way * 2 * math.pi * FREQUENCY * strength

    def step(self, dt, push=0.0):
        """A frame, in two half steps; `push` is an acceleration in swings a second squared."""
        w0, w1 = 2 * math.pi * FREQUENCY, 2 * math.pi * PLATE
        for _ in range(2):
            half = dt / 2
            self.v += half * (push - w0 * w0 * self.x - 2 * DAMPING * w0 * self.v)
            self.x += half * self.v
            self.w += half * (w1 * w1 * (self.x - self.y) - 2 * 0.22 * w1 * self.w)
            self.y += half * self.w
        if self.swing > MOST:  # the stop of the spring
            self.v *= MOST / self.swing
            self.x *= MOST / self.swing

    @property
    def swing(self):
        return math.hypot(self.x, self.v / (2 * math.pi * FREQUENCY))


class Pair:
    """Both wings, who is called to beat, and when the feat is done.

    feats  how often the left and the right wing has beaten alone
    held   0..1 how near to the feat: how long one has beaten alone
    """

    def __init__(self):
        self.left, self.right = Wing(), Wing()
        self.feats = [0, 0]
        self.alone, self.since, self.rested = 0, 0.0, REST
        self.hands = 0.0

    def kick(self, side, strength):
        """A blow to one wing, or to both for side 0."""
        for wing, own in ((self.left, -1), (self.right, 1)):
            if side in (0, own):
                wing.kick(strength)

    def step(self, dt, push=0.0):
        """A frame; -1 or 1 in the frame in which that wing's feat is done, else 0."""
        a, b = self.left.x, self.right.x
        w2 = (2 * math.pi * FREQUENCY) ** 2
        self.left.step(dt, push + COUPLING * w2 * b)
        self.right.step(dt, push + COUPLING * w2 * a)
        self.rested += dt
        one, two = self.left.swing, self.right.swing
        alone = -1 if one > LIVELY and two < STILL else 1 if two > LIVELY and one < STILL else 0
        self.since = self.since + dt if alone and alone == self.alone else max(0.0, self.since - 2 * dt)
        self.alone = alone or (self.alone if self.since > 0 else 0)
        if self.since < HOLD or self.rested < REST:
            return 0
        self.rested, self.since = 0.0, 0.0
        self.feats[0 if self.alone < 0 else 1] += 1
        return self.alone

    @property
    def held(self):
        return min(1.0, self.since / HOLD) if self.rested >= REST else 0.0


def called(beat):
    """("both", "left" or "right", share 0..1 of that call gone) at a beat of the music."""
    whole = sum(n for _, n in CALLS)
    within = beat % whole if beat > 0 else 0.0
    for who, beats in CALLS:
        if within < beats:
            return who, within / beats
        within -= beats
    return CALLS[-1][0], 1.0


def halves(signal, joined):
    """How strongly an act of the house moves the left and the right wing, 0..1 each.

    Phones of the left half send x = 0, those of the right x = 1, which the gateway folds block by block:
    each third of the stage holds one column of seats, so the mean tells how many of a column were right.
    """
    column = min(2, int(signal.x * 3))
    right = min(1.0, max(0.0, signal.x * 3 - column)) if column == 1 else column / 2
    full = max(1.0, 0.25 * joined)
    strength = min(1.0, 0.30 + signal.count / full) * (0.35 + 0.65 * signal.value)
    return (1 - right) * strength, right * strength
