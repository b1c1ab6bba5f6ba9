"""Drops of ink on unsized paper: they spread with a feathered rim, then dry paler."""

import numpy as np

from engine import ink, light, raster

SIZES = (46.0, 120.0)
SHAPES = 2
STAGES = 7
DRY = 5
SPREAD = 0.9  # seconds
KEPT = 9.0  # seconds before it has faded
ROOM = 36


class Blots:
    """The newest drops on the paper; older ones make room."""

    def __init__(self, canvas, rng):
        self.rng = rng
        self.stages = [
            [_stages(canvas, size, rng) for _ in range(SHAPES)] for size in SIZES
        ]  # [size][shape][stage]
        self.drops = []

    def drop(self, x, y, now, *, big=False):
        """Let one fall at (x, y) in design units."""
        self.drops.append((x, y, now, int(big), int(self.rng.integers(SHAPES))))
        del self.drops[:-ROOM]

    def update(self, now):
        """Forget what has faded."""
        self.drops = [d for d in self.drops if now - d[2] < KEPT]

    def draw(self, canvas, now):
        """Multiply them onto the paper."""
        for x, y, began, size, shape in self.drops:
            age = now - began
            grown = min(1.0, (age + 0.05) / SPREAD) ** 0.5
            stage = round(grown * (STAGES - 1))
            if age > KEPT - 4:
                stage = STAGES + min(DRY - 1, int((age - KEPT + 4) / 4 * DRY))
            canvas.stamp(self.stages[size][shape][stage], (x, y), blend="multiply")


def _stages(canvas, size, rng):
    """A drop at STAGES sizes as it spreads, then DRY paler ones."""
    sheet = canvas.sheet(size * 2, size * 2)
    x, y = light.coordinates(sheet)
    angle = np.arctan2(y - size, x - size)
    parts = [rng.normal(0, 1 / k) * np.cos(k * angle + rng.random() * 6.3) for k in range(2, 12)]
    lobes = sum(parts) / 2.2
    feather = light.clouds(sheet, rng, size=size * 0.22, octaves=4) - 0.5
    hair = light.grain(sheet, rng, stretch=(1.3, 1.3))
    r = np.hypot(x - size, y - size) / size * (1 + 0.09 * lobes) + 0.20 * feather + 0.014 * hair
    made = []
    for k in range(STAGES + DRY):
        radius = 0.26 + 0.52 * min(1.0, k / (STAGES - 1))
        body = np.clip((radius - r) * 9, 0, 1)
        rim = np.exp(-(((r - radius + 0.10) / 0.06) ** 2))
        heart = np.exp(-((r / (0.55 * radius)) ** 2))
        pale = 1 if k < STAGES else 1 - (k - STAGES + 1) / (DRY + 1)
        share = (
            body
            * (0.30 + 0.20 * rim + 0.44 * heart)
            * pale
            * np.clip((0.94 - np.hypot(x - size, y - size) / size) * 9, 0, 1)
        )
        made.append(raster.tint(np.clip(share, 0, 1), ink.INK, canvas.scale))
    return [_to_multiply(m) for m in made]


def _to_multiply(sheet):
    """A premultiplied sheet as what it would leave of white paper."""
    alpha = sheet.px[..., 3:4].astype(np.int16)
    sheet.px[..., :3] = sheet.px[..., :3] + (255 - alpha).astype(np.uint8)
    sheet.px[..., 3] = 255
    return sheet
