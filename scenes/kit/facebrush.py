"""The face painter's brush, and the chalk of guests' fingers on the powder."""

import numpy as np

from engine import ink

SIZE = (330.0, 250.0)
TIP = (14.0, 232.0)  # of the brush for the right half, in its sheet; the left one mirrors it
CHALK = (252, 246, 232)
FADES = 2.2  # seconds a guest's line is seen
MOST = 14


def brushes(canvas):
    """{side: sheet}: a bamboo handle, a ferrule, hair full of paint, and its shadow on the face."""
    sheet = canvas.sheet(*SIZE)
    tip = np.array(TIP)
    along = np.array([0.80, -0.60])
    over = np.array([0.60, 0.80])

    def body(widths, shift=(0, 0)):
        left = [tip + along * d + over * w + shift for d, w in widths]
        right = [tip + along * d - over * w + shift for d, w in widths]
        return [*left, *right[::-1]]

    shade = body([(6, 1), (26, 6), (52, 7), (330, 5)], (9, 11))
    sheet.polygon(shade, ink.BLACK, 0.42)
    sheet.polygon(body([(46, 5.4), (360, 4.6)]), (122, 84, 40))
    sheet.polygon(
        [
            *(tip + along * d - over * 1.4 for d in (48, 360)),
            *(tip + along * d - over * 4.2 for d in (360, 48)),
        ],
        (186, 142, 80),
    )
    for d in (120, 214, 300):
        sheet.polygon(body([(d, 5.6), (d + 4, 5.6)]), (84, 54, 26))
    sheet.polygon(body([(38, 6.2), (54, 6.0)]), (64, 52, 46))
    sheet.polygon(body([(0, 0.6), (10, 3.6), (24, 6.8), (40, 6.0)]), (24, 20, 20))
    sheet.polygon(
        [
            *(tip + along * d - over * w for d, w in ((8, 1), (22, 3.4), (38, 3))),
            *(tip + along * d - over * w for d, w in ((38, 4.8), (22, 5.4), (8, 2))),
        ],
        (92, 82, 78),
    )
    other = canvas.sheet(*SIZE)
    other.px[:] = sheet.px[:, ::-1]
    return {1: sheet, -1: other}


def draw_brush(canvas, sheets, at, side, pressure, colour):
    """With its tip at `at`, wet with `colour`; a light hand holds it a little off the face."""
    off = 10 * (1 - pressure)
    anchor = (TIP[0] / SIZE[0], TIP[1] / SIZE[1])
    anchor = anchor if side > 0 else (1 - anchor[0], anchor[1])
    tip = np.array([at[0] + side * off, at[1] - off])
    canvas.stamp(sheets[side], tuple(tip), anchor=anchor)
    lit = 0.9 if side < 0 else 0.6
    wet = np.array([[0, 0], [10, -11], [23, -20], [27, -14], [16, -4]]) * (side, 1)
    canvas.polygon(tip + wet, tuple(round(c * lit) for c in colour))


class Chalk:
    """The newest MOST lines of the house, on the half that is being painted or on both."""

    def __init__(self):
        self.lines = []  # [points in face units, age, both halves]

    def add(self, points, *, both):
        self.lines = [*self.lines, [np.asarray(points, float), 0.0, both]][-MOST:]

    def step(self, dt):
        for line in self.lines:
            line[1] += dt
        self.lines = [line for line in self.lines if line[1] < FADES]

    def draw(self, canvas, place):
        """A line is drawn in a third of a second and rubbed off from its beginning."""
        for points, age, both in self.lines:
            n = len(points)
            first = int(n * max(0.0, (age - 0.6 * FADES) / (0.4 * FADES)))
            last = max(first + 2, int(n * min(1.0, age / 0.35)))
            for side in (-1, 1) if both else (-1,):
                shown = points[first:last] * (side, 1)
                if len(shown) > 1:
                    canvas.line(place(shown), CHALK, 4.2 - 2.4 * age / FADES)
