"""A .mid file in place of a device: counted frames, real files, broken files."""

import io

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from controllers.midifile import MidiFile
from engine.core.signals import Signal


def music(*tracks, ticks_per_beat=480, kind=1):
    file = mido.MidiFile(type=kind, ticks_per_beat=ticks_per_beat)
    for messages in tracks:
        file.tracks.append(mido.MidiTrack(messages))
    return file


DRUMS = (
    [mido.MetaMessage("set_tempo", tempo=500_000), mido.MetaMessage("set_tempo", tempo=1_000_000, time=960)],
    [
        mido.Message("note_on", note=36, velocity=127),
        mido.Message("note_off", note=36, velocity=0, time=480),
        mido.Message("sysex", data=(1, 2, 3)),
        mido.Message("note_on", note=38, velocity=127, time=960),
    ],
    [mido.Message("control_change", control=1, value=127, time=480)],
)


@pytest.fixture
def drums(tmp_path):
    music(*DRUMS).save(tmp_path / "drums.mid")
    return tmp_path / "drums.mid"


def struck(file, frames):
    return {n: [s.address for s in file.due(n)] for n in range(frames) if file.due(n)}


def test_music_falls_on_counted_frames_through_a_change_of_tempo(drums):
    file = MidiFile(drums)
    assert struck(file, 1000) == {
        0: ["midi/note/36"],
        30: ["midi/release/36", "midi/cc/1"],
        120: ["midi/note/38"],
    }
    assert file.due(0) == [Signal("midi/note/36", source="drums.mid", number=36)]
    assert struck(MidiFile(drums, fps=30), 1000).keys() == {0, 15, 60}


def test_it_goes_round(drums):
    file = MidiFile(drums, loop=True)
    assert file.frames == 121
    assert list(struck(file, 300)) == [0, 30, 120, 121, 151, 241, 242, 272]


def test_as_a_controller_it_posts_frame_after_frame(drums):
    file, heard = MidiFile(drums), []
    file.start(heard.append)
    for _ in range(31):
        file.poll()
    assert [signal.address for signal in heard] == ["midi/note/36", "midi/release/36", "midi/cc/1"]
    assert all(signal.at > 0 for signal in heard)
    assert file.health()[0].detail == "frame 31 of 121"
    file.close()


def test_a_file_without_notes_says_so(tmp_path):
    music([mido.MetaMessage("text", text="empty")]).save(tmp_path / "empty.mid")
    line = MidiFile(tmp_path / "empty.mid").health()[0]
    assert (line.ok, line.detail) == (False, "no notes")


def bytes_of(file):
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


WHOLE = bytes_of(music(*DRUMS))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF1234WAVEfmt ",
        WHOLE[:40],
        bytes_of(music(*DRUMS, kind=2)),
        WHOLE[:12] + b"\x00\x00" + WHOLE[14:],
        WHOLE[:12] + b"\xe7\x28" + WHOLE[14:],
    ],
    ids=["empty", "another kind", "cut", "type 2", "no beat", "film frames"],
)
def test_an_unreadable_file_is_one_clear_line(tmp_path, content):
    path = tmp_path / "drums.mid"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"type 0 or 1$") as caught:
        MidiFile(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(ValueError, match=r"none\.mid: cannot be read \(No such file"):
        MidiFile(tmp_path / "none.mid")


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_wrong_byte_is_an_error_or_music_never_a_crash(tmp_path_factory, place, byte):
    path = tmp_path_factory.getbasetemp() / "broken.mid"
    path.write_bytes(WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :])
    try:
        file = MidiFile(path)
    except ValueError as error:
        assert str(path) in str(error)
    else:
        assert file.frames >= 1
