"""Messages between the processes of a show, as bytes: no sockets, no threads."""

from __future__ import annotations

import math
import struct
from typing import Any

import msgspec

from engine.core.controller import Health
from engine.core.signals import Signal

LIMIT = 4 * 1024 * 1024  # bytes of one message; a 1080p preview JPEG is a tenth of it

_HEAD = struct.Struct(">IB")  # length of the body, kind of frame
_JSON, _PICTURE = 0, 1


class LinkError(ValueError):
    """A message that is malformed, too large or out of order; its sender is dropped."""


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """First on every line: who I am, and the token all processes of one show share."""

    role: str
    token: str


class Signals(msgspec.Struct, frozen=True, tag="signals"):
    """Input for the stage. `window` numbers what the gateway gathered; 0 for others."""

    signals: list[Signal]
    window: int = 0


class Snapshot(msgspec.Struct, frozen=True, tag="snapshot"):
    """What phones (`house`) and consoles (`desk`) may know, about 20 times a second."""

    house: dict[str, Any]
    desk: dict[str, Any]


class Report(msgspec.Struct, frozen=True, tag="report"):
    """How the devices of one process are."""

    health: list[Health]


class Order(msgspec.Struct, frozen=True, tag="order"):
    """The stage asks a process for something: "preview" on or off, "arm" a list of gestures ..."""

    name: str
    value: Any = None


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """One JPEG, sent as plain bytes."""

    jpeg: bytes


Message = Hello | Signals | Snapshot | Report | Order | Picture

_decoder = msgspec.json.Decoder(Hello | Signals | Snapshot | Report | Order)


def pack(message: Message) -> bytes:
    """The message as bytes for the wire.

    Signals whose numbers are not finite are left out: JSON has no word for them. LinkError if too large or
    not made of plain JSON values.
    """
    if isinstance(message, Picture):
        kind, body = _PICTURE, message.jpeg
    else:
        if isinstance(message, Signals):
            message = Signals(
                [s for s in message.signals if math.isfinite(s.value + s.x + s.y)], message.window
            )
        try:
            kind, body = _JSON, msgspec.json.encode(message, enc_hook=_plain)
        except (TypeError, ValueError, RecursionError) as error:
            raise LinkError(f"{type(message).__name__} cannot be sent: {error}") from error
    if len(body) > LIMIT:
        raise LinkError(f"{type(message).__name__} of {len(body)} bytes, the limit is {LIMIT}")
    return _HEAD.pack(len(body), kind) + body


def _plain(value: Any) -> Any:
    """A numpy number as a plain one: scenes compute with them."""
    item = getattr(value, "item", None)
    if item is None:
        raise TypeError(f"{type(value).__name__} is not a plain value")
    return item()


def unpack(kind: int, body: bytes) -> Message:
    """The message in one frame. LinkError if it is none."""
    if kind == _PICTURE:
        return Picture(body)
    if kind != _JSON:
        raise LinkError(f"unknown frame kind {kind}")
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise LinkError(f"malformed message: {error}") from error


class Frames:
    """Cuts a stream of bytes, arriving in any pieces, back into frames."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The frames (kind, body) that `data` completes. LinkError at an oversized one."""
        self._buffer += data
        frames: list[tuple[int, bytes]] = []
        start = 0
        while len(self._buffer) - start >= _HEAD.size:
            length, kind = _HEAD.unpack_from(self._buffer, start)
            if length > self._limit:
                raise LinkError(f"frame of {length} bytes, the limit is {self._limit}")
            end = start + _HEAD.size + length
            if len(self._buffer) < end:
                break
            frames.append((kind, bytes(self._buffer[start + _HEAD.size : end])))
            start = end
        del self._buffer[:start]
        return frames
