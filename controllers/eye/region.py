"""Which cells of the picture count: zones and regions to ignore, as weights on the grid of motion."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from controllers.eye.motion import COLUMNS, HEIGHT, ROWS, WIDTH, Plane
from controllers.eye.settings import WHOLE, Polygon, Rect, Zone
from controllers.eye.shift import Reference

FINE = 8  # subdivisions of a cell when a polygon is filled


def polygon_of(zone: Rect) -> Polygon:
    """A zone as a polygon."""
    left, top, right, bottom = zone
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def drawn(polygon: Polygon, width: int, height: int) -> NDArray[np.bool_]:
    """Where in a picture (height, width) a polygon of points 0..1 lies."""
    fine = np.zeros((height, width), np.uint8)
    points = np.array(polygon, np.float32) * (width, height)
    cv2.fillPoly(fine, [np.round(points).astype(np.int32)], 1)
    return fine > 0


def plane(polygon: Polygon) -> Plane:
    """Share 0..1 of each cell (36, 64) that lies in a polygon of points 0..1."""
    fine = drawn(polygon, COLUMNS * FINE, ROWS * FINE).astype(np.float32)
    return cv2.resize(fine, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def mirrored(polygon: Polygon) -> Polygon:
    """The same polygon in a mirror."""
    return tuple((1 - x, y) for x, y in polygon)


def looked_at(zone: Rect, ignore: Iterable[Polygon], *, mirror: bool) -> Plane | None:
    """Weights of the cells a performer is read from; None when that is the whole picture."""
    polygons = [polygon_of(zone), *ignore]
    if tuple(zone) == WHOLE and len(polygons) == 1:
        return None
    if mirror:
        polygons = [mirrored(polygon) for polygon in polygons]
    cells = plane(polygons[0])
    for polygon in polygons[1:]:
        cells = cells * (1 - plane(polygon))
    return cells


THIRDS = tuple(
    Zone(name, polygon_of((k / 3, 0.0, (k + 1) / 3, 1.0)))
    for k, name in enumerate(("left", "middle", "right"))
)


def zones_of(zones: tuple[Zone, ...], *, mirror: bool) -> tuple[Zone, ...]:
    """A house's own zones as they are seen, or left, middle and right thirds when it has none."""
    if not zones:
        return THIRDS
    return tuple(Zone(zone.name, mirrored(zone.polygon)) for zone in zones) if mirror else zones


def named(zones: tuple[Zone, ...], x: float, y: float) -> str:
    """The zone that (x, y), 0..1, lies in; empty when it lies in none."""
    for zone in zones:
        if cv2.pointPolygonTest(np.array(zone.polygon, np.float32), (x, y), False) >= 0:
            return zone.name
    return ""


def resting(polygon: Polygon, *, mirror: bool) -> Reference | None:
    """The part of the picture by which the camera's own movement is known; None where nobody marked one."""
    part = (
        drawn(mirrored(polygon) if mirror else polygon, WIDTH, HEIGHT) if polygon else np.zeros((1, 1), bool)
    )
    return Reference(part) if part.any() else None
