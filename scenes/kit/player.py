"""A human figure in its puppeteer's hands: three rods, so it glides, swings its arms, salutes, turns over."""

import math

from scenes.kit.puppeteer import Puppeteer

AIMS = {
    "x": 8.0,
    "face": 9.0,
    "bow": 8.0,
    "nod": 10.0,
    "near_x": 10.0,
    "near_y": 10.0,
    "far_x": 10.0,
    "far_y": 10.0,
    "rear": 6.0,
}
GLIDE = 250.0  # du a second: a puppet is carried, it never runs
_STRIDE = 74.0  # du from one swing of the arms to the next


class Player:
    """side -1 comes in from the left, 1 from the right; x counts from the middle of the window, du."""

    def __init__(self, puppet, side, *, middle, base, half):
        self.puppet, self.side, self.middle, self.half = puppet, side, middle, half
        self.hands = Puppeteer(puppet, AIMS, {"bow": {"chest": 1.0}, "nod": {"head": 1.0}})
        self.hands.aims["x"].pace = GLIDE
        self.rest = {}
        for name in ("hand", "hand_far"):
            x, y = puppet.figure.sockets[name][1:]
            self.rest[name] = (x + 52, y - 74) if name == "hand" else (x + 62, y - 92)
        puppet.y = base
        self.hands.put(x=side * (half + 300), face=-side, **self._down())
        self._walked, self._waving, self.mounted = 0.0, 0.0, False
        self.step(1 / 60, 0.0)

    def _down(self):
        (nx, ny), (fx, fy) = self.rest["hand"], self.rest["hand_far"]
        return {"near_x": nx, "near_y": ny, "far_x": fx, "far_y": fy}

    def enter(self):
        """Ready to glide in, from its own side if it is off the paper."""
        self.hands.aims["x"].pace = GLIDE
        if abs(self.hands["x"]) > self.half + 100:
            self.mounted = False
            self.hands.put(x=self.side * (self.half + 520), face=-self.side)
        self.lower()

    def leave(self):
        """Off the paper by the nearer side, quickly."""
        here = self.hands["x"]
        self.hands.aims["x"].pace = 3 * GLIDE
        self.lower()
        self.hands.aim(x=math.copysign(self.half + 520, here), face=math.copysign(1, here))

    def move(self, **aims):
        """Aims of a written move; salute 1 folds the hands, 0 lets them down; ride 1 is on horseback."""
        self.mounted = bool(aims.pop("ride", self.mounted))
        salute = aims.pop("salute", None)
        if salute is not None:
            self.salute() if salute else self.lower()
        self.hands.aim(**aims)

    def salute(self):
        """拱手: one hand over the other before the chest, the back bent, the head down."""
        self.hands.aim(near_x=92, near_y=-292, far_x=98, far_y=-298, bow=0.20, nod=0.16)

    def lift(self):
        """Both arms up."""
        self.hands.aim(near_x=78, near_y=-420, far_x=108, far_y=-400, bow=-0.07, nod=-0.12)

    def lower(self):
        """Hands down, back straight."""
        self.hands.aim(bow=0, nod=0, rear=0, **self._down())

    def turn(self):
        """Turned over on the neck rod, to face the other way."""
        self.hands.aim(face=-1 if self.hands.aims["face"].to > 0 else 1)

    def wave(self, strength=1.0):
        """Arms and everything loose swing."""
        self._waving = 1.0
        self.hands.jerk(near_x=500 * strength, far_x=-400 * strength)
        self.puppet.kick(3.0 * strength)

    def step(self, dt, wind=0.0):
        """One frame: arms swing with the way covered; off the paper at the window's edge."""
        hands, puppet = self.hands, self.puppet
        hands.step(dt)
        speed = abs(hands.aims["x"].speed)
        self._walked += speed * dt
        self._waving *= math.exp(-dt / 0.6)
        stride = min(1.0, speed / 180)
        swing = math.sin(math.pi * self._walked / _STRIDE) * stride * (0.2 if self.mounted else 1.0)
        flutter = 26 * self._waving * math.sin(self._waving * 24)
        puppet.x = self.middle + hands["x"]
        puppet.facing = hands["face"]
        puppet.lift = min(1.0, max(0.0, (abs(hands["x"]) - self.half + 150) / 170))
        near = (hands["near_x"] + 46 * swing + flutter, hands["near_y"] + 10 * abs(swing))
        far = (hands["far_x"] - 46 * swing - flutter, hands["far_y"] + 10 * abs(swing))
        puppet.reach("upper", "fore", "hand", near, bend=1)
        puppet.reach("upper_far", "fore_far", "hand_far", far, bend=1)
        puppet.angles["hand"] = 0.25 * swing - 0.3
        puppet.angles["hand_far"] = -0.25 * swing - 0.3
        puppet.step(dt, wind)
