"""Winter morning behind a lattice window: guests cut red rosettes, a Guangling general takes his dyes."""

from engine import Param, Scene, Signal, breathe, light, smooth
from scenes.kit import (
    corners,
    couplets,
    cupboard,
    guangling,
    kaihua,
    lattice,
    panes,
    papercut,
    sash,
    unfolding,
    winter,
    workbench,
)

TUNE = ((0, 79), (1, 81), (2, 84), (3, 86), (4, 88), (5, 86), (6, 84), (7, 83), (8, 81), (9, 79), (10, 76))
"""Our own tag in kaihua form, 5 6 1' 2' 3' 2' 1' 7 6 5 3: eighth, MIDI note (1 = C5)."""
EIGHTH = 60 / 96 / 2
WASHES = {"lattice": (255, 252, 242), "bloom": (255, 240, 226), "dye": (255, 242, 246)}
FIRST_WORDS = {"lattice": "lattice", "bloom": "scissors", "dye": "dye"}


class Paper(Scene):
    title = ("窗花", "Paper")
    material = "paper"
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
            "开花调：晋中左权的两句头山歌；这里的词曲为本剧新写",
            "Kaihua diao: two-line songs of Zuoquan, Jinzhong; these words and notes are our own",
        ),
    )
    captions = couplets.CAPTIONS
    main = Param(1.0, slew=0.2, label=("晨光", "Morning light"))
    density = Param(0.6, label=("雪密", "Snow"))
    warmth = Param(0.5, slew=0.4, label=("冷暖", "Warmth"))
    speed = Param(1.0, 0.3, 3.0, label=("快慢", "Pace"))
    wind = Param(0.5, slew=0.6, label=("风", "Wind"))
    energy = Param(0.0, slew=0.3, label=("人气", "Energy of the room"))
    lean = Param(0.5, slew=0.4, label=("身形", "Lean"))

    def setup(self):
        canvas, rng = self.canvas, self.rng
        self.window = lattice.lay_out(canvas.width)
        bare, behind = lattice.build(canvas, rng, self.window)
        self.wood = lattice.wood_only(bare, self.window)
        corners.paste(bare, self.window, self.read("papercut/corners.toml", papercut.read_rosettes)[0])
        figure = self.read("papercut/general.toml", guangling.read_figure)
        self.sash = sash.Sash(self.window, behind, guangling.DyedFigure(figure, canvas, rng))
        self.bough, self.bough_at = winter.branch_shadow(canvas, rng, self.window.right + 40, 990)
        self.snow = winter.Snow(canvas, rng, self.window)
        self.scraps = winter.Scraps(canvas, rng)
        self.panes = panes.Panes(self.window, bare, self.letters)
        self.act, self.now, self.wash = "lattice", 0.0, list(WASHES["lattice"])
        self.gust = 0.0
        self.next_house, self.tune_at = 0.4, -99.0
        self.caption = "lattice"
        self._hang()

    def _hang(self):
        """The house cuts its own beforehand, and hangs some in two panes of five."""
        radius = min(self.window.pitch) / 2 - 19
        self.cupboard = cupboard.Cupboard(self.read, radius, self.canvas, self.rng)
        self.blooming = kaihua.Blooming(self.canvas, self.panes.bare)
        self.bench = workbench.Workbench(radius, self.canvas)
        self.drum = workbench.DrumFlower(2 * radius + 12, self.canvas)
        small = [p.number for p in self.window.panes]
        for number in self.rng.choice(small, len(small) * 2 // 5, replace=False):
            self.panes.put(int(number), self._house_flower())
        self.panes.open(0, self.cupboard.great[0][1], -unfolding.HELD)

    # what the room does

    def on_cut(self, cut):
        """One stroke of a guest's scissors; strokes of one guest within a few seconds make one flower."""
        work = self.bench.stroke(cut, self.now, self._free_pane)
        pane = self.panes.panes[work.pane]
        self.scraps.drop(pane.x, pane.y, 3)
        self.hit("snip", 0.6, pan=self._pan(pane.x))

    def on_pad(self, pad):
        """A drum stroke cuts the great flower, harder is deeper; over the general it hurries the dye."""
        force = max(0.03, pad.value) ** 1.6
        great = self.window.great
        self.scraps.drop(great.x, great.y, 2 + int(force * 16), spread=160, force=0.4 + force)
        self.hit("snip", pad.value)
        if self.act == "dye":
            self.sash.hurry(0.15 + 0.5 * force)
            return
        if self.drum.count == 0:
            self._clear_great()
            self.caption = "scissors"
        flower = self.drum.cut(pad.number, force)
        self.panes.put(0, flower)
        if self.drum.done():
            number = self._free_pane()
            if number not in self.panes.guests:  # a guest's flower makes no room for the drum's
                small = papercut.cut_flower(self.drum.recipe, self.bench.radius, self.canvas)
                self.panes.open(number, small, self.now)
            self.drum.fresh()
            self._open_great()

    def on_tap(self, tap):
        """Taps turn the flowers nearest to where they fell."""
        x, y = tap.x * self.canvas.width, tap.y * lattice.FOOT
        small = [n for n in self.panes.held if n]
        for number in sorted(small, key=lambda n: self._far(n, x, y))[: min(6, tap.count)]:
            self.panes.turn(number, self._again(number), self.now)
        self.scraps.drop(x, y, 2)

    def on_swipe_left(self, _signal):
        """The page of the window turns, from the right."""
        self._turn_page(panes.columns(self.panes.panes, rightward=False, spread=0.85))

    def on_swipe_right(self, _signal):
        """The page of the window turns, from the left."""
        self._turn_page(panes.columns(self.panes.panes, rightward=True, spread=0.85))

    def on_push(self, _signal):
        """All panes flip, from the middle outward."""
        great = self.window.great
        self._turn_page(panes.ripple(self.panes.panes, (great.x, great.y), 0.6), upright=True)

    def on_raise(self, _signal):
        """Raised hands open a flower in every empty pane, from the sill upward."""
        for number, pane in self.panes.panes.items():
            if self.panes.empty(number):
                delay = (lattice.FOOT - pane.y) * 0.0012
                self.panes.open(number, self._house_flower(), self.now + delay)
        self._gust(0.25)
        self.hit("huhu", 0.5, pitch=79)

    def on_lower(self, _signal):
        """Lowered hands let snippets fall from every pane."""
        for pane in self.window.panes:
            self.scraps.drop(pane.x, pane.y, 2)

    def on_wave(self, wave):
        """A wave is a gust: snow and branch bend, snippets fly up from the sill."""
        self._gust(1.0 if wave.x >= 0.5 else -1.0)
        wide = (self.window.right - self.window.left) / 8
        for k in range(8):
            self.scraps.drop(self.window.left + (k + 0.5) * wide, lattice.FOOT, 3, force=3)

    def on_hush(self, _signal):
        """Stillness: a great flower opens by itself; or a small one, and the general drinks quicker."""
        if self.act != "dye":
            self._open_great()
            return
        self.sash.hurry(0.6)
        if (number := self._free_pane()) not in self.panes.guests:
            self.panes.open(number, self._house_flower(), self.now)

    def on_vote(self, vote):
        """The thing named blooms."""
        thing = self.cupboard.things.get(vote.text)
        great = self.window.great
        self.scraps.drop(great.x, great.y, min(12, 2 + vote.count), spread=120)
        if thing is None or self.act == "dye":
            return
        self.caption = vote.text
        if self.blooming.thing is not thing.thing:
            self.panes.opening.pop(0, None)
            self.panes.turn(0, thing, self.now)
            self.drum.fresh()
            self.blooming.begin(thing.thing, self._heart(), self.now + panes.TURN)
            self.tune_at = self.now
            self.hit("huhu", 0.6, pitch=84)

    def on_cue(self, cue):
        """Acts: lattice, bloom, dye."""
        if cue.text not in WASHES:
            return
        self.act, self.caption = cue.text, FIRST_WORDS[cue.text]
        self.tune_at = self.now
        if cue.text == "dye":
            self.sash.lift(self.panes.picture, self._draw_moving)
        if cue.text == "bloom":
            self.on_raise(cue)
            self.on_vote(Signal("vote", text=FIRST_WORDS["bloom"]))

    def autoplay(self, frame):
        """Nobody there: flowers open, things bloom one after another, now and then the page turns."""
        beat = round(frame.fps * 0.8 / self.speed)
        if frame.index % beat == 0:
            self._house_opens()
        second, rest = divmod(frame.index, frame.fps)
        if rest or self.act == "dye":
            return
        if self.act == "bloom" and second % 8 == 2:
            names = list(self.cupboard.things)
            self.on_vote(Signal("vote", text=names[second // 8 % len(names)]))
        elif second % 19 == 13:
            (self.on_swipe_left, self.on_push, self.on_swipe_right)[second // 19 % 3](None)

    # each frame

    def update(self, frame):
        self.now = frame.time
        self.evening.earn(self.house)
        if self.now >= self.next_house and self.panes.holding() < len(self.panes.panes) * 0.6:
            self.next_house = self.now + 1.1
            self._house_opens()
        self._cut_next()
        for number in self.panes.update(self.now):
            self.hit("paper", 0.45, pan=self._pan(self.panes.panes[number].x))
        self.gust *= 1 - 1.2 * frame.dt
        push = (self.wind - 0.5) * 1.2 + (self.lean - 0.5) * 0.8 + self.gust
        self.snow.update(frame.dt, self.now, push, self.density)
        self.scraps.update(frame.dt, push)
        self.sash.update(frame, dyeing=self.act == "dye")
        self._tune(frame)
        self.bed("wind", 0.10 + 0.3 * min(1.0, abs(self.gust)))
        for i, goal in enumerate(WASHES[self.act]):
            self.wash[i] += (goal - self.wash[i]) * min(1.0, 1.5 * frame.dt)

    def draw(self, canvas, frame):
        canvas.paste(self.panes.picture)
        self._draw_moving(canvas)
        self.sash.draw(canvas)
        sway = 8 * breathe(frame.time, 7.3) + 5 * breathe(frame.time, 3.1) + 30 * self.gust + 14 * self.energy
        aside = smooth(self.sash.lifted)  # the bough's shadow leaves the general in peace
        at = (self.bough_at - 44 + sway + 330 * aside, -14 - 200 * aside + 6 * breathe(frame.time, 5.2))
        canvas.stamp(self.bough, at, blend="multiply", anchor=(0, 0))
        self.snow.draw(canvas, 0.25 + self.density)
        self.sash.draw_wood(canvas, *self.wood)
        light.wash(canvas, self._gel(frame))
        self.scraps.draw(canvas)

    def companion(self):
        told = {"panes": self.bench.places(), "folds": [workbench.folds_of(g) for g in range(3)]}
        if self.act == "bloom":
            return {
                "view": "cut",
                "verbs": ["cut", "vote"],
                "line": ["剪一朵，或点一样东西叫它开花", "Cut a flower, or name a thing and let it bloom"],
                "options": [{"id": n, "label": list(c.thing.label)} for n, c in self.cupboard.things.items()],
                **told,
            }
        if self.act == "dye":
            line = ["看广灵的颜色，一点一点染开", "Watch the Guangling dyes run, drop by drop"]
            return {"view": "cut", "verbs": ["cut"], "line": line, **told}
        line = ["在折好的红纸上剪几刀，再展开", "Make a few cuts in the folded paper, then unfold it"]
        return {"view": "cut", "verbs": ["cut", "tap"], "line": line, **told}

    # inside

    def _draw_moving(self, canvas):
        """What opens, turns and blooms, over a picture of what rests."""
        self.panes.draw(canvas, self.now)
        if not self.sash.lifted:
            self.blooming.draw(canvas, self.now)

    def _cut_next(self):
        made = self.bench.next_cut()
        if made is None:
            return
        work, flower = made
        pane = self.panes.panes[work.pane]
        for (x, y), _share in flower.scraps[:6]:
            self.scraps.drop(pane.x + x / self.canvas.scale, pane.y + y / self.canvas.scale, 1, spread=2)
        self.panes.show(work.pane, flower, self.now, work.guest)
        if work.guest and not work.kept:  # later strokes change the same flower
            work.kept = True
            across, down = pane.x / self.canvas.width, pane.y / self.canvas.height
            self.evening.keep("flower", work.guest, x=across, y=down, text=str(work.recipe.folds))

    def _house_opens(self):
        """One more flower of the house, if there is a pane that nobody has or awaits."""
        number = self._free_pane()
        if self.panes.empty(number) and number not in self.bench.awaited():
            self.panes.open(number, self._house_flower(), self.now)

    def _house_flower(self):
        return self.cupboard.flower(self.panes.seen())

    def _great_flower(self):
        """The next of the great flowers; the words tell what it wishes."""
        wish, flower = self.cupboard.great_flower()
        if self.act != "dye":
            self.caption = wish
        return flower

    def _again(self, number):
        """What a pane shows after it has turned: a guest's flower stays the guest's."""
        return self.panes.held[number] if number in self.panes.guests else self._house_flower()

    def _open_great(self):
        self._clear_great()
        self.panes.open(0, self._great_flower(), self.now)

    def _clear_great(self):
        self.blooming.begin(None, self._heart(), self.now)
        self.panes.clear(0)

    def _turn_page(self, delays, *, upright=False):
        self.blooming.begin(None, self._heart(), self.now)
        for number in list(self.panes.held):
            flower = self._again(number) if number else self._great_flower()
            self.panes.turn(number, flower, self.now + delays[number], upright=upright)
        self._gust(0.3)
        self.hit("paper", 0.8)

    def _gust(self, force):
        self.gust = max(-1.5, min(1.5, self.gust + force))

    def _free_pane(self):
        """A pane for a newcomer that no one waits for; while the middle sash is out, one that is seen."""
        low, high = self.window.centre if self.act == "dye" else (0, 0)
        taken = self.bench.awaited()
        return self.panes.free(self.rng, lambda p: not low < p.x < high, taken)

    def _heart(self):
        return self.window.great.x, self.window.great.y

    def _far(self, number, x, y):
        pane = self.panes.panes[number]
        return (pane.x - x) ** 2 + (pane.y - y) ** 2

    def _pan(self, x):
        return max(-1.0, min(1.0, 2 * x / self.canvas.width - 1))

    def _gel(self, frame):
        """The colour of the light now: the act's, a passing cloud, the morning and the warmth knob."""
        level = (0.95 + 0.05 * breathe(frame.time, 11.0)) * (0.45 + 0.55 * self.main)
        warm = 2 * self.warmth - 1
        gel = (1 + min(0.0, 0.16 * warm), 1 - 0.05 * abs(warm), 1 - max(0.0, 0.22 * warm))
        return tuple(min(255, round(w * level * g)) for w, g in zip(self.wash, gel, strict=True))

    def _tune(self, frame):
        """The tag on the pluck, a clapper on each second beat: 96 to the minute."""
        eighth = int(self.now / EIGHTH)
        if eighth == int((self.now - frame.dt) / EIGHTH):
            return
        if eighth % 4 == 0:
            self.hit("clapper", 0.28)
        step = int((self.now - self.tune_at) / EIGHTH)
        for at, note in TUNE:
            if at == step:
                self.hit("pluck", 0.5, pitch=note)
