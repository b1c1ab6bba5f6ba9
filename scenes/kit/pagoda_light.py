"""The pagoda in the picture: pieces seen from the courtyard, and each storey in several lights."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster

FINE = 3  # samples a pixel each way, averaged at the end
LAYERS = 7  # base, five storeys, spire
AWAY, EYE = 150.0, 9.0  # the eye's distance from the axis and its height, in metres


@dataclass(frozen=True)
class Light:
    """How a moment lights the tower; colours as (red, green, blue), 1 = as painted.

    key      colour of the one lamp or the sun
    place    where it is, in metres (x east, y south, z up); a sun: the way to it
    fall     metres from a lamp at which it has half its strength; 0 = a sun
    sky      what comes from above, ground what comes back from below
    haze     colour the tower fades into, and how much of it at its foot and at its top
    """

    place: tuple
    key: tuple
    fall: float
    sky: tuple
    ground: tuple
    haze: tuple = (0, 0, 0)
    thick: tuple = (0.0, 0.0)
    gloss: float = 0.0


LIGHTS = {
    "work": Light(
        (-24, 34, 2), (4.6, 2.9, 1.45), 34, (0.15, 0.20, 0.33), (0.34, 0.23, 0.14), (22, 30, 46), (0.0, 0.30)
    ),
    "storm": Light(
        (-0.6, 0.45, 0.65), (0.34, 0.42, 0.54), 0, (0.46, 0.55, 0.70), (0.12, 0.14, 0.18), (60, 70, 88),
        (0.05, 0.14), 1.2,
    ),
    "dusk": Light(
        (-0.93, 0.25, 0.12), (2.6, 1.35, 0.6), 0, (0.20, 0.22, 0.36), (0.30, 0.18, 0.14), (128, 88, 84),
        (0.14, 0.04), 0.4,
    ),
}  # fmt: skip


class Pictures:
    """Every atom as a sprite, every layer as a picture in each light.

    foot     (x, y) in design units of the tower's axis on the ground
    metre    design units a metre is long at the axis
    """

    def __init__(self, canvas, tower, atoms, lights, foot, metre, rng):
        self.canvas, self.tower, self.foot, self.metre = canvas, tower, foot, metre
        self.atoms = atoms
        k = canvas.scale * FINE
        self._scale = metre * k
        self._foot = np.array(foot) * k
        facets = np.concatenate([f for atom in atoms for f in atom.facets])
        counts = [len(f) for atom in atoms for f in atom.facets]
        paint = np.repeat([p for atom in atoms for p in atom.paint], counts)
        solid = np.repeat([s for atom in atoms for s in atom.solid], counts)
        open_ = np.repeat(np.array([o for atom in atoms for o in atom.open], np.float32), counts, axis=0)
        self.starts = np.cumsum([0] + [sum(map(len, atom.facets)) for atom in atoms])
        middle = facets.mean(axis=1).astype(np.float32)
        eye = np.array((0, AWAY, EYE), np.float32) - middle
        normals = _normals(facets)
        facing = (normals * eye).sum(axis=1)
        normals = np.where(~solid[:, None] & (facing < 0)[:, None], -normals, normals)
        self.seen = ~solid | (facing > 0)
        self.outlines = self.project(facets)
        self.order = facets[..., 1].mean(axis=1) - 0.02 * facets[..., 2].mean(axis=1)
        self.windows = np.append(False, paint == "window")
        names = {name: np.array(rgb, np.float32) / 255 for name, rgb in tower.colours.items()}
        names |= {"window": np.float32((0.26, 0.20, 0.14)), "plaque": np.float32((0.07, 0.09, 0.16))}
        wear = 1 + 0.13 * rng.standard_normal(len(paint)).astype(np.float32).clip(-2, 2)
        albedo = np.array([names[p] for p in paint]) * wear[:, None]
        gloss = np.isin(paint, ("tile", "ridge", "iron")).astype(np.float32)
        self.tables = {
            name: _table(light, albedo, normals, open_, middle, gloss, tower.height)
            for name, light in lights.items()
        }
        self._see(lights)

    def project(self, points):
        """Places (n, 3) in metres as fine pixels (n, 2)."""
        p = np.asarray(points, float)
        near = AWAY / (AWAY - p[..., 1])
        x = p[..., 0] * near
        y = EYE + (p[..., 2] - EYE) * near
        return self._foot + np.stack([x, -y], -1) * self._scale

    def place(self, point):
        """One place in metres as design units."""
        return self.project(np.array(point)) / (self.canvas.scale * FINE)

    def letter(self, letters):
        """Write the plaque, in every light, as the eye sees it from the court."""
        n = next(i for i, atom in enumerate(self.atoms) if atom.kind == "plaque")
        at, size = self.corners[n], np.array(self.sprites[n].px.shape[1::-1])
        storey = self.atoms[n].storey
        spot = (at + size / 2 - self.blocks[storey]) / self.canvas.scale
        high = 0.60 * size[1] / self.canvas.scale / max(1, len(self.tower.plaque)) / 1.16
        own = size / 2 / self.canvas.scale
        for name, tone in (("work", (150, 112, 52)), ("storm", (112, 104, 78)), ("dusk", (190, 140, 66))):
            words = letters.column(self.canvas, self.tower.plaque, high, tone)
            self.sheets[name][storey].stamp(words, spot)
            if name == "work":
                self.sprites[n].stamp(words, own)

    def _see(self, lights):
        """Draw all atoms: their sprites in the first light, and the layers' fields of facet numbers."""
        first = next(iter(lights))
        spans = [self._span(n) for n in range(LAYERS)]
        fields = [np.zeros(tuple((high - low)[::-1] * FINE), np.int32) for low, high in spans]
        self.blocks = np.array([low for low, _ in spans])
        self.sprites, self.corners = [], []
        for index, atom in enumerate(self.atoms):
            sprite, corner = self._atom(index, atom, fields[atom.storey], first)
            self.sprites.append(sprite)
            self.corners.append(corner)
        self.seams = []
        self.sheets = {name: [self._sheet(f, table) for f in fields] for name, table in self.tables.items()}
        self.glow = [self._lamps(f) for f in fields]

    def _span(self, layer):
        """The corners (x, y) in pixels of the part of the picture a layer may touch."""
        own = [n for n, atom in enumerate(self.atoms) if atom.storey == layer]
        at = np.concatenate([self.outlines[self.starts[n] : self.starts[n + 1]] for n in own]) / FINE
        return np.floor(at.min(axis=(0, 1))).astype(int) - 2, np.ceil(at.max(axis=(0, 1))).astype(int) + 3

    def _atom(self, index, atom, field, light):
        start, end = self.starts[index], self.starts[index + 1]
        seen = start + np.flatnonzero(self.seen[start:end])
        if not atom.layered:
            seen = seen[np.argsort(self.order[seen], kind="stable")]
        outlines = self.outlines[seen]
        low = np.floor(outlines.min(axis=(0, 1)) / FINE).astype(int) - 1
        high = np.ceil(outlines.max(axis=(0, 1)) / FINE).astype(int) + 1
        small = np.zeros(((high[1] - low[1]) * FINE, (high[0] - low[0]) * FINE), np.int32)
        raster.facets(small, outlines - low * FINE, seen + 1)
        x, y = (low - self.blocks[atom.storey]) * FINE
        block = field[y : y + small.shape[0], x : x + small.shape[1]]
        np.copyto(block, small, where=small > 0)
        return self._sheet(small, self.tables[light]), low

    def _sheet(self, field, table):
        """A field of facet numbers as a premultiplied sheet."""
        h, w = field.shape
        out = Canvas((w // FINE, h // FINE), scale=self.canvas.scale, clear=True)
        fine = table[field].view(np.uint8).reshape(h, w, 4)
        out.px[:] = raster.resize(fine, (w // FINE, h // FINE))
        return out

    def _lamps(self, field):
        """What shines when lamps are lit behind the doors of a layer."""
        table = np.where(self.windows, np.uint32(0xFFE8A24A), np.uint32(0)).astype(np.uint32)
        return self._sheet(field, table)


def _normals(facets):
    total = np.cross(facets[:, 1:-1] - facets[:, :1], facets[:, 2:] - facets[:, :1]).sum(axis=1)
    return (total / np.maximum(1e-9, np.linalg.norm(total, axis=1, keepdims=True))).astype(np.float32)


def _table(light, albedo, normals, open_, middle, gloss, height):
    """Packed BGRA of every facet number; 0 is clear."""
    n = normals
    way = np.array(light.place, np.float32) - (middle if light.fall > 0 else 0)
    away = np.linalg.norm(way, axis=-1, keepdims=True)
    way = np.broadcast_to(way / away, n.shape)
    key = np.clip((n * way).sum(axis=1), 0, 1) * (
        open_[:, 1] if light.fall > 0 else 0.35 + 0.65 * open_[:, 0]
    )
    if light.fall > 0:
        key = key / (1 + (away[:, 0] / light.fall) ** 2)
    up = (0.5 + 0.5 * n[:, 2]) * open_[:, 0]
    down = (0.5 - 0.5 * n[:, 2]) * open_[:, 1]
    total = (
        key[:, None] * np.array(light.key)
        + up[:, None] * np.array(light.sky)
        + down[:, None] * np.array(light.ground)
    )
    rgb = albedo * total
    half = way + np.array((0, 1, 0.05), np.float32)
    half = half / np.linalg.norm(half, axis=1, keepdims=True)
    shine = gloss * light.gloss * np.clip((n * half).sum(axis=1), 0, 1) ** 12 * open_[:, 0]
    rgb = 1 - np.exp(-1.5 * (rgb + shine[:, None] * np.array(light.sky)))
    share = np.clip(middle[:, 2] / height, 0, 1)[:, None]
    thick = light.thick[0] + (light.thick[1] - light.thick[0]) * share
    rgb = rgb + (np.array(light.haze) / 255 - rgb) * thick
    r, g, b = (np.clip(rgb, 0, 1).T * 255).astype(np.uint32)
    packed = np.zeros(len(rgb) + 1, np.uint32)
    packed[1:] = np.uint32(0xFF000000) | (r << 16) | (g << 8) | b
    return packed
