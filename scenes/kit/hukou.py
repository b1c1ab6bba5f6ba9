"""Hukou: the whole Yellow River through a slot in the rock; strips that fall, spray that rises."""

import numpy as np

from engine import Canvas, ink, light, raster

STRIPS = 48
GRAVITY = 620.0
PUSH = 90.0  # design units a second at the lip
FOAM = (0xE9, 0xD3, 0xA6)
WATER = (0xB9, 0x8A, 0x4B)
DEEP = (0x8C, 0x62, 0x31)
SPRAY = ((0xD9, 0xB3, 0x6C), (0xB9, 0xB4, 0xA8), (0x8F, 0xA9, 0xBF))  # yellow, grey, blue as it rises
RATE = 150.0  # rows of the water's pattern a second
ROWS = 1024
DROPS = 2600
SLOT = 0.36  # of the width: where the gorge is narrowest


class Hukou:
    """The fall in a picture half as large, fitted to the stage; `front` is how far it has fallen."""

    def __init__(self, canvas, rng):
        self.rng = rng
        self.scale, self.width = canvas.scale, canvas.width
        h, w = max(2, canvas.px.shape[0] // 2), max(2, canvas.px.shape[1] // 2)
        small = Canvas((w, h))
        x, y = light.coordinates(small)
        self.lip_line = _lip(x[0], canvas.width, rng)
        drop = y - self.lip_line[None, :]
        self.fall_time = (np.sqrt(PUSH**2 + 2 * GRAVITY * np.maximum(drop, 0)) - PUSH) / GRAVITY
        strip = (np.arange(w) * STRIPS // w).astype(int)
        self.strip_phase = rng.integers(0, ROWS, STRIPS)[strip] + rng.integers(0, 3, w)
        self.strip_pace = 1 + 0.10 * rng.normal(0, 1, STRIPS)[strip]
        upstream = np.maximum(-drop, 0) / (self.lip_line[None, :] - _shore(x[0], canvas.width)[None, :] + 1)
        self.above = drop < 0
        self.rows = np.where(self.above, -upstream * 240, self.fall_time * self.strip_pace[None, :] * RATE)
        self.rows = (self.rows + self.strip_phase[None, :]).astype(np.int32)
        self.columns = np.arange(w, dtype=np.int32)[None, :]
        self.pattern = _pattern(w, strip, rng)
        self.index = np.empty((h, w), np.int32)
        self.picture = Canvas((w, h), scale=canvas.scale / 2)
        self.gel = _depths(small, drop, upstream, rng)
        self.rock = _rock(small, self.lip, rng)
        self.arrive = self._arrivals(x[0], upstream)
        self.last = float(self.arrive[np.isfinite(self.arrive)].max())
        self.spray = Spray(canvas, self, rng)
        self.big = Canvas(canvas.surface.get_size(), scale=canvas.scale)

    def lip(self, x):
        """y of the lip at x, design units."""
        where = np.clip(np.asarray(x) * self.scale / 2, 0, len(self.lip_line) - 1).astype(int)
        return self.lip_line[where]

    def step(self, dt, roar, wind):
        self.spray.step(dt, roar, wind)

    def draw(self, canvas, now, front):
        """The fall as far as it has come; `front` in seconds since the first water went over."""
        np.subtract(self.rows, int(now * RATE), out=self.index)
        self.index &= ROWS - 1
        self.index *= self.index.shape[1]
        self.index += self.columns
        flat = self.picture.px.reshape(-1, 4).view(np.uint32)[:, 0].reshape(self.index.shape)
        np.take(self.pattern, self.index, out=flat, mode="clip")
        self.picture.stamp(self.gel, (0, 0), blend="multiply", anchor=(0, 0))
        self.picture.stamp(self.rock, (0, 0), anchor=(0, 0))
        if front < self.last:  # where the water has not come yet there is still paper
            come = np.clip((front - self.arrive) * 6, 0, 1)[..., None]
            np.multiply(self.picture.px, come, out=self.picture.px, casting="unsafe")
        raster.fit(self.picture.px, self.big.px)
        canvas.stamp(self.big, (0, 0), blend="over", anchor=(0, 0))
        self.spray.draw(canvas)

    def _arrivals(self, x, upstream):
        """Seconds until the water is at each place: down the river to the slot first, then over the lip."""
        to_slot = np.abs(x / self.width - SLOT)[None, :]
        at_lip = 0.5 + 1.9 * to_slot
        ragged = 0.25 * raster.blur(
            self.rng.standard_normal(self.fall_time.shape).astype(np.float32), (2, 30)
        )
        ragged /= max(1e-6, float(np.abs(ragged).max()))
        return (
            at_lip + np.where(self.above, -0.5 * np.minimum(upstream, 1), self.fall_time) + ragged
        ).astype(np.float32)


def _lip(x, width, rng):
    """The edge: the river comes from both sides into a slot, the middle far lower than the wings."""
    u = x / width
    steps = np.interp(u, np.linspace(0, 1, 25), rng.normal(0, 15, 25))
    slot = 150 * np.exp(-(((u - SLOT) / 0.13) ** 2)) - 60 * np.exp(-(((u - 0.86) / 0.16) ** 2))
    fine = np.interp(u, np.linspace(0, 1, 97), rng.normal(0, 5, 97))
    return (430 + slot + steps + fine).astype(np.float32)


def _shore(x, width):
    """Where the river comes into sight above the lip."""
    u = x / width
    return (300 + 34 * np.sin(3.1 * u + 0.6)).astype(np.float32)


def _pattern(w, strip, rng):
    """Streaked water (ROWS * w,) of packed colours: each strip has its own strands and foam."""
    noise = np.tile(rng.standard_normal((ROWS, w)).astype(np.float32), (3, 1))
    long = raster.blur(noise, (1.1, 26))[ROWS : 2 * ROWS]
    fine = raster.blur(noise, (0.7, 5))[ROWS : 2 * ROWS]
    broad = raster.blur(noise, (7, 60))[ROWS : 2 * ROWS]
    own = rng.normal(0, 0.4, STRIPS)[strip][None, :]
    tone = long / long.std() * 0.55 + fine / fine.std() * 0.28 + broad / broad.std() * 0.45 + own
    share = np.clip(0.5 + 0.27 * tone, 0, 1)[..., None]
    deep, mid, foam = (np.array(c, np.float32) for c in (DEEP, WATER, FOAM))
    rgb = np.where(share < 0.5, deep + (mid - deep) * share * 2, mid + (foam - mid) * (share * 2 - 1))
    packed = np.empty((ROWS, w, 4), np.uint8)
    packed[..., :3], packed[..., 3] = rgb[..., ::-1], 255
    return packed.view(np.uint32).reshape(-1)


def _depths(small, drop, upstream, rng):
    """What shades the water: glassy and dark at the lip, pale in the middle, lost in the gorge's shadow."""
    sheet = Canvas(small.surface.get_size(), scale=small.scale)
    x, y = light.coordinates(sheet)
    below = np.clip(drop / 520, 0, 1)
    shade = np.where(
        drop < 0, 0.94 - 0.25 * np.clip(1 - upstream, 0, 1) ** 3, 0.70 + 0.34 * np.clip(drop / 120, 0, 1)
    )
    shade = shade - 0.16 * below**2
    shade *= 0.9 + 0.2 * light.clouds(sheet, rng, size=220)
    rgb = np.clip(shade, 0, 1)[..., None] * np.array([1.0, 0.985, 0.95], np.float32)
    light.paint(sheet, rgb)
    sky = np.clip((_shore(x[0], sheet.width)[None, :] - y) * sheet.scale + 0.5, 0, 1)
    alpha = 1 - sky
    sheet.px[...] = (sheet.px * alpha[..., None]).astype(np.uint8)
    return sheet


def _rock(canvas, lip, rng):
    """Dark ledges that split the fall and wall it in, brushed wet on the water."""
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
    x, y = light.coordinates(sheet)
    share = np.zeros(sheet.px.shape[:2], np.float32)
    texture = light.grain(sheet, rng, stretch=(16, 2.2)) * 0.5 + light.grain(sheet, rng, stretch=(2, 9)) * 0.5
    blot = light.clouds(sheet, rng, size=130, octaves=4)
    edge = 26 * (light.clouds(sheet, rng, size=60, octaves=4) - 0.5)
    for middle, half, top, lean in (
        (-0.03, 0.12, -60, 0.10),
        (0.585, 0.035, -26, 0.05),
        (0.70, 0.018, 4, 0.03),
        (1.03, 0.11, -90, -0.12),
    ):
        d = np.maximum(0, y - lip(np.array([middle * canvas.width]))[0] - top)
        reach = (half + 0.00010 * d) * canvas.width
        away = np.abs(x - (middle + lean * d / 1080) * canvas.width) - reach + edge * 2
        share = np.maximum(share, np.clip(-away / 5, 0, 1) * np.clip(d / 10, 0, 1))
    tone = np.clip(0.80 + 0.24 * (blot - 0.5) + 0.12 * texture, 0, 1)
    lit = np.clip(texture - 0.9, 0, 1) * 0.25
    colour = (
        np.array(ink.INK, np.float32) * (1 - lit[..., None])
        + np.array((126, 108, 84), np.float32) * lit[..., None]
    )
    colour = colour + (np.array((92, 76, 58), np.float32) - colour) * (0.45 * (1 - tone))[..., None]
    alpha = np.clip(share * (0.86 + 0.14 * tone), 0, 1)
    sheet.px[..., :3] = (colour * alpha[..., None])[..., ::-1]
    sheet.px[..., 3] = alpha * 255
    return sheet


class Spray:
    """Drops thrown up from the pool that hang and drift, their colour from yellow through grey to blue."""

    def __init__(self, canvas, fall, rng):
        self.rng, self.fall, self.width = rng, fall, canvas.width
        self.scale = canvas.scale / 4
        h, w = max(2, canvas.px.shape[0] // 4), max(2, canvas.px.shape[1] // 4)
        self.field = np.zeros((h, w), np.uint64)
        self.lanes = self.field.view(np.uint16).reshape(h, w, 4)
        self.soft = np.zeros((h, w, 4), np.uint16)
        self.small = np.zeros((h, w, 4), np.uint8)
        self.big = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
        n = DROPS
        self.x, self.y = np.zeros(n, np.float32), np.full(n, 2000, np.float32)
        self.vx, self.vy = np.zeros(n, np.float32), np.zeros(n, np.float32)
        self.age = np.full(n, 99, np.float32)
        self.life = np.ones(n, np.float32)
        self.base = np.zeros(n, np.float32)
        ramp = np.array(
            [np.interp(np.linspace(0, 1, 64), (0, 0.45, 1), [c[k] for c in SPRAY]) for k in (2, 1, 0)]
        ).T
        self.ramp = ramp.astype(np.float32)

    def step(self, dt, roar, wind):
        """Roar 0..1 is how much is thrown up."""
        self.age += dt
        dead = np.flatnonzero(self.age > self.life)[: int(DROPS * dt * 0.6 * roar) + 1] if roar > 0.01 else []
        if len(dead):
            n = len(dead)
            u = np.clip(self.rng.normal(0.38, 0.2, n), -0.02, 1.02)
            self.x[dead] = u * self.width
            self.y[dead] = self.base[dead] = 1010 + 60 * self.rng.random(n)
            self.vx[dead] = self.rng.normal(0, 46, n)
            self.vy[dead] = -self.rng.gamma(3.0, 62, n) - 60
            self.life[dead] = 1.6 + 2.6 * self.rng.random(n)
            self.age[dead] = 0
        self.vy += (26 - 0.55 * self.vy) * dt - 18 * dt  # the draught of the gorge carries them up
        self.vx += ((wind - 0.5) * 160 - 0.3 * self.vx) * dt
        self.x += self.vx * dt
        self.y += self.vy * dt
        self.field[:] = 0
        live = np.flatnonzero(self.age < self.life)
        col, row = (self.x[live] * self.scale).astype(int), (self.y[live] * self.scale).astype(int)
        fits = (col >= 0) & (col < self.field.shape[1]) & (row >= 0) & (row < self.field.shape[0])
        live, cells = live[fits], row[fits] * self.field.shape[1] + col[fits]
        s = self.age[live] / self.life[live]
        strength = 4200 * np.sin(np.pi * np.clip(s, 0, 1)) ** 0.8 * (0.4 + s)
        shade = self.ramp[np.clip((1010 - self.y[live]) / 620 * 63, 0, 63).astype(int)] / 255
        packed = np.empty((len(live), 4), np.uint16)
        packed[:, :3] = shade * strength[:, None]
        packed[:, 3] = strength
        raster.splat(self.field.reshape(-1), cells, packed.view(np.uint64)[:, 0])
        np.copyto(self.soft, self.lanes)
        raster.soften(self.soft, 7.0 * self.scale * 4 / 4 + 1.2)

    def burst(self, x, force):
        """A splash at x, design units."""
        spare = np.argsort(-self.age)[: int(60 + 240 * force)]
        n = len(spare)
        self.x[spare] = x + self.rng.normal(0, 26, n)
        self.y[spare] = 990 + 60 * self.rng.random(n)
        self.vx[spare] = self.rng.normal(0, 60 + 60 * force, n)
        self.vy[spare] = -self.rng.gamma(3.0, 60 + 110 * force, n) - 120
        self.life[spare] = 1.4 + 1.8 * self.rng.random(n)
        self.age[spare] = 0.12

    def draw(self, canvas):
        np.minimum(self.soft, 235, out=self.soft)
        self.small[:] = self.soft
        raster.fit(self.small, self.big.px)
        canvas.stamp(self.big, (0, 0), anchor=(0, 0))
