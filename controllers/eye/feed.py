"""An open source: its pictures one after the other, each as cheaply as it can be had."""

from __future__ import annotations

import math
from typing import Any

import cv2

from controllers.eye.motion import HEIGHT, WIDTH

ODD_FPS = 30.0  # used for a source that does not know its own
MJPG = cv2.VideoWriter.fourcc(*"MJPG")
REDUCED = {
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    1: cv2.IMREAD_GRAYSCALE,
}


class Feed:
    """Wraps OpenCV's capture.

    size   width and height of the newest picture, as it was sent
    live   a camera: its pictures come when they come. What has a length is a film, with a pace of its own
    """

    def __init__(self, capture: cv2.VideoCapture, *, live: bool, packets: bool = False) -> None:
        self._capture, self.live, self.size = capture, live, (0, 0)
        self._jpegs = packets and live and capture.get(cv2.CAP_PROP_FOURCC) == MJPG and _unpacked(capture)
        self._by, self._small = 1, (0, 0)

    @property
    def step(self) -> float:
        """Seconds from picture to picture, as the source says."""
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        return 1 / fps if math.isfinite(fps) and 0.1 < fps <= 1000 else 1 / ODD_FPS

    @property
    def at(self) -> float:
        """Seconds into a film of the newest picture; may be no number."""
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000

    def read(self) -> Any:
        """The next picture; None when there is no more, or none that can be read."""
        try:
            return self._next()
        except cv2.error:
            return None

    def _next(self) -> Any:
        more, frame = self._capture.read()
        if not more or self._jpegs:
            return self._small_of(frame) if more else None
        self.size = frame.shape[1], frame.shape[0]
        return frame

    def expose(self, *, auto: bool) -> None:
        """Let the camera choose its exposure, or keep it where it is; cameras that cannot are left alone.

        V4L2 says 3 for automatic and 1 for manual, and then wants the value again.
        """
        now = self._capture.get(cv2.CAP_PROP_EXPOSURE)
        self._capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, 3 if auto else 1)
        if not auto and now:
            self._capture.set(cv2.CAP_PROP_EXPOSURE, now)

    def close(self) -> None:
        """Let go of the source."""
        self._capture.release()

    def _small_of(self, packet: Any) -> Any:
        """A JPEG read a half, a quarter or an eighth as large, which spares most of the work of reading it.

        One that was torn on its way is passed over for the next.
        """
        while (small := cv2.imdecode(packet, REDUCED[self._by])) is None:
            more, packet = self._capture.read()
            if not more:
                return None
        if small.shape == self._small:
            return small
        whole: Any = cv2.imdecode(packet, cv2.IMREAD_GRAYSCALE)
        self.size = width, height = whole.shape[1], whole.shape[0]
        self._by = max((by for by in REDUCED if width >= by * WIDTH and height >= by * HEIGHT), default=1)
        again: Any = cv2.imdecode(packet, REDUCED[self._by])
        self._small = again.shape
        return again


def _unpacked(capture: cv2.VideoCapture) -> bool:
    """Have the pictures handed over as they were sent; whether that can be done."""
    return bool(capture.set(cv2.CAP_PROP_FORMAT, -1))
