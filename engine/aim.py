"""Aiming the eye from the console: what is asked is told to the eye, and kept in the venue file on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from engine.companion.protocol import Camera
from engine.link import Order
from engine.sight import Sight, save_camera

LEARN_S = 5.0  # "hold still for five seconds"


class Aim:
    """Changes how the eye reads its camera, while it reads.

    tell     gives an order to the eye's process
    file     the venue file that `save` writes to
    learnt   what the eye said of the room at rest, or None
    looking  whether a console wants the mosaic; never while the show is locked
    """

    def __init__(self, source: str, sight: Sight, file: Path, tell: Callable[[Order], None]) -> None:
        self._source, self._sight, self._file, self._tell = source, sight, file, tell
        self._changed = False
        self.learnt: dict[str, Any] | None = None
        self.learning = self.looking = False

    def take(self, text: str, *, locked: bool) -> str:
        """Do what a console asks, a Camera message as JSON; a sentence for the operator, or nothing.

        In a locked show nothing about the camera is changed, and nothing of it is seen.
        """
        try:
            wish = msgspec.json.decode(text, type=Camera)
        except msgspec.MsgspecError:
            return ""
        if locked:
            return "the show is locked: change the mode to rehearse to aim the camera"
        self._set(wish)
        if wish.learn:
            self.learning = True
            self._tell(Order("learn", LEARN_S))
        if wish.look is not None:
            self.look(wish.look)
        return self._save() if wish.save else ""

    def look(self, on: bool) -> None:
        """Have the eye send its mosaic, or no longer."""
        self.looking = on
        self._tell(Order("aim", on))

    def repeat(self) -> None:
        """The eye's process has started anew: tell it everything again; what it was learning is lost."""
        self.learning = False
        self._tell(Order("tune", self._sight.lines()))
        self._tell(Order("aim", self.looking))

    def hear(self, verdict: Any) -> None:
        """The eye has learnt the room."""
        self.learning = False
        self.learnt = dict(verdict) if isinstance(verdict, dict) else None

    def facts(self) -> dict[str, Any]:
        """What consoles show."""
        return {
            "source": self._source.rpartition("@")[2] if "://" in self._source else self._source,
            **self._sight.lines(),
            "zones": [[name, [list(p) for p in polygon]] for name, polygon in self._sight.zones],
            "lockable": not ("://" in self._source or Path(self._source).is_file()),
            "learning": self.learning,
            "learnt": self.learnt,
            "looking": self.looking,
            "changed": self._changed,
            "file": self._file.name,
        }

    def _set(self, wish: Camera) -> None:
        asked = {name: getattr(wish, name) for name in self._sight.lines() if getattr(wish, name) is not None}
        if not asked or (wish.zone is not None and not _is_zone(wish.zone)):
            return
        if wish.reference is not None and len(wish.reference) in (1, 2):
            return
        self._sight = replace(self._sight, **asked)
        self._changed = True
        self._tell(Order("tune", self._sight.lines()))

    def _save(self) -> str:
        try:
            save_camera(self._file, self._sight)
        except (OSError, ValueError) as error:
            return f"{self._file}: the camera's settings could not be saved ({error})"
        self._changed = False
        return ""


def _is_zone(zone: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = zone
    return left < right and top < bottom
