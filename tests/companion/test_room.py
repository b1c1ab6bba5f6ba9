"""The room of guests, without a socket: numbers, tokens, queue, rates, folding, forgetting."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.companion.fold import Fold, Rods, is_left, on_stage
from engine.companion.limits import RATES, Addresses, Allowance, PinLock
from engine.companion.protocol import Act
from engine.companion.room import HOLD_S, Room
from engine.companion.ticket import BoxOffice, Ticket
from engine.companion.words import HELD, LENGTH, Held, plain
from engine.core.crowd import Tally

ALL = {"verbs": ["tap", "cut", "drag", "vote", "wish", "draw"], "options": [{"id": "red"}, {"id": "white"}]}


def room_of(**facts):
    names = itertools.count(1)
    room = Room(BoxOffice("secret"), lambda: next(names).to_bytes(8, "big"), **facts)
    room.follow(ALL, "1")
    return room


def folded(room, now=0.0):
    _, signals = room.close_window(now)
    return {signal.address: signal for signal in signals}


def test_numbers_are_small_and_a_token_brings_the_same_person_back():
    room = room_of()
    guests = [room.enter(None, 0.0) for _ in range(3)]
    assert [g.ticket.number for g in guests] == [1, 2, 3]
    token = room.token(guests[1])
    room.leave(guests[1], 1.0)
    assert room.phones == 2
    assert room.enter(token, 2.0) is guests[1]
    assert room.phones == 3


@given(st.integers(0, 2**32 - 1), st.binary(min_size=8, max_size=8), st.none() | st.integers(0, 8))
def test_a_ticket_reads_back_and_only_with_our_key(number, name, block):
    ticket = Ticket(number, name, block)
    token = BoxOffice("a").token(ticket)
    assert BoxOffice("a").read(token) == ticket
    assert BoxOffice("b").read(token) is None


@given(st.text(max_size=60))
def test_no_text_opens_the_door(token):
    assert BoxOffice("a").read(token) is None


def test_every_changed_character_breaks_a_token():
    office = BoxOffice("a")
    token = office.token(Ticket(5, b"12345678", 4))
    for at in range(len(token)):
        for other in "AB":
            forged = token[:at] + other + token[at + 1 :]
            assert forged == token or office.read(forged) in (None, Ticket(5, b"12345678", 4))
    assert office.read(token[:-1]) is None


def test_a_fresh_gateway_knows_its_guests_and_deals_no_number_twice():
    before, after = room_of(), room_of()
    old = [before.enter(None, 0.0) for _ in range(4)]
    back = after.enter(before.token(old[2]), 0.0)
    assert back.ticket == old[2].ticket
    assert after.enter(None, 0.0).ticket.number == 4
    late = after.enter(before.token(old[3]), 1.0)
    assert late.ticket.name == old[3].ticket.name
    assert late.ticket.number == 5


def test_several_gateways_share_the_numbers_out():
    one, two = room_of(first=1, step=2), room_of(first=2, step=2)
    assert [one.enter(None, 0).ticket.number for _ in range(3)] == [1, 3, 5]
    two.skip_past(7)
    assert two.enter(None, 0).ticket.number == 8


def test_a_place_is_held_for_a_while_and_then_given_to_the_next():
    room = room_of(capacity=1, waiting=1)
    inside, waits = room.enter(None, 0.0), room.enter(None, 0.0)
    assert room.enter(None, 0.0) is None
    assert (room.place(inside), room.place(waits)) == (0, 1)
    room.leave(inside, 10.0)
    assert room.sweep(10.0 + HOLD_S) == []
    assert room.sweep(10.1 + HOLD_S) == [(waits, 0)]
    assert room.act(waits, Act("tap"), 60.0) is None


def test_rates_are_per_verb_and_refill():
    room = room_of()
    guest = room.enter(None, 0.0)
    rate, burst = RATES["tap"]
    taken = [room.act(guest, Act("tap"), 0.0) for _ in range(int(burst) + 5)]
    assert taken == [None] * int(burst) + ["rate"] * 5
    assert room.act(guest, Act("cut"), 0.0) is None
    assert room.act(guest, Act("tap"), 1 / rate + 0.001) is None
    assert room.dropped == 5


def test_one_who_shouts_loses_the_connection_not_the_tapper():
    shouting, eager = Allowance(0.0), Allowance(0.0)
    assert not all(shouting.forgive("rate", n / 1000) for n in range(1000))
    assert all(eager.forgive("rate", n / 5) for n in range(1000))


def test_a_phone_cannot_name_verbs_without_end():
    allowance = Allowance(0.0)
    assert sum(allowance.may(f"v{n}", 0.0) for n in range(100)) == 16


def test_only_open_verbs_and_known_options():
    room = room_of()
    guest = room.enter(None, 0.0)
    assert room.act(guest, Act("fly"), 0.0) == "closed"
    assert room.act(guest, Act("vote", o="blue"), 0.0) == "form"
    assert room.act(guest, Act("wish", w="free"), 0.0) == "closed"
    room.follow({"verbs": ["tap"]}, "2")
    assert room.act(guest, Act("vote", o="red"), 0.0) == "closed"


def test_votes_count_once_per_question():
    room = room_of()
    room.follow({**ALL, "ask": {"id": "6", "verb": "vote"}}, "6")
    guest = room.enter(None, 0.0)
    for option in ("red", "red", "white"):
        assert room.act(guest, Act("vote", o=option), 0.0) is None
    signals = folded(room)
    assert signals["phone/vote"].count == 1
    assert dict(Tally.read(signals["phone/tally"].text).choices) == {"white": 1}
    room.follow({**ALL, "ask": {"id": "7", "verb": "vote"}}, "7")
    room.act(guest, Act("vote", o="red"), 1.0)
    assert dict(Tally.read(folded(room, 1.0)["phone/tally"].text).choices) == {"red": 1}


def test_one_who_shouts_is_heard_once_in_a_quarter_second():
    room = room_of()
    room.follow({**ALL, "ask": {"id": "6", "verb": "tap"}}, "6")
    loud, calm = room.enter(None, 0.0), room.enter(None, 0.0)
    for tick in range(100):
        now = tick / 50
        room.act(loud, Act("tap"), now)
        if tick % 50 == 0:
            room.act(calm, Act("tap"), now)
    tally = Tally.read(folded(room, 2.0)["phone/tally"].text)
    assert tally.people == 2
    assert tally.acts <= 2 + 8


def test_tallies_come_at_most_four_a_second():
    room = room_of()
    room.follow({**ALL, "ask": {"id": "6", "verb": "tap"}}, "6")
    guest = room.enter(None, 0.0)
    told = 0
    for window in range(20):
        room.act(guest, Act("tap"), window * 0.05)
        told += "phone/tally" in folded(room, window * 0.05)
    assert told == 4


@given(st.lists(st.tuples(st.integers(1, 500), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=80))
def test_what_the_stage_gets_does_not_grow_with_the_phones(acts):
    fold = Fold("g")
    for number, x, v in acts:
        fold.add(Ticket(number, b"", number % 9), Act("tap", x=x, v=v), 1.0)
    signals = fold.close()
    assert len(signals) <= 9
    assert sum(s.count for s in signals) == len(acts)
    assert all(0 <= s.x <= 1 and 0 <= s.value <= 1 for s in signals)
    assert fold.close() == []


def test_of_strokes_the_newest_are_kept_and_the_rest_counted():
    fold = Fold("g")
    for number in range(1, 21):
        fold.add(Ticket(number, b""), Act("cut", p=((0.0, 0.0),)), 1.0)
    assert [s.number for s in fold.close()] == list(range(5, 21))
    assert fold.dropped == 4


def test_columns_are_thirds_of_the_stage_and_halves_split_the_middle():
    assert on_stage(Ticket(1, b"", 0), 0.5) == pytest.approx(1 / 6)
    assert on_stage(Ticket(1, b"", 5), 1.0) == pytest.approx(1.0)
    assert on_stage(Ticket(4, b""), 0.0) == pytest.approx(1 / 3)
    assert is_left(Ticket(1, b"", 6))
    assert is_left(Ticket(2, b"", 4))
    assert not is_left(Ticket(1, b"", 4))
    assert not is_left(Ticket(2, b"", 2))


@given(st.lists(st.tuples(st.integers(1, 6), st.none() | st.floats(0, 1)), max_size=60))
def test_rods_are_the_mean_of_the_hands_that_hold(moves):
    rods, held = Rods("g"), {}
    for number, value in moves:
        if value is None:
            rods.release(number)
            held.pop(number, None)
        else:
            rods.hold(Ticket(number, b"", 0), value)
            held[number] = value
    for signal in rods.close(1.0):
        assert signal.address == "phone/drag/left"
        assert signal.count == len(held)
        assert signal.value == pytest.approx(sum(held.values()) / len(held) if held else 0.0, abs=1e-3)


def test_the_operator_s_yes_lets_words_through_and_forgetting_takes_them_back():
    room = room_of()
    room.follow({**ALL, "words": True}, "1")
    guest = room.enter(None, 0.0)
    room.act(guest, Act("wish", w="岁岁平安"), 0.0)
    assert "phone/wish" not in folded(room)
    ((wish, text),) = [(w["id"], w["text"]) for w in room.held.listing()]
    assert text == "岁岁平安"
    room.say(*room.held.take(wish), 1.0)
    assert folded(room)["phone/wish"].text == "岁岁平安"
    room.act(guest, Act("wish", w="again"), 10.0)
    room.forget(guest)
    assert room.held.listing() == []
    assert room.enter(room.token(guest), 11.0) is not guest


def test_after_the_show_nothing_is_left():
    room = room_of()
    for _ in range(3):
        room.enter(None, 0.0)
    room.forget_all()
    assert (room.phones, room.waiting) == (0, 0)
    assert room.held.listing() == []


def test_words_are_made_plain():
    assert plain("  a\u202eb\u200bc\x00d\n\te ") == "abcd e"
    assert plain("e\u0301" * 3) == "é" * 3
    assert len(plain("a" + "\u0300" * 30)) <= 3
    assert len(plain("长" * 500)) == LENGTH
    assert plain("\ue000\U000e0001") == ""


@given(st.text())
def test_plain_words_stay_plain(text):
    once = plain(text)
    assert plain(once) == once
    assert "\n" not in once


def test_held_words_are_bounded_and_can_be_turned_off():
    held = Held()
    for n in range(HELD + 10):
        assert held.put(n, f"wish {n}")
    assert len(held.listing()) == HELD
    held.allow(False)
    assert held.listing() == []
    assert not held.put(1, "more")


def test_pin_tries_are_limited_and_the_wait_doubles():
    lock = PinLock("4711")
    for _ in range(4):
        assert not lock.opens("a", "0000", 0.0)
        assert lock.wait("a", 0.0) == 0.0
    waits = []
    now = 0.0
    for _ in range(9):
        assert not lock.opens("a", "0000", now)
        waits.append(lock.wait("a", now))
        now += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert lock.wait("b", now) == 0.0
    assert lock.opens("a", "4711", now)
    assert lock.wait("a", now) == 0.0


def test_addresses_are_counted_and_let_go():
    addresses = Addresses(2)
    assert addresses.enter("hall")
    assert addresses.enter("hall")
    assert not addresses.enter("hall")
    addresses.leave("hall")
    assert addresses.enter("hall")
