"""沥粉贴金: lines of paste raised on the wall and laid with gold leaf; a moving lamp finds their flanks."""

import numpy as np

from engine import raster
from scenes.kit.easel import NEVER

LEAF = np.array((0x3E, 0x93, 0xC6), np.float32) * 1.06  # BGR
GLINT = np.array((0xC4, 0xEC, 0xFF), np.float32)
BOLE = np.array((0x2A, 0x44, 0x8A), np.float32)  # the red clay where the leaf is rubbed off
RISE = 2.1  # units a line stands out
SHINE = 22.0


class Gilding:
    """Pixels of the gold in the order in which it is laid, each with the way its surface looks.

    size  how many; shown  how many are laid
    """

    def __init__(self, easel, wear, grit):
        scale = easel.scale
        solid = easel.gilt > 90
        dome = np.clip(raster.distance(solid) / scale / RISE, 0, 1)
        height = raster.blur(RISE * np.sqrt(1 - (1 - dome) ** 2), 0.7 * scale) * scale
        slope_y, slope_x = np.gradient(height)
        found = np.flatnonzero((easel.gilt > 24) & (easel.gilt_when < NEVER))
        order = np.argsort(easel.gilt_when.ravel()[found])
        self.at = found[order]
        self.size, self.shown = len(self.at), 0
        self.colour = np.zeros((self.size, 3), np.uint8)
        width = easel.gilt.shape[1]
        self.x = (self.at % width / scale).astype(np.float32)
        self.y = (self.at // width / scale).astype(np.float32)
        rough = 0.10 * grit.ravel()[self.at]
        nx, ny = -slope_x.ravel()[self.at] + rough, -slope_y.ravel()[self.at] - 0.6 * rough
        norm = 1 / np.sqrt(nx**2 + ny**2 + 1)
        self.nx, self.ny, self.nz = (np.asarray(n * norm, np.float32) for n in (nx, ny, np.ones_like(nx)))
        worn = np.clip(wear.ravel()[self.at] * 1.2 + 0.4 * (grit.ravel()[self.at] > 2.0), 0, 1)[:, None]
        self.leaf = (LEAF + (BOLE - LEAF) * worn).astype(np.float32)
        self.gloss = (1 - worn).astype(np.float32)
        self.cover = (easel.gilt.ravel()[self.at] / np.float32(255))[:, None]

    def look(self, wall, count, lamp, turn):
        """Let a lamp at (x, y, height) play on the first `count` pixels of gold over `wall` (n, 4).

        The lamp is slow, so a third is looked at in each turn, and what was laid since the last.
        """
        for part in (slice(self.shown, count), slice(turn % 3 * count // 3, (turn % 3 + 1) * count // 3)):
            if part.stop > part.start:
                under = wall[self.at[part], :3].astype(np.float32)
                self.colour[part] = self.shade(part, lamp, under)
        self.shown = count

    def draw(self, canvas):
        """The gold as it was looked at last."""
        if self.shown:
            canvas.px.reshape(-1, 4)[self.at[: self.shown], :3] = self.colour[: self.shown]

    def shade(self, part, lamp, under):
        """(n, 3) uint8 BGR of a slice of the gold, over the colours `under` (n, 3)."""
        dx, dy, dz = lamp[0] - self.x[part], lamp[1] - self.y[part], np.float32(lamp[2])
        near = 1 / np.sqrt(dx * dx + dy * dy + dz * dz)
        lit = np.clip((self.nx[part] * dx + self.ny[part] * dy + self.nz[part] * dz) * near, 0, 1)
        hx, hy, hz = dx * near, dy * near, dz * near + 1  # half way to the eye, which is straight before it
        half = 1 / np.sqrt(hx * hx + hy * hy + hz * hz)
        spec = np.clip((self.nx[part] * hx + self.ny[part] * hy + self.nz[part] * hz) * half, 0, 1) ** SHINE
        gold = self.leaf[part] * (0.36 + 0.78 * lit)[:, None]
        gold += GLINT * (0.85 * spec[:, None] * self.gloss[part])
        cover = self.cover[part]
        return np.clip(under + (gold - under) * cover, 0, 255).astype(np.uint8)
