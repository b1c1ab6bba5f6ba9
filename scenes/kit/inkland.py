"""The land west of the tower in ink wash: ranges, mist, the plain and the river, seen from four heights."""

import numpy as np

from engine import Canvas, ink, light, raster
from scenes.kit import nearbank
from scenes.kit.wash import bands, leave_bare, multiply

HORIZON = 500.0  # design units, from the ground
DROP = 0.11 * 1080  # it sinks by this with every storey
PLAIN = 520.0  # depth of the plain in the picture from the top storey
GROUND_SHARE = 0.34  # of that depth is seen from the ground
WATER = (0xB9, 0x8A, 0x4B)
WATER_DARK = (0x8C, 0x62, 0x31)
COURSE = ((1.06, 0.30), (0.84, 0.235), (0.62, 0.25), (0.45, 0.34), (0.29, 0.53), (0.13, 0.80), (-0.08, 1.12))
"""The river's middle as shares of width and of the plain's depth: from the north, right, southward, left,
then round the great bend, away to the east behind the tower."""
BREADTH = (0.052, 0.056, 0.070, 0.098, 0.145, 0.20, 0.28)
RANGES = (
    # far to near: foot below the horizon, height, roughness, tone, colour, blur
    {
        "foot": 8,
        "high": 150,
        "cell": 420,
        "tone": 0.26,
        "colour": (104, 116, 128),
        "soft": 3.2,
        "rise": 80,
        "seat": 0.12,
    },
    {
        "foot": 14,
        "high": 118,
        "cell": 300,
        "tone": 0.38,
        "colour": (84, 92, 100),
        "soft": 2.0,
        "rise": 26,
        "seat": 0.70,
    },
    {
        "foot": 26,
        "high": 86,
        "cell": 230,
        "tone": 0.62,
        "colour": (52, 54, 60),
        "soft": 0.9,
        "rise": 0,
        "seat": 0.42,
    },
)


BARE = (0.47, 0.66, 0.24)  # from, to, kept: the right of the paper is left for the writing


class Land:
    """Sheets made once; `horizon(height)` says where they hang for a height of 0 (ground) .. 3."""

    def __init__(self, canvas, rng):
        self.width = canvas.width
        made = [_range(canvas, rng, **kind) for kind in RANGES]
        self.ranges = [sheet for sheet, _ in made]
        self.crest = [line for _, line in made]  # y of each ridge above its foot, by pixel
        self.plain = _plain(canvas, rng)
        self.stretched = Canvas(self.plain.surface.get_size(), scale=canvas.scale)
        self.mist = [_mist(canvas, rng) for _ in range(2)]
        self.sun, self.halo = _sun(canvas)
        self.cut = canvas.sheet(150, 150)
        self.bank = nearbank.bank(canvas, rng)
        for sheet in (*self.ranges, self.plain, self.bank):
            leave_bare(sheet, *BARE)
        self.streaks = rng.random((84, 4)).astype(np.float32)
        self._depth = -1

    def horizon(self, height):
        """y of the horizon from this height, in design units."""
        return HORIZON + DROP * height

    def depth(self, height):
        """How deep the plain lies in the picture from this height."""
        return PLAIN * (GROUND_SHARE + (1 - GROUND_SHARE) * height / 3)

    def draw_still(self, canvas, height, low):
        """Paint what stands: sun, ranges, plain, near bank; `low` 0..1 is how far the sun has gone down."""
        level = self.horizon(height)
        sun = (0.345 * self.width, level - 108 - 10 * height + 118 * low)
        canvas.stamp(self.halo, sun, blend="multiply")
        canvas.stamp(self._behind(sun, height), sun, blend="over")
        for kind, sheet in zip(RANGES, self.ranges, strict=True):
            lift = kind["rise"] * (height / 3 - 1)
            canvas.stamp(sheet, (0, level + kind["foot"] - lift), blend="multiply", anchor=(0, 1))
        self._stretch(canvas, height)
        canvas.stamp(self.stretched, (0, level), blend="multiply", anchor=(0, 0))
        near = level + self.depth(height) - 40 + 70 * height
        if near < canvas.height:
            canvas.stamp(self.bank, (0, near), blend="multiply", anchor=(0, nearbank.ABOVE))

    def draw_moving(self, canvas, height, now, wind, mist=0.5):
        """Paint what moves over it: the river's ripples, and mist as thick as `mist`."""
        self._flow(canvas, height, now, wind)
        for k, sheet in enumerate(self.mist * 2):
            if mist < 0.2 + 0.25 * k:
                break
            drift = (now * (7 + 5 * (k % 3)) * (0.4 + wind) + 900 * k) % (self.width * 1.5)
            place = drift - 0.25 * self.width, self.horizon(height) + 14 + 46 * k
            canvas.stamp(sheet, place, blend="over")

    def _behind(self, sun, height):
        """The sun's disc with what is below the hills cut off."""
        h, w = self.sun.px.shape[:2]
        left, top = sun[0] * self.sun.scale - w / 2, sun[1] * self.sun.scale - h / 2
        rows = top + np.arange(h)[:, None] + 0.5
        columns = np.clip(round(left) + np.arange(w), 0, len(self.crest[0]) - 1)
        level = self.horizon(height)
        hang = [level + k["foot"] - k["rise"] * (height / 3 - 1) for k in RANGES]
        crest = np.min([y + line[columns] for y, line in zip(hang, self.crest, strict=True)], axis=0)
        seen = np.clip(crest[None, :] * self.sun.scale - rows, 0, 1)[..., None]
        np.multiply(self.sun.px, seen, out=self.cut.px, casting="unsafe")
        return self.cut

    def _stretch(self, canvas, height):
        h = min(self.plain.px.shape[0], max(1, round(self.depth(height) * canvas.scale)))
        if h != self._depth:
            raster.fit(self.plain.px, self.stretched.px[:h])
            self.stretched.px[h:] = 255
            self._depth = h

    def _flow(self, canvas, height, now, wind):
        """Ripples that run down the river, right to left."""
        level, depth = self.horizon(height), self.depth(height)
        start, across, length, pace = self.streaks.T
        t = (start + now * (0.010 + 0.010 * pace) * (0.6 + wind)) % 1
        x, y, half = river(t, self.width)
        near = 0.4 + 1.8 * np.clip(y, 0, 1)
        u = np.linspace(-1, 1, 7)
        x = x[:, None] + u * (14 + 40 * length * near)[:, None]
        rock = (
            np.sin(5 * u[None, :] + 9 * pace[:, None] + now * (0.8 + pace[:, None])) * (1.2 * near)[:, None]
        )
        y = level + (y + (2 * across - 1) * 0.72 * half)[:, None] * depth + rock
        lines = np.stack([x, y], axis=2)
        lines = lines[x[:, 0] < 0.54 * self.width]
        pale = pace[x[:, 0] < 0.54 * self.width] > 0.75
        canvas.lines(lines[~pale], ink.mix(WATER_DARK, ink.HEMP, 0.30), 1.0)
        canvas.lines(lines[pale], ink.mix(WATER, ink.HEMP, 0.82), 1.0)


def river(t, width):
    """x in design units, y and half breadth as shares of the plain's depth, at `t` 0 (north) .. 1."""
    knots = np.linspace(0, 1, len(COURSE))
    dense = np.linspace(0, 1, 121)
    table = np.array([*np.array(COURSE).T, BREADTH])
    rows = [raster.blur(np.interp(dense, knots, row)[None, :], (5, 0.01))[0] for row in table]
    x, y, half = (np.interp(t, dense, row) for row in rows)
    return x * width, y, half


def _ridge(width, cell, rng, scale):
    """A mountain line 0..1 along `width` pixels: sharp summits, long shoulders."""
    x = np.arange(width) / scale
    line = np.zeros(width)
    for octave in range(6):
        step = cell / 2**octave
        knots = rng.random(int(width / scale / step) + 3)
        where = x / step + rng.random()
        low = np.floor(where).astype(int)
        part = where - low
        part = part if octave > 2 else part * part * (3 - 2 * part)
        line += (knots[low] * (1 - part) + knots[low + 1] * part) / 2**octave
    line -= line.min()
    return (line / line.max()) ** 1.15


def _range(canvas, rng, *, foot, high, cell, tone, colour, soft, rise, seat):
    """One range as a sheet to multiply: dark along the ridge, lost in mist at its foot."""
    sheet = canvas.sheet(canvas.width, high + 90 + foot)
    x, y = light.coordinates(sheet)
    w = sheet.px.shape[1]
    line = _ridge(w, cell, rng, canvas.scale)
    swell = 0.45 + 0.55 * np.exp(-(((x[0] / canvas.width - seat) / 0.30) ** 2))  # where the range culminates
    crest = (84 + high * (1 - line * swell))[None, :].astype(np.float32)
    depth = y - crest
    body = np.clip(depth * sheet.scale / max(0.8, soft) + 0.5, 0, 1)
    fall = np.exp(-np.maximum(depth, 0) / (0.42 * high))
    washes = light.clouds(sheet, rng, size=170, octaves=4)
    cun = light.grain(sheet, rng, stretch=(1.3, 15))  # 披麻皴: long hemp-fibre strokes down the slopes
    cun = np.clip(cun - 0.35, 0, 1.6) * np.clip(1 - soft / 3, 0.12, 1)
    dark = body * fall * (0.55 + 0.5 * washes + 0.32 * cun * (washes > 0.35))
    edge = np.exp(-((depth / (2.2 + soft)) ** 2)) * 0.28
    share = np.clip(tone * (dark + edge * (0.4 + washes)), 0, 0.92)
    share *= np.clip((high + 88 + foot - y) / 46, 0, 1)  # nothing ends in a line
    return multiply(sheet, share, colour), crest[0] - sheet.height


def _plain(canvas, rng):
    """Fields, dykes, groves and the river from the top storey, to multiply; squeezed for lower storeys.

    Washes have no fine edges: they are painted half as large and widened.
    """
    sheet = canvas.sheet(canvas.width, PLAIN)
    h, w = sheet.px.shape[:2]
    half = Canvas((w // 2, h // 2), scale=canvas.scale / 2)
    _, y = light.coordinates(half)
    v = y / PLAIN
    washes = light.clouds(half, rng, size=260, octaves=4)
    level = bands(half, rng, 60, 1.6)  # land seen flat: everything lies in bands
    share = np.clip(0.05 + 0.16 * (washes - 0.35) + 0.05 * np.clip(level, 0, 2), 0, 1) * np.clip(v * 5, 0, 1)
    multiply(half, (share + 0.05 * v) * np.clip((1 - v) * 7, 0, 1), (96, 92, 84))
    inside = _flood(half, washes, np.clip((1 - v) * 6, 0, 1), rng)
    raster.fit(half.px, sheet.px)
    _groves(sheet, inside, rng)
    return sheet


def _flood(half, washes, ending, rng):
    """Paint the river over the fields; returns where it is (h, w)."""
    t = np.linspace(0, 1, 160)
    x, y, breadth = river(t, half.width)
    ragged = [1 + 0.10 * np.interp(t, np.linspace(0, 1, n), rng.normal(0, 1, n)) for n in (34, 29)]
    north = np.stack([x, (y - breadth * ragged[0]) * PLAIN], 1)
    south = np.stack([x, (y + breadth * ragged[1]) * PLAIN], 1)
    inside = raster.mask(half, [np.concatenate([north, south[::-1]])]).astype(np.float32) / 255
    shore = np.clip(inside * (1 - raster.blur(inside, 16 * half.scale)) * 1.8, 0, 1)
    bars = np.clip((bands(half, rng, 70, 5) - 1.25) * 1.4, 0, 1)  # sandbanks, dry before the flood
    inside = raster.blur(inside * (1 - bars), 1.2 * half.scale)
    silk = bands(half, rng, 40, 1.3)
    water = inside * np.clip(0.26 + 0.34 * (washes - 0.4) + 0.05 * silk + 0.40 * shore, 0, 0.85)
    edge = np.clip((raster.blur(inside, 3 * half.scale) - inside) * 1.6, 0, 1) * (1 - inside)
    wash = Canvas(half.surface.get_size(), scale=half.scale)
    for field, colour in ((water, WATER), (shore * 0.25, WATER_DARK), (edge * 0.45, (70, 62, 52))):
        half.stamp(multiply(wash, field * ending, colour), (0, 0), blend="multiply", anchor=(0, 0))
    return inside


def _groves(sheet, water, rng):
    """Rows of trees along the fields, larger the nearer, never in the water (a field half as large)."""
    trees = []
    for _ in range(46):
        v = rng.random() ** 1.4 * 0.86 + 0.03
        x0, size = rng.random() * sheet.width, 4.0 + 22.0 * v
        lean = rng.normal(0, 0.05)
        for _ in range(int(rng.integers(5, 18))):
            away = rng.normal(0, 3.2 * size)
            x, y = x0 + away, v * PLAIN + lean * away + rng.normal(0, 0.12 * size)
            col, row = int(x * sheet.scale / 2), int(y * sheet.scale / 2)
            if 0 <= row < water.shape[0] and 0 <= col < water.shape[1] and water[row, col] < 0.1:
                trees.append((y, x, size * rng.uniform(0.5, 1.3), rng.uniform(0.60, 0.88)))
    for y, x, size, pale in sorted(trees):
        tint = ink.mix((66, 70, 66), (238, 238, 234), pale)
        for lean in (-0.10, 0.02, 0.13)[: 1 + int(size > 11)]:  # trunks, then dabs of a split brush
            sheet.line([(x, y), (x + lean * size, y - 0.62 * size)], tint, max(1.0, 0.05 * size))
        dabs = 3 + int(size / 3)
        for _ in range(dabs):
            cx, cy = x + rng.normal(0, 0.30 * size), y - 0.72 * size + rng.normal(0, 0.20 * size)
            a = np.linspace(0, 2 * np.pi, 7, endpoint=False)
            r = 0.42 * size * (3 / dabs) ** 0.6 * rng.uniform(0.5, 1.1, 7)
            shade = ink.mix(tint, (246, 246, 242), 0.45 * rng.random() * (cy < y - 0.7 * size))
            sheet.polygon(np.stack([cx + r * np.cos(a), cy + 0.66 * r * np.sin(a)], 1), shade)


def _mist(canvas, rng):
    """A long bank of paper-coloured mist."""
    sheet = canvas.sheet(canvas.width * 0.9, 150)
    x, y = light.coordinates(sheet)
    u, v = x / sheet.width - 0.5, y / sheet.height - 0.5
    share = np.exp(-((u / 0.26) ** 2) - (v / 0.20) ** 2) * (0.25 + 0.75 * light.clouds(sheet, rng, size=240))
    share *= np.clip((0.5 - np.abs(u)) * 12, 0, 1) * np.clip((0.5 - np.abs(v)) * 8, 0, 1)
    return raster.tint(0.8 * np.clip(share * 1.15, 0, 1), ink.HEMP, canvas.scale)


def _sun(canvas):
    """White sun left bare (留白) in a breath of ochre: (disc, halo to multiply)."""
    disc = canvas.sheet(150, 150)
    x, y = light.coordinates(disc)
    r = np.hypot(x - 75, y - 75)
    cover = np.clip((58 - r) * canvas.scale + 0.5, 0, 1)
    sun = raster.tint(cover, (0xFF, 0xFB, 0xEE), canvas.scale)
    halo = canvas.sheet(900, 700)
    x, y = light.coordinates(halo)
    r = np.hypot((x - 450) * 0.8, y - 350)
    ring = np.exp(-np.maximum(r - 56, 0) / 70) * np.clip((350 - r) / 200, 0, 1)
    return sun, multiply(halo, 0.42 * ring, (0xC9, 0x8A, 0x4C))
