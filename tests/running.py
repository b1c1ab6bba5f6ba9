"""A whole show, running as a person would start it, watched from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.address import free_port

ROOT = Path(__file__).resolve().parent.parent


class Running:
    """`run_show.py --headless ...` on a port of its own."""

    def __init__(self, *words: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(ROOT / "run_show.py"), "--headless", "--port", str(self.port),
             "--midi", "none", "--size", "640x360", *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT,
            env={**os.environ, "SDL_AUDIODRIVER": "dummy"},
        )  # fmt: skip
        self.pin = ""
        for line in self.process.stdout:
            if found := re.search(r"PIN (\d+)", line):
                self.pin = found[1]
                break

    def health(self) -> dict:
        """What /health says; empty while nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                return json.load(answer)
        except OSError:
            return {}

    def until(self, wanted: Callable[[dict], bool], what: str, seconds: float = 60) -> dict:
        """The first health that fits; waits on the process itself between two looks."""
        found: dict = {}
        for _ in range(round(seconds / 0.05)):
            found = self.health()
            if found and wanted(found):
                return found
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
                raise AssertionError(self.process.stdout.read())
        raise AssertionError(f"never {what}: {found}")

    def children(self) -> list[int]:
        """Process ids of stage, gateway and whoever else, in the order they were started."""
        listing = subprocess.run(
            ["ps", "-ww", "--ppid", str(self.process.pid), "-o", "pid=", "-o", "args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return [int(line.split()[0]) for line in listing.splitlines() if "spawn_main" in line]

    def finish(self) -> str:
        """End it as Ctrl-C does; what it had said."""
        self.process.send_signal(2)
        said, _ = self.process.communicate(timeout=20)
        return said
