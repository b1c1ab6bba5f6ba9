"""What lies on the sill, clear of the surtitle between: red paper, a folded flower, the scissors."""

import math

import numpy as np

from scenes.kit import papercut, units

REST = 1022.0
"""Height at which things lie, in design units; the light is behind them, so their shades fall to the eye."""
SHADE = (9, 7, 7)


def lay(canvas):
    """Paint everything that lies there."""
    _sheets(canvas, 34, REST - 18)
    _folded(canvas, 122, REST + 2)
    _scissors(canvas, canvas.width - 182, REST + 6)


def _sheets(canvas, x, y):
    """A pile of red sheets, seen from above and aslant; every few sheets one lies askew."""
    top = np.array([(38, 0), (262, -7), (286, 58), (8, 66)], float) + [x, y]
    canvas.polygon(top + [4, 26], SHADE)
    for k in range(9):
        askew = np.array([2.4 * math.sin(2.3 * k), 14 - 1.6 * k])
        tone = 0.55 + 0.45 * (k % 2)
        canvas.polygon(top + askew, (int(104 * tone), int(18 * tone), int(15 * tone)))
    canvas.polygon(top, (112, 20, 16))
    canvas.polygon([top[0], top[1], top[1] + [6, 16], top[0] + [-7, 16]], (136, 27, 21))
    canvas.line(top[:2], (196, 74, 52), 1.6)


def _folded(canvas, x, y):
    """A flower still folded in eight: its rim cut, its tip to the left, the pile showing through its cuts."""
    recipe = papercut.plain(8, 3)
    half = math.pi / 8
    edge = papercut.rim(recipe)
    angle = np.arctan2(edge[:, 1], edge[:, 0])
    some = np.abs(angle) <= half
    arc = edge[some][np.argsort(angle[some])]
    wedge = np.r_[[(0.0, 0.0)], arc]

    def flat(shape):
        c, s = math.cos(0.16), math.sin(0.16)
        turned = np.asarray(shape) @ np.array([[c, s], [-s, c]]) * 178
        return turned * [1, 0.62] + [x, y - 12]

    canvas.polygon(flat(wedge) + [3, 7], SHADE)
    for k in range(4, 0, -1):  # the layers of the fold
        canvas.polygon(flat(wedge) + [0.5 * k, 0.9 * k], (120, 20, 17) if k % 2 else (82, 13, 11))
    canvas.polygon(flat(wedge), (176, 34, 27))
    for cut in papercut.wedge_cuts(recipe):
        if np.abs(np.arctan2(cut[:, 1], cut[:, 0])).max() < half * 0.98:
            canvas.polygon(flat(cut), (46, 10, 9))
    canvas.line(flat([(0, 0), arc[0]]), (236, 116, 86), 1.6)


def _scissors(canvas, x, y):
    """Country scissors of black iron: wide bows for a whole hand, short blades, open a little."""
    loop = np.array([(0, 0), (-48, 6), (-84, 33), (-128, 36), (-152, 18), (-134, 2), (-84, 3)], float)
    aim = -0.07

    def placed(shape):
        c, s = math.cos(aim), math.sin(aim)
        return np.asarray(shape, float) @ np.array([[c, s], [-s, c]]) + [x, y]

    blades = []
    for side in (-1, 1):
        c, s = math.cos(0.11 * side), math.sin(0.11 * side)
        blade = np.array([(-10.0, -8), (18, -13), (60, -11), (158, -1), (160, 1), (20, 7), (-10, 8)])
        blades.append(placed(blade * [1, side] @ np.array([[c, s], [-s, c]])))
    grips = [placed(units.spline(loop * [1, 0.78 * side], closed=False)) for side in (-1, 1)]
    for shape in blades:
        canvas.polygon(shape + [2, 8], SHADE)
    for grip in grips:
        canvas.line(grip + [2, 8], SHADE, 11)
    for grip, blade in zip(grips, blades, strict=True):
        canvas.line(grip, (38, 32, 31), 11)
        canvas.line(grip - [0, 2.6], (112, 88, 70), 2.0)
        canvas.polygon(blade, (66, 64, 66))
        canvas.polygon([blade[1], blade[2], blade[3], blade[4], (blade[1] + blade[5]) / 2], (98, 94, 92))
        canvas.line(blade[1:4], (206, 188, 162), 1.6)
    canvas.disc(tuple(placed([(2, 0)])[0]), 7, (134, 112, 84))
    canvas.disc(tuple(placed([(3, 1)])[0]), 3, (52, 42, 34))
