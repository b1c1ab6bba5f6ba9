"""What phones, consoles and gateway say to each other: bytes in, checked messages out. No I/O.

Every message is a msgspec type with its ranges, so that what reaches the room is well-formed or nothing.
docs/protocol.md explains them; docs/protocol.schema.json is generated from the types below.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

SIZE = 4096  # bytes of one message from outside
POINTS = 64  # of one stroke
VERSION = 1

# `$` alone would let a line end through.
_Verb = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,15}$(?!\n)")]
_Unit = Annotated[float, Meta(ge=0.0, le=1.0)]
_Count = Annotated[int, Meta(ge=0, le=2**53)]
_Name = Annotated[str, Meta(max_length=64)]
_Clock = Annotated[float, Meta(ge=-1e15, le=1e15)]
_Stroke = Annotated[tuple[tuple[_Unit, _Unit], ...], Meta(max_length=POINTS)]
_Block = Annotated[int, Meta(ge=0, le=8)]


class _FromOutside(Struct, tag_field="t", frozen=True, gc=False):
    """Base of what phones and consoles send."""


class Hello(_FromOutside, frozen=True, tag="hello"):
    """First message of a phone; `resume`, `epoch` and `s` when it was here before."""

    v: Annotated[int, Meta(ge=0, le=1000)]
    lang: Literal["zh", "en"] = "zh"
    resume: Annotated[str, Meta(max_length=128)] | None = None
    epoch: _Name | None = None
    s: _Count = 0
    room: Annotated[str, Meta(max_length=8)] = ""


class Seat(_FromOutside, frozen=True, tag="seat"):
    """Where the guest sits: 0..8 row by row, 0 front left."""

    block: _Block


class Act(_FromOutside, frozen=True, tag="act"):
    """A guest did something; `n` is the phone's own count of acts."""

    verb: _Verb
    n: _Count = 0
    x: _Unit = 0.5
    y: _Unit = 0.5
    v: _Unit = 1.0
    p: _Stroke = ()
    o: _Name = ""
    w: Annotated[str, Meta(max_length=140)] = ""


class Ack(_FromOutside, frozen=True, tag="ack"):
    """Everything up to `s` is applied; with `c`, the phone's clock in ms, also a ping."""

    s: _Count
    c: _Clock | None = None


class Bye(_FromOutside, frozen=True, tag="bye"):
    """Forget me now."""


class Pin(_FromOutside, frozen=True, tag="pin"):
    """First message of a console."""

    pin: Annotated[str, Meta(max_length=64)]


class Do(_FromOutside, frozen=True, tag="do"):
    """An order of the operator; `value` is the cue number of standby and jump, or the name of the mode."""

    order: Literal[
        "go",
        "back",
        "hold",
        "blackout",
        "panic",
        "freeze",
        "curtain",
        "phones",
        "autoplay",
        "standby",
        "jump",
        "mode",
    ]
    value: Annotated[str, Meta(max_length=16)] | None = None


class Knob(_FromOutside, frozen=True, tag="knob"):
    """Turn a knob, 0..1."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_.]{0,47}$(?!\n)")]
    raw: _Unit


class Master(_FromOutside, frozen=True, tag="master"):
    """The grand master, 0..1."""

    raw: _Unit


class Preview(_FromOutside, frozen=True, tag="preview"):
    """Send pictures or stop."""

    on: bool


_Polygon = Annotated[tuple[tuple[_Unit, _Unit], ...], Meta(min_length=3, max_length=24)]


class Camera(_FromOutside, frozen=True, tag="camera", omit_defaults=True):
    """Aim the eye: how it reads its camera; `learn` the room at rest, `look` at the mosaic, `save`."""

    mirror: bool | None = None
    zone: tuple[_Unit, _Unit, _Unit, _Unit] | None = None
    ignore: Annotated[tuple[_Polygon, ...], Meta(max_length=8)] | None = None
    reference: Annotated[tuple[tuple[_Unit, _Unit], ...], Meta(max_length=24)] | None = None
    mode: Literal["performer", "crowd", "torches"] | None = None
    sensitivity: Annotated[float, Meta(ge=0.1, le=10.0)] | None = None
    locked: bool | None = None
    learn: bool = False
    look: bool | None = None
    save: bool = False


class Verdict(_FromOutside, frozen=True, tag="wish"):
    """A held wish may go on stage, or not."""

    id: _Count
    ok: bool


class Words(_FromOutside, frozen=True, tag="words"):
    """Take words from guests at all, or not."""

    on: bool


class Ping(_FromOutside, frozen=True, tag="ping"):
    """A console's clock in ms."""

    c: _Clock


FromPhone = Hello | Seat | Act | Ack | Bye
FromConsole = Pin | Do | Knob | Master | Act | Preview | Camera | Verdict | Words | Ping


class _FromGateway(Struct, tag_field="t", frozen=True, omit_defaults=True):
    """Base of what the gateway sends; what has its default value is left out."""


class Welcome(_FromGateway, frozen=True, tag="welcome"):
    """Answer to hello: who you are and how things stand."""

    id: int
    token: str
    block: int | None
    queue: int
    epoch: str
    now: float
    s: int
    snap: dict[str, Any] | msgspec.Raw
    since: int | None = None


class Delta(_FromGateway, frozen=True, tag="d"):
    """What changed, for every phone the same: keys of the house, keys of its companion; null is gone."""

    s: int
    g: float
    k: dict[str, Any] = {}
    c: dict[str, Any] = {}


class Beat(_FromGateway, frozen=True, tag="beat"):
    """Nothing changed; `age` seconds since the stage was heard."""

    s: int
    g: float
    age: float
    time: float


class Epoch(_FromGateway, frozen=True, tag="epoch"):
    """The stage started anew: replace everything."""

    epoch: str
    s: int
    g: float
    snap: dict[str, Any]


class Pong(_FromGateway, frozen=True, tag="pong"):
    """The gateway's clock in ms, for the clock given."""

    c: float
    g: float


class You(_FromGateway, frozen=True, tag="you"):
    """Something about this phone alone; only what changed."""

    queue: int | None = None
    block: int | None = None
    token: str | None = None


class No(_FromGateway, frozen=True, tag="no"):
    """An act was not taken."""

    n: int
    why: Literal["rate", "closed", "form", "full", "room"]


class ConsoleWelcome(_FromGateway, frozen=True, tag="welcome"):
    """The PIN was right."""

    desk: dict[str, Any]
    house: dict[str, Any]
    hall: dict[str, Any]
    now: float


class ConsoleNo(_FromGateway, frozen=True, tag="no"):
    """A PIN or an order was not taken; come back in `wait` seconds."""

    why: Literal["pin", "locked", "form", "stage"]
    wait: float = 0.0


class ConsoleDelta(_FromGateway, frozen=True, tag="d"):
    """Changed keys of desk, house and hall; null is gone."""

    g: float
    desk: dict[str, Any] = {}
    house: dict[str, Any] = {}
    hall: dict[str, Any] = {}


ToPhone = Welcome | Delta | Beat | Epoch | Pong | You | No


class Mosaic(_FromGateway, frozen=True, tag="mosaic"):
    """What the eye makes of its camera while it is aimed, in cells so large that nobody is known by them."""

    aim: dict[str, Any]


ToConsole = ConsoleWelcome | ConsoleNo | ConsoleDelta | Mosaic | Pong

_phone = msgspec.json.Decoder(FromPhone)
_console = msgspec.json.Decoder(FromConsole)
_encoder = msgspec.json.Encoder()


def read_phone(data: bytes | str) -> FromPhone | None:
    """The message of a phone; None for anything that is not one. Never raises."""
    return _read(_phone, data)


def read_console(data: bytes | str) -> FromConsole | None:
    """The message of a console; None for anything that is not one. Never raises."""
    return _read(_console, data)


def encode(message: ToPhone | ToConsole | Camera) -> bytes:
    """The message as UTF-8 JSON. TypeError if a snapshot holds something that is not plain JSON."""
    return _encoder.encode(message)


def _read(decoder: msgspec.json.Decoder[Any], data: bytes | str) -> Any:
    if len(data) > SIZE:
        return None
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
