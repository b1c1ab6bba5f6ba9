"""The camera's own thread: it only fetches, and keeps only the newest picture."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from controllers.eye.feed import Feed
from controllers.eye.motion import Grey
from controllers.eye.picture import grey_of
from controllers.eye.source import Source

__all__ = ["Capture", "Grab"]

RETRY_S = 1.0  # seconds between two tries to open; the first few follow sooner
SOON_S = 0.2
SETTLED = 30  # pictures until a camera's exposure has found its level


@dataclass(frozen=True, slots=True, eq=False)
class Grab:
    """One picture (180, 320) with the time it was fetched, monotonic seconds, and its size as it was sent;
    `first` when it has nothing to do with the one before: after an opening, or of another size."""

    at: float
    grey: Grey
    first: bool
    size: tuple[int, int] = (0, 0)


class Capture:
    """Opens a source, opens it again when it is lost, and hands out the newest picture.

    A file is shown at its own pace, as a camera would. Nothing here raises: `notice` says what is wrong.
    """

    def __init__(
        self, source: Source, *, mirror: bool = False, loop: bool = True, locked: bool = False
    ) -> None:
        self._source, self._mirror, self._loop, self._locked = source, mirror, loop, locked
        self._lock_due = locked
        self._wake = threading.Condition()
        self._grab: Grab | None = None
        self._over = threading.Event()
        self._again = threading.Event()
        self.notice = f"opening {source.name}"
        self.ended = False
        self._tries = 0
        self._thread = threading.Thread(target=self._keep, name="eye-capture", daemon=True)
        self._thread.start()

    def newest(self, timeout: float) -> Grab | None:
        """The newest picture not yet taken; waits up to `timeout` seconds for one."""
        with self._wake:
            self._wake.wait_for(lambda: self._grab is not None or self._over.is_set(), timeout)
            grab, self._grab = self._grab, None
            return grab

    def reopen(self) -> None:
        """Let go of the source and open it anew: the cure for a picture that stands still."""
        self._again.set()

    def tune(self, *, mirror: bool, locked: bool) -> None:
        """Turn the picture round, or keep the exposure where it is, from the next picture on."""
        self._mirror, self._lock_due = mirror, locked != self._locked or locked
        self._locked = locked

    def close(self) -> None:
        """Stop; the source is released by its thread."""
        self._over.set()
        with self._wake:
            self._wake.notify_all()
        self._thread.join(timeout=1.0)

    def _keep(self) -> None:
        while not self._over.is_set():
            begun = time.monotonic()
            feed = self._source.open()
            if feed is None:
                self.notice = f"{self._source.name} cannot be opened; plug it in or check its name"
            else:
                self._again.clear()
                try:
                    self._read(feed)
                finally:
                    feed.close()
            if self.ended:
                return
            film = feed is not None and not feed.live and self._loop
            if not film or time.monotonic() - begun < RETRY_S:  # a film of one picture would spin
                self._over.wait(min(RETRY_S, SOON_S * 2**self._tries))
                self._tries += 1

    def _read(self, feed: Feed) -> None:
        """Fetch until the source gives no more."""
        shown, size = 0, (0, 0)
        begun, step = time.monotonic(), feed.step
        self._lock_due = self._locked
        while not (self._over.is_set() or self._again.is_set()):
            if self._lock_due and shown > SETTLED:
                self._lock_due = False
                feed.expose(auto=not self._locked)
            grey = grey_of(feed.read(), mirror=self._mirror)
            if grey is None:
                break
            if not feed.live:
                self._over.wait(max(0.0, begun + shown * step - time.monotonic()))
            self._put(Grab(time.monotonic(), grey, feed.size != size, feed.size))
            shown, size = shown + 1, feed.size
            if shown > SETTLED:
                self._tries = 0
        if shown and not feed.live and not self._loop:
            self.ended = True
            self.notice = f"{self._source.name} is over"
        else:
            self.notice = f"{self._source.name} gives no more pictures; trying again every second"

    def _put(self, grab: Grab) -> None:
        self.notice = ""
        with self._wake:
            if self._grab is not None and self._grab.first:
                grab = Grab(grab.at, grab.grey, True, grab.size)
            self._grab = grab
            self._wake.notify_all()
