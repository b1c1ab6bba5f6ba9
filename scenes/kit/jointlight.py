"""A bracket set in one light: solids become pictures with true grain, cast shadows and dark joints."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster

FINE = 2  # samples a pixel each way, averaged at the end
TURN, LOOK = np.radians(33), np.radians(17)  # the eye stands to the left of the street side, below the set


class View:
    """A parallel view: x, y on the picture and nearness of places (n, 3) in fen.

    scale   pixels per fen
    middle  (x, y) in pixels of the foot of the cap block
    """

    def __init__(self, scale, middle, *, turn=TURN, look=LOOK):
        self.scale, self.middle = scale, np.asarray(middle, float)
        ct, st, cl, sl = np.cos(turn), np.sin(turn), np.cos(look), np.sin(look)
        right = (ct, st, 0.0)
        front = np.array([-st, ct, 0.0])
        up = np.array([front[0] * sl, front[1] * sl, cl])  # from below, what is near stands higher
        self.near = np.array([front[0] * cl, front[1] * cl, -sl])
        self.axes = np.array([right, up])

    def place(self, points):
        flat = np.asarray(points, float) @ self.axes.T * self.scale
        return self.middle + flat * (1, -1)

    def depth(self, points):
        return np.asarray(points, float) @ self.near


@dataclass
class Buffer:
    """What each pixel of a block of picture shows.

    corner  (x, y) of the block in pixels
    near    (h, w) float32, -inf where there is nothing
    facet   (h, w) int32, 1.. by the facet table, 0 nothing
    """

    corner: tuple[int, int]
    near: np.ndarray
    facet: np.ndarray


def scan(view, facets, numbers, corner, size):
    """The facets seen from `view`, nearest in front, in a block at `corner` of `size` (w, h)."""
    near = np.full(size[::-1], -np.inf, np.float32)
    which = np.zeros(size[::-1], np.int32)
    for facet, number in zip(facets, numbers, strict=True):
        normal = _normal(facet)
        if normal @ view.near <= 1e-6:
            continue
        at = view.place(facet) - corner
        low = np.maximum(np.floor(at.min(axis=0)).astype(int), 0)
        high = np.minimum(np.ceil(at.max(axis=0)).astype(int) + 1, size)
        if (high <= low).any():
            continue
        rows, columns = slice(low[1], high[1]), slice(low[0], high[0])
        inside = np.zeros((high[1] - low[1], high[0] - low[0]), np.int32)
        raster.facets(inside, [at - low], [1])
        ax, ay, base = _plane(view, facet, normal)
        x = np.arange(low[0], high[0], dtype=np.float32) + np.float32(0.5 + corner[0])
        y = np.arange(low[1], high[1], dtype=np.float32) + np.float32(0.5 + corner[1])
        here = np.float32(ax) * x[None, :] + np.float32(ay) * y[:, None] + np.float32(base)
        front = (inside > 0) & (here > near[rows, columns])
        near[rows, columns][front] = here[front]
        which[rows, columns][front] = number
    return Buffer(tuple(corner), near, which)


def _normal(facet):
    a = facet - np.roll(facet, 1, axis=0)
    b = np.roll(facet, -1, axis=0) - facet
    total = np.cross(a, b).sum(axis=0)
    length = np.linalg.norm(total)
    return total / length if length > 1e-9 else np.zeros(3)


def _plane(view, facet, normal):
    """Nearness as ax * x + ay * y + base of the picture's pixels, on the facet's plane."""
    basis = np.linalg.inv(np.vstack([view.axes, view.near]))
    n = basis.T @ normal  # the plane in (right, up, near)
    at = np.append(view.axes @ facet[0], view.near @ facet[0])
    ax = -n[0] / n[2] / view.scale
    ay = n[1] / n[2] / view.scale
    base = n @ at / n[2] - ax * view.middle[0] - ay * view.middle[1]
    return ax, ay, base


class Set:
    """All parts of a bracket set, each as buffer and as lit picture.

    view     of the finished picture; buffers are FINE times finer
    lamps    {name: Lamp}
    """

    def __init__(self, parts, woods, view, rng):
        self.parts, self.woods = parts, [np.array(wood, np.float32) for wood in woods]
        self.view = View(view.scale * FINE, view.middle * FINE)
        self.facets, self.owner = [None], [-1]
        self.buffers = []
        self.cores = rng.uniform(-1, 1, (len(parts), 8)).astype(np.float32)
        self._shadows = {}
        for n, part in enumerate(parts):
            mine = [facet for solid in part.solids for facet in solid]
            first = len(self.facets)
            self.facets += mine
            self.owner += [n] * len(mine)
            corner, size = self._extent(mine)
            self.buffers.append(scan(self.view, mine, range(first, first + len(mine)), corner, size))
        self.normals = np.array([(0, 0, 0), *[_normal(f) for f in self.facets[1:]]], np.float32)
        self.owner = np.array(self.owner)

    def _extent(self, facets):
        at = self.view.place(np.vstack(facets))
        low = np.floor(at.min(axis=0) / FINE).astype(int) * FINE - FINE * 2
        high = np.ceil(at.max(axis=0) / FINE).astype(int) * FINE + FINE * 2
        return low, (high - low)

    def whole(self):
        """One buffer of everything assembled."""
        corner, size = self._extent([f for f in self.facets[1:]])
        total = Buffer(tuple(corner), np.full(size[::-1], -np.inf, np.float32), np.zeros(size[::-1], np.int32))
        for buffer in self.buffers:
            join(total, buffer)
        return total

    def samples(self, buffer):
        """Which samples have to be shaded: one a pixel where all agree, all of them along edges.

        Returns (rows, columns) of the samples, and for each pixel of the finished picture the shares as
        (pixel, sample, weight) to be added up.
        """
        facet = buffer.facet
        h, w = facet.shape[0] // FINE, facet.shape[1] // FINE
        four = facet.reshape(h, FINE, w, FINE)
        plain = (four == four[:, :1, :, :1]).all(axis=(1, 3))
        first = np.zeros((h, FINE, w, FINE), bool)
        first[:, 0, :, 0] = True
        wanted = ((plain[:, None, :, None] & first) | ~plain[:, None, :, None]) & (four > 0)
        rows, columns = np.nonzero(wanted.reshape(facet.shape))
        pixel = (rows // FINE) * w + columns // FINE
        weight = np.where(plain.ravel()[pixel], 1.0, 1 / FINE**2).astype(np.float32)
        return rows, columns, pixel, weight

    def places(self, buffer, rows, columns):
        """(n, 3) float32: where in fen some samples of a buffer are."""
        x = (columns.astype(np.float32) + (0.5 + buffer.corner[0] - self.view.middle[0])) / self.view.scale
        y = -(rows.astype(np.float32) + (0.5 + buffer.corner[1] - self.view.middle[1])) / self.view.scale
        back = np.linalg.inv(np.vstack([self.view.axes, self.view.near])).astype(np.float32)
        seen = np.column_stack([x, y, buffer.near[rows, columns]]).astype(np.float32)
        return seen @ back.T

    def albedo(self, facet, at):
        """Wood: rings of the log it was split from and fibres along it, as RGB 0..1 (n, 3)."""
        part = self.owner[facet]
        core = self.cores[part]
        flat = np.array([p.grain for p in self.parts])[part]
        elm = np.array([p.elm for p in self.parts])[part]
        along = np.where(flat == 0, at[:, 0], at[:, 1]) + 60 * core[:, 0]
        across = np.where(flat == 0, at[:, 1], at[:, 0])
        bend = 0.9 * np.sin(along * 0.041) + 0.4 * np.sin(along * 0.117 + across * 0.11)
        radius = np.hypot(across + bend - 11 * core[:, 2], at[:, 2] % 21 + 0.6 * bend - 32 - 12 * core[:, 3])
        ring = (radius * 0.83 + 0.16 * np.sin(along * 0.23 + radius)) % 1.0
        late = np.clip((ring - 0.45) / 0.5, 0, 1) ** 2 * (ring < 0.96)
        fibre = _hash(np.floor(radius * 6.1), np.floor(along * 0.11)) - 0.5
        tone = np.clip(0.70 - 0.42 * late + 0.20 * fibre + 0.14 * core[:, 6], 0, 0.999) * 2
        low = tone.astype(np.int32)
        share = (tone - low)[:, None]
        table = np.stack(self.woods) / np.float32(255)
        kind = elm.astype(np.int32)
        return table[kind, low] * (1 - share) + table[kind, low + 1] * share

    def shadow(self, at, lamp):
        """0..1 of the lamp's light that reaches each place past all timber."""
        eye = lamp.eye(self.view.scale / FINE / 2)
        if lamp not in self._shadows:
            corner, size = _bounds(eye, np.vstack(self.facets[1:]))
            self._shadows[lamp] = scan(eye, self.facets[1:], range(1, len(self.facets)), corner, size)
        cover = self._shadows[lamp]
        px, depth = eye.place(at) - cover.corner, eye.depth(at).astype(np.float32)
        high, wide = cover.near.shape
        free = np.zeros(len(at), np.float32)
        for dx, dy in ((-0.9, -0.4), (0.4, -0.9), (0.9, 0.4), (-0.4, 0.9), (0, 0)):
            x = np.clip((px[:, 0] + dx).astype(np.int32), 0, wide - 1)
            y = np.clip((px[:, 1] + dy).astype(np.int32), 0, high - 1)
            free += cover.near[y, x] <= depth + 1.5
        return free / 5

    def hollows(self, buffer):
        """0..1 at half the samples: how open each place is, by how far its surroundings stand before it."""
        near = np.where(buffer.facet > 0, buffer.near, -60)[::FINE, ::FINE].astype(np.float32)
        open_ = np.ones_like(near)
        for sigma, share in ((2.2, 0.11), (7.0, 0.06)):
            rise = raster.blur(near, sigma * self.view.scale / FINE) - near
            open_ /= 1 + share * np.clip(rise, 0, 14)
        return open_

    def shade(self, buffer, lamps, *, alone=False):
        """{name: premultiplied sheet at the picture's resolution} of a buffer in each of the lamps."""
        rows, columns, pixel, weight = self.samples(buffer)
        at, facet = self.places(buffer, rows, columns), buffer.facet[rows, columns]
        wood = self.albedo(facet, at) * self._edges(buffer)[rows, columns, None]
        open_ = 1.0 if alone else self.hollows(buffer)[rows // FINE, columns // FINE, None]
        h, w = (n // FINE for n in buffer.facet.shape)
        cover = np.bincount(pixel, weight, h * w)
        found = {}
        for name, lamp in lamps.items():
            light = lamp.on(self.normals, facet, at, self.shadow(at, lamp), open_)
            rgb = (1 - np.exp(-1.55 * wood * light)) * (weight * 255)[:, None]
            out = Canvas((w, h), scale=self.view.scale, clear=True)
            for channel in range(3):
                out.px[..., 2 - channel] = np.bincount(pixel, rgb[:, channel], h * w).reshape(h, w)
            out.px[..., 3] = (cover * 255).reshape(h, w)
            found[name] = out
        return found

    def _edges(self, buffer):
        """Arrises catch the light, joints between two pieces are dark."""
        part, facet = self.owner[buffer.facet], buffer.facet
        tone = np.ones(facet.shape, np.float32)
        for axis in (0, 1):
            joint = np.diff(part, axis=axis) != 0
            arris = (np.diff(facet, axis=axis) != 0) & ~joint
            block = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
            tone[block][arris] = 1.5
            tone[block][joint] = 0.2
        return np.clip(raster.blur(tone, 0.10 * self.view.scale), 0.3, 1.3)


@dataclass(frozen=True, eq=False)
class Lamp:
    """One light on the set: where it comes from (u, w, z), its colour and that of what the room throws back."""

    way: np.ndarray
    key: np.ndarray
    fill_way: np.ndarray
    fill: np.ndarray
    reach: float = 1e9  # fen from `stand` at which it has half its strength
    stand: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def eye(self, scale):
        """The view from the lamp, for shadows."""
        turn = np.arctan2(-self.way[0], self.way[1])
        look = np.arcsin(-self.way[2])
        return View(scale, np.zeros(2), turn=turn, look=look)

    def on(self, normals, facet, at, free, open_):
        """Light (n, 3) that falls on places `at` of some facets: `free` of shadow, `open_` to the room."""
        facing = np.clip(normals @ self.way, 0, 1)[facet] * free
        if self.reach < 1e8:
            away2 = ((at - np.array(self.stand, np.float32)) ** 2).sum(axis=1)
            facing = facing / (1 + away2 / np.float32(self.reach**2))
        fill = (0.5 + 0.5 * normals @ self.fill_way)[facet, None] * self.fill
        return (facing[:, None] * self.key * (0.4 + 0.6 * open_) + fill * open_).astype(np.float32)


def lamp(way, key, fill_way, fill, **more):
    """A Lamp from plain tuples; ways need no length."""
    unit = [np.array(v, float) / np.linalg.norm(v) for v in (way, fill_way)]
    return Lamp(unit[0], np.array(key, np.float32), unit[1], np.array(fill, np.float32), **more)


def join(total, part, shift=(0, 0), nearer=0.0):
    """Put a part's buffer into a larger one where it is nearer."""
    x, y = part.corner[0] - total.corner[0] + shift[0], part.corner[1] - total.corner[1] + shift[1]
    h, w = part.near.shape
    block = slice(y, y + h), slice(x, x + w)
    front = (part.facet > 0) & (part.near + nearer > total.near[block])
    total.near[block][front] = part.near[front] + nearer
    total.facet[block][front] = part.facet[front]


def _bounds(view, points):
    at = view.place(points)
    low, high = np.floor(at.min(axis=0)).astype(int) - 2, np.ceil(at.max(axis=0)).astype(int) + 2
    return low, high - low


def _hash(a, b):
    """Noise 0..1 that stays with its place in the wood."""
    mixed = np.sin(a * np.float32(12.9898) + b * np.float32(78.233)) * np.float32(43758.547)
    return mixed - np.floor(mixed)
