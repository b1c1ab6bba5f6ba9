"""Neighbours of every age round the fire: padded coats, warm hats, edged by its light."""

import math

import numpy as np

from engine import Canvas, light, raster

KINDS = {  # height against a man's, width, head, hat
    "man": (1.0, 1.0, 1.0, "flaps"),
    "woman": (0.93, 0.92, 0.96, "shawl"),
    "elder": (0.90, 1.02, 1.0, "cap"),
    "child": (0.60, 0.74, 1.0, "bobble"),
}
COATS = ((24, 20, 24), (20, 22, 32), (38, 16, 15), (27, 22, 18), (24, 26, 26))
SCARVES = ((74, 18, 16), (30, 34, 44), (64, 50, 32), (44, 24, 36))
SKIN, HAIR = np.array((34, 22, 17), np.float32), np.array((13, 11, 12), np.float32)
BRIGHT = {"hat": 1.25, "head": 1.35, "scarf": 1.15}
RIM = (255, 152, 74)
LEVELS = 8


def smooth(points, steps=6):
    """A closed curve through the points (Catmull-Rom)."""
    p = np.array(points, float)
    a, b, c, d = (np.roll(p, k, 0)[:, None] for k in (1, 0, -1, -2))
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return curve.reshape(-1, 2)


def limb(points, widths):
    """A bent limb along points with half widths, round at its ends."""
    p = np.array(points, float)
    d = np.gradient(p, axis=0)
    n = np.stack([-d[:, 1], d[:, 0]], 1) / np.maximum(1e-6, np.hypot(d[:, 0], d[:, 1]))[:, None]
    w = np.array(widths)[:, None]
    tip = p[-1] + d[-1] / max(1e-6, np.hypot(*d[-1])) * widths[-1]
    return smooth(np.concatenate([p + n * w, [tip], (p - n * w)[::-1]]))


def parts(kind, arms, facing, rng):
    """Outlines of one person, back to front: (name, outline) in a man's heights, feet at the origin, y up.

    arms    0 hanging, 0.5 held out to the warmth, 1 raised
    facing  -1, 0, 1: to the left, away from us, to the right
    """
    tall, wide, head_size, hat = KINDS[kind]
    lean = 0.02 * facing + (0.05 * facing if kind == "elder" else 0.0)
    w = 0.138 * wide * (0.84 if facing else 1.0)
    out = _legs(tall, wide, facing, rng)
    hem, top = 0.235 * tall + rng.uniform(-0.02, 0.02), 0.80 * tall
    side = ((1.12, hem), (1.06, 0.40 * tall), (0.92, 0.56 * tall), (0.98, 0.69 * tall))
    side += ((0.80, 0.765 * tall), (0.34, top + 0.006))
    coat = [(-w * x, y) for x, y in side] + [(w * x, y) for x, y in reversed(side)]
    coat = [(x + lean * y * 1.2, y) for x, y in [*coat, (0, hem - 0.012)]]
    far_arm, near_arm = _arms(tall, w, arms, facing, lean)
    out += [("arm", far_arm), ("coat", smooth(coat, 5)), ("arm", near_arm)]
    head = (lean * tall + 0.014 * facing, top + 0.074 * head_size)
    r = 0.062 * head_size
    out.append(("scarf", _scarf(head[0], top, r, wide)))
    out.append(("head", _head(head, r, facing)))
    out += _hat(hat, head, r, facing)
    if kind == "elder":
        x = (w + 0.10) * (facing or 1)
        out.append(
            ("stick", limb([(x - 0.02, 0.46 * tall), (x, 0.25), (x + 0.015, 0.0)], [0.009, 0.008, 0.007]))
        )
    return out


def seams(kind, facing):
    """Lines of the stitching on a padded coat: quilted rows, the hem, the fastening in front; as `parts`."""
    tall, wide, _, _ = KINDS[kind]
    w = 0.138 * wide * (0.84 if facing else 1.0)
    lean = 0.02 * facing + (0.05 * facing if kind == "elder" else 0.0)
    u = np.linspace(-1, 1, 9)
    rows = []
    for y in np.linspace(0.30, 0.70, 7) * tall:
        wide_here = w * np.interp(y / tall, (0.23, 0.40, 0.56, 0.69), (1.10, 1.04, 0.90, 0.96))
        rows.append(np.stack([u * wide_here + lean * y * 1.2, y - 0.018 * tall * (1 - u**2)], 1))
    for x in (-0.5, 0.0, 0.5) if not facing else (0.42 * facing,):
        y = np.linspace(0.24, 0.77, 8) * tall
        rows.append(np.stack([x * w * (1.15 - 0.3 * y) + lean * y * 1.2, y], 1))
    return rows


def _head(head, r, facing):
    """From behind an egg; in profile with brow, nose, lips and chin."""
    if not facing:
        turn = np.linspace(0, 2 * math.pi, 26)
        return np.stack([head[0] + r * 0.92 * np.cos(turn), head[1] + r * 1.12 * np.sin(turn)], 1)
    face = ((0.62, 0.80), (0.86, 0.42), (0.84, 0.16), (1.12, -0.16), (0.92, -0.30), (0.98, -0.48))
    face += ((0.86, -0.60), (0.84, -0.86), (0.46, -1.06), (-0.30, -0.92))
    skull = ((-0.84, -0.50), (-1.0, 0.10), (-0.78, 0.78), (0.0, 1.08))
    return smooth([(head[0] + facing * r * x, head[1] + r * y) for x, y in (*face, *skull)], 3)


def _scarf(x, top, r, wide):
    """A thick scarf wound round the collar: there is a neck between coat and head."""
    half = 1.28 * r * (0.7 + 0.3 * wide)
    band = ((-1, -0.15), (-0.92, 0.42), (-0.4, 0.60), (0.4, 0.60), (0.92, 0.42), (1, -0.15), (0.5, -0.46))
    return smooth([(x + half * u, top + r * v) for u, v in (*band, (-0.5, -0.46))], 4)


def _legs(tall, wide, facing, rng):
    """Two legs in felt boots, their feet never quite level."""
    out = []
    for side in (-1, 1):
        foot = side * 0.062 * wide + rng.uniform(-0.012, 0.012)
        out.append(
            (
                "leg",
                limb(
                    [(foot * 0.8, 0.40 * tall), (foot * 1.05, 0.2 * tall), (foot, 0.03)],
                    [0.062 * wide, 0.052, 0.045],
                ),
            )
        )
        toe = 0.035 * facing
        out.append(
            (
                "boot",
                smooth(
                    [
                        (foot - 0.055 + toe, 0.0),
                        (foot - 0.05, 0.05),
                        (foot, 0.085),
                        (foot + 0.05, 0.05),
                        (foot + 0.055 + toe, 0.0),
                    ]
                ),
            )
        )
    return out


def _arms(tall, w, arms, facing, lean):
    """Two sleeves, thick as quilts: hanging, held to the warmth, or thrown up."""
    made = []
    for side in (-1, 1):
        s = np.array([side * w * 0.74 + lean * 0.74 * tall, 0.725 * tall])
        if arms >= 0.7:
            way = [(0, 0), (side * 0.085, 0.09), (side * 0.075 + 0.04 * facing, 0.235)]
        elif arms < 0.2:
            way = [(0, 0), (side * 0.042, -0.16), (side * 0.022, -0.31)]
        elif facing:
            way = [(0, 0), (facing * 0.05, -0.135), (facing * (0.20 + 0.03 * side), -0.115 + 0.02 * side)]
        else:  # held out before the breast: from behind only the elbows show
            way = [(0, 0), (side * 0.05, -0.15), (-side * 0.02, -0.17)]
        made.append(limb(s + np.array(way) * tall, [0.056, 0.050, 0.034]))
    return made


def _hat(hat, head, r, facing):
    x, y = head
    if hat == "flaps":  # 雷锋帽: fur flaps over the ears
        side = [(1.06, -0.95), (1.30, 0.0), (1.24, 0.85), (0.66, 1.42)]
        band = [(x - px * r, y + py * r) for px, py in side]
        band += [(x + px * r, y + py * r) for px, py in reversed(side)] + [(x, y - 0.72 * r)]
        return [("hat", smooth(band, 5))]
    if hat == "shawl":
        cloth = [
            (x - 1.1 * r, y - 0.2 * r),
            (x - 0.95 * r, y + 0.8 * r),
            (x, y + 1.35 * r),
            (x + 0.95 * r, y + 0.8 * r),
        ]
        cloth += [
            (x + 1.1 * r, y - 0.2 * r),
            (x + 1.5 * r, y - 1.3 * r),
            (x, y - 1.75 * r),
            (x - 1.5 * r, y - 1.3 * r),
        ]
        return [("hat", smooth(cloth, 5))]
    if hat == "cap":
        cap = [
            (x - 1.1 * r, y + 0.35 * r),
            (x - 0.9 * r, y + 1.1 * r),
            (x, y + 1.3 * r),
            (x + 0.95 * r, y + 1.05 * r),
            (x + 1.15 * r, y + 0.35 * r),
        ]
        return [("hat", smooth([*cap, (x + 1.5 * r * facing, y + 0.22 * r)], 5))]
    turn = np.linspace(0, 2 * math.pi, 14)
    dome = [
        (x - 1.08 * r, y + 0.1 * r),
        (x - 0.95 * r, y + 0.95 * r),
        (x, y + 1.5 * r),
        (x + 0.95 * r, y + 0.95 * r),
        (x + 1.08 * r, y + 0.1 * r),
        (x, y - 0.12 * r),
    ]
    ball = np.stack([x + 0.36 * r * np.cos(turn), y + 1.75 * r + 0.36 * r * np.sin(turn)], 1)
    return [("hat", smooth(dome, 5)), ("hat", ball)]


class Neighbour:
    """One person at a place, drawn in LEVELS strengths of the fire's light."""

    def __init__(self, canvas, entry, towards, rng):
        """`towards` unit vector from the person to the fire, x right, y down."""
        self.place = (entry["x"] * canvas.width, entry["feet"])
        tall = entry["tall"]
        sheet = canvas.sheet(0.9 * tall, 1.36 * tall)
        self.anchor = (0.5, 1.28 / 1.36)
        facing = entry.get("facing", 0)
        shape = np.zeros(sheet.px.shape[:2], np.float32)
        body, rim = np.zeros((*shape.shape, 3), np.float32), np.zeros(shape.shape, np.float32)
        coat = np.array(COATS[int(rng.integers(len(COATS)))], np.float32)
        scarf = np.array(SCARVES[int(rng.integers(len(SCARVES)))], np.float32)
        upright = (tall, -tall), (0.45 * tall, 1.28 * tall)
        for name, outline in parts(entry["kind"], entry.get("arms", 0.0), facing, rng):
            placed = np.asarray(outline) * upright[0] + upright[1]
            part, solid = _solid(sheet, placed, 0.06 * tall)
            tone = {
                "coat": 0.46 * coat,
                "arm": 0.46 * coat,
                "scarf": scarf,
                "head": SKIN if facing else HAIR,
            }.get(name, 0.30 * coat)
            lit = _rim(solid, towards, tall * sheet.scale, broad=0.62 if facing else 0.40)
            cloth = _cloth(sheet, part, entry["kind"], facing, upright, rng) if name == "coat" else 1.0
            keep = 1 - solid
            body[part] = body[part] * keep[..., None] + (solid * cloth)[..., None] * tone
            rim[part] = rim[part] * keep + lit * cloth * BRIGHT.get(name, 1.0)
            np.maximum(shape[part], solid, out=shape[part])
        if not facing:  # from behind: a dark shape, and only its outline sees the fire
            outline = _rim(shape, towards, 0.7 * tall * sheet.scale, broad=0.35)
            rim = np.maximum(0.22 * rim, outline)
        self._crop(canvas, sheet, shape)
        piece = self._piece
        self.sheets = _sheets(
            sheet.scale, shape[piece], body[piece], rim[piece], 0.74 + 0.34 * coat / coat.max()
        )

    def _crop(self, canvas, sheet, shape):
        """Keep only what is there and not below the picture's edge."""
        rows, columns = np.flatnonzero(shape.any(1)), np.flatnonzero(shape.any(0))
        h, w = shape.shape
        foot = self.anchor[0] * w, self.anchor[1] * h
        last = min(rows[-1] + 1, int(foot[1] + (canvas.height - self.place[1]) * sheet.scale) + 1)
        top, left, right = rows[0], columns[0], columns[-1] + 1
        self._piece = np.s_[top : max(top + 1, last), left:right]
        size = right - left, max(1, last - top)
        self.anchor = (foot[0] - left) / size[0], (foot[1] - top) / size[1]

    def stamp(self, canvas, level, sway=0.0):
        """Stand there in this much light, 0..1."""
        which = int(np.clip(round(level * (LEVELS - 1)), 0, LEVELS - 1))
        canvas.stamp(self.sheets[which], (self.place[0] + sway, self.place[1]), anchor=self.anchor)


def _solid(sheet, points, room):
    """(slices, cover 0..1) of an outline, with room about it for its edge to be blurred."""
    (left, top), (right, bottom) = points.min(0) - room, points.max(0) + room
    h, w = sheet.px.shape[:2]
    a, b = max(0, int(left * sheet.scale)), max(0, int(top * sheet.scale))
    c, d = min(w, int(right * sheet.scale) + 1), min(h, int(bottom * sheet.scale) + 1)
    small = Canvas((max(1, c - a), max(1, d - b)), scale=sheet.scale)
    cover = raster.mask(small, [points - (a / sheet.scale, b / sheet.scale)])
    return np.s_[b : b + cover.shape[0], a : a + cover.shape[1]], cover.astype(np.float32) / 255


def _cloth(sheet, part, kind, facing, upright, rng):
    """How a quilted coat takes light: swelling between its seams, dark in them, worn unevenly."""
    rows, columns = part
    small = Canvas((columns.stop - columns.start, rows.stop - rows.start), scale=sheet.scale)
    shift = np.array([columns.start, rows.start]) / sheet.scale
    tall = upright[0][0]
    lines = [np.asarray(line) * upright[0] + upright[1] - shift for line in seams(kind, facing)]
    small.lines(lines, (255, 255, 255), max(1.2, 0.006 * tall))
    seam = small.px[..., 0].astype(np.float32) / 255
    swell = raster.blur(seam, 0.020 * tall * sheet.scale)
    swell /= max(1e-6, float(swell.max()))
    worn = light.clouds(small, rng, size=0.12 * tall, octaves=3)
    return (1.16 - 0.40 * swell) * (1 - 0.45 * seam) * (0.84 + 0.32 * worn)


def _rim(solid, towards, pixels, broad):
    """Light on the side turned to the fire: a thin bright edge, and a broad soft one on those beside it."""
    total = np.zeros_like(solid)
    for reach, gain in ((0.007, 1.25), (0.030, 0.55 * broad)):
        k = max(0.8, pixels * reach)
        soft = raster.blur(solid, k)
        step = (round(towards[1] * k * 1.3), round(towards[0] * k * 1.3))
        ahead = np.roll(soft, (-step[0], -step[1]), (0, 1))
        behind = np.roll(soft, step, (0, 1))
        total += gain * np.clip(behind - ahead, 0, 1)  # an edge that sees the fire
    return np.clip(total, 0, 1.2) * solid


def _sheets(scale, shape, body, rim, cloth):
    """LEVELS sheets from a body and the light on its edges."""
    dark, lit = (Canvas(shape.shape[::-1], scale=scale, clear=True) for _ in range(2))
    dark.px[..., :3] = np.minimum(body * shape[..., None], 255)[..., ::-1]
    dark.px[..., 3] = 255 * shape
    glow = rim * shape
    for channel, part in enumerate((np.array(RIM) * cloth)[::-1]):
        lit.px[..., channel] = np.minimum(glow * part, 255)
    sheets = []
    for level in np.linspace(0, 1, LEVELS):
        out = Canvas(shape.shape[::-1], scale=scale, clear=True)
        out.px[...] = dark.px
        raster.gather(out.px, lit.px, float(level))
        np.minimum(out.px[..., :3], out.px[..., 3:], out=out.px[..., :3])
        sheets.append(out)
    return sheets
