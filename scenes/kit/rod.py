"""Rods as the audience sees them: a dark line where they touch the leather, softer the further behind."""

import math

import numpy as np

from engine import Canvas, raster

_SECTIONS = 3
_WIDTH, _LENGTH = 22.0, 150.0  # du of one section's picture


class Rod:
    """One rod: its sections from the leather down to the hand."""

    def __init__(self, canvas, *, thick=3.4, dark=0.62):
        self._gels = []
        for i in range(_SECTIONS):
            share = i / (_SECTIONS - 1)
            sheet = Canvas((round(_WIDTH * canvas.scale), round(_LENGTH * canvas.scale)), scale=canvas.scale)
            sheet.line(
                [(_WIDTH / 2, -40), (_WIDTH / 2, _LENGTH + 40)], (255, 255, 255), thick * (1 + 0.5 * share)
            )
            shade = raster.blur(sheet.px[..., 0], ((0.8 + 2.4 * share) * canvas.scale, 0.01)) / 255
            light = 1 - shade[..., None] * (dark * np.array([1.0, 0.92, 0.80]))
            sheet.px[..., :3] = np.clip(light * 255, 0, 255)
            self._gels.append(raster.Gel(sheet))
        self._k = 1 / canvas.scale

    def paint(self, canvas, top, foot, window):
        """From `top` on the leather to `foot` below the window, both in design units."""
        x, y = top
        dx, dy = (foot[0] - x) / _SECTIONS, (foot[1] - y) / _SECTIONS
        length = math.hypot(dx, dy)
        side = dy / length, -dx / length
        k, stretch = self._k, self._k / _LENGTH
        for i, gel in enumerate(self._gels):
            left, high = x + dx * i - side[0] * _WIDTH / 2, y + dy * i - side[1] * _WIDTH / 2
            rows = (side[0] * k, dx * stretch, left), (side[1] * k, dy * stretch, high)
            gel.lay(canvas, rows, within=window)
