"""Line: on a wall of Yongle Palace one breath draws a line, colour stops at it, gold is raised."""

import numpy as np

from engine import MODES, Param, Scene, Score, Tempo, breathe, jianpu, smooth
from scenes.kit.fenben import read_fenben
from scenes.kit.lantern import Lantern
from scenes.kit.minerals import read_minerals
from scenes.kit.mural import Mural
from scenes.kit.penholder import Holder
from scenes.kit.plaster import Plaster

PACE = 220.0  # units of line a second
BREATH = 0.08  # breath below this is none
FLOOD = 24  # frames in which a colour fills its cell
GILD = 15 * 60  # frames in which the gold is laid
REST = 26 * 60  # frames the finished wall is looked at before it begins anew
DIM = 100  # frames of darkness coming or going
HELD = 20 * 60  # a held gesture is a breath no longer than this
SHARED = 12  # cells dealt out to the phones
CORNERS, FOLDS = 22, 6  # points of a cell's outline, and lines in it, on a phone
ACTS = ("line", "colour", "gold")
SONG = (
    jianpu("6, - - 1 | 2 - 3 - | 6 - 5 3 | 2 - - 0 | 3 - 5 6 | 5 3 2 - | 1 - 2 1 | 6, - - 0",
           instrument="xun", tonic=62, unit=1, velocity=0.42),
    jianpu("6 0 0 0 | 0 0 0 0 | 3 0 0 0 | 0 0 0 0", instrument="bell", tonic=74, unit=1, velocity=0.34),
)  # fmt: skip


class Line(Scene):
    """Breath (CC2), hand (CC1) or a held gesture draws; phones fill sleeves, scarves and clouds."""

    title = ("线", "Line")
    material = "wall"
    credits = (
        ("芮城永乐宫三清殿《朝元图》，元泰定二年", "Three Purities Hall, Yongle Palace, Ruicheng, 1325"),
        ("道教壁画·重彩勾填：色不压线", "A Taoist mural: colour never presses on the line"),
        ("线稿自绘，非临摹；神面不入画", "Our own drawing; the gods' faces stay outside the picture"),
    )  # fmt: skip
    captions = {
        "line": ("一口气，一条线", "One breath, one line"),
        "colour": ("色不压线", "Colour never presses on the line"),
        "gold": ("沥粉贴金", "Raised lines, laid with gold"),
    }

    main = Param(0.0, label=("运笔", "hand on the brush"))
    breath = Param(0.0, label=("气", "breath"))
    speed = Param(1.0, 0.4, 2.5, label=("快慢", "pace of the line"))
    warmth = Param(0.5, slew=0.4, label=("灯色", "warmth of the lantern"))
    lean = Param(0.5, slew=0.6, label=("灯位", "where the lantern leans"))
    energy = Param(0.0, slew=0.3, label=("人势", "energy of the room"))

    def setup(self):
        canvas = self.canvas
        self.paints = self.read("line/minerals.toml", read_minerals)
        pieces = self.read("line/mural.toml", lambda path: read_fenben(path, self.paints))
        self.bowls = [name for name, paint in self.paints.items() if paint.open]
        shift = (canvas.width / 2 - 960, 0.0)
        self.mural = Mural(canvas, pieces, self.paints, Plaster(canvas, self.rng), shift)
        self.lantern, self.holder = Lantern(canvas), Holder(canvas)
        cells = self.mural.cells
        self.open = [k for k, c in enumerate(cells) if c.piece.open]
        self.middles = np.array([self.mural.middle(k)[::-1] for k in self.open])
        self.order = self._painters_order()
        self.shared = self._shared()
        self.score = Score(Tempo(48), SONG)
        self.anew()

    def anew(self):
        """A bare wall in the dark, nobody there yet."""
        self.own = 0.0  # breath of the hand that draws when nobody does
        self.held = 0
        self.gilded = 0.0
        self.rested = 0
        self.dark, self.closing = 1.0, ""
        self.cued = self.breathing = False
        self.index, self.flare = 0, 0.0
        self.lamp = np.array([self.canvas.width * 0.5, 420.0])
        self._begin("line")

    def _painters_order(self):
        """Cells in the order the hall's painters keep: one mineral after another, along the wall."""
        cells, names = self.mural.cells, list(self.paints)
        first = [k for k, c in enumerate(cells) if not c.piece.open]
        rest = sorted(self.open, key=lambda k: (names.index(cells[k].piece.paint), cells[k].columns.start))
        return first, rest

    def _shared(self):
        """The largest open cells, as phones show them: outline, folds and innermost place in design units."""
        areas = {k: int((self.mural.cells[k].mask > 127).sum()) for k in self.open}
        found = []
        for k in sorted(areas, key=areas.get, reverse=True)[:SHARED]:
            outline = self.mural.cells[k].piece.outline + self.mural.shift
            some = outline[np.linspace(0, len(outline) - 1, CORNERS).round().astype(int)]
            x, y = self.middles[self.open.index(k)]
            strokes = [s for s in self.mural.cells[k].piece.strokes if s.inside and len(s.points) > 3]
            folds = [s.points[np.linspace(0, len(s.points) - 1, 5).astype(int)] for s in strokes[:FOLDS]]
            found.append(
                {
                    "p": _flat(some),
                    "f": [_flat(fold + self.mural.shift) for fold in folds],
                    "at": [round(float(x)), round(float(y))],
                }
            )
        return found

    # what people do

    def on_fill(self, signal):
        """A guest's mineral runs into the cell touched, or into the nearest guests may paint."""
        if self.act == "line" or self.closing:
            return
        x, y = signal.points[0] if signal.points else (signal.x, signal.y)
        place = np.array([x * self.canvas.width, y * self.canvas.height])
        paint = signal.text if signal.text in self.bowls else self.bowls[signal.number % len(self.bowls)]
        self._fill_near(place, paint)

    def _fill_near(self, place, paint):
        k = self.mural.cell_at(*place)
        if k in self.open:
            self.mural.fill(k, paint, tuple(place))
        else:
            near = int(np.hypot(*(self.middles - place).T).argmin())
            k = self.open[near]
            self.mural.fill(k, paint)
        degree = self.bowls.index(paint)
        self.hit("bell", 0.3, pan=float(np.clip(2 * place[0] / self.canvas.width - 1, -1, 1)),
                 pitch=MODES["yu"].note(degree, 74))  # fmt: skip

    def on_pad(self, signal):
        """The stone is struck: a short breath, the next cell, or a stretch of gold."""
        strength = signal.value**1.6
        self.hit("bell", 0.3 + 0.6 * signal.value, pitch=MODES["yu"].note((signal.number - 36) % 10, 62))
        if self.act == "line":
            self.held = max(self.held, round(40 + 140 * strength))
        elif self.act == "colour":
            self._next_cell()
        else:
            self.gilded = min(1.0, self.gilded + 0.02 + 0.05 * strength)

    def on_raise(self, signal):
        """A raised arm holds the breath until it sinks."""
        self.held = HELD

    def on_lower(self, signal):
        self.held = 0

    def on_hush(self, signal):
        """A still room breathes with the master for a while."""
        self.held = max(self.held, 240)

    def on_wave(self, signal):
        """Whoever waves swings the lantern."""
        self.flare = 1.0

    on_push = on_swipe_left = on_swipe_right = on_wave

    def on_cue(self, signal):
        if signal.text not in ACTS:
            return
        self.cued = True
        if signal.text == "line" and (self.mural.clock or any(self.mural.filled)):
            self.closing = "line"
        else:
            self._begin(signal.text)

    def _begin(self, act):
        self.act = self.caption = act
        self.closing, self.rested, self.breathing = "", 0, False
        if act == "line":
            self.mural.wash()
            self.gilded = 0.0
        self.todo = [*self.order[0]] if act == "colour" else []
        self.hit("bell", 0.8, pitch=62)

    # every frame

    def update(self, frame):
        self.index = frame.index
        level = max(self.main, self.breath, self.own, float(self.held > 0))
        self.held = max(0, self.held - 1)
        step = {"line": self._draw_line, "colour": self._colour, "gold": self._gild}[self.act]
        step(level, frame)
        self.own = 0.0
        self.mural.run(1 / FLOOD)
        self._light(frame)
        gold = self.mural.gold
        gold.look(self.mural.flat, round(gold.size * smooth(self.gilded)), (*self.lamp, 330.0), frame.index)
        self._sound(frame)

    def _draw_line(self, level, frame):
        drawing = level > BREATH and not self.closing and self.mural.drawn < 1
        if drawing:
            self.mural.pull(PACE * self.speed * frame.dt)
        elif self.breathing and self.mural.drawn < 1:
            self.mural.break_off()
        if drawing and not self.breathing:
            self.hit("bell", 0.35, pitch=69)
        self.breathing = drawing

    def _colour(self, level, frame):
        """The master paints skin, hair and robes; sleeves, scarves and clouds are left to the room."""
        self._hurry()
        if self.mural.drawn >= 1 and self.todo and frame.index % 5 == 0:
            k = self.todo.pop(0)
            self.mural.fill(k, self.mural.cells[k].piece.paint)

    def _gild(self, level, frame):
        self._hurry()
        if self.mural.drawn >= 1 and frame.index % 4 == 0:
            self._paint_next()
        self.gilded = min(1.0, self.gilded + 1 / GILD)

    def _hurry(self):
        """What the line act left open the pupils finish in two seconds."""
        if self.mural.drawn < 1:
            self.mural.pull(self.mural.end / 120)

    def _paint_next(self):
        """The first cell that has no colour yet gets the one it is meant to have; False when none is left."""
        for k in (*self.order[0], *self.order[1]):
            if not self.mural.filled[k]:
                self.mural.fill(k, self.mural.cells[k].piece.paint)
                return True
        return False

    def _next_cell(self):
        bare = [k for k in self.order[1] if not self.mural.filled[k]]
        if bare and self.mural.drawn >= 1:
            k = bare[0]
            self._fill_near(self.middles[self.open.index(k)], self.mural.cells[k].piece.paint)

    def autoplay(self, frame):
        """The master breathes, the painters follow, gold is laid; then the wall is bare again."""
        if self.closing:
            return
        if self.act == "line":
            self.own = 1.0 if self.dark < 0.4 else 0.0
            finished = self.mural.drawn >= 1
        elif self.act == "colour":
            if not self.todo and frame.index % 20 == 0:
                self._next_cell()
            finished = all(self.mural.filled) and not self.mural.waiting
        else:
            finished = self.gilded >= 1
        self.rested = self.rested + 1 if finished else 0
        if self.rested > (REST if self.act == "gold" else 150) and not self.cued:
            following = ACTS[(ACTS.index(self.act) + 1) % len(ACTS)]
            if following == "line":
                self.closing = following
            else:
                self._begin(following)

    def _light(self, frame):
        """The lantern walks along the wall, follows the brush, and goes out before a new beginning."""
        goal = 1.0 if self.closing else 0.0
        self.dark += np.clip(goal - self.dark, -1 / DIM, 1 / DIM)
        if self.closing and self.dark >= 1:
            self._begin(self.closing)
        self.flare *= 0.97
        t, w = frame.time, self.canvas.width
        goal = np.array([w * (0.5 + 0.24 * np.sin(t * 0.11)), 430 + 120 * np.sin(t * 0.17 + 1)])
        if self.act == "line" and 0 < self.mural.drawn < 1:
            goal = 0.45 * goal + 0.55 * np.array(self.mural.brush())
        goal += np.array([(self.lean - 0.5) * w * 0.6, 0.0])
        goal += self.flare * 160 * np.array([np.sin(t * 7), 0.3 * np.cos(t * 7)])
        self.lamp += (goal - self.lamp) * 0.02

    def _sound(self, frame):
        blows = self.breathing or self.act != "line"
        self.hits += [hit for hit in self.score.hits(frame) if blows or hit.instrument != "xun"]
        self.bed("room", 0.5)
        self.bed("drone", 0.14 + 0.12 * self.breathing)

    def draw(self, canvas, frame):
        mural = self.mural
        canvas.paste(mural.wall)
        flat = canvas.px.reshape(-1, 4)
        if self.act == "line":
            at, share = mural.wet(190.0)
            flat[at, :3] = (flat[at, :3] * (1 - 0.75 * share)).astype(np.uint8)
        mural.gold.draw(canvas)
        flicker = 0.965 + 0.035 * breathe(frame.time, 1.9) * breathe(frame.time, 0.83)
        level = 255 * flicker * (1 - smooth(float(np.clip(self.dark, 0, 1))))
        tint = (1.0, 1.02 - 0.04 * self.warmth, 1.1 - 0.2 * self.warmth)
        self.lantern.draw(canvas, self.lamp, tuple(round(min(255.0, level * c)) for c in tint))
        if self.act == "line" and mural.drawn < 1:
            x, y = mural.brush()
            self.holder.draw(canvas, x, y, 0.0 if self.breathing else 1.0)

    def companion(self):
        if self.act == "line" or self.mural.drawn < 1:
            return {
                "view": "wait",
                "verbs": [],
                "line": ["屏息，看这一条线", "Hold your breath with it"],
            }
        options = [
            {"id": name, "label": list(self.paints[name].words), "colour": self.paints[name].colour}
            for name in self.bowls
        ]
        return {
            "view": "mineral",
            "verbs": ["fill"],
            "options": options,
            "cells": self.shared,
            "wide": round(self.canvas.width),
            "line": ["选一碗颜色，点进格里", "Choose a bowl, then touch the cell"],
        }


def _flat(points):
    """x, y, x, y ... in whole design units."""
    return np.clip(points, -400, 4000).round().astype(int).ravel().tolist()
