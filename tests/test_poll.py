"""Crowd windows in the show: a cue asks, the house answers, the scene is told, a branch stands by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.casting import Staging
from engine.checks import set_up_each
from engine.core.clock import Frame
from engine.core.crowd import Ballots
from engine.core.signals import Kind, Signal, level
from engine.repertoire import load_scene
from engine.show import Show
from engine.showfile import read_show
from engine.snapshot import companion, house

SCENE = '''"""Asks and remembers."""
from engine import Scene

class Asking(Scene):
    title = ("问", "Asking")

    def setup(self):
        self.answers = []
        self.polls = []
        self.number = self.read("asking.txt", lambda path: int(path.read_text()))

    def update(self, frame):
        self.polls.append(dict(self.poll))

    def on_answer(self, result):
        self.answers.append(result)

    def on_vote(self, signal):
        self.evening.keep("vote", signal.number, text=signal.text)

    def draw(self, canvas, frame):
        canvas.fill((9, 9, 9))

    def companion(self):
        return {"view": "vote", "verbs": []}
'''
SHOW = """
title = ["问", "Ask"]
words = true
[[cue]]
number = "1"
scene = "asking"
[cue.ask]
verb = "vote"
how = "majority"
seconds = 2
quorum = 0.5
fallback = "b"
option = [{ id = "a", label = ["甲", "A"] }, { id = "b", label = ["乙", "B"] }]
[cue.branch]
a = "3"
[[cue]]
number = "2"
scene = "asking"
trigger = ["quorum"]
[[cue]]
number = "3"
scene = "asking"
trigger = ["answer"]
[[override]]
number = "93"
order = "phones"
title = ["静", "Phones off"]
"""


@pytest.fixture
def staged(tmp_path: Path, staging: Staging) -> Callable[..., Show]:
    """A show of SHOW, changed if asked; its own data file says 3."""

    def build(change: Callable[[str], str] = lambda text: text, data: str = "3") -> Show:
        (tmp_path / "scenes").mkdir()
        (tmp_path / "scenes" / "asking.py").write_text(SCENE, "utf-8")
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets" / "asking.txt").write_text(data, "utf-8")
        (tmp_path / "asking.txt").write_text("7", "utf-8")
        (tmp_path / "show.toml").write_text(change(SHOW), "utf-8")
        return Show(read_show(tmp_path), staging)

    return build


def told(show: Show, votes: dict[int, str]) -> Signal:
    """What a gateway says after these guests voted."""
    window = companion(show, Frame(0))["ask"]["id"]
    ballots = Ballots(window)
    for guest, choice in votes.items():
        ballots.answer(guest, choice=choice)
    return Signal("phone/tally", kind=Kind.LEVEL, source="gateway", text=ballots.tally().text())


def play(show: Show, frames: range, signals: list[Signal]) -> None:
    for index in frames:
        show.step(Frame(index), signals if index == frames.start else [])


def test_the_house_votes_and_the_answer_decides_what_follows(staged) -> None:
    show = staged(lambda text: text.replace('trigger = ["quorum"]', ""))
    play(show, range(1), [Signal("console/go"), level("phone/joined", 1.0, count=4)])
    asked = companion(show, Frame(0))
    assert asked["verbs"] == ["vote"] and asked["options"][0] == {"id": "a", "label": ["甲", "A"]}
    assert asked["ask"]["until"] == 2.0
    play(show, range(1, 120), [told(show, {1: "a", 2: "a", 3: "b"})])
    scene = show.live.scene
    counted = {"a": 2.0, "b": 1.0}
    assert counted in scene.polls and companion(show, Frame(119))["tally"] == counted
    play(show, range(120, 122), [])
    (result,) = scene.answers
    assert result.choice == "a" and result.met and result.people == 3
    assert show.cues.live.number == "3", "the branch stood by, and the end of the window called it"
    assert "ask" not in companion(show, Frame(121)) and scene.polls[-1] == {}


def test_too_few_answers_fall_back(staged) -> None:
    show = staged()
    play(show, range(1), [Signal("console/go"), level("phone/joined", 1.0, count=40)])
    play(show, range(1, 122), [told(show, {1: "a", 2: "a"})])
    (result,) = show.live.scene.answers
    assert result.choice == "b" and not result.met and show.cues.live.number == "1"


def test_a_quorum_starts_the_standby_cue_and_the_scene_still_hears_the_answer(staged) -> None:
    show = staged()
    play(show, range(1), [Signal("console/go"), level("phone/joined", 1.0, count=4)])
    play(show, range(1, 40), [told(show, {1: "a", 2: "b"})])
    assert show.cues.live.number == "2" and len(show.live.scene.answers) == 1


def test_nobody_in_the_room_may_call_the_engines_own_hooks(staged) -> None:
    show = staged()
    play(show, range(1), [Signal("console/go")])
    play(show, range(1, 3), [Signal("phone/answer"), Signal("console/act/cue", text="x")])
    assert show.live.scene.answers == [] and not show.live.failed


def test_an_override_is_called_by_its_number(staged) -> None:
    show = staged()
    play(show, range(1), [Signal("console/go")])
    assert companion(show, Frame(0))["words"] is False, "no wish is open"
    play(show, range(1, 3), [Signal("console/jump", text="93")])
    assert show.quiet and companion(show, Frame(2)) == {"view": "wait", "verbs": []}
    assert show.cues.live.number == "1"
    play(show, range(3, 5), [Signal("console/jump", text="93")])
    assert not show.quiet


def test_a_broken_data_file_falls_back_to_the_one_below_and_says_so(staged, tmp_path: Path) -> None:
    show = staged(data="three")
    play(show, range(1), [Signal("console/go")])
    assert show.live.scene.number == 7
    assert any("assets/asking.txt" in m and "three" in m for m in show.messages)
    (mistake,) = set_up_each(show.file)
    assert "assets/asking.txt" in str(mistake)


def test_a_broken_shipped_file_is_named_and_the_show_goes_on(staged, tmp_path: Path) -> None:
    show = staged(data="three")
    alone = replace(show.file, assets=show.file.assets[:1])  # nothing below it, as with a shipped file
    (mistake,) = set_up_each(alone)
    for word in ("asking.txt", "three", "put the shipped file back"):
        assert word in str(mistake)
    show = Show(alone, replace(show.staging, strict=False))
    play(show, range(3), [Signal("console/go")])
    show.draw(Frame(3))
    assert show.picture(Frame(3)).px.any(), "the curtain stands in"
    assert any("asking.txt" in m and "three" in m for m in show.messages)


def test_votes_are_kept_when_the_scene_file_is_saved_meanwhile(staged) -> None:
    show = staged(lambda text: text.replace('trigger = ["quorum"]', ""))
    play(show, range(1), [Signal("console/go"), level("phone/joined", 1.0, count=4)])
    play(show, range(1, 60), [told(show, {1: "a", 2: "a", 3: "b"})])
    asked = companion(show, Frame(60))["ask"]
    show.recast("asking", load_scene(show.file.scene_paths["asking"]), Frame(60))
    assert show.live.scene.answers == [], "the house has not been asked to the end"
    assert companion(show, Frame(60))["ask"] == asked, "the same question, and it ends when it would have"
    play(show, range(61, 122), [])
    (result,) = show.live.scene.answers
    assert result.choice == "a" and result.people == 3


def test_marks_and_coal_survive_a_restart(staged, staging: Staging) -> None:
    show = staged(lambda text: text + '\n[[cue]]\nnumber = "4"\nscene = "lobby"\n')
    show = Show(replace(show.file, earning=("asking",)), staging)
    play(show, range(1), [Signal("console/go")])
    play(show, range(1, 3), [Signal("phone/vote", number=5, text="a"), Signal("console/jump", text="4")])
    memory = {**show.remember(), "evening": show.evening.remember()}
    again = Show(show.file, staging)
    known: list[float] = []
    enter = again.evening.enter
    again.evening.enter = lambda scene: (known.append(again.evening.courses), enter(scene))[1]
    again.recall(memory, Frame(3))
    assert known == [2.0], "the scene that comes back finds the coal of those before it"
    assert again.evening.courses == 2 and again.evening.marks("vote")[0].guest == 5
    assert house(again, Frame(3), epoch="", seen=0)["cue"] == "4"
    play(again, range(4, 6), [Signal("console/jump", text="1")])
    assert again.evening.courses == 0, "the first cue begins a new evening"
