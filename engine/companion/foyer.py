"""Pages before the socket: many small files over one connection that stays open, a little at a time.

websockets answers one plain request per connection and then closes it; a phone's first visit asks for
several files, and a house that comes in at once would cost many times the processor and starve those who are
in. Here a connection is a visitor first: requests that are no WebSocket handshake are answered from memory,
the same question with the same bytes, and the connection is kept; with a handshake the visitor gives its
socket to a connection of websockets, which gets every byte from there on. All visitors together get a small
share of each turn of the loop, so that states go on flowing to the house while a herd comes in.

With another major version of websockets than 17 there is no foyer: every request goes websockets' way.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import Server
from websockets.exceptions import WebSocketException
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

from engine.companion import pages
from engine.companion.limits import Addresses
from engine.companion.quick import QuickConnection, read_little

HEAD = 8192  # bytes of one request
AHEAD = 2 * HEAD  # bytes of requests that wait their turn
HEAD_S = 5.0  # to say what is wanted
IDLE_S = 15.0  # to ask for more
UNREAD = 1024 * 1024  # bytes asked for and not taken
TURN_S = 0.015  # of one turn of the loop, for all visitors together
REMEMBERED = 1024  # different questions whose answer is kept
END = b"\r\n\r\n"
log = logging.getLogger(__name__)

Answer = Callable[[object, Request], Response | None]


class Foyer:
    """Everyone who has not gone in yet. `answer` is the door's.

    `addresses` counts the open connections of each address; None when all come through a proxy.
    """

    def __init__(self, answer: Answer, addresses: Addresses | None = None) -> None:
        self._answer, self.addresses = answer, addresses
        self.visitors: set[Visitor] = set()
        self._turns: deque[Visitor] = deque()
        self._known: dict[bytes, tuple[bytes, bytes]] = {}

    def welcome(self, protocol: ServerProtocol, server: Server, **options: Any) -> Visitor:
        """What websockets asks for when a socket opens."""
        return Visitor(self, lambda: QuickConnection(protocol, server, **options))

    def queue(self, visitor: Visitor) -> None:
        """This one has said something whole."""
        if not self._turns:
            asyncio.get_running_loop().call_soon(self._work)
        self._turns.append(visitor)

    def close(self) -> None:
        """Show everyone out."""
        for visitor in list(self.visitors):
            visitor.transport.abort()

    def reply(self, head: bytes) -> tuple[bytes, bytes] | None:
        """Head and body that answer a plain request; None if it is none. Asks for closing end the head so."""
        known = self._known.get(head)
        if known is not None:
            return known
        request = _request(head)
        if request is None:
            return None
        response = self._answer(None, request)
        if response is None:
            response = pages.text(HTTPStatus.UPGRADE_REQUIRED, "This address speaks WebSocket.\n")
        if request.protocol == "HTTP/1.1" and "close" not in request.headers.get("Connection", "").lower():
            del response.headers["Connection"]
        body, response.body = bytes(response.body or b""), b""
        said = (response.serialize(), body)
        if response.headers.get("Cache-Control") != "no-store":
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[head] = said
        return said

    def _work(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + TURN_S
        while self._turns and loop.time() < end:
            visitor = self._turns.popleft()
            try:
                visitor.serve()
            except Exception:  # the others in the queue are not to wait for ever
                log.exception("foyer: a visitor could not be served")
                visitor.transport.abort()
        if self._turns:
            loop.call_soon(self._work)


class Visitor(asyncio.Protocol):
    """A connection that gets pages until it becomes a WebSocket."""

    transport: asyncio.Transport

    def __init__(self, foyer: Foyer, connection: Callable[[], QuickConnection]) -> None:
        self._foyer, self._connection = foyer, connection
        self._heads = bytearray()
        self._queued = self._leaving = False
        self._address: str | None = None  # counted for
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A socket opened."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        read_little(transport)
        self._foyer.visitors.add(self)
        self._wait(HEAD_S)
        if self._foyer.addresses is not None:
            address = str((transport.get_extra_info("peername") or ("",))[0])
            if self._foyer.addresses.enter(address):
                self._address = address
            else:
                transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It closed."""
        self._leave()

    def data_received(self, data: bytes) -> None:
        """Bytes of requests for pages, or of a handshake."""
        self._heads += data
        self._look()

    def eof_received(self) -> bool:
        """The other end says no more; what it asked for is still sent."""
        if self._queued:
            self._leaving = True
        return self._queued

    def serve(self) -> None:
        """Our turn: answer one request, or go in."""
        self._queued = False
        if self.transport.is_closing():
            return
        end = self._heads.find(END) + len(END)
        head = bytes(self._heads[:end])
        if b"\r\nupgrade:" in head.lower():
            if self._leaving:  # gave up while it waited: no use shaking hands
                self.transport.abort()
            else:
                self._go_in()
            return
        reply = self._foyer.reply(head)
        if reply is None or self.transport.get_write_buffer_size() > UNREAD:
            self.transport.abort()
            return
        del self._heads[:end]
        self.transport.write(b"".join(reply))
        if b"\r\nConnection: close" in reply[0]:
            self.transport.close()
            return
        self._wait(IDLE_S)
        self._look()
        if self._leaving and not self._queued:
            self.transport.close()

    def _look(self) -> None:
        """Is there something whole?"""
        if self._queued:
            whole = len(self._heads) <= AHEAD
        elif whole := END in self._heads:
            self._queued = True
            self._wait(None)
            self._foyer.queue(self)
        else:
            whole = len(self._heads) <= HEAD
        if not whole:
            self.transport.abort()

    def _go_in(self) -> None:
        self._leave()
        connection = self._connection()
        connection.connection_made(self.transport)
        self.transport.set_protocol(connection)
        connection.data_received(bytes(self._heads))

    def _leave(self) -> None:
        self._wait(None)
        self._foyer.visitors.discard(self)
        if self._foyer.addresses is not None and self._address is not None:
            self._foyer.addresses.leave(self._address)
            self._address = None

    def _wait(self, seconds: float | None) -> None:
        """Give up on the other end after so long; never with None."""
        if self._patience is not None:
            self._patience.cancel()
        loop = asyncio.get_running_loop()
        self._patience = None if seconds is None else loop.call_later(seconds, self.transport.abort)


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
