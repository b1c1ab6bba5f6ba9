"""The Stork Tower as the Tang knew it, three storeys, in ruled-line painting (界画); the seal; the oxen."""

from itertools import pairwise

import numpy as np

from engine import ink, light, raster

WIDE = (238, 198, 158)  # body of each storey, design units
TALL = (74, 70, 64)
EAVES = (338, 292, 286)  # roof over each storey, eave to eave
ROOF = (46, 44, 92)
PLINTH = (372, 96)
HEIGHT = 590.0
LINE = (44, 40, 42)
ROOF_INK = (84, 82, 86)
WALL = (232, 218, 190)
TIMBER = (0xA2, 0x3A, 0x2C)


def tower(canvas, rng):
    """The tower on a sheet 440 by 600, its foot at the middle of the lower edge; and where floors are.

    Returns (sheet, [y of each storey's floor above the foot]).
    """
    sheet = canvas.sheet(440, HEIGHT + 10)
    foot, floors = HEIGHT, []
    _plinth(sheet, foot)
    base = foot - PLINTH[1]
    for k in range(3):
        floors.append(foot - base)
        if k:
            base = _balcony(sheet, base, WIDE[k] + 48)
        _storey(sheet, base, WIDE[k], TALL[k], bays=(7, 5, 5)[k])
        top = base - TALL[k]
        _brackets(sheet, top, WIDE[k] + 26, k)
        base = _roof(sheet, top - 15, EAVES[k], WIDE[k] if k < 2 else 120, ROOF[k], ridge=k == 2)
    return _washed(sheet, rng), floors


def _x(sheet, *offsets):
    return [sheet.width / 2 + o for o in offsets]


def _plinth(sheet, foot):
    """The high brick terrace with its stair."""
    wide, high = PLINTH
    left, right, l2, r2 = _x(sheet, -wide / 2, wide / 2, -wide / 2 + 16, wide / 2 - 16)
    sheet.polygon([(left, foot), (l2, foot - high), (r2, foot - high), (right, foot)], (196, 184, 160))
    for k in range(1, 9):
        y = foot - high * k / 9
        lean = 16 * k / 9
        sheet.line([(left + lean, y), (right - lean, y)], (150, 140, 122), 1.2)
    sheet.line([(left, foot), (l2, foot - high), (r2, foot - high), (right, foot)], LINE, 1.8)
    a, b = _x(sheet, -34, 34)
    sheet.polygon([(a - 16, foot), (a, foot - high), (b, foot - high), (b + 16, foot)], (218, 206, 180))
    for k in range(12):
        y, grow = foot - high * k / 12, 16 * (1 - k / 12)
        sheet.line([(a - grow, y), (b + grow, y)], (128, 118, 104), 1.2)
    _rail(sheet, foot - high, wide - 44)


def _rail(sheet, y, wide):
    left, right = _x(sheet, -wide / 2, wide / 2)
    for up in (15, 9):
        sheet.line([(left, y - up), (right, y - up)], TIMBER, 1.6)
    for x in np.linspace(left, right, max(5, int(wide // 17))):
        sheet.line([(x, y), (x, y - 18)], TIMBER, 1.6)


def _balcony(sheet, base, wide):
    """The gallery (平坐) a storey stands on; returns its floor."""
    left, right = _x(sheet, -wide / 2, wide / 2)
    sheet.polygon(
        [(left + 14, base), (left, base - 16), (right, base - 16), (right - 14, base)], (176, 160, 134)
    )
    for x in np.linspace(left + 14, right - 14, 13):
        sheet.line([(x, base), (x, base - 14)], LINE, 1.4)
    sheet.line([(left, base - 16), (right, base - 16)], LINE, 2.2)
    return base - 16


def _storey(sheet, base, wide, high, bays):
    """Columns, lintels, doors in the middle bay and barred windows (直棂窗) beside it."""
    left, right = _x(sheet, -wide / 2, wide / 2)
    sheet.polygon([(left, base), (left, base - high), (right, base - high), (right, base)], WALL)
    posts = np.linspace(left, right, bays + 1)
    for k, (a, b) in enumerate(pairwise(posts)):
        if k == bays // 2:
            for door in (a + 3, (a + b) / 2 + 0.6):
                wing = (b - a) / 2 - 3.6
                at = [
                    (door, base),
                    (door, base - high + 14),
                    (door + wing, base - high + 14),
                    (door + wing, base),
                ]
                sheet.polygon(at, TIMBER)
        elif k % 2 == (bays // 2 + 1) % 2:
            for x in np.linspace(a + 6, b - 6, 6):
                sheet.line([(x, base - high * 0.32), (x, base - high + 16)], (96, 108, 88), 1.6)
            sheet.line([(a + 3, base - high * 0.32), (b - 3, base - high * 0.32)], TIMBER, 2)
    for x in posts:
        sheet.line([(x, base), (x, base - high)], TIMBER, 4.2)
    for up, thick in ((high - 3, 3.4), (high - 11, 2.0)):
        sheet.line([(left - 4, base - up), (right + 4, base - up)], TIMBER, thick)
    _rail(sheet, base, wide + 40)


def _brackets(sheet, y, wide, k):
    """Bracket sets under the eaves, one to a column and one between."""
    for x in np.linspace(*_x(sheet, -wide / 2, wide / 2), 11 - 2 * k):
        for step, reach in enumerate((4, 8, 12)):
            sheet.line([(x - reach, y - 4 * step - 2), (x + reach, y - 4 * step - 2)], (120, 52, 40), 2.2)
    left, right = _x(sheet, -wide / 2 - 12, wide / 2 + 12)
    sheet.line([(left, y - 14), (right, y - 14)], LINE, 1.6)


def _eave(sheet, y, span):
    """The eave's line: straight over the middle, its corners lifting gently, as Tang eaves do."""
    u = np.linspace(-1, 1, 41)
    return np.stack([sheet.width / 2 + u * span / 2, y - 15 * np.abs(u) ** 3.2], 1)


def _roof(sheet, y, span, top, high, *, ridge):
    """A tiled roof from eave to `top` breadth; with a ridge and owl-tails (鸱尾) over the last storey."""
    eave = _eave(sheet, y, span)
    u = np.linspace(1, -1, 41)
    crown = y - high if not ridge else y - high * 0.52
    gable = top if not ridge else top + 60
    over = np.stack([sheet.width / 2 + u * gable / 2, np.full(41, crown)], 1)
    side = np.linspace(0, 1, 9)[1:-1, None]
    dip = 9 * np.sin(np.pi * side) * np.array([0.35, 1.0])  # the roof's hollow curve (举折)
    right = over[0] + (eave[-1] - over[0]) * side + dip * (-1, 1)
    left = over[-1] + (eave[0] - over[-1]) * side + dip
    outline = np.concatenate([eave, right[::-1], over, left])
    sheet.polygon(outline, ROOF_INK)
    _tiles(sheet, eave, over[::-1])
    if ridge:
        crown = _gable(sheet, crown, gable, top, high * 0.48)
    sheet.line(np.vstack([eave, eave[-1:]]), (36, 32, 34), 3.2)
    sheet.line(eave + (0, 5), (120, 52, 40), 1.8)
    for hip in (np.vstack([eave[-1:], right[::-1], over[:1]]), np.vstack([over[-1:], left, eave[:1]])):
        sheet.line(hip, (40, 36, 38), 3.0)
    return crown


def _tiles(sheet, eave, over):
    """Rows of tiles, closer where the roof turns away."""
    for k in range(2, 39):
        a, b = over[k], eave[k]
        middle = (a + b) / 2 + (0, 6)
        sheet.line([a, middle, b], (98, 96, 98) if k % 2 else (46, 44, 48), 1.3)


def _gable(sheet, crown, wide, top, high):
    """The upper part of a hip-and-gable roof (歇山)."""
    l1, r1, l2, r2 = _x(sheet, -wide / 2 + 20, wide / 2 - 20, -top / 2, top / 2)
    peak = crown - high
    sheet.polygon([(l1, crown), (l2, peak), (r2, peak), (r1, crown)], ROOF_INK)
    for s in np.linspace(0.04, 0.96, 22):
        a, b = l2 + (r2 - l2) * s, l1 + (r1 - l1) * s
        sheet.line([(a, peak), (b, crown)], (98, 96, 98) if int(s * 50) % 2 else (46, 44, 48), 1.3)
    sheet.line([(l2 - 6, peak), (r2 + 6, peak)], (36, 32, 34), 6)
    for x, way in ((l2, 1), (r2, -1)):
        shape = np.array(
            [(-8, 3), (-10, -8), (-7, -17), (0, -22), (7, -20), (2, -15), (1, -8), (8, 3)], float
        )
        tail = shape * (way, 1) + (x, peak)
        sheet.polygon(tail, (40, 36, 38))
    return peak


def _washed(sheet, rng, lost=46.0):
    """Break flat colours as ink and pale mineral colour do on paper; the foot is lost in mist over `lost`."""
    x, y = light.coordinates(sheet)
    blot = light.clouds(sheet, rng, size=80, octaves=4)
    fine = light.grain(sheet, rng, stretch=(1.2, 1.2))
    thin = np.clip(0.10 + 0.42 * (blot - 0.25) + 0.05 * fine, 0.0, 0.5)[..., None]  # where the wash is thin
    alpha = sheet.px[..., 3:4].astype(np.float32)
    paper = alpha * (np.array(ink.HEMP[::-1], np.float32) / 255)
    shade = 1 - 0.10 * np.clip((x / sheet.width - 0.5) * 2, -1, 1)[..., None]
    picture = (sheet.px[..., :3] * (1 - thin) + paper * thin) * shade
    foot = np.clip((sheet.height - y) / lost + 0.7 * (blot - 0.7), 0, 1)[..., None] if lost else 1.0
    sheet.px[..., :3] = np.minimum(picture, alpha) * foot
    sheet.px[..., 3:4] = alpha * foot
    return sheet


def oxen(canvas, rng):
    """The iron oxen of the Pujin ferry, cast in 724, as two of the four on this bank: a pale wash."""
    sheet = canvas.sheet(250, 100)
    for x, s in ((70, 1.0), (176, 0.86)):
        body = [
            (-60, 12),
            (-63, -8),
            (-54, -26),
            (-24, -33),
            (8, -31),
            (24, -41),
            (38, -43),
            (50, -40),
            (60, -30),
        ]
        body += [(71, -15), (70, -8), (60, -7), (50, -12), (44, -4), (47, 8), (40, 12)]
        sheet.polygon(_smooth(np.array(body, float) * s + (x, 76)), (70, 66, 64))
        for horn in (
            ((43, -42), (36, -50), (37, -60), (43, -65)),
            ((51, -41), (58, -48), (59, -58), (54, -64)),
        ):
            sheet.line(np.array(horn) * s + (x, 76), (70, 66, 64), 3.4)
        sheet.line(np.array([(-58, -14), (-66, -2), (-64, 10)]) * s + (x, 76), (70, 66, 64), 3)
        sheet.line(np.array([(-30, 8), (-22, -6), (-4, -10)]) * s + (x, 76), (108, 100, 92), 2)
        sheet.line(np.array([(20, 6), (30, -8), (32, -22)]) * s + (x, 76), (108, 100, 92), 2)
        sheet.polygon(np.array([(-66, 10), (46, 10), (50, 20), (-70, 20)]) * s + (x, 76), (74, 68, 64))
    return _washed(sheet, rng, lost=0)


def climber(canvas):
    """The one who climbs: a scholar's pale robe and black cap, as tall as a door."""
    sheet = canvas.sheet(30, 50)
    robe = [(15, 14), (20, 18), (23, 32), (24, 48), (7, 48), (8, 32), (10, 18)]
    sheet.polygon(_smooth(np.array(robe, float)), (104, 124, 138))
    sheet.line([(15, 16), (14, 30), (15, 47)], (66, 80, 92), 1.2)
    sheet.line([(8, 33), (13, 28), (22, 30)], (226, 220, 206), 2.2)
    sheet.disc((15, 11), 4.4, (206, 176, 142))
    sheet.polygon([(10, 11), (10, 7), (12, 3), (18, 3), (20, 7), (20, 11)], (34, 31, 33))  # 幞头, no brim
    sheet.line([(10, 9), (6, 13), (5, 17)], (34, 31, 33), 1.6)
    return sheet


def stand(floors, height):
    """Where the climber is at a height of 0 .. 3: beside the tower's middle, above its foot, design units.

    Before the stair, then on the gallery of each storey.
    """
    steps = ((34.0, 0), *((f - 1, 82 - 12 * k) for k, f in enumerate(floors)))
    k = min(int(height), 2)
    part = height - k
    (y0, x0), (y1, x1) = steps[k], steps[k + 1]
    return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part


def _smooth(points):
    """A closed outline without corners, twice cut (Chaikin 1974)."""
    for _ in range(3):
        after = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], 1).reshape(-1, 2)
    return points


def seal(canvas, glyph, size, rng):
    """A square seal in cinnabar, its character left white (白文), corners 6 %, worn by use."""
    sheet = canvas.sheet(size, size)
    x, y = light.coordinates(sheet)
    edge = np.maximum(np.abs(x / size - 0.5), np.abs(y / size - 0.5))
    corner = np.hypot(
        np.maximum(np.abs(x / size - 0.5) - 0.41, 0), np.maximum(np.abs(y / size - 0.5) - 0.41, 0)
    )
    wear = light.clouds(sheet, rng, size=size / 4, octaves=3)
    grit = light.grain(sheet, rng, stretch=(0.8, 0.8))
    body = np.clip(
        (0.475 - 0.022 * (wear > 0.62) - np.maximum(edge, corner + 0.41 * (corner > 0))) * 60, 0, 1
    )
    carved = np.asarray(raster.resize(glyph.ink, sheet.px.shape[1::-1]), np.float32) / 255
    share = (
        body * (1 - np.clip(carved * 1.5, 0, 1)) * np.clip(1.15 - 0.28 * (grit > 1.25) - 0.2 * wear, 0, 0.96)
    )
    return raster.tint(share, ink.CINNABAR, canvas.scale)
