"""Real video files with a generated person in them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from .clips import make
from .faults import grey


def write(path, pictures, fps=30, size=(640, 360)):
    """A real mp4 from grey pictures."""
    out = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
    assert out.isOpened()
    for picture in pictures:
        big = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
        out.write(cv2.cvtColor(big, cv2.COLOR_GRAY2BGR))
    out.release()
    return path


@pytest.fixture(scope="session")
def lifts():
    """A clip of arms raised and lowered, drawn once: (clip, pictures)."""
    clip = make("raise_lower", 4006, seconds=6.5, framing="waist")
    rng = np.random.Generator(np.random.PCG64(1))
    pictures = [grey(p + rng.normal(0, 1, p.shape)) for _, p in clip.frames()]
    return clip, pictures


@pytest.fixture(scope="session")
def lifts_mp4(lifts, tmp_path_factory):
    """The same as a video file."""
    return write(tmp_path_factory.mktemp("clip") / "lifts.mp4", lifts[1])
