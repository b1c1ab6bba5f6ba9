"""The phones that are connected: each one's conversation, and what all of them are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from engine.companion import fanout
from engine.companion.callboard import Callboard
from engine.companion.fanout import Line, Parcel
from engine.companion.protocol import (
    SIZE,
    VERSION,
    Ack,
    Act,
    Bye,
    Hello,
    No,
    Pong,
    Seat,
    Welcome,
    You,
    encode,
    read_phone,
)
from engine.companion.quick import QuickConnection
from engine.companion.room import Guest, Room

HELLO_S = 5.0
SILENT_S = 10.0  # a phone acknowledges twice a second
STUCK_S = 15.0  # a phone that talks and takes nothing is none
UNREAD = 20  # deltas a phone may be behind before it is left alone until its next acknowledgement
OWED = 64 * 1024  # bytes a phone may leave unread; only one that provokes answers can get there
RETRY_MS = 3000

log = logging.getLogger(__name__)


class Phone(Line):
    """One connected phone: how far it was told, how far it got."""

    __slots__ = ("acked", "gone", "guest", "heard", "sent", "stuck")

    def __init__(self, connection: ServerConnection, guest: Guest, seq: int, now: float) -> None:
        super().__init__(connection)
        self.guest = guest
        self.sent = self.acked = seq
        self.heard = self.stuck = now  # `stuck`: when its socket last had nothing waiting
        self.gone = False  # told to go; what else it says is not heard


class Phones:
    """All of them. `clock` gives seconds; phones see it as milliseconds."""

    def __init__(self, room: Room, board: Callboard, clock: Callable[[], float], *, code: str = "") -> None:
        self._room, self._board, self._clock, self._code = room, board, clock, code
        self._phones: dict[int, Phone] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self.delivered = 0
        self.skipped = 0

    def __len__(self) -> int:
        return len(self._phones)

    async def serve(self, connection: ServerConnection) -> None:
        """One phone's conversation, from hello to the end of the socket."""
        with suppress(ConnectionClosed):
            phone = await self._greet(connection)
            if phone is None:
                return
            try:
                if isinstance(connection, QuickConnection):
                    connection.take = partial(self.take, phone)
                while True:  # with a short way only fragmented messages come this one
                    self.take(phone, await connection.recv(decode=False))
            finally:
                self._part(phone)

    def take(self, phone: Phone, data: bytes) -> None:
        """One message of a phone that is in. Never raises, whatever it is."""
        if phone.gone:
            return
        now = phone.heard = self._clock()
        message = read_phone(data)
        if isinstance(message, Act):
            self._act(phone, message, now)
        elif isinstance(message, Ack):
            self._ack(phone, message, now)
        elif isinstance(message, Seat):
            if phone.guest.allowance.may("seat", now):
                token = self._room.sit(phone.guest, message.block)
                self._tell_one(phone, You(block=message.block, token=token))
        elif isinstance(message, Bye):
            self._room.forget(phone.guest)
            self.drop(phone, 1000, "forgotten")
        else:  # nothing we know, or a second hello
            self._room.dropped += 1
            self._refuse(phone, 0, "form", now)

    def tell(self, before: int) -> None:
        """The board changed: `before` is the number it had. Who is too far behind waits for their own ack."""
        seq, told = self._board.seq, 0
        news = Parcel(self._board.delta(before))
        for phone in self._phones.values():
            if phone.sent - phone.acked >= UNREAD or phone.owed():
                self.skipped += 1
            elif phone.sent == before:
                phone.put(news)
                phone.sent = seq
                told += 1
            else:
                self._catch_up(phone)
        self.delivered += told

    def tell_anew(self) -> None:
        """The stage started anew: everyone gets everything."""
        self._tell_all(self._board.anew())
        for phone in self._phones.values():
            phone.sent = phone.acked = self._board.seq

    def beat(self, age: float) -> None:
        """Nothing to tell but how old the last news is."""
        self._tell_all(self._board.beat(age))

    def sweep(self) -> None:
        """Once a second: the silent are dropped, those in the queue hear of their new place."""
        now = self._clock()
        for phone in list(self._phones.values()):
            owed = phone.owed()
            if not owed:
                phone.stuck = now
            if owed > OWED or now - phone.stuck > STUCK_S:
                phone.connection.transport.abort()
            elif now - phone.heard > SILENT_S:
                self.drop(phone, 4008, "silent")
        for guest, place in self._room.sweep(now):
            moved = self._phones.get(guest.ticket.number)
            if moved is not None:
                self._tell_one(moved, You(queue=place))

    def dismiss(self, code: int, reason: str) -> None:
        """Close every phone's socket."""
        for phone in list(self._phones.values()):
            self.drop(phone, code, reason)

    def drop(self, phone: Phone, code: int, reason: str) -> None:
        """Close one socket without waiting for it; nothing more is heard from it."""
        if phone.gone:
            return
        phone.gone = True
        if isinstance(phone.connection, QuickConnection):
            phone.connection.deaf = True
        task = asyncio.ensure_future(phone.connection.close(code, reason))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    # ------------------------------------------------------------------------------------------------

    async def _greet(self, connection: ServerConnection) -> Phone | None:
        """Hear the hello and answer it; None if the phone was sent away."""
        for _ in range(3):  # a wrong room code may be given again
            hello = await self._hello(connection)
            if hello is None or hello.v != VERSION:
                await connection.close(4000, "hello")
                return None
            if not self._code or hello.room.upper() == self._code:
                return await self._welcome(connection, hello)
            fanout.send(connection, encode(No(0, "room")))
        await connection.close(4009, "room")
        return None

    async def _hello(self, connection: ServerConnection) -> Hello | None:
        try:
            async with asyncio.timeout(HELLO_S):
                message = read_phone(await connection.recv(decode=False))
        except TimeoutError:
            return None
        return message if isinstance(message, Hello) else None

    async def _welcome(self, connection: ServerConnection, hello: Hello) -> Phone | None:
        now = self._clock()
        guest = self._room.enter(hello.resume, now)
        if guest is None:
            await connection.close(1013, f"retry={RETRY_MS}")
            return None
        number = guest.ticket.number
        older = self._phones.get(number)
        if older is not None:
            self.drop(older, 4001, "elsewhere")
        board = self._board
        phone = self._phones[number] = Phone(connection, guest, board.seq, now)
        known = hello.epoch == board.epoch and 0 < hello.s <= board.seq
        welcome = Welcome(
            number,
            self._room.token(guest),
            guest.ticket.block,
            self._room.place(guest),
            board.epoch,
            _ms(now),
            board.seq,
            board.changes(hello.s) if known else board.packed(),
            hello.s if known else None,
        )
        fanout.send(connection, encode(welcome))
        return phone

    def _part(self, phone: Phone) -> None:
        number = phone.guest.ticket.number
        if self._phones.get(number) is phone:
            del self._phones[number]
            self._room.leave(phone.guest, self._clock())

    def _act(self, phone: Phone, act: Act, now: float) -> None:
        why = self._room.act(phone.guest, act, now)
        if why is not None:
            self._refuse(phone, act.n, why, now)

    def _ack(self, phone: Phone, ack: Ack, now: float) -> None:
        if not phone.guest.allowance.may("ack", now):
            self._refuse(phone, 0, "rate", now)
            return
        phone.acked = max(phone.acked, min(ack.s, phone.sent))
        if ack.c is not None:
            self._tell_one(phone, Pong(ack.c, _ms(now)))
        if phone.sent < self._board.seq and phone.sent - phone.acked < UNREAD:
            self._catch_up(phone)

    def _refuse(self, phone: Phone, n: int, why: str, now: float) -> None:
        if phone.guest.allowance.forgive(why, now):
            self._tell_one(phone, No(n, why))  # type: ignore[arg-type]
        else:
            self.drop(phone, 4009, why)

    def _catch_up(self, phone: Phone) -> None:
        """One message with everything this phone missed."""
        if not phone.owed():
            phone.put(Parcel(self._board.delta(phone.sent)))
            phone.sent = self._board.seq
            self.delivered += 1

    def _tell_one(self, phone: Phone, message: You | No | Pong) -> None:
        owed = phone.owed()
        if not owed:
            phone.put(Parcel(encode(message)))
        elif owed < SIZE:
            fanout.send(phone.connection, encode(message))

    def _tell_all(self, message: bytes) -> None:
        parcel = Parcel(message)
        for phone in self._phones.values():
            if not phone.owed():
                phone.put(parcel)
                self.delivered += 1


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
