"""White paper and one brush: the room writes the Stork Tower poem, climbs, and its ink becomes the river."""

from engine import Param, Scene, Score, Tempo, breathe, ink, jianpu, light, line, raster
from scenes.kit import calligraphy, inkland, stork
from scenes.kit.poem import Poem

LINES = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")
CAPTIONS = ("sun", "river", "eye", "storey")
LINE_TIME = (18.0, 13.5, 13.5, 13.5)  # seconds in which a line is on the paper even if nobody helps
CLIMB = 15.0  # seconds to a storey
EM, PITCH, GAP = 152, 160, 178


class Ink(Scene):
    title = ("墨", "Ink")
    credits = (("永济鹳雀楼：唐楼三层", "Stork Tower, Yongji: the Tang tower had three storeys"),)
    captions = {
        "sun": ("白日依山尽", "White sun leans on the hills and is gone;"),
        "river": ("黄河入海流", "the Yellow River runs on into the sea."),
        "eye": ("欲穷千里目", "To give the eye a thousand li,"),
        "storey": ("更上一层楼", "climb one storey more."),
    }
    main = Param(0.0, label=("运笔", "Write"))
    density = Param(0.5, label=("水气", "Mist"))
    warmth = Param(0.5, slew=0.4, label=("冷暖", "Warmth"))
    speed = Param(1.0, 0.4, 2.5, label=("快慢", "Pace"))
    wind = Param(0.5, slew=0.6, label=("风", "Wind"))

    def setup(self):
        canvas, rng = self.canvas, self.rng
        characters = calligraphy.read_strokes(self.asset("strokes/poem.toml"))
        titles = calligraphy.read_strokes(self.asset("strokes/titles.toml"))
        self.poem = Poem(
            canvas, LINES, characters, (canvas.width - 296, 66), em=EM, pitch=PITCH, gap=GAP, rng=rng
        )
        self.land = inkland.Land(canvas, rng)
        self.tower, self.floors = stork.tower(canvas, rng)
        glyph = calligraphy.bake(titles["晋"], max(12, round(64 * canvas.scale)), self.poem.paper, rng)
        self.seal = stork.seal(canvas, glyph, 72, rng)
        self.paper = self._paper()
        self.storey, self.height, self.low = 0, 0.0, 0.0
        self.began, self.now, self.act = 0.0, 0.0, "ink"
        self.caption = "sun"

    def _paper(self):
        canvas = self.canvas.sheet(self.canvas.width, 1080)
        fibre = light.grain(canvas, self.rng, stretch=(9, 0.8)) + light.grain(
            canvas, self.rng, stretch=(0.8, 9)
        )
        cloud = light.clouds(canvas, self.rng, size=500, octaves=3)
        field = 0.975 + 0.012 * fibre + 0.03 * (cloud - 0.5)
        return light.paint(canvas, field, ink.HEMP)

    def climb(self):
        if self.storey < 3:
            self.storey += 1
            self.began = self.now
            self.caption = CAPTIONS[self.storey]

    def on_raise(self, _signal):
        self.climb()

    def on_cue(self, cue):
        if cue.text == "climb":
            self.act = "climb"
            self.climb()

    def autoplay(self, frame):
        if self.now - self.began > CLIMB:
            self.climb()

    def update(self, frame):
        self.now = frame.time
        first = self.poem.lines[self.storey - 1] if self.storey else 0
        last = self.poem.lines[self.storey]
        due = first + (last - first) * min(1.0, (self.now - self.began) / LINE_TIME[self.storey])
        if int(due) > self.poem.wanted:
            self.poem.ask(int(due) - int(self.poem.wanted), limit=last)
        self.poem.write(frame.dt * self.speed)
        self.height += (self.storey - self.height) * min(1.0, 2.2 * frame.dt)
        self.low = min(1.0, self.low + frame.dt / 60)

    def draw(self, canvas, frame):
        canvas.paste(self.paper)
        self.land.draw(canvas, self.height, self.low, self.now, self.wind)
        canvas.stamp(
            self.tower, (0.185 * canvas.width, 1046), anchor=(0.5, stork.HEIGHT / (stork.HEIGHT + 10))
        )
        self.poem.draw(canvas)
        canvas.stamp(self.seal, (self.poem.left + 70, 920))

    def companion(self):
        number, character, k = self.poem.next_stroke()
        return {
            "view": "stroke",
            "verbs": ["trace"],
            "next": number,
            "char": character.text,
            "pinyin": character.pinyin,
        }
