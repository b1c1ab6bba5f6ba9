"""White paper and one brush: the room writes the Stork Tower poem, climbs, and its ink becomes the river."""

import math

from engine import Canvas, Param, Scene, breathe, light
from scenes.kit import calligraphy, inkland, inkmusic, stork, strokecards
from scenes.kit.blots import Blots
from scenes.kit.geese import Geese
from scenes.kit.hukou import Hukou
from scenes.kit.inkflow import SPENT, Flow
from scenes.kit.penholder import Holder
from scenes.kit.poem import Poem
from scenes.kit.wash import warmed, xuan

LINES = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
CAPTIONS = ("sun", "river", "eye", "storey")
LINE_TIME = (17.5, 12.5, 12.5, 11.0)  # seconds in which a line is on the paper even if nobody helps
CLIMB = 15.0  # seconds to a storey
EM, PITCH, GAP = 168, 178, 196
LOOSE = 0.11  # seconds from one character letting go to the next
HEIGHTS, SUNS = 400, 240  # steps of a storey, and of the sun's way, that can be told apart
READ = 3.6  # seconds until the poem has left the place of the surtitle
OVER = 1.5  # seconds until the first ink goes over the lip


class Ink(Scene):
    title = ("墨", "Ink")
    material = "ink"
    credits = (
        (
            "永济鹳雀楼：北周所建，唐时三层；河在楼西，自右（北）向左（南）流",
            "Stork Tower, Yongji: three storeys in Tang; west of it the river runs south, right to left",
        ),
        (
            "王之涣《登鹳雀楼》二十字一百三十一笔，楷书，笔顺从规范",
            "Wang Zhihuan's poem: 20 characters, 131 strokes in regular script, each in its right order",
        ),
        (
            "吉县壶口：黄河入槽，水烟由黄转灰转蓝",
            "Hukou, Ji county: the river falls into its slot; spray turns blue",
        ),
    )
    captions = {
        "sun": ("白日依山尽", "White sun leans on the hills and is gone;"),
        "river": ("黄河入海流", "the Yellow River runs on into the sea."),
        "eye": ("欲穷千里目", "To give the eye a thousand li,"),
        "storey": ("更上一层楼", "climb one storey more."),
        "fall": (
            "君不见黄河之水天上来，奔流到海不复回。",
            "Have you not seen the Yellow River's water come down from the sky, and never turn home?",
        ),
    }
    written = ("sun", "river", "eye", "storey")
    main = Param(0.0, label=("运笔", "Write"))
    density = Param(0.5, label=("水气", "Mist and spray"))
    warmth = Param(0.5, slew=0.4, label=("冷暖", "Warmth"))
    speed = Param(1.0, 0.4, 2.5, label=("快慢", "Pace"))
    wind = Param(0.5, slew=0.6, label=("风", "Wind"))
    energy = Param(0.0, slew=0.3, label=("人气", "Energy of the room"))

    def setup(self):
        canvas, rng = self.canvas, self.rng
        characters = self.read("strokes/poem.toml", calligraphy.read_strokes)
        titles = self.read("strokes/titles.toml", calligraphy.read_strokes)
        corner = (canvas.width - 138, 40)
        self.poem = Poem(canvas, LINES, characters, corner, em=EM, pitch=PITCH, gap=GAP, rng=rng)
        self.land = inkland.Land(canvas, rng)
        self.tower, self.floors = stork.tower(canvas, rng)
        self.climber = stork.climber(canvas)
        self.cards = strokecards.cards(LINES, characters)
        glyph = calligraphy.bake(titles["晋"], max(12, round(64 * canvas.scale)), self.poem.paper, rng)
        self.seal = stork.seal(canvas, glyph, 72, rng)
        self.paper = xuan(canvas, rng)
        self.hukou = Hukou(canvas, self._far_bank(), rng)
        self.flow = Flow(canvas, rng)
        self.blots = Blots(canvas, rng)
        self.geese = Geese(canvas.width, rng)
        self.holder = Holder(canvas)
        self.ground, self.stood = Canvas(canvas.surface.get_size(), scale=canvas.scale), None
        self.still = Canvas(canvas.surface.get_size(), scale=canvas.scale)  # the land as the ink lets go
        self.scores = inkmusic.writing()
        self.now, self.gust = 0.0, 0.0
        self.begin()

    def begin(self):
        """A bare sheet, the brush full."""
        self.poem.clear()
        self.act, self.caption = "ink", "sun"
        self.storey, self.height, self.low = 0, 0.0, 0.0
        self.began, self.loose, self.stamped, self.roll = self.now, -1.0, -1.0, None
        self.turned = self.main

    # what the room does

    def on_trace(self, trace):
        """The stroke a guest held, `y` down the poem: printed in red at once, inked when its turn comes."""
        if self.act == "hukou":
            self.hukou.spray.burst(trace.x * self.canvas.width, 0.6)
            return
        stroke = min(int(trace.y * self.poem.total), self.poem.total - 1)
        place, k = self.poem.place(stroke)
        if self.poem.promise(stroke, 0.72 + 0.28 * trace.value, trace.number):
            way = trace.points or place.character.strokes[k].knots
            self.evening.keep("stroke", trace.number, x=trace.x, points=way, text=place.character.text)
        else:  # somebody wrote it already: written over, it is as dark as ink can be
            self.poem.deepen(stroke)

    def on_pad(self, pad):
        """A drum stroke writes one stroke; how hard it falls is how wet and dark the ink is."""
        force = max(0.03, pad.value) ** 1.6
        if force > 0.45:
            x, y, _ = self.poem.pen()
            for _ in range(int(1 + 5 * force)):
                self.blots.drop(x + self.rng.normal(0, 70), y + self.rng.normal(0, 60), self.now)
        self.ask(1, 0.55 + 0.45 * force, 0.5, force)

    def on_swipe_left(self, swipe):
        """A sweep of the arm writes out the character the brush is in."""
        self.ask(self.poem.left_in_character(), 1.0, 0.5 if swipe is None else swipe.x, 0.8)

    on_swipe_right = on_swipe_left

    def on_tap(self, tap):
        """A drop of ink where the guest sits; at the fall, a splash."""
        x = tap.x * self.canvas.width
        if self.act == "hukou":
            self.hukou.spray.burst(x, 0.3)
            return
        y = min(980.0, tap.y * 1080)
        for k in range(min(4, tap.count)):
            self.blots.drop(x + 50 * k * self.rng.normal(), y + 30 * k * self.rng.normal(), self.now)
        self.hit("guqin_harmonic", 0.3, pan=2 * tap.x - 1, pitch=60 + 12 * int(tap.y < 0.5))

    def on_push(self, _signal):
        """A whole ladle of ink on the paper, a wall of spray at the fall."""
        if self.act == "hukou":
            self.hukou.spray.burst(0.38 * self.canvas.width, 1.0)
            return
        self.blots.drop((0.3 + 0.2 * self.rng.random()) * self.canvas.width, 240, self.now, big=True)

    def on_raise(self, _signal):
        """Raised hands climb one storey; on the last they let the ink go."""
        if self.act == "hukou":
            self.hukou.spray.burst(0.5 * self.canvas.width, 0.8)
        elif self.storey < 3:
            self.climb()
        elif self.poem.done >= self.poem.total:
            self.let_go()

    def on_lower(self, _signal):
        """Lowered hands wet the paper: a gust of mist comes in over the plain."""
        self.gust = min(1.5, self.gust + 0.6)

    def on_wave(self, wave):
        """Waving is wind over water and mist."""
        self.gust = min(1.5, self.gust + 0.8)
        if self.act == "hukou":
            self.hukou.spray.burst(wave.x * self.canvas.width, 0.5)

    def on_hush(self, _signal):
        """Stillness: a harmonic rings, one drop falls by itself and wild geese go over."""
        self.hit("guqin_harmonic", 0.6, pitch=67)
        self.geese.rise(self.now)
        self.blots.drop(0.44 * self.canvas.width, 90, self.now)

    def on_cue(self, cue):
        """Acts: ink, climb, hukou."""
        if cue.text == "ink":
            self.begin()
        elif cue.text == "climb" and self.act == "ink":
            self.act = "climb"
        elif cue.text == "hukou":
            self.let_go()

    def autoplay(self, frame):
        """Nobody there: the pen goes on by itself, the tower is climbed, the ink let go, and again."""
        if self.act == "hukou":
            if self.now - self.loose > 35:
                self.begin()
            elif frame.index % 150 == 0:
                self.hukou.spray.burst(self.rng.uniform(0.2, 0.6) * self.canvas.width, 0.6)
        elif frame.index % 1500 == 700:
            self.geese.rise(self.now)
        elif self.storey < 3 and self.now - self.began > (20 if self.storey == 0 else CLIMB):
            self.climb()
        elif self.storey == 3 and self.now - self.began > CLIMB + 12:
            self.let_go()

    # what follows

    def ask(self, strokes, tone, x, force=0.6):
        """Strokes wanted by the room; when the line is full the next storey opens."""
        if self.act == "hukou":
            self.hukou.spray.burst(x * self.canvas.width, force)
            return
        first = self.poem.ask(strokes, tone, limit=self.poem.lines[self.storey])
        if first < 0:
            self.blots.drop(*self.poem.pen()[:2], self.now)

    def climb(self):
        """One storey more: the horizon sinks and the next line begins."""
        last = self.poem.lines[self.storey]
        self.poem.ask(last - int(self.poem.wanted), limit=last)
        self.storey += 1
        self.began, self.caption = self.now, CAPTIONS[self.storey]
        self.hit("drum", 0.4)
        self.hit("guqin_slide", 0.7, pitch=48)

    def let_go(self):
        """The ink of the poem lets go of the paper and becomes the river."""
        if self.act == "hukou":
            return
        self.poem.ask(self.poem.total)
        while self.poem.done < self.poem.total:  # what was not written is put down at once
            self.poem.write(1.0)
        self.storey, self.act, self.caption = 3, "hukou", ""
        self.loose = self.now
        self._draw_land(self.still)
        self.flow.begin(self.poem, self.hukou.lip)
        self.hit("guqin_slide", 0.9, pitch=36)

    def update(self, frame):
        self.now = frame.time
        self.gust *= 1 - 0.7 * frame.dt
        self.height += (self.storey - self.height) * min(1.0, 2.0 * frame.dt)
        self.low = min(1.0, self.low + frame.dt / 75)
        self.blots.update(self.now)
        if self.act == "hukou":
            self._fall(frame)
        else:
            self._write(frame)
        self._sound(frame)

    def _write(self, frame):
        """Bring the pen to where it should be by now, or to where the room has asked it."""
        first = self.poem.lines[self.storey - 1] if self.storey else 0
        last = self.poem.lines[self.storey]
        due = first + (last - first) * min(1.0, (self.now - self.began) / LINE_TIME[self.storey] * self.speed)
        due = math.floor(due + abs(self.main - self.turned) * 6)
        if abs(self.main - self.turned) > 0.17:
            self.poem.ask(1, limit=last)
            self.turned = self.main
        self.poem.keep(last)
        if due > self.poem.wanted:
            self.poem.ask(due - int(self.poem.wanted), limit=last)
        for stroke in self.poem.write(frame.dt * (0.7 + 0.3 * self.speed)):
            place, k = self.poem.place(stroke)
            pan = 2 * place.x / self.canvas.width - 1
            self.hit("paper", 0.10 + 0.08 * self.poem.tone[stroke], pan=pan)
            if k == 0:
                self.hit("guqin", 0.45, pan=pan, pitch=(48, 50, 52, 55, 57)[stroke % 5])
        self.evening.earn(self.poem.done / self.poem.total)
        written = self.storey < 3 and self.poem.done >= last
        if self.act == "climb" and written and self.now - self.began >= CLIMB * min(1, self.storey):
            self.climb()  # hands that are writing need not be raised
        if self.stamped < 0 and self.poem.done >= self.poem.total:
            self.stamped = self.now
            self.hit("rim", 0.7)

    def _fall(self, frame):
        age = self.now - self.loose
        self.caption = "fall" if age > READ else ""
        self.poem.wash_out(age, LOOSE)
        self.flow.step(frame.dt, age)
        roar = min(1.0, max(0.0, (age - OVER) / 2.0))
        self.hukou.step(frame.dt, roar * (0.4 + 1.2 * self.density), self.wind + 0.4 * self.gust)

    def _sound(self, frame):
        if self.act != "hukou":
            self.bed("roar", 0.0)
            self.bed("water", 0.10 + 0.05 * self.storey)
            self.bed("wind", 0.08 + 0.05 * self.storey + 0.2 * min(1.0, self.gust))
            for part in self.scores[: 1 + (self.storey > 1)]:
                self.hits.extend(part.hits(frame))
            return
        over = self.now - self.loose - OVER
        self.bed("roar", 0.85 * min(1.0, max(0.0, over / 2.0)) + 0.1 * self.energy)
        self.bed("water", 0.5)
        if self.roll is None and over > 0:
            self.roll = inkmusic.roll().begin(frame)
            self.hit("gong", 1.0)
        if self.roll:
            self.hits.extend(self.roll.hits(frame))

    # what is seen

    def draw(self, canvas, frame):
        if self.act == "hukou":
            self._draw_fall(canvas)
        else:
            self._draw_land(canvas)
            self.poem.draw(canvas)
            self.blots.draw(canvas, self.now)
            if self.stamped >= 0:
                canvas.stamp(self.seal, (self.poem.left - 46, 872))
            if self.poem.done < self.poem.total:
                x, y, press = self.poem.pen()
                breath = 0.12 * breathe(self.now, 4.6)  # the hand waits, it does not freeze
                self.holder.draw(canvas, x, y, 1 - min(1.0, press * 1.6) + breath * (press == 0))
        if (gel := warmed(self.warmth)) != (255, 255, 255):
            light.wash(canvas, gel)

    def _draw_land(self, canvas):
        """What stands is painted anew only when the eye has climbed or the sun gone down by half a pixel."""
        height, low = round(self.height * HEIGHTS), round(self.low * SUNS)
        if self.stood != (height, low):
            self.stood = height, low
            self.ground.paste(self.paper)
            self.land.draw_still(self.ground, height / HEIGHTS, low / SUNS)
        canvas.paste(self.ground)
        wind, mist = self.wind + self.gust, self.density + 0.5 * self.gust
        self.land.draw_moving(canvas, height / HEIGHTS, self.now, wind, mist)
        canvas.stamp(self.tower, (0.185 * canvas.width, 1046), anchor=(0.5, 0.983))
        away, up = stork.stand(self.floors, height / HEIGHTS)
        canvas.stamp(self.climber, (0.185 * canvas.width + away, 1046 - up), anchor=(0.5, 1))
        self.geese.draw(canvas, self.now)

    def _draw_fall(self, canvas):
        age = self.now - self.loose
        front = age - OVER + 0.5
        if not self.hukou.covers(front):
            canvas.paste(self.still)
            self.poem.draw(canvas)
            self.blots.draw(canvas, self.now)
        flow = self.flow if age < SPENT + 0.4 else None
        self.hukou.draw(canvas, self.now, front, flow, min(1.0, max(0.0, (age - 0.8) / 2.4)))

    def companion(self):
        fallen = self.act == "hukou"
        return {
            "view": "stroke",
            "verbs": ["tap"] if fallen else ["trace", "tap"],
            "line": ["点一下，溅一片水烟", "Tap: throw up a cloud of spray"]
            if fallen
            else ["照着写你手里这一笔", "Trace the stroke you hold; it goes onto the paper in its turn"],
            "cards": self.cards,
            "lines": self.poem.lines,
            "written": int(self.poem.done),
            "river": fallen,
        }

    # inside

    def _far_bank(self):
        """What is left above the river at Hukou: paper and the farthest hills."""
        sheet = self.canvas.sheet(self.canvas.width, 1080)
        sheet.paste(self.paper)
        for kind, hills in zip(inkland.RANGES[:2], self.land.ranges, strict=False):
            sheet.stamp(hills, (0, 306 + kind["foot"]), blend="multiply", anchor=(0, 1))
        return sheet
