"""Knobs: declared once on a scene; a slider, a MIDI target, a cue value and a phone control."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, overload

from engine.core.fades import Fade

CURVES = ("linear", "square", "exp")


class Param:
    """A knob of a scene: `petals = Param(8, 3, 24)`; in the scene `self.petals` is its live value.

    default, low, high  in the designer's own unit; the default must lie in the range
    curve   how the raw 0..1 of a fader becomes a value: linear, square (fine at the low end) or
            exp (equal ratios; low must be above 0)
    slew    seconds for a jump to arrive (time constant of the lag); 0 follows at once
    label   what a console shows, (Chinese, English); the attribute's name when empty
    phone   whether guests' phones may turn it
    """

    def __init__(
        self,
        default: float,
        low: float = 0.0,
        high: float = 1.0,
        *,
        curve: str = "linear",
        slew: float = 0.0,
        label: tuple[str, str] = ("", ""),
        phone: bool = False,
    ) -> None:
        if not low < high:
            raise ValueError(f"a knob needs low < high, found {low} and {high}")
        if not low <= default <= high:
            raise ValueError(f"a knob's default {default} lies outside {low}..{high}")
        if curve not in CURVES:
            raise ValueError(f"unknown curve {curve!r}; one of {', '.join(CURVES)}")
        if curve == "exp" and low <= 0:
            raise ValueError("an exp knob needs low above 0")
        self.default, self.low, self.high = float(default), float(low), float(high)
        self.curve, self.slew, self.label, self.phone = curve, slew, label, phone
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, scene: None, owner: type) -> Param: ...
    @overload
    def __get__(self, scene: object, owner: type) -> float: ...
    def __get__(self, scene: Any, owner: type) -> Any:
        return self if scene is None else scene.knobs[self.name].value

    def __set__(self, scene: Any, value: float) -> None:
        raise AttributeError(f"knob {self.name!r} is turned by cues and controllers, not by the scene")

    def clamp(self, value: float) -> float:
        """`value` brought into the range; anything that is not a finite number becomes the default."""
        return min(self.high, max(self.low, value)) if math.isfinite(value) else self.default

    def from_raw(self, raw: float) -> float:
        """Value for a fader at `raw` 0..1."""
        raw = min(1.0, max(0.0, raw)) if math.isfinite(raw) else self.to_raw(self.default)
        if self.curve == "exp":
            return float(self.low * (self.high / self.low) ** raw)
        return self.low + (self.high - self.low) * (raw * raw if self.curve == "square" else raw)

    def to_raw(self, value: float) -> float:
        """Fader position 0..1 that gives `value`."""
        value = self.clamp(value)
        if self.curve == "exp":
            return math.log(value / self.low) / math.log(self.high / self.low)
        share = (value - self.low) / (self.high - self.low)
        return math.sqrt(share) if self.curve == "square" else share


@dataclass(slots=True)
class Knob:
    """The live side of a Param: where it is going and where it is now."""

    param: Param
    target: float
    value: float
    fade: Fade | None = None

    def turn(self, value: float) -> None:
        """Send the knob to `value` (clamped); a running fade is given up."""
        self.fade = None
        self.target = self.param.clamp(value)

    def snap(self, value: float) -> None:
        """Send the knob to `value` and have it arrive at once."""
        self.turn(value)
        self.value = self.target

    def fade_to(self, value: float, index: int, frames: int) -> None:
        """Start a timed fade to `value` at frame `index`."""
        self.fade = Fade(self.target, self.param.clamp(value), index, frames)

    def step(self, index: int, dt: float) -> None:
        """Advance fade and slew by one frame."""
        if self.fade is not None:
            self.target = self.fade.value(index)
            if self.fade.done(index):
                self.fade = None
        if self.param.slew <= 0:
            self.value = self.target
        else:
            self.value += (self.target - self.value) * (1 - math.exp(-dt / self.param.slew))


def params_of(owner: type) -> dict[str, Param]:
    """Every Param declared on a scene class or its bases, by name, in order of declaration."""
    found: dict[str, Param] = {}
    for cls in reversed(owner.__mro__):
        found.update({n: v for n, v in vars(cls).items() if isinstance(v, Param)})
    return found


def knobs_of(owner: type) -> dict[str, Knob]:
    """Fresh knobs for one scene, each at its default."""
    return {name: Knob(p, p.default, p.default) for name, p in params_of(owner).items()}
