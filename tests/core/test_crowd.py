"""The audience as an instrument: one answer each, robust combinations, quorum and fallback."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.clock import Frame
from engine.core.crowd import BINS, KEPT, Ask, Ballots, How, Tally, Window, block, merge
from engine.core.signals import Kind, Signal

steps = st.integers(0, BINS - 1)


def ballots_of(values, window="5"):
    ballots = Ballots(window)
    for guest, step in enumerate(values):
        ballots.answer(guest, value=step / (BINS - 1))
    return ballots.tally()


def told(tally, source="gateway"):
    return Signal("phone/tally", kind=Kind.LEVEL, source=source, text=tally.text(), count=tally.people)


@given(st.lists(steps, min_size=1, max_size=60))
def test_mean_and_median_are_those_of_the_people(values):
    tally = ballots_of(values)
    people = [v / (BINS - 1) for v in values]
    assert tally.mean == pytest.approx(statistics.fmean(people))
    assert tally.median == pytest.approx(statistics.median(people))
    assert min(people) - 1e-9 <= tally.trimmed <= max(people) + 1e-9


def test_one_who_shouts_does_not_move_the_trimmed_mean():
    calm = [10] * 9
    assert ballots_of([*calm, 20]).trimmed == ballots_of([*calm, 0]).trimmed == pytest.approx(0.5)
    assert ballots_of([*calm, 20]).mean > 0.5


def test_a_person_counts_once_and_may_move_the_vote():
    ballots = Ballots("6")
    assert ballots.answer(1, choice="red")
    assert not ballots.answer(1, choice="white")
    ballots.answer(2, choice="white")
    tally = ballots.tally()
    assert dict(tally.choices) == {"white": 2}
    assert (tally.people, tally.acts) == (2, 3)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc"), steps, st.integers(0, 8)), max_size=40))
def test_a_tally_is_what_counting_the_last_answers_gives(acts):
    ballots = Ballots("w")
    for guest, choice, step, zone in acts:
        ballots.answer(guest, choice=choice, value=step / (BINS - 1), zone=zone)
    last = {guest: (choice, step, zone) for guest, choice, step, zone in acts}
    tally = ballots.tally()
    assert tally.people == len(last) == sum(tally.bins) == sum(tally.zones)
    for choice, n in tally.choices:
        assert n == sum(1 for c, _, _ in last.values() if c == choice)
    assert Tally.read(tally.text()) == tally


@pytest.mark.parametrize(
    "text", ["", "{}", "[1,2]", '["w",1,1,{},[1],[1]]', '["w",1,1,[],null,1]', "[" * 5000]
)
def test_what_is_no_tally_is_refused(text):
    with pytest.raises(ValueError, match="not a tally"):
        Tally.read(text)


def test_gateways_are_added_and_a_repeated_tally_is_not():
    window = Window(Ask("vote", 10, How.MAJORITY, options=("red", "white")), "5", opened=0)
    one, two = Ballots("5"), Ballots("5")
    for guest in range(3):
        one.answer(guest, choice="red")
        two.answer(guest, choice="white")
    two.answer(9, choice="white")
    for signal in [told(one.tally(), "a"), told(two.tally(), "b"), told(two.tally(), "b")]:
        window.feed(signal)
    assert dict(window.tally.choices) == {"red": 3, "white": 4}
    assert window.result(house=10).choice == "white"
    assert window.live(house=10) == {"red": 3.0, "white": 4.0}
    assert merge("other", [one.tally()]).people == 0


def test_a_tally_of_another_window_and_another_verb_are_ignored():
    window = Window(Ask("tap", 5), "5", opened=0)
    window.feed(told(ballots_of([3, 3], "4")))
    window.feed(Signal("phone/flick"))
    assert window.result(house=2).people == 0


def test_a_tie_goes_to_the_option_named_first():
    tally = Tally("w", choices=(("deer", 2), ("tiger", 2)))
    assert tally.majority(["tiger", "deer"]) == ("tiger", 0.5)
    assert tally.majority() == ("deer", 0.5)
    assert Tally("w").majority() == ("", 0.0)


@pytest.mark.parametrize(
    ("quorum", "house", "met"), [(1, 0, True), (3, 9, True), (4, 9, False), (0.5, 6, True), (0.5, 7, False)]
)
def test_quorum_in_people_or_as_a_share_of_the_house(quorum, house, met):
    window = Window(Ask("vote", 5, How.MAJORITY, quorum, "white"), "5", opened=0)
    window.feed(Signal("phone/vote", count=3, text="red"))
    result = window.result(house)
    assert result.met is met
    assert result.choice == ("red" if met else "white")


def test_nobody_answered_gives_the_fallback():
    result = Window(Ask("drag", 5, How.MEAN, fallback=0.3), "5", opened=0).result(house=100)
    assert (result.value, result.choice, result.met) == (0.3, "", False)


def test_a_gateway_that_fell_loses_no_votes_and_nobody_counts_twice():
    window = Window(Ask("vote", 5, How.MEAN), "5", opened=0)
    window.feed(told(ballots_of([20] * 6), "one"))
    window.feed(told(ballots_of([20] * 2), "two"))
    window.feed(told(ballots_of([0] * 3), "one"))  # begun anew; three are back
    assert window.tally.people == 8 and window.tally.mean == 1.0
    window.feed(told(ballots_of([0] * 6), "one"))  # all are back, and of another mind
    assert window.tally.people == 8 and window.tally.mean == pytest.approx(0.25)


def test_energy_is_acts_per_phone_and_second():
    window = Window(Ask("tap", 5, How.ENERGY, lively=2.0), "5", opened=0)
    window.feed(Signal("phone/tap", count=50))
    assert window.result(house=10).value == pytest.approx(0.5)
    window.feed(Signal("phone/tap", count=500))
    assert window.result(house=10).value == 1.0


def test_strokes_are_kept_the_newest_and_zones_shared_out():
    window = Window(Ask("cut", 5, How.COLLECT), "5", opened=0)
    for n in range(KEPT + 5):
        window.feed(Signal("phone/cut", number=n, points=((0.0, 0.0),), x=0.9, y=0.1))
    result = window.result(house=KEPT)
    assert [s.number for s in result.gathered] == list(range(5, KEPT + 5))
    assert result.zones[2] == 1.0


def test_time_left_is_counted_in_frames():
    window = Window(Ask("tap", 5), "5", opened=60)
    assert window.left(Frame(60)) == 5.0
    assert window.left(Frame(60 + 150)) == 2.5
    assert window.left(Frame(9999)) == 0.0


def test_seat_blocks_go_row_by_row_from_the_front_left():
    assert [block(x, y) for y in (0.0, 0.5, 1.0) for x in (0.0, 0.5, 1.0)] == list(range(9))
