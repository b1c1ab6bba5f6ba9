"""A leather puppet in the hand: joints, free-hanging legs, rods, reaching arms, painted by multiplying."""

import math

import numpy as np

from scenes.kit.dyeing import dye_all
from scenes.kit.rod import Rod

LEAVING = 1.04  # a puppet taken off the paper grows by this and blurs
GRIP = 220.0  # du/s2 the paper and the base line take before a leg that stands begins to swing


class Puppet:
    """A figure on the window.

    x, y      where its root stands on the base line, design units
    facing    1 looks right, -1 left; between them it is being turned over
    pitch     radians the whole figure leans back about `heel`
    lift      0 pressed on the paper .. 1 off it
    angles    part name -> radians to its parent, clockwise as seen facing right
    rest      free part name -> radians it hangs away from plumb, as a folded leg does
    hidden    names of parts taken off for now, as a rider's far leg is
    """

    def __init__(self, figure, dyes, *, canvas, mottle, size=1.0):
        self.figure, self.size = figure, size
        scale = canvas.scale * size
        self.pieces = dye_all(figure.parts, dyes, scale, mottle)
        self.rods = [Rod(canvas) for _ in figure.rods]
        self.angles = {p.name: 0.0 for p in figure.parts}
        self._free = [p for p in figure.parts if p.swing]
        self._swings = np.array([[p.swing.w0, p.swing.zeta, p.swing.drive, p.swing.hang] for p in self._free])
        # a foot on the base line stands: no draught and no small push stirs it, only what hangs clear of it
        self._sail = np.array([not p.name.startswith(("leg", "shin", "paw", "hoof")) for p in self._free])
        self._theta, self._omega = np.zeros(len(self._free)), np.zeros(len(self._free))
        self.rest = {p.name: 0.0 for p in self._free}
        self.x, self.y, self.facing, self.pitch, self.lift = 0.0, 0.0, 1.0, 0.0, 0.0
        self.heel, self.hidden = (0.0, 0.0), frozenset()
        self._last_x, self._speed = None, 0.0
        self.frames = {}
        self.arrange()

    def step(self, dt, wind=0.0):
        """Let what hangs free swing for one frame: damped pendulums driven by the root's acceleration."""
        if self._last_x is None:
            self._last_x = self.x
        speed = (self.x - self._last_x) / dt
        push = float(np.clip((speed - self._speed) / dt, -9000, 9000)) * (1 if self.facing >= 0 else -1)
        self._last_x, self._speed = self.x, speed
        if len(self._free):
            w0, zeta, drive, hang = self._swings.T
            plumb = -hang * self._parent_turns() + np.array(list(self.rest.values()))
            firm = math.copysign(max(0.0, abs(push) - GRIP), push)
            stirred = np.where(self._sail, push + wind, firm)
            pull = w0**2 * (plumb - self._theta) - 2 * zeta * w0 * self._omega + drive * stirred
            self._omega += pull * dt
            self._theta = np.clip(self._theta + self._omega * dt, -1.9, 1.9)
            for part, angle in zip(self._free, self._theta, strict=True):
                self.angles[part.name] = float(angle)
        self.arrange()

    def kick(self, speed, names=None):
        """Throw the free parts (all, or those whose names begin with one of `names`) by radians a second."""
        for i, part in enumerate(self._free):
            if names is None or part.name.startswith(tuple(names)):
                self._omega[i] += speed * (1 if i % 2 else 0.8)

    def arrange(self):
        """Work out every part's frame: rows ((a, b, x), (c, d, y)) from figure units to design units.

        Plain numbers, for two dozen little arrays a puppet and frame cost more than the leather they place.
        """
        s = self.size * (1 + (LEAVING - 1) * self.lift)
        flip = self.facing if abs(self.facing) > 0.05 else math.copysign(0.05, self.facing)
        stand = ((s * flip, 0.0, self.x), (0.0, s, self.y))
        self.frames = {"": _turned(stand, self.heel, -self.pitch)}
        self._turns = {"": -self.pitch}
        for part in self.figure.parts:
            angle = self.angles[part.name]
            self.frames[part.name] = _turned(self.frames[part.parent], part.joint, angle)
            self._turns[part.name] = self._turns[part.parent] + angle

    def _parent_turns(self):
        return np.array([self._turns[p.parent] for p in self._free])

    def place(self, socket):
        """Design-unit place of a socket."""
        part, x, y = self.figure.sockets[socket]
        return self.spot(part, (x, y))

    def spot(self, part, at):
        """Design-unit place of a point given in the figure's rest drawing."""
        (a, b, x), (c, d, y) = self.frames[part]
        return a * at[0] + b * at[1] + x, c * at[0] + d * at[1] + y

    def reach(self, upper, lower, hand, target, bend=1.0):
        """Two-link arm: angles of `upper` and `lower` that bring the socket `hand` to `target`.

        target is in figure units as the chest lies now; bend 1 or -1 chooses the elbow's side
        (law of cosines; the target is brought within the arm's reach).
        """
        parts = {p.name: p for p in self.figure.parts}
        shoulder, elbow = np.array(parts[upper].joint), np.array(parts[lower].joint)
        wrist = np.array(self.figure.sockets[hand][1:])
        a, b = np.linalg.norm(elbow - shoulder), np.linalg.norm(wrist - elbow)
        way = np.array(target) - shoulder
        far = float(np.clip(np.linalg.norm(way), abs(a - b) + 1, a + b - 1))
        inner = math.acos((a * a + far * far - b * b) / (2 * a * far))
        outer = math.acos((a * a + b * b - far * far) / (2 * a * b))
        first = math.atan2(way[1], way[0]) + bend * inner
        second = first + bend * (outer - math.pi)
        rest_a, rest_b = math.atan2(*(elbow - shoulder)[::-1]), math.atan2(*(wrist - elbow)[::-1])
        self.angles[upper] = _near(first - rest_a)
        self.angles[lower] = _near((second - rest_b) - (first - rest_a))

    def paint_rods(self, canvas, hand, window):
        """The rods, each from its place on the leather down to the hand that holds it at y = `hand`."""
        for rod, tied in zip(self.rods, self.figure.rods, strict=True):
            foot = self.x + math.copysign(1.0, self.facing) * tied.foot * self.size
            rod.paint(canvas, self.spot(tied.part, tied.at), (foot, hand), window)

    def paint(self, canvas, window):
        """Multiply the figure onto the picture; the order of parts makes no difference."""
        level = 0 if self.lift < 0.2 else 1 if self.lift < 0.65 else 2
        for part in self.figure.parts:
            if part.name in self.hidden:
                continue
            gel, k, corner = self.pieces[part.name].gels[level]
            (a, b, _), (c, d, _) = self.frames[part.name]
            x, y = self.spot(part.name, corner)
            gel.lay(canvas, ((a * k, b * k, x), (c * k, d * k, y)), within=window)


def _turned(frame, centre, angle):
    """`frame` after a turn by `angle` about a point of its own."""
    if angle == 0.0:
        return frame
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = centre
    u, v = x - cos * x + sin * y, y - sin * x - cos * y
    return tuple((a * cos + b * sin, b * cos - a * sin, a * u + b * v + w) for a, b, w in frame)


def _near(angle):
    """The same angle in -pi..pi."""
    return (angle + math.pi) % (2 * math.pi) - math.pi
