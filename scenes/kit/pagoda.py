"""The Yingxian pagoda as timber, tile and stone: its measures, and every piece of it as flat facets."""

import tomllib
from dataclasses import dataclass, field

import numpy as np

from engine import ink
from scenes.kit.timber import box

STOREYS = 5
EIGHTH = np.tan(np.pi / 8)  # half a face's length over its distance from the axis
FACES = (-np.pi / 4, np.pi / 4, 0.0)  # seen from the south: the two flanks, then the front
NAMES = ("timber", "column", "door", "tile", "ridge", "stone", "brick", "iron", "plaster")


@dataclass(frozen=True)
class Eave:
    storey: int
    half: float
    body: float
    top: float

    @property
    def edge(self):
        """Height of the middle of the eave's edge."""
        return self.top - 0.47 * (self.half - self.body)


@dataclass(frozen=True)
class Pagoda:
    """Its measures in metres; see assets/wood/pagoda.toml."""

    height: float
    bays: tuple
    lift: float
    eaves: tuple
    base: dict
    spire: dict
    colours: dict
    plaque: str
    plaque_storey: int


def read_pagoda(path):
    """The pagoda of a file; ValueError names file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    try:
        eaves = tuple(_eave(n, entry) for n, entry in enumerate(data["eave"], 1))
        _rising(eaves)
        colours = {}
        for name in NAMES:
            try:
                colours[name] = ink.hex_colour(data["colour"][name])
            except ValueError as wrong:
                raise ValueError(f"colour {name}: {wrong}") from None
        for name in ("brick", "iron"):
            turned = np.array(data["spire"][name], float)
            if turned.ndim != 2 or turned.shape[1] != 2 or (np.diff(turned[:, 1]) < 0).any():
                raise ValueError(f"spire {name}: needs [half width, height] from the foot up")
        bays = tuple(float(b) for b in data["bays"])
        if list(bays) != sorted(bays) or not bays or max(map(abs, bays)) >= 1:
            raise ValueError(f"bays {list(bays)}: shares between -1 and 1, from left to right")
        height = float(data["height"])
        if height <= eaves[-1].top:
            raise ValueError(f"height {height:g} is not above the last eave")
        return Pagoda(
            height, bays, float(data["lift"]), eaves, data["base"], data["spire"], colours,
            str(data.get("plaque", "")), int(data.get("plaque_storey", 3)),
        )  # fmt: skip
    except KeyError as missing:
        raise ValueError(f"{path}: {missing.args[0]!r} is missing") from None
    except (TypeError, ValueError) as wrong:
        raise ValueError(f"{path}: {wrong}") from None


def _eave(n, entry):
    try:
        one = Eave(int(entry["storey"]), *(float(entry[k]) for k in ("half", "body", "top")))
    except KeyError as missing:
        raise ValueError(f"eave {n}: {missing.args[0]!r} is missing") from None
    if not one.half > one.body > 2:
        raise ValueError(f"eave {n}: must stand out beyond its body, found {one.half:g} over {one.body:g}")
    if not 1 <= one.storey <= STOREYS:
        raise ValueError(f"eave {n}: storey {one.storey} is not 1 to {STOREYS}")
    return one


def _rising(eaves):
    if len(eaves) != 6:
        raise ValueError(f"eave: there are {len(eaves)}, the pagoda has six")
    for n in range(1, 6):
        if eaves[n].top <= eaves[n - 1].top or eaves[n].half >= eaves[n - 1].half:
            raise ValueError(f"eave {n + 1}: must be higher and narrower than the one below")


CORNERS = 8  # every facet has eight corners, the last one repeated: so many facets are one array


@dataclass
class Atom:
    """The smallest piece that is laid by itself.

    storey   0 the base, 1 to 5, 6 the spire
    kind     what it is; brackets and rails are laid by guests as well as columns and roofs
    facets   arrays (n, CORNERS, 3) in metres: x east, y south towards the eye, z up
    paint    a name of the file's colours for each array
    open     (to the sky, to the ground) 0..1 for each: what light from above and below reaches it
    solid    for each: whether its facets close around a solid, so that those turned away are not seen
    layered  facets that lie on others are drawn in the order given, not by distance
    """

    storey: int
    kind: str
    layered: bool = False
    facets: list = field(default_factory=list)
    paint: list = field(default_factory=list)
    open: list = field(default_factory=list)
    solid: list = field(default_factory=list)

    def add(self, facets, paint, sky=1.0, ground=1.0, *, solid=False):
        self.facets.append(facets)
        self.paint.append(paint)
        self.open.append((sky, ground))
        self.solid.append(solid)
        return self

    @property
    def nearest(self):
        return float(np.mean([f[..., 1].mean() for f in self.facets]))


def padded(outlines):
    """Outlines of up to CORNERS places as one array."""
    return np.array(
        [np.vstack([o, np.repeat(o[-1:], CORNERS - len(o), axis=0)]) for o in map(np.asarray, outlines)]
    )


def sheets(corners):
    """Four-cornered facets (n, 4, 3) as such an array."""
    corners = np.asarray(corners, float).reshape(-1, 4, 3)
    return np.concatenate([corners, np.repeat(corners[:, 3:], CORNERS - 4, axis=1)], axis=1)


def panels(x0, x1, out, z0, z1):
    """Upright sheets facing out, all arguments numbers or arrays of the same length."""
    x0, x1, out, z0, z1 = (a.ravel() for a in np.broadcast_arrays(x0, x1, out, z0, z1))
    low = np.stack(
        [np.column_stack([x, out, z]) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))], axis=1
    )
    return sheets(low.astype(float))


def boxes(low, high):
    """The boxes between many pairs of corners (n, 3)."""
    low, high = np.broadcast_arrays(np.atleast_2d(low).astype(float), np.atleast_2d(high).astype(float))
    ends = np.stack([low, high], axis=1)
    return ends[:, BOX, np.arange(3)].reshape(-1, CORNERS, 3)


BOX = (padded(box((0, 0, 0), (1, 1, 1)))).astype(int)  # which of the two corners each coordinate comes from


def turned(face, facets):
    """Facets in a face's own (along, out, up) set up on the octagon."""
    c, s = np.cos(face), np.sin(face)
    return facets @ np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def lathe(profile, sides=16, start=0.0):
    """[half width, height] turned about the axis, as facets."""
    profile = np.asarray(profile, float)
    angle = start + np.linspace(0, 2 * np.pi, sides + 1)
    ring = np.stack([np.cos(angle), np.sin(angle)], -1)
    at = np.concatenate(
        [profile[:, None, :1] * ring, np.broadcast_to(profile[:, None, 1:], (len(profile), sides + 1, 1))], -1
    )
    return sheets(np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2).reshape(-1, 4, 3))


def post(x, y, z0, z1, r):
    """A round column of eight sides."""
    return lathe([(r, z0), (r * 0.94, z1)], sides=8) + (x, y, 0)


def bracket_set(scale, *, reach, plain=False):
    """A bracket set at `scale` metres a unit, as (along, out, up) from its foot; plain: one step less."""
    parts = box((-0.30, -0.30, 0.08), (0.30, 0.30, 0.36)) + box((-0.22, -0.22, 0), (0.22, 0.22, 0.09))
    parts += arm(0.62, 0.0, 0.30) + cups(0.55, 0.0, 0.52) + tongue(0.62, 0.30)
    parts += box((-0.15, 0.46, 0.54), (0.15, 0.72, 0.70)) + arm(0.60, 0.58, 0.70) + cups(0.53, 0.58, 0.92)
    parts += arm(0.86, 0.0, 0.68) + cups(0.78, 0.0, 0.90)
    if not plain:
        parts += tongue(1.18, 0.68) + box((-0.15, 1.02, 0.92), (0.15, 1.28, 1.08))
        parts += arm(0.66, 1.14, 1.08) + cups(0.58, 1.14, 1.30)
        parts += box((-0.10, 0, 1.10), (0.10, 1.52, 1.30))
    return padded(parts) * np.array([scale, scale * reach, scale])


def arm(half, out, z):
    """An arm along the wall, its ends cut away below."""
    side = [(-half + 0.16, 0), (half - 0.16, 0), (half - 0.04, 0.08), (half, 0.14), (half, 0.24)]
    side = [*side, (-half, 0.24), (-half, 0.14), (-half + 0.04, 0.08)]
    back = np.array([(x, out - 0.1, z + h) for x, h in side])
    front = np.array([(x, out + 0.1, z + h) for x, h in side])
    under = [
        np.array([front[i], front[(i + 1) % 8], back[(i + 1) % 8], back[i]])[::-1] for i in (0, 1, 2, 6, 7)
    ]
    return [front[::-1], *under]


def tongue(reach, z):
    """An arm that projects, its end cut away below."""
    side = [(0, 0), (reach - 0.22, 0), (reach - 0.06, 0.09), (reach, 0.24), (0, 0.24)]
    left, right = (np.array([(x, y, z + h) for y, h in side]) for x in (-0.1, 0.1))
    rim = [np.array([left[i], left[i + 1], right[i + 1], right[i]])[::-1] for i in (0, 1, 2)]
    return [left[::-1], right, *rim]


def cups(half, out, z):
    """The small blocks at both ends of an arm."""
    found = []
    for x in (-half, half):
        found += box((x - 0.14, out - 0.13, z + 0.06), (x + 0.14, out + 0.13, z + 0.18))
        found += box((x - 0.10, out - 0.10, z), (x + 0.10, out + 0.10, z + 0.07))
    return found
