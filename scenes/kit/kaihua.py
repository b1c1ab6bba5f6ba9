"""Anything may bloom: things cut in red paper, blossoms that open out of them, puns in a flower's heart."""

import math
import tomllib
from dataclasses import dataclass

import numpy as np

from engine import overshoot, raster
from scenes.kit import engraving, papercut, units
from scenes.kit.papercut import Cut, Rosette

SIZE = 0.86
"""How large a thing and its blossoms are cut, so that they keep clear of the pane's corner flowers."""
GROW, APART = 0.42, 0.13
"""Seconds one blossom takes to open, and from one to the next."""


@dataclass(frozen=True)
class Thing:
    """Something that can bloom: how phones name it, how it is cut, where its blossoms come."""

    id: str
    label: tuple
    figure: engraving.Figure
    bloom: tuple


def read_things(path):
    """The things of a TOML file by id. Raises ValueError naming file, thing and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    found = {}
    for number, entry in enumerate(data.get("thing", []), 1):
        where = f"{path.name}, thing {number} ({entry.get('id', 'no id')})"
        label = entry.get("label", ())
        if not entry.get("id") or len(label) != 2:
            raise ValueError(f"{where}: needs an id and a label in two languages")
        bloom = tuple(tuple(b) for b in entry.get("bloom", ()))
        if any(len(b) != 3 for b in bloom):
            raise ValueError(f"{where}: a bloom is [x, y, size]")
        table = {"size": data.get("size"), "dyes": data.get("dyes", {}), "part": entry.get("part", [])}
        found[entry["id"]] = Thing(entry["id"], tuple(label), engraving.figure(table, where), bloom)
    return found


@dataclass(frozen=True)
class Cutting:
    """A thing cut in red paper; `sheet` is for blend "multiply"."""

    thing: Thing
    sheet: object
    solid: np.ndarray


def cut_thing(thing, canvas):
    """Cut a thing out of red paper at the canvas's resolution."""
    scale = SIZE * papercut.bench(canvas).scale
    fine = engraving.Engraving(thing.figure, type(canvas)((8, 8), scale=scale)).solid
    solid = papercut.shrink(fine, canvas)
    return Cutting(thing, papercut.transmit(solid, canvas), solid)


def cut_great(recipe, thing, radius, canvas):
    """A folded rosette whose round heart holds a pun, tied to the ring and cut as one sheet."""
    bench = papercut.bench(canvas)
    solid, _ = papercut.cut_sheet(recipe, radius, bench)
    scale = bench.scale * 1.16 * radius / thing.figure.width
    heart = engraving.Engraving(thing.figure, type(canvas)((8, 8), scale=scale), loose=True).solid
    h, w = heart.shape
    y, x = (solid.shape[0] - h) // 2, (solid.shape[1] - w) // 2
    np.maximum(solid[y : y + h, x : x + w], heart, out=solid[y : y + h, x : x + w])
    solid, scraps = papercut.one_piece(engraving.tie(solid, bench.scale))
    solid = papercut.shrink(solid, canvas)
    return papercut.Flower(recipe, papercut.transmit(solid, canvas), solid, scraps, float(solid.mean() / 255))


BLOSSOMS = (
    Rosette("", 5, (Cut("drop", 0.60, size=0.5, wide=0.5), Cut("seed", 0.30, phi=1, size=0.2)), 0.12, 10),
    Rosette("", 6, (Cut("comb", 0.62, size=0.5, wide=0.3), Cut("drop", 0.32, size=0.3, wide=0.5)), 0.10, 9),
    Rosette("", 8, (Cut("willow", 0.58, size=0.5, wide=0.3), Cut("round", 0.001, size=0.2)), 0.06, 7, 0.04),
)


class Blooming:
    """Blossoms that open one after another out of a thing: each in a hole the thing makes for it.

    bare  the window without flowers: what is seen through the hole
    """

    def __init__(self, canvas, bare):
        self.bare = bare
        self.sheets = [papercut.cut_flower(r, 50, canvas).sheet for r in BLOSSOMS]
        self.holes = [_hole(sheet, canvas) for sheet in self.sheets]
        self.thing, self.since, self.open, self.places = None, 0.0, (), ()

    def begin(self, thing, place, now):
        """Let `thing`, its middle at `place`, bloom from `now` on; None clears all blossoms."""
        self.thing, self.since, self.open, self.places = thing, now, (), ()
        if thing:
            middle = np.array([thing.figure.width, thing.figure.height]) / 2
            self.places = [tuple(np.array(place) + SIZE * (np.array(b[:2]) - middle)) for b in thing.bloom]
            self.open = [self._blossom(k, 1.0) for k in range(len(thing.bloom))]

    def opened(self, now):
        """How many blossoms have begun to open."""
        return max(0, min(len(self.open), 1 + math.floor((now - self.since) / APART)))

    def draw(self, canvas, now):
        """Lay the open blossoms onto the canvas."""
        for k in range(self.opened(now)):
            share = (now - self.since - k * APART) / GROW
            hole, sheet = self.open[k] if share >= 1 else self._blossom(k, share)
            canvas.stamp(hole, self.places[k])
            canvas.stamp(sheet, self.places[k], blend="multiply")

    def _blossom(self, k, share):
        """The k-th blossom, turned and grown to `share`: bare paper in a round, and the red to lay on it."""
        kind = k % len(self.sheets)
        h = self.sheets[kind].px.shape[0]
        scale = max(0.03, overshoot(share)) * SIZE * self.thing.bloom[k][2] / 100
        turn = 0.9 * k + 1.4 * (1 - share)
        c, s = scale * math.cos(turn), scale * math.sin(turn)
        side = 2 * math.ceil(h * scale * 0.72) + 2
        matrix = np.array([[c, -s, 0.0], [s, c, 0.0]])
        matrix[:, 2] = (side - 1) / 2 - matrix[:, :2] @ np.full(2, (h - 1) / 2)
        hole = raster.warped(self.holes[kind], matrix, size=(side, side))
        x, y = (round(v * hole.scale - side / 2) for v in self.places[k])
        bare = self.bare.px[max(0, y) : y + side, max(0, x) : x + side, :3]
        behind = hole.px[: bare.shape[0], : bare.shape[1]]
        behind[..., :3] = (bare * (behind[..., 3:] / 255)).astype(np.uint8)
        return hole, raster.warped(self.sheets[kind], matrix, size=(side, side), ground=255)


def _hole(sheet, canvas):
    """The round a blossom needs, a little wider than its rim: only its alpha matters."""
    out = type(canvas)(sheet.px.shape[1::-1], scale=canvas.scale, clear=True)
    middle = sheet.px.shape[0] / 2 / canvas.scale
    edge = units.round_hole(points=40) * 2 * 0.99 * 50 + middle
    out.polygon(edge, (255, 255, 255))
    return out
