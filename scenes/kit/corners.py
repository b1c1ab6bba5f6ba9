"""Corner flowers (角花): the four quarters of one rosette, pasted in the corners of the great pane."""

import numpy as np

from scenes.kit import papercut

RADIUS, INSET = 90.0, 8.0
"""How large their whole rosette would be, and how far off the bars they are pasted, in design units."""


def paste(canvas, window, recipe):
    """Cut one corner and its three mirror images, and paste them on the window's paper."""
    one = papercut.cut_corner(recipe, RADIUS, canvas)
    great, k = window.great, canvas.scale
    room = round(8 * k)  # for the shadow they throw
    one = np.pad(one, room)
    across, down = (side / 2 - INSET - 6.5 - 8 for side in (great.width, great.height))
    reach = one.shape[0] / k
    for right, low in ((0, 0), (1, 0), (0, 1), (1, 1)):
        solid = one[:: -1 if low else 1, :: -1 if right else 1]
        x = great.x + (across - reach if right else -across)
        y = great.y + (down - reach if low else -down)
        sheet = papercut.transmit(np.ascontiguousarray(solid), canvas)
        canvas.stamp(sheet, (x, y), blend="multiply", anchor=(0, 0))
