"""Bytes from outside become a checked message or nothing; the schema is the one the types give."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.companion import protocol
from engine.companion.protocol import SIZE, Ack, Act, Do, Hello, Pin, Seat, read_console, read_phone
from engine.companion.schema import PLACE, schema
from engine.core.chance import stream

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("tap{\u202e\n", max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("txy"), inner, max_size=3),
    max_leaves=8,
)


def test_what_phones_say_is_read():
    assert read_phone(b'{"t":"hello","v":1,"lang":"en","resume":null}') == Hello(1, "en")
    assert read_phone('{"t":"seat","block":8}') == Seat(8)
    assert read_phone(b'{"t":"ack","s":3,"c":1}') == Ack(3, 1.0)
    cut = read_phone(b'{"t":"act","verb":"cut","n":2,"p":[[0,1],[0.5,0.25]],"o":"saw","later":[1]}')
    assert cut == Act("cut", 2, p=((0.0, 1.0), (0.5, 0.25)), o="saw")
    assert read_console(b'{"t":"pin","pin":"1234"}') == Pin("1234")
    assert read_console(b'{"t":"do","order":"jump","value":"3.5"}') == Do("jump", "3.5")


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"hello"',
        b'{"t":"hello"}',
        b'{"t":"unknown"}',
        b'{"t":"hello","v":"1"}',
        b'{"t":"hello","v":1,"lang":"xx"}',
        b'{"t":"hello","v":1,"resume":"' + b"x" * 200 + b'"}',
        b'{"t":"seat","block":9}',
        b'{"t":"seat","block":-1}',
        b'{"t":"seat","block":1.5}',
        b'{"t":"act"}',
        b'{"t":"act","verb":""}',
        b'{"t":"act","verb":"Tap"}',
        b'{"t":"act","verb":"../x"}',
        b'{"t":"act","verb":"tap\\n"}',
        b'{"t":"act","verb":"tap","x":NaN}',
        b'{"t":"act","verb":"tap","x":1e999}',
        b'{"t":"act","verb":"tap","x":1.01}',
        b'{"t":"act","verb":"tap","v":-0.1}',
        b'{"t":"act","verb":"tap","n":-1}',
        b'{"t":"act","verb":"tap","n":1e30}',
        b'{"t":"act","verb":"cut","p":[[0,0,0]]}',
        b'{"t":"act","verb":"cut","p":[' + b",".join([b"[0,0]"] * 65) + b"]}",
        b'{"t":"act","verb":"wish","w":"' + b"x" * 141 + b'"}',
        b'{"t":"ack","s":99999999999999999999999999}',
        b'{"t":"ack","s":true}',
        b'{"t":"act","verb":"tap","z":' + b"[" * 3000 + b"]" * 900 + b"}",
        b'{"t":"act","verb":"tap"}' + b" " * SIZE,
    ],
    ids=lambda bad: bad[:40].decode("latin1"),
)
def test_anything_else_is_nothing(bad):
    assert read_phone(bad) is None


@given(st.binary(max_size=300))
def test_any_bytes_give_a_message_or_nothing(data):
    assert read_phone(data) is None or isinstance(read_phone(data), protocol.FromPhone)
    assert read_console(data) is None or isinstance(read_console(data), protocol.FromConsole)


@given(
    st.sampled_from(["hello", "seat", "act", "ack", "bye", "pin", "do", "knob", "master", "wish", "words"]),
    st.dictionaries(
        st.sampled_from(["v", "s", "n", "x", "p", "o", "w", "verb", "block", "raw"]), json_values
    ),
)
def test_any_json_gives_a_message_within_its_ranges_or_nothing(kind, fields):
    message = read_phone(json.dumps({**fields, "t": kind}))
    if isinstance(message, Act):
        assert 0 <= message.x <= 1
        assert 0 <= message.v <= 1
        assert len(message.p) <= 64
        assert len(message.w) <= 140
    read_console(json.dumps({**fields, "t": kind}))


def test_a_hundred_thousand_mangled_messages_never_raise():
    """Good messages with bytes changed, cut, doubled and joined: most are nothing, none is an error."""
    rng = stream(7, "fuzz")
    seeds = [
        b'{"t":"hello","v":1,"lang":"zh","resume":"abcdefgh"}',
        b'{"t":"act","verb":"cut","n":12,"x":0.5,"y":0.25,"v":1,"p":[[0.1,0.2],[0.3,0.4]],"o":"saw"}',
        b'{"t":"ack","s":412,"c":81234.5}',
        b'{"t":"seat","block":4}',
    ]
    taken = 0
    for _ in range(25_000):
        for seed in seeds:
            data = bytearray(seed)
            for at, byte in rng.integers(0, (len(data), 256), (rng.integers(1, 4), 2)):
                data[at] = byte
            taken += read_phone(bytes(data)) is not None
    assert 0 < taken < 60_000


def test_verbs_are_plain_words():
    assert read_phone(b'{"t":"act","verb":"rub-2_a"}') is not None
    assert read_phone(b'{"t":"act","verb":"a234567890123456"}') is not None
    assert read_phone(b'{"t":"act","verb":"a2345678901234567"}') is None


def test_what_has_its_default_value_is_left_out():
    assert msgspec.json.decode(protocol.encode(protocol.You(queue=0))) == {"t": "you", "queue": 0}
    assert msgspec.json.decode(protocol.encode(protocol.Delta(3, 1.0))) == {"t": "d", "s": 3, "g": 1.0}


def test_the_schema_in_the_documentation_is_current():
    assert PLACE.read_text(encoding="utf-8") == schema(), "run python -m engine.companion.schema"
