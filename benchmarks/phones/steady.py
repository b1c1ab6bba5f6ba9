"""What a message to a phone costs, quiet and with taps, beside the floor and the peers."""

from __future__ import annotations

import asyncio
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from benchmarks.phones import rivals
from benchmarks.phones.machinery import Crowd, Stage, cpu_us, crowd, free_port, gateway, memory_kb

SECONDS, TAPS = 4.0, 2
SETTLE = 0.7  # after the last came in


def steady(
    program: Path, counts: list[int], each: int, say: Callable[[dict[str, Any]], None]
) -> list[dict[str, Any]]:
    """For each number of phones everyone in turn, `each` times; medians, said as soon as they are known."""
    wrong = rivals.installed()
    if wrong:
        print(wrong, flush=True)
    servers = {"floor: C, send()": rivals.floor, "websockets.broadcast": rivals.plain}
    if not wrong:
        servers["node ws"] = rivals.ws
    rows = []
    for phones in counts:
        rounds: dict[str, list[dict[str, Any]]] = {"gateway": [], **{name: [] for name in servers}}
        for _ in range(each):
            rounds["gateway"].append(_gateway(program, phones))
            for name, command in servers.items():
                rounds[name].append(_peer(program, command, phones))
            if not wrong and phones == rivals.SOUNDWORKS:
                rounds.setdefault("soundworks set()", []).append(rivals.soundworks(SECONDS))
        for name, found in rounds.items():
            rows.append(_row(name, phones, found, rounds["floor: C, send()"]))
            say(rows[-1])
    return rows


def _gateway(program: Path, phones: int) -> dict[str, Any]:
    port = free_port()
    with Stage() as stage, gateway(stage, port) as process, crowd(program) as there:
        found = _joined(there, process.pid, port, phones)
        found |= _watched(there, process.pid, phones)
        there.tell(f"taps {TAPS}")
        with _probing(stage, port) as ways:
            tapped = _watched(there, process.pid, phones)
    found |= {"taps_us": tapped["us"], "taps_core": tapped["core"], "taps_hertz": tapped["hertz"]}
    found |= {"age": tapped["age"], "signals": stage.signals}
    return found | {"tap": [float(np.percentile(ways or [np.nan], share)) for share in (50, 95, 99)]}


def _peer(program: Path, command: rivals.Server, phones: int) -> dict[str, Any]:
    port = free_port()
    with rivals.serving(command(program, port, phones)) as process, crowd(program) as there:
        try:
            return _joined(there, process.pid, port, phones) | _watched(there, process.pid, phones)
        except TimeoutError:  # not all came in
            return {}


def _joined(there: Crowd, pid: int, port: int, phones: int) -> dict[str, Any]:
    before = memory_kb(pid)
    seconds = there.join(phones, port)
    time.sleep(SETTLE)
    return {"join_s": seconds, "kilobytes": (memory_kb(pid) - before) / phones}


def _watched(there: Crowd, pid: int, phones: int) -> dict[str, Any]:
    spent, begun = cpu_us(pid), time.monotonic()
    heard = there.watch(SECONDS, 0, phones)
    took = cpu_us(pid) - spent
    core = took / 1e6 / (time.monotonic() - begun)
    return {**heard, "us": took / max(1, heard["messages"]), "core": core}


@contextmanager
def _probing(stage: Stage, port: int) -> Iterator[list[float]]:
    """A guest who flicks five times a second meanwhile; milliseconds until each is at the stage."""
    ways: list[float] = []
    sent: dict[float, float] = {}
    stage.probes.clear()

    def probe() -> None:
        with suppress(TimeoutError, OSError, WebSocketException):  # then there is nothing to tell
            asyncio.run(_probe(port, sent))

    thread = threading.Thread(target=probe, daemon=True)
    thread.start()
    yield ways
    thread.join(20)
    ways += [(stage.probes[v] - at) * 1000 for v, at in sent.items() if v in stage.probes]


async def _probe(port: int, sent: dict[float, float]) -> None:
    address = f"127.0.0.1:{port}"
    async with connect(f"ws://{address}/ws", origin=f"http://{address}", compression=None) as ws:  # type: ignore[arg-type]
        await ws.send('{"t":"hello","v":1}')

        async def read() -> None:
            async for raw in ws:
                if (message := json.loads(raw)).get("s", 0) % 10 == 0:
                    await ws.send(json.dumps({"t": "ack", "s": message["s"]}))

        reading = asyncio.create_task(read())
        for n in range(int(SECONDS * 4.2)):
            value = round((n + 1) / 1000, 4)
            sent[value] = time.monotonic()
            await ws.send(json.dumps({"t": "act", "verb": "flick", "v": value}))
            await asyncio.sleep(0.2 + 0.037 * (n % 3))
        reading.cancel()


def _row(name: str, phones: int, found: list[dict[str, Any]], floor: list[dict[str, Any]]) -> dict[str, Any]:
    def middle(key: str) -> Any:
        values = [f[key] for f in found if key in f]
        if values and isinstance(values[0], list):
            return [round(statistics.median(column), 1) for column in zip(*values, strict=True)]
        return statistics.median(values) if values else None

    keys = ("us", "taps_us", "hertz", "taps_hertz", "core", "taps_core", "kilobytes", "join_s", "age", "tap")
    row = {"who": name, "phones": phones, **{key: middle(key) for key in keys}}
    pairs = zip(found, floor, strict=True)
    ratios = [round(f["us"] / g["us"], 2) for f, g in pairs if "us" in f and "us" in g]
    return {**row, "ratio": statistics.median(ratios) if ratios else None, "ratios": ratios}
