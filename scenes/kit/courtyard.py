"""A Jincheng square at night: grey tile roofs with upturned eaves and ridge beasts, arch, tower, flagstones.

What is drawn is a skin: how much of each colour a surface sends back. It is black until light falls on it.
"""

import tomllib
from itertools import pairwise

import numpy as np

from engine import light, raster

TILE, TILE_EDGE, RIDGE = (62, 64, 68), (96, 97, 99), (84, 84, 84)
BRICK, JOINT = (62, 52, 46), (34, 28, 25)
TIMBER, LATTICE, STONE = (74, 38, 26), (46, 30, 22), (104, 96, 86)
SHADE = (13, 11, 11)
COATS = ((40, 34, 36), (30, 36, 48), (52, 30, 26), (44, 40, 34), (70, 26, 22))
KINDS = ("wall", "tower", "hall", "arch")


def read_courtyard(path):
    """The ground line and what stands on it; ValueError names file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    if not isinstance(data.get("ground"), int | float):
        raise ValueError(f"{path}: ground: needs a number, found {data.get('ground')!r}")
    for i, stand in enumerate(data.get("stand", [])):
        if stand.get("kind") not in KINDS:
            raise ValueError(f"{path}: stand {i + 1}: kind {stand.get('kind')!r}; one of {', '.join(KINDS)}")
        for name in ("x", "width", "height", "away"):
            if not isinstance(stand.get(name), int | float):
                raise ValueError(f"{path}: stand {i + 1}: {name}: needs a number, found {stand.get(name)!r}")
    return data


def dim(colour, away):
    """A surface's colour with this much night between it and us."""
    keep = 1 - 0.72 * away
    return tuple(round(c * keep) for c in colour)


class Builder:
    """Draws buildings onto a skin; `away` dims, x, y in design units."""

    def __init__(self, canvas, away, rng):
        self.canvas, self.away, self.rng = canvas, away, rng

    def fill(self, points, colour):
        self.canvas.polygon(points, dim(colour, self.away))

    def box(self, left, top, right, bottom, colour):
        self.fill([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def line(self, points, colour, width=1.8):
        self.canvas.line(points, dim(colour, self.away), width)

    def roof(self, x, eave, width, height, *, lift=None, beasts=True):
        """A hipped roof seen from the front: a sagging slope of tile, corners that turn up, ridge beasts."""
        lift = width * 0.045 + 6 if lift is None else lift
        half, top = width / 2, width * (0.5 - 0.13)
        t = np.linspace(0, 1, 15)
        # from ridge end down to the corner: steep above, flat below, then up
        sx, sy = top + (half - top) * t**1.25, -height * (1 - t) ** 1.6
        sy = sy - lift * np.clip((t - 0.55) / 0.45, 0, 1) ** 2
        along = np.linspace(-1, 1, 41)
        eave_y = -lift * np.abs(along) ** 5
        outline = np.concatenate(
            [np.stack([-sx, sy], 1), np.stack([along * half, eave_y], 1), np.stack([sx, sy], 1)[::-1]]
        )
        self.fill(outline + (x, eave), TILE)
        self._tiles(x, eave, half, top, height, lift)
        for side in (-1, 1):
            self.line(np.stack([x + side * sx, eave + sy], 1), RIDGE, 3.6)
            if beasts:
                for k in (0.62, 0.74, 0.86):
                    self._small_beast(x + side * np.interp(k, t, sx), eave + np.interp(k, t, sy), side)
        bow = np.linspace(-1, 1, 21)
        crest = np.stack([x + bow * (top + 2), eave - height - 6 - height * 0.05 * bow**2], 1)
        self.fill(
            np.concatenate([crest, [(x + top + 2, eave - height + 4), (x - top - 2, eave - height + 4)]]),
            RIDGE,
        )
        self.line(crest, TILE_EDGE, 2)
        if beasts:
            for side in (-1, 1):
                self._owl_tail(x + side * top, eave - height - 4, side, height * 0.20 + 8)

    def _tiles(self, x, eave, half, top, height, lift):
        count = max(9, int(half * 2 / 9))
        down = np.linspace(0, 1, 9)
        for u in np.linspace(-1, 1, count):
            px = top * u + (half - top) * u * down**1.25
            py = -height * (1 - down) ** 1.6 - lift * abs(u) ** 5 * np.clip((down - 0.55) / 0.45, 0, 1) ** 2
            path = np.stack([x + px, eave + py], 1)
            self.line(path, (38, 39, 42), 1.8)
            self.line(path + (2.2, 0), TILE_EDGE if abs(u) < 0.98 else RIDGE, 1.0)
            self.canvas.disc(
                (x + half * u, eave - lift * abs(u) ** 5 + 1), 2.6, dim((118, 116, 112), self.away)
            )

    def _owl_tail(self, x, y, side, size):
        """The 鸱吻 at the ridge's end: jaws that bite the ridge, a finned tail that curls up and in."""
        tail = [(-0.62, 0.1), (-0.70, -0.30), (-0.42, -0.36), (-0.30, -0.62), (-0.02, -0.78), (0.02, -1.02)]
        tail += [
            (-0.10, -1.22),
            (-0.30, -1.20),
            (-0.40, -1.06),
            (-0.52, -1.24),
            (-0.34, -1.46),
            (-0.04, -1.50),
        ]
        tail += [(0.12, -1.66), (0.16, -1.44), (0.30, -1.30), (0.46, -1.34), (0.40, -1.12), (0.46, -0.92)]
        tail += [(0.62, -0.86), (0.50, -0.68), (0.50, -0.44), (0.60, -0.30), (0.46, -0.16), (0.42, 0.1)]
        points = np.array([(x + side * px * size, y + py * size) for px, py in tail])
        self.fill(points, RIDGE)
        self.line(points[8:18], TILE_EDGE, 1.4)

    def _small_beast(self, x, y, side):
        shape = [(-2.4, 1), (-3, -6), (-1, -8), (1, -11), (3.6, -9), (2.2, -5), (3, 1)]
        self.fill([(x + side * px, y + py) for px, py in shape], (104, 102, 98))

    def brackets(self, x, top, width, depth=14):
        """Under the eave: a dark band with a row of bracket sets."""
        self.box(x - width / 2, top, x + width / 2, top + depth, (30, 22, 18))
        for px in np.arange(x - width / 2 + 12, x + width / 2 - 6, 26):
            self.fill(
                [(px - 9, top), (px + 9, top), (px + 4, top + depth), (px - 4, top + depth)], (70, 46, 34)
            )

    def bricks(self, left, top, right, bottom, course=9):
        self.box(left, top, right, bottom, BRICK)
        for i, y in enumerate(np.arange(top + course, bottom, course)):
            self.line([(left, y), (right, y)], JOINT, 1.0)
            joints = np.arange(left + (i % 2) * 11, right, 22)
            self.canvas.lines([[(j, y - course), (j, y)] for j in joints], dim(JOINT, self.away), 1.0)

    def hall(self, x, ground, width, height):
        """A front of timber bays between brick ends under one big roof."""
        eave = ground - height * 0.52
        wall = width * 0.44
        self.bricks(x - wall, eave, x + wall, ground)
        inner = wall * 0.8
        self.box(x - inner, eave, x + inner, ground, SHADE)
        bays = max(3, int(inner * 2 / 92)) | 1
        edges = np.linspace(x - inner, x + inner, bays + 1)
        for left, right in pairwise(edges):
            self._lattice(left + 6, eave + 26, right - 6, ground - 8)
        for px in edges:
            self.box(px - 5, eave, px + 5, ground, TIMBER)
            self.box(px - 8, ground - 8, px + 8, ground, STONE)
        self.brackets(x, eave + 2, wall * 2)
        self.roof(x, eave, width, height * 0.48)
        self.box(x - wall - 14, ground - 4, x + wall + 14, ground + 5, STONE)
        for px in edges[1:-1:2]:
            self._lantern(px + (edges[1] - edges[0]) / 2, eave + 18)

    def _lantern(self, x, top):
        """A red silk lantern, unlit: tonight only the iron shines."""
        turn = np.linspace(0, 2 * np.pi, 19)
        self.line([(x, top - 6), (x, top)], (60, 44, 30), 1.4)
        self.fill(np.stack([x + 13 * np.cos(turn), top + 13 + 11 * np.sin(turn)], 1), (150, 34, 26))
        for rib in (-6.5, 0, 6.5):
            self.line(
                [(x + rib * 0.7, top + 3), (x + rib, top + 13), (x + rib * 0.7, top + 23)], (104, 22, 18), 1.0
            )
        self.box(x - 6, top, x + 6, top + 3, (150, 116, 60))
        self.box(x - 6, top + 23, x + 6, top + 26, (150, 116, 60))
        self.line([(x, top + 26), (x, top + 38)], (140, 40, 30), 2.4)

    def _lattice(self, left, top, right, bottom):
        self.box(left, top, right, bottom, LATTICE)
        mid = top + (bottom - top) * 0.62
        for a, b in ((left + 3, (left + right) / 2 - 2), ((left + right) / 2 + 2, right - 3)):
            self.box(a, top + 4, b, mid, (20, 14, 12))
            bars = [[(px, top + 4), (px, mid)] for px in np.arange(a + 4, b, 7)]
            bars += [[(a, py), (b, py)] for py in np.arange(top + 8, mid, 8)]
            self.canvas.lines(bars, dim((72, 46, 32), self.away), 1.2)

    def tower(self, x, ground, width, height):
        """A gate tower: brick base with an archway and battlements, two roofs above."""
        base = ground - height * 0.42
        self.bricks(x - width * 0.5, base, x + width * 0.5, ground)
        arch = np.linspace(np.pi, 0, 15)
        r = width * 0.11
        self.fill(
            [
                (x - r, ground),
                *zip(x + r * np.cos(arch), ground - r * 1.3 - r * np.sin(arch), strict=True),
                (x + r, ground),
            ],
            SHADE,
        )
        for px in np.arange(x - width * 0.5, x + width * 0.5 - 8, 20):
            self.box(px, base - 12, px + 12, base, BRICK)
        storey = height * 0.13
        first = base - storey
        self.box(x - width * 0.34, first, x + width * 0.34, base - 2, (26, 18, 15))
        for px in np.linspace(x - width * 0.34, x + width * 0.34, 6):
            self.box(px - 4, first, px + 4, base - 2, TIMBER)
        self.roof(x, first + 4, width * 0.98, height * 0.14)
        second = first - height * 0.14 - storey * 0.75
        self.box(x - width * 0.26, second, x + width * 0.26, first - height * 0.11, (26, 18, 15))
        for px in np.linspace(x - width * 0.26, x + width * 0.26, 5):
            self.box(px - 3.5, second, px + 3.5, first - height * 0.1, TIMBER)
        self.brackets(x, second, width * 0.56, 10)
        self.roof(x, second + 2, width * 0.8, height * 0.2)

    def arch(self, x, ground, width, height):
        """A memorial arch 牌坊: four stone pillars, beams with plaques, a high roof between two low ones."""
        at = [x + width * k for k in (-0.46, -0.2, 0.2, 0.46)]
        low, high = ground - height * 0.56, ground - height * 0.74
        for i, px in enumerate(at):
            top = high if i in (1, 2) else low
            self.box(px - 8, top, px + 8, ground, STONE)
            self.line([(px - 5, top), (px - 5, ground)], (134, 126, 114), 2)
            self.fill(
                [
                    (px - 19, ground),
                    (px - 15, ground - 34),
                    (px - 9, ground - 52),
                    (px + 9, ground - 52),
                    (px + 15, ground - 34),
                    (px + 19, ground),
                ],
                (92, 86, 78),
            )
        for left, right, top in ((at[0], at[1], low), (at[2], at[3], low), (at[1], at[2], high)):
            self.box(left - 6, top, right + 6, top + 15, STONE)
            self.box(left, top + 15, right, top + 38, (52, 46, 42))
            self.box(left - 4, top + 38, right + 4, top + 49, STONE)
            for px in np.arange(left + 14, right - 6, 17):
                self.box(px - 5, top + 19, px + 5, top + 34, (82, 74, 66))
        self.box(x - 34, high - 4, x + 34, high + 38, (66, 50, 34))
        self.box(x - 29, high + 1, x + 29, high + 33, (30, 24, 20))
        for px, top, wide in ((x - width * 0.33, low, 0.36), (x + width * 0.33, low, 0.36), (x, high, 0.54)):
            self.brackets(px, top - 14, width * wide * 0.8)
            self.roof(px, top - 12, width * wide, height * (0.13 if wide < 0.5 else 0.17))

    def wall(self, x, ground, width, height):
        self.bricks(x - width / 2, ground - height, x + width / 2, ground, 12)
        for px in np.arange(x - width / 2, x + width / 2, 34):
            self.box(px, ground - height - 16, px + 20, ground - height, BRICK)


def people(canvas, yard, rng):
    """Neighbours at the foot of the walls, in padded coats, as the light finds them."""
    for crowd in yard.get("people", []):
        left, right = crowd["from"] * canvas.width, crowd["to"] * canvas.width
        for x in np.sort(rng.uniform(left, right, int(crowd["count"]))):
            tall, wide = rng.uniform(70, 94), rng.uniform(15, 19)
            feet, tone = yard["ground"] + rng.uniform(2, 12), rng.uniform(0.6, 1.1)
            coat = tuple(round(c * tone) for c in COATS[rng.integers(len(COATS))])
            top = feet - tall + 15
            body = [(-0.7, 0), (-0.82, 0.3), (-0.95, 0.62), (-0.98, 0.82), (-0.75, 0.93), (-0.3, 1.0)]
            body += [(-px, py) for px, py in reversed(body)]
            outline = [(x + px * wide, feet - py * (feet - top)) for px, py in body]
            canvas.polygon(outline, coat)
            canvas.line(outline[3:9], tuple(min(255, round(c * 1.9)) for c in coat), 2)
            head = (x + rng.uniform(-2, 2), top - 5)
            canvas.disc(head, 9.0, (74, 54, 42))
            canvas.polygon(
                [
                    (head[0] + 9.8 * np.cos(k), head[1] - 1 - 9.8 * np.sin(k))
                    for k in np.linspace(0, np.pi, 9)
                ],
                coat,
            )


def build(canvas, yard, rng):
    """Draw everything that stands round the square onto `canvas`."""
    for stand in yard.get("stand", []):
        builder = Builder(canvas, stand["away"], rng)
        draw = getattr(builder, stand["kind"])
        draw(stand["x"] * canvas.width, yard["ground"], stand["width"], stand["height"])
    people(canvas, yard, rng)


def pave(canvas, ground, rng):
    """Flagstones from `ground` to the bottom edge in perspective, worn, wet in patches."""
    middle, bottom = canvas.width / 2, canvas.height
    canvas.polygon([(0, ground), (canvas.width, ground), (canvas.width, bottom), (0, bottom)], (22, 20, 19))
    vanish = ground - 130
    depth = np.array([0.0, 0.035, 0.08, 0.14, 0.215, 0.305, 0.415, 0.55, 0.72, 0.93, 1.2])
    rows = ground + depth * (bottom - ground)
    for far, near in pairwise(rows):
        cut = np.cumsum(rng.uniform(105, 235, 60)) - 4200
        for left, right in pairwise(cut):
            _flag(canvas, (left, right), (far, near), middle, vanish, ground, rng)
    wet = light.clouds(canvas, rng, size=300, octaves=4)
    grit = light.grain(canvas, rng, stretch=(1.6, 0.8))
    first = int(ground * canvas.scale)
    shine = 0.68 + 1.2 * np.clip((wet[first:] - 0.42) * 2.6, 0, 1)
    skin = canvas.px[first:, :, :3] * (shine * (1 + 0.10 * grit[first:]))[..., None]
    canvas.px[first:, :, :3] = np.clip(skin, 0, 255).astype(np.uint8)


def _flag(canvas, across, along, middle, vanish, ground, rng):
    """One stone: its corners run to the vanishing point."""

    def at(px, py):
        return middle + px * (py - vanish) / 260, py

    gap = 2.2
    far, near = along[0] + 0.6, along[1] - max(0.8, (along[1] - along[0]) * 0.05)
    corners = [
        at(across[0] + gap, far),
        at(across[1] - gap, far),
        at(across[1] - gap, near),
        at(across[0] + gap, near),
    ]
    if corners[2][0] < -20 or corners[3][0] > canvas.width + 20:
        return
    tone = rng.uniform(46, 74)
    canvas.polygon(corners, (round(tone * 1.02), round(tone), round(tone * 0.97)))
    canvas.line([corners[0], corners[1]], (round(tone * 1.35), round(tone * 1.3), round(tone * 1.25)), 1.2)


def night_sky(canvas):
    """(h, w, 3) blue-coal counts: a little paler above the roofs, a few still stars nobody looks at."""
    _, y = light.coordinates(canvas)
    height = np.clip(y / 860, 0, 1)
    level = 0.022 + 0.022 * height**2
    sky = level[..., None] * np.array([1.0, 0.58, 0.36], np.float32)  # blue, green, red
    return np.broadcast_to(sky, (*canvas.px.shape[:2], 3)).copy()


def smoke_sheet(shape, rng):
    """Two stacked layers (2h, 2w) of smoke 0..1 that close on themselves left to right."""
    h, w = shape
    total = np.zeros((2 * h, 2 * w), np.float32)
    for cells, share in ((5, 1.0), (10, 0.6), (20, 0.34), (40, 0.2)):
        grid = rng.random((cells + 2, cells * 2)).astype(np.float32)
        total += share * raster.resize(np.concatenate([grid, grid], 1), (4 * w, 2 * h))[:, w : 3 * w]
    total = (total - total.min()) / (total.max() - total.min())
    soft = np.clip((total - 0.3) / 0.7, 0, 1)
    return np.concatenate([soft, soft[:, :w]], 1)
