"""Where signals go."""

from engine.core.patch import ORDERS, Patch, Target
from engine.core.signals import Signal, level


def test_defaults() -> None:
    patch = Patch()
    assert patch.target(Signal("key/space")) == Target("order", "go")
    assert patch.target(Signal("midi/note/50")) == Target("order", "go")
    assert patch.target(Signal("midi/note/40")) == Target("verb", "pad")
    assert patch.target(Signal("camera/raise")) == Target("verb", "raise")
    assert patch.target(Signal("phone/flick")) == Target("verb", "flick")
    assert patch.target(level("midi/cc/1", 0.2)) == Target("knob", "main")
    assert patch.target(level("phone/drag/left", 0.2)) == Target("knob", "rod_left")
    assert patch.target(level("console/knob/petals", 0.2)) == Target("knob", "petals")
    assert patch.target(level("console/master", 0.2)) == Target("order", "master")
    for order in ORDERS:
        assert patch.target(Signal(f"console/{order}")) == Target("order", order)


def test_a_level_calls_no_verb_and_a_trigger_turns_no_knob() -> None:
    assert Patch().target(level("camera/wave", 1.0)) is None
    assert Patch().target(Signal("midi/cc/1")) is None
    assert Patch().target(Signal("nowhere/at/all")) is None
    assert Patch().target(Signal("")) is None


def test_a_show_lays_its_lines_over_and_switches_off() -> None:
    patch = Patch().with_lines(
        {"midi/cc/7": "petals"}, {"midi/note/36": "cut", "camera/push": ""}, {"midi/note/50": ""}
    )
    assert patch.target(level("midi/cc/7", 1)) == Target("knob", "petals")
    assert patch.target(Signal("midi/note/36")) == Target("verb", "cut")
    assert patch.target(Signal("midi/note/37")) == Target("verb", "pad")
    assert patch.target(Signal("camera/push")) is None
    assert patch.target(Signal("midi/note/50")) == Target("verb", "pad")


def test_what_a_controller_may_do_follows_from_the_verbs_that_are_answered():
    patch = Patch().with_lines(
        {}, {"camera/wave": "greet", "camera/lower": ""}, {"camera/swipe_left": "back"}
    )
    assert patch.acts("camera", {"raise", "greet", "lower", "wave"}) == {
        "raise",
        "greet",
        "wave",
        "swipe_left",
    }
    assert patch.acts("camera", set()) == {"swipe_left"}
