"""An animal of the fight in its puppeteer's hands: charge, toss, strike, lash, kneel and bow."""

import math

from scenes.kit.puppeteer import Puppeteer

AIMS = {"x": 9.0, "pitch": 10.0, "neck": 12.0, "head": 13.0, "jaw": 18.0, "kneel": 7.0, "shift": 8.0}
JOINTS = {"neck": {"neck": 1.0}, "head": {"head": 1.0}, "jaw": {"jaw": 1.0}}
_FOLD = {"leg_fore": -0.92, "leg_fore_far": -0.80}


class Beast:
    """side -1 stands left and looks right, 1 stands right; `rod` 0..1 is what the house's hands hold."""

    def __init__(self, puppet, side, *, middle, base, home, half):
        self.puppet, self.side, self.middle, self.home, self.half = puppet, side, middle, home, half
        self.hands = Puppeteer(puppet, AIMS, JOINTS)
        puppet.facing, puppet.y = -float(side), base
        hip = next(p for p in puppet.figure.parts if p.name == "leg_hind").joint
        puppet.heel = hip
        self.hands.aims["x"].pace = 1300.0
        self.hands.put(x=half + 560)
        fore = [p for p in puppet.figure.parts if "fore" in p.name]
        self._soles = [(p.name, at) for p in fore for at in p.outline[:: max(1, len(p.outline) // 14)]]
        self._reach = abs(next(p for p in fore if p.name == "leg_fore").joint[0] - hip[0]) * puppet.size
        self._shins = [p.name for p in puppet.figure.parts if p.parent in _FOLD]
        self.wins, self._sunk = 0, 0.0
        self.step(1 / 60, 0.0)

    def enter(self):
        """Onto the paper, to its own side."""
        self.hands.aim(x=self.home, kneel=0, pitch=0, neck=0, head=0, jaw=0, shift=0)

    def leave(self):
        """Off the paper on its own side."""
        self.hands.aim(x=self.half + 560, kneel=0, pitch=0, neck=0, head=0, jaw=0, shift=0)

    def move(self, *, tail=0.0, **aims):
        """Aims of a written move."""
        if tail:
            self.lash(tail)
        if "x" in aims:
            aims["x"] *= self.puppet.size
        self.hands.aim(**aims)

    def hold(self, rod, way, seconds):
        """The house's rod: low and back at 0, thrown forward at 1; `way` is the lean of the room, -1..1."""
        push = rod - 0.5
        breath = math.sin(2.4 * seconds + self.side)
        reach = 250 if push > 0 else 120
        self.hands.aim(x=self.home - reach * push + 7 * breath, neck=0.14 - 0.60 * push + 0.035 * breath)
        self.hands.aim(head=0.18 - 0.75 * push + 0.05 * math.sin(1.7 * seconds + 2 * self.side))
        self.hands.aim(shift=90 * way, pitch=max(0.0, 0.5 * (push - 0.2)), jaw=max(0.0, 0.5 * push))

    def toss(self, strength=1.0):
        """Horns or jaws thrown up."""
        self.hands.jerk(head=-9.0 * strength, neck=-5.0 * strength, jaw=9.0 * strength, x=-420 * strength)
        self.lash(0.8 * strength)

    def strike(self, strength=1.0):
        """A stamp forward with the whole body."""
        self.hands.jerk(x=-1500 * strength, head=4.0 * strength, pitch=1.6 * strength)
        self.puppet.kick(5.0 * strength, ("leg", "shin", "paw"))

    def rear(self, strength=1.0):
        """Up on the hind legs."""
        self.hands.jerk(pitch=6.5 * strength, neck=-2.5 * strength, jaw=7.0 * strength)
        self.puppet.kick(4.0 * strength, ("leg_fore", "shin_fore", "paw_fore"))

    def recoil(self, strength):
        """Thrown back from a clash."""
        self.hands.jerk(x=1300 * strength, pitch=2.6 * strength, head=-3.0 * strength)

    def lash(self, strength=1.0):
        """Swing the tail."""
        self.puppet.kick(9.0 * strength, ("tail",))

    def kneel(self, depth):
        """Bow to the house: forelegs fold, the head goes to the ground; 0 stands up again."""
        self.hands.aim(kneel=depth, pitch=-0.11 * depth, neck=0.25 * depth, head=0.24 * depth, jaw=0.0)

    def step(self, dt, wind=0.0):
        """One frame of hands, then of what hangs free."""
        hands, puppet = self.hands, self.puppet
        hands.step(dt)
        puppet.x = self.middle + self.side * hands["x"] + hands["shift"]
        puppet.lift = min(1.0, max(0.0, (hands["x"] - self.half + 120) / 260))
        puppet.pitch = max(-0.03, hands["pitch"] + 0.11 * hands["kneel"]) + self._sunk
        puppet.angles["jaw"] = min(0.75, max(-0.05, hands["jaw"]))
        for name, angle in _FOLD.items():
            puppet.rest[name] = angle * hands["kneel"]
        for name in self._shins:
            puppet.rest[name] = 0.95 * hands["kneel"]
        puppet.step(dt, wind)
        self._ground()

    def _ground(self):
        """Forelegs stand or kneel on the base line: the chest follows them, never they it."""
        puppet = self.puppet
        deep = max(puppet.spot(*sole)[1] for sole in self._soles) - puppet.y
        kneeling = min(1.0, max(0.0, 4 * self.hands["kneel"]))
        lean = deep / self._reach * (1.0 if deep > 0 else kneeling)
        self._sunk = max(-0.26, self._sunk + lean) if kneeling else 0.0
        if lean:
            puppet.pitch += lean
            puppet.arrange()

    @property
    def front(self):
        """x of the foremost point of the head."""
        nose, horn = self.puppet.place("nose")[0], self.puppet.place("horn")[0]
        return max(nose, horn) if self.side < 0 else min(nose, horn)

    @property
    def pace(self):
        """du a second towards the other one."""
        return -self.hands.aims["x"].speed
