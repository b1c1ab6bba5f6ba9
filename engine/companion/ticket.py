"""Resume tokens: a guest's number and seat, signed, so that even a fresh gateway knows its guests. No I/O."""

from __future__ import annotations

import base64
import hmac
import struct
from dataclasses import dataclass, replace

_BODY = struct.Struct(">IB8s")  # number, seat block (255: none), a random name nobody can guess
_MAC = 16  # bytes of HMAC-SHA256 kept
_NOWHERE = 255


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who a guest is: a small number for the stage, a random name for us, a seat block 0..8 or None."""

    number: int
    name: bytes
    block: int | None = None

    def seated(self, block: int) -> Ticket:
        """The same guest in another seat."""
        return replace(self, block=block)


class BoxOffice:
    """Signs and reads tickets. All gateways of one show share the key; after the show it is gone."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"resume tokens", "sha256")

    def token(self, ticket: Ticket) -> str:
        """The ticket as 39 characters a phone keeps."""
        block = _NOWHERE if ticket.block is None else ticket.block
        body = _BODY.pack(ticket.number, block, ticket.name)
        return base64.urlsafe_b64encode(body + self._sign(body)).decode().rstrip("=")

    def read(self, token: str) -> Ticket | None:
        """The ticket, or None for anything we did not sign. Compared in constant time."""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except ValueError:
            return None
        body, mac = raw[: _BODY.size], raw[_BODY.size :]
        if len(body) != _BODY.size or not hmac.compare_digest(mac, self._sign(body)):
            return None
        number, block, name = _BODY.unpack(body)
        return Ticket(number, name, None if block == _NOWHERE else block)

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_MAC]
