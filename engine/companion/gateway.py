"""The gateway: one process, one port, between the stage and everyone with a browser."""

from __future__ import annotations

import asyncio
import gc
import logging
import secrets
import signal
import socket
import sys
from collections import deque
from contextlib import suppress
from functools import partial
from typing import Any

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve

from engine.companion.broker import STEP, secret_of
from engine.companion.callboard import Callboard, Seen
from engine.companion.consoles import Consoles
from engine.companion.door import JSON, PROMETHEUS, Door
from engine.companion.downlink import Downlink
from engine.companion.fanout import SHORT_WAY
from engine.companion.foyer import Foyer
from engine.companion.limits import Addresses, PinLock
from engine.companion.phones import RETRY_MS, Phones
from engine.companion.protocol import SIZE
from engine.companion.quick import QuickConnection
from engine.companion.room import Room
from engine.companion.settings import GatewaySettings
from engine.companion.ticket import BoxOffice
from engine.companion.uplink import Uplink
from engine.core.signals import Signal
from engine.link import Hello, Message, Order, Peer, Picture, Signals, Snapshot

__all__ = ["Gateway", "GatewaySettings", "perform", "run"]

WINDOW_S = 0.05  # input is gathered this long
DESK_S = 0.1  # consoles hear ten times a second
BEAT_S = 1.0
CONNECTIONS = 4  # of one address for each socket it may have
TAKEN = 100  # sockets taken per turn of the loop: a herd must not starve those inside
WAITING = 4096  # that the system keeps until then; one it has no room for is only tried again after a second
FILES = 65_536  # a socket is one
BUSY = 3  # exit status when the port is taken

log = logging.getLogger(__name__)


class Gateway:
    """Joins room, callboard, phones and consoles to the sockets and to the stage."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self._loop = asyncio.get_running_loop()
        self._clock = self._loop.time
        reports = {"/health": (JSON, self._health), "/metrics": (PROMETHEUS, self._metrics)}
        self._door = Door(settings, reports)
        self._addresses = Addresses(settings.per_address)
        # A browser opens several connections for a page beside its socket; a proxy counts them itself.
        early = None if settings.behind_proxy else Addresses(settings.per_address * CONNECTIONS)
        self._foyer = Foyer(self._door.answer, early)
        self.room = Room(
            BoxOffice(settings.secret or secret_of(settings.token or secrets.token_hex(16))),
            partial(secrets.token_bytes, 8),
            capacity=settings.capacity,
            waiting=settings.waiting,
            source=settings.name,
            first=settings.first,
            step=STEP if settings.broker else settings.step,
            window=int(self._clock() / WINDOW_S),  # never repeats one from before a restart
        )
        self.board = Callboard()
        self.phones = Phones(self.room, self.board, self._clock, code=settings.room.upper())
        lock = PinLock(settings.pin or secrets.token_hex(8))
        self.consoles = Consoles(self.room, lock, self._clock, self._post, self._watch, self._look)
        self._snapshot = Snapshot({}, {})
        self._newest: deque[Snapshot] = deque(maxlen=1)
        self._heard = float("-inf")
        self._told = float("-inf")
        self._seen = Seen()
        self._over = asyncio.Event()
        self._peer: Peer | Downlink
        self._uplink: Uplink | None = None
        self._server: Server

    @property
    def port(self) -> int:
        """The port that is served."""
        return int(self._server.sockets[0].getsockname()[1])

    async def open(self, sock: socket.socket, downlink: Downlink | None = None) -> None:
        """Serve a listening socket, and connect to the stage, directly or over a broker."""
        self._server = await serve(
            self._serve,
            sock=sock,
            backlog=TAKEN,
            process_request=self._door.answer,
            compression=None,
            max_size=SIZE,
            max_queue=4,
            open_timeout=60,  # the foyer is stricter with those who say nothing
            close_timeout=2,
            ping_interval=None,
            server_header=None,
            create_connection=self._foyer.welcome if SHORT_WAY else QuickConnection,  # type: ignore[arg-type]
        )
        sock.listen(WAITING)  # asyncio set it to TAKEN
        settings = self.settings
        if downlink is not None:
            self._peer = downlink
            await downlink.open(self._from_stage)
            return
        self._peer = Peer(settings.hub_port, settings.token, settings.name, self._receive)
        if settings.broker:
            self._uplink = Uplink(
                settings.broker, settings.show, settings.token, settings.name, room=settings.room
            )

    async def perform(self) -> None:
        """Until told to stop."""
        tasks = [asyncio.create_task(tick) for tick in (self._windows(), self._desks(), self._sweeps())]
        await self._over.wait()
        for task in tasks:
            task.cancel()

    def stop(self) -> None:
        """End `perform`."""
        self._over.set()

    async def close(self) -> None:
        """Send everyone away, to come back when there is a gateway again."""
        if isinstance(self._peer, Peer):
            await asyncio.to_thread(self._peer.close)
        else:
            await self._peer.close()
        if self._uplink is not None:
            await self._uplink.close()
        self._foyer.close()
        self._server.close(code=1012, reason=f"retry={RETRY_MS}")
        await self._server.wait_closed()

    # -- the stage ---------------------------------------------------------------------------------

    def _receive(self, message: Message) -> None:
        """On the peer's thread. Of snapshots that wait for a busy loop only the newest is told."""
        if isinstance(message, Snapshot):
            self._newest.append(message)
            self._loop.call_soon_threadsafe(self._take_newest)
        else:
            self._loop.call_soon_threadsafe(self._from_stage, message)

    def _take_newest(self) -> None:
        if self._newest:
            self._take(self._newest.pop())

    def _from_stage(self, message: Message) -> None:
        if isinstance(message, Snapshot):
            self._take(message)
        elif isinstance(message, Picture):
            self.consoles.show(message.jpeg)
        elif isinstance(message, Hello):
            self.room.repeat()
            if self._uplink is not None:
                self._uplink.repeat()
            self._watch(self.consoles.watching)
        elif isinstance(message, Order) and message.name == "aim":
            self.consoles.aim(message.value)
        elif isinstance(message, Order) and message.name == "over":
            self._end()
        elif isinstance(message, Order) and message.name == "secret":
            self.room.rekey(BoxOffice(str(message.value)))

    def _end(self) -> None:
        """The show has ended: nobody can say any more which phone was guest 23."""
        self.phones.dismiss(4010, "over")
        self.room.forget_all()
        self.room.rekey(BoxOffice(secrets.token_hex(16)))
        if self._uplink is not None:
            self._uplink.over()

    def _take(self, snapshot: Snapshot) -> None:
        if self._uplink is not None:
            self._uplink.snapshot(snapshot)
        if self._heard < 0 and isinstance(guests := snapshot.house.get("guests"), int):
            self.room.skip_past(guests)  # dealt before this gateway was (re)started
        now = self._heard = self._clock()
        self._snapshot = snapshot
        house = snapshot.house
        if (seen_at := self._seen.at(house.get("seen"))) is not None:
            house["seen_at"] = seen_at
        companion = house.get("companion")
        self.room.follow(companion if isinstance(companion, dict) else {}, str(house.get("cue", "")))
        epoch, before = self.board.epoch, self.board.seq
        if not self.board.post(house, round(now * 1000, 1)):
            return
        self._told = now
        if self.board.epoch != epoch:
            self.phones.tell_anew()
        else:
            self.phones.tell(before)

    def _post(self, signals: list[Signal], window: int = 0) -> bool:
        return self._peer.send(Signals(signals, window))

    def _watch(self, on: bool) -> None:
        self._peer.send(Order("preview", on))

    # -- clocks ------------------------------------------------------------------------------------

    async def _windows(self) -> None:
        while True:
            await asyncio.sleep(WINDOW_S)
            now = self._clock()
            window, signals = self.room.close_window(now)
            if self._uplink is not None:
                signals = self._uplink.merge(window, signals)
            if signals and self._post(signals, window):
                self._seen.closed(window, round(now * 1000, 1))

    async def _desks(self) -> None:
        while True:
            await asyncio.sleep(DESK_S)
            self.consoles.tell()

    async def _sweeps(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            self.phones.sweep()
            if self._clock() - self._told >= BEAT_S * 0.9:
                self.phones.beat(min(self.age, 1e6))

    # -- what it knows -----------------------------------------------------------------------------

    @property
    def age(self) -> float:
        """Seconds since the stage was heard."""
        return self._clock() - self._heard

    def _look(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        hall = {
            "phones": self.room.phones,
            "waiting": self.room.waiting,
            "stage": self._peer.connected,
            "age": round(min(self.age, 1e6)),
            "words": self.room.held.allowed,
            "wishes": self.room.held.listing(),
            "dropped": self.room.dropped,
        }
        return self._snapshot.desk, self._snapshot.house, hall

    def _health(self) -> str:
        house, desk = self._snapshot.house, self._snapshot.desk
        report = {
            "stage": self._peer.connected,
            "fps": desk.get("fps", 0),
            "frame_ms": desk.get("frame_ms", {}),
            "cue": house.get("cue", ""),
            "scene": house.get("scene", ""),
            "frame": house.get("frame", 0),
            "phones": self.room.phones,
            "age_s": round(min(self.age, 1e6), 3),
        }
        return msgspec.json.encode(report).decode() + "\n"

    def _metrics(self) -> str:
        values = {
            "xitai_stage_up": int(self._peer.connected),
            "xitai_stage_age_seconds": round(min(self.age, 1e6), 3),
            "xitai_stage_fps": self._snapshot.desk.get("fps", 0),
            "xitai_phones": self.room.phones,
            "xitai_phones_waiting": self.room.waiting,
            "xitai_consoles": len(self.consoles),
            "xitai_messages_delivered_total": self.phones.delivered,
            "xitai_messages_skipped_total": self.phones.skipped,
            "xitai_input_refused_total": self.room.dropped,
            "xitai_link_dropped_total": self._peer.dropped,
        }
        return "".join(f"# TYPE {k} {_kind(k)}\n{k} {v}\n" for k, v in values.items())

    async def _serve(self, connection: ServerConnection) -> None:
        address = self._door.address(connection)
        if not self._addresses.enter(address):
            await connection.close(1013, f"retry={RETRY_MS}")
            return
        try:
            assert connection.request is not None
            if connection.request.path.startswith("/ws/console"):
                await self.consoles.serve(connection, address)
            else:
                await self.phones.serve(connection)
        finally:
            self._addresses.leave(address)


async def perform(settings: GatewaySettings, sock: socket.socket, downlink: Downlink | None = None) -> None:
    """A gateway from first to last on a listening socket; ends on SIGTERM or SIGINT."""
    gateway = Gateway(settings)
    await gateway.open(sock, downlink)
    gc.freeze()  # what is here stays; and while a herd comes in, looking through it again and again is waste
    gc.set_threshold(20_000, 20, 50)
    try:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError, RuntimeError):  # Windows; or not the main thread
                loop.add_signal_handler(name, gateway.stop)
        await gateway.perform()
    finally:
        await gateway.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. SystemExit 3 with one line when the port is taken or may not be used."""
    _open_many()
    try:
        return socket.create_server((host, port), backlog=WAITING)
    except OSError as error:
        print(
            f"gateway: port {port} on {host} cannot be used ({error.strerror}); "
            "stop what uses it or choose another with --port",
            file=sys.stderr,
        )
        raise SystemExit(BUSY) from error


def run(settings: GatewaySettings) -> int:
    """Process entry; 0 after a polite end. SystemExit 3 with one line when the port is taken."""
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # a phone that breaks off is no news
    sock = listen(settings.host, settings.port)
    with suppress(KeyboardInterrupt):
        asyncio.run(perform(settings, sock))
    return 0


def _open_many() -> None:
    """As many sockets as the system lets us have: the usual 1,024 files end with the thousandth phone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _kind(name: str) -> str:
    return "counter" if name.endswith("_total") else "gauge"
