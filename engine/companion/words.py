"""Words from guests: made harmless, and held until an operator lets them through. No I/O."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

LENGTH = 60  # characters on the stage
HELD = 200  # waiting for the operator; the oldest give way
_MARKS = 2  # combining marks on one character
_INVISIBLE = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
}  # controls, bidi and zero-width, unassigned, line ends


def plain(text: str) -> str:
    """One line of at most LENGTH visible characters: NFC, no controls, no bidi tricks, no towers of marks."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category in _INVISIBLE and not char.isspace():
            continue
        marks = marks + 1 if category.startswith("M") else 0
        if marks <= _MARKS:
            kept.append(" " if char.isspace() else char)
    return " ".join("".join(kept).split())[:LENGTH].strip()


@dataclass(slots=True)
class Held:
    """Wishes waiting for an operator's yes."""

    allowed: bool = True
    _waiting: dict[int, tuple[int, str]] = field(default_factory=dict)
    _last: int = 0

    def put(self, guest: int, text: str) -> bool:
        """Hold a wish; False if nothing is left of it or words are off."""
        text = plain(text)
        if not text or not self.allowed:
            return False
        self._last += 1
        self._waiting[self._last] = (guest, text)
        if len(self._waiting) > HELD:
            del self._waiting[next(iter(self._waiting))]
        return True

    def take(self, wish: int) -> tuple[int, str] | None:
        """The (guest number, text) of a held wish, no longer held."""
        return self._waiting.pop(wish, None)

    def allow(self, on: bool) -> None:
        """Words on or off; off drops what is held."""
        self.allowed = on
        if not on:
            self._waiting.clear()

    def forget(self, guest: int) -> None:
        """Drop what this guest wrote."""
        self._waiting = {k: v for k, v in self._waiting.items() if v[0] != guest}

    def listing(self) -> list[dict[str, object]]:
        """For the console, oldest first."""
        return [{"id": wish, "text": text} for wish, (_, text) in self._waiting.items()]
