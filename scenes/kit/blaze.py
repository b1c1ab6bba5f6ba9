"""Flames that lick out of the joints and up the wall: a field of heat that rises, wanders and cools."""

import numpy as np

from engine import Canvas, raster

REACH = (350.0, 960.0)  # half width of the picture of the flames and its height, design units
STEP = 3  # pixels of the stage to one of the field
FLAME = (
    (0.00, (0, 0, 0)),
    (0.10, (10, 2, 1)),
    (0.26, (96, 20, 6)),
    (0.44, (214, 68, 16)),
    (0.64, (250, 122, 34)),
    (0.84, (255, 178, 84)),
    (1.00, (255, 222, 150)),
)
SMOKE = (74, 42, 28)


def ramp(stops, size=256):
    """(size,) uint32 of BGRA pixels along colour stops (share, (r, g, b))."""
    at = np.linspace(0, 1, size)
    shares = [s for s, _ in stops]
    out = np.zeros((size, 4), np.uint8)
    for channel in range(3):
        out[:, 2 - channel] = np.interp(at, shares, [c[channel] for _, c in stops])
    return out.view(np.uint32).ravel()


def rolling(shape, rng, sigma):
    """Smooth noise, mean 0, deviation 1, that repeats without a seam; stacked twice so that it can scroll."""
    h, w = shape
    fy, fx = np.fft.fftfreq(h)[:, None], np.fft.rfftfreq(w)[None, :]
    damp = np.exp(-2 * np.pi**2 * (sigma[0] ** 2 * fx**2 + sigma[1] ** 2 * fy**2))
    noise = np.fft.irfft2(np.fft.rfft2(rng.standard_normal(shape)) * damp, s=shape)
    noise = (noise / max(1e-9, noise.std())).astype(np.float32)
    return np.concatenate([noise, noise])


class Blaze:
    """`gaps` (h, w) 0..1 over the tower's sheet, `corner` its upper left and `height` of the tower."""

    def __init__(self, canvas, tower, place, sheets, rng):
        self.scale = canvas.scale / STEP
        w, h = round(2 * REACH[0] * self.scale), round(REACH[1] * self.scale)
        self.size = (max(8, w), max(8, h))
        self.place = (place[0] - REACH[0], place[1] + 30 - REACH[1])
        self.field = np.zeros(self.size[::-1], np.float32)
        self._next = np.zeros_like(self.field)
        self._gy, self._gx = np.mgrid[: self.size[1], : self.size[0]].astype(np.float32)
        self._x, self._y = self._gx.copy(), self._gy.copy()
        k = 34 * self.scale
        shape = self.field.shape
        self._sway = rolling(shape, rng, (1.1 * k, 1.5 * k))
        self._curl = rolling(shape, rng, (0.32 * k, 0.46 * k))
        self._lick = rolling(shape, rng, (0.26 * k, 0.62 * k))
        self._puff = rolling(shape, rng, (1.5 * k, 1.9 * k))
        self._source, self._cover = self._fit(sheets)
        self._height = np.clip(
            (place[1] - self.place[1] - (self._gy + 0.5) / self.scale) / tower.height, 0, 1
        )
        self._point = 0.4 * np.clip((self._height - 0.86) / 0.10, 0, 1)  # all that burns comes together there
        self._plume = self._plumes(tower, place)
        self._flame, self._smoke = ramp(FLAME), ramp(((0, (0, 0, 0)), (1, SMOKE)))
        self._index = np.zeros(shape, np.uint8)
        self._colour = np.zeros(shape, np.uint32)
        self._haze = np.zeros(shape, np.uint32)
        self._wide = np.zeros((max(2, h // 4), max(2, w // 4), 4), np.uint8)
        self._grown = np.zeros((*shape, 4), np.uint8)
        full = (round(2 * REACH[0] * canvas.scale), round(REACH[1] * canvas.scale))
        self.picture = Canvas(full, scale=canvas.scale)
        self._count = 0

    def light(self, sheets):
        """Take another tower's joints."""
        self._source, self._cover = self._fit(sheets)

    def _fit(self, sheets):
        """Joints and coal of a tower in the field's own pixels."""
        left = REACH[0] - sheets.foot[0]
        top = REACH[1] - 30 - sheets.foot[1]
        small = (round(sheets.cold.width * self.scale), round(sheets.cold.height * self.scale))
        x, y = round(left * self.scale), round(top * self.scale)
        out = []
        for picture in (sheets.gaps.px[..., 0], sheets.cold.px[..., 3]):
            fitted = raster.resize(picture, small).astype(np.float32) / 255
            whole = np.zeros_like(self.field)
            down, in_ = max(0, y), max(0, x)
            part = fitted[down - y : whole.shape[0] - y, in_ - x : whole.shape[1] - x]
            whole[down : down + part.shape[0], in_ : in_ + part.shape[1]] = part
            out.append(whole)
        gaps = np.clip(out[0] * 1.5, 0, 1)
        return gaps, 1 - 0.58 * out[1]

    def _plumes(self, tower, place):
        """Where smoke hangs: a column above the point that widens."""
        x = (self._gx + 0.5) / self.scale + self.place[0] - place[0]
        up = (place[1] - tower.height * 0.82 - self.place[1] - (self._gy + 0.5) / self.scale) / 300
        wide = 70 + 130 * np.clip(up, 0, 2)
        return (np.exp(-((x / wide) ** 2)) * np.clip(up * 1.4, 0, 1)).astype(np.float32)

    def step(self, lit, lift, wind, calm):
        """One frame. lit: heat 0..1 by course from the ground; lift 0..1.5; wind -1..1."""
        self._count += 1
        n, h = self._count, self.field.shape[0]
        speed = (4.2 + 2.4 * lift) * self.scale
        a, b, c, d = (int(n * s * self.scale) % h for s in (2.2, 4.6, 5.2, 1.1))
        np.multiply(self._sway[a : a + h], -1.0 * (0.5 + lift) * self.scale * (1 - 0.5 * calm), out=self._x)
        self._x -= self._curl[b : b + h] * (2.0 * self.scale)
        self._x += self._gx
        self._x -= np.float32(wind * 3.2 * self.scale)
        np.multiply(self._curl[c : c + h][:, ::-1], np.float32(0.34 * speed), out=self._y)
        self._y += self._gy
        self._y += np.float32(speed)
        raster.look_up(self.field, self._x, self._y, self._next)
        self.field[-1] = 0
        cooling = np.float32(0.019 - 0.008 * min(1.2, lift))
        self._next *= np.float32(0.978)
        self._next -= cooling * np.clip(1 + 0.5 * self._lick[b : b + h], 0.2, 2.2)
        courses = np.interp(self._height[:, 0], (np.arange(len(lit)) + 0.5) / len(lit), lit).astype(
            np.float32
        )
        strength = courses * np.float32(0.92 + 0.36 * lift) * (1 - 0.45 * calm)
        fresh = self._source * strength[:, None]
        fresh *= np.clip(0.50 + 0.72 * self._lick[d : d + h, ::-1] + self._point, 0, 1.15)
        np.maximum(self._next, fresh, out=self._next)
        np.clip(self._next, 0, 1.02, out=self._next)
        self.field, self._next = self._next, self.field

    def develop(self, glow):
        """Into the picture: flames, thinner before the coal, their glow, and smoke lit from below."""
        n, h = self._count, self.field.shape[0]
        np.multiply(self.field * self._cover, 235, out=self._x)
        np.copyto(self._index, self._x, casting="unsafe")
        np.take(self._flame, self._index, out=self._colour, mode="clip")
        d = int(n * 1.1 * self.scale) % h
        np.multiply(self._plume, np.clip(0.45 + 0.5 * self._puff[d : d + h], 0, 1.6), out=self._y)
        self._y *= np.float32(150 * glow)
        np.copyto(self._index, self._y, casting="unsafe")
        np.take(self._smoke, self._index, out=self._haze, mode="clip")
        colour = self._colour.view(np.uint8).reshape(*self.field.shape, 4)
        raster.fit(colour, self._wide)
        raster.soften(self._wide, max(0.6, 16 * self.scale / 4 * 1.4))
        raster.fit(self._wide, self._grown)
        raster.gather(colour, self._grown, 0.40)
        raster.gather(colour, self._haze.view(np.uint8).reshape(colour.shape))
        raster.fit(colour, self.picture.px)

    def stamp(self, canvas):
        """Add the flames to the picture."""
        canvas.stamp(self.picture, self.place, blend="add", anchor=(0, 0))
