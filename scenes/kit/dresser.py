"""The dressed head: which sheets it is made of, where they lie, how they lean."""

import math

import numpy as np

from engine import Canvas, raster
from scenes.kit import dressing, eyes, headgear, operahead, whiskers

CLOSE = (2.05, 96.0)  # design units a face unit, and how high the hairline lies
WIDE = (1.55, 302.0)
PIVOT = np.array([0.0, 440.0])  # the neck, about which the head leans
HEAD = (operahead.LEFT, operahead.TOP)
DRAPE = 0.62  # of the close view's size at which hat, wings and beard are baked
NECK = 30.0  # face units of spring between hat and wing
LEVELS = 4  # of gleam
LEAN = 0.075  # radians at the ends of the knob
TILT = 0.50  # radians a wing swings at 1


class Dresser:
    """Owns the sheets; `wear(face)` chooses what goes with a design."""

    def __init__(self, canvas, faces, rng):
        self.canvas, self.rng = canvas, rng
        self.middle = canvas.width / 2
        self.grain = CLOSE[0] * canvas.scale
        self.fine = WIDE[0] * canvas.scale
        self.head = operahead.Head(self.grain, rng)
        self.bare = operahead.bare(self.head, rng)
        self.sheet = Canvas(self.bare.surface.get_size(), scale=self.grain, clear=True)
        np.copyto(self.sheet.px, self.bare.px)
        self.eyes = eyes.Eyes(self.head)
        self.robes = {view: dressing.robe(view[0] * canvas.scale, rng) for view in (CLOSE, WIDE)}
        self.hats = {kind: headgear.bake_hat(kind, self.fine, rng) for kind in sorted({f.hat for f in faces})}
        self.plates = {
            w: headgear.bake_wing(w, self.fine, rng)
            for w in sorted({f.wings for f in faces if f.hat == "gauze"})
        }
        self.gleams = {w: _gleams(s, 0.22) for w, s in self.plates.items()}
        self.shines = {kind: _gleams(s, 0.8) for kind, s in self.hats.items()}
        self.shadow = self.fine / 3  # pixels a face unit of a shadow, which is soft
        self.cast = {w: [raster.Gel(_shadow(s)) for _ in (-1, 1)] for w, s in self.plates.items()}
        self.beards = {
            key: whiskers.Beard(*key, self.fine, rng) for key in sorted({(f.beard, f.hair) for f in faces})
        }
        self.hulls = {s: raster.hull(s) for s in (self.sheet, *self.hats.values(), *self.plates.values())}
        for gleaming in (*self.gleams.values(), *self.shines.values()):
            self.hulls |= dict.fromkeys(gleaming, _hull(gleaming[-1]))
        self.scratch = Canvas((round(2.2 * 172 * self.grain) + 8, canvas.px.shape[0] + 8), scale=canvas.scale)
        self.lean, self.nod, self.hat_late = 0.0, 0.0, 0.0
        self.hulls |= {beard.sheet: beard.reach for beard in self.beards.values()}
        self.dress(False)
        self.wear(faces[0])

    def shades(self):
        """{view: outlines in design units of what shades the curtain}."""
        face = operahead.half(operahead.OUTLINE)
        dome, neck = operahead.half(operahead.DOME), operahead.half(operahead.NECK)
        shoulders = operahead.half(dressing.SHOULDER)
        hat = [headgear.mirrored(headgear.BACK), headgear.mirrored(headgear.FRONT)]
        found = {}
        for view, worn in ((CLOSE, []), (WIDE, hat)):
            k, top = view
            found[view] = [o * k + (self.middle, top) for o in (face, dome, neck, shoulders, *worn)]
        return found

    def dress(self, on):
        """Put hat and beard on, and step back to see them; or take them off."""
        self.worn, self.view = on, WIDE if on else CLOSE

    def wear(self, face):
        """Hat, wings and beard of a design."""
        self.face = face
        self.beard = self.beards[face.beard, face.hair]

    # places

    def matrix(self, corner, grain, *, late=0.0):
        """(2, 3) from a sheet's pixels to design units; `late` is a further lean of what sits loosely."""
        a, shift = self._turn(late)
        linear = a / grain
        return np.column_stack([linear, a @ np.asarray(corner, float) + shift])

    def place(self, points):
        """From face units to design units."""
        a, shift = self._turn(0.0)
        return np.asarray(points, float) @ a.T + shift

    def _turn(self, late):
        k, top = self.view
        angle = LEAN * (self.lean + late)
        c, s = k * math.cos(angle), k * math.sin(angle)
        a = np.array([[c, -s], [s, c]])
        foot = np.array([self.middle, top + k * PIVOT[1] + self.nod])
        return a, foot - a @ PIVOT

    def _lay(self, canvas, sheet, matrix):
        """One sheet, as far as it reaches."""
        raster.over_laid(canvas, sheet, matrix, self.scratch, hull=self.hulls.get(sheet))

    # painting

    def draw_back(self, canvas, pair, plumes):
        """What is behind the head."""
        if not self.worn:
            return
        if self.face.hat == "helmet":
            plumes.draw(canvas, self.place)
            return
        for side, wing in ((-1, pair.left), (1, pair.right)):
            self._wing(canvas, side, wing)

    def draw_shadows(self, canvas, pair):
        """What the wings throw on the curtain, behind everything."""
        if self.worn and self.face.hat == "gauze":
            for gel, side, wing in zip(
                self.cast[self.face.wings], (-1, 1), (pair.left, pair.right), strict=True
            ):
                a, corner = self._plate(side, wing)
                gel.lay(canvas, np.column_stack([a / self.shadow, corner + dressing.CAST]))

    def _plate(self, side, wing):
        """(2, 2) turn and corner, in design units, of a wing's sheet at one pixel a face unit."""
        bend, plate = -TILT * wing.x, -TILT * (0.45 * wing.x + 0.85 * wing.y)
        end = np.array(headgear.JOINT) + NECK * np.array([1, math.sin(bend)])
        c, s = math.cos(plate), math.sin(plate)
        turn = np.array([[side * c, -side * s], [s, c]])
        a, shift = self._turn(self.hat_late)
        return a @ turn, a @ (turn @ np.array(headgear.WING_BOX[:2]) + end * (side, 1)) + shift

    def _wing(self, canvas, side, wing, gleam=0):
        """Spring and plate: the spring bends, the plate follows it late."""
        if not gleam:
            share = np.linspace(0, 1, 9)
            bent = share**1.6 * math.sin(-TILT * wing.x) + np.where(np.arange(9) % 2, 0.087, -0.087)
            spring = np.array(headgear.JOINT) + NECK * np.column_stack([share, bent])
            canvas.line(self.place(spring * (side, 1)), (128, 96, 44) if side < 0 else (64, 48, 24), 2.0)
        sheet = self.gleams[self.face.wings][gleam - 1] if gleam else self.plates[self.face.wings]
        a, corner = self._plate(side, wing)
        self._lay(canvas, sheet, np.column_stack([a / self.fine, corner]))

    def draw_head(self, canvas):
        """Head, eyes, robe; beard and hat if they are worn."""
        self._lay(canvas, self.sheet, self.matrix(HEAD, self.grain))
        for sheet, x, y in self.eyes.sheets:
            self._lay(canvas, sheet, self.matrix((HEAD[0] + x, HEAD[1] + y), self.grain))
        k, top = self.view
        left, high = dressing.ROBE_BOX[:2]
        canvas.stamp(self.robes[self.view], (self.middle + k * left, top + k * high), anchor=(0, 0))
        if self.worn:
            if self.face.beard != "none":
                self._lay(canvas, self.beard.sheet, self.matrix(whiskers.BOX[:2], self.fine))
            hat = self.matrix(headgear.HAT_BOX[:2], self.fine, late=self.hat_late)
            self._lay(canvas, self.hats[self.face.hat], hat)

    def draw_gleam(self, canvas, pair, left, right, hat):
        """The gilt of a wing shines, and that of the hat, 0..1 each."""
        if not self.worn:
            return
        if level := round(hat * LEVELS):
            matrix = self.matrix(headgear.HAT_BOX[:2], self.fine, late=self.hat_late)
            self._lay(canvas, self.shines[self.face.hat][min(LEVELS, level) - 1], matrix)
        for side, wing, share in ((-1, pair.left, left), (1, pair.right, right)):
            level = round(share * LEVELS)
            if level and self.face.hat == "gauze":
                self._wing(canvas, side, wing, min(LEVELS, level))


def _gleams(sheet, most):
    """What of a sheet is gold, as light to add, in LEVELS steps up to `most`: colour without cover."""
    rgb = sheet.px[..., :3].astype(np.float32)
    gold = np.clip((rgb[..., 2] - rgb[..., 0] - 30) / 70, 0, 1)[..., None]
    glow = raster.blur(gold[..., 0], 5 * sheet.scale)[..., None] * 0.7 * np.array([40, 120, 210], np.float32)
    full = most * (1.1 * rgb * gold + glow)
    found = []
    for level in range(1, LEVELS + 1):
        out = Canvas(sheet.surface.get_size(), scale=sheet.scale, clear=True)
        out.px[..., :3] = np.clip(level / LEVELS * full, 0, 255).astype(np.uint8)
        found.append(out)
    return found


def _hull(gleam):
    """Corners of all that shines of a sheet of light, which has no cover."""
    seen = Canvas(gleam.surface.get_size(), scale=gleam.scale, clear=True)
    seen.px[..., 3] = gleam.px[..., :3].max(2)
    return raster.hull(seen)


def _shadow(sheet):
    """The soft shadow of a sheet as a picture to multiply, a third as large."""
    h, w = sheet.px.shape[:2]
    size = max(2, w // 3), max(2, h // 3)
    dark = raster.blur(raster.resize(sheet.px[..., 3], size), 2.2 * size[0] / 224)
    out = Canvas(size, scale=sheet.scale / 3)
    out.px[..., :3] = np.clip(255 - 0.72 * dark, 0, 255).astype(np.uint8)[..., None]
    return out
