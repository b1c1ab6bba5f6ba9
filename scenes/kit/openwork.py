"""Openwork of leather figures: motifs the makers cut, and how they are set out on the hide."""

import math
from functools import cache

import numpy as np

_ROW = math.sqrt(3) / 2


def _arc(radius, start, stop, count=9, centre=(0.0, 0.0)):
    at = np.linspace(start, stop, count)
    return np.column_stack([centre[0] + radius * np.cos(at), centre[1] + radius * np.sin(at)])


def _lens(inner, outer, width, angle):
    """A pointed petal along `angle`, from radius `inner` to `outer`."""
    u = np.linspace(0, 1, 8)
    side = width * np.sin(np.pi * u) ** 0.8
    along = inner + (outer - inner) * u
    petal = np.vstack([np.column_stack([along, side]), np.column_stack([along, -side])[-2:0:-1]])
    return turned(petal, angle)


def turned(points, angle):
    """`points` (n, 2) turned clockwise (y down) by `angle` radians about the origin."""
    c, s = math.cos(angle), math.sin(angle)
    x, y = points[:, 0], points[:, 1]
    return np.stack([c * x - s * y, s * x + c * y], axis=1)


def _round(count, start=0.0):
    return (start + 2 * math.pi * k / count for k in range(count))


def snow():
    """Snowflake 雪花: six petals and six grains between."""
    petals = [_lens(0.2, 1.0, 0.17, a) for a in _round(6)]
    return petals + [_lens(0.6, 0.95, 0.08, a) for a in _round(6, math.pi / 6)]


def crescent():
    """Crescent 月牙, horns down."""
    return [np.vstack([_arc(1.0, math.pi, 2 * math.pi), _arc(1.12, -0.45, -math.pi + 0.45, 9, (0, 0.46))])]


def coin():
    """Cell of the coin net 金钱: the four-cornered eye between four round coins."""
    bites = [_arc(1.0, a + 0.84 * math.pi, a + 0.66 * math.pi, 5, _corner(a)) for a in _round(4)]
    return [np.vstack(bites)]


def _corner(a):
    return 1.26 * math.cos(a - math.pi / 4), 1.26 * math.sin(a - math.pi / 4)


def scale():
    """Fish scale 鱼鳞: a thin moon under each scale's rim and a drop at its heart."""
    moon = np.vstack([_arc(1.0, 0.15, math.pi - 0.15), _arc(0.82, math.pi - 0.3, 0.3, 9, (0, -0.02))])
    return [moon, _lens(-0.1, 0.45, 0.13, math.pi / 2)]


def cloud():
    """Ruyi cloud 云纹: two curls back to back over a drop."""
    curl = []
    for side in (1, -1):
        t = np.linspace(0, 1, 22)
        at = -0.2 + 5.2 * t
        radius = 0.52 * (1 - 0.72 * t)
        middle = np.column_stack([side * (0.5 - radius * np.cos(at)), -radius * np.sin(at) - 0.1])
        curl.append(ribbon(middle, 0.13 * np.sin(np.pi * np.clip(t * 0.95 + 0.05, 0, 1)) + 0.01))
    return [*curl, _lens(0.18, 0.8, 0.12, math.pi / 2)]


def ribbon(middle, width):
    """A band about a line (n, 2), `width` to each side, a number or (n,)."""
    way = np.gradient(middle, axis=0)
    way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    side = np.column_stack([-way[:, 1], way[:, 0]]) * np.reshape(width, (-1, 1))
    return np.vstack([middle + side, (middle - side)[::-1]])


def drop():
    """A drop, its point forward."""
    t = np.linspace(0, 2 * math.pi, 15, endpoint=False)
    return [np.column_stack([-np.cos(t), 0.55 * np.sin(t) * np.sin(t / 2)])]


def lens():
    """A pointed petal lying along."""
    return [_lens(-1.0, 1.0, 0.34, 0.0)]


def strand():
    """One hair: a long bent blade, its tip forward."""
    t = np.linspace(0, 1, 9)
    middle = np.column_stack([2 * t - 1, 0.34 * np.sin(np.pi * t * 0.8)])
    return [ribbon(middle, 0.14 * np.sin(np.pi * np.clip(t, 0.02, 1)) ** 0.7 + 0.004)]


def stripe():
    """A tiger's stripe: root at the origin, swelling, then a long point that turns forward."""
    t = np.linspace(0, 1, 12)
    middle = np.column_stack([0.10 * np.sin(2 * np.pi * t) + 0.26 * t**3, -t])
    return [ribbon(middle, 0.125 * np.sin(np.pi * np.clip(t * 0.86 + 0.12, 0, 1)) ** 0.8 + 0.004)]


def lock():
    """A tuft of hair: broad root at the origin, tip bent forward."""
    t = np.linspace(0, 1, 10)
    middle = np.column_stack([0.55 * t**2, -t])
    return [ribbon(middle, 0.34 * (1 - t) ** 0.75 + 0.005)]


def diamond():
    """A diamond lying along."""
    return [np.array([[-1, 0], [0, -0.6], [1, 0], [0, 0.6]], float)]


def tooth():
    """A triangle, its point to the left of the way (up, when it lies along x)."""
    return [np.array([[-0.7, 0.5], [0, -0.9], [0.7, 0.5]], float)]


def bead():
    """A round hole."""
    return [_arc(1.0, 0, 2 * math.pi, 21)[:-1]]


def bar():
    """A short slot across the way."""
    return [np.array([[-0.22, -1], [0.22, -1], [0.22, 1], [-0.22, 1]], float)]


def slot():
    """A long slot along the way."""
    return [np.array([[-1, -0.2], [1, -0.2], [1, 0.2], [-1, 0.2]], float)]


def fret():
    """Key fret 回纹: one square spiral."""
    line = [
        (-1, 0.9),
        (1, 0.9),
        (1, -0.9),
        (-0.9, -0.9),
        (-0.9, 0.35),
        (0.45, 0.35),
        (0.45, -0.35),
        (-0.3, -0.35),
    ]
    return [ribbon(np.repeat(np.array(line, float), 2, axis=0) + _nudge(line), 0.13)]


def _nudge(line):
    """Doubled corners a hair apart, so that the band keeps square corners."""
    points = np.array(line, float)
    back = np.vstack([points[1] - points[0], np.diff(points, axis=0)])
    ahead = np.vstack([np.diff(points, axis=0), points[-1] - points[-2]])
    sides = [w / np.linalg.norm(w, axis=1, keepdims=True) for w in (back, ahead)]
    return np.stack([-0.13 * sides[0], 0.13 * sides[1]], axis=1).reshape(-1, 2)


def wheel():
    """Spoked joint 车轮: eight wedges between the spokes, so that overlapping leather stays light."""
    found = []
    for a in _round(8, 0.2):
        outer, inner = _arc(0.86, a + 0.12, a + 2 * math.pi / 8 - 0.12, 5), _arc(0.34, a + 0.55, a + 0.24, 3)
        found.append(np.vstack([outer, inner]))
    return found


def flower():
    """Peony in five petals about a ring of stamens."""
    petals = []
    for a in _round(5, -math.pi / 2):
        t = np.linspace(-1, 1, 11)
        rim = 1.0 - 0.22 * np.abs(t) ** 3 - 0.12 * np.exp(-((t / 0.16) ** 2))
        spread = a + t * 0.56
        outer = np.column_stack([rim * np.cos(spread), rim * np.sin(spread)])
        petals.append(np.vstack([outer, _arc(0.42, a + 0.38, a - 0.38, 5)]))
    return petals + [_lens(0.12, 0.32, 0.06, a) for a in _round(5, -math.pi / 2)]


def whorl():
    """Hair whorl 毛旋: three rings of blades, each ring bent further round, as a cowlick grows."""
    found = []
    for ring, (inner, outer, count, bend) in enumerate(
        [(0.1, 0.36, 6, 1.1), (0.42, 0.7, 11, 0.75), (0.76, 1.0, 17, 0.5)]
    ):
        t = np.linspace(0, 1, 8)
        for a in _round(count, ring * 0.3):
            radius, at = inner + (outer - inner) * t, a + bend * t
            middle = np.column_stack([radius * np.cos(at), radius * np.sin(at)])
            found.append(ribbon(middle, 0.055 * np.sin(np.pi * np.clip(t, 0.03, 1)) ** 0.7 + 0.003))
    return found


MOTIFS = {
    f.__name__: f
    for f in (
        [snow, crescent, coin, scale, cloud, drop, lens, strand, stripe, lock, diamond]
        + [tooth, bead, bar, slot, fret, wheel, flower, whorl]
    )
}
"""Motif name -> function giving its outlines, about one unit in radius."""

LATTICES = {"square": (1.0, 0.0, 1.0), "brick": (1.0, 0.5, 1.0), "hex": (1.0, 0.5, _ROW)}
"""Lattice -> pitch along a row, shift of every second row, pitch of rows; in steps."""


@cache
def shapes(name):
    """The outlines of a motif, worked out once."""
    return tuple(MOTIFS[name]())


def at_points(name, places, size, turn=0.0, mirror=False):
    """One motif at each place (n, 2); `turn` in radians."""
    shape = [turned(m * [1, -1] if mirror else m, turn) * size for m in shapes(name)]
    return [m + p for p in np.reshape(places, (-1, 2)) for m in shape]


def along(name, line, size, step, turn=0.0, taper=(1.0, 1.0), mirror=False):
    """The motif every `step` along a line (n, 2), turned with it; sizes run from taper[0] to taper[1]."""
    run = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    count = max(1, round(run[-1] / step))
    spots = (np.arange(count) + 0.5) * run[-1] / count
    x, y = np.interp(spots, run, line[:, 0]), np.interp(spots, run, line[:, 1])
    ahead, behind = np.minimum(spots + step / 3, run[-1]), np.maximum(spots - step / 3, 0)
    way = np.arctan2(
        np.interp(ahead, run, line[:, 1]) - np.interp(behind, run, line[:, 1]),
        np.interp(ahead, run, line[:, 0]) - np.interp(behind, run, line[:, 0]),
    )
    sizes = size * np.linspace(taper[0], taper[1], count)
    found = []
    for place, angle, reach in zip(np.column_stack([x, y]), way, sizes, strict=True):
        found += at_points(name, place, reach, angle + turn, mirror)
    return found


def filling(name, region, size, step, lattice="brick", turn=0.0):
    """The motif on a lattice over a closed region (n, 2); only whole motifs are cut."""
    pitch, shift, row = LATTICES[lattice]
    low, high = region.min(axis=0), region.max(axis=0)
    middle, reach = (low + high) / 2, np.linalg.norm(high - low) / 2
    count = math.ceil(reach / step) + 1
    j, i = np.mgrid[-count : count + 1, -count : count + 1]
    x, y = (i * pitch + shift * (j % 2)) * step, j * row * step
    places = turned(np.column_stack([x.ravel(), y.ravel()]), turn) + middle
    shape = [turned(m, turn) * size for m in shapes(name)]
    places = places[inside(region, places)]
    margin = np.vstack(shape)[::2] * 1.12
    whole = (
        inside(region, (places[:, None] + margin[None]).reshape(-1, 2)).reshape(len(places), -1).all(axis=1)
    )
    return [m + p for p in places[whole] for m in shape]


def inside(region, points):
    """Which points (n, 2) lie in the closed outline, by crossings."""
    x, y = points[:, 0, None], points[:, 1, None]
    x0, y0 = region[:, 0], region[:, 1]
    x1, y1 = np.roll(x0, -1), np.roll(y0, -1)
    crosses = (y0 > y) != (y1 > y)
    rise = np.where(y1 == y0, 1.0, y1 - y0)
    return (crosses & (x < (x1 - x0) * (y - y0) / rise + x0)).sum(axis=1) % 2 == 1
