"""The troupe's list: which heads sit on which bodies, and which scenery stands where."""

import tomllib
from dataclasses import dataclass

from scenes.kit import hide


@dataclass(frozen=True)
class Stand:
    """A piece of scenery: figure's file, act it stands in, du from the middle and above the base line."""

    figure: str
    act: str
    x: float
    y: float
    size: float


def read_cast(path, read):
    """({role: Figure}, [Stand]) of a file; `read(name)` gives a figure by its name."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    stands = [_stand(path.name, i, entry) for i, entry in enumerate(data.pop("scenery", []))]
    roles = {}
    for role, entry in data.items():
        for word in ("body", "head"):
            if not isinstance(entry, dict) or word not in entry:
                raise ValueError(f"{path.name}: role {role!r}: has no {word}")
        body, head = (read(entry[word]) for word in ("body", "head"))
        for figure, socket in ((body, "collar"), (head, "neck")):
            if socket not in figure.sockets:
                raise ValueError(f"{path.name}: role {role!r}: {figure.name}.toml has no socket {socket!r}")
        roles[role] = hide.plug(body, head)
    return roles, stands


def _stand(file, i, entry):
    try:
        return Stand(
            str(entry["figure"]),
            str(entry["act"]),
            float(entry["x"]),
            float(entry.get("y", 0)),
            float(entry.get("size", 1)),
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{file}: scenery {i + 1}: needs figure, act and x, found {entry!r}") from None
