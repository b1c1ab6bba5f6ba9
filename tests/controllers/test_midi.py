"""MIDI messages as signals: what each becomes, and what a name of a port is."""

import threading

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

import controllers.midi
from controllers.midi import Midi, signal_of
from controllers.midiports import System, label_of, ports
from engine.core.signals import Kind, Signal


def heard(*data: int) -> Signal | None:
    return signal_of(mido.Message.from_bytes(data), "Pads", at=7.0)


@pytest.mark.parametrize(
    ("data", "address", "value", "kind", "number"),
    [
        ((0x90, 36, 127), "midi/note/36", 1.0, Kind.TRIGGER, 36),
        ((0x99, 49, 1), "midi/note/49", 1 / 127, Kind.TRIGGER, 49),
        ((0x80, 36, 64), "midi/release/36", 64 / 127, Kind.TRIGGER, 36),
        ((0x90, 36, 0), "midi/release/36", 0.0, Kind.TRIGGER, 36),
        ((0xB0, 1, 127), "midi/cc/1", 1.0, Kind.LEVEL, 1),
        ((0xBF, 23, 0), "midi/cc/23", 0.0, Kind.LEVEL, 23),
        ((0xC0, 5), "midi/program/5", 1.0, Kind.TRIGGER, 5),
        ((0xE0, 0, 0), "midi/bend", 0.0, Kind.LEVEL, 0),
        ((0xE0, 0, 64), "midi/bend", 0.5, Kind.LEVEL, 0),
        ((0xE0, 127, 127), "midi/bend", 1.0, Kind.LEVEL, 0),
    ],
)
def test_what_a_message_becomes(data, address, value, kind, number):
    signal = heard(*data)
    assert signal == Signal(address, pytest.approx(value), kind, "Pads", number=number)
    assert signal.at == 7.0


@pytest.mark.parametrize("data", [(0xF8,), (0xFE,), (0xF0, 1, 2, 0xF7), (0xA0, 36, 9), (0xD0, 9)])
def test_what_the_stage_has_no_use_for(data):
    assert heard(*data) is None


@given(st.integers(0x80, 0xEF), st.integers(0, 127), st.integers(0, 127))
def test_every_value_lies_between_0_and_1(status, first, second):
    data = (status, first) if status >> 4 in (0xC, 0xD) else (status, first, second)
    signal = heard(*data)
    assert signal is None or 0.0 <= signal.value <= 1.0


@pytest.mark.parametrize(
    ("api", "before", "after"),
    [
        ("alsa", "nanoPAD2:nanoPAD2 nanoPAD2 _ CTRL 20:0", "nanoPAD2:nanoPAD2 nanoPAD2 _ CTRL 24:0"),
        ("winmm", "nanoPAD2 0", "nanoPAD2 3"),
        ("jack", "a2j:nanoPAD2 [20] (capture): CTRL", "a2j:nanoPAD2 [24] (capture): CTRL"),
        ("coremidi", "nanoPAD2 CTRL", "nanoPAD2 CTRL"),
    ],
)
def test_a_port_keeps_its_label_when_it_is_plugged_in_again(api, before, after):
    assert label_of(before, api) == label_of(after, api)
    assert "nanoPAD2" in label_of(before, api)


def test_a_channel_number_in_a_name_stays():
    assert label_of("Pads 2", "alsa") == "Pads 2"
    assert label_of("Pads:out", "jack") == "Pads:out"


def test_an_unknown_system_is_named():
    with pytest.raises(ValueError, match=r"'asio'.*auto, alsa, jack"):
        Midi(api="asio")
    with pytest.raises(ValueError, match="'asio'"):
        ports("asio")


def test_none_is_off_and_says_so():
    midi = Midi(("none",))
    midi.start(lambda signal: pytest.fail("nothing is connected"))
    midi.poll()
    assert [(line.ok, line.detail) for line in midi.health()] == [(True, "switched off")]
    midi.close()
    midi.close()


def test_a_system_that_refuses_is_one_line_and_asked_ever_less_often(monkeypatch):
    asked = threading.Semaphore(0)

    def refuse(system, name):
        asked.release()
        raise RuntimeError("no such device")

    monkeypatch.setattr(controllers.midi, "find", lambda api: System("alsa"))
    monkeypatch.setattr(controllers.midi, "midi_in", refuse)
    midi = Midi()
    midi.start(lambda signal: None)
    assert asked.acquire(timeout=5)
    assert asked.acquire(timeout=5)
    (line,) = midi.health()
    assert (line.name, line.ok) == ("midi", False)
    assert "does not answer (no such device)" in line.detail
    midi.poll()
    midi.close()
