"""Where pictures come from: a device, a file or an address, found and opened."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")  # what is wrong is said by us, in one line
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import cv2

from controllers.eye.feed import MJPG, Feed

cv2.utils.logging.setLogLevel(0)  # for the case that it was imported before we were

SYSFS = Path("/sys/class/video4linux")
OPEN_MS, READ_MS = 3000, 2000  # an address that does not answer is given up after so long
ADDRESS = [
    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS,
    cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS,
    cv2.CAP_PROP_N_THREADS, 1,  # each further thread would hold back one more picture
]  # fmt: skip
SIZE, FPS = (640, 360), 30


@dataclass(frozen=True, slots=True)
class Source:
    """One place of pictures. kind is device, file or url; `where` what OpenCV opens; `name` what is said of
    it, without a password."""

    name: str
    kind: str
    where: int | str

    @classmethod
    def of(cls, name: str) -> Source:
        """Read a name as it is typed: a number, /dev/..., a URL, a file, or a camera's own name."""
        if name.isdigit():
            return cls(name, "device", int(name))
        if "://" in name:
            kind, _, rest = name.partition("://")
            return cls(f"{kind}://{rest.rpartition('@')[2]}", "url", name)
        if name.startswith("/dev/"):
            return cls(name, "device", name)
        if Path(name).exists():
            return cls(name, "file", name)
        return cls(name, "device", name)

    def open(self) -> Feed | None:
        """Its pictures, or None when there is nothing to open now."""
        if self.kind == "url":
            capture = cv2.VideoCapture(str(self.where), cv2.CAP_FFMPEG, ADDRESS)
        elif self.kind == "file":
            capture = cv2.VideoCapture(str(self.where))
        else:
            place = self._device()
            if place is None:
                return None
            capture = cv2.VideoCapture(place)
            capture.set(cv2.CAP_PROP_FOURCC, MJPG)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, SIZE[0])
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, SIZE[1])
            capture.set(cv2.CAP_PROP_FPS, FPS)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if capture.isOpened():
            film = self.kind == "url" and capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0
            return Feed(capture, live=self.kind != "file" and not film, packets=self.kind == "url")
        capture.release()
        return None

    def _device(self) -> int | str | None:
        """The device now: names are looked up each time, for numbers change when a plug is moved."""
        if isinstance(self.where, int):
            if sys.platform == "linux" and not Path(f"/dev/video{self.where}").exists():
                return None
            return self.where
        if self.where.startswith("/dev/"):
            return self.where if Path(self.where).exists() else None
        for number, name in _named():
            if self.where.lower() in name.lower():
                return number
        return None


def _named() -> list[tuple[int, str]]:
    """(number, name) of video devices; empty where the system does not name them."""
    if not SYSFS.is_dir():
        return []
    found = []
    for folder in sorted(SYSFS.glob("video*"), key=lambda path: (len(path.name), path.name)):
        label = folder / "name"
        if folder.name[5:].isdigit() and label.is_file():
            found.append((int(folder.name[5:]), label.read_text(errors="replace").strip()))
    return found


def cameras() -> list[str]:
    """What could be given as a camera on this machine, one line each, "number  name"."""
    return [f"{number}  {name}" for number, name in _named()]


def sees(name: str) -> bool:
    """Whether a camera, file or address gives a picture now."""
    feed = Source.of(name).open()
    if feed is None:
        return False
    try:
        return feed.read() is not None
    finally:
        feed.close()
