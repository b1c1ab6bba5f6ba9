"""The operators' consoles: behind a PIN, they see everything and call the show."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from msgspec import structs
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from engine.companion import fanout
from engine.companion.callboard import Ledger
from engine.companion.limits import PinLock
from engine.companion.protocol import (
    Act,
    Camera,
    ConsoleDelta,
    ConsoleNo,
    ConsoleWelcome,
    Do,
    Knob,
    Master,
    Mosaic,
    Pin,
    Ping,
    Pong,
    Preview,
    Verdict,
    Words,
    encode,
    read_console,
)
from engine.companion.room import Room
from engine.core.signals import Signal, level

PIN_S = 60.0
SOURCE = "console"

log = logging.getLogger(__name__)


class Console:
    """One connected console."""

    __slots__ = ("aiming", "connection", "preview", "sent")

    def __init__(self, connection: ServerConnection, seq: int) -> None:
        self.connection, self.sent = connection, seq
        self.preview = self.aiming = False


class Consoles:
    """All of them.

    post   gives signals to the stage at once and says whether it is there
    watch  tells whether any console wants pictures
    look   gives desk, house and hall as they are now
    """

    def __init__(
        self,
        room: Room,
        lock: PinLock,
        clock: Callable[[], float],
        post: Callable[[list[Signal]], bool],
        watch: Callable[[bool], None],
        look: Callable[[], tuple[dict[str, Any], dict[str, Any], dict[str, Any]]],
    ) -> None:
        self._room, self._lock, self._clock = room, lock, clock
        self._post, self._watch, self._look = post, watch, look
        self._consoles: set[Console] = set()
        self._desk, self._house, self._hall = Ledger(), Ledger(), Ledger()
        self._seq = 0

    def __len__(self) -> int:
        return len(self._consoles)

    @property
    def watching(self) -> bool:
        """Whether any console wants pictures."""
        return any(console.preview for console in self._consoles)

    async def serve(self, connection: ServerConnection, address: str) -> None:
        """One console's conversation, from its PIN to the end of the socket."""
        with suppress(ConnectionClosed):
            if not await self._unlocked(connection, address):
                await connection.close(4003, "pin")
                return
            console = self._welcome(connection)
            try:
                while True:
                    self._take(console, await connection.recv(decode=False))
            finally:
                self._consoles.discard(console)
                self._look_away(console)
                if console.preview:
                    self._watch(self.watching)

    def tell(self) -> None:
        """What changed, to all; ten times a second is enough for eyes."""
        if not self._consoles:
            return
        self._refresh()
        for console in self._consoles:
            if not fanout.backlog(console.connection):
                since = console.sent
                parts = [ledger.since(since) for ledger in (self._desk, self._house, self._hall)]
                if any(parts):
                    fanout.send(console.connection, encode(ConsoleDelta(_ms(self._clock()), *parts)))
                console.sent = self._seq

    def show(self, jpeg: bytes) -> None:
        """A picture for those who asked; who is still busy with the last one misses it."""
        for console in self._consoles:
            if console.preview and not fanout.backlog(console.connection):
                fanout.send_picture(console.connection, jpeg)

    def aim(self, seen: dict[str, Any]) -> None:
        """What the eye sees in cells, for those who are aiming it."""
        for console in self._consoles:
            if console.aiming and not fanout.backlog(console.connection):
                fanout.send(console.connection, encode(Mosaic(seen)))

    async def _unlocked(self, connection: ServerConnection, address: str) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(PIN_S):
                while True:
                    message = read_console(await connection.recv(decode=False))
                    if self._admits(connection, address, message):
                        return True
        return False

    def _admits(self, connection: ServerConnection, address: str, message: object) -> bool:
        now = self._clock()
        if not isinstance(message, Pin):
            _no(connection, "form")
        elif wait := self._lock.wait(address, now):
            _no(connection, "locked", wait)
        elif self._lock.opens(address, message.pin, now):
            return True
        else:
            log.warning("console: wrong PIN")
            wait = self._lock.wait(address, now)
            _no(connection, "locked" if wait else "pin", wait)
        return False

    def _look_away(self, gone: Console) -> None:
        """The eye shows its mosaic only while somebody is there to aim it."""
        if gone.aiming and not any(console.aiming for console in self._consoles):
            signal = self._signal(Camera(look=False))
            self._post([signal] if signal else [])

    def _refresh(self) -> None:
        self._seq += 1
        for ledger, values in zip((self._desk, self._house, self._hall), self._look(), strict=True):
            ledger.update(values, self._seq)

    def _welcome(self, connection: ServerConnection) -> Console:
        self._refresh()
        console = Console(connection, self._seq)
        self._consoles.add(console)
        whole = ConsoleWelcome(self._desk.all(), self._house.all(), self._hall.all(), _ms(self._clock()))
        fanout.send(connection, encode(whole))
        return console

    def _take(self, console: Console, data: bytes) -> None:
        message = read_console(data)
        if isinstance(message, Camera) and message.look is not None:
            console.aiming = message.look
            message = structs.replace(message, look=any(one.aiming for one in self._consoles))
        if isinstance(message, Preview):
            console.preview = message.on
            self._watch(self.watching)
        elif isinstance(message, Ping):
            fanout.send(console.connection, encode(Pong(message.c, _ms(self._clock()))))
        elif isinstance(message, Verdict):
            wish = self._room.held.take(message.id)
            if wish is not None and message.ok:
                self._room.say(*wish, self._clock())
        elif isinstance(message, Words):
            self._room.held.allow(message.on)
        elif (signal := self._signal(message)) is None:
            _no(console.connection, "form")
        elif not self._post([signal]):
            _no(console.connection, "stage")

    def _signal(self, message: object) -> Signal | None:
        """What an order is to the stage; None if it is no order."""
        now = self._clock()
        if isinstance(message, Camera):
            return Signal("console/camera", source=SOURCE, text=encode(message).decode(), at=now)
        if isinstance(message, Do):
            wants_more = message.order in ("standby", "jump", "mode")
            if wants_more != bool(message.value):
                return None
            return Signal(f"console/{message.order}", source=SOURCE, text=message.value or "", at=now)
        if isinstance(message, Knob):
            return level(f"console/knob/{message.name}", message.raw, source=SOURCE, at=now)
        if isinstance(message, Master):
            return level("console/master", message.raw, source=SOURCE, at=now)
        if isinstance(message, Act):
            facts = {"x": message.x, "y": message.y, "text": message.o, "points": message.p}
            return Signal(f"console/act/{message.verb}", message.v, source=SOURCE, at=now, **facts)  # type: ignore[arg-type]
        return None


def _no(connection: ServerConnection, why: str, wait: float = 0.0) -> None:
    fanout.send(connection, encode(ConsoleNo(why, round(wait, 1))))  # type: ignore[arg-type]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
