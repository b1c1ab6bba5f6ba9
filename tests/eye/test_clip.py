"""A video file through the eye."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest

from controllers.eye.clip import ClipError, gestures_of, main_lines
from controllers.eye.eye import Eye
from controllers.eye.picture import grey_of
from controllers.eye.settings import EyeSettings

from .conftest import write

pytestmark = pytest.mark.slow


def test_a_real_file_gives_the_strokes_that_were_done(lifts, lifts_mp4):
    truths = [truth for truth in lifts[0].truths if not truth.free]
    found = [json.loads(line) for line in main_lines(lifts_mp4)]
    found = [g for g in found if g["name"] != "hush"]
    assert [g["name"] for g in found] == [t.name for t in truths]
    for gesture, truth in zip(found, truths, strict=True):
        assert set(gesture) >= {"time", "name", "confidence", "x", "y"}
        assert truth.end - 0.2 < gesture["time"] < truth.end + 0.3
        assert 0.5 <= gesture["confidence"] <= 1
        assert 0 <= gesture["x"] <= 1 and 0 <= gesture["y"] <= 1


def test_the_same_file_twice_gives_the_same_lines(lifts_mp4):
    assert list(main_lines(lifts_mp4)) == list(main_lines(lifts_mp4))


def test_a_stroke_cut_off_by_the_end_of_the_clip_is_reported(lifts, tmp_path):
    clip, pictures = lifts
    first = clip.truths[0]
    path = write(tmp_path / "tight.mp4", pictures[: int((first.end - 0.03) * 30)])
    assert [g["name"] for g in gestures_of(path)] == [first.name]


@pytest.mark.parametrize("name", ["none.mp4", "folder", "text.mp4", "empty.mp4", "header.mp4"])
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, lifts_mp4, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.mp4").write_text("this is no film\n" * 50)
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "header.mp4").write_bytes(lifts_mp4.read_bytes()[:400])
    with pytest.raises(ClipError) as error:
        list(main_lines(tmp_path / name))
    message = str(error.value)
    assert name in message and "\n" not in message and "give" in message


@pytest.mark.parametrize(
    "name, said", [("", "'': there is no such file"), ("/dev/null", "/dev/null: is no file")]
)
def test_what_is_no_file_is_called_so(name, said):
    with pytest.raises(ClipError, match=said):
        list(main_lines(name))


def test_nothing_but_our_line_is_written(tmp_path, capfd):
    (tmp_path / "text.mp4").write_text("this is no film\n" * 50)
    with pytest.raises(ClipError):
        list(main_lines(tmp_path / "text.mp4"))
    assert capfd.readouterr() == ("", "")


def test_a_slow_clip_is_no_error(tmp_path, lifts):
    path = write(tmp_path / "slow.mp4", lifts[1][::6][:8], fps=5)
    assert isinstance(list(gestures_of(path)), list)


@pytest.mark.parametrize("count, said", [(6, "1.0 pictures a second"), (1, "a single picture")])
def test_a_clip_in_which_nothing_can_be_followed_says_so(tmp_path, lifts, count, said):
    path = write(tmp_path / "stills.mp4", lifts[1][::30][:count], fps=1)
    with pytest.raises(ClipError, match=said):
        list(gestures_of(path))


def test_an_address_where_nobody_answers_is_said_in_one_line():
    with pytest.raises(ClipError, match="nobody answers") as error:
        list(main_lines("rtsp://127.0.0.1:9/none"))
    assert "rtsp://127.0.0.1:9/none" in str(error.value)


@pytest.mark.parametrize("size", [(320, 240), (202, 358), (1280, 720), (64, 48)])
def test_any_size_of_picture(tmp_path, lifts, size):
    path = write(tmp_path / "odd.mp4", lifts[1][:75], size=size)
    assert all(0 <= g["x"] <= 1 for g in gestures_of(path))


@pytest.mark.parametrize(
    "shape, dtype",
    [((90, 160), np.uint8), ((90, 161, 1), np.uint8), ((91, 160, 3), np.uint8), ((90, 160, 4), np.uint8),
     ((200, 400), np.uint16), ((1, 1, 3), np.uint8)],
)  # fmt: skip
def test_any_kind_of_picture_becomes_grey(shape, dtype):
    picture = np.full(shape, 100 if dtype == np.uint8 else 100 * 257, dtype)
    grey = grey_of(picture)
    assert grey.shape == (180, 320) and grey.dtype == np.uint8
    assert abs(int(np.median(grey)) - 100) <= 1


@pytest.mark.parametrize("thing", [None, np.zeros((0, 5), np.uint8), np.zeros(7, np.uint8), "x"])
def test_what_is_no_picture_is_none(thing):
    assert grey_of(thing) is None


def test_mirrored_left_is_right(lifts):
    plain, mirror = (Eye(EyeSettings("", mirror=flag)) for flag in (False, True))
    ways = {}
    for flag, eye in ((False, plain), (True, mirror)):
        for k, picture in enumerate(lifts[1][:90]):
            now = eye.see(k / 30, cv2.flip(picture, 1) if flag else picture)
        ways[flag] = now.levels["x"]
    assert ways[True] == pytest.approx(1 - ways[False], abs=0.03)
