"""What lamps, lenses and drivers do to a clean picture; a fault is made anew for each clip."""

from __future__ import annotations

import cv2
import numpy as np

from engine.core.chance import stream

from .figure import HEIGHT, WIDTH


class Fault:
    """A fault keeps what it needs between frames; `__call__(t, picture)` gives float32 0..255."""

    grain = 1.2  # every real sensor has some

    def __init__(self, rng):
        self.rng = rng
        self.phase = rng.uniform(0, 6.28, 8)
        self.prepare()

    def prepare(self):
        pass

    def light(self, t, picture):
        return picture

    def __call__(self, t, picture):
        return self.light(t, picture) + self.rng.standard_normal(picture.shape, np.float32) * self.grain


class Clean(Fault):
    pass


class Noise(Fault):
    grain = 7.0


class Flicker(Fault):
    """Mains light seen by a rolling shutter: bands that crawl."""

    def light(self, t, picture):
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None] / HEIGHT
        wave = np.sin(2 * np.pi * (100.0 * t * 1.003 + rows * 1.6) + self.phase[0])
        return picture * (1 + 0.12 * wave)


class Spill(Fault):
    """A projector's moving picture falls on room and person."""

    def prepare(self):
        self.blobs = self.rng.uniform([0, 0, 25, 0.1], [WIDTH, HEIGHT, 70, 0.45], (5, 4))
        self.speed = self.rng.normal(0, 35, (5, 2))

    def light(self, t, picture):
        glow = np.full((HEIGHT // 4, WIDTH // 4), 0.85, np.float32)
        y, x = np.mgrid[0 : HEIGHT // 4, 0 : WIDTH // 4].astype(np.float32) * 4
        for (cx, cy, size, gain), (vx, vy) in zip(self.blobs, self.speed, strict=True):
            px, py = np.mod(cx + vx * t, WIDTH + 100) - 50, np.mod(cy + vy * t, HEIGHT + 100) - 50
            glow += gain * np.exp(-((x - px) ** 2 + (y - py) ** 2) / size**2)
        return picture * cv2.resize(glow, (WIDTH, HEIGHT))


class Shake(Fault):
    """A camera on a trembling floor."""

    def light(self, t, picture):
        p = self.phase
        dx = 1.3 * np.sin(2 * np.pi * 5.3 * t + p[0]) + 0.9 * np.sin(2 * np.pi * 1.7 * t + p[1])
        dy = 0.9 * np.sin(2 * np.pi * 6.1 * t + p[2]) + 0.6 * np.sin(2 * np.pi * 2.3 * t + p[3])
        return moved(picture, dx, dy)


class Bumps(Fault):
    """Someone kicks the tripod every few seconds."""

    def light(self, t, picture):
        since = np.mod(t + self.phase[0], 2.6)
        swing = 7 * np.exp(-since * 5) * np.sin(2 * np.pi * 5 * since)
        return moved(picture, swing, 0.6 * swing)


class Exposure(Fault):
    """Auto exposure that steps."""

    def prepare(self):
        self.gains = self.rng.uniform(0.6, 1.5, 64)

    def light(self, t, picture):
        k, u = divmod(t / 1.9 + self.phase[0], 1)
        u = min(1.0, u / 0.06)
        return picture * (self.gains[int(k) % 64] * (1 - u) + self.gains[int(k + 1) % 64] * u)


class Blackouts(Fault):
    """Light cues: dark for a third of a second, every two or so."""

    def light(self, t, picture):
        since = np.mod(t + self.phase[0], 2.3)
        return picture * (0.12 if since < 0.35 else 1.0)


class Dark(Fault):
    """A badly lit infrared picture: a lamp in the middle, little contrast, much noise."""

    def prepare(self):
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        self.lamp = 0.25 * np.exp(-(((x - 160) / 150) ** 2) - ((y - 90) / 100) ** 2) + 0.05
        self.fixed = self.rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32) * 1.5

    grain = 4.5

    def light(self, t, picture):
        return picture * self.lamp + 10 + self.fixed


class Repeats(Fault):
    """A virtual camera that shows a third of its frames twice."""

    def prepare(self):
        self.last = None

    def __call__(self, t, picture):
        if self.last is None or self.rng.random() > 0.33:
            self.last = super().__call__(t, picture)
        return self.last


class Codec(Fault):
    """A network camera's stream: blocks, blocks that are only sent anew when they change enough, and a whole
    picture every second, at which all that was left out appears at once."""

    grain = 2.0

    def prepare(self):
        self.kept, self.count, self.quality = None, 0, int(self.rng.integers(18, 45))

    def __call__(self, t, picture):
        seen = grey(super().__call__(t, picture))
        coded = cv2.imdecode(
            cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, self.quality])[1], cv2.IMREAD_GRAYSCALE
        )
        if self.kept is not None and self.count % 30:
            change = cv2.resize(
                cv2.absdiff(seen, self.kept), (WIDTH // 8, HEIGHT // 8 + 1), interpolation=cv2.INTER_AREA
            )
            new = cv2.resize(
                (change > 2.6).astype(np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST
            )
            coded = np.where(new > 0, coded, self.kept)
        self.kept, self.count = coded, self.count + 1
        return coded.astype(np.float32)


class Drops(Fault):
    """A busy computer: a fifth of the pictures never arrive, sometimes several in a row."""

    def prepare(self):
        self.away = 0

    def __call__(self, t, picture):
        if self.away > 0 or self.rng.random() < 0.1:
            self.away = self.away - 1 if self.away else int(self.rng.integers(0, 3))
            return None
        return super().__call__(t, picture)


class Everything(Fault):
    """Flicker, spill, shake, a little noise and exposure at once."""

    grain = 4.0

    def prepare(self):
        self.all = [kind(self.rng) for kind in (Spill, Flicker, Exposure, Shake)]

    def light(self, t, picture):
        for fault in self.all:
            picture = fault.light(t, picture)
        return picture


def moved(picture, dx, dy):
    shift = np.float32([[1, 0, dx], [0, 1, dy]])
    return cv2.warpAffine(picture, shift, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT_101)


FAULTS = {
    "clean": Clean,
    "exposure": Exposure,
    "flicker": Flicker,
    "spill": Spill,
    "repeats": Repeats,
    "shake": Shake,
    "bumps": Bumps,
    "noise": Noise,
    "blackouts": Blackouts,
    "dark": Dark,
    "codec": Codec,
    "drops": Drops,
    "all": Everything,
}


def grey(picture):
    """What a camera hands over: uint8."""
    return np.clip(picture + 0.5, 0, 255).astype(np.uint8)


def seen(drawn, name, seed):
    """(seconds, picture) of what was drawn, as it comes through a fault; some pictures may never come."""
    fault = FAULTS[name](stream(seed, f"fault/{name}"))
    for t, picture in drawn:
        picture = fault(t, picture)
        if picture is not None:
            yield t, grey(picture)
