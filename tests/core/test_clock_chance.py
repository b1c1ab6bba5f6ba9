"""Counted time and named chance."""

import numpy as np
import pytest

from engine.core.chance import stream
from engine.core.clock import Frame


@pytest.mark.parametrize(
    ("index", "fps", "timecode"),
    [
        (0, 60, "00:00:00:00"),
        (61, 60, "00:00:01:01"),
        (60 * 3600 + 59, 60, "01:00:00:59"),
        (25, 25, "00:00:01:00"),
    ],
)
def test_timecode(index: int, fps: int, timecode: str) -> None:
    assert Frame(index, fps).timecode == timecode


def test_time_does_not_drift() -> None:
    frame = Frame(0, 60)
    for _ in range(60 * 900):
        frame = frame.next()
    assert frame.time == 900.0 and frame.dt == 1 / 60


def test_a_stream_depends_on_seed_and_name_only() -> None:
    first = stream(7, "paper").random(4)
    stream(7, "iron").random(9)
    assert np.array_equal(stream(7, "paper").random(4), first)
    assert not np.array_equal(stream(8, "paper").random(4), first)
    assert not np.array_equal(stream(7, "iron").random(4), first)


def test_streams_are_the_same_in_every_process() -> None:
    assert stream(1056, "lobby").integers(0, 1_000_000) == 317021
    assert stream(-1, "x").random() == stream(0xFFFFFFFF, "x").random()
