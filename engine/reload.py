"""Save a scene file, see the picture: watches the scenes of the show and loads what was saved."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from engine.repertoire import SceneError, load_scene
from engine.stage.scene import Scene

LOOK_EVERY = 0.15  # seconds


class Reload:
    """Looks at the files on a thread of its own; the show's thread takes what was saved."""

    def __init__(self, paths: Mapping[str, Path], *, watch: bool) -> None:
        self._paths = paths
        self._times = {name: _saved_at(path) for name, path in paths.items()}
        self._saved: deque[tuple[str, type[Scene]]] = deque()
        self._complaints: deque[str] = deque()
        self._stop = threading.Event()
        self._held = False
        if watch:
            threading.Thread(target=self._watch, name="reload", daemon=True).start()

    def hold(self, held: bool) -> None:
        """Let saves lie while the show is not open to edits; they are loaded when it is again."""
        self._held = held

    def saved(self) -> list[tuple[str, type[Scene]]]:
        """Scenes saved since the last call, loaded."""
        return [self._saved.popleft() for _ in range(len(self._saved))]

    def complaints(self) -> list[str]:
        """What was wrong with saves that cannot be played."""
        return [self._complaints.popleft() for _ in range(len(self._complaints))]

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            if self._held:
                continue
            for name, path in self._paths.items():
                at = _saved_at(path)
                if at != self._times[name]:
                    self._times[name] = at
                    self._load(name, path)

    def _load(self, name: str, path: Path) -> None:
        try:
            self._saved.append((name, load_scene(path)))
        except SceneError as error:
            self._complaints.append(f"{error}; the last good version plays on")


def _saved_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
