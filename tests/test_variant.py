"""Shows made from other shows, and what cues may ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.crowd import How
from engine.showfile import ShowError, read_show

BASE = """
title = ["戏", "Show"]
seed = 9
earning = ["paper", "iron"]
[[cue]]
number = "1"
scene = "lobby"
[[cue]]
number = "2"
scene = "paper"
cap = 20
trigger = ["pad", "vote"]
[cue.ask]
verb = "vote"
how = "majority"
seconds = 12
quorum = 0.2
fallback = "b"
option = [{ id = "a", label = ["甲", "A"] }, { id = "b", label = ["乙", "B"] }]
[cue.branch]
b = "10"
[[cue]]
number = "10"
scene = "iron"
[[override]]
number = "91"
order = "blackout"
title = ["黑", "Blackout"]
"""


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).mkdir()
    (folder / name / "show.toml").write_text(text, "utf-8")
    return folder / name


def mistakes(folder: Path) -> str:
    with pytest.raises(ShowError) as caught:
        read_show(folder)
    return str(caught.value)


def test_a_cue_asks_the_house(tmp_path: Path) -> None:
    show = read_show(written(tmp_path, "base", BASE))
    ask = show.cues[1].ask
    assert ask is not None and ask.how is How.MAJORITY and ask.options == ("a", "b")
    assert ask.labels[0] == ("甲", "A") and ask.fallback == "b" and show.cues[1].branch == {"b": "10"}
    assert show.overrides["91"].order == "blackout" and show.earning == ("paper", "iron")


def test_a_show_made_from_another_keeps_its_scenes_and_changes_cues(tmp_path: Path) -> None:
    written(tmp_path, "base", BASE)
    short = written(
        tmp_path,
        "short",
        'from = "base"\nscenes = ["paper", "iron"]\nloop = true\n'
        '[[cue]]\nnumber = "2"\nfollow = 5\n[[cue]]\nnumber = "3"\nscene = "leather"\n',
    )
    show = read_show(short)
    assert [c.number for c in show.cues] == ["2", "3", "10"] and show.loop and show.seed == 9
    assert show.cues[0].follow == 5 and show.cues[0].cap is None and show.cues[0].ask is not None
    assert show.title == ("戏", "Show") and tmp_path / "base" in show.assets


def test_without_phones_nothing_is_asked_and_no_phone_starts_a_cue(tmp_path: Path) -> None:
    written(tmp_path, "base", BASE)
    show = read_show(written(tmp_path, "tent", 'from = "base"\nphones = false\n'))
    assert show.cues[1].ask is None and show.cues[1].trigger == ("pad",) and not show.phones


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('from = "bas"\n', "no show 'bas'"),
        ('from = "base"\nscenes = ["papr"]\n', "did you mean 'paper'?"),
        ('from = "base"\ndrop = ["77"]\n', "cue number '77'"),
        (BASE.replace('fallback = "b"', 'fallback = "c"'), "option to fall back on 'c'"),
        (BASE.replace('b = "10"', 'b = "11"'), "cue number '11'"),
        (BASE.replace('how = "majority"', 'how = "most"'), "way to combine answers 'most'"),
        (BASE.replace('order = "blackout"', 'order = "blakout"'), "did you mean 'blackout'?"),
        (BASE.replace('number = "91"', 'number = "2"'), "used twice"),
    ],
)
def test_mistakes_name_the_place_and_the_nearest_word(tmp_path: Path, text: str, words: str) -> None:
    written(tmp_path, "base", BASE)
    assert words in mistakes(written(tmp_path, "mine", text))


def test_a_mistake_in_the_lower_show_is_told_of_its_own_file(tmp_path: Path) -> None:
    written(tmp_path, "base", BASE.replace('scene = "iron"', 'scene = "irn"'))
    found = mistakes(written(tmp_path, "mine", 'from = "base"\n'))
    assert "base/show.toml" in found and "'irn'" in found
