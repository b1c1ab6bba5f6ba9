"""Where scenes wait, set up and ready, before their cue."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from engine.stage.scene import Scene

Build = Callable[[str], Scene]


class Wings:
    """Builds scenes ahead of time, off the show's thread, so that a GO never waits for a setup.

    build    makes and sets up the scene of that name; what it raises comes out of `take`
    ahead    whether to use a thread; offline rendering and tests build on the spot
    """

    def __init__(self, build: Build, *, ahead: bool) -> None:
        self._build = build
        self._waiting: dict[str, Future[Scene]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="wings") if ahead else None

    def call(self, name: str) -> None:
        """Start getting a scene ready; calling it again changes nothing."""
        if self._pool is not None and name not in self._waiting:
            self._waiting[name] = self._pool.submit(self._build, name)

    def take(self, name: str) -> Scene:
        """A fresh scene, ready to play; waits only if it was not called in time."""
        waiting = self._waiting.pop(name, None)
        return self._build(name) if waiting is None else waiting.result()

    def ready(self, name: str) -> bool:
        """Whether `take` would return without waiting."""
        return name in self._waiting and self._waiting[name].done()

    def dismiss(self) -> None:
        """Forget whoever still waits, for example after a scene file was saved."""
        for waiting in self._waiting.values():
            waiting.cancel()
        self._waiting.clear()

    def close(self) -> None:
        """Let go of the thread."""
        self.dismiss()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
