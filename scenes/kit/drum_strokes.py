"""The fourteen strokes of Jiangzhou drumming: their pads, their sound, what each does to drum and dust."""

import tomllib
from dataclasses import dataclass

import numpy as np

from scenes.kit.hide_drum import RINGS, STUDS, SWINGS

SEEN = (
    *("ring", "dust", "round", "spiral", "shell", "slash", "swing"),
    *("dip", "roll", "thunder", "rub", "meet", "cross", "flick"),
)
DUST = 900
GHOST = 40 / 127  # softer strokes shake only the dust
STICKS = {"rub": 40, "meet": 30, "cross": 34}  # frames they are seen


@dataclass(frozen=True)
class Technique:
    """One stroke: its pad, its names, what is seen, and (instrument, strength, semitones) of its sound."""

    note: int
    name: tuple[str, str]
    seen: str
    sound: tuple[tuple[str, float, float], ...]


def read_techniques(path):
    """{note: Technique} from a file; ValueError names the file, the stroke and what is wrong."""
    found = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("stroke", []):
        label = f"{path.name}: stroke {entry.get('note', '?')}"
        if not isinstance(entry.get("note"), int) or not 0 <= entry["note"] <= 127:
            raise ValueError(f"{label}: note must be a whole number 0 to 127")
        if entry["note"] in found:
            raise ValueError(f"{label}: the note has two strokes")
        if entry.get("seen") not in SEEN:
            raise ValueError(f"{label}: seen is {entry.get('seen')!r}; known: {' '.join(SEEN)}")
        if len(entry.get("name", ())) != 2:
            raise ValueError(f"{label}: name needs Chinese and English")
        try:
            sound = tuple((str(n), float(v), float(p)) for n, v, p in entry.get("sound", []))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{label}: sound is a list of [instrument, strength, semitones]") from error
        found[entry["note"]] = Technique(entry["note"], tuple(entry["name"]), entry["seen"], sound)
    if not found:
        raise ValueError(f"{path.name}: no stroke")
    return found


class Marks:
    """What strokes leave for a moment, in the drum's coordinates: studs, dust, slash, sticks, swings."""

    def __init__(self, rng):
        self.rng = rng
        self.studs = np.zeros(2 * STUDS)
        self.rings = np.zeros((len(RINGS), 2))  # swing and its speed
        self.shell = (0.0, 0.0)  # angle, level
        self.slash = (0.0, 0.0, -1)  # angle, aside, age
        self.sticks = ("", 0.0, -1)  # kind, angle, age
        self.turning = (0.0, -1)  # where the rubbed studs began, age
        self.spiral = (0.0, 0.0, -1)  # angle, strength, age
        self.dip = np.zeros(2)
        self.x, self.y, self.vx, self.vy, self.life = np.zeros((5, DUST))
        self.big = rng.integers(0, 3, DUST)
        self._next = 0

    def raise_dust(self, radius, angle, count, speed, *, spread=0.05, life=0.9):
        """Let dust jump from a place, or from places given as arrays."""
        idx = (self._next + np.arange(count)) % DUST
        self._next = (self._next + count) % DUST
        r = radius + self.rng.normal(0, spread, count)
        a = angle + self.rng.normal(0, spread, count)
        self.x[idx], self.y[idx] = r * np.cos(a), r * np.sin(a)
        way, fast = self.rng.uniform(0, 2 * np.pi, count), speed * self.rng.random(count)
        self.vx[idx], self.vy[idx] = fast * np.cos(way), fast * np.sin(way)
        self.life[idx] = life * self.rng.uniform(0.5, 1.0, count)

    def stars(self, count):
        """Gold dust bursts from all round the drum and hangs: a sky of stars."""
        angles = self.rng.uniform(0, 2 * np.pi, count)
        self.raise_dust(self.rng.uniform(1.1, 2.6, count), angles, count, 3.2, spread=0.03, life=1.5)

    def light_studs(self, angle, level, reach):
        """Studs flash, most where the stick fell; `reach` in radians."""
        angles = np.arange(2 * STUDS) * np.pi / STUDS
        away = np.abs((angles - angle + np.pi) % (2 * np.pi) - np.pi)
        self.studs = np.maximum(self.studs, level * np.exp(-((away / reach) ** 2)))

    def show(self, seen, radius, angle, strength):
        """Begin what a stroke shows; visible in this very frame."""
        rng = self.rng
        if seen == "ring":
            self.light_studs(angle, 1.0, 2.2)
            self.raise_dust(1.0, angle, 40, 0.25)
        elif seen == "dust":
            self.raise_dust(
                0.985, angle + rng.normal(0, 0.28, 110), 110, 0.10 + 0.1 * strength, spread=0.008, life=1.1
            )
            self.light_studs(angle, 0.5, 0.2)
        elif seen == "round":
            self.turning = (angle, 0)
            self.light_studs(angle, 1.0, 0.06)
        elif seen == "spiral":
            self.spiral = (angle, strength, 0)
            self._wind(0)
        elif seen == "shell":
            self.shell = (angle, 1.0)
            self.raise_dust(1.15, angle, 50, 0.3)
        elif seen == "slash":
            self.slash = (angle, rng.uniform(-0.25, 0.25), 0)
            along = rng.uniform(-0.8, 0.8, 90)
            self.raise_dust(np.abs(along), np.where(along < 0, angle + np.pi, angle), 90, 0.3, spread=0.02)
        elif seen == "swing":
            near = np.argsort(np.abs((np.array(RINGS) - angle + np.pi) % (2 * np.pi) - np.pi))
            self.rings[near[:2], 0] = np.array([0.6, 0.25]) * (0.5 + 0.5 * strength)
            self.rings[near[:2], 1] = 5.0 * strength
            self.raise_dust(1.25, RINGS[near[0]], 30, 0.3)
        elif seen == "dip":
            self.dip = np.array([6.0 * (0.5 + 0.5 * strength), 0.0])
            self.raise_dust(rng.uniform(0.2, 1.2, 120), rng.uniform(0, 6.28, 120), 120, 0.10, spread=0.02)
        elif seen in STICKS:
            self.sticks = (seen, angle, 0)
            self.raise_dust(0.06, angle, 50 if seen == "cross" else 24, 0.5)
        else:
            self.raise_dust(radius, angle, round(20 + 50 * strength), 0.35 + 0.3 * strength)

    def ghost(self, radius, angle, strength):
        """A stroke so soft that only dust moves."""
        self.raise_dust(
            radius, angle, round(14 + 60 * strength), 0.08 + 0.2 * strength, spread=0.035, life=0.7
        )

    def step(self, dt, wind):
        """One frame: light fades, dust settles, what swings comes to rest."""
        self.studs *= np.exp(-dt / 0.16)
        self.shell = (self.shell[0], self.shell[1] * np.exp(-dt / 0.22))
        keep = np.exp(-2.6 * dt)
        self.vx, self.vy = self.vx * keep + wind * dt * 0.2, self.vy * keep
        self.x, self.y = self.x + self.vx * dt, self.y + self.vy * dt
        self.life = np.maximum(self.life - dt, 0)
        swing, speed = self.rings[:, 0], self.rings[:, 1]
        speed = (speed - 150 * swing * dt) * np.exp(-1.7 * dt)
        self.rings = np.column_stack([swing + speed * dt, speed])
        fall, pace = self.dip
        pace = (pace - 700 * fall * dt) * np.exp(-11 * dt)
        self.dip = np.array([fall + pace * dt, pace])
        self.slash = (*self.slash[:2], self._older(self.slash[2], 22))
        self.sticks = (*self.sticks[:2], self._older(self.sticks[2], STICKS.get(self.sticks[0], 0)))
        self.turning = (self.turning[0], self._older(self.turning[1], 54))
        self.spiral = (*self.spiral[:2], self._older(self.spiral[2], 40))
        if self.turning[1] >= 0:
            self.light_studs(self.turning[0] + self.turning[1] / 54 * 2 * np.pi, 1.0, 0.15)
        if self.spiral[2] >= 0:
            self._wind(self.spiral[2])

    @staticmethod
    def _older(age, until):
        return age + 1 if 0 <= age < until else -1

    def _wind(self, age):
        """Dust along a spiral, from the middle out."""
        angle, _, _ = self.spiral
        share = (age + self.rng.random(14)) / 40
        turn = angle + share * 15
        self.raise_dust(0.06 + 0.78 * share, turn, 14, 0.03, spread=0.006, life=1.2)

    @property
    def swings(self):
        """Which picture each ring shows."""
        return np.clip(np.rint(self.rings[:, 0] / 0.75 * (SWINGS // 2)) + SWINGS // 2, 0, SWINGS - 1).astype(
            int
        )
