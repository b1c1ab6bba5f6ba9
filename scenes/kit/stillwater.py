"""One shaft of late light falling on black water: the place where the leaf comes down."""

import numpy as np

from engine import Canvas, light, raster

WATER = 800.0  # where the pond begins, design units
POOL = (0.5, 905.0)  # where the shaft meets it: share of the width, design units
WARM = (255, 206, 132)
NIGHT = (12, 14, 18)


def shaft(canvas):
    """The light in the air, 0..1: a cone from the upper left down to the pool."""
    x, y = light.coordinates(canvas)
    u = np.clip((y + 140) / (POOL[1] + 140), 0, 1.1)
    middle = (0.245 + (POOL[0] - 0.245) * u) * canvas.width
    half = 46 + 330 * u
    off = np.abs(x - middle) / half
    cone = np.exp(-(off**2.4)) * (0.30 + 0.70 * u**0.7) / (0.6 + 1.5 * u)
    rays = 0.86 + 0.14 * np.sin(19 * (x - middle) / half + 2.1) * np.sin(7.3 * (x - middle) / half)
    return cone * rays


def air(canvas, rng):
    """What stands behind everything: night above the pond with the shaft of light, and without."""
    h, w = canvas.px.shape[:2]
    half = Canvas((max(2, w // 2), max(2, h // 2)), scale=canvas.scale / 2)
    _, y = light.coordinates(half)
    night = np.clip(0.55 + 0.75 * (y / WATER) ** 3, 0, 1.4)[..., None] * np.array(NIGHT[::-1], np.float32)
    night = np.broadcast_to(night, (*half.px.shape[:2], 3))
    beam = night + (0.36 * shaft(half))[..., None] * np.array(WARM[::-1], np.float32)
    noise = rng.random((h, w, 1), dtype=np.float32)  # less than one step of 255: no bands in the dark
    made = []
    for field in (beam, night):
        out = Canvas((w, h))
        np.copyto(out.px[..., :3], raster.resize(field, (w, h)) + noise, casting="unsafe")
        made.append(out)
    return made


def water(pond, canvas, *, lit):
    """(shade, glow) for Pond.reflect: the pond's colour and depth, and the pool of light on it."""
    high, wide = pond.still.shape[:2]
    depth = np.linspace(0, 1, high, dtype=np.float32)[:, None, None]
    tint = np.array([0.92, 0.96, 0.88, 1.0], np.float32)  # blue, green, red
    shade = Canvas((wide, high), scale=pond.scale / 2)
    np.copyto(shade.px, 255 * (0.66 - 0.38 * depth) * tint, casting="unsafe")
    shade.px[:1] //= 2
    y = WATER + (np.arange(high, dtype=np.float32)[:, None] + 0.5) * 2 / pond.scale
    x = (np.arange(wide, dtype=np.float32)[None, :] + 0.5) * 2 / pond.scale
    glow = np.zeros((high, wide, 4), np.float32)
    glow[..., :3] = np.array((15, 13, 7)) * (0.4 + 0.6 * (y[..., None] - WATER) / 280)
    if lit:
        off = ((x - POOL[0] * canvas.width) / 420) ** 2 + ((y - POOL[1]) / 74) ** 2
        glow[..., :3] += (52 * np.exp(-off * 1.2))[..., None] * np.array(WARM[::-1], np.float32) / 255
    return shade, np.clip(glow, 0, 255).astype(np.uint8)


class Motes:
    """Dust in the shaft, drifting; brightest where the light is."""

    def __init__(self, canvas, rng, count=70):
        self.at = rng.random((count, 2))
        self.pace = rng.uniform(0.5, 1.5, count)
        self.canvas = canvas
        self.sprites = []
        for strength in (46, 84, 128):
            dot = canvas.sheet(9, 9)
            self.sprites.append(
                light.paint(dot, light.lamp(dot, (4.5, 4.5), 2.1), (strength, strength * 0.8, strength * 0.5))
            )

    def paint(self, canvas, time, wind):
        """All of them at `time`; `wind` hurries them."""
        u = (self.at[:, 1] + 0.012 * self.pace * time) % 1
        off = 0.55 * np.sin(self.pace * 0.23 * time + 40 * self.at[:, 0]) + 1.5 * (self.at[:, 0] - 0.5)
        x = (0.245 + (POOL[0] - 0.245) * u) * canvas.width + off * (46 + 330 * u) + 60 * wind
        y = -140 + u * (WATER + 120)
        rank = np.clip(
            (1.1 - np.abs(off)) * 3 * (0.6 + 0.4 * np.sin(1.3 * time * self.pace + 9 * self.at[:, 1])), 0, 2
        )
        rank = rank.astype(int)
        for r, sprite in enumerate(self.sprites):
            here = np.stack([x, y], 1)[(rank == r) & (y < WATER - 8)]
            if len(here):
                canvas.stamps(sprite, here)


def halos(canvas, steps=8):
    """The place on the water that waits for the leaf: soft flat light to be added, faintest first."""
    made = []
    for share in (np.arange(steps) + 1) / steps:
        sheet = canvas.sheet(700, 190)
        x, y = light.coordinates(sheet)
        r = np.sqrt(((x - 350) / 340) ** 2 + ((y - 95) / 88) ** 2)
        ring = 0.13 * np.exp(-(((r - 0.70) / 0.10) ** 2)) + 0.10 * np.exp(-(((r - 0.70) / 0.24) ** 2))
        field = (ring + 0.20 * np.exp(-((r / 0.55) ** 2))) * np.clip((1 - r) * 5, 0, 1)
        made.append(light.paint(sheet, share * field, WARM))
    return made
