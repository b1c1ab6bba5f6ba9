"""Folded rosettes: recipes read from data, cut in one wedge, unfolded n times, kept in one piece."""

import math
import tomllib
from dataclasses import dataclass, replace
from itertools import chain, count, islice

import numpy as np

from engine import raster
from scenes.kit import units

TRANSMIT = np.array([0.135, 0.125, 0.845], np.float32)  # of light through one sheet of red paper, B G R
FOLDS = (4, 5, 6, 8)
FINE = 1.0
"""Pixels a design unit at which scissors work at least; on coarser paper their teeth would run together."""


@dataclass(frozen=True)
class Cut:
    """One cut of a wedge in polar place: r 0..1 from the heart, phi -1..1 from fold to fold, 0 the middle."""

    unit: str
    r: float
    phi: float = 0.0
    size: float = 0.1
    wide: float | None = None
    turn: float = 0.0
    count: int = 0
    span: float = 0.0


@dataclass(frozen=True)
class Rosette:
    """A way to cut a flower: folds, rim, cuts. `outlines` are extra cuts already drawn in the wedge."""

    name: str
    folds: int
    cuts: tuple[Cut, ...]
    lobes: float = 0.05
    teeth: int = 14
    depth: float = 0.035
    outlines: tuple = ()


def read_rosettes(path):
    """The recipes of a TOML file. Raises ValueError naming file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    found = tuple(_rosette(path.name, i, entry) for i, entry in enumerate(data.get("rosette", []), 1))
    if not found:
        raise ValueError(f"{path.name}: no [[rosette]] in it")
    return found


def _rosette(file, number, entry):
    where = f"{file}, rosette {number} ({entry.get('name', 'no name')})"
    folds = entry.get("folds")
    if folds not in FOLDS:
        raise ValueError(f"{where}: folds is {folds!r}, must be one of {FOLDS}")
    cuts = []
    for i, one in enumerate(entry.get("cuts", []), 1):
        unit = one.get("unit")
        if unit not in (*units.CUTS, "saw", "slit"):
            raise ValueError(f"{where}, cut {i}: unknown unit {unit!r}")
        if not 0 < one.get("r", -1) <= 1.2:
            raise ValueError(f"{where}, cut {i}: r is {one.get('r')!r}, must be 0..1.2 of the radius")
        try:
            cuts.append(Cut(**one))
        except TypeError as wrong:
            raise ValueError(f"{where}, cut {i}: {wrong}") from None
    rim = {key: entry[key] for key in ("lobes", "teeth", "depth") if key in entry}
    return Rosette(entry.get("name", ""), folds, tuple(cuts), **rim)


def rim(recipe, points=12):
    """The outer edge: a wavy circle with saw-teeth, as one closed outline."""
    count = recipe.teeth * recipe.folds
    angle = np.linspace(0, 2 * math.pi, 2 * count, endpoint=False)
    r = 0.93 + recipe.lobes * np.cos(recipe.folds * angle)
    r = r - recipe.depth * (np.arange(2 * count) % 2)
    return np.c_[r * np.cos(angle), r * np.sin(angle)]


def wedge_cuts(recipe):
    """All cuts of one wedge about angle 0, mirrored where they lie off its middle."""
    half = math.pi / recipe.folds
    found = []
    for cut in recipe.cuts:
        found.extend(_placed(cut, half))
    for shape in recipe.outlines:
        found.extend((shape, shape * [1, -1]))
    return found


def _placed(cut, half):
    if cut.unit == "saw":
        span = half * (cut.span or 0.9)
        return units.teeth(cut.r, cut.size, -span, span, cut.count or 9, cut.wide or 0.62)
    if cut.unit == "slit":
        middle, span = cut.phi * half, half * (cut.span or 0.4)
        one = units.arc(cut.r, cut.size, middle - span, middle + span)
        return [one] if cut.phi == 0 else [one, one * [1, -1]]
    shape = units.outline(cut.unit, cut.wide) * cut.size
    c, s = math.cos(cut.turn), math.sin(cut.turn)
    shape = shape @ np.array([[c, s], [-s, c]]) + [cut.r, 0]
    a = cut.phi * half
    c, s = math.cos(a), math.sin(a)
    shape = shape @ np.array([[c, s], [-s, c]])
    return [shape] if cut.phi == 0 and cut.turn % math.pi == 0 else [shape, shape * [1, -1]]


def stroke(points, shape, folds, value=1.0):
    """A guest's stroke in the wedge as one cut outline in the flower's own place.

    points  (x, y) 0..1 in the box about the wedge: tip at (0.5, 1), rim at y = 0, x = 0 and 1 where the
            folds meet the rim line
    shape   crescent (thick in the middle), saw (a row of teeth), drop (where the stroke began) or cloud
    """
    p = np.clip(np.asarray(points, float).reshape(-1, 2), 0, 1)
    u = np.clip(1 - p[:, 1], 0.08, 1.0)
    v = (p[:, 0] - 0.5) * 2 * math.tan(math.pi / folds)
    path = np.c_[u * 0.95, v * 0.95]
    run = np.hypot(*np.diff(path, axis=0).T).sum() if len(path) > 1 else 0.0
    if shape == "drop" or run < 0.03:
        size = 0.1 + 0.08 * value
        return units.drop(0.55) * size + path.mean(axis=0)
    body = units.resample(path, 24)
    s = np.linspace(0, 1, 24)
    if shape == "saw":
        count = max(5, int(run / 0.035)) | 1
        body = units.resample(path, 2 * count + 1)
        thick = np.where(np.arange(2 * count + 1) % 2 == 1, 0.075, 0.012) * np.sin(
            math.pi * np.linspace(0.08, 0.92, 2 * count + 1)
        )
        return units.ribbon(body, thick)
    if shape == "cloud":
        curl = units.cloud(0.13) * [1, 1] * max(0.1, min(0.34, run))
        return curl + path.mean(axis=0)
    return units.ribbon(body, 0.012 + min(0.085, 0.03 + run * 0.11) * np.sin(math.pi * s) ** 0.8)


@dataclass(frozen=True)
class Flower:
    """A rosette ready for the window.

    sheet   for blend "multiply": white where there is no paper, what red paper lets through elsewhere
    solid   (h, w) 0..255 coverage of the paper
    scraps  ((x, y), share) of the pieces that fell out, in pixels from the middle
    kept    share of the disc that is still paper
    """

    recipe: Rosette
    sheet: object
    solid: np.ndarray
    scraps: tuple
    kept: float


def bench(canvas):
    """What is cut on for `canvas`: itself, or on a small stage something finer, where teeth stay apart."""
    return canvas if canvas.scale >= FINE else type(canvas)((8, 8), scale=FINE)


def shrink(solid, canvas):
    """A field over paper cut on the bench for `canvas`, at the resolution of the canvas."""
    share = canvas.scale / bench(canvas).scale
    h, w = solid.shape[:2]
    return solid if share == 1 else raster.resize(solid, (round(w * share), round(h * share)))


def cut_flower(recipe, radius, canvas):
    """Cut `recipe` at `radius` design units for `canvas`; islands fall (one sheet stays one piece)."""
    fine, fallen = cut_sheet(recipe, radius, bench(canvas))
    solid, share = shrink(fine, canvas), canvas.scale / bench(canvas).scale
    scraps = tuple(((x * share, y * share), size) for (x, y), size in fallen)
    disc = math.pi * (0.93 * radius * canvas.scale) ** 2
    kept = float(solid.sum() / 255.0 / max(1.0, disc))
    return Flower(recipe, transmit(solid, canvas), solid, scraps, kept)


def cut_sheet(recipe, radius, on):
    """The paper of a flower cut on `on`, the bench, 0..255, and what fell out of it; see one_piece()."""
    half = math.ceil(radius * 1.06 * on.scale) + 2
    sheet = on.sheet(2 * half / on.scale, 2 * half / on.scale)
    turns = [-math.pi / 2 + 2 * math.pi * k / recipe.folds for k in range(recipe.folds)]
    _scissors(sheet, recipe, radius, half / on.scale, turns)
    return one_piece(sheet.px[..., 0].copy())


def cut_corner(recipe, radius, canvas):
    """A corner flower for the upper left corner: one wedge of a fourfold recipe, in one piece."""
    sheet = bench(canvas).sheet(1.3 * radius, 1.3 * radius)
    _scissors(sheet, recipe, radius, 0.0, [math.pi / 4])
    return shrink(one_piece(sheet.px[..., 0].copy())[0], canvas)


def _scissors(sheet, recipe, radius, middle, turns):
    """Cut the rim white on black about (middle, middle), then every wedge's cuts at its `turns`."""

    def place(shape, turn):
        c, s = math.cos(turn), math.sin(turn)
        return shape @ (np.array([[c, s], [-s, c]]) * radius) + middle

    sheet.polygon(place(rim(recipe), turns[0]), (255, 255, 255))
    for shape in wedge_cuts(recipe):
        for turn in turns:
            sheet.polygon(place(shape, turn), (0, 0, 0))


def one_piece(solid):
    """Keep the largest piece of a cut sheet; give back the paper and where the fallen pieces lay."""
    count, labels = raster.islands(solid > 96)
    if count <= 1:
        return solid, ()
    share = np.bincount(labels.ravel(), minlength=count + 1)
    share[0] = 0
    keep = int(share.argmax())
    middle = np.array(solid.shape[::-1]) / 2
    fallen = []
    for k in np.flatnonzero(share):
        if k != keep and share[k] > 3:
            y, x = np.nonzero(labels == k)
            fallen.append(((x.mean() - middle[0], y.mean() - middle[1]), float(share[k]) / solid.size))
    near = raster.blur((labels == keep).astype(np.float32), 0.8) > 0.02
    solid = np.where(near & ((labels == keep) | (labels == 0)), solid, 0).astype(np.uint8)
    return solid, tuple(fallen)


def transmit(solid, canvas, through=TRANSMIT):
    """The multiply sheet of cut paper: its colour, its thin edge, and the soft shadow it throws behind."""
    cover, k = solid.astype(np.float32) / 255, canvas.scale
    soft = raster.blur(cover, 1.5 * k)
    shadow = np.roll(soft, (max(1, round(3.2 * k)), max(1, round(2.4 * k))), (0, 1)) * 0.22
    lit = cover - np.roll(cover, (-1, -1), (0, 1))
    body = cover * (1.0 + 0.10 * lit - 0.22 * np.maximum(cover - soft, 0))
    light = (1 - cover) * (1 - shadow)
    out = type(canvas)(solid.shape[::-1], scale=k, clear=True)
    for channel in range(3):
        out.px[..., channel] = np.clip((light + body * through[channel]) * 255, 0, 255)
    out.px[..., 3] = 255
    return out


def with_strokes(recipe, shapes):
    """The recipe with a guest's further cuts."""
    return replace(recipe, outlines=recipe.outlines + tuple(shapes))


BORDERS = (
    (
        Cut("cloud", 0.80, phi=0.52, size=0.17, turn=0.6),
        Cut("drop", 0.85, size=0.16, wide=0.55),
        Cut("seed", 0.84, phi=0.98, size=0.15, wide=0.42),
    ),
    (
        Cut("heart", 0.82, phi=0.98, size=0.17),
        Cut("crescent", 0.885, size=0.22, wide=0.22),
        Cut("willow", 0.83, phi=0.52, size=0.15, wide=0.3),
        Cut("seed", 0.78, size=0.10, wide=0.45),
    ),
    (
        Cut("comb", 0.84, size=0.24, wide=0.36),
        Cut("drop", 0.83, phi=0.97, size=0.19, wide=0.5),
        Cut("flame", 0.84, phi=0.56, size=0.17, wide=0.34),
    ),
    (
        Cut("plum", 0.82, size=0.17),
        Cut("crescent", 0.80, phi=0.98, size=0.20, wide=0.26),
        Cut("flame", 0.83, phi=0.58, size=0.19, wide=0.32),
        Cut("round", 0.91, phi=0.98, size=0.05),
    ),
)
HEARTS = (
    (Cut("drop", 0.37, size=0.14, wide=0.5), Cut("crescent", 0.36, phi=0.98, size=0.13, wide=0.3)),
    (Cut("crescent", 0.36, size=0.16, wide=0.28), Cut("seed", 0.36, phi=0.98, size=0.13, wide=0.4)),
    (Cut("willow", 0.38, size=0.17, wide=0.32), Cut("round", 0.35, phi=0.98, size=0.06)),
)
"""What the house has cut round the rim and about the heart of a guest's sheet; see plain()."""


def plain(folds, kind=0):
    """What a guest starts from: rim, border and heart of one `kind`; between them the scissors are free."""
    cuts = (
        Cut("saw", 0.235, size=0.05, count=max(3, 28 // folds), span=0.86),
        Cut("seed", 0.14, size=0.09, wide=0.42),
        Cut("round", 0.001, size=0.055),
        *HEARTS[kind % len(HEARTS)],
        *BORDERS[kind % len(BORDERS)],
    )
    return Rosette("", folds, cuts, teeth=112 // folds)


def crossings(recipes, rng):
    """New recipes without end: the outer rings of one, the inner rings of another of the same folds.

    Every recipe gives its outer rings once a round, each round to another neighbour, by a free hand.
    """
    others = [[b for b in recipes if b is not a and b.folds == a.folds] or [a] for a in recipes]
    for turn in count():
        for k in rng.permutation(len(recipes)):
            yield _crossed(recipes[k], others[k][turn % len(others[k])], rng)


def _crossed(outer, inner, rng):
    free = 1 + rng.uniform(-0.07, 0.05, 2)
    cuts = [replace(c, size=c.size * free[0]) for c in outer.cuts if c.r >= 0.5]
    cuts += [replace(c, size=c.size * free[1]) for c in inner.cuts if c.r < 0.5]
    lobes = outer.lobes * rng.uniform(0.7, 1.15)
    teeth, depth = outer.teeth + int(rng.integers(-2, 4)), outer.depth * rng.uniform(0.85, 1.25)
    return Rosette(outer.name, outer.folds, tuple(cuts), lobes, teeth, depth)


def stock(recipes, many, radius, canvas, rng):
    """`many` flowers, the recipes first and then crossings of them, none of which falls apart."""
    flowers = []
    for recipe in islice(chain(recipes, crossings(recipes, rng)), 20 * many):
        flower = cut_flower(recipe, radius, canvas)
        if sum(share for _, share in flower.scraps) < 0.012:
            flowers.append(flower)
        if len(flowers) == many:
            break
    if not flowers:
        raise ValueError(
            "every one of the rosettes falls apart when it is cut; leave more paper between cuts"
        )
    return flowers
