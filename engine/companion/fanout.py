"""One message to many sockets: framed once, the same bytes written to each.

The short way goes past asyncio's transport to the socket's own `send` when nothing waits in front, which
costs a third of `broadcast`. It uses `connection.transport` and `connection.protocol.state`, which
websockets 17 has but does not document, and the socket inside asyncio's TransportSocket; where any of them is
missing, the public `broadcast` is used, which frames anew for every phone. A test holds that both put the
same bytes on the wire.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable

import websockets
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.protocol import OPEN

_TEXT = 0x81  # with the FIN bit
SHORT_WAY = int(websockets.__version__.partition(".")[0]) == 17


class Parcel:
    """A text message and, unmasked, its one WebSocket frame (RFC 6455, 5.2)."""

    __slots__ = ("frame", "message", "size")

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.frame = _head(len(message)) + message
        self.size = len(self.frame)


class Line:
    """The way out to one socket."""

    __slots__ = ("_protocol", "_send", "connection", "owed")

    def __init__(self, connection: ServerConnection, *, short_way: bool = SHORT_WAY) -> None:
        self.connection = connection
        self.owed = connection.transport.get_write_buffer_size  # bytes the socket has not taken yet
        self._protocol = connection.protocol
        self._send = _own_send(connection) if short_way else None

    def put(self, parcel: Parcel) -> None:
        """Send without waiting. Only while nothing is `owed`; a socket that is closing is left alone."""
        if self._send is None:
            broadcast((self.connection,), parcel.message, text=True)
        elif self._protocol.state is OPEN:
            try:
                sent = self._send(parcel.frame)
            except BlockingIOError:
                sent = 0
            except OSError:  # gone; its reader hears of it by itself
                return
            if sent != parcel.size:
                self._owe(parcel.frame[sent:])

    def _owe(self, rest: bytes) -> None:
        try:
            self.connection.transport.write(rest)
        except RuntimeError:  # the phone half-closed a moment ago: "write() after write_eof()"
            self.connection.transport.abort()


def send(connection: ServerConnection, message: bytes) -> None:
    """One message to one socket, without waiting; a socket that is closing is left alone."""
    broadcast((connection,), message, text=True)


def backlog(connection: ServerConnection) -> int:
    """Bytes that the socket has not taken yet."""
    return connection.transport.get_write_buffer_size()


def send_picture(connection: ServerConnection, jpeg: bytes) -> None:
    """One binary message to one socket, without waiting."""
    broadcast((connection,), jpeg)


def _head(size: int) -> bytes:
    if size < 126:
        return bytes((_TEXT, size))
    return struct.pack("!BBH", _TEXT, 126, size) if size < 65_536 else struct.pack("!BBQ", _TEXT, 127, size)


def _own_send(connection: ServerConnection) -> Callable[[bytes], int] | None:
    """`send` of the socket below a plain transport; the socket knows itself when it is closed."""
    transport = connection.transport
    if os.name != "posix" or transport.get_extra_info("sslcontext") is not None:
        return None
    return getattr(getattr(transport.get_extra_info("socket"), "_sock", None), "send", None)
