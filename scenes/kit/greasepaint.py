"""Grease paint: a region of a face as the pixels a brush lays down, in the order in which it lays them.

A later region always lies over an earlier one, so each keeps only what stays visible of it, its soft edges
already mixed. That makes painting a matter of writing pixels, in any order of strokes, each frame only what
is newly wet.
"""

import numpy as np

from engine import Canvas, raster
from scenes.kit.facedata import GROUND, STEPS
from scenes.kit.operahead import LEFT, TOP, WARM, to_sheet

SAMPLES = 28  # along a stroke, to find the way of the brush
WOBBLE = 0.9  # face units a hand strays
BRISTLE = 0.085  # how far single hairs run ahead, of the stroke's time
DRY = 0.72  # pressure below which hairs leave the skin bare
OIL = 96.0  # how brightly fresh oil shines
TURNS = 7.0  # of the broad brush on its way down the face
HIDDEN = 0.97  # covered this much by later paint, a pixel is left to it
_QUIET = 5  # pixels between two of which the brush's way is worked out
_FINE = 4096.0  # of a tint, kept as whole numbers


class Paint:
    """What one region puts on one half: pixels sorted by when the brush reaches them.

    at      (n,) flat places in the sheet
    tint    (n, 3) what the lamp makes of the pigment, BGR; add (n, 3) the oil's shine and what lies above
    cover   (n,) 0..256; hair (n,) 0..255 noise of single bristles
    way     (k, 2) face units of the brush's tip; colour RGB of the pigment
    """

    def __init__(self, at, tint, add, cover, hair, when, way, colour=(0, 0, 0)):
        ticks = np.clip(255 * when, 0, 255).astype(np.uint8)
        order = np.argsort(ticks, kind="stable")
        self.at = at[order].astype(np.int32)
        self.tint = np.clip(_FINE * tint[order, ::-1], 0, 65535).astype(np.uint16)
        self.add = np.clip(add[order, ::-1], 0, 255).astype(np.uint8)
        self.cover = np.clip(256 * cover[order], 0, 256).astype(np.int32)
        self.hair = np.clip(128 + 60 * hair[order], 0, 255).astype(np.uint8)
        self.front = np.searchsorted(ticks[order], np.arange(256), side="right")
        self.way = way
        self.colour = colour

    def tip(self, share):
        """Where the brush is at 0..1 of the stroke, in face units."""
        k = min(len(self.way) - 1.001, max(0.0, share * (len(self.way) - 1)))
        a, b = self.way[int(k)], self.way[int(k) + 1]
        return a + (b - a) * (k - int(k))

    def lay(self, sheet, before, after, pressure=1.0, colour=None):
        """Wet what the brush passes from `before` to `after`, both 0..1, on the flat (h*w, 4) `sheet`."""
        first, last = self._count(before), self._count(after)
        if last <= first:
            return
        part = slice(first, last)
        share = self.cover[part]
        if pressure < DRY:
            bare = self.hair[part] > 255 * (0.35 + 0.65 * pressure / DRY)
            share = np.where(bare, share >> 2, share)
        bgr = np.array((self.colour if colour is None else colour)[::-1], np.float32) / np.float32(_FINE)
        wet = np.minimum(self.tint[part] * bgr + self.add[part], 255).astype(np.int32)
        under = sheet[self.at[part], :3].astype(np.int32)
        under += (wet - under) * share[:, None] >> 8
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
        self.shade = head.shade.reshape(-1, 3)
        self.sheen = head.sheen.reshape(-1)

    def bake(self, face):
        """({(step, side): [Paint]}, (left, right) Paint of the ground, of any colour).

        side is -1 for the half left in the picture, 1 for the right.
        """
        self._fresh()
        self.face = face
        self.drawn = {}  # (name, side): the outline as the hand drew it
        for region in face.regions:
            for side in (-1, 1) if not region.of else ():
                self.drawn[region.name, side] = self._stray(region.points) * (side, 1)
        laid = {}
        self._bake(laid, face.step("edge"))
        edges = self.above, self.over
        self._fresh()  # the edging goes over finished work: all but the ground is painted below it as well
        self._bake(laid, [r for r in face.regions if r.step != "edge"])
        free = 1 - edges[0]
        self.above, self.over = edges[0] + free * self.above, edges[1] + free[:, None] * self.over
        return laid, tuple(self._ground(side) for side in (-1, 1))

    def _bake(self, laid, regions):
        for region in reversed(regions):
            for side in (-1, 1) if region.mirror else (1,):
                paint = self._paint(region, side, self.face.pigments.get(region.colour))
                if paint is not None:
                    laid.setdefault((region.step, side), []).insert(0, paint)

    def single(self, region, side, colour):
        """[Paint] of one more region on one half, over everything."""
        self._fresh()
        self.drawn = {(region.name, side): self._stray(region.points) * (side, 1)}
        paint = self._paint(region, side, colour)
        return [paint] if paint else []

    def _fresh(self):
        count = self.head.face.size
        self.above = np.zeros(count, np.float32)  # how much later regions cover
        self.over = np.zeros((count, 3), np.float32)  # and their colour there, RGB times cover

    def _paint(self, region, side, colour):
        outline = self.drawn[region.of or region.name, side]
        if region.of:
            outline = outline[np.abs(outline[:, 0]) > 2.5]
        if region.kind == "line":
            outline = ribbon(outline, region.width)
        box = self._box(outline, 2.6 * region.soft)
        if box is None:
            return None
        cover = self._cover(outline, box) * self.head.face[box]
        if region.of:
            cover = self._clear(region, side, box, cover)
        if region.soft:
            cover = np.clip(raster.blur(cover, region.soft * self.head.grain), 0, 1)
        at, inside = self._inside(cover, box)
        if not len(at):
            return None
        share = cover[inside]
        if region.colour == GROUND:  # bare until the house has chosen
            self.above[at] *= 1 - share
            self.over[at] *= (1 - share)[:, None]
            return None
        way = self._stray(region.stroke) * (side, 1)
        time, across = (f[inside] for f in self._way(way, box))
        depth = raster.distance(cover > 0.5)[inside] / self.head.grain
        hair = self._hair(across, time)
        body = 1 + 0.028 * hair - 0.13 * np.exp(-depth / 0.8) + 0.05 * np.exp(-(((depth - 2.6) / 1.2) ** 2))
        return self._seen(at, body, share, hair, self._when(time, hair), way, colour)

    def _clear(self, region, side, box, cover):
        """A rim without what of it would run through fills beside its own one or over it."""
        own = next(r for r in self.face.regions if r.name == region.of)
        for other in self.face.regions:
            beside = STEPS.index(other.step) >= STEPS.index(own.step) and other is not own
            if beside and other.kind == "fill" and other.colour != GROUND:
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

    def _box(self, outline, around):
        g = self.head.grain
        low = np.floor((outline.min(0) - (LEFT + around, TOP + around)) * g).astype(int) - 2
        high = np.ceil((outline.max(0) - (LEFT - around, TOP - around)) * g).astype(int) + 2
        h, w = self.head.face.shape
        x0, y0, x1, y1 = max(0, low[0]), max(0, low[1]), min(w, high[0]), min(h, high[1])
        if x1 - x0 < 2 or y1 - y0 < 2:
            return None
        return slice(y0, y1), slice(x0, x1)

    def _cover(self, outline, box):
        rows, columns = box
        size = (columns.stop - columns.start, rows.stop - rows.start)
        sheet = Canvas(size, scale=self.head.grain, clear=True)
        corner = np.array([columns.start, rows.start]) / self.head.grain
        return raster.mask(sheet, [to_sheet(outline) - corner]).astype(np.float32) / 255

    def _inside(self, cover, box):
        """Flat places in the sheet of what is covered, and where that is in the box."""
        y, x = np.nonzero(cover > 1 / 255)
        return (y + box[0].start) * self.head.face.shape[1] + x + box[1].start, (y, x)

    def _way(self, way, box):
        """Of every pixel in the box: 0..1 along the brush's way, and how far beside it in face units."""
        rows, columns = box
        x = self.head.x[:, columns][:, ::_QUIET]
        y = self.head.y[rows][::_QUIET]
        gone = np.r_[0, np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))]
        length = max(1e-6, gone[-1])
        even = np.linspace(0, length, SAMPLES)
        at = np.column_stack([np.interp(even, gone, way[:, 0]), np.interp(even, gone, way[:, 1])])
        near = np.argmin((x[..., None] - at[:, 0]) ** 2 + (y[..., None] - at[:, 1]) ** 2, axis=-1)
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

    def _when(self, time, hair):
        return np.clip(BRISTLE + (1 - 2 * BRISTLE) * time + BRISTLE * 0.5 * hair, 0, 1)

    def _seen(self, at, body, share, hair, when, way, colour):
        """The Paint of what no later region hides; then this one hides what is below."""
        free = 1 - self.above[at]
        tint = body[:, None] * self.shade[at]
        add = (OIL * self.sheen[at] * (1 + 0.16 * hair))[:, None] * WARM
        seen = free > 1 - HIDDEN
        paint = Paint(
            at[seen], (tint * free[:, None])[seen], (add * free[:, None] + self.over[at])[seen],
            share[seen], hair[seen], when[seen], way, colour or (0, 0, 0),
        )  # fmt: skip
        if colour is not None:
            mine = free * share
            lit = np.minimum(tint * np.asarray(colour, np.float32) + add, 255)
            self.over[at] += mine[:, None] * lit
            self.above[at] += mine
        return paint

    def _ground(self, side):
        """Half the three tiles: a broad brush goes to and fro on its way down."""
        head = self.head
        half = head.face * (head.x * side > -0.5 / head.grain)
        at, (row, column) = self._inside(half, (slice(0, 1), slice(0, 1)))
        x, y = head.x[0, column], head.y[row, 0] + 0.16 * np.abs(head.x[0, column])
        band = np.clip(y + 4, 0, 470) / 470 * TURNS
        sweep = np.abs(x) / 150
        time = (np.floor(band) + np.where(np.floor(band) % 2 > 0, 1 - sweep, sweep)) / TURNS
        across = y + 0.10 * np.abs(x)
        hair = self._hair(across, time)
        ragged = 0.35 / TURNS * self.hairs[(np.abs(x) * 1.7 + 90 * np.floor(band)).astype(int) % 512]
        down = np.linspace(0, 1, 99)
        reach = (np.abs((down * TURNS + 1) % 2 - 1)) * 120 + 10
        way = np.column_stack([side * reach, np.clip(6 + 462 * down - 0.16 * reach, 0, 400)])
        when = np.clip(self._when(time, hair) + 0.3 * ragged, 0, 1)
        return self._seen(at, 1 + 0.028 * hair, half[row, column], hair, when, way, None)


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
