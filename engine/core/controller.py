"""What every source of signals has in common, whatever the device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.core.signals import Signal

Post = Callable[[Signal], None]


@dataclass(frozen=True, slots=True)
class Health:
    """How a device is, in one line an operator can act on."""

    name: str
    ok: bool
    detail: str = ""


class Controller(Protocol):
    """Anything that makes Signals. It knows devices; it never knows scenes or cues."""

    def start(self, post: Post) -> None:
        """Begin; `post` may be called from any thread. A missing device is no error: see health."""

    def poll(self) -> None:
        """Called once a frame by the show's thread; must not wait."""

    def health(self) -> list[Health]:
        """One line per device, for the console."""

    def close(self) -> None:
        """Let go of devices and threads; may be called twice."""
