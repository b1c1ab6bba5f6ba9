"""A folder of labelled clips is looked through before it is measured."""

from __future__ import annotations

import pytest

from benchmarks.eye import main

from .conftest import write
from .evaluate import NAMES
from .footage import faults_of

GOOD = "# a rehearsal\n1.60 2.17 raise\n3 4 lower*\n\n5 6 *\n"


@pytest.fixture
def folder(tmp_path, lifts):
    write(tmp_path / "a.mp4", lifts[1][:4])
    (tmp_path / "a.txt").write_text(GOOD)
    return tmp_path


def test_a_good_folder_has_no_faults(folder):
    assert faults_of(folder, NAMES) == []


@pytest.mark.parametrize(
    "labels, said",
    [
        (b"1.6 2.1\n", "line 1: has 2 fields"),
        (b"1.6 2.1 raise now\n", "line 1: has 4 fields"),
        (b"# x\none 2 raise\n", "line 2: 'one' and '2' must be seconds"),
        (b"3 2 raise\n", "line 1: ends at 2 s, but starts at 3 s"),
        (b"nan 2 raise\n", "starts at nan"),
        (b"-1 2 raise\n", "starts at -1"),
        (b"1 2 rise\n", "no gesture is called 'rise'"),
        (b"1 2 \xff\xfe\n", "is not UTF-8"),
        (b"\xef\xbb\xbf1 2 raise\n", "byte order mark"),
    ],
)
def test_what_is_wrong_with_labels_is_one_line(folder, labels, said):
    (folder / "a.txt").write_bytes(labels)
    [line] = faults_of(folder, NAMES)
    assert said in line and line.startswith(str(folder / "a.txt")) and "\n" not in line


def test_missing_labels_clips_that_do_not_play_and_no_clips_at_all(folder, tmp_path):
    (folder / "a.txt").unlink()
    (folder / "b.mp4").write_text("no film")
    (folder / "b.txt").touch()
    missing, broken = faults_of(folder, NAMES)
    assert "a.txt: is missing" in missing and "b.mp4: cannot be read" in broken
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no clips" in faults_of(empty, NAMES)[0]
    assert "no such folder" in faults_of(tmp_path / "none", NAMES)[0]


@pytest.mark.parametrize("words", [["--clips", "/none/here"], ["--faults", "nope"], ["--kinds", "dance"]])
def test_the_command_says_it_and_gives_2(words, capsys):
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert words[1] in capsys.readouterr().err
