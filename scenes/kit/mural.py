"""A wall painted before the eyes: ink along the breath, colour that stops at the line, then raised gold."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster
from scenes.kit.easel import NEVER, Easel, body
from scenes.kit.gilding import Gilding

INK = np.array((0x22, 0x25, 0x2A), np.float32)  # BGR
CHALK = np.array((0x48, 0x52, 0x86), np.float32)  # the underdrawing, in red earth
GAP = 13.0  # units of line lost where the breath broke
LAG = 26.0  # units by which the pupils follow the master
MODEL = 17.0  # units from a line over which a colour lightens
AT_ONCE = 10  # floods that may run together


def length(stroke):
    """Units of line."""
    return float(np.linalg.norm(np.diff(stroke.points, axis=0), axis=1).sum())


@dataclass(frozen=True)
class Breath:
    """One long line of the master: when it begins and ends on the clock of units drawn, and where it runs."""

    begin: float
    end: float
    middle: np.ndarray

    def at(self, clock):
        """(x, y) of the brush."""
        u = np.clip((clock - self.begin) / (self.end - self.begin), 0, 1) * (len(self.middle) - 1)
        k = np.arange(len(self.middle))
        return float(np.interp(u, k, self.middle[:, 0])), float(np.interp(u, k, self.middle[:, 1]))


def plan(pieces, seen):
    """(breaths, spans): the long lines one after another; the pupils draw the rest of each group beside them.

    seen   how much ink of every stroke is seen, in the order of pieces and strokes
    spans  (n, 2): begin and end of every stroke, in the same order
    """
    groups, last, number = {}, 1, 0
    for piece in pieces:
        last = piece.breath or last
        for stroke in piece.strokes:
            groups.setdefault(last, []).append((number, stroke))
            number += 1
    breaths, spans, clock = [], np.zeros((number, 2)), 0.0
    for group in sorted(groups):
        hero, line = max(groups[group], key=lambda entry: seen[entry[0]])
        long = length(line)
        breaths.append(Breath(clock, clock + long, body(line)[0]))
        for i, (k, stroke) in enumerate(groups[group]):
            begin = clock + LAG + (long - LAG) * 0.8 * i / len(groups[group])
            spans[k] = begin, min(clock + long, begin + length(stroke))
        spans[hero] = clock, clock + long
        clock += long
    return breaths, spans


class Mural:
    """wall  the picture as it stands; nothing is painted twice, so a frame costs what changed in it."""

    def __init__(self, canvas, pieces, paints, plaster, shift=(0.0, 0.0)):
        self.paints, self.plaster, self.scale, self.shift = paints, plaster, canvas.scale, np.asarray(shift)
        size = canvas.surface.get_size()
        easel, number = Easel(size, canvas.scale, shift), 0
        for piece in pieces:  # every stroke has a clock of its own: its number, and a fraction
            easel.lay(piece, [(number + k, number + k + 0.998) for k in range(len(piece.strokes))])
            number += len(piece.strokes)
        self._prepare(easel)
        self._order(easel, pieces, number)
        self.cells = [c for c in easel.cells if c.piece.paint and self._room(c)]
        self.gold = Gilding(easel, plaster.wear, plaster.grit)
        self.wall = Canvas(size)
        self.flat = self.wall.px.reshape(-1, 4)
        self.wash()

    def _prepare(self, easel):
        """What of a cell takes colour, and how every place is modelled."""
        cover = easel.cover.astype(np.float32) / 255
        wear, grit = self.plaster.wear, self.plaster.grit
        bare = self.plaster.rgb[..., ::-1]
        ghost = raster.blur(cover, 0.9 * self.scale) * 0.20
        bare = bare + (CHALK - bare) * ghost[..., None]
        self.bare = np.clip(bare, 0, 255).astype(np.uint8).reshape(-1, 3)
        self.strong = cover * (0.95 - 0.50 * wear) * (1 - 0.05 * np.clip(grit, 0, 2))
        free = np.clip(1 - 1.5 * raster.blur(cover, 0.9 * self.scale), 0, 1) * (1 - 0.86 * wear)
        self.free = (255 * free * np.clip(0.965 - 0.03 * grit, 0, 1)).astype(np.uint8)
        far = raster.distance(easel.cover < 96) / self.scale
        tone = 0.36 + 0.50 * (1 - np.exp(-far / MODEL)) + 0.045 * grit
        tone += 0.20 * (self.plaster.rgb[..., 0] / 195 - 0.95)
        self.tone = np.clip(255 * tone, 0, 255).astype(np.uint8)

    def _order(self, easel, pieces, strokes):
        """The order in which ink arrives: the strokes' own clocks brought onto that of the brush."""
        inked = np.flatnonzero((easel.cover > 8) & (easel.when < NEVER))
        own = easel.when.ravel()[inked]
        stroke = np.minimum(own.astype(int), strokes - 1)
        seen = np.bincount(stroke, minlength=strokes)
        self.breaths, spans = plan(pieces, seen)
        begin, end = spans[stroke].T
        when = begin + (end - begin) * (own - stroke)
        order = np.argsort(when)
        self.inked, self.when = inked[order], when[order]
        self.strong = self.strong.ravel()[self.inked][:, None]

    def _room(self, cell):
        """Whether there is anything in a cell for colour to run into."""
        return bool((np.minimum(self.free[cell.rows, cell.columns], cell.mask) > 60).sum() > 12)

    # the wall

    def wash(self):
        """Bare again, with the underdrawing."""
        self.flat[:, :3] = self.bare
        self.clock, self.done = 0.0, 0
        self.filled = [""] * len(self.cells)
        self.floods, self.waiting = [], []

    @property
    def end(self):
        """Units of the whole drawing."""
        return self.breaths[-1].end

    @property
    def drawn(self):
        """0..1."""
        return min(1.0, self.clock / self.end)

    def brush(self):
        """(x, y) of the master's brush on the picture."""
        breath = next((b for b in self.breaths if self.clock < b.end), self.breaths[-1])
        x, y = breath.at(self.clock)
        return x + self.shift[0], y + self.shift[1]

    def pull(self, units):
        """The line goes on for so many units."""
        self.clock = min(self.end + 1, self.clock + units)
        until = int(np.searchsorted(self.when, self.clock, side="right"))
        at = self.inked[self.done : until]
        if len(at):
            old = self.flat[at, :3].astype(np.float32)
            self.flat[at, :3] = old + (INK - old) * self.strong[self.done : until]
        self.done = until

    def wet(self, units):
        """(places, share of ink) of what was drawn within the last `units`, newest last."""
        since = int(np.searchsorted(self.when, self.clock - units))
        part = slice(min(since, self.done), self.done)
        fresh = np.clip(1 - (self.clock - self.when[part]) / units, 0, 1)[:, None]
        return self.inked[part], self.strong[part] * fresh

    def break_off(self):
        """The breath broke: a piece of every line under way stays undrawn."""
        self.clock = min(self.end, self.clock + GAP)
        self.done = int(np.searchsorted(self.when, self.clock, side="right"))

    # colour

    def cell_at(self, x, y):
        """Index of the cell at a place in design units, or -1."""
        column, row = int(x * self.scale), int(y * self.scale)
        for k in range(len(self.cells) - 1, -1, -1):
            c = self.cells[k]
            inside = c.rows.start <= row < c.rows.stop and c.columns.start <= column < c.columns.stop
            if inside and c.mask[row - c.rows.start, column - c.columns.start] > 127:
                return k
        return -1

    def fill(self, k, paint, place=None):
        """Let a colour run into cell k from `place` (design units), or from its middle."""
        if paint != self.filled[k] and len(self.waiting) < 64:
            self.filled[k] = paint
            self.waiting.append((k, paint, place))

    def run(self, share):
        """Every flood goes on by this share of its cell; at most one begins in a frame."""
        if self.waiting and len(self.floods) < AT_ONCE:
            self.floods.append([*self._flood(*self.waiting.pop(0)), 0.0])
        for flood in self.floods:
            at, colours, before = flood
            flood[2] = now = min(1.0, before + share)
            # the front runs at an even speed, so the area it takes grows with the square
            part = slice(round(len(at) * before**1.5), round(len(at) * now**1.5))
            self.flat[at[part], :3] = colours[part]
        self.floods = [f for f in self.floods if f[2] < 1.0]

    def _flood(self, k, paint, place):
        """(places, colours) of a cell's pixels, nearest to the seed first."""
        c = self.cells[k]
        box, wide = (c.rows, c.columns), c.mask.shape[1]
        alpha = np.minimum(self.free[box], c.mask).ravel()
        inside = np.flatnonzero(alpha > 6).astype(np.int32)
        y, x = (place[1], place[0]) if place else self.middle(k)
        rows = inside // wide
        down = (rows + (c.rows.start - y * self.scale)).astype(np.float32)
        across = (inside - rows * wide + (c.columns.start - x * self.scale)).astype(np.float32)
        far = np.sqrt(down * down + across * across)
        far += 1.6 * self.plaster.grit[box].ravel()[inside]  # the front is not drawn with a compass
        steps = np.clip(far * (60000 / max(1.0, float(far.max()))), 0, 65000).astype(np.uint16)
        order = np.argsort(steps, kind="stable")  # of 16 bits this is a radix sort
        inside = inside[order]
        rows = rows[order]
        at = (rows + c.rows.start) * self.wall.px.shape[1] + (inside - rows * wide + c.columns.start)
        share = alpha[inside].astype(np.int16)[:, None]
        under = self.bare[at].astype(np.int16)
        over = self.paints[paint].ramp[self.tone[box].ravel()[inside]]
        return at, (under + ((over - under) * (share >> 1) >> 7)).astype(np.uint8)

    def middle(self, k):
        """(y, x) in design units of the innermost place of a cell."""
        c = self.cells[k]
        deep = raster.distance(np.pad(c.mask[::2, ::2] > 127, 1))
        row, column = np.unravel_index(int(deep.argmax()), deep.shape)
        return (
            (c.rows.start + 2 * (row - 1)) / self.scale,
            (c.columns.start + 2 * (column - 1)) / self.scale,
        )
