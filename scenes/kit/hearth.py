"""The tower as it is laid, lit and tended: which lumps are there, how hot each is, whose it is."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit.blaze import ramp
from scenes.kit.coal_face import paint
from scenes.kit.engraved import motif

TAU = 1.8  # seconds in which coal takes up or loses most of a change of heat
CLIMB = 30  # frames to a course: the fire climbs two a second
SPARK = 84  # frames a spark takes from the air into the mouth
FLIGHT = 42  # frames a lump is in the air
HEAT = (
    (0.00, (0, 0, 0)),
    (0.16, (34, 6, 2)),
    (0.38, (128, 26, 8)),
    (0.62, (240, 84, 26)),
    (0.84, (255, 148, 56)),
    (1.00, (255, 214, 130)),
)
OPEN = 0.72  # of the tower's height: above it the coal is always left for the guests to lay
A_FRAME = 3  # marks cut in one frame


class Layer:
    """A tower of one size of lump, drawn, with its red slip."""

    def __init__(self, canvas, tower, size, letters, rng):
        self.lumps = tower.stack(size)
        self.sheets = paint(canvas, tower, self.lumps, rng)
        h, w = self.sheets.owner.shape
        self.half = (max(1, w // 2), max(1, h // 2))
        owner = self.sheets.owner
        on_coal = self.sheets.faces.px[..., 0] > 0
        count = len(self.lumps)
        coded = np.where(owner == count, 2 * count, np.where(on_coal, owner, owner + count))
        self.codes = np.ascontiguousarray(
            raster.resize(coded.astype(np.float32), self.half, smooth=False)
        ).astype(np.intp)
        self.skin = Canvas((w, h), scale=canvas.scale)
        self.skin.px[..., :3] = np.maximum(self.sheets.faces.px, self.sheets.gaps.px)[..., :3]
        self.slip = _slip(canvas, tower, letters, rng)


def _slip(canvas, tower, letters, rng):
    """Red paper with the four characters, its edges a little curled: (sheet, height of its middle)."""
    first, last = tower.slip_layers
    course = tower.height / tower.layers
    long = (last - first) * course
    size = long / (len(tower.slip) * 1.16 + 0.5)
    wide = size * 1.34
    sheet = canvas.sheet(wide + 12, long + 12)
    y = np.linspace(6, long + 6, 24)
    left = 6 + 1.4 * np.sin(y / 31) + rng.normal(0, 0.25, 24)
    right = wide + 6 + 1.4 * np.sin(y / 37 + 2) + rng.normal(0, 0.25, 24)
    outline = np.concatenate([np.stack([left, y], 1), np.stack([right, y], 1)[::-1]])
    sheet.polygon(outline, (186, 26, 24))
    fall = (
        np.linspace(1.06, 0.80, sheet.px.shape[0])[:, None, None]
        * np.linspace(1.05, 0.88, sheet.px.shape[1])[None, :, None]
    )
    sheet.px[..., :3] = np.clip(sheet.px[..., :3] * fall, 0, 255).astype(np.uint8)
    sheet.line(outline[1:23] + (4, 0), (226, 160, 62), 1.8)
    sheet.line(outline[25:47] - (4, 0), (226, 160, 62), 1.8)
    words = letters.column(canvas, tower.slip, size, (250, 204, 112))
    sheet.stamp(words, (wide / 2 + 6, 8), anchor=(0.5, 0))
    return sheet, (first + last) / 2 * course


class Hearth:
    """One tower on its place.

    heat    (n,) 0..1 of each lump; order: lumps in the order they were laid; guest: whose each is, 0 nobody's
    places  (n, 2) where each is in the picture
    """

    def __init__(self, tower, layer, foot):
        self.tower, self.layer, self.foot = tower, layer, foot
        self.lumps = layer.lumps
        n = len(self.lumps)
        self.heat, self.pulse, self.gap = np.zeros(n), np.zeros(n), np.zeros(n)
        self.guest = np.zeros(n, int)
        self.there = np.ones(n, bool)
        self.order, self.newest = [], 0
        self.flying = []  # [lump, from x, frames flown, sheet]
        self.lit_at, self.fanned, self.sunk, self.called = None, 0.0, 0.0, 0
        self.course = np.array([lump.layer - 1 for lump in self.lumps])
        at = np.array([tower.project(lump.angle, lump.middle) for lump in self.lumps])
        self.places = at + foot
        self._edge = np.abs(np.array([lump.angle for lump in self.lumps])) / (math.pi / 2)
        self._phase = (np.arange(n) * 2.399) % (2 * math.pi)
        self._rich = 0.62 + 0.55 * ((np.arange(n) * 0.618) % 1)  # some coal burns better
        sheets = layer.sheets
        self.corner = (foot[0] - sheets.foot[0], foot[1] - sheets.foot[1])
        self.cold = Canvas(sheets.cold.px.shape[1::-1], scale=sheets.cold.scale, clear=True)
        self.cold.paste(sheets.cold)
        self.glow = Canvas(self.cold.px.shape[1::-1], scale=self.cold.scale)
        self.cut = Canvas(self.cold.px.shape[1::-1], scale=self.cold.scale)
        self.marks = Canvas(self.cold.px.shape[1::-1], scale=self.cold.scale)
        self.given, self._uncut = {}, []
        self._table = ramp(HEAT)
        self._field = np.zeros(layer.codes.shape, np.uint32)
        self._lut = np.zeros(2 * n + 1, np.uint32)
        self._marked = False

    # laying

    @property
    def missing(self):
        return int((~self.there).sum()) - len(self.flying)

    @property
    def whole(self):
        return self.missing == 0

    @property
    def laid(self):
        return int(self.there.sum()) + len(self.flying)

    @property
    def laid_share(self):
        return 1 - self.missing / max(1, self.open_count)

    def open_top(self, earned=1.0):
        """Only what the evening has `earned`, 0..1 of the courses, is there; the rest waits for guests."""
        bound = min(OPEN, earned) * self.tower.height
        self.there = np.array([lump.middle < bound for lump in self.lumps])
        self.open_count = int((~self.there).sum())
        self._waiting = [n for n in range(len(self.lumps)) if not self.there[n]]
        gone = np.concatenate([~self.there, [False]])[self.layer.sheets.owner]
        self.cold.px[gone] = 0

    def lay(self, guest, x):
        """The next lump sets off from `x` at the front edge; the Lump, or None when all are laid."""
        if not self.missing:
            return None
        n = self._waiting.pop(0)
        self.order.append(n)
        self.guest[n], self.newest = guest, n
        self.flying.append([n, float(x), 0, self._lump_sheet(n)])
        return self.lumps[n]

    def _lump_sheet(self, n):
        top, bottom, left, right = self.layer.sheets.boxes[n]
        source = self.layer.sheets
        sheet = Canvas((right - left, bottom - top), scale=self.cold.scale, clear=True)
        mine = (source.owner[top:bottom, left:right] == n) & (source.faces.px[top:bottom, left:right, 0] > 0)
        sheet.px[mine] = source.cold.px[top:bottom, left:right][mine]
        sheet.px[..., :3] = np.where(mine[..., None], np.clip(sheet.px[..., :3] * 1.5, 0, 255), 0).astype(
            np.uint8
        )
        return sheet

    def complete(self, *, lit):
        """Whole at once, and burning if asked."""
        self.there[:] = True
        self.flying.clear()
        self._waiting = []
        self.cold.paste(self.layer.sheets.cold)
        if lit and (self.lit_at is None or self.lit_at >= 0):
            self.lit_at = -10_000
            self.heat[:] = np.maximum(self.heat, 0.35)
            self.gap[:] = 0.9

    # marks

    def bear(self, given):
        """Bear these marks, {lump: (kind, points)}; they are cut a few a frame, see `step`."""
        self.given, self._uncut = given, list(given)
        self.marks.px[..., :3] = 0

    def _engrave(self):
        for n in self._uncut[:A_FRAME]:
            top, bottom, left, right = self.layer.sheets.boxes[n]
            piece = np.s_[top:bottom, left:right]
            cut = motif(*self.given[n], (right - left, bottom - top), self.marks.scale)
            mine = self.layer.sheets.owner[piece] == n
            self.marks.px[piece][..., :3] = (255 * cut * mine).astype(np.uint8)[..., None]
        del self._uncut[:A_FRAME]

    # fire

    def light(self, index):
        self.lit_at = index

    def burning(self, index):
        """Whether the fire has reached the point."""
        return self.lit_at is not None and index - self.lit_at > SPARK + CLIMB * self.tower.layers

    def sparking(self, index):
        return self.lit_at is not None and 0 <= index - self.lit_at < SPARK

    def spark_place(self, index):
        """The last spark of the iron falls into the air mouth."""
        t = (index - self.lit_at) / SPARK
        x = self.foot[0] + 330 * (1 - t) ** 1.3
        y = self.foot[1] - 40 - 820 * (1 - t * t)
        return np.array([[x, y]])

    def stir(self, guest, x, rng):
        """The guest's own lump glows up, or one on their side."""
        mine = np.flatnonzero(self.guest == guest) if guest else ()
        if len(mine):
            n = int(mine[-1])
        else:
            side = np.flatnonzero(np.abs(self.places[:, 0] - self.foot[0] - (x - 0.5) * 300) < 120)
            n = int(rng.choice(side)) if len(side) else 0
        self.newest = n
        self.pulse[n] = min(1.0, self.pulse[n] + 0.9)
        return n

    def flare(self, course, strength):
        """The joints of one course (None: all) take air."""
        which = slice(None) if course is None else self.course == course
        self.pulse[which] = np.minimum(1.0, self.pulse[which] + 0.5 * strength)

    def fan(self, strength):
        self.fanned = min(1.2, self.fanned + strength)

    def settle(self):
        self.sunk = 1.0

    def roll_call(self, index):
        """The lumps glow up one after another, in the order in which they were earned."""
        if index % 12 or not self.order:
            return
        n = self.order[self.called % len(self.order)]
        self.called += 1
        self.pulse[n] = min(1.0, self.pulse[n] + 0.85)

    def heat_by_course(self):
        out = np.bincount(self.course, self.gap, self.tower.layers)
        return out / np.maximum(1, np.bincount(self.course, minlength=self.tower.layers))

    def hot_places(self):
        return self.places[self.gap > 0.4]

    def step(self, index, dt):
        """One frame; returns where lumps landed, as pans -1..1."""
        landed = []
        self._engrave()
        for flight in self.flying:
            flight[2] += 1
            if flight[2] >= FLIGHT:
                self._land(flight[0])
                landed.append(float(np.clip((self.places[flight[0], 0] - self.foot[0]) / 400, -1, 1)))
        self.flying = [f for f in self.flying if f[2] < FLIGHT]
        reached = np.zeros(len(self.lumps))
        if self.lit_at is not None:
            climbed = (index - self.lit_at - SPARK) / CLIMB
            reached = (
                np.clip(climbed - self.course, 0, 1)
                if climbed < self.tower.layers + 2
                else np.ones(len(self.lumps))
            )
        self.gap += (reached - self.gap) * (1 - math.exp(-dt / 0.35))
        wander = 0.10 * np.sin(index * dt * 0.9 + self._phase) + 0.07 * np.sin(
            index * dt * 1.7 + 2.2 * self._phase
        )
        up = self.course / self.tower.layers
        aim = (
            reached
            * self._rich
            * (0.50 - 0.16 * np.abs(up - 0.35) + wander + 0.28 * self.fanned - 0.10 * self.sunk)
        )
        self.heat += (aim - self.heat) * (1 - math.exp(-dt / TAU))
        self.pulse *= math.exp(-dt / TAU)
        self.fanned *= math.exp(-dt / 1.6)
        self.sunk *= math.exp(-dt / 5.0)
        return landed

    def _land(self, n):
        self.there[n] = True
        self.pulse[n] = 0.22
        top, bottom, left, right = self.layer.sheets.boxes[n]
        piece = np.s_[top:bottom, left:right]
        mine = self.layer.sheets.owner[piece] == n
        self.cold.px[piece][mine] = self.layer.sheets.cold.px[piece][mine]

    # the picture

    def develop(self, time, warmth, *, marks):
        """What glows, for this frame."""
        n = len(self.lumps)
        hot = self.heat + 0.55 * self.pulse
        gap = self.gap * (
            0.90 + 0.10 * np.sin(5.1 * time + self._phase) + 0.07 * np.sin(8.3 * time + 3 * self._phase)
        )
        gap = gap * (1 - 0.16 * self.sunk) * (1 - 0.25 * self._edge) + 0.3 * self.pulse * self.gap
        if marks:
            hot, gap = 0.42 * hot, 0.72 * gap
        scale = 255 * (0.86 + 0.28 * warmth)
        self._lut[:n] = self._table[np.clip(hot * self.there * scale, 0, 255).astype(int)]
        self._lut[n : 2 * n] = self._table[np.clip(gap * self.there * scale, 0, 255).astype(int)]
        np.take(self._lut, self.layer.codes, out=self._field, mode="clip")
        field = self._field.view(np.uint8).reshape(*self.layer.codes.shape, 4)
        raster.fit(field, self.glow.px)
        self.glow.stamp(self.layer.skin, (0, 0), blend="multiply", anchor=(0, 0))
        self._marked = marks
        if marks:
            wave = 0.66 + 0.20 * np.sin(1.1 * time - 0.42 * self.course + 0.3 * self._phase)
            self._lut[:] = 0
            self._lut[:n] = self._table[
                np.clip((wave + 0.3 * self.pulse) * 255 * self.gap, 0, 255).astype(int)
            ]
            np.take(self._lut, self.layer.codes, out=self._field, mode="clip")
            raster.fit(field, self.cut.px)
            self.cut.stamp(self.marks, (0, 0), blend="multiply", anchor=(0, 0))

    def stamp(self, canvas):
        """Coal, its glow, the slip, and what is still in the air."""
        canvas.stamp(self.cold, self.corner, anchor=(0, 0))
        canvas.stamp(self.glow, self.corner, blend="add", anchor=(0, 0))
        if self._marked:
            canvas.stamp(self.cut, self.corner, blend="add", anchor=(0, 0))
        if self.there[self.course < self.tower.slip_layers[1]].all():  # it hangs on coal, not in the air
            sheet, up = self.layer.slip
            canvas.stamp(sheet, (self.foot[0], self.foot[1] - up))
        for n, x, flown, picture in self.flying:
            t = flown / FLIGHT
            to = self.places[n]
            place = (
                x + (to[0] - x) * t,
                1040 + (to[1] - 1040) * t - 4 * t * (1 - t) * (120 - 0.1 * abs(to[1])),
            )
            canvas.stamp(picture, place)
