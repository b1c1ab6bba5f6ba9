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
    """A dyed part: its pictures, sharp and held ever further from the window, and its place.

    corner  design units of the picture's top left corner in the figure's own frame
    scale   pixels per design unit of the figure
    """

    pictures: tuple[Canvas, ...]
    corner: tuple[float, float]
    scale: float


def dye(part, dyes, scale, mottle, blurs=(1.8, 4.2)):
    """The Piece of a part. `mottle` (h, w) in -1..1 is a hide's cloudiness, larger than any part.

    White is no leather; overlapping pieces multiply, as light through two skins does.
    """
    outlines = [part.outline, *(o for m in part.marks if m.kind == "patch" for o in m.outlines)]
    margin = part.edge + max(blurs, default=0.0) * 2.5
    low = np.min([o.min(axis=0) for o in outlines], axis=0) - margin
    high = np.max([o.max(axis=0) for o in outlines], axis=0) + margin
    size = tuple(int(v) for v in np.ceil((high - low) * scale))
    colour, leather = (Canvas(size, scale=scale) for _ in range(2))
    _cut_and_colour(colour, leather, part, dyes, low)
    light = _through(colour, leather, mottle, scale)
    pictures = [_picture(light, scale)]
    pictures += [_picture(raster.blur(light, sigma * scale), scale) for sigma in blurs]
    return Piece(tuple(pictures), (float(low[0]), float(low[1])), scale)


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


def _through(colour, leather, mottle, scale):
    """Light let through (h, w, 3), 0..1: dye thicker at cut edges and where the hide is cloudy."""
    share = leather.px[..., 0].astype(np.float32)[..., None] / 255
    depth = raster.distance(leather.px[..., 0] > 127) / np.float32(POOL * scale)
    h, w = depth.shape
    cloudy = mottle[np.arange(h)[:, None] % mottle.shape[0], np.arange(w) % mottle.shape[1]]
    thickness = 0.92 + 0.42 * np.exp(-depth) + 0.10 * cloudy
    light = np.maximum(colour.px[..., :3].astype(np.float32) / 255, 0.02)
    np.power(light, thickness[..., None], out=light)
    return 1 - share * (1 - light)


def _picture(light, scale):
    out = Canvas((light.shape[1], light.shape[0]), scale=scale)
    out.px[..., :3] = np.clip(light * 255 + 0.5, 0, 255)
    return out
