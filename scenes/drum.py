"""Hide 鼓: a great Jiangzhou drum from above, walnuts on its skin, and the thirteen posts of Weifeng about it."""

import numpy as np

from engine import Param, Scene
from scenes.kit.drum_music import Music, read_patterns
from scenes.kit.drum_picture import Hand, roof_nuts
from scenes.kit.drum_strokes import GHOST, Marks, read_techniques
from scenes.kit.drumview import MARGIN, DrumView, stage, table
from scenes.kit.hide_drum import cast_shadow, paint_drum, pave, stand
from scenes.kit.membrane import Membrane
from scenes.kit.roof import roof
from scenes.kit.solid import glow
from scenes.kit.walnut import ROOF, SKIN, Shells, Walnuts
from scenes.kit.weifeng import courtyard, guests_direction, place_posts, pools, read_formation

ACTS = ("tick", "walnuts", "directions", "tutti", "stop")
TINTS = {  # the lamp's colour in each act
    "tick": (255, 214, 168),
    "walnuts": (255, 232, 200),
    "directions": (255, 216, 178),
    "tutti": (255, 222, 176),
    "stop": (255, 232, 200),
}
ROOF_BEATS = 8  # of the walnuts that are heard while they are still on the tiles
LIVE = 240  # frames after a pad in which the drummer has the drum and the written drum keeps quiet
EIGHT = tuple(["E", "SE", "S", "SW", "W", "NW", "N", "NE"])
LENGTHS = {"tick": 5.0, "directions": 22.0, "tutti": 15.0, "stop": 4.0}  # seconds, when nobody gives cues


class Drum(Scene):
    """Pads are the fourteen strokes; phones play the eight gongs; hands raised are a tutti; stillness is the stop."""

    title = ("鼓", "Hide")
    credits = (
        ("绛州鼓乐·山西新绛", "Jiangzhou drums: Xinjiang county, Shanxi"),
        (
            "花敲干打：鼓边、鼓钉、鼓帮、鼓环、鼓架，处处是音",
            "Ornamental dry strokes: rim, studs, shell, ring and stand all sound",
        ),
        ("威风锣鼓·山西临汾", "Weifeng gongs and drums: Linfen, Shanxi"),
        (
            "一鼓居中为土，四钹为金木水火，八锣为八方",
            "One drum is earth, four cymbal pairs the other elements, eight gongs the directions",
        ),
    )
    captions = {
        "tick": ("绛州鼓乐", "Jiangzhou drums"),
        "walnuts": ("厦坡滚核桃", "Walnuts roll down the roof"),
        "fight": ("牛斗虎", "Ox fights tiger"),
        "directions": ("八方", "Eight directions"),
        "tutti": (
            "鼓槌开花满天星，一槌敲醒半座城",
            "Drumsticks bloom, a sky of stars; one good knock wakes half the town",
        ),
    }

    main = Param(0.7, label=("力度", "force"), slew=0.1)
    density = Param(0.6, label=("核桃", "walnuts"))
    warmth = Param(0.5, label=("灯色", "lamp warmth"), slew=0.3)
    speed = Param(1.0, 0.6, 1.6, label=("松紧", "pace of the skin"), slew=0.2)
    wind = Param(0.0, -1.0, 1.0, label=("风", "draught"), slew=0.4)
    energy = Param(0.2, label=("人势", "energy of the room"), slew=0.3)

    def setup(self):
        self.techniques = read_techniques(self.asset("drum/techniques.toml"))
        self.posts = read_formation(self.asset("drum/formation.toml"))
        self.index_of = {post.name: i for i, post in enumerate(self.posts)}
        self.music = Music(read_patterns(self.asset("drum/patterns.toml")))
        self.skin, self.marks, self.walnuts = Membrane(), Marks(self.rng), Walnuts(self.rng)
        self.near, self.plan = self.build_near(), self.build_plan()
        w = self.canvas.width
        self.pools = pools(self.plan.x, self.plan.y, self.posts, self.plan.middle)
        self.lamps = np.zeros(len(self.posts))
        self.hand = {
            self.near: Hand(self.canvas, self.near.radius),
            self.plan: Hand(self.canvas, self.plan.radius),
        }
        self.roof = roof(self.canvas.surface.get_size(), self.rng)
        self.roof_light = self.low_lamp(0.34 * w, 200, 1150, 0.96)
        self.roof_shells = Shells(self.canvas.scale, 27)
        self.motes = np.column_stack(
            [self.rng.uniform(0, w, 70), self.rng.uniform(0, 1080, 70), self.rng.uniform(0.2, 1, 70)]
        )
        self.mote = glow(self.canvas.scale, 3.4, np.array([255, 224, 172]))
        self.last_mote = glow(self.canvas.scale, 7.0, np.array([255, 240, 214]))
        self.waiting, self.rolls = [], []
        self.seen_technique, self.direction = None, None
        self.step_round, self.index, self.drummer, self.given = 0, 0, -LIVE, False
        self.gain, self.flare, self.age, self.ticked = 0.0, 0.0, 0, 0
        self.cells = np.zeros_like(self.near.ambient)
        self.begin("tick")

    def build_near(self):
        base, w = stage(self.canvas), self.canvas.width
        middle, radius = (0.415 * w, 700.0), 570.0
        inner = (middle[0], middle[1] + MARGIN)
        pave(base, self.rng)
        cast_shadow(base, inner, radius)
        stand(base, inner, radius)
        paint_drum(base, inner, radius, self.rng)
        return DrumView(
            self.canvas, base, middle, radius, self.skin, lambda x, y: self.lamp_at(x, y, middle, radius)
        )

    def build_plan(self):
        base, w = stage(self.canvas), self.canvas.width
        middle, radius = (0.5 * w - 20, 500.0), 128.0
        inner = np.array([middle[0], middle[1] + MARGIN])
        pave(base, self.rng, slab=104.0)
        cast_shadow(base, inner, radius)
        stand(base, inner, radius)
        paint_drum(base, inner, radius, self.rng, scarred=False)
        place_posts(base, self.posts, inner, self.rng)
        return DrumView(self.canvas, base, middle, radius, self.skin, courtyard(middle))

    @staticmethod
    def lamp_at(x, y, middle, radius):
        """The one lamp, north-west above the drum."""
        rho2 = ((x - middle[0] + 0.42 * radius) / 760) ** 2 + ((y - middle[1] + 0.52 * radius) / 680) ** 2
        return 0.08 + 0.74 * np.exp(-0.62 * rho2)

    def low_lamp(self, x, y, reach, level):
        rho2 = ((self.near.x - x) ** 2 + (self.near.y - y) ** 2) / reach**2
        return (0.05 + level * np.exp(-1.1 * rho2)).astype(np.float32)

    # acts

    def begin(self, act):
        """Go to an act at its beginning."""
        self.act, self.age, self.started = act, 0, False
        self.view = self.plan if act in ("directions", "tutti") else self.near
        self.caption = act if act in self.captions else ""
        self.waiting.clear()
        self.rolls.clear()
        self.on_roof = act == "walnuts"
        if act == "walnuts":
            self.walnuts.clear()
        if act == "stop":
            self.skin.still()
            self.walnuts.clear()
            self.marks = Marks(self.rng)
            self.lamps[:] = 0
            self.flare = 0.0
        elif act == "tutti":
            self.lamps[:] = 1.0
            self.hit("gong", 1.0)
            self.hit("cymbal", 0.8)
            self.strike(0.1, 0.0, 1.0)

    def start_music(self, frame):
        self.started = True
        piece = {"walnuts": "walnuts", "directions": "directions", "tutti": "tutti"}.get(self.act, "")
        self.music.begin(piece, frame)
        if self.act == "tick":
            self.tick()

    def tick(self):
        """One dry stroke on the rim in the dark."""
        angle = -2.2 + self.rng.uniform(-0.1, 0.1)
        self.hit("rim", 0.8)
        self.marks.show("ring", 1.0, angle, 0.7)
        self.skin.strike(0.97, angle, 0.8)
        self.flare = 0.5

    def on_cue(self, signal):
        if signal.text in ACTS:
            self.given = True
            self.begin(signal.text)

    def on_raise(self, signal):
        self.begin("tutti")

    def on_hush(self, signal):
        if self.act != "stop":
            self.begin("stop")

    def wake(self):
        """A stroke of the drummer ends the silence, and brings the drum into sight."""
        if self.act == "stop":
            self.begin("walnuts")
            self.on_roof = False
            self.music.begin("", self.now)
            self.started = True
            self.caption = ""
        self.on_roof = False

    # strokes

    def on_pad(self, signal):
        technique = self.techniques.get(signal.number)
        if technique is None:
            return
        self.wake()
        self.drummer = self.index
        size = signal.value**1.6
        angle = (
            self.rng.uniform(0, 2 * np.pi)
            if technique.seen not in ("ring", "dust")
            else self.rng.uniform(-2.9, -0.2)
        )
        radius = self.rng.uniform(0.08, 0.4)
        if signal.value < GHOST:
            self.marks.ghost(radius, angle, signal.value)
            self.hit("rim", 0.4 * signal.value, pitch=4)
            return
        self.seen_technique = technique
        for name, share, pitch in technique.sound:
            self.hit(name, share * signal.value, pitch=pitch)
        self.play(technique.seen, radius, angle, size)

    def play(self, seen, radius, angle, size):
        """Do one technique to skin, dust and walnuts."""
        self.marks.show(seen, radius, angle, size)
        force = size * (0.6 + 0.8 * self.main)
        if seen in ("ring", "dust"):
            self.skin.strike(0.96, angle, 0.5 * force)
        elif seen == "roll":
            self.rolls += [(self.index + 1 + 5 * i, 0.25, angle, 0.55 * force) for i in range(1, 7)]
            self.strike(0.25, angle, 0.6 * force)
            self.walnuts.hop(0.9 * force, (0.25 * np.cos(angle), 0.25 * np.sin(angle)))
        elif seen == "thunder":
            self.rolls += [
                (self.index + 1 + 4 * i, 0.33, angle + np.pi * (i % 2), 0.9 * force) for i in range(1, 12)
            ]
            self.strike(0.33, angle, 1.1 * force)
            self.walnuts.hop(1.2 * force)
        elif seen == "slash":
            for r in (-0.6, -0.2, 0.3, 0.7):
                self.skin.strike(abs(r), angle + (np.pi if r < 0 else 0), 0.4 * force)
            self.walnuts.hop(0.4 * force)
        elif seen == "flick":
            x, y = self.walnuts.flick(force)
            self.marks.raise_dust(np.hypot(x, y), np.arctan2(y, x), 40, 0.4)
            self.skin.strike(np.hypot(x, y), np.arctan2(y, x), 0.3 * force)
        elif seen == "dip":
            self.skin.strike(0.0, 0.0, 0.35 * force)
            self.walnuts.hop(0.35 * force)
        elif seen == "spiral":
            self.skin.strike(radius, angle, 0.12 * force)

    def strike(self, radius, angle, force):
        """A stick falls on the skin."""
        self.skin.strike(radius, angle, force)
        self.marks.raise_dust(radius, angle, round(6 + 26 * force), 0.25 + 0.5 * force)
        place = (radius * np.cos(angle), radius * np.sin(angle))
        self.walnuts.hop(0.8 * force, place, reach=0.6)
        self.lamps[0] = max(self.lamps[0], min(1.0, 0.35 + 0.65 * force))
        self.flare = max(self.flare, 0.10 * force)

    def on_tap(self, signal):
        """A guest's stroke: seen at once as a faint answer, played on the next eighth."""
        inner_x = (signal.x * 3) % 1.0 if signal.controller == "phone" else signal.x
        radius = min(1.0, 2 * float(np.hypot(inner_x - 0.5, signal.y - 0.5)))
        angle = float(np.arctan2(signal.y - 0.5, inner_x - 0.5))
        rim = signal.text in ("rim", "嗒") or (signal.text not in ("centre", "咚") and radius > 0.74)
        self.music.room.tap(self.index, self.setting.fps)
        self.marks.ghost(0.97 if rim else 0.8 * radius, angle, 0.3)
        if rim:
            self.marks.light_studs(angle, 0.45, 0.12)
        names = guests_direction(signal.x, signal.number, signal.count)
        for name in names:
            i = self.index_of[name]
            self.lamps[i] = max(self.lamps[i], 0.30)
        if self.act == "stop":
            return
        self.on_roof = False
        if len(self.waiting) < 24:
            self.waiting.append((rim, radius, angle, signal.value, names))

    def play_guests(self):
        """What the house has tapped since the last eighth, all of it now."""
        for rim, radius, angle, value, names in self.waiting:
            force = 0.35 + 0.4 * value
            for name in names:
                i = self.index_of[name]
                self.direction = self.posts[i].words
                self.lamps[i] = 1.0
            if rim:
                self.marks.show("ring", 1.0, angle, 0.5)
                self.skin.strike(0.96, angle, 0.5 * force)
            else:
                self.strike(0.75 * radius, angle, force)
        kinds = {("rim" if rim else "drum") for rim, *_ in self.waiting}
        for kind in kinds:
            self.hit(kind, 0.55)
        if self.act in ("directions", "tutti"):
            for name in {n for *_, names in self.waiting for n in names}:
                self.hit("gong", 0.55, pan=self.pan(name), pitch=EIGHT.index(name) % 4 - 1)
        self.waiting.clear()

    def pan(self, name):
        return float(np.clip(self.posts[self.index_of[name]].at[0] / 700, -1, 1))

    def on_push(self, signal):
        self.wake()
        self.strike(0.2, self.rng.uniform(0, 6.28), 0.4 + 0.6 * signal.value)
        self.hit("drum", 0.4 + 0.5 * signal.value)

    on_swipe_left = on_swipe_right = on_wave = on_push

    # every frame

    @property
    def now(self):
        return self._frame

    def update(self, frame):
        self._frame, self.index = frame, frame.index
        if not self.started:
            self.start_music(frame)
        self.age += 1
        dt = frame.dt * self.speed
        if self.act != "stop":
            self.play_music(frame)
        for due in [r for r in self.rolls if r[0] <= frame.index]:
            self.rolls.remove(due)
            self.strike(*due[1:])
            self.hit("drum", 0.35 + 0.5 * due[3])
        self.skin.step(dt)
        self.marks.step(frame.dt, self.wind)
        self.walnuts.step(dt, self.skin, self.wind)
        if self.walnuts.knocks > 0.35 and frame.index % 3 == 0:
            self.hit(
                "clapper_round",
                min(0.22, 0.08 * self.walnuts.knocks),
                pitch=-4 + int(self.rng.integers(0, 5)),
            )
        if self.act == "walnuts":
            self.tend_walnuts()
        self.tend_light()
        self.motes[:, 0] += (0.16 + 0.8 * self.wind) * self.motes[:, 2]
        self.motes[:, 1] += 0.12 * self.motes[:, 2] + 0.05 * np.sin(
            frame.time * 0.7 + self.motes[:, 0] * 0.01
        )
        self.motes[:, 0] %= self.canvas.width
        self.motes[:, 1] %= 1080

    def play_music(self, frame):
        hits, halves, ended = self.music.step(frame)
        live = frame.index - self.drummer < LIVE
        for hit in hits:
            if live and hit.instrument in ("drum", "rim"):
                continue
            self.hits.append(hit)
            self.answer(hit)
        for half in halves:
            if self.music.piece == "directions" and half % 2 == 0:
                self.step_round += 1
                self.ring_gong(EIGHT[self.step_round % 8])
            self.play_guests()
        if ended:
            self.caption = "fight" if self.music.piece == "walnuts" else "walnuts"
            self.music.begin("fight" if self.music.piece == "walnuts" else "walnuts", frame)

    def ring_gong(self, name):
        i = self.index_of[name]
        self.lamps[i] = max(self.lamps[i], 0.8)
        self.hit("gong", 0.42, pan=self.pan(name), pitch=EIGHT.index(name) % 4 - 1)

    def answer(self, hit):
        """What a written stroke does to the picture."""
        angle = self.rng.uniform(0, 2 * np.pi)
        if hit.instrument == "drum":
            self.strike(self.rng.uniform(0.05, 0.4), angle, 0.62 * hit.velocity * (0.6 + 0.6 * self.main))
        elif hit.instrument == "rim":
            self.marks.light_studs(angle, 0.7, 0.16)
            self.skin.strike(0.95, angle, 0.22)
            self.walnuts.hop(0.16, (0.7 * np.cos(angle), 0.7 * np.sin(angle)), reach=0.5)
        elif hit.instrument == "cymbal":
            self.lamps[1:5] = np.maximum(self.lamps[1:5], 0.85)
        elif hit.instrument == "gong":
            self.lamps[5:] = np.maximum(self.lamps[5:], 1.0)
            self.strike(0.1, angle, 0.5)

    def tend_walnuts(self):
        """From the roof onto the skin, more and more of them."""
        wanted = round(len(self.walnuts.x) * (0.25 + 0.75 * self.density))
        beat = self.music.beat(self._frame)
        if self.on_roof:
            if self.age % 10 == 1:
                self.walnuts.roofed(0.10 if self.age > 1 else 0.18)
            if self.music.piece == "walnuts" and beat >= ROOF_BEATS:
                self.on_roof = False
        on = int((self.walnuts.where == SKIN).sum())
        if not self.on_roof:
            self.walnuts.where[self.walnuts.where == ROOF] = 0
            if on < wanted and self.age % 4 == 0:
                self.walnuts.pour(min(2 if on else 14, wanted - on))

    def tend_light(self):
        """Lamps fade; the room's light goes where the act wants it."""
        fade = 0.60 if self.act == "tutti" else 0.42
        self.lamps *= np.exp(-1 / 60 / fade)
        goal = {"tick": 0.20, "stop": 0.0}.get(self.act, 1.0)
        self.gain = 0.0 if self.act == "stop" else self.gain + (goal - self.gain) * (0.25 if goal else 1)
        self.flare *= np.exp(-1 / 60 / 0.35)

    def autoplay(self, frame):
        """Nobody acts: the acts follow each other unless cues give them; rolls as dense as the room's energy."""
        if self.act in ("walnuts", "directions") and not self.on_roof and self.music.score is not None:
            if self.rng.random() < 0.10 * self.energy**1.5:
                self.play("roll", 0.3, self.rng.uniform(0, 6.28), 0.35 + 0.3 * self.rng.random())
                self.hit("drum", 0.4)
            elif frame.index % 97 == 0:
                seen = ("swing", "spiral", "shell", "flick", "round", "cross")[int(self.rng.integers(0, 6))]
                self.play(seen, 0.4, self.rng.uniform(0, 6.28), 0.6)
        if self.given:
            return
        long = LENGTHS.get(self.act)
        over = (
            self.age > long * frame.fps
            if long
            else self.music.piece == "fight" and self.music.beat(frame) > 12
        )
        if over:
            self.begin(ACTS[(ACTS.index(self.act) + 1) % len(ACTS)])

    # picture

    def draw(self, canvas, frame):
        if self.act == "stop":
            self.draw_stop(canvas)
            return
        tint = np.array(TINTS[self.act], float)
        colours = table(float(self.warmth), tint)
        if self.on_roof:
            self.near.shine(canvas, self.roof_light * min(1.0, self.gain), colours)
            canvas.stamp(self.roof, (0, 0), blend="multiply", anchor=(0, 0))
            roof_nuts(canvas, self.roof_shells, self.walnuts)
            return
        view = self.view
        view.shine(canvas, self.light_on(view), colours)
        view.lay(canvas, dip=float(self.marks.dip[0]))
        self.hand[view].draw(canvas, view, self.marks, self.walnuts)
        self.draw_motes(canvas)

    def light_on(self, view):
        """(h, w) of 0..1: lamp, waves on the skin, the posts' lamps, the struck side of the shell."""
        cells = view.ambient * (1 + 0.62 * view.relief.shade(self.skin))
        cells *= self.gain + self.flare
        if view is self.plan:
            cells += np.tensordot(self.lamps.astype(np.float32), self.pools, 1) * (0.75 * self.gain)
        angle, level = self.marks.shell
        if level > 0.02:
            away = np.abs((view.angle - angle + np.pi) % (2 * np.pi) - np.pi)
            slats = 0.6 + 0.4 * np.sign(np.sin(view.angle * 44))
            cells += np.where(
                (view.r > 1.1) & (view.r < 1.36), 0.7 * level * np.exp(-((away / 0.7) ** 2)) * slats, 0
            )
        return np.clip(cells, 0, 1)

    def draw_motes(self, canvas):
        """Dust that hangs in the lamp's beam."""
        x, y, z = self.motes.T
        lit = np.exp(-(((x - 0.3 * y - 0.22 * self.canvas.width) / 330) ** 2)) * z > 0.34
        canvas.stamps(self.mote, self.motes[lit, :2], blend="add")

    def draw_stop(self, canvas):
        """Silence: black, and one mote that falls."""
        canvas.fill((0, 0, 0))
        t = self.age / 60
        lit = max(self.lamps.max(), 0.0)
        place = (0.415 * canvas.width + 26 * np.sin(0.9 * t) + 90 * lit, 430 + 22 * t)
        canvas.stamp(self.last_mote, place, blend="add")
        if lit > 0.05:
            canvas.stamps(
                self.mote, [(place[0] - 20, place[1] + 9), (place[0] + 24, place[1] - 13)], blend="add"
            )

    def companion(self):
        direction = self.direction or ("", "")
        technique = self.seen_technique.name if self.seen_technique else ("", "")
        return {
            "view": "tap",
            "verbs": ["tap"],
            "act": self.act,
            "bpm": round(self.music.room.bpm),
            "direction": list(direction),
            "technique": list(technique),
            "line": (
                "敲鼓心是咚，敲鼓边是嗒；你的座位是一方锣",
                "Centre says dong, rim says da; your seat is one gong of eight",
            ),
        }
