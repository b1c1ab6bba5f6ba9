"""Where a performer's wrists are, from a pose model the hall may bring along; nothing is downloaded.

The wrists only draw the eye's attention: movement near them counts, movement elsewhere hardly. Everything
after that, strokes and gestures, is as without a model.
"""

from __future__ import annotations

import importlib
import time
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from controllers.eye.motion import Grey, Plane
from controllers.eye.settings import Point
from controllers.eye.shape import ASPECT, X, Y

MEDIAPIPE = "mediapipe"
WRISTS = (9, 10)  # of the seventeen COCO key points
MEDIAPIPE_WRISTS = (15, 16)
SURE = 0.3  # score from which a wrist counts
SLOWEST = 0.3  # seconds a picture may take: at more the eye sees too little, and seems to hang
REACH = 0.16  # picture heights round a wrist that are attended to (standard deviation)
ELSEWHERE = 0.05  # attention left for the rest: a model may be wrong


class Pose(Protocol):
    """Something that finds wrists."""

    def wrists(self, grey: Grey) -> list[Point]:
        """Wrists in a picture (180, 320), 0..1; none when it is not sure of any."""


class PoseError(Exception):
    """A pose model that cannot be used; says why and what to do."""


class Net:
    """An .onnx file read by OpenCV. It takes (1, 3, h, w) of 0..1 and gives, for the COCO key points, either
    maps (1, 17, h, w) or rows (1, 17, 3) of y, x, score."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self._path, self._size = path, size
        try:
            self._net: Any = cv2.dnn.readNetFromONNX(str(path))
        except cv2.error as error:
            raise PoseError(f"{path.name} is no .onnx file that OpenCV {cv2.__version__} can read") from error
        dark = np.zeros((180, 320), np.uint8)
        self.wrists(dark)
        begun = time.perf_counter()
        self.wrists(dark)
        if (took := time.perf_counter() - begun) > SLOWEST:
            raise PoseError(f"{path.name} takes {took * 1000:.0f} ms a picture; give a smaller one")

    def wrists(self, grey: Grey) -> list[Point]:
        """See Pose. PoseError when the model takes or gives something else."""
        colour = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
        width, height = self._size
        try:
            self._net.setInput(cv2.dnn.blobFromImage(colour, 1 / 255, self._size))
            found = np.asarray(self._net.forward())
        except cv2.error as error:
            raise PoseError(
                f"{self._path.name} does not take (1, 3, {height}, {width}); set pose_size = [width, height]"
            ) from error
        if found.ndim == 4 and found.shape[1] >= 17:
            return [_peak(found[0, joint]) for joint in WRISTS if found[0, joint].max() >= SURE]
        if found.size != 17 * 3 or found.shape[-1] != 3:
            raise PoseError(
                f"{self._path.name} gives {found.shape}, and a pose model (1, 17, h, w) or (1, 17, 3)"
            )
        rows = found.reshape(17, 3)
        return [(float(rows[joint, 1]), float(rows[joint, 0])) for joint in WRISTS if rows[joint, 2] >= SURE]


class Mediapipe:
    """MediaPipe's older pose model, which comes inside its package (0.10.14, Python 3.12 or older)."""

    def __init__(self) -> None:
        try:
            solutions = importlib.import_module("mediapipe.solutions.pose")
        except ImportError as error:
            raise PoseError(
                "mediapipe with its own models is not installed (version 0.10.14, for Python 3.12 or older)"
            ) from error
        self._pose = solutions.Pose(model_complexity=1)

    def wrists(self, grey: Grey) -> list[Point]:
        """See Pose."""
        found = self._pose.process(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)).pose_landmarks
        marks = [found.landmark[joint] for joint in MEDIAPIPE_WRISTS] if found else []
        return [(float(m.x), float(m.y)) for m in marks if m.visibility >= SURE]


def pose_of(name: str, size: tuple[int, int]) -> Pose | None:
    """The pose model of that name, a file or "mediapipe"; None for none. PoseError if it cannot be used."""
    if not name:
        return None
    if name == MEDIAPIPE:
        return Mediapipe()
    if not Path(name).is_file():
        raise PoseError(f"{name}: there is no such pose model; give a path to an .onnx file, or mediapipe")
    return Net(Path(name), size)


def attention(wrists: list[Point]) -> Plane | None:
    """How much each cell (36, 64) counts; None when no wrist is known."""
    if not wrists:
        return None
    near = [
        np.outer(
            np.exp(-(((Y - y) / REACH) ** 2) / 2),
            np.exp(-(((X - x * ASPECT) / REACH) ** 2) / 2),
        )
        for x, y in wrists
    ]
    return (ELSEWHERE + (1 - ELSEWHERE) * np.maximum.reduce(near)).astype(np.float32)


def _peak(field: np.ndarray) -> Point:
    row, column = np.unravel_index(int(field.argmax()), field.shape)
    return (float(column) + 0.5) / field.shape[1], (float(row) + 0.5) / field.shape[0]
