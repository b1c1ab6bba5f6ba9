"""The wall of the Music Cave: where its niches are, and the stone of all that is not a figure."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.relief import PAINTS
from scenes.kit.stonelight import colour, open_sky, slopes

ROWS, COLUMNS = 5, 10
PITCH_Y = 150.0
TOP = 240.0  # of the first row of niches
ARCH = 128.0  # height of a niche's opening
DEEP = -24.0  # the niches' backs lie this far behind the wall


@dataclass(frozen=True)
class Plan:
    """Where things stand, in design units, on a wall of this width."""

    width: float
    left: float
    pitch: float

    @staticmethod
    def of(width):
        right = 180.0 if width > 1600 else 120.0
        left = 66.0 if width > 1600 else 30.0
        return Plan(width, left, (width - left - right) / COLUMNS)

    @property
    def half(self):
        """Half the width of a niche."""
        return min(61.0, 0.39 * self.pitch)

    def seat(self, number):
        """Where musician 0..49 sits."""
        row, column = divmod(number, COLUMNS)
        return self.left + (column + 0.5) * self.pitch, TOP + row * PITCH_Y + ARCH

    def seats(self):
        return np.array([self.seat(n) for n in range(ROWS * COLUMNS)])

    def nearest(self, x, y):
        """The niche at a place of the picture, 0..1 both ways."""
        column = int(np.clip((x * self.width - self.left) // self.pitch, 0, COLUMNS - 1))
        row = int(np.clip((y * 1080 - TOP) // PITCH_Y, 0, ROWS - 1))
        return row * COLUMNS + column

    def homes(self):
        """Middles of the two apsaras' places in the frieze: she crosses from one to the other."""
        return np.array([[self.left + 1.5 * self.pitch, 171.0], [self.left + 8.5 * self.pitch, 171.0]])


def arch(x, base, half, height, point=0.0):
    """Outline of a round-headed niche, or of the flame-shaped brow above it when `point` > 0."""
    t = np.linspace(0, np.pi, 40)
    head = height - half
    y = base - head - half * np.sin(t) - point * np.exp(-(((t - np.pi / 2) / 0.3) ** 2))
    round_ = np.column_stack([x + half * np.cos(t), y])
    return np.vstack([[x + half, base], round_, [x - half, base]])


def lotus(x, y, radius):
    """Rings of 12, 10 and 8 petals, half-width pi/n (1 - t^2)/2: [(outline, height)] from outside in."""
    petals = []
    for ring, (count, start, reach) in enumerate(((12, 0.58, 1.0), (10, 0.38, 0.7), (8, 0.14, 0.46))):
        for n in range(count):
            middle = 2 * np.pi * (n + 0.5 * (ring % 2)) / count
            t = np.linspace(0, 1, 9)
            half = 2.0 * np.pi / count * (1 - t**2) / 2
            far = radius * (start + (reach - start) * t)
            angle = np.concatenate([middle - half, (middle + half)[::-1]])
            r = np.concatenate([far, far[::-1]])
            petals.append((np.column_stack([x + r * np.cos(angle), y + r * np.sin(angle)]), 4.0 + 3 * ring))
    return petals


def rectangle(x0, y0, x1, y1):
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


class Wall:
    """Height (design units) and paint of the wall, built from broad cuts to fine ones.

    origin  which place of the wall is the canvas's upper left; with a larger scale, a part seen close
    """

    def __init__(self, canvas, plan, origin=(0.0, 0.0)):
        self.canvas, self.plan, self.scale = canvas, plan, canvas.scale
        self.origin = np.asarray(origin, float)
        shape = canvas.px.shape[:2]
        self.height = np.zeros(shape, np.float32)
        self.paint = np.zeros(shape, np.uint8)
        self.build()

    def build(self):
        plan = self.plan
        end = plan.left + COLUMNS * plan.pitch
        seats = plan.seats()
        for y in (104, 226):
            self.band([rectangle(plan.left - 14, y - 5, end + 14, y + 5)], 9, 4)
        if self.origin[1] < 226:
            self.frieze(end)
        self.ledges(end)
        self.band([arch(x, y, plan.half + 13, ARCH + 13, 9) for x, y in seats], 7, 6)
        self.band([arch(x, y, plan.half + 7, ARCH + 7, 5) for x, y in seats], -3, 3)
        self.band([arch(x, y, plan.half + 4, ARCH + 4) for x, y in seats], 5, 3)
        self.columns(seats)
        self.hollow([arch(x, y, plan.half, ARCH) for x, y in seats])

    def frieze(self, end):
        """Coffers with a lotus in each; the middle of every one sunk in two steps."""
        plan = self.plan
        xs = plan.left + (np.arange(COLUMNS) + 0.5) * plan.pitch
        half = plan.pitch / 2 - 9
        for inset, drop in ((0, -9), (10, -7)):
            boxes = [rectangle(x - half + inset, 8 + inset, x + half - inset, 94 - inset) for x in xs]
            self.band(boxes, drop, 4)
        self.band([_ring(x, 51, 33, 33) for x in xs], 5, 5, "")
        petals = [(outline + (x, 51), h) for x in xs for outline, h in lotus(0, 0, 33)]
        for tall in sorted({h for _, h in petals}):
            colour = {4.0: "", 7.0: "red", 10.0: ""}[tall]
            self.band([o for o, h in petals if h == tall], tall, 4, colour, over=-11)
        self.band([_ring(x, 51, 6, 6) for x in xs], 4, 5, "gold")
        flowers = [plan.left + k * plan.pitch for k in (2.42, 5.0, 7.58)]
        self.band([_ring(x, 166, 30, 30) for x in flowers], 3, 3)
        for tall in (4.0, 7.0, 10.0):
            blooms = [o + (x, 166) for x in flowers for o, h in lotus(0, 0, 29) if h == tall]
            self.band(blooms, tall, 4, "red" if tall == 4.0 else "", over=2)
        self.band([_ring(x, 166, 5, 5) for x in flowers], 4, 4, "gold")
        corners = [(x + a * (half - 3), y) for x in xs for a in (-1, 1) for y in (24, 78)]
        self.band([_ring(x, y, 9, 9) for x, y in corners], 6, 6)

    def ledges(self, end):
        """Below each row a balustrade: a rail, and under it the toothed triangles of the period."""
        plan = self.plan
        rails, teeth = [], []
        for row in range(ROWS):
            y = TOP + row * PITCH_Y + ARCH
            rails.append(rectangle(plan.left - 14, y, end + 14, y + 7))
            count = COLUMNS * 8
            step = (end - plan.left) / count
            teeth += [
                np.array([[plan.left + n * step, y + 8], [plan.left + (n + 1) * step, y + 8],
                          [plan.left + (n + 0.5) * step, y + 17]])
                for n in range(count)
            ]  # fmt: skip
        self.band(rails, 10, 4)
        self.band(teeth, 4, 3, "malachite")
        base = TOP + ROWS * PITCH_Y + 4
        petals = []
        wide = plan.pitch / 3
        for n in range(COLUMNS * 3):
            x = plan.left + (n + 0.5) * wide
            t = np.linspace(-1, 1, 31)
            reach = base + 50 * (1 - np.abs(t) ** 2.6) ** 0.6 + 9 * np.exp(-((t / 0.16) ** 2))
            petals.append(
                np.vstack([np.column_stack([x + 0.47 * wide * t, reach]),
                           [[x - 0.47 * wide, base]]])
            )  # fmt: skip
        self.band(petals, 9, 12, "red")
        self.band([_shrink(p, 0.62) for p in petals], 4, 7)

    def columns(self, seats):
        """Slender pillars between the niches, each with a capital of leaves and a round foot."""
        plan = self.plan
        shafts, caps, flowers = [], [], []
        for x, y in seats:
            for side in (-1,):
                px = x + side * plan.pitch / 2
                shafts.append(rectangle(px - 6, y - 88, px + 6, y - 7))
                caps += [
                    np.array([[px - 13, y - 98], [px + 13, y - 98], [px + 7, y - 86], [px - 7, y - 86]]),
                    rectangle(px - 10, y - 9, px + 10, y),
                ]
                flowers.append((px, y - 117))
        self.band(shafts, 8, 6)
        self.band(caps, 11, 4)
        self.band([_ring(x, y, 15, 15) for x, y in flowers], 3, 3)
        bloom = [outline for outline, h in lotus(0, 0, 15) if h > 5]
        petals = [o + spot for spot in np.array(flowers) for o in bloom]
        self.band(petals, 6, 3, "red")
        self.band([_ring(x, y, 3.6, 3.6) for x, y in flowers], 4, 3, "gold")

    def band(self, outlines, rise, edge, paint="", *, over=None):
        """Raise (or sink) outlines with a rounded edge."""
        scale, tall = self.scale, self.height.shape[0]
        outlines = self.seen(outlines)
        if not outlines:
            return
        first = max(0, int(min(o[:, 1].min() for o in outlines) * scale) - 2)
        last = min(tall, int(max(o[:, 1].max() for o in outlines) * scale) + 3)
        sheet = Canvas((self.height.shape[1], last - first), scale=scale)
        inside = raster.mask(sheet, [o - (0, first / scale) for o in outlines]) > 127
        rim = np.clip(raster.distance(inside) / np.float32(edge * scale), 0, 1)
        swell = rise * np.sqrt(1 - (1 - rim) ** 2)
        here = self.height[first:last]
        if over is not None:
            np.copyto(here, np.maximum(here, over + swell), where=inside)
        else:
            here += swell
        if paint:
            self.paint[first:last][inside] = PAINTS.index(paint)

    def seen(self, outlines):
        """Those of the outlines that reach into the canvas, from its upper left."""
        end = (self.canvas.width, self.canvas.height)
        moved = [o - self.origin for o in outlines]
        return [o for o in moved if (o.max(0) > 0).all() and (o.min(0) < end).all()]

    def hollow(self, outlines):
        """Sink the niches: straight sides, a back that is slightly a bowl."""
        inside = raster.mask(self.canvas, self.seen(outlines)) > 127
        far = raster.distance(inside) / np.float32(self.scale)
        deep = np.clip(far / 5, 0, 1) * (0.72 + 0.28 * np.clip(far / 45, 0, 1))
        self.height = np.where(inside, self.height * (1 - np.clip(far / 4, 0, 1)) + DEEP * deep, self.height)
        self.paint[inside] = 1

    def set(self, relief, place, floor, *, mirror=False, keep=1.0):
        """Let a figure stand out of the wall with its origin at `place`; `keep` < 1 is worn away."""
        rows, columns, picked = self.window(relief, place, mirror)
        height, solid, paint = (_turn(a, mirror)[picked] for a in (relief.height, relief.cover, relief.paint))
        here = self.height[rows, columns].copy()
        ground = np.minimum(here, floor) if floor < 0 else here
        raised = (
            np.maximum(here, ground + solid * height * keep) if floor < 0 else here + solid * height * keep
        )
        self.height[rows, columns] = raised
        on = (solid > 0.5) & ((height > 0) if floor >= 0 else (floor + height > here))
        self.paint[rows, columns][on] = paint[on]

    def patches(self, relief, place, *, mirror):
        """The wall at `place` with this figure in it, and with only the hollow she leaves: two patches."""
        rows, columns, picked = self.window(relief, place, mirror)
        cover, paint = (_turn(a, mirror)[picked] for a in (relief.cover, relief.paint))
        raised = _turn(relief.height, mirror)[picked]
        bare = self.height[rows, columns]
        rough, worn = self.rough[rows, columns], self.worn[rows, columns]
        shape = raster.blur(cover, 0.8 * self.scale)
        found = []
        for height, left in (
            (bare + shape * raised * (1 - 0.5 * worn), paint),
            (bare - 5 * shape, paint * 0),
        ):
            tone = colour(left, rough, worn, open_sky(height, self.scale))
            found.append((rows, columns, slopes(height, self.scale), tone))
        return found

    def window(self, relief, place, mirror=False):
        """Rows and columns of the wall a figure covers, and the part of the figure that is inside."""
        h, w = relief.height.shape
        ox, oy = relief.origin * relief.scale
        ox = w - ox if mirror else ox
        x0, y0 = (round(v) for v in (np.asarray(place) - self.origin) * self.scale - (ox, oy))
        high, wide = self.height.shape
        top, left = min(high, max(0, y0)), min(wide, max(0, x0))
        bottom, right = max(top, min(high, y0 + h)), max(left, min(wide, x0 + w))
        picked = slice(top - y0, bottom - y0), slice(left - x0, right - x0)
        return slice(top, bottom), slice(left, right), picked

    def weather(self, rng):
        """Fifteen centuries: bedding in the sandstone, grain, pits, worn edges, a broken right side."""
        canvas = self.canvas
        x, y = (a + np.float32(o) for a, o in zip(light.coordinates(canvas), self.origin, strict=True))
        broad = light.clouds(canvas, rng, size=320, octaves=3)
        rough = light.clouds(canvas, rng, size=46, octaves=4)
        worn = np.clip((broad - 0.56) * 3.4, 0, 1)
        worn *= 1 - 0.75 * ((y > 104) & (y < 228))  # the frieze is out of reach of hands
        edge = self._broken(x, y, rough, broad) if self.origin[1] < 226 else np.float32(0)
        self.height = raster.blur(self.height, 0.75 * self.scale)  # no edge is knife-sharp any more
        soft = raster.blur(self.height, 2.4 * self.scale)
        self.height += (0.85 * worn) * (soft - self.height)
        self.height *= 1 - edge
        strata = 0.55 * self._beds(rng, 90, 4) + self._beds(rng, 260, 13)
        self.height += 0.34 * strata * (0.5 + worn) + 13 * edge * (rough - 0.62) + edge * 1.5 * strata
        self.height += 2.2 * (rough - 0.5) * (0.35 + 1.6 * worn)
        grain = rng.standard_normal(self.height.shape, dtype=np.float32)
        pits = raster.blur(grain, 1.3 * self.scale) * np.float32(4.6 * self.scale)
        self.height -= 1.5 * np.clip(pits - 2.3 + 0.6 * worn, 0, 1.2)
        self.height += 0.055 * grain
        self.worn, self.rough = np.maximum(worn, edge), rough

    def _broken(self, x, y, rough, broad):
        """0..1 where the carved wall is lost: along its right side, its left, and at its foot."""
        end = self.plan.left + COLUMNS * self.plan.pitch + 16
        edge = np.clip((x - end + 60 * (rough - 0.5) + 40 * (broad - 0.5)) / 34, 0, 1)
        edge = np.maximum(edge, np.clip((self.plan.left - 18 - x + 50 * (rough - 0.5)) / 22, 0, 1))
        return np.maximum(edge, np.clip((y - 1040 + 70 * (broad - 0.5)) / 30, 0, 1))

    def _beds(self, rng, long, thick):
        """Bedding: noise drawn out along the wall, beds `long` by `thick` design units, mean 0."""
        h, w = self.height.shape
        small = rng.standard_normal(
            (max(4, round(h / (thick * self.scale))), max(4, round(w / (long * self.scale)))),
            dtype=np.float32,
        )
        return raster.blur(raster.resize(small, (w, h)), (1.5, 0.4 * thick * self.scale))


def _turn(field, mirror):
    return field[:, ::-1] if mirror else field


def _ring(x, y, width, height):
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return np.column_stack([x + width * np.cos(t), y + height * np.sin(t)])


def _shrink(points, share):
    middle = points.mean(axis=0)
    return middle + (points - middle) * share
