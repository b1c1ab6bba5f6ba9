"""A horse under its rider: the paper window's own sight, and it too keeps the base line."""

import math

_SEAT = -142.0  # y in the rider's drawing of what sits in the saddle, du
_ROCK = 0.022  # radians a mount rocks over its hind legs
_STRIDE = 96.0  # du from one rocking to the next
_SHED = frozenset({"leg_far"})  # a rider's far leg is behind his horse


class Mount:
    """Goes wherever its rider goes; off the paper whenever he walks."""

    def __init__(self, puppet, rider, base):
        self.puppet, self.rider, self.base = puppet, rider, base
        puppet.heel = next(p for p in puppet.figure.parts if p.name == "leg_spring").joint
        puppet.y = base
        self._walked = 0.0

    def step(self, dt, wind=0.0):
        """One frame, after the rider's: it carries him, nods and rocks with the way covered."""
        horse, rider = self.puppet, self.rider.puppet
        rider.hidden = _SHED if self.rider.mounted else frozenset()
        if not self.rider.mounted:
            horse.x, rider.y = 4 * self.base, self.base
            return
        speed = abs(self.rider.hands.aims["x"].speed)
        self._walked += speed * dt
        stride = min(1.0, speed / 180)
        rocking = math.sin(math.pi * self._walked / _STRIDE) * stride
        horse.x, horse.facing, horse.lift = rider.x, rider.facing, rider.lift
        horse.pitch = _ROCK * (rocking + stride) / 2 + self.rider.hands["rear"]
        horse.angles["crest"] = 0.05 * rocking - 0.5 * self.rider.hands["rear"]
        horse.angles["horse_head"] = 0.10 * (1 - stride) - 0.06 * rocking
        horse.step(dt, wind)
        x, y = horse.place("seat")
        rider.x, rider.y = x, y - _SEAT * rider.size
        rider.arrange()
