"""A storm of wild messages over real sockets, and a calm guest in the middle of it."""

import asyncio
import json
from contextlib import suppress

import pytest
from companion_house import play
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from engine.companion import limits
from engine.companion.protocol import SIZE
from engine.companion.ticket import BoxOffice, Ticket
from engine.core.chance import stream

TAP = b'{"t":"act","verb":"tap","n":1,"x":0.5,"v":1,"p":[[0.1,0.2]]}'
HELLO = Frame(Opcode.TEXT, b'{"t":"hello","v":1}').serialize(mask=True)
NUMBERS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1e308",
    "9" * 400,
    "-1",
    "1.0000001",
    "-0.0",
    '"1"',
    "[]",
)
OPEN = ("tap", "cut", "drag", "vote", "wish")  # the calm one flicks
ODD = (
    *(b"", b"null", b"true", b"0", b"[]", b"{}", b'""', b"\x00", b"\xff\xfe", b"\xed\xa0\x80"),
    *(b'{"t":"act"}', b'{"t":[]}', b'{"t":"act","verb":7}', b'{"t":"pin","pin":"4711"}'),
    b'{"t":"do","order":"go"}',
    b'{"t":"act","verb":"tap","verb":"go"}',
    b'{"t":"act","verb":"tap","p":' + b"[" * 2000 + b"]" * 2000 + b"}",
    b"[" * SIZE,
    b'{"a":' * 600 + b"1" + b"}" * 600,
    b'{"t":"act","verb":"wish","w":"' + b"\\u202e" * 140 + b'"}',
    b'{"t":"act","verb":"' + b"x" * 3000 + b'"}',
    b'{"t":"act","verb":"cut","p":[' + b",".join([b"[0,0]"] * 65) + b"]}",
    b'{"t":"act","verb":"__class__"}',
    b'{"t":"act","verb":"vote","o":"nobody"}',
    b'{"t":"seat","block":9}',
)  # fmt: skip


def mangled(rng):
    """A tap with a few bytes changed."""
    data = bytearray(TAP)
    for at, byte in rng.integers(0, (len(data), 256), (rng.integers(1, 4), 2)):
        data[at] = byte
    return bytes(data)


def numbered(rng):
    """An open verb with a number that is none."""
    verb, key = OPEN[rng.integers(len(OPEN))], ("x", "y", "v", "n", "p", "s", "c")[rng.integers(7)]
    number = NUMBERS[rng.integers(len(NUMBERS))]
    kind = "ack" if key in "sc" else "act"
    return f'{{"t":"{kind}","verb":"{verb}","{key}":{number}}}'.encode()


def thieving(rng):
    """A hello in mid conversation, with a token that is forged or cut from another's."""
    token = BoxOffice("guessed").token(Ticket(int(rng.integers(50)), rng.bytes(8)))
    return json.dumps({"t": "hello", "v": 1, "resume": token[: rng.integers(1, 40)]}).encode()


def closed(rng):
    """A verb that is well-formed and not open now."""
    return json.dumps({"t": "act", "verb": "v" + rng.bytes(4).hex(), "x": float(rng.random())}).encode()


def odd(rng):
    return ODD[rng.integers(len(ODD))]


def wild_ones(count):
    """So many different kinds of nonsense, as frames."""
    rng = stream(5, "wild")
    kinds = (mangled, mangled, numbered, thieving, closed, odd)
    messages = [kinds[n % len(kinds)](rng) for n in range(count)]
    assert max(map(len, messages)) <= SIZE
    return [Frame(Opcode.BINARY, message).serialize(mask=True) for message in messages]


async def wild(house, storm):
    """A thousand messages in one breath; ends when the gateway has had enough, or all are answered."""
    ws = await house.socket()
    ws.transport.write(HELLO + storm)
    with suppress(ConnectionClosed):
        await ws.send('{"t":"bye"}')
        while True:
            await asyncio.wait_for(ws.recv(), 30)


@pytest.mark.slow
@pytest.mark.parametrize("patience", ["as it is", "endless"])
def test_a_hundred_thousand_wild_messages_and_nothing_of_a_calm_guest_is_lost(patience, monkeypatch):
    if patience == "endless":  # so that every single one is looked at
        monkeypatch.setattr(limits, "COSTS", dict.fromkeys(limits.COSTS, 0.0))

    async def scenario(house):
        pool = wild_ones(6000)
        calm = await house.guest()
        staying = asyncio.create_task(calm.stay())
        for turn in range(10):
            await calm.act("flick")
            for gust in range(10):
                start = (turn * 10 + gust) * 50
                await wild(house, b"".join(pool[start : start + 1000]))
        counted = 0
        while counted < 10:
            signal, _ = await house.signal("phone/flick")
            counted += signal.count
        assert counted == 10
        assert not staying.done()
        staying.cancel()
        assert house.gateway.room.dropped > (70_000 if patience == "endless" else 1000)

    play(scenario, seconds=100)
