"""The apsara: carved as all the others, and the only one who can leave the wall."""

import numpy as np

from engine import Canvas, light, raster, smooth
from scenes.kit.relief import Relief, read_layers
from scenes.kit.stonelight import colour, lay, open_sky, slopes

BLOCK = (640, 384)
HIP = (440, 214)
HOME = 0.37  # her size in the frieze, and in the air
NEAR = 1.3
FLIGHT = 14 * 60  # frames from one side of the wall to the other
WAVE, BEAT = 1.3, 0.6  # waves on the scarf, beats a second
FACING = (1.0, -1.0)  # at either home she looks to the middle of the wall
TURN = 0.05  # of facing, a frame


def carve(path, scale):
    """Her block at `scale` pixels a unit."""
    parts = read_layers(path, ("scarf", "body", "head"))
    block = Relief(BLOCK, HIP, scale * 2)
    for part in ("scarf", "body"):
        block.carve(parts[part])
    block.carve(parts["head"], turn=8, pivot=(58, -84))
    return block.shrunk(scale)


class Apsara:
    """Her picture in the air, its scarf in travelling waves, and her way from home to home."""

    def __init__(self, canvas, path, rng, plan):
        self.plan, self.scale = plan, canvas.scale
        block = carve(path, canvas.scale * NEAR)
        self.sheet = self._light(block, rng)
        h, w = block.height.shape
        self.rest_y = np.repeat(np.arange(h, dtype=np.float32)[:, None], w, axis=1)
        self.rest_x = np.repeat(np.arange(w, dtype=np.float32)[None], h, axis=0)
        along = np.clip((HIP[0] + 60 - np.arange(w) / block.scale) / 480, 0, 1)
        self.along = along.astype(np.float32)
        sway = self._spread(block)
        self.sway = (sway * 26 * block.scale * self.along**1.2).astype(np.float32)
        self.hull = raster.hull(self.sheet) * (1.0, 1.1) - (0, 0.05 * h)  # the wave reaches beyond it
        self.y = np.empty_like(self.rest_y)
        self.work = Canvas((w, h), scale=canvas.scale, clear=True)
        self.scratch = Canvas((int(w * 1.3) + 8, int(h * 1.5) + 8), scale=canvas.scale, clear=True)
        self.at, self.away, self.side, self.back = 0, False, 0, False
        self.facing = 1.0

    def _spread(self, block):
        """The wave belongs to the air around the scarf too, so that its edges stay whole."""
        weight = block.cover
        near = raster.blur(block.sway * weight, 9 * block.scale)
        mass = raster.blur(weight, 9 * block.scale)
        return np.clip(near / np.maximum(mass, 0.02), 0, 1)

    def _light(self, block, rng):
        """Cool from above and behind, a remnant of the warm lamp from below: stone in the air."""
        nx, ny, nz = slopes(raster.blur(block.height, 0.9 * block.scale), block.scale)
        grain = rng.standard_normal(block.height.shape).astype(np.float32)
        rough = np.clip(0.52 + 0.2 * raster.blur(grain, 4 * block.scale) * 14 * block.scale, 0, 1)
        grain = raster.blur(grain, 0.6)
        albedo = colour(block.paint, rough, np.zeros_like(rough), open_sky(block.height, block.scale))
        rim = np.clip(0.30 * nx - 0.86 * ny + 0.16 * nz, 0, 1) ** 1.5 * (1 - nz) ** 0.5
        face = np.clip(0.45 * nx - 0.35 * ny + 0.82 * nz, 0, 1)
        warm = np.clip(-0.5 * nx + 0.75 * ny + 0.25 * nz, 0, 1)
        cool = np.array([0.55, 0.86, 0.95], np.float32)
        rgb = albedo * (face[..., None] * np.array([0.70, 0.72, 0.66], np.float32))
        rgb += albedo * warm[..., None] * np.array([0.60, 0.38, 0.17], np.float32)
        rgb += 330 * rim[..., None] * cool * (0.35 + 0.65 * albedo / 255)
        rgb *= 1.22 + 0.06 * grain[..., None]
        sheet = Canvas(block.size, scale=self.scale, clear=True)
        lay(sheet, rgb * block.cover[..., None])
        sheet.px[..., 3] = (255 * np.clip(block.cover, 0, 1)).astype(np.uint8)
        return sheet

    # her way

    def leave(self):
        """Leave the wall, if she is in it."""
        if not self.away:
            self.away, self.at, self.back = True, 0, False

    def home(self):
        """Go back to where she came from, four times as fast."""
        self.back = self.away

    def step(self):
        """One frame; True in the frame in which she becomes stone again."""
        if not self.away:
            return False
        self.at += -4 if self.back else 1
        self.facing += float(np.clip(self._ahead() - self.facing, -TURN, TURN))
        if 0 <= self.at < FLIGHT:
            return False
        self.side = 1 - self.side if self.at >= FLIGHT else self.side
        self.away, self.back, self.at = False, False, 0
        self.facing = FACING[self.side]
        return True

    def _ahead(self):
        """Which way she should face: where she flies; at the end, into the wall's middle again."""
        left = self.at / 4 if self.back else FLIGHT - self.at
        if left < 2.2 / TURN:
            return FACING[self.side if self.back else 1 - self.side]
        return -FACING[self.side] if self.back else FACING[self.side]

    @property
    def share(self):
        """0..1 of the way."""
        return np.clip(self.at / FLIGHT, 0, 1)

    def pose(self):
        """((x, y) of her hip, size, turn in radians, facing 1 = right .. -1 = left)."""
        start, end = self.plan.homes()[:: 1 - 2 * self.side]
        u = smooth(float(self.share))
        out = np.sin(np.pi * float(self.share))
        x = start[0] + (end[0] - start[0]) * u
        y = start[1] + 470 * out**0.9 - 60 * np.sin(2 * np.pi * u)
        size = HOME + (NEAR - HOME) * min(1.0, out * 1.5) ** 0.8
        turn = 0.16 * np.cos(np.pi * float(self.share)) * min(1.0, out * 3)
        return (x, y), size, turn * self.facing, self.facing

    def light(self):
        """0..1 how much of her own cool light she has by now."""
        return float(np.clip(np.sin(np.pi * self.share) * 2.4, 0, 1))

    def wave(self, seconds):
        """Her sheet as the scarf stands at this time."""
        phase = 2 * np.pi * (WAVE * self.along - BEAT * seconds)
        np.multiply(self.sway, np.sin(phase).astype(np.float32), out=self.y)
        self.y += self.rest_y
        raster.look_up(self.sheet.px, self.rest_x, self.y, self.work.px)
        return self.work

    def draw(self, canvas, seconds):
        if not self.away:
            return
        picture = self.wave(seconds)
        level = round(255 * (0.24 + 0.76 * self.light()))
        if level < 250:
            light.wash(picture, (level, level, level))
        (x, y), size, turn, facing = self.pose()
        k = size / NEAR / self.scale
        c, s = np.cos(turn) * k, np.sin(turn) * k
        hip = np.array(HIP) * NEAR * self.scale
        linear = np.array([[c * facing, -s], [s * facing, c]])
        matrix = np.column_stack([linear, np.array([x, y]) - linear @ hip])
        raster.over_laid(canvas, picture, matrix, self.scratch, hull=self.hull)
