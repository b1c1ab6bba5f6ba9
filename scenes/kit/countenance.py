"""What a living head does of itself: it leans and nods, looks about, blinks, glares, and its hair follows."""

import math

import numpy as np

NARROW = 0.86  # lids of a man who holds still to be painted


class Countenance:
    """Moves a Dresser's head.

    wide, blown, nod   set to 1 (nod also to -1): eyes flash, the beard is blown, the head goes down or up
    """

    def __init__(self, dresser):
        self.dresser = dresser
        self.look = [0.0, 0.0]
        self.wide = self.blown = self.nod = 0.0

    def step(self, frame, *, lean, aim, wind, still):
        """A frame: `lean` -1..1, eyes on `aim` (face units), `wind` 0..1, `still` while he is painted."""
        dt, time, dresser = frame.dt, frame.time, self.dresser
        tilt = lean + 0.10 * math.sin(0.7 * time)
        late = 2.1 * (tilt - dresser.lean)
        dresser.hat_late += (late - dresser.hat_late) * min(1.0, 5 * dt)
        dresser.lean += (tilt - dresser.lean) * min(1.0, 5 * dt)
        dresser.nod += (26 * self.nod - dresser.nod) * min(1.0, 7 * dt)
        self.nod *= math.exp(-dt / 0.5)
        self.blown *= math.exp(-dt / 0.5)
        self.wide *= math.exp(-dt / 0.8)
        if dresser.worn:
            push = 0.25 * wind - 0.25 * dresser.lean - 0.2 * dresser.hat_late
            dresser.beard.step(dt, time, push, wind + 2.2 * self.blown)
        for i in (0, 1):
            self.look[i] += (aim[i] - self.look[i]) * min(1.0, 9 * dt)
        blink = math.sin(1.7 * time) + math.sin(0.71 * time + 1) > 1.93 and self.wide < 0.3
        open_ = (NARROW if still else 1.0) + 0.3 * self.wide
        dresser.eyes.look(*self.look, 0.08 if blink else open_)


def towards_brush(tips):
    """Where eyes go that watch the first of the brushes; None when there is none."""
    if not tips:
        return None
    x, y = tips[0][0]
    return float(np.clip(0.06 * x, -8, 8)), float(np.clip(0.03 * (y - 172), -4, 4))
