"""A simulated audience over real sockets: it joins, looks, acts, leaves and comes back as people do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from engine.core.chance import stream

ACK_S = 0.5
PATIENCE_S = 5.0  # for the first answer of a gateway
SHAPES = ("crescent", "saw", "drop", "cloud")
NONSENSE = ("", "{", "[1,2]", '{"t":"act"}', '{"t":"act","verb":"tap","x":7}', '{"t":"dance"}', "NaN")


class CrowdError(Exception):
    """No gateway answers at the address."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How one kind of audience behaves.

    idle      share of people who only watch
    pause     seconds between two acts, shortest and longest
    votes     share of people who vote at all
    leave     chance of losing the network in any one second
    nonsense  chance that a message is none
    at_once   whether they answer a question the moment they see it, all together
    """

    idle: float
    pause: tuple[float, float]
    votes: float
    leave: float = 0.0
    nonsense: float = 0.0
    at_once: bool = False


STYLES = {
    "eager": Temper(idle=0.05, pause=(0.3, 1.5), votes=0.95),
    "lazy": Temper(idle=0.4, pause=(4.0, 15.0), votes=0.5),
    "chaotic": Temper(idle=0.1, pause=(0.05, 4.0), votes=0.9, leave=0.05, nonsense=0.02),
    "leaving": Temper(idle=0.2, pause=(0.5, 3.0), votes=0.8, leave=0.3),
    "voting": Temper(idle=0.0, pause=(2.0, 6.0), votes=1.0, at_once=True),
}


@dataclass(slots=True)
class Summary:
    """What the audience saw. `strangers` came back as somebody else, which must not happen."""

    phones: int = 0
    joined: int = 0
    returned: int = 0
    strangers: int = 0
    acts: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    heard: int = 0
    seen_ms: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        refused = ", ".join(f"{n} {why}" for why, n in sorted(self.refused.items())) or "none"
        lines = [
            f"{self.joined} of {self.phones} phones joined, {self.returned} came back"
            f" ({self.strangers} as somebody else)",
            f"{self.acts} acts, refused: {refused}; {self.heard} messages heard",
        ]
        if self.seen_ms:
            p50, p95 = np.percentile(self.seen_ms, (50, 95))
            lines.append(f"act to seen on stage: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
        return "\n".join(lines)


def run(
    url: str, *, phones: int, style: str = "eager", seconds: float | None = 30.0, seed: int = 1
) -> Summary:
    """Send `phones` people to the gateway at `url` ("http://host:port") for so long; for ever with None.

    CrowdError if nobody answers there (with None it keeps asking).
    """
    return asyncio.run(visit(url, phones=phones, style=style, seconds=seconds, seed=seed))


async def visit(
    url: str, *, phones: int, style: str = "eager", seconds: float | None = 30.0, seed: int = 1
) -> Summary:
    """The same inside a running loop."""
    place = urlsplit(url if "//" in url else f"//{url}")
    if not place.netloc:
        raise CrowdError(f"crowd: {url!r} is no address; give one such as http://127.0.0.1:8080")
    summary = Summary(phones)
    room = dict(parse_qsl(place.query)).get("r", "")
    people = [
        Person(place.netloc, room, STYLES[style], stream(seed, f"crowd/{n}"), summary) for n in range(phones)
    ]
    tasks = [asyncio.create_task(person.attend()) for person in people]
    if seconds is None:
        await asyncio.gather(*tasks)
    elif tasks:
        await asyncio.wait(tasks, timeout=min(seconds, PATIENCE_S), return_when=asyncio.FIRST_EXCEPTION)
        if not summary.joined:
            await _send_home(tasks)
            raise CrowdError(f"crowd: no gateway answers at {url}; start the show or correct the address")
        await asyncio.wait(tasks, timeout=max(0.0, seconds - PATIENCE_S))
    await _send_home(tasks)
    return summary


async def _send_home(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Person:
    """One of the audience, with a phone."""

    def __init__(
        self, host: str, room: str, temper: Temper, rng: np.random.Generator, summary: Summary
    ) -> None:
        self._host, self._room, self._temper, self._rng, self._summary = host, room, temper, rng, summary
        self._watches = rng.random() < temper.idle
        self._votes = rng.random() < temper.votes
        self._number = 0
        self._token: str | None = None
        self._house: dict[str, Any] = {}
        self._answered = ""  # the question this person answered last
        self._question = asyncio.Event()  # one has come that they answer at once
        self._heard_question = ""
        self._seq = 0
        self._said = 0
        self._offset = 0.0
        self._waiting: list[tuple[float, float]] = []  # (gateway ms, own seconds) of acts not yet seen

    async def attend(self) -> None:
        """Join, take part, lose the network, come back, until sent home."""
        await asyncio.sleep(float(self._rng.uniform(0, 1)))
        tries = 0
        while True:
            came = self._summary.joined + self._summary.returned
            try:
                await self._visit()
            except* (OSError, WebSocketException, TimeoutError):
                pass
            welcomed = self._summary.joined + self._summary.returned > came
            tries = 0 if welcomed else min(tries + 1, 5)
            await asyncio.sleep(float(self._rng.uniform(0, 0.5 * 2**tries)))

    async def _visit(self) -> None:
        """One connection from first to last."""
        address, origin = f"ws://{self._host}/ws", f"http://{self._host}"
        async with connect(address, origin=origin, compression=None, ping_interval=None) as socket:  # type: ignore[arg-type]
            await self._join(socket)
            async with asyncio.TaskGroup() as parts:
                parts.create_task(_to_the_end(self._listen(socket)))
                parts.create_task(_to_the_end(self._acknowledge(socket)))
                parts.create_task(_to_the_end(self._take_part(socket)))

    async def _join(self, socket: ClientConnection) -> None:
        await _say(socket, t="hello", v=1, lang="zh", resume=self._token, room=self._room)
        async with asyncio.timeout(PATIENCE_S):
            welcome = json.loads(await socket.recv())
        if welcome["t"] != "welcome":
            raise OSError("not let in")
        if self._token is None:
            self._summary.joined += 1
        else:
            self._summary.returned += 1
            self._summary.strangers += welcome["id"] != self._number
        self._number, self._token, self._seq = welcome["id"], welcome["token"], welcome["s"]
        self._house = welcome["snap"]
        self._offset = welcome["now"] - time.monotonic() * 1000
        self._hear_question()
        if welcome["block"] is None:
            await _say(socket, t="seat", block=int(self._rng.integers(9)))

    async def _listen(self, socket: ClientConnection) -> None:
        async for raw in socket:
            message = json.loads(raw)
            self._summary.heard += 1
            kind = message["t"]
            if kind == "d":
                self._seq = message["s"]
                self._house.update(message.get("k", {}))
                self._house.setdefault("companion", {}).update(message.get("c", {}))
                self._hear_question()
                self._look()
            elif kind == "epoch":
                self._seq, self._house = message["s"], message["snap"]
            elif kind == "you":
                self._token = message.get("token", self._token)
            elif kind == "no":
                why = message["why"]
                self._summary.refused[why] = self._summary.refused.get(why, 0) + 1

    async def _acknowledge(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(ACK_S)
            await _say(socket, t="ack", s=self._seq)

    async def _take_part(self, socket: ClientConnection) -> None:
        temper, rng = self._temper, self._rng
        while True:
            pause = float(rng.uniform(*temper.pause))
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._question.wait()
            self._question.clear()
            if rng.random() < 1 - (1 - temper.leave) ** pause:
                socket.transport.abort()  # as a network goes: without a word
                return
            if rng.random() < temper.nonsense:
                await socket.send(NONSENSE[int(rng.integers(len(NONSENSE)))])
            elif not self._watches and (act := self._act()) is not None:
                await self._do(socket, act)

    async def _do(self, socket: ClientConnection, act: dict[str, Any]) -> None:
        self._said += 1
        self._summary.acts += 1
        now = time.monotonic()
        self._waiting = [*self._waiting[-20:], (now * 1000 + self._offset, now)]
        await _say(socket, t="act", n=self._said, **act)

    def _act(self) -> dict[str, Any] | None:
        """Something that may be done now, or None."""
        companion = self._companion
        verbs = [verb for verb in companion.get("verbs") or [] if isinstance(verb, str)]
        if not verbs:
            return None
        asked = (companion.get("ask") or {}).get("verb")
        verb = verbs[int(self._rng.integers(len(verbs)))]
        return self._deed(asked if self._temper.at_once and asked in verbs else verb, companion)

    def _deed(self, verb: str, companion: dict[str, Any]) -> dict[str, Any] | None:
        rng = self._rng
        if verb in ("vote", "wish"):
            options = [o["id"] for o in companion.get("options") or []]
            asked = f"{self._ask_id or self._house.get('cue')}/{verb}"
            if not options or asked == self._answered or not self._votes:
                return None
            self._answered = asked
            return {"verb": verb, "o": options[int(rng.integers(len(options)))]}
        if verb in ("cut", "draw"):
            return {
                "verb": verb,
                "p": _stroke(rng),
                "o": SHAPES[int(rng.integers(4))] if verb == "cut" else "",
            }
        x, y, v = (round(float(n), 3) for n in rng.random(3))
        return {"verb": verb, "x": x, "y": y, "v": v}

    @property
    def _companion(self) -> dict[str, Any]:
        return self._house.get("companion") or {}

    @property
    def _ask_id(self) -> str:
        return str((self._companion.get("ask") or {}).get("id", ""))

    def _hear_question(self) -> None:
        """A new question stirs those who answer at once."""
        asked, self._heard_question = self._heard_question, self._ask_id
        if self._temper.at_once and self._heard_question not in ("", asked):
            self._question.set()

    def _look(self) -> None:
        seen_at = self._house.get("seen_at")
        if not isinstance(seen_at, int | float):
            return
        now = time.monotonic()
        self._summary.seen_ms += [(now - at) * 1000 for told, at in self._waiting if told <= seen_at]
        self._waiting = [act for act in self._waiting if act[0] > seen_at]


async def _to_the_end(part: Coroutine[Any, Any, None]) -> None:
    """One part of a conversation; when it ends, however it does, the others end too."""
    await part
    raise ConnectionResetError("conversation over")


async def _say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message, separators=(",", ":")))


def _stroke(rng: np.random.Generator) -> list[list[float]]:
    """A wandering line of 8 to 24 points in 0..1."""
    n = int(rng.integers(8, 25))
    steps = rng.normal(0, 0.05, (n, 2))
    steps[0] = rng.uniform(0.2, 0.8, 2)
    return [[round(float(x), 3), round(float(y), 3)] for x, y in np.clip(steps.cumsum(0), 0, 1)]
