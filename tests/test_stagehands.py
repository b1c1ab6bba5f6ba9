"""What works beside the show: journal, recording, reloading, speed, addresses, the loop itself."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from controllers.replay import Replay
from engine.address import announce, free_port, hall_address, taken
from engine.casting import Staging
from engine.core.clock import Frame
from engine.core.log import Header
from engine.core.signals import Bus, Signal, level
from engine.journal import Journal, read_journal
from engine.loop import Stage, run
from engine.record import Record
from engine.reload import Reload
from engine.render import opening
from engine.show import Show
from engine.showfile import ShowFile
from engine.speed import Speed
from engine.stage.output import Headless

HEADER = Header("yiye", 7, 60, (320, 180))


def test_the_journal_keeps_the_newest_entry(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    journal = Journal(path)
    for frame in range(50):
        journal.note({"frame": frame})
    journal.close()
    assert read_journal(path) == {"frame": 49}


def test_a_journal_that_cannot_be_written_says_so_and_goes_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "no" / "where.json")
    journal.note({"frame": 1})
    journal.close()
    assert "where.json" in journal.trouble
    assert read_journal(tmp_path / "none.json") is None
    (tmp_path / "torn.json").write_text('{"frame": ')
    assert read_journal(tmp_path / "torn.json") is None


def test_a_recording_is_replayed_signal_for_signal(tmp_path: Path) -> None:
    path = tmp_path / "evening.jsonl"
    record = Record(path, HEADER)
    cast = {0: opening("5"), 7: (Signal("phone/tap", 0.5, number=3), level("midi/cc/1", 0.25)), 30: ()}
    for index, signals in cast.items():
        record.write(Frame(index), signals)
    record.close()
    replay = Replay(path)
    assert replay.header == HEADER and replay.frames == 31
    assert tuple(replay.due(0)) == cast[0] and tuple(replay.due(7)) == cast[7]


def test_a_full_disk_stops_the_recording_only() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.fail("this test needs /dev/full; run it on Linux")
    record = Record(full, HEADER)
    for index in range(2000):
        record.write(Frame(index), [Signal("phone/tap", text="x" * 100)])
    record._lines.put(None)
    record._thread.join(5)
    assert "recording has stopped" in record.trouble


def test_a_save_is_seen_and_a_broken_one_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    good = '"""Mine."""\nfrom engine import Scene\nclass Mine(Scene):\n    answer = {}\n'
    path.write_text(good.format(1))
    watch = Reload({"mine": path}, watch=True)
    deadline = threading.Event()
    path.write_text(good.format(2) + "\n")
    for _ in range(100):
        found = watch.saved()
        if found:
            break
        deadline.wait(0.02)
    assert found[0][0] == "mine" and found[0][1].answer == 2
    path.write_text("class Mine(:\n\n\n")
    for _ in range(100):
        said = watch.complaints()
        if said:
            break
        deadline.wait(0.02)
    watch.close()
    assert "mine.py, line 1" in said[0] and "last good version" in said[0]


def test_speed_reports_what_the_statistics_file_needs() -> None:
    speed = Speed()
    for k in range(1, 101):
        speed.frame("paper", k / 60, float(k), {"draw": k / 2})
    speed.heard("midi", 12.0)
    report = speed.report(100 / 60)
    assert set(report) >= {"frames", "fps", "frame_ms", "phases_ms", "latency_ms", "scenes", "phones"}
    assert report["frames"] == 100 and report["fps"] == 60.0
    assert report["frame_ms"] == {"p50": 50.5, "p95": 95.05, "p99": 99.01, "max": 100.0}
    assert report["latency_ms"]["midi"]["p50"] == 12.0
    assert report["scenes"]["paper"]["frame_ms"]["max"] == 100.0
    assert speed.now()["fps"] == 60.0


def test_ports_and_addresses() -> None:
    with socket.socket() as busy:
        busy.bind(("", 0))
        busy.listen()
        assert taken(busy.getsockname()[1])
    port = free_port()
    assert not taken(port)
    assert hall_address("show.example.org", port) == "http://show.example.org"
    assert hall_address("https://x.org/a", port) == "https://x.org/a"
    assert hall_address("", port).endswith(f":{port}/")
    lines = announce("http://10.0.0.2:8080/", 8080, "123456")
    assert "http://10.0.0.2:8080/console" in lines[1] and "123456" in lines[1]


class Counting:
    """An output that counts, and closes after so many pictures."""

    def __init__(self, most: int) -> None:
        self.most, self.frames = most, []

    def present(self, canvas, frame: Frame) -> None:
        self.frames.append(frame.index)

    @property
    def closed(self) -> bool:
        return len(self.frames) >= self.most

    def close(self) -> None: ...


class Silent:
    def perform(self, hits, beds) -> None: ...


@pytest.mark.slow
def test_the_loop_plays_until_told(shipped: ShowFile, staging: Staging) -> None:
    def stage(output, finished=lambda: False) -> Stage:
        bus = Bus()
        for signal in opening("5"):
            bus.post(signal)
        written = []
        made = Stage(
            show=Show(shipped, staging),
            bus=bus,
            controllers=(),
            output=output,
            sound=Silent(),
            write=lambda frame, signals: written.append((frame.index, len(signals))),
            watch=lambda frame: None,
            finished=finished,
        )
        made.written = written
        return made

    played = stage(Headless())
    assert run(played, Frame(0), 12).index == 12
    assert [index for index, _ in played.written] == list(range(12)), "no frame is left out"
    assert played.written[0][1] == 1 and played.show.cues.live.number == "5"
    assert set(played.speed.report(1.0)["phases_ms"]) >= {
        "input",
        "step",
        "draw",
        "picture",
        "present",
        "watch",
    }
    assert run(stage(Counting(3)), Frame(0), None).index >= 3
    calls = iter([False, False, True])
    assert run(stage(Headless(), lambda: next(calls)), Frame(100), None).index == 102
