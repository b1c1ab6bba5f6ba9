"""The hands on the rods: they aim, the leather follows as a spring; and the written moves of a fight."""

import math
import tomllib
from dataclasses import dataclass


@dataclass
class Aim:
    """One thing a hand holds: where it wants to be and where it is; a damped spring between.

    quick  natural frequency in 1/s; damp  damping ratio
    pace   how fast the hand itself may travel, units a second; 0 = at once
    """

    at: float = 0.0
    to: float = 0.0
    speed: float = 0.0
    quick: float = 11.0
    damp: float = 0.72
    pace: float = 0.0
    held: float = 0.0

    def step(self, dt):
        """Half a frame twice, so that quick springs stay stable at 30 frames a second too."""
        way = self.to - self.held
        self.held = self.to if not self.pace else self.held + max(-self.pace * dt, min(self.pace * dt, way))
        for _ in range(2):
            pull = self.quick**2 * (self.held - self.at) - 2 * self.damp * self.quick * self.speed
            self.speed += pull * dt / 2
            self.at += self.speed * dt / 2


class Puppeteer:
    """Aims by name; `joints` of them are angles of parts of the puppet, the rest is read by the scene."""

    def __init__(self, puppet, aims, joints):
        self.puppet = puppet
        self.aims = {name: Aim(quick=quick) for name, quick in aims.items()}
        self.joints = joints

    def __getitem__(self, name):
        return self.aims[name].at

    def aim(self, **wishes):
        """Move the hands: each named aim goes to its new value at the spring's own pace."""
        for name, value in wishes.items():
            self.aims[name].to = float(value)

    def put(self, **wishes):
        """Be there at once."""
        for name, value in wishes.items():
            aim = self.aims[name]
            aim.to = aim.held = aim.at = float(value)
            aim.speed = 0.0

    def jerk(self, **speeds):
        """A sudden push on the rods, in units a second."""
        for name, speed in speeds.items():
            self.aims[name].speed += speed

    def step(self, dt):
        for aim in self.aims.values():
            aim.step(dt)
        for name, parts in self.joints.items():
            for part, share in parts.items():
                self.puppet.angles[part] = self.aims[name].at * share


@dataclass(frozen=True)
class Move:
    """At `beat` the hands of `who` go to `aims` and `sound` is struck; either may be missing."""

    beat: float
    who: str
    aims: dict
    sound: str
    strength: float
    pitch: float


def read_moves(path, who, aims, sounds):
    """(moves in order of beat, length in beats) of a file; ValueError names file, entry and reason."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    length = data.get("beats", 0)
    if not isinstance(length, int | float) or length <= 0:
        raise ValueError(f"{path.name}: beats: must be above 0")
    moves = []
    for i, entry in enumerate(data.get("move", [])):
        rest = dict(entry)
        place = f"{path.name}: move {i + 1}"
        beat, name = rest.pop("beat", None), rest.pop("who", "")
        sound, strength = rest.pop("sound", ""), float(rest.pop("strength", 0.8))
        pitch = float(rest.pop("pitch", 0))
        if not isinstance(beat, int | float) or not 0 <= beat <= length:
            raise ValueError(f"{place}: beat {beat!r} is not within 0..{length}")
        if name and name not in who:
            raise ValueError(f"{place}: nobody is called {name!r}; known: {', '.join(who)}")
        for word in rest:
            if word not in aims:
                raise ValueError(f"{place}: unknown word {word!r}; known: {', '.join(sorted(aims))}")
        for letter in sound:
            if letter not in sounds:
                raise ValueError(f"{place}: unknown sound {letter!r}; known: {' '.join(sounds)}")
        moves.append(Move(float(beat), name, rest, sound, strength, pitch))
    return sorted(moves, key=lambda m: m.beat), float(length)


@dataclass
class Tempo:
    """Beats counted up frame by frame, quickening from `slow` to `fast` beats a minute over `span` beats."""

    slow: float
    fast: float
    span: float
    beat: float = 0.0

    def step(self, dt):
        """(beat before, beat after) this frame."""
        share = min(1.0, self.beat / self.span)
        before = self.beat
        self.beat += (self.slow + (self.fast - self.slow) * share) / 60 * dt
        return before, self.beat


def bounce(beat):
    """0..1..0 within a beat: the small rise of a gliding puppet's step."""
    return abs(math.sin(math.pi * beat))
