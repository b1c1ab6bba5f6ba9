"""Grease paint: a region of a face as the pixels a brush lays down, in the order it lays them, lit once and for all.

A later region always lies over an earlier one, so each keeps only what stays visible of it. That makes
painting a matter of writing pixels: any order of strokes, a stroke at a time, costs only what is newly wet.
"""

import numpy as np

from engine import Canvas, raster
from scenes.kit.facedata import GROUND
from scenes.kit.operahead import LEFT, TOP, WARM, to_sheet

SAMPLES = 28  # along a stroke, to find the way of the brush
WOBBLE = 0.9  # face units a hand strays
BRISTLE = 0.085  # how far single hairs run ahead, of the stroke's time
DRY = 0.72  # pressure below which hairs leave the skin bare
OIL = 96.0  # how brightly fresh oil shines
TURNS = 7.0  # of the broad brush on its way down the face
_QUIET = 5  # pixels between two of which the brush's way is worked out


class Paint:
    """What one region puts on one half: pixels sorted by when the brush reaches them.

    at      (n,) flat places in the sheet; colour (n, 3) BGR, lit; cover (n,) 0..256; hair (n,) 0..255
    front   (256,) how many pixels are wet at each 1/255 of the stroke
    way     (k, 2) face units of the brush's tip
    """

    def __init__(self, at, colour, cover, hair, when, way):
        order = np.argsort(when, kind="stable")
        self.at, self.colour = at[order], colour[order]
        self.cover, self.hair = cover[order], hair[order]
        self.front = np.searchsorted(when[order], np.arange(256), side="right")
        self.way = way

    def tip(self, share):
        """Where the brush is at 0..1 of the stroke, in face units."""
        k = min(len(self.way) - 1.001, max(0.0, share * (len(self.way) - 1)))
        a, b = self.way[int(k)], self.way[int(k) + 1]
        return a + (b - a) * (k - int(k))

    def lay(self, sheet, before, after, pressure=1.0):
        """Wet what the brush passes from `before` to `after`, both 0..1, on the flat (h*w, 4) `sheet`."""
        first, last = self._count(before), self._count(after)
        if last <= first:
            return
        part = slice(first, last)
        share = self.cover[part]
        if pressure < DRY:
            bare = self.hair[part] > 255 * (0.35 + 0.65 * pressure / DRY)
            share = np.where(bare, share >> 2, share)
        under = sheet[self.at[part], :3].astype(np.int32)
        under += (self.colour[part] - under) * share[:, None] >> 8
        sheet[self.at[part], :3] = under

    def _count(self, share):
        return 0 if share <= 0 else int(self.front[min(255, round(255 * share))])


class Palette:
    """Bakes a face's regions for a head."""

    def __init__(self, head, rng):
        self.head = head
        self.rng = rng
        self.hairs = raster.blur(rng.standard_normal((1, 512)).astype(np.float32), (1.1, 0.01))[0]
        self.hairs /= self.hairs.std()

    def bake(self, face, grounds):
        """({(step number, side): [Paint]}, {ground name: (left Paint, right Paint)}).

        side is -1 for the half left in the picture, 1 for the right; grounds {name: RGB}.
        """
        above = np.zeros(self.head.face.shape, np.float32)  # how much later regions cover
        self.over = np.zeros((*above.shape, 3), np.float32)  # and their colour there, RGB times cover
        laid = {}
        self.face = face
        self.drawn = {}  # (name, side): the outline as the hand drew it
        for region in face.regions:
            for side in (-1, 1) if not region.of else ():
                self.drawn[region.name, side] = self._stray(region.points) * (side, 1)
        for number in range(len(face.regions) - 1, -1, -1):
            region = face.regions[number]
            for side in (-1, 1) if region.mirror else (1,):
                paint = self._paint(region, side, above, face.pigments.get(region.colour, face.ground))
                if paint is not None:
                    laid.setdefault((region.step, side), []).insert(0, paint)
        halves = [self._ground(above, grounds, side) for side in (-1, 1)]
        return laid, {name: (halves[0][name], halves[1][name]) for name in grounds}

    def _paint(self, region, side, above, colour):
        outline = self.drawn[region.of or region.name, side]
        if region.of:
            outline = outline[np.abs(outline[:, 0]) > 2.5]
        if region.kind == "line":
            outline = ribbon(outline, region.width)
        box = self._box(outline)
        if box is None:
            return None
        cover = self._cover(outline, box) * self.head.face[box]
        if region.of:
            cover = self._clear(region, side, box, cover)
        if region.soft:
            cover = np.clip(raster.blur(cover, region.soft * self.head.grain), 0, 1)
        if region.colour == GROUND:  # bare until the house has chosen
            above[box] *= 1 - cover
            self.over[box] *= (1 - cover)[..., None]
            return None
        way = self._stray(region.stroke) * (side, 1)
        time, across = self._way(way, box)
        depth = raster.distance(cover > 0.5) / self.head.grain
        lit, hair = self._lit(colour, across, time, depth, box)
        paint = self._pixels(cover, above, lit, hair, self._when(time, across), box, way)
        mine = (1 - above[box]) * cover
        above[box] += mine
        self.over[box] += mine[..., None] * np.clip(lit, 0, 255)
        return paint

    def _clear(self, region, side, box, cover):
        """A rim without what of it would run through the fills its own one lies among."""
        own = next(r for r in self.face.regions if r.name == region.of)
        for other in self.face.step(own.step):
            if other.kind == "fill" and other is not own:
                cover = cover * (1 - self._cover(self.drawn[other.name, side], box))
        return cover

    def _stray(self, points):
        """The hand's wobble: slow, about two swings in the length of a brow; none on the middle line.

        What touches the middle line reaches over it, so that the halves meet without a seam.
        """
        n = len(points)
        drift = raster.blur(self.rng.standard_normal((n, 2)).astype(np.float32), (0.01, max(1.0, n / 9)))
        drift *= WOBBLE / max(1e-3, float(drift.std()))
        drift *= np.clip(np.abs(points[:, :1]) / 24, 0, 1)
        return np.where(np.abs(points[:, :1]) < 0.01, [-1.4, 0], 0) + points + drift

    def _box(self, outline):
        g = self.head.grain
        low = np.floor((outline.min(0) - (LEFT, TOP)) * g).astype(int) - 2
        high = np.ceil((outline.max(0) - (LEFT, TOP)) * g).astype(int) + 2
        h, w = self.head.face.shape
        x0, y0, x1, y1 = max(0, low[0]), max(0, low[1]), min(w, high[0]), min(h, high[1])
        if x1 - x0 < 2 or y1 - y0 < 2:
            return None
        return slice(y0, y1), slice(x0, x1)

    def _cover(self, outline, box):
        rows, columns = box
        sheet = Canvas((columns.stop - columns.start, rows.stop - rows.start), scale=self.head.grain, clear=True)
        corner = np.array([columns.start, rows.start]) / self.head.grain
        return raster.mask(sheet, [to_sheet(outline) - corner]).astype(np.float32) / 255

    def _way(self, way, box):
        """Of every pixel in the box: 0..1 along the brush's way, and how far beside it in face units."""
        rows, columns = box
        step = _QUIET
        x = self.head.x[:, columns][:, ::step]
        y = self.head.y[rows][::step]
        gone = np.r_[0, np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))]
        length = max(1e-6, gone[-1])
        even = np.linspace(0, length, SAMPLES)
        at = np.column_stack([np.interp(even, gone, way[:, 0]), np.interp(even, gone, way[:, 1])])
        dx, dy = x[..., None] - at[:, 0], y[..., None] - at[:, 1]
        near = np.argmin(dx * dx + dy * dy, axis=-1)
        heading = np.gradient(at, axis=0)
        heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-6)
        px, py = x - at[near, 0], y - at[near, 1]
        hx, hy = heading[near, 0], heading[near, 1]
        along = near / (SAMPLES - 1) + (px * hx + py * hy) / length
        across = px * hy - py * hx
        size = (columns.stop - columns.start, rows.stop - rows.start)
        full = [raster.resize(f.astype(np.float32), size) for f in (along, across)]
        low, high = float(full[0].min()), float(full[0].max())
        return (full[0] - low) / max(1e-6, high - low), full[1]

    def _hair(self, across, time):
        """Noise of single bristles: as long as the stroke, as fine as a hair."""
        place = across * 2.3 + 9 * np.sin(2.2 * time) + 256
        return self.hairs[np.clip(place, 0, 511).astype(np.int32)]

    def _when(self, time, across):
        return np.clip(BRISTLE + (1 - 2 * BRISTLE) * time + BRISTLE * 0.5 * self._hair(across, time), 0, 1)

    def _lit(self, colour, across, time, depth, box):
        """(h, w, 3) RGB of the paint under the lamp, (h, w) bristle noise."""
        hair = self._hair(across, time)
        body = 1 + 0.028 * hair - 0.13 * np.exp(-depth / 0.8) + 0.05 * np.exp(-(((depth - 2.6) / 1.2) ** 2))
        return self._under_lamp(colour, body, hair, box), hair

    def _under_lamp(self, colour, body, hair, box):
        rgb = np.asarray(colour, np.float32) * body[..., None] * self.head.shade[box]
        shine = self.head.sheen[box] * (1 + 0.16 * hair)
        rgb += (OIL * shine)[..., None] * WARM
        return rgb

    def _pixels(self, cover, above, lit, hair, when, box, way):
        """The Paint of what no later region hides; where one ends, its soft edge is already mixed in."""
        shown = (1 - above[box])[..., None] * lit + self.over[box]
        inside = (cover > 1 / 255) & (above[box] < 0.97)
        rows, columns = box
        y, x = np.nonzero(inside)
        at = (y + rows.start) * self.head.face.shape[1] + x + columns.start
        colour = np.clip(shown[inside], 0, 255)[:, ::-1].astype(np.int32)
        share = np.clip(256 * cover[inside], 0, 256).astype(np.int32)
        bristle = np.clip(128 + 60 * hair[inside], 0, 255).astype(np.uint8)
        ticks = np.clip(255 * when[inside], 0, 255).astype(np.uint8)
        return Paint(at, colour, share, bristle, ticks, way)

    def _ground(self, above, colours, side):
        """{name: Paint} of half the three tiles: a broad brush goes to and fro on its way down."""
        head = self.head
        half = (head.x * side > -0.5 / head.grain)[0]
        columns = slice(int(np.argmax(half)), int(len(half) - np.argmax(half[::-1])))
        top, foot = (int(np.clip((v - TOP) * head.grain, 0, len(head.y))) for v in (-4, 412))
        box = slice(top, foot), columns
        x, y = np.broadcast_arrays(head.x[:, columns], head.y[box[0]])
        row = np.floor(y / 406 * TURNS)
        sweep = x * side / 150
        time = np.clip((row + np.where(row % 2 > 0, 1 - sweep, sweep)) / TURNS, 0, 1).astype(np.float32)
        across = (y + 0.10 * x * side).astype(np.float32)
        hair = self._hair(across, time)
        down = np.linspace(0, 1, 99)
        way = np.column_stack([side * (np.abs((down * TURNS + 1) % 2 - 1) * 120 + 10), 6 + 392 * down])
        when = self._when(time, across)
        found = {}
        for name, colour in colours.items():
            lit = self._under_lamp(colour, 1 + 0.028 * hair, hair, box)
            found[name] = self._pixels(head.face[box], above, lit, hair, when, box, way)
        return found


def ribbon(points, width):
    """A brush line as a closed outline: thin where it lands and leaves, full in the middle."""
    gone = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    u = np.linspace(0, gone[-1], max(12, len(points)))
    line = np.column_stack([np.interp(u, gone, points[:, 0]), np.interp(u, gone, points[:, 1])])
    heading = np.gradient(line, axis=0)
    heading /= np.maximum(np.linalg.norm(heading, axis=1, keepdims=True), 1e-6)
    full = 0.5 * width * (0.16 + 0.84 * np.sin(np.pi * np.linspace(0.04, 0.96, len(line))) ** 0.7)
    side = heading[:, ::-1] * (1, -1) * full[:, None]
    return np.vstack([line + side, (line - side)[::-1]])
