"""Round the face: a stage curtain with its embroidered roundel, the head's shadow on it, the robe below."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.path import read_path

RED = np.array([124, 20, 17], np.float32)
THREAD = np.array([196, 140, 58], np.float32)
CAST = (120.0, 10.0)  # how far the shadow lies from the head, design units, before it grows by distance
DIP = 0.9  # seconds the lamp sinks and rises in
SHOUT, LEVELS = 640.0, 5  # size of the house's shout, design units, and in how many steps it brightens
ROBE_BOX = (-430.0, 356.0, 860.0, 250.0)
SHOULDER = "M 0 486 L 84 398 R 110 404 150 422 220 446 310 478 384 524 430 620 L 430 640 L 0 640 Z"
COLLAR = "M -4 486 L 78 396 L 98 398 L 14 502 L -4 520 Z"
TRIM = "M 0 520 R 40 474 106 406"


def curtain(canvas, middle, rng, shades):
    """{key: backdrop} for `shades` {key: outlines}: cloth in heavy folds under one lamp from the upper left.

    middle  x of the face in design units
    outlines  of what stands before the cloth, in design units; their shadow falls to the right
    Worked out at half size: cloth in the dark has no fine edges.
    """
    full = canvas.surface.get_size()
    small = Canvas((full[0] // 2, full[1] // 2), scale=canvas.scale / 2)
    x, y = light.coordinates(small)
    u = (x - middle) / 540
    drift = raster.blur(
        rng.standard_normal((1, small.px.shape[1])).astype(np.float32), (60 * small.scale, 0.01)
    )
    drift = drift / drift.std()
    phase = x / 40 + 1.5 * drift + 0.30 * np.sin(y / 260 + x / 300)
    fold = np.sin(phase) + 0.38 * np.sin(2 * phase + 0.8)
    slope = np.cos(phase) + 0.76 * np.cos(2 * phase + 0.8)
    cloth = np.clip(0.48 + 0.28 * fold - 0.24 * slope, 0.05, 1.4)
    lamp = np.exp(-(((u + 1.15) / 1.20) ** 2) - ((y - 330) / 640) ** 2)
    edge = 0.16 * np.clip(np.abs(u) - 0.75, 0, 1) ** 1.4
    level = (0.32 * lamp + edge + 0.085) * np.clip(1.25 - y / 1350, 0.3, 1)
    weave = 1 + 0.05 * light.grain(small, rng, stretch=(0.9, 2.4))
    rgb = (cloth * level * weave)[..., None] * RED * 1.55
    rgb += (_roundel(small, middle) * np.clip(cloth, 0.2, 1) * level)[..., None] * THREAD * 1.9
    stages = {}
    for key, outlines in shades.items():
        stage = Canvas(full, scale=canvas.scale)
        light.paint(small, rgb / 255 * (1 - 0.9 * _shade(small, outlines))[..., None])
        raster.fit(small.px, stage.px)
        stages[key] = stage
    return stages


def _shade(small, outlines):
    """How dark the shadow is, 0..1: near the head it is sharper than far from it."""
    cast = np.zeros(small.px.shape[:2], np.float32)
    for outline in outlines:
        cast = np.maximum(
            cast, raster.mask(small, [np.asarray(outline) * (1.06, 1.03) + CAST]).astype(np.float32) / 255
        )
    return np.clip(
        0.62 * raster.blur(cast, 20 * small.scale) + 0.46 * raster.blur(cast, 56 * small.scale), 0, 1
    )


def _roundel(canvas, middle):
    """Couched gold thread: a ring of clouds about a ring of key-fret, larger than the head. Field 0..1."""
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale)
    centre = np.array([middle, 500.0])
    t = np.linspace(0, 2 * np.pi, 240)
    ring = np.column_stack([np.cos(t), np.sin(t)])
    for r, wide in ((700, 3.0), (684, 1.4), (560, 1.4), (546, 3.0)):
        sheet.line(centre + ring * r, (255, 255, 255), wide)
    curl = np.linspace(0, 2.3 * np.pi, 50)
    for n in range(18):
        a = 2 * np.pi * n / 18
        out, over = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
        for side in (-1, 1):
            r = 44 * np.exp(-0.24 * curl)
            for inset in (0, 7):
                path = (
                    centre
                    + out * (622 + side * 2)
                    + np.outer(side * (30 - np.maximum(r - inset, 1) * np.cos(curl)), over)
                    + np.outer(np.maximum(r - inset, 1) * np.sin(curl), out)
                )
                sheet.line(path, (255, 255, 255), 1.6)
    stitch = np.sin(
        np.arange(canvas.px.shape[0])[:, None] * 2.2 + np.arange(canvas.px.shape[1])[None, :] * 1.4
    )
    return sheet.px[..., 0].astype(np.float32) / 255 * (0.75 + 0.25 * stitch)


def robe(grain, rng):
    """Shoulders in jujube satin with a white collar, as a sheet with corner ROBE_BOX; lit from the left.

    grain  pixels a face unit
    """
    left, top, wide, high = ROBE_BOX
    sheet = Canvas((round(wide * grain), round(high * grain)), scale=grain, clear=True)
    x, y = light.coordinates(sheet)
    x, y = x + left, y + top
    cover = _half_mask(sheet, SHOULDER)
    far = np.clip(1 - np.abs(x) / 440, 0, 1)
    drape = 0.5 + 0.5 * np.sin(np.hypot(x * 0.5, y - 330) / 9 + x / 60)
    rim = np.exp(-(((y - (372 + 0.0006 * x * x + 0.26 * np.abs(x))) / 20) ** 2))
    lit = np.clip(0.55 - x / 380, 0.06, 1) * (0.10 + 0.55 * rim + 0.10 * drape**3) * np.clip(far * 2, 0, 1)
    rgb = lit[..., None] * np.array([176, 30, 26], np.float32)
    cloth = _half_mask(sheet, COLLAR)
    white = np.clip(0.62 - x / 240, 0.10, 0.9) * np.clip(0.30 + (y - 372) / 130, 0.05, 0.62)
    rgb = rgb * (1 - cloth[..., None]) + (cloth * white)[..., None] * np.array([236, 224, 204], np.float32)
    alpha = np.maximum(cover, cloth)
    fall = np.clip((top + high - y) / 60, 0, 1)
    sheet.px[..., :3] = np.clip(rgb * (alpha * fall)[..., None], 0, 255)[..., ::-1].astype(np.uint8)
    sheet.px[..., 3] = (255 * alpha).astype(np.uint8)
    for side, tone in ((-1, 0.85), (1, 0.25)):
        for shift in (0, 7):
            trim = read_path(TRIM).points * (side, 1) + (side * shift, shift * 0.9) - ROBE_BOX[:2]
            sheet.line(trim, tuple(round(c * tone) for c in (196, 150, 62)), 1.8)
    return sheet


def _half_mask(sheet, path):
    points = read_path(path).points
    right = raster.mask(sheet, [points - ROBE_BOX[:2]])
    left = raster.mask(sheet, [points * (-1, 1) - ROBE_BOX[:2]])
    return np.maximum(right, left).astype(np.float32) / 255


class Lamp:
    """The one lamp. What nobody should see being changed is changed while it is down.

    down  whether it is sinking or coming up again
    """

    def __init__(self):
        self._left, self._change = 0.0, None

    @property
    def down(self):
        return self._left > 0

    def sink(self, change):
        """Go down, call `change` in the dark, come up again."""
        self.settle()
        self._left, self._change = DIP, change

    def settle(self):
        """Whatever waits for the dark is done now."""
        change, self._change = self._change, None
        if change:
            change()

    def step(self, dt):
        self._left = max(0.0, self._left - dt)
        if self._left < DIP / 2:
            self.settle()

    def shine(self, canvas, warmth):
        """Over everything: `warmth` 0 cold .. 0.5 as it is .. 1 an oil flame."""
        level = abs(2 * self._left / DIP - 1) ** 0.7 if self.down else 1.0
        warm = 2 * warmth - 1
        red = level * (1 + 0.14 * min(0.0, warm))
        green, blue = level * (1 - 0.08 * max(0.0, warm)), level * (1 - 0.22 * max(0.0, warm))
        if min(red, green, blue) < 0.995:
            light.wash(canvas, (round(255 * red), round(255 * green), round(255 * blue)))


def shouts(stage, letters, places):
    """[[sheet, dim to bright] a place]: 好, larger than the head, thrown on the folds of a backdrop as light.

    places  (x, y) of its middle in design units
    """
    glyph = Canvas((round(SHOUT * 1.1 * stage.scale),) * 2, scale=stage.scale, clear=True)
    glyph.stamp(letters.line(stage, "好", SHOUT, (255, 255, 255)), (SHOUT * 0.55, SHOUT * 0.55))
    cover = (
        raster.blur(glyph.px[..., 3], 2.2 * stage.scale) / 255
        + 0.22 * raster.blur(glyph.px[..., 3], 16 * stage.scale) / 255
    )
    found = []
    for x, y in places:
        cloth = _under(stage, x, y, cover.shape)
        folds = np.clip(0.25 + cloth / max(1.0, float(np.percentile(cloth, 80))), 0, 1.6)
        lit = (cover * folds)[..., None] * np.array([18, 44, 150], np.float32)
        sheets = []
        for level in np.linspace(1 / LEVELS, 1, LEVELS):
            sheet = Canvas(cover.shape[::-1], scale=stage.scale, clear=True)
            sheet.px[..., :3] = np.clip(level * lit, 0, 255).astype(np.uint8)
            sheets.append(sheet)
        found.append(sheets)
    return found


def _under(stage, x, y, shape):
    """The red of a backdrop under a picture of this shape, softened across the seams of its folds."""
    h, w = shape
    rows = np.clip(np.arange(h) + round(y * stage.scale) - h // 2, 0, stage.px.shape[0] - 1)
    columns = np.clip(np.arange(w) + round(x * stage.scale) - w // 2, 0, stage.px.shape[1] - 1)
    return raster.blur(stage.px[rows[:, None], columns[None, :], 2], 1.5 * stage.scale)
