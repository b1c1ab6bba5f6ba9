"""People who mean nothing by what they do: every report about them is a false one."""

from __future__ import annotations

import numpy as np

from .scripts import CHEST, REST, Truth, bow

FACE = np.array([-0.05, 0.12, 0.26])


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


def do_fidget(person, rng, t, truths, end):
    """Spectacles, a cup, a telephone, folded arms: a hand goes, does something small, and returns."""
    while t + 4.0 < end:
        place = np.array([rng.choice([-0.20, -0.12, 0.0]), rng.uniform(-0.30, 0.10), rng.uniform(0.2, 0.35)])
        seconds, side = rng.uniform(0.5, 1.1), rng.choice([-1, 1])
        for hand in (-1, 1) if rng.random() < 0.3 else (side,):
            person.hands[hand].go(t, seconds, person.at(hand, place + rng.normal(0, 0.02, 3)), bow(rng))
            for k in range(3):
                at = t + seconds + 0.1 + 0.5 * k
                person.hands[hand].shake(at, 0.4, [0.015, rng.uniform(0.01, 0.05), 0], 2.5)
            person.hands[hand].go(t + seconds + 1.9, seconds, person.at(hand, REST), bow(rng))
        t += 2 * seconds + 1.9 + rng.uniform(0.4, 1.5)


def do_approach(person, rng, t, truths, end):
    """Towards the camera and away again, a little to the side."""
    near = False
    while t + 2.5 < end:
        near = not near
        seconds = rng.uniform(1.2, 2.2)
        x = person.root.last[0] + rng.normal(0, 0.3)
        person.root.go(t, seconds, [np.clip(x, -0.6, 0.6), rng.uniform(0.5, 1.0) if near else 0.0])
        person.gait.go(t, 0.2, [person.gait.last[0], 0.8])
        person.gait.moves.append((t, seconds, np.array([seconds * 2 * np.pi * 0.95, 0.0]), None))
        person.gait.go(t + seconds, 0.2, [person.gait.last[0], 0.0])
        t += seconds + rng.uniform(0.5, 1.5)


def do_pace(person, rng, t, truths, end):
    """A few steps to one side, a halt, a few to the other, hands in use: a presenter."""
    side = rng.choice([-1, 1])
    while t + 3.0 < end:
        seconds = rng.uniform(1.2, 2.4)
        person.root.go(t, seconds, [side * rng.uniform(0.3, 0.9), 0.0])
        person.gait.go(t, 0.2, [person.gait.last[0], 0.7])
        person.gait.moves.append((t, seconds, np.array([seconds * 2 * np.pi * 0.8, 0.0]), None))
        person.gait.go(t + seconds, 0.2, [person.gait.last[0], 0.0])
        for k in range(4):
            place = CHEST + [0.1, 0, 0] + rng.normal(0, [0.08, 0.06, 0.05])
            person.hands[person.side].go(t + 0.5 * k, 0.35, person.at(person.side, place))
        t += max(seconds, 2.0) + rng.uniform(0.2, 1.0)
        side = -side


NEGATIVES = {
    "idle": do_idle,
    "walk": do_walk,
    "talk": do_talk,
    "sit": do_sit,
    "turn": do_turn,
    "scratch": do_scratch,
    "fidget": do_fidget,
    "approach": do_approach,
    "pace": do_pace,
    "passer": do_idle,
}
