"""Gateways on many machines, meeting the stage over a NATS broker: what both ends need.

The stage's own gateway has an `Uplink`: it publishes every snapshot and merges what the others send into
its own input. Each further gateway has a `Downlink`, which looks to it like the link to the stage. Subjects:

    show.<id>.state        snapshots, 20 a second, with how far each gateway's input is drawn
    show.<id>.in.<name>    a gateway's window of input, folded
    show.<id>.join         request and reply, every second: here I am; a secret for tokens, a share of numbers
    show.<id>.over         the show has ended: send everyone home, forget them

Whoever may use the broker is trusted: give it a password and TLS in its URL, and never its WebSocket port to
phones. nats-py is an extra (`pip install xitai[broker]`) and imported only when there is a broker.
"""

from __future__ import annotations

import asyncio
import hmac
import importlib.util
import logging
import re
from typing import Any

import msgspec

from engine.wire import Frames, LinkError, Message, unpack

JOIN_S = 1.0
GONE_S = 7.0  # a gateway not heard for so long is counted out
STEP = 128  # gateways that can share the guest numbers out
FIRST_S = 5.0  # to reach the broker when starting

log = logging.getLogger(__name__)


class BrokerError(Exception):
    """The broker cannot be used; the message says what to do."""


class Joining(msgspec.Struct):
    """A gateway says it is there; `index` is the share of numbers it already has."""

    name: str
    index: int = 0


class Joined(msgspec.Struct):
    """The answer: the secret guests' tokens are signed with, the share of numbers, and the room's code."""

    secret: str
    index: int
    room: str = ""


def secret_of(token: str) -> str:
    """What gateways sign guests' tokens with; the link's own token never leaves the machine."""
    return hmac.digest(token.encode(), b"gateways", "sha256").hex()


def usable(url: str) -> list[str]:
    """The servers named in a broker's address. BrokerError when it is none, or nats-py is missing."""
    servers = [part.strip() for part in url.split(",") if part.strip()]
    if not servers or not all(re.match(r"^(nats|tls)://[^\s/]+$", server) for server in servers):
        raise BrokerError(f"broker: {url!r} is no address; give one such as nats://10.0.0.5:4222")
    if importlib.util.find_spec("nats") is None:
        raise BrokerError("broker: nats-py is missing; install it with: pip install xitai[broker]")
    return servers


def named(show: str) -> str:
    """The name of a show on its broker, if it can be one. BrokerError."""
    if not re.match(r"^[A-Za-z0-9_-]+$", show):
        raise BrokerError(f"broker: {show!r} is no name for a show; use letters, digits, - and _")
    return show


def unusable(url: str | None, show: str) -> str:
    """Why a stage cannot use this broker; empty when it can, or needs none."""
    try:
        if url:
            usable(url)
            named(show)
    except BrokerError as error:
        return str(error)
    return ""


async def reach(url: str, name: str) -> Any:
    """A connection to the broker that heals itself. BrokerError when it cannot be made now.

    `url` may name several servers, separated by commas.
    """
    servers = usable(url)
    import nats

    async def complain(error: Exception) -> None:
        log.warning("broker: %s", error)

    options = {
        "reconnect_time_wait": 0.05,
        "max_reconnect_attempts": -1,
        "pending_size": -1,  # what waits for a broker is stale when it comes
        "ping_interval": 1,  # a machine that lost its power says no goodbye: known after three
        "connect_timeout": 1,
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


async def hang_up(client: Any) -> None:
    """Close a connection to the broker, even one that is just trying to come back.

    Closing ends that try, and may end with it the very future the client then waits for: nothing of ours was
    cancelled.
    """
    try:
        await client.close()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise


def read(payload: bytes) -> Message | None:
    """The message in a broker's payload; None for anything else."""
    try:
        frames = Frames().feed(payload)
        return unpack(*frames[0]) if len(frames) == 1 else None
    except LinkError as error:
        log.warning("broker: %s", error)
        return None
