"""One leaf 一叶: a tung leaf falls on still water, a boy cuts it to a tablet, and a game becomes a state."""

import math

import numpy as np

from engine import Canvas, Param, Scene
from scenes.kit import calligraphy, stillwater, tung
from scenes.kit.boyshand import GIVEN, LIFTED, BoysHand
from scenes.kit.descent import AFLOAT, HOVER, Descent
from scenes.kit.giving import SMALL, Gifts
from scenes.kit.gui import read_plan
from scenes.kit.oneleaf import OneLeaf
from scenes.kit.pond import Pond
from scenes.kit.scraps import Scraps
from scenes.kit.verdict import CLICKS, WRITTEN, Verdict

ACTS = {"leaf": 22.0, "gui": 17.0, "nojest": 20.0}  # seconds each lasts when it plays by itself
RESTS = 1.1  # seconds the leaf lies on the water before a hand takes it
BUSY = 0.12  # energy of a room that is not still
XUN = (  # "leaf": (second, MIDI note), mode yu: A C D E G
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
    material = "leaf"
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
    written = ("king", "deeds")

    wind = Param(0.0, label=("风", "wind"), slew=0.4)
    speed = Param(1.0, 0.6, 1.8, label=("快慢", "pace of the fall"), slew=0.3)
    energy = Param(0.0, label=("场内", "energy of the room"), slew=0.2)

    def setup(self):
        canvas, rng = self.canvas, self.rng
        points = self.read("tung/leaf.toml", tung.read_leaf)
        self.plan = self.read("tung/gui.toml", read_plan)
        colours = self.plan.colours
        self.one = OneLeaf(canvas, points, tung.Tone(*colours["leaf"].values()), rng, 640.0)
        self.hand = BoysHand(canvas, self.one, self.plan)
        self.airs = dict(zip(ACTS, stillwater.air(canvas, points, self.plan.greens, rng), strict=True))
        self.pond = Pond(canvas, stillwater.WATER, canvas.height, live=True)
        self.shades = [stillwater.water(self.pond, canvas, lit=lit) for lit in (True, False)]
        self.halos, self.shadow = stillwater.halos(canvas), stillwater.shadow(canvas)
        self.motes = stillwater.Motes(canvas, rng)
        word = self.read("strokes/titles.toml", calligraphy.read_strokes)["言"]
        self.verdict = Verdict(canvas, self.letters, word, rng)
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
        self.act, self.age, self.was, self.rests = act, 0.0, -1.0, 0.0
        self.caption = ""
        if act == "leaf":
            self.descent = Descent(self.canvas.width)
            self.scraps.clear()
        elif act == "gui":
            # the stillness that called for the knife is what lets the leaf land: first it lies down
            self.rests = RESTS if self.descent.fall.y > HOVER - 150 and not self.descent.landed else 0.0
            self.descent.hush()
            self.scraps.clear()
            if not self.rests:
                self._take()
        self.pond.ruffle(self.rng, 0.2, 2)

    def _take(self):
        """A hand takes the leaf from where it is."""
        self.hand.take(self.descent)
        if self.descent.landed:
            self.pond.touch(*self.descent.at, 3.0, 16)

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
        if signal.number:
            self.evening.keep("leaf", signal.number, x=signal.x, text=str(signal.number % 6))  # its green

    on_flick = on_tap = on_give

    def on_pad(self, signal):
        """A gust: from the left with even pads, from the right with odd ones."""
        size = signal.value**1.6
        self._blow((0.2 + 0.8 * size) * (1 if signal.number % 2 == 0 else -1), size)

    def on_wave(self, signal):
        self._blow(0.35 if self.descent.at[0] < 0.5 * self.canvas.width else -0.35, 0.25)

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
        """The room is still: a ring of light on the water waits for the leaf."""
        self.calm, self.gust = 1.0, 0.0
        self.descent.hush()

    def _blow(self, side, up):
        self.gust = float(np.clip(self.gust + side, -1, 1))
        self.calm = 0.0
        self.pond.ruffle(self.rng, 0.4 + 0.8 * abs(side) + 0.4 * up, 4 + round(6 * abs(side)))
        if self.act == "leaf":
            self.descent.blow(up)
        self.scraps.blow(side)

    # the frame

    def update(self, frame):
        dt, self.clock = frame.dt, frame.time
        if not self.rests:
            self.was, self.age = self.age if self.age else -1.0, self.age + dt
        for second, caption in TOLD[self.act]:
            if self._at(second):
                self.caption = caption
        self.gust *= math.exp(-dt / 1.4)
        self.lift *= math.exp(-dt / 0.5)
        self.calm *= math.exp(-dt / 5.0)
        getattr(self, f"_{self.act}")(dt)
        for k in self.gifts.step(dt, self._wind(), self.lift)[:6]:  # rings enough for one frame
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
        self._land(dt, stirred=self.energy > BUSY or abs(self._wind()) > 60)

    def _land(self, dt, *, stirred):
        if self.descent.step(dt, self._wind(), stirred=stirred, speed=self.speed):
            self.pond.touch(self.descent.at[0], AFLOAT, 5.0, 26)
            self.hit("bell", 0.14, pitch=57.0)

    def _gui(self, dt):
        """Let lie for a moment, lifted, cut in five strokes, handed over."""
        if self.rests:
            self._land(dt, stirred=False)
            self.rests = max(0.0, self.rests - dt) if self.descent.landed else RESTS
            if not self.rests:
                self._take()
            return
        for piece in self.hand.cut(self.age):
            self.scraps.free(*piece)
        if any(self._at(second) for second in self.hand.starts):
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

    # the picture

    def draw(self, canvas, frame):
        lit = self.act != "nojest"
        dry = self.pond.rows[0]
        np.copyto(canvas.px[:dry], self.airs[self.act].px[:dry])
        if lit:
            self.motes.paint(canvas, self.clock, self.gust)
        else:
            self.verdict.paint(canvas, self.age)
        above = (0.0, -400.0, canvas.width, stillwater.WATER)
        self._hero(canvas, above)
        self._knife(canvas)
        self.gifts.paint(canvas, afloat=False, between=(-1e9, stillwater.WATER + SMALL))
        self.pond.reflect(canvas, *self.shades[0 if lit else 1])
        waits = round(self.calm * len(self.halos))
        if waits:
            canvas.stamp(self.halos[waits - 1], (self._under(), AFLOAT), blend="add")
        self.gifts.paint(canvas, afloat=True)
        if (self.act == "leaf" or self.rests) and self.descent.lying > 0.85:
            canvas.stamp(self.shadow, (self.descent.at[0] + 30, AFLOAT + 18))
        below = (0.0, stillwater.WATER, canvas.width, canvas.height)
        if self.act == "leaf" or (self.act == "gui" and self.age < LIFTED):
            self._hero(canvas, below)  # what is nearer than the pond's far edge
        else:
            self.scraps.paint(canvas, self.scratch, below)
            self._knife(canvas)
        self.gifts.paint(canvas, afloat=False, between=(stillwater.WATER - SMALL, 1e9))

    def _hero(self, canvas, within):
        """Leaf or tablet, and what was cut off, as far as they lie `within` a part of the picture."""
        self.scraps.paint(canvas, self.scratch, within)
        if self.act == "leaf" or self.rests:
            self.descent.paint(canvas, self.scratch, self.one, within)
        elif self.act == "gui":
            self.hand.paint(canvas, self.scratch, self.age, within)
        else:
            self.hand.paint_given(canvas, float(np.clip((self.age - WRITTEN[1]) / 1.6, 0, 1)))

    def _under(self):
        """The place on the water below the leaf."""
        middle = {"leaf": self.descent.at[0], "gui": 0.5 * self.canvas.width}
        return middle.get(self.act, GIVEN[0] * self.canvas.width)

    def _knife(self, canvas):
        if self.act == "gui":
            self.hand.paint_knife(canvas, self.age)

    def companion(self):
        return {
            "view": "leaf",
            "verbs": ["give"],
            "act": self.act,
            "given": self.gifts.given,
            "greens": [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in self.plan.greens],
            "line": ["向上一划，送出你的叶子", "Swipe up to give your leaf"],
        }
