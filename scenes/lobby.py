"""Under the tung tree: dusk by a stone-railed pool; the notice to join by, a lit leaf for every guest."""

import math

import numpy as np

from engine import Canvas, Param, Scene, light, raster
from scenes.kit import calligraphy, evenfall, terrace, tung
from scenes.kit.canopy import MOST, Lights, Spray, shade
from scenes.kit.falling import Falling
from scenes.kit.leaflight import LeafLight
from scenes.kit.notice import Notice
from scenes.kit.pond import Pond
from scenes.kit.wallline import WallLine

SHOW = ("一叶晋风", "One Leaf, Jin Wind")
GREEN = tung.Tone((112, 128, 52), (74, 98, 38), (176, 182, 104))
DEEP = tung.Tone((76, 96, 44), (50, 72, 32), (128, 140, 82))
GOLD = tung.Tone((168, 140, 52), (201, 138, 43), (226, 200, 122))
AFLOAT = 5  # leaves that may lie on the water
PHRASES = (  # xun, mode yu on A: (seconds, MIDI note)
    ((0.0, 69), (1.6, 72), (2.6, 74), (4.4, 69)),
    ((0.0, 76), (1.4, 74), (2.4, 72), (3.2, 69), (5.2, 67)),
    ((0.0, 64), (1.8, 67), (3.0, 69), (5.6, 64)),
)
EVERY = 23.0  # seconds between phrases
AUTUMN = 480.0  # seconds in which the leaves that fall have turned from green to gold


class Lobby(Scene):
    """Holds the room until the curtain: a breath of wind, a leaf on the water, the house filling."""

    title = ("候场·桐荫", "Under the tung tree")
    credits = (
        ("山西太原晋祠", "Jinci, Taiyuan, Shanxi"),
        ("梧桐：青皮大叶，叶分五裂", "The tung, or parasol tree: smooth green bark, leaves of five lobes"),
        ("一客一叶灯", "A lit leaf for every guest"),
    )
    captions = {
        "spring": ("晋祠有泉，名难老", "At Jinci there is a spring; its name is Never-ageing"),
        "tung": (
            "梧桐生矣，于彼朝阳。——《诗经·卷阿》",
            "The tung tree grows there, toward the morning sun. The Songs",
        ),
        "lamp": ("一客一叶灯", "For every guest, one lit leaf"),
        "follow": ("树下有人走，叶光随人", "Who walks beneath the tree, the leaf-light goes along"),
        "soon": ("风起，叶将落", "A wind is rising; a leaf is about to fall"),
    }
    written = tuple(captions)
    mirror = True  # who moves before the camera is seen among the leaves

    density = Param(0.4, label=("落叶", "falling leaves"))
    wind = Param(0.12, label=("风", "wind"), slew=0.6)
    energy = Param(0.0, label=("人气", "energy of the room"), slew=0.5)

    def setup(self):
        canvas, rng = self.canvas, self.rng
        self.leaf_points = self.read("tung/leaf.toml", tung.read_leaf)
        files = ("strokes/poem.toml", "strokes/titles.toml")
        self.characters = {
            text: written
            for file in files
            for text, written in self.read(file, calligraphy.read_strokes).items()
        }
        self.notice = Notice(
            canvas,
            self.letters,
            title=self.setting.texts.get("show", SHOW),
            characters=self.characters,
            address=self.setting.address,
            wifi=self.setting.wifi,
        )
        self.shade = shade(canvas, self.leaf_points, rng, 44, 200, region=(self.notice.left + 40, 720.0))
        self.hour = self._hours(canvas, rng)
        self._plant(rng)
        self.falling, self.scratch = [], Canvas((round(260 * canvas.scale) + 8,) * 2, scale=canvas.scale)
        self.looks = [
            tung.paint(canvas, tung.grow(self.leaf_points, rng, 0.08), 110, tone, rng)
            for tone in (GREEN, GOLD, GREEN, DEEP)
        ]
        self.lights = Lights(canvas, self.leaf_points, self._perches(rng), rng)
        glow = canvas.sheet(26, 26)
        self.fly = light.paint(glow, light.lamp(glow, (13, 13), 6.0), (190, 210, 90))
        wide = self.notice.left - 40
        high = min(664.0, wide * 9 / 16)
        box = ((wide - high * 16 / 9) / 2, terrace.WATER - 20 - high, high * 16 / 9, high)
        self.among = LeafLight(canvas, self.leaf_points, rng, box, self.pond)
        self.line = WallLine(self.captions)
        self.flies = rng.uniform(0, 2 * math.pi, (5, 40))
        self.gust, self.lift, self.calm, self.since, self.clock = 0.0, 0.0, 0.0, 3.2, 0.0
        self.known, self.arrivals = 0, []
        for x in (0.22, 0.47):
            self._let_fall(x * canvas.width, 330 + 500 * x)

    def _hours(self, canvas, rng):
        """The place in late sun, at dusk and at night, each with the one notice before it."""
        dusk = self._build(canvas, rng)
        hours = [evenfall.late(dusk, self.leaf_points, rng), dusk, evenfall.night(dusk, self.notice.middle)]
        notice = Canvas(canvas.surface.get_size(), scale=canvas.scale, clear=True)
        self.notice.print_on(notice, rng)
        for picture in hours:
            picture.stamp(notice, (0, 0), anchor=(0, 0))
        mirrors = [terrace.mirrored(picture) for picture in hours]
        self.pond = Pond(mirrors[0], terrace.WATER, canvas.height)
        return evenfall.Evenfall(hours, [self.pond.still_of(mirror) for mirror in mirrors])

    def _build(self, canvas, rng):
        """All that stands still but the notice, at dusk."""
        base = Canvas(canvas.surface.get_size())
        lit = terrace.dusk(canvas, self.notice.middle)
        self.lit = lit
        terrace.wall(base, rng, lit)
        if "叶" in self.characters:
            base.stamp(terrace.sign(canvas, self.characters["叶"], rng), (0, 0), anchor=(0, 0))
        w = canvas.width
        limbs = [
            [(0.50 * w, 240, 26), (0.43 * w, 130, 22), (0.33 * w, 60, 18), (0.20 * w, -20, 15)],
            [(0.515 * w, 300, 30), (0.585 * w, 140, 26), (0.70 * w, 20, 22), (0.78 * w, -60, 18)],
            [(0.548 * w, 960, 72), (0.532 * w, 800, 60), (0.526 * w, 600, 54), (0.516 * w, 400, 50)]
            + [(0.506 * w, 240, 46), (0.502 * w, 80, 42), (0.508 * w, -80, 38)],
        ]
        base.stamp(terrace.tree(canvas, rng, lit, limbs), (0, 0), anchor=(0, 0))
        base.stamp(terrace.balustrade(canvas, rng, lit), (0, 0), anchor=(0, 0))
        return base

    def _plant(self, rng):
        """Two sprays of leaves: dark ones behind, lit ones before."""
        w = self.canvas.width
        free = self.notice.left - 60
        x = np.concatenate([np.linspace(-0.02, 0.98, 17) * w, np.linspace(0.03, 0.60, 9) * w])
        x = x + rng.normal(0, 22, x.size)
        y = np.concatenate([rng.uniform(-90, 10, 17), rng.uniform(20, 130, 9)])
        y[x > free - 90] = rng.uniform(-175, -130, int((x > free - 90).sum()))
        turn = math.pi + rng.normal(0, 0.5, x.size)
        length = np.concatenate([rng.uniform(130, 190, 17), rng.uniform(120, 165, 9)])
        pick = rng.random(x.size)
        tones = [GOLD if p > 0.9 else DEEP if p < 0.45 else GREEN for p in pick]
        places = np.stack([x, y], 1)
        self.spray = Spray(self.canvas, self.leaf_points, places, turn, length, tones, self.lit, rng)
        for picture in self.hour.pictures:
            self.spray.fix(picture, np.arange(0, 17, 2))
        self.spray.let_go(np.arange(0, 17, 2))

    def _perches(self, rng):
        """Where guests' lights settle: under the canopy, thick by the boughs, never over the codes."""
        w = self.canvas.width
        x = rng.beta(1.5, 1.25, 3 * MOST) * (self.notice.left - 70) + 20
        y = 60 + 560 * rng.beta(1.3, 2.4, 3 * MOST)
        bough = 1 - 0.55 * np.abs(x / (0.5 * w) - 0.7)
        return np.stack([x, y * np.clip(bough, 0.4, 1)], 1)[:MOST]

    # what people do

    def on_tap(self, signal):
        """A ripple before the guest's seat."""
        x = signal.x * self.canvas.width
        y = terrace.WATER + 70 + 60 * (signal.y - 0.5)
        self.pond.touch(x, y, min(4.0, 2.4 + 0.15 * signal.count), 10)
        self.hit("bell", 0.12, pan=2 * signal.x - 1, pitch=float(69 + (0, 3, 5, 7, 10)[signal.number % 5]))

    on_seat = on_flick = on_tap

    def on_wave(self, signal):
        """A breeze."""
        self._blow(0.55)

    on_swipe_left = on_swipe_right = on_wave

    def on_push(self, signal):
        self._blow(0.8)

    def on_pad(self, signal):
        """A gust as strong as the stroke; it brings a leaf down where the pad lies."""
        size = signal.value**1.6
        self._blow(0.15 + 0.85 * size)
        self._let_fall((0.06 + 0.5 * ((signal.number - 36) % 8) / 7) * self.canvas.width, 260, push=size)
        self.hit("rim", 0.25 * signal.value)

    def on_raise(self, signal):
        """Leaves lift, on the tree and off the water."""
        self.lift = 1.0
        for leaf in self.falling:
            if leaf.afloat >= 0:
                self.pond.touch(*leaf.at, 1.6, 14)
                leaf.afloat, leaf.goal = -1.0, terrace.WATER + 30 + 120 * float(self.rng.random())
            leaf.lift = 520.0

    def on_lower(self, signal):
        self.lift = -0.8
        self._let_fall(float(self.rng.uniform(0.1, 0.55)) * self.canvas.width, 200)

    def on_hush(self, signal):
        """Wind and water are still; fireflies come."""
        self.calm, self.gust = 1.0, 0.0

    def on_cue(self, signal):
        self.since = 99.0

    def _blow(self, strength):
        self.gust = min(1.0, self.gust + strength)
        self.calm *= 0.3
        self.pond.ruffle(self.rng, 0.35 + 0.9 * strength, 3 + round(5 * strength))

    def _let_fall(self, x, y, push=0.0):
        if len(self.falling) >= AFLOAT + 8:
            return
        rng = self.rng
        goal = terrace.WATER + rng.uniform(28, 150)
        self.falling.append(
            Falling(
                min(x, self.notice.left - 190),
                y,
                rng.uniform(0.75, 1.1),
                speed=rng.uniform(80, 110),
                phase=rng.uniform(0, 6),
                turn=rng.uniform(-2.5, 2.5),
                sway=rng.uniform(60, 110),
                look=1 if rng.random() < self.clock / AUTUMN else int(rng.integers(4)),
                goal=goal,
                lift=-260 * push,
            )
        )

    # the frame

    @property
    def breeze(self):
        """0..1: wind from the knob, the room and the last gust, less in a hush."""
        return min(1.0, (0.75 * self.wind + 0.35 * self.energy + self.gust) * (1 - 0.9 * self.calm))

    def update(self, frame):
        dt, self.clock = frame.dt, frame.time
        self.gust *= math.exp(-dt / 1.6)
        self.lift *= math.exp(-dt / 1.1)
        self.calm *= math.exp(-dt / 7.0)
        self._welcome(frame)
        self._drop_leaves(dt)
        if frame.index % 9 == 0:
            self.pond.ruffle(self.rng, 0.015 + 0.16 * self.breeze, 2)
        self.pond.step(self.calm)
        self.hour.step(frame)
        self.pond.still = self.hour.water
        self.among.step(self.silhouette, dt)
        stirred = 0.45 * self.among.near(self.spray.places) if self.among.awake else 0.0
        self.spray.step(frame.time, np.minimum(1.0, self.breeze + stirred), self.lift)
        self.line.step(frame.time, () if self.among.seen is not None else ("follow",))
        self.caption = self.line.key
        self._sound(frame)

    def _welcome(self, frame):
        """A light for each who has come since."""
        if self.joined != self.known:
            water = (self.notice.left - 60, terrace.WATER + 60)
            for x, y in self.lights.seat(self.joined, frame.time, None, water, self.rng)[:12]:
                self.pond.touch(x, y, 1.6, 9)
            if self.joined > self.known:
                self.hit("bell", 0.16, pitch=float(74 + 2 * (self.joined % 3)))
            self.known = self.joined

    def _drop_leaves(self, dt):
        self.since += dt
        if self.since > 9.5 - 8 * self.density - 2.5 * self.breeze:
            self.since = 0.0
            self._let_fall(float(self.rng.uniform(0.04, 0.62)) * self.canvas.width, 90)
        for leaf in self.falling:
            if leaf.afloat >= 0:
                leaf.afloat += dt
                leaf.x += dt * (4 + 50 * self.breeze)
                leaf.turn += dt * 0.06
                continue
            leaf.step(dt, 14 + 130 * self.breeze)
            leaf.x = min(leaf.x, self.notice.left - 240)  # never before the codes
            if leaf.y > leaf.goal:
                leaf.x, leaf.y, leaf.afloat = leaf.at[0], leaf.goal, 0.0
                self.pond.touch(leaf.x, leaf.y, 2.2, 14)
                self.hit("snip", 0.05, pan=2 * leaf.x / self.canvas.width - 1)
        afloat = [leaf for leaf in self.falling if leaf.afloat >= 0]
        for leaf in afloat[: max(0, len(afloat) - AFLOAT)]:
            leaf.afloat = max(leaf.afloat, 60.0)
        edge = self.canvas.width + 120
        self.falling = [one for one in self.falling if one.afloat < 62.0 and one.x < edge]

    def _sound(self, frame):
        self.bed("wind", 0.05 + 0.22 * self.breeze)
        self.bed("water", 0.05 * (1 - 0.7 * self.calm))
        turn, within = divmod(frame.time - 4.0, EVERY)
        for second, note in PHRASES[int(turn) % len(PHRASES)]:
            if frame.time >= 4.0 and second <= within < second + frame.dt - 1e-9:
                self.hit("xun", 0.26, pitch=float(note), pan=-0.2)

    def autoplay(self, frame):
        """Now and then a breath of wind, a ring on the water, a hush."""
        beat = frame.index % 1500
        if beat in (30, 620):
            self._blow(0.25)
        elif beat % 140 == 20:
            self.pond.touch(float(self.rng.uniform(0.05, 0.95)) * self.canvas.width, 985, 2.0, 10)
        elif beat == 1100:
            self.on_hush(None)

    def draw(self, canvas, frame):
        dry = self.pond.rows[0]
        np.copyto(canvas.px[:dry], self.hour.shown.px[:dry])
        sway = math.sin(0.37 * self.clock) * (14 + 34 * self.breeze) + 8 * self.lift
        drop = 7 * math.sin(0.29 * self.clock + 1)
        canvas.stamp(self.shade, (sway - 60, drop - 12), blend="multiply", anchor=(0, 0))
        self.among.paint(canvas, self.clock)
        self.line.paint(canvas, self.letters, self.words(self.line.key)[0], (self.notice.left - 76, 262))
        self.notice.count(canvas, self.joined)
        self.spray.paint(canvas)
        self.pond.paint(canvas, self.among.reflection(self.pond))
        self.lights.paint(canvas, self.clock)
        for leaf in sorted(self.falling, key=lambda one: one.afloat < 0):
            self._leaf(canvas, leaf)
        self._fireflies(canvas)

    def _leaf(self, canvas, leaf):
        sheet, foot = self.looks[leaf.look]
        flat = 1.0 if leaf.afloat < 0 else 0.42 * max(0.0, min(1.0, (62 - leaf.afloat) / 2))
        if flat > 0.02:
            matrix = leaf.matrix(sheet, foot, canvas.scale, flat=flat)
            raster.over_laid(canvas, sheet, matrix, self.scratch)

    def _fireflies(self, canvas):
        if self.calm < 0.02:
            return
        a, b, c, d, e = self.flies
        t = self.clock
        lit = np.sin(0.9 * t + e) > 1.15 - 1.6 * min(1.0, 2 * self.calm)
        x = (0.50 + 0.40 * np.sin(0.11 * t + a) + 0.07 * np.sin(0.53 * t + b)) * self.notice.left
        y = 640 + 190 * np.sin(0.13 * t + c) + 40 * np.sin(0.7 * t + d)
        canvas.stamps(self.fly, np.stack([x, y], 1)[lit])

    def companion(self):
        return {
            "view": "seat",
            "verbs": ["tap"],
            "line": ["坐到桐荫下，点一点水面", "Take your seat under the tung tree; tap the water"],
            "lights": min(self.joined, MOST),
        }
