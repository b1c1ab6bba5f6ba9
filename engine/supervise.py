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
DOUBLE_AFTER = 120  # heartbeats before an understudy is hired: the start belongs to the first picture
PATIENCE = 4.0  # seconds a process has to finish when asked

_BEAT, _STOP, _WAIT = 0, 1, 2


class Board:
    """Three numbers shared with a child: its heartbeat, whether it should finish, whether it waits.

    An understudy waits: it has learnt the part, and goes on when the one on stage falls.
    """

    def __init__(self, *, waiting: bool = False) -> None:
        self._numbers: Any = RawArray("q", 3)
        self._numbers[_WAIT] = int(waiting)

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

    def go_on(self) -> None:
        """Call the understudy on stage."""
        self._numbers[_WAIT] = 0

    @property
    def waiting(self) -> bool:
        """Whether the child is an understudy still."""
        return bool(self._numbers[_WAIT])

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
    doubled   an understudy is kept ready, so that a fall is mended at once
    leads     when it finishes by itself, the show is over
    optional  when it gives a kept exit code the rest goes on without it
    """

    name: str
    work: Work
    settings: Any
    renew: Renew = lambda settings, falls: settings
    beats: bool = False
    doubled: bool = False
    leads: bool = False
    optional: bool = False


class Player:
    """A part and the process that plays it now."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.settings = part.settings
        self.falls: list[float] = []
        self.gone = False
        self._understudy: tuple[Any, Board] | None = None
        self._take_stage(*self._hire(self.settings, waiting=False))

    def _hire(self, settings: Any, *, waiting: bool) -> tuple[Any, Board]:
        board = Board(waiting=waiting)
        process = multiprocessing.get_context("spawn").Process(
            target=_play, args=(self.part.work, settings, board), name=f"xitai-{self.part.name}", daemon=True
        )
        process.start()
        return process, board

    def _take_stage(self, process: Any, board: Board) -> None:
        self.process, self.board = process, board
        self._beats, self._beat_at = 0, time.monotonic()

    def double(self) -> None:
        """Keep an understudy, once the one on stage is well at work."""
        if self.part.doubled and self._understudy is None and self.board.beats > DOUBLE_AFTER:
            self._understudy = self._hire(self.part.renew(self.settings, 1), waiting=True)

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
        ready, self._understudy = self._understudy, None
        if ready is not None and ready[0].is_alive() and len(self.falls) < LOOP_COUNT:
            ready[1].go_on()
            self._take_stage(*ready)
            return
        if ready is not None:
            ready[0].kill()
        self._take_stage(*self._hire(self.settings, waiting=False))

    def finish(self) -> None:
        """Ask it to finish, and after a while insist."""
        self.board.stop()
        if self._understudy is not None:
            self._understudy[0].kill()
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
                player.double()
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
