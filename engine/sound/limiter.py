"""A limiter that looks ahead: nothing leaves above its ceiling, and nothing is clipped."""

from __future__ import annotations

import numpy as np

from engine.sound.room import Stereo

CEILING = 10 ** (-1 / 20)  # -1 dBFS
GRAIN = 21  # samples that share one gain; divides a second
REACH = 63  # grains on either side whose peaks a gain knows: 30 ms
EDGE = REACH * GRAIN


class Limiter:
    """Takes a long sound block by block (each a multiple of GRAIN) and gives it back EDGE samples later.

    The gain of every grain is the least that any grain within reach needs, rounded off by a bell no wider
    than that reach: so it is never too high for its own samples, and it has no corners.
    """

    def __init__(self) -> None:
        self._joined: Stereo = np.zeros((EDGE, 2), np.float32)
        bell = np.hanning(REACH - 2)
        self._bell = bell / bell.sum()

    def push(self, block: Stereo) -> Stereo:
        """The next samples; the first EDGE in all are still to come when the last block is pushed."""
        joined = np.concatenate([self._joined, block])
        self._joined = joined[-2 * EDGE :]
        gain = self._gain(joined)
        inner = joined[EDGE:-EDGE] * gain[EDGE:-EDGE, None]
        return np.clip(inner, -CEILING, CEILING)  # only for the last bit of float rounding

    def flush(self) -> Stereo:
        """The last EDGE samples."""
        return self.push(np.zeros((EDGE, 2), np.float32))

    def _gain(self, sound: Stereo) -> Stereo:
        peak = np.abs(sound).reshape(-1, 2 * GRAIN).max(axis=1)
        need = np.minimum(1, CEILING / np.maximum(peak, 1e-9))
        half = REACH // 2
        around = np.pad(need, half, constant_values=1.0)
        least = np.lib.stride_tricks.sliding_window_view(around, 2 * half + 1).min(axis=1)
        round_ = np.convolve(np.pad(least, half, mode="edge"), self._bell, "same")[half:-half]
        at = (np.arange(len(sound)) - (GRAIN - 1) / 2) / GRAIN
        return np.interp(at, np.arange(round_.size), round_).astype(np.float32)
