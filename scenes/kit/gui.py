"""The gui tablet 圭 cut from a leaf: a pentagon 1 : 3.2, five strokes of a knife, what they set free."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Canvas, ink, raster
from scenes.kit.tung import read_table

STROKES = ("left", "rise", "fall", "right", "base")
TABLES = {
    "leaf": ("heart", "rim", "vein"),
    "jade": ("body", "light", "edge"),
    "bronze": ("body", "light", "dark", "patina"),
}


@dataclass(frozen=True)
class Plan:
    """A gui file: proportions in leaf lengths, strokes (name, cut s, rest s), colours by table and name."""

    ratio: float
    apex: float
    height: float
    foot: float
    strokes: tuple
    greens: tuple
    colours: dict

    @property
    def corners(self):
        """Base left, left shoulder, apex, right shoulder, base right; origin the leaf's foot, y down."""
        half = self.height / self.ratio / 2
        low, high = -self.foot, -self.foot - self.height
        shoulder = high + self.apex * self.height
        return np.array([(-half, low), (-half, shoulder), (0, high), (half, shoulder), (half, low)])

    @property
    def seconds(self):
        """From the first touch of the knife to the last."""
        return sum(cut + rest for _, cut, rest in self.strokes)

    def knife(self, t):
        """Where the point is `t` seconds after the first touch: (place, stroke, share of it)."""
        path = np.vstack([self.corners, self.corners[:1]])
        for k, (_, cut, rest) in enumerate(self.strokes):
            if t < cut + rest:
                share = min(1.0, t / cut)
                share = share * share * (3 - 2 * share)
                return path[k] + (path[k + 1] - path[k]) * share, k, share
            t -= cut + rest
        return path[-1], len(self.strokes), 1.0


def read_plan(path):
    """Read a gui file. Mistakes raise ValueError naming file and entry."""
    table = read_table(path)

    def wrong(entry, reason):
        return ValueError(f"{path.name}: {entry}: {reason}")

    numbers = []
    for name, low, high in (("ratio", 2, 6), ("apex", 0.05, 0.5), ("height", 0.3, 0.95), ("foot", -0.1, 0.3)):
        value = table.get(name)
        if not isinstance(value, int | float) or not low <= value <= high:
            raise wrong(name, f"{value!r} must lie in {low}..{high}")
        numbers.append(float(value))
    strokes = tuple((s.get("name"), s.get("cut"), s.get("rest")) for s in table.get("strokes", []))
    if tuple(name for name, _, _ in strokes) != STROKES:
        raise wrong("strokes", f"must be {', '.join(STROKES)}, in this order")
    if not all(isinstance(v, int | float) and v > 0 for _, *both in strokes for v in both):
        raise wrong("strokes", "cut and rest must be seconds above 0")

    def colour(text, entry):
        try:
            return ink.hex_colour(str(text))
        except ValueError as error:
            raise wrong(entry, str(error)) from None

    greens = tuple(colour(c, f"greens {n}") for n, c in enumerate(table.get("greens", []), 1))
    if len(greens) != 6:
        raise wrong("greens", f"six are needed, found {len(greens)}")
    colours = {
        name: {k: colour(table.get(name, {}).get(k), f"{name}.{k}") for k in keys}
        for name, keys in TABLES.items()
    }
    return Plan(*numbers, strokes, greens, colours)


class Cutting:
    """The leaf in every stage of being cut, and the pieces each stroke sets free.

    stages  six sheets of the leaf's size: whole, then without what the strokes so far set free
    pieces  (stroke that frees it, sheet, its middle from the leaf's foot in design units)
    tablet  what is left, cropped; its middle likewise in `tablet_at`
    """

    def __init__(self, leaf, plan):
        self.leaf, self.plan = leaf, plan
        self.stages = [leaf.sheet]
        self.pieces = []
        for stroke, name in enumerate(STROKES):
            stage = _copy(self.stages[-1])
            for region in _regions(plan)[name]:
                cover = self._cover(region)
                self.pieces.append((stroke, *self._cropped(cover)))
                np.copyto(
                    stage.px, (stage.px * (255 - cover[..., None].astype(np.uint16)) // 255), casting="unsafe"
                )
            self.stages.append(stage)
        self.tablet, self.tablet_at = self._cropped(self._cover(plan.corners))

    def _cover(self, region):
        k = self.leaf.length
        return raster.mask(
            self.leaf.sheet, [np.array(region) * k + np.array(self.leaf.foot) / self.leaf.sheet.scale]
        )

    def _cropped(self, cover):
        """The part of the leaf under a mask, on a sheet of its own, and where its middle lies."""
        px = self.leaf.sheet.px * cover[..., None].astype(np.uint16) // 255
        rows, columns = np.flatnonzero(px[..., 3].any(1)), np.flatnonzero(px[..., 3].any(0))
        a, b = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, 1)
        c, d = (int(columns[0]), int(columns[-1]) + 1) if columns.size else (0, 1)
        sheet = Canvas((d - c, b - a), scale=self.leaf.sheet.scale, clear=True)
        np.copyto(sheet.px, px[a:b, c:d], casting="unsafe")
        middle = (np.array([(c + d) / 2, (a + b) / 2]) - self.leaf.foot) / sheet.scale
        return sheet, middle

    def hardened(self, colours, steps=12):
        """The tablet turning from leaf to jade in `steps` sheets; its veins stay in the stone."""
        h, w = self.tablet.px.shape[:2]
        alpha = self.tablet.px[..., 3:].astype(np.float32) / 255
        leaf = self.tablet.px[..., :3].astype(np.float32)
        tone = leaf.mean(-1, keepdims=True) / max(1.0, float(leaf.mean()) * 1.6)
        y, x = np.mgrid[:h, :w].astype(np.float32)
        depth = raster.distance(alpha[..., 0] > 0.5) / (0.030 * self.leaf.length * self.tablet.scale)
        bevel = np.clip(1 - depth, 0, 1)
        under = h - y < np.minimum(x, w - x)  # nearest to the foot, which lies in shade
        side = np.where(under, -0.8, np.where(x < w / 2, 1.0, -0.55)) * bevel
        sheen = np.exp(-(((x / w - 0.34 + 0.10 * y / h) / 0.16) ** 2))
        body, bright, edge = (np.array(colours[k][::-1], np.float32) for k in ("body", "light", "edge"))
        stone = body * (0.66 + 0.34 * np.clip(tone, 0, 2)) * (1.06 - 0.34 * y / h)[..., None]
        stone = stone + (bright - stone) * np.clip(0.40 * sheen + 0.62 * np.clip(side, 0, 1), 0, 1)[..., None]
        stone = stone + (edge - stone) * np.clip(0.70 * np.clip(-side * 1.6, 0, 1), 0, 1)[..., None]
        made = []
        for share in np.linspace(0, 1, steps, dtype=np.float32):
            sheet = Canvas((w, h), scale=self.tablet.scale, clear=True)
            mixed = leaf * (1 - share) + stone * alpha * share
            np.copyto(sheet.px[..., :3], np.minimum(mixed, 255 * alpha), casting="unsafe")
            sheet.px[..., 3] = self.tablet.px[..., 3]
            made.append(sheet)
        return made


def _regions(plan):
    """What each stroke sets free, as outlines wider than the leaf."""
    (x, low), (_, shoulder), (_, high) = plan.corners[:3]
    way = np.array(
        [(x, low - 0.02), (-1.3, low - 0.02 - 0.545 * (1.3 + x))]
    )  # from the tablet out through the bay
    upper = np.array([(x, -1.4), way[0], way[1], (-1.3, -1.4)])
    under = np.array([way[0], way[1], (-1.3, 0.9), (x, 0.9)])
    corner = np.array([(0, high), (x, shoulder), (x, -1.4), (0, -1.4)])
    mirror = np.array([-1, 1])
    base = np.array([(x, low), (-x, low), (-x, 0.9), (x, 0.9)])
    return {
        "left": (upper, under),
        "rise": (corner,),
        "fall": (corner * mirror,),
        "right": (upper * mirror, under * mirror),
        "base": (base,),
    }


def _copy(sheet):
    out = Canvas(sheet.surface.get_size(), scale=sheet.scale, clear=True)
    np.copyto(out.px, sheet.px)
    return out


def knife(canvas, colours):
    """A small bronze knife with a ring at its end, its point at the sheet's upper left: (sheet, shadow)."""
    sheet = canvas.sheet(330, 330)
    t = np.linspace(0, 1, 13)
    start, end = np.array([6.0, 6.0]), np.array([206.0, 186.0])
    along = (end - start) / np.hypot(*(end - start))
    across = np.array([-along[1], along[0]])
    back = start + np.outer(t, end - start) + np.outer(-9 * np.sin(math.pi * t**0.8) - 7 * t, across)
    edge = start + np.outer(t, end - start) + np.outer(9 * np.sin(math.pi * t**0.7) ** 0.8 + 7 * t, across)
    sheet.polygon(np.vstack([back, edge[::-1]]), colours["body"])
    ridge = back * 0.55 + edge * 0.45
    sheet.polygon(np.vstack([ridge, edge[::-1]]), ink.mix(colours["body"], colours["light"], 0.5))
    sheet.line(edge, colours["light"], 2.6)
    sheet.line(back, colours["dark"], 3.0)
    grip = [
        end + across * -10,
        end + across * 10,
        end + along * 82 + across * 8,
        end + along * 82 + across * -8,
    ]
    sheet.polygon(grip, colours["body"])
    for k in range(9):
        at = end + along * (8 + 8.4 * k)
        sheet.line([at - across * 9, at + across * 9], colours["dark"] if k % 2 else colours["patina"], 3.2)
    sheet.line([grip[0], grip[3]], colours["light"], 1.6)
    ring = end + along * 102
    sheet.ring(tuple(ring), 19, colours["dark"], 11)
    sheet.ring(tuple(ring), 19, colours["body"], 8)
    sheet.ring(tuple(ring - 1.5), 19, colours["light"], 1.6)
    soft = raster.blur(sheet.px[..., 3].astype(np.float32) / 255, 7 * canvas.scale)
    return sheet, raster.tint(0.55 * soft, (0, 0, 0), canvas.scale)
