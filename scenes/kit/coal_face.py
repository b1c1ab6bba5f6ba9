"""Coal painted once: faceted lumps with a glassy lustre, where they will glow, and whose pixel is whose."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Canvas, light, raster

MARGIN = 24  # design units of room about the tower in its sheets
MOON = np.array([-0.52, 0.62, 0.58])  # the one cold light of the court, from the upper left
LANTERN = np.array([0.75, -0.05, 0.66])
HALFWAY = (MOON + (0, 0, 1)) / np.linalg.norm(MOON + (0, 0, 1))
BLACK = np.array([35, 34, 37], np.float32)  # coal
GLOSS = np.array([120, 132, 158], np.float32)


@dataclass
class Sheets:
    """Pictures of a tower, all of one size, addressed alike.

    cold    the coal by night, premultiplied
    faces   how much of its lump's heat each pixel shows; gaps: how much of the fire inside
    owner   (h, w) the lump each pixel belongs to, gaps included; count(lumps) = none
    foot    the middle of the tower's foot in the sheet, design units
    boxes   of each lump: (top, bottom, left, right) pixels of everything that belongs to it
    """

    cold: Canvas
    faces: Canvas
    gaps: Canvas
    owner: np.ndarray
    foot: tuple
    boxes: list


def paint(canvas, tower, lumps, rng):
    """Draw every lump of a tower."""
    width, height = 2 * (tower.radius + MARGIN), tower.height + 2 * MARGIN
    cold, faces, gaps = (canvas.sheet(width, height) for _ in range(3))
    foot = (width / 2, tower.height + MARGIN)
    h, w = cold.px.shape[:2]
    owner = np.full((h, w), len(lumps), np.int16)
    near = np.full((h, w), -1e9, np.float32)
    solid = np.zeros((h, w), np.float32)
    boxes = []
    grain = light.grain(cold, rng, stretch=(1.4, 1.4))
    draught = 0.30 + 1.0 * light.clouds(cold, rng, size=70, octaves=2)  # where air feeds the joints
    for n, lump in enumerate(lumps):
        boxes.append(_lump(n, lump, tower, foot, (cold, faces), (owner, near, solid), (grain, draught), rng))
    inside = raster.mask(cold, [_silhouette(tower, foot)]).astype(np.float32) / 255
    hollow = inside * (1 - solid)
    mouth = raster.mask(cold, [_mouth(tower, foot)]).astype(np.float32) / 255 * (1 - solid)
    _hollow(cold, gaps, np.maximum(hollow, mouth), mouth)
    _kindling(cold, gaps, tower, foot, rng)
    lost = (owner == len(lumps)) & (mouth > 0)
    owner[lost] = 0
    for c in (faces, gaps):
        c.px[..., 3] = 255
    return Sheets(cold, faces, gaps, owner, foot, boxes)


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
    rows = np.flatnonzero(mouth.any(1))
    down = np.clip((np.arange(len(mouth)) - rows[0]) / max(1, len(rows)), 0, 1)[:, None]
    for channel, share in enumerate(
        (0.16, 0.42, 0.80)
    ):  # in the mouth one sees embers and wood: less, and redder
        inner = cover * (1 - mouth * (1 - share * (0.55 + 0.45 * down)))
        gaps.px[..., channel] = (255 * np.clip(inner, 0, 1)).astype(np.uint8)


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
    cold, faces = sheets
    grain, draught = still
    owner, near, solid = maps
    scale = cold.scale
    corners = _corners(lump, tower, rng) + foot
    left, top = corners.min(0) - 4
    right, bottom = corners.max(0) + 4
    west, north = max(0, int(left * scale)), max(0, int(top * scale))
    east = min(cold.px.shape[1], int(right * scale) + 2)
    south = min(cold.px.shape[0], int(bottom * scale) + 2)
    piece = np.s_[north:south, west:east]
    x = ((np.arange(west, east, dtype=np.float32) + 0.5) / np.float32(scale))[None, :]
    y = ((np.arange(north, south, dtype=np.float32) + 0.5) / np.float32(scale))[:, None]
    edge = _edge_distance(corners, x, y)
    cover = np.clip(edge * scale + 0.5, 0, 1)
    shade, glint, inward = _facets(lump, corners, x, y, edge, rng)
    tone = 0.64 * shade * (1 + 0.07 * grain[piece])
    rgb = tone[..., None] * BLACK + glint[..., None] * GLOSS
    _over(cold, piece, rgb, cover)
    ember = draught[piece] * (0.95 * np.exp(np.minimum(edge, 0) - np.abs(edge) / 3.2) + 0.26 * inward)
    ember += shade * (0.08 + 0.05 * grain[piece])
    ember += 0.6 * _cracks(corners, x, y, rng, scale)
    ember = (255 * np.clip(ember, 0.03, 1) * cover).astype(np.uint8)
    np.maximum(faces.px[piece][..., :3], ember[..., None], out=faces.px[piece][..., :3])
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
    angle, up = np.array([a, m, b, b, a + b - m, a]), np.array([high, high, high, low, low, low])
    out = np.stack(tower.project(angle, up), 1)
    out += rng.uniform(-2.4, 2.4, out.shape)
    out[1, 1] = min(out[1, 1], _chord(out[0], out[2], out[1, 0])) - rng.uniform(0.4, 3.0)
    out[4, 1] = max(out[4, 1], _chord(out[3], out[5], out[4, 0])) + rng.uniform(0.2, 2.2)
    return out


def _chord(p, q, x):
    """y at x of the line from p to q; a lump's outline has no dents, so its middle corners lie beyond it."""
    share = np.clip((x - p[0]) / (q[0] - p[0]), 0, 1) if abs(q[0] - p[0]) > 1e-6 else 0.5
    return p[1] + share * (q[1] - p[1])


def _edge_distance(corners, x, y):
    """Design units inside the outline (negative outside)."""
    d = np.roll(corners, -1, 0) - corners
    d = (d / np.maximum(1e-6, np.hypot(d[:, 0], d[:, 1]))[:, None]).astype(np.float32)
    p = corners.astype(np.float32)
    along = -x * d[:, 1, None] + (p[:, 0] * d[:, 1] - p[:, 1] * d[:, 0])[:, None]  # (6, w)
    down = y * d[None, :, 0]  # (h, 6)
    return (along[None] + down[:, :, None]).min(1)


def _facets(lump, corners, x, y, edge, rng):
    """(shade, glint, inward): the block as the lowest of many planes, each plane one facet."""
    middle = corners.mean(0)
    size = np.ptp(corners, 0) / 2
    s = ((x - middle[0]) / max(6, size[0])).astype(np.float32)
    t = ((y - middle[1]) / max(6, size[1])).astype(np.float32)
    planes = _planes(rng).astype(np.float32)
    rise = (planes[:, 2, None] - planes[:, 0, None] * s)[:, None, :] - (planes[:, 1, None] * t.T)[:, :, None]
    which = rise.argmin(0)
    a, b = planes[:, 0], planes[:, 1]
    outward = np.array([math.sin(lump.angle), 0.06, math.cos(lump.angle)])
    tilt = np.where(np.arange(len(planes)) < 4, 0.55, 0.75)[:, None]
    normal = outward + tilt * np.stack([a * math.cos(lump.angle), -b, -np.abs(a) * 0.1], 1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    moon, lamp = np.maximum(0, normal @ MOON), np.maximum(0, normal @ LANTERN)
    shades = 0.30 + 1.35 * moon + 0.35 * lamp + rng.uniform(-0.06, 0.06, len(planes))
    glints = 0.62 * np.maximum(0, normal @ HALFWAY) ** 22
    # a soft fall of light along each facet, so that none is flat
    slope = 1 + 0.16 * np.clip(-t * 0.7 - s * 0.5, -1, 1)
    shade = shades.astype(np.float32)[which] * slope * np.clip(0.55 + edge / 7, 0.55, 1)
    return shade, glints.astype(np.float32)[which] * (slope - 0.55), which >= 4


def _planes(rng):
    """(12, 3) slopes and heights of a lump's facets: the first four are its face, nearly flat."""
    front = rng.uniform(0, 2 * math.pi, 3)  # the face is broken across
    steep = rng.uniform(0.16, 0.34, 3)
    broken = np.stack([np.cos(front), np.sin(front), rng.uniform(-0.10, 0.45, 3)], 1) * steep[:, None]
    round_ = np.linspace(0, 2 * math.pi, 9)[:-1] + rng.uniform(-0.3, 0.3, 8)
    steep = rng.uniform(0.9, 1.7, 8)
    sides = np.stack([np.cos(round_), np.sin(round_), rng.uniform(0.66, 0.92, 8)], 1) * steep[:, None]
    return np.concatenate([[[*rng.normal(0, 0.10, 2), 0.0]], broken, sides])


def _cracks(corners, x, y, rng, scale):
    """One or two hair cracks that run in from the edge."""
    total = np.zeros((y.size, x.size), np.float32)
    reach = 0.55 * np.ptp(corners, 0).min()
    for _ in range(int(rng.integers(0, 3))):
        start = corners[rng.integers(6)]
        turn = rng.uniform(0, 2 * math.pi)
        d = corners.mean(0) - start
        d = d / max(1e-6, math.hypot(*d)) + 0.5 * np.array([math.cos(turn), math.sin(turn)])
        c, k = (np.float32(v) for v in d / math.hypot(*d))
        along = (x - np.float32(start[0])) * c + (y - np.float32(start[1])) * k
        across = (y - np.float32(start[1])) * c - (x - np.float32(start[0])) * k
        across = across + 2.2 * np.sin(along / 4.1 + turn) + 1.2 * np.sin(along / 1.9)
        fades = np.clip(1 - along / reach, 0, 1) * (along > 0)
        total += np.exp(-((across / (0.7 + 0.4 / scale)) ** 2)) * fades
    return np.minimum(total, 1)


def _over(sheet, piece, rgb, cover):
    old = sheet.px[piece].astype(np.float32)
    new = np.empty_like(old)
    new[..., :3] = np.clip(rgb[..., ::-1], 0, 255) * cover[..., None]
    new[..., 3] = 255 * cover
    sheet.px[piece] = np.clip(old * (1 - cover)[..., None] + new, 0, 255).astype(np.uint8)
