"""Processes of the benchmark: what they cost, the stage, gateways, brokers, and the phones."""

from __future__ import annotations

import json
import os
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.link import Hub, Message, Signals, Snapshot

HERTZ, BYTES = 20, 150
TOKEN = "benchmark"
ROOT = Path(__file__).resolve().parents[2]
MANY = {"host": "127.0.0.1", "token": TOKEN, "capacity": 20_000, "per_address": 20_000}
NEAR = """
import json, sys
from engine.companion.gateway import GatewaySettings, run
run(GatewaySettings(**json.loads(sys.argv[1])))
"""
FAR = """
import json, sys
from engine.companion.downlink import serve
from engine.companion.settings import GatewaySettings
settings = json.loads(sys.argv[1])
url, show = settings.pop("broker"), settings.pop("show")
serve(url, show, GatewaySettings(**settings))
"""


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


def pin(pid: int, core: int) -> None:
    """Keep a process on one processor, as far as there is more than one."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(pid, {cores[min(core, len(cores) - 1)]})


@contextmanager
def running(
    command: list[str], *, core: int | None = None, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block."""
    with subprocess.Popen(command, text=True, cwd=ROOT, **options) as process:
        if core is not None:
            pin(process.pid, core)
        try:
            yield process
        finally:
            process.kill()


class Stage:
    """The stage's end of the link: publishes 20 states a second, notes which input it has seen and when."""

    def __init__(self) -> None:
        self.up = threading.Event()
        self.probes: dict[float, float] = {}
        self.signals = 0
        self._over = threading.Event()
        self._seen = 0
        self.hub = Hub(0, TOKEN, self._receive)
        threading.Thread(target=self._publish, daemon=True).start()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.hub.close()

    def _receive(self, role: str, message: Message) -> None:
        self.up.set()
        if isinstance(message, Signals):
            self._seen = max(self._seen, message.window)
            self.signals += len(message.signals)
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


@contextmanager
def gateway(stage: Stage, port: int, *, core: int = 0, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """The stage's own gateway, once it has met the stage."""
    settings = {**MANY, "port": port, "hub_port": stage.hub.port, **more}
    stage.up.clear()
    with running([sys.executable, "-c", NEAR, json.dumps(settings)], core=core) as process:
        if not stage.up.wait(20):
            raise TimeoutError("the gateway did not come up")
        yield process


@contextmanager
def further(url: str, port: int, *, core: int = 1) -> Iterator[subprocess.Popen[str]]:
    """One more gateway, once it answers."""
    settings = {"host": "127.0.0.1", "port": port, "broker": url, "show": "bench", "capacity": 20_000}
    settings["per_address"] = 20_000
    with running([sys.executable, "-c", FAR, json.dumps(settings)], core=core) as process:
        for _ in range(200):
            try:
                if b'"stage":true' in health(port):
                    break
            except OSError:
                pass
            time.sleep(0.1)
        else:
            raise TimeoutError("the further gateway did not come up")
        yield process


def health(port: int) -> bytes:
    """What /health of a gateway says."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as sock:
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        said = b""
        while more := sock.recv(65536):
            said += more
        return said


@contextmanager
def brokers(count: int = 1) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """So many clustered NATS servers: their address and the processes."""
    program = shutil.which("nats-server") or "/usr/sbin/nats-server"
    if not os.path.exists(program):
        raise FileNotFoundError("nats-server is missing: apt-get install nats-server")
    ports, routes = [free_port() for _ in range(count)], [free_port() for _ in range(count)]
    servers: list[subprocess.Popen[str]] = []
    for port, route in zip(ports, routes, strict=True):
        command = [program, "-a", "127.0.0.1", "-p", str(port)]
        if count > 1:
            others = ",".join(f"nats://127.0.0.1:{r}" for r in routes if r != route)
            command += [
                "--cluster_name",
                "bench",
                "--cluster",
                f"nats://127.0.0.1:{route}",
                "--routes",
                others,
            ]
        servers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True))
    try:
        time.sleep(1.0)
        yield ",".join(f"nats://127.0.0.1:{port}" for port in ports), servers
    finally:
        for server in servers:
            server.kill()
            server.wait()


@dataclass
class Crowd:
    """Many phones in one process of their own; see phones.c for what it is told and what it says."""

    process: subprocess.Popen[str]
    _lines: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def tell(self, line: str) -> None:
        """One command."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def join(self, phones: int, *ports: int, once: bool = False, paths: tuple[str, ...] = ()) -> float:
        """So many more come in; seconds until the last is."""
        where = ",".join(map(str, ports))
        self.tell(f"join {phones} {where} {int(once)} {','.join(paths)}".rstrip())
        return float(self.until_in()["ms"]) / 1000

    def until_in(self, seconds: float = 60.0) -> dict[str, Any]:
        """Wait until all are in."""
        return self._next("returned", "messages", seconds)

    def watch(self, seconds: float, first: int, last: int) -> dict[str, Any]:
        """What phones `first`..`last` hear in so many seconds."""
        self.tell(f"watch {first} {last}")
        time.sleep(seconds)
        return self.report()

    def report(self) -> dict[str, Any]:
        """What was heard since the last `watch`."""
        self.tell("report")
        return self._next("messages", "", 20.0)

    def _next(self, key: str, but_not: str, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                found = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if key in found and (not but_not or but_not not in found):
                return found
        raise TimeoutError(f"the phones did not say {key!r} within {seconds:.0f} s")

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(json.loads(line))


@contextmanager
def crowd(program: Path, *, core: int = 1) -> Iterator[Crowd]:
    """No phones yet."""
    with running([str(program)], core=core, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Crowd(process)


@contextmanager
def built() -> Iterator[Path]:
    """The program of phones and floor."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "phones"
        subprocess.run(["cc", "-O2", "-o", program, Path(__file__).with_name("phones.c")], check=True)
        yield program
