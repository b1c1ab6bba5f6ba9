"""Light in the drum's scene: the room's lamp, a lamp for each post, and dust that hangs in the beam."""

import numpy as np

from scenes.kit.solid import glow
from scenes.kit.weifeng import pools

TINTS = {  # the lamp's colour in each act
    "tick": (255, 214, 168),
    "walnuts": (255, 226, 186),
    "directions": (255, 216, 178),
    "tutti": (255, 206, 140),
    "stop": (255, 232, 200),
}
MOTES = 70
SHINES = 5  # strengths of the glow over struck brass


class Lamps:
    """Levels of the thirteen posts' lamps and the gain of the one above; all fade by themselves."""

    def __init__(self, posts, plan):
        self.names = {post.name: i for i, post in enumerate(posts)}
        self.plays = np.array([post.plays for post in posts])
        self.levels = np.zeros(len(posts))
        self.gain = 0.0
        self.flare = 0.0
        self._plan, self._pools = plan, pools(plan.x, plan.y, posts, plan.middle)
        self._brass = np.array([post.at for post in posts if post.plays != "drum"]) + plan.middle
        self._shine = [
            glow(plan.base.scale, 150.0, np.array([255, 196, 96]) * 0.62 * (n + 1) / SHINES)
            for n in range(SHINES)
        ]

    def light(self, names, level):
        """Bring these posts' lamps up to a level, if they are below it."""
        at = [self.names[name] for name in names]
        self.levels[at] = np.maximum(self.levels[at], level)

    def light_all(self, plays, level):
        """The same for all that play one instrument."""
        at = self.plays == plays
        self.levels[at] = np.maximum(self.levels[at], level)

    def out(self):
        """Everything dark at once."""
        self.levels[:], self.gain, self.flare = 0, 0.0, 0.0

    def step(self, dt, goal, life):
        """One frame: the lamp above goes to `goal`, posts fade within `life` seconds."""
        self.levels *= np.exp(-dt / life)
        self.gain += (goal - self.gain) * 0.25
        self.flare *= np.exp(-dt / 0.35)

    def on(self, view, drummer, ambient):
        """(h, w) of 0..1: `ambient` light, waves on the skin, the posts' lamps, a struck shell."""
        cells = ambient * np.float32(self.gain + self.flare + 0.08 * drummer.glow)
        view.relief.model(drummer.skin, cells)
        if view is self._plan:
            cells += np.tensordot(self.levels.astype(np.float32), self._pools, 1) * (1.05 * self.gain)
        angle, level = drummer.marks.shell
        if level > 0.02:
            away = np.abs((view.angle - angle + np.pi) % (2 * np.pi) - np.pi)
            slats = 0.8 * level * (0.6 + 0.4 * np.sin(view.angle * 44))
            cells += slats * np.exp(-((away / 0.7) ** 2) - ((view.r - 1.2) / 0.055) ** 4)
        return np.clip(cells, 0, 1)

    def shine(self, canvas):
        """Beaten brass throws the light back: a glow over every instrument that has just been struck."""
        level = np.minimum((self.levels[1:] ** 2 * SHINES).astype(int), SHINES)
        for n in range(1, SHINES + 1):
            if (level == n).any():
                canvas.stamps(self._shine[n - 1], self._brass[level == n], blend="add")


class Beam:
    """Motes in the lamp's beam; when all else is dark, one that falls."""

    def __init__(self, canvas, rng):
        self.width = canvas.width
        low, high = (0, 0, 0.2), (self.width, 1080, 1)
        self.motes = rng.uniform(low, high, (MOTES, 3))
        self.small = glow(canvas.scale, 3.4, np.array([255, 224, 172]))
        self.large = glow(canvas.scale, 7.0, np.array([255, 240, 214]))

    def step(self, time, wind):
        """One frame of drifting."""
        x, y, z = self.motes.T
        x = (x + (0.16 + 0.8 * wind) * z) % self.width
        y = (y + 0.12 * z + 0.05 * np.sin(time * 0.7 + x * 0.01)) % 1080
        self.motes = np.column_stack([x, y, z])

    def draw(self, canvas):
        """The motes that are in the beam."""
        x, y, z = self.motes.T
        lit = np.exp(-(((x - 0.3 * y - 0.22 * self.width) / 330) ** 2)) * z > 0.34
        canvas.stamps(self.small, self.motes[lit, :2], blend="add")

    def draw_last(self, canvas, seconds, stirred):
        """Black, and one mote that falls; 0..1 how much somebody stirs the air."""
        canvas.fill((0, 0, 0))
        place = np.array([0.415 * self.width + 26 * np.sin(0.9 * seconds) + 90 * stirred, 430 + 22 * seconds])
        canvas.stamp(self.large, place, blend="add")
        if stirred > 0.05:
            canvas.stamps(self.small, [place + [-20, 9], place + [24, -13]], blend="add")
