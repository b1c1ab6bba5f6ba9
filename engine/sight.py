"""How this hall's camera is read: [camera] of the venue file, in and out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from engine.door import Door

POLYGON = "each is three or more [x, y] of 0..1"
MODES = ("performer", "crowd", "torches")
KEYS = (
    "source", "mirror", "zone", "sensitivity", "mode", "ignore", "locked", "zones", "reference", "pose",
    "pose_size",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """How a camera is read: mirrored or not, where it is looked at and where not, what for, how keenly, and
    whether its exposure is locked. Places are 0..1 of its picture. A crowd's `zones` have names; `reference`
    is a part of the house that never moves. `pose` names a model that finds wrists, if the hall has one.
    """

    mirror: bool = False
    zone: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    ignore: tuple[tuple[tuple[float, float], ...], ...] = ()
    mode: str = "performer"
    sensitivity: float = 1.0
    locked: bool = False
    zones: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()
    reference: tuple[tuple[float, float], ...] = ()
    pose: str = ""
    pose_size: tuple[int, int] = (256, 256)

    def lines(self) -> dict[str, Any]:
        """As [camera] of a venue file says it."""
        zone = [round(edge, 3) for edge in self.zone]
        facts = {"mirror": self.mirror, "zone": zone, "ignore": [_rounded(one) for one in self.ignore]}
        facts |= {"reference": _rounded(self.reference), "mode": self.mode}
        return {**facts, "sensitivity": round(self.sensitivity, 2), "locked": self.locked}


def _rounded(polygon: tuple[tuple[float, float], ...]) -> list[list[float]]:
    return [[round(x, 3), round(y, 3)] for x, y in polygon]


def read_sight(door: Door, camera: Mapping[str, Any]) -> Sight:
    """What [camera] says; what is wrong is named, and as it is by default."""
    return Sight(
        mirror=door.flag(camera, "mirror", "[camera]"),
        zone=_zone(door, camera),
        ignore=_polygons(door, camera, "ignore"),
        mode=_mode(door, camera),
        sensitivity=door.number(camera, "sensitivity", "[camera]", default=1.0, low=0.1, high=10),
        locked=door.flag(camera, "locked", "[camera]"),
        zones=_zones(door, camera),
        reference=(_polygons(door, {"reference": [camera["reference"]]}, "reference") or ((),))[0]
        if camera.get("reference")
        else (),
        pose=_pose(door, camera),
        pose_size=_pose_size(door, camera),
    )


def _pose(door: Door, camera: Mapping[str, Any]) -> str:
    """ "mediapipe", or a path from where the venue file lies."""
    name = door.text(camera, "pose", "[camera]")
    if name in ("", "mediapipe"):
        return name
    path = door.file.parent / name
    if not path.is_file():
        door.wrong("[camera]", f"there is no pose model {name!r}; give a path from {door.file.parent}")
        return ""
    return str(path)


def _pose_size(door: Door, camera: Mapping[str, Any]) -> tuple[int, int]:
    value = camera.get("pose_size", [256, 256])
    if points(value, 2) and all(isinstance(v, int) and 32 <= v <= 1024 for v in value):
        return value[0], value[1]
    door.wrong("[camera]", f"pose_size must be [width, height] of 32..1024, found {value!r}")
    return 256, 256


def _zones(door: Door, camera: Mapping[str, Any]) -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """[[camera.zones]]: a name, and a polygon or a row [top, bottom] across the whole picture."""
    entries = camera.get("zones", [])
    found: list[tuple[str, tuple[tuple[float, float], ...]]] = []
    for order, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        place = f"[[camera.zones]] {order}"
        if not isinstance(entry, dict):
            door.wrong(place, f"must be a table with name and polygon, found {entry!r}")
            continue
        door.known(entry, place, ("name", "polygon", "row"))
        polygon: Any = _row(entry) or entry.get("polygon")
        name = door.text(entry, "name", place, str(order))
        if not _is_polygon(polygon):
            door.wrong(place, f"give a row [top, bottom] or a polygon; {POLYGON}, found {entry!r}")
        elif name in dict(found):
            door.wrong(place, f"there is a zone {name!r} already; give each a name of its own")
        else:
            found.append((name, tuple((float(x), float(y)) for x, y in polygon)))
    return tuple(found)


def _row(zone: Mapping[str, Any]) -> list[list[float]] | None:
    if not points(zone.get("row"), 2):
        return None
    top, bottom = zone["row"]
    return [[0.0, top], [1.0, top], [1.0, bottom], [0.0, bottom]]


def points(value: Any, count: int) -> bool:
    """Whether `value` is a list of `count` numbers."""
    return (
        isinstance(value, list)
        and len(value) == count
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
    )


def _mode(door: Door, camera: Mapping[str, Any]) -> str:
    mode = door.text(camera, "mode", "[camera]", MODES[0])
    return mode if door.choice(mode, MODES, "[camera]", "mode") else MODES[0]


def _polygons(door: Door, camera: Mapping[str, Any], key: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    value = camera.get(key, [])
    if isinstance(value, list) and all(_is_polygon(polygon) for polygon in value):
        return tuple(tuple((float(x), float(y)) for x, y in polygon) for polygon in value)
    door.wrong("[camera]", f"{key} must be a list of polygons; {POLYGON}, found {value!r}")
    return ()


def _is_polygon(value: Any) -> bool:
    corners = value if isinstance(value, list) else []
    return len(corners) >= 3 and all(points(p, 2) and min(p) >= 0 and max(p) <= 1 for p in corners)


def _zone(door: Door, camera: Mapping[str, Any]) -> tuple[float, float, float, float]:
    value = camera.get("zone", [0.0, 0.0, 1.0, 1.0])
    if points(value, 4) and 0 <= value[0] < value[2] <= 1 and 0 <= value[1] < value[3] <= 1:
        return float(value[0]), float(value[1]), float(value[2]), float(value[3])
    door.wrong("[camera]", f"zone must be [left, top, right, bottom] within 0..1, found {value!r}")
    return 0.0, 0.0, 1.0, 1.0


def save_camera(path: Path, sight: Sight) -> None:
    """Write how the camera is read into the venue file's [camera], leaving everything else there as it is.

    Raises OSError where it cannot be written, ValueError where the file there is no TOML.
    """
    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.is_file() else tomlkit.document()
    except TOMLKitError as error:
        raise ValueError(f"{path.name} is no valid TOML: {error}") from error
    camera = document.setdefault("camera", tomlkit.table())
    for key, value in sight.lines().items():
        camera[key] = value
    beside = path.with_suffix(".new")
    beside.write_text(tomlkit.dumps(document), "utf-8")
    os.replace(beside, path)
