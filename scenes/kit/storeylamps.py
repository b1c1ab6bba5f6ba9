"""Lamps behind the pagoda's doors: lit storey by storey, and brighter where a guest asks."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.pagoda import STOREYS

SPREAD = 11.0  # design units the light blooms
EACH = 0.42  # seconds from one storey's lamp to the next
LEVELS = 8


class StoreyLamps:
    """`level` (5,) 0..1 of each storey's lamps."""

    def __init__(self, canvas, pictures):
        self.pictures, self.level = pictures, np.zeros(STOREYS)
        self.extra = np.zeros(STOREYS)
        self.sheets = []
        pad = round(2.2 * SPREAD * canvas.scale)
        for storey in range(1, STOREYS + 1):
            own = pictures.glow[storey].px[..., :3].astype(np.float32)
            own = np.pad(own, ((pad, pad), (0, 0), (0, 0)))
            lit = 0.85 * own + 1.7 * raster.blur(own, SPREAD * canvas.scale)
            steps = []
            for level in range(1, LEVELS + 1):
                sheet = Canvas(own.shape[1::-1], scale=canvas.scale, clear=True)
                sheet.px[..., :3] = np.clip(lit * level / LEVELS, 0, 255)
                steps.append(sheet)
            self.sheets.append(steps)
        self.pad = pad / canvas.scale

    def flare(self, storey, strength):
        """Brighter for a while on one storey, or on all."""
        where = slice(None) if storey is None else storey - 1
        self.extra[where] = np.minimum(0.8, self.extra[where] + strength)

    def step(self, age, dt):
        """`age` seconds since the first was lit."""
        goal = np.clip((age - EACH * np.arange(STOREYS)) / 0.9, 0, 1)
        self.level = goal * 0.92
        self.extra *= np.exp(-dt / 0.9)

    def draw(self, canvas, lean, strength):
        p, shift = self.pictures, np.cumsum(lean)
        for n, steps in enumerate(self.sheets):
            level = round(min(1.0, (self.level[n] + self.extra[n]) * strength) * LEVELS)
            if level:
                at = p.blocks[n + 1] / canvas.scale + (shift[n] - 0.5 * lean[n], -self.pad)
                canvas.stamp(steps[level - 1], at, blend="add", anchor=(0, 0))
