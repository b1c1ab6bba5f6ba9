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
        self._flat = (self.axes * [[scale], [-scale]]).T.astype(np.float32)
        self._near = self.near.astype(np.float32)
        self.across = np.linalg.inv(np.vstack([self.axes, self.near])).T

    def place(self, points):
        return np.asarray(points, np.float32) @ self._flat + self.middle.astype(np.float32)

    def depth(self, points):
        return np.asarray(points, np.float32) @ self._near


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


def scan(view, facets, normals, numbers, corner, size):
    """The facets seen from `view`, nearest in front, in a block at `corner` of `size` (w, h)."""
    near = np.full(size[::-1], -np.inf, np.float32)
    which = np.zeros(size[::-1], np.int32)
    for facet, normal, number in zip(facets, normals, numbers, strict=True):
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


def normal_of(facet):
    """The way a flat facet faces, by Newell's sums over its edges."""
    x, y, z = facet.T
    i, j, k = np.vstack([facet[1:], facet[:1]]).T
    total = np.array([((y - j) * (z + k)).sum(), ((z - k) * (x + i)).sum(), ((x - i) * (y + j)).sum()])
    return total / max(1e-9, float(np.sqrt(total @ total)))


def _plane(view, facet, normal):
    """Nearness as ax * x + ay * y + base of the picture's pixels, on the facet's plane."""
    n = view.across @ normal  # the plane in (right, up, near)
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
        self.buffers, normals = [], [np.zeros(3)]
        self.cores = rng.uniform(-1, 1, (len(parts), 8)).astype(np.float32)
        self._shadows = {}
        for n, part in enumerate(parts):
            mine = [facet for solid in part.solids for facet in solid]
            first = len(self.facets)
            self.facets += mine
            self.owner += [n] * len(mine)
            normals += [normal_of(facet) for facet in mine]
            corner, size = self._extent(mine)
            numbers = range(first, first + len(mine))
            self.buffers.append(scan(self.view, mine, normals[first:], numbers, corner, size))
        self.normals = np.array(normals, np.float32)
        self.owner = np.array(self.owner)

    def _extent(self, facets):
        at = self.view.place(np.vstack(facets))
        low = np.floor(at.min(axis=0) / FINE).astype(int) * FINE - FINE * 2
        high = np.ceil(at.max(axis=0) / FINE).astype(int) * FINE + FINE * 2
        return low, (high - low)

    def samples(self, buffer):
        """Which samples have to be shaded: one a pixel where all agree, all of them along edges.

        Returns (rows, columns) of the samples, and for each pixel of the finished picture the shares as
        (pixel, sample, weight) to be added up.
        """
        facet = buffer.facet
        w = facet.shape[1] // FINE
        first = facet[::FINE, ::FINE]
        plain = (first == facet[1::FINE, ::FINE]) & (first == facet[::FINE, 1::FINE])
        plain &= first == facet[1::FINE, 1::FINE]
        wanted = facet > 0
        for i, j in ((0, 1), (1, 0), (1, 1)):
            wanted[i::FINE, j::FINE] &= ~plain
        rows, columns = np.nonzero(wanted)
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
        eye = lamp.eye(self.view.scale / FINE * 0.8)
        if lamp not in self._shadows:
            corner, size = _bounds(eye, np.vstack(self.facets[1:]))
            self._shadows[lamp] = scan(
                eye, self.facets[1:], self.normals[1:], range(1, len(self.facets)), corner, size
            )
        cover = self._shadows[lamp]
        px, depth = eye.place(at) - cover.corner, eye.depth(at).astype(np.float32)
        high, wide = cover.near.shape
        free = np.zeros(len(at), np.float32)
        for dx, dy in ((-1.7, -0.7), (0.7, -1.7), (1.7, 0.7), (-0.7, 1.7), (0, 0)):
            x = np.clip((px[:, 0] + dx).astype(np.int32), 0, wide - 1)
            y = np.clip((px[:, 1] + dy).astype(np.int32), 0, high - 1)
            free += cover.near[y, x] <= depth + 1.2
        return free / 5

    def shade(self, buffer, lamps):
        """{name: premultiplied sheet at the picture's resolution} of a part's buffer in each of the lamps."""
        rows, columns, pixel, weight = self.samples(buffer)
        at, facet = self.places(buffer, rows, columns), buffer.facet[rows, columns]
        wood = self.albedo(facet, at) * self._arrises(buffer)[rows, columns, None]
        h, w = (n // FINE for n in buffer.facet.shape)
        cover = np.bincount(pixel, weight, h * w)
        found = {}
        for name, lamp in lamps.items():
            light = lamp.on(self.normals, facet, at, self.shadow(at, lamp) if lamp.hard else 1.0)
            rgb = (1 - np.exp(-1.55 * wood * light)) * (weight * 255)[:, None]
            out = Canvas((w, h), scale=self.view.scale, clear=True)
            for channel in range(3):
                out.px[..., 2 - channel] = np.bincount(pixel, rgb[:, channel], h * w).reshape(h, w)
            out.px[..., 3] = (cover * 255).reshape(h, w)
            found[name] = out
        return found

    def _arrises(self, buffer):
        """Edges of a piece that are planed and handled catch the light."""
        tone = np.ones(buffer.facet.shape, np.float32)
        facet = buffer.facet
        tone[1:][facet[1:] != facet[:-1]] = 1.5
        tone[:, 1:][facet[:, 1:] != facet[:, :-1]] = 1.5
        return np.clip(raster.blur(tone, 0.10 * self.view.scale), 0.6, 1.3)

    def closeness(self, whole):
        """0..1 (h, w) at the picture's resolution: what is left of the light in hollows and at joints."""
        facet = np.ascontiguousarray(whole.facet[::FINE, ::FINE])
        near = np.where(facet > 0, whole.near[::FINE, ::FINE], np.float32(-60))
        coarse = np.ascontiguousarray(near[::2, ::2])
        rise = np.zeros_like(coarse)
        for sigma, share in ((2.2, 0.09), (7.0, 0.05)):
            soft = raster.blur(coarse, sigma * self.view.scale / FINE / 2) - coarse
            rise += share * np.clip(soft, 0, 14)
        open_ = 1 / (1 + raster.resize(rise, near.shape[::-1]))
        part = self.owner.astype(np.int16)[facet]
        joint = np.zeros(near.shape, np.float32)
        joint[1:][part[1:] != part[:-1]] = 1
        joint[:, 1:][part[:, 1:] != part[:, :-1]] = 1
        line = raster.blur(joint, max(0.5, 0.10 * self.view.scale / FINE))
        return open_ * (1 - np.clip(0.75 * line, 0, 0.7))


@dataclass(frozen=True, eq=False)
class Lamp:
    """One light on the set: where it comes from (u, w, z), its colour and that of what the room throws back.

    hard    whether it throws shadows; an overcast sky does not
    reach   fen from `stand` at which it has half its strength
    """

    way: np.ndarray
    key: np.ndarray
    fill_way: np.ndarray
    fill: np.ndarray
    hard: bool = True
    reach: float = 1e9
    stand: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def eye(self, scale):
        """The view from the lamp, for shadows."""
        turn = np.arctan2(-self.way[0], self.way[1])
        look = np.arcsin(-self.way[2])
        return View(scale, np.zeros(2), turn=turn, look=look)

    def on(self, normals, facet, at, free):
        """Light (n, 3) that falls on places `at` of some facets, `free` of shadow 0..1."""
        facing = np.clip(normals @ self.way, 0, 1)[facet] * free
        if self.reach < 1e8:
            away2 = ((at - np.array(self.stand, np.float32)) ** 2).sum(axis=1)
            facing = facing / (1 + away2 / np.float32(self.reach**2))
        fill = (0.5 + 0.5 * normals @ self.fill_way)[facet, None] * self.fill
        return (facing[:, None] * self.key + fill).astype(np.float32)


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
