"""A folder of real clips with labels: what is wrong with it, before anything is measured."""

from __future__ import annotations

import math
from pathlib import Path

from controllers.eye.source import sees

FILMS = (".mp4", ".mov", ".avi", ".mkv", ".webm")
FORM = 'write "start end name" in seconds, a star behind a name that may be reported or not'


def films(folder):
    """The clips of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in FILMS)


def faults_of(folder, names):
    """One line for everything that is wrong, with file, line and what to do; empty when all can be read."""
    if not folder.is_dir():
        return [f"{folder}: there is no such folder; give one with clips and their labels"]
    clips = films(folder)
    if not clips:
        return [f"{folder}: holds no clips ({', '.join(FILMS)})"]
    wrong = []
    for clip in clips:
        if not sees(str(clip)):
            wrong.append(f"{clip}: cannot be read as video; give one that plays, or take it away")
        wrong += _labels(clip.with_suffix(".txt"), names)
    return wrong


def _labels(path: Path, names):
    if not path.is_file():
        return [f"{path}: is missing; write the strokes of the clip into it, or nothing if there are none"]
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        return [f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8"]
    if text.startswith("\ufeff"):
        return [f"{path}: begins with a byte order mark; save it as UTF-8 without one"]
    rows = enumerate(text.splitlines(), 1)
    said = [(number, _line(row.split(), names)) for number, row in rows if row.strip() and row[0] != "#"]
    return [f"{path} line {number}: {wrong}" for number, wrong in said if wrong]


def _line(words, names):
    """What is wrong with one stroke, or nothing."""
    if len(words) != 3:
        return f"has {len(words)} fields, not 3; {FORM}"
    try:
        start, end = float(words[0]), float(words[1])
    except ValueError:
        return f"{words[0]!r} and {words[1]!r} must be seconds; {FORM}"
    if not (math.isfinite(end) and 0 <= start < end):
        return f"ends at {words[1]} s, but starts at {words[0]} s; give 0 or more, and an end after the start"
    name = words[2].rstrip("*")
    if name and name not in names:
        return f"no gesture is called {name!r}; there are {', '.join(names)}"
    return ""
