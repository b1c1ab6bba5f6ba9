"""Leather 影: Xiaoyi paper-window shadow theatre; the room holds the ox and the tiger by their rods."""

import math

from engine import Canvas, Param, Scene, light, raster, smooth
from scenes.kit import hide
from scenes.kit.beast import Beast
from scenes.kit.dust import Dust
from scenes.kit.puppet import Puppet
from scenes.kit.puppeteer import Tempo, read_moves
from scenes.kit.rod import Rods
from scenes.kit.window import Window

SOUNDS = {
    "X": [("drum", 1.0)],
    "x": [("drum", 0.6)],
    "r": [("rim", 0.7)],
    "G": [("gong", 0.9)],
    "c": [("cymbal", 0.75)],
    "t": [("small_gong", 0.75)],
    "s": [("suona", 0.8)],
    "E": [("gong", 1.0), ("cymbal", 0.9), ("drum", 1.0)],
}
"""Letters of a written fight; E is 仓, everything at once."""


class Leather(Scene):
    title = ("影", "Leather")
    rod_left = Param(0.5, slew=0.12, label=("牛签", "ox rod"), phone=True)
    rod_right = Param(0.5, slew=0.12, label=("虎签", "tiger rod"), phone=True)
    main = Param(0.5, label=("牛签·艺人", "ox rod, player"))
    density = Param(0.5, label=("虎签·艺人", "tiger rod, player"))
    warmth = Param(0.5, label=("灯色", "lamp warmth"))
    speed = Param(1.0, 0.5, 1.6, label=("快慢", "tempo"))
    wind = Param(0.0, label=("风", "draught"))
    energy = Param(0.0, label=("场内", "energy of the room"))
    lean = Param(0.5, slew=0.2, label=("身段", "lean"))

    def setup(self):
        self.window = Window(self.canvas, self.rng)
        self.scratch = Canvas(self.canvas.surface.get_size(), scale=self.canvas.scale)
        self.mottle = 2 * light.clouds(self.canvas.sheet(900, 900), self.rng, size=60.0, octaves=3) - 1
        self.dyes = hide.read_dyes(self.asset("puppets/dyes.toml"))
        self.rods = Rods(self.canvas)
        self.dust = Dust(self.canvas, self.rng, self.window.pane)
        size = min(1.0, self.canvas.width / 1920 + 0.06)
        self.ox, self.tiger = (self._beast(name, side, size) for name, side in (("ox", -1), ("tiger", 1)))
        self.beasts = {"ox": self.ox, "tiger": self.tiger}
        self.moves, self.beats = read_moves(
            self.asset("puppets/duel.toml"), self.beasts, {"x", "pitch", "neck", "head", "jaw", "tail"}, SOUNDS
        )
        self.tempo = Tempo(84, 132, self.beats)
        self.lamp, self.lamp_to = 0.0, 1.0
        self.now = 0.0

    def _beast(self, name, side, size):
        figure = hide.read_figure(self.asset(f"puppets/{name}.toml"), self.dyes)
        puppet = Puppet(figure, self.dyes, canvas=self.canvas, mottle=self.mottle, size=size)
        return Beast(puppet, side, middle=self.canvas.width / 2, base=self.window.base, home=500 * size)

    def autoplay(self, frame):
        before, after = self.tempo.step(frame.dt * self.speed)
        for move in self.moves:
            if before <= move.beat < after:
                if move.who:
                    self.beasts[move.who].move(**move.aims)
                for letter in move.sound:
                    for name, strength in SOUNDS[letter]:
                        self.hit(name, strength * move.strength)
        if after > self.beats:
            self.tempo = Tempo(84, 132, self.beats)

    def update(self, frame):
        self.now = frame.time
        self.lamp += (self.lamp_to - self.lamp) * (1 - math.exp(-frame.dt / 1.0))
        for beast in self.beasts.values():
            beast.step(frame.dt, 0.0)
        self.dust.step(frame.time, frame.dt, self.wind)

    def draw(self, canvas, frame):
        self.window.paint(canvas, frame.time, level=self.lamp, warmth=self.warmth)
        for beast in self.beasts.values():
            self._paint(canvas, beast.puppet)
        self.dust.paint(canvas, self.lamp)

    def _paint(self, canvas, puppet):
        pane = self.window.pane
        for rod in puppet.figure.rods:
            foot = puppet.x + puppet.facing * rod.foot * puppet.size
            self.rods.paint(canvas, self.scratch, puppet.spot(rod.part, rod.at), (foot, 1060), pane)
        puppet.paint(canvas, self.scratch, pane)
