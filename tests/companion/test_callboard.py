"""The notice board: applying what changed gives the whole, whatever was missed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from engine.companion.callboard import Callboard, Seen

values = st.none() | st.integers(0, 3) | st.text(max_size=2)
houses = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abcd"), values), st.dictionaries(st.sampled_from("vwxy"), values)
    ),
    min_size=1,
    max_size=12,
)


def merged(house, message):
    house = {**house, **message.get("k", {})}
    house["companion"] = {**house.get("companion", {}), **message.get("c", {})}
    return house


def there(house):
    companion = {k: v for k, v in house.get("companion", {}).items() if v is not None}
    return {k: v for k, v in {**house, "companion": companion}.items() if v is not None}


@given(houses, st.data())
def test_a_delta_from_any_moment_leads_to_the_whole(posts, data):
    board = Callboard()
    held = {0: {}}
    for frame, (house, companion) in enumerate(posts):
        board.post({"epoch": "e", "frame": frame, "time": 0.0, **house, "companion": companion}, now=frame)
        held[board.seq] = board.snapshot()
    since = data.draw(st.sampled_from(sorted(held)))
    message = json.loads(board.delta(since))
    assert there(merged(held[since], message)) == there(board.snapshot())
    assert there(json.loads(bytes(board.packed()))) == there(board.snapshot())


def test_time_alone_is_no_news():
    board = Callboard()
    assert board.post({"epoch": "e", "frame": 1, "time": 0.1, "cue": "1", "companion": {}}, now=5.0)
    seq = board.seq
    assert not board.post({"epoch": "e", "frame": 2, "time": 0.2, "cue": "1", "companion": {}}, now=6.0)
    assert board.seq == seq
    assert json.loads(board.beat(0.04)) == {"t": "beat", "s": seq, "g": 6.0, "age": 0.04, "time": 0.2}


def test_all_who_ask_the_same_get_the_same_object():
    board = Callboard()
    board.post({"epoch": "e", "cue": "1"}, now=1.0)
    assert board.delta(0) is board.delta(0)
    assert board.packed() is board.packed()


def test_a_new_epoch_forgets_the_old():
    board = Callboard()
    board.post({"epoch": "e1", "cue": "1", "storm": True}, now=1.0)
    board.post({"epoch": "e2", "cue": "1"}, now=2.0)
    assert board.seq == 1
    assert "storm" not in board.snapshot()
    assert json.loads(board.anew())["epoch"] == "e2"


def test_seen_gives_the_end_of_the_newest_window_drawn():
    seen = Seen()
    assert seen.at(5) is None
    for window in (10, 12, 15):
        seen.closed(window, window * 50.0)
    assert seen.at(9) is None
    assert seen.at("x") is None
    assert seen.at(11) == 500.0
    assert seen.at(15) == 750.0
    assert seen.at(99) == 750.0
