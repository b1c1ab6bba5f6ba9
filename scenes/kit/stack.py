"""The timber stacked in the yard: logs in lamplight, fewer with every piece that goes up."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.solid import sheet as sheet_of

LOG = 27.0  # design units, radius of the thickest
ROWS = 7


class Stack:
    """A pile of log ends seen from the front, laid in rows that lie in the hollows of the row below."""

    def __init__(self, canvas, x0, x1, rng, *, ground=1004.0):
        self.logs, reach = [], x1 - x0
        wide = int(np.clip((reach - 60) / (2 * LOG), 4, 11))
        for row in range(ROWS):
            for n in range(wide - row):
                x = x0 + (n + 0.5 * row) * 1.98 * LOG + rng.uniform(-3, 3)
                y = ground - LOG - row * 1.72 * LOG + rng.uniform(-2, 2)
                self.logs.append(
                    (_end(canvas, LOG * rng.uniform(0.88, 1.04), rng, 0.16 + 0.74 * (x - x0) / reach), x, y)
                )
        self.trestle = _lamp(canvas)
        self.lamp = x0 + (wide + 0.6) * 2 * LOG, ground - 66

    def draw(self, canvas, share, fall=0.0):
        """`share` 0..1 of the stack is still there; the top row goes first."""
        count = int(np.ceil(share * len(self.logs)))
        if count:
            pictures = [p for p, _, _ in self.logs[:count]]
            raster.stamp_each(canvas, pictures, np.array([(x, y + fall) for _, x, y in self.logs[:count]]))
        canvas.stamp(self.trestle, (self.lamp[0], self.lamp[1] + fall), blend="over")


def _end(canvas, r, rng, glow):
    """The sawn end of a log: rings about a core off its middle, checks, bark; lit from the right."""
    k = canvas.scale
    side = max(5, round((2 * r + 8) * k))
    at = (np.arange(side, dtype=np.float32) + 0.5) / k - (r + 4)
    x, y = at[None, :], at[:, None]
    turn = np.arctan2(y, x)
    edge = r * (
        1 + 0.025 * np.sin(3 * turn + rng.uniform(0, 6)) + 0.015 * np.sin(5 * turn + rng.uniform(0, 6))
    )
    rho = np.hypot(x, y)
    cx, cy = rng.uniform(-0.16, 0.16, 2) * r
    ring = np.hypot(x - cx, y - cy) * (1 + 0.03 * np.sin(2 * turn + rng.uniform(0, 6)))
    grow = ring**1.06 * 0.30 + 0.25 * np.sin(ring * 0.16 + rng.uniform(0, 6))
    late = np.clip((grow % 1.0 - 0.35) / 0.65, 0, 1) ** 2
    heart = np.clip(1.15 - ring / (0.55 * r), 0, 1) ** 0.5
    tone = 1.0 - 0.30 * late - 0.20 * heart + 0.03 * rng.standard_normal((side, side))
    angle = rng.uniform(0, 2 * np.pi)  # one check, wedge-shaped, from the heart outwards, as logs dry
    across = np.abs((x - cx) * np.sin(angle) - (y - cy) * np.cos(angle))
    ahead = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
    tone = tone - 0.7 * np.clip(1 - across / np.maximum(0.05 * ahead, 0.3), 0, 1) * (ahead > 0.1 * r) * (
        ring < 0.9 * r
    )
    bark = np.clip((rho - (edge - 3.6)) / 1.4, 0, 1)
    lit = glow * (0.62 + 0.38 * np.clip(0.5 + 0.6 * x / r + 0.2 * y / r, 0, 1))
    wood = np.array((196, 138, 80), np.float32) * (tone * lit)[..., None]
    rim = (
        np.array((52, 36, 26), np.float32)
        * (glow * (0.4 + 1.6 * np.clip(0.2 + x / rho.clip(1), 0, 1)))[..., None]
    )
    rgb = wood + (rim - wood) * bark[..., None]
    cover = np.clip((edge - rho) * k + 0.5, 0, 1)
    return sheet_of(k, np.clip(rgb, 0, 255), cover)


def _lamp(canvas):
    """An oil lamp on a tripod of poles: the one light of the yard."""
    sheet = canvas.sheet(240, 240)
    w = 120.0
    for dx in (-34, 0, 34):
        sheet.line([(w + dx, 216), (w, 110)], (38, 27, 20), 5)
    sheet.polygon([(w - 22, 108), (w + 22, 108), (w + 12, 122), (w - 12, 122)], (64, 44, 28))
    glow = Canvas(sheet.px.shape[1::-1], scale=canvas.scale, clear=True)
    y, x = np.mgrid[: sheet.px.shape[0], : sheet.px.shape[1]].astype(np.float32) / canvas.scale
    flame = np.exp(-(((x - w) / 7) ** 2) - ((y - 93) / 15) ** 2)
    halo = 0.50 * np.exp(-((x - w) ** 2 + (y - 95) ** 2) / 46**2) + 0.16 * np.exp(
        -((x - w) ** 2 + (y - 95) ** 2) / 70**2
    )
    edge = np.clip((118 - np.hypot(x - w, y - 112)) / 40, 0, 1)
    rgb = flame[..., None] * (120, 220, 255) + (halo * edge)[..., None] * (40, 104, 200)
    glow.px[..., :3] = np.clip(rgb, 0, 255)
    sheet.stamp(glow, (0, 0), blend="add", anchor=(0, 0))
    return sheet
