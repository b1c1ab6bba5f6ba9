"""The Flying Bridge over the Fish Pond 鱼沼飞梁 at Jinci: a cross of decks on posts that stand in water.

Seen along the pond: the level middle of the cross and the two wings that slope down to the banks.
"""

from itertools import pairwise

import numpy as np

from engine import Canvas

DECK, SLOPE = 586.0, 118.0  # height of the level deck; how far a wing comes down to its bank, design units
LEVEL = (0.30, 0.80)  # between which shares of the width the deck is level
RAIL, BEAM, BRACKET = 50.0, 18.0, 46.0
BAY = 156.0  # from post to post
WATER = 800.0


def deck(x, width):
    """Height of the deck at x."""
    left, right = LEVEL[0] * width, LEVEL[1] * width
    out = np.clip((left - x) / max(1.0, left), 0, 1.3) + np.clip(
        (x - right) / max(1.0, width - right), 0, 1.3
    )
    return DECK + SLOPE * out


def tones(canvas):
    """(h, w) uint8 of how pale each part is, 0 where there is no bridge: to be lit by whoever stands by."""
    page = Canvas(canvas.surface.get_size(), scale=canvas.scale)
    width = canvas.width
    xs = np.arange(-BAY, width + BAY, BAY) + 0.36 * BAY
    for x in xs + 0.5 * BAY:  # the row behind, nearer together to the eye and in shade
        _post(page, x, deck(x, width), WATER - 10, 15.0, 0.30)
    _span(page, width, 0, BEAM, 96)
    _span(page, width, BEAM, BEAM + 12, 52)
    for x in xs:
        _bracket(page, x, deck(x, width) + BEAM + 10)
        _post(page, x, deck(x, width) + BEAM + BRACKET, WATER + 4, 21.0, 1.0)
    _balustrade(page, width)
    return page.px[..., 0]


def _grey(page, points, tone):
    page.polygon(np.asarray(points, float), (tone, tone, tone))


def _span(page, width, top, bottom, tone):
    """A beam that follows the deck."""
    x = np.linspace(-40, width + 40, 60)
    y = deck(x, width)
    _grey(page, np.vstack([np.column_stack([x, y + top]), np.column_stack([x, y + bottom])[::-1]]), tone)


def _post(page, x, top, foot, half, light):
    """Eight-sided: three faces are seen, the one toward the light palest; a lotus base over the water."""
    for a, b, tone in ((-1.0, -0.42, 150), (-0.42, 0.42, 104), (0.42, 1.0, 50)):
        tone = int(light * tone)
        _grey(
            page, [(x + a * half, top), (x + b * half, top), (x + b * half, foot), (x + a * half, foot)], tone
        )
    if light > 0.5:
        base = np.array([(-1.2, -26), (1.2, -26), (1.7, -8), (1.55, 0), (-1.55, 0), (-1.7, -8)])
        _grey(page, base * (half, 1) + (x, foot), 96)
        _grey(page, base * (0.4 * half, 1) + (x - 0.9 * half, foot), 132)


def _bracket(page, x, top):
    """Set of brackets under the beam: a cap block, two tiers of arms, small blocks on the arms' ends."""
    for half, y, tone in ((66, 2, 118), (44, 15, 96)):
        arm = [(-half, 0), (half, 0), (half, 5), (0.72 * half, 11), (-0.72 * half, 11), (-half, 5)]
        _grey(page, np.array(arm) + (x, top + y), tone)
        _grey(page, np.array([(-half, 0), (half, 0), (half, 2.5), (-half, 2.5)]) + (x, top + y), tone + 50)
        for side in (-1, 0, 1):
            at = x + side * (half - 8)
            _grey(
                page,
                [(at - 9, top + y - 8), (at + 9, top + y - 8), (at + 6, top + y), (at - 6, top + y)],
                tone + 24,
            )
    _grey(page, [(x - 23, top + 26), (x + 23, top + 26), (x + 16, top + 37), (x - 16, top + 37)], 128)


def _balustrade(page, width):
    """Posts with rounded heads, a rail, and panels between them."""
    step = BAY / 3
    xs = np.arange(-step, width + 2 * step, step)
    for a, b in pairwise(xs):
        ya, yb = deck(a, width), deck(b, width)
        _grey(page, [(a, ya - 0.86 * RAIL), (b, yb - 0.86 * RAIL), (b, yb), (a, ya)], 66)
        _grey(
            page,
            [(a + 12, ya - 0.62 * RAIL), (b - 12, yb - 0.62 * RAIL), (b - 12, yb - 10), (a + 12, ya - 10)],
            44,
        )
        _grey(
            page,
            [(a, ya - 0.92 * RAIL), (b, yb - 0.92 * RAIL), (b, yb - 0.76 * RAIL), (a, ya - 0.76 * RAIL)],
            118,
        )
    for x in xs:
        y = deck(x, width)
        _grey(page, [(x - 7, y - RAIL), (x + 7, y - RAIL), (x + 7, y), (x - 7, y)], 126)
        _grey(page, [(x - 7, y - RAIL), (x - 2, y - RAIL), (x - 2, y), (x - 7, y)], 176)
        page.disc((x, y - RAIL - 7), 8.5, (140, 140, 140))
        page.disc((x - 2, y - RAIL - 9), 4.0, (190, 190, 190))
