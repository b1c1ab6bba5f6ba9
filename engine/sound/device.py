"""The sound device, opened without noise on the terminal."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pygame

from engine.sound.tone import RATE

BUFFER = 256  # samples: 5.8 ms
VOICES = 48


def open_device() -> str:
    """Open pygame's mixer; returns "" or, if there is no device, what the system said."""
    try:
        with _alsa_silenced():
            pygame.mixer.init(RATE, -16, 2, BUFFER, allowedchanges=0)
    except pygame.error as trouble:
        return str(trouble)
    return ""


@contextmanager
def _alsa_silenced() -> Iterator[None]:
    """Keep back what ALSA writes to the error stream when there is no card; pass on everything else."""
    if not sys.platform.startswith("linux"):
        yield
        return
    sys.stderr.flush()
    with tempfile.TemporaryFile() as kept:
        real = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(real, 2)
            os.close(real)
            kept.seek(0)
            for line in kept.readlines():
                if not line.startswith(b"ALSA lib"):
                    os.write(2, line)
