"""`websockets.broadcast` and nothing else: python plain.py PORT HERTZ BYTES."""

import asyncio
import json
import sys
import time
from contextlib import suppress

from websockets.asyncio.server import broadcast, serve
from websockets.exceptions import ConnectionClosed


async def main(port: int, hertz: int, size: int) -> None:
    """The same message to all, so many times a second."""
    there = set()

    async def serving(connection):
        await connection.recv()
        await connection.send('{"t":"welcome","id":1,"token":"x","s":0}')
        there.add(connection)
        with suppress(ConnectionClosed):
            async for _ in connection:
                pass
        there.discard(connection)

    async with serve(serving, "127.0.0.1", port, compression=None, ping_interval=None, open_timeout=60):
        print("listening", flush=True)
        seq, due = 0, time.monotonic()
        while True:
            seq, due = seq + 1, due + 1 / hertz
            message = {"t": "d", "s": seq, "k": {"at": round(time.monotonic() * 1000, 1), "pad": ""}}
            message["k"]["pad"] = "x" * (size - len(json.dumps(message, separators=(",", ":"))))
            broadcast(there, json.dumps(message, separators=(",", ":")))
            await asyncio.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:4])))
