"""What an opera head wears: the black gauze hat with its wings, the general's helmet with pompoms and plumes.

All in face units round the middle of the hairline; each sheet is baked once and laid with the head.
"""

from itertools import pairwise

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.path import read_path

GOLD, PALE, DEEP = (214, 164, 66), (255, 226, 150), (92, 60, 20)
DULL, SHEEN = (172, 126, 48), (206, 166, 92)
JADE = (188, 214, 190)
HAT_BOX = (-170.0, -206.0, 340.0, 270.0)  # left, top, width, height of the hat's sheet
WING_BOX = (-8.0, -64.0, 224.0, 128.0)  # of a wing's, its root at (0, 0), pointing right
JOINT = (118.0, -34.0)  # of the right wing, behind the hat
BACK = "M 0 -186 R 40 -184 78 -166 98 -128 104 -84 108 -40 112 8 L 0 8 Z"
FRONT = "M 0 -92 R 52 -90 100 -76 128 -46 138 -8 143 38 138 50 L 120 36 R 84 22 44 14 0 12 Z"
BAND = "M 0 -14 R 56 -12 106 4 140 34 L 139 56 R 104 28 54 16 0 14 Z"
PLATES = {
    "square": "M 0 -9 R 24 -17 60 -30 110 -42 160 -48 190 -46 202 -34 206 0 "
    "202 34 190 46 160 48 110 42 60 30 24 17 0 9 Z",
    "round": "M 0 -7 R 14 -10 34 -12 48 -30 76 -50 110 -56 144 -46 164 -22 168 0 "
    "164 22 144 46 110 56 76 50 48 30 34 12 14 10 0 7 Z",
    "pointed": "M 0 -8 R 20 -14 52 -34 92 -46 130 -40 168 -22 212 0 168 22 130 40 92 46 52 34 20 14 0 8 Z",
}


def mirrored(path):
    """One half of an outline and its mirror, closed."""
    points = read_path(path).points
    return np.vstack([points, (points * (-1, 1))[::-1]])


def bake_hat(kind, grain, rng):
    """The sheet of a hat; its corner is HAT_BOX's."""
    left, top, wide, high = HAT_BOX
    sheet = Canvas((round(wide * grain), round(high * grain)), scale=grain, clear=True)
    x, y = light.coordinates(sheet)
    x, y = x + left, y + top
    if kind == "helmet":
        _helmet(sheet, x, y, rng)
    else:
        _gauze_hat(sheet, x, y, rng)
    return sheet


def _gauze_hat(sheet, x, y, rng):
    back, front, band = (_mask(sheet, mirrored(p)) for p in (BACK, FRONT, BAND))
    _lay(sheet, back, _gauze(x, y, 104, rng) * 0.72 * np.clip(1.15 - (y + 60) / 150, 0.25, 1)[..., None])
    for turn in (0.35, 0.62, 0.86):  # ribs of the crown
        _wire(sheet, _scaled(BACK, turn), 1.3, 0.35)
    _wire(sheet, mirrored(BACK)[:-1], 2.4, 0.9)
    _lay(sheet, front, _gauze(x, y, 140, rng))
    _scrolls(sheet)
    _wire(sheet, mirrored(FRONT), 3.0, 1.0)
    _lay(sheet, band, _brocade(x, y, rng))
    _wire(sheet, mirrored(BAND), 2.0, 1.0)
    _pearls(sheet, _along(read_path(BAND).points, (0, -3), 24))
    _jade(sheet, (0, -46), 17, 22)


def _helmet(sheet, x, y, rng):
    """A general's: a gilt dome, over the brow a fan of wire set with velvet balls in rows."""
    dome = _mask(sheet, mirrored("M 0 -150 R 48 -146 90 -118 112 -70 120 -20 120 30 L 0 20 Z"))
    rib = 0.5 + 0.5 * np.cos(np.arctan2(x, y - 60) * 22)
    tone = np.clip(0.75 - (x + 50) ** 2 / 19000, 0.10, 1) * (0.35 + 0.65 * rib)
    _lay(sheet, dome, tone[..., None] * np.array([38, 92, 108], np.float32) * 1.1)
    for side in (-1, 1):
        _wire(sheet, read_path("M 0 -150 R 48 -146 90 -118 112 -70 120 -20").points * (side, 1), 3.0, 0.9)
    fan = _mask(
        sheet, mirrored("M 0 -116 R 60 -112 116 -84 146 -34 152 30 146 62 L 122 38 R 84 24 44 14 0 12 Z")
    )
    _lay(sheet, fan, _brocade(x, y, rng) * 0.5)
    for lift, balls, size in ((104, 9, 10.5), (74, 11, 9.5), (46, 13, 8.5)):
        arc = np.linspace(-1.16, 1.16, 2 * balls - 1)
        for n, a in enumerate(arc):
            at = (
                np.sin(a) * (74 + 0.62 * lift),
                18 - np.cos(a) * (0.98 * lift + 18) + 26 * abs(np.sin(a)) ** 2,
            )
            if n % 2:
                _pearl(sheet, at, 3.2)
            else:
                _ball(sheet, at, size, (188, 28, 24) if lift != 74 else (236, 214, 190), rng)
    _lay(sheet, _mask(sheet, mirrored(BAND)), _brocade(x, y, rng))
    _wire(sheet, mirrored(BAND), 2.2, 1.0)
    _pearls(sheet, _along(read_path(BAND).points, (0, -3), 24))
    _ball(sheet, (0, -160), 17, (196, 26, 22), rng)
    for side in (-1, 1):  # sockets of the plumes
        _wire(sheet, [(side * 62, -104), (side * 76, -131)], 7, 0.8)


def bake_wing(kind, grain, rng):
    """The sheet of a right wing (WING_BOX): stiffened gauze in a gilt wire, worked with scrolls.

    Its gilt is duller than the hat's: what beats five times a second past a place must not flash there.
    """
    left, top, wide, high = WING_BOX
    sheet = Canvas((round(wide * grain), round(high * grain)), scale=grain, clear=True)
    x, y = light.coordinates(sheet)
    x, y = x + left, y + top
    plate = read_path(PLATES[kind]).points
    cover = raster.mask(sheet, [plate - WING_BOX[:2]]).astype(np.float32) / 255
    weave = 0.55 + 0.25 * np.sin(1.9 * (x + y)) * np.sin(1.9 * (x - y))
    glow = np.exp(-((y + 26 - 0.05 * x) ** 2) / 500) * 0.9 + 0.28
    rgb = (weave * glow)[..., None] * np.array([84, 72, 70], np.float32)
    _cover(sheet, cover * (0.80 + 0.10 * weave), rgb)
    at = lambda points: np.asarray(points) - WING_BOX[:2]  # noqa: E731
    inner = plate * (0.93, 0.80) + (7, 0)
    _line(sheet, at(np.vstack([inner, inner[:1]])), DULL, 1.3)
    for cx, size in (
        ((58, 9), (92, 15), (134, 19), (174, 13)) if kind == "square" else ((70, 13), (108, 22), (146, 11))
    ):
        _cloud(sheet, at([(cx, 0)])[0], size, DULL)
    _line(sheet, at(np.vstack([plate, plate[:1]])), DEEP, 4.6)
    _line(sheet, at(np.vstack([plate, plate[:1]])), DULL, 2.8)
    upper = plate[: int(np.argmax(plate[:, 0]))]
    _line(sheet, at(upper) - (0, 0.7), SHEEN, 0.9)
    return sheet


def _cloud(sheet, at, size, colour=GOLD):
    """A scroll of gilt wire: two curls back to back."""
    t = np.linspace(0, 2.1 * np.pi, 40)
    r = size * np.exp(-0.26 * t)
    for sx, sy in ((1, 1), (-1, -1)):
        curl = np.column_stack([sx * (size * 0.7 - r * np.cos(t)) * 0.8, sy * r * np.sin(t) * 0.9])
        _line(sheet, curl + at, colour, 1.5)


def _scrolls(sheet):
    for side in (-1, 1):
        for x, y, size in ((46, -52, 15), (82, -34, 12), (108, -8, 9)):
            _cloud(sheet, np.array([side * x, y]) - HAT_BOX[:2], size)


def _mask(sheet, outline):
    return raster.mask(sheet, [outline - HAT_BOX[:2]]).astype(np.float32) / 255


def _lay(sheet, cover, rgb):
    _cover(sheet, cover, rgb)


def _cover(sheet, cover, rgb):
    """Lay RGB floats over a premultiplied sheet."""
    under = sheet.px.astype(np.float32) * (1 - cover[..., None])
    over = np.dstack([np.clip(rgb, 0, 255)[..., ::-1], np.full(cover.shape, 255, np.float32)])
    np.copyto(sheet.px, (under + over * cover[..., None]).astype(np.uint8))


def _gauze(x, y, wide, rng):
    """Lacquered black gauze over a round form lit from the left."""
    turn = np.clip(x / wide, -1, 1)
    lit = np.exp(-(((turn + 0.44) / 0.30) ** 2)) + 0.22 * np.exp(-(((turn + 0.02) / 0.5) ** 2)) + 0.07
    rim = 0.30 * np.exp(-(((turn - 0.93) / 0.06) ** 2))
    weave = 0.80 + 0.20 * np.sin(1.7 * (x + y)) * np.sin(1.7 * (x - y))
    rough = 1 + 0.05 * raster.blur(rng.standard_normal(weave.shape).astype(np.float32), 1.5)
    return ((lit + rim) * weave * rough)[..., None] * np.array([112, 99, 94], np.float32)


def _brocade(x, y, rng):
    turn = np.clip(x / 140, -1, 1)
    lit = 0.18 + 0.9 * np.exp(-(((turn + 0.40) / 0.42) ** 2))
    key = 0.5 + 0.5 * np.sign(np.sin(x * 0.36) * np.sin((y + 0.0014 * x * x) * 0.42))
    gold = np.array(GOLD, np.float32) * (0.45 + 0.55 * key[..., None])
    red = np.array([128, 22, 20], np.float32)
    return (red * (1 - 0.45 * key[..., None]) + 0.45 * gold * key[..., None]) * lit[..., None] * 1.1


def _scaled(path, share):
    return mirrored(path)[:-1] * (share, 1.0)


def _wire(sheet, points, width, bright):
    """Gilt wire: dark below, gold, a pale edge where the lamp strikes it, dying away to the right."""
    at = np.asarray(points, float) - HAT_BOX[:2]
    for a, b in pairwise(at):
        lit = bright * np.clip(0.95 - (a[0] + HAT_BOX[0]) / 260, 0.25, 1.15)
        _line(sheet, [a, b], tuple(min(255, round(c * lit)) for c in GOLD), width)
    left = at[:-1][at[:-1, 0] < -HAT_BOX[0]]
    if len(left) > 2 and bright > 0.8:
        for a, b in pairwise(at):
            if a[0] + HAT_BOX[0] < -16:
                _line(sheet, [a - (0, 0.6), b - (0, 0.6)], PALE, width * 0.34)


def _line(sheet, points, colour, width):
    sheet.line(points, colour, width)


def _along(points, shift, count):
    """Places evenly along the right half of an edge and their mirrors."""
    edge = points[: int(np.argmax(points[:, 0]))]
    gone = np.r_[0, np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))]
    u = np.linspace(0, gone[-1], count // 2)
    half = np.column_stack([np.interp(u, gone, edge[:, 0]), np.interp(u, gone, edge[:, 1])]) + shift
    return np.vstack([half, half[1:] * (-1, 1)])


def _pearls(sheet, places):
    for at in places:
        _pearl(sheet, at, 3.4)


def _pearl(sheet, at, r):
    lit = float(np.clip(0.9 - at[0] / 240, 0.35, 1.0))
    place = at[0] - HAT_BOX[0], at[1] - HAT_BOX[1]
    sheet.disc(place, r, (44, 34, 26))
    sheet.disc(place, r * 0.84, tuple(round(c * lit) for c in (206, 194, 176)))
    sheet.disc(
        (place[0] - r * 0.3, place[1] - r * 0.35), r * 0.34, tuple(round(c * lit) for c in (255, 250, 240))
    )


def _ball(sheet, at, r, colour, rng):
    """A velvet ball: no hard edge, its pile catches the light."""
    place = np.array(at) - HAT_BOX[:2]
    lit = float(np.clip(0.92 - at[0] / 230, 0.30, 1.0))
    for n in range(5):
        share = n / 4
        tone = tuple(min(255, round(c * lit * (0.30 + 0.85 * share))) for c in colour)
        sheet.disc(place - (0.32 * r * share, 0.36 * r * share), r * (1 - 0.72 * share), tone)
    for a in rng.uniform(0, 2 * np.pi, 16):
        end = place + np.array([np.cos(a), np.sin(a)]) * r * 1.08
        sheet.line([place + (end - place) * 0.8, end], tuple(round(c * lit * 0.5) for c in colour), 0.8)


def _jade(sheet, at, w, h):
    x, y = np.array(at) - HAT_BOX[:2]
    corners = [
        (x - w, y - h * 0.7),
        (x, y - h),
        (x + w, y - h * 0.7),
        (x + w, y + h * 0.7),
        (x, y + h),
        (x - w, y + h * 0.7),
    ]
    sheet.polygon(corners, DEEP)
    sheet.line([*corners, corners[0]], GOLD, 3.4)
    inner = [((px - x) * 0.72 + x, (py - y) * 0.72 + y) for px, py in corners]
    sheet.polygon(inner, tuple(round(c * 0.62) for c in JADE))
    sheet.polygon(
        [((px - x) * 0.6 + x - 2, (py - y) * 0.6 + y - 3) for px, py in inner],
        tuple(round(c * 0.86) for c in JADE),
    )
    sheet.disc((x - 4, y - 8), 2.6, (250, 255, 250))
