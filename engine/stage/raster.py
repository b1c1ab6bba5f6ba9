"""Picture arithmetic for setup time: masks, blurs, islands, turned and scaled pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from engine.stage.canvas import Canvas, Points

Field = npt.NDArray[np.float32]
Mask = npt.NDArray[np.uint8]
Picture = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | Field


def mask(canvas: Canvas, outlines: Iterable[Points]) -> Mask:
    """Coverage 0..255 (h, w) of closed outlines in design units; overlaps of two are holes."""
    sheet = Canvas(canvas.surface.get_size(), scale=canvas.scale)
    sheet.polygons(outlines, (255, 255, 255))
    return sheet.px[..., 0].copy()


def blur(field: npt.NDArray[np.generic], sigma: float | tuple[float, float]) -> Field:
    """Gaussian blur of an (h, w) or (h, w, n) array, sigma in pixels or (x, y)."""
    sx, sy = sigma if isinstance(sigma, tuple) else (sigma, sigma)
    if sx <= 0 and sy <= 0:
        return np.asarray(field, np.float32)
    source = np.asarray(field, np.float32)
    return np.asarray(
        cv2.GaussianBlur(source, (0, 0), sigmaX=max(sx, 0.01), sigmaY=max(sy, 0.01)), np.float32
    )


def resize(
    field: npt.NDArray[np.generic], size: tuple[int, int], *, smooth: bool = True
) -> npt.NDArray[np.generic]:
    """The array scaled to (width, height) pixels; areas are averaged when it shrinks."""
    h, w = field.shape[:2]
    shrinking = size[0] * size[1] < w * h
    how = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    how = how if smooth else cv2.INTER_NEAREST
    return cv2.resize(np.asarray(field), size, interpolation=how)  # type: ignore[arg-type]


def islands(solid: npt.NDArray[np.bool_]) -> tuple[int, npt.NDArray[np.int32]]:
    """Count and labels 1..count of the connected pieces of a boolean picture; 0 is empty."""
    count, labels = cv2.connectedComponents(solid.astype(np.uint8), connectivity=8)
    return count - 1, np.asarray(labels, np.int32)


def distance(solid: npt.NDArray[np.bool_]) -> Field:
    """For every solid pixel its distance in pixels to the nearest empty one."""
    return np.asarray(cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 5), np.float32)


def turned(picture: Canvas, angle: float, *, stretch: tuple[float, float] = (1.0, 1.0)) -> Canvas:
    """`picture` stretched, then turned clockwise by `angle` radians about its centre, uncropped."""
    h, w = picture.px.shape[:2]
    c, s = np.cos(angle), np.sin(angle)
    sx, sy = stretch
    width = max(1, int(np.ceil(abs(w * sx * c) + abs(h * sy * s) - 1e-6)))
    height = max(1, int(np.ceil(abs(w * sx * s) + abs(h * sy * c) - 1e-6)))
    matrix = np.array([[c * sx, -s * sy, 0.0], [s * sx, c * sy, 0.0]])
    middle = np.array([(w - 1) / 2, (h - 1) / 2])
    matrix[:, 2] = np.array([(width - 1) / 2, (height - 1) / 2]) - matrix[:, :2] @ middle
    out = Canvas((width, height), scale=picture.scale, clear=True)
    cv2.warpAffine(picture.px, matrix, (width, height), dst=out.px, flags=cv2.INTER_LINEAR)
    return out


def sweep(field: Field, outlines: npt.NDArray[np.floating], values: npt.NDArray[np.floating]) -> None:
    """Draw a moving shape into `field` (h, w): between two neighbouring outlines their hull, with a value.

    outlines  (n, k, 2) in pixels, along the way
    values    (n,); the last hull is drawn first, so where the way crosses itself the earliest stays
    """
    fixed = np.rint(np.asarray(outlines, np.float64) * 16 - 8).astype(np.int32)
    for n in range(len(fixed) - 2, -1, -1):
        hull = cv2.convexHull(fixed[n : n + 2].reshape(-1, 1, 2))
        cv2.fillConvexPoly(field, hull, (float(values[n]),), cv2.LINE_8, 4)


def tint(cover: npt.NDArray[np.generic], colour: tuple[int, int, int], scale: float) -> Canvas:
    """A premultiplied sheet of one colour whose alpha is `cover` (h, w), 0..255 or 0..1 floats."""
    share = np.asarray(cover, np.float32) / (255.0 if cover.dtype == np.uint8 else 1.0)
    out = Canvas((cover.shape[1], cover.shape[0]), scale=scale, clear=True)
    bgra = np.array([colour[2], colour[1], colour[0], 255], np.float32)
    np.copyto(out.px, np.clip(share[..., None] * bgra, 0, 255).astype(np.uint8))
    return out


def warped(
    picture: Canvas, matrix: npt.NDArray[np.floating], *, size: tuple[int, int] | None = None, ground: int = 0
) -> Canvas:
    """`picture` under a (2, 3) affine matrix in pixels, source to result, on a `ground` in all channels.

    `ground` 255 keeps a sheet made for "multiply" clear where the picture does not reach.
    """
    h, w = picture.px.shape[:2]
    out = Canvas(size or (w, h), scale=picture.scale, clear=True)
    cv2.warpAffine(
        picture.px,
        np.asarray(matrix, np.float64),
        size or (w, h),
        dst=out.px,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(ground, ground, ground, ground),
    )
    return out


# arithmetic for frames: everything lands in an array that exists already


def splat(
    field: npt.NDArray[np.uint64], cells: npt.NDArray[np.integer], packed: npt.NDArray[np.uint64]
) -> None:
    """Add four colour lanes at once to a flat picture: `field[cells] += packed`, repeats added up.

    A cell is a uint64 whose four 16-bit lanes are blue, green, red and a spare: `field.view(np.uint16)`
    is the picture, with no unpacking. The caller keeps every lane's sum below 65536, or it carries.
    """
    np.add.at(field, cells, packed)


def fade(field: npt.NDArray[np.uint16], keep: float) -> None:
    """Keep this share of an integer picture, in place, rounding down so that trails end in nothing."""
    cv2.addWeighted(field, keep, field, 0.0, -0.5, dst=field)


def fit(field: Picture, out: Picture) -> None:
    """Scale `field` into `out`, averaging when it shrinks, straight lines between when it grows."""
    shrinks = out.shape[0] * out.shape[1] < field.shape[0] * field.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    cv2.resize(field, (out.shape[1], out.shape[0]), dst=out, interpolation=how)


def soften(field: Picture, sigma: float | tuple[float, float]) -> None:
    """Gaussian blur in place, sigma in pixels or (x, y)."""
    sx, sy = sigma if isinstance(sigma, tuple) else (sigma, sigma)
    size = (2 * round(2 * sx) + 1, 2 * round(2 * sy) + 1)  # two sigmas: the tail is lost in 8 bits
    cv2.GaussianBlur(field, size, sigmaX=max(sx, 0.01), sigmaY=max(sy, 0.01), dst=field)


def gather(total: Picture, more: Picture, share: float = 1.0) -> None:
    """`total += share * more`, held at the largest number the type knows instead of wrapping round."""
    if share == 1.0:
        cv2.add(total, more, dst=total)
    else:
        cv2.addWeighted(total, 1.0, more, share, 0.0, dst=total)


def develop(field: npt.NDArray[np.uint16], table: Mask, out: Mask) -> None:
    """A 16-bit picture through a table of 65,536 tones into an 8-bit one, as a film is developed."""
    if int(cv2.__version__.partition(".")[0]) >= 5:
        cv2.LUT(field, table[None, :], dst=out)  # five times faster than taking; new in OpenCV 5
    else:
        np.take(table, field, out=out, mode="clip")


class Gel:
    """A translucent picture to lay over others at any turn and stretch; colours multiply, white is clear.

    Keeps its last turn, so that what stands still or only glides costs a plain blit. Turns are rounded to
    whole pixels at the picture's corners, always in the same way: what is drawn depends on the call alone.
    """

    def __init__(self, picture: Canvas) -> None:
        self.picture = picture
        self._key: tuple[int, int, int, int] | None = None
        self._turned = Canvas((1, 1))

    def lay(
        self,
        canvas: Canvas,
        matrix: Sequence[Sequence[float]] | npt.NDArray[np.floating],
        *,
        within: tuple[float, float, float, float] | None = None,
    ) -> None:
        """Multiply onto `canvas`.

        matrix   two rows of three, from the picture's pixels to design units
        within   (left, top, right, bottom) in design units outside which nothing is touched
        """
        h, w = self.picture.px.shape[:2]
        (a, b, x), (c, d, y) = ([v * canvas.scale for v in row] for row in matrix)
        key = round(a * w), round(b * h), round(c * w), round(d * h)
        size = abs(key[0]) + abs(key[1]), abs(key[2]) + abs(key[3])
        x0 = round(x + (a * w + b * h - size[0]) / 2)
        y0 = round(y + (c * w + d * h - size[1]) / 2)
        left, top, right, bottom = within or (0.0, 0.0, canvas.width, canvas.height)
        cut_x, cut_y = max(x0, round(left * canvas.scale)), max(y0, round(top * canvas.scale))
        wide = min(x0 + size[0], round(right * canvas.scale)) - cut_x
        high = min(y0 + size[1], round(bottom * canvas.scale)) - cut_y
        if wide <= 0 or high <= 0:
            return
        if key != self._key:
            self._turn(key, size)
        part = (cut_x - x0, cut_y - y0, wide, high)
        canvas.surface.blit(self._turned.surface, (cut_x, cut_y), part, special_flags=pygame.BLEND_RGB_MULT)

    def _turn(self, key: tuple[int, int, int, int], size: tuple[int, int]) -> None:
        h, w = self.picture.px.shape[:2]
        have = self._turned.px.shape
        if have[0] < size[1] or have[1] < size[0]:
            self._turned = Canvas((max(size[0] + 24, have[1]), max(size[1] + 24, have[0])))
        linear = np.array([[key[0] / w, key[1] / h], [key[2] / w, key[3] / h]])
        middle = np.array([(w - 1) / 2, (h - 1) / 2])
        shift = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2]) - linear @ middle
        cv2.warpAffine(
            self.picture.px,
            np.column_stack([linear, shift]),
            size,
            dst=self._turned.px[: size[1], : size[0]],
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255, 255, 255, 255),
        )
        self._key = key


def over_laid(
    canvas: Canvas,
    picture: Canvas,
    matrix: npt.NDArray[np.floating],
    scratch: Canvas,
    *,
    within: tuple[float, float, float, float] | None = None,
    hull: npt.NDArray[np.floating] | None = None,
) -> None:
    """Lay a sheet (premultiplied) over `canvas` at any place, turn and stretch.

    matrix   (2, 3), from the picture's pixels to design units
    scratch  the working memory, at least as large in pixels as the laid picture; reused every call
    within   (left, top, right, bottom) in design units outside which nothing is touched
    hull     what `hull` found for this picture: a turned one then costs less than its corners reach

    Allocates nothing, so it serves per frame; costs 3 ns a pixel covered.
    """
    if hull is not None:
        m = np.asarray(matrix, np.float64)
        at = hull @ m[:, :2].T + m[:, 2]
        (left, top), (right, bottom) = at.min(0).tolist(), at.max(0).tolist()
        if within is not None:
            left, top = max(left, within[0]), max(top, within[1])
            right, bottom = min(right, within[2]), min(bottom, within[3])
        within = (left, top, right, bottom)
    _lay(canvas, picture, matrix, scratch, within, 0, pygame.BLEND_PREMULTIPLIED)


def hull(picture: Canvas) -> Field:
    """Corners (n, 2), in pixels of the sheet, of the convex outline of all that can be seen of it."""
    points = cv2.findNonZero((picture.px[..., 3] > 0).astype(np.uint8))
    if points is None:
        return np.zeros((1, 2), np.float32)
    corners = cv2.convexHull(points).reshape(-1, 2).astype(np.float32)
    middle = corners.mean(0)
    return corners + 1.5 * np.sign(corners - middle)  # the edge's own width


def stamp_each(canvas: Canvas, pictures: Sequence[Canvas], places: npt.NDArray[np.floating]) -> None:
    """Stamp each sheet centred at its own place, (n, 2) in design units, all in one call."""
    half = np.array([p.px.shape[1::-1] for p in pictures], float).reshape(-1, 2) / 2
    at = np.rint(np.asarray(places, float).reshape(-1, 2) * canvas.scale - half).astype(int).tolist()
    blits = [(p.surface, place) for p, place in zip(pictures, at, strict=True)]
    canvas.surface.fblits(blits, pygame.BLEND_PREMULTIPLIED)


def look_up(picture: Picture, x: Field, y: Field, out: Picture) -> None:
    """`out` takes each pixel from `picture` at (x, y), float pixels (h, w), straight lines between."""
    cv2.remap(picture, x, y, cv2.INTER_LINEAR, dst=out, borderMode=cv2.BORDER_REPLICATE)


def _lay(
    canvas: Canvas,
    picture: Canvas,
    matrix: npt.NDArray[np.floating],
    scratch: Canvas,
    within: tuple[float, float, float, float] | None,
    ground: int,
    flag: int,
) -> None:
    h, w = picture.px.shape[:2]
    to_px = np.asarray(matrix, np.float64) * canvas.scale
    (a, b, x), (c, d, y) = to_px.tolist()
    high, wide = canvas.px.shape[:2]
    left, top, right, bottom = within or (0.0, 0.0, canvas.width, canvas.height)
    x0 = max(math.floor(x + min(0.0, a * w) + min(0.0, b * h)), round(left * canvas.scale), 0)
    y0 = max(math.floor(y + min(0.0, c * w) + min(0.0, d * h)), round(top * canvas.scale), 0)
    x1 = min(math.ceil(x + max(0.0, a * w) + max(0.0, b * h)), round(right * canvas.scale), wide)
    y1 = min(math.ceil(y + max(0.0, c * w) + max(0.0, d * h)), round(bottom * canvas.scale), high)
    x1, y1 = min(x1, x0 + scratch.px.shape[1]), min(y1, y0 + scratch.px.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    to_px[:, 2] -= (x0, y0)
    size = (x1 - x0, y1 - y0)
    cv2.warpAffine(
        picture.px,
        to_px,
        size,
        dst=scratch.px[: size[1], : size[0]],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(ground, ground, ground, ground),
    )
    canvas.surface.blit(scratch.surface, (x0, y0), (0, 0, *size), special_flags=flag)


def facets(
    field: npt.NDArray[np.int32],
    outlines: npt.NDArray[np.floating] | Sequence[npt.NDArray[np.floating]],
    numbers: Iterable[int],
) -> None:
    """Fill each outline (n, 2 in pixels) of an int32 picture with its number, hard-edged, later over earlier.

    What a picture of many flat facets is painted from: one number a facet, looked up in tables of colours.
    """
    for outline, number in zip(outlines, numbers, strict=True):
        fixed = np.rint(np.asarray(outline, np.float64) * 16 - 8).astype(np.int32)
        cv2.fillPoly(field, [fixed.reshape(-1, 1, 2)], (float(number),), cv2.LINE_8, 4)


def blend(one: Picture, other: Picture, share: float, out: Picture) -> None:
    """`out = one * (1 - share) + other * share`, all of one shape."""
    cv2.addWeighted(one, 1.0 - share, other, share, 0.0, dst=out)


def blend_by(one: Picture, other: Picture, share: Field, out: Picture) -> None:
    """`out = one * (1 - share) + other * share`, `share` (h, w) 0..1 of each pixel."""
    cv2.blendLinear(one, other, np.subtract(1, share, dtype=np.float32), share, dst=out)


def mixed(
    one: Field, other: Field, colours: npt.NDArray[np.floating], out: Mask, planes: Sequence[Mask]
) -> None:
    """Two lights (h, w) added up in colour, held at 255: `out` (h, w, n) takes `colours` (n, 2) of them.

    planes  n of (h, w), reused
    """
    for plane, (first, second) in zip(planes, colours.tolist(), strict=True):
        cv2.addWeighted(one, first, other, second, 0.0, dst=plane, dtype=cv2.CV_8U)
    cv2.merge(list(planes), dst=out)
