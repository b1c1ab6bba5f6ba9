"""The patch: which signal turns which knob, calls which verb, gives which order. Data, not code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.core.signals import Kind, Signal

ORDERS = (
    "go", "back", "standby", "jump", "hold", "blackout", "panic", "freeze", "curtain", "phones", "autoplay",
    "master", "mode", "quit",
)  # fmt: skip

_LAST = "*"  # stands for "the last part of the address"

DEFAULT_KNOBS: Mapping[str, str] = {
    "midi/cc/1": "main",
    "midi/cc/2": "breath",
    "midi/cc/20": "density",
    "midi/cc/21": "warmth",
    "midi/cc/22": "speed",
    "midi/cc/23": "wind",
    "camera/energy": "energy",
    "camera/lean": "lean",
    "camera/still": "still",
    "camera/x": "at_x",
    "camera/y": "at_y",
    "phone/drag/left": "rod_left",
    "phone/drag/right": "rod_right",
    "console/knob/*": _LAST,
    "osc/*": _LAST,
}
DEFAULT_VERBS: Mapping[str, str] = {
    "midi/note/*": "pad",
    "camera/*": _LAST,
    "phone/*": _LAST,
    "console/act/*": _LAST,
}
DEFAULT_ORDERS: Mapping[str, str] = {
    "midi/note/50": "go",
    "midi/note/51": "back",
    "key/space": "go",
    "key/pagedown": "go",
    "key/backspace": "back",
    "key/pageup": "back",
    "key/b": "blackout",
    "key/p": "panic",
    "key/f": "freeze",
    "key/c": "curtain",
    "key/a": "autoplay",
    "key/h": "hold",
    "key/quit": "quit",
    **{f"console/{order}": order for order in ORDERS},
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a signal goes: one knob, verb or order by name."""

    kind: Literal["knob", "verb", "order"]
    name: str


@dataclass(frozen=True, slots=True)
class Patch:
    """Joins addresses to targets. An exact address beats a pattern that ends in `/*`.

    knobs take levels, verbs take triggers, orders take either. An empty target name switches an
    address off.
    """

    knobs: Mapping[str, str] = field(default_factory=lambda: DEFAULT_KNOBS)
    verbs: Mapping[str, str] = field(default_factory=lambda: DEFAULT_VERBS)
    orders: Mapping[str, str] = field(default_factory=lambda: DEFAULT_ORDERS)

    def with_lines(
        self, knobs: Mapping[str, str], verbs: Mapping[str, str], orders: Mapping[str, str]
    ) -> Patch:
        """This patch with a show's own lines laid over it."""
        return replace(
            self,
            knobs={**self.knobs, **knobs},
            verbs={**self.verbs, **verbs},
            orders={**self.orders, **orders},
        )

    def target(self, signal: Signal) -> Target | None:
        """The one place `signal` goes, or None. An order wins over a verb at the same address."""
        order = _find(self.orders, signal.address)
        if order:
            return Target("order", order)
        if signal.kind is Kind.LEVEL:
            knob = _find(self.knobs, signal.address)
            return Target("knob", knob) if knob else None
        verb = _find(self.verbs, signal.address)
        return Target("verb", verb) if verb else None

    def acts(self, controller: str, verbs: Collection[str]) -> set[str]:
        """What `controller` may do that would reach one of these verbs, or give an order."""
        known = {address for lines in (self.verbs, self.orders) for address in lines}
        names = {*verbs, *(a.partition("/")[2] for a in known if a.startswith(f"{controller}/"))} - {"*"}
        ends = ((name, self.target(Signal(f"{controller}/{name}"))) for name in names)
        return {name for name, end in ends if end and (end.kind == "order" or end.name in verbs)}


def _find(lines: Mapping[str, str], address: str) -> str:
    if address in lines:
        return lines[address]
    parts = address.split("/")
    for keep in range(len(parts) - 1, 0, -1):
        name = lines.get("/".join(parts[:keep]) + "/*")
        if name is not None:
            return parts[-1] if name == _LAST else name
    return ""
