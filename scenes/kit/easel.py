"""A drawing brought to pixels: whose area a pixel is, how much ink lies on it, and when it arrives."""

from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster

NEVER = np.float32(1e9)
HEAD = 2.6  # widths over which the nail head dies away
STEP = 7.0  # units between two places of a stroke
_TURN = np.linspace(0, 2 * np.pi, 8)[:-1]
ROUND = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


@dataclass
class Cell:
    """What is seen of one piece: `mask` (h, w) uint8 of its box, at `rows`, `columns` of the picture."""

    piece: object
    rows: slice
    columns: slice
    mask: np.ndarray


def body(stroke):
    """(middle (n, 2), half widths (n,)) of a stroke: nail head, even wire, thin tail."""
    points = np.asarray(stroke.points, float)
    step = points[1:] - points[:-1]
    gaps = np.hypot(step[:, 0], step[:, 1])
    along = np.concatenate([[0.0], gaps.cumsum()])
    at = np.linspace(0.0, along[-1], max(4, int(along[-1] / STEP)))
    middle = np.empty((len(at), 2))
    middle[:, 0], middle[:, 1] = np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])
    swell = 1 + (stroke.head - 1) * np.exp(-((at / (HEAD * stroke.width)) ** 2))
    left = np.minimum((along[-1] - at) / max(0.3 * along[-1], 1e-6), 1.0)
    fine = stroke.tail + (1 - stroke.tail) * left**0.8
    return middle, 0.5 * stroke.width * swell * fine


def outline_of(middle, half):
    """Closed outline round a stroke of these half widths."""
    way = np.empty_like(middle)
    way[1:-1] = middle[2:] - middle[:-2]
    way[0], way[-1] = middle[1] - middle[0], middle[-1] - middle[-2]
    way *= (half / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9))[:, None]
    side = way[:, ::-1] * (1.0, -1.0)
    return np.vstack([middle[:1] - way[:1], middle + side, (middle - side)[::-1]])


class Easel:
    """Lays pieces back to front on a picture of `size` pixels; what lies in front hides what is behind.

    Without `timed` only gold knows when it is laid.

    cover   (h, w) uint8, ink; when  (h, w) float32, the moment at which a stroke is there, or NEVER
    gilt, gilt_when  the same of the raised gold
    cells   what is seen of every piece that has an area
    """

    def __init__(self, size, scale, shift=(0.0, 0.0), *, timed=True):
        self.timed = timed
        self.size, self.scale, self.shift = size, scale, np.asarray(shift, float)
        self.cover = np.zeros(size[::-1], np.uint8)
        self.when = np.full(size[::-1], NEVER, np.float32)
        self.gilt, self.gilt_when = np.zeros_like(self.cover), np.full_like(self.when, NEVER)
        self.cells = []
        self._boxes = np.zeros((64, 4), int)  # top, bottom, left, right of every cell
        self._gilded = 0.0

    def lay(self, piece, times):
        """Draw a piece; `times` gives (begin, end) of each of its strokes on the clock of the brush.

        Gold has a clock of its own, the units of gold laid so far.
        """
        mask = None
        if piece.outline is not None:
            mask = self._area(piece)
            if mask is None:
                return
        if self.timed:
            for stroke, (begin, end) in zip(piece.strokes, times, strict=True):
                self.pull(stroke, begin, end, mask if stroke.inside else None)
        else:
            self._print(piece.strokes, mask)
        for stroke in piece.gold:
            begin = self._gilded
            self._gilded += float(np.linalg.norm(np.diff(stroke.points, axis=0), axis=1).sum())
            self.pull(stroke, begin, self._gilded, mask if stroke.inside else None, gold=True)
        for bead in piece.beads:
            self._bead(*bead)

    def _print(self, strokes, mask):
        """All strokes of a piece at once, where nobody will ask when they came."""
        for inside in (True, False):
            outlines = [outline_of(*body(s)) + self.shift for s in strokes if s.inside is inside]
            part = self._part(np.vstack(outlines), 2) if outlines else None
            if part is None:
                continue
            rows, columns = part
            sheet, corner = self._sheet(rows, columns)
            for outline in outlines:
                sheet.polygon(outline - corner, (255, 255, 255))
            line = sheet.px[..., 0]
            if inside and mask is not None:
                line = line * (self._window(mask, rows, columns) > 127)
            np.maximum(self.cover[rows, columns], line, out=self.cover[rows, columns])

    def pull(self, stroke, begin, end, within=None, *, gold=False):
        """Draw one stroke, inside a cell if one is given."""
        cover, when = (self.gilt, self.gilt_when) if gold else (self.cover, self.when)
        middle, half = body(stroke)
        outline = outline_of(middle, half) + self.shift
        part = self._part(outline, 2)
        if part is None:
            return
        rows, columns = part
        sheet, corner = self._sheet(rows, columns)
        sheet.polygon(outline - corner, (255, 255, 255))
        line = sheet.px[..., 0]
        if within is not None:
            line = line * (self._window(within, rows, columns) > 127)
        np.maximum(cover[rows, columns], line, out=cover[rows, columns])
        moment = np.full(line.shape, NEVER, np.float32)
        ring = (half + 1.5 / self.scale)[:, None, None] * ROUND + (middle + self.shift - corner)[:, None]
        raster.sweep(moment, ring * self.scale, np.linspace(begin, end, len(middle)))
        moment[line < 8] = NEVER
        np.minimum(when[rows, columns], moment, out=when[rows, columns])

    def _bead(self, x, y, radius):
        at = np.array([x, y]) + self.shift
        part = self._part(np.array([at - radius, at + radius]), 2)
        if part is None:
            return
        rows, columns = part
        sheet, corner = self._sheet(rows, columns)
        sheet.disc(tuple(at - corner), radius, (255, 255, 255))
        np.maximum(self.gilt[rows, columns], sheet.px[..., 0], out=self.gilt[rows, columns])
        self._gilded += 2 * radius
        self.gilt_when[rows, columns][sheet.px[..., 0] >= 8] = self._gilded

    def _area(self, piece):
        """Take the piece's area from what lies behind it."""
        outline = piece.outline + self.shift
        part = self._part(outline, 2)
        if part is None:
            return None
        rows, columns = part
        sheet, corner = self._sheet(rows, columns)
        sheet.polygon(outline - corner, (255, 255, 255))
        cell = Cell(piece, rows, columns, sheet.px[..., 0].copy())
        left = 255 - cell.mask
        box = np.array([rows.start, rows.stop, columns.start, columns.stop])
        boxes = self._boxes[: len(self.cells)]
        begins, ends = boxes[:, ::2] < box[1::2], boxes[:, 1::2] > box[::2]
        for k in np.flatnonzero((begins & ends).all(axis=1)):
            mine, theirs = _shared(self.cells[k], cell)
            behind = self.cells[k].mask[theirs]
            np.minimum(behind, left[mine], out=behind)
        if len(self.cells) == len(self._boxes):
            self._boxes = np.vstack([self._boxes, np.zeros_like(self._boxes)])
        self._boxes[len(self.cells)] = box
        for cover, when in ((self.cover, self.when), (self.gilt, self.gilt_when)):
            cover[rows, columns] = np.minimum(cover[rows, columns], left)
            when[rows, columns][cell.mask > 127] = NEVER
        self.cells.append(cell)
        return cell

    def _window(self, cell, rows, columns):
        """The cell's mask as seen through another box."""
        out = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        shared = _shared(cell, Cell(None, rows, columns, out))
        if shared:
            here, there = shared
            out[here] = cell.mask[there]
        return out

    def _sheet(self, rows, columns):
        size = (columns.stop - columns.start, rows.stop - rows.start)
        return Canvas(size, scale=self.scale), np.array([columns.start, rows.start]) / self.scale

    def _part(self, points, margin):
        low = np.floor((points.min(axis=0) - margin) * self.scale).astype(int)
        high = np.ceil((points.max(axis=0) + margin) * self.scale).astype(int) + 1
        low, high = np.maximum(low, 0), np.minimum(high, self.size)
        if (high - low < 1).any():
            return None
        return slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))


def _shared(behind, front):
    """(window in `front`, window in `behind`) of the box both have, or None."""
    top, bottom = max(behind.rows.start, front.rows.start), min(behind.rows.stop, front.rows.stop)
    left, right = max(behind.columns.start, front.columns.start), min(behind.columns.stop, front.columns.stop)
    if top >= bottom or left >= right:
        return None
    return tuple(
        (slice(top - y, bottom - y), slice(left - x, right - x))
        for y, x in ((c.rows.start, c.columns.start) for c in (front, behind))
    )
