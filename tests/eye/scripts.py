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


class Life:
    """What a body does underneath all it does: it sways, shifts its weight, looks about, and its hands are
    never quite still. `__call__(t)` gives metres of x, crouch and lean, radians of turn and nod, and metres
    of the left and the right hand."""

    SWAY = np.array([0.02, 0.006, 0.02, 0.06, 0.2, *[0.018] * 6])
    SHIFT = np.array([0.05, 0.012, 0.04, 0.15, 0.3, *[0.05] * 6])

    def __init__(self, rng, strength, seconds=60.0):
        self.sway = strength * self.SWAY * rng.uniform(0.2, 1.0, self.SWAY.size)
        self.turns = 2 * np.pi * rng.uniform(0.12, 0.8, (2, self.SWAY.size))
        self.phase = rng.uniform(0, 2 * np.pi, (2, self.SWAY.size))
        self.shifts = Track(np.zeros(self.SHIFT.size))
        t = 0.0
        while strength and (t := t + rng.exponential(4.5 / strength)) < seconds:
            part = rng.random(self.SHIFT.size) < 0.35
            self.shifts.go(t, rng.uniform(0.5, 1.2), part * rng.normal(0, 1, self.SHIFT.size) * self.SHIFT)

    def __call__(self, t):
        waves = np.sin(self.turns * t + self.phase)
        return self.sway * (waves[0] + 0.5 * waves[1]) + self.shifts(t)


class Person:
    """Tracks of one body; `pose(t)` adds breathing and the life of standing."""

    def __init__(self, rng, manner, x=0.0, z=0.0):
        self.manner = manner
        self.side = rng.choice([-1, 1])
        self.hands = {-1: Track(REST * [-1, 1, 1]), 1: Track(REST)}
        self.root = Track([x, z])
        self.body = Track([0.0, 0.0, 0.0])  # crouch, lean, turn
        self.gait = Track([0.0, 0.0])  # phase, strength
        self.sway = rng.uniform(0, 6.28, 6)
        self.amount = rng.uniform(0.3, 1.3)
        self.life = Life(rng, manner.life)

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
        aside, sink, bend, look, nod, *stir = self.life(t)
        left, right = self.hands[-1](t) + stir[:3], self.hands[1](t) + stir[3:]
        pull = 0.02 * (right[1] - left[1])  # a lifted arm takes the shoulders along
        swing = 0.10 * walk * np.sin(phase) * np.array([0.8, 0.25, 0.9])
        return Pose(
            x + drift + aside,
            z,
            crouch - breath + sink + 0.02 * walk * abs(np.sin(phase)),
            lean - pull + 0.4 * drift + bend,
            turn + look + self.manner.facing,
            left + [0.004 * np.sin(1.3 * t + w[3]), breath, 0] + swing,
            right + [0.004 * np.sin(1.1 * t + w[4]), breath, 0] - swing,
            self.manner.splay,
            phase,
            walk,
            t + w[5] + nod,
        )


def bow(rng, size=0.06):
    return rng.normal(0, size, 3)


def sway(person, t, seconds, way):
    """The body goes along with a stroke, and comes back."""
    reach = person.manner.sway * way
    crouch, lean, turn = person.body.last
    person.body.go(t, seconds * 1.1, [crouch, lean + reach, turn + 1.2 * reach])
    person.body.go(t + seconds * 1.2, 0.7, [crouch, lean, turn])


def stroke(person, rng, side, t, seconds, to, curve):
    """One stroke of one hand as its owner does it: drawn back first, and too far at its end."""
    hand, manner = person.hands[side], person.manner
    to = np.asarray(to, float)
    way = to - hand.last
    far = max(float(np.linalg.norm(way)), 1e-6)
    if manner.windup and far > 0.3:
        hand.go(t - 0.22, 0.22, hand.last - way / far * manner.windup)
    hand.go(t, seconds, to + way * manner.follow, curve)
    if manner.follow:
        hand.go(t + seconds, 0.3, to)


def lift(person, rng, t, truths, both=False):
    """Raise one arm or both; the time it ends."""
    manner, seconds = person.manner, person.manner.pace(rng) * 1.1
    out = UP[0] + 0.10 * manner.forearm + manner.centre / 2
    top = np.array([out, manner.top - 0.12 * manner.forearm, 0.10])
    top = top + rng.normal(0, [0.06, 0.04, 0.05])
    for side in (-1, 1) if both else (person.side,):
        curve = bow(rng) + [manner.aside * side, 0, 0.12]
        stroke(person, rng, side, t, seconds, person.at(side, top), curve)
    sway(person, t, seconds, -0.5 * person.side)
    truths.append(Truth("raise", t, t + seconds))
    return t + seconds


def drop(person, rng, t, truths, both=False):
    seconds = person.manner.pace(rng) * 1.1
    for side in (-1, 1) if both else (person.side,):
        place = person.at(side, REST + rng.normal(0, 0.03, 3))
        person.hands[side].go(t, seconds, place, bow(rng) + [person.manner.aside * side, 0, 0.1])
    truths.append(Truth("lower", t, t + seconds))
    return t + seconds


def ready(person, rng, t, truths, place, seconds=None):
    """Bring the hand to where a stroke begins: not a gesture asked for, so free."""
    seconds = seconds or rng.uniform(0.4, 0.8)
    person.hands[person.side].go(t, seconds, person.at(person.side, place), bow(rng))
    truths.append(Truth("*", t, t + seconds, True))
    return t + seconds


def do_raise_lower(person, rng, t, truths, end):
    while t + 4.5 < end:
        t = lift(person, rng, t, truths, person.manner.both) + rng.uniform(0.5, 1.6)
        t = drop(person, rng, t, truths, person.manner.both) + rng.uniform(0.8, 2.2)


def sweep(person, rng, t, truths, inward):
    """One stroke across, with one hand or with both side by side; the time it ends."""
    manner = person.manner
    level, climb, half = manner.level, manner.slant * manner.reach, 0.42 * manner.reach
    if manner.forearm:
        half *= 0.7
    side = manner.centre + (-half if inward else half)
    to = np.array([side, level + climb / 2, 0.30]) + rng.normal(0, 0.03, 3)
    seconds, way = manner.pace(rng), -person.side if inward else person.side
    curve = bow(rng, 0.02) + [0, rng.normal(0, manner.bow), 0.06]
    stroke(person, rng, person.side, t, seconds, person.at(person.side, to), curve)
    if manner.both and not manner.forearm:
        other = person.hands[-person.side]
        other.go(t, seconds, other.last + [way * 1.2 * half, 0, 0.1], curve)
        other.go(t + seconds + 0.5, 0.7, person.at(-person.side, REST))
    sway(person, t, seconds, way)
    truths.append(Truth("swipe_right" if way > 0 else "swipe_left", t, t + seconds))
    return t + seconds


def do_swipes(person, rng, t, truths, end):
    """Strokes across. Then the hand falls, stays where it is for the next one, or goes back at once."""
    manner = person.manner
    out = False
    half = 0.42 * manner.reach * (0.7 if manner.forearm else 1.0)
    while t + 4.0 < end:
        if not out:
            inward = rng.random() < 0.5
            side = manner.centre + (half if inward else -half)
            first = np.array([side, manner.level - manner.slant * manner.reach / 2, 0.28])
            t = ready(person, rng, t, truths, first + rng.normal(0, 0.03, 3)) + rng.uniform(0.3, 0.9)
        begun = person.hands[person.side].last.copy()
        t = sweep(person, rng, t, truths, inward) + 0.3 * (manner.follow > 0)
        if manner.after == "back":
            t += rng.uniform(0.0, 0.2)
            seconds = rng.uniform(0.5, 0.9)
            person.hands[person.side].go(t, seconds, begun, bow(rng, 0.03))
            t += seconds + rng.uniform(0.8, 1.6)
            out = True
        elif manner.after == "stay" and rng.random() < 0.7:
            t += rng.uniform(0.7, 1.5)
            inward, out = not inward, True
        else:
            t += rng.choice([0.05, 0.3, 0.8])
            t = ready(person, rng, t, truths, REST) + rng.uniform(0.6, 1.6)
            out = False


def do_wave(person, rng, t, truths, end):
    manner = person.manner
    while t + 5.0 < end:
        height = min(rng.uniform(0.05, 0.4), manner.top)
        t = ready(person, rng, t, truths, [0.14 + manner.centre, height, 0.15]) + rng.uniform(0.05, 0.4)
        hertz, cycles = rng.uniform(1.0, 3.2), rng.integers(3, 6)
        reach = rng.uniform(0.10, 0.26) * min(1.0, 2.2 / hertz) * (0.4 + 0.6 * min(1.0, manner.reach))
        person.hands[person.side].shake(t, cycles / hertz, [reach, -0.15 * reach, 0], hertz)
        truths.append(Truth("wave", t, t + cycles / hertz))
        t += cycles / hertz + rng.uniform(0.1, 0.6)
        t = ready(person, rng, t, truths, REST) + rng.uniform(0.8, 2.0)


def do_push(person, rng, t, truths, end):
    while t + 4.0 < end:
        t = ready(person, rng, t, truths, CHEST + [0.05, 0, -0.1]) + rng.uniform(0.3, 0.8)
        seconds = person.manner.pace(rng) * 0.8
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


STROKES = {
    "raise_lower": do_raise_lower,
    "swipes": do_swipes,
    "wave": do_wave,
    "steps": do_steps,
    "push": do_push,
}
