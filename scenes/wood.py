"""Wood: a bracket set is put together; the Yingxian pagoda rises, bends in a storm, and stands."""

import numpy as np

from engine import Canvas, Param, Scene, light, smooth
from scenes.kit import swaying, weather
from scenes.kit.assembly import GIVE, Assembly
from scenes.kit.backdrop import Backdrop
from scenes.kit.dust import Dust
from scenes.kit.jointlight import View
from scenes.kit.pagoda import STOREYS, read_pagoda
from scenes.kit.pagoda_light import LIGHTS, Pictures
from scenes.kit.pagoda_parts import atoms
from scenes.kit.raising import Raising, pieces_for
from scenes.kit.stack import Stack
from scenes.kit.storeylamps import StoreyLamps
from scenes.kit.swifts import Swifts
from scenes.kit.timber import read_bracket, read_joints
from scenes.kit.woodacts import ACTS
from scenes.kit.workshop import shop
from scenes.kit.worksong import BEAT, SONG

FEN = 5.9  # design units one fen is long in the close-up
METRE = 13.9  # design units a metre is long at the tower's axis
KEPT = 32  # newest tenons told to the phones
BUILT = 33.0  # seconds after which a tower nobody helps is whole
ASIDE = (-590.0, 70.0)  # where the close-up stands during the storm, from where it stood in the shop


class Wood(Scene):
    """Phones join and shake; pads lay courses; raised hands lift a storey; waves are wind, a hush calms."""

    title = ("木", "Wood")
    material = "wood"
    credits = (
        ("应县木塔·佛宫寺释迦塔·山西应县", "Wooden Pagoda of Fogong Temple, Ying county, Shanxi, 1056"),
        (
            "榫卯相接，五层六檐；斗拱以分为度",
            "Held by mortise and tenon; five storeys, six eaves; brackets by the fen",
        ),
    )
    captions = {
        "block": ("一斗，一拱，一榫，一卯", "A block, an arm; a tenon, a mortise"),
        "song": (
            "坎坎伐檀兮，置之河之干兮，河水清且涟猗。",
            "Kan, kan, we fell the hardwood, lay it by the river's side; the river clear, in ripples.",
        ),
        "shake": ("来，把它摇倒", "Now try to shake it down"),
        "give": ("榫卯让一分，塔不倒一寸", "Each joint gives a little; the tower yields nothing"),
        "stand": ("九百七十年，它站着", "Nine hundred and seventy years, and it stands"),
    }

    main = Param(0.5, label=("风雨", "storm"), slew=0.4)
    density = Param(0.6, label=("雨", "rain"))
    warmth = Param(0.5, label=("灯", "lamps"), slew=0.4)
    wind = Param(0.0, -1.0, 1.0, label=("风", "wind"), slew=0.6)
    energy = Param(0.0, label=("人势", "energy of the room"), slew=0.3)

    def setup(self):
        canvas, k, w = self.canvas, self.canvas.scale, self.canvas.width
        parts, *woods = self.read("wood/bracket.toml", read_bracket)
        self.joints = self.read("wood/bracket.toml", read_joints)
        self.tower = self.read("wood/pagoda.toml", read_pagoda)
        narrow = max(0.0, 1920 - w)  # design units a screen is narrower than 16:9
        view = View(FEN * k, np.array([0.44 * w - 0.12 * narrow, 905.0]) * k)
        self.assembly = Assembly(canvas, parts, woods, view, self.rng)
        foot = (0.60 * w + 0.08 * narrow, 980.0)
        self.aside = np.array(ASIDE) - (0.16 * narrow, 0)
        self.pictures = Pictures(canvas, self.tower, atoms(self.tower), LIGHTS, foot, METRE, self.rng)
        self.pictures.letter(self.letters)
        self.pictures.seams = swaying.seams(self.pictures, self.tower)
        skies = weather.skies(canvas, self.rng, foot[0], 0.06 * w)
        skies["shop"] = shop(canvas, self.asset("strokes/titles.toml"), self.rng)
        self.backdrop = Backdrop(canvas, skies, self.pictures.sheets, "shop")
        self.raising = Raising(canvas, self.pictures)
        self.stack = Stack(canvas, max(70.0, foot[0] - 1080), foot[0] - 395, self.rng)
        self.lamps = StoreyLamps(canvas, self.pictures)
        self.sway, self.rain = swaying.Sway(self.rng), weather.Rain(canvas, self.rng)
        self.scud = weather.Scud(canvas, self.rng)
        self.swifts = Swifts(canvas, (foot[0], 400.0), self.rng)
        self.dust = Dust(canvas, self.rng, (40, 420, 0.62 * w, 1060), count=60, beaten=60)
        self.scratch = Canvas(canvas.surface.get_size(), clear=True)
        self.act, self.since, self.index, self.fps = "block", 0, 0, self.setting.fps
        self.told, self.guests, self.gust, self.calm, self.effort, self.slide = [], 0, 0.0, 0.0, 0.0, 0.0
        self.song = None
        self._begin("block")

    def _begin(self, act):
        self.act, self.since, self.song = act, self.index, None
        self.caption = ACTS[act].caption
        self.backdrop.turn(ACTS[act].sky)

    # what happens

    def on_cue(self, signal):
        if signal.text not in ACTS:
            return
        self._begin(signal.text)
        if signal.text == "block":
            self.assembly.clear()
            self.effort = 0.0
        else:
            self.assembly.complete()
        if signal.text == "raise":
            self.raising.begin(pieces_for(self.joined))
            self.raising.lay_base()
            self.told, self.guests = [], 0
        elif signal.text in ("shake", "stand"):
            self.raising.complete()

    def on_join(self, signal):
        """A guest drove a tenon home: the next piece flies in from where they sit."""
        if self.act != "raise":
            return
        for n in range(min(signal.count, 24)):
            storey = self.raising.add(self.index, signal.x, wait=5 * n)
            if not storey:
                break
            self.guests += 1
            if signal.number and n == 0:
                self.told = [*self.told, (signal.number, storey)][-KEPT:]
                place = storey / STOREYS
                self.evening.keep("tenon", signal.number, x=signal.x, y=place, text=str(storey))
        self.evening.earn(min(1.0, self.guests / self.raising.count))

    def on_tap(self, signal):
        """Knock while it is built, push while it storms, light a lamp when it stands."""
        if self.act == "shake":
            self.on_shake(signal)
        elif self.act == "stand":
            self.lamps.flare(swaying.storey_at(signal.y), 0.5 + 0.5 * signal.value)
            self.swifts.scatter(signal.x * self.canvas.width, signal.y * self.canvas.height, 0.5)
        elif self.act == "raise":
            self.on_join(signal)
        else:
            self._knock(0.35 + 0.3 * signal.value, signal.x)

    def on_shake(self, signal):
        """Push at the tower from one's own side of the house."""
        side = 1.0 if signal.x < 0.5 else -1.0
        force = side * (0.3 + 0.7 * signal.value) * min(1.0, 0.25 + 0.05 * signal.count)
        self.sway.push(force, dict(self.told).get(signal.number))
        self.effort = min(1.0, self.effort + 0.012 * signal.count * signal.value)
        if self.act == "stand":
            self.lamps.flare(swaying.storey_at(signal.y), 0.4)

    def on_pad(self, signal):
        """A mallet stroke: lays the next part, or a course; a blow of wind against what stands."""
        hard = signal.value**1.6
        self._knock(0.3 + 0.7 * signal.value, 0.5)
        if self.act == "block":
            self._landed(self.assembly.call(self.index))
        elif self.act == "raise":
            for n in range(max(1, min(self.raising.course(), 1 + round(11 * hard)))):
                self.raising.add(self.index, 0.3 + 0.4 * (n % 2), wait=3 * n)
        elif self.act == "shake":
            self.sway.push((1 if signal.number % 2 else -1) * (0.3 + 0.7 * hard))
            self.gust = np.clip(self.gust + (0.6 if signal.number % 2 else -0.6) * hard, -1.2, 1.2)
        else:
            self.lamps.flare(1 + signal.number % STOREYS, hard)
            self.hit("bell", 0.25 + 0.4 * hard, pitch=76 + 2 * (signal.number % 7))

    def on_raise(self, signal):
        """All hands up: what is left of this storey goes up at once."""
        if self.act == "raise":
            storey, n = self.raising.storey, 0
            while self.raising.next < self.raising.count and self.raising.storey == storey:
                self.raising.add(self.index, 0.1 + 0.8 * ((n * 7) % 11) / 10, wait=min(54, n))
                n += 1
        elif self.act == "block":
            self._landed(self.assembly.call(self.index))
        else:
            self.swifts.scatter(self.pictures.foot[0], 700.0, 1.0)
            self.lamps.flare(None, 0.5)

    def on_wave(self, signal):
        self.blow(0.5 * np.sign(self.sway.top or 1.0))

    on_push = on_wave

    def on_swipe_left(self, signal):
        self.blow(-0.8)

    def on_swipe_right(self, signal):
        self.blow(0.8)

    def blow(self, strength):
        """Wind from the room, -1 from the right .. 1 from the left."""
        self.gust = float(np.clip(self.gust + strength, -1.2, 1.2))
        self.sway.push(0.7 * strength)
        self.calm = 0.0
        self.swifts.scatter(self.pictures.foot[0] - 300 * np.sign(strength), 420.0, abs(strength))
        self.dust.beat(0.3 * self.canvas.width, 900.0, 0.6 * abs(strength))

    def on_hush(self, signal):
        """The wind drops, the tower comes to rest."""
        self.calm, self.gust = 1.0, 0.0
        self.sway.speed *= 0.35
        self.dust.beat(0.5 * self.canvas.width, 900.0, 0.2)

    on_lower = on_hush

    def _knock(self, velocity, x, pitch=-7.0):
        self.hit("clapper_round", min(1.0, velocity), pan=float(np.clip(1.6 * x - 0.8, -1, 1)), pitch=pitch)

    def _landed(self, part):
        if part:
            self._knock(0.75, 0.45, pitch=-12 + 0.5 * part.order)
            self.hit("drum", 0.30, pitch=5)
            where = self.assembly.middle(part.order)
            self.dust.beat(float(where[0]), float(where[1]) + 40, 0.25)

    # every frame

    def update(self, frame):
        self.index, self.fps = frame.index, frame.fps
        age = (frame.index - self.since) / frame.fps
        if self.song is None:
            self.song = SONG[self.act].begin(frame)
        self.hits.extend(self.song.hits(frame))
        self.backdrop.step(frame.dt, 1.2 if self.act == "raise" else 2.2)
        if self.act == "block":
            self._put_together(frame, age)
        elif self.act == "raise":
            self._raise(frame, age)
        self._blow(frame, age)
        self.dust.step(frame.time, frame.dt, 0.2)
        if self.act == "stand":
            self.lamps.step(age - 0.8, frame.dt)
            self.swifts.step(frame.time, frame.dt, self.wind + self.gust, self.energy)

    def _put_together(self, frame, age):
        step = int((age * self.fps - 0.3 * self.fps) // BEAT)
        if step >= 0 and self.assembly.count + (self.assembly.started is not None) - 1 <= step:
            self._landed(self.assembly.call(frame.index))
        self._landed(self.assembly.step(frame.index, frame.fps, frame.dt))

    def _raise(self, frame, age):
        """By itself it is whole after BUILT seconds, however few help."""
        wanted = np.clip((age - 1.2) / (BUILT - 1.2), 0, 1) ** (1.25 if self.joined else 1.0)
        while self.raising.share < wanted:
            self.raising.add(frame.index, float(self.rng.uniform(0.1, 0.9)))
        for one in self.raising.step(frame.index, frame.fps)[:5]:
            self._knock(
                0.42 + 0.2 * self.rng.random(), one.origin[0] / self.canvas.width, -14 + 2.0 * one.storey
            )
        if self.raising.whole and self.caption == "song" and age > 12:
            self.caption = ""

    def _blow(self, frame, age):
        stormy = {"shake": smooth(min(1.0, age / 2.5)), "stand": 0.06}.get(self.act, 0.0)
        effort = max(self.effort, self.poll.get("value", 0.0))
        room = 0.55 * self.main + 0.5 * self.energy + 0.5 * effort
        self.strength = stormy * (1 - 0.75 * self.calm) * min(1.25, 0.30 + room)
        wind = (
            self.strength * (0.75 + 0.25 * np.sin(frame.time * 0.9)) + 0.5 * (self.wind + self.gust) * stormy
        )
        self.sway.step(frame.time, frame.dt, float(np.clip(wind, -1.4, 1.4)))
        if self.act == "shake":
            self.rain.step(frame.dt, float(np.clip(wind, -1, 1)))
            self.scud.step(frame.dt, float(np.clip(wind, -1, 1)))
        self.gust *= 0.985
        self.calm *= 0.997
        self.effort *= 0.9985
        goal = 1.0 if self.act == "shake" else 0.0
        self.slide += (goal - self.slide) * (0.05 if goal else 0.035)
        if self.act == "shake" and self.caption == "shake" and age > 7:
            self.caption = "give"
        joint = np.abs(self.sway.lean).max() / swaying.REACH
        if self.act == "shake" and joint > 0.45 and self.rng.random() < 0.10:
            self._knock(0.12 + 0.3 * joint, 0.25, pitch=-19 + 4 * self.rng.random())
        self.bed("wind", 0.08 + 0.9 * min(1.0, self.strength + 0.3 * abs(self.gust)))
        self.bed("water", 0.45 * stormy * self.density if self.act == "shake" else 0.0)
        self.bed("room", 0.25)

    def autoplay(self, frame):
        """By itself: tenons come in, the wind pushes, swifts are startled now and then."""
        if self.act == "shake" and frame.index % 52 == 0:
            self.sway.push(0.55 * (1 if frame.index // 52 % 3 else -1))
            self.effort = min(1.0, self.effort + 0.12)
        if self.act == "stand" and frame.index % 300 == 200:
            self.swifts.scatter(self.pictures.foot[0], 500.0, 0.6)

    def on_answer(self, result):
        """The window of the cue is over; the tower stands whatever came of it."""
        self.evening.earn(1.0)

    # the picture

    def draw(self, canvas, frame):
        canvas.paste(self.backdrop.ground)
        {"block": self._draw_block, "raise": self._draw_raise}.get(self.act, self._draw_stand)(canvas, frame)
        if self.warmth != 0.5 and self.act != "shake":
            cool = round(255 - 60 * max(0.0, 0.5 - self.warmth))
            light.wash(
                canvas,
                (255 if self.warmth > 0.5 else cool, 252, round(255 - 70 * max(0.0, self.warmth - 0.5))),
            )

    def _draw_block(self, canvas, frame):
        self.assembly.draw(canvas, frame.index, frame.fps)
        self.dust.paint(canvas, 1.0)
        self.assembly.label(canvas, self.letters)

    def _draw_raise(self, canvas, frame):
        fall = 420 * (1 - self.backdrop.level)
        self.stack.draw(canvas, 1 - self.raising.share, fall)
        self.raising.draw(canvas, frame.index, frame.fps)
        age = (frame.index - self.since) / frame.fps
        if age < 1.1:  # the set that was made becomes one of the tower's
            goal = self.pictures.place((-5.2, 12.5, 9.8))
            self.assembly.fly(canvas, smooth(age / 1.1), goal, self.scratch)

    def _draw_stand(self, canvas, frame):
        if self.act == "shake" and self.backdrop.share > 0.6:
            self.scud.draw(canvas)
        if self.act == "stand":
            self.swifts.draw(canvas, front=False, share=self.backdrop.level)
        lean = self.sway.lean
        swaying.draw_storeys(canvas, self.backdrop.pictures, self.pictures, lean, self.scratch)
        if self.act == "stand":
            late = smooth(min(1.0, (frame.index - self.since) / frame.fps / 11))  # evening falls; lamps tell
            light.wash(canvas, (round(255 - 96 * late), round(255 - 100 * late), round(255 - 74 * late)))
            self.lamps.draw(canvas, lean, 0.55 + 0.5 * self.warmth)
            self.swifts.draw(canvas, front=True, share=self.backdrop.level)
        if self.slide > 0.004:
            shift = self.aside - (900 * (1 - self.slide), 0)
            angles = self.sway.angles(len(self.assembly.pieces) - 1, GIVE, frame.time)
            self.assembly.strain(canvas, angles, shift)
        if self.act == "shake":
            self.rain.draw(canvas, self.backdrop.level * (0.35 + 0.65 * self.density))

    def companion(self):
        act = ACTS[self.act]
        return {
            "view": act.view,
            "verbs": list(act.verbs),
            "line": list(act.line),
            "act": self.act,
            "parts": [[kind, list(name), list(into)] for kind, name, into in self.joints],
            "laid": round(self.raising.share, 2),
            "sway": round(abs(self.sway.top) / METRE, 1) if self.act == "shake" else 0,
            "tenons": [list(t) for t in self.told],
        }
