"""Struck iron: molten iron thrown up and struck with a board into flowers that light a Jincheng square."""

import math

import numpy as np

from engine import Canvas, Param, Scene, breathe, raster
from scenes.kit.courtyard import build, night_sky, pave, read_courtyard, smoke_sheet
from scenes.kit.furnace import Furnace
from scenes.kit.iron import COLDEST, FULL, HOTTEST, SHADES, Drops, Melt
from scenes.kit.iron_light import Glow, Place, Trails
from scenes.kit.pair import Pair
from scenes.kit.smiths import figures, read_smiths

STAND = (0.5, 0.17, 0.83)  # where the pairs stand: the middle one first; shares of the width
TALL = (288, 176, 214)  # how tall they appear, design units: the left pair stands farther off
FEET = (960, 906, 928)
CROWD = 0.6  # this share of the phones within a second is the great throw
LIGHT = np.float32(36)  # how strongly the iron lights the square
NIGHT = np.array([170, 74, 40, 0], np.float32)  # counts of starlight: blue, green, red
WIDE, DIM = 8.0, 8.0  # how many times more an eye used to the dark sees, and the light that ends it
GREAT = 360  # frames it lasts
READY = 0.85  # of the furnace's heat: below it nobody throws by himself
RISE = 1 / 240  # of the furnace's heat, a frame: red in four seconds
SEQUENCE = (1, 0, 2, 0)  # the pairs in a great throw: left, middle, right, middle
REST = (0, 0)
THROWS = (  # sixteen beats: size, pair
    *((0.9, 0), REST, (0.25, 1), REST, (0.5, 2), (0.3, 1), REST, REST),
    *((1.0, 0), REST, (0.35, 2), (0.2, 1), (0.6, 0), REST, (0.3, 2), REST),
)
BEAT = 36  # frames: 100 beats a minute


class Iron(Scene):
    """Pads, pushes and swipes strike; phones flick their own drops up from their seats."""

    title = ("铁", "Iron")
    material = "iron"
    credits = (
        ("打铁花·山西晋城（泽州）司徒铁花", "Struck iron: Situ, Jincheng (old Zezhou), Shanxi"),
        (
            "生铁化水，木板击向夜空：只有铁，没有火药",
            "Pig iron melted, struck skyward with a wooden board: iron only, no powder",
        ),
        ("数字演绎，请勿模仿", "Digital; do not try"),
    )
    captions = {
        "digital": ("数字演绎，请勿模仿", "Digital; do not try"),
        "poem": (
            "火树银花合，星桥铁锁开",
            "Fire-trees and silver flowers close in one; on the bridge of stars the iron lock swings wide",
        ),
        "east": ("东风夜放花千树", "East wind by night sets a thousand trees in flower"),
        "rain": ("更吹落、星如雨", "then blows them down, a rain of stars"),
    }

    main = Param(0.35, label=("炉火", "furnace"), slew=0.25)
    density = Param(0.5, label=("铁水", "iron in a throw"))
    warmth = Param(0.5, label=("火候", "heat of the melt"), slew=0.2)
    speed = Param(1.0, 0.5, 1.5, label=("快慢", "speed"), slew=0.3)
    wind = Param(0.12, -1.0, 1.0, label=("风", "wind"), slew=0.6)
    energy = Param(0.0, label=("人势", "energy of the room"), slew=0.3)

    def setup(self):
        size = self.canvas.surface.get_size()
        self.width = self.canvas.width
        yard = self.read("iron/courtyard.toml", read_courtyard)
        self.drops = Drops(self.read("iron/melt.toml", Melt.read), self.rng)
        self.trails = Trails(size)
        skin = Canvas((self.trails.width, self.trails.height))
        self.glow = Glow(size, night_sky(skin) * FULL, self.rng)
        self.glow.smoke = smoke_sheet(self.glow.wash.shape[:2], self.rng)
        pave(skin, yard["ground"], self.rng)
        build(skin, yard, self.rng)
        self.place = Place(skin, self.glow.eighth, top=420, ground=yard["ground"])
        keys = self.read("iron/smiths.toml", read_smiths)
        drawn = {man: figures(self.canvas, keys, man, TALL, self.rng) for man in keys}
        self.pairs = [
            Pair(x * self.width, feet, tall, {man: drawn[man][tall] for man in drawn}, 1 if x < 0.6 else -1)
            for x, tall, feet in zip(STAND, TALL, FEET, strict=True)
        ]
        aside = 0.322 if self.width > 1700 else 0.5  # on a narrow stage it stands between the smiths
        self.furnace = Furnace(self.canvas, (aside * self.width, 912), self.trails, self.rng)
        self.bowl, self.lump = self.trails.disc(13, 0.4), self.trails.disc(9)
        self.heat, self.drift, self.great, self.index = 0.3, 0.0, -1, 0
        self.flicks, self.eye = np.zeros(60, int), 1 + WIDE
        self.caption = "digital"

    # what people do

    def on_pad(self, signal):
        pair = self.pairs[signal.number % 3]
        self.strike(pair, signal.value**1.6)

    def on_push(self, signal):
        self.strike(self.pairs[0], 0.55 + 0.45 * signal.value)

    on_raise = on_swipe_left = on_swipe_right = on_wave = on_push

    def on_tap(self, signal):
        self.flick(signal.x, 8 * signal.count, 0.25)

    def on_flick(self, signal):
        self.flicks[self.index % 60] += signal.count
        self.flick(signal.x, round(20 + 20 * signal.value) * signal.count, signal.value)
        if self.joined and self.ready >= 1 and self.great < 0:
            self.begin_great()

    def on_cue(self, signal):
        if signal.text == "furnace":
            self.heat, self.caption = 0.08, "digital"
        elif signal.text == "throws":
            self.heat, self.caption = 1.0, "poem"
            self.strike(self.pairs[0], 0.7)
        elif signal.text == "great":
            self.begin_great()

    def strike(self, pair, size):
        """Ask a pair for a stroke; the ladle flares now, the board meets the iron 200 ms later."""
        pair.ask(float(np.clip(size, 0.06, 1.0)))

    def flick(self, x, count, value):
        """Drops of the guests' own from the front edge at their seats, and their smiths' ladle answers."""
        place = (x * self.width, 1046.0)
        self.drops.throw(
            place,
            min(count, 2400),
            power=0.85 + 0.35 * value,
            spread=0.55,
            width=14 + count**0.5,
            ground=(985, 1070),
            swell=3,
            heat=self.hotter,
        )
        near = min(self.pairs, key=lambda pair: abs(pair.x - place[0]))
        near.flare = max(near.flare, 0.5)
        self.hit("hiss", 0.25 + 0.3 * value, pan=2 * x - 1)

    def begin_great(self):
        self.heat, self.great, self.caption = 1.0, 0, "east"
        self.hit("gong", 1.0)

    @property
    def ready(self):
        """0..1: how near the room is to a great throw: flicks of the last second, and, while the cue asks,
        how many different people have thrown: one eager thumb is no crowd."""
        wanted = max(3.0, CROWD * self.joined)
        people = self.poll.get("people", wanted)
        return min(1.0, float(self.flicks.sum()) / wanted, people / wanted)

    @property
    def hotter(self):
        return (self.warmth - 0.5) * 320

    # every frame

    def update(self, frame):
        self.index = frame.index
        self.evening.earn(max(self.house, self.ready if self.joined else 0.0))
        self.heat = min(1.0, self.heat + RISE)
        if self.caption == "digital" and self.heat == 1.0:
            self.caption = "poem"
        if self.great >= 0:
            self.play_great()
        self.drops.step(frame.dt * self.speed, self.wind * 6)
        self.trails.fade()
        for pair in self.pairs:
            size = pair.step()
            if size:
                self.blow(pair, size)
        self.tend_fire(frame)
        self.drops.splat(self.trails.cells, self.trails.width, self.trails.height, self.trails.scale)
        if frame.index % 6 == 0:
            self.drops.tidy()
        self.flicks[(frame.index + 1) % 60] = 0
        self.drift += (self.wind * 5 + 0.35) * self.trails.scale * 0.12
        self.glow.gather(self.trails)
        self.place.fall(self.glow, NIGHT, LIGHT * self._eye(frame.dt))
        self.bed("fire", 0.25 + 0.5 * self.heat * (0.5 + 0.5 * self.main))

    def _eye(self, dt):
        """The eye gets used to the dark and sees by the furnace alone; the first throw dazzles it briefly."""
        wide = 1 + WIDE * math.exp(-float(self.glow.wash[..., 2].mean()) / DIM)
        slow = 3.0 if wide > self.eye else 0.12
        self.eye += (wide - self.eye) * min(1.0, dt / slow)
        return np.float32(self.eye)

    def blow(self, pair, size):
        """The board meets the iron."""
        share = pair.height / TALL[0]
        count = self.drops.melt.throw["drops"] * (0.12 + 0.88 * size) * (0.35 + 1.3 * self.density)
        self.drops.throw(
            pair.place, count, power=(0.72 + 0.32 * size) * share**0.4, heat=self.hotter, width=8 + 10 * size
        )
        pan = 2 * pair.x / self.width - 1
        self.hit("clang", 0.4 + 0.6 * size, pan=pan)
        self.hit("hiss", 0.3 + 0.6 * size, pan=pan)
        if size > 0.6:
            self.hit("gong", size * 0.9)

    def tend_fire(self, frame):
        """Iron that only glows: in the furnace, in the ladles, tossed up before the board meets it."""
        fan = 0.12 * self.main + 0.10 * self.energy
        breath = 0.07 * breathe(frame.time, 3.4)
        self.furnace.shine(self.trails, self.drops.table, self.heat * (0.74 + fan + breath), frame.index)
        if self.heat > 0.6 and self.rng.random() < 0.10 + 0.5 * self.main + self.energy:
            x, y = self.furnace.place
            self.drops.throw((x, y - 140), 1 + 3 * self.energy, power=0.3, spread=0.7, width=18, swell=1)
        for pair in self.pairs:
            ready = max(pair.flare, 0.6 * self.ready)
            hot = self.heat * (0.40 + 0.26 * pair.full + 0.34 * ready)
            path = pair.swing()
            for place in path:
                strong = 1 if len(path) > 1 else 1 + 4 * ready
                self.trails.glow(place, self.bowl, self.shine(hot) * np.uint64(strong))
            for place in pair.tossed():
                self.trails.glow(place, self.lump, self.shine(1.0) * np.uint64(2))

    def shine(self, hot):
        """Packed colour of iron at a share of its full heat."""
        celsius = 540 + 800 * hot + self.hotter * hot
        return self.drops.table[int(np.clip((celsius - COLDEST) / (HOTTEST - COLDEST), 0, 1) * (SHADES - 1))]

    def play_great(self):
        """Six seconds: the pairs in sequence across the whole width, again and again."""
        if self.great % 15 == 0 and self.great < GREAT - 45:
            self.strike(self.pairs[SEQUENCE[self.great // 15 % 4]], 0.86)
            self.hit("drum", 1.0)
        if self.great == GREAT // 2:
            self.caption = "rain"
        self.great += 1
        if self.great > GREAT:
            self.great, self.caption = -1, "poem"

    def autoplay(self, frame):
        """Throws of many sizes at 100 beats a minute; now and then the whole square."""
        beat, within = divmod(frame.index, BEAT)
        if within or self.great >= 0 or self.heat < READY:
            return
        if beat % 64 == 60:
            self.begin_great()
            return
        size, pair = THROWS[beat % 16]
        if size:
            self.strike(self.pairs[pair], size)
        self.hit("drum", 0.7 if beat % 4 == 0 else 0.35)

    def draw(self, canvas, frame):
        picture = self.glow.expose(self.trails, self.drift)
        self.place.stamp(picture)
        self.furnace.haze(picture, self.heat, frame)
        raster.fit(picture.px, canvas.px)
        self.stand(canvas, self.furnace.figure, self.furnace.place, 120)
        for pair in reversed(self.pairs):
            for man in ("bearer", "striker"):
                self.stand(canvas, *pair.figure(man), 0.7 * pair.height)

    def stand(self, canvas, figure, feet, chest):
        """A figure in the light that falls at its chest."""
        red, green, blue = self.place.at((feet[0], feet[1] - chest), self.width)
        figure.stamp(canvas, feet, (red, round(green * 0.74), round(blue * 0.46)))

    def companion(self):
        return {
            "view": "flick",
            "verbs": ["flick"],
            "ready": round(self.ready, 3),
            "heat": round(self.heat, 3),
            "great": self.great >= 0,
            "line": ["向上一甩，打一勺铁花", "Flick upward: strike a ladle of iron"],
        }
