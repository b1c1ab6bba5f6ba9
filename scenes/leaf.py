"""One leaf 一叶: a tung leaf falls on still water, a boy cuts it to a tablet, and a game becomes a state."""

import math

import numpy as np

from engine import Canvas, Param, Scene
from scenes.kit import stillwater, tung
from scenes.kit.falling import Falling
from scenes.kit.giving import Gifts
from scenes.kit.gui import Cutting, knife, read_plan
from scenes.kit.oneleaf import FOLD, OneLeaf
from scenes.kit.pond import Pond
from scenes.kit.scraps import Scraps
from scenes.kit.verdict import CLICKS, WRITTEN, Verdict

ACTS = {"leaf": 22.0, "gui": 17.0, "nojest": 20.0}  # seconds each lasts when it plays by itself
FALL = 12.0  # seconds from above the picture to just over the water
ABOVE, HOVER, AFLOAT = -130.0, 700.0, 925.0
SMALL = 0.78  # size of the leaf in the air, of that in the hand
HAND = 404.0  # where it is held to be cut
LIFTED, TOUCH = 2.0, 2.5  # seconds into the cutting: held upright; the knife touches
OVER = 1.6  # seconds the tablet takes to be handed over
BUSY = 0.12  # energy of a room that is not still
XUN = (  # leaf: (second, MIDI note), mode yu: A C D E G
    *((1.0, 69), (2.7, 72), (4.0, 74), (5.2, 72), (6.4, 69), (8.6, 67), (10.0, 64), (12.2, 69)),
    *((15.0, 76), (16.4, 74), (17.4, 72), (18.6, 69)),
)
SONG = ((0.2, 69), (1.2, 72), (2.0, 74), (2.8, 76), (4.4, 74), (5.2, 72), (6.0, 69))  # 乐歌之
TOLD = {  # act: (second, caption)
    "leaf": ((1.2, "legend"),),
    "gui": ((0.6, "game"), (9.6, "only")),
    "nojest": ((0.0, ""), (0.35, "king"), (WRITTEN[0], "deeds"), (13.4, "tang")),
}


class Leaf(Scene):
    """Falls when the act "leaf" begins, is cut in "gui", is sentenced in "nojest"; guests give leaves."""

    title = ("一叶", "One Leaf")
    credits = (
        ("山西太原晋祠·桐叶封弟", "Jinci, Taiyuan, Shanxi: the leaf that enfeoffed a brother"),
        ("传说，见《史记·晋世家》", "A legend, as in the Records of the Grand Historian, House of Jin"),
        (
            "圭：上尖下方，长为宽的三倍有余",
            "Gui: pointed above, square below, over three times as tall as wide",
        ),
    )
    captions = {
        "legend": (
            "传说：周成王年少，与弟叔虞戏",
            "A legend: young King Cheng of Zhou is at play with his brother Shuyu",
        ),
        "game": ("削桐叶为珪，曰：以此封若", "He cuts a tung leaf to a tablet: “With this I enfeoff you.”"),
        "only": (
            "史佚请择日。王曰：吾与之戏耳",
            "The scribe asks him to name the day. “I was only playing.”",
        ),
        "king": ("天子无戏言", "“A king's word is never play."),
        "deeds": (
            "言则史书之，礼成之，乐歌之",
            "Once said, the scribe records it, the rite gives it form, music sings it.”",
        ),
        "tang": (
            "遂封叔虞于唐，在河汾之东；其子改国号曰晋",
            "So Shuyu was given Tang, east of the He and the Fen; his son named it Jin",
        ),
    }

    wind = Param(0.0, label=("风", "wind"), slew=0.4)
    speed = Param(1.0, 0.6, 1.8, label=("快慢", "pace of the fall"), slew=0.3)
    energy = Param(0.0, label=("场内", "energy of the room"), slew=0.2)

    def setup(self):
        canvas, rng = self.canvas, self.rng
        points = tung.read_leaf(self.asset("tung/leaf.toml"))
        self.plan = read_plan(self.asset("tung/gui.toml"))
        colours = self.plan.colours
        self.one = OneLeaf(canvas, points, tung.Tone(*colours["leaf"].values()), rng, 600.0)
        self.cutting = Cutting(self.one, self.plan)
        self.jade = self.cutting.hardened(colours["jade"])
        self.knife, self.shadow = knife(canvas, colours["bronze"])
        self.lit, self.dark = stillwater.air(canvas, rng)
        self.pond = Pond(canvas, stillwater.WATER, canvas.height, live=True)
        self.shades = [stillwater.water(self.pond, canvas, lit=lit) for lit in (True, False)]
        self.halo = stillwater.halo(canvas)
        self.motes = stillwater.Motes(canvas, rng)
        self.verdict = Verdict(canvas, self.letters, rng)
        self.gifts = Gifts(
            canvas, points, self.plan.greens, rng, shore=stillwater.WATER, bottom=canvas.height
        )
        self.scraps = Scraps(rng)
        self.scratch = Canvas(canvas.surface.get_size())
        self.called, self.calm, self.gust, self.lift, self.clock = False, 0.0, 0.0, 0.0, 0.0
        self._begin("leaf")

    # acts

    def on_cue(self, cue):
        acts = [word for word in cue.text.split() if word in ACTS]
        if acts:
            self.called = True
            self._begin(acts[0])

    def _begin(self, act):
        self.act, self.age, self.was = act, 0.0, -1.0
        self.caption = ""
        if act == "leaf":
            self.fall = Falling(
                0.5 * self.canvas.width, ABOVE, SMALL, speed=self._pace(), turn=-0.5, phase=0.6
            )
            self.lying, self.quiet, self.landed = 0.0, 0.0, False
            self.scraps.clear()
        elif act == "gui":
            self.taken = (np.array(self.fall.at), self.fall.turn, self.lying)
            self.freed = 0
            self.scraps.clear()
            if self.lying:
                self.pond.touch(*self.fall.at, 3.0, 16)
        self.pond.ruffle(self.rng, 0.2, 2)

    def _pace(self):
        """Speed that takes the leaf from above the picture to the water in FALL seconds."""
        return (HOVER - ABOVE) / FALL / (1 + 1 / math.pi)

    def _at(self, second):
        """Whether this moment of the act falls in this frame."""
        return self.was < second <= self.age

    def autoplay(self, frame):
        if not self.called and self.age > ACTS[self.act]:
            acts = list(ACTS)
            self._begin(acts[(acts.index(self.act) + 1) % len(acts)])
        if frame.index % 75 == 10:
            self.gifts.give(float(self.rng.uniform(0.05, 0.95)), int(self.rng.integers(60)), 1, 0.4)

    # what people do

    def on_give(self, signal):
        """A guest's leaf rises at the guest's seat."""
        self.gifts.give(signal.x, signal.number, signal.count, signal.value)
        self.pond.touch(signal.x * self.canvas.width, 1050, 1.6, 12)
        self.hit("paper", 0.12, pan=2 * signal.x - 1)

    on_flick = on_tap = on_give

    def on_pad(self, signal):
        """A gust: from the left with even pads, from the right with odd ones."""
        size = signal.value**1.6
        self._blow((0.2 + 0.8 * size) * (1 if signal.number % 2 == 0 else -1), size)

    def on_wave(self, signal):
        self._blow(0.35 if self.fall.at[0] < 0.5 * self.canvas.width else -0.35, 0.25)

    def on_push(self, signal):
        self._blow(0.5, 0.7)

    def on_swipe_left(self, signal):
        self._blow(-0.6, 0.3)

    def on_swipe_right(self, signal):
        self._blow(0.6, 0.3)

    def on_raise(self, signal):
        """Everything that lies on the water lifts."""
        self.lift = 1.0
        self._blow(0.0, 0.8)

    def on_hush(self, signal):
        """The room is still: the water waits for the leaf."""
        self.calm, self.gust, self.quiet = 1.0, 0.0, 2.0

    def _blow(self, side, up):
        self.gust = float(np.clip(self.gust + side, -1, 1))
        self.calm, self.quiet = 0.0, 0.0
        self.pond.ruffle(self.rng, 0.4 + 0.8 * abs(side) + 0.4 * up, 4 + round(6 * abs(side)))
        if self.act == "leaf":
            self.fall.lift = max(self.fall.lift, 80 + 560 * up)
            if self.landed:
                self.landed, self.fall.y = False, self.fall.y - 12
        self.scraps.blow(side)

    # the frame

    def update(self, frame):
        dt, self.clock = frame.dt, frame.time
        self.was, self.age = self.age if self.age else -1.0, self.age + dt
        for second, caption in TOLD[self.act]:
            if self._at(second):
                self.caption = caption
        self.gust *= math.exp(-dt / 1.4)
        self.lift *= math.exp(-dt / 0.5)
        self.calm *= math.exp(-dt / 5.0)
        getattr(self, f"_{self.act}")(dt)
        for k in self.gifts.step(dt, self._wind(), self.lift):
            self.pond.touch(self.gifts.x[k], self.gifts.y[k], 1.3, 9)
        for x, y in self.scraps.step(dt, self._wind(), AFLOAT):
            self.pond.touch(x, y, 1.8, 14)
            self.gifts.give(x / self.canvas.width, int(x), 2, 0.1, y=y)
        if frame.index % 8 == 0:
            self.pond.ruffle(self.rng, 0.015 + 0.25 * min(1.0, abs(self._wind()) / 300), 2)
        self.pond.step(self.calm)
        self.bed("wind", min(1.0, 0.03 + 0.0012 * abs(self._wind())))

    def _wind(self):
        """Design units a second."""
        return (60 * math.sin(0.31 * self.clock) * self.wind + 260 * self.wind + 340 * self.gust) * (
            1 - self.calm
        )

    def _leaf(self, dt):
        """It falls, hovers over the water while the room stirs, and lands when the room is still."""
        for second, note in XUN:
            if self._at(second):
                self.hit("xun", 0.55, pitch=float(note))
        fall, stirred = self.fall, self.energy > BUSY or abs(self._wind()) > 60
        self.quiet = 0.0 if stirred else self.quiet + dt
        may = fall.y >= HOVER - 1 and self.quiet > 0.8 and fall.lift < 20
        if self.landed:
            fall.x += 0.05 * self._wind() * dt
        elif may or (fall.y > HOVER and fall.lift < 20 and self.lying > 0.3):
            fall.age += dt * 0.5
            fall.sway *= math.exp(-dt / 0.5)
            fall.turn += (-0.62 - fall.turn) * (1 - math.exp(-dt / 0.6))
            fall.y = min(AFLOAT, fall.y + 170 * dt)
            self.landed = fall.y >= AFLOAT
            if self.landed:
                self.pond.touch(fall.at[0], AFLOAT, 5.0, 26)
                self.hit("bell", 0.14, pitch=57.0)
        else:
            fall.sway += (130.0 - fall.sway) * (1 - math.exp(-dt / 0.8))
            held = fall.y >= HOVER and fall.lift < 20
            fall.speed = 0.0 if held else self._pace() * self.speed
            fall.step(dt, self._wind() * 0.5 + (0.5 * self.canvas.width - fall.x) * 0.12)
            fall.y = (
                min(fall.y, HOVER + 4 * math.sin(1.3 * self.age)) if fall.lift < 20 else max(fall.y, 120.0)
            )
        self.lying = float(np.clip((fall.y - HOVER - 40) / (AFLOAT - HOVER - 60), 0, 1))

    def _gui(self, dt):
        """Lifted, cut in five strokes, handed over."""
        t = self.age - TOUCH
        _, stroke, _ = self.plan.knife(max(0.0, t))
        if t > 0 and stroke > self.freed:
            for k, sheet, middle in self.cutting.pieces:
                if self.freed <= k < stroke:
                    self.scraps.free(sheet, self._foot() + middle, middle)
            self.freed = stroke
        starts, second = [], TOUCH
        for _, cut, rest in self.plan.strokes:
            starts.append(second)
            second += cut + rest
        if any(self._at(s) for s in starts):
            self.hit("snip", 0.5)
        for second, note in ((0.4, 69), (1.5, 72), (8.6, 74), (9.8, 67)):
            if self._at(second):
                self.hit("xun", 0.45, pitch=float(note))

    def _nojest(self, dt):
        for second, name in zip(CLICKS, ("clapper", "clapper_round"), strict=True):
            if self._at(second):
                self.hit(name, 0.95)
                self.pond.touch((0.3 if name == "clapper" else 0.77) * self.canvas.width, 870, 3.2, 14)
        for second, note in SONG:
            if self._at(WRITTEN[2] + second):
                self.hit("xun", 0.6, pitch=float(note))
        if self._at(WRITTEN[1]):
            self.hit("bell", 0.35, pitch=69.0)
        if self._at(WRITTEN[2]):
            self.lift = 1.0

    def _foot(self):
        """Where the leaf's foot is while it is held to be cut."""
        return np.array([0.5 * self.canvas.width, HAND + 0.36 * self.one.length])

    # the picture

    def draw(self, canvas, frame):
        lit = self.act != "nojest"
        dry = self.pond.rows[0]
        np.copyto(canvas.px[:dry], (self.lit if lit else self.dark).px[:dry])
        if lit:
            self.motes.paint(canvas, self.clock, self.gust)
        else:
            self.verdict.paint(canvas, self.age)
        above = (0.0, -400.0, canvas.width, stillwater.WATER)
        self._hero(canvas, above)
        self.gifts.paint(canvas, afloat=False)
        self.pond.reflect(canvas, *self.shades[0 if lit else 1])
        if self.calm > 0.03 and self.act == "leaf" and not self.landed:
            canvas.stamp(self.halo, (self.fall.at[0], AFLOAT), blend="add")
        self.gifts.paint(canvas, afloat=True)
        below = (0.0, stillwater.WATER, canvas.width, canvas.height)
        if self.act == "leaf" or self.age < LIFTED:
            self._hero(canvas, below)  # what is nearer than the pond's far edge
        else:
            self.scraps.paint(canvas, self.scratch, below)
        self.gifts.paint(canvas, afloat=False, below=stillwater.WATER - 60)

    def _hero(self, canvas, within):
        """Leaf or tablet, and what was cut off, as far as they lie `within` a part of the picture."""
        self.scraps.paint(canvas, self.scratch, within)
        if self.act == "leaf":
            self._fallen(canvas, within)
        elif self.act == "gui" and self.age < LIFTED:
            go = self.age / LIFTED
            go = go * go * (3 - 2 * go)
            place, turn, lying = self.taken
            hand = np.array([0.5 * self.canvas.width, HAND])
            self.one.paint(
                canvas,
                self.scratch,
                place * (1 - go) + hand * go,
                size=SMALL + (1 - SMALL) * go,
                turn=turn * (1 - go),
                lying=lying * (1 - min(1.0, 1.6 * go)),
                fold=FOLD * (1 - go),
                within=within,
            )
        elif self.act == "gui" and self.freed < 5:
            self._cut(canvas)
        else:
            self._tablet(canvas)

    def _fallen(self, canvas, within):
        fall = self.fall
        lean = fall.turn + 0.42 * math.sin(fall.beat) * (1 - self.lying)
        self.one.paint(
            canvas,
            self.scratch,
            fall.at,
            size=SMALL,
            turn=lean,
            roll=0.86 * fall.roll,
            lying=self.lying,
            within=within,
        )

    def _cut(self, canvas):
        """What is left of the leaf, the slit, and the knife over it."""
        stage = self.cutting.stages[self.freed]
        foot = self._foot()
        corner = foot - np.array(self.one.foot) / stage.scale
        canvas.stamp(stage, tuple(corner), anchor=(0, 0))
        t = self.age - TOUCH
        point, stroke, share = self.plan.knife(max(0.0, t))
        corners = np.vstack([self.plan.corners, self.plan.corners[:1]])
        tip = foot + point * self.one.length
        if t > 0 and share > 0.02:
            canvas.line([foot + corners[stroke] * self.one.length, tip], (255, 244, 206), 2.2)
        come = float(np.clip((t + 0.7) / 0.7, 0, 1))
        away = (1 - come) ** 2 * np.array([420, 300]) + (0, 3 * math.sin(9 * self.age))
        for sheet, off in ((self.shadow, (18, 34)), (self.knife, (0, 0))):
            canvas.stamp(sheet, tuple(tip + away + off), anchor=(0.018, 0.018))

    def _tablet(self, canvas):
        """Held where it was cut, handed over to the left, hardening to jade when the rite gives it form."""
        middle = self._foot() + self.cutting.tablet_at
        goal = np.array([0.335 * self.canvas.width, 416.0])
        if self.act == "gui":
            go = float(np.clip((self.age - TOUCH - self.plan.seconds - 1.6) / OVER, 0, 1))
            go = go * go * (3 - 2 * go)
            canvas.stamp(self.jade[0], tuple(middle + (goal - middle) * go))
            self._leave(canvas)
            return
        share = float(np.clip((self.age - WRITTEN[1]) / 1.6, 0, 1))
        canvas.stamp(self.jade[round(share * (len(self.jade) - 1))], tuple(goal))

    def _leave(self, canvas):
        """The knife is taken away."""
        gone = self.age - TOUCH - self.plan.seconds
        if gone < 0.8:
            end = self._foot() + self.plan.corners[0] * self.one.length
            canvas.stamp(self.knife, tuple(end + gone**2 * np.array([1500, 500])), anchor=(0.018, 0.018))

    def companion(self):
        return {
            "view": "leaf",
            "verbs": ["give"],
            "act": self.act,
            "given": self.gifts.given,
            "greens": [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in self.plan.greens],
            "line": ["向上一划，送出你的叶子", "Swipe up to give your leaf"],
        }
