"""A poem on a sheet: its columns, the pen's place in it, what is inked so far."""

from dataclasses import dataclass

import numpy as np

from engine import ink
from scenes.kit import brush, calligraphy

SPILL = 0.045  # of one stroke, for ink to arrive fully once the brush has passed
SLOW = 0.9  # seconds a stroke as long as the square takes, unhurried
MODEL = 0.34  # how strongly the red of a model is printed
LIFT = 0.13  # seconds the brush is in the air between strokes
INKS = np.array(
    [(*(round(255 - n / 255 * (255 - c)) for c in ink.INK[::-1]), 255) for n in range(256)], np.uint8
)
INKS = INKS.view(np.uint32)[:, 0]  # from bare paper to full ink, packed


@dataclass(frozen=True)
class Place:
    """One character on the paper: its glyph, the centre of its square, the number of its first stroke."""

    glyph: calligraphy.Glyph
    character: calligraphy.Character
    x: float
    y: float
    first: int


class Poem:
    """Strokes numbered through the whole poem; `done` of them, with a fraction, are on the paper.

    sheet    white where bare, to multiply onto the picture
    wanted   how many strokes the room has asked for; the pen goes there
    tone     (strokes,) how dark each stroke is: 墨分五色, ink has five colours
    by       (strokes,) the guest whose stroke it is, 0 nobody's

    A guest's stroke whose turn has not come stands on the paper in red, as children's models are printed to
    be written over (描红); the pen inks it as soon as all before it are written.
    """

    def __init__(self, canvas, lines, characters, origin, *, em, pitch, gap, rng):
        self.paper = calligraphy.fibres(max(64, round(em * canvas.scale * 2.4)), rng)
        self.places, self.lines = [], []
        first = 0
        for k, line in enumerate(lines):
            for row, text in enumerate(line):
                character = characters[text]
                glyph = calligraphy.bake(character, max(12, round(em * canvas.scale)), self.paper, rng)
                x, y = origin[0] - k * gap, origin[1] + (row + 0.5) * pitch
                self.places.append(Place(glyph, character, x, y, first))
                first += glyph.strokes
            self.lines.append(first)
        self.total = first
        self.tone = np.ones(first + 1, np.float32)
        self.by = np.zeros(first, int)
        self.promised = set()
        self.left = origin[0] - (len(lines) - 0.5) * gap
        self.top = origin[1] - 0.1 * pitch
        width, height = len(lines) * gap + 0.1 * gap, 5.3 * pitch
        self.sheet = canvas.sheet(width, height)
        self.scale = canvas.scale
        ways = [trail.at for place in self.places for trail in place.glyph.trails]
        self.takes = np.array([LIFT + SLOW * np.linalg.norm(np.diff(w, axis=0), axis=1).sum() for w in ways])
        self.em = em
        self.clear()

    def clear(self):
        """Bare paper."""
        self.sheet.px[:] = 255
        self.done = self.wanted = 0.0
        self._drawn = 0.0
        self.tone[:] = 1.0
        self.by[:] = 0
        self.promised.clear()

    def promise(self, stroke, tone, guest):
        """A guest has traced `stroke`; False if it is on the paper already or somebody's."""
        if not self.wanted <= stroke < self.total or stroke in self.promised:
            return False
        self.promised.add(stroke)
        self.tone[stroke], self.by[stroke] = tone, guest
        self._ink_character(self.place(stroke)[0])
        return True

    def deepen(self, stroke):
        """Written a second time, a stroke is as dark as ink can be."""
        self.tone[stroke] = 1.0
        self._ink_character(self.place(stroke)[0])

    def keep(self, limit):
        """Ask for the strokes that were promised, as far as their turn has come and not beyond `limit`."""
        while self.wanted < limit and int(self.wanted) in self.promised:
            self.wanted += 1

    def ask(self, strokes=1, tone=1.0, *, limit=None):
        """The room wants more strokes, as dark as `tone`; returns the number of the first, -1 at the end."""
        limit = self.total if limit is None else limit
        first = int(self.wanted)
        if first >= limit:
            return -1
        last = min(limit, first + strokes)
        free = [n for n in range(first, last) if n not in self.promised]
        self.tone[free] = tone
        self.wanted = float(last)
        return first

    def write(self, dt):
        """Move the pen on; returns the numbers of the strokes begun in this step."""
        behind = self.wanted - self.done
        if behind <= 0:
            return range(0)
        before = int(np.ceil(self.done - 1e-6))
        hurry = max(1.0, 0.9 * behind)  # what is asked for is on the paper in two or three seconds
        self.done = min(self.wanted, self.done + dt * hurry / self.takes[min(int(self.done), self.total - 1)])
        self._ink()
        return range(before, int(np.ceil(self.done - 1e-6)))

    def place(self, stroke):
        """The Place a stroke belongs to and its number within the character."""
        for place in reversed(self.places):
            if stroke >= place.first:
                return place, stroke - place.first
        return self.places[0], 0

    def pen(self):
        """Where the brush is: (x, y) in design units and how hard it is pressed, 0 in the air."""
        stroke = min(int(self.done), self.total - 1)
        place, k = self.place(stroke)
        trail = place.glyph.trails[k]
        when = min(1.0, (self.done - stroke) / calligraphy.WRITTEN)
        at = [float(np.interp(when, trail.when, trail.at[:, i])) for i in (0, 1)]
        size = float(np.interp(when, trail.when, trail.size))
        x, y = place.x + (at[0] - 0.5) * self.em, place.y + (at[1] - 0.5) * self.em
        return x, y, size / brush.HALF if self.wanted > self.done else 0.0

    def left_in_character(self):
        """How many strokes the character the pen is in still wants."""
        place, k = self.place(min(int(self.wanted), self.total - 1))
        return place.glyph.strokes - k

    def wash_out(self, age, each):
        """The ink leaves the paper, last character first, `each` seconds apart; age since the first.

        Every character fades in steps of a twentieth of a second, a third of them in each frame.
        """
        turn = round(age * 60)
        for k, place in enumerate(reversed(self.places)):
            since = age - each * k
            if 0 < since < 1.6 and (turn + k) % 3 == 0:
                self._ink_character(place, max(0.0, 1 - since / 1.3))

    def draw(self, canvas):
        """Multiply the writing onto the picture."""
        canvas.stamp(self.sheet, (self.left, self.top), blend="multiply", anchor=(0, 0))

    def region(self, place):
        """Slices of the sheet a character covers."""
        h, w = place.glyph.ink.shape
        x = round((place.x - self.left) * self.scale - w / 2)
        y = round((place.y - self.top) * self.scale - h / 2)
        x, y = max(0, x), max(0, y)
        return slice(y, min(self.sheet.px.shape[0], y + h)), slice(x, min(self.sheet.px.shape[1], x + w))

    def _ink(self):
        for place in self.places:
            if place.first < self.done + SPILL + 1 and place.first + place.glyph.strokes > self._drawn - 1:
                self._ink_character(place)
        self._drawn = self.done

    def _ink_character(self, place, left=1.0):
        rows, columns = self.region(place)
        glyph = place.glyph
        when = glyph.when[: rows.stop - rows.start, : columns.stop - columns.start]
        dark = glyph.ink[: when.shape[0], : when.shape[1]]
        tone = np.append(self.tone[place.first : place.first + glyph.strokes], np.ones(12, np.float32))
        arrived = np.clip((self.done - place.first - when) * (1 / SPILL), 0, 1)
        number = when.astype(np.int32)
        share = arrived * dark * (tone[number] * (left / 255))
        own = range(place.first, place.first + glyph.strokes + 12)
        if self.promised.isdisjoint(own):
            level = (255 * share + 0.5).astype(np.uint8)
            self.sheet.px.view(np.uint32)[rows, columns, 0] = INKS.take(level)
            return
        red = np.isin(own, list(self.promised))[number] * (dark * (MODEL / 255))
        for channel, (black, cinnabar) in enumerate(zip(ink.INK[::-1], ink.CINNABAR[::-1], strict=True)):
            paper = 255 - red * (255 - cinnabar)
            self.sheet.px[rows, columns, channel] = paper - share * (paper - black)
