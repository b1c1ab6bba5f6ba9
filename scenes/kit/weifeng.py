"""The Weifeng formation from above: one drum, four pairs of cymbals, eight gongs, and who plays them."""

import tomllib
from dataclasses import dataclass

import numpy as np

from engine import raster
from scenes.kit.solid import HALF, LIGHT, shadow, sheet, solid

PLAYS = {"drum": 1, "cymbal": 4, "gong": 8}
DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
COLUMNS = (("NW", "W", "SW"), ("N", "S"), ("NE", "E", "SE"))  # which directions each third of the house holds
GONG, CYMBAL = 74.0, 54.0  # radii, design units
BODY = 1.32  # players are this much larger than drawn
SASH, CLOTH, JACKET, FACE = (0xD7, 0x26, 0x2B), (0xF3, 0xE9, 0xD2), (40, 34, 44), (150, 98, 64)
GOLD_JACKET = (190, 138, 44)


@dataclass(frozen=True)
class Post:
    """One lamp of the plan: an instrument, its element or direction, and where it stands from the drum."""

    name: str
    words: tuple[str, str]
    plays: str
    at: tuple[float, float]


def read_formation(path):
    """The thirteen posts of a file; ValueError when they are not those of the formation."""
    posts = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("place", []):
        label = f"{path.name}: place {entry.get('name', '?')}"
        if entry.get("plays") not in PLAYS:
            raise ValueError(f"{label}: plays {entry.get('plays')!r}; known: {' '.join(PLAYS)}")
        if len(entry.get("at", ())) != 2 or len(entry.get("words", ())) != 2:
            raise ValueError(f"{label}: at needs x and y, words Chinese and English")
        posts.append(Post(entry["name"], tuple(entry["words"]), entry["plays"], tuple(entry["at"])))
    for kind, count in PLAYS.items():
        found = sum(post.plays == kind for post in posts)
        if found != count:
            raise ValueError(f"{path.name}: {found} places play the {kind}, the formation has {count}")
    if {post.name for post in posts if post.plays == "gong"} != set(DIRECTIONS):
        raise ValueError(f"{path.name}: the gongs must be {' '.join(DIRECTIONS)}")
    return posts


def guests_direction(x, number, count):
    """Directions a tap lights: by the third of the house, within it by number; a crowd lights more."""
    column = COLUMNS[min(2, max(0, int(x * 3)))]
    if count > 1:
        return column[: min(count, len(column))]
    return (column[number % len(column)],)


def guests_ways(posts):
    """For each third of the house its gongs as [sign, Chinese, English]; its number chooses."""
    words = {post.name: post.words for post in posts}
    return [[[name, *words[name]] for name in column] for column in COLUMNS]


def turned_brass(scale, radius, profile, rgb, rng, *, gloss=0.7):
    """A dish of beaten brass: `profile(rho)` is its height, rho 0 in the middle and 1 at its edge."""
    side = max(7, round(radius * 2.12 * scale))
    at = ((np.arange(side) + 0.5) / side * 2 - 1) * 1.06
    x, y = np.meshgrid(at, at)
    rho = np.hypot(x, y)
    fall = (profile(rho + 0.01) - profile(rho - 0.01)) / 0.02
    dents = raster.blur(rng.standard_normal((side, side)), max(0.6, 0.016 * side))
    dents /= dents.std()
    dy, dx = np.gradient(dents, 2.12 / side)
    n = np.stack(
        [
            -fall * x / np.maximum(rho, 1e-3) - 0.0026 * dx,
            -fall * y / np.maximum(rho, 1e-3) - 0.0026 * dy,
            np.ones_like(x),
        ],
        -1,
    )
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    rings = 1 + 0.06 * np.sin(rho * 120) * (rho > 0.36)
    stain = (1 - 0.07 * np.clip(dents, -1, 2)) * (1 - 0.42 * np.exp(-(((rho - 0.60) / 0.17) ** 6)))
    lit = (0.14 + 0.92 * np.clip(n @ LIGHT, 0, None)) * rings * stain
    shine = 255 * gloss * np.clip(n @ HALF, 0, None) ** 40
    # beaten metal shines in two fans from its middle
    fan = 88 * np.clip(np.cos(2 * (np.arctan2(y, x) + 2.25)), 0, 1) ** 5 * np.clip(rho, 0, 1) * (rho < 0.93)
    rgb = np.asarray(rgb) * lit[..., None] + (shine + fan)[..., None] * np.array([1.0, 0.86, 0.56])
    return sheet(scale, np.clip(rgb, 0, 255), np.clip((1 - rho) * side / 2.12 + 0.5, 0, 1))


def gong_height(rho):
    """A big gong: flat face, raised middle, its rim turned back."""
    return 0.10 * np.exp(-((rho / 0.34) ** 6)) - 0.24 * np.clip((rho - 0.86) / 0.14, 0, 1) ** 2


def cymbal_height(rho):
    """A cymbal: a high cup in the middle of a slow slope."""
    return 0.30 * np.exp(-((rho / 0.30) ** 4)) - 0.10 * rho**2


def player(scale, way, kind, rng):
    """One player from above, looking toward `way`: head-cloth knotted in front, padded jacket, sash."""
    f, s = np.array([np.cos(way), np.sin(way)]), np.array([-np.sin(way), np.cos(way)])
    jacket = GOLD_JACKET if kind == "gong" else JACKET

    def part(ahead, aside, z, along, across, high, rgb, turn=0.0):
        at = ahead * f + aside * s
        return (at[0], at[1], z, along, across, high, way + turn, rgb)

    parts = [part(-4, 0, 0, 25, 40, 22, jacket)]
    parts += [part(14, 34 * h, 2, 27, 12.5, 12, jacket, -0.35 * h) for h in (-1, 1)]  # sleeves
    parts += [part(33, 25 * h, 4, 9, 8, 7, CLOTH) for h in (-1, 1)]  # cuffs
    parts += [part(41, 22 * h, 5, 8, 7.5, 6, FACE) for h in (-1, 1)]
    parts += [
        part(-7 + 7 * i, 23 - 10 * i, 13, 17, 4.2, 13, SASH, 0.9) for i in range(4)
    ]  # sash over a shoulder
    parts += [
        part(-24, 6, 6, 8, 9, 8, SASH),
        part(-33, 12, 3, 10, 5, 5, SASH, 0.4),
        part(-34, 2, 3, 11, 5, 5, SASH, -0.3),
    ]
    parts += [part(9, 0, 26, 8, 9, 8, FACE)]  # brow and nose under the cloth
    parts += [part(0, 0, 27, 18.5, 17, 17, CLOTH)]
    # the towel is wound round the head: three soft rolls, and two ears where it is knotted over the brow
    for turn in np.linspace(0.5, 2 * np.pi - 0.5, 15):
        parts += [part(13.5 * np.cos(turn), 12.5 * np.sin(turn), 33, 4.6, 7.0, 8, CLOTH, turn + 0.35)]
    parts += [part(-1, 0, 36, 9, 8.5, 7, (92, 74, 60))]  # hair at the crown
    parts += [part(18, 5.5 * h, 36, 8.5, 4.2, 6, CLOTH, 0.55 * h) for h in (-1, 1)]
    return solid(
        scale, 124 * BODY, [(*(BODY * v for v in part[:6]), *part[6:]) for part in parts], gloss=0.05
    )


def lay_out(canvas, posts, middle):
    """Lines of pale stone in the floor: the eight ways out from the drum, and the ring of the gongs."""
    gongs = np.array([post.at for post in posts if post.plays == "gong"], float)
    gongs = gongs[np.argsort(np.arctan2(gongs[:, 1], gongs[:, 0]))] + middle
    for wide, rgb in ((5.0, (22, 21, 20)), (2.4, (84, 79, 72))):
        canvas.line(gongs, rgb, wide, closed=True)
        canvas.lines([np.array([middle, spot]) for spot in gongs], rgb, wide)


def name_ways(canvas, posts, middle, letters):
    """The name of each direction set in the floor beside its gong, to be read by whoever plays it."""
    for post in posts:
        if post.plays == "gong":
            x, y = np.array(post.at, float) / np.hypot(*post.at)
            made = letters.line(canvas, post.words[0] if letters.chinese else post.name, 44, (206, 184, 138))
            canvas.stamp(made, middle + post.at + (GONG + 52) * np.array([-y, x]))


def place_posts(canvas, posts, middle, rng):
    """Set players and instruments on a floor, each with its shadow; the drum is painted by others."""
    gong = [turned_brass(canvas.scale, GONG, gong_height, (196, 148, 62), rng) for _ in range(3)]
    disc = [
        turned_brass(canvas.scale, CYMBAL, cymbal_height, (214, 172, 84), rng, gloss=0.9) for _ in range(2)
    ]
    tassel = solid(
        canvas.scale,
        34,
        [
            (0, 0, 0, 8, 8, 7, 0, SASH),
            *((9 * np.cos(a), 9 * np.sin(a), -2, 7, 3, 3, a, SASH) for a in np.arange(7) * 0.9),
        ],
    )
    under = shadow(canvas.scale, 56, dark=0.7, soft=0.35)
    for i, post in enumerate(posts):
        if post.plays == "drum":
            continue
        spot = np.array(post.at) + middle
        out = np.array(post.at) / np.hypot(*post.at)
        away = GONG + 34 if post.plays == "gong" else CYMBAL + 44
        body = spot + out * away
        canvas.stamp(under, body + [12, 14])
        if post.plays == "gong":
            canvas.stamp(shadow(canvas.scale, GONG, dark=0.75, soft=0.2), spot + [11, 13])
            canvas.stamp(player(canvas.scale, np.arctan2(-out[1], -out[0]), "gong", rng), body)
            canvas.stamp(gong[i % 3], spot)
            continue
        side = np.array([-out[1], out[0]])
        canvas.stamp(player(canvas.scale, np.arctan2(-out[1], -out[0]), "cymbal", rng), body)
        for h in (-1, 1):
            at = spot + side * 40 * h + out * 4 * h
            canvas.stamp(shadow(canvas.scale, CYMBAL, dark=0.7, soft=0.2), at + [9, 11])
            canvas.stamp(disc[(h + 1) // 2], at)
            canvas.stamp(tassel, at)


def pools(x, y, posts, middle):
    """(13, h, w) the light of each post's lamp on the cells x (1, w) and y (h, 1)."""
    made = []
    for post in posts:
        px, py = np.array(post.at) + middle
        wide = {"drum": 300.0, "cymbal": 170.0, "gong": 200.0}[post.plays]
        if post.plays != "drum":
            out = np.array(post.at) / np.hypot(*post.at)
            px, py = px + 30 * out[0], py + 30 * out[1]
        rho2 = ((x - px) ** 2 + (y - py) ** 2) / wide**2
        made.append(np.exp(-1.5 * rho2) + 0.10 * np.exp(-0.25 * rho2))
    return np.array(made, np.float32)


def courtyard(middle):
    """Ambient light of the plan: a low pool about the formation."""

    def level(x, y):
        rho2 = ((x - middle[0]) / 900) ** 2 + ((y - middle[1]) / 560) ** 2
        return 0.07 + 0.46 * np.exp(-1.0 * rho2)

    return level
