"""A painted face as a plain file: which regions, in what order and colour, what hat goes with it."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

import numpy as np

from engine import ink
from scenes.kit.path import read_path

STEPS = ("white", "socket", "brow", "nose", "mouth", "cheek", "motif", "edge")
"""The painter's order: what is laid before what, one pad each from note 36."""
KINDS = {"fill": 3, "line": 2}  # how many points each needs at least
HATS = ("gauze", "helmet")
WINGS = ("square", "round", "pointed")
BEARDS = ("full", "parted", "none")
GROUND = "ground"  # the colour the house votes for
_FACE = {"name", "role", "virtue", "ground", "fixed", "hat", "wings", "beard", "hair", "pigments", "region"}
_REGION = {"step", "name", "colour", "kind", "path", "of", "stroke", "width", "soft", "mirror"}


@dataclass(frozen=True)
class Region:
    """One patch of paint on the right half of the face, in face units (see operahead).

    outlines  closed for a fill; for a line the way of the brush, `width` broad at its middle
    stroke    the way the brush goes over it, (n, 2)
    soft      face units its edge is rubbed out, as rouge is
    of        the name of the fill this line runs round, keeping clear of its neighbours; else ""
    mirror    False for what stands on one half only
    """

    step: str
    name: str
    colour: str
    kind: str
    points: np.ndarray
    stroke: np.ndarray
    width: float
    mirror: bool
    of: str = ""
    soft: float = 0.0


@dataclass(frozen=True)
class Face:
    """A design: its kind (谱式) and the role it belongs to, both (zh, en); pigments by name as RGB.

    fixed  keeps its own ground whatever the house votes: a whole face in red would be Lord Guan's
    """

    key: str
    name: tuple[str, str]
    role: tuple[str, str]
    virtue: str
    ground: tuple[int, int, int]
    hat: str
    wings: str
    beard: str
    hair: tuple[int, int, int]
    pigments: dict
    regions: tuple[Region, ...]
    fixed: bool = False

    def tone(self, voted):
        """The ground it takes when the house votes for this colour, or for none (None)."""
        return self.ground if self.fixed or voted is None else voted

    def step(self, name):
        """The regions of one step, in order."""
        return [r for r in self.regions if r.step == name]


def read_face(path):
    """The Face in a TOML file; ValueError names file, region and reason."""
    with open(path, "rb") as file:
        try:
            data = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path.name}: {error}") from None
    for word in data:
        _known(path.name, word, _FACE, "word")
    entries = data.get("region", [])
    if not entries:
        raise ValueError(f"{path.name}: a face needs at least one [[region]]")
    pigments = {n: _colour(f"{path.name}: pigment {n!r}", c) for n, c in data.get("pigments", {}).items()}
    regions = ()
    for n, entry in enumerate(entries, 1):
        regions += (_region(f"{path.name}: region {n}", entry, pigments, regions),)
    order = [STEPS.index(r.step) for r in regions]
    if order != sorted(order):
        n = next(i for i, (a, b) in enumerate(pairwise(order), 2) if b < a)
        late = regions[n - 1]
        raise ValueError(
            f"{path.name}: region {n} {late.name!r}: step {late.step!r} comes too late in the order"
        )
    return Face(
        path.stem,
        _pair(path.name, data, "name"),
        _pair(path.name, data, "role"),
        str(data.get("virtue", "")),
        _colour(f"{path.name}: ground", data.get("ground", "")),
        _one(path.name, data, "hat", HATS),
        _one(path.name, data, "wings", WINGS),
        _one(path.name, data, "beard", BEARDS),
        _colour(f"{path.name}: hair", data.get("hair", "#16110F")),
        pigments,
        regions,
        data.get("fixed") is True,
    )


def read_faces(read, names, troubles):
    """The Faces of these names by a scene's `read`; one without a file is left out, named in `troubles`."""
    faces = []
    for name in names:
        try:
            faces.append(read(f"face/{name}.toml", read_face))
        except FileNotFoundError as error:
            troubles.append(str(error))
    return faces or [read("face/sankuaiwa.toml", read_face)]


def read_cast(path):
    """(designs by key in playing order, virtues {id: (words, colour)}) of a file that lists them.

    words is (zh, en), colour (r, g, b): what the house votes for. ValueError names file and entry.
    """
    with open(path, "rb") as file:
        try:
            data = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path.name}: {error}") from None
    faces = data.get("faces", [])
    if not faces or not all(isinstance(f, str) for f in faces):
        raise ValueError(f"{path.name}: faces: needs a list of at least one design")
    virtues = {}
    for name, entry in data.get("virtue", {}).items():
        place = f"{path.name}: virtue {name!r}"
        virtues[name] = (_pair(place, entry, "words"), _colour(place, entry.get("colour", "")))
    if len(virtues) < 2:
        raise ValueError(f"{path.name}: virtue: a vote needs at least two")
    return tuple(faces), virtues


def _known(place, word, words, what):
    if word not in words:
        near = get_close_matches(str(word), list(words), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(words))}"
        raise ValueError(f"{place}: unknown {what} {word!r}; {hint}")


def _one(place, data, key, words):
    word = data.get(key, words[0])
    _known(f"{place}: {key}", word, words, key)
    return word


def _pair(place, data, key):
    words = data.get(key, ())
    if len(words) != 2 or not all(isinstance(w, str) and w for w in words):
        raise ValueError(f"{place}: {key}: needs words in Chinese and English, found {words!r}")
    return tuple(words)


def _colour(place, text):
    try:
        return ink.hex_colour(str(text))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _region(place, entry, pigments, before):
    for word in entry:
        _known(place, word, _REGION, "word")
    place = f"{place} {entry.get('name', '')!r}"
    for word in ("step", "name", "colour", "of" if "of" in entry else "path"):
        if word not in entry:
            raise ValueError(f"{place}: has no {word}")
    _known(place, entry["step"], STEPS, "step")
    _known(place, entry["colour"], {*pigments, GROUND}, "pigment")
    if "of" in entry:
        return _rim(place, entry, {r.name: r for r in before if r.kind == "fill"})
    kind = entry.get("kind", "fill")
    _known(place, kind, KINDS, "kind")
    points, closed = _points(place, entry["path"])
    if kind == "fill" and not closed:
        raise ValueError(f"{place}: its outline is open; end the path with Z")
    if len(points) < KINDS[kind]:
        raise ValueError(f"{place}: {len(points)} points are too few")
    stroke = _points(place, entry["stroke"])[0] if "stroke" in entry else _long_way(points, kind)
    mirror = bool(entry.get("mirror", True))
    return Region(
        entry["step"],
        str(entry["name"]),
        entry["colour"],
        kind,
        points,
        stroke,
        _width(place, entry),
        mirror,
        soft=float(entry.get("soft", 0.0)),
    )


def _rim(place, entry, fills):
    """A line round a fill that was written before it."""
    _known(place, entry["of"], fills, "fill before it")
    fill = fills[entry["of"]]
    return Region(
        entry["step"], entry["name"], entry["colour"], "line", fill.points, fill.points, _width(place, entry),
        fill.mirror, fill.name,
    )  # fmt: skip


def _width(place, entry):
    width = float(entry.get("width", 3.0))
    if not 0 < width <= 60:
        raise ValueError(f"{place}: width {width}; more than 0, at most 60")
    return width


def _points(place, text):
    try:
        path = read_path(str(text))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None
    if not (
        np.abs(path.points[:, 0]).max() <= 175
        and -60 <= path.points[:, 1].min() <= path.points[:, 1].max() <= 480
    ):
        raise ValueError(f"{place}: leaves the head (x within 175 of the middle, y from -60 to 480)")
    return path.points, path.closed


def _long_way(points, kind):
    """The way a brush takes over a shape: along a line itself, else along the longest axis from above."""
    if kind == "line":
        return points
    middle = points.mean(0)
    _, _, axes = np.linalg.svd(points - middle, full_matrices=False)
    along = (points - middle) @ axes[0]
    ends = [middle + axes[0] * along.min(), middle + axes[0] * along.max()]
    return np.array(sorted(ends, key=lambda p: p[1]))
