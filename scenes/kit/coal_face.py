"""Coal painted once: faceted lumps with a glassy lustre, where they will glow, and whose pixel is whose."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Canvas, light, raster

MARGIN = 24  # design units of room about the tower in its sheets
MOON = np.array([-0.52, 0.62, 0.58])  # the one cold light of the court, from the upper left
LANTERN = np.array([0.75, -0.05, 0.66])
BLACK = np.array([35, 34, 37], float)  # coal
MOTIFS = ("leaf", "flower", "stroke", "coal")


@dataclass
class Sheets:
    """Pictures of a tower, all of one size, addressed alike.

    cold    the coal by night, premultiplied
    faces   how much of its lump's heat each pixel shows; gaps: how much of the fire inside
    marks   where a lump's mark is cut
    owner   (h, w) the lump each pixel belongs to, gaps included; count(lumps) = none
    foot    the middle of the tower's foot in the sheet, design units
    boxes   of each lump: (top, bottom, left, right) pixels of everything that belongs to it
    """

    cold: Canvas
    faces: Canvas
    gaps: Canvas
    marks: Canvas
    owner: np.ndarray
    foot: tuple
    boxes: list


def paint(canvas, tower, lumps, rng):
    """Draw every lump of a tower."""
    width, height = 2 * (tower.radius + MARGIN), tower.height + 2 * MARGIN
    cold, faces, gaps, marks = (canvas.sheet(width, height) for _ in range(4))
    foot = (width / 2, tower.height + MARGIN)
    h, w = cold.px.shape[:2]
    owner = np.full((h, w), len(lumps), np.int16)
    near = np.full((h, w), -1e9, np.float32)
    solid = np.zeros((h, w), np.float32)
    boxes = []
    grain = light.grain(cold, rng, stretch=(1.4, 1.4))
    draught = 0.30 + 1.0 * light.clouds(cold, rng, size=70, octaves=2)  # where air feeds the joints
    for n, lump in enumerate(lumps):
        boxes.append(
            _lump(n, lump, tower, foot, (cold, faces, marks), (owner, near, solid), (grain, draught), rng)
        )
    inside = raster.mask(cold, [_silhouette(tower, foot)]).astype(np.float32) / 255
    hollow = inside * (1 - solid)
    mouth = raster.mask(cold, [_mouth(tower, foot)]).astype(np.float32) / 255 * (1 - solid)
    _hollow(cold, gaps, np.maximum(hollow, mouth), mouth)
    _kindling(cold, gaps, tower, foot, rng)
    lost = (owner == len(lumps)) & (mouth > 0)
    owner[lost] = 0
    for c in (faces, gaps, marks):
        c.px[..., 3] = 255
    return Sheets(cold, faces, gaps, marks, owner, foot, boxes)


def _silhouette(tower, foot):
    u = np.linspace(0.004, 0.985, 60)
    r = tower.radius_at(u) * 0.955
    y = -u * tower.height + 0 * r
    sag = tower.project(0.0, 0.0)[1]
    base = [
        (foot[0] + 0.9 * r[0] * math.sin(a), foot[1] + sag * math.cos(a)) for a in np.linspace(1.3, -1.3, 15)
    ]
    right = np.stack([foot[0] + r, foot[1] + y], 1)
    left = np.stack([foot[0] - r, foot[1] + y], 1)
    return np.concatenate([left, right[::-1], np.array(base)])


def _mouth(tower, foot):
    """The air mouth: an arch open towards us."""
    course = tower.height / tower.layers
    top = course * (tower.mouth_layers + 0.15)
    sag = float(tower.project(0.0, 0.0)[1])
    turn = np.linspace(0, math.pi, 17)
    arch = np.stack(
        [foot[0] + tower.mouth * 1.05 * np.cos(turn), foot[1] - (top - 34) - 34 * np.sin(turn)], 1
    )
    return np.concatenate(
        [
            [(foot[0] + tower.mouth * 1.05, foot[1] + sag)],
            arch,
            [(foot[0] - tower.mouth * 1.05, foot[1] + sag)],
        ]
    )


def _hollow(cold, gaps, cover, mouth):
    """Darkness between the lumps, and how brightly the fire will shine out of it."""
    deep = np.array([9, 8, 10], np.float32)
    behind = np.maximum(cold.px[..., 3].astype(np.float32), cover * 255)
    dark = cover[..., None] * deep[::-1]
    cold.px[..., :3] = np.clip(cold.px[..., :3] + dark, 0, 255).astype(np.uint8)
    cold.px[..., 3] = behind.astype(np.uint8)
    inner = np.clip(cover * (0.92 + 0.3 * mouth), 0, 1)
    gaps.px[..., :3] = (255 * inner)[..., None].astype(np.uint8)


def _kindling(cold, gaps, tower, foot, rng):
    """Split wood in the air mouth, bound and ready: what the first spark finds."""
    half = tower.mouth * 0.86
    for row, count in ((0, 5), (1, 4), (2, 2)):
        for i in range(count):
            r = half / 6.2 * rng.uniform(0.75, 1.15)
            place = (foot[0] + (i - (count - 1) / 2) * half * 0.40, foot[1] + 6 - row * half * 0.36)
            cold.disc(place, r, (44, 33, 25))
            gaps.disc(place, r * 0.94, (26, 26, 26))
            cold.disc((place[0] - 0.8, place[1] - 0.8), r * 0.84, (78, 60, 42))
            cold.ring(place, r * 0.5, (56, 42, 30), 1.2)
            cold.disc(place, r * 0.14, (40, 30, 22))


def _lump(n, lump, tower, foot, sheets, maps, still, rng):
    """One lump: a convex block whose front is nearly smooth and whose edges are broken."""
    cold, faces, marks = sheets
    grain, draught = still
    owner, near, solid = maps
    scale = cold.scale
    corners = _corners(lump, tower, rng) + foot
    left, top = corners.min(0) - 6
    right, bottom = corners.max(0) + 6
    west, north = max(0, int(left * scale)), max(0, int(top * scale))
    east = min(cold.px.shape[1], int(right * scale) + 2)
    south = min(cold.px.shape[0], int(bottom * scale) + 2)
    piece = np.s_[north:south, west:east]
    x = ((np.arange(west, east) + 0.5) / scale)[None, :]
    y = ((np.arange(north, south) + 0.5) / scale)[:, None]
    edge = _edge_distance(corners, x, y)
    cover = np.clip(edge * scale + 0.5, 0, 1).astype(np.float32)
    shade, glint, inward = _facets(lump, corners, x, y, edge, rng)
    tone = shade * (1 + 0.07 * grain[piece])
    rgb = 0.64 * BLACK * tone[..., None] + glint[..., None] * np.array([120, 132, 158])
    _over(cold, piece, rgb, cover)
    ember = draught[piece] * (0.95 * np.exp(-np.clip(edge, 0, None) / 3.2) + 0.26 * inward)
    ember += 0.08 * shade + 0.05 * grain[piece] * shade
    ember += 0.6 * _cracks(corners, x, y, rng, scale)
    ember = np.clip(ember, 0.03, 1) * cover
    keep = faces.px[piece][..., 0].astype(np.float32) / 255
    faces.px[piece][..., :3] = (255 * np.maximum(keep, ember))[..., None].astype(np.uint8)
    mark = _motif(MOTIFS[n % 4], corners, x, y, scale) * cover
    got = marks.px[piece][..., 0].astype(np.float32) / 255
    marks.px[piece][..., :3] = (255 * np.maximum(got, mark))[..., None].astype(np.uint8)
    np.maximum(solid[piece], cover, out=solid[piece])
    closer = (edge > near[piece]) & (edge > -7)
    owner[piece][closer] = n
    near[piece][closer] = edge[closer]
    return (north, south, west, east)


def _corners(lump, tower, rng):
    """Six corners of the face, clockwise from the upper left; joints of a hand's breadth, no two alike."""
    gap = 2.6 / max(60.0, float(tower.radius_at(lump.middle / tower.height)))
    a, b = lump.left + gap, lump.right - gap
    low, high = lump.low + 2.0, lump.high - 2.4
    m = 0.35 * a + 0.65 * b if rng.random() < 0.5 else 0.65 * a + 0.35 * b
    points = [(a, high), (m, high), (b, high), (b, low), (a + b - m, low), (a, low)]
    out = np.array([tower.project(angle, h) for angle, h in points], float)
    out += rng.uniform(-2.4, 2.4, out.shape) * [1.0, 1.0]
    out[1, 1] -= rng.uniform(0.4, 3.0)
    out[4, 1] += rng.uniform(0.2, 2.2)
    return out


def _edge_distance(corners, x, y):
    """Design units inside the outline (negative outside)."""
    inside = None
    for p, q in zip(corners, np.roll(corners, -1, 0), strict=True):
        d = q - p
        length = max(1e-6, float(np.hypot(*d)))
        far = (-(x - p[0]) * d[1] + (y - p[1]) * d[0]) / length
        inside = far if inside is None else np.minimum(inside, far)
    return inside.astype(np.float32)


def _facets(lump, corners, x, y, edge, rng):
    """(shade, glint, inward): the block as the lowest of many planes, each plane one facet."""
    middle = corners.mean(0)
    size = np.ptp(corners, 0) / 2
    s, t = (x - middle[0]) / max(6, size[0]), (y - middle[1]) / max(6, size[1])
    outward = np.array([math.sin(lump.angle), 0.06, math.cos(lump.angle)])
    planes = [(rng.normal(0, 0.10), rng.normal(0, 0.10), 0.0)]
    for turn in rng.uniform(0, 2 * math.pi, 3):  # the face is broken across, but nearly flat
        k = rng.uniform(0.16, 0.34)
        planes.append((k * math.cos(turn), k * math.sin(turn), k * rng.uniform(-0.10, 0.45)))
    for turn in np.linspace(0, 2 * math.pi, 9)[:-1] + rng.uniform(-0.3, 0.3, 8):
        k = rng.uniform(0.9, 1.7)
        planes.append((k * math.cos(turn), k * math.sin(turn), k * rng.uniform(0.66, 0.92)))
    rise = np.stack([d - a * s - b * t for a, b, d in planes])
    which = rise.argmin(0)
    shades, glints, inwards = [], [], []
    for i, (a, b, _) in enumerate(planes):
        tilt = 0.55 if i < 4 else 0.75
        normal = outward + tilt * np.array([a * math.cos(lump.angle), -b, -abs(a) * 0.1])
        normal = normal / np.linalg.norm(normal)
        moon, lamp = max(0.0, float(normal @ MOON)), max(0.0, float(normal @ LANTERN))
        shades.append(0.30 + 1.35 * moon + 0.35 * lamp + rng.uniform(-0.06, 0.06))
        half = MOON + (0, 0, 1)
        half = half / np.linalg.norm(half)
        glints.append(0.62 * max(0.0, float(normal @ half)) ** 22)
        inwards.append(0.0 if i < 4 else 1.0)
    # a soft fall of light along each facet, so that none is flat
    slope = 1 + 0.16 * np.clip(-t * 0.7 - s * 0.5, -1, 1)
    shade = np.array(shades)[which] * slope * np.clip(0.55 + edge / 7, 0.55, 1)
    return shade, np.array(glints)[which] * np.clip(slope - 0.55, 0, 1), np.array(inwards)[which]


def _cracks(corners, x, y, rng, scale):
    """One or two hair cracks that run in from the edge."""
    total = np.zeros(np.broadcast_shapes(x.shape, y.shape), np.float32)
    size = np.ptp(corners, 0)
    for _ in range(int(rng.integers(0, 3))):
        start = corners[rng.integers(6)]
        turn = rng.uniform(0, 2 * math.pi)
        d = np.array([math.cos(turn), math.sin(turn)])
        to_middle = corners.mean(0) - start
        d = to_middle / max(1e-6, np.hypot(*to_middle)) + 0.5 * d
        d = d / np.hypot(*d)
        along = (x - start[0]) * d[0] + (y - start[1]) * d[1]
        across = -(x - start[0]) * d[1] + (y - start[1]) * d[0]
        across = across + 2.2 * np.sin(along / 4.1 + turn) + 1.2 * np.sin(along / 1.9)
        reach = 0.55 * min(size)
        wide = 0.7 + 0.4 / scale
        total += np.exp(-((across / wide) ** 2)) * np.clip(1 - along / reach, 0, 1) * (along > 0)
    return np.clip(total, 0, 1)


def _motif(kind, corners, x, y, scale):
    """A guest's mark cut in the face: leaf, flower, stroke of the brush, lump of coal."""
    middle = corners.mean(0)
    size = np.ptp(corners, 0)
    half = 0.40 * min(size[1], size[0])
    if half < 4:
        return np.zeros(np.broadcast_shapes(x.shape, y.shape), np.float32)
    s, t = (x - middle[0]) / half / min(1.0, size[0] / size[1]), (y - middle[1]) / half
    soft = 1.6 / (half * scale) + 0.05
    r, a = np.hypot(s, t), np.arctan2(t, s)
    if kind == "leaf":
        body = 0.62 * np.sqrt(np.clip(1 - t**2, 0, 1)) * (0.72 + 0.38 * np.clip(t + 0.2, -1, 1)) - np.abs(s)
        vein = np.minimum(np.abs(s) - 0.05, np.abs(np.abs(s) - (t + 0.62) * 0.75 % 0.42) - 0.03 + (t < -0.6))
        field = np.minimum(body, vein)
    elif kind == "flower":
        field = np.minimum(0.62 + 0.34 * np.cos(5 * a + math.pi / 2) - r, r - 0.17)
        field = np.maximum(field, 0.09 - r)
    elif kind == "stroke":  # 捺: thin in, heavy, flicked out
        along = np.clip((s + t) / 1.5 / 2 + 0.5, 0, 1)
        wide = 0.06 + 0.24 * along**1.5 * np.clip((1.03 - along) * 5, 0, 1)
        bend = (t - s) / 1.42 - 0.22 * np.sin(along * math.pi)
        field = np.where((s + t > -1.45) & (s + t < 1.45), wide - np.abs(bend), -1)
    else:
        hexagon = 0.78 - np.maximum(np.abs(s) * 0.87 + np.abs(t) * 0.5, np.abs(t))
        lines = np.minimum(np.abs(t + 0.25 - 0.35 * np.abs(s)), np.abs(s) + (t < -0.2)) - 0.06
        field = np.minimum(hexagon, np.maximum(lines, hexagon - 0.12) * -1 + 0.06)
        field = np.maximum(np.minimum(hexagon, 0.10 - hexagon), np.minimum(hexagon, -lines))
    return np.clip(field / soft + 0.5, 0, 1).astype(np.float32)


def _over(sheet, piece, rgb, cover):
    old = sheet.px[piece].astype(np.float32)
    new = np.empty_like(old)
    new[..., :3] = np.clip(rgb[..., ::-1], 0, 255) * cover[..., None]
    new[..., 3] = 255 * cover
    sheet.px[piece] = np.clip(old * (1 - cover)[..., None] + new, 0, 255).astype(np.uint8)
