"""Hide 鼓: a great Jiangzhou drum from above, walnuts on its skin, Weifeng's thirteen posts about it."""

import numpy as np

from engine import Frame, Param, Scene, light
from scenes.kit.drum_guests import WAITING, read_tap
from scenes.kit.drum_lamps import TINTS, Beam, Lamps
from scenes.kit.drum_music import Music, read_patterns
from scenes.kit.drum_picture import Hand, roof_nuts
from scenes.kit.drum_sets import crescent, low_lamp, near, plan
from scenes.kit.drum_strokes import GHOST, read_techniques
from scenes.kit.drummer import Drummer
from scenes.kit.drumview import stage, table
from scenes.kit.roof import roof
from scenes.kit.weifeng import DIRECTIONS, guests_ways, read_formation

ACTS = ("tick", "walnuts", "directions", "tutti", "stop")
ORNAMENTS = ("swing", "spiral", "shell", "flick", "round", "cross")  # what autoplay strews in
ROOF_BEATS = 8  # of the walnuts that are heard while they are still on the tiles
JUST = 30  # frames within which a cue and the gesture that fired it are one
SILENCE = 200  # frames of a dead stop that no cue gave; then what was played goes on
ROOM = 24  # strokes that earn this scene's coal, at least
LIVE = 240  # frames after a pad in which the drummer has the drum and the written drum keeps quiet
LENGTHS = {"tick": 5.0, "directions": 22.0, "tutti": 15.0, "stop": 4.0}  # seconds, when nobody gives cues


class Drum(Scene):
    """Pads are the fourteen strokes, phones the eight gongs; raised hands are a tutti, stillness the stop."""

    title = ("鼓", "Hide")
    material = "hide"
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
        self.techniques = self.read("drum/techniques.toml", read_techniques)
        self.posts = self.read("drum/formation.toml", read_formation)
        self.ways = guests_ways(self.posts)
        self.music = Music(self.read("drum/patterns.toml", read_patterns))
        self.round = self.music.tables["directions"]["round"]
        page = stage(self.canvas)
        rough = (
            light.clouds(page, self.rng, size=110, octaves=3),
            light.grain(page, self.rng, stretch=(0.8, 0.9)),
        )
        self.drummer = Drummer(self.rng)
        skin = self.drummer.skin
        self.near = near(self.canvas, skin, rough, self.rng)
        self.plan = plan(self.canvas, self.posts, skin, rough, self.rng, self.near.shells, self.letters)
        self.hands = {view: Hand(self.canvas, view.radius) for view in (self.near, self.plan)}
        self.edge, self.full = crescent(self.near), 0.10 + 1.5 * self.plan.ambient
        self.roof = roof(self.canvas.surface.get_size(), rough, self.rng)
        self.roof_light = low_lamp(self.near, 0.34 * self.canvas.width, 200, 1150, 0.96)
        self.lamps, self.beam = Lamps(self.posts, self.plan), Beam(self.canvas, self.rng)
        self.waiting = []
        self.technique = self.direction = ("", "")
        self.frame, self.steps, self.live, self.given = Frame(0), 0, -LIVE, False
        self.held, self.strokes = False, 0
        self.begin("tick")

    # acts

    def begin(self, act):
        """Go to an act at its beginning; its music starts with the next frame."""
        self.before = getattr(self, "act", act)
        self.act, self.age, self.started = act, 0, False
        self.view = self.plan if act in ("directions", "tutti") else self.near
        self.caption = act if act in self.captions else ""
        self.on_roof = act == "walnuts"
        self.waiting.clear()
        self.drummer.stop_rolling()
        if act == "walnuts":
            self.drummer.walnuts.clear()
        elif act == "stop":
            self.drummer.rest()
            self.lamps.out()
        elif act == "tutti":
            self.lamps.levels[:] = 1.0
            self.hit("cymbal", 0.8)  # the gong is the pattern's first stroke
            self.drummer.strike(0.1, 0.0, 1.0)
            self.drummer.marks.stars(420)

    def start_music(self, frame):
        self.started = True
        self.music.begin(self.act if self.act in ("walnuts", "directions", "tutti") else "", frame)
        if self.act == "tick":  # one dry stroke on the rim in the dark
            angle = -2.2 + self.rng.uniform(-0.1, 0.1)
            self.hit("rim", 0.8)
            self.drummer.play("ring", 1.0, angle, 0.7, 1.6)
            self.lamps.flare = 0.5

    def wake(self):
        """A stroke ends the silence and brings the drum into sight."""
        if self.act == "stop":
            self.begin("walnuts")
            self.music.begin("", self.frame)
            self.started, self.caption = True, ""
            self.lamps.gain = 0.6
        self.on_roof = False

    def on_cue(self, signal):
        if signal.text in ACTS:
            self.given = True
            if signal.text != self.act or self.age > JUST:
                self.begin(signal.text)
            self.held = signal.text == "stop"

    def on_raise(self, signal):
        if self.act != "tutti":
            self.begin("tutti")

    def on_hush(self, signal):
        """Dead stop. Before the first walnut the dark is not broken yet: there is nothing to stop."""
        if self.act not in ("stop", "tick"):
            self.begin("stop")
            self.held = False

    # strokes

    def on_pad(self, signal):
        technique = self.techniques.get(signal.number)
        if technique is None:
            return
        self.wake()
        self.live = self.frame.index
        near_side = technique.seen in ("ring", "dust", "round", "shell", "swing")  # not where the frame cuts
        angle = self.rng.uniform(-2.9, -0.2) if near_side else self.rng.uniform(0, 2 * np.pi)
        radius = self.rng.uniform(0.08, 0.4)
        if signal.value < GHOST:
            self.drummer.marks.ghost(radius, angle, signal.value)
            self.hit("rim", 0.4 * signal.value, pitch=4)
            return
        self.technique = technique.name
        self.earn(2)
        for name, share, pitch in technique.sound:
            self.hit(name, share * signal.value, pitch=pitch)
        size = signal.value**1.6
        self.drummer.play(technique.seen, radius, angle, size, size * self.force)

    def earn(self, strokes):
        """Everybody's strokes together are this scene's coal."""
        self.strokes += strokes
        self.evening.earn(self.strokes / max(ROOM, 6 * self.joined))

    def on_answer(self, result):
        """The house's half minute of gongs is over: as many stars as it drummed."""
        self.drummer.marks.stars(round(80 + 340 * result.value))

    @property
    def force(self):
        return 0.6 + 0.8 * self.main

    def on_push(self, signal):
        self.wake()
        self.drummer.strike(0.2, self.rng.uniform(0, 2 * np.pi), 0.4 + 0.6 * signal.value)
        self.hit("drum", 0.4 + 0.5 * signal.value)

    on_swipe_left = on_swipe_right = on_wave = on_push

    def on_tap(self, signal):
        """A guest's stroke: seen at once as a faint answer, played on the next eighth."""
        tap = read_tap(signal)
        self.music.room.tap(self.frame.index, self.setting.fps)
        self.earn(signal.count)
        self.drummer.marks.ghost(0.97 if tap.rim else 0.8 * tap.radius, tap.angle, 0.3)
        if tap.rim:
            self.drummer.marks.light_studs(tap.angle, 0.45, 0.12)
        self.lamps.light(tap.gongs, 0.30)
        if self.act != "stop":
            self.waiting.append(tap)
            del self.waiting[WAITING:]

    def play_guests(self):
        """What the house has tapped since the last eighth, all of it now."""
        for tap in self.waiting:
            self.lamps.light(tap.gongs, 1.0)
            self.direction = self.posts[self.lamps.names[tap.gongs[-1]]].words
            if tap.rim:
                self.drummer.rim(tap.angle, tap.force)
            else:
                self.drummer.strike(0.75 * tap.radius, tap.angle, tap.force)
        for kind in sorted({"rim" if tap.rim else "drum" for tap in self.waiting}):
            self.hit(kind, 0.55)
        if self.view is self.plan:
            for name in sorted({name for tap in self.waiting for name in tap.gongs}):
                self.ring_gong(name, 0.55)
        self.waiting.clear()

    def ring_gong(self, name, loud=0.42):
        self.lamps.light([name], 0.8)
        east = self.posts[self.lamps.names[name]].at[0]
        self.hit("gong", loud, pan=float(np.clip(east / 700, -1, 1)), pitch=DIRECTIONS.index(name) % 4 - 1)

    # every frame

    def update(self, frame):
        self.frame = frame
        if not self.started:
            self.start_music(frame)
        self.age += 1
        if self.act == "stop" and not self.held and self.given and self.age > SILENCE:
            self.begin(self.before)
        if self.act != "stop":
            self.play_music(frame)
        for force in self.drummer.step(frame.dt, self.speed, self.wind):
            self.hit("drum", min(1.0, 0.35 + 0.5 * force))
        self.lamps.levels[0] = max(self.lamps.levels[0], self.drummer.glow)
        knocks = self.drummer.walnuts.knocks
        if knocks > 0.35 and frame.index % 3 == 0:
            pitch = -4 + int(self.rng.integers(0, 5))
            self.hit("clapper_round", min(0.22, 0.08 * knocks), pitch=pitch)
        if self.act == "walnuts":
            self.tend_walnuts()
        if self.act != "stop":
            self.lamps.step(
                frame.dt, 0.80 if self.act == "tick" else 1.0, 0.60 if self.act == "tutti" else 0.42
            )
        else:
            self.lamps.step(frame.dt, 0.0, 0.42)
        self.beam.step(frame.time, self.wind)

    def play_music(self, frame):
        hits, halves, ended = self.music.step(frame)
        live = frame.index - self.live < LIVE
        for hit in hits:
            if not (live and hit.instrument in ("drum", "rim")):
                self.hits.append(hit)
                self.answer(hit)
        for half in halves:
            if self.music.piece == "directions" and half % 2 == 0:
                self.ring_gong(self.round[self.steps % 8])
                self.steps += 1
            self.play_guests()
        if ended:
            following = "fight" if self.music.piece == "walnuts" else "walnuts"
            self.caption = following
            self.music.begin(following, frame)

    def answer(self, hit):
        """What a written stroke does to the picture."""
        angle = self.rng.uniform(0, 2 * np.pi)
        if hit.instrument == "drum":
            self.drummer.strike(self.rng.uniform(0.05, 0.4), angle, 0.62 * hit.velocity * self.force)
        elif hit.instrument == "rim":
            self.drummer.rim(angle, 0.5)
        else:
            self.lamps.light_all(hit.instrument, 0.9)
            if hit.instrument == "gong":
                self.drummer.strike(0.1, angle, 0.5)
                if self.act == "tutti":
                    self.drummer.marks.stars(170)

    def tend_walnuts(self):
        """From the roof onto the skin, more and more of them."""
        walnuts = self.drummer.walnuts
        if self.on_roof:
            if self.age % 10 == 1:
                walnuts.roofed(0.10 if self.age > 1 else 0.18)
            self.on_roof = self.music.piece != "walnuts" or self.music.beat(self.frame) < ROOF_BEATS
            return
        walnuts.leave_roof()
        on = walnuts.count
        wanted = round(len(walnuts.x) * (0.25 + 0.75 * self.density))
        if on < wanted and self.age % 4 == 0:
            walnuts.pour(min(2 if on else 14, wanted - on))

    def autoplay(self, frame):
        """Nobody acts: acts follow each other unless cues give them; rolls as dense as the room's energy."""
        if self.act in ("walnuts", "directions") and not self.on_roof:
            if self.rng.random() < 0.10 * self.energy**1.5:
                size = 0.35 + 0.3 * self.rng.random()
                self.drummer.play("roll", 0.3, self.rng.uniform(0, 2 * np.pi), size, size)
                self.hit("drum", 0.4)
            elif frame.index % 97 == 0:
                seen = ORNAMENTS[int(self.rng.integers(0, len(ORNAMENTS)))]
                self.drummer.play(seen, 0.4, self.rng.uniform(-2.9, -0.2), 0.6, 0.6)
        if not self.given and self.is_over(frame):
            self.begin(ACTS[(ACTS.index(self.act) + 1) % len(ACTS)])

    def is_over(self, frame):
        if self.act in LENGTHS:
            return self.age > LENGTHS[self.act] * frame.fps
        return self.music.piece == "fight" and self.music.beat(frame) > 12

    # picture

    def draw(self, canvas, frame):
        if self.act == "stop":
            self.beam.draw_last(canvas, self.age / frame.fps, float(self.lamps.levels.max()))
            return
        colours = table(float(self.warmth), TINTS[self.act])
        if self.on_roof:
            self.near.shine(canvas, self.roof_light * min(1.0, self.lamps.gain), colours)
            canvas.stamp(self.roof, (0, 0), blend="multiply", anchor=(0, 0))
            roof_nuts(canvas, self.near.shells, self.drummer.walnuts)
            return
        ambient = {"tick": self.edge, "tutti": self.full}.get(self.act, self.view.ambient)
        self.view.shine(canvas, self.lamps.on(self.view, self.drummer, ambient), colours)
        self.view.lay(canvas, dip=float(self.drummer.marks.dip[0]))
        self.hands[self.view].draw(canvas, self.view, self.drummer.marks, self.drummer.walnuts)
        if self.view is self.plan:
            self.lamps.shine(canvas)
        self.beam.draw(canvas)

    def companion(self):
        return {
            "view": "tap",
            "verbs": [] if self.act == "stop" else ["tap"],
            "act": self.act,
            "bpm": round(self.music.room.bpm),
            "direction": list(self.direction),
            "technique": list(self.technique),
            "ways": self.ways,
            "line": self.line(),
        }

    def line(self):
        if self.act == "stop":
            return ["止", "Stop"]
        return ["敲鼓心是咚，敲鼓边是嗒", "Centre says dong, rim says da"]
