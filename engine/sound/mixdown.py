"""Mixdown: the sound of a recorded evening, sample by sample with its pictures."""

from __future__ import annotations

import wave
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.core.score import Hit
from engine.sound.beds import Beds
from engine.sound.limiter import Limiter
from engine.sound.room import Stereo, Walls
from engine.sound.stand import STAND, Voice, dry, loop, loudness, sides, voice
from engine.sound.tone import RATE

Moment = tuple[int, Sequence[Hit], Mapping[str, float]]
"""One frame of an evening: its index, its hits, the levels of its beds."""

BLOCK = RATE
"""Samples mixed at a time: one second. Memory does not grow with the length of the evening."""
KEPT = 200
"""Takes kept; more are made again."""


class Mixdown:
    """Moments in, blocks of stereo samples out, (n, 2) float32.

    `first` is the frame at sample 0; if not given, that of the first moment. A hit of frame k begins at
    sample round((k - first) * 44100 / fps), later by what it is late; nothing exceeds -1 dBFS. The same
    moments and seed give the same bytes.
    """

    def __init__(self, *, fps: int, seed: int = 0, first: int | None = None, volume: float = 0.8) -> None:
        self._fps, self._seed, self._first, self._volume = fps, seed, first, volume
        self._walls, self._limiter, self._beds = Walls(seed), Limiter(), Beds(fps)
        self._turns: Counter[str] = Counter()
        self._takes: OrderedDict[Voice, npt.NDArray[np.float32]] = OrderedDict()
        self._loops: dict[str, Stereo] = {}
        self._levels: dict[str, float] = {}
        self._struck = np.zeros((BLOCK, 2), np.float32)  # from sample `_done` on
        self._ground = np.zeros((BLOCK, 2), np.float32)
        self._done = 0  # samples mixed
        self._end = 0  # samples of the moments so far
        self._given = 0  # samples handed out; the limiter is a little behind

    def blocks(self, moments: Iterable[Moment], tail: float = 0.0) -> Iterator[Stereo]:
        """The evening's sound, ending with its last frame, or `tail` seconds later so that echoes die."""
        k = -1
        for index, hits, beds in moments:
            self._first = index if self._first is None else self._first
            if index - self._first <= k:
                raise ValueError(f"mixdown: frame {index} comes after frame {k + self._first}")
            k = index - self._first
            yield from self._moment(k, hits, beds)
        for after in range(round(tail * self._fps)):
            yield from self._moment(k + 1 + after, (), {})
        while self._done < self._end:
            yield self._mixed()
        yield self._given_on(self._limiter.flush())

    def _moment(self, k: int, hits: Sequence[Hit], beds: Mapping[str, float]) -> Iterator[Stereo]:
        """Write frame k down; gives the blocks that nothing can change any more."""
        begin, self._end = self._end, round((k + 1) * RATE / self._fps)
        known = [hit for hit in hits if hit.instrument in STAND]
        for hit in known:
            self._strike(round((k / self._fps + hit.late) * RATE), hit)
        before, self._levels = self._levels, self._beds.step(beds, known)
        for name in sorted(before.keys() | self._levels.keys()):
            self._lay(name, begin, self._end, before.get(name, 0.0), self._levels.get(name, 0.0))
        while self._end - self._done >= BLOCK:
            yield self._mixed()

    def _strike(self, at: int, hit: Hit) -> None:
        """Add a take at sample `at`."""
        wanted = voice(hit, self._turns[hit.instrument])
        self._turns[hit.instrument] += 1
        take = self._take(wanted)
        self._struck = _reaching(self._struck, at - self._done + len(take))
        where = slice(at - self._done, at - self._done + len(take))
        self._struck[where] += take[:, None] * (loudness(hit) * np.array(sides(hit.pan), np.float32))

    def _lay(self, name: str, begin: int, end: int, before: float, after: float) -> None:
        """Add a stretch of a bed whose level goes from `before` to `after`."""
        if name not in self._loops:
            self._loops[name] = loop(name, self._seed)
        sound = self._loops[name]
        level = np.linspace(before, after, end - begin, endpoint=False, dtype=np.float32)
        self._ground = _reaching(self._ground, end - self._done)
        where = slice(begin - self._done, end - self._done)
        self._ground[where] += sound[np.arange(begin, end) % len(sound)] * level[:, None]

    def _take(self, wanted: Voice) -> npt.NDArray[np.float32]:
        if wanted not in self._takes:
            self._takes[wanted] = dry(wanted, self._seed)
            if len(self._takes) > KEPT:
                self._takes.popitem(last=False)
        self._takes.move_to_end(wanted)
        return self._takes[wanted]

    def _mixed(self) -> Stereo:
        """The next block, with its room."""
        struck, self._struck = self._struck[:BLOCK], _reaching(self._struck[BLOCK:], BLOCK)
        ground, self._ground = self._ground[:BLOCK], _reaching(self._ground[BLOCK:], BLOCK)
        self._done += BLOCK
        mixed = self._volume * (struck + self._walls.follow(struck) + ground)
        return self._given_on(self._limiter.push(mixed))

    def _given_on(self, sound: Stereo) -> Stereo:
        """The samples, no further than the last frame."""
        sound = sound[: self._end - self._given]
        self._given += len(sound)
        return sound


def write_wav(path: Path, blocks: Iterable[Stereo]) -> None:
    """Write blocks of stereo samples to a 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for block in blocks:
            file.writeframes((block * 32_767).astype(np.int16).tobytes())


def _reaching(sound: Stereo, n: int) -> Stereo:
    """`sound`, lengthened with silence to at least `n` samples."""
    return sound if len(sound) >= n else np.pad(sound, ((0, n - len(sound)), (0, 0)))
