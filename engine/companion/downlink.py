"""A further gateway's end at a broker, and how it joins a show."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from engine.companion.broker import JOIN_S, STEP, Joined, Joining, hang_up, named, reach, read, tell, usable
from engine.companion.settings import GatewaySettings
from engine.wire import Hello, Message, Order, Signals, Snapshot, pack

AGAIN_S = 0.2  # between two tries to join
QUIET_S = 2.0  # without a snapshot for so long the stage counts as away

log = logging.getLogger(__name__)


class Downlink:
    """A further gateway's end: to its gateway it is the stage, seen through the broker."""

    def __init__(self, client: Any, show: str, name: str, joined: Joined) -> None:
        self._client, self._show, self._name, self._joined = client, show, name, joined
        self._loop = asyncio.get_running_loop()
        self._receive: Callable[[Message], None] = lambda message: None
        self._heard = float("-inf")
        self._newest: bytes | None = None
        self._uplink = ""
        self._anew = asyncio.Event()  # another gateway of the stage: it knows nothing of us yet
        self._tasks: set[asyncio.Task[Any]] = set()
        self.dropped = 0

    async def open(self, receive: Callable[[Message], None]) -> None:
        """Listen; `receive` gets what the stage's own gateway would.

        That is snapshots, a Hello whenever the stage comes (back), the order "over" when the show has ended,
        and "secret" when another show has begun under the same name.
        """
        self._receive = receive
        await self._client.subscribe(f"show.{self._show}.state", cb=self._state)
        await self._client.subscribe(f"show.{self._show}.over", cb=self._over)
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
        await hang_up(self._client)

    async def _state(self, message: Any) -> None:
        """Of states that came in while the loop was busy only the newest is read."""
        if self._newest is None:
            self._loop.call_soon(self._take_newest)
        self._newest = message.data

    def _take_newest(self) -> None:
        payload, self._newest = self._newest, None
        snapshot = read(payload or b"")
        if not isinstance(snapshot, Snapshot):
            return
        uplink = str(snapshot.house.pop("uplink", ""))
        if uplink != self._uplink:
            self._uplink = uplink
            self._anew.set()
        elif not self.connected:
            self._receive(Hello("stage", ""))
        self._heard = self._loop.time()
        windows = snapshot.house.pop("windows", None)
        snapshot.house["seen"] = windows.get(self._name, 0) if isinstance(windows, dict) else 0
        self._receive(snapshot)

    async def _over(self, message: Any) -> None:
        self._receive(Order("over"))

    async def _stay(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(JOIN_S):
                    await self._anew.wait()
            joined = await tell_joining(self._client, self._show, self._name, self._joined.index)
            if joined is None:
                await asyncio.sleep(AGAIN_S)
                continue
            if joined.secret != self._joined.secret:
                self._receive(Order("secret", joined.secret))
            self._joined = joined
            if self._anew.is_set():
                self._anew.clear()
                self._receive(Hello("stage", ""))

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
    named(show)
    name = f"gateway-{secrets.token_hex(4)}"
    client = await reach(url, name)
    said = False
    while (joined := await tell_joining(client, show, name)) is None:
        if not said:
            log.warning("broker: show %r is not there yet; waiting for it", show)
            said = True
        await asyncio.sleep(AGAIN_S)
    return Downlink(client, show, name, joined), joined


def serve(url: str, show: str, settings: GatewaySettings) -> int:
    """One more gateway until it is stopped. BrokerError; SystemExit 3 at a busy port."""
    from engine.companion.gateway import listen, perform

    usable(url)
    sock = listen(settings.host, settings.port)

    async def whole() -> None:
        downlink, joined = await join(url, show)
        mine = replace(settings, secret=joined.secret, room=joined.room, first=1 + joined.index, step=STEP)
        await perform(mine, sock, downlink)

    asyncio.run(whole())
    return 0
