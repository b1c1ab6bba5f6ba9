"""粉本, the painter's full-size drawing: shapes, ribbons and fold families in a plain file."""

import tomllib
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise

import numpy as np

from scenes.kit import families
from scenes.kit.path import read_path, smooth_run

KINDS = ("shape", "ribbon", "rosette", "line", "use")
_WORDS = {
    "shape": {"folds", "lines", "hairs", "needles"},
    "ribbon": {"lining", "stripe", "lines"},
    "rosette": {"petals"},
    "line": {"folds", "hairs", "needles"},
    "use": {"at", "size", "turn", "flip", "swap"},
}
_COMMON = {"name", "paint", "width", "breath", "open", "gold", "leaf", "beads"}
_STEPS = 5  # of `use` within `use`


@dataclass(frozen=True)
class Stroke:
    """One pull of the brush: points (n, 2), its even width, how large its nail head is, how thin it ends.

    inside  it stays on its piece, as a fold does
    """

    points: np.ndarray
    width: float
    head: float = 1.7
    tail: float = 0.22
    inside: bool = True


@dataclass(frozen=True)
class Piece:
    """One area of one paint with its lines, as it lies over what was drawn before it.

    outline  closed points (n, 2), or None when the piece is lines alone
    breath   which breath of the master's draws its first line; 0 none, the pupils follow
    open     guests may paint here; never skin, hair or halo
    gold     lines of raised gold; beads  (x, y, r) of raised gold
    """

    name: str
    outline: np.ndarray | None
    paint: str
    strokes: tuple[Stroke, ...]
    gold: tuple[Stroke, ...] = ()
    beads: tuple[tuple[float, float, float], ...] = ()
    breath: int = 0
    open: bool = False


def read_fenben(path, paints, list_name="picture"):
    """The pieces of a drawing, back to front; ValueError names file, entry and reason."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from None
    if not data.get(list_name):
        raise ValueError(f"{path.name}: there is no {list_name} = [...]")
    motifs = data.get("motif", {})
    return _items(path.name, list_name, data[list_name], motifs, set(paints), 0)


def _items(file, place, entries, motifs, paints, depth):
    pieces = []
    for number, entry in enumerate(entries, 1):
        here = f"{place}, entry {number} {entry.get('name', '')!r}"
        try:
            pieces += _item(file, entry, motifs, paints, depth)
        except (TypeError, KeyError) as wrong:
            raise ValueError(f"{file}: {here}: {wrong}") from None
        except ValueError as wrong:
            text = str(wrong)
            raise ValueError(text if text.startswith(file) else f"{file}: {here}: {text}") from None
    return pieces


def _item(file, entry, motifs, paints, depth):
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) != 1:
        raise ValueError(f"needs exactly one of {', '.join(KINDS)}")
    kind = kinds[0]
    for word in entry:
        known(word, _COMMON | _WORDS[kind] | {kind}, "word")
    if kind == "use":
        return _used(file, entry, motifs, paints, depth)
    for word in ("paint", "lining"):
        if entry.get(word):
            known(entry[word], paints, "paint")
    return {"shape": _shape, "ribbon": _ribbon, "rosette": _rosette, "line": _line}[kind](entry)


def known(word, words, what):
    """ValueError with the nearest right word when `word` is none of `words`."""
    if word not in words:
        near = get_close_matches(str(word), sorted(words), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(words))}"
        raise ValueError(f"unknown {what} {word!r}; {hint}")


def _used(file, entry, motifs, paints, depth):
    """A motif set down at a place: turned by degrees, flipped, its paints swapped."""
    name = entry["use"]
    known(name, motifs, "motif")
    if depth >= _STEPS:
        raise ValueError(f"motif {name!r} is used within itself")
    at = families.numbers(entry["at"], 2)
    size, turn = float(entry.get("size", 1)), np.radians(float(entry.get("turn", 0)))
    c, s = np.cos(turn) * size, np.sin(turn) * size
    spin = np.array([[c, s], [-s, c]]) * ([[-1], [1]] if entry.get("flip") else [[1], [1]])
    swap = entry.get("swap", {})
    for paint in swap.values():
        known(paint, paints, "paint")
    pieces = _items(file, f"motif {name!r}", motifs[name], motifs, paints, depth + 1)
    breath, opened = entry.get("breath"), entry.get("open")
    return [_moved(p, spin, at, size, swap, breath, opened) for p in pieces]


def _moved(piece, spin, at, size, swap, breath, opened):
    def moved(strokes):
        return tuple(replace(s, points=s.points @ spin + at, width=s.width * size**0.6) for s in strokes)

    beads = tuple((*(np.array(b[:2]) @ spin + at).tolist(), b[2] * size) for b in piece.beads)
    return replace(
        piece,
        outline=None if piece.outline is None else piece.outline @ spin + at,
        paint=swap.get(piece.paint, piece.paint),
        strokes=moved(piece.strokes),
        gold=moved(piece.gold),
        beads=beads,
        breath=piece.breath if breath is None else int(breath),
        open=piece.open if opened is None else bool(opened),
    )


def bent(piece, way):
    """The piece with all its points (n, 2) moved by `way(points)`."""

    def moved(strokes):
        return tuple(replace(s, points=way(s.points)) for s in strokes)

    return replace(
        piece,
        outline=None if piece.outline is None else way(piece.outline),
        strokes=moved(piece.strokes),
        gold=moved(piece.gold),
        beads=tuple((*way(np.array([b[:2]]))[0].tolist(), b[2]) for b in piece.beads),
    )


def _piece(entry, outline, strokes, part=""):
    leaf, inside = float(entry.get("leaf", 4.4)), outline is not None
    gold = tuple(Stroke(_path(text).points, leaf, 1.0, 0.7, inside) for text in entry.get("gold", []))
    beads = tuple(families.numbers(text, 3) for text in entry.get("beads", []))
    return Piece(
        entry.get("name", "") + part,
        outline,
        entry.get("paint", ""),
        tuple(strokes),
        gold,
        tuple(map(tuple, beads)),
        int(entry.get("breath", 0)),
        bool(entry.get("open", False)),
    )


def _path(text, closed=False):
    path = read_path(text)
    if closed and not path.closed:
        raise ValueError(f"outline {text[:36]!r} is open; end it with Z")
    return path


def _inner(entry, width):
    """What is drawn on a piece: single lines, families of folds, hair, sprays of needles."""
    strokes = [Stroke(_path(text).points, 0.72 * width) for text in entry.get("lines", [])]
    for family in entry.get("folds", []):
        strokes += [Stroke(p, 0.72 * width) for p in families.folds(family)]
    for family in entry.get("hairs", []):
        strokes += [Stroke(p, 0.4 * width, 1.0, 0.3) for p in families.folds(family)]
    for text in entry.get("needles", []):
        strokes += [Stroke(p, 0.5 * width, 1.0, 0.3) for p in families.needles(text)]
    return strokes


def _shape(entry):
    outline = _path(entry["shape"], closed=True).points
    width = float(entry.get("width", 4.0))
    rim = [Stroke(np.vstack([outline, outline[:1]]), width, 1.5, 0.7, inside=False)] if width else []
    return [_piece(entry, outline, rim + _inner(entry, width or 4.0))]


def _line(entry):
    width = float(entry.get("width", 4.0))
    path = _path(entry["line"])
    rim = [Stroke(path.points, width, inside=False)] if width else []
    loose = [replace(s, inside=False) for s in _inner(entry, width or 4.0)]
    return [_piece(entry, None, rim + loose)]


def _ribbon(entry):
    """Both edges are drawn in one breath; where the width passes zero the ribbon turns over."""
    knots = families.numbers(entry["ribbon"])
    if len(knots) < 6 or len(knots) % 3:
        raise ValueError("ribbon needs x y width for two places or more")
    width = float(entry.get("width", 4.0))
    middle, half = np.split(smooth_run(knots.reshape(-1, 3)), [2], axis=1)
    side = families.normals(middle) * half
    face = half[:, 0] >= 0
    turns = [0, *(np.flatnonzero(np.diff(face)) + 1), len(middle)]
    pieces = []
    for start, end in pairwise(turns):
        span = slice(max(0, start - 1), end)
        outline = np.vstack([middle[span] + side[span], (middle[span] - side[span])[::-1]])
        paint = entry.get("paint", "") if face[start] else entry.get("lining", entry.get("paint", ""))
        stripe = [Stroke(middle[span] + k * side[span], 0.6 * width) for k in families.stripes(entry)]
        marks = [Stroke(_path(text).points, 0.72 * width) for text in entry.get("lines", [])]
        part = replace(_piece(entry, outline, stripe + marks, f" {start}"), paint=paint)
        pieces.append(part if start == 0 else replace(part, gold=(), beads=(), breath=0))
    free = [k for k in (0, -1) if abs(half[k, 0]) > 3]
    across = (np.vstack([middle[k] + side[k], middle[k], middle[k] - side[k]]) for k in free)
    ends = [Stroke(points, width, 1.0, 0.8, inside=False) for points in across]
    edges = [Stroke(middle + k * side, width, inside=False) for k in (1, -1)]
    return [*pieces, Piece("", None, "", (*edges, *ends))]


def _rosette(entry):
    """Petals round a middle, each lapping over the last."""
    width, pieces = float(entry.get("width", 3.0)), []
    place, count = families.numbers(entry["rosette"], 5), int(entry.get("petals", 8))
    for petal, veins in families.petals(place, count):
        rim = Stroke(np.vstack([petal, petal[:1]]), width, 1.2, 0.8, inside=False)
        pieces.append(_piece(entry, petal, [rim, *(Stroke(vein, 0.55 * width) for vein in veins)]))
    return pieces
