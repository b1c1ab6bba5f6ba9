"""A short way in for short messages: whole frames go straight to whoever takes them.

`recv()` costs a task switch and a parser step per message, 20 us and more; most messages of phones are one
small unfragmented frame, which is read here in a few. Everything else (control frames, fragments, what is
malformed) goes to websockets as it came. The short way relies on `protocol.state`, `protocol.current_size`
and `data_received` of websockets 17; with another major version everything goes the usual way, by `recv()`. A
test feeds the same bytes both ways.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import apply_mask
from websockets.protocol import CONNECTING, OPEN

from engine.companion.fanout import SHORT_WAY
from engine.companion.protocol import SIZE

READ = 16 * 1024  # bytes taken from a socket at once
_TEXT, _BINARY, _CLOSE = 0x81, 0x82, 0x88  # with the FIN bit


def read_little(transport: asyncio.BaseTransport) -> None:
    """Let asyncio ask for READ bytes at a time: 256 KB are mapped and unmapped for each message."""
    with suppress(AttributeError):
        transport.max_size = READ  # type: ignore[attr-defined]


class QuickConnection(ServerConnection):
    """A connection whose `take`, once set, is called with the bytes of each message.

    `deaf` makes it drop messages without looking: its sender has been told to go.
    """

    short_way = SHORT_WAY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.take: Callable[[bytes], None] | None = None
        self.deaf = False
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A socket opened."""
        read_little(transport)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Bytes from the socket, in any pieces."""
        if not self.short_way or self.protocol.state is CONNECTING:
            super().data_received(data)
            return
        data = self._rest + data if self._rest else bytes(data)
        at = 0
        while (size := _frame(data, at)) is not None:
            if size == 0:  # not for us: too large, unmasked, or nothing WebSocket knows
                self.short_way = False
                super().data_received(data[at:])
                return
            self._frame_received(data[at : at + size])
            at += size
        self._rest = data[at:]

    def _frame_received(self, frame: bytes) -> None:
        kind, protocol = frame[0], self.protocol
        if self.deaf and kind != _CLOSE:
            return
        small = kind in (_TEXT, _BINARY) and protocol.current_size is None
        if self.take is None or not small or protocol.state is not OPEN:
            super().data_received(frame)
            return
        head = 4 if frame[1] & 0x7F == 126 else 2
        self.take(apply_mask(frame[head + 4 :], frame[head : head + 4]))


def _frame(data: bytes, at: int) -> int | None:
    """Size of the frame at `at` (RFC 6455, 5.2); None if it is not all there, 0 if it is none of ours."""
    there = len(data) - at
    if there < 2:
        return None
    second = data[at + 1]
    length, head = second & 0x7F, 6
    if length == 126:
        if there < 4:
            return None
        length, head = int.from_bytes(data[at + 2 : at + 4], "big"), 8
    if not second & 0x80 or second & 0x7F == 127 or length > SIZE:
        return 0
    return head + length if there >= head + length else None
