"""A courtyard at dusk by a pool: plastered wall, a tung tree's trunk, a stone balustrade as at Jinci."""

import math

import numpy as np

from engine import Canvas, ink, light, raster
from scenes.kit import calligraphy

WATER = 905.0  # where the pool begins, design units
SIGN = 900.0  # size of the character on the wall
STONE = (150, 150, 132)
BARK = (134, 140, 118)


def small(canvas):
    """A canvas for soft things, at half the resolution."""
    h, w = canvas.px.shape[:2]
    return Canvas((max(2, w // 2), max(2, h // 2)), scale=canvas.scale / 2)


def wall(picture, rng, lit):
    """Paint old plaster under the light field `lit` (h, w, 3) of a `small` canvas."""
    canvas = small(picture)
    fine = light.grain(canvas, rng, stretch=(1.2, 1.2))
    stain = light.clouds(canvas, rng, size=420.0, octaves=4)
    _, y = light.coordinates(canvas)
    runs = light.grain(canvas, rng, stretch=(3.0, 90.0)) * np.clip(1.2 - y / 700, 0, 1)
    tone = 0.80 + 0.34 * (stain - 0.5) + 0.030 * fine + 0.035 * runs
    plaster = np.array((150, 150, 116), np.float32) / 255
    light.paint(canvas, np.clip(tone, 0, 2)[..., None] * plaster * lit)
    raster.fit(canvas.px, picture.px)


def dusk(picture, lamp_at, *, lamp=1.0):
    """The light of the hour on a `small` canvas (h, w, 3): green dusk, a paper lamp's warmth."""
    canvas = small(picture)
    x, y = light.coordinates(canvas)
    low = np.exp(-(((x - 0.30 * canvas.width) / (0.42 * canvas.width)) ** 2) - ((y - 560) / 420) ** 2)
    field = np.zeros((*low.shape, 3), np.float32)
    field += (0.10 + 0.50 * low)[..., None] * np.array((0.92, 1.18, 0.66), np.float32)
    glow = light.lamp(canvas, lamp_at, 620.0, falloff=1.3) * 0.62 * lamp
    field += glow[..., None] * np.array((1.0, 0.76, 0.42), np.float32)
    return field


def sign(canvas, character, rng):
    """One huge character brushed on the wall, cropped by the picture's left edge, worn."""
    size = round(SIGN * canvas.scale)
    glyph = calligraphy.bake(character, max(12, size // 2), calligraphy.fibres(max(64, size), rng), rng)
    full = raster.resize(glyph.ink, (round(glyph.ink.shape[1] * 2),) * 2)  # on plaster an edge is soft
    drawn = raster.tint(full, (255, 255, 255), canvas.scale)
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
    sheet.stamp(drawn, (0.150 * canvas.width, 470), anchor=(0.5, 0.5))
    cover = sheet.px[..., 3].astype(np.float32) / 255
    worn = _whole(canvas, light.clouds(small(canvas), rng, size=46.0, octaves=4))
    keep = np.clip((worn - 0.22) * 6, 0.0, 1.0) * 0.16 + 0.56
    return raster.tint(cover * keep, (12, 15, 10), canvas.scale)


def _swept(ways, reach=24):
    """Outline of a limb: (n, 3) of x, y, half width along its middle."""
    at, half = _dense(ways, reach)
    along = np.gradient(at, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    normal = np.stack([-along[:, 1], along[:, 0]], 1) * half[:, None]
    return np.vstack([at + normal, (at - normal)[::-1]])


def _dense(ways, reach):
    """Catmull-Rom through (x, y, half width) with the ends repeated."""
    ways = np.asarray(ways, float)
    padded = np.vstack([2 * ways[0] - ways[1], ways, 2 * ways[-1] - ways[-2]])
    t = np.linspace(0, 1, reach, endpoint=False)[:, None]
    out = []
    for i in range(len(ways) - 1):
        a, b, c, d = padded[i : i + 4]
        out.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    out = np.vstack([*out, ways[-1:]])
    return out[:, :2], out[:, 2]


def tree(canvas, rng, lit, limbs):
    """Smooth green-grey limbs, round, lit by the field `lit`; a premultiplied sheet."""
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
    half = small(canvas)
    grain = light.grain(half, rng, stretch=(2.0, 70.0))
    fleck = light.grain(half, rng, stretch=(9.0, 1.6))
    flecks = 0.035 * grain + 0.05 * fleck * (fleck > 1.1)
    for limb in limbs:
        edge = _swept(limb)
        inner = raster.distance(raster.mask(half, [edge]) > 127)
        round_ = np.clip(inner / max(1.0, float(inner.max())), 0, 1)
        body = np.sqrt(np.clip(1 - (1 - round_) ** 2, 0, 1))
        soft = raster.blur(body, 5 * half.scale)
        side = np.roll(soft, -1, 1) - np.roll(soft, 1, 1)  # rises from the left edge, falls to the right
        side = side / max(1e-6, float(np.abs(side).max()))
        shade = np.clip(0.34 + 0.46 * body + 0.7 * flecks, 0, 2)[..., None]
        rgb = np.array(BARK, np.float32) * shade * (lit * 0.80 + 0.20)
        rgb += (np.clip(-side, 0, 1) ** 1.6)[..., None] * np.array((70, 50, 24), np.float32)
        rgb += (np.clip(side, 0, 1) ** 1.6)[..., None] * np.array((12, 16, 8), np.float32)
        lay(sheet, rgb, raster.mask(canvas, [edge]))
    return sheet


def lay(sheet, rgb, cover):
    """Lay colour of a half-size field over a sheet where `cover` (0..255) is."""
    body = Canvas(sheet.surface.get_size(), scale=sheet.scale, clear=True)
    paint = Canvas((rgb.shape[1], rgb.shape[0]), scale=sheet.scale / 2)
    np.copyto(paint.px[..., :3], np.clip(rgb, 0, 255)[..., ::-1], casting="unsafe")
    raster.fit(paint.px, body.px)
    through = raster.tint(cover, (255, 255, 255), sheet.scale)
    body.stamp(through, (0, 0), blend="multiply", anchor=(0, 0))
    body.px[..., 3] = cover
    sheet.stamp(body, (0, 0), anchor=(0, 0))


def _whole(canvas, field):
    """A half-size field at the whole picture's size."""
    return raster.resize(field, canvas.surface.get_size())


def balustrade(canvas, rng, lit):
    """Posts with lotus-bud heads, a round rail on lotus-leaf vases, framed panels; a sheet lit by `lit`."""
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
    base, pitch = WATER, 236.0
    first = (canvas.width / 2) % pitch - pitch
    posts = np.arange(first, canvas.width + pitch, pitch)
    _slab(sheet, 0, base - 26, canvas.width, 26, 0.80)
    _slab(sheet, 0, base - 30, canvas.width, 5, 1.1)
    for x in posts:
        left, right = x + 23, x + pitch - 23
        _slab(sheet, left, base - 84, right - left, 54, 0.62)
        for inset, tone in ((8, 0.42), (11, 0.70)):
            _slab(sheet, left + inset, base - 84 + inset, right - left - 2 * inset, 54 - 2 * inset, tone)
        _cloud(sheet, (left + right) / 2, base - 57, right - left - 60)
        for share in (0.5, 0.0, 1.0):
            _vase(sheet, left + share * (right - left), base - 84, 36)
        _slab(sheet, left, base - 132, right - left, 15, 0.95)
        _slab(sheet, left, base - 132, right - left, 4, 1.3)
        _slab(sheet, left, base - 119, right - left, 3, 0.45)
    for x in posts:
        _post(sheet, x, base)
    half, first = small(canvas), round((WATER - 240) * canvas.scale)
    stone = 1 + 0.07 * light.grain(half, rng, stretch=(2.0, 2.0))
    stone += 0.16 * (light.clouds(half, rng, size=60.0) - 0.5)
    under = _whole(canvas, stone[..., None] * (lit[..., ::-1] * 1.05 + 0.02))[first:]
    drawn = sheet.px[first:]
    drawn[..., :3] = np.clip(drawn[..., :3] * under, 0, drawn[..., 3:])
    return sheet


def _stone(tone):
    return tuple(min(255, round(c * tone)) for c in STONE)


def _slab(sheet, x, y, w, h, tone):
    sheet.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], _stone(tone))


def _post(sheet, x, base):
    _slab(sheet, x - 23, base - 150, 46, 150, 0.72)
    _slab(sheet, x - 23, base - 150, 7, 150, 1.12)
    _slab(sheet, x + 17, base - 150, 6, 150, 0.45)
    _slab(sheet, x - 15, base - 134, 30, 104, 0.60)
    _slab(sheet, x - 12, base - 131, 24, 98, 0.74)
    _slab(sheet, x - 27, base - 158, 54, 10, 1.05)
    t = np.linspace(0, math.pi, 40)
    for width, height, tone in (
        (25, 0, 0.66),
        (17, 0, 0.86),
        (9, 0, 1.12),
    ):  # a closed lotus bud, petal on petal
        half = width * np.sin(t) ** 0.8 * (1 - 0.25 * t / math.pi)
        y = base - 160 - height - 52 * t / math.pi
        shift = -0.25 * (25 - width)
        sheet.polygon(
            np.vstack([np.stack([x + shift - half, y], 1), np.stack([x + shift + half, y], 1)[::-1]]),
            _stone(tone),
        )
    _slab(sheet, x - 17, base - 168, 34, 8, 0.9)


def _vase(sheet, x, base, height):
    """A leaf-topped vase under the rail."""
    u = np.linspace(0, 1, 24)
    half = 6 + 9 * np.exp(-(((u - 0.28) / 0.20) ** 2)) + 14 * np.clip((u - 0.72) / 0.28, 0, 1) ** 1.5
    for share, tone in ((1.0, 0.58), (0.62, 0.84), (0.25, 1.05)):
        left = np.stack([x - half * share - 2 * (1 - share), base - height * u], 1)
        right = np.stack([x + half * share - 2 * (1 - share), base - height * u], 1)
        sheet.polygon(np.vstack([left, right[::-1]]), _stone(tone))


def _cloud(sheet, x, y, w):
    """A flat relief of a running scroll in the panel."""
    t = np.linspace(0, 1, 60)
    way = np.stack([x + w * (t - 0.5), y + 6 * np.sin(t * 6 * math.pi)], 1)
    sheet.line(way + (0, 1.2), _stone(0.40), 3.2)
    sheet.line(way, _stone(0.98), 2.4)


def mirrored(base, top=WATER, share=0.44):
    """What a pool below `top` reflects of the picture above: upside down, flattened, darker with depth."""
    out = Canvas(base.surface.get_size(), scale=base.scale)
    first = round(top * base.scale)
    rows = out.px.shape[0] - first
    source = first - 1 - np.minimum((np.arange(rows) / share).astype(int), first - 1)
    depth = np.linspace(0.0, 1.0, rows, dtype=np.float32)[:, None, None]
    seen = raster.blur(base.px[source, :, :3], (2.0 * base.scale, 5.0 * base.scale))
    water = np.array((0x2E, 0x5E, 0x5A)[::-1], np.float32)
    shade = seen * (0.40 - 0.20 * depth) * (0.80 + 0.20 * water / 94) + 0.11 * water * (0.5 + 0.5 * depth)
    shade[: max(1, round(3 * base.scale))] *= 0.45
    out.px[first:, :, :3] = np.clip(shade, 0, 255)
    return out


def edge(canvas):
    """The pool's kerb catches a thread of light."""
    canvas.line([(0, WATER), (canvas.width, WATER)], ink.mix(STONE, ink.BLACK, 0.45), 2.0)
