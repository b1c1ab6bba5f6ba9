"""A JACK server of the test's own, and MIDI devices to plug into it: real ports on any machine."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from controllers.midiports import jack_run

DEADLINE_S = 10.0


def until(true: Callable[[], object], seconds: float = DEADLINE_S, *, pace: float = 0.005) -> float:
    """Ask until `true()` holds; seconds it took. AssertionError when it does not in time."""
    start, tick = time.monotonic(), threading.Event()
    while not true():
        assert time.monotonic() - start < seconds, f"not so within {seconds} s"
        tick.wait(pace)
    return time.monotonic() - start


class Jack:
    """A JACK server without sound hardware; `name` keeps two test runs apart."""

    def __init__(self, logs: Path) -> None:
        self.name = f"xitai-{uuid4().hex[:8]}"
        self._logs = logs
        self._server: subprocess.Popen[bytes] | None = None
        self._crashed = False

    def start(self) -> None:
        """Start the server; returns when programs can really connect to it."""
        # setpriv: the server goes when the test run goes, however that ends. -S: a late program is waited
        # for; without it the server drops its notes, one in two thousand on a busy machine.
        jackd = ["jackd", "-n", self.name, "-r", "-S", "-d", "dummy", "-p", "64"]
        command = ["setpriv", "--pdeathsig", "TERM", *jackd]
        with (self._logs / "jackd.log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._logs)
        until(lambda: jack_run() or self._server.poll() is not None)
        said = (self._logs / "jackd.log").read_text()
        assert self._server.poll() is None, f"{said}\n(no other jackd? remove /dev/shm/jack-shm-registry)"
        self._crashed = False

    def stop(self, *, hard: bool = False) -> None:
        """End the server, gently or as a crash does."""
        if self._server is not None:
            self._server.kill() if hard else self._server.terminate()
            self._server.wait(DEADLINE_S)
            self._server, self._crashed = None, hard

    def close(self) -> None:
        """End the server for good and leave nothing behind.

        The machine has places for eight servers; a crashed one keeps its place until its name comes again.
        """
        if self._crashed:
            self.start()
        self.stop()
        self.sweep()

    def sweep(self) -> None:
        """Remove what a crashed server and its programs left in shared memory."""
        for left in Path("/dev/shm").glob(f"jack*{self.name}_*"):
            left.unlink(missing_ok=True)


class Pads:
    """A MIDI device: a virtual port others can read from; closing it pulls the plug."""

    def __init__(self, name: str) -> None:
        import rtmidi

        self.label = f"{name}:out"
        self._device = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name=name)
        self._device.open_virtual_port("out")

    def send(self, *data: int) -> None:
        """Send one message, as bytes."""
        self._device.send_message(data)

    def unplug(self) -> None:
        """Pull the plug; may be called twice."""
        if self._device is not None:
            self._device.close_port()
            self._device.delete()
            self._device = None


@pytest.fixture
def jack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jack]:
    """A running JACK server that everything in this test connects to.

    One at a time on the machine: JACK tells programs of one name apart on a server, not between two servers.
    """
    assert shutil.which("jackd"), "MIDI is tested over real ports: install jackd (Debian: jackd2)"
    turn = Path(tempfile.gettempdir()) / f"xitai-jack-{os.getuid()}.lock"
    with turn.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = Jack(tmp_path)
        monkeypatch.setenv("JACK_DEFAULT_SERVER", server.name)
        monkeypatch.delenv("JACK_PROMISCUOUS_SERVER", raising=False)
        server.start()
        yield server
        server.close()


@pytest.fixture
def plug(jack: Jack) -> Iterator[Callable[[str], Pads]]:
    """Plug in devices: `pads = plug("Pads")`; all are unplugged at the end."""
    plugged: list[Pads] = []

    def one(name: str) -> Pads:
        plugged.append(Pads(name))
        return plugged[-1]

    yield one
    for pads in plugged:
        pads.unplug()
