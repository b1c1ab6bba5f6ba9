"""One message to many sockets: framed once, the same bytes written to each.

The short way uses `connection.transport` and `connection.protocol.state`, which websockets 17 has but does
not document; with any other major version the public `broadcast` is used, which frames anew for every phone.
A test holds that both put the same bytes on the wire.
"""

from __future__ import annotations

from collections.abc import Iterable

import websockets
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN

SHORT_WAY = int(websockets.__version__.partition(".")[0]) == 17


def framed(message: bytes) -> bytes:
    """A text message as one unmasked WebSocket frame (RFC 6455, 5.2)."""
    return bytes(Frame(Opcode.TEXT, message).serialize(mask=False))


def send(connection: ServerConnection, message: bytes) -> None:
    """One message to one socket, without waiting; a socket that is closing is left alone."""
    broadcast((connection,), message, text=True)


def spread(connections: Iterable[ServerConnection], message: bytes, *, short_way: bool = SHORT_WAY) -> None:
    """The same message to all, without waiting."""
    if not short_way:
        broadcast(connections, message, text=True)
        return
    frame = framed(message)
    for connection in connections:
        transport = connection.transport
        if connection.protocol.state is OPEN and not transport.is_closing():
            try:
                transport.write(frame)
            except RuntimeError:  # the phone half-closed a moment ago: "write() after write_eof()"
                continue


def backlog(connection: ServerConnection) -> int:
    """Bytes that the socket has not taken yet."""
    return connection.transport.get_write_buffer_size()


def send_picture(connection: ServerConnection, jpeg: bytes) -> None:
    """One binary message to one socket, without waiting."""
    broadcast((connection,), jpeg)
