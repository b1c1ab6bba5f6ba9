"""A line that comes up on the wall as light, stands a while, and goes; then long nothing."""

import numpy as np

FIRST, REST, LINE, FADE = (
    12.0,
    34.0,
    11.0,
    1.6,
)  # seconds: the first one, one to the next, it stands, it comes
STEPS = 16  # tones between nothing and the whole line
SIZE = 38.0  # design units a character
LIGHT = np.array((178, 156, 92))


class WallLine:
    """Which line is up and how bright.

    key    of the caption, "" for none
    share  0..1
    """

    def __init__(self, keys):
        self.keys, self.key, self.share = tuple(keys), "", 0.0

    def step(self, time, without=()):
        """The line at `time` s; those in `without` are passed over."""
        turn, within = divmod(time - FIRST, REST)
        keys = [key for key in self.keys if key not in without]
        up = turn >= 0 and within < LINE
        self.key = keys[int(turn) % len(keys)] if up else ""
        self.share = float(np.clip(min(within, LINE - within) / FADE, 0, 1)) if up else 0.0

    def paint(self, canvas, letters, text, place):
        """The Chinese from top to bottom, its upper end at `place`."""
        step = round(self.share * STEPS)
        if step and text:
            colour = tuple(int(c) for c in LIGHT * step // STEPS)
            canvas.stamp(letters.column(canvas, text, SIZE, colour), place, blend="add", anchor=(0.5, 0.0))
