"""Timber as solids: arms, blocks and beams of a bracket set, each a list of flat facets, measured in fen."""

import tomllib
from dataclasses import dataclass

import numpy as np

from engine import ink

CAI, WIDE = 15.0, 10.0  # a cai is 15 fen high and 10 wide
UPPER = 6.0  # of an arm's end that stays upright; the 9 below are cut away in facets
KINDS = ("block", "arm", "beam", "head")
AXES = {"u": 0, "w": 1}


@dataclass(frozen=True)
class Part:
    """One stroke of the assembly: the same piece of timber at one or more places.

    name    (characters, pinyin, English)
    solids  one list of facets per place, each facet (n, 3) in fen, seen anticlockwise from outside
    grain   0 along u, 1 along w: which way the fibres run
    elm     whether it is cut from elm, as the blocks are, or from larch
    middle  (u, w, z) of the foot of its first place
    """

    id: str
    order: int
    kind: str
    name: tuple[str, str, str]
    solids: tuple
    grain: int
    elm: bool
    middle: tuple[float, float, float]


def read_bracket(path):
    """([foot, parts in the order they are laid], larch colours, elm colours).

    ValueError names file, part and reason.
    """
    with open(path, "rb") as file:
        data = tomllib.load(file)
    try:
        woods = [[ink.hex_colour(c) for c in data[name]] for name in ("timber", "elm")]
        if any(len(wood) != 3 for wood in woods):
            raise ValueError("timber and elm need three colours each")
        parts = [_part(entry) for entry in data.get("part", [])]
        foot = _foot(data["foot"])
    except KeyError as missing:
        raise ValueError(f"{path}: {missing.args[0]!r} is missing") from None
    except ValueError as wrong:
        raise ValueError(f"{path}: {wrong}") from None
    orders = [part.order for part in parts]
    if not parts or sorted(orders) != list(range(1, len(parts) + 1)):
        raise ValueError(f"{path}: part orders must be 1, 2, 3 ... without gaps, found {orders}")
    return [foot, *sorted(parts, key=lambda part: part.order)], *woods


def _foot(entry):
    """What stands before the first block is laid: a column, the architrave let into it, the plate on both."""
    plate, tie = (tuple(float(v) for v in entry[name]) for name in ("plate", "architrave"))
    r, deep = float(entry["column"]), float(entry["deep"])
    a = np.linspace(0, 2 * np.pi, 25)
    shaft = [
        np.array(
            [
                (r * np.cos(p), r * np.sin(p), z)
                for p, z in ((a[i], -deep), (a[i + 1], -deep), (a[i + 1], -plate[1]), (a[i], -plate[1]))
            ]
        )
        for i in range(24)
    ]
    facets = box((-90, -plate[0] / 2, -plate[1]), (90, plate[0] / 2, 0))
    facets += box((-90, -tie[0] / 2, -plate[1] - tie[1]), (90, tie[0] / 2, -plate[1]))
    return Part("foot", 0, "beam", ("柱", "zhù", "column"), ([*facets, *shaft],), 0, False, (0, 0, -deep))


def _part(entry):
    who = f"part {entry.get('id', '?')!r}"
    try:
        kind, name = entry["kind"], tuple(entry["name"])
        if kind not in KINDS:
            raise ValueError(f"kind {kind!r} is not one of {', '.join(KINDS)}")
        if len(name) != 3 or not all(isinstance(w, str) and w for w in name):
            raise ValueError("name needs characters, pinyin and English")
        places = [tuple(float(v) for v in place) for place in entry["at"]]
        if not places or any(len(place) != 3 for place in places):
            raise ValueError("at needs one place [u, w, z] or more")
        shape = _block(entry) if kind == "block" else _long(entry, kind)
        grain = 0 if kind == "block" else AXES[entry["axis"]]
        solids = tuple([facet + np.array(place) for facet in shape] for place in places)
        return Part(entry["id"], int(entry["order"]), kind, name, solids, grain, kind == "block", places[0])
    except KeyError as missing:
        raise ValueError(f"{who}: {missing.args[0]!r} is missing or unknown") from None
    except (TypeError, ValueError) as wrong:
        raise ValueError(f"{who}: {wrong}") from None


def box(low, high):
    """Six facets of an upright box between two corners."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    corners = np.array(
        [
            (x0, y0, z0),
            (x1, y0, z0),
            (x1, y1, z0),
            (x0, y1, z0),
            (x0, y0, z1),
            (x1, y0, z1),
            (x1, y1, z1),
            (x0, y1, z1),
        ],
        float,
    )
    sides = ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
    return [corners[list(side)] for side in sides]


def extruded(profile, axis, width):
    """A profile (n, 2) of (along, z), anticlockwise, given `width` across and centred on it."""
    half = width / 2
    along, up = np.asarray(profile, float).T
    sheets = []
    for side in (-half, half):
        across = np.full(len(along), side)
        sheets.append(np.column_stack([along, across, up] if axis == 0 else [across, along, up]))
    near, far = sheets if axis == 0 else sheets[::-1]  # near faces -w (axis u) or +u (axis w)
    rim = [
        np.array([far[i], far[(i + 1) % len(far)], near[(i + 1) % len(near)], near[i]])
        for i in range(len(near))
    ]
    return [near, far[::-1], *rim]


def _block(entry):
    """Ears around a mouth, a flat zone, and a foot that draws in along a hollow curve."""
    long, wide, high = (float(v) for v in entry["size"])
    ear, flat, slope = (float(v) for v in entry["zones"])
    cut, mouth = float(entry["cut"]), entry["mouth"]
    if abs(ear + flat + slope - high) > 0.01:
        raise ValueError(f"zones {[ear, flat, slope]} do not add up to its height {high:g}")
    if mouth not in ("cross", "u", "w"):
        raise ValueError(f"mouth {mouth!r} is not cross, u or w")
    facets, a, b = [], long / 2, wide / 2
    for x0, x1 in [(-a, -WIDE / 2), (WIDE / 2, a)] if mouth in ("cross", "w") else [(-a, a)]:
        for y0, y1 in [(-b, -WIDE / 2), (WIDE / 2, b)] if mouth in ("cross", "u") else [(-b, b)]:
            facets += box((x0, y0, high - ear), (x1, y1, high))
    facets += box((-a, -b, slope), (a, b, high - ear))
    t = np.linspace(0, 1, 5)
    inset = cut * (1 - t) + 0.125 * cut * 4 * t * (1 - t)  # hollowed by an eighth of the cut
    for k in range(4):
        facets += _ring(
            a - inset[k], b - inset[k], slope * t[k], a - inset[k + 1], b - inset[k + 1], slope * t[k + 1]
        )
    facets.append(
        np.array(
            [(-a + cut, -b + cut, 0), (-a + cut, b - cut, 0), (a - cut, b - cut, 0), (a - cut, -b + cut, 0)]
        )
    )
    return facets


def _ring(a0, b0, z0, a1, b1, z1):
    low = np.array([(-a0, -b0, z0), (a0, -b0, z0), (a0, b0, z0), (-a0, b0, z0)])
    top = np.array([(-a1, -b1, z1), (a1, -b1, z1), (a1, b1, z1), (-a1, b1, z1)])
    return [np.array([low[i], low[(i + 1) % 4], top[(i + 1) % 4], top[i]]) for i in range(4)]


def _long(entry, kind):
    start, end = (float(v) for v in entry["span"])
    if end - start < 2 * WIDE:
        raise ValueError(f"span {[start, end]} is too short")
    return extruded(profile(entry, kind, start, end), AXES[entry["axis"]], WIDE)


def profile(entry, kind, start, end):
    """The side of an arm, beam or head as (along, z), anticlockwise from its lower left."""
    high = float(entry["high"])
    if kind == "beam":
        return [(start, 0), (end, 0), (end, high), (start, high)]
    ends = entry.get("ends", "both") if kind == "arm" else "none"
    if ends not in ("both", "first", "last", "none"):
        raise ValueError(f"ends {ends!r} is not both, first or last")
    count, length = int(entry.get("facets", 0)), float(entry.get("facet", 0))
    if kind == "arm" and (count < 1 or not 0 < count * length < (end - start) / 2):
        raise ValueError("facets and facet do not fit its span")
    left = rounded(start, count, length)[::-1] if ends in ("both", "first") else [(start, CAI), (start, 0)]
    right = (
        [(start + end - x, z) for x, z in rounded(start, count, length)]
        if ends in ("both", "last")
        else [(end, 0), (end, CAI)]
    )
    if kind == "head":
        right = [(end - 19, 0), (end - 2, 6.5), (end, 10), (end - 7, 15), (end - 24, high)]
        left = [(start, high), (start, 0)]
    foot, top = [], []
    middle = 0.0
    if entry.get("notch") == "foot":
        foot = [(middle - 5, 0), (middle - 5, 5), (middle + 5, 5), (middle + 5, 0)]
    elif entry.get("notch") == "top":
        top = [(middle + 5, high), (middle + 5, high - 10), (middle - 5, high - 10), (middle - 5, high)]
    seat = []
    if high > CAI and kind == "arm":  # the filled gap stops short of the blocks on the ends
        seat = [(right[-1][0] - 16, CAI), (right[-1][0] - 18, high), (start + 18, high), (start + 16, CAI)]
    return [*left, *foot, *right, *seat, *(top if not seat else [])]


def rounded(start, count, length):
    """The facets of an arm's end from its foot outward and up: 9 fen cut away, 6 left upright above."""
    cut = CAI - UPPER
    x = [start + length * (count - k) for k in range(count + 1)]
    z = [cut * k / count for k in range(count + 1)]
    # every facet is steeper than the one before it: a polygon inside the quarter of an ellipse
    bend = [(xk, zk * (0.45 + 0.55 * k / count)) for k, (xk, zk) in enumerate(zip(x, z, strict=True))]
    return [*bend, (start, CAI)]


SHAPES = ("cross", "cap", "dovetail", "tenon")


def read_joints(path):
    """[(kind, name, into)] of the joints guests drive home; names are (characters, pinyin, English)."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    found = []
    for n, entry in enumerate(data.get("joint", []), 1):
        kind, names = entry.get("kind"), [entry.get("name", []), entry.get("into", [])]
        if kind not in SHAPES:
            raise ValueError(f"{path}: joint {n}: kind {kind!r} is not one of {', '.join(SHAPES)}")
        if any(len(name) != 3 or not all(isinstance(w, str) and w for w in name) for name in names):
            raise ValueError(f"{path}: joint {n}: name and into need characters, pinyin and English")
        found.append((kind, *(list(name) for name in names)))
    if not found:
        raise ValueError(f"{path}: joint: there is none")
    return found
