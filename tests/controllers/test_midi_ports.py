"""MIDI over real ports: JACK without a sound card, devices plugged in and out."""

import statistics
import threading
import time

import pytest
from jack import until

import controllers.midi
import controllers.midiports
from controllers.midi import Midi
from controllers.midiports import ports
from engine.core.signals import Kind

pytestmark = pytest.mark.slow

FRAME_S = 1 / 60
NOTE, RELEASE, CONTROL, PROGRAM, BEND = 0x90, 0x80, 0xB0, 0xC0, 0xE0


class Listening:
    """A Midi that is polled while one waits, with everything it posted."""

    def __init__(self, *names):
        self.midi = Midi(names or ("all",), api="jack")
        self.signals, self.greetings = [], set()
        self.midi.start(self._take)

    def _take(self, signal):
        if signal.address == "midi/program/127":
            self.greetings.add(signal.source)
        else:
            self.signals.append(signal)

    def until(self, true, seconds=10.0, pace=0.002):
        return until(lambda: (self.midi.poll(), true())[1], seconds, pace=pace)

    def connected(self, pads):
        return f"midi {pads.label}" in {line.name for line in self.midi.health() if line.ok}

    def meet(self, pads):
        """Wait until it hears this device: JACK makes a connection some cycles before it carries notes."""
        self.until(lambda: self.connected(pads))
        self.greetings.clear()
        self.until(lambda: self.greetings or pads.send(PROGRAM, 127), pace=0.02)

    def heard(self, *addresses):
        return self.addresses()[-len(addresses) :] == list(addresses)

    def addresses(self):
        return [signal.address for signal in self.signals]

    def problems(self):
        return {line.name: line.detail for line in self.midi.health() if not line.ok}


@pytest.fixture
def listen(jack):
    """Start listening; closed before the devices and the server go."""
    listening = []

    def one(*names):
        listening.append(Listening(*names))
        return listening[-1]

    yield one
    for ear in listening:
        ear.midi.close()


def test_every_kind_arrives_with_its_values_and_in_order(plug, listen):
    pads, ear = plug("Pads"), listen()
    ear.meet(pads)
    sent_at = time.monotonic()
    pads.send(NOTE | 9, 36, 127)
    pads.send(PROGRAM, 5)
    pads.send(NOTE, 38, 64)
    pads.send(RELEASE, 36, 0)
    pads.send(NOTE, 38, 0)
    pads.send(CONTROL, 1, 127)
    pads.send(BEND, 0, 64)
    ear.until(lambda: len(ear.signals) == 7)
    triggers = [s for s in ear.signals if s.kind is Kind.TRIGGER]
    assert [(s.address, round(s.value, 3), s.number) for s in triggers] == [
        ("midi/note/36", 1.0, 36),
        ("midi/program/5", 1.0, 5),
        ("midi/note/38", 0.504, 38),
        ("midi/release/36", 0.0, 36),
        ("midi/release/38", 0.0, 38),
    ]
    levels = {s.address: s.value for s in ear.signals if s.kind is Kind.LEVEL}
    assert levels == {"midi/cc/1": 1.0, "midi/bend": 0.5}
    assert {s.source for s in ear.signals} == {"Pads:out"}
    assert all(sent_at - 1 < s.at <= time.monotonic() for s in ear.signals)


def test_hundreds_of_strokes_keep_their_order(plug, listen):
    pads, ear = plug("Pads"), listen()
    ear.meet(pads)
    strokes = [36 + (7 * n) % 14 for n in range(500)]
    for note in strokes:
        pads.send(NOTE, note, 100)
    ear.until(lambda: len(ear.signals) == len(strokes), pace=FRAME_S)
    assert [s.number for s in ear.signals] == strokes


def test_a_flood_of_levels_costs_only_the_newest(plug, listen):
    pads, ear, tick = plug("Fader"), listen(), threading.Event()
    ear.meet(pads)

    def flood():
        """10,000 values a second for half a second, then one stroke."""
        start = time.monotonic()
        for n in range(5000):
            pads.send(CONTROL, n % 2, n // 2 % 128)
            while n % 20 == 0 and time.monotonic() - start < n / 10_000:
                tick.wait(0.001)
        pads.send(NOTE, 36, 1)

    sender = threading.Thread(target=flood)
    sender.start()
    polls = 0
    while "midi/note/36" not in ear.addresses():
        tick.wait(FRAME_S)
        ear.midi.poll()
        polls += 1
    sender.join()
    levels = [s for s in ear.signals if s.kind is Kind.LEVEL]
    assert {s.address: s.value for s in levels} == dict.fromkeys(["midi/cc/0", "midi/cc/1"], 2499 % 128 / 127)
    assert len(levels) <= 2 * polls


def test_sysex_clock_and_sensing_hold_nothing_up(plug, listen):
    pads, ear = plug("Synth"), listen()
    ear.meet(pads)
    for _ in range(20):
        pads.send(0xF8)
        pads.send(0xF0, *[1] * 200, 0xF7)
        pads.send(0xFE)
    pads.send(NOTE, 40, 1)
    ear.until(lambda: ear.signals)
    assert ear.addresses() == ["midi/note/40"]


def test_ports_are_chosen_by_parts_of_their_names(plug, listen):
    left, right, other = plug("Left Pads"), plug("Right Pads"), plug("Piano")
    ear, both = listen("RIGHT"), listen("left", "piano", "Harp")
    ear.meet(right)
    both.meet(left)
    both.meet(other)
    for note, device in ((1, left), (2, right), (3, other)):
        device.send(NOTE, note, 1)
    both.until(lambda: len(both.signals) == 2)
    ear.until(lambda: ear.signals)
    assert {s.number for s in both.signals} == {1, 3}
    assert ear.addresses() == ["midi/note/2"]
    assert both.problems() == {
        "midi Harp": "no MIDI input has this name; found: Left Pads:out, Right Pads:out, Piano:out"
    }
    assert ports("jack") == ["Left Pads:out", "Right Pads:out", "Piano:out"]


def test_unplugging_is_seen_in_a_second_and_healed_in_two(plug, listen):
    pads, ear = plug("Pads"), listen()
    ear.meet(pads)
    pads.send(NOTE, 36, 100)
    ear.until(lambda: ear.heard("midi/note/36"))

    pads.unplug()
    seen = ear.until(lambda: "midi Pads:out" in ear.problems(), 1.0)
    assert ear.heard("midi/release/36"), "a note held on a device that went must be let go"

    pads = plug("Pads")
    healed = ear.until(lambda: ear.connected(pads), 2.0)
    ear.meet(pads)
    pads.send(NOTE, 37, 100)
    ear.until(lambda: ear.heard("midi/note/37"))
    assert not ear.problems()
    print(f"\nunplugged: seen in {seen * 1e3:.0f} ms, healed in {healed * 1e3:.0f} ms")


def test_strokes_still_in_the_cable_are_heard_when_it_is_pulled(plug, listen):
    pads, ear, witness = plug("Pads"), listen(), listen()
    ear.meet(pads)
    witness.meet(pads)
    pads.send(NOTE, 36, 1)
    pads.send(RELEASE, 36, 1)
    witness.until(lambda: len(witness.signals) == 2)
    pads.unplug()
    until(lambda: "midi Pads:out" in ear.problems(), 1.0)  # nobody polls the ear
    assert ear.addresses() == ["midi/note/36", "midi/release/36"]


def test_a_watch_that_finds_nothing_new_opens_nothing(plug, listen, monkeypatch):
    opened = []
    real = controllers.midiports.midi_in

    def counted(system, name):
        opened.append(name)
        return real(system, name)

    looks = []
    real_names = controllers.midi.names_of
    monkeypatch.setattr(controllers.midi, "midi_in", counted)
    monkeypatch.setattr(controllers.midiports, "midi_in", counted)
    monkeypatch.setattr(controllers.midi, "names_of", lambda device: looks.append(1) or real_names(device))
    pads, ear = plug("Pads"), listen()
    until(lambda: len(looks) >= 6)
    assert ear.connected(pads)
    assert opened == ["Xitai watch", "Xitai"]


def test_no_midi_system_is_one_line_and_no_noise(jack, listen, capfd):
    jack.stop()
    ear = listen()
    until(lambda: "no MIDI system" in ear.problems().get("midi", ""))
    ear.midi.poll()
    assert ports("jack") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("hard", [False, True], ids=["stopped", "killed"])
def test_a_server_that_dies_and_comes_back(jack, plug, listen, hard):
    ear = listen()
    until(lambda: "no MIDI device" in ear.problems().get("midi", ""))
    pads = plug("Pads")
    ear.until(lambda: ear.connected(pads), 2.0)
    jack.stop(hard=hard)
    pads.unplug()  # JACK's library frees what a dead server leaves as soon as the next one is joined
    ear.until(lambda: "no MIDI system" in ear.problems().get("midi", ""), 1.0)
    jack.sweep()
    jack.start()
    pads = plug("Pads")
    ear.until(lambda: ear.connected(pads), 2.0)
    ear.meet(pads)


def test_closing_under_traffic_does_not_lock_up(plug):
    """With a callback on the driver's thread it did: the interpreter waited for itself."""
    pads, done = plug("Flood"), threading.Event()

    def flood():
        while not done.wait(0.001):
            for n in range(20):
                pads.send(NOTE, 36 + n % 14, 1)

    sender = threading.Thread(target=flood)
    sender.start()
    try:
        for _ in range(10):
            ear = Listening()
            ear.until(lambda ear=ear: len(ear.signals) > 100)
            start = time.monotonic()
            ear.midi.close()
            assert time.monotonic() - start < 1.0
    finally:
        done.set()
        sender.join()


def test_latency_from_stroke_to_signal(plug, listen):
    """The promise is 25 ms from stroke to frame; the wait for the next frame is most of it."""
    pads, ear = plug("Pads"), listen()
    ear.meet(pads)
    path, stamp = [], []
    for n in range(120):
        sent = time.monotonic()
        pads.send(NOTE, 36, 1)
        ear.until(lambda n=n: len(ear.signals) > n, pace=0.0005)
        path.append(time.monotonic() - sent)
    heard = len(ear.signals)
    for n in range(60):
        ear.midi.poll()
        threading.Event().wait(FRAME_S * (n % 5) / 5)
        sent = time.monotonic()
        pads.send(NOTE, 37, 1)
        ear.until(lambda n=n: len(ear.signals) > heard + n, pace=FRAME_S)
        stamp.append(ear.signals[-1].at - sent)
    median, worst = statistics.median(path), statistics.quantiles(path, n=20)[-1]
    off = statistics.median(stamp)
    print(f"\nstroke to post {median * 1e3:.2f} ms median, {worst * 1e3:.2f} ms p95;", end=" ")
    print(f"arrival stamped {off * 1e3:.2f} ms after the stroke when polled once a frame")
    assert median < 0.010
    assert -0.002 < off < FRAME_S
