"""What the gateway is measured beside: the floor, `websockets.broadcast`, node `ws`, soundworks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.phones.machinery import BYTES, HERTZ, ROOT, cpu_us, free_port, memory_kb, running

PEERS = ROOT / "benchmarks" / "peers" / "phones"
INSTALLED = ROOT / "out" / "peers"  # npm's packages, kept from run to run
SOUNDWORKS = 500  # clients; its own, which are no load for a C program
Server = Callable[[Path, int, int], list[str]]


def floor(program: Path, port: int, phones: int) -> list[str]:
    """A C loop that calls send() once per phone."""
    return [str(program), "floor", str(port), str(phones), str(HERTZ), str(BYTES)]


def plain(program: Path, port: int, phones: int) -> list[str]:
    """`websockets.broadcast` as its documentation shows it."""
    return [sys.executable, str(PEERS / "plain.py"), str(port), str(HERTZ), str(BYTES)]


def ws(program: Path, port: int, phones: int) -> list[str]:
    """The usual WebSocket server of node."""
    return ["node", str(INSTALLED / "ws.mjs"), str(port), str(HERTZ), str(BYTES)]


def installed() -> str:
    """Install node's peers once; why they are left out, or nothing."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "node and npm are not installed: ws and soundworks are left out"
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for file in (*PEERS.glob("*.mjs"), PEERS / "package.json"):
        shutil.copy(file, INSTALLED)
    if not (INSTALLED / "node_modules").is_dir():
        asked = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(INSTALLED)]
        if subprocess.run(asked, check=False, timeout=300).returncode:
            return "npm could not install ws and soundworks: they are left out"
    return ""


@contextmanager
def serving(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A peer's server on the first processor, once it says that it listens."""
    with running(command, core=0, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "listening" in line:
                break
        yield process


def soundworks(seconds: float) -> dict[str, Any]:
    """soundworks' shared state with its own clients: what an update to one client costs its server."""
    port = free_port()
    server = ["node", str(INSTALLED / "soundworks.mjs"), str(port), str(HERTZ), str(BYTES)]
    clients = ["node", str(INSTALLED / "soundworks_clients.mjs"), str(port), str(SOUNDWORKS), str(seconds)]
    with serving(server) as process:
        before = memory_kb(process.pid)
        with running(clients, core=1, stdout=subprocess.PIPE) as said:
            assert said.stdout is not None
            found: dict[str, Any] = {}
            spent = 0.0
            for line in said.stdout:
                heard = json.loads(line)
                if "ms" in heard:
                    found |= {"join_s": heard["ms"] / 1000}
                    found |= {"kilobytes": (memory_kb(process.pid) - before) / SOUNDWORKS}
                elif "watching" in heard:
                    spent = cpu_us(process.pid)
                else:
                    found |= heard | {"us": (cpu_us(process.pid) - spent) / max(1, heard["messages"])}
    return found
