"""Figures cut with the knife: parts laid from back to front, engraved in white lines, kept in one piece.

The figure is data: parts laid from back to front, each an outline, a dye, fillings and lines. The knife's
lines are light; they are broken by small bridges, so that the sheet stays one piece.
"""

import math
import tomllib
from dataclasses import dataclass

import numpy as np

from engine import ink, raster
from scenes.kit import fills, units
from scenes.kit.papercut import one_piece

LINE = 2.3
BRIDGE = 9.5  # the knife's round ends take half of it


@dataclass(frozen=True)
class Part:
    """One piece of the figure: where it is, which dyes it takes, what is cut out of it."""

    name: str
    outline: np.ndarray
    dye: tuple
    to: tuple
    run: float
    cuts: tuple
    lines: tuple
    whole: bool = False
    soft: float = 0.0  # units over which its dye fades in from its edge, as rouge does


@dataclass(frozen=True)
class Figure:
    """A figure as read: its size in design units and its parts from back to front."""

    width: float
    height: float
    dyes: dict
    parts: tuple


def read_figure(path):
    """The figure in a TOML file. Raises ValueError naming file, part and reason."""
    with open(path, "rb") as file:
        return figure(tomllib.load(file), path.name)


def figure(data, place):
    """A figure from a table with `size`, `dyes` and `part`; `place` names it in errors."""
    try:
        dyes = {name: ink.hex_colour(text) for name, text in data["dyes"].items()}
        width, height = data["size"]
    except (KeyError, ValueError, TypeError) as wrong:
        raise ValueError(f"{place}: [dyes] or size: {wrong}") from None
    parts = []
    for number, entry in enumerate(data.get("part", []), 1):
        where = f"{place}, part {number} ({entry.get('name', 'no name')})"
        try:
            parts.extend(_parts(entry, dyes))
        except (KeyError, ValueError, TypeError, IndexError) as wrong:
            raise ValueError(f"{where}: {wrong!s}") from None
    if not parts:
        raise ValueError(f"{place}: no [[part]] in it")
    return Figure(width, height, dyes, tuple(parts))


def _parts(entry, dyes):
    for name in (entry.get("dye", ""), entry.get("to", entry.get("dye", ""))):
        if name not in dyes:
            raise ValueError(f"unknown dye {name!r}; known: {', '.join(dyes)}")
    shape = _shape(entry)
    if len(shape) < 3:
        raise ValueError("an outline needs three points")
    cuts = tuple(_cuts(entry, shape))
    lines = tuple(
        units.ribbon(p, entry.get("line", LINE) * _taper(len(p)))
        for p in (units.spline(line, closed=False, steps=6) for line in entry.get("lines", []))
    )
    made = Part(
        entry.get("name", ""),
        shape,
        dyes[entry["dye"]],
        dyes[entry.get("to", entry["dye"])],
        entry.get("run", math.pi / 2),
        cuts,
        lines,
        entry.get("whole", False),
        float(entry.get("soft", 0.0)),
    )
    copies = entry.get("copies")
    return [_moved(made, *copy, dyes=dyes) for copy in copies] if copies else [made]


def _shape(entry):
    if "ribbon" in entry:
        path = units.spline(entry["ribbon"], closed=False, steps=10)
        wide = np.interp(np.linspace(0, 1, len(path)), np.linspace(0, 1, len(entry["width"])), entry["width"])
        return units.ribbon(path, wide)
    if "disc" in entry:
        x, y, r = entry["disc"]
        return units.round_hole(points=max(14, int(r * 1.6))) * 2 * r + [x, y]
    if len(entry["outline"]) < 3:
        raise ValueError("an outline needs three points")
    return units.spline(entry["outline"], steps=7)


def _cuts(entry, shape):
    box = (*shape.min(axis=0), *shape.max(axis=0))
    for fill in entry.get("fills", []):
        if fill.get("kind") not in fills.PATTERNS:
            raise ValueError(f"unknown filling {fill.get('kind')!r}; known: {', '.join(fills.PATTERNS)}")
        area = tuple(fill["box"]) if "box" in fill else box
        reached = fills.filling(fill["kind"], area, fill["size"], fill.get("turn", 0.0))
        inside = fill.get("inset", 5.0)
        yield ("fill", inside, fill.get("box"), tuple(reached))
    for one in entry.get("hems", []):
        band = fills.hem(shape, one["inset"], one.get("unit", "round"), one["size"], one["step"])
        yield ("fill", 1.5, None, (band,))
        if "line" in one:
            yield ("line", one["line"], None, fills.dashes(fills.inner(shape, one["line"]), 40, BRIDGE))
    placed = [_unit(*cut) for cut in entry.get("cuts", [])]
    if "ribbon" in entry and "along" in entry:
        placed.extend(_along(entry))
    if placed:
        yield ("fill", 1.0, None, tuple(shape[None] for shape in placed))


def _unit(name, x, y, size, turn=0.0, wide=None):
    return fills.turned(units.outline(name, wide) * size, turn) + [x, y]


def _along(entry):
    """Pairs of slits up a feather or down a ribbon."""
    path = units.spline(entry["ribbon"], closed=False, steps=10)
    unit, step, size, lean = entry["along"]
    run = float(np.hypot(*np.diff(path, axis=0).T).sum())
    at = units.resample(path, max(3, round(run / step)))
    ahead = np.gradient(at, axis=0)
    angle = np.arctan2(ahead[:, 1], ahead[:, 0])
    for k in range(1, len(at) - 2):
        if unit == "barb":
            wide = np.interp(k / len(at), np.linspace(0, 1, len(entry["width"])), entry["width"])
            for side in (1, -1):
                slit = fills.turned(units.willow(0.22, 6) * size, side * lean) + [0, side * wide * 0.25]
                yield fills.turned(slit, angle[k]) + at[k]
        else:
            yield fills.turned(units.outline(unit) * size, angle[k] + lean) + at[k]


def _taper(count):
    return 0.25 + 0.75 * np.sin(math.pi * np.linspace(0.06, 0.94, count)) ** 0.6


def _moved(part, x, y, scale=1.0, turn=0.0, dye=None, to=None, dyes=None):
    def place(shape):
        return fills.turned(np.asarray(shape) * scale, turn) + np.array([x, y], float)

    for name in (dye, to):
        if name is not None and name not in dyes:
            raise ValueError(f"unknown dye {name!r} in copies")
    cuts = tuple(
        (kind, inset * scale, box, [place(s) for s in shapes]) for kind, inset, box, shapes in part.cuts
    )
    return Part(
        part.name,
        place(part.outline),
        dyes[dye] if dye else part.dye,
        dyes[to] if to else (dyes[dye] if dye else part.to),
        part.run + turn,
        cuts,
        tuple(place(line) for line in part.lines),
        part.whole,
        part.soft * scale,
    )


def tie(solid, k, rounds=6):
    """Leave bridges of paper, at `k` pixels a unit, to every larger piece that the knife would have freed."""
    for _ in range(rounds):
        count, labels = raster.islands(solid > 96)
        share = np.bincount(labels.ravel(), minlength=count + 1)
        share[0] = 0
        loose = [n for n in np.argsort(-share)[1:40] if share[n] >= (4 * k) ** 2]
        if not loose:
            break
        far = raster.distance(labels != share.argmax())
        at = np.flatnonzero(np.isin(labels, loose))
        order = at[np.lexsort((far.flat[at], labels.flat[at]))]
        _, first = np.unique(labels.flat[order], return_index=True)
        for place in order[first]:
            _bridge(solid, *divmod(int(place), labels.shape[1]), far.flat[place] + 1.2, max(4.0, 8 * k))
    return solid


def _bridge(solid, y, x, reach, most):
    """A dot of paper across a gap that is not too wide."""
    if reach > most:
        return
    a, b = max(0, int(y - reach)), int(y + reach) + 2
    c, d = max(0, int(x - reach)), int(x + reach) + 2
    area = solid[a:b, c:d]
    yy, xx = np.mgrid[a : a + area.shape[0], c : c + area.shape[1]]
    area[(yy - y) ** 2 + (xx - x) ** 2 <= reach**2] = 255


class Engraving:
    """A figure cut at one canvas's resolution.

    solid  (h, w) 0..255, the paper that is left, in one piece unless `loose` (to be tied into something else)
    cell   (h, w) the number of the part each pixel belongs to, from 1; 0 is none
    dyes   (h, w, 3) the R G B each pixel would be dyed
    """

    def __init__(self, figure, canvas, *, loose=False):
        self.figure, self.k = figure, canvas.scale
        size = (round(figure.width * self.k), round(figure.height * self.k))
        self.solid, self.cell, self.dyes = self._engrave(type(canvas), size)
        if not loose:
            self.solid, self.fallen = one_piece(tie(self.solid, self.k))
            self._own_bridges()

    def _engrave(self, make, size):
        """Lay the parts from back to front; gives paper 0..255, part numbers and dye colours."""
        w, h = size
        paper, cell = np.zeros((h, w), np.uint8), np.zeros((h, w), np.int16)
        rgb = np.zeros((h, w, 3), np.float32)
        for number, part in enumerate(self.figure.parts, 1):
            low = np.floor(part.outline.min(axis=0) - 4)
            high = np.ceil(part.outline.max(axis=0) + 4)
            x0, y0 = (max(0, round(v * self.k)) for v in low)
            x1, y1 = min(w, round(high[0] * self.k)), min(h, round(high[1] * self.k))
            if x1 - x0 < 2 or y1 - y0 < 2:
                continue
            away = np.array([x0, y0]) / self.k
            sheet = make((x1 - x0, y1 - y0), scale=self.k)
            cover = self._cover(sheet, part, away)
            area = paper[y0:y1, x0:x1]
            if not part.whole:
                sheet.fill((255, 255, 255))
                sheet.lines(fills.dashes(part.outline - away, 62, BRIDGE), (0, 0, 0), 2 * LINE)
                np.minimum(area, sheet.px[..., 0], out=area)
            mine = cover > 127
            knife = self._knife(sheet, part, away, cover)
            full = cover.astype(np.uint16)
            area[:] = (area * (255 - full) // 255 + full * knife // 255).astype(np.uint8)
            share = np.where(cell[y0:y1, x0:x1] > 0, self._share(part, cover), mine)[..., None]
            dye = self._gradient(part, low, high, (x0, y0, x1, y1))
            rgb[y0:y1, x0:x1] += (dye - rgb[y0:y1, x0:x1]) * share
            cell[y0:y1, x0:x1][mine] = number
        return paper, cell, rgb

    def _own_bridges(self, rounds=12):
        """What was tied over a cut belongs to the cell beside it, and takes its dye."""
        h, w = self.cell.shape
        for _ in range(rounds):
            ys, xs = np.nonzero((self.solid > 0) & (self.cell == 0))
            if not len(ys):
                break
            for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                y, x = np.clip(ys + dy, 0, h - 1), np.clip(xs + dx, 0, w - 1)
                some = self.cell[y, x] > 0
                self.cell[ys[some], xs[some]] = self.cell[y[some], x[some]]
                self.dyes[ys[some], xs[some]] = self.dyes[y[some], x[some]]

    def _share(self, part, cover):
        """How much of the part's dye each pixel takes over what lies under it, 0..1."""
        if not part.soft:
            return cover.astype(np.float32) / 255
        share = np.minimum(1, raster.distance(cover > 127) / np.float32(part.soft * self.k))
        return share * share * (3 - 2 * share)

    def _cover(self, sheet, part, away):
        sheet.fill((0, 0, 0))
        sheet.polygon(part.outline - away, (255, 255, 255))
        return sheet.px[..., 0].copy()

    def _knife(self, sheet, part, away, cover):
        """255 where paper stays, 0 where the knife went, within this part."""
        deep = np.minimum(raster.distance(cover > 127), 1e4) / self.k
        knife = np.full(cover.shape, 255, np.uint8)
        for kind, inset, box, shapes in part.cuts:
            sheet.fill((0, 0, 0))
            if kind == "line":
                sheet.lines([s - away for s in shapes], (255, 255, 255), LINE * 0.8)
            else:
                for same in shapes:
                    sheet.polygons(same - away, (255, 255, 255))
            cut = sheet.px[..., 0] * np.clip(deep - inset + 0.5, 0, 1)
            if box is not None:
                outside = np.ones(cover.shape, bool)
                a, b = (
                    ((np.array(box[:2]) - away) * self.k).astype(int),
                    ((np.array(box[2:]) - away) * self.k).astype(int),
                )
                outside[max(0, a[1]) : max(0, b[1]), max(0, a[0]) : max(0, b[0])] = False
                cut[outside] = 0
            knife = np.minimum(knife, 255 - cut.astype(np.uint8))
        sheet.fill((255, 255, 255))
        for line in part.lines:
            sheet.polygon(line - away, (0, 0, 0))
        return np.minimum(knife, sheet.px[..., 0])

    def _gradient(self, part, low, high, area):
        x0, y0, x1, y1 = area
        if part.dye == part.to:
            return np.broadcast_to(np.array(part.dye, np.float32), (y1 - y0, x1 - x0, 3))
        middle = (low + high) / 2 * self.k
        reach = 0.5 * float(np.abs((high - low) * [math.cos(part.run), math.sin(part.run)]).sum()) * self.k
        x = (np.arange(x0, x1, dtype=np.float32) - middle[0]) * (0.62 * math.cos(part.run) / max(1.0, reach))
        y = (np.arange(y0, y1, dtype=np.float32) - middle[1]) * (0.62 * math.sin(part.run) / max(1.0, reach))
        share = np.clip(0.5 + x[None, :] + y[:, None], 0, 1)[..., None]
        share = share * share * (3 - 2 * share)
        return np.array(part.dye, np.float32) * (1 - share) + np.array(part.to, np.float32) * share
