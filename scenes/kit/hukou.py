"""Hukou: the whole Yellow River through a slot in the rock, in strips that fall as things fall."""

import numpy as np

from engine import Canvas, ink, light, raster
from scenes.kit.spray import FOOT, Spray

STRIPS = 48
GRAVITY = 620.0
PUSH = 90.0  # design units a second at the lip
RATE = 170.0  # rows of the water's pattern a second
ROWS = 512
FAR_BANK = 3.0  # seconds after the water
SLOT = 0.40  # of the width: where the gorge is narrowest
TONES = ((0, (38, 29, 24)), (0.14, (84, 56, 30)), (0.40, (0x8C, 0x62, 0x31)))
TONES += ((0.68, (0xB9, 0x8A, 0x4B)), (0.90, (0xE9, 0xD3, 0xA6)), (1, (0xF6, 0xEA, 0xCC)))
"""Wet rock behind thin water, deep water, water, foam."""


class Hukou:
    """The fall and what leads up to it, made in a picture half as large and fitted to the stage."""

    def __init__(self, canvas, backdrop, rng):
        """`backdrop` is what stands above the river when all has come: paper and far hills."""
        self.rng = rng
        self.scale, self.width = canvas.scale, canvas.width
        h, w = max(2, canvas.px.shape[0] // 2), max(2, canvas.px.shape[1] // 2)
        self.picture = Canvas((w, h), scale=canvas.scale / 2)
        self.behind = Canvas((w, h), scale=canvas.scale / 2)
        raster.fit(backdrop.px, self.behind.px)
        x, _ = light.coordinates(self.picture)
        self.lip_line = _lip(x[0], canvas.width, rng)
        self.water = _Water(self.picture, self.lip_line, rng)
        self.gel, self.alpha = _depths(self.picture, self.lip_line, self.water, rng)
        self.behind.px[...] = self.behind.px * (1 - self.alpha[..., None] / 255)  # to add where no water is
        self.ledges = _rocks(self.picture, rng)
        self.ledges.stamp(_haze(self.picture, rng), (0, 0), anchor=(0, 0))
        self.billows = [_billow(self.picture, rng, 300 + 160 * k) for k in range(2)]
        self.spray = Spray(self.picture, rng)
        arrive = self._arrivals(x[0])
        self.last = float(arrive.max()) + 0.25
        self.arrive = (np.clip(arrive, 0, 13) * 5000).astype(np.uint16)  # fifths of a millisecond
        self.come, self.veil = np.zeros((h, w), np.uint8), Canvas((w, h), scale=canvas.scale / 2)
        self.big = Canvas(canvas.surface.get_size(), scale=canvas.scale)

    def lip(self, x):
        """y of the lip at x, design units."""
        where = np.clip(np.asarray(x) * self.scale / 2, 0, len(self.lip_line) - 1).astype(int)
        return self.lip_line[where]

    def step(self, dt, roar, wind):
        """Move what hangs in the air; `roar` 0..1 is how much is thrown up."""
        self.spray.step(dt, roar, wind)

    def covers(self, front):
        """Whether `front` seconds after the first water nothing of the paper below is seen."""
        return front >= self.last

    def draw(self, canvas, now, front, flow=None, brown=0.0):
        """The fall, `front` seconds after its first water; `flow` is the ink still on its way to it."""
        picture, covers = self.picture, self.covers(front)
        if front < 0:
            picture.px[:] = 0
        else:
            self._pour(now)
            if not covers:
                self._uncover(front)
        if flow is not None:
            flow.draw(picture, brown)
        if front >= 0:
            self.spray.draw(picture)
        if covers:
            raster.fit(picture.px, canvas.px)
        else:
            raster.fit(picture.px, self.big.px)
            canvas.stamp(self.big, (0, 0), anchor=(0, 0))

    def _pour(self, now):
        """Water, its shades, what is behind it, the ledges, and clouds that roll through the gorge."""
        self.water.draw(self.picture, now)
        self.picture.stamp(self.gel, (0, 0), blend="multiply", anchor=(0, 0))
        self.picture.stamp(self.behind, (0, 0), blend="add", anchor=(0, 0))
        self.picture.stamp(self.ledges, (0, 0), anchor=(0, 0))
        for k, sheet in enumerate(self.billows):
            across = (SLOT + 0.05 + 0.17 * np.sin(now * (0.13 + 0.06 * k) + 2.4 * k)) * self.width
            self.picture.stamp(sheet, (across, FOOT - 130 - 26 * np.sin(now * 0.31 + 1.7 * k)))

    def _uncover(self, front):
        """Leave only what the water has reached; the rest is still paper."""
        table = np.clip((front - np.arange(65536) / 5000) * 5 * 255, 0, 255).astype(np.uint8)
        raster.develop(self.arrive, table, self.come)
        grey = self.veil.px.reshape(-1, 4).view(np.uint32)[:, 0].reshape(self.come.shape)
        np.multiply(self.come, np.uint32(0x01010101), out=grey)
        self.picture.stamp(self.veil, (0, 0), blend="multiply", anchor=(0, 0))
        self.picture.px[..., 3] = self.come

    def _arrivals(self, x):
        """Seconds until the water is at each place: from the north, right, along the lip, then over it."""
        at_lip = 0.25 + 1.5 * np.abs(x / self.width - SLOT)
        ragged = raster.blur(self.rng.standard_normal(self.water.fall.shape).astype(np.float32), (2.5, 30))
        ragged *= 0.3 / max(1e-6, float(np.abs(ragged).max()))
        down = np.where(self.water.above, -0.4 * self.water.upstream, self.water.fall)
        down = down + FAR_BANK * (1 - self.alpha / 255)  # the hills beyond soak in last
        return (at_lip[None, :] + down + ragged).astype(np.float32)


class _Water:
    """Streaked water: v = sqrt(v0^2 + 2 g y), so what passes the lip together draws out as it falls."""

    def __init__(self, picture, lip_line, rng):
        w = picture.px.shape[1]
        x, y = light.coordinates(picture)
        drop = y - lip_line[None, :]
        self.above = drop < 0
        shore = _shore(x[0], picture.width)[None, :]
        even = raster.blur(lip_line[None, :], (w / 22, 0.01))  # waves do not follow every tooth of the edge
        self.upstream = np.clip((even - y) / (even - shore + 1) + 0.04, 0, 1.2)
        across, knots = np.arange(w), np.linspace(0, w, STRIPS)
        phase = np.interp(across, knots, 26 * rng.random(STRIPS)).astype(int) + rng.integers(0, 3, w)
        pace = 1 + 0.05 * np.interp(across, knots, rng.normal(0, 1, STRIPS))
        ledge = _ledge(x[0], picture.width, rng)[None, :]
        self.fall = _time(np.clip(drop, 0, ledge)) + _time(np.maximum(drop - ledge, 0))
        self.struck = np.where(ledge < 330, drop - ledge, -5000)
        self.hard = np.clip((300 - ledge) / 90, 0, 1) * (
            0.15 + 0.95 * np.interp(np.arange(w), np.linspace(0, w, 2 * STRIPS), rng.random(2 * STRIPS))
        )  # how bare the second ledge is of water, strip by strip
        # above the lip the same seconds run level: near the far shore they crowd together
        rows = np.where(self.above, -((self.upstream * 2.2) ** 0.6) * RATE * 0.7, self.fall * pace * RATE)
        rows = (rows + np.where(self.above, 0, phase[None, :])).astype(np.int32) & (ROWS - 1)
        columns = np.arange(w, dtype=np.int32)[None, :] + self.above * np.int32(w)
        self.index = np.ascontiguousarray(rows * np.int32(2 * w) + columns, np.int32)
        falling = _streaks(
            w, rng, ((1.5, 8, 0.55), (3.2, 15, 0.62), (0.7, 3, 0.20), (13, 34, 0.50)), falling=True
        )
        level = _streaks(w, rng, ((9, 2.4, 0.5), (3.5, 1.0, 0.35), (26, 12, 0.45)), falling=False)
        both = np.concatenate([falling, level], axis=1)  # side by side, and twice, so that it can roll
        self.pattern = np.concatenate([both, both]).reshape(-1)

    def draw(self, picture, now):
        """Fill the picture: one gather from the pattern, which rolls on under an index that stands still."""
        h, w = self.index.shape
        first = (-int(now * RATE)) % ROWS * 2 * w
        flat = picture.px.reshape(-1, 4).view(np.uint32)[:, 0].reshape(h, w)
        np.take(self.pattern[first : first + ROWS * 2 * w], self.index, out=flat, mode="clip")


def _time(drop):
    """Seconds to fall so far, in design units, over an edge passed at PUSH."""
    return (np.sqrt(PUSH**2 + 2 * GRAVITY * drop) - PUSH) / GRAVITY


def _streaks(w, rng, grains, *, falling):
    """(ROWS, w) packed colours of water drawn out by `grains` (blur x, blur y, weight), endless in y."""
    tone = np.zeros((ROWS, w), np.float32)
    pad = 120
    for sx, sy, weight in grains:
        noise = rng.standard_normal((ROWS, w), dtype=np.float32)
        soft = raster.blur(np.concatenate([noise[-pad:], noise, noise[:pad]]), (sx, sy))[pad:-pad]
        tone += soft * (weight / soft.std())
    share = 0.57 + 0.235 * tone
    if falling:  # some strips run thin over the rock, some are all foam
        own = np.interp(np.arange(w), np.linspace(0, w, 2 * STRIPS), rng.normal(0, 0.14, 2 * STRIPS))
        share += own[None, :]
    table = np.linspace(0, 1, 256)
    shades = [np.interp(table, [t for t, _ in TONES], [c[k] for _, c in TONES]) for k in (2, 1, 0)]
    colours = np.stack([*shades, np.full(256, 255)], 1).astype(np.uint8).view(np.uint32)[:, 0]
    return colours[np.clip(share * 255, 0, 255).astype(np.uint8)]


def _lip(x, width, rng):
    """The edge, a horseshoe: high wings, the middle worn back and down into the slot."""
    u = x / width
    steps = np.interp(u, np.linspace(0, 1, 33), rng.normal(0, 13, 33))
    slot = 150 * np.exp(-(np.abs((u - SLOT) / 0.15) ** 2.4))
    fine = np.interp(u, np.linspace(0, 1, 121), rng.normal(0, 5, 121))
    line = 405 + slot + steps + fine - 46 * np.clip((u - 0.7) / 0.3, 0, 1)
    return raster.blur(line[None, :], (len(x) / 200, 0.01))[0]


def _ledge(x, width, rng):
    """How far below the lip the wings strike a second ledge; the slot in the middle has none."""
    u = x / width
    wings = np.clip((u - 0.60) / 0.05, 0, 1) + np.clip((0.20 - u) / 0.04, 0, 1)
    steps = np.interp(u, np.linspace(0, 1, 27), rng.normal(0, 22, 27))
    line = raster.blur((175 + steps)[None, :], (len(x) / 260, 0.01))[0]
    return np.where(wings > 0, line + 900 * (1 - np.minimum(wings, 1)) ** 2, 5000).astype(np.float32)


def _shore(x, width):
    """Where the river comes into sight above the lip."""
    u = x / width
    return (292 + 12 * np.sin(5.1 * u + 0.6) - 26 * u).astype(np.float32)


def _depths(picture, lip_line, water, rng):
    """(sheet, alpha): what shades the water, glassy and dark as it bends over; and where there is any."""
    sheet = Canvas(picture.surface.get_size(), scale=picture.scale)
    x, y = light.coordinates(sheet)
    drop = y - lip_line[None, :]
    bend = np.exp(-(((drop - 14) / 30) ** 2))
    gorge = np.clip(drop / 520, 0, 1) * np.exp(-(((x / sheet.width - SLOT) / 0.24) ** 2))
    far = np.clip(-drop / 130, 0, 1)
    struck = water.struck
    under = np.where(struck < 0, 0.0, np.exp(-np.abs(struck - 10) / 26))  # rock shows where it is struck
    shade = 0.90 - 0.34 * bend - 0.16 * gorge + 0.08 * far - 0.58 * under * water.hard
    shade += water.hard * (
        0.20 * np.exp(-(((struck + 12) / 12) ** 2)) + 0.08 * np.exp(-(((struck - 70) / 50) ** 2))
    )
    shade *= 0.86 + 0.22 * light.clouds(sheet, rng, size=240)
    wet = np.clip((y - _shore(x[0], sheet.width)[None, :]) * 0.16, 0, 1)
    wet = wet * np.clip(0.55 + (y - 300) / 120, 0, 1)
    light.paint(
        sheet, np.clip(shade, 0, 1)[..., None] * np.array([1.0, 0.985, 0.96], np.float32) * wet[..., None]
    )
    return sheet, (wet * 255).astype(np.uint8)


def _rocks(picture, rng):
    """Ledges in beds, wet and dark: shelves at both sides of the gorge, their tops lit."""
    sheet = Canvas(picture.surface.get_size(), scale=picture.scale, clear=True)
    x, y = light.coordinates(sheet)
    u = x / sheet.width
    rough = light.clouds(sheet, rng, size=130, octaves=5) - 0.5
    fine = light.clouds(sheet, rng, size=34, octaves=3) - 0.5
    beds = light.grain(sheet, rng, stretch=(34, 2.2))
    tops = np.cumsum(rng.gamma(2.2, 15, 70))  # beds of uneven thickness; every ledge stands out its own way
    bed = np.searchsorted(tops, y + 26 * rough + 8 * fine)
    out = rng.normal(0, 0.007, 80)[np.minimum(bed, 79)] + 0.05 * rough + 0.008 * fine
    rise = np.clip((1080 - y) / 480, 0, 1.5)
    inside = np.maximum(0.25 - 0.24 * rise**1.15 - u, u - 0.73 - 0.40 * rise**0.62) + out
    cover = np.clip(inside * sheet.width * 0.30, 0, 1)
    tread = np.abs(np.diff(bed, axis=0, prepend=bed[:1])) > 0  # the upper edge of a bed catches light
    tread = raster.blur(tread.astype(np.float32), (1.4, 0.9)) * (0.5 + beds.clip(-0.4, 1))
    joint = np.clip(light.grain(sheet, rng, stretch=(1.1, 20)) - 1.1, 0, 1)  # it breaks upright
    lit = np.clip(0.16 + 0.14 * beds + 0.8 * rough + 0.5 * fine + 1.5 * tread - 0.5 * joint, 0, 1)
    lit *= np.clip(1.2 - y / 1300, 0, 1)
    edge = np.exp(-np.maximum(inside, 0) * 60) * 0.5
    dark, wet = np.array((30, 26, 26), np.float32), np.array((168, 138, 100), np.float32)
    colour = dark + (wet - dark) * np.clip(lit * 0.8 + edge * lit, 0, 1)[..., None]
    sheet.px[..., :3] = (colour * cover[..., None])[..., ::-1]
    sheet.px[..., 3] = cover * 255
    return sheet


def _billow(picture, rng, size):
    """A rolling cloud of spray as a sheet: rounded heads, open between."""
    sheet = picture.sheet(0.62 * picture.width, 420)
    x, y = light.coordinates(sheet)
    clouds = light.clouds(sheet, rng, size=size, octaves=5)
    u, v = 2 * x / sheet.width - 1, 2 * y / sheet.height - 1
    inside = np.clip(1 - u**2, 0, 1) * np.clip(1 - v**2, 0, 1) ** 0.7
    share = np.clip((clouds * inside**0.5 - 0.36) * 2.6, 0, 1) * np.clip(inside * 2.2, 0, 1)
    return raster.tint(0.62 * share, ink.mix((0xD9, 0xB3, 0x6C), ink.HEMP, 0.75), sheet.scale)


def _haze(picture, rng):
    """The cloud that always stands in the gorge, thickest at the foot of the fall."""
    sheet = Canvas(picture.surface.get_size(), scale=picture.scale, clear=True)
    x, y = light.coordinates(sheet)
    clouds = light.clouds(sheet, rng, size=260, octaves=4)
    middle = np.exp(-(((x / sheet.width - SLOT - 0.03) / 0.40) ** 2))
    heads = light.clouds(sheet, rng, size=120, octaves=4)
    edge = y - FOOT + 360 + 220 * (0.5 - clouds) + 90 * (0.5 - heads)  # it boils: no level top
    share = np.clip(edge / 400, 0, 1) ** 1.3 * middle * (0.62 + 0.6 * heads)
    return raster.tint(np.clip(share, 0, 0.95), ink.mix((0xD9, 0xB3, 0x6C), ink.HEMP, 0.74), sheet.scale)
