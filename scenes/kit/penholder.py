"""The brush itself in the writer's unseen hand: bamboo holder, wet tuft, and its shadow on the paper."""

import numpy as np

from engine import ink, light, raster

LONG = 350.0
WIDE = 34.0
LEAN = np.radians(24)


class Holder:
    """The brush leaning to the right as it is held; `draw` sets its tip where the ink arrives."""

    def __init__(self, canvas):
        upright = canvas.sheet(WIDE * 2, LONG * 2)  # its tip at the middle, so that it turns about the tip
        _paint(upright)
        self.brush = raster.turned(upright, LEAN)
        shade = upright.px[..., 3].astype(np.float32) / 255
        soft = raster.blur(shade, 10 * canvas.scale)
        shadow = raster.tint(0.20 * np.clip(soft * 1.3, 0, 1), ink.INK, canvas.scale)
        self.shadow = raster.turned(shadow, LEAN + 0.24)

    def draw(self, canvas, x, y, lift):
        """Tip at (x, y) in design units, `lift` 0 (pressed) .. 1 (in the air)."""
        canvas.stamp(self.shadow, (x + 6 + 26 * lift, y + 5 + 16 * lift))
        canvas.stamp(self.brush, (x, y - 4 - 34 * lift))


def _paint(sheet):
    x, y = light.coordinates(sheet)
    up = LONG - y  # above the tip
    off = (x - WIDE) / WIDE
    tuft = 0.36 * np.clip(up / 52, 0, 1) ** 0.62 * (1 - 0.22 * np.clip((up - 52) / 26, 0, 1))
    half = np.where(up < 78, tuft, np.where(up < 92, 0.34, 0.27))
    inside = np.clip((half - np.abs(off)) * WIDE * sheet.scale + 0.5, 0, 1) * (up > 0) * (up < LONG - 6)
    u = np.clip(off / np.maximum(half, 0.02), -1, 1)
    round_ = np.sqrt(np.clip(1 - u**2, 0, 1)) * 0.75 + 0.25 * (1 - u) / 2
    hair = np.array((34, 30, 32), np.float32)
    horn = np.array((58, 40, 30), np.float32)
    bamboo = np.array((178, 138, 84), np.float32)
    part = np.where((up < 78)[..., None], hair, np.where((up < 92)[..., None], horn, bamboo))
    node = 1 - 0.35 * np.exp(-(((up - 236) / 3.0) ** 2))
    rgb = part * ((0.45 + 0.75 * round_) * node)[..., None]
    shine = np.exp(-(((u + 0.35) / 0.16) ** 2)) * (up < 78) * np.clip(up / 30, 0, 1)
    rgb = np.clip(rgb + 46 * shine[..., None], 0, 255)
    sheet.px[..., :3] = (rgb * inside[..., None])[..., ::-1]
    sheet.px[..., 3] = inside * 255
