"""A bracket set put together: each part hangs over its place, drops, knocks; in a storm it gives a little."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Canvas, raster
from scenes.kit.jointlight import FINE, Buffer, Set, join, lamp

HANG = 0.30  # seconds a part hangs over its place before it drops
LIFT, DROP = 40.0, 0.16  # design units it drops, seconds it takes
SQUASH = 2.0  # design units it gives where it lands
STEPS = 15  # turned pictures of each part, the last ones turned by GIVE
GIVE = math.radians(2.0)  # a joint turns at most so far in the storm
LAMPS = {
    "work": lamp(
        (-0.62, 0.75, -0.36),
        (3.9, 2.55, 1.45),
        (0.3, 0.5, -0.8),
        (0.20, 0.15, 0.11),
        reach=104,
        stand=(-95, 110, -10),
    ),
    "storm": lamp((-0.80, 0.45, 0.10), (0.40, 0.60, 0.98), (0.3, 0.4, 0.8), (0.13, 0.18, 0.27), hard=False),
}


@dataclass
class Piece:
    """A part as pictures.

    corner  (x, y) in pixels of its block
    whole   the part by itself in the work lamp
    laid    what of it is seen when it has been laid on those before it
    joint   what of it is seen in the finished set, in the storm's light, and `inset`, where that is
    near    (h, w) float32, nearness of every pixel, -inf where there is none
    long    whether it runs on beyond the set
    """

    corner: np.ndarray
    whole: Canvas
    laid: Canvas
    joint: Canvas
    inset: np.ndarray
    near: np.ndarray
    long: bool


class Assembly:
    """The set on stage: `count` parts are laid, one may be on its way.

    corner, size  of the block of picture it may touch, in pixels
    """

    def __init__(self, canvas, parts, woods, view, rng):
        self.canvas, self.parts = canvas, parts
        self._set = Set(parts, woods, view, rng)
        self.pieces = []
        self._paint()
        self._scratch = Canvas(tuple(self.size), scale=canvas.scale, clear=True)
        self.clear()

    def _paint(self):
        total = self._set
        buffers = total.buffers
        low = np.min([b.corner for b in buffers], axis=0)
        high = np.max([np.array(b.corner) + b.near.shape[::-1] for b in buffers], axis=0)
        shape = tuple((high - low)[::-1])
        whole = Buffer(tuple(low), np.full(shape, -np.inf, np.float32), np.zeros(shape, np.int32))
        fronts = []
        for buffer in buffers:  # in the order they are laid: what stands before all that was there
            block = block_of(buffer, whole)
            fronts.append((buffer.facet > 0) & (buffer.near > whole.near[block]))
            join(whole, buffer)
        self.corner, self.size = low // FINE, (high - low) // FINE
        close = total.closeness(whole)
        owner = total.owner.astype(np.int16)[whole.facet]
        self.done = {name: self._blank() for name in LAMPS}
        for n, (buffer, front) in enumerate(zip(buffers, fronts, strict=True)):
            sheets = total.shade(buffer, LAMPS)
            seen = owner[block_of(buffer, whole)] == n
            x, y = (np.array(buffer.corner) - low) // FINE
            h, w = sheets["work"].px.shape[:2]
            at = slice(y, y + h), slice(x, x + w)
            shown = {name: _share(sheet, buffer, seen, close[at]) for name, sheet in sheets.items()}
            for name, sheet in shown.items():
                self.done[name].px[at] += sheet.px
            joint, inset = cropped(shown["storm"])
            near = np.maximum(buffer.near[::FINE, ::FINE], buffer.near[1::FINE, 1::FINE])
            laid = _share(sheets["work"], buffer, front)
            corner = np.array(buffer.corner) // FINE
            self.pieces.append(
                Piece(corner, sheets["work"], laid, joint, corner + inset, near, self.parts[n].kind == "beam")
            )
        self.dark = self._blank()  # what is seen through joints that open
        self.dark.px[..., 3] = self.done["storm"].px[..., 3]
        self.dark.px[..., :3] = self.done["storm"].px[..., :3] // 4
        self.turns = [
            [raster.turned(piece.joint, angle) for angle in np.linspace(-GIVE, GIVE, STEPS)]
            for piece in self.pieces
            if not piece.long
        ]
        foot = self.pieces[0]
        self.dark.stamp(foot.joint, (foot.inset - self.corner) / self.canvas.scale, anchor=(0, 0))

    def _blank(self):
        return Canvas(tuple(self.size), scale=self.canvas.scale, clear=True)

    # on stage

    def clear(self):
        """Only the column stands."""
        self.built, self.near = self._blank(), np.full(tuple(self.size[::-1]), -np.inf, np.float32)
        self.count, self.started, self.settled, self.finish = 0, None, 0.0, 0.0
        self._land(0)
        self.count = 1

    def complete(self):
        """All laid, as after the last stroke."""
        self.count, self.started, self.finish = len(self.pieces), None, 1.0
        np.copyto(self.built.px, self.done["work"].px)

    @property
    def whole(self):
        return self.count >= len(self.pieces)

    def call(self, index):
        """The next part is brought and hangs over its place; a part on its way is laid at once."""
        landed = self.land() if self.started is not None else None
        if not self.whole:
            self.started = index
        return landed

    def land(self):
        """Lay the part that is on its way; returns it."""
        part = self.parts[self.count]
        self._land(self.count)
        self.count, self.started, self.settled = self.count + 1, None, 1.0
        return part

    def _land(self, n):
        piece = self.pieces[n]
        x, y = piece.corner - self.corner
        k = self.canvas.scale
        self.built.stamp(piece.laid, (x / k, y / k), anchor=(0, 0))
        block = self._block(piece)
        np.maximum(self.near[block], piece.near, out=self.near[block])

    def step(self, index, fps, dt):
        """Returns the part that lands in this frame, if one does."""
        self.settled *= math.exp(-dt / 0.06)
        if self.whole and self.finish < 1:
            self.finish = min(1.0, self.finish + dt / 1.2)
            raster.blend(self.built.px, self.done["work"].px, min(1.0, 4 * dt), self.built.px)
        if self.started is not None and (index - self.started) / fps >= HANG + DROP:
            return self.land()
        return None

    def height(self, index, fps):
        """Design units the part on its way still hangs above its place."""
        t = (index - self.started) / fps - HANG
        return LIFT * (1 - min(1.0, max(0.0, t / DROP)) ** 2)

    def draw(self, canvas, index, fps):
        k = canvas.scale
        sink = SQUASH * self.settled if self.settled > 0.2 else 0.0
        canvas.stamp(self.built, (self.corner[0] / k, self.corner[1] / k + sink), anchor=(0, 0))
        if self.started is None:
            return
        piece = self.pieces[self.count]
        rise = round(self.height(index, fps) * k)
        h, w = piece.near.shape
        x, y = piece.corner - self.corner - (0, rise)
        top = max(0, -y)
        behind = self.near[y + top : y + h, x : x + w]
        free = piece.near[top:] > behind
        out = self._scratch.px[: h - top, :w]
        np.multiply(piece.whole.px[top:], free[..., None], out=out)
        t = (index - self.started) / fps
        if t < 0.12:  # brought in, not sprung upon us
            np.multiply(out, t / 0.12, out=out, casting="unsafe")
        place = (self.corner + (x, y + top)) / k
        canvas.stamp(self._scratch.surface.subsurface((0, 0, w, h - top)), place, anchor=(0, 0))

    def strain(self, canvas, angles, shift=(0.0, 0.0)):
        """The finished set in the storm, each part turned about its middle by its own angle, at most GIVE.

        What runs on beyond the set slides instead.
        """
        k, pictures, places = canvas.scale, [], []
        canvas.stamp(self.dark, self.corner / k + shift, anchor=(0, 0))
        turns = iter(self.turns)
        for piece, angle in zip(self.pieces[1:], angles, strict=True):
            middle = (piece.inset + np.array(piece.joint.px.shape[1::-1]) / 2) / k + shift
            if piece.long:
                pictures.append(piece.joint)
                places.append(middle + (130 * angle, 0))
            else:
                pictures.append(next(turns)[round((angle / GIVE + 1) / 2 * (STEPS - 1))])
                places.append(middle)
        raster.stamp_each(canvas, pictures, np.array(places))

    def label(self, canvas, letters):
        """The name of the part on its way or just laid, on a fine line from it."""
        n = self.count if self.started is not None else self.count - 1
        if n < 1 or self.finish >= 1:
            return
        chinese, _pinyin, english = self.parts[n].name
        at = self.middle(n) + (30, 0)
        right = (self.corner[0] + self.size[0]) / canvas.scale + 24
        x, y = min(max(0.765 * canvas.width, right), canvas.width - 250), float(np.clip(at[1] - 40, 170, 860))
        canvas.line([at, (x - 70, y + 34), (x - 12, y + 34)], (196, 160, 112), 1.2)
        canvas.disc(tuple(at), 3.2, (226, 186, 130))
        canvas.stamp(letters.line(canvas, chinese, 56, (243, 226, 196)), (x, y + 30), anchor=(0, 0.5))
        canvas.stamp(letters.line(canvas, english, 25, (190, 160, 122)), (x + 2, y + 80), anchor=(0, 0.5))

    def fly(self, canvas, t, goal, scratch):
        """The finished set on its way, t 0..1, to become one of many at `goal`, in design units."""
        size = ((1 - t) ** 1.4 * 0.97 + 0.03) / canvas.scale
        start = self.corner / canvas.scale
        x, y = start + (goal - start) * t
        raster.over_laid(canvas, self.done["work"], np.array([[size, 0, x], [0, size, y]]), scratch)

    def _block(self, piece):
        x, y = piece.corner - self.corner
        h, w = piece.near.shape
        return slice(y, y + h), slice(x, x + w)

    def middle(self, n):
        """Where part `n` is when laid, in design units."""
        piece = self.pieces[n]
        h, w = piece.near.shape
        return (piece.corner + np.array([w, h]) / 2) / self.canvas.scale


def block_of(buffer, whole):
    x, y = np.array(buffer.corner) - whole.corner
    h, w = buffer.near.shape
    return slice(y, y + h), slice(x, x + w)


def _share(sheet, buffer, seen, tone=None):
    """A part's sheet where `seen` (samples) says, edges averaged, darkened by `tone` (pixels)."""
    h, w = sheet.px.shape[:2]
    there = (buffer.facet > 0).astype(np.uint8)
    share = quarters(there * seen).astype(np.float32) / np.maximum(quarters(there), 1)
    out = Canvas((w, h), scale=sheet.scale, clear=True)
    out.px[..., :3] = sheet.px[..., :3] * (share if tone is None else share * tone)[..., None]
    out.px[..., 3] = sheet.px[..., 3] * share
    return out


def quarters(field):
    """Sums of each pixel's FINE x FINE samples."""
    return sum(field[i::FINE, j::FINE] for i in range(FINE) for j in range(FINE))


def cropped(sheet):
    """A sheet without its empty margins, and where in it (x, y in pixels) that part begins."""
    rows, columns = np.flatnonzero(sheet.px[..., 3].any(axis=1)), np.flatnonzero(sheet.px[..., 3].any(axis=0))
    if not len(rows):
        return Canvas((2, 2), scale=sheet.scale, clear=True), np.zeros(2, int)
    (y0, y1), (x0, x1) = (max(0, rows[0] - 1), rows[-1] + 2), (max(0, columns[0] - 1), columns[-1] + 2)
    part = sheet.px[y0:y1, x0:x1]
    out = Canvas(part.shape[1::-1], scale=sheet.scale, clear=True)
    out.px[:] = part
    return out, np.array([x0, y0])
