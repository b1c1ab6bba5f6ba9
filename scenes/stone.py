"""Stone: one lamp wakes fifty carved musicians, and silence lets an apsara leave the wall of Yungang."""

import numpy as np

from engine import MODES, Param, Scene, Score, Tempo, breathe, jianpu, smooth
from scenes.kit import apsara, musicians
from scenes.kit.cave import COLUMNS, ROWS, Plan, Wall
from scenes.kit.nearlamp import LASTS, Near
from scenes.kit.stonelight import Glow, Lit, bowl, colour, flames, open_sky

BPM = 52
EIGHTH = 60 * 60 / BPM / 2  # frames
COUNT = ROWS * COLUMNS
TONIC = 36  # C2
REACH = {"guqin": (36, 67), "pluck": (48, 84), "xun": (57, 81), "bell": (60, 84), "drum": (0, 0)}
FLAME = (255, 210, 146)
AMBIENT = np.array([23, 22, 22])  # what the cave's other walls throw back
WINDOW = np.array([46, 66, 78])  # daylight through the window over the door, cool and far
COOL = (84, 132, 140)
OPENING = 25 * 60  # frames of the first act, when nobody gives cues
LIVELY = 0.6  # energy of the room that sends her home
CANON = "0234321.2345432.3456543.210.0..."  # steps of the mode, a beat each
SONG = Score(
    Tempo(BPM),
    (jianpu("1' - 6 5 | 3 - 5 6 | 5 - - 0", instrument="xun", tonic=60, unit=1, velocity=0.42, once=True),),
)  # twelve beats: as long as she flies


class Stone(Scene):
    """Phones and pads wake musicians; CC1 lifts the lamp; stillness frees her, movement sends her back."""

    title = ("石", "Stone")
    material = "stone"
    credits = (
        ("云冈石窟·音乐窟（第12窟）·山西大同", "Yungang Grottoes, the Music Cave (cave 12), Datong, Shanxi"),
        ("北魏飞天：身折如V，长裙掩足", "A Northern Wei apsara is bent in a V; a long skirt hides her feet"),
        ("石不动，光动", "Stone does not move; light does"),
    )
    captions = {
        "lamp": ("一灯入窟", "One lamp enters the cave"),
        "niches": ("五十乐人，各守一龛", "Fifty musicians, each in a niche of stone"),
        "hush": ("静，她便离壁", "Be still, and she will leave the wall"),
        "apsara": ("飞", "She leaves the wall"),
    }

    main = Param(0.55, label=("灯高", "height of the lamp"), slew=0.35)
    at_x = Param(0.42, label=("灯位", "place of the lamp"), slew=0.6)
    warmth = Param(0.5, label=("灯色", "warmth of the lamp"), slew=0.3)
    density = Param(0.5, label=("余温", "how long they stay warm"))
    energy = Param(0.0, label=("人势", "energy of the room"), slew=0.2)

    def setup(self):
        size, scale = self.canvas.surface.get_size(), self.canvas.scale
        self.plan = Plan.of(self.canvas.width)
        parts, self.players = self.read("stone/musicians.toml", musicians.read_musicians)
        wall = Wall(self.canvas, self.plan)
        blocks = musicians.carve(parts, self.players, scale, self.plan.half / 60)
        worn = np.clip(self.rng.random(COUNT) * 1.5 - 0.95, 0, 1)
        musicians.place_all(wall, blocks, worn)
        self.she = apsara.Apsara(self.canvas, self.asset("stone/apsara.toml"), self.rng, self.plan)
        block = self.set_frieze(wall)
        wall.weather(self.rng)
        albedo = colour(wall.paint, wall.rough, wall.worn, open_sky(wall.height, scale))
        self.lit = Lit(wall.height, albedo, scale, size)
        homes = self.plan.homes()
        self.homes = [wall.patches(block, homes[side], mirror=side == 1) for side in (0, 1)]
        self.settle()
        self.near = Near(self.canvas, self.plan, parts, self.players, self.rng)
        self.choir = musicians.Choir(self.canvas, self.plan, self.lit.normals, albedo, wall.rough)
        self.glow = Glow(self.canvas)
        self.pools = self.glow.pools(self.choir.seats - (0, 50), 170)
        self.act, self.since, self.index = "lamp", 0, 0
        self.lamp = np.array([0.3 * self.canvas.width, 640.0])
        self.power, self.flare, self.sky = 0.0, 0.0, 0.0
        self.called, self.turns, self.given, self.woken = [], 0, False, set()
        kinds = [musicians.kind(n, len(self.players)) for n in range(COUNT)]
        self.niches = {
            "rows": ROWS,
            "columns": COLUMNS,
            "kinds": "".join(str(k) for k in kinds),
            "names": [[player["zh"], player["name"]] for player in self.players],
        }
        self.song = None
        self.caption = "lamp"
        self.flames, self.bowl = flames(self.canvas), bowl(self.canvas)
        self.lit.relight(self.lamp, bands=99)

    def set_frieze(self, wall):
        """Two apsaras who never leave, and the block of the third, who has a home on either side of them."""
        block = apsara.carve(self.asset("stone/apsara.toml"), self.canvas.scale * apsara.HOME)
        block.height *= 2.1 * apsara.HOME  # cut deeper than true to size, to be seen from below
        homes = self.plan.homes()
        for share in (1 / 3, 2 / 3):
            wall.set(block, homes[0] + (homes[1] - homes[0]) * share, 0, mirror=share > 0.5)
        return block

    def settle(self):
        """Carve her where she is at home; leave her hollow everywhere else."""
        for side, (carved, hollow) in enumerate(self.homes):
            self.lit.inlay(carved if side == self.she.side and not self.she.away else hollow)

    # what people do

    def on_tap(self, signal):
        """Every phone has its own niche, by guest number; a tap without one goes to the nearest."""
        first = (signal.number - 1) % COUNT if signal.number > 0 else self.plan.nearest(signal.x, signal.y)
        row, column = divmod(first, COLUMNS)
        self.earn(first, signal)
        for n in range(min(signal.count, 5)):  # of many at once a few beside it answer too
            side, up = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))[n]
            self.play((row + up) % ROWS * COLUMNS + (column + side) % COLUMNS, 0.55 + 0.45 * signal.value)

    def earn(self, number, signal):
        """Every musician whom somebody wakes is a piece of this scene's coal."""
        if number not in self.woken and signal.number:
            self.evening.keep("niche", signal.number, text=self.instrument(number)["name"])
        self.woken.add(number)
        self.evening.earn(len(self.woken) / min(COUNT, max(10, self.joined)))

    def instrument(self, number):
        return self.players[musicians.kind(number, len(self.players))]

    def on_pad(self, signal):
        """Keys are musicians by pitch; of those who share one the next in turn."""
        degree = int(np.clip(signal.number - 36, 0, 13)) + 2
        same = [n for n in range(COUNT) if self.degree(n) == degree]
        self.turns += 1
        self.play(same[self.turns % len(same)], max(0.15, signal.value**1.6))

    def on_hush(self, signal):
        """She leaves, if there is a wall to be seen that she can leave."""
        if not self.she.away and not self.is_close:
            self.she.leave()
            self.settle()
            self.caption = "apsara"
            self.song = SONG

    def on_wave(self, signal):
        """Movement sends her back; the lamp answers too."""
        self.flare = max(self.flare, 0.6)
        self.she.home()

    on_raise = on_lower = on_push = on_swipe_left = on_swipe_right = on_wave

    def on_cue(self, signal):
        self.given = self.given or bool(signal.text)
        if signal.text == "lamp":
            self.act, self.since, self.power, self.caption = "lamp", 0, 0.0, "lamp"
        elif signal.text == "niches":
            self.act, self.since, self.caption = "niches", 0, "niches"
        elif signal.text == "apsara":
            self.act, self.since = "apsara", 0
            self.on_hush(signal)

    def play(self, number, strength):
        """The musician warms at once and sounds on the next eighth."""
        self.choir.wake(number, strength)
        if self.is_close:  # most are out of sight: the flame stirs with each
            self.flare = max(self.flare, 0.4 * strength)
        due = int(np.ceil((self.index + 1) / EIGHTH) * EIGHTH)
        if sum(when == due for when, _, _ in self.called) < 6:
            self.called.append((due, number, strength))

    def degree(self, number):
        """Step of the pentatonic: a neighbour is the next step, the row above two steps up."""
        row, column = divmod(number, COLUMNS)
        return column + 2 * (ROWS - 1 - row)

    def pitch(self, number):
        """(instrument, MIDI note) of a musician; the note is brought into the instrument's reach."""
        sound = self.instrument(number)["sound"]
        low, high = REACH[sound]
        note = MODES["gong"].note(self.degree(number), TONIC)
        while high and note < low:
            note += 12
        while high and note > high:
            note -= 12
        return sound, note if high else 5

    # every frame

    def update(self, frame):
        self.index = frame.index
        self.since += 1
        if self.caption == "niches" and self.since > 1200:
            self.caption = "hush"
        if self.energy > LIVELY and self.she.away and not self.she.back:
            self.on_wave(None)
        if self.she.step():
            self.settle()
            self.caption = "niches"
        self.sound_due(frame)
        self.sing(frame)
        self.choir.step(0.4 + 1.2 * self.density)
        self.move_lamp(frame)
        self.shine(frame)
        self.bed("room", 0.5)
        self.bed("drone", 0.22 + 0.2 * self.she.light() * self.she.away)

    def sound_due(self, frame):
        now = [call for call in self.called if call[0] <= frame.index]
        self.called = [call for call in self.called if call[0] > frame.index]
        for _, number, strength in now:
            sound, note = self.pitch(number)
            pan = 1.6 * (number % COLUMNS / (COLUMNS - 1) - 0.5)
            self.hit(sound, (0.35 + 0.5 * strength) * (0.5 if sound == "drum" else 1), pan=pan, pitch=note)
            self.choir.wake(number, min(1.0, 0.3 + strength))

    def sing(self, frame):
        """A xun for as long as she is in the air."""
        if self.song is SONG:
            self.song = SONG.begin(frame)
        if self.song and self.she.away and not self.she.back:
            self.hits.extend(self.song.hits(frame))

    def move_lamp(self, frame):
        """CC1 lifts it, the place of the people in the room moves it; alone it drifts along the wall."""
        drift = 150 * np.sin(frame.time * 0.23) + 40 * np.sin(frame.time * 0.61)
        x = self.at_x * self.canvas.width + drift
        y = 930 - 740 * self.main + 18 * np.sin(frame.time * 0.4)
        self.lamp += (np.array([x, y]) - self.lamp) * 0.05
        self.flare *= 0.97
        self.power += ((0.36 if self.she.away else 1.0) - self.power) * 0.02
        if self.act == "lamp":
            self.power = 0.9 * smooth(float(np.clip((self.since / 60 - LASTS) / 4, 0, 1)))
        self.sky += (float(self.act != "lamp") - self.sky) * 0.01
        self.lit.relight(self.lamp)

    @property
    def is_close(self):
        """Whether only a few niches are seen, large."""
        return self.act == "lamp" and self.since < LASTS * 60

    def shine(self, frame):
        glow = self.glow
        breath = 0.95 + 0.05 * breathe(frame.time, 1.7) * breathe(frame.time, 0.73)
        level = self.power * breath * (1 + 0.25 * self.flare)
        tint = np.array(FLAME) * (1.0, 1.06 - 0.12 * self.warmth, 1.2 - 0.4 * self.warmth)
        if self.is_close:
            self.near.step(self.since / frame.fps, self.choir.warm, tint * (1 + 0.5 * self.flare))
            return
        glow.begin(AMBIENT * (0.4 + 0.6 * self.sky))
        glow.add((0.90 * self.canvas.width, -60), 900, WINDOW * self.sky, core=0.2)
        glow.add(self.lamp, 1020, tint * level * 2.3)
        glow.pour(self.pools, self.choir.warm, (74, 47, 20))
        if self.she.away:
            (x, y), size, _, facing = self.she.pose()
            glow.add((x - 40 * facing, y - 40), 470 * size, np.array(COOL) * 0.9 * self.she.light(), core=0.1)
        glow.shed(self.lit.picture)

    def autoplay(self, frame):
        """A quiet canon of two voices two bars apart, then silence, and she crosses."""
        if self.act == "lamp" and not self.given and self.since > OPENING:
            self.act, self.since, self.caption = "niches", 0, "niches"
        if self.is_close:
            return
        step = round(frame.index / EIGHTH)
        if round(step * EIGHTH) != frame.index or self.she.away:
            return
        n = step % 80
        if n == 70:
            self.on_hush(None)
        for voice, (lag, row) in enumerate(((0, 3), (8, 1))):
            m = n - lag
            if 0 <= m < 64 and m % 2 == 0 and CANON[m // 2] != ".":
                self.play(self.seat_of(int(CANON[m // 2]) + 2 * voice, row), 0.8 - 0.2 * voice)

    def seat_of(self, degree, row):
        return row * COLUMNS + int(np.clip(degree + 1, 0, COLUMNS - 1))

    def draw(self, canvas, frame):
        flame = self.flames[int(frame.time * 9) * 5 % 7 % len(self.flames)]
        if self.is_close:
            canvas.paste(self.near.glow.wall)
            self.near.draw_lamp(canvas, int(frame.time * 9) * 5 % 7)
            return
        canvas.paste(self.glow.wall)
        self.choir.draw(canvas)
        if self.power > 0.05:
            canvas.stamp(self.bowl, (self.lamp[0], self.lamp[1] + 19))
            canvas.stamp(flame, self.lamp, blend="add")
        self.she.draw(canvas, frame.time)

    def companion(self):
        warm = np.flatnonzero(self.choir.warm > 0.3)
        return {
            "view": "niche",
            "verbs": [] if self.she.away else ["tap"],
            **self.niches,
            "warm": warm[:12].tolist(),
            "away": bool(self.she.away),
            "line": self.line(),
        }

    def line(self):
        if self.she.away:
            return ["静，莫动", "Be still while she flies"]
        return ["碰一下弦，叫醒你的石乐人", "Touch the string: wake your musician of stone"]
