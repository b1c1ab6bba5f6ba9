"""A recorded evening: what was written is performed, whatever a crash has left of it."""

import pytest

from controllers.replay import Replay
from engine.core.clock import Frame
from engine.core.log import Header, LogError, header_line, signal_line
from engine.core.signals import Bus, Signal, level
from engine.record import END, Record

HEADER = Header("shows/yiye", 7, 60, (320, 180))
EVENING = {
    0: [Signal("console/go")],
    3: [level("midi/cc/1", 0.25, source="Fader"), Signal("midi/note/36", 0.5), Signal("midi/note/38", 1.0)],
    900: [
        Signal("phone/wish", text="平安\u2028", number=23),
        Signal("phone/cut", points=((0.1, 0.2), (0.3, 1.0))),
    ],
}


EVENING[1199] = [Signal(END)]


def record(path):
    recorder = Record(path, HEADER)
    for index in range(1200):
        recorder.write(Frame(index), EVENING.get(index, []) if index < 1199 else [])
    recorder.close()
    assert not recorder.trouble


@pytest.fixture
def log(tmp_path):
    return tmp_path / "evening.jsonl"


def test_the_same_signals_in_the_same_frames(log):
    record(log)
    replay = Replay(log)
    assert replay.header == HEADER
    assert replay.frames == 1200
    assert not replay.cut
    assert {index: replay.due(index) for index in range(1300) if replay.due(index)} == EVENING


def test_as_a_controller_it_posts_frame_after_frame(log):
    record(log)
    replay, bus = Replay(log), Bus()
    replay.start(bus.post)
    heard = {}
    for index in range(1250):
        replay.poll()
        heard[index] = bus.drain()
    replay.close()
    assert {index: signals for index, signals in heard.items() if signals} == EVENING
    assert replay.health()[0].detail == "frame 1200 of 1200"


@pytest.mark.parametrize("left", ['{"f":901,"a":"midi/no', "\0\0\0\0", "{"])
def test_a_line_broken_off_by_a_crash_is_left_out_and_told(log, left):
    record(log)
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(lines[:-1]) + left)
    replay = Replay(log)
    assert replay.cut
    assert replay.frames == 901, "what was after the last signal is not known"
    assert replay.due(900) == EVENING[900]
    assert "broken off" in replay.health()[0].detail


def test_a_bad_line_is_named_with_file_and_number(log):
    good = signal_line(1, Signal("key/b"))
    log.write_text("\n".join([header_line(HEADER), good, "oops", good, ""]))
    with pytest.raises(LogError, match=r"evening\.jsonl, line 3: not a line of a log, found 'oops'"):
        Replay(log)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00PNG", b"not a log\n", b'{"a":1}\n'])
def test_another_file_is_refused_in_one_line(log, content):
    log.write_bytes(content)
    with pytest.raises(LogError) as caught:
        Replay(log)
    assert str(caught.value).startswith(f"{log}, line 1: ")
    assert "--record" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(LogError, match="cannot be read"):
            Replay(path)
