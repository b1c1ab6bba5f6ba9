"""How a broad leaf falls: from side to side, rolling over its middle vein, quickest between its turns."""

import math
from dataclasses import dataclass, field

import numpy as np

SWAY = 0.12 * 1080  # A: to each side, design units
BEAT = 2.2  # w: radians a second
ROLL = 1.05  # radians to each side


@dataclass
class Falling:
    """One leaf on its way down: x = A sin(wt), roll proportional to cos(wt), vy = v0 (1 + .5 |sin wt|).

    x, y    of the leaf's middle were it not swaying, design units
    turn    radians, how the leaf lies in the picture
    """

    x: float
    y: float
    size: float
    speed: float = 90.0
    phase: float = 0.0
    turn: float = 0.0
    spin: float = 0.25
    sway: float = SWAY
    look: int = 0
    age: float = 0.0
    lift: float = 0.0
    afloat: float = -1.0
    goal: float = 2000.0
    extra: dict = field(default_factory=dict)

    @property
    def beat(self):
        return BEAT * self.age + self.phase

    @property
    def at(self):
        """Where the middle is now."""
        reach = self.sway if self.afloat < 0 else 0.0
        return self.x + reach * math.sin(self.beat), self.y

    @property
    def roll(self):
        """Radians about the middle vein."""
        return ROLL * math.cos(self.beat)

    def step(self, dt, drift=0.0):
        """Fall for one frame; `drift` carries it sideways, design units a second; lift slows or raises it."""
        self.age += dt
        self.y += dt * (self.speed * (1 + 0.5 * abs(math.sin(self.beat))) - self.lift)
        self.x += dt * drift
        self.lift *= math.exp(-dt / 0.9)
        self.turn += dt * self.spin * math.cos(self.beat)

    def matrix(self, sheet, foot, scale, *, flat=1.0):
        """From the pixels of a leaf's sheet to design units: rolled, turned, tilted by the sway."""
        k = self.size / scale
        lean = self.turn + 0.45 * math.sin(self.beat) * (self.afloat < 0)
        c, s = math.cos(lean), math.sin(lean)
        across = math.cos(self.roll) if self.afloat < 0 else 1.0
        m = np.array([[c * across, -s], [s * across, c]]) * k
        m[1] *= flat
        middle = np.array(foot) - (0, 0.32 * sheet.px.shape[0])
        place = np.array(self.at) - m @ middle
        return np.column_stack([m, place])
