"""The house draws a brow: strokes that look alike gather; the largest gathering is painted on the face."""

from dataclasses import dataclass

import numpy as np

from scenes.kit.facedata import Region

EVEN = 16  # points a stroke is compared by
ALIKE = 0.20  # mean distance of points of strokes that look alike, in a box of side 1
KEPT = 64
FIELD = (30.0, 20.0, 78.0, 40.0)  # left, top, width, height of the brow on the right half, face units
BROAD = 8.0


@dataclass(frozen=True)
class Drawing:
    """One guest's stroke, evened out and brought into a box of side 1 round its middle."""

    guest: int
    shape: np.ndarray


def even(points, count=EVEN):
    """The stroke at `count` places equally far apart."""
    points = np.asarray(points, float).reshape(-1, 2)
    gone = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    u = np.linspace(0, gone[-1], count)
    return np.column_stack([np.interp(u, gone, points[:, 0]), np.interp(u, gone, points[:, 1])])


def drawing(guest, points):
    """A Drawing of a stroke (n, 2) in 0..1; None of a dot or of less than two points."""
    points = np.asarray(points, float).reshape(-1, 2)
    if len(points) < 2 or not np.isfinite(points).all() or np.ptp(points, axis=0).max() < 0.03:
        return None
    line = even(points)
    if line[0, 0] > line[-1, 0]:  # drawn from without: the same stroke
        line = line[::-1]
    middle = (line.max(0) + line.min(0)) / 2
    return Drawing(guest, (line - middle) / max(1e-6, float(np.ptp(line, axis=0).max())))


def largest(drawings):
    """(the Drawing in the midst of the largest gathering, how many are in it); (None, 0) of nothing."""
    if not drawings:
        return None, 0
    shapes = np.array([d.shape for d in drawings])
    apart = np.linalg.norm(shapes[:, None] - shapes[None], axis=-1).mean(-1)
    alike = apart < ALIKE
    best = int(np.argmax(alike.sum(1) - 1e-3 * apart.mean(1)))
    return drawings[best], int(alike[best].sum())


def region(found, colour):
    """The Region that paints a Drawing over the brow of the right half; its mirror is painted with it."""
    left, top, wide, high = FIELD
    size = min(
        wide / max(0.35, float(np.ptp(found.shape[:, 0]))),
        high / max(0.3, float(np.ptp(found.shape[:, 1]))),
        92,
    )
    points = found.shape * size + (left + wide / 2, top + high / 2)
    points[:, 0] = np.clip(points[:, 0], 8, 126)
    return Region("motif", "众人之眉", colour, "line", points, points, BROAD, True)


class Gathering:
    """The newest KEPT brows the house has drawn."""

    def __init__(self):
        self.drawings = []

    def add(self, guest, points):
        """Take a stroke; whether it is one that can be painted."""
        drawn = drawing(guest, points)
        if drawn is not None:
            self.drawings = [*self.drawings, drawn][-KEPT:]
        return drawn is not None

    def chosen(self, colour):
        """(the Region to paint, the guest whose stroke it is); (None, 0) while nobody has drawn."""
        found, _ = largest(self.drawings)
        return (None, 0) if found is None else (region(found, colour), found.guest)
