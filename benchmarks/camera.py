"""The show's own eye beside a benchmark: a generated performer in a file, read by the real process."""

from __future__ import annotations

import multiprocessing
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from controllers.eye.process import run
from controllers.eye.settings import EyeSettings
from engine.core.signals import Bus, Signal
from engine.core.silhouette import mask_of
from engine.link import Hub, Message, Order, Signals
from tests.eye.clips import make
from tests.eye.conftest import write
from tests.eye.faults import grey

SECONDS, FPS = 8.0, 30
OPENS_S = 20.0  # seconds the eye may take to say its first word


@dataclass
class Camera:
    """What the eye says goes onto whichever bus is told last; scenes with a mirror get their silhouette."""

    bus: Bus | None = None
    silhouette: np.ndarray | None = None
    heard: int = 0
    ask: Callable[[Order], bool] = lambda order: False

    def receive(self, role: str, message: Message) -> None:
        """On a thread of the hub's, as in the show."""
        if isinstance(message, Signals):
            self.heard += len(message.signals)
            for signal in message.signals:
                self._post(signal)
        elif isinstance(message, Order) and message.name == "silhouette":
            self.silhouette = mask_of(message.value)

    def _post(self, signal: Signal) -> None:
        if self.bus is not None:
            self.bus.post(signal)


@contextmanager
def beside() -> Iterator[Camera]:
    """The eye at work on its clip, in a process of its own, until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        clip, token, camera = _clip(Path(folder)), secrets.token_hex(8), Camera()
        hub = Hub(0, token, camera.receive)
        camera.ask = lambda order: hub.send("eye", order)
        settings = EyeSettings(str(clip), hub.port, token)
        process = multiprocessing.get_context("spawn").Process(target=run, args=(settings,), daemon=True)
        process.start()
        try:
            _opened(camera)
            yield camera
        finally:
            process.kill()
            process.join()
            hub.close()


def _clip(folder: Path) -> Path:
    """A performer who raises and lowers the arms, thirty pictures a second."""
    clip = make("raise_lower", 4001, fps=FPS, seconds=SECONDS, framing="waist")
    rng, pictures = np.random.Generator(np.random.PCG64(1)), []
    for _, picture in clip.frames():
        pictures.append(grey(picture + rng.normal(0, 1, picture.shape)))
        if sys.stderr.isatty():
            print(f"\rdrawing the clip {len(pictures) / len(clip):4.0%}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r" + " " * 24 + "\r", end="", file=sys.stderr)
    return write(folder / "performer.mp4", pictures, fps=FPS)


def _opened(camera: Camera) -> None:
    """Wait for the eye's first word: RuntimeError if it has none."""
    end = time.monotonic() + OPENS_S
    while not camera.heard:
        if time.monotonic() > end:
            raise RuntimeError("the eye says nothing of its clip; --no-camera leaves it out")
        time.sleep(0.05)
