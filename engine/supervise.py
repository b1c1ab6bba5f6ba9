"""Starts the processes of a show, watches them, and brings back whichever falls."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.sharedctypes import RawArray
from typing import Any

log = logging.getLogger("xitai.supervise")

LOOK_EVERY = 0.05  # seconds between two looks at the children
HANG_AFTER = 1.0  # seconds without a heartbeat before a process counts as hung
LOOP_COUNT, LOOP_SECONDS = 3, 60.0  # so many falls in so long is a crash loop
KEPT_CODES = (2, 3)  # exit codes that mean "as asked, this cannot work": no use trying again
PATIENCE = 4.0  # seconds a process has to finish when asked

_BEAT, _STOP = 0, 1


class Board:
    """Two numbers shared with a child: its heartbeat, and whether it should finish."""

    def __init__(self) -> None:
        self._numbers: Any = RawArray("q", 2)

    def beat(self) -> None:
        """The child is alive and at work."""
        self._numbers[_BEAT] += 1

    @property
    def beats(self) -> int:
        """Heartbeats so far."""
        return int(self._numbers[_BEAT])

    def stop(self) -> None:
        """Ask the child to finish."""
        self._numbers[_STOP] = 1

    @property
    def stopping(self) -> bool:
        """Whether the child was asked to finish."""
        return bool(self._numbers[_STOP])


Work = Callable[[Any, Board], int]
Renew = Callable[[Any, int], Any]


@dataclass(frozen=True)
class Part:
    """One process of the show.

    work      module-level function (settings, board) -> exit code, run in a fresh interpreter
    renew     (settings, falls in the last minute) -> settings for the next try
    beats     whether it beats the board; a hung one is restarted
    leads     when it finishes by itself, the show is over
    optional  when it gives a kept exit code the rest goes on without it
    """

    name: str
    work: Work
    settings: Any
    renew: Renew = lambda settings, falls: settings
    beats: bool = False
    leads: bool = False
    optional: bool = False


class Player:
    """A part and the process that plays it now."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.settings = part.settings
        self.falls: list[float] = []
        self.gone = False
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self.board = Board()
        self.process = self._context.Process(
            target=_play,
            args=(self.part.work, self.settings, self.board),
            name=f"xitai-{self.part.name}",
            daemon=True,
        )
        self.process.start()
        self._beats, self._beat_at = 0, time.monotonic()

    def hung(self, now: float) -> bool:
        """Whether a beating process has been silent too long; silence before its first beat is setup."""
        beats = self.board.beats
        if beats != self._beats:
            self._beats, self._beat_at = beats, now
        return self.part.beats and beats > 0 and now - self._beat_at > HANG_AFTER

    def restart(self, now: float) -> None:
        """Bring it back, with settings that know how often it fell lately."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join(1)
        self.falls = [*(t for t in self.falls if now - t < LOOP_SECONDS), now]
        self.settings = self.part.renew(self.settings, len(self.falls))
        self._start()

    def finish(self) -> None:
        """Ask it to finish, and after a while insist."""
        self.board.stop()
        if not self.part.beats:
            self.process.terminate()

    def wait(self) -> None:
        """Until it is gone."""
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(1)


class Supervisor:
    """Runs the parts until the leading one finishes. `say` tells the person at the terminal."""

    def __init__(self, parts: Sequence[Part], say: Callable[[str], None]) -> None:
        self._parts, self._say = parts, say
        self._stop = threading.Event()

    def stop(self) -> None:
        """End the show, from any thread or a signal handler."""
        self._stop.set()

    def run(self) -> int:
        """The exit code of the leading part, or of the first that could not work at all."""
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        players = [Player(part) for part in self._parts]
        code = 0
        try:
            while not self._stop.wait(LOOK_EVERY):
                ended = self._look(players)
                if ended is not None:
                    code = ended
                    break
        except KeyboardInterrupt:
            self._say("stopping")
        for player in players:
            player.finish()
        for player in players:
            player.wait()
        return code

    def _look(self, players: Sequence[Player]) -> int | None:
        """Bring back who fell; an exit code when the show is over."""
        now = time.monotonic()
        for player in players:
            if player.gone:
                continue
            name, alive = player.part.name, player.process.is_alive()
            if alive and not player.hung(now):
                continue
            code = player.process.exitcode
            if code in KEPT_CODES and not player.falls:
                if not player.part.optional:
                    return code
                player.gone = True
                continue
            if code == 0 and player.part.leads:
                return 0
            why = "hung" if alive else f"ended with code {code}"
            self._say(f"{name} {why}; bringing it back")
            player.restart(now)
        return None


def _play(work: Work, settings: Any, board: Board) -> None:
    """A child's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to hear
    threading.Thread(target=_leave_with_parent, name="parent", daemon=True).start()
    code = work(settings, board)
    logging.shutdown()
    raise SystemExit(code)


def _leave_with_parent() -> None:
    """A show without its supervisor must not keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
