"""MIDI ports as the system shows them: finding the system, listing, opening, draining.

rtmidi is used without its callback. A callback runs on the driver's thread and needs the interpreter, while
closing a port holds the interpreter and waits for that thread: closing under traffic can lock up the whole
process. The driver's own queue, drained once a frame, is as quick for the picture and cannot.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RTMIDI = {
    "alsa": "API_LINUX_ALSA",
    "jack": "API_UNIX_JACK",
    "coremidi": "API_MACOSX_CORE",
    "winmm": "API_WINDOWS_MM",
}
# The part of a port's name that changes from one plugging-in to the next: ALSA's client number,
# the ALSA number that a2j carries into JACK, the running number Windows names are given.
FLEETING = {"alsa": r"\s+\d+:\d+$", "jack": r"\s\[\d+\]", "winmm": r"\s\d+$"}
CONTROL, BEND = 0xB0, 0xE0
# How many leading bytes say which level a message sets; the rest is its value.
LEVEL_KEY = {CONTROL: 2, BEND: 1}
QUEUE = 8192
SEQUENCER = Path("/dev/snd/seq")
SOCKETS = Path("/proc/net/unix")

Name = tuple[str, int]


@dataclass(frozen=True, slots=True)
class System:
    """A MIDI system that answers: its short name, and which run of its server this is."""

    api: str
    run: int = 0


def check_api(api: str) -> None:
    """ValueError unless `api` is "auto" or one of RTMIDI."""
    if api not in ("auto", *RTMIDI):
        raise ValueError(f"unknown MIDI system {api!r}; one of auto, {', '.join(RTMIDI)}")


def find(api: str = "auto") -> System | None:
    """The MIDI system to use, or None when there is none yet.

    Asked without opening anything: the drivers' libraries write to the terminal when they find nothing.
    """
    if not sys.platform.startswith("linux"):
        usual = "winmm" if sys.platform == "win32" else "coremidi"
        return System(usual if api == "auto" else api)
    if api in ("auto", "alsa") and os.access(SEQUENCER, os.R_OK | os.W_OK):
        return System("alsa")
    if api in ("auto", "jack") and (run := jack_run()):
        return System("jack", run)
    return None


def jack_run() -> int:
    """A number for the JACK server that is running now, another for the next; 0 when there is none.

    Read from the kernel's list of sockets, so that the server is not troubled by being asked.
    """
    name = os.environ.get("JACK_DEFAULT_SERVER", "default")
    path = f"/dev/shm/jack_{name}_{os.getuid()}_0"
    if not os.path.exists(path):
        return 0
    try:
        sockets = SOCKETS.read_bytes()
    except OSError:
        return 0
    # Num RefCount Protocol Flags Type St Inode Path; one that crashed leaves its file but not its listing.
    found = re.search(rb" 00010000 \S+ \S+ +(\d+) " + re.escape(path.encode()) + rb"\n", sockets)
    return int(found[1]) if found else 0


def midi_in(system: System, name: str) -> Any:
    """A new rtmidi.MidiIn called `name`; raises what rtmidi raises. Sysex, clock and sensing are left out."""
    import rtmidi

    return rtmidi.MidiIn(getattr(rtmidi, RTMIDI[system.api]), name=name, queue_size_limit=QUEUE)


def names_of(device: Any) -> list[Name]:
    """Names of the inputs now there, each with how many of the same name came before it."""
    seen: Counter[str] = Counter()
    names = []
    for name in device.get_ports():
        names.append((name, seen[name]))
        seen[name] += 1
    return names


def label_of(name: str, api: str) -> str:
    """A port's name without the numbers that change when it is plugged in again."""
    return re.sub(FLEETING.get(api, r"(?!)"), "", name)


def ports(api: str = "auto") -> list[str]:
    """Labels of the MIDI inputs found now; empty when there is no MIDI system, or none that works."""
    check_api(api)
    system = find(api)
    if system is None:
        return []
    try:
        device = midi_in(system, "Xitai list")
    except Exception:  # each driver raises its own; a missing library is an ImportError
        return []
    try:
        return [label_of(name, system.api) for name, _ in names_of(device)]
    finally:
        device.delete()


class Port:
    """One open MIDI input; only the thread that holds the owner's lock may touch it."""

    def __init__(self, system: System, name: Name, now: float) -> None:
        self.label = label_of(name[0], system.api)
        self._device = midi_in(system, "Xitai")
        try:
            # Listed afresh: numbers of ports shift whenever another device comes or goes.
            self._device.open_port(names_of(self._device).index(name), "in")
        except Exception:
            self._device.delete()
            raise
        self._at = self._drained = now

    def drain(self, take: Callable[[list[int], float], None], now: float) -> None:
        """Hand over what has come since the last time, oldest first, as (bytes, time of arrival).

        Of controllers and pitch bend only the newest value of each, after everything else.
        """
        newest: dict[tuple[int, ...], tuple[list[int], float]] = {}
        for _ in range(QUEUE):
            got = self._device.get_message()
            if got is None:
                break
            data, at = got[0], self._arrival(got[1], now)
            if key := LEVEL_KEY.get(data[0] & 0xF0):
                newest[tuple(data[:key])] = data, at
            else:
                take(data, at)
        for data, at in newest.values():
            take(data, at)
        self._drained = now

    def _arrival(self, delta: float, now: float) -> float:
        """When a message came, from the driver's `delta` since the one before.

        It lies between the last drain and this one; that corrects the sum, whichever way it is wrong.
        """
        self._at = min(now, max(self._drained, self._at + delta))
        return self._at

    def close(self) -> None:
        """Let the port go; it must not be used again."""
        self._device.close_port()
        self._device.delete()
