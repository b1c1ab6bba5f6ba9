"""A leather figure as a plain file: parts, outlines, joints, dyes, openwork; checked at the door."""

import math
import tomllib
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from scenes.kit import openwork
from scenes.kit.path import read_path

_PART_WORDS = {
    "name",
    "parent",
    "joint",
    "dye",
    "outline",
    "edge",
    "wheel",
    "swing",
    "marks",
    "like",
    "shift",
    "pare",
}
_MARK_WORDS = {
    "kind",
    "dye",
    "path",
    "width",
    "motif",
    "at",
    "along",
    "within",
    "size",
    "step",
    "lattice",
} | {
    "turn",
    "taper",
    "mirror",
}
KINDS = ("patch", "cut", "line", "ink")


@dataclass(frozen=True)
class Swing:
    """A part that hangs free: w0 in 1/s, damping ratio, how hard the root's acceleration drives it (1/du).

    hang 1 = hangs plumb whatever its parent does, 0 = keeps its angle to the parent, as feather and flag do.
    """

    w0: float
    zeta: float
    drive: float
    hang: float


@dataclass(frozen=True)
class Mark:
    """Work on a part: a patch of dyed leather, a cut (light comes through), a black line or black ink."""

    kind: str
    outlines: tuple[np.ndarray, ...]
    dye: str = ""
    width: float = 2.0
    closed: bool = True


@dataclass(frozen=True)
class Part:
    """One piece of leather, drawn where it lies in the assembled figure; `joint` ties it to `parent`.

    wheel  radius of the spoked joint; pared  (x, y, radius) where the hide is scraped thin
    """

    name: str
    parent: str
    joint: tuple[float, float]
    dye: str
    outline: np.ndarray
    marks: tuple[Mark, ...]
    edge: float
    wheel: float
    swing: Swing | None
    pared: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True)
class Rod:
    """A rod tied to a part at `at`; `foot` is how far beside the figure's root it leaves below."""

    part: str
    at: tuple[float, float]
    foot: float


@dataclass(frozen=True)
class Figure:
    """Parts parents first; sockets are places on parts, by name (collar, hands, mouth)."""

    name: str
    parts: tuple[Part, ...]
    rods: tuple[Rod, ...]
    sockets: dict[str, tuple[str, float, float]]


def read_dyes(path):
    """{name: light let through (3,), 0..1} of a file of dyes."""
    dyes = {}
    for name, text in _load(path).items():
        if not isinstance(text, str) or not _is_colour(text):
            raise ValueError(f"{path.name}: dye {name!r}: {text!r} is no colour; write #RRGGBB")
        dyes[name] = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    return dyes


def read_figure(path, dyes):
    """The Figure of a file; ValueError names file, part and reason."""
    data = _load(path)
    parts = data.get("part", [])
    if not parts:
        raise ValueError(f"{path.name}: a figure needs at least one [[part]]")
    names = [p.get("name", "") for p in parts]
    read, pares = {}, {}
    for entry in parts:
        pares[entry.get("name")] = float(entry.get("pare", pares.get(entry.get("like"), 0)))
        read[entry.get("name", "?")] = _part(path.name, entry, names, dyes, read)
    rods = tuple(_rod(path.name, entry, names) for entry in data.get("rod", []))
    sockets = {}
    for name, (part, x, y) in data.get("socket", {}).items():
        _known(path.name, f"socket {name!r}", part, names, "part")
        sockets[name] = (part, float(x), float(y))
    return Figure(path.stem, _parents_first(path.name, _wheeled(read, pares)), rods, sockets)


def plug(body, head):
    """`body` with the figure `head` in its collar: any head fits any body, so roles swap."""
    part, x, y = body.sockets["collar"]
    root, hx, hy = head.sockets["neck"]
    shift = np.array([x - hx, y - hy])
    moved = tuple(_moved(p, shift, part if p.name == root else p.parent) for p in head.parts)
    sockets = {n: (p, sx + shift[0], sy + shift[1]) for n, (p, sx, sy) in head.sockets.items()}
    rods = tuple(Rod(r.part, (r.at[0] + shift[0], r.at[1] + shift[1]), r.foot) for r in head.rods)
    return Figure(f"{body.name}+{head.name}", body.parts + moved, body.rods + rods, body.sockets | sockets)


def _moved(part, shift, parent):
    marks = tuple(replace(m, outlines=tuple(o + shift for o in m.outlines)) for m in part.marks)
    joint = (part.joint[0] + float(shift[0]), part.joint[1] + float(shift[1]))
    return replace(part, parent=parent, joint=joint, outline=part.outline + shift, marks=marks)


def _load(path):
    with path.open("rb") as file:
        try:
            return tomllib.load(file)
        except tomllib.TOMLDecodeError as wrong:
            raise ValueError(f"{path.name}: {wrong}") from None


def _is_colour(text):
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])


def _known(file, place, word, words, what):
    if word not in words:
        near = get_close_matches(str(word), list(words), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(words))}"
        raise ValueError(f"{file}: {place}: unknown {what} {word!r}; {hint}")


def _part(file, entry, names, dyes, before):
    place = f"part {entry.get('name', '?')!r}"
    for word in entry:
        _known(file, place, word, _PART_WORDS, "word")
    if "like" in entry:
        return _copy(file, place, entry, dyes, before)
    for word in ("name", "joint", "dye", "outline"):
        if word not in entry:
            raise ValueError(f"{file}: {place}: has no {word}")
    if names.count(entry["name"]) > 1:
        raise ValueError(f"{file}: {place}: two parts have this name")
    parent = entry.get("parent", "")
    if parent and parent not in names:
        raise ValueError(f"{file}: {place}: its joint has no parent: there is no part {parent!r}")
    _known(file, place, entry["dye"], dyes, "dye")
    joint = _numbers(file, place, "joint", entry["joint"], 2)
    marks = tuple(
        _mark(file, f"{place}, mark {i + 1}", m, dyes) for i, m in enumerate(entry.get("marks", []))
    )
    swing = Swing(*_numbers(file, place, "swing", entry["swing"], 4)) if "swing" in entry else None
    return Part(
        entry["name"],
        parent,
        joint,
        entry["dye"],
        _outline(file, place, entry["outline"]),
        marks,
        float(entry.get("edge", 3.0)),
        float(entry.get("wheel", 0.0)),
        swing,
    )


def _copy(file, place, entry, dyes, before):
    """A part cut after another one's pattern, moved by `shift`: the far legs of an animal."""
    _known(file, place, entry["like"], before, "part")
    model = before[entry["like"]]
    part = _moved(model, np.array(_numbers(file, place, "shift", entry.get("shift"), 2)), model.parent)
    _known(file, place, entry.get("dye", model.dye), dyes, "dye")
    parent = entry.get("parent", model.parent)
    if parent and parent not in before:
        raise ValueError(f"{file}: {place}: its joint has no parent: there is no part {parent!r}")
    return replace(part, name=entry["name"], parent=parent, dye=entry.get("dye", model.dye))


def _wheeled(parts, pares):
    """Joint wheels are cut through both pieces and both are pared there, or the joint would be a blot."""
    found = dict(parts)
    for part in parts.values():
        own = Mark("cut", tuple(openwork.at_points("wheel", part.joint, part.wheel))) if part.wheel else None
        rim = Mark("line", tuple(openwork.at_points("bead", part.joint, part.wheel))) if part.wheel else None
        through = Mark("cut", tuple(openwork.at_points("bead", part.joint, part.wheel * 0.9)))
        pared = (*part.joint, pares.get(part.name) or max(14.0, 2.3 * part.wheel))
        for name, marks in ((part.name, (own, rim)), (part.parent, (through,))):
            if name and part.parent:
                marks = marks if part.wheel else ()
                old = found[name]
                found[name] = replace(old, marks=(*old.marks, *marks), pared=(*old.pared, pared))
    return list(found.values())


def _mark(file, place, entry, dyes):
    for word in entry:
        _known(file, place, word, _MARK_WORDS, "word")
    _known(file, place, entry.get("kind"), KINDS, "kind")
    kind, width = entry["kind"], float(entry.get("width", 2.0))
    if kind == "patch":
        _known(file, place, entry.get("dye"), dyes, "dye")
    dye = entry.get("dye", "")
    if "path" in entry:
        path = _path(file, place, entry["path"])
        if kind != "line" and not path.closed:
            raise ValueError(f"{file}: {place}: its outline is open; end the path with Z")
        return Mark(kind, (path.points,), dye, width, path.closed)
    return Mark(kind, tuple(_motif(file, place, entry)), dye, width, True)


def _motif(file, place, entry):
    _known(file, place, entry.get("motif"), openwork.MOTIFS, "motif")
    name, size, turn = entry["motif"], float(entry.get("size", 10)), math.radians(entry.get("turn", 0))
    step, mirror = float(entry.get("step", 2.2 * size)), bool(entry.get("mirror", False))
    if size <= 0 or step <= 0:
        raise ValueError(f"{file}: {place}: size and step must be above 0")
    if "at" in entry:
        return openwork.at_points(name, entry["at"], size, turn, mirror)
    if "along" in entry:
        line = _path(file, place, entry["along"]).points
        return openwork.along(name, line, size, step, turn, tuple(entry.get("taper", (1, 1))), mirror)
    if "within" in entry:
        lattice = entry.get("lattice", "brick")
        _known(file, place, lattice, openwork.LATTICES, "lattice")
        return openwork.filling(name, _outline(file, place, entry["within"]), size, step, lattice, turn)
    raise ValueError(f"{file}: {place}: a motif needs at, along or within")


def _path(file, place, text):
    try:
        return read_path(text)
    except ValueError as wrong:
        raise ValueError(f"{file}: {place}: {wrong}") from None


def _outline(file, place, text):
    path = _path(file, place, text)
    if not path.closed:
        raise ValueError(f"{file}: {place}: its outline is open; end the path with Z")
    return path.points


def _numbers(file, place, what, given, count):
    good = isinstance(given, list) and len(given) == count and all(isinstance(v, int | float) for v in given)
    if not good:
        raise ValueError(f"{file}: {place}: {what} must be {count} numbers, found {given!r}")
    return tuple(float(v) for v in given)


def _rod(file, entry, names):
    _known(file, "rod", entry.get("part"), names, "part")
    at = _numbers(file, f"rod of {entry['part']!r}", "at", entry.get("at"), 2)
    return Rod(entry["part"], at, float(entry.get("foot", 0.0)))


def _parents_first(file, parts):
    done, names, left = [], {""}, list(parts)
    while left:
        ready = [p for p in left if p.parent in names]
        if not ready:
            raise ValueError(f"{file}: part {left[0].name!r}: its parents go round in a ring")
        done += ready
        names |= {p.name for p in ready}
        left = [p for p in left if p.name not in names]
    return tuple(done)
