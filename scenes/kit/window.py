"""The hemp-paper window in its wooden stage, an oil lamp behind it."""

import math

import numpy as np

from engine import Canvas, light, raster, smooth
from scenes.kit import openwork

LAMP = (1.0, 0.80, 0.50)  # 2200 K through paper
TRIM = 26.0


class Unrest:
    """Smooth chance over time: cubic steps between random values `rate` times a second, -1..1."""

    def __init__(self, rng, rate):
        self.rate = rate
        self._values = rng.uniform(-1, 1, 512)

    def __call__(self, seconds):
        at = seconds * self.rate
        i = math.floor(at)
        a, b = self._values[i % 512], self._values[(i + 1) % 512]
        return float(a + (b - a) * smooth(at - i))


class Window:
    """Paper, frame and lamp.

    pane  (left, top, right, bottom) of the paper in design units
    base  y of the base line on which feet stand
    """

    def __init__(self, canvas, rng):
        side = 150.0 if canvas.width > 1600 else 96.0
        self.pane = (side, 92.0, canvas.width - side, 936.0)
        self.base = 888.0
        self.middle = (canvas.width / 2, 470.0)
        self._sheet = self._painted(canvas, rng)
        self._glow = self._halo(canvas)
        self._wicks = [self._wick(canvas, (i + 1) / 8) for i in range(8)]
        self._creases = [raster.Gel(self._crease(canvas, share)) for share in (0.11, 0.07, 0.035)]
        self._slow, self._quick, self._sway = Unrest(rng, 1.7), Unrest(rng, 6.0), Unrest(rng, 0.7)

    def hang(self, swag, width=180.0):
        """A valance for the whole evening: swag (a Puppet) beside swag under the lintel."""
        left, top, right, _ = self.pane
        count = max(1, round((right - left) / width))
        pitch = (right - left) / count
        swag.size, swag.y = pitch / width, top
        for i in range(count):
            swag.x = left + (i + 0.5) * pitch
            swag.arrange()
            swag.paint(self._sheet, self.pane)

    def brightness(self, seconds, calm=0.0):
        """Flicker about 1: the flame breathes slowly and trembles a little; `calm` 1 stills it."""
        return 1 + (1 - calm) * (0.03 * self._slow(seconds) + 0.015 * self._quick(seconds))

    def paint(self, canvas, seconds, *, level, ember, warmth, shake=0.0, calm=0.0):
        """The lit paper and its frame.

        level 0..1 how far the lamp burns, ember 0..1 its wick after it went out, warmth 0..1 (0.5 = 2200 K),
        shake du the light trembles sideways, calm 0..1 how still the flame stands
        """
        canvas.paste(self._sheet)
        burn = level * self.brightness(seconds, calm) * 0.955
        cool = 0.06 * (0.5 - warmth)
        tint = (burn, burn**1.25 * (1 + cool), burn**1.7 * (1 + 2.4 * cool))
        light.wash(canvas, tuple(round(255 * min(1.0, max(0.0, c))) for c in tint))
        x, y = self.middle
        if level > 0.02:
            sway = (1 - calm) * self._sway(seconds)
            canvas.stamp(
                self._glow, (x + 9 * sway + shake, y + 5 * self._quick(seconds) * (1 - calm)), blend="add"
            )
        if ember > 0.02:
            canvas.stamp(self._wicks[min(7, int(ember * 8))], (x, y), blend="add")

    def shiver(self, canvas, place, age):
        """A wave running out through the struck paper, `age` 0..1 of its life."""
        gel = self._creases[min(2, int(age * 3))]
        k = (0.7 + 1.9 * age) / canvas.scale
        half = gel.picture.px.shape[0] / 2
        matrix = np.array([[k, 0, place[0] - half * k], [0, k * 0.8, place[1] - half * k * 0.8]])
        gel.lay(canvas, matrix, within=self.pane)

    def _crease(self, canvas, share):
        """Three rings of shade, as a still picture to be stretched."""
        sheet = canvas.sheet(380, 380)
        x, y = light.coordinates(sheet)
        rho = np.hypot(x - sheet.width / 2, y - sheet.height / 2) / 190
        ring = (
            np.exp(-(((rho - 0.62) / 0.22) ** 2))
            * (0.5 - 0.5 * np.cos(rho * 24))
            * np.clip((1 - rho) * 8, 0, 1)
        )
        return light.paint(sheet, 1 - share * ring)

    def _painted(self, canvas, rng):
        sheet = Canvas(canvas.surface.get_size())
        wood = raster.resize(self._wood(self._half(sheet), rng), sheet.px.shape[1::-1])
        paper = self._paper(sheet, rng)
        x, y = light.coordinates(sheet)
        left, top, right, bottom = self.pane
        inside = ((x > left) & (x < right) & (y > top) & (y < bottom))[..., None]
        return light.paint(sheet, np.where(inside, paper, wood))

    def _half(self, sheet):
        """Dark timber needs no more than half the pixels."""
        h, w = sheet.px.shape[:2]
        return Canvas((w // 2, h // 2), scale=w // 2 / sheet.width)

    def _paper(self, sheet, rng):
        """Lamp light through hemp paper: falloff, fibres lying mostly level, seams of pasted sheets."""
        x, y = light.coordinates(sheet)
        cx, cy = self.middle
        rho2 = ((x - cx) / 1010) ** 2 + ((y - cy) / 690) ** 2
        fall = np.exp(-1.1 * rho2)
        fibre = 0.030 * light.grain(sheet, rng, stretch=(7.5, 0.8)) + 0.012 * light.grain(
            sheet, rng, stretch=(0.8, 4)
        )
        pulp = 0.07 * (light.clouds(sheet, rng, size=90.0, octaves=4) - 0.5)
        seams = sum(
            0.06 * np.exp(-(((x - s) / 2.2) ** 2)) + 0.035 * np.exp(-(((x - s - 9) / 9) ** 2))
            for s in self._seams()
        )
        bright = fall * (1 + fibre + pulp - seams)
        self._shade_edges(bright, x, y)
        # paper thins to red where less light comes through; looked up, for powers of two million are slow
        share = np.linspace(0, 1.2, 1201)[:, None]
        table = np.minimum(1, share ** np.array([0.72, 1.12, 1.75]) * np.array(LAMP)).astype(np.float32)
        return table[np.clip(bright * 1000, 0, 1200).astype(np.int32)]

    def _seams(self):
        left, _, right, _ = self.pane
        return np.linspace(left, right, 5)[1:-1]

    def _shade_edges(self, bright, x, y):
        """The frame stands before the paper: a soft shadow inside the pane."""
        left, top, right, bottom = self.pane
        near = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
        bright *= 1 - 0.55 * np.exp(-np.maximum(near, 0) / 26)

    def _wood(self, sheet, rng):
        """Near-black timber, its inner edges and carving catching the window's light."""
        x, y = light.coordinates(sheet)
        left, top, right, bottom = self.pane
        away = np.maximum(np.maximum(left - x, x - right), np.maximum(top - y, y - bottom))
        lit = np.exp(-np.maximum(away, 0) / 60) * 0.20 + 0.045
        reach = np.exp(-1.3 * ((x - sheet.width / 2) / 900) ** 2 - 0.9 * ((y - 470) / 520) ** 2)
        grain = 1 + 0.16 * light.grain(sheet, rng, stretch=(40, 1.1)) * (away < 0.5 * away + 500)
        relief = self._carving(sheet)
        value = lit * (0.32 + 1.3 * reach) * grain * (1 + 2.6 * relief)
        arris = np.exp(-(((away - 3) / 3.0) ** 2)) * 0.30 * reach
        total = (value + arris)[..., None] * np.array([1.0, 0.62, 0.34], np.float32)
        return np.clip(total, 0, 1)

    def _carving(self, sheet):
        """A key-fret border and clouds round the window, as height lit from inside, -1..1."""

        left, top, right, bottom = self.pane
        o = TRIM + 12
        frame = np.array(
            [[left - o, top - o], [right + o, top - o], [right + o, bottom + o], [left - o, bottom + o]]
        )
        carved = []
        for a, b in zip(frame, np.roll(frame, -1, axis=0), strict=True):
            carved += openwork.along("fret", np.linspace(a, b, 40), 13.5, 34.0)

        cut = raster.mask(sheet, carved).astype(np.float32) / 255
        soft = raster.blur(cut, 0.9 * sheet.scale)
        gy, gx = np.gradient(soft)
        x, y = light.coordinates(sheet)
        toward = np.sign(sheet.width / 2 - x) * gx * 0.7 + np.sign(470 - y) * gy
        rails = sum(np.exp(-(((self._away(x, y) - d) / 2.0) ** 2)) for d in (TRIM - 6, TRIM + 30))
        return np.clip(3.0 * toward * sheet.scale + 0.35 * rails - 0.2 * soft, -0.38, 1)

    def _away(self, x, y):
        left, top, right, bottom = self.pane
        return np.maximum(np.maximum(left - x, x - right), np.maximum(top - y, y - bottom))

    def _halo(self, canvas):
        """The flame itself, seen through the paper as a soft bright heart."""
        halo = canvas.sheet(760, 620)
        x, y = light.coordinates(halo)
        rho2 = ((x - halo.width / 2) / 190) ** 2 + ((y - halo.height / 2) / 150) ** 2
        field = np.exp(-rho2) * 0.16 + np.exp(-rho2 * 9) * 0.05
        edge = np.minimum(np.minimum(x, halo.width - x), np.minimum(y, halo.height - y))
        return light.paint(halo, field * np.clip(edge / 40, 0, 1), (255, 190, 110))

    def _wick(self, canvas, share):
        """The wick that still glows behind the paper when the flame is gone."""
        sheet = canvas.sheet(150, 150)
        x, y = light.coordinates(sheet)
        rho2 = ((x - 75) ** 2 + (y - 75) ** 2) / 75**2
        return light.paint(
            sheet, share * (0.75 * np.exp(-rho2 * 160) + 0.16 * np.exp(-rho2 * 7)), (255, 84, 30)
        )
