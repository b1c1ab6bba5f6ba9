"""The stage's own gateway at a broker: snapshots out to further gateways, their input in."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from engine.companion.broker import (
    GONE_S,
    JOIN_S,
    STEP,
    BrokerError,
    Joined,
    Joining,
    hang_up,
    reach,
    read,
    secret_of,
    tell,
)
from engine.companion.confluence import Confluence
from engine.core.signals import Signal
from engine.wire import Signals, Snapshot, pack

GOODBYE_S = 0.5

log = logging.getLogger(__name__)


class Uplink:
    """The stage's own gateway's end: snapshots out, everyone's input merged into ours."""

    def __init__(self, url: str, show: str, token: str, source: str, *, room: str = "") -> None:
        self._url, self._show, self._secret, self._room = url, show, secret_of(token), room
        self._name = secrets.token_hex(4)  # another one after a restart: then the others join anew
        self._confluence = Confluence(source)
        self._source = source
        self._shares: dict[str, tuple[int, float]] = {}  # index, last heard
        self._client: Any = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._clock = asyncio.get_running_loop().time
        self._opening = asyncio.ensure_future(self._open())

    def snapshot(self, snapshot: Snapshot) -> None:
        """Publish it, with how far every gateway's input is drawn in it."""
        self._confluence.follow(question(snapshot.house))
        if self._client is not None:
            windows = self._confluence.seen(snapshot.house.get("seen"))
            message = Snapshot({**snapshot.house, "windows": windows, "uplink": self._name}, {})
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

    def repeat(self) -> None:
        """The stage started anew."""
        self._confluence.repeat()

    def over(self) -> None:
        """The show has ended: the others send their guests home too."""
        if self._client is not None:
            self._do(tell(self._client, f"show.{self._show}.over", b""))

    async def close(self) -> None:
        """Hang up, when what was said last is said."""
        self._opening.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GOODBYE_S)
        if self._client is not None:
            await hang_up(self._client)

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
        await message.respond(msgspec.json.encode(Joined(self._secret, index, self._room)))

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


def question(house: Mapping[str, Any]) -> str:
    """The id of the crowd window a snapshot says is open; empty while there is none."""
    companion = house.get("companion")
    ask = companion.get("ask") if isinstance(companion, dict) else None
    return str(ask.get("id", "")) if isinstance(ask, dict) else ""
