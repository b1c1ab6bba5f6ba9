"""A storm of wild messages over real sockets, and a calm guest in the middle of it."""

import asyncio
from contextlib import suppress

import pytest
from companion_house import play
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from engine.core.chance import stream

TAP = b'{"t":"act","verb":"tap","n":1,"x":0.5,"v":1,"p":[[0.1,0.2]]}'
HELLO = Frame(Opcode.TEXT, b'{"t":"hello","v":1}').serialize(mask=True)


def mangled(rng):
    data = bytearray(TAP)
    for at, byte in rng.integers(0, (len(data), 256), (rng.integers(1, 4), 2)):
        data[at] = byte
    return Frame(Opcode.BINARY, bytes(data)).serialize(mask=True)


async def wild(house, storm):
    """A thousand messages in one breath; ends when the gateway has had enough."""
    ws = await house.socket()
    ws.transport.write(HELLO + storm)
    with suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(ws.recv(), 20)


@pytest.mark.slow
def test_a_hundred_thousand_wild_messages_and_nothing_of_a_calm_guest_is_lost():
    async def scenario(house):
        rng = stream(5, "wild")
        pool = [mangled(rng) for _ in range(5000)]
        calm = await house.guest()
        staying = asyncio.create_task(calm.stay())
        for turn in range(10):
            await calm.act("flick")
            for gust in range(10):
                start = (turn * 10 + gust) * 40
                await wild(house, b"".join(pool[start : start + 1000]))
        counted = 0
        while counted < 10:
            counted += (await house.signal("phone/flick"))[0].count
        assert counted == 10
        assert not staying.done()
        staying.cancel()
        assert house.gateway.room.dropped > 1000

    play(scenario, seconds=100)
