"""Writing an evening down: every signal with its frame, so that it can be performed again."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from pathlib import Path

from engine.core.clock import Frame
from engine.core.log import Header, header_line, signal_line
from engine.core.signals import Signal

END = "show/end"


class Record:
    """Appends lines on a thread of its own. A full disk stops the recording, never the show.

    `trouble` then holds one line for the console. The last line marks the last frame.
    Raises OSError when the file cannot be opened at all.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        self.trouble = ""
        self._file = path.open("w", encoding="utf-8")
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lines.put(header_line(header))
        self._last = 0
        self._thread = threading.Thread(target=self._append, name="record", daemon=True)
        self._thread.start()

    def write(self, frame: Frame, signals: Sequence[Signal]) -> None:
        """One frame's signals."""
        self._last = frame.index
        for signal in signals:
            self._lines.put(signal_line(frame.index, signal))

    def close(self) -> None:
        """Mark the end and finish the file."""
        self._lines.put(signal_line(self._last, Signal(END)))
        self._lines.put(None)
        self._thread.join(timeout=5)
        self._file.close()

    def _append(self) -> None:
        while (line := self._lines.get()) is not None:
            if self.trouble:
                continue
            try:
                self._file.write(line + "\n")
                if self._lines.empty():
                    self._file.flush()
            except OSError as error:
                self.trouble = f"{self._path}: {error.strerror}; recording has stopped, the show goes on"
