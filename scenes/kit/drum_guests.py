"""What the house taps: centre or rim, whose direction, and when it is played."""

from dataclasses import dataclass

import numpy as np

from scenes.kit.weifeng import guests_direction

RIM = 0.74  # of a phone's drum head, from where on it is the rim
WAITING = 24  # taps that wait for the next eighth; more are one sound anyway


@dataclass(frozen=True)
class Tap:
    """One tap, or a block's taps of one moment: 嗒 on the rim or 咚 in the middle, and the gongs it wakes."""

    rim: bool
    radius: float
    angle: float
    force: float
    gongs: tuple[str, ...]


def read_tap(signal):
    """A Tap from a signal: a phone's x is its seat's third of the stage and its place on the phone in one."""
    x = (signal.x * 3) % 1.0 if signal.controller == "phone" else signal.x
    radius = min(1.0, 2 * float(np.hypot(x - 0.5, signal.y - 0.5)))
    angle = float(np.arctan2(signal.y - 0.5, x - 0.5))
    rim = signal.text in ("rim", "嗒") or (signal.text not in ("centre", "咚") and radius > RIM)
    gongs = guests_direction(signal.x, signal.number, signal.count)
    return Tap(rim, radius, angle, 0.35 + 0.4 * signal.value, gongs)
