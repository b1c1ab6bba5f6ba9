"""A recorded evening as a controller: the same signals, in the same frames."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from engine.core.controller import Health, Post
from engine.core.log import Header, LogError, read_header, read_signal
from engine.core.signals import Signal


class Replay:
    """The recording in the file `path`; LogError says what is wrong with it, and where.

    header  what its first line says
    frames  how many frames there are, up to and with the last signal's
    cut     whether the last line was broken off, as a crash leaves it; it is left out
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        # A line that was written whole ends with an end of line: what follows the last one is a remnant.
        *lines, remnant = _lines(self.path)
        try:
            self.header: Header = read_header(lines[0] if lines else remnant)
            signals = [read_signal(line, number) for number, line in enumerate(lines[1:], 2)]
        except LogError as error:
            raise LogError(
                f"{self.path}, {error}; mend the line, or give a file made with --record"
            ) from error
        self.cut = bool(remnant)
        self.frames = 1 + max((index for index, _ in signals), default=-1)
        self._signals: defaultdict[int, list[Signal]] = defaultdict(list)
        for index, signal in signals:
            self._signals[index].append(signal)
        self._post: Post = lambda signal: None
        self._index = 0

    def due(self, index: int) -> list[Signal]:
        """The signals of frame `index`, in the order they were recorded."""
        return list(self._signals.get(index, ()))

    def start(self, post: Post) -> None:
        """Begin with frame 0."""
        self._post, self._index = post, 0

    def poll(self) -> None:
        """Post the next frame's signals: the nth call is frame n, counted from 0."""
        for signal in self.due(self._index):
            self._post(signal)
        self._index += 1

    def health(self) -> list[Health]:
        """How far the recording has been played, and whether its end is missing."""
        detail = f"frame {min(self._index, self.frames)} of {self.frames}"
        if self.cut:
            detail += "; the last line was broken off (a crash?) and is left out"
        return [Health(f"replay {self.path.name}", True, detail)]

    def close(self) -> None:
        """Nothing is held open."""


def _lines(path: Path) -> list[str]:
    """The file cut at its ends of line; the last item is what follows the last of them."""
    try:
        return path.read_bytes().decode("utf-8", "backslashreplace").split("\n")
    except OSError as error:
        why = error.strerror or error
        raise LogError(f"{path}: cannot be read ({why}); give a file made with --record") from error
