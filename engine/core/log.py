"""Signals as lines of text: what an evening's recording is made of.

A log is a header line and then one line per signal, each a JSON object with short keys:

    {"xitai":1,"show":"jin","seed":7,"fps":60,"size":[1920,1080]}
    {"f":312,"a":"midi/note/36","v":0.79,"s":"Pads","n":36}
    {"f":313,"a":"phone/drag/left","l":1,"v":0.4,"c":12}

f frame, a address, l 1 for a level, v value, s source, x, y, n number, c count, p points, t text, vx and vy
velocity, d took. What is as `Signal` has it by default is left out; `at` never enters a log. Lines carry no
end of line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.core.signals import Kind, Signal

VERSION = 1


class LogError(ValueError):
    """A log that cannot be read: where, and what was found there."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a log's first line says: all that must be the same for the same pictures to come.

    show  the show's name, or the path of its folder
    size  of the picture, width and height in pixels
    """

    show: str
    seed: int
    fps: int
    size: tuple[int, int]
    version: int = VERSION


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError("text")
    return found


def _whole(found: Any) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError("a whole number")
    return found


def _frame(found: Any) -> int:
    if _whole(found) < 0:
        raise TypeError("a frame, 0 or above")
    return _whole(found)


def _number(found: Any) -> float:
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise TypeError("a number")
    return float(found)


def _points(found: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(found, list) or not all(isinstance(p, list) and len(p) == 2 for p in found):
        raise TypeError("pairs of numbers")
    return tuple((_number(x), _number(y)) for x, y in found)


def _kind(found: Any) -> Kind:
    if found != 1:
        raise TypeError("1, or nothing for a trigger")
    return Kind.LEVEL


def _size(found: Any) -> tuple[int, int]:
    if not isinstance(found, list) or len(found) != 2 or not all(_whole(n) > 0 for n in found):
        raise TypeError("[width, height]")
    return found[0], found[1]


# Key in a line, field of Signal, how it is written, how it is checked and read.
FACTS: dict[str, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "a": ("address", str, _text),
    "l": ("kind", lambda kind: int(kind is Kind.LEVEL), _kind),
    "v": ("value", float, _number),
    "s": ("source", str, _text),
    "x": ("x", float, _number),
    "y": ("y", float, _number),
    "n": ("number", int, _whole),
    "c": ("count", int, _whole),
    "p": ("points", lambda points: [[float(x), float(y)] for x, y in points], _points),
    "t": ("text", str, _text),
    "vx": ("vx", float, _number),
    "vy": ("vy", float, _number),
    "d": ("took", float, _number),
}
HEADER: dict[str, Callable[[Any], Any]] = {"show": _text, "seed": _whole, "fps": _whole, "size": _size}
_PLAIN = Signal("")


def header_line(header: Header) -> str:
    """The first line of a log."""
    facts = {key: getattr(header, key) for key in HEADER}
    return _dumps({"xitai": header.version, **facts})


def signal_line(index: int, signal: Signal) -> str:
    """One line: `signal`, as the show met it in frame `index`."""
    line: dict[str, Any] = {"f": int(index), "a": str(signal.address)}
    for key, (field, write, _) in FACTS.items():
        value = getattr(signal, field)
        if value != getattr(_PLAIN, field):
            line[key] = write(value)
    return _dumps(line)


def read_header(line: str, number: int = 1) -> Header:
    """The header in `line`; LogError names line `number` and what was found."""
    facts = _loads(line, number)
    if "xitai" not in facts:
        raise LogError(f'line {number}: a log begins with {{"xitai": ...}}, found {line[:60]!r}')
    version = _read(facts, "xitai", _whole, number)
    if version > VERSION:
        raise LogError(f"line {number}: log version {version} is newer than {VERSION}, the newest known here")
    read = {key: _read(facts, key, check, number) for key, check in HEADER.items()}
    if read["fps"] < 1:
        raise LogError(f"line {number}: 'fps' is to be 1 or above, found {read['fps']}")
    return Header(**read, version=version)


def read_signal(line: str, number: int = 0) -> tuple[int, Signal]:
    """Frame index and signal in `line`; LogError names line `number` and what was found."""
    facts = _loads(line, number)
    index = _read(facts, "f", _frame, number)
    unknown = sorted(facts.keys() - FACTS.keys() - {"f"})
    if unknown:
        raise LogError(f"line {number}: unknown key {unknown[0]!r}; known are f, {', '.join(FACTS)}")
    # Only the address must be there.
    keys = [key for key in FACTS if key == "a" or key in facts]
    return index, Signal(**{FACTS[key][0]: _read(facts, key, FACTS[key][2], number) for key in keys})


def _dumps(facts: dict[str, Any]) -> str:
    # Plain ASCII: no guest's text, whatever is in it, can then break a line or fail to be written.
    return json.dumps(facts, separators=(",", ":"))


def _loads(line: str, number: int) -> dict[str, Any]:
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LogError(f"line {number}: not a line of a log, found {line[:60]!r}") from error
    if not isinstance(facts, dict):
        raise LogError(f"line {number}: not a line of a log, found {line[:60]!r}")
    return facts


def _read(facts: dict[str, Any], key: str, check: Callable[[Any], Any], number: int) -> Any:
    if key not in facts:
        raise LogError(f"line {number}: {key!r} is missing")
    try:
        return check(facts[key])
    except (TypeError, OverflowError) as error:
        found = repr(facts[key])[:60]
        raise LogError(f"line {number}: {key!r} is to be {error}, found {found}") from error
