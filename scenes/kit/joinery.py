"""The joiner's work of a lattice window: bars with grain, beads and deep sides, and their seams."""

import numpy as np

from engine import light, raster

WOOD = np.array([26, 38, 58], np.float32)  # B G R, old elm against the light
TOP, FOOT, SILL = 112.0, 930.0, 968.0
BAR, SASH, POST = 13.0, 22.0, 46.0


def _mirrored(field):
    """Four copies of a field, mirrored so that they meet without a seam."""
    wide = np.concatenate([field, field[:, ::-1]], axis=1)
    return np.concatenate([wide, wide[::-1]], axis=0)


class Joinery:
    """Bars put together one after another, then painted over the paper in the order they were added."""

    def __init__(self, canvas, rng):
        h, w = canvas.px.shape[:2]
        small = type(canvas)((w // 2 + 1, h // 2 + 1), scale=canvas.scale)
        self.canvas, self.bars = canvas, []
        self.along = _mirrored(light.grain(small, rng, stretch=(30, 0.8)))[:h, :w]
        self.upright = _mirrored(light.grain(small, rng, stretch=(0.8, 30)))[:h, :w]

    def bar(self, x0, y0, x1, y1, *, flat=True, deep=9.0, beads=1):
        """A bar lying (`flat`) or standing; `deep`: how far its side shows, `beads`: lines along it."""
        self.bars.append((x0, y0, x1, y1, flat, deep, beads))

    def cover(self):
        """Boolean picture of all bars."""
        found = np.zeros(self.canvas.px.shape[:2], bool)
        for x0, y0, x1, y1, *_ in self.bars:
            found[self._span(y0, y1, 0), self._span(x0, x1, 1)] = True
        return found

    def paint(self):
        """Shade on the paper, then sides, then faces."""
        h, w = self.canvas.px.shape[:2]
        low = raster.resize(self.cover().astype(np.uint8) * 255, (w // 4, h // 4))
        shade = np.clip(raster.blur(low, 13 * self.canvas.scale / 4) / 255, 0, 1)
        tone = raster.resize(((1 - 0.5 * shade**1.2) * 255).astype(np.uint8), (w, h)).astype(np.uint16)
        lit = self.canvas.px[..., :3] * tone[..., None]
        self.canvas.px[..., :3] = lit >> 8
        for one in self.bars:
            self._side(*one)
        for one in self.bars:
            self._face(*one)

    def _span(self, a, b, axis):
        k, limit = self.canvas.scale, self.canvas.px.shape[axis]
        low = min(limit, max(0, round(a * k)))
        return slice(low, min(limit, max(low + (0 < a * k < limit), round(b * k))))

    def _side(self, x0, y0, x1, y1, flat, deep, _beads):
        """The far edge of a deep bar shows on the side that looks at the eye."""
        if flat:
            shift = deep * ((540 - (y0 + y1) / 2) / 540)
            a, b = (y1, y1 + shift) if shift > 0 else (y0 + shift, y0)
            rows, columns = self._span(a, b, 0), self._span(x0, x1, 1)
        else:
            middle = self.canvas.width / 2 - 60
            shift = deep * 1.3 * ((middle - (x0 + x1) / 2) / middle)
            a, b = (x1, x1 + shift) if shift > 0 else (x0 + shift, x0)
            rows, columns = self._span(y0, y1, 0), self._span(a, b, 1)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return
        grain = (self.along if flat else self.upright)[rows, columns]
        far = np.linspace(1.0, 0.55, (rows.stop - rows.start) if flat else (columns.stop - columns.start))
        far = far if shift < 0 else far[::-1]
        ramp = far[:, None] if flat else far[None, :]
        body = np.array([62, 104, 158], np.float32) * (ramp * (1 + 0.07 * grain))[..., None]
        self.canvas.px[rows, columns, :3] = np.clip(body, 0, 255)

    def _face(self, x0, y0, x1, y1, flat, _deep, beads):
        rows, columns = self._span(y0, y1, 0), self._span(x0, x1, 1)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return
        count = (rows.stop - rows.start) if flat else (columns.stop - columns.start)
        thick = (y1 - y0) if flat else (x1 - x0)
        t = (np.arange(count) + 0.5) / count
        rim = np.exp(-(t * thick) / 2.2) + np.exp(-((1 - t) * thick) / 2.2)
        relief = np.zeros(count)
        for bead in range(beads):
            at = (bead + 1) / (beads + 1)
            d = (t - at) * thick
            relief += 0.55 * np.exp(-((d + 1.1) ** 2) / 1.6) - 0.45 * np.exp(-((d - 1.1) ** 2) / 1.6)
        profile = (0.74 + 1.05 * rim + relief)[:, None] if flat else (0.74 + 1.05 * rim + relief)[None, :]
        grain = (self.along if flat else self.upright)[rows, columns]
        body = WOOD * (profile * (1 + 0.13 * grain))[..., None]
        self.canvas.px[rows, columns, :3] = np.clip(body, 0, 255)


def frame_up(joinery, window):
    """Add every bar of the window, the thin ones first."""
    pitch, height = window.pitch
    side = (window.columns - 4) // 2
    spans = [
        (window.left + POST, window.left + POST + side * pitch, side),
        (*window.centre, 4),
        (window.centre[1] + POST, window.right - POST, side),
    ]
    for a, b, count in spans:
        middle = count == 4
        _sash(joinery, a, b, count, pitch, height, window.great if middle else None)
        _transom(joinery, a, b, count)
    for x in (window.left, window.centre[0] - POST, window.centre[1], window.right - POST):
        joinery.bar(x, -4, x + POST, SILL, flat=False, deep=26, beads=2)
    joinery.bar(window.left, TOP - 26, window.right, TOP - 2, deep=20, beads=2)
    joinery.bar(window.left, FOOT + 2, window.right, SILL, deep=26, beads=2)


def _sash(joinery, a, b, count, pitch, height, great):
    for column in range(1, count):
        x = a + column * pitch
        if great and abs(x - great.x) < 1:
            joinery.bar(x - BAR / 2, TOP, x + BAR / 2, TOP + height, flat=False)
            joinery.bar(x - BAR / 2, FOOT - height, x + BAR / 2, FOOT, flat=False)
        else:
            joinery.bar(x - BAR / 2, TOP, x + BAR / 2, FOOT, flat=False)
    for row in range(1, 4):
        y = TOP + row * height
        if great and abs(y - great.y) < 1:
            joinery.bar(a, y - BAR / 2, great.x - pitch, y + BAR / 2)
            joinery.bar(great.x + pitch, y - BAR / 2, b, y + BAR / 2)
        else:
            joinery.bar(a, y - BAR / 2, b, y + BAR / 2)
    for y0, y1 in ((TOP - 2, TOP + SASH - 8), (FOOT - SASH + 8, FOOT + 2)):
        joinery.bar(a, y0, b, y1, deep=12)
    for x0, x1 in ((a, a + SASH - 8), (b - SASH + 8, b)):
        joinery.bar(x0, TOP, x1, FOOT, flat=False, deep=12)


def _transom(joinery, a, b, count):
    """Bubujin, "step by step brocade": bars that shorten inward, cropped by the top of the picture."""
    units_ = max(2, count)
    step = (b - a) / units_
    low = TOP - 26
    for k in range(units_):
        x = a + k * step
        joinery.bar(x, low - 30, x + step, low - 21, deep=6)
        joinery.bar(x + 0.18 * step, low - 58, x + 0.82 * step, low - 49, deep=6)
        for at, top in ((0.18, low - 90), (0.82, low - 90)):
            joinery.bar(x + at * step - 4.5, top, x + at * step + 4.5, low - 21, flat=False, deep=6)
        joinery.bar(x + 0.5 * step - 4.5, low - 30, x + 0.5 * step + 4.5, low, flat=False, deep=6)
        joinery.bar(x + 0.5 * step - 4.5, -4, x + 0.5 * step + 4.5, low - 49, flat=False, deep=6)
        if k:
            joinery.bar(x - 4.5, -4, x + 4.5, low, flat=False, deep=6)


def joints(canvas, window):
    """The seams a joiner leaves: mitred corners, half-laps where bars cross, pegs in the posts."""
    seam = (16, 12, 9)
    pitch, height = window.pitch
    side = (window.columns - 4) // 2
    posts = (window.left, window.centre[0] - POST, window.centre[1], window.right - POST)
    for x in posts:
        for y in (TOP - 14, (FOOT + SILL) / 2 + 1):
            canvas.disc((x + POST / 2, y), 5.2, (88, 60, 38))
            canvas.disc((x + POST / 2 + 0.6, y + 0.8), 4.2, (44, 29, 18))
            canvas.line([(x + 2, y - 12), (x + 2, y + 12)], seam, 1.2)
            canvas.line([(x + POST - 2, y - 12), (x + POST - 2, y + 12)], seam, 1.2)
    half = BAR / 2
    for start, count in ((posts[0] + POST, side), (posts[1] + POST, 4), (posts[2] + POST, side)):
        for column in range(1, count):
            for row in range(1, 4):
                x, y = start + column * pitch, TOP + row * height
                if abs(x - window.great.x) < pitch - 1 and abs(y - window.great.y) < height - 1:
                    continue
                canvas.line([(x - half, y - half), (x - half, y + half)], seam, 1.0)
                canvas.line([(x + half, y - half), (x + half, y + half)], seam, 1.0)
