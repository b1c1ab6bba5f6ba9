"""The show as a whole: orders, cues, scenes that fail, memory, and the same evening twice."""

from __future__ import annotations

import gc
import logging
import weakref
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from engine.casting import Staging
from engine.core.clock import Frame
from engine.core.signals import Signal, level
from engine.render import moments, opening
from engine.show import Show
from engine.showfile import ShowFile, read_show
from engine.snapshot import desk, house

SCENES = {
    "plain": '''"""Plain colours."""
from engine import Param, Scene

class Plain(Scene):
    title = ("素", "Plain")
    captions = {"hello": ("你好", "Hello")}
    red = Param(0.2)
    far = Param(10.0, 0.0, 100.0)

    def setup(self):
        self.taps = 0
        self.acts = []

    def on_tap(self, tap):
        self.taps += tap.count
        self.hit("drum", 0.5)

    def on_cue(self, cue):
        self.acts.append(cue.text)

    def draw(self, canvas, frame):
        canvas.fill((int(self.red * 255), min(255, self.taps), int(self.far)))
''',
    "other": '''"""Another colour, that moves by itself."""
from engine import Scene

class Other(Scene):
    title = ("他", "Other")

    def setup(self):
        self.x = self.rng.random()

    def autoplay(self, frame):
        self.x = (self.x + 0.01) % 1

    def draw(self, canvas, frame):
        canvas.fill((0, 0, int(self.x * 255)))
''',
    "broken": '''"""Fails when asked to."""
from engine import Scene

class Broken(Scene):
    title = ("坏", "Broken")
    trouble = ""

    def on_tap(self, tap):
        if tap.text == "verb":
            raise RuntimeError("in a verb")
        self.trouble = tap.text

    def update(self, frame):
        if self.trouble == "update":
            raise RuntimeError("in update")

    def draw(self, canvas, frame):
        canvas.fill((10, 200, 30))
        if self.trouble == "draw":
            canvas.fill((255, 0, 0))
            raise RuntimeError("in draw")
''',
}
CUES = """
title = ["小戏", "Small show"]
seed = 3
[[cue]]
number = "1"
title = ["一", "One"]
scene = "plain"
fade = 0
act = "first"
caption = "hello"
[[cue]]
number = "2"
scene = "plain"
fade = 1
act = "second"
params = { red = 0.8 }
trigger = ["wave"]
[[cue]]
number = "3"
scene = "other"
fade = 1
[[cue]]
number = "4"
scene = "broken"
fade = 0
"""


@pytest.fixture
def small(tmp_path: Path) -> ShowFile:
    (tmp_path / "scenes").mkdir()
    for name, text in SCENES.items():
        (tmp_path / "scenes" / f"{name}.py").write_text(text, "utf-8")
    (tmp_path / "show.toml").write_text(CUES, "utf-8")
    return read_show(tmp_path)


class Evening:
    """A show cranked frame by frame."""

    def __init__(self, file: ShowFile, staging: Staging) -> None:
        self.show = Show(file, staging)
        self.index = 0

    def __call__(self, *signals: Signal, frames: int = 1) -> np.ndarray:
        for k in range(frames):
            frame = Frame(self.index, self.show.file.fps)
            self.show.step(frame, signals if k == 0 else ())
            self.show.draw(frame)
            self.index += 1
        return self.show.picture(Frame(self.index - 1)).px[90, 160, 2::-1].astype(int)


@pytest.fixture
def evening(small: ShowFile, staging: Staging) -> Evening:
    return Evening(small, staging)


GO = Signal("console/go")


def test_before_the_first_go_the_curtain_is_shown(evening: Evening) -> None:
    assert evening().max() > 0 and evening.show.live is None


def test_cues_carry_acts_params_and_words(evening: Evening) -> None:
    evening(GO, frames=30)
    scene = evening.show.live.scene
    assert scene.acts == ["first"] and evening.show.live.scene.surtitle == ("你好", "Hello")
    assert evening(Signal("camera/wave"))[0] == pytest.approx(0.2 * 255, abs=2)
    assert evening(frames=60)[0] == pytest.approx(0.8 * 255, abs=2)
    assert evening.show.live.scene is scene and scene.acts == ["first", "second"]


def test_a_tap_is_a_verb_and_a_fader_a_knob(evening: Evening) -> None:
    evening(GO)
    colour = evening(Signal("phone/tap", count=40), level("console/knob/far", 0.5))
    assert colour[1] == 40 and colour[2] == 50
    assert [hit.instrument for hit in evening.show.hits] == ["drum"]
    evening()
    assert evening.show.hits == []


def test_crossfade_meets_in_the_middle(evening: Evening) -> None:
    evening(GO, frames=30)
    red = evening()[0]
    evening(Signal("console/jump", text="2"), frames=90)
    evening(GO, frames=1)
    assert evening.show.live.scene.setting.name == "other" and evening.show.leaving is not None
    middle = evening(frames=29)
    assert 0.3 * red < middle[0] < 0.9 * 0.8 * 255
    assert evening(frames=60)[0] == 0 and evening.show.leaving is None


def test_master_blackout_freeze_and_curtain(evening: Evening) -> None:
    evening(GO, frames=30)
    assert evening(Signal("console/blackout")).max() == 0
    assert evening(Signal("console/blackout"), frames=30).max() > 0
    assert evening(level("console/master", 0.5))[0] == pytest.approx(0.1 * 255, abs=2)
    evening(level("console/master", 1.0), frames=2)
    held = evening(Signal("console/freeze"), Signal("phone/tap", count=100))
    assert held[1] == 0 and evening(Signal("console/freeze"), frames=2)[1] == 100
    curtain = evening(Signal("console/curtain"), frames=30)
    assert curtain[1] < 90
    evening(Signal("console/panic"), frames=120)
    assert evening().max() == 0


@pytest.mark.parametrize("where", ["verb", "update", "draw"])
def test_a_scene_that_raises_holds_its_last_good_picture(
    where: str, small: ShowFile, staging: Staging, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "xitai.show")
    evening = Evening(small, replace(staging, strict=False))
    evening(Signal("console/jump", text="4"), frames=2)
    assert evening(Signal("phone/tap", text=where), frames=30).tolist() == [10, 200, 30]
    assert "broken" in evening.show.messages[-1] and "held" in evening.show.messages[-1]
    assert len(evening.show.messages) == 1, "said once, not every frame"
    assert evening(Signal("console/jump", text="1"), frames=30)[0] == pytest.approx(51, abs=2), (
        "the show goes on"
    )


def test_in_tests_it_stops_instead(small: ShowFile, staging: Staging) -> None:
    evening = Evening(small, staging)
    evening(Signal("console/jump", text="4"))
    with pytest.raises(RuntimeError, match="in update"):
        evening(Signal("phone/tap", text="update"), frames=2)


def test_jumping_is_as_if_the_cues_before_had_run(evening: Evening) -> None:
    evening(Signal("console/jump", text="2"), frames=90)
    assert evening.show.live.scene.acts == ["first", "second"]
    assert evening.show.live.scene.red == pytest.approx(0.8)
    evening(Signal("console/jump", text="77"))
    assert "77" in evening.show.messages[-1]


def test_nobody_acting_means_autoplay(evening: Evening) -> None:
    evening(Signal("console/jump", text="3"), frames=70)
    still = evening.show.live.scene.x
    evening(frames=60)
    assert evening.show.live.scene.x == still
    evening(frames=8 * 60)
    assert evening.show.live.scene.x != still
    moved = evening.show.live.scene.x
    evening(Signal("phone/tap"), frames=60)
    assert evening.show.live.scene.x == moved, "somebody is there again"


def test_a_room_that_rises_is_applauding_once(small: ShowFile, staging: Staging) -> None:
    cue = replace(small.cues[1], trigger=("applause",))
    evening = Evening(replace(small, cues=(small.cues[0], cue, *small.cues[2:])), staging)
    evening(GO, level("camera/energy", 0.5), frames=30)
    evening(level("camera/energy", 0.79))
    assert evening.show.cues.live.number == "1"
    evening(level("camera/energy", 0.85), frames=30)
    assert evening.show.cues.live.number == "2"
    evening(level("camera/energy", 0.95), frames=30)
    assert evening.show.cues.live.number == "2"


def test_memory_brings_back_cue_levels_and_knobs(small: ShowFile, staging: Staging) -> None:
    evening = Evening(small, staging)
    evening(GO, frames=30)
    evening(GO, level("console/master", 0.6), level("console/knob/far", 0.9), frames=90)
    again = Evening(small, staging)
    again.index = evening.index
    again.show.recall(evening.show.remember(), Frame(again.index))
    assert again(frames=2).tolist() == evening(frames=2).tolist()
    assert again.show.cues.live.number == "2" and again.show.cues.standby.number == "3"


def test_snapshot_for_phones_and_console(evening: Evening) -> None:
    evening(GO, level("phone/joined", 1.0, count=12), frames=3)
    public = house(evening.show, Frame(3), epoch="e", seen=9)
    private = desk(evening.show, Frame(3), camera={}, devices=[], speed={"frame_ms": {}})
    assert (public["cue"], public["scene"], public["joined"], public["seen"]) == ("1", "plain", 12, 9)
    assert public["caption"] == ["你好", "Hello"]
    assert [c["number"] for c in private["cues"]] == ["1", "2", "3", "4"] and private["standby"] == "2"
    assert {k["name"]: k["raw"] for k in private["knobs"]} == {"red": 0.2, "far": 0.1}
    assert "cues" not in public and "knobs" not in public


def test_a_saved_scene_plays_at_once_and_a_broken_save_does_not(small: ShowFile, staging: Staging) -> None:
    from engine.repertoire import load_scene

    evening = Evening(small, replace(staging, strict=False))
    evening(GO, level("console/knob/far", 0.9), frames=5)
    path = small.scene_paths["plain"]
    path.write_text(SCENES["plain"].replace("self.taps = 0", "self.taps = 77"), "utf-8")
    evening.show.recast("plain", load_scene(path), Frame(evening.index))
    assert evening(frames=30).tolist() == [51, 77, 90]
    path.write_text(SCENES["plain"].replace("self.taps = 0", "self.taps = 1 / 0"), "utf-8")
    evening.show.recast("plain", load_scene(path), Frame(evening.index))
    assert evening(frames=2).tolist() == [51, 77, 90] and "ZeroDivisionError" in evening.show.messages[-1]


def pictures(file: ShowFile, staging: Staging, cast: Sequence[tuple[int, Signal]]) -> str:
    seen = sha256()
    for moment in moments(file, staging, 200, lambda k: [s for at, s in cast if at == k]):
        seen.update(moment.picture.px.tobytes())
    return seen.hexdigest()


@pytest.mark.slow
def test_the_same_seed_and_log_are_the_same_evening(shipped: ShowFile, staging: Staging) -> None:
    cast = [(0, s) for s in opening("6")] + [
        (30, Signal("phone/tap", x=0.3)),
        (90, Signal("console/jump", text="30")),
    ]
    first = pictures(shipped, staging, cast)
    assert pictures(shipped, staging, cast) == first
    assert pictures(shipped, replace(staging, seed=99), cast) != first
    assert pictures(shipped, staging, cast[:-1]) != first


def test_a_scenes_time_begins_when_it_comes_on(evening: Evening) -> None:
    evening(GO, frames=400)
    seen = []
    evening(Signal("console/jump", text="3"))
    scene = evening.show.live.scene
    scene.autoplay = lambda frame: seen.append(frame.index)
    evening.show.cues.autoplay = True
    evening(frames=3)
    assert seen == [1, 2, 3] and scene.came_on == pytest.approx(400 / 60)


def test_a_scene_that_has_left_is_gone_at_once(evening: Evening) -> None:
    """Without a collector: an exhibit that plays for weeks must not grow."""
    evening(GO, frames=2)
    scene = evening.show.live.scene
    scene.own = scene.update  # a cycle, as callbacks make them
    left = weakref.ref(scene)
    del scene
    gc.disable()
    try:
        evening(Signal("console/jump", text="3"), frames=200)
        assert evening.show.live.scene.setting.name == "other" and left() is None
    finally:
        gc.enable()
