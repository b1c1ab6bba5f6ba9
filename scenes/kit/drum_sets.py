"""The two places of the drum's scene: close above the drum, and high above the whole formation."""

import numpy as np

from scenes.kit.drumview import MARGIN, DrumView, stage
from scenes.kit.hide_drum import cast_shadow, paint_drum, pave, stand
from scenes.kit.weifeng import courtyard, lay_out, name_ways, place_posts

NEAR, PLAN = 625.0, 168.0  # radii of the skin, design units


def near(canvas, skin, rough, rng):
    """So close that the frame cuts the drum."""
    base, middle = stage(canvas), (0.5 * canvas.width - 24, 716.0)
    inner = (middle[0], middle[1] + MARGIN)
    pave(base, rough, rng)
    cast_shadow(base, inner, NEAR)
    stand(base, inner, NEAR)
    paint_drum(base, inner, NEAR, rng)

    def lamp(x, y):
        """The one lamp, north-west above the drum."""
        rho2 = ((x - middle[0] + 0.40 * NEAR) / 860) ** 2 + ((y - middle[1] + 0.50 * NEAR) / 740) ** 2
        return 0.05 + 0.93 * np.exp(-0.80 * rho2)

    return DrumView(canvas, base, middle, NEAR, skin, lamp)


def plan(canvas, posts, skin, rough, rng, shells, letters):
    """So high that all thirteen posts are seen; `shells` are walnuts already drawn."""
    base, middle = stage(canvas), (0.5 * canvas.width - 20, 500.0)
    inner = np.array([middle[0], middle[1] + MARGIN])
    pave(base, rough, rng, slab=104.0)
    lay_out(base, posts, inner)
    name_ways(base, posts, inner, letters)
    cast_shadow(base, inner, PLAN)
    stand(base, inner, PLAN)
    paint_drum(base, inner, PLAN, rng, scarred=False)
    place_posts(base, posts, inner, rng)
    return DrumView(canvas, base, middle, PLAN, skin, courtyard(middle), shells)


def crescent(view):
    """(h, w) light of a lamp so low that it finds only the drum's edge: studs, lacquer, a breath of hide."""
    facing = np.clip(np.cos(view.angle + 2.25), 0, 1)
    edge = np.exp(-(((view.r - 1.10) / 0.16) ** 4)) * facing**1.6
    skin = np.exp(-np.clip(1.0 - view.r, 0, 9) / 0.30) * (view.r < 1.0) * facing**2.2
    floor = np.exp(-(((view.r - 1.30) / 0.22) ** 2)) * (view.r >= 1.26) * facing**3
    return (0.012 + 0.92 * edge + 0.50 * skin * (1 - edge) + 0.10 * floor).astype(np.float32)


def low_lamp(view, x, y, reach, level):
    """(h, w) light of a lamp at x, y on the cells of a view, broken by branches between it and the roof."""
    rho2 = ((view.x - x) ** 2 + (view.y - y) ** 2) / reach**2
    u, v = (view.x + 0.55 * view.y) / 190, (view.y - 0.2 * view.x) / 420
    branch = np.sin(u + 1.7 * np.sin(v)) + 0.6 * np.sin(2.3 * u - v + 0.8 * np.sin(3 * v))
    return (0.06 + level * np.exp(-1.1 * rho2) * (0.78 + 0.22 * np.tanh(1.6 * branch + 0.9))).astype(
        np.float32
    )
