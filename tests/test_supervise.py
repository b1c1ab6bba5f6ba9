"""The supervisor with real processes that end, crash and hang."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from engine.supervise import DOUBLE_AFTER, Board, Part, Supervisor

pytestmark = pytest.mark.slow


def note(path: Path, word: str) -> list[str]:
    """Append a word to a file all tries share; all words so far."""
    with path.open("a") as file:
        file.write(word + "\n")
    return path.read_text().split()


def crash_once(path: Path, board: Board) -> int:
    if len(note(path, "try")) == 1:
        os._exit(7)
    board.beat()
    return 0


def hang_once(path: Path, board: Board) -> int:
    board.beat()
    if len(note(path, "try")) == 1:
        threading.Event().wait()
    return 0


def refuse(path: Path, board: Board) -> int:
    note(path, "try")
    return 2


def until_stopped(path: Path, board: Board) -> int:
    stop = threading.Event()
    while not board.stopping:
        board.beat()
        stop.wait(0.01)
    note(path, "finished")
    return 0


def play_doubled(path: Path, board: Board) -> int:
    """The first one on stage waits until its understudy is there, then falls; that one goes on."""
    pause = threading.Event()
    if board.waiting:
        note(path, "understudy")
        while board.waiting:
            pause.wait(0.005)
        note(path, "went-on")
        return 0
    while "understudy" not in note(path, "on"):
        for _ in range(DOUBLE_AFTER):
            board.beat()
        pause.wait(0.05)
    os._exit(9)


def run(*parts: Part) -> tuple[int, list[str]]:
    said: list[str] = []
    return Supervisor(parts, said.append).run(), said


def test_a_crash_is_brought_back_and_the_end_ends_it(tmp_path: Path) -> None:
    code, said = run(Part("stage", crash_once, tmp_path / "log", leads=True))
    assert code == 0 and "stage ended with code 7; bringing it back" in said
    assert (tmp_path / "log").read_text().split() == ["try", "try"]


def test_a_hanging_process_is_brought_back(tmp_path: Path) -> None:
    code, said = run(Part("stage", hang_once, tmp_path / "log", beats=True, leads=True))
    assert code == 0 and any("hung" in line for line in said)


def test_what_cannot_work_ends_with_its_own_code(tmp_path: Path) -> None:
    code, said = run(Part("stage", refuse, tmp_path / "log", leads=True))
    assert code == 2 and said == [] and (tmp_path / "log").read_text().split() == ["try"]


def test_an_optional_part_is_missed_by_nobody(tmp_path: Path) -> None:
    code, _ = run(
        Part("eye", refuse, tmp_path / "eye", optional=True),
        Part("stage", crash_once, tmp_path / "log", leads=True),
    )
    assert code == 0 and (tmp_path / "eye").read_text().split() == ["try"]


def test_an_understudy_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log"
    code, _ = run(Part("stage", play_doubled, path, beats=True, doubled=True, leads=True))
    words = path.read_text().split()
    assert code == 0 and words.count("went-on") == 1 and words.index("understudy") < words.index("went-on")


def test_everyone_is_asked_to_finish(tmp_path: Path) -> None:
    supervisor = Supervisor([Part("stage", until_stopped, tmp_path / "log", beats=True, leads=True)], print)
    result: list[int] = []

    def watch() -> None:
        pause = threading.Event()
        while not threading.main_thread().is_alive():
            pause.wait(0.01)
        pause.wait(0.5)
        supervisor.stop()

    threading.Thread(target=watch, daemon=True).start()
    result.append(supervisor.run())
    assert result == [0] and (tmp_path / "log").read_text().split() == ["finished"]
