"""Chance as named streams, so that an evening can be repeated."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator that depends only on the show's seed and its own name.

    Keyed by crc32 because `hash` differs between processes; adding a stream never shifts another.
    """
    return np.random.Generator(np.random.PCG64([seed & 0xFFFFFFFF, crc32(name.encode())]))
