"""MIDI pads, keys and faders as signals; plugged in and out at any time.

    midi/note/36     trigger, value = velocity / 127        midi/cc/1    level, value / 127
    midi/release/36  trigger, value = release velocity      midi/bend    level, 0.5 at rest
    midi/program/5   trigger

All channels are one. Ports are known by name; a name that comes back is taken up again by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import mido

from controllers.midiports import Name, Port, System, check_api, find, label_of, midi_in, names_of
from engine.core.controller import Health, Post
from engine.core.signals import Kind, Signal

LOOK_S = 0.2
# A port that cannot be opened (on Windows: held by another program) is tried again at this pace.
BUSY_S = 0.5
# A system that is there but refuses (a container, a missing kernel module) is asked less and less often:
# each time its library writes to the terminal.
LONGEST_PAUSE_S = 60.0
ECHO = "midi through"


def signal_of(message: Any, source: str, at: float = 0.0) -> Signal | None:
    """A mido message as a signal; None for what the stage has no use for (sysex, clock, pressure)."""
    match message.type:
        case "note_on" if message.velocity > 0:
            verb, number, value, kind = "note", message.note, message.velocity / 127, Kind.TRIGGER
        case "note_on" | "note_off":
            # A note-on without velocity is how running status writes a release.
            verb, number, value, kind = "release", message.note, message.velocity / 127, Kind.TRIGGER
        case "control_change":
            verb, number, value, kind = "cc", message.control, message.value / 127, Kind.LEVEL
        case "program_change":
            verb, number, value, kind = "program", message.program, 1.0, Kind.TRIGGER
        case "pitchwheel":
            # One more step lies below rest than above; both ends and rest come out exact.
            value = 0.5 + message.pitch / (16384 if message.pitch < 0 else 16382)
            return Signal("midi/bend", value, Kind.LEVEL, source, at=at)
        case _:
            return None
    return Signal(f"midi/{verb}/{number}", value, kind, source, number=number, at=at)


class Midi:
    """MIDI inputs as a controller.

    names  parts of port names, upper or lower case alike; ("all",) takes every port, ("none",) none
    api    "auto", or one of "alsa", "jack", "coremidi", "winmm"; ValueError for any other
    """

    def __init__(self, names: Sequence[str] = ("all",), *, api: str = "auto") -> None:
        check_api(api)
        self._names = (names,) if isinstance(names, str) else tuple(names)
        self._api = api
        self._post: Post = lambda signal: None
        self._lock = threading.Lock()  # around _ports and what is in them; never held while a port opens
        self._ports: dict[Name, Port] = {}
        self._held: set[tuple[str, int]] = set()
        self._found: list[str] | None = None  # None until the first look
        self._lost: set[str] = set()
        self._faults: dict[str, str] = {}
        self._system: System | None = None
        self._watcher: Any = None
        self._pause = LOOK_S
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, post: Post) -> None:
        """Begin to look for ports, on a thread of its own; returns at once."""
        self._post = post
        if "none" not in self._names:
            self._thread = threading.Thread(target=self._watch, name="midi ports", daemon=True)
            self._thread.start()

    def poll(self) -> None:
        """Post what has come since the last poll."""
        with self._lock:
            for port in self._ports.values():
                self._drain(port)

    def health(self) -> list[Health]:
        """One line per open port, lost port and name not found; one line when there is nothing."""
        if "none" in self._names:
            return [Health("midi", True, "switched off")]
        with self._lock:
            open_ports = sorted(port.label for port in self._ports.values())
            lost, faults, found = sorted(self._lost), dict(self._faults), self._found
        lines = [Health(f"midi {label}", True, "connected") for label in open_ports]
        lines += [Health(f"midi {label}", False, "unplugged; taken up when it returns") for label in lost]
        lines += [Health(f"midi {label}".strip(), False, why) for label, why in sorted(faults.items())]
        if faults.get("") or found is None:
            return lines or [Health("midi", True, "looking for ports")]
        if self._system is None:
            why = "no MIDI system (no readable /dev/snd/seq, no JACK server); keys and phones play on"
            return [*lines, Health("midi", False, why)]
        known = [*found, *lost]
        return lines + [
            _missing(name, found) for name in self._names if not any(_meant(name, label) for label in known)
        ]

    def close(self) -> None:
        """Close every port and end the thread; may be called twice."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(2)

    def _watch(self) -> None:
        """The thread: look, wait, look again; the drivers tell nobody when a port comes or goes.

        Everything here happens on one thread: CoreMIDI brings its list up to date only for the one that
        asked first.
        """
        while not self._closing.is_set():
            try:
                self._look()
            except Exception as error:  # a driver's fault must not end the watch
                self._leave()
                self._pause = min(LONGEST_PAUSE_S, max(1.0, self._pause * 2))
                with self._lock:
                    self._faults = {"": f"MIDI does not answer ({error}); tried again in {self._pause:.0f} s"}
            self._closing.wait(self._pause)
        self._leave()

    def _look(self) -> None:
        """Bring the open ports in line with what is there now."""
        system = find(self._api)
        if system != self._system:
            self._leave()
            self._watcher = midi_in(system, "Xitai watch") if system else None
            self._system = system
        there = names_of(self._watcher) if self._watcher else []
        for name in [name for name in self._ports if name not in there]:
            self._drop(name)
        labels = {name: label_of(name[0], system.api) for name in there if system}
        faults = {}
        for name, label in labels.items():
            if name not in self._ports and any(_meant(wanted, label) for wanted in self._names):
                try:
                    self._take(name)
                except Exception as error:  # each driver raises its own
                    faults[label] = f"cannot be opened ({error}); close other programs that use it"
        with self._lock:
            self._found, self._faults = list(labels.values()), faults
        self._pause = BUSY_S if faults else LOOK_S

    def _take(self, name: Name) -> None:
        assert self._system is not None
        port = Port(self._system, name, time.monotonic())
        with self._lock:
            self._ports[name] = port
            self._lost.discard(port.label)

    def _drop(self, name: Name) -> None:
        """Close a port that has gone; what it still had to say is heard, what it held is let go."""
        with self._lock:
            port = self._ports.pop(name)
            self._drain(port)
            for number in sorted(number for label, number in self._held if label == port.label):
                self._post(Signal(f"midi/release/{number}", 0.0, source=port.label, number=number))
            self._held = {(label, number) for label, number in self._held if label != port.label}
            self._lost.add(port.label)
        port.close()

    def _leave(self) -> None:
        """Let every port go, and the system with them."""
        for name in list(self._ports):
            self._drop(name)
        if self._watcher is not None:
            self._watcher.delete()
        self._watcher = self._system = None

    def _drain(self, port: Port) -> None:
        def take(data: list[int], at: float) -> None:
            try:
                signal = signal_of(mido.Message.from_bytes(data), port.label, at)
            except ValueError:  # half a message from a bad cable
                return
            if signal is not None:
                self._hold(signal)
                self._post(signal)

        port.drain(take, time.monotonic())

    def _hold(self, signal: Signal) -> None:
        """Remember which notes are down, so that an unplugged device leaves none sounding."""
        if signal.address.startswith("midi/note/"):
            self._held.add((signal.source, signal.number))
        elif signal.address.startswith("midi/release/"):
            self._held.discard((signal.source, signal.number))


def _meant(wanted: str, label: str) -> bool:
    """Whether a port called `label` is one the show asked for; ALSA's echo port only by name."""
    name = label.lower()
    return not name.startswith(ECHO) if wanted == "all" else wanted.lower() in name


def _missing(name: str, found: list[str]) -> Health:
    """The line for a name that no port has."""
    if name == "all":
        return Health("midi", False, "no MIDI device plugged in; one is taken up when it comes")
    there = ", ".join(found) or "none"
    return Health(f"midi {name}", False, f"no MIDI input has this name; found: {there}")
