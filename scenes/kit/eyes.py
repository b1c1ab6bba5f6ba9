"""The actor's eyes in their painted sockets: they look about, they blink, they flash wide on a gong."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.operahead import LEFT, TOP
from scenes.kit.path import read_path

PLACE = (61.0, 172.0)  # of the right eye, face units
LID = "M -28 4 R -16 -10 2 -16 18 -11 29 2 16 11 0 13 -15 11 Z"  # open, round its place; inner corner at -28
HALF = (35.0, 27.0)  # of an eye's sheet
IRIS = 12.2
WIDE = 0.26  # how much further open they flash
STEADY = 0.35  # face units a gaze must move to be drawn anew


class Eyes:
    """Two small sheets over the face: `sheets` [(Canvas, corner x, corner y in the sheet's units)]."""

    def __init__(self, head):
        self.grain = head.grain
        self.ball = [self._ball(head, side) for side in (-1, 1)]
        self.lids = {}
        self.sheets = []
        self._seen = None
        self.look(0.0, 0.0, 1.0)

    def look(self, x, y, opening):
        """Turn both to (x, y), face units off the middle; `opening` 0 shut .. 1 open .. 1 + WIDE flashing."""
        seen = round(x / STEADY), round(y / STEADY), round(opening * 12)
        if seen == self._seen:
            return
        self._seen = seen
        self.sheets = [self._sheet(n, side, seen) for n, side in enumerate((-1, 1))]

    def _sheet(self, n, side, seen):
        cover, rim = self._lid(side, seen[2])
        h, w = cover.shape
        ball = self.ball[n]
        oy = ball.shape[0] // 2 - h // 2 - round(seen[1] * STEADY * self.grain)
        ox = ball.shape[1] // 2 - w // 2 - round(seen[0] * STEADY * self.grain)
        rgb = ball[oy : oy + h, ox : ox + w] * self.shade(h)[:, None, None]
        rgb = rgb * (1 - 0.8 * rim[..., None])
        alpha = np.maximum(cover, rim * 0.9)
        sheet = Canvas((w, h), scale=self.grain, clear=True)
        sheet.px[..., :3] = np.clip(rgb * cover[..., None], 0, 255)[..., ::-1].astype(np.uint8)
        sheet.px[..., 3] = (255 * alpha).astype(np.uint8)
        return sheet, side * PLACE[0] - HALF[0] - LEFT, PLACE[1] - HALF[1] - TOP

    def shade(self, h):
        """The upper lid's shadow on the ball."""
        return (0.34 + 0.66 * np.clip((np.linspace(0, 1, h) - 0.26) / 0.24, 0, 1)).astype(np.float32)

    def _lid(self, side, opening):
        if (side, opening) not in self.lids:
            blank = Canvas(
                (round(2 * HALF[0] * self.grain), round(2 * HALF[1] * self.grain)), scale=self.grain
            )
            points = read_path(LID).points * (side, 1)
            open_ = np.where(points[:, 1] < 2, opening / 12, 0.55 + 0.45 * min(1.0, opening / 12))
            points = np.column_stack([points[:, 0], 2 + (points[:, 1] - 2) * open_])
            cover = raster.mask(blank, [points + HALF]).astype(np.float32) / 255
            near = raster.blur(cover, 1.1 * self.grain)
            above = np.roll(
                near, -round(1.2 * self.grain), axis=0
            )  # lashes: the upper edge is the heavier one
            rim = np.clip(4 * near * (1 - near), 0, 1) * np.clip(
                0.45 + 1.3 * (near - np.roll(above, 0)), 0, 1
            )
            self.lids[side, opening] = cover, np.clip(0.25 * 4 * cover * (1 - near) + rim * (cover > 0), 0, 1)
        return self.lids[side, opening]

    def _ball(self, head, side):
        """The eyeball with its iris in the middle, larger than the opening so that it can turn."""
        g = self.grain
        w, h = round(2 * (HALF[0] + 16) * g), round(2 * (HALF[1] + 10) * g)
        x = ((np.arange(w) + 0.5) / g - HALF[0] - 16)[None, :]
        y = ((np.arange(h) + 0.5) / g - HALF[1] - 10)[:, None]
        r = np.hypot(x, y)
        white = (
            np.array([236, 226, 210], np.float32) * (0.93 - 0.010 * np.abs(x) - 0.006 * np.abs(y))[..., None]
        )
        inner = np.exp(-(((x * side + 27) / 6) ** 2) - (y / 8) ** 2)[..., None]
        white = white * (1 - inner * np.array([0.15, 0.5, 0.5], np.float32))
        ring = np.clip(1 - ((r - 0.62 * IRIS) / (0.40 * IRIS)) ** 2, 0, 1)[..., None]
        spoke = (0.8 + 0.2 * np.sin(26 * np.arctan2(y, x)))[..., None]
        iris = np.array([66, 36, 18], np.float32) * (0.25 + 1.1 * ring * spoke)
        iris = iris * (0.6 + 0.6 * np.clip((y + x * 0.4) / IRIS, -0.6, 1))[..., None]
        inside = np.clip((IRIS - r) * g * 0.6 + 0.5, 0, 1)[..., None]
        pupil = np.clip((0.42 * IRIS - r) * g * 0.6 + 0.5, 0, 1)[..., None]
        ball = white * (1 - inside) + iris * inside * (1 - pupil)
        ball *= 1.0 if side < 0 else 0.72  # the far side of the nose lies in shade
        spark = np.exp(-((x + 3.8) ** 2 + (y + 3.6) ** 2) / 3.0) + 0.35 * np.exp(
            -((x - 4) ** 2 + (y - 4) ** 2) / 5
        )
        return (ball + 235 * spark[..., None] * (1.0 if side < 0 else 0.75)).astype(np.float32)
