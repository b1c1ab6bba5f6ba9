"""Headroom: live sound never leaves above the ceiling, because every take's peaks are known ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.sound.limiter import CEILING
from engine.sound.tone import RATE

GRAIN = 441  # samples that share one peak: 10 ms
AHEAD = 8  # grains looked at: two frames at 30 a second, and what the device holds
BEHIND = 2  # grains the device may be late
RELEASE = 0.25  # seconds in which the gain covers 63 % of its way back

Peaks = npt.NDArray[np.float32]
"""Largest sample of each grain and ear, (n, 2), full scale 1."""


def peaks(pcm: npt.NDArray[np.int16]) -> Peaks:
    """The peaks of a take as the device plays it."""
    whole = np.abs(np.pad(pcm, ((0, -len(pcm) % GRAIN), (0, 0))).astype(np.float32))
    return whole.reshape(-1, GRAIN, 2).max(axis=1) / 32_768


class Channel(Protocol):
    """What a sound goes out by."""

    def set_volume(self, left: float, right: float, /) -> None:
        """Level of each ear."""


@dataclass(slots=True)
class Sounding:
    """A take on its way out, at `level` when nothing limits, shared between the ears as `sides`; its first
    `skipped` samples are not played."""

    peaks: Peaks
    skipped: int
    level: float
    sides: tuple[float, float]
    channel: Channel | None = None
    begun: int = 0
    share: float = 1.0  # of the full level, at which it began: nothing grows louder once it sounds


class Headroom:
    """Adds up the peaks of everything that sounds within the next moment, and turns all of it down when the
    sum would pass the ceiling. The sum of peaks is never less than the peak of the sum: nothing is clipped.
    """

    def __init__(self, fps: int) -> None:
        self._samples_a_frame = RATE / fps
        self._back = float(np.exp(-1 / (RELEASE * fps)))
        self._sounding: list[Sounding] = []
        self._frame = 0
        self._sum = np.zeros((AHEAD + BEHIND, 2), np.float32)
        self.gain = 1.0

    def step(self, ground: float, coming: Sequence[Sounding]) -> float:
        """Once a frame: the share of their level at which the hits that begin in it may sound, and the beds,
        whose levels add up to `ground`. What sounds already is turned down here."""
        now = round(self._frame * self._samples_a_frame)
        for each in coming:
            each.begun = now - each.skipped
        self._sounding += coming
        needed = self._needed(now, ground)
        before, self.gain = self.gain, min(needed, 1 - (1 - self.gain) * self._back)
        for each in coming:
            each.share = self.gain
        if self.gain != before:
            for each in self._sounding:
                _turn(each, self.gain)
        self._frame += 1
        return self.gain

    def silenced(self, channel: Channel) -> None:
        """This channel is given to another sound."""
        self._sounding = [s for s in self._sounding if s.channel is not channel]

    def _needed(self, now: int, ground: float) -> float:
        """The most gain at which the next moment stays below the ceiling."""
        self._sum[:] = ground
        still = []
        for each in self._sounding:
            first = (now - each.begun) // GRAIN - BEHIND
            ahead = each.peaks[max(0, first) : max(0, first + AHEAD + BEHIND)]
            if len(ahead):
                still.append(each)
                for ear, side in enumerate(each.sides):
                    self._sum[: len(ahead), ear] += ahead[:, ear] * (each.level * side)
        self._sounding = still
        return min(1.0, CEILING / max(float(self._sum.max()), 1e-9))


def _turn(sounding: Sounding, gain: float) -> None:
    if sounding.channel is not None:
        turn = min(1.0, gain / sounding.share)
        sounding.channel.set_volume(sounding.sides[0] * turn, sounding.sides[1] * turn)
