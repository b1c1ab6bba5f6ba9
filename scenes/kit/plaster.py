"""An old painted wall: clay and lime, stained, with fine cracks and places where the ground is lost."""

import numpy as np

from engine import Canvas, light, raster

GROUND = np.array((0xC3, 0xA9, 0x80), np.float32)
CLAY = np.array((0x8E, 0x6E, 0x4A), np.float32)
LIME = np.array((0xDC, 0xCF, 0xB4), np.float32)
SOOT = np.array((0x4A, 0x3C, 0x2E), np.float32)
CRACKS = 26


class Plaster:
    """rgb (h, w, 3) float32, the bare wall; wear (h, w) 0..1, how little holds on it; grit (h, w) mean 0."""

    def __init__(self, canvas, rng):
        half = Canvas(tuple(max(2, n // 2) for n in canvas.surface.get_size()))  # broad things need no more
        broad = light.clouds(half, rng, size=520, octaves=3)
        patch = light.clouds(half, rng, size=150, octaves=5)
        x, y = light.coordinates(half)
        streak = raster.blur(rng.standard_normal((1, x.shape[1])).astype(np.float32), (14 * half.scale, 0))
        streak = streak / max(1e-6, float(streak.std())) * np.clip(1.1 - y / 900, 0, 1)
        lost = np.clip((patch - 0.70) / 0.05, 0, 1) * np.clip(broad * 2.4 - 0.9, 0, 1)
        low = np.clip((y - 860) / 260, 0, 1) * (0.5 + patch)  # rising damp
        rgb = GROUND * (0.86 + 0.24 * broad + 0.10 * (patch - 0.5) - 0.022 * streak)[..., None]
        rgb += (LIME - rgb) * (0.75 * lost)[..., None]
        rgb += (SOOT - rgb) * np.clip(0.26 * low + 0.15 * (1 - y / 500).clip(0, 1), 0, 0.4)[..., None]
        size = canvas.px.shape[1], canvas.px.shape[0]
        self.rgb = np.asarray(raster.resize(rgb, size), np.float32)
        self.wear = np.asarray(raster.resize(lost, size), np.float32)
        self.grit = light.grain(canvas, rng, stretch=(0.8, 0.8))
        straw = light.grain(canvas, rng, stretch=(5.0, 0.7))
        self.rgb *= (1 + 0.034 * self.grit + 0.012 * straw)[..., None]
        self._crack(canvas, rng)

    def _crack(self, canvas, rng):
        """Cracks run down and across by halting turns; their lower lip catches the light."""
        dark, lit = (Canvas(canvas.surface.get_size()) for _ in range(2))
        for n in range(CRACKS):
            way = rng.uniform(0.9, 2.2) if n % 3 else rng.uniform(-0.5, 0.5)
            turns = way + np.cumsum(rng.normal(0, 0.28, 60))
            turns += (way - turns) * np.linspace(0, 0.7, 60)
            step = rng.uniform(3, 13, (60, 1)) * rng.uniform(0.3, 1.0)
            at = rng.uniform((0, -40), (canvas.width, canvas.height))
            points = at + np.cumsum(np.column_stack([np.cos(turns), np.sin(turns)]) * step, axis=0)
            dark.line(points, (255, 255, 255), 1.0)
            lit.line(points + (1.2, 1.4), (255, 255, 255), 1.0)
        line = dark.px[..., 0].astype(np.float32) / 255
        lip = lit.px[..., 0].astype(np.float32) / 255 * (1 - line)
        self.rgb += (CLAY * 0.45 - self.rgb) * (0.62 * line)[..., None]
        self.rgb += (LIME - self.rgb) * (0.28 * lip)[..., None]
        self.wear = np.clip(self.wear + 0.85 * line, 0, 1)
