"""Show and venue files at the door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.address import announce, hall_address, room_code
from engine.repertoire import SceneError, load_scene
from engine.scaffold import ScaffoldError, build
from engine.showfile import ShowError, ShowFile, find_show, read_show
from engine.venue import Venue, read_venue

GOOD = 'title = ["戏", "Show"]\n[[cue]]\nnumber = "1"\nscene = "paper"\n'


def mistakes(folder: Path, text: str) -> list[str]:
    (folder / "show.toml").write_text(text, "utf-8")
    try:
        read_show(folder)
    except ShowError as error:
        return [str(m) for m in error.mistakes]
    return []


def test_a_small_show_is_well(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD) == []


def test_five_mistakes_are_named_in_one_go(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        """
titel = ["戏", "Show"]
[[cue]]
number = "1"
scene = "papr"
[[cue]]
number = "2"
scene = "paper"
fade = -3
params = { densety = 0.5 }
trigger = ["wavee"]
""",
    )
    assert len(found) == 5
    for words in (
        ("'titel'", "did you mean 'title'?"),
        ("cue 1", "'papr'", "did you mean 'paper'?"),
        ("cue 2", "fade must be between 0 and 60", "-3"),
        ("cue 2", "'densety'", "did you mean 'density'?"),
        ("cue 2", "'wavee'", "did you mean 'wave'?"),
    ):
        assert any(all(w in sentence for w in words) for sentence in found), words
    assert all("show.toml" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("title = ", "no valid TOML"),
        ('title = ["戏", "Show"]', "at least one"),
        (GOOD + "cap = 3\nfollow = 4\n", "both cap and follow"),
        (GOOD + '[[cue]]\nnumber = "1"\nscene = "paper"\n', "used twice"),
        (GOOD + "light = [300, 0, 0]\n", "light must be"),
        (GOOD + 'title = ["a", "b", "c"]\n', '["中文", "English"]'),
        (GOOD + 'caption = "scisors"\n', "did you mean 'scissors'?"),
        (GOOD + "params = { main = 5 }\n", "between 0 and 1"),
        (GOOD + "params = { main = nan }\n", "must be a number"),
        (GOOD + '[verbs]\n"midi/note/40" = "ct"\n', "verb"),
        (GOOD + '[orders]\n"key/x" = "gow"\n', "did you mean 'go'?"),
        ("fps = 1000\n" + GOOD, "between 10 and 240"),
        ('cue = "1"\n', "at least one"),
    ],
)
def test_each_mistake_says_what_and_where(tmp_path: Path, text: str, words: str) -> None:
    found = mistakes(tmp_path, text)
    assert found and any(words in sentence for sentence in found), found


def test_a_missing_file_and_a_broken_scene_are_mistakes(tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="no such file"):
        read_show(tmp_path)
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "mine.py").write_text('"""Mine."""\ndef f(:\n')
    found = mistakes(tmp_path, GOOD.replace("paper", "mine"))
    assert len(found) == 1 and "mine.py, line 2" in found[0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("def drow(self, canvas, frame): pass", "did you mean 'draw'"),
        ("def updte(self, frame): pass", "did you mean 'update'"),
        ("def draw(self, canvas): pass", "draw takes 2 argument"),
        ("def onTap(self, tap): pass", "on_<verb>"),
    ],
)
def test_a_misspelt_hook_is_named_with_the_right_word(tmp_path: Path, body: str, words: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(f'"""Mine."""\nfrom engine import Scene\nclass Mine(Scene):\n    {body}\n')
    with pytest.raises(SceneError, match=words.replace("(", "\\(")):
        load_scene(path)


def test_a_scene_file_holds_one_scene(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text('"""None."""\n')
    with pytest.raises(SceneError, match="exactly one"):
        load_scene(path)
    path.write_text('"""Bad."""\nimport nowhere_at_all\n')
    with pytest.raises(SceneError, match="nowhere_at_all"):
        load_scene(path)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["number", "title", "scene", "fade", "params", "trigger", "cap", "follow", "light", "x"]
        ),
        VALUES,
    ),
    st.dictionaries(
        st.sampled_from(["title", "fps", "seed", "guard", "knobs", "verbs", "orders", "text"]), VALUES
    ),
)
def test_nothing_in_a_file_brings_the_reader_down(tmp_path: Path, cue: dict, top: dict) -> None:
    from engine import showfile
    from engine.door import Door

    (tmp_path / "show.toml").write_text("x = 1")
    original = Door.read
    Door.read = lambda self: {**top, "cue": [cue]}
    try:
        assert isinstance(showfile.read_show(tmp_path), ShowFile)
    except ShowError as error:
        assert error.mistakes and all("\n" not in m.place for m in error.mistakes)
    finally:
        Door.read = original


def test_shows_are_found_by_path_and_by_name(tmp_path: Path) -> None:
    assert find_show(None).name == "yiye" and find_show("yiye") == find_show(None)
    assert find_show(str(tmp_path)) == tmp_path
    assert find_show(str(tmp_path / "show.toml")) == tmp_path / "show.toml"
    (tmp_path / "show.toml").write_text(GOOD)
    assert find_show(str(tmp_path / "show.toml")) == tmp_path


def test_a_new_show_runs_and_nothing_is_overwritten(tmp_path: Path) -> None:
    made = build(tmp_path / "mine")
    assert read_show(tmp_path / "mine").cues[0].scene == "first"
    scene = next(p for p in made if p.suffix == ".py").read_text("utf-8")
    assert "def draw" in scene
    with pytest.raises(ScaffoldError, match="not empty"):
        build(tmp_path / "mine")


def test_a_venue_sets_what_is_wrong_aside(tmp_path: Path) -> None:
    path = tmp_path / "venue.toml"
    path.write_text(
        'keystone = [[0.1, 0], [1, 0], [1, 1], [0, 1]]\n[camera]\nsource = "0"\nzone = [0, 0, 2, 1]\n'
        '[wifi]\nname = "Hall"\n[phonez]\n'
    )
    venue, found = read_venue(path)
    assert venue.corners[0] == (0.1, 0.0) and venue.camera == "0" and venue.wifi_name == "Hall"
    assert venue.sight == Venue().sight
    assert len(found) == 2 and "did you mean 'phones'?" in str(found[0]) + str(found[1])
    assert read_venue(tmp_path / "none.toml")[0] == Venue()


@pytest.mark.parametrize(("given", "kept"), [("jinf", "jinf"), ("new", "new"), ("J1NF", ""), ("JIN", "")])
def test_a_room_code_is_four_letters_or_new(tmp_path: Path, given: str, kept: str) -> None:
    path = tmp_path / "venue.toml"
    path.write_text(f'[phones]\nroom = "{given}"\n', encoding="utf-8")
    venue, found = read_venue(path)
    assert venue.room == kept
    assert bool(found) == (not kept)


def test_the_address_carries_the_room_code() -> None:
    assert room_code("jinf") == "JINF" and room_code("") == ""
    assert re.fullmatch("[A-HJ-NPR-Y]{4}", room_code("new"))
    assert hall_address("hall.example", 8080, "JINF") == "http://hall.example/?r=JINF"
    assert hall_address("https://hall.example/", 8080, "JINF") == "https://hall.example/?r=JINF"
    assert (
        announce("http://hall.example/?r=JINF", 8080, "1234")[1].split()[2] == "http://hall.example/console"
    )
