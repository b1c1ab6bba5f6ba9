"""Night over the yard, storm, and dusk: still skies and ground for the pagoda, and rain before them."""

import numpy as np

from engine import Canvas, light, raster

HORIZON = 938.0  # design units down: where the plain ends behind the temple
SHADE = {"work": 0.62, "storm": 0.72, "dusk": 0.66}  # of the far hills' colour, for what stands nearer
FAR = 60.0  # design units the hills rise above it at most


def skies(canvas, rng, axis, sun_x):
    """{"work", "storm", "dusk"}: whole pictures of sky, plain and court."""
    half = Canvas(tuple(max(2, n // 2) for n in canvas.surface.get_size()))
    x, y = light.coordinates(half)
    w = half.width
    rough = light.clouds(half, rng, size=420, octaves=5)
    streak = light.clouds(_stretched(half), rng, size=150, octaves=4)
    streak = raster.resize(streak, half.surface.get_size())
    up = np.clip(1 - y / HORIZON, 0, 1)
    hills = _hills(x, w, rng)
    grain, around = still(canvas, rng), _skyline(half, axis)
    looks = {}
    looks["work"] = _work(x, y, up, rough, axis - 290)
    looks["storm"] = _storm(up, rough, streak)
    looks["dusk"] = _dusk(x, y, up, rough, streak, sun_x, w)
    found = {}
    for name, (sky, far, court) in looks.items():
        sky = sky.astype(np.float32)
        for n, ridge in enumerate(hills):
            cover = np.clip((y - ridge) * half.scale + 0.5, 0, 1)[..., None]
            sky = sky + (np.array(far[n], np.float32) - sky) * cover
        sky = _court(sky, x, y, court, rough, half)
        tone = np.array(far[-1], np.float32) * SHADE[name]
        sky += (tone - sky) * around
        found[name] = full_size(canvas, sky, grain)
    _stars(found["work"], rng)
    return found


def _stretched(canvas):
    h, w = canvas.px.shape[:2]
    return Canvas((max(2, w // 4), h), scale=canvas.scale)


def still(canvas, rng):
    """Enough noise (h, w, 1), at half the size, to keep the long gradients from banding."""
    h, w = (n // 2 + 1 for n in canvas.px.shape[:2])
    tile = 1.7 * rng.standard_normal((256, 256), dtype=np.float32)
    return np.tile(tile, (h // 256 + 1, w // 256 + 1))[:h, :w, None]


def full_size(canvas, rgb, grain):
    """A picture as large as `canvas` of a smaller one (h, w, 3) 0..255, with its grain."""
    out = Canvas(canvas.surface.get_size())
    half = np.full((*grain.shape[:2], 4), 255, np.float32)
    big = raster.resize(np.ascontiguousarray(rgb[..., ::-1], np.float32), grain.shape[1::-1])
    np.clip(np.add(big, grain, out=big), 0, 255, out=half[..., :3])
    raster.fit(half.astype(np.uint8), out.px)
    return out


def _skyline(canvas, axis):
    """0..1 (h, w, 1) of what stands about the court: halls, the gate's flanks, old trees."""
    sheet = Canvas(canvas.px.shape[1::-1])
    y = HORIZON + 6
    for at, wide, tall in ((-840, 190, 58), (-590, 120, 44), (560, 150, 50), (790, 230, 66)):
        _hall(sheet, axis + at, y, wide, tall)
    for at, tall in ((-1010, 120), (-700, 84), (-470, 66), (455, 72), (680, 104), (930, 128), (1010, 92)):
        _tree(sheet, axis + at, y, tall)
    return sheet.px[..., :1].astype(np.float32) * (0.94 / 255)


def _hall(sheet, x, y, wide, tall):
    """A hall under a hipped roof, its ridge straight, its eaves turned up at their ends."""
    white, half, eave = (255, 255, 255), wide / 2, 0.46 * tall
    sheet.polygon(
        [
            (x - 0.42 * wide, y),
            (x + 0.42 * wide, y),
            (x + 0.42 * wide, y - eave),
            (x - 0.42 * wide, y - eave),
        ],
        white,
    )
    t = np.linspace(0, 1, 7)
    left = np.column_stack(
        [x - half + (half - 0.27 * wide) * t, y - eave - (tall - eave) * t**1.5 - 3 * (1 - t) ** 6]
    )
    right = left * (-1, 1) + (2 * x, 0)
    sheet.polygon(np.vstack([left, right[::-1]]), white)
    sheet.line(
        [
            (x - 0.27 * wide, y - tall - 4),
            (x - 0.27 * wide, y - tall),
            (x + 0.27 * wide, y - tall),
            (x + 0.27 * wide, y - tall - 4),
        ],
        white,
        3,
    )


def _tree(sheet, x, y, tall):
    """A poplar or an old pine of the plain: a trunk and crowns of leaves, uneven."""
    white = (255, 255, 255)
    sheet.line([(x, y), (x + 0.03 * tall, y - 0.6 * tall)], white, max(2.0, 0.05 * tall))
    for n in range(90):
        turn, up = 2.4 * n, 0.14 + 0.84 * n / 90
        reach = 0.13 * tall * np.sin(np.pi * min(1.0, up * 1.01)) ** 0.6 * (((n * 29) % 11) / 11) ** 0.5
        sheet.disc(
            (x + reach * np.sin(turn), y - tall * up), (0.030 + 0.016 * ((n * 13) % 7) / 7) * tall, white
        )


def _mix(a, b, share):
    return (
        np.asarray(a, np.float32) + (np.asarray(b, np.float32) - np.asarray(a, np.float32)) * share[..., None]
    )


def _work(x, y, up, rough, lamp_x):
    sky = _mix((30, 38, 54), (9, 13, 23), np.clip(up * 1.15, 0, 1) + 0 * rough)
    sky = sky * (0.86 + 0.28 * rough[..., None])
    rho2 = ((x - lamp_x) / 760) ** 2 + ((y - HORIZON) / 420) ** 2
    sky = sky + np.exp(-1.5 * rho2)[..., None] * np.array((70, 42, 20), np.float32) * (
        0.7 + 0.5 * rough[..., None]
    )
    return sky, ((20, 25, 36), (15, 18, 26)), ((62, 46, 32), (22, 18, 16))


def _storm(up, rough, streak):
    heavy = np.clip(1.7 * (0.62 * rough + 0.38 * streak) - 0.42, 0, 1)
    sky = _mix((92, 104, 122), (34, 41, 56), np.clip(up**0.7 * 1.1, 0, 1) + 0 * rough)
    sky = sky * (0.62 + 0.62 * heavy[..., None])
    gap = np.exp(-(((up - 0.10) / 0.09) ** 2))[..., None] * np.array((34, 36, 34), np.float32)
    return sky + gap, ((58, 67, 82), (40, 47, 60)), ((58, 64, 74), (24, 28, 36))


def _dusk(x, y, up, rough, streak, sun_x, w):
    stops = np.array([0.0, 0.14, 0.34, 0.62, 1.0], np.float32)
    ramp = np.array(
        [(244, 172, 104), (226, 138, 92), (160, 104, 104), (86, 80, 112), (42, 52, 88)], np.float32
    )
    sky = (
        np.stack([np.interp(up[:, 0], stops, ramp[:, c]) for c in range(3)], -1)[:, None, :]
        + 0 * rough[..., None]
    )
    rho2 = ((x - sun_x) / 620) ** 2 + ((y - HORIZON + 40) / 330) ** 2
    sky = sky + np.exp(-1.6 * rho2)[..., None] * np.array((78, 62, 30), np.float32)
    bank = np.clip(2.6 * streak - 1.15, 0, 1) * np.clip(1.35 - np.abs(up - 0.38) / 0.42, 0, 1)
    lit = np.clip(1.2 - up * 1.7, 0, 1)[..., None]
    cloud = np.array((92, 66, 88), np.float32) * (1 - lit) + np.array((255, 176, 118), np.float32) * lit
    sky = sky + (cloud - sky) * (0.62 * bank)[..., None]
    sky = sky * (0.96 + 0.08 * rough[..., None])
    return sky, ((140, 92, 86), (74, 54, 60)), ((112, 78, 62), (36, 28, 30))


def _hills(x, w, rng):
    """Two lines of hills: Hengshan far away in the south-east and the plain's low rises before it."""
    found = []
    for size, rise in ((340.0, FAR), (150.0, 0.38 * FAR)):
        phase = rng.uniform(0, 2 * np.pi, 5)
        line = sum(np.sin(x / size * (n + 1) + phase[n]) / (n + 1) ** 1.3 for n in range(5))
        swell = 0.55 + 0.45 * np.cos((x / w - 0.82) * 2.6)
        found.append(HORIZON + 6 - rise * (0.42 + 0.24 * line) * swell)
    return found


def _court(sky, x, y, court, rough, canvas):
    """Flagstones that run away to the temple, their joints closing up with distance."""
    low = np.clip((y - HORIZON) / (1080 - HORIZON), 0, 1)
    near = 1 / np.maximum(0.04, low + 0.10)
    row = np.log(np.maximum(low, 1e-3) + 0.10) * 9
    column = (x - canvas.width * 0.5) * near * 0.011 + 0.5 * (np.floor(row) % 2)
    clear = np.clip(low * 2.4 - 0.12, 0, 1)  # far away the joints run together
    joint = clear * (((row % 1) < 0.09) | ((column % 1) < 0.025))
    tone = 0.72 + 0.5 * rough + 0.07 * clear * np.sin(np.floor(row) * 12.9 + np.floor(column) * 7.7)
    ground = _mix(court[0], court[1], low + 0 * rough) * (tone * (1 - 0.22 * np.clip(joint, 0, 1)))[..., None]
    cover = (y > HORIZON).astype(np.float32)[..., None] + 0 * rough[..., None]
    return sky + (ground - sky) * cover


def _stars(sky, rng):
    w, h = sky.surface.get_size()
    count = 170
    x, y = rng.uniform(0, w, count).astype(int), (rng.uniform(0, 0.62, count) ** 1.3 * h).astype(int)
    bright = rng.uniform(20, 110, count) ** 1.0
    for channel, tone in enumerate((1.0, 0.94, 0.86)):
        sky.px[y, x, channel] = np.clip(sky.px[y, x, channel] + bright * tone, 0, 255)


class Scud:
    """Torn cloud that the wind drives across the storm, joined at its ends."""

    def __init__(self, canvas, rng):
        sheet = canvas.sheet(canvas.width, 520)
        small = Canvas(tuple(max(4, n // 6) for n in sheet.px.shape[1::-1]), scale=canvas.scale / 6)
        cloud = light.clouds(small, rng, size=360, octaves=5)
        x = np.linspace(0, 1, cloud.shape[1], dtype=np.float32)
        seam = np.clip(np.minimum(x, 1 - x) / 0.18, 0, 1)
        cloud = cloud * seam + (cloud + np.roll(cloud, cloud.shape[1] // 2, axis=1)) / 2 * (1 - seam)
        y = np.linspace(0, 1, cloud.shape[0], dtype=np.float32)[:, None]
        cover = np.clip(2.3 * cloud - 1.0, 0, 1) * np.sin(np.pi * y).clip(0) ** 1.2 * 0.62
        cover = raster.resize(cover.astype(np.float32), sheet.px.shape[1::-1])
        self.sheet, self.at = raster.tint(cover, (30, 36, 48), canvas.scale), 0.0

    def step(self, dt, wind):
        self.at += (30 + 230 * wind) * dt

    def draw(self, canvas):
        wide = self.sheet.width
        x = self.at % wide
        for place in (x - wide, x):
            canvas.stamp(self.sheet, (place, 40), anchor=(0, 0))


class Rain:
    """Drops in three depths, driven by the wind; drawn as light added to what is behind."""

    def __init__(self, canvas, rng):
        self.count, self.rng = 780, rng
        self.x = rng.uniform(-0.2, 1.2, self.count) * canvas.width
        self.y = rng.uniform(0, 1, self.count) * canvas.height
        self.depth = np.repeat((0.45, 0.7, 1.0), self.count // 3)
        self.size = canvas.width, canvas.height
        self.slant = 0.2
        tones = ((26, 30, 36), (38, 43, 50), (60, 66, 74))
        self.streaks = [_streaks(canvas, d, tone) for d, tone in zip((0.45, 0.7, 1.0), tones, strict=True)]

    def step(self, dt, wind):
        fall = (900 + 1100 * self.depth) * dt
        self.slant = 0.10 + 0.42 * wind
        self.y += fall
        self.x += fall * self.slant
        w, h = self.size
        gone = self.y > h
        self.x[gone] = self.rng.uniform(-0.5, 1.2, int(gone.sum())) * w
        self.y[gone] -= h + 60

    def draw(self, canvas, amount):
        """`amount` 0..1 of the drops."""
        slant = int(np.clip(round(self.slant * SLANTS / 0.6), -SLANTS, SLANTS))
        each = self.count // 3
        for n, streaks in enumerate(self.streaks):
            some = slice(n * each, n * each + round(amount * each))
            canvas.stamps(streaks[slant + SLANTS], np.column_stack([self.x[some], self.y[some]]))


SLANTS = 6  # turns each way a streak is drawn at


def _streaks(canvas, depth, tone):
    """A drop's path in one frame's light, thin and fading upwards, at every slant."""
    found = []
    for turn in range(-SLANTS, SLANTS + 1):
        long, lean = 20 + 46 * depth, 0.6 * turn / SLANTS
        sheet = canvas.sheet(abs(lean) * long + 6, long + 4)
        x, y = light.coordinates(sheet)
        t = np.clip((y - 2) / long, 0, 1)
        middle = sheet.width / 2 + (t - 0.5) * lean * long
        thin = np.exp(-(((x - middle) / (0.55 + 0.35 * depth)) ** 2))
        found.append(light.paint(sheet, (thin * t**0.7 * (y < long + 2)).astype(np.float32), tone))
    return found
