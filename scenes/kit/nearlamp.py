"""A few niches of the Music Cave so close that the frame cuts them, and a lamp that goes past the faces."""

import numpy as np

from engine import Canvas, smooth
from scenes.kit import musicians
from scenes.kit.cave import ARCH, COLUMNS, ROWS, Wall
from scenes.kit.stonelight import Glow, Lit, bowl, colour, flames, open_sky

ZOOM = 4.3
MIDDLE = 23  # the musician in the middle of the picture
LASTS = 15.0  # seconds until all the wall is shown
RISES, SINKS = 2.4, 2.2  # seconds in which the light comes, and goes


class Near:
    """The wall about one musician, `ZOOM` times as large, lit as the whole wall is."""

    def __init__(self, canvas, plan, parts, players, rng):
        size = canvas.surface.get_size()
        page = Canvas(size, scale=canvas.scale * ZOOM)
        x, y = plan.seat(MIDDLE)
        origin = np.array([x - 0.46 * page.width, y - 0.60 * ARCH - 0.5 * page.height])
        self.canvas, self.page, self.origin = canvas, page, origin
        wall = Wall(page, plan, origin)
        seats = plan.seats()
        near = [n for n in range(ROWS * COLUMNS) if self._shows(seats[n])]
        kinds = sorted({musicians.kind(n, len(players)) for n in near})
        blocks = musicians.carve(parts, [players[k] for k in kinds], page.scale, plan.half / 60, fine=1)
        for n in near:
            block = blocks[kinds.index(musicians.kind(n, len(players)))]
            musicians.place(wall, n, block, 0.0)
        wall.weather(rng)
        albedo = colour(wall.paint, wall.rough, wall.worn, open_sky(wall.height, page.scale))
        self.lit = Lit(wall.height * ZOOM, albedo, canvas.scale, size)
        self.glow = Glow(canvas)
        self.seats = [(n, (seats[n] - (0, 0.45 * ARCH) - origin) * ZOOM) for n in near]
        self.flames, self.bowl = flames(canvas, size=2.4), bowl(canvas, 2.4)
        self.level, self.lamp = 0.0, self.path(0.0)
        self.lit.relight(self.lamp, bands=99)

    def _shows(self, seat):
        x, y = seat - self.origin
        return -80 < x < self.page.width + 80 and -10 < y < self.page.height + ARCH

    def path(self, second):
        """Where the lamp is: in from below on the right, up past the faces, away to the left."""
        u = smooth(min(1.0, second / LASTS))
        w = self.canvas.width
        return np.array([w * (0.90 - 0.78 * u), 1010 - 640 * np.sin(np.pi * (0.08 + 0.70 * u))])

    def step(self, second, warm, tint):
        """One frame; `warm` (50,) is how warm each musician is, `tint` the lamp's colour by its strength."""
        self.lamp = self.path(second)
        self.level = level = smooth(min(1.0, second / RISES)) * smooth(
            float(np.clip((LASTS - second) / SINKS, 0, 1))
        )
        self.lit.relight(self.lamp, bands=3)
        self.glow.begin(np.array((17, 16, 16), np.float32))
        self.glow.add(self.lamp, 1150, tint * (2.1 * level), core=0.5)
        for n, place in self.seats:
            if warm[n] > 0.02:
                self.glow.add(place, 330, np.array((190, 126, 52)) * warm[n])
        self.glow.shed(self.lit.picture)

    def draw_lamp(self, canvas, turn):
        """The lamp before the wall, in one of its shapes; with its light it is gone."""
        if self.level > 0.12:
            canvas.stamp(self.bowl, self.lamp + (0, 46))
            canvas.stamp(self.flames[turn % len(self.flames)], self.lamp, blend="add")
