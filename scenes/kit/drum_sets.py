"""The two places of the drum's scene: close above the drum, and high above the whole formation."""

import numpy as np

from scenes.kit.drumview import MARGIN, DrumView, stage
from scenes.kit.hide_drum import cast_shadow, paint_drum, pave, stand
from scenes.kit.weifeng import courtyard, lay_out, place_posts

NEAR, PLAN = 570.0, 160.0  # radii of the skin, design units


def near(canvas, skin, rough, rng):
    """So close that the frame cuts the drum."""
    base, middle = stage(canvas), (0.415 * canvas.width, 700.0)
    inner = (middle[0], middle[1] + MARGIN)
    pave(base, rough, rng)
    cast_shadow(base, inner, NEAR)
    stand(base, inner, NEAR)
    paint_drum(base, inner, NEAR, rng)

    def lamp(x, y):
        """The one lamp, north-west above the drum."""
        rho2 = ((x - middle[0] + 0.42 * NEAR) / 760) ** 2 + ((y - middle[1] + 0.52 * NEAR) / 680) ** 2
        return 0.07 + 0.88 * np.exp(-0.60 * rho2)

    return DrumView(canvas, base, middle, NEAR, skin, lamp)


def plan(canvas, posts, skin, rough, rng, shells):
    """So high that all thirteen posts are seen; `shells` are walnuts already drawn."""
    base, middle = stage(canvas), (0.5 * canvas.width - 20, 500.0)
    inner = np.array([middle[0], middle[1] + MARGIN])
    pave(base, rough, rng, slab=104.0)
    lay_out(base, posts, inner)
    cast_shadow(base, inner, PLAN)
    stand(base, inner, PLAN)
    paint_drum(base, inner, PLAN, rng, scarred=False)
    place_posts(base, posts, inner, rng)
    return DrumView(canvas, base, middle, PLAN, skin, courtyard(middle), shells)


def low_lamp(view, x, y, reach, level):
    """(h, w) light of a lamp at x, y on the cells of a view."""
    rho2 = ((view.x - x) ** 2 + (view.y - y) ** 2) / reach**2
    return (0.05 + level * np.exp(-1.1 * rho2)).astype(np.float32)
