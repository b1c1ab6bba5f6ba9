"""Parts of a leather figure as pictures of the light they let through: hide, dyes, cuts, edges."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster

BLACK = (0x1B, 0x12, 0x10)
EDGE = 0.75  # how much of the light an edge takes
POOL = 6.0  # du over which dye gathers towards every cut edge
_WHITE = (255, 255, 255)
_EDGE_COLOUR = tuple(round(255 * (1 - EDGE * (1 - c / 255))) for c in BLACK)


@dataclass(frozen=True)
class Piece:
    """A dyed part: gels of it, sharp and held ever further from the window.

    Each comes with the size of its pixels and the place of its corner in the figure's own units.
    """

    gels: tuple[tuple[raster.Gel, float, tuple[float, float]], ...]

    def moved(self, shift):
        """The same leather cut for a place `shift` (du) away; it turns by itself, so its gels are its own."""
        return Piece(
            tuple((raster.Gel(g.picture), k, (x + shift[0], y + shift[1])) for g, k, (x, y) in self.gels)
        )


def dye_all(parts, dyes, scale, mottle):
    """{name: Piece}; parts cut after one pattern in one dye are dyed once."""
    pieces, patterns = {}, {}
    for part in parts:
        origin, key = part.outline[0], _pattern(part)
        if key in patterns:
            at, piece = patterns[key]
            pieces[part.name] = piece.moved(tuple(float(v) for v in origin - at))
        else:
            pieces[part.name] = dye(part, dyes, scale, mottle)
            patterns[key] = origin, pieces[part.name]
    return pieces


def _pattern(part):
    """What makes two pieces of leather alike wherever they lie: shapes and dyes, to a hundredth of a unit."""
    start = part.outline[0]
    shapes = [part.outline, *(o for m in part.marks for o in m.outlines)]
    cut = b"".join(np.round((o - start) * 100).astype(np.int32).tobytes() for o in shapes)
    pared = tuple((round(x - start[0], 2), round(y - start[1], 2), r) for x, y, r in part.pared)
    return part.dye, part.edge, tuple((m.kind, m.dye, m.width) for m in part.marks), cut, pared


def dye(part, dyes, scale, mottle, blurs=(1.8, 4.2)):
    """The Piece of a part. `mottle` (h, w) in -1..1 is a hide's cloudiness.

    White is no leather; overlapping pieces multiply, as light through two skins does.
    """
    outlines = [part.outline, *(o for m in part.marks if m.kind != "cut" for o in m.outlines)]
    room = max(blurs) * 2.2
    low = np.min([o.min(axis=0) for o in outlines], axis=0) - part.edge - room
    high = np.max([o.max(axis=0) for o in outlines], axis=0) + part.edge + room
    size = tuple(int(v) for v in np.ceil((high - low) * scale))
    colour, leather = (Canvas(size, scale=scale) for _ in range(2))
    _cut_and_colour(colour, leather, part, dyes, low)
    light = _through(colour, leather, part, low, mottle, scale)
    spare = int(room * scale)  # only what is blurred needs room about it
    pictures = [_picture(light[spare : size[1] - spare, spare : size[0] - spare], low + spare / scale, scale)]
    pictures += [_picture(raster.blur(light, sigma * scale), low, scale) for sigma in blurs]
    return Piece(tuple(pictures))


def _cut_and_colour(colour, leather, part, dyes, low):
    """Dye, seams and cuts on `colour`, in the order of the file; white where leather is, on `leather`."""
    colour.fill(_WHITE)
    leather.fill((0, 0, 0))
    _skin(colour, leather, part.outline - low, dyes[part.dye], part.edge)
    for mark in part.marks:
        for outline in (o - low for o in mark.outlines):
            if mark.kind == "patch":
                _skin(colour, leather, outline, dyes[mark.dye], mark.width)
            elif mark.kind == "cut":
                leather.polygon(outline, (0, 0, 0))
            elif mark.kind == "line":
                colour.line(outline, BLACK, mark.width, closed=mark.closed)
                leather.line(outline, _WHITE, mark.width, closed=mark.closed)
            else:
                colour.polygon(outline, BLACK)
                leather.polygon(outline, _WHITE)


def _skin(colour, leather, outline, light, edge):
    """A piece of hide in its dye with a black edge."""
    colour.polygon(outline, tuple(round(255 * float(v)) for v in light))
    colour.line(outline, _EDGE_COLOUR, edge, closed=True)
    leather.polygon(outline, _WHITE)
    leather.line(outline, _WHITE, edge, closed=True)


def _through(colour, leather, part, low, mottle, scale):
    """Light let through (h, w, 3), 0..1: dye thicker at cut edges, hide cloudy, pared at joints."""
    solid = leather.px[..., 0]
    depth = raster.distance(solid > 127) * np.float32(-1 / (POOL * scale))
    h, w = depth.shape
    cloudy = mottle[np.arange(h)[:, None] % len(mottle), np.arange(w) % mottle.shape[1]]
    thickness = 0.92 + 0.42 * np.exp(depth) + 0.10 * cloudy
    _pare(thickness, part, low, scale)
    # dyes are few: the power is looked up, 64 thicknesses of 256 lights
    table = (np.maximum(np.arange(256) / 255, 0.02)[None] ** np.linspace(0.2, 1.6, 64)[:, None]).astype(
        np.float32
    )
    step = np.clip((thickness - 0.2) * (63 / 1.4), 0, 63).astype(np.uint8)
    light = table[step[..., None], colour.px[..., :3]]
    light -= 1
    light *= solid.astype(np.float32)[..., None] / 255
    light += 1
    return light


def _pare(thickness, part, low, scale):
    """Makers scrape the hide thin where two pieces lie over each other, so the joint is no darker."""
    h, w = thickness.shape
    for x, y, radius in part.pared:
        cx, cy, r = (x - low[0]) * scale, (y - low[1]) * scale, radius * scale
        x0, x1 = max(0, int(cx - 1.5 * r)), min(w, int(cx + 1.5 * r))
        y0, y1 = max(0, int(cy - 1.5 * r)), min(h, int(cy + 1.5 * r))
        if x1 <= x0 or y1 <= y0:
            continue
        rho2 = ((np.arange(x0, x1) - cx)[None] ** 2 + (np.arange(y0, y1) - cy)[:, None] ** 2) / r**2
        thickness[y0:y1, x0:x1] *= 1 - 0.55 * np.exp(-(rho2**2))


def _picture(light, corner, scale):
    out = Canvas((light.shape[1], light.shape[0]), scale=scale)
    out.px[..., :3] = np.clip(light * 255 + 0.5, 0, 255)
    return raster.Gel(out), 1 / scale, (float(corner[0]), float(corner[1]))
