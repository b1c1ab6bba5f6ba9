"""The middle sash of the window: it is lifted out, and behind it the dyed figure hangs in the light."""

import numpy as np

from engine import Canvas
from scenes.kit.guangling import DYEING

LIFT = 4.6
"""Seconds in which the sash rises or comes down: quicker, and its red flowers flicker past the paper."""
START = 0.12
"""Share of the way in which it comes up to its pace, which is even so that nothing hurries past the eye."""


def _glide(share):
    """How far the sash is after `share` of its time, 0..1: even, with a soft start and end."""
    ramp = 2 * START * (1 - START)
    if share < START:
        return share * share / ramp
    if share > 1 - START:
        return 1 - (1 - share) ** 2 / ramp
    return (share - START / 2) / (1 - START)


class Sash:
    """`behind` is the paper behind the sash, `figure` the dyed one pasted on it; `lifted` 0 in .. 1 out."""

    def __init__(self, window, behind, figure):
        self.window, self.behind, self.figure = window, behind, figure
        self.picture = Canvas(behind.px.shape[1::-1], scale=behind.scale)
        self.lifted, self.wet = 0.0, 0.0

    def lift(self, window_picture, draw_more):
        """Begin to take the sash out, as it looks now; the figure is undyed again."""
        if self.lifted == 0:
            self._remember(window_picture, draw_more)
        self.wet = -LIFT * 0.5
        self.figure.wash_out()

    def hurry(self, seconds):
        """Let the dye run ahead."""
        self.wet = min(DYEING, self.wet + seconds) if self.wet >= 0 else self.wet

    def update(self, frame, *, dyeing):
        """Rise or come down by one frame, and let the dye run."""
        step = frame.dt / LIFT
        self.lifted = min(1.0, self.lifted + step) if dyeing else max(0.0, self.lifted - step)
        if dyeing and self.wet < DYEING + 0.6:
            self.wet += frame.dt
            self.figure.run_to(self.wet)

    def draw(self, canvas):
        """Paint the opening and what is left of the sash in it."""
        if self.lifted == 0:
            return
        left, right = self.window.centre
        x, (h, w) = round(left * canvas.scale), self.behind.px.shape[:2]
        np.copyto(canvas.px[:h, x : x + w], self.behind.px)
        canvas.stamp(self.figure.sheet, ((left + right) / 2, 466), blend="multiply")
        if self.lifted < 1:
            canvas.stamp(self.picture, (left, -_glide(self.lifted) * self.behind.height), anchor=(0, 0))

    def draw_wood(self, canvas, whole, sides):
        """Lay the wood over shadows, which fall on paper only."""
        canvas.stamp(sides if self.lifted else whole, (0, 0), blend="lighten", anchor=(0, 0))

    def _remember(self, window_picture, draw_more):
        whole = Canvas(window_picture.px.shape[1::-1], scale=window_picture.scale)
        whole.paste(window_picture)
        draw_more(whole)
        x, (h, w) = round(self.window.centre[0] * whole.scale), self.picture.px.shape[:2]
        np.copyto(self.picture.px, whole.px[:h, x : x + w])
