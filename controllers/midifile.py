"""A .mid file that stands in for a MIDI device: rehearsals without the drummer."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import mido

from controllers.midi import signal_of
from engine.core.controller import Health, Post
from engine.core.signals import Signal


class MidiFile:
    """The music in the file `path`, by counted frames: the same file gives the same frames every time.

    fps    frames a second of the show
    loop   begin again at the end
    ValueError when the file cannot be read; it names the file and what to do.
    """

    def __init__(self, path: str | Path, *, fps: int = 60, loop: bool = False) -> None:
        self.path = Path(path)
        self._loop = loop
        self._signals: defaultdict[int, list[Signal]] = defaultdict(list)
        seconds = 0.0
        for message in _messages(self.path):
            seconds += message.time
            signal = signal_of(message, self.path.name)
            if signal is not None:
                self._signals[int(seconds * fps)].append(signal)
        self.frames = int(seconds * fps) + 1
        self._post: Post = lambda signal: None
        self._index = 0

    def due(self, index: int) -> list[Signal]:
        """The signals of frame `index`, counted from the start of the music."""
        return list(self._signals.get(index % self.frames if self._loop else index, ()))

    def start(self, post: Post) -> None:
        """Begin with the first frame."""
        self._post, self._index = post, 0

    def poll(self) -> None:
        """Post the next frame's signals: the nth call is frame n, counted from 0."""
        now = time.monotonic()
        for signal in self.due(self._index):
            self._post(replace(signal, at=now))
        self._index += 1

    def health(self) -> list[Health]:
        """One line: how far the music has been played."""
        at = self._index % self.frames if self._loop else min(self._index, self.frames)
        detail = f"frame {at} of {self.frames}{', again and again' if self._loop else ''}"
        return [
            Health(f"midi {self.path.name}", bool(self._signals), detail if self._signals else "no notes")
        ]

    def close(self) -> None:
        """Nothing is held open."""


def _messages(path: Path) -> list[mido.Message]:
    """Every message in the file with `time` in seconds since the one before, all tracks in one."""
    try:
        music = mido.MidiFile(path)
        if music.ticks_per_beat <= 0:
            raise ValueError("its time is counted in film frames, not beats")
        return list(music)
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror or 'not MIDI'}); {ADVICE}") from error
    except Exception as error:  # a broken file fails anywhere in the parser
        raise ValueError(f"{path}: not a MIDI file ({error or type(error).__name__}); {ADVICE}") from error


ADVICE = "give a standard .mid file of type 0 or 1"
