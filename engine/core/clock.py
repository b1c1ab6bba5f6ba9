"""Time as a counted frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One tick of the show: the index counts from 0 at curtain-up and never skips."""

    index: int
    fps: int = 60

    @property
    def time(self) -> float:
        """Seconds since frame 0; derived, never summed, so it cannot drift."""
        return self.index / self.fps

    @property
    def dt(self) -> float:
        """Seconds one frame lasts."""
        return 1 / self.fps

    @property
    def timecode(self) -> str:
        """hh:mm:ss:ff, as lighting and video desks write it."""
        seconds, frames = divmod(self.index, self.fps)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}:{frames:02d}"

    def next(self) -> Frame:
        """The frame after this one."""
        return Frame(self.index + 1, self.fps)
