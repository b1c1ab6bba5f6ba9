"""One shaft of late light falling on black water: the place where the leaf comes down."""

import math

import numpy as np

from engine import Canvas, light, raster
from scenes.kit import feiliang, tung

WATER = 800.0  # where the pond begins, design units
POOL = (0.5, 905.0)  # where the shaft meets it: share of the width, design units
WARM = (255, 206, 132)
NIGHT = (12, 14, 18)
MOONLIT = np.array((20, 18, 13), np.float32)  # what is left of the bridge at night, blue first


SHAFTS = (  # where it enters and where it meets the water (shares of the width), half width there, strength
    (0.245, 0.500, 330.0, 1.0),
    (0.090, 0.215, 120.0, 0.34),
    (0.560, 0.800, 105.0, 0.30),
    (0.690, 0.965, 150.0, 0.24),
)


def shaft(canvas):
    """The light in the air, 0..1: cones through the leaves from the upper left down to the pool."""
    x, y = light.coordinates(canvas)
    u = np.clip((y + 140) / (POOL[1] + 140), 0, 1.1)
    total = np.zeros(canvas.px.shape[:2], np.float32)
    for enters, meets, wide, strength in SHAFTS:
        middle = (enters + (meets - enters) * u) * canvas.width
        half = 0.14 * wide + wide * u
        off = np.abs(x - middle) / half
        rays = 0.86 + 0.14 * np.sin(19 * (x - middle) / half + 2.1) * np.sin(7.3 * (x - middle) / half)
        total += strength * np.exp(-(off**2.4)) * (0.30 + 0.70 * u**0.7) / (0.6 + 1.5 * u) * rays
    return total


def air(canvas, points, greens, rng):
    """What stands behind everything, thrice: in the shafts, in the shafts about what is held, at night."""
    h, w = canvas.px.shape[:2]
    half = Canvas((max(2, w // 2), max(2, h // 2)), scale=canvas.scale / 2)
    x, y = light.coordinates(half)
    night = np.clip(0.55 + 0.75 * (y / WATER) ** 3, 0, 1.4)[..., None] * np.array(NIGHT[::-1], np.float32)
    night = np.broadcast_to(night, (*half.px.shape[:2], 3))
    warm, beam = np.array(WARM[::-1], np.float32), shaft(half)
    tones = feiliang.tones(Canvas((w, h))).astype(np.float32)
    stone = raster.resize(tones, half.surface.get_size())[..., None] / 255
    behind = (stone > 0.02) * np.float32(0.35)  # less of the bright air is seen before a post
    near = raster.blur(beam, 26 * half.scale)[..., None]
    lit = night + (0.52 * beam)[..., None] * warm * (1 - behind)
    lit += stone**1.25 * (np.array((17, 16, 13), np.float32) + 1.5 * near**1.4 * warm)
    held = (
        lit
        + (0.17 * np.exp(-(((x - 0.5 * canvas.width) / 620) ** 2 + ((y - 380) / 470) ** 2)))[..., None] * warm
    )
    noise = rng.random((h, w, 1), dtype=np.float32)  # less than one step of 255: no bands in the dark
    made = []
    bough = overhead(canvas, points, greens, rng)
    for leaves, field in ((True, lit), (True, held), (False, night + stone**1.25 * MOONLIT)):
        out = Canvas((w, h))
        np.copyto(out.px[..., :3], np.minimum(raster.resize(field, (w, h)) + noise, 255), casting="unsafe")
        if leaves:
            out.stamp(bough, (0, 0), anchor=(0, 0))
        made.append(out)
    return made


def overhead(canvas, points, greens, rng):
    """The tung tree's lowest leaves at the picture's upper edge, out of focus, light coming through some."""
    sheet = canvas.sheet(canvas.width, 330)
    small = Canvas(tuple(max(2, n // 2) for n in sheet.surface.get_size()), scale=sheet.scale / 2, clear=True)
    tones = [(greens[k], tuple(int(0.7 * c) for c in greens[k]), tuple(min(255, 40 + c) for c in greens[k]))
             for k in (1, 3, 0)]  # fmt: skip
    drawn = [
        tung.paint(small, tung.grow(points, rng, 0.09), 240.0, tung.Tone(*t), rng, stalk=0.3)[0]
        for t in tones
    ]
    ends = np.concatenate([rng.beta(0.8, 2.6, 15) * 0.5, 1 - rng.beta(0.8, 2.4, 13) * 0.42])
    for k, share in enumerate(np.sort(ends)[rng.permutation(len(ends))]):
        at = np.array([share * canvas.width, rng.uniform(-86, 40) + 120 * (abs(share - 0.52) - 0.25)])
        shone = 0.12 + sum(0.75 * k**0.5 * np.exp(-(((share - x) / 0.055) ** 2)) for x, _, _, k in SHAFTS)
        leaf = raster.turned(
            drawn[k % 3], math.pi + rng.uniform(-0.9, 0.9), stretch=(rng.uniform(0.5, 0.95), 0.9)
        )
        light.wash(leaf, tuple(int(min(255, 255 * shone * c)) for c in (1.15, 1.05, 0.62)))
        small.stamp(leaf, tuple(at))
    raster.soften(small.px, 2.6 * canvas.scale)
    raster.fit(small.px, sheet.px)
    return sheet


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
        glow[..., :3] += (64 * np.exp(-off * 1.2))[..., None] * np.array(WARM[::-1], np.float32) / 255
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


def shadow(canvas):
    """Under the leaf that lies on the water: a soft dark place, to be laid over."""
    sheet = canvas.sheet(760, 240)
    x, y = light.coordinates(sheet)
    field = np.exp(-(((x - 380) / 250) ** 4) - ((y - 120) / 72) ** 4)
    return raster.tint(0.72 * field.astype(np.float32), (2, 4, 5), canvas.scale)


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
