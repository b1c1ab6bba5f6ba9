"""The short way in and the usual one hear the same, wherever the bytes are split."""

import asyncio

import pytest
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from engine.companion.fanout import SHORT_WAY
from engine.companion.protocol import SIZE
from engine.companion.quick import QuickConnection

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


def frame(payload, opcode=Opcode.TEXT, fin=True, mask=True):
    return Frame(opcode, payload, fin).serialize(mask=mask)


TALK = (
    frame(b"a")
    + frame(b"")
    + frame("剪纸".encode())
    + frame(b"x" * 125)
    + frame(b"y" * 126)
    + frame(b"z" * SIZE)
    + frame(b"?", Opcode.PING)
    + frame(b"\x00\xff", Opcode.BINARY)
    + frame(b"last")
)
HEARD = [b"a", b"", "剪纸".encode(), b"x" * 125, b"y" * 126, b"z" * SIZE, b"\x00\xff", b"last"]
FRAGMENTED = frame(b"a") + frame(b"b", fin=False) + frame(b"c", Opcode.CONT) + frame(b"d")


class Usual(QuickConnection):
    short_way = False


async def talk(server_of, pieces, closed=None):
    """What a server hears of raw bytes sent in pieces, and the code it closed with."""
    heard, done = [], asyncio.get_running_loop().create_future()

    async def serving(connection):
        connection.take = heard.append
        try:
            while True:
                heard.append(await connection.recv(decode=False))
        except ConnectionClosed as error:
            done.set_result(error.sent.code if error.sent else None)

    options = {"compression": None, "max_size": SIZE, "close_timeout": 0.1, "create_connection": server_of}
    async with serve(serving, "127.0.0.1", 0, **options) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE)
        await reader.readuntil(b"\r\n\r\n")
        connection = next(iter(server.connections), None)
        while connection is None:
            await asyncio.sleep(0)
            connection = next(iter(server.connections), None)
        for _ in range(3):
            await asyncio.sleep(0)  # the handler sets `take`
        for piece in pieces:
            connection.data_received(piece)
        writer.write(frame(b"\x03\xe8", Opcode.CLOSE))
        writer.write_eof()
        code = await asyncio.wait_for(done, 5)
        writer.close()
        return heard, code


def test_the_short_way_is_taken():
    assert SHORT_WAY


def test_the_same_is_heard_both_ways_split_at_every_offset():
    async def scenario():
        assert await talk(Usual, [TALK]) == (HEARD, 1000)
        edges = [*range(30), *range(len(TALK) - 40, len(TALK))]
        middle = range(30, len(TALK) - 40, 97)
        for cut in [*edges, *middle]:
            assert (await talk(QuickConnection, [TALK[:cut], TALK[cut:]]))[0] == HEARD, cut

    asyncio.run(scenario())


def test_byte_by_byte():
    whole = frame(b"one") + frame(b"two" * 50)
    pieces = [bytes([b]) for b in whole]
    assert asyncio.run(talk(QuickConnection, pieces))[0] == [b"one", b"two" * 50]


@pytest.mark.parametrize("cut", range(len(FRAGMENTED)))
def test_fragments_go_the_usual_way(cut):
    heard, _ = asyncio.run(talk(QuickConnection, [FRAGMENTED[:cut], FRAGMENTED[cut:]]))
    assert sorted(heard) == [b"a", b"bc", b"d"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (frame(b"x" * (SIZE + 1)), 1009),
        (frame(b"x" * 70_000), 1009),
        (frame(b"no mask", mask=False), 1002),
        (b"\xff\xff" + bytes(20), 1002),
        (frame(b"c", Opcode.CONT), 1002),
        (frame(b"b", fin=False) + frame(b"within"), 1002),
    ],
    ids=["oversized", "64-bit", "unmasked", "reserved bits", "continuation of nothing", "text in a fragment"],
)
@pytest.mark.parametrize("server_of", [QuickConnection, Usual])
def test_what_breaks_the_rules_ends_the_connection_either_way(bad, code, server_of):
    heard, closed = asyncio.run(talk(server_of, [frame(b"fine"), bad]))
    assert (heard, closed) == ([b"fine"], code)


def test_a_deaf_connection_drops_messages_and_still_closes():
    async def scenario():
        class Deaf(QuickConnection):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.deaf = True

        assert await talk(Deaf, [TALK]) == ([], 1000)

    asyncio.run(scenario())
