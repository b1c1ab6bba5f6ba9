"""The fire tower of Huairen on New Year's Eve: guests lay the last coal, and the evening glows in it."""

import math

import numpy as np

from engine import Param, Scene, Score, Tempo, jianpu
from scenes.kit.blaze import Blaze
from scenes.kit.coal import Tower, grade, shares
from scenes.kit.embers import Embers, Snow
from scenes.kit.engraved import share_out
from scenes.kit.hearth import Hearth, Layer
from scenes.kit.lane import Court, read_lane
from scenes.kit.neighbours import Neighbour
from scenes.kit.risen import Risen
from scenes.kit.wishes import Wishes, read_wishes

TUNE = "5 6 1' 2' | 3' 2' 1' 7 | 6 5 3' - | 2' 1' 6 5 ||"  # our own, in the manner of kaihua songs
SELF_LAY = 840  # frames after which a tower nobody helps is whole
KEPT_COALS = 40  # newest coals told to the phones
RISE_EVERY = 36  # frames from one mark that leaves the fire to the next, in the bow


class Fire(Scene):
    """Taps lay coal, then stir it; waves fan, hush calms, raised hands lift the flames."""

    title = ("旺火", "Fire")
    material = "coal"
    credits = (
        ("怀仁旺火·山西怀仁", "Fire tower: Huairen, Shanxi"),
        (
            "底小、肚大、顶尖、中空，层层压缝，面朝外光",
            "Small foot, big belly, pointed top, hollow; each course covers the joints below",
        ),
    )
    captions = {
        "lay": ("层层压缝，火要空心", "Each course covers the joints below; a fire needs a hollow heart"),
        "lit": ("旺气冲天", "Let good fortune blaze to the sky"),
        "coal": (
            "炭火开花红满天，一年更比一年甜。",
            "Coal-fire blooms and reds the sky; each year sweeter than gone by.",
        ),
        "stars": ("绸缪束薪，三星在天。", "Bound fast, the bundled kindling; three stars stand in the sky."),
        "evening": ("今夕何夕，见此良人。", "What evening is this evening, that I see this dear one?"),
        "bow": ("你我都在灯中央。", "You and I stand in the middle of the light."),
    }

    main = Param(0.55, label=("火势", "fire"), slew=0.3)
    density = Param(0.5, label=("火星", "sparks"))
    warmth = Param(0.5, label=("暖", "warmth"), slew=0.4)
    wind = Param(0.0, -1.0, 1.0, label=("风", "wind"), slew=0.6)
    energy = Param(0.0, label=("人势", "energy of the room"), slew=0.4)

    def setup(self):
        lane = self.read("fire/lane.toml", read_lane)
        self.wish_words = self.read("fire/wishes.toml", read_wishes)
        self.tower = self.read("fire/tower.toml", Tower.read)
        self.court = Court(self.canvas, lane, self.letters, self.rng)
        self.foot = self.court.foot
        self.layers = [
            Layer(self.canvas, self.tower, size, self.letters, self.rng) for size in self.tower.lumps
        ]
        self.hearth = Hearth(self.tower, self.layers[-1], self.foot)
        self.blaze = Blaze(self.canvas, self.tower, self.foot, self.layers[-1].sheets, self.rng)
        self.risen = Risen(self.canvas)
        self.embers, self.snow = Embers(self.canvas, self.rng), Snow(self.canvas, self.rng)
        self.people = [self._person(entry) for entry in lane.get("neighbour", [])]
        self.wishes = Wishes(self.canvas, self.letters, self.foot, self.tower.height)
        self.score = Score(Tempo(60), (jianpu(TUNE, instrument="huhu", tonic=62, velocity=0.5),))
        self.tune = None
        self.act, self.since, self.index = "lay", 0, 0
        self.fan = self.lift = self.calm = self.gust = self.glow = 0.0
        self.coals, self.caption = [], "lay"
        self.hearth.open_top(self._earned())

    def _person(self, entry):
        way = np.array(
            [self.foot[0] - entry["x"] * self.canvas.width, 560 - entry["feet"] + 0.6 * entry["tall"]]
        )
        return Neighbour(self.canvas, entry, way / max(1.0, float(np.hypot(*way))), self.rng)

    # what people do

    def on_tap(self, signal):
        """Before the fire: lay coal from where the guest sits. After: their coal glows up."""
        if not self.hearth.whole:
            each = shares(self.hearth.open_count, self.joined or 40)
            for _ in range(min(signal.count * each, self.hearth.missing)):
                self._lay(signal.number, signal.x)
            return
        for _ in range(min(signal.count, 8)):
            n = self.hearth.stir(signal.number, signal.x, self.rng)
            self.embers.fly(self.hearth.places[n : n + 1], 6, wind=self.wind)
        self.fan = min(1.4, self.fan + 0.03 * signal.count)

    on_lay = on_draw = on_tap

    def on_flick(self, signal):
        self.on_tap(signal)

    def on_pad(self, signal):
        """A gust: low pads from the left, high ones from the right, one course of joints flares."""
        strength = signal.value**1.6
        side = 1 if signal.number % 2 else -1
        self.blow(0.3 + 0.9 * strength, side)
        self.hearth.flare(signal.number % self.tower.layers, 0.4 + 0.6 * strength)
        self.hit("drum", 0.3 + 0.5 * strength, pan=0.3 * side)

    def on_wave(self, signal):
        self.blow(0.35 + 0.4 * signal.value, 0)

    def on_swipe_left(self, signal):
        self.blow(0.7, -1)

    def on_swipe_right(self, signal):
        self.blow(0.7, 1)

    def on_push(self, signal):
        self.blow(0.8, 0)

    def on_raise(self, signal):
        self.lift = min(1.2, self.lift + 0.9)
        self.hearth.flare(None, 0.35)
        self.snow.stir(0.3)

    def on_lower(self, signal):
        self.on_hush(signal)

    def on_hush(self, signal):
        """The fire sinks into the coal and glows."""
        self.calm, self.fan, self.lift = 1.0, 0.0, 0.0
        self.hearth.settle()

    def on_wish(self, signal):
        words = self.wish_words.get(signal.text, (signal.text, ""))
        self.wishes.send(words[0] or words[1], signal.x, self.rng)
        self.hearth.flare(self.tower.layers - 1, 0.5)

    def blow(self, strength, side):
        self.fan = min(1.4, self.fan + strength)
        self.gust = float(np.clip(self.gust + side * strength, -1.2, 1.2))
        self.calm = 0.0
        self.snow.stir(0.5 * (side or 0.6) * strength)
        self.hearth.fan(strength)
        self.embers.fly(
            self.hearth.hot_places(),
            40 * strength * (0.4 + self.density),
            power=1 + 0.4 * strength,
            wind=self.gust,
        )

    def on_cue(self, signal):
        if signal.text == "lay":
            self._lay_out()
        elif signal.text in ("evening", "bow"):
            self.hearth.complete(lit=True)
            self.hearth.bear(share_out(self.evening, self.hearth))
            self._begin(signal.text)
            self.caption = "stars" if signal.text == "evening" else "bow"

    def _lay_out(self):
        """A tower for this house, its top still open."""
        layer = self.layers[grade(self.tower, self.joined)]
        self.hearth = Hearth(self.tower, layer, self.foot)
        self.blaze.light(layer.sheets)
        self.hearth.open_top(self._earned())
        self.risen.clear()
        self.tune = None
        self.coals, self.caption = [], "lay"
        self._begin("lay")

    def _earned(self):
        """Share of the tower that the evening's scenes have laid; all that a scene alone could."""
        return self.evening.courses / self.evening.most if self.evening.most else 1.0

    def _begin(self, act):
        self.act, self.since = act, self.index

    def _lay(self, guest, x):
        lump = self.hearth.lay(guest, x * self.canvas.width)
        if lump:
            self.embers.fly(np.array([[x * self.canvas.width, 1020.0]]), 4, power=0.4)
        if lump and guest:
            self.evening.keep("coal", guest, x=x, text=f"{lump.layer}.{lump.stone}")
            self.coals = [*self.coals, (guest, lump.layer, lump.stone)][-KEPT_COALS:]

    # every frame

    def update(self, frame):
        self.index = frame.index
        age = frame.index - self.since
        self._tend(age)
        for pan in self.hearth.step(frame.index, frame.dt):
            self.hit("clapper_round", 0.35, pan=pan, pitch=-7)
        self._play(frame, age)
        keep = math.exp(-frame.dt / 1.6)
        self.fan, self.gust, self.lift = self.fan * keep, self.gust * keep**0.8, self.lift * keep**0.7
        self.calm *= math.exp(-frame.dt / 5.0)
        heat = self.hearth.heat_by_course()
        strong = (0.25 + 0.75 * self.main + 0.35 * self.energy + 0.30 * self.fan) * (1 - 0.6 * self.calm)
        strong *= 0.72 if self.act == "bow" else 1.0
        self.blaze.step(heat, min(1.5, 0.16 + strong * 0.9 + self.lift), self.wind + self.gust, self.calm)
        self.glow += (float(heat.mean()) - self.glow) * frame.dt / 0.8
        self._sparks(frame, heat, strong)
        self.court.shine(self._firelight(frame, strong), self.warmth)
        if frame.index % 2:  # flames and coal are developed by turns: thirty pictures a second serve both
            self.blaze.develop(self.glow)
        else:
            self.hearth.develop(frame.time, self.warmth, marks=self.act == "bow")
        self.wishes.step(frame.time, frame.dt, self.wind)
        self._release(frame, age)
        self._sound(frame, strong)

    def _tend(self, age):
        """The tower is always finished, by many, by five, or by nobody; then it is lit by a spark."""
        hearth = self.hearth
        if self.act == "lay" and not hearth.whole:
            hearth_share = max(0.0, age - 60) / (SELF_LAY - 60)
            while hearth.missing and hearth.laid_share < min(1.0, hearth_share**1.3):
                self._lay(0, float(self.rng.uniform(0.2, 0.8)))
        if hearth.whole and not hearth.flying and hearth.lit_at is None:
            hearth.light(self.index)
            self.caption = "lit"

    def _release(self, frame, age):
        """In the bow the marks leave the coal one after another and go up."""
        given = list(self.hearth.given.items())
        if self.act == "bow" and given and age % RISE_EVERY == RISE_EVERY - 1:
            n, (kind, points) = given[age // RISE_EVERY % len(given)]
            self.hearth.pulse[n] = 1.0
            self.risen.let_go(kind, points, self.hearth.places[n], self.rng.uniform(0, 6.3))
        self.risen.step(frame.time, frame.dt, self.wind)

    def _play(self, frame, age):
        hearth = self.hearth
        if hearth.lit_at is not None and self.tune is None:
            self.tune = self.score.begin(frame)
        if self.tune is not None:
            self.hits.extend(self.tune.hits(frame))
        if hearth.burning(frame.index):
            hearth.roll_call(frame.index)
            if self.act == "lay" and frame.index - hearth.lit_at == 660:
                self.caption = "coal"
            if self.act == "evening" and age == 330:
                self.caption = "evening"

    def _sparks(self, frame, heat, strong):
        self.embers.step(frame.time, frame.dt, self.wind + self.gust)
        self.snow.step(frame.time, frame.dt, self.wind)
        rate = float(heat.mean()) * (0.15 + 1.3 * self.density) * (0.4 + strong)
        count = int(rate) + int(self.rng.random() < rate % 1)
        self.embers.fly(self.hearth.hot_places(), count, power=0.8 + 0.3 * strong, wind=self.wind)
        if self.hearth.sparking(frame.index):
            self.embers.fly(self.hearth.spark_place(frame.index), 2, power=0.5)

    def _firelight(self, frame, strong):
        t = frame.time
        flicker = 0.030 * math.sin(9.1 * t) + 0.028 * math.sin(14.3 * t + 1) + 0.022 * math.sin(5.3 * t)
        level = self.glow * (0.60 + 0.34 * min(1.3, strong) + flicker)
        return float(np.clip(level, 0, 1))

    def _sound(self, frame, strong):
        self.bed("fire", min(1.0, self.glow * (0.35 + 0.45 * strong)))
        self.bed("wind", 0.10 + 0.25 * min(1.0, abs(self.wind + self.gust)))

    def autoplay(self, frame):
        """By itself: it is laid, lit, fanned a little, and wishes go up."""
        if self.hearth.burning(frame.index):
            if frame.index % 210 == 0:
                self.blow(0.5, (-1, 0, 1)[frame.index // 210 % 3])
            if frame.index % 170 == 60:
                keys = list(self.wish_words)
                words = self.wish_words[keys[frame.index // 170 % len(keys)]]
                self.wishes.send(words[0], float(self.rng.uniform(0.25, 0.75)), self.rng)
            if frame.index % 900 == 450:
                self.lift = 0.7
        elif self.act == "lay" and not self.hearth.whole and frame.index % 16 == 0:
            self._lay(0, float(self.rng.uniform(0.1, 0.9)))

    def draw(self, canvas, frame):
        canvas.paste(self.court.shown)
        self.snow.paint(canvas, 1 - 0.55 * self.glow)
        light_here = min(1.0, 0.10 + 1.05 * self.glow)
        line = self.foot[1]
        for i, person in enumerate(self.people):
            if person.place[1] <= line:
                person.stamp(canvas, light_here, self._sway(i, frame))
        self.hearth.stamp(canvas)
        self.blaze.stamp(canvas)
        self.wishes.paint(canvas)
        self.risen.paint(canvas)
        self.embers.paint(canvas)
        for i, person in enumerate(self.people):
            if person.place[1] > line:
                person.stamp(canvas, light_here, self._sway(i, frame))

    def _sway(self, i, frame):
        return 2.4 * math.sin(frame.time * (0.5 + 0.07 * i) + 2.1 * i)

    def companion(self):
        view, verbs = {
            "lay": ("coal", ["lay", "tap"]),
            "evening": ("wish", ["wish", "tap"]),
            "bow": ("bow", []),
        }[self.act]
        whole = self.hearth.whole
        lines = {
            "lay": (
                "把你的炭拖上去" if not whole else "点一下，看你的炭亮起来",
                "Drag your lump onto the tower" if not whole else "Tap: your coal glows up",
            ),
            "evening": ("挑一句心愿，随火升起", "Choose a wish; it rises with the fire"),
            "bow": ("今晚你留下的，都在火里", "What you made tonight is in the fire"),
        }
        return {
            "view": view,
            "verbs": verbs,
            "line": list(lines[self.act]),
            "laid": self.hearth.laid,
            "of": len(self.hearth.lumps),
            "courses": self.tower.layers,
            "lit": round(self.glow, 2),
            "coals": [list(coal) for coal in self.coals],
            "options": [{"id": k, "label": list(v)} for k, v in self.wish_words.items()]
            if view == "wish"
            else [],
        }
