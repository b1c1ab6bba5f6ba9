"""The cue list, cranked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.crowd import Result
from engine.core.cues import Cue, CueList


def cue(number: str, scene: str = "paper", **more) -> Cue:
    return Cue(number, (number, number), scene, **more)


def cues(*given_cues: Cue, **more) -> CueList:
    return CueList(given_cues or (cue("1"), cue("2"), cue("3", "iron", fade=2.0)), 60, **more)


def test_go_moves_standby_on_and_ends_at_the_last() -> None:
    show = cues()
    assert show.live is None and show.standby.number == "1"
    assert [show.go(k * 60).number for k in range(3)] == ["1", "2", "3"]
    assert show.standby is None and show.go(500) is None


def test_a_second_go_within_the_guard_does_nothing() -> None:
    show = cues(guard=0.3)
    show.go(0)
    assert show.guarded(17) and show.go(17) is None
    assert not show.guarded(18) and show.go(18).number == "2"


def test_back_jump_and_standby() -> None:
    show = cues()
    show.go(0)
    show.go(60)
    assert show.back(120).number == "1" and show.standby.number == "2"
    assert show.jump("3", 200).number == "3"
    assert show.stand_by("2") and show.standby.number == "2"
    assert show.jump("99", 300) is None and not show.stand_by("99")


def test_crossfade_only_between_scenes() -> None:
    show = cues()
    show.go(0)
    show.go(60)
    assert show.leaving is None
    show.go(120)
    assert show.leaving.scene == "paper" and show.level(180) == pytest.approx(0.5)
    show.step(240)
    assert show.leaving is None and show.level(240) == 1.0


def test_follow_and_cap_come_by_themselves() -> None:
    show = cues(cue("1", follow=2.0), cue("2", cap=1.0), cue("3"))
    show.go(0)
    assert show.step(119) is None and show.step(120).number == "2"
    assert show.step(179) is None and show.step(180).number == "3"
    assert show.step(100_000) is None


def test_autoplay_lingers_and_pace_hurries() -> None:
    show = cues(linger=10.0, pace=0.1)
    show.go(0)
    assert show.step(1000) is None
    show.autoplay = True
    assert show.step(60).number == "2"


def test_a_trigger_fires_only_the_standby_that_waits_for_it() -> None:
    show = cues(cue("1"), cue("2", trigger=("hush",)), cue("3"))
    show.go(0)
    assert show.offer("wave", 60) is None
    assert show.offer("hush", 60).number == "2"
    assert show.offer("hush", 120) is None


def test_a_looping_show_begins_again() -> None:
    show = cues(cue("1", follow=1.0), cue("2", follow=1.0), loop=True)
    show.go(0)
    assert [show.step(60 * k).number for k in (1, 2, 3)] == ["2", "1", "2"]


def test_memory_brings_it_back_to_the_same_place() -> None:
    show = cues()
    show.go(0)
    show.go(77)
    again = cues()
    assert again.recall(show.remember()).number == "2"
    assert (again.live, again.standby, again.since) == (show.live, show.standby, 77)
    assert cues().recall({"live": "gone"}) is None


@given(st.lists(st.sampled_from(["go", "back", "step", "jump2", "jumpx", "standby3"]), max_size=40))
def test_no_order_of_orders_breaks_it(orders: list[str]) -> None:
    show = cues(cue("1", follow=0.5), cue("2"), cue("3", "iron"))
    for k, order in enumerate(orders):
        index = k * 20
        match order:
            case "go":
                show.go(index)
            case "back":
                show.back(index)
            case "step":
                show.step(index)
            case "jump2":
                show.jump("2", index)
            case "jumpx":
                show.jump("x", index)
            case "standby3":
                show.stand_by("3")
        assert 0.0 <= show.level(index) <= 1.0
        assert show.live is None or show.live in show.cues


def test_a_held_cue_waits_and_goes_on_where_it_was() -> None:
    show = cues(cue("1", cap=1.0), cue("2"))
    show.go(0)
    assert all(show.step(index) is None for index in range(1, 31))
    show.held = True
    assert all(show.step(index) is None for index in range(31, 300))
    show.held = False
    assert all(show.step(index) is None for index in range(300, 329))
    assert show.step(329).number == "2" and not show.held


def test_a_cue_may_name_what_stands_by_after_it() -> None:
    show = cues(cue("1"), cue("2a", next="3"), cue("2b", next="3"), cue("3"))
    show.go(0)
    show.stand_by("2b")
    assert show.go(60).number == "2b" and show.standby.number == "3"


def test_a_branch_is_chosen_by_the_answer_or_by_the_quorum() -> None:
    asked = cue("1", branch={"red": "2a", "met": "2b", "missed": "3"})
    assert asked.after(Result(0.6, "red", 5, True)) == "2a"
    assert asked.after(Result(0.6, "black", 5, True)) == "2b"
    assert asked.after(Result(0.0, "", 0, False)) == "3"
    assert cue("2").after(Result(0.6, "red", 5, True)) == ""
