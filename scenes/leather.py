"""Leather 影: Xiaoyi paper-window shadow theatre; the room holds an ox and a tiger by their rods."""

import math

from engine import Param, Scene, light
from scenes.kit import hide
from scenes.kit.beast import Beast
from scenes.kit.bout import Bout
from scenes.kit.cast import read_cast
from scenes.kit.dust import Dust
from scenes.kit.flat import Flat
from scenes.kit.lamp import Lamp
from scenes.kit.mount import Mount
from scenes.kit.pit import LETTERS, struck
from scenes.kit.player import Player
from scenes.kit.puppet import Puppet
from scenes.kit.puppeteer import Tempo, read_moves
from scenes.kit.window import Window

ACTS = ("lamp", "duel", "bow", "out")
BEAST_WORDS = {"x", "pitch", "neck", "head", "jaw", "tail"}
PLAYER_WORDS = {"x", "face", "salute", "bow", "nod", "near_x", "near_y", "far_x", "far_y", "ride", "rear"}
# Pads in pairs from note 36: the even one is the ox's, the odd one the tiger's.
PADS = ("strike", "toss", "rear", "lash", "recoil", "toss", "strike")
DARK = 8.0  # seconds after the bow began at which the lamp is blown out
CROWDED = 0.8  # energy of a room that claps


class Leather(Scene):
    title = ("影", "Leather")
    material = "leather"
    captions = {
        "lamp": (
            "一口道尽千古事，双手舞弄百万兵",
            "One mouth tells out a thousand ages; two hands move a million troops",
        ),
        "duel": ("牛斗虎", "Ox fights Tiger"),
        "bow": ("谢", "They thank the house"),
    }
    credits = (
        ("山西孝义", "Xiaoyi, Shanxi"),
        (
            "皮影戏，纸窗皮腔：麻纸窗、油灯、牛皮雕镂染色",
            "Shadow theatre of the paper window: hemp paper, oil lamp, dyed ox-hide",
        ),
        (
            "腿上没有签子：脚不离底线，摆臂为行，翻身为转",
            "No rod for the legs: feet keep the base line, swung arms walk, a flip turns",
        ),
    )

    rod_left = Param(0.5, slew=0.12, label=("牛签", "ox rod"), phone=True)
    rod_right = Param(0.5, slew=0.12, label=("虎签", "tiger rod"), phone=True)
    main = Param(0.5, label=("牛签·艺人", "ox rod, player"))
    density = Param(0.5, label=("虎签·艺人", "tiger rod, player"))
    warmth = Param(0.5, slew=0.3, label=("灯色", "lamp warmth"))
    speed = Param(1.0, 0.5, 1.6, label=("快慢", "tempo"))
    wind = Param(0.0, slew=0.3, label=("风", "draught"))
    energy = Param(0.0, label=("场内", "energy of the room"))
    lean = Param(0.5, slew=0.2, label=("身段", "lean of the room"))

    def setup(self):
        self.mottle = 2 * light.clouds(self.canvas.sheet(640, 640), self.rng, size=60.0, octaves=3) - 1
        self.dyes = self.read("puppets/dyes.toml", hide.read_dyes)
        self.window = Window(self.canvas, self.rng)
        self.window.hang(self._puppet(self._figure("valance"), 1.0))
        self.dust = Dust(self.canvas, self.rng, self.window.pane)
        self.lamp = Lamp()
        left, _, right, _ = self.window.pane
        self.middle, self.half = (left + right) / 2, (right - left) / 2
        self.fit = min(1.0, self.half / 810)
        self.ox, self.tiger = self._beast("ox", -1), self._beast("tiger", 1)
        self.beasts = {"ox": self.ox, "tiger": self.tiger}
        self.bout = Bout(self.ox, self.tiger, self._strike, self._sound)
        self._hire()
        self.dances = {
            "duel": self._moves("duel", self.beasts, BEAST_WORDS),
            "lamp": self._moves("prologue", self.players, PLAYER_WORDS),
        }
        self.called, self.auto, self.now, self.age, self.round = False, -99, 0.0, 0.0, 0
        self.strikes, self.shaken, self.clapped, self.calm = [], 0.0, 0.0, 0.0
        self._begin("lamp")

    def _figure(self, name):
        return self.read(f"puppets/{name}.toml", lambda path: hide.read_figure(path, self.dyes))

    def _moves(self, name, who, words):
        return self.read(f"puppets/{name}.toml", lambda path: read_moves(path, who, words, LETTERS))

    def _puppet(self, figure, size):
        return Puppet(figure, self.dyes, canvas=self.canvas, mottle=self.mottle, size=size)

    def _beast(self, name, side):
        puppet = self._puppet(self._figure(name), 0.95 * self.fit)
        place = {"middle": self.middle, "base": self.window.base, "home": 470 * self.fit, "half": self.half}
        return Beast(puppet, side, **place)

    def _hire(self):
        """Players in their heads, the general's horse, and scenery on the base line."""
        roles, stands = self.read("puppets/cast.toml", lambda path: read_cast(path, self._figure))
        size = 1.12 * self.fit
        place = {"middle": self.middle, "base": self.window.base, "half": self.half}
        self.players = {
            role: Player(self._puppet(figure, size), side, **place)
            for (role, figure), side in zip(roles.items(), (-1, 1), strict=True)
        }
        horse = self._puppet(self._figure("horse"), size)
        self.mount = Mount(horse, self.players["general"], self.window.base)
        self.scenery = [
            Flat(
                stand,
                self._puppet(self._figure(stand.figure), stand.size * self.fit),
                middle=self.middle,
                base=self.window.base,
                spread=self.half / 810,
            )
            for stand in stands
        ]

    # acts

    def on_cue(self, cue):
        acts = [word for word in cue.text.split() if word in ACTS]
        if acts:
            self.called = True
            self._begin(acts[0])

    def _begin(self, act):
        self.act, self.age = act, 0.0
        self.caption = act if act in self.captions else ""
        if act == "out":  # everybody stays where the light left them
            self.lamp.blow()
            self.hit("paper", 0.4)
            return
        self.lamp.light()
        for beast in self.beasts.values():
            beast.enter() if act in ("duel", "bow") else beast.leave()
        for flat in self.scenery:
            flat.show("lamp" if act == "lamp" else "duel")
        for player in self.players.values():
            player.enter() if act == "lamp" else player.leave()
        if act == "duel":
            self.round += 1
            self.tempo = Tempo(84, 132, self.dances["duel"][1])
            self.hit("suona", 0.8, pitch=74)
            self.hit("small_gong", 0.7)
        else:
            self.tempo = Tempo(96, 96, 48)

    def autoplay(self, frame):
        self.auto = frame.index
        if not self.called and self.age > {"lamp": 29.0, "duel": 46.0, "bow": 60.0, "out": 4.0}[self.act]:
            self._begin(ACTS[(ACTS.index(self.act) + 1) % len(ACTS)])

    def _play(self, frame):
        """Written moves of this frame: the prologue always, the fight while nobody holds the rods."""
        if self.act == "lamp" or (self.act == "duel" and self._alone(frame)):
            moves, beats = self.dances[self.act]
            before, after = self.tempo.step(frame.dt * self.speed)
            after %= beats
            before = before % beats if before % beats <= after else 0.0
            for move in moves:
                if before <= move.beat < after:
                    if move.who:
                        (self.beasts | self.players)[move.who].move(**move.aims)
                    self._sound(move.sound, move.strength, move.pitch)
        elif self.act == "duel":
            for beast, rod in ((self.ox, self._rods()[0]), (self.tiger, self._rods()[1])):
                beast.hold(rod, 2 * self.lean - 1, frame.time)

    def _alone(self, frame):
        return frame.index - self.auto < 3

    def _rods(self):
        """The room's rod and the trained player's add up."""
        return (
            min(1.0, max(0.0, self.rod_left + self.main - 0.5)),
            min(1.0, max(0.0, self.rod_right + self.density - 0.5)),
        )

    def _sound(self, letters, strength, pitch=0.0):
        for name, velocity, note in struck(letters, strength, pitch):
            self.hit(name, velocity, pitch=note)

    # verbs

    def on_tap(self, tap):
        """Toss: the house's left half tosses the ox's horns, its right half the tiger's jaws."""
        strength, side = min(1.6, 0.75 + 0.05 * tap.count) * (0.5 + 0.5 * tap.value), self._side(tap)
        self._act("toss", side, strength)
        self.hit("rod", min(1.0, 0.5 * strength), pan=0.4 * side)

    def on_pad(self, pad):
        """Pads in pairs, ox and tiger; how hard decides how far."""
        size = max(0.05, pad.value**1.6)
        side = -1 if pad.number % 2 == 0 else 1
        self._act(PADS[max(0, pad.number - 36) // 2 % len(PADS)], side, 0.35 + 0.9 * size)
        self.hit("gong" if side < 0 else "small_gong", pad.value)
        self.hit("drum" if side < 0 else "cymbal", 0.8 * pad.value)
        self._strike(self.middle + side * 260, 0.25 + 0.5 * size)

    def on_raise(self, signal):
        """Arms up, heads up."""
        self._both("rear", 0.5)
        for player in self.players.values():
            player.lift()

    def on_lower(self, signal):
        for beast in self.beasts.values():
            beast.hands.jerk(head=4.0, neck=3.0)
        for player in self.players.values():
            player.lower()
            player.puppet.kick(1.5)

    def on_wave(self, signal):
        """Tails, plumes and sleeves swing."""
        self._both("lash", 1.3)
        for player in self.players.values():
            player.wave()

    def on_swipe_left(self, signal):
        self._swipe(-1)

    def on_swipe_right(self, signal):
        self._swipe(1)

    def _swipe(self, way):
        """Who moves that way lunges; the players turn over."""
        self._act("strike", -way, 0.9)
        for player in self.players.values():
            player.hands.aim(face=way)

    def on_push(self, signal):
        """Both animals stamp."""
        self._both("strike", 0.8)
        self._strike(self.middle, 0.5)

    def on_hush(self, signal):
        """The flame stands still and so do the hands."""
        self.calm = 1.0

    def on_clap(self, signal):
        self.on_applause(signal)

    def on_applause(self, signal):
        """The winner bows, then both."""
        self._strike(self.middle, 0.3)
        if self.act == "lamp":
            for player in self.players.values():
                player.salute()
        elif self.act in ("duel", "bow"):
            self.bout.thank()

    def _side(self, signal):
        """-1 left, 1 right; those who sit in the middle are told apart by their number."""
        if signal.x < 0.45 or signal.x > 0.55:
            return -1 if signal.x < 0.5 else 1
        return -1 if signal.number % 2 == 0 else 1

    def _both(self, deed, strength):
        for side in (-1, 1):
            self._act(deed, side, strength)

    def _act(self, deed, side, strength):
        self.bout.act(deed, side, strength)
        self.lamp.breathe()
        if self.act == "lamp":
            for player in self.players.values():
                player.puppet.kick(1.6 * strength)

    # the frame

    def update(self, frame):
        dt = frame.dt
        self.now, self.age = frame.time, self.age + dt
        self.evening.earn(self.house)
        self._play(frame)
        self._applause(dt)
        self.lamp.step(dt)
        self.calm *= math.exp(-dt / 2.5)
        draught = 900 * self.wind * math.sin(2.1 * frame.time) + 120 * math.sin(1.3 * frame.time)
        for one in (*self.beasts.values(), *self.players.values(), self.mount):
            one.step(dt, draught * (1 - self.calm))
        if self.act in ("duel", "bow"):
            self.bout.step(dt, aloud=not self._alone(frame))
        for flat in self.scenery:
            flat.step(frame, 0.5 * draught)
        if self.act == "bow" and self.age > DARK and self.bout.bowed < 0:
            self._begin("out")
        self.dust.step(frame.time, dt, self.wind)
        self.strikes = [(x, y, s, age + dt / 0.6) for x, y, s, age in self.strikes if age + dt / 0.6 < 1]
        self.shaken *= math.exp(-dt / 0.14)
        self.bed("fire", 0.10 * self.lamp.level)

    def _applause(self, dt):
        """A room that claps long enough makes the winner bow, then both; so does the bow cue."""
        self.clapped = self.clapped + dt if self.energy > CROWDED else 0.0
        called = self.act == "bow" and 0.9 < self.age < 0.9 + 1.5 * dt
        if called or (self.clapped > 0.5 and self.act in ("duel", "bow")):
            self.bout.thank()

    def _strike(self, x, strength):
        """The blow is felt in the window: dust goes up, the paper shivers."""
        self.strikes = [*self.strikes[-2:], (x, self.window.base - 260, strength, 0.0)]
        self.shaken = min(1.0, self.shaken + strength)
        self.dust.beat(x, self.window.base, strength)

    def draw(self, canvas, frame):
        window = self.window
        window.paint(
            canvas,
            self.now,
            level=self.lamp.level * (1 - 0.06 * self.shaken),
            ember=self.lamp.ember,
            warmth=self.warmth,
            shake=14 * self.shaken * math.sin(70 * frame.time),
            calm=self.calm,
        )
        if self.lamp.level < 0.01:
            return
        for x, y, strength, age in self.strikes[-1:]:  # the newest wave drowns those before it
            if strength > 0.2:
                window.shiver(canvas, (x, y), age)
        for one in (self.mount, *self.players.values(), *self.beasts.values(), *self.scenery):
            self._show(canvas, one.puppet)
        self.dust.paint(canvas, self.lamp.level)

    def _show(self, canvas, puppet):
        """A puppet and its three rods, unless it is out of the window."""
        left, _, right, bottom = self.window.pane
        if not left - 480 < puppet.x < right + 480:
            return
        puppet.paint_rods(canvas, bottom + 60, self.window.pane)
        puppet.paint(canvas, self.window.pane)

    def companion(self):
        half = self.joined // 2
        return {
            "view": "rod",
            "verbs": ["drag", "tap"],
            "line": [
                "按住签子推一推，点一下顶一顶：左半场是牛，右半场是虎",
                "Slide your rod, tap to toss: the left half holds the ox, the right half the tiger",
            ],
            "sides": [["牛", "Ox"], ["虎", "Tiger"]],
            "hands": [self.joined - half, half],
            "round": self.round,
            "act": self.act,
            "wins": [self.ox.wins, self.tiger.wins],
        }
