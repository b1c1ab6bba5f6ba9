"""The short way and the public one put the same bytes on the wire."""

import asyncio

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

from engine.companion import fanout
from engine.companion.quick import READ, QuickConnection

MESSAGES = [
    b"{}",
    '{"t":"d","k":{"title":["剪纸","x"]}}'.encode(),
    b"x" * 125,
    b"x" * 126,
    b"x" * 70_000,
    b"y" * 6_000_000,
    b"{}",
]


async def wire(short_way, messages):
    """Everything a server writes to a raw socket after the handshake."""
    served = asyncio.get_running_loop().create_future()

    async def serving(connection):
        line = fanout.Line(connection, short_way=short_way)
        for message in messages:
            while line.owed():
                await asyncio.sleep(0)
            line.put(fanout.Parcel(message))
        await connection.close()
        served.set_result(None)

    async with serve(serving, "127.0.0.1", 0, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        await reader.readuntil(b"\r\n\r\n")
        size = sum(fanout.Parcel(m).size for m in messages)
        raw = await asyncio.wait_for(reader.readexactly(size), 5)
        writer.close()
        return raw


def test_both_ways_give_the_same_bytes():
    assert fanout.SHORT_WAY, "websockets is of another major version than the short way was written for"
    short = asyncio.run(wire(True, MESSAGES))
    assert short == asyncio.run(wire(False, MESSAGES))
    assert short == b"".join(fanout.Parcel(m).frame for m in MESSAGES)


@pytest.mark.parametrize("short_way", [True, False])
def test_a_socket_that_is_closing_does_not_stop_the_others(short_way):
    async def scenario():
        there = asyncio.Queue()

        async def serving(connection):
            there.put_nowait(connection)
            await connection.wait_closed()

        async with serve(serving, "127.0.0.1", 0, compression=None) as server:
            port = server.sockets[0].getsockname()[1]
            async with connect(f"ws://127.0.0.1:{port}"), connect(f"ws://127.0.0.1:{port}") as stays:
                gone, kept = await there.get(), await there.get()
                closing = asyncio.create_task(gone.close())
                await asyncio.sleep(0)
                gone.transport.write_eof() if gone.transport.can_write_eof() else None
                for connection in (gone, kept):
                    fanout.Line(connection, short_way=short_way).put(fanout.Parcel(b'{"t":"beat"}'))
                assert await asyncio.wait_for(stays.recv(), 5) == '{"t":"beat"}'
                await closing

    asyncio.run(scenario())


@pytest.mark.parametrize("short_way", [True, False])
def test_a_socket_that_is_gone_takes_nothing_and_raises_nothing(short_way):
    async def scenario():
        there = asyncio.get_running_loop().create_future()

        async def serving(connection):
            there.set_result((connection, fanout.Line(connection, short_way=short_way)))
            await connection.wait_closed()

        async with serve(serving, "127.0.0.1", 0, compression=None) as server:
            port = server.sockets[0].getsockname()[1]
            phone = await connect(f"ws://127.0.0.1:{port}")
            connection, line = await there
            phone.transport.abort()
            line.put(fanout.Parcel(b"{}"))  # before the loop has seen it
            await connection.wait_closed()
            line.put(fanout.Parcel(b"{}"))  # after its file number may belong to another

    asyncio.run(scenario())


def test_phones_are_read_a_little_at_a_time():
    """asyncio's 256 KB per read cost more than everything else a short message costs."""

    async def scenario():
        there = asyncio.get_running_loop().create_future()

        async def serving(connection):
            there.set_result(connection.transport.max_size)

        options = {"compression": None, "create_connection": QuickConnection}
        async with serve(serving, "127.0.0.1", 0, **options) as server:
            port = server.sockets[0].getsockname()[1]
            phone = await connect(f"ws://127.0.0.1:{port}")
            assert await there == READ
            await phone.close()

    asyncio.run(scenario())
