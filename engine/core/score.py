"""Musical time on the counted clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One struck, plucked or blown note; pan -1 is left, pitch a MIDI note (0: its own)."""

    instrument: str
    velocity: float = 0.8
    pan: float = 0.0
    pitch: float = 0.0
