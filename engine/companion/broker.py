"""Gateways on many machines, meeting the stage over a NATS broker.

The stage's own gateway has an `Uplink`: it publishes every snapshot and merges what the others send into
its own input. Each further gateway has a `Downlink`, which looks to it like the link to the stage. Subjects:

    show.<id>.state        snapshots, 20 a second, with how far each gateway's input is drawn
    show.<id>.in.<name>    a gateway's window of input, folded
    show.<id>.join         request and reply, every 2 s: here I am; a secret for tokens, a share of numbers

Whoever may use the broker is trusted: give it a password and TLS in its URL, and never its WebSocket port to
phones. nats-py is an extra (`pip install xitai[broker]`) and imported only when there is a broker.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from engine.companion.confluence import Confluence
from engine.core.signals import Signal
from engine.wire import Frames, Hello, LinkError, Message, Signals, Snapshot, pack, unpack

JOIN_S = 2.0
GONE_S = 7.0  # a gateway not heard for so long is counted out
STEP = 128  # gateways that can share the guest numbers out
QUIET_S = 2.0  # without a snapshot for so long the stage counts as away
FIRST_S = 5.0  # to reach the broker when starting

log = logging.getLogger(__name__)


class BrokerError(Exception):
    """The broker cannot be used; the message says what to do."""


class Joining(msgspec.Struct):
    """A gateway says it is there; `index` is the share of numbers it already has."""

    name: str
    index: int = 0


class Joined(msgspec.Struct):
    """The answer: the secret guests' tokens are signed with, and the share of numbers."""

    secret: str
    index: int


def secret_of(token: str) -> str:
    """What gateways sign guests' tokens with; the link's own token never leaves the machine."""
    return hmac.digest(token.encode(), b"gateways", "sha256").hex()


async def reach(url: str, name: str) -> Any:
    """A connection to the broker that heals itself. BrokerError when it cannot be made now.

    `url` may name several servers, separated by commas.
    """
    try:
        import nats
    except ImportError as error:
        raise BrokerError("broker: nats-py is missing; install it with: pip install xitai[broker]") from error

    async def complain(error: Exception) -> None:
        log.warning("broker: %s", error)

    servers = [part.strip() for part in url.split(",") if part.strip()]
    if not servers or not all(re.match(r"^(nats|tls)://[^\s/]+$", server) for server in servers):
        raise BrokerError(f"broker: {url!r} is no address; give one such as nats://10.0.0.5:4222")
    options = {
        "reconnect_time_wait": 0.1,
        "max_reconnect_attempts": -1,
        "pending_size": -1,
        "ping_interval": 5,
    }
    try:
        async with asyncio.timeout(FIRST_S):
            return await nats.connect(servers, name=name, error_cb=complain, **options)  # type: ignore[arg-type]
    except (TimeoutError, OSError, nats.errors.Error) as error:
        raise BrokerError(
            f"broker: no answer at {url} ({error or 'timeout'}); start nats-server or correct it"
        ) from error


async def tell(client: Any, subject: str, payload: bytes) -> bool:
    """Publish now or not at all: what waits for a broker is stale when it comes."""
    import nats

    if not client.is_connected:
        return False
    try:
        await client.publish(subject, payload)
    except (nats.errors.Error, OSError):
        return False
    return True


def read(payload: bytes) -> Message | None:
    """The message in a broker's payload; None for anything else."""
    try:
        frames = Frames().feed(payload)
        return unpack(*frames[0]) if len(frames) == 1 else None
    except LinkError as error:
        log.warning("broker: %s", error)
        return None


class Uplink:
    """The stage's own gateway's end: snapshots out, everyone's input merged into ours."""

    def __init__(self, url: str, show: str, token: str, source: str) -> None:
        self._url, self._show, self._secret = url, show, secret_of(token)
        self._confluence = Confluence(source)
        self._source = source
        self._shares: dict[str, tuple[int, float]] = {}  # index, last heard
        self._client: Any = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._clock = asyncio.get_running_loop().time
        self._do(self._open())

    def snapshot(self, snapshot: Snapshot) -> None:
        """Publish it, with how far every gateway's input is drawn in it."""
        if self._client is not None:
            windows = self._confluence.seen(snapshot.house.get("seen"))
            message = Snapshot({**snapshot.house, "windows": windows}, {})
            self._do(tell(self._client, f"show.{self._show}.state", pack(message)))

    def merge(self, window: int, own: list[Signal]) -> list[Signal]:
        """Our window `window` and what the others sent meanwhile, as one."""
        now = self._clock()
        for name, (_, heard) in list(self._shares.items()):
            if now - heard > GONE_S:
                del self._shares[name]
                self._confluence.forget(name)
        self._confluence.take(self._source, window, own)
        return self._confluence.close(window)

    async def close(self) -> None:
        """Hang up."""
        for task in list(self._tasks):
            task.cancel()
        if self._client is not None:
            await self._client.close()

    async def _open(self) -> None:
        while True:
            try:
                self._client = await reach(self._url, self._source)
                break
            except BrokerError as error:
                log.error("%s", error)
                await asyncio.sleep(JOIN_S)
        await self._client.subscribe(f"show.{self._show}.in.*", cb=self._input)
        await self._client.subscribe(f"show.{self._show}.join", cb=self._join)

    async def _input(self, message: Any) -> None:
        name = message.subject.rpartition(".")[2]
        signals = read(message.data)
        if isinstance(signals, Signals) and name in self._shares:
            now = self._clock()
            self._confluence.take(name, signals.window, [replace(s, at=now) for s in signals.signals])

    async def _join(self, message: Any) -> None:
        try:
            joining = msgspec.json.decode(message.data, type=Joining)
        except msgspec.MsgspecError:
            return
        index = self._share(joining)
        self._shares[joining.name] = (index, self._clock())
        await message.respond(msgspec.json.encode(Joined(self._secret, index)))

    def _share(self, joining: Joining) -> int:
        """The share a gateway has, the one it says it had before we started, or a free one."""
        if joining.name in self._shares:
            return self._shares[joining.name][0]
        taken = {index for index, _ in self._shares.values()}
        if 0 < joining.index < STEP and joining.index not in taken:
            return joining.index
        return next((index for index in range(1, STEP) if index not in taken), STEP - 1)

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Downlink:
    """A further gateway's end: to its gateway it is the stage, seen through the broker."""

    def __init__(self, client: Any, show: str, name: str, index: int) -> None:
        self._client, self._show, self._name, self._index = client, show, name, index
        self._loop = asyncio.get_running_loop()
        self._receive: Callable[[Message], None] = lambda message: None
        self._heard = float("-inf")
        self._tasks: set[asyncio.Task[Any]] = set()
        self.dropped = 0

    async def open(self, receive: Callable[[Message], None]) -> None:
        """Listen; `receive` gets snapshots, and a Hello whenever the stage comes (back)."""
        self._receive = receive
        await self._client.subscribe(f"show.{self._show}.state", cb=self._state)
        self._do(self._stay())

    @property
    def connected(self) -> bool:
        """Whether the stage is heard."""
        return self._loop.time() - self._heard < QUIET_S

    def send(self, message: Message) -> bool:
        """Input to the stage, now or not at all; orders do not cross the broker."""
        sent = self.connected and self._client.is_connected and isinstance(message, Signals)
        if sent:
            self._do(tell(self._client, f"show.{self._show}.in.{self._name}", pack(message)))
        elif isinstance(message, Signals):
            self.dropped += 1
        return sent

    async def close(self) -> None:
        """Hang up."""
        for task in list(self._tasks):
            task.cancel()
        await self._client.close()

    async def _state(self, message: Any) -> None:
        snapshot = read(message.data)
        if not isinstance(snapshot, Snapshot):
            return
        if not self.connected:
            self._receive(Hello("stage", ""))
        self._heard = self._loop.time()
        windows = snapshot.house.pop("windows", None)
        snapshot.house["seen"] = windows.get(self._name, 0) if isinstance(windows, dict) else 0
        self._receive(snapshot)

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(JOIN_S)
            await tell_joining(self._client, self._show, self._name, self._index)

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def tell_joining(client: Any, show: str, name: str, index: int = 0) -> Joined | None:
    """Say we are there; None when nobody answers."""
    import nats

    try:
        asked = msgspec.json.encode(Joining(name, index))
        reply = await client.request(f"show.{show}.join", asked, timeout=JOIN_S)
        return msgspec.json.decode(reply.data, type=Joined)
    except (nats.errors.Error, TimeoutError, OSError, msgspec.MsgspecError):
        return None


async def join(url: str, show: str) -> tuple[Downlink, Joined]:
    """Meet a show over its broker; waits until the show's own gateway is there. BrokerError."""
    if not re.match(r"^[A-Za-z0-9_-]+$", show):
        raise BrokerError(f"broker: {show!r} is no name for a show; use letters, digits, - and _")
    name = f"gateway-{secrets.token_hex(4)}"
    client = await reach(url, name)
    said = False
    while (joined := await tell_joining(client, show, name)) is None:
        if not said:
            log.warning("broker: show %r is not there yet; waiting for it", show)
            said = True
        await asyncio.sleep(0.2)
    return Downlink(client, show, name, joined.index), joined


def serve(url: str, show: str, port: int) -> int:
    """One more gateway until it is stopped. BrokerError; SystemExit 3 at a busy port."""
    from engine.companion.gateway import GatewaySettings, listen, perform

    settings = GatewaySettings(port=port)
    sock = listen(settings.host, settings.port)

    async def whole() -> None:
        downlink, joined = await join(url, show)
        mine = replace(settings, secret=joined.secret, first=1 + joined.index, step=STEP)
        await perform(mine, sock, downlink)

    asyncio.run(whole())
    return 0
