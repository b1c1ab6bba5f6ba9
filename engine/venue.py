"""venue.toml: what changes from hall to hall, kept apart from the show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.door import Door, Mistake
from engine.sight import KEYS, Sight, points, read_sight
from engine.stage.keystone import SQUARE, Corners

_KEYS = {
    "": ("display", "keystone", "camera", "midi", "wifi", "phones", "font"),
    "display": ("number", "fullscreen"),
    "camera": KEYS,
    "midi": ("ports",),
    "wifi": ("name", "password", "hidden"),
    "phones": ("capacity", "per_address", "address", "behind_proxy", "origins", "room"),
}


@dataclass(frozen=True, slots=True)
class Venue:
    """One hall. Every value has a default that works with nothing plugged in."""

    display: int = 0
    fullscreen: bool = False
    corners: Corners = SQUARE
    camera: str = "none"
    sight: Sight = field(default_factory=Sight)
    midi: tuple[str, ...] = ("all",)
    wifi_name: str = ""
    wifi_password: str = ""
    capacity: int = 2000
    per_address: int = 2000
    address: str = ""
    behind_proxy: bool = False
    origins: tuple[str, ...] = ()
    room: str = ""
    font: Path | None = None


def read_venue(path: Path) -> tuple[Venue, list[Mistake]]:
    """The venue in a file; what is wrong is set aside and named, the rest is used."""
    door = Door(path)
    table = door.read()
    door.known(table, "", _KEYS[""])
    parts = {}
    for name in ("display", "camera", "midi", "wifi", "phones"):
        parts[name] = door.table(table, name, "")
        door.known(parts[name], f"[{name}]", _KEYS[name])
    font = door.text(table, "font", "")
    if font and not (path.parent / font).is_file():
        door.wrong("font", f"there is no font file {font!r}; give a path from {path.parent}")
    phones = parts["phones"]
    venue = Venue(
        display=round(door.number(parts["display"], "number", "[display]", default=0, high=15)),
        fullscreen=door.flag(parts["display"], "fullscreen", "[display]"),
        corners=_corners(door, table),
        camera=door.text(parts["camera"], "source", "[camera]", "none") or "none",
        sight=read_sight(door, parts["camera"]),
        midi=door.names(parts["midi"], "ports", "[midi]") or ("all",),
        wifi_name=door.text(parts["wifi"], "name", "[wifi]"),
        wifi_password=door.text(parts["wifi"], "password", "[wifi]"),
        capacity=round(door.number(phones, "capacity", "[phones]", default=2000, low=1, high=100_000)),
        per_address=round(door.number(phones, "per_address", "[phones]", default=2000, low=1)),
        address=door.text(phones, "address", "[phones]"),
        behind_proxy=door.flag(phones, "behind_proxy", "[phones]"),
        origins=door.names(phones, "origins", "[phones]"),
        room=_room(door, phones),
        font=path.parent / font if font else None,
    )
    return venue, door.mistakes


def _room(door: Door, phones: Mapping[str, Any]) -> str:
    """Four letters, "new" for fresh ones every evening, or nothing."""
    room = door.text(phones, "room", "[phones]")
    if room and room != "new" and not re.fullmatch("[A-Za-z]{4}", room):
        door.wrong("[phones]", f'room must be four letters A to Z, or "new"; found {room!r}')
        return ""
    return room


def _corners(door: Door, table: Mapping[str, Any]) -> Corners:
    value = table.get("keystone")
    if value is None:
        return SQUARE
    if isinstance(value, list) and len(value) == 4 and all(points(p, 2) for p in value):
        a, b, c, d = ((float(x), float(y)) for x, y in value)
        return a, b, c, d
    door.wrong("keystone", f"must be four [x, y] corners of 0..1, clockwise from top left; found {value!r}")
    return SQUARE
