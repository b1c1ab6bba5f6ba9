"""The camera's own thread: it only fetches, and keeps only the newest picture."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass

import cv2

from controllers.eye.motion import Grey
from controllers.eye.picture import grey_of
from controllers.eye.source import Source, cameras, expose

__all__ = ["Capture", "Grab", "cameras"]

RETRY_S = 1.0  # seconds between two tries to open
SETTLED = 30  # pictures until a camera's exposure has found its level
ODD_FPS = 30.0  # used for a file that does not know its own


@dataclass(frozen=True, slots=True, eq=False)
class Grab:
    """One picture (180, 320) with the time it was fetched, monotonic seconds; `first` after an opening."""

    at: float
    grey: Grey
    first: bool


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
            capture = self._source.open()
            if capture is None:
                self.notice = f"{self._source.name} cannot be opened; plug it in or check its name"
            else:
                self._again.clear()
                try:
                    self._read(capture)
                finally:
                    capture.release()
            if self.ended:
                return
            if not (self._loop and self._source.kind == "file" and capture is not None and self._shown):
                self._over.wait(RETRY_S)

    def _read(self, capture: cv2.VideoCapture) -> None:
        """Fetch until the source gives no more."""
        self._shown = 0
        begun, fps = time.monotonic(), capture.get(cv2.CAP_PROP_FPS)
        step = 1 / fps if math.isfinite(fps) and 0.1 < fps <= 240 else 1 / ODD_FPS
        self._lock_due = self._locked
        while not (self._over.is_set() or self._again.is_set()):
            if self._lock_due and self._shown > SETTLED:
                self._lock_due = False
                expose(capture, auto=not self._locked)
            more, frame = capture.read()
            grey = grey_of(frame, mirror=self._mirror) if more else None
            if grey is None:
                break
            if self._source.kind == "file":
                self._over.wait(max(0.0, begun + self._shown * step - time.monotonic()))
            self._put(Grab(time.monotonic(), grey, self._shown == 0))
            self._shown += 1
        if self._source.kind == "file" and not self._loop and self._shown:
            self.ended = True
            self.notice = f"{self._source.name} is over"
        else:
            self.notice = f"{self._source.name} gives no more pictures; trying again every second"

    def _put(self, grab: Grab) -> None:
        self.notice = ""
        with self._wake:
            if self._grab is not None and self._grab.first:
                grab = Grab(grab.at, grab.grey, True)
            self._grab = grab
            self._wake.notify_all()
