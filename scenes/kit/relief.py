"""Stone relief from outlines: each layer swells up from its own edge by its distance to it."""

import tomllib

import numpy as np

from engine import Canvas, raster
from scenes.kit.path import read_path

PAINTS = ("", "red", "malachite", "gold")
SHAPES = ("path", "limb", "disc", "cut")


class Relief:
    """A block of stone under the chisel: height in design units and which paint lies where.

    origin  where (0, 0) of the outlines is, in design units from the block's top left
    height  (h, w) float32
    paint   (h, w) uint8, index into PAINTS
    sway    (h, w) float32 0..1, how freely each place moves in the wind
    solid   (h, w) bool, where any layer is
    """

    def __init__(self, size, origin, scale):
        width, height = size
        self.scale, self.origin = scale, np.asarray(origin, float)
        self.size = (max(2, round(width * scale)), max(2, round(height * scale)))
        shape = self.size[::-1]
        self.height = np.zeros(shape, np.float32)
        self.paint = np.zeros(shape, np.uint8)
        self.sway = np.zeros(shape, np.float32)
        self.solid = np.zeros(shape, bool)

    def carve(self, layers, *, turn=0.0, pivot=(0, 0)):
        """Lay all layers of a figure, turned by `turn` degrees about `pivot`."""
        angle = np.radians(turn)
        spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        for layer in layers:
            for outline in layer.outlines:
                points = (outline - pivot) @ spin + pivot + self.origin
                if layer.cut:
                    self.cut(points, layer.width, layer.depth)
                else:
                    self.swell(points, layer)

    def swell(self, points, layer):
        """Add a rounded mass; the higher of old and new stone stays."""
        part = self._part(points, 2)
        if part is None:
            return
        rows, columns = part
        sheet = Canvas((columns.stop - columns.start, rows.stop - rows.start), scale=self.scale)
        corner = (columns.start / self.scale, rows.start / self.scale)
        inside = raster.mask(sheet, [points - corner]) > 127
        rim = np.clip(raster.distance(inside) / (layer.edge * self.scale), 0, 1)
        rise = layer.z + layer.round * np.sqrt(1 - (1 - rim) ** 2)
        old = self.height[rows, columns]
        new = inside & (rise > old)
        old[new] = rise[new]
        self.paint[rows, columns][new] = PAINTS.index(layer.paint)
        self.sway[rows, columns][new] = layer.sway
        self.solid[rows, columns] |= inside

    def cut(self, points, width, depth):
        """Cut a line into the stone; a negative depth leaves a raised one."""
        part = self._part(points, width + 2)
        if part is None:
            return
        rows, columns = part
        sheet = Canvas((columns.stop - columns.start, rows.stop - rows.start), scale=self.scale)
        sheet.line(points - (columns.start / self.scale, rows.start / self.scale), (255, 255, 255), width)
        share = raster.blur(sheet.px[..., 0], 0.35 * width * self.scale) / np.float32(255)
        self.height[rows, columns] -= share * depth * self.solid[rows, columns]

    def _part(self, points, margin):
        """The rows and columns an outline covers, or None outside the block."""
        low = np.floor((points.min(axis=0) - margin) * self.scale).astype(int)
        high = np.ceil((points.max(axis=0) + margin) * self.scale).astype(int) + 1
        low, high = np.maximum(low, 0), np.minimum(high, self.size)
        if (high - low < 2).any():
            return None
        return slice(low[1], high[1]), slice(low[0], high[0])

    def shrunk(self, scale):
        """The same block at a coarser scale, areas averaged: the chisel's edges come out clean."""
        out = Relief((1, 1), self.origin, scale)
        share = scale / self.scale
        out.size = tuple(max(2, round(n * share)) for n in self.size)
        out.height = raster.resize(self.height, out.size).astype(np.float32)
        cover = raster.resize(self.solid.astype(np.float32), out.size)
        out.cover, out.solid = cover.astype(np.float32), cover > 0.5
        out.sway = raster.resize(self.sway, out.size).astype(np.float32)
        out.paint = raster.resize(self.paint, out.size, smooth=False)
        return out


class Layer:
    """One entry of a figure's file; see assets/stone/musicians.toml for the fields."""

    def __init__(self, entry):
        kinds = [shape for shape in SHAPES if shape in entry]
        if len(kinds) != 1:
            raise ValueError(f"layer needs exactly one of {', '.join(SHAPES)}: {entry}")
        known = {*kinds, "z", "round", "edge", "paint", "mirror", "width", "depth", "sway"}
        if set(entry) - known:
            raise ValueError(f"layer has unknown {', '.join(sorted(set(entry) - known))}: {entry}")
        kind = kinds[0]
        self.cut = kind == "cut"
        self.z, self.round = float(entry.get("z", 0)), float(entry.get("round", 0))
        self.edge = max(0.5, float(entry.get("edge", 4)))
        self.width, self.depth = float(entry.get("width", 1)), float(entry.get("depth", 1.5))
        self.sway, self.paint = float(entry.get("sway", 0)), entry.get("paint", "")
        if self.paint not in PAINTS:
            raise ValueError(f"paint {self.paint!r} is not one of red, malachite, gold")
        first = outline(kind, entry[kind])
        self.outlines = [first, first * (-1, 1)] if entry.get("mirror") else [first]


def outline(kind, text):
    """Points (n, 2) of a path, a limb or a disc."""
    if kind in ("path", "cut"):
        path = read_path(text)
        if kind == "path" and not path.closed:
            raise ValueError(f"path {text[:36]!r} is open; end it with Z")
        return np.vstack([path.points, path.points[:1]]) if path.closed else path.points
    numbers = np.array([float(word) for word in text.split()])
    if kind == "disc":
        if len(numbers) != 4:
            raise ValueError(f"disc {text!r} needs x y width height")
        t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        return numbers[:2] + numbers[2:] * np.column_stack([np.cos(t), np.sin(t)])
    if len(numbers) < 6 or len(numbers) % 3:
        raise ValueError(f"limb {text[:36]!r} needs x y radius for two places or more")
    return tube(numbers.reshape(-1, 3))


def tube(knots):
    """Outline of a tapering limb, round at both ends, through (n, 3) x, y, radius."""
    words = " ".join(f"{x:g} {y:g}" for x, y in knots[1:, :2])
    middle = read_path(f"M {knots[0, 0]:g} {knots[0, 1]:g} R {words}").points
    t = np.linspace(0, len(knots) - 1, len(middle))
    radius = np.interp(t, np.arange(len(knots)), knots[:, 2])
    way = np.gradient(middle, axis=0)
    way /= np.maximum(np.linalg.norm(way, axis=1), 1e-6)[:, None]
    side = np.column_stack([-way[:, 1], way[:, 0]]) * radius[:, None]
    turn = np.linspace(0, np.pi, 9)[1:-1, None]
    end = middle[-1] + side[-1] * np.cos(turn) + way[-1] * radius[-1] * np.sin(turn)
    start = middle[0] - side[0] * np.cos(turn) - way[0] * radius[0] * np.sin(turn)
    return np.vstack([middle + side, end, (middle - side)[::-1], start])


def read_layers(path, parts, *, musicians=False):
    """The named lists of layers in a figure's file, and its musicians as read.

    ValueError names the file, the entry and what is wrong with it.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {part: _layers(path.name, part, data.get(part, [])) for part in parts}
    if not musicians:
        return found
    players = data.get("musician", [])
    if not players:
        raise ValueError(f"{path.name}: there is no [[musician]]")
    for player in players:
        name = player.get("name", "?")
        for field in ("name", "zh", "sound", "near", "far", "layers"):
            if field not in player:
                raise ValueError(f"{path.name}: musician {name!r} has no {field}")
        player["layers"] = _layers(path.name, f"musician {name!r}", player["layers"])
        arms = []
        for field in ("near", "far"):
            words = player[field].split()
            x, y, r = (float(word) for word in words[-3:])
            for piece in (words[:6], words[3:]):
                arms.append({"limb": " ".join(piece), "z": 17, "round": 13, "edge": 6})
            arms.append({"disc": f"{x} {y} {r * 1.15} {r}", "z": 29, "round": 7, "edge": 4})
            arms.append({"cut": _fingers(x, y, r), "width": 0.8, "depth": 1.8})
        player["arms"] = _layers(path.name, f"musician {name!r} arms", arms)
    return found, players


def _fingers(x, y, r):
    """A zigzag of cuts that parts the fingers of a hand."""
    return (
        f"M {x - 0.9 * r:g} {y - 0.4 * r:g} L {x + 0.9 * r:g} {y - 0.45 * r:g} "
        f"L {x - 0.9 * r:g} {y + 0.1 * r:g} L {x + 0.9 * r:g} {y + 0.2 * r:g}"
    )


def _layers(file, part, entries):
    if not entries:
        raise ValueError(f"{file}: {part} has no layers")
    layers = []
    for number, entry in enumerate(entries, 1):
        try:
            layers.append(Layer(entry))
        except (ValueError, TypeError) as wrong:
            raise ValueError(f"{file}: {part}, layer {number}: {wrong}") from None
    return layers
