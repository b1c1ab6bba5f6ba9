"""The journal: the little a restarted stage needs to come back at the same cue, levels and frame."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Journal:
    """Keeps the newest entry on disk. Writing is off the show's thread and whole or not at all.

    `trouble` holds one line when the last write failed (a full disk): the show goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wake = threading.Condition()
        self._entry: Mapping[str, Any] | None = None
        self._open = True
        self.trouble = ""
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def note(self, entry: Mapping[str, Any]) -> None:
        """Remember this entry in place of the last."""
        with self._wake:
            self._entry = entry
            self._wake.notify()

    def close(self) -> None:
        """Write what is left and stop."""
        with self._wake:
            self._open = False
            self._wake.notify()
        self._thread.join(timeout=2)

    def _write(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._entry is not None or not self._open)
                entry, self._entry = self._entry, None
                if entry is None:
                    return
            try:
                beside = self._path.with_suffix(".new")
                beside.write_text(json.dumps(entry), "utf-8")
                os.replace(beside, self._path)
                self.trouble = ""
            except OSError as error:
                self.trouble = f"journal {self._path}: {error.strerror}; a restart would not find this place"


def read_journal(path: Path) -> dict[str, Any] | None:
    """The last entry, or None where there is none that can be read."""
    try:
        entry = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return entry if isinstance(entry, dict) else None
