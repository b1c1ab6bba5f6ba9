"""What a person does in a clip, and the exact truth about it.

Hands move as people's do: smooth start and end (minimum jerk; Flash and Hogan 1985), along curved paths.
Hand places are metres from their own shoulder for a person of 1.72 m.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .figure import Pose

REST = np.array([0.10, -0.55, 0.06])
UP = np.array([0.08, 0.50, 0.06])
FACE = np.array([-0.02, 0.12, 0.28])
CHEST = np.array([-0.05, -0.22, 0.30])


@dataclass(frozen=True)
class Truth:
    """One stroke that was done: seconds of start and end; `free` ones may be reported or not."""

    name: str
    start: float
    end: float
    free: bool = False


class Track:
    """A value in time: a start and moves added on, each of minimum jerk, with a bow to one side."""

    def __init__(self, start):
        self.start = np.asarray(start, float)
        self.last = self.start.copy()
        self.moves = []

    def go(self, at, seconds, to, bow=None):
        to = np.asarray(to, float)
        self.moves.append((at, seconds, to - self.last, bow))
        self.last = to

    def shake(self, at, seconds, reach, hertz):
        """A sinusoid that swells and dies away inside its time."""
        self.moves.append((at, seconds, np.asarray(reach, float), float(hertz)))

    def __call__(self, t):
        value = self.start.copy()
        for at, seconds, change, more in self.moves:
            u = min(1.0, max(0.0, (t - at) / seconds))
            if isinstance(more, float):
                if 0 < u < 1:
                    edge = min(1.0, 6 * min(u, 1 - u))
                    value += change * edge * np.sin(2 * np.pi * more * (t - at))
                continue
            value += change * (u**3 * (10 - 15 * u + 6 * u * u))
            if more is not None and 0 < u < 1:
                value += more * np.sin(np.pi * u) ** 2
        return value


class Person:
    """Tracks of one body; `pose(t)` adds breathing and the sway of standing."""

    def __init__(self, rng, x=0.0, z=0.0):
        self.side = rng.choice([-1, 1])
        self.hands = {-1: Track(REST * [-1, 1, 1]), 1: Track(REST)}
        self.root = Track([x, z])
        self.body = Track([0.0, 0.0, 0.0])  # crouch, lean, turn
        self.gait = Track([0.0, 0.0])  # phase, strength
        self.sway = rng.uniform(0, 6.28, 6)
        self.amount = rng.uniform(0.3, 1.3)

    def at(self, side, place):
        """A hand place for the hand of one side: x grows outwards."""
        return np.asarray(place) * [side, 1, 1]

    def pose(self, t):
        w, a = self.sway, self.amount
        x, z = self.root(t)
        crouch, lean, turn = self.body(t)
        phase, walk = self.gait(t)
        drift = 0.006 * a * (np.sin(0.9 * t + w[0]) + 0.5 * np.sin(2.3 * t + w[1]))
        breath = 0.003 * a * np.sin(1.6 * t + w[2])
        left, right = self.hands[-1](t), self.hands[1](t)
        pull = 0.02 * (right[1] - left[1])  # a lifted arm takes the shoulders along
        swing = 0.10 * walk * np.sin(phase) * np.array([0.8, 0.25, 0.9])
        return Pose(
            x + drift,
            z,
            crouch - breath + 0.02 * walk * abs(np.sin(phase)),
            lean - pull + 0.4 * drift,
            turn,
            left + [0.004 * np.sin(1.3 * t + w[3]), breath, 0] + swing,
            right + [0.004 * np.sin(1.1 * t + w[4]), breath, 0] - swing,
            phase,
            walk,
            t + w[5],
        )


def pace(rng):
    """Seconds a stroke takes: 0.2..1.2, most near half a second."""
    return float(np.clip(np.exp(rng.normal(np.log(0.5), 0.42)), 0.2, 1.2))


def bow(rng, size=0.06):
    return rng.normal(0, size, 3)


def lift(person, rng, t, truths, free=False, both=False):
    """Raise one arm or both above the head; the time it ends."""
    seconds = pace(rng) * 1.1
    top = UP + rng.normal(0, [0.08, 0.06, 0.05])
    for side in (-1, 1) if both else (person.side,):
        person.hands[side].go(t, seconds, person.at(side, top), bow(rng) + [0.12 * side, 0, 0.12])
    truths.append(Truth("raise", t, t + seconds, free))
    return t + seconds


def drop(person, rng, t, truths, free=False, both=False, to=REST):
    seconds = pace(rng) * 1.1
    for side in (-1, 1) if both else (person.side,):
        place = person.at(side, to + rng.normal(0, 0.03, 3))
        person.hands[side].go(t, seconds, place, bow(rng) + [0.12 * side, 0, 0.1])
    truths.append(Truth("lower", t, t + seconds, free))
    return t + seconds


def ready(person, rng, t, truths, place, seconds=None):
    """Bring the hand to where a stroke begins: not a gesture asked for, so free."""
    seconds = seconds or rng.uniform(0.4, 0.8)
    person.hands[person.side].go(t, seconds, person.at(person.side, place), bow(rng))
    truths.append(Truth("*", t, t + seconds, True))
    return t + seconds


def do_raise_lower(person, rng, t, truths, end):
    both = rng.random() < 0.3
    while t + 4.5 < end:
        t = lift(person, rng, t, truths, both=both) + rng.uniform(0.5, 1.6)
        t = drop(person, rng, t, truths, both=both) + rng.uniform(0.8, 2.2)


def do_swipes(person, rng, t, truths, end):
    """Strokes across, from the far side outwards or from outside inwards; then the hand falls."""
    level = rng.uniform(-0.15, 0.15)
    while t + 4.0 < end:
        outer, inner = np.array([0.42, level, 0.28]), np.array([-0.38, level, 0.32])
        outward = rng.random() < 0.5
        first, last = (inner, outer) if outward else (outer, inner)
        first, last = first + rng.normal(0, 0.04, 3), last + rng.normal(0, 0.04, 3)
        t = ready(person, rng, t, truths, first) + rng.uniform(0.25, 0.9)
        seconds = pace(rng)
        person.hands[person.side].go(t, seconds, person.at(person.side, last), bow(rng, 0.04))
        right = (person.side > 0) == outward
        truths.append(Truth("swipe_right" if right else "swipe_left", t, t + seconds))
        t += seconds + rng.choice([0.05, 0.3, 0.8])
        t = ready(person, rng, t, truths, REST) + rng.uniform(0.6, 1.6)


def do_wave(person, rng, t, truths, end):
    while t + 5.0 < end:
        t = ready(person, rng, t, truths, [0.12, rng.uniform(0.12, 0.4), 0.15]) + rng.uniform(0.05, 0.4)
        hertz, cycles = rng.uniform(1.2, 3.0), rng.integers(3, 6)
        reach = rng.uniform(0.11, 0.24) * min(1.0, 2.2 / hertz)
        person.hands[person.side].shake(t, cycles / hertz, [reach, -0.02, 0], hertz)
        truths.append(Truth("wave", t, t + cycles / hertz))
        t += cycles / hertz + rng.uniform(0.1, 0.6)
        t = ready(person, rng, t, truths, REST) + rng.uniform(0.8, 2.0)


def do_push(person, rng, t, truths, end):
    while t + 4.0 < end:
        t = ready(person, rng, t, truths, CHEST + [0.05, 0, -0.1]) + rng.uniform(0.3, 0.8)
        seconds = pace(rng) * 0.8
        person.hands[person.side].go(t, seconds, person.at(person.side, [-0.02, -0.05, 0.62]))
        truths.append(Truth("push", t, t + seconds))
        t += seconds + rng.uniform(0.2, 0.8)
        t = ready(person, rng, t, truths, REST) + rng.uniform(0.8, 1.8)


def do_steps(person, rng, t, truths, end):
    side = rng.choice([-1, 1])
    while t + 3.0 < end:
        seconds, far = rng.uniform(0.5, 1.0), rng.uniform(0.45, 0.8)
        x, z = person.root.last
        person.root.go(t, seconds, [x + side * far, z])
        person.gait.go(t, 0.15, [person.gait.last[0], 0.6])
        person.gait.go(t + 0.15, seconds - 0.15, [person.gait.last[0] + np.pi, 0.6])
        person.gait.go(t + seconds, 0.15, [person.gait.last[0], 0.0])
        truths.append(Truth("step_right" if side > 0 else "step_left", t, t + seconds))
        t += seconds + rng.uniform(1.0, 2.2)
        side = -side


def do_idle(person, rng, t, truths, end):
    pass


def do_walk(person, rng, t, truths, end):
    """Across the picture and back, out of it at both ends, sometimes with a stop."""
    side = rng.choice([-1, 1])
    person.root.start[0] = person.root.last[0] = -side * 3.2
    while t + 3.0 < end:
        speed = rng.uniform(0.8, 1.6)
        seconds = 6.4 / speed
        person.root.moves.append((t, seconds, np.array([side * 6.4, 0.0]), None))
        person.root.last = person.root.last + [side * 6.4, 0.0]
        person.gait.go(t, 0.1, [person.gait.last[0], 1.0])
        person.gait.moves.append((t, seconds, np.array([seconds * 2 * np.pi * 0.95, 0.0]), None))
        t += seconds + rng.uniform(0.5, 1.5)
        side = -side


def do_talk(person, rng, t, truths, end):
    """Hands that speak along: short beats in front of the chest, pauses, one hand or two."""
    for side in (-1, 1):
        person.hands[side].go(t, 0.7, person.at(side, CHEST + [0.1, 0, 0]))
    truths.append(Truth("*", t, t + 0.7, True))
    t += 1.2
    while t + 1.5 < end:
        for side in (-1, 1) if rng.random() < 0.4 else (rng.choice([-1, 1]),):
            place = CHEST + [0.1, 0, 0] + rng.normal(0, [0.09, 0.07, 0.06])
            person.hands[side].go(t, rng.uniform(0.2, 0.5), person.at(side, place))
        t += rng.uniform(0.25, 0.6) if rng.random() < 0.8 else rng.uniform(1, 2)


def do_sit(person, rng, t, truths, end):
    low = 0.0
    while t + 2.0 < end:
        low = 0.42 - low
        seconds = rng.uniform(0.8, 1.5)
        person.body.go(t, seconds, [low, 0, 0])
        t += seconds + rng.uniform(0.8, 2.0)


def do_turn(person, rng, t, truths, end):
    turn = 0.0
    while t + 2.0 < end:
        turn = rng.uniform(-1.3, 1.3) if abs(turn) < 0.3 else 0.0
        seconds = rng.uniform(0.5, 1.2)
        person.body.go(t, seconds, [0, rng.normal(0, 0.05), turn])
        t += seconds + rng.uniform(0.6, 1.8)


def do_scratch(person, rng, t, truths, end):
    """A hand to the head or the other arm, a few small rubs, and down again."""
    while t + 4.0 < end:
        place = FACE + rng.normal(0, 0.05, 3) if rng.random() < 0.6 else np.array([-0.30, -0.22, 0.15])
        seconds = rng.uniform(0.5, 0.9)
        person.hands[person.side].go(t, seconds, person.at(person.side, place), bow(rng))
        t += seconds
        person.hands[person.side].shake(t, 1.0, [0.02, 0.03, 0], rng.uniform(2.5, 4))
        t += 1.0
        person.hands[person.side].go(t, seconds, person.at(person.side, REST), bow(rng))
        t += seconds + rng.uniform(0.6, 1.8)


STROKES = {
    "raise_lower": do_raise_lower,
    "swipes": do_swipes,
    "wave": do_wave,
    "steps": do_steps,
    "push": do_push,
}
NEGATIVES = {
    "idle": do_idle,
    "walk": do_walk,
    "talk": do_talk,
    "sit": do_sit,
    "turn": do_turn,
    "scratch": do_scratch,
}
KINDS = STROKES | NEGATIVES
