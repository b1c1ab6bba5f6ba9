"""Jin opera face: the house paints half of it, votes its colour, then beats the wings of its hat."""

import math

from engine import Param, Scene
from scenes.kit import browmotif, facebrush, facemusic, facepage, wingwork
from scenes.kit.countenance import Countenance, towards_brush
from scenes.kit.dresser import WIDE, Dresser
from scenes.kit.dressing import LEVELS, Lamp, curtain, shouts
from scenes.kit.facedata import STEPS, read_cast, read_faces
from scenes.kit.greasepaint import Palette
from scenes.kit.painter import Painter
from scenes.kit.plumes import Plumes
from scenes.kit.strips import Strips
from scenes.kit.wingact import WingAct

ACTS = ("draw", "virtue", "wings")
LASTS = {"draw": 25.0, "virtue": 21.0, "wings": 34.0}  # seconds, when nobody calls cues
NOTES = (67, 69, 71, 74, 76, 79, 81, 83)  # of the plucked string, one a step
WAITS = 2.4  # seconds without a drummer before the painter goes on by himself
VOTES = 13.0  # seconds the strips hang if no window is open


class Face(Scene):
    title = ("脸", "Face")
    material = "paint"
    credits = (
        ("山西太原、晋中：晋剧（中路梆子）", "Jin opera (Central Shanxi bangzi), Taiyuan and Jinzhong"),
        (
            "脸谱谱式：整脸、三块瓦、十字门；图样为本剧新绘，待晋剧画师校正",
            "Kinds of painted face; these are drawn anew in code and await a Jin painter's check",
        ),
        ("帽翅功：一翅静一翅动，全凭颈力", "Hat-wing craft: one still, one beating, all from the neck"),
    )
    captions = facepage.CAPTIONS

    main = Param(0.85, label=("笔力", "brush pressure"))
    warmth = Param(0.5, slew=0.3, label=("灯色", "lamp warmth"))
    speed = Param(1.0, 0.5, 1.8, label=("快慢", "the painter's speed"))
    wind = Param(0.12, slew=0.4, label=("风", "wind in the beard"))
    energy = Param(0.0, slew=0.2, label=("场内", "energy of the room"))
    lean = Param(0.5, slew=0.25, label=("身段", "lean of the room"))
    at_x = Param(0.5, slew=0.3, label=("目光", "where the eyes look"))

    def setup(self):
        names, self.virtues = self.read("face/cast.toml", read_cast)
        self.faces = read_faces(self.read, names, self.troubles)
        self.dresser = Dresser(self.canvas, self.faces, self.rng)
        middle = self.canvas.width / 2
        self.stages = curtain(self.canvas, middle, self.rng, self.dresser.shades())
        self.palette = Palette(self.dresser.head, self.rng)
        self.made = [self.palette.bake(face) for face in self.faces]
        flat, bare = (one.px.reshape(-1, 4) for one in (self.dresser.sheet, self.dresser.bare))
        self.painter = Painter(flat, self.made[0], bare)
        self.brushes = facebrush.brushes(self.canvas)
        self.chalk, self.plumes, self.wings = facebrush.Chalk(), Plumes(), WingAct(self.faces[0].hat)
        self.strips = Strips(self.canvas, self.letters, self.virtues, middle, self.rng)
        self.heard = [(middle + side * 0.28 * self.canvas.width, 690) for side in (-1, 1)]
        self.shouts = shouts(self.stages[WIDE], self.letters, self.heard)
        self.scores = facemusic.scores()
        self.guide = [facepage.outline(face) for face in self.faces]
        self.turn, self.called = 0, False
        self.living, self.calm, self.lamp = Countenance(self.dresser), 0.0, Lamp()
        self.act = ""
        self._begin("draw")

    # acts

    def on_cue(self, cue):
        """Acts: draw, virtue, wings; with "draw" a design may be named."""
        words, names = cue.text.split(), [face.key for face in self.faces]
        self.turn = next((names.index(word) for word in words if word in names), self.turn)
        act = next((word for word in words if word in ACTS), "")
        if act:
            self.called = True
            self._begin(act)

    def _begin(self, act):
        before, self.act = self.act, act
        self.age, self.score, self.caption, self.idle = 0.0, None, act, WAITS - 0.8  # he begins at once
        if act == "draw":
            self.brows, self.votes, self.answer = browmotif.Gathering(), {}, ""
            self.lamp.sink(self._bare) if before else self._bare()
            return
        self.lamp.settle()
        if act == "virtue":
            self.votes, self.answer = {}, ""
            self._catch_up(-1)
            if before == "wings":
                self.lamp.sink(lambda: self.dresser.dress(False))
        elif before != "wings":
            self._catch_up(-1, 1)
            if not self.painter.ground:
                self.painter.lay_ground(self._tone())
            self.wings = WingAct(self.faces[self.turn].hat)
            self.lamp.sink(lambda: self.dresser.dress(True))

    def _bare(self):
        """No paint, no hat: the next design begins."""
        self.dresser.wear(self.faces[self.turn])
        self.dresser.dress(False)
        self.painter.clean(self.made[self.turn])

    def _catch_up(self, *sides):
        """What should have been painted by now is asked for."""
        for side in sides:
            while step := self.painter.next_step(side):
                self.painter.paint(step, side, hurry=True)

    def on_answer(self, result):
        """The house has chosen a virtue: its colour goes over the three tiles, then the house's own brow."""
        if self.act != "wings" and not self.answer:
            self._choose(result.choice)

    def _choose(self, choice):
        names = list(self.virtues)
        words = {w: n for n in names for w in (n, *self.virtues[n][0])}
        own = self.faces[self.turn].virtue
        self.answer = words.get(choice) or (own if own in self.virtues else names[0])
        self.painter.lay_ground(self._tone())
        self._paint_brow()
        self.hit("gong", 0.7)
        self.evening.earn(0.7)

    def _paint_brow(self):
        """The largest gathering of drawn brows, mirrored on the forehead."""
        region, guest = self.brows.chosen("own")
        if region is None:
            return
        colour = (22, 17, 15) if sum(self._tone()) > 600 else (226, 178, 58)
        for side in (-1, 1):
            self.painter.add(side, self.palette.single(region, side, colour))
        points = [(x / facepage.FULL[0], y / facepage.FULL[1]) for x, y in region.points]
        self.evening.keep("stroke", guest, points=points, text="brow")

    def autoplay(self, frame):
        """It paints, votes and shakes by itself."""
        if not self.called and self.age > LASTS[self.act]:
            act = ACTS[(ACTS.index(self.act) + 1) % len(ACTS)]
            if act == "draw":
                self.turn = (self.turn + 1) % len(self.faces)
            self._begin(act)
        elif self.act == "virtue" and not self.answer and frame.index % 15 == 0:
            name = list(self.virtues)[min(len(self.virtues) - 1, int(abs(self.rng.normal(0, 1.3))))]
            self.votes[name] = self.votes.get(name, 0) + int(self.rng.integers(1, 4))
        elif self.act == "wings" and self._on_beat(frame):
            who = wingwork.called(self.score.beat(frame))[0]
            self.wings.pair.kick({"left": -1, "right": 1}.get(who, 0), 0.75 + 0.15 * float(self.rng.random()))

    # what people do

    def on_pad(self, pad):
        """Pads from 36: the regions in the painter's order, or from left to right the wings."""
        size = max(0.06, pad.value**1.6)
        number = max(0, pad.number - 36)
        self.idle = 0.0
        if self.act == "wings":
            self.wings.pair.kick(-1 if number % 8 < 4 else 1, 0.3 + 0.8 * size)
            self.hit("drum" if number % 2 else "rim", pad.value, pan=-0.4 if number % 8 < 4 else 0.4)
            return
        self._stroke(STEPS[number % len(STEPS)], 0.25 + 0.75 * size)

    def _stroke(self, step, pressure):
        side = -1 if self.act == "draw" else 1
        if self.painter.paint(step, side, pressure):
            n = STEPS.index(step)
            self.hit("pluck", 0.25 + 0.5 * pressure, pitch=NOTES[n], pan=0.3 * side)
            self.hit("clapper", 0.3 + 0.5 * pressure)

    def on_draw(self, stroke):
        """A guest's finger on half a face: chalk where it went; a brow if it went over the forehead."""
        if len(stroke.points) < 2:
            return
        points = [(x * facepage.FULL[0], y * facepage.FULL[1]) for x, y in stroke.points]
        self.chalk.add(points, both=self.act != "draw")
        x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
        first = y < 130 and self.brows.add(stroke.number, stroke.points) and len(self.brows.drawings) == 1
        if first and self.answer and self.act == "virtue":
            self._paint_brow()
        if self.act == "draw":
            near = min(self.faces[self.turn].regions, key=lambda r: math.dist(r.points.mean(0), (x, y)))
            if (near.step, -1) not in self.painter.asked:
                self._stroke(near.step, 0.6 + 0.4 * stroke.value)
        self.hit("rod", 0.3, pan=2 * stroke.x - 1)
        self.evening.keep("stroke", stroke.number, x=stroke.x, points=stroke.points, text="face")

    def on_vote(self, vote):
        if vote.text in self.virtues:
            self.votes[vote.text] = self.votes.get(vote.text, 0) + vote.count

    def on_tap(self, tap):
        """The left half of the room beats the left wing, the right half the right."""
        if self.act != "wings" or self.calm > 0.5:
            return
        left, right = wingwork.halves(tap, self.joined)
        self.wings.pair.left.kick(0.85 * left)
        self.wings.pair.right.kick(0.85 * right)
        self.hit("rim", 0.15 + 0.3 * max(left, right), pan=0.7 * (right - left))

    def on_push(self, signal):
        """He blows his beard and glares (吹胡子瞪眼)."""
        self.living.wide = self.living.blown = 1.0
        self.hit("small_gong", 0.6)

    on_clap = on_applause = on_push

    def on_raise(self, signal):
        self.living.nod, self.living.wide = -1.0, max(self.living.wide, 0.6)
        if self.act != "wings":
            self._next()

    def on_lower(self, signal):
        self.living.nod = 1.0

    def on_wave(self, signal):
        self.wings.pair.kick(0, 0.5)
        self.dresser.lean += 0.7
        self.dresser.beard.toss(260.0)

    def on_swipe_left(self, signal):
        self._swipe(-1)

    def on_swipe_right(self, signal):
        self._swipe(1)

    def _swipe(self, side):
        self.living.look[0] = 9.0 * side
        self.dresser.beard.toss(420.0 * side)
        self.wings.pair.kick(side, 0.8)

    def on_hush(self, signal):
        """Stillness holds the wings."""
        self.calm = 1.0

    # each frame

    def update(self, frame):
        self.age += frame.dt
        if self.score is None:
            self.score = self.scores[self.act].begin(frame)
        self.hits.extend(self.score.hits(frame))
        self.lamp.step(frame.dt)
        self.painter.hand = self.speed * (8.0 if self.lamp.down else 1.0)
        (self._draw_on, self._vote_on, self._beat_on)[ACTS.index(self.act)](frame)
        for stroke in self.painter.step(frame.dt):
            self.hit("paper", 0.10 + 0.12 * stroke.pressure, pan=0.3 * stroke.side)
        self.chalk.step(frame.dt)
        votes = self.poll if any(self.poll.values()) else self.votes
        self.strips.step(frame.dt, votes, self.act == "virtue" and not self.answer)
        self._move(frame)
        self.bed("room", 0.10)

    def _on_beat(self, frame):
        before = self.score.beat(frame) if self.score else 0.0
        return math.floor(before + frame.dt * facemusic.BPM / 60) > math.floor(before)

    def _next(self):
        side = -1 if self.act == "draw" else 1
        step = self.painter.next_step(side)
        if step:
            self.idle = 0.0
            self._stroke(step, self.main)

    def _draw_on(self, frame):
        """With no drummer the painter goes on by himself, on the beat."""
        self.idle += frame.dt * self.speed
        if self.idle > WAITS and self._on_beat(frame) and not (self.painter.busy or self.lamp.down):
            self._next()
        self.evening.earn(0.4 * self.painter.done(-1))

    def _vote_on(self, frame):
        """The other half is painted after the first while the house chooses."""
        self.idle += frame.dt * self.speed
        if self.idle > 1.2 and self._on_beat(frame):
            self._next()
        if not self.answer and not self.poll and self.age > VOTES:
            self._choose(max(self.votes, key=self.votes.get) if self.votes else "")

    def _beat_on(self, frame):
        """Calls, feats and their reward."""
        self.caption, struck, done = self.wings.step(frame, self.score.beat(frame))
        for instrument, force in struck:
            self.hit(instrument, force)
        if done:
            self.living.wide = 1.0
            self.evening.earn(1.0)

    def _move(self, frame):
        """The head, its hair and its plumes; in a hush the wings come to rest."""
        self.living.step(
            frame,
            lean=2 * self.lean - 1,
            aim=self._aim(frame.time),
            wind=self.wind + 0.25 * self.energy,
            still=self.act == "draw",
        )
        self.calm *= math.exp(-frame.dt / 1.2)
        if self.calm > 0.5:
            self.wings.hush(frame.dt)
        pair = self.wings.pair
        self.plumes.step(frame.dt, 0.8 * pair.left.x, 0.8 * pair.right.x, 2 * self.lean - 1)

    def _aim(self, time):
        """Where the eyes go: to the brush, to the wing that beats, to the room."""
        watched = towards_brush(self.painter.tips()) if self.act == "draw" else None
        if watched:
            return watched
        x, y = 14 * (self.at_x - 0.5) + 1.2 * math.sin(0.9 * time), 0.6 * math.sin(0.53 * time)
        if self.act == "wings":
            return x + 9 * max(
                -0.9, min(0.9, self.wings.pair.right.swing - self.wings.pair.left.swing)
            ), y - 1.5
        return x, y

    def draw(self, canvas, frame):
        dresser = self.dresser
        canvas.paste(self.stages[dresser.view])
        shout = self.wings.shout()
        if shout and self.act == "wings":
            side = self.wings.side > 0
            canvas.stamp(self.shouts[side][int(shout * LEVELS * 0.99)], self.heard[side], blend="add")
        self.strips.draw(canvas)
        dresser.draw_shadows(canvas, self.wings.pair)
        dresser.draw_back(canvas, self.wings.pair, self.plumes)
        dresser.draw_head(canvas)
        if self.act == "wings":
            dresser.draw_gleam(canvas, self.wings.pair, *self.wings.gleam())
        self.chalk.draw(canvas, dresser.place)
        if not self.lamp.down:
            for at, *how in self.painter.tips():
                facebrush.draw_brush(canvas, self.brushes, dresser.place(at), *how)
        self.lamp.shine(canvas, self.warmth)

    def companion(self):
        if self.act == "wings":
            start = self.score.start if self.score else 0
            return facepage.beating(self.came_on + start / self.setting.fps, self.wings.pair)
        if self.act == "virtue" and not self.answer:
            return facepage.choosing(self.virtues, self.votes)
        return facepage.painting(self.guide[self.turn], self.painter, brow=self.act == "virtue")

    def _tone(self):
        """The colour of the three tiles: what the house has chosen, else the design's own."""
        return self.faces[self.turn].tone(self.virtues[self.answer][1] if self.answer else None)
