"""The room: what comes back from its walls, by convolution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.core.chance import stream
from engine.sound.tone import clock, decay, low_pass, shaped

WET = 0.22
T60 = 1.8  # seconds; the treble dies in half of it, as in a hall of wood and cloth
BEFORE = 0.011  # seconds until the first wall answers

Stereo = npt.NDArray[np.float32]
"""Two channels of sound, (n, 2)."""


def walls(seed: int) -> Stereo:
    """The room's answer to one click: noise that dies, different for each ear, of energy 1."""
    t = clock(T60)
    chance = stream(seed, "sound/room")
    ears = []
    for _ in range(2):
        noise = chance.standard_normal(t.size)
        dark, bright = shaped(noise, low_pass(3000, 2)), shaped(noise, lambda f: 1 - low_pass(3000, 2)(f))
        answer = dark * decay(t, T60) + 0.5 * bright * decay(t, T60 / 2)
        answer *= t >= BEFORE
        ears.append(answer / np.sqrt((answer**2).sum()))
    return np.stack(ears, axis=1).astype(np.float32)


class Room:
    """Gives sound its room; keeps the tail of one block for the next, so blocks join without a seam."""

    def __init__(self, seed: int, block: int) -> None:
        self._walls = walls(seed)
        self._block = block
        self._size = _fast(block + len(self._walls))
        self._answer = np.fft.rfft(self._walls, self._size, axis=0)
        self._tail = np.zeros((self._size - block, 2))

    def wet(self, dry: Stereo) -> Stereo:
        """What the walls add to the next `block` samples, at WET."""
        full = np.fft.irfft(np.fft.rfft(dry, self._size, axis=0) * self._answer, self._size, axis=0)
        full[: len(self._tail)] += self._tail[: self._size]
        self._tail = full[self._block :]
        return (WET * full[: self._block]).astype(np.float32)


def _fast(n: int) -> int:
    """The next length whose Fourier transform is quick."""
    return 1 << (n - 1).bit_length()
