"""The stage's end of the link: signals in, snapshots and preview pictures out."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from engine.core.clock import Frame
from engine.core.controller import Health, Post
from engine.core.silhouette import mask_of
from engine.link import Hello, Hub, Message, Order, Picture, Report, Signals, Snapshot
from engine.stage.canvas import Canvas

SNAPSHOTS_A_SECOND = 20
PREVIEWS_A_SECOND = 8
PREVIEW_WIDTH = 480

log = logging.getLogger("xitai.relay")


class Relay:
    """Owns the hub, and is a controller: what phones, consoles and the eye send is posted as signals.

    Nothing the show's thread calls here waits.
    """

    def __init__(self, port: int, token: str, fps: int) -> None:
        self._fps, self._port, self._token = fps, port, token
        self._newest = 0  # window of input that has arrived
        self._taken = 0
        self.seen = 0
        self._reports: dict[str, list[Health]] = {}
        self._news = False
        self._preview = False
        self.silhouette: np.ndarray | None = None
        self.learnt: deque[Any] = deque(maxlen=1)
        self.arrived: deque[str] = deque(maxlen=8)  # roles whose processes have connected
        self._print = Preview(lambda jpeg: self._hub.offer("gateway", Picture(jpeg)))

    def start(self, post: Post) -> None:
        """Open the hub."""
        self._post = post
        self._hub = Hub(self._port, self._token, self._receive)

    def poll(self) -> None:
        """Before the bus is drained: what has arrived by now will be drawn in this frame."""
        self._taken = self._newest

    def drawn(self) -> None:
        """After the picture went out: what was there at `poll` is on stage."""
        self.seen = self._taken

    def due(self, frame: Frame) -> bool:
        """Whether a snapshot is due in this frame."""
        return frame.index % max(1, self._fps // SNAPSHOTS_A_SECOND) == 0

    def send(self, house: dict[str, Any], desk: dict[str, Any]) -> None:
        """Offer a snapshot; only the newest waits."""
        self._hub.offer("gateway", Snapshot(house, desk))

    def show(self, canvas: Canvas, frame: Frame) -> None:
        """Offer the picture to consoles that asked to see it."""
        if self._preview and frame.index % max(1, self._fps // PREVIEWS_A_SECOND) == 0:
            self._print.take(canvas)

    def arm(self, gestures: list[str]) -> None:
        """Tell the eye which gestures would be answered now."""
        self._hub.offer("eye", Order("arm", gestures))

    def tell_eye(self, order: Order) -> None:
        """An order that must arrive, in its turn."""
        self._hub.send("eye", order)

    def news(self) -> bool:
        """Whether a device of another process fares otherwise since this was asked."""
        news, self._news = self._news, False
        return news

    def health(self) -> list[Health]:
        """Devices of the other processes that are there."""
        here = self._hub.roles()
        return [line for role, report in self._reports.items() if role in here for line in report]

    def over(self) -> None:
        """The evening has ended: phones say goodbye and everybody is forgotten."""
        self._hub.send("gateway", Order("over"))

    def close(self) -> None:
        """Hang up."""
        self._print.close()
        self._hub.close()

    def _receive(self, role: str, message: Message) -> None:
        """On a thread of the hub's."""
        if isinstance(message, Signals):
            for signal in message.signals:
                self._post(signal)
            self._newest = max(self._newest, message.window)
        elif isinstance(message, Report):
            self._news |= self._reports.get(role) != list(message.health)
            self._reports[role] = list(message.health)
        elif isinstance(message, Order) and message.name == "preview":
            self._preview = bool(message.value)
        elif isinstance(message, Hello):
            self.arrived.append(role)
        elif isinstance(message, Order) and role == "eye":
            self._hear_eye(message)

    def _hear_eye(self, order: Order) -> None:
        if order.name == "silhouette":
            self.silhouette = mask_of(order.value)
        elif order.name == "learnt":
            self.learnt.append(order.value)
        elif order.name == "aim":
            self._hub.offer("gateway", order)


class Preview:
    """Turns pictures into small JPEGs on a thread of its own; a busy one skips."""

    def __init__(self, give: Callable[[bytes], None]) -> None:
        self._give = give
        self._wake = threading.Condition()
        self._picture: np.ndarray | None = None
        self._open = True
        threading.Thread(target=self._work, name="preview", daemon=True).start()

    def take(self, canvas: Canvas) -> None:
        """Sample the picture for the thread; costs the frame one strided copy."""
        step = max(1, canvas.px.shape[1] // (PREVIEW_WIDTH * 2))
        with self._wake:
            if self._picture is None:
                self._picture = canvas.px[::step, ::step, :3].copy()
                self._wake.notify()

    def close(self) -> None:
        """Stop the thread."""
        with self._wake:
            self._open = False
            self._wake.notify()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._picture is not None or not self._open)
                if not self._open:
                    return
                picture = self._picture
            if picture is not None:
                self._give(_jpeg(picture))
            with self._wake:
                self._picture = None


def _jpeg(picture: np.ndarray) -> bytes:
    h, w = picture.shape[:2]
    size = (min(w, PREVIEW_WIDTH), max(1, round(h * min(w, PREVIEW_WIDTH) / w)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 72])
    return jpeg.tobytes()
