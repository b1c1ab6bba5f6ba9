"""Lacquer: a black screen of Pingyao shines where palms rub it, and a gilt painting comes up."""

from itertools import pairwise

import numpy as np

from engine import MODES, Param, Scene, Score, Tempo, jianpu, smooth
from scenes.kit import lacquering, screen
from scenes.kit.gloss import Gloss
from scenes.kit.minerals import read_minerals
from scenes.kit.palms import FULL, Palms

SPACING = 17.0  # units between two passes of a palm on its way
PASSES = 96  # palms laid on the screen in a frame at most
GILD = 14 * 60  # frames in which the raised gold is laid
SHINE = 7 * 60  # frames in which the last polish comes
REST = 34 * 60  # frames the finished screen is looked at
DUST = 9 * 60  # frames in which dust takes the gloss away
ACTS = ("rub", "shine")
SONG = (
    jianpu("1 0 5 0 | 6 - 0 0 | 3' 0 2' 0 | 1' - - 0 | 6 0 1' 0 | 5 - 0 0 | 2 0 3 0 | 1 - - 0",
           instrument="guqin_harmonic", tonic=60, unit=1, velocity=0.5),
    jianpu("1 - - - | 0 0 0 0 | 5, - - - | 0 0 0 0", instrument="guqin", tonic=48, unit=1, velocity=0.3),
)  # fmt: skip


class Lacquer(Scene):
    """Phones rub a leaf with circles, a wave is a large palm, pads lay gold; the lamp leans with the room."""

    title = ("漆", "Lacquer")
    material = "lacquer"
    credits = (
        ("平遥推光漆髹饰技艺，山西晋中平遥", "Polished lacquer of Pingyao, Jinzhong, Shanxi"),
        ("推光：掌蘸麻油砖灰，推至照人", "The gloss is rubbed by the palm, with sesame oil and brick dust"),
        ("十二扇屏画稿自绘：松鹤、亭园、牡丹", "Our own drawing: pine and cranes, a garden, peonies"),
    )  # fmt: skip
    captions = {
        "rub": ("一掌一掌，推出光来", "Palm after palm, the light comes up"),
        "shine": ("光可鉴人", "It shines until it holds your face"),
    }

    main = Param(0.0, label=("推", "rub"))
    at_x = Param(0.5, slew=0.3, label=("掌位", "where the palm is"))
    at_y = Param(0.45, slew=0.3, label=("掌高", "how high the palm is"))
    lean = Param(0.5, slew=0.5, label=("灯位", "where the lamp leans"))
    warmth = Param(0.5, slew=0.4, label=("灯色", "warmth of the lamp"))
    density = Param(0.5, label=("油", "oil on the palm"))
    energy = Param(0.0, slew=0.3, label=("人势", "energy of the room"))

    def setup(self):
        canvas = self.canvas
        self.shift = canvas.width / 2 - 960
        middles = screen.LEFT + self.shift + screen.LEAF * (np.arange(screen.LEAVES) + 0.5)
        self.seen = np.flatnonzero((middles > 0) & (middles < canvas.width)).tolist()  # on a narrow picture
        paints = self.read("lacquer/paints.toml", read_minerals)
        pieces = self.read("lacquer/screen.toml", lambda path: screen.build(path, paints, self.shift))
        coats = lacquering.Coats(canvas, pieces, paints, self.rng, self.shift)
        self.gold = coats.gold
        self.gloss = Gloss(canvas, coats.matt, coats.polished, coats.inside, coats.lean)
        self.floor = lacquering.Floor(canvas)
        self.faces = lacquering.Faces(canvas, self.rng, self.shift)
        self.score = Score(Tempo(66), SONG)
        self.anew()

    def anew(self):
        """Matt from leaf to leaf, nobody there yet."""
        self.gloss.settle(0.0)
        self.palms = Palms(self.rng, self.shift)
        self.act = self.caption = "rub"
        self.gilded = self.shone = 0.0
        self.laying, self.dusting, self.rested = 0.0, 0, 0
        self.rubbed = self.flare = 0.0
        self.since, self.index = 0, 0
        self.cued = False
        self.lamp = np.array([960 + self.shift, 300.0])
        self.leaves = (0,) * screen.LEAVES

    # what people do

    def on_rub(self, signal):
        """A guest rubs the leaf of their number; without a number the place on the stage."""
        if signal.points:
            leaf = self.seen[(signal.number - 1) % len(self.seen)] if signal.number > 0 else None
            left = screen.LEFT + self.shift + (leaf or 0) * screen.LEAF
            for x, y in signal.points:
                at = left + x * screen.LEAF if leaf is not None else x * self.canvas.width
                self.palms.lay(at, screen.TOP + y * (screen.BOTTOM - screen.TOP), 0.5 + 0.5 * signal.value)
        else:
            at = signal.x * self.canvas.width, signal.y * self.canvas.height
            self.palms.circle(at, rounds=min(3, signal.count), strength=0.5 + 0.5 * signal.value)

    def on_wave(self, signal):
        """A hand in the air is one large palm across the screen."""
        self.palms.sweep(*self._hand(), self.canvas.width)
        self.flare = 1.0

    on_swipe_left = on_swipe_right = on_push = on_raise = on_lower = on_wave

    def on_hush(self, signal):
        """Stillness lets the lamp rest on the gold."""
        self.flare = max(self.flare, 0.5)

    def on_pad(self, signal):
        """A pad lays a stretch of the raised gold."""
        strength = signal.value**1.6
        self.laying = min(1.0, max(self.laying, self.gilded) + 0.01 + 0.06 * strength)
        note = MODES["gong"].note((signal.number - 36) % 10, 60)
        self.hit("guqin_harmonic", 0.3 + 0.6 * signal.value, pitch=note)

    def on_cue(self, signal):
        if signal.text not in ACTS:
            return
        self.cued = True
        if signal.text == "rub" and self.shone + self.gilded + float(self.gloss.g.max()) > 0.05:
            self.dusting = min(DUST, 150)
        self._begin(signal.text)

    def _begin(self, act):
        self.act = self.caption = act
        self.since = self.rested = 0
        self.shone = 0.0

    def _hand(self):
        return self.at_x * self.canvas.width, self.at_y * self.canvas.height

    # every frame

    def update(self, frame):
        self.index, self.since = frame.index, self.since + 1
        if self.main > 0.05:
            self.palms.hold(*self._hand(), frame.time, self.main)
        passes = self.palms.due(PASSES)
        for x, y, strength, size in passes:
            self.gloss.rub(x, y, strength * (0.6 + 0.8 * self.density), size)
        self.rubbed += (min(1.0, len(passes) / 10) - self.rubbed) * 0.06
        self._change()
        self._light(frame)
        self.gloss.step(lacquering.towards(self.lamp))
        count = round(self.gold.size * smooth(self.gilded))
        self.gold.look(self.gloss.wall.px.reshape(-1, 4), count, (*self.lamp, 420.0), frame.index)
        if frame.index % 15 == 0:
            self.leaves = self._shares()
        self.hits += self.score.hits(frame)
        self.bed("palm", 0.75 * self.rubbed)
        self.bed("room", 0.35)

    def _change(self):
        """The last polish and the gold of the shining act; dust between two evenings."""
        if self.dusting:
            self.dusting -= 1
            if self.dusting % 3 == 0:
                self.gloss.settle(0.94 if self.dusting else 0.0)
            self.gilded = self.laying = max(0.0, self.gilded - 1 / 150)
        elif self.act == "shine":
            if self.shone < 1:
                self.shone = min(1.0, self.shone + 1 / SHINE)
                if self.since % 2 == 0:
                    self.gloss.shine(0.035)
            self.laying = min(1.0, self.laying + 1 / GILD)
        self.gilded += float(np.clip(self.laying - self.gilded, 0, 1 / 240))

    def _light(self, frame):
        self.flare *= 0.98
        t, w = frame.time, self.canvas.width
        wide = 620 if self.act == "shine" else 420
        goal = np.array([w / 2 + wide * np.sin(t * 0.21), 300 + 130 * np.sin(t * 0.13 + 1)])
        goal += np.array([(self.lean - 0.5) * 1500 + 260 * self.flare * np.sin(t * 5), 0.0])
        self.lamp += (goal - self.lamp) * 0.03

    def _shares(self):
        """Gloss of each leaf in twentieths."""
        g, scale = self.gloss.g, self.gloss.scale
        at = screen.LEFT + self.shift + screen.LEAF * np.arange(screen.LEAVES + 1)
        edges = np.clip(at * scale, 0, g.shape[1]).astype(int)
        parts = [g[int(80 * scale) : int(900 * scale), a:b] for a, b in pairwise(edges)]
        return tuple(round(20 * float(part.mean())) if part.size else FULL for part in parts)

    def autoplay(self, frame):
        """Three unseen palms work leaf by leaf; then the gold, a long look, and dust."""
        if self.dusting:
            return
        if self.act == "rub":
            done = self.palms.work(self.leaves, frame.index)
            if done and not self.cued:
                self._begin("shine")
        else:
            self.rested += self.gilded >= 1
            if self.rested > REST and not self.cued:
                self.dusting = DUST
                self._begin("rub")

    def draw(self, canvas, frame):
        self.gloss.draw(canvas)
        self.faces.draw(canvas, self.gloss, self.joined, frame.time)
        self.gold.draw(canvas)
        self.floor.draw(canvas)

    def companion(self):
        if self.act == "shine":
            return {"view": "rub", "verbs": [], "gloss": list(self.leaves), "done": True,
                    "line": ["抬头看：光里有你", "Look up: the gloss holds you all"]}  # fmt: skip
        return {"view": "rub", "verbs": ["rub"], "gloss": list(self.leaves), "done": False,
                "line": ["用掌打圈，把漆推亮", "Rub in circles until the lacquer shines"]}  # fmt: skip
