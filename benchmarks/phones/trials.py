"""What becomes of phones when many come at once, when something dies, and when some stop reading."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.phones.machinery import (
    ROOT,
    Stage,
    brokers,
    cpu_us,
    crowd,
    free_port,
    further,
    gateway,
    memory_kb,
    running,
)

SECONDS = 4.0
WARM_S = 6.0  # of a show, before anything is counted


def two_gateways(program: Path) -> dict[str, Any]:
    """2,000 phones on two gateways that meet over NATS; what the stage gets stays as it was."""
    ports, phones = (free_port(), free_port()), 2000
    with (
        brokers() as (url, servers),
        Stage() as stage,
        gateway(stage, ports[0], broker=url, show="bench") as near,
        further(url, ports[1]) as far,
        crowd(program) as there,
    ):
        join_s = there.join(phones, *ports)
        there.tell("taps 2")
        time.sleep(1.0)
        pids = {"near": near.pid, "far": far.pid, "broker": servers[0].pid}
        spent, signals = {name: cpu_us(pid) for name, pid in pids.items()}, stage.signals
        heard = there.watch(SECONDS, 0, phones)
        core = {name: (cpu_us(pid) - spent[name]) / 1e6 / SECONDS for name, pid in pids.items()}
        return {
            "join_s": join_s,
            "hertz": heard["hertz"],
            "least_hertz": heard["least_hertz"],
            "age": heard["age"],
            "core": {name: round(share, 3) for name, share in core.items()},
            "us": (core["near"] + core["far"]) * SECONDS * 1e6 / heard["messages"],
            "signals_a_second": (stage.signals - signals) / SECONDS,
        }


def herd(program: Path) -> dict[str, Any]:
    """500 watch while 2,000 come in at the same moment, the page included."""
    port, there_before, phones = free_port(), 500, 2000
    paths = page_of(ROOT / "assets" / "web" / "index.html")
    with (
        Stage() as stage,
        gateway(stage, port) as process,
        crowd(program) as inside,
        crowd(program) as outside,
    ):
        inside.join(there_before, port)
        time.sleep(1.0)
        inside.tell(f"watch 0 {there_before}")
        begun, spent = time.monotonic(), cpu_us(process.pid)
        join_s = outside.join(phones, port, once=True, paths=paths)
        spent = cpu_us(process.pid) - spent
        time.sleep(max(0.0, begun + 3.0 - time.monotonic()))
        heard = inside.report()
    return {
        "requests_each": len(paths) + 1,
        "all_in_s": join_s,
        "gateway_cpu_s": spent / 1e6,
        "others_hertz": heard["hertz"],
        "others_least_hertz": heard["least_hertz"],
        "others_age": heard["age"],
    }


def page_of(index: Path) -> tuple[str, ...]:
    """What a browser asks for on its first visit."""
    named = re.findall(r'(?:src|href)="([^"#:]+)"', index.read_text("utf-8"))
    return ("/", *dict.fromkeys("/" + name.removeprefix("/") for name in named))


def killed_gateway(program: Path) -> dict[str, Any]:
    """The gateway is killed under 1,000 phones and started again at once, as the supervisor does."""
    port, phones = free_port(), 1000
    with Stage() as stage, crowd(program) as there:
        with gateway(stage, port) as process:
            there.join(phones, port)
            there.tell(f"watch 0 {phones}")
            time.sleep(1.0)
            process.kill()
            killed = time.monotonic()
        with gateway(stage, port):
            up_s = time.monotonic() - killed
            back = there.until_in()
            back_s = time.monotonic() - killed
    return {"up_s": up_s, "all_back_s": back_s, "back": back["returned"], "strangers": back["strangers"]}


def killed_broker(program: Path) -> dict[str, Any]:
    """One of two clustered NATS servers is killed, the one the stage's gateway uses first."""
    ports, phones, gaps = (free_port(), free_port()), 500, []
    for victim in (0, 1):
        with (
            brokers(2) as (url, servers),
            Stage() as stage,
            gateway(stage, ports[0], broker=url, show="bench"),
            further(url, ports[1]),
            crowd(program) as there,
        ):
            there.join(phones, *ports)
            time.sleep(0.5)
            there.tell(f"watch 0 {phones}")
            time.sleep(1.0)
            servers[victim].kill()
            time.sleep(2.0)
            gaps.append(there.report()["gap_ms"] / 1000)
    return {"longest_gap_s": max(gaps), "gaps_s": gaps}


def asleep(program: Path) -> dict[str, Any]:
    """100 of 600 phones stop reading for 12 s."""
    port, sleepers, phones = free_port(), 100, 600
    with Stage() as stage, gateway(stage, port) as process, crowd(program) as there:
        there.join(phones, port)
        time.sleep(1.0)
        there.tell(f"sleep {sleepers}")
        before = memory_kb(process.pid)
        heard = there.watch(12.0, sleepers, phones)
        grown = memory_kb(process.pid) - before
        there.tell(f"watch 0 {sleepers}")
        there.tell("wake")
        time.sleep(5.0)
        woken = there.report()
    return {
        "memory_kb": grown,
        "others_hertz": heard["hertz"],
        "others_least_hertz": heard["least_hertz"],
        "held_each": woken["held"] / sleepers,
        "oldest_held_s": woken["oldest_ms"] / 1000,
        "stale_after": woken["stale"],
        "fresh_s": woken["fresh_ms"] / 1000,
        "back": woken["in"],
        "strangers": woken["strangers"],
    }


def show(program: Path) -> dict[str, Any]:
    """A whole show at 1920x1080, alone and with 2,000 phones that tap."""
    return {"alone": _performed(program, 0), "with_phones": _performed(program, 2000)}


def _performed(program: Path, phones: int) -> dict[str, Any]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        stats = Path(folder) / "stats.json"
        words = ["--headless", "--camera", "none", "--midi", "none"]
        command = [sys.executable, "-u", "run_show.py", *words, "--port", str(port), "--stats", str(stats)]
        with (
            running(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process,
            crowd(program) as there,
        ):
            assert process.stdout is not None
            for line in process.stdout:
                if found := re.search(r"[?]r=(\w+)", line):
                    there.tell(f"room {found[1]}")
                if "PIN" in line:
                    break
            heard, us = {}, 0.0
            time.sleep(WARM_S)
            if phones:
                heard, us = _attended(there, process.pid, port, phones)
            else:
                time.sleep(SECONDS)
            process.send_signal(signal.SIGINT)
            process.wait(30)
        report = json.loads(stats.read_text())
    told = {"frame_ms": report["frame_ms"], "latency_ms": report["latency_ms"]}
    return told | ({"heard": heard, "us": us} if phones else {})


def _attended(there: Any, parent: int, port: int, phones: int) -> tuple[dict[str, Any], float]:
    there.join(phones, port)
    there.tell("taps 2")
    time.sleep(1.0)
    gateway_pid = _children(parent)[1]
    spent = cpu_us(gateway_pid)
    heard = there.watch(SECONDS, 0, phones)
    return heard, (cpu_us(gateway_pid) - spent) / max(1, heard["messages"])


def _children(parent: int) -> list[int]:
    command = ["ps", "-ww", "--ppid", str(parent), "-o", "pid=", "-o", "args="]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listing.splitlines() if "spawn_main" in line]
