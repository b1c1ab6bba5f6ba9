"""What a gateway costs: processor time per message, age of what phones see, tap to stage, memory per phone.

Run: python -m benchmarks.phones [500 2000 5000]    (Linux, a C compiler; about half a minute per number)

Three processes on the loopback: this one is the stage (20 snapshots a second, about 150 bytes changed), the
gateway, and the phones (benchmarks/phones.c). The same phones then hear a bare C loop that only calls send():
the floor. The gateway has the first processor, the phones the second. Only figures of one run may be
compared, and only while nothing else runs: a gateway that waits for its processor tells fewer, newer states.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from websockets.asyncio.client import connect

from engine.link import Hub, Message, Signals, Snapshot

HERTZ, BYTES, SECONDS, TAPS = 20, 150, 6, 2
TOKEN = "benchmark"
GATEWAY = """
import sys
from engine.companion import fanout
from engine.companion.gateway import GatewaySettings, run
port, hub, short = map(int, sys.argv[1:])
fanout.Line.__init__.__kwdefaults__["short_way"] = bool(short)
many = {"capacity": 20000, "per_address": 20000}
run(GatewaySettings(host="127.0.0.1", port=port, hub_port=hub, token="benchmark", **many))
"""


@dataclass
class Row:
    """One line of the table; times in us and ms."""

    name: str
    phones: int
    hertz: float
    quiet_us: float
    taps_us: float
    age: tuple[float, float, float]
    tap: tuple[float, float]
    kilobytes: float
    core: float
    join_s: float

    def __str__(self) -> str:
        p50, p95, p99 = self.age
        return (
            f"{self.name:16} {self.phones:6} {self.hertz:6.1f} {self.quiet_us:8.2f} {self.taps_us:9.2f}"
            f" {p50:7.1f} {p95:7.1f} {p99:7.1f} {self.tap[0]:8.1f} {self.tap[1]:7.1f} {self.kilobytes:8.1f}"
            f" {self.core:6.0%} {self.join_s:8.2f}"
        )


HEAD = (
    f"{'what':16} {'phones':>6} {'Hz':>6} {'us/msg':>8} {'with taps':>9} {'age p50':>7} {'p95':>7} {'p99':>7}"
    f" {'tap p50':>8} {'p95':>7} {'KB/phone':>8} {'core':>6} {'all in s':>8}"
)


def cpu_us(pid: int) -> float:
    """Processor time of all threads of a process so far, microseconds."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1000


def memory_kb(pid: int) -> float:
    """Resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def free_port() -> int:
    """A port nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


class Stage:
    """The stage's end of the link: publishes, and stamps every probe that arrives."""

    def __init__(self) -> None:
        self.up = threading.Event()
        self.probes: dict[float, float] = {}
        self._over = threading.Event()
        self._seen = 0
        self.hub = Hub(0, TOKEN, self._receive)
        threading.Thread(target=self._publish, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._over.set()
        self.hub.close()

    def _receive(self, role: str, message: Message) -> None:
        self.up.set()
        if isinstance(message, Signals):
            self._seen = max(self._seen, message.window)
            for signal in message.signals:
                if signal.address == "phone/flick":
                    self.probes.setdefault(round(signal.value, 4), time.monotonic())

    def _publish(self) -> None:
        companion = {"view": "tap", "verbs": ["tap", "flick"], "line": ["点", "Tap"]}
        frame, due = 0, time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            frame, due = frame + 1, due + 1 / HERTZ
            at = round(time.monotonic() * 1000, 1)
            house = {"epoch": "b", "frame": frame, "time": frame / HERTZ, "cue": "1", "companion": companion}
            house |= {"at": at, "pad": "x" * 60, "seen": self._seen}
            self.hub.offer("gateway", Snapshot(house, {}))


async def probe(port: int, seconds: float) -> dict[float, float]:
    """A guest who flicks five times a second; strength sent -> seconds when."""
    sent: dict[float, float] = {}
    async with connect(
        f"ws://127.0.0.1:{port}/ws", origin=f"http://127.0.0.1:{port}", compression=None
    ) as ws:  # type: ignore[arg-type]
        await ws.send('{"t":"hello","v":1}')

        async def read() -> None:
            async for raw in ws:
                if (message := json.loads(raw)).get("s", 0) % 10 == 0:
                    await ws.send(json.dumps({"t": "ack", "s": message["s"]}))

        reading = asyncio.create_task(read())
        for n in range(int(seconds * 4.5)):
            value = round((n + 1) / 1000, 4)
            sent[value] = time.monotonic()
            await ws.send(json.dumps({"t": "act", "verb": "flick", "v": value}))
            await asyncio.sleep(0.2 + 0.037 * (n % 3))
        reading.cancel()
    return sent


def of_phones(program: Path, pid: int, port: int, phones: int, taps: float) -> dict[str, float]:
    """Let phones join, listen and tap; what it cost process `pid`."""
    command = [str(program), "load", str(port), str(phones), str(SECONDS), str(taps)]
    before = memory_kb(pid)
    found: dict[str, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
        _pin(load.pid, 1)
        assert load.stdout is not None
        spent = begun = 0.0
        for line in load.stdout:
            name, _, rest = line.partition(" ")
            if name == "joined":
                found["join_s"] = float(rest) / 1000
                found["kilobytes"] = (memory_kb(pid) - before) / phones
            else:
                heard = json.loads(rest)
                took = cpu_us(pid) - spent
                found[f"{name}_us"] = took / max(1, heard["messages"])
                found[f"{name}_core"] = took / 1e6 / (time.monotonic() - begun)
                found |= {f"{name}_{key}": value for key, value in heard.items()}
            spent, begun = cpu_us(pid), time.monotonic()
    return found


def gateway_row(program: Path, phones: int, *, short_way: bool) -> Row:
    """The gateway with that many phones."""
    stage, port = Stage(), free_port()
    command = [sys.executable, "-c", GATEWAY, str(port), str(stage.hub.port), str(int(short_way))]
    with subprocess.Popen(command) as gateway:
        try:
            _pin(gateway.pid, 0)
            assert stage.up.wait(20), "the gateway did not come up"
            sent: dict[float, float] = {}
            probing = threading.Thread(
                target=lambda: sent.update(asyncio.run(probe(port, 2 * SECONDS))), daemon=True
            )
            probing.start()
            found = of_phones(program, gateway.pid, port, phones, TAPS)
            probing.join(60)
        finally:
            gateway.terminate()
            stage.close()
    ways = [(stage.probes[v] - at) * 1000 for v, at in sent.items() if v in stage.probes] or [float("nan")]
    name = "gateway" if short_way else "broadcast()"
    return _row(name, phones, found, (float(np.median(ways)), float(np.percentile(ways, 95))))


def floor_row(program: Path, phones: int) -> Row:
    """A bare send loop with that many phones."""
    port = free_port()
    command = [str(program), "floor", str(port), str(phones), str(HERTZ), str(BYTES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bare:
        _pin(bare.pid, 0)
        assert bare.stdout is not None
        bare.stdout.readline()
        found = of_phones(program, bare.pid, port, phones, 0)
        bare.terminate()
    return _row("floor: C, send()", phones, found, (float("nan"), float("nan")))


def _row(name: str, phones: int, found: dict[str, float], tap: tuple[float, float]) -> Row:
    kind = "taps" if "taps_hertz" in found else "quiet"
    return Row(
        name,
        phones,
        found[f"{kind}_hertz"],
        found["quiet_us"],
        found.get("taps_us", float("nan")),
        (found[f"{kind}_p50"], found[f"{kind}_p95"], found[f"{kind}_p99"]),
        tap,
        found["kilobytes"],
        found[f"{kind}_core"],
        found["join_s"],
    )


def _pin(pid: int, core: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(pid, {cores[min(core, len(cores) - 1)]})


def main(counts: list[int]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "phones"
        subprocess.run(["cc", "-O2", "-o", program, Path(__file__).with_suffix(".c")], check=True)
        print(HEAD)
        for phones in counts:
            rows = [
                gateway_row(program, phones, short_way=True),
                floor_row(program, phones),
                gateway_row(program, phones, short_way=False),
            ]
            for row in rows:
                print(row, flush=True)
            print(f"gateway / floor: {rows[0].quiet_us / rows[1].quiet_us:.2f}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [500, 2000, 5000])
