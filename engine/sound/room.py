"""The room: what comes back from its walls, by convolution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.core.chance import stream
from engine.sound.tone import clock, decay, low_pass, shaped

WET = 0.22
T60 = 1.8  # seconds; the treble dies in half of it, as in a hall of wood and cloth
BEFORE = 0.011  # seconds until the first wall answers

GRAIN = 22_050  # 2 x 3^2 x 5^2 x 7^2: transforms of its multiples are quick

Stereo = npt.NDArray[np.float32]
"""Two channels of sound, (n, 2)."""


def answer(seed: int) -> Stereo:
    """The room's answer to one click: noise that dies, different for each ear, of energy 1."""
    t = clock(T60)
    chance = stream(seed, "sound/room")
    ears = []
    for _ in range(2):
        noise = chance.standard_normal(t.size)
        dark, bright = shaped(noise, low_pass(3000, 2)), shaped(noise, lambda f: 1 - low_pass(3000, 2)(f))
        ear = (dark * decay(t, T60) + 0.5 * bright * decay(t, T60 / 2)) * (t >= BEFORE)
        ears.append(ear / np.sqrt((ear**2).sum()))
    return np.stack(ears, axis=1).astype(np.float32)


class Walls:
    """Gives single sounds, or a long one block by block, their room."""

    def __init__(self, seed: int) -> None:
        self._answer = answer(seed)
        self._spectra: dict[int, npt.NDArray[np.complexfloating]] = {}
        self._tail = np.zeros((0, 2), np.float32)

    def around(self, dry: npt.NDArray[np.float32]) -> Stereo:
        """One channel of sound with its room, to the end of the last echo."""
        wet = self._convolved(dry[:, None])
        wet[: len(dry)] += dry[:, None]
        return wet

    def follow(self, dry: Stereo) -> Stereo:
        """What the walls add to the next block; the tail of each block is kept for the following."""
        wet = self._convolved(dry)
        wet[: len(self._tail)] += self._tail
        self._tail = wet[len(dry) :]
        return wet[: len(dry)]

    def _convolved(self, dry: npt.NDArray[np.float32]) -> Stereo:
        length = len(dry) + len(self._answer) - 1
        size = -(-length // GRAIN) * GRAIN
        if size not in self._spectra:
            self._spectra[size] = WET * np.fft.rfft(self._answer, size, axis=0)
        both = np.fft.irfft(np.fft.rfft(dry, size, axis=0) * self._spectra[size], size, axis=0)
        return both[:length].astype(np.float32)
