"""The orchestra: takes made ready in the background, so that no picture waits for a sound."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.core.score import Hit
from engine.sound.headroom import Peaks, peaks
from engine.sound.room import Walls
from engine.sound.stand import GROUND, LAYERS, STAND, TAKES, Voice, dry, loop, others, voice
from engine.sound.tone import RATE

log = logging.getLogger(__name__)

Pcm = npt.NDArray[np.int16]
"""What the device plays: (n, 2), full scale."""

LEAD = 2048
"""Silent samples before every take, so that a late hit can begin inside them: one frame at 24 a second."""
QUIET = 10 ** (-56 / 20)
"""A take ends where it has fallen this far below its peak."""
BUDGET = 128 * 2**20
"""Bytes of takes kept; the longest unused go first."""
PEAK = 32_767 * 10 ** (-1 / 20)
URGENT, PREPARED = 0, 1


@dataclass(frozen=True, slots=True)
class Take:
    """One sound as the device plays it, and its peaks."""

    pcm: Pcm
    peaks: Peaks


class Orchestra:
    """Takes by voice, made by one thread of its own: those that are waited for first."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._ready: dict[Voice, Take] = {}
        self._asked: dict[Voice, int] = {}
        self._wanted: queue.PriorityQueue[tuple[int, int, Voice | None]] = queue.PriorityQueue()
        self._number = itertools.count()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="orchestra", daemon=True)
        self._thread.start()

    def prepare(self, names: Iterable[str], hits: Iterable[Hit] = ()) -> None:
        """Make ready every layer and take of some instruments and beds, and of the sounds of some hits."""
        known = [name for name in names if name in STAND or name in GROUND]
        beds = [Voice(name) for name in known if name in GROUND]
        first = [voice(Hit(name, 1.0), 0) for name in known if name in STAND]
        wished = [voice(hit, 0) for hit in hits if hit.instrument in STAND]
        each = [list(others(v)) for v in dict.fromkeys(first + wished)]
        for round_ in range(len(LAYERS) * TAKES):
            for stands in each:
                self._ask(stands[round_], PREPARED)
        for bed in beds:
            self._ask(bed, PREPARED)

    def take(self, wanted: Voice) -> Take | None:
        """The take, or one that can stand in for it, or None while it is being made. Never waits."""
        with self._lock:
            found = next((v for v in others(wanted) if v in self._ready), None)
            if found is not None:
                self._ready[found] = take = self._ready.pop(found)
        if found != wanted:
            self._ask(wanted, PREPARED if found else URGENT)
        return take if found else None

    def bed(self, name: str) -> Take | None:
        """The loop of a bed, or None while it is being made."""
        with self._lock:
            take = self._ready.get(Voice(name))
        if take is None:
            self._ask(Voice(name), PREPARED)
        return take

    def rest(self) -> None:
        """Wait until everything asked for is made: for tests and rehearsals, never in a frame."""
        self._wanted.join()

    def close(self) -> None:
        """Let the thread go; may be called twice."""
        self._wanted.put((-1, next(self._number), None))
        self._thread.join(timeout=2)

    def _ask(self, wanted: Voice, urgency: int) -> None:
        with self._lock:
            if wanted in self._ready or self._asked.get(wanted, urgency + 1) <= urgency:
                return
            self._asked[wanted] = urgency
        self._wanted.put((urgency, next(self._number), wanted))

    def _work(self) -> None:
        walls = Walls(self._seed)
        while (wanted := self._wanted.get()[2]) is not None:
            try:
                if wanted not in self._ready:
                    self._keep(wanted, self._make(wanted, walls))
            except Exception:  # one bad take must not silence the rest
                log.exception("sound: cannot make %s; it stays silent", wanted)
            finally:
                self._wanted.task_done()

    def _make(self, wanted: Voice, walls: Walls) -> Pcm:
        if wanted.name in GROUND:
            return (PEAK * loop(wanted.name, self._seed)).astype(np.int16)
        return _pressed(walls.around(dry(wanted, self._seed)))

    def _keep(self, made: Voice, pcm: Pcm) -> None:
        take = Take(pcm, peaks(pcm))
        with self._lock:
            self._ready[made] = take
            self._asked.pop(made, None)
            spare = sum(take.pcm.nbytes for take in self._ready.values()) - BUDGET
            for old in [v for v in self._ready if v.name not in GROUND and v != made]:
                if spare <= 0:
                    break
                spare -= self._ready.pop(old).pcm.nbytes


def _pressed(sound: npt.NDArray[np.float32]) -> Pcm:
    """A stereo take as the device plays it: silence before, cut where it is no longer heard."""
    loud = np.abs(sound).max(axis=1)
    sound = sound[: int(np.flatnonzero(loud > QUIET * loud.max())[-1]) + 1]
    fade = min(len(sound), round(0.03 * RATE))
    sound[len(sound) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    pcm = np.zeros((LEAD + len(sound), 2), np.int16)
    pcm[LEAD:] = sound * (PEAK / np.abs(sound).max())
    return pcm
