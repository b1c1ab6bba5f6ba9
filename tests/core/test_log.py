"""The log: every signal comes back as it went in, and every fault is named with its line."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.log import VERSION, Header, LogError, header_line, read_header, read_signal, signal_line
from engine.core.signals import Kind, Signal

numbers = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(codec="utf-8"), max_size=20)
signals = st.builds(
    Signal,
    words,
    numbers,
    st.sampled_from(Kind),
    words,
    numbers,
    numbers,
    st.integers(),
    st.integers(),
    st.lists(st.tuples(numbers, numbers), max_size=5).map(tuple),
    words,
    numbers,
)
headers = st.builds(
    Header,
    words,
    st.integers(),
    st.integers(1, 240),
    st.tuples(st.integers(1, 9999), st.integers(1, 9999)),
)


@given(st.integers(0, 10**9), signals)
def test_a_signal_comes_back_as_it_went_in(index, signal):
    line = signal_line(index, signal)
    assert line.isascii()
    assert "\n" not in line
    assert read_signal(line) == (index, signal)


@given(headers)
def test_a_header_comes_back_as_it_went_in(header):
    assert read_header(header_line(header)) == header


def test_only_what_differs_is_written():
    assert signal_line(3, Signal("phone/tap", at=99.5)) == '{"f":3,"a":"phone/tap"}'
    drag = Signal("phone/drag/left", 0.25, Kind.LEVEL, count=12)
    assert signal_line(4, drag) == '{"f":4,"a":"phone/drag/left","l":1,"v":0.25,"c":12}'


def test_numpy_values_are_written_as_plain_numbers():
    signal = Signal("camera/wave", np.float32(0.5), x=np.float64(0.25), points=((np.float32(1), 0),))
    assert json.loads(signal_line(np.int64(1), signal)) == {
        "f": 1,
        "a": "camera/wave",
        "v": 0.5,
        "x": 0.25,
        "p": [[1.0, 0.0]],
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"f":1,"a":"midi/no', "not a line of a log"),
        ("", "not a line of a log"),
        ("[" * 100_000, "not a line of a log"),
        ("[1]", "not a line of a log"),
        ('{"a":"key/b"}', "'f' is missing"),
        ('{"f":1}', "'a' is missing"),
        ('{"f":-1,"a":"key/b"}', "'f' is to be a frame, 0 or above, found -1"),
        ('{"f":1.5,"a":"key/b"}', "'f' is to be a whole number, found 1.5"),
        ('{"f":1,"a":7}', "'a' is to be text, found 7"),
        ('{"f":1,"a":"key/b","v":"loud"}', "'v' is to be a number, found 'loud'"),
        ('{"f":1,"a":"key/b","v":true}', "'v' is to be a number, found True"),
        ('{"f":1,"a":"key/b","l":2}', "'l' is to be 1, or nothing for a trigger, found 2"),
        ('{"f":1,"a":"key/b","p":[[1]]}', "'p' is to be pairs of numbers"),
        ('{"f":1,"a":"key/b","z":1}', "unknown key 'z'"),
        ('{"f":1,"a":"key/b","v":1' + "0" * 400 + "}", "'v' is to be"),
    ],
)
def test_a_bad_line_is_named(line, said):
    with pytest.raises(LogError) as caught:
        read_signal(line, 12)
    assert str(caught.value).startswith("line 12: ")
    assert said in str(caught.value)
    assert len(str(caught.value)) < 160


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"xitai": VERSION + 1}, "is newer than"),
        ({"xitai": "one"}, "'xitai' is to be a whole number"),
        ({"fps": 0}, "'fps' is to be 1 or above"),
        ({"size": [1920]}, "'size' is to be [width, height]"),
        ({"size": [0, 1080]}, "'size' is to be [width, height]"),
    ],
)
def test_a_bad_header_is_named(change, said):
    good = json.loads(header_line(Header("yiye", 7, 60, (1920, 1080))))
    with pytest.raises(LogError, match=r"^line 1: ") as caught:
        read_header(json.dumps({**good, **change}))
    assert said in str(caught.value)


def test_a_file_of_another_kind_is_no_log():
    with pytest.raises(LogError, match="a log begins with"):
        read_header('{"name": "package"}')


@given(st.text(max_size=60))
def test_any_other_text_is_a_log_error(text):
    for read in (read_header, read_signal):
        with pytest.raises(LogError):
            read(text)
