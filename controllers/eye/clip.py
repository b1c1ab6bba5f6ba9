"""A video file through the eye: what `run_show.py gestures` prints."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from controllers.eye.eye import Eye
from controllers.eye.feed import Feed
from controllers.eye.gestures import Gesture
from controllers.eye.picture import grey_of
from controllers.eye.settings import EyeSettings
from controllers.eye.source import Source

FILMS = "(mp4, mov, mkv, avi, webm)"
BURST = 0.005  # seconds: pictures that come together were held back together; only the first is timely
SLOWEST = 0.4  # seconds from picture to picture beyond which no stroke can be followed


class ClipError(ValueError):
    """A clip that cannot be read; the message is one line for the person who gave it."""


def pictures(path: str | Path) -> Iterator[tuple[float, Any]]:
    """(seconds, grey picture) of every frame; ClipError if there is none.

    A film says itself when each picture is due; a camera's pictures come when they come.
    """
    feed = _opened(str(path))
    begun, last, count = time.monotonic(), -1.0, 0
    try:
        while (grey := grey_of(feed.read())) is not None:
            at = time.monotonic() - begun if feed.live else feed.at
            if feed.live and at - last < BURST:
                continue
            if not math.isfinite(at) or at <= last:
                at = last + feed.step if count else 0.0
            last, count = at, count + 1
            yield at, grey
    finally:
        feed.close()
    if count == 0:
        raise ClipError(f"{path}: holds no pictures that can be decoded; give a file that plays")
    if count == 1 or last / (count - 1) > SLOWEST:
        pace = "a single picture" if count == 1 else f"{(count - 1) / last:.1f} pictures a second"
        raise ClipError(f"{path}: {pace}; no gesture can be seen in that, give a clip of 10 or more a second")


def _opened(path: str) -> Feed:
    """A file or an address, open; ClipError says why not."""
    source = Source.of(path)
    if source.kind != "url":
        source = Source(path, "file", path)
        if not Path(path).is_file():
            wrong = "is no file" if path and Path(path).exists() else "there is no such file"
            raise ClipError(f"{path or repr(path)}: {wrong}; give a video {FILMS}")
    feed = source.open()
    if feed is None and source.kind == "url":
        raise ClipError(f"{path}: nobody answers there; give the address of a camera that is on, or a file")
    if feed is None:
        raise ClipError(f"{path}: cannot be read as video; give a file that plays {FILMS}")
    return feed


def gestures_of(path: str | Path) -> Iterator[dict[str, Any]]:
    """Gestures of a clip in order, as plain values.

    time, start   seconds of the clip; time is that of the picture that decided
    name, confidence 0..1, and x, y 0..1 of the picture as it is, not mirrored
    vx, vy        pictures a second;  zone left, middle or right;  seq 1, 2, 3 ...
    """
    eye = Eye(EyeSettings(str(path)))
    at = 0.0
    for at, grey in pictures(path):
        yield from (plain(gesture) for gesture in eye.see(at, grey).gestures)
    yield from (plain(gesture) for gesture in eye.finish(at))


def plain(gesture: Gesture) -> dict[str, Any]:
    """A gesture as JSON would have it."""
    return {
        "time": round(gesture.at, 3),
        "name": gesture.name,
        "confidence": round(gesture.confidence, 3),
        "x": round(min(1.0, max(0.0, gesture.x)), 3),
        "y": round(min(1.0, max(0.0, gesture.y)), 3),
        "vx": round(gesture.vx, 3),
        "vy": round(gesture.vy, 3),
        "zone": gesture.zone,
        "start": round(gesture.start, 3),
        "seq": gesture.seq,
    }


def main_lines(path: str | Path) -> Iterator[str]:
    """One JSON line per gesture."""
    for gesture in gestures_of(path):
        yield json.dumps(gesture, ensure_ascii=False)
