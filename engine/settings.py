"""What the stage process is told; plain values, so that it can be handed to a fresh interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.venue import Venue


@dataclass(frozen=True)
class StageSettings:
    """One performance.

    show       folder of the show
    seed       None takes the show's own
    start      cue to begin at, or None
    seconds    None plays until somebody ends it
    hub_port, token   where the other processes of this show call, and what they must say
    journal    where the place in the evening is kept; resume takes it up again
    replay     a recorded evening to perform instead of what devices say
    venue_file where the console's settings for this hall are kept; camera is what the eye looks through
    aside      scenes or devices ("midi", "sound") left out because they brought the stage down
    """

    show: Path
    size: tuple[int, int]
    headless: bool
    seed: int | None
    start: str | None
    seconds: float | None
    autoplay: bool
    midi: tuple[str, ...]
    record: Path | None
    stats: Path | None
    venue: Venue
    safe: bool
    hub_port: int
    token: str
    address: str
    journal: Path
    venue_file: Path = Path("venue.toml")
    camera: str = "none"
    replay: Path | None = None
    resume: bool = False
    aside: tuple[str, ...] = ()
