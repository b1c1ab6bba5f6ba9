"""Draws what moves on and about the drum: walnuts, dust, lit studs, rings, sticks, a slash."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.drum_strokes import STICKS
from scenes.kit.solid import HALF, LIGHT, sheet
from scenes.kit.walnut import ROOF, SKIN


class Hand:
    """Draws the marks of strokes and the walnuts into one view of the drum."""

    def __init__(self, canvas, radius):
        self.stick = stick(canvas.scale, radius * 1.05)
        side = round(radius * 1.5 * canvas.scale)
        self.scratch = Canvas((side, side), scale=canvas.scale)

    def draw(self, canvas, view, marks, walnuts):
        """Everything that lies on the drum, lowest first."""
        view.hang(canvas, marks.swings, marks.dip[0])
        middle = view.middle + [0, marks.dip[0]]
        self.nuts(canvas, view, walnuts, middle)
        self.studs(canvas, view, marks)
        self.slash(canvas, view, marks, middle)
        self.dust(canvas, view, marks, middle)
        self.sticks(canvas, view, marks)

    def nuts(self, canvas, view, walnuts, middle):
        """Walnuts on the skin, their shadows first; the higher, the farther their shadow."""
        on = np.flatnonzero(walnuts.where == SKIN)
        if not len(on):
            return
        on = on[np.argsort(walnuts.z[on], kind="stable")]
        places = np.column_stack([walnuts.x[on], walnuts.y[on]]) * view.radius + middle
        shells, shadows = view.shells.choose(walnuts, on)
        away = view.radius * (0.012 + 0.55 * np.minimum(walnuts.z[on], 1.2))
        raster.stamp_each(canvas, shadows, places + np.outer(away, [0.62, 0.70]))
        raster.stamp_each(canvas, shells, places - np.outer(view.radius * walnuts.z[on], [0.04, 0.05]))

    def studs(self, canvas, view, marks):
        """Glows on the studs that flash, by how strongly."""
        level = np.minimum((marks.studs * len(view.flashes)).astype(int), len(view.flashes))
        for n in range(1, len(view.flashes) + 1):
            if (level == n).any():
                canvas.stamps(view.flashes[n - 1], view.studs[level == n], blend="add")

    def dust(self, canvas, view, marks, middle):
        """Grains of dust in the lamp's light."""
        alive = marks.life > 0.03
        places = np.column_stack([marks.x, marks.y]) * view.radius + middle
        size = np.where(marks.life > 0.4, marks.big, np.minimum(marks.big, 1))
        size = np.where(marks.life > 0.2, size, 0)
        for n, grain in enumerate(view.grains):
            chosen = alive & (size == n)
            if chosen.any():
                canvas.stamps(grain, places[chosen], blend="add")

    def slash(self, canvas, view, marks, middle):
        """One cut of light across the skin that closes from both ends."""
        angle, aside, age = marks.slash
        if age < 0:
            return
        left = 1 - age / 23
        out = np.array([np.cos(angle), np.sin(angle)])
        side = np.array([-out[1], out[0]])
        t = np.linspace(-1, 1, 21)
        long = 0.92 * np.sqrt(1 - aside**2) * (0.4 + 0.6 * left)
        wide = 0.013 * left * (1 - t**2)
        spine = np.outer(long * t, out) + np.outer(aside + 0.11 * t**2, side)
        outline = np.vstack([spine + np.outer(wide, side), (spine - np.outer(wide, side))[::-1]])
        canvas.polygon(outline * view.radius + middle, (255, 228, 176))

    def sticks(self, canvas, view, marks):
        """The two sticks over the skin: they rub along each other, tips meet, or they strike crossed."""
        kind, _, age = marks.sticks
        if age < 0:
            return
        t = age / STICKS[kind]
        for hand in (-1, 1):
            if kind == "rub":
                turn, off, slide = 0.30 * hand, 0.02 * hand, 0.10 * hand * np.sin(age * 0.75)
            elif kind == "meet":
                turn, off, slide = 0.62 * hand, 0.0, 0.06 - 0.5 * max(0.0, t - 0.35) ** 2
            else:
                turn, off, slide = (
                    0.85 * hand * (1 - 0.12 * np.exp(-4 * t)),
                    0.0,
                    0.28 - 0.4 * max(0.0, t - 0.5) ** 2,
                )
            self.lay_stick(canvas, view, np.pi / 2 + turn, off, slide - 0.9 * max(0.0, t - 0.6) ** 1.5)

    def lay_stick(self, canvas, view, way, aside, slide):
        """A stick whose tip is `slide` radii beyond the skin's middle, its butt toward `way`."""
        out = np.array([np.cos(way), np.sin(way)])
        tip = view.middle + view.radius * (-slide * out + aside * np.array([-out[1], out[0]]) + [0, 0.05])
        high = self.stick.px.shape[0]
        long = view.radius * 1.05
        step = out * long / self.stick.px.shape[1]
        matrix = np.array([[step[0], -step[1], 0], [step[1], step[0], 0.0]])
        matrix[:, 2] = tip - matrix[:, :2] @ np.array([0, high / 2])
        raster.over_laid(canvas, self.stick, matrix, self.scratch)


def stick(scale, long):
    """A drumstick: a turned date-wood rod, thicker at its head, its red cloth bound round the butt."""
    w, h = max(8, round(long * scale)), max(4, round(long * 0.075 * scale))
    t = ((np.arange(w) + 0.5) / w)[None, :]
    v = (((np.arange(h) + 0.5) / h - 0.5) * 2)[:, None]
    half = np.where(t < 0.05, 0.72 * np.sqrt(np.clip(1 - ((0.05 - t) / 0.05) ** 2, 0, 1)), 0.72 - 0.16 * t)
    cloth = (t > 0.66) & (t < 0.93)
    half = np.where(cloth, half + 0.22, half) * np.where(t > 0.985, 0.9, 1)
    across = np.clip(v / np.maximum(half, 1e-3), -1, 1)
    up = np.sqrt(1 - across**2)
    lit = 0.22 + 0.85 * np.clip(-0.62 * across + 0.66 * up, 0, 1)
    grain = 0.06 * np.sin(v * 9 + np.sin(t * 40) * 0.8) + 0.04 * np.sin(t * 260 + 3 * v)
    wood = np.array([176, 112, 62]) * (lit + grain)[..., None]
    folds = 0.8 + 0.2 * np.sin(t * 240 + 6 * v)
    red = np.array([0xD7, 0x26, 0x2B]) * (lit * folds)[..., None]
    rgb = (
        np.where(cloth[..., None], red, wood)
        + (70 * np.clip(up * HALF[2] - across * 0.45, 0, 1) ** 24)[..., None]
    )
    cover = np.clip((half - np.abs(v)) * h / 2 + 0.5, 0, 1) * (LIGHT[2] > 0)
    return sheet(scale, np.clip(rgb, 0, 255), cover)


def roof_nuts(canvas, shells, walnuts):
    """Walnuts on the tiles."""
    on = np.flatnonzero(walnuts.where == ROOF)
    if not len(on):
        return
    on = on[np.argsort(walnuts.y[on], kind="stable")]
    places = np.column_stack([walnuts.x[on] * canvas.width, walnuts.y[on] * canvas.height])
    pictures, shadows = shells.choose(walnuts, on)
    away = shells.radius * (0.35 + 12 * walnuts.z[on])
    raster.stamp_each(canvas, shadows, places + np.outer(away, [0.62, 0.70]))
    raster.stamp_each(canvas, pictures, places)
