"""Sandstone under lamps: what colour it is, which way it faces, what one lamp makes of it."""

import numpy as np

from engine import Canvas, light, raster

STONE = np.array([222, 184, 138], np.float32)
SHADE = np.array([172, 134, 98], np.float32)
PIGMENT = np.array([[0, 0, 0], [176, 76, 52], [84, 138, 128], [206, 164, 92]], np.float32)
PARTS, ROWS = 3, 60  # belts of the picture, one lit in a frame, and coarse rows of light in all
BANDS = 24  # one of them is lit anew in each frame
NEAR = 200.0  # how far before the wall the lamp is held, design units


def slopes(height, scale):
    """Unit normals (x, y, z) of a height map given in design units."""
    dx = np.empty_like(height)
    dy = np.empty_like(height)
    dx[:, 1:-1] = (height[:, 2:] - height[:, :-2]) * np.float32(0.5 * scale)
    dy[1:-1] = (height[2:] - height[:-2]) * np.float32(0.5 * scale)
    dx[:, [0, -1]], dy[[0, -1]] = 0, 0
    z = 1 / np.sqrt(1 + dx * dx + dy * dy)
    return -dx * z, -dy * z, z


def open_sky(height, scale):
    """0..1 how much of the dark room each place sees: hollows and joints lie in shade."""
    h, w = height.shape
    half = raster.resize(height, (max(2, w // 2), max(2, h // 2)))
    near = raster.blur(half, max(0.5, 2.2 * scale / 2)) - half
    far = raster.blur(half, max(0.5, 11 * scale / 2)) - half
    shade = np.clip(1 - 0.06 * np.clip(near, -1, 8) - 0.034 * np.clip(far, -5, 16), 0.2, 1.15)
    return raster.resize(shade, (w, h)).astype(np.float32)


def colour(paint, rough, worn, opened):
    """Albedo (h, w, 3 RGB, 0..255): sandstone, with paint left only where weather did not reach."""
    tone = np.clip(0.35 + 0.9 * (rough - 0.25), 0, 1)
    # paint lasts longest where no hand and no rain came: in the folds
    left = np.clip((rough - 0.22 - 0.26 * opened) * 4.0, 0, 1) * (1 - worn) * (paint > 0)
    left *= np.array([0, 0.6, 0.52, 0.6], np.float32)[paint]
    stone = np.empty((*tone.shape, 3), np.float32)
    for n in range(3):
        part = SHADE[n] + (STONE[n] - SHADE[n]) * tone
        part += (PIGMENT[:, n][paint] - part) * left
        np.multiply(part, opened, out=stone[..., n])
    return stone


def lay(canvas, rgb):
    """Write an RGB picture of floats 0..255 into a canvas."""
    canvas.px[..., :3] = np.clip(rgb, 0, 255).astype(np.uint8)[..., ::-1]
    canvas.px[..., 3] = 255
    return canvas


class Lit:
    """The wall as the lamp shows it, lit anew a band at a time, so that a moving lamp costs little.

    Only the direction of the light is kept here; its strength and colour are the Glow's.
    """

    def __init__(self, height, albedo, scale, size):
        self.normals = [n.copy() for n in slopes(height, scale)]
        self.albedo = albedo
        self.picture = Canvas(size)
        self.x, self.y = light.coordinates(self.picture)
        h, w = height.shape
        self.edges = np.linspace(0, h, BANDS + 1).astype(int)
        rows = int(np.diff(self.edges).max())
        self.work = [np.empty((rows, w), np.float32) for _ in range(3)]
        self.bytes = np.empty((rows, w), np.uint8)
        self.strips, self.tones = [], []
        for top, bottom in zip(self.edges, self.edges[1:], strict=False):
            self.strips.append(Canvas((w, int(bottom - top)), scale=scale))
            self.tones.append(lay(Canvas((w, int(bottom - top)), scale=scale), albedo[top:bottom]))
        self.seen = [None] * BANDS
        self.next = 0

    def relight(self, lamp, bands=1):
        """Light the next bands from `lamp` (x, y) in design units; what is up to date is passed over."""
        for _ in range(BANDS):
            band, self.next = self.next, (self.next + 1) % BANDS
            if self.seen[band] is None or np.hypot(*np.subtract(lamp, self.seen[band])) > 2:
                self.seen[band] = tuple(lamp)
                self._light(band, lamp)
                bands -= 1
                if not bands:
                    return

    def inlay(self, patch):
        """Let another carving take its place in the wall; its bands are the next to be lit."""
        rows, columns, normals, albedo = patch
        for mine, other in zip(self.normals, normals, strict=True):
            mine[rows, columns] = other
        for band, (top, bottom) in enumerate(zip(self.edges[:-1], self.edges[1:], strict=True)):
            first, last = max(top, rows.start), min(bottom, rows.stop)
            if first < last:
                tone = np.clip(albedo[first - rows.start : last - rows.start], 0, 255).astype(np.uint8)
                self.tones[band].px[first - top : last - top, columns, :3] = tone[..., ::-1]
                self.seen[band] = None
        self.next = int(np.searchsorted(self.edges, rows.start, side="right")) - 1

    def _light(self, band, lamp):
        rows = slice(self.edges[band], self.edges[band + 1])
        n = rows.stop - rows.start
        shade, term, far = (a[:n] for a in self.work)
        dx, dy = np.float32(lamp[0]) - self.x, np.float32(lamp[1]) - self.y[rows]
        nx, ny, nz = (a[rows] for a in self.normals)
        np.multiply(nx, dx, out=shade)
        np.multiply(ny, dy, out=term)
        shade += term
        np.multiply(nz, np.float32(NEAR), out=term)
        shade += term
        np.add(dx * dx, dy * dy, out=far)
        far += np.float32(NEAR**2)
        np.sqrt(far, out=far)
        shade /= far
        # far from the lamp the light would only graze; what the other walls throw back fills it a little
        shade *= np.float32(262)
        shade += np.float32(30)
        np.clip(shade, 12, 255, out=shade)
        np.copyto(self.bytes[:n], shade, casting="unsafe")
        strip = self.strips[band]
        strip.px[..., :3] = self.bytes[:n, :, None]
        strip.stamp(self.tones[band], (0, 0), blend="multiply", anchor=(0, 0))
        self.picture.px[rows] = strip.px


class Glow:
    """How much light of which colour falls where: smooth, so reckoned coarsely and stretched over the wall.

    In each frame one of PARTS belts of the picture is reckoned and lit; a belt reaches a cell beyond its
    rows, so that no seam shows.
    """

    def __init__(self, canvas):
        h, w = canvas.px.shape[:2]
        self.wall = Canvas((w, h), scale=canvas.scale)
        edges = np.linspace(0, h, PARTS + 1).astype(int)
        self.margin = max(2, round(h / ROWS))
        count = ROWS // PARTS + 2
        self.columns = max(8, round(canvas.width / 18))
        self.x = (
            (np.arange(self.columns, dtype=np.float32) + 0.5) * np.float32(canvas.width / self.columns)
        )[None]
        self.belts = []
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            tall = last - first + 2 * self.margin
            y = (
                first - self.margin + (np.arange(count, dtype=np.float32) + 0.5) * tall / count
            ) / canvas.scale
            sheet = Canvas((w, tall), scale=canvas.scale)
            self.belts.append((first, last, y[:, None].astype(np.float32), sheet))
        self.small = Canvas((self.columns, count))
        self.rgb = np.zeros((count, self.columns, 3), np.float32)
        self.part = 0

    def begin(self, colour):
        """Go on to the next belt, everywhere lit by `colour`."""
        self.part = (self.part + 1) % PARTS
        self.rgb[:] = colour

    def add(self, place, radius, colour, *, core=0.35):
        """A lamp of `radius` design units; `colour` is RGB 0..255 at its middle."""
        y = self.belts[self.part][2]
        r2 = ((self.x - np.float32(place[0])) ** 2 + (y - np.float32(place[1])) ** 2) / np.float32(radius**2)
        fall = core * np.exp(-4.2 * r2) + (1 - core) / (1 + 2.6 * r2) ** 2
        self.rgb += fall[..., None] * np.asarray(colour, np.float32)

    def pools(self, places, radius):
        """For each belt (n, cells) of small lamps that do not move, for `pour`."""
        return [
            np.exp([(-2.4 / radius**2) * ((self.x - x) ** 2 + (y - py) ** 2).ravel() for x, py in places])
            .astype(np.float32)
            for _, _, y, _ in self.belts
        ]  # fmt: skip

    def pour(self, pools, levels, colour):
        """Add all pools at once, each at its level 0..1."""
        light = (levels.astype(np.float32) @ pools[self.part]).reshape(self.rgb.shape[:2])
        self.rgb += light[..., None] * np.asarray(colour, np.float32)

    def shed(self, stone):
        """Let the belt's light fall on the stone (a picture as large as the wall)."""
        first, last, _, sheet = self.belts[self.part]
        peak = self.rgb.max(axis=2, keepdims=True)
        # too much light grows whiter slowly, but keeps its hue
        self.rgb *= np.where(peak > 190, 190 + 65 * (1 - np.exp((190 - peak) / 90)), peak) / peak
        self.small.px[..., :3] = np.clip(self.rgb, 0, 255).astype(np.uint8)[..., ::-1]
        raster.fit(self.small.px, sheet.px)
        up = (self.margin - first) / sheet.scale
        sheet.stamp(stone, (0, up), blend="multiply", anchor=(0, 0))
        self.wall.px[first:last] = sheet.px[self.margin : self.margin + last - first]


def flames(canvas, count=4, size=1.0):
    """An oil lamp's flame, small and almost still, in a few shapes to add one after another."""
    found = []
    for n in range(count):
        sheet = canvas.sheet(150 * size, 170 * size)
        x, y = (a / np.float32(size) for a in light.coordinates(sheet))
        tall, lean = 15 + 1.2 * n, 1.1 * (n % 2) - 0.5
        up = np.clip((97 - y) / (2 * tall), 0, 1.4)
        wide = 5.2 * np.sqrt(np.clip(up, 0, 1)) * np.clip(1 - up, 0, 1) ** 0.7 * 1.9 + 0.01
        body = np.clip(1.25 - np.abs(x - 75 - lean * up * 2) / wide, 0, 1) * (up > 0) * (up < 1)
        body = raster.blur(body.astype(np.float32), 1.1 * canvas.scale * size)
        halo = np.exp(-((x - 75) ** 2 + (y - 85) ** 2) / np.float32(2 * 19**2))
        rgb = body[..., None] * (255, 214, 138) + halo[..., None] * np.array((92, 48, 16), np.float32)
        found.append(lay(sheet, rgb))
    return found


def bowl(canvas, size=1.0):
    """The lamp itself: a clay dish in the hand of nobody, dark below, its lip lit by the flame."""
    sheet = canvas.sheet(64 * size, 40 * size)
    t = np.linspace(0, np.pi, 24)
    dish = np.column_stack([32 - 22 * np.cos(t), 14 + 14 * np.sin(t) ** 0.8])
    lip = np.column_stack([32 + 22 * np.cos(2 * t), 14 + 3.6 * np.sin(2 * t)])
    for outline, colour in (
        (dish, (34, 22, 13)),
        (dish * (0.8, 0.42) + (6.4, 8.3), (96, 58, 26)),
        (lip, (188, 122, 58)),
        (lip * (0.84, 0.6) + (5.1, 5.4), (92, 52, 20)),
    ):
        sheet.polygon(outline * size, colour)
    return sheet
