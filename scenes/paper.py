"""Winter morning behind a lattice window: guests cut red rosettes, then a Guangling general takes his dyes."""

from dataclasses import dataclass, field

import numpy as np

from engine import Canvas, Param, Scene, breathe, light, smooth
from scenes.kit import guangling, lattice, panes, papercut, winter

TUNE = ((0, 79), (1, 81), (2, 84), (3, 86), (4, 88), (5, 86), (6, 84), (7, 83), (8, 81), (9, 79), (10, 76))
"""Our own tag in kaihua form, 5 6 1' 2' 3' 2' 1' 7 6 5 3: eighth, MIDI note (1 = C5)."""

LIFT = 1.3
"""Seconds in which the middle sash is lifted out."""

WASHES = {"lattice": (255, 252, 242), "bloom": (255, 240, 226), "dye": (255, 240, 244)}
REGATHER = 5.0
"""Seconds within which a guest's next cut still belongs to the same flower."""


@dataclass
class Work:
    """A guest's flower in the making."""

    guest: int
    pane: int
    recipe: object
    last: float
    strokes: list = field(default_factory=list)
    dirty: bool = True


class Paper(Scene):
    title = ("窗花", "Paper")
    credits = (
        (
            "红团花：山西各地的窗花，折叠剪成，一张纸不断",
            "Red folded rosettes: window art from all over Shanxi; one sheet, never severed",
        ),
        (
            "染色人物：大同广灵剪纸，先刻后点染",
            "The dyed figure: Guangling paper-cut, Datong; engraved first, then dyed dot by dot",
        ),
        (
            "开花调：晋中左权的两句头山歌，词曲为本剧新写",
            "Kaihua diao: two-line songs of Zuoquan; these words and notes are our own",
        ),
    )
    captions = {
        "lattice": ("一张红纸一扇窗", "One sheet of red, one window of morning"),
        "scissors": (
            "剪刀开花两片片，红纸里头藏春天。",
            "Scissors bloom, two petals wide; in red paper spring can hide.",
        ),
        "phone": (
            "手机开花亮堂堂，你我都在灯中央。",
            "Phones bloom bright; and you and I stand in the middle of the light.",
        ),
        "dye": (
            "广灵染色剪纸：先刻后染，一点一色。",
            "Guangling dyed paper-cut: first the knife, then each cell drinks one drop.",
        ),
    }
    main = Param(1.0, 0.0, 1.0, slew=0.2, label=("晨光", "Morning light"))
    density = Param(0.6, 0.0, 1.0, label=("雪密", "Snow"))
    warmth = Param(0.5, 0.0, 1.0, slew=0.4, label=("冷暖", "Warmth"))
    speed = Param(1.0, 0.3, 3.0, label=("快慢", "Pace"))
    wind = Param(0.5, 0.0, 1.0, slew=0.6, label=("风", "Wind"))
    energy = Param(0.0, 0.0, 1.0, slew=0.3, label=("人气", "Energy of the room"))
    lean = Param(0.5, 0.0, 1.0, slew=0.4, label=("身形", "Lean"))

    def setup(self):
        self.window = lattice.lay_out(self.canvas.width)
        self.bare, self.behind = lattice.build(self.canvas, self.rng, self.window)
        figure = guangling.read_figure(self.asset("papercut/general.toml"))
        self.general = guangling.DyedFigure(figure, self.canvas, self.rng)
        self.sash = Canvas(self.behind.px.shape[1::-1], scale=self.canvas.scale)
        self.lifted = 0.0
        self.branch = winter.branch_shadow(self.canvas, self.rng, self.canvas.width + 60, 1000)
        self.snow = winter.Snow(self.canvas, self.rng, self.window)
        self.scraps = winter.Scraps(self.canvas, self.rng)
        self.panes = panes.Panes(self.window, self.bare, self.letters)
        self.recipes = papercut.read_rosettes(self.asset("papercut/rosettes.toml"))
        self.radius = min(self.window.pitch) / 2 - 19
        self.flowers = [papercut.cut_flower(r, self.radius, self.canvas) for r in self.recipes]
        self.great = [papercut.cut_flower(r, 2 * self.radius + 8, self.canvas) for r in self.recipes[:2]]
        self.act, self.act_at, self.now = "lattice", 0.0, 0.0
        self.wash = list(WASHES["lattice"])
        self.works, self.given, self.turns = {}, 0, 0
        self.gust, self.next_house, self.tune_at = 0.0, 0.6, -99.0
        self.caption = "lattice"
        small = [p.number for p in self.window.panes]
        for number in self.rng.choice(small, len(small) // 3, replace=False):
            self.panes.put(int(number), self._house_flower())
        self.panes.open(0, self.great[0], 0.0)

    # what the room does

    def on_cut(self, cut):
        """One stroke of a guest's scissors; strokes of one guest within a few seconds make one flower."""
        work = self.works.get(cut.number) if cut.number else None
        if work is None or self.now - work.last > REGATHER:
            folds = papercut.FOLDS[-1 - cut.number % 3]
            work = Work(cut.number, self.panes.free(self.rng), papercut.plain(folds), self.now)
            self.works[cut.number or -work.pane] = work
        shape = papercut.stroke(cut.points or ((0.5, 0.5),), cut.text, work.recipe.folds, cut.value)
        work.strokes = [*work.strokes[-11:], shape]
        work.last, work.dirty = self.now, True
        pane = self.panes.panes[work.pane]
        self.scraps.drop(pane.x, pane.y, 3)
        self.hit("snip", 0.6, pan=self._pan(pane.x))

    def on_pad(self, pad):
        """A drum stroke opens a house flower; the harder, the more is cut and the more falls."""
        force = max(0.05, pad.value) ** 1.6
        number = self._pane_for(pad.number)
        pane = self.panes.panes[number]
        self.panes.open(number, self.flowers[(pad.number + int(force * 5)) % len(self.flowers)], self.now)
        self.scraps.drop(pane.x, pane.y, 2 + int(force * 14), force=0.5 + force)
        self.hit("snip", pad.value, pan=self._pan(pane.x))

    def on_tap(self, tap):
        """Taps turn the flowers nearest to where they fell."""
        x, y = tap.x * self.canvas.width, tap.y * lattice.FOOT
        near = sorted(self.panes.held, key=lambda n: self._far(n, x, y))[: min(6, tap.count)]
        for number in near:
            self.panes.turn(number, self._house_flower(), self.now)
        self.scraps.drop(x, y, 2)

    def on_swipe_left(self, _signal):
        self._turn_page(panes.columns(self.panes.panes, False, 0.55))

    def on_swipe_right(self, _signal):
        self._turn_page(panes.columns(self.panes.panes, True, 0.55))

    def on_push(self, _signal):
        self._turn_page(
            panes.ripple(self.panes.panes, (self.window.great.x, self.window.great.y), 0.35), upright=True
        )

    def on_raise(self, _signal):
        """Raised hands open a flower in every empty pane, from the sill upward."""
        for number in sorted(self.panes.panes, reverse=True):
            pane = self.panes.panes[number]
            if number not in self.panes.held and number not in self.panes.opening:
                self.panes.open(number, self._house_flower(), self.now + (lattice.FOOT - pane.y) * 0.0004)
        self.hit("suona", 0.5)

    def on_wave(self, wave):
        """A wave is a gust: snow and branch bend, snippets fly up from the sill."""
        self.gust = 1.0 if wave.x >= 0.5 else -1.0
        for k in range(8):
            self.scraps.drop(
                self.window.left + (k + 0.5) * (self.window.right - self.window.left) / 8, 930, 3, force=3
            )

    def on_hush(self, _signal):
        """Stillness: the great pane opens a new flower by itself."""
        self.turns += 1
        self.panes.open(0, self.great[self.turns % len(self.great)], self.now)

    def on_vote(self, vote):
        """The object named blooms."""
        if vote.text in self.captions:
            self.caption = vote.text
        self.on_hush(vote)
        self.tune_at = self.now

    def on_cue(self, cue):
        """Acts: lattice, bloom, dye."""
        if cue.text in WASHES:
            self.act, self.act_at = cue.text, self.now
            if cue.text == "dye":
                self.general.wash_out()
            self.caption = {"lattice": "lattice", "bloom": "scissors", "dye": "dye"}[cue.text]

    def autoplay(self, frame):
        """Nobody there: flowers keep opening, and now and then the page turns."""
        if frame.index % round(frame.fps * 0.9 / self.speed) == 0 and self.panes.holding() < len(
            self.panes.panes
        ):
            self.panes.open(self.panes.free(self.rng), self._house_flower(), self.now)
        if frame.index % (frame.fps * 14) == frame.fps * 13:
            self.on_swipe_left(None) if frame.index % (frame.fps * 28) < frame.fps * 14 else self.on_push(
                None
            )

    # each frame

    def update(self, frame):
        self.now = frame.time
        if self.now >= self.next_house and self.panes.holding() < len(self.panes.panes) // 2:
            self.next_house = self.now + 1.3
            self.panes.open(self.panes.free(self.rng), self._house_flower(), self.now)
        self._make_one()
        for number in self.panes.update(self.now):
            self.hit("paper", 0.45, pan=self._pan(self.panes.panes[number].x))
        self.gust *= 1 - 1.2 * frame.dt
        push = (self.wind - 0.5) * 1.2 + (self.lean - 0.5) * 0.8 + self.gust
        self.snow.update(frame.dt, self.now, push, self.density)
        self.scraps.update(frame.dt, push)
        self._tune(frame)
        self.bed("wind", 0.10 + 0.3 * abs(self.gust))
        self._dye(frame)
        goal = WASHES[self.act]
        for i in range(3):
            self.wash[i] += (goal[i] - self.wash[i]) * min(1.0, 1.5 * frame.dt)

    def draw(self, canvas, frame):
        self.panes.draw(canvas, self.now)
        if self.lifted > 0:
            self._draw_general(canvas)
        sway = 8 * breathe(frame.time, 7.3) + 5 * breathe(frame.time, 3.1) + 30 * self.gust + 10 * self.energy
        canvas.stamp(
            self.branch, (-40 + sway, -14 + 6 * breathe(frame.time, 5.2)), blend="multiply", anchor=(0, 0)
        )
        self.snow.draw(canvas, 0.25 + self.density)
        light.wash(canvas, self._wash(frame))
        self.scraps.draw(canvas)

    def companion(self):
        guests = {str(w.guest): w.pane for w in list(self.works.values())[-24:] if w.guest}
        return {
            "view": "cut",
            "verbs": ["cut", "tap"],
            "line": ("在折好的红纸上剪一刀，再展开", "Cut the folded paper, then unfold it"),
            "folds": [papercut.FOLDS[-1 - k] for k in range(3)],
            "panes": guests,
        }

    # inside

    def _dye(self, frame):
        """The middle sash rises, the figure behind it drinks its dyes; for any other act it comes down."""
        if self.lifted == 0 and self.act == "dye":
            x, h = round(self.window.centre[0] * self.canvas.scale), self.sash.px.shape[0]
            np.copyto(self.sash.px, self.panes.picture.px[:h, x : x + self.sash.px.shape[1]])
        step = frame.dt / LIFT
        self.lifted = min(1.0, self.lifted + step) if self.act == "dye" else max(0.0, self.lifted - step)
        wet = self.now - self.act_at - LIFT * 0.7
        if self.act == "dye" and 0 <= wet < guangling.DYEING + 0.5:
            self.general.run_to(wet)
            if frame.index % round(frame.fps * 0.5) == 0:
                self.hit("pluck", 0.35, pitch=TUNE[int(wet * 2) % len(TUNE)][1] - 12)

    def _draw_general(self, canvas):
        left, right = self.window.centre
        canvas.stamp(self.behind, (left, 0), anchor=(0, 0))
        canvas.stamp(self.general.sheet, ((left + right) / 2, 466), blend="multiply")
        if self.lifted < 1:
            up = smooth(self.lifted) * self.behind.height
            canvas.stamp(self.sash, (left, -up), anchor=(0, 0))

    def _make_one(self):
        for work in self.works.values():
            if not work.dirty:
                continue
            work.dirty = False
            flower = papercut.cut_flower(
                papercut.with_strokes(work.recipe, work.strokes), self.radius, self.canvas
            )
            pane = self.panes.panes[work.pane]
            for (x, y), _share in flower.scraps[:6]:
                self.scraps.drop(pane.x + x / self.canvas.scale, pane.y + y / self.canvas.scale, 1, spread=2)
            self.panes.show(work.pane, flower, self.now, work.guest)
            return

    def _house_flower(self):
        self.given += 1
        return self.flowers[(self.given * 5) % len(self.flowers)]

    def _turn_page(self, delays, *, upright=False):
        self.turns += 1
        for number in list(self.panes.held):
            flower = self.great[self.turns % len(self.great)] if number == 0 else self._house_flower()
            if number in self.panes.guests:
                flower = self.panes.held[number]
            self.panes.turn(number, flower, self.now + delays[number], upright=upright)
        self.hit("paper", 0.8)

    def _pane_for(self, note):
        small = self.window.panes
        return small[(note * 7) % len(small)].number

    def _far(self, number, x, y):
        pane = self.panes.panes[number]
        return (pane.x - x) ** 2 + (pane.y - y) ** 2

    def _pan(self, x):
        return max(-1.0, min(1.0, 2 * x / self.canvas.width - 1))

    def _wash(self, frame):
        cloud = 0.94 + 0.06 * smooth(breathe(frame.time, 11.0))
        level = cloud * (0.45 + 0.55 * self.main)
        warm = self.warmth - 0.5
        gel = (1 + 0.0 * warm, 1 - 0.10 * warm, 1 - 0.36 * warm)
        return tuple(min(255, round(w * level * g)) for w, g in zip(self.wash, gel, strict=True))

    def _tune(self, frame):
        eighth = 60 / 96 / 2
        beat = int(self.now / eighth)
        if beat != int((self.now - frame.dt) / eighth):
            if beat % 4 == 0:
                self.hit("clapper", 0.28)
            step = int((self.now - self.tune_at) / eighth)
            for at, note in TUNE:
                if at == step:
                    self.hit("pluck", 0.5, pitch=note)
