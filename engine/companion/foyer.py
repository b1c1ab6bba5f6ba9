"""Pages before the socket: many small files over one connection that stays open.

websockets answers one plain request per connection and then closes it; a phone's first visit asks for some
twenty files, and a house that comes in at once would cost many times the processor. Here requests that are
no WebSocket handshake are answered from memory and the connection is kept; a handshake goes on to websockets,
byte for byte. With another major version of websockets than 17 every request goes its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import WebSocketException
from websockets.http11 import Request, Response
from websockets.streams import StreamReader

from engine.companion import pages
from engine.companion.limits import Addresses
from engine.companion.quick import QuickConnection

HEAD = 8192  # bytes of one request
HEAD_S = 5.0  # to say what is wanted
IDLE_S = 15.0  # to ask for more
UNREAD = 1024 * 1024  # bytes asked for and not taken
Answer = Callable[[ServerConnection, Request], Response | None]


class FoyerConnection(QuickConnection):
    """A connection that gives out pages until it becomes a WebSocket.

    answer      the door's
    addresses   counts open connections of each address; None when all come through a proxy
    """

    def __init__(self, *args: Any, answer: Answer, addresses: Addresses | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answer = answer
        self._addresses = addresses
        self._counted: str | None = None  # the address this one is counted for
        self._heads = bytearray()
        self._inside = not self.short_way
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A socket opened."""
        super().connection_made(transport)
        self._wait(HEAD_S)
        if self._addresses is not None:
            address = str((transport.get_extra_info("peername") or ("",))[0])
            if self._addresses.enter(address):
                self._counted = address
            else:
                self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It closed."""
        self._wait(None)
        if self._addresses is not None and self._counted is not None:
            self._addresses.leave(self._counted)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes: of a request for a page, of a handshake, or of a WebSocket already."""
        if self._inside:
            super().data_received(data)
            return
        self._heads += data
        while not self._inside and (end := self._heads.find(b"\r\n\r\n") + 4) >= 4:
            request = _request(bytes(self._heads[:end]))
            if request is None or self.transport.get_write_buffer_size() > UNREAD:
                self.transport.abort()
                return
            if "Upgrade" in request.headers:
                self._go_in()
                return
            del self._heads[:end]
            self._give(request)
        if len(self._heads) > HEAD:
            self.transport.abort()

    def eof_received(self) -> None:
        """The other end says no more; what it asked for is still sent."""
        if self._inside:
            super().eof_received()

    def _go_in(self) -> None:
        self._inside = True
        self._wait(None)
        handshake, self._heads = bytes(self._heads), bytearray()
        super().data_received(handshake)

    def _give(self, request: Request) -> None:
        response = self._answer(self, request)
        if response is None:
            response = pages.text(HTTPStatus.UPGRADE_REQUIRED, "This address speaks WebSocket.\n")
        keep = request.protocol == "HTTP/1.1" and "close" not in request.headers.get("Connection", "").lower()
        if keep:
            del response.headers["Connection"]
        self.transport.write(response.serialize())
        if keep:
            self._wait(IDLE_S)
        else:
            self.transport.close()

    def _wait(self, seconds: float | None) -> None:
        """Give up on the other end after so long; never with None."""
        if self._patience is not None:
            self._patience.cancel()
        self._patience = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)


def _request(head: bytes) -> Request | None:
    """The request in its whole head; None if it is none."""
    reader = StreamReader()
    reader.feed_data(head)
    try:
        next(Request.parse(reader.read_line))
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    except (ValueError, NotImplementedError, EOFError, WebSocketException):
        return None
    return None
