"""The tung leaf 梧桐叶: five pointed lobes, a heart at the stalk, veins to every tip; drawn as a sheet."""

import math
import tomllib
from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster

KINDS = ("tip", "shoulder", "bay")
SIDE_VEINS = 5  # on each side of every main vein


@dataclass(frozen=True)
class Leaf:
    """A leaf one unit long: stalk's foot at the origin, middle tip at (0, -1), y down.

    edge   (n, 2) closed outline
    mains  polylines from the foot to the five tips, the middle one first
    sides  polylines of the side veins
    """

    edge: np.ndarray
    mains: tuple
    sides: tuple


@dataclass(frozen=True)
class Tone:
    """What a leaf is painted in: blade by the stalk, blade at the rim, veins, as (r, g, b)."""

    heart: tuple
    rim: tuple
    vein: tuple


def read_table(path):
    """A TOML file of this kit's; one that cannot be read raises ValueError with its name."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from None


def read_leaf(path):
    """The edge points (kind, angle in radians, reach) of a leaf file. Mistakes raise ValueError."""
    table = read_table(path)
    found = []
    for place, entry in enumerate(table.get("edge", []), 1):
        kind, angle, reach = entry.get("kind"), entry.get("angle"), entry.get("reach")
        if kind not in KINDS:
            raise ValueError(f"{path.name}: edge {place}: kind {kind!r} is none of {', '.join(KINDS)}")
        if not isinstance(angle, int | float) or not 0 <= angle <= 180:
            raise ValueError(f"{path.name}: edge {place}: angle {angle!r} must lie in 0..180")
        if not isinstance(reach, int | float) or not 0 < reach <= 1:
            raise ValueError(f"{path.name}: edge {place}: reach {reach!r} must lie above 0, at most 1")
        if found and math.radians(angle) <= found[-1][1]:
            raise ValueError(f"{path.name}: edge {place}: angles must rise from the middle tip to the stalk")
        found.append((kind, math.radians(angle), float(reach)))
    if sum(kind == "tip" for kind, _, _ in found) != 3 or found[0][1] or found[-1][1] < math.pi - 1e-6:
        raise ValueError(f"{path.name}: half a leaf has three tips, the first at angle 0, and ends at 180")
    return found


def grow(points, rng=None, uneven=0.05):
    """A leaf from its edge points; with `rng` each half differs by hand, `uneven` of its length."""
    edge, whole = outline(points, rng, uneven)
    tips = [(a, r) for a, r, k in whole if k == "tip"]
    base = [(2.25, 0.33), (-2.25, 0.33)]  # seven veins rise from the stalk, two of them into the heart
    mains = tuple(_main(a, r) for a, r in [*sorted(tips, key=lambda t: abs(t[0])), *base])
    return Leaf(edge, mains, tuple(_side_veins(mains[:5], edge)))


def outline(points, rng=None, uneven=0.05):
    """The closed edge alone, and its points (angle, reach, kind) all the way round."""
    right, left = (_half(points, rng, uneven) for _ in range(2))
    whole = [(a, r, k) for k, a, r in right] + [(-a, r, k) for k, a, r in reversed(left[1:-1])]
    corners = [i for i, (_, _, k) in enumerate(whole) if k != "shoulder"]
    at = np.array([(r * math.sin(a), -r * math.cos(a)) for a, r, _ in whole])
    return _smooth(at, corners), whole


def _half(points, rng, uneven):
    if rng is None:
        return points
    sway = rng.normal(0, uneven / 3)
    return [
        (
            k,
            min(math.pi, a * (1 + sway)) if 0 < a < 3 else a,
            r * (1 + rng.normal(0, uneven * 0.4)) if a else r,
        )
        for k, a, r in points
    ]


def _smooth(at, corners):
    """Catmull-Rom through all points, tight at the corners so that tips stay sharp."""
    n, share, out = len(at), np.linspace(0, 1, 8, endpoint=False)[:, None], []
    for i in range(n):
        a, b, c, d = (at[(i + k) % n] for k in (-1, 0, 1, 2))
        slack_b = 0.10 if i in corners else 0.5
        slack_c = 0.10 if (i + 1) % n in corners else 0.5
        m0, m1 = slack_b * (c - a), slack_c * (d - b)
        t2, t3 = share**2, share**3
        out.append(
            (2 * t3 - 3 * t2 + 1) * b + (t3 - 2 * t2 + share) * m0 + (3 * t2 - 2 * t3) * c + (t3 - t2) * m1
        )
    return np.concatenate(out)


def _main(angle, reach):
    """A main vein, bowed a little outward."""
    u = np.linspace(0, 1, 16)
    bow = 0.10 * angle * np.sin(math.pi * u)
    r = reach * u * 0.985
    return np.stack([r * np.sin(angle + bow), -r * np.cos(angle + bow)], 1)


def _side_veins(mains, edge):
    """Five on each side of every main vein, curving toward its tip, each as far as blade and bays allow."""
    for main in mains:
        along = np.gradient(main, axis=0)
        heading = np.arctan2(along[:, 0], -along[:, 1])
        for k in range(SIDE_VEINS):
            u = 0.24 + 0.64 * (k / (SIDE_VEINS - 1)) ** 0.9
            i = u * (len(main) - 1)
            at = np.array([np.interp(i, np.arange(len(main)), main[:, c]) for c in (0, 1)])
            angle = np.interp(i, np.arange(len(main)), heading)
            for side in (-1, 1):
                yield _side(at, angle, side, (0.46 - 0.30 * u) * np.hypot(*main[-1]), edge)


def _side(at, angle, side, length, edge):
    u = np.linspace(0, 1, 13)[1:]
    turn = angle + side * (0.98 - 0.62 * u)
    step = length / len(u)
    way = at + np.cumsum(step * np.stack([np.sin(turn), -np.cos(turn)], 1), axis=0)
    way = np.vstack([at, way])
    keep = inside(way, edge * 0.985)
    stop = int(np.argmin(keep)) if not keep.all() else len(way)
    return way[: max(2, stop)]


def inside(points, edge):
    """Which of the points (n, 2) lie inside the closed outline, by counting crossings."""
    x, y = points[:, 0:1], points[:, 1:2]
    a, b = edge, np.roll(edge, -1, axis=0)
    spans = (a[:, 1] > y) != (b[:, 1] > y)
    cross = a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / np.where(
        a[:, 1] == b[:, 1], 1e-9, b[:, 1] - a[:, 1]
    )
    return (spans & (x < cross)).sum(1) % 2 == 1


def paint(canvas, leaf, length, tone, rng, *, light=1.0, stalk=0.30, net=1.0):
    """A leaf `length` design units long on a sheet of its own.

    Returns (sheet, foot): foot is where the blade meets the stalk, in pixels of the sheet.
    """
    pad = 0.04
    low = np.minimum(leaf.edge.min(0), (0, 0)) - pad
    high = np.maximum(leaf.edge.max(0), (0.02, stalk)) + pad
    sheet = canvas.sheet(*((high - low) * length))
    place = lambda way: (way - low) * length  # noqa: E731
    cover = raster.mask(sheet, [place(leaf.edge)]).astype(np.float32) / 255
    k = sheet.scale * length
    veins = _drawn(
        sheet, [(place(v), 0.013) for v in leaf.mains] + [(place(v), 0.0048) for v in leaf.sides], length
    )
    mains = _drawn(sheet, [(place(v), 0.012) for v in leaf.mains], length)
    soft = raster.blur(veins, 0.022 * k)
    quilt = raster.blur(veins, 0.008 * k) - raster.blur(veins, 0.034 * k)
    rise = np.roll(quilt, -1, 0) - np.roll(quilt, 1, 0) + np.roll(quilt, -1, 1) - np.roll(quilt, 1, 1)
    h, w = cover.shape
    y, x = np.mgrid[:h, :w].astype(np.float32)
    foot = (-low * k).astype(np.float32)
    far = np.clip(np.hypot(x - foot[0], y - foot[1]) / k, 0, 1)
    mottle = raster.blur(rng.standard_normal((h, w), np.float32), max(0.6, 0.02 * k))
    mottle /= max(1e-6, float(mottle.std()))
    share = np.clip(far * 1.05 + 0.10 * mottle + 0.12, 0, 1)[..., None]
    heart, rim_tone, vein = (np.array(c, np.float32) for c in (tone.heart, tone.rim, tone.vein))
    blade = heart * (1 - share) + rim_tone * share
    lace = net * _net(cover.shape, rng, 0.0095 * k)
    shade = 1 + 0.035 * mottle + 0.9 * rise * (k / 300) - 0.16 * soft + 0.055 * lace
    rim = np.clip(raster.distance(cover > 0.5) / max(1.0, 0.02 * k), 0, 1)
    blade = blade * (shade * (0.80 + 0.20 * rim))[..., None]
    line = np.clip(0.55 * mains + 0.5 * veins, 0, 1)[..., None]
    rgb = blade * (1 - line) + vein * line
    stem = _drawn(sheet, [(place(_stalk(stalk)), 0.020)], length) if stalk else np.zeros_like(cover)
    alone = np.clip(stem - cover, 0, 1)[..., None]
    rgb = np.clip(rgb * light, 0, 255) * cover[..., None] + vein * np.float32(0.7 * light) * alone
    sheet.px[..., :3] = np.clip(rgb[..., ::-1], 0, 255)
    sheet.px[..., 3] = 255 * np.clip(cover + alone[..., 0], 0, 1)
    return sheet, foot


def _net(shape, rng, size):
    """The finest veins, 0..1: where smooth noises pass through nothing they leave closed cells."""
    total = np.zeros(shape, np.float32)
    for _ in range(2):
        noise = raster.blur(rng.standard_normal(shape, np.float32), max(0.8, size))
        total = np.maximum(total, np.exp(-((noise / (0.10 * float(noise.std()))) ** 2)))
    return total


def _stalk(length):
    u = np.linspace(0, 1, 12)
    return np.stack([0.10 * length * np.sin(2.2 * u) * u, length * u], 1)


def _drawn(sheet, ways, length):
    """Coverage of veins that taper from their foot to their end."""
    drawn = Canvas(sheet.surface.get_size(), scale=sheet.scale)
    for way, width in ways:
        n = len(way) - 1
        for i in range(n):
            thick = width * length * (1 - 0.75 * i / n)
            drawn.line(way[i : i + 2], (255, 255, 255), thick)
    return drawn.px[..., 0].astype(np.float32) / 255
