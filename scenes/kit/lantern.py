"""A lantern carried along a dark wall: a pool of warm light larger than the picture, so that it may move."""

import numpy as np

from engine import Canvas, light, raster

ROOM = (1000.0, 460.0)  # units by which the pool is larger than the picture
CORE = np.array((1.0, 0.965, 0.89), np.float32)
REACH = np.array((0.86, 0.66, 0.46), np.float32)
DARK = np.array((0.150, 0.125, 0.115), np.float32)


class Lantern:
    """`draw` multiplies the light at a place onto a picture."""

    def __init__(self, canvas, radius=900.0):
        self.room = np.array(ROOM)
        size = (canvas.width + ROOM[0], canvas.height + ROOM[1])
        small = Canvas(tuple(max(2, round(n * canvas.scale / 4)) for n in size), scale=canvas.scale / 4)
        x, y = light.coordinates(small)
        rho2 = ((x - size[0] / 2) ** 2 + 1.25 * (y - size[1] / 2) ** 2) / radius**2
        near, far = np.exp(-1.5 * rho2)[..., None], np.exp(-0.55 * rho2)[..., None]
        field = np.clip(DARK + (REACH - DARK) * far + (CORE - REACH) * near, 0, 1)
        full = tuple(round(n * canvas.scale) for n in size)
        self.pool = Canvas(full, scale=canvas.scale)
        big = np.asarray(raster.resize(np.ascontiguousarray(field[..., ::-1]), full), np.float32)
        big *= 255
        np.copyto(self.pool.px[..., :3], big.astype(np.uint8))

    def draw(self, canvas, place, tint):
        """Light from `place` (x, y) and a colour (r, g, b) 0..255 over all."""
        half = self.room / 2
        x = float(np.clip(place[0], canvas.width / 2 - half[0], canvas.width / 2 + half[0]))
        y = float(np.clip(place[1], canvas.height / 2 - half[1], canvas.height / 2 + half[1]))
        canvas.stamp(self.pool, (x, y), blend="multiply")
        if min(tint) < 254:
            light.wash(canvas, tint)
