"""Where scenes wait, set up and ready, before their cue."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from engine.stage.scene import Scene

LONGEST = 30.0  # seconds a scene may take to set up
LOOK_EVERY = 0.1

Build = Callable[[str], Scene]


class Wings:
    """Builds scenes ahead of time, off the show's thread, so that a GO never waits for a setup.

    build    makes and sets up the scene of that name; what it raises comes out of `take`
    ahead    whether to use a thread; offline rendering and tests build on the spot
    waiting  called again and again while `take` has to wait, so that a watcher sees life
    """

    def __init__(self, build: Build, *, ahead: bool, waiting: Callable[[], None] = lambda: None) -> None:
        self._build, self._beat = build, waiting
        self._waiting: dict[str, Future[Scene]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="wings") if ahead else None

    def call(self, name: str) -> None:
        """Start getting a scene ready; calling it again changes nothing."""
        if self._pool is not None and name not in self._waiting:
            self._waiting[name] = self._pool.submit(self._build, name)

    def take(self, name: str) -> Scene:
        """A fresh scene, ready to play; waits only if it was not called in time.

        Raises what its setup raised, and TimeoutError when it takes longer than anyone would wait.
        """
        self.call(name)
        waiting = self._waiting.pop(name, None)
        if waiting is None:
            return self._build(name)
        for _ in range(round(LONGEST / LOOK_EVERY)):
            try:
                return waiting.result(timeout=LOOK_EVERY)
            except TimeoutError:
                if waiting.done():
                    raise
                self._beat()
        raise TimeoutError(f"its setup took longer than {LONGEST:g} seconds")

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
