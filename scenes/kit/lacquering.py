"""The coats of the screen: matt black with its dust, and beneath the polish a painting outlined in gold."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit import screen
from scenes.kit.easel import Easel
from scenes.kit.gilding import Gilding
from scenes.kit.gloss import COARSE

MATT = np.array((0x1D, 0x1C, 0x1E), np.float32)  # BGR
DEEP = np.array((0x07, 0x06, 0x07), np.float32)
GOLD = np.array((0x48, 0xAE, 0xDE), np.float32)
WALL = np.array((0x0A, 0x0D, 0x11), np.float32)
FLOOR = np.array((0x0B, 0x12, 0x1C), np.float32)
BEVEL = np.array((0x1E, 0x2C, 0x3A), np.float32)  # the worn edges at the hinges
FOOT = 936.0  # where the floor begins
MODEL = 11.0
LAMP_FAR, EYE_FAR = 900.0, 1600.0
TILT = 0.20  # sine of the angle of a leaf
EYE = (960.0, 520.0)


class Coats:
    """matt, polished (h, w, 3) uint8 BGR; inside (h, w) 0..1; lean two (h/4, w/4); gold, the raised lines."""

    def __init__(self, canvas, pieces, paints, rng, shift):
        size, scale = canvas.surface.get_size(), canvas.scale
        easel = Easel(size, scale, timed=False)
        for piece in pieces:
            easel.lay(piece, ((0.0, 1.0),) * len(piece.strokes))
        self.inside = raster.mask(canvas, [screen.outline(shift)]).astype(np.float32) / 255
        grit = light.grain(canvas, rng, stretch=(0.5, 0.5))
        x, y = light.coordinates(canvas)
        side = screen.tilt(x, shift).astype(np.float32)
        room = _room(canvas, grit, x, y, shift)
        self.matt = self._over(room, _matt(grit, easel.cover, side, scale))
        polished = _polished(easel, paints, grit, side)
        _wear(polished, canvas, shift)
        self.polished = self._over(room, polished)
        self.lean = _lean(canvas, rng, shift)
        easel.gilt[self.inside < 0.5] = 0
        self.gold = Gilding(easel, np.zeros_like(grit), 0.25 * grit)

    def _over(self, room, surface):
        """The surface before the room, its edge smooth."""
        whole = room.copy()
        np.copyto(whole, surface, where=(self.inside >= 1)[..., None])
        edge = np.nonzero((self.inside > 0) & (self.inside < 1))
        share = self.inside[edge][:, None]
        whole[edge] = room[edge] * (1 - share) + surface[edge] * share
        return whole


def _toned(colour, tone):
    """(h, w, 3) uint8: a colour times a tone (h, w) 0..4, by a table."""
    steps = np.arange(256, dtype=np.float32)[:, None] / 64
    return np.clip(colour * steps, 0, 255).astype(np.uint8)[np.clip(64 * tone, 0, 255).astype(np.uint8)]


def _room(canvas, grit, x, y, shift):
    """A dark wall and a plank floor that the lamp hardly reaches."""
    across = ((x - shift - 960) / 900) ** 2
    foot = round(FOOT * canvas.scale)
    wall = 0.5 + 1.3 * np.exp(-across - ((y[:foot] - 560) / 520) ** 2)
    board = (1 + 0.05 * np.sin(y[foot:] * 0.31) + 0.04 * grit[foot:]) * (0.7 + (y[foot:] - FOOT) / 300)
    return np.vstack([_toned(WALL, wall), _toned(FLOOR, board * np.exp(-0.85 * across))])


def _matt(grit, cover, side, scale):
    """Unpolished: grey with dust, the drawing only to be guessed where it stands up under the coats."""
    rise = raster.blur(cover, 1.2 * scale)
    tone = 0.05 * grit + 0.42 * np.clip(grit - 1.1, 0, 2) + (1 + 0.20 * side)
    tone[2:, 2:] += (0.36 / 255) * (rise[2:, 2:] - rise[:-2, :-2])
    return _toned(MATT, tone)


def _polished(easel, paints, grit, side):
    """Under the gloss: colours deepen from their outlines inwards, gold lines lie over them."""
    far = raster.distance(easel.cover < 96) / easel.scale
    tone = np.exp(far * (-1 / MODEL))
    tone *= -255 * 0.78
    tone += 255 * 0.94
    tone *= 1 + 0.08 * side
    tone = np.clip(tone, 0, 255).astype(np.uint8)
    picture = np.empty((*tone.shape, 3), np.uint8)
    picture[:] = DEEP.astype(np.uint8)
    for cell in easel.cells:
        if cell.piece.paint:
            box = cell.rows, cell.columns
            under, over = picture[box], paints[cell.piece.paint].ramp[tone[box]]
            np.copyto(under, over, where=(cell.mask == 255)[..., None])
            edge = np.nonzero((cell.mask > 0) & (cell.mask < 255))
            share = cell.mask[edge][:, None] / np.float32(255)
            under[edge] = under[edge] * (1 - share) + over[edge] * share
    lines = np.nonzero(easel.cover)
    share = easel.cover[lines][:, None] * np.float32(0.96 / 255)
    lit = 0.80 + 0.03 * grit[lines] + 0.08 * side[0][lines[1]]
    picture[lines] = picture[lines] * (1 - share) + np.clip(GOLD * lit[:, None], 0, 255) * share
    return picture


def _wear(picture, canvas, shift):
    """The edges of the leaves, worn by hands: the near hinges most."""
    for n in range(screen.LEAVES + 1):
        middle = (screen.LEFT + shift + n * screen.LEAF) * canvas.scale
        for column in range(round(middle - 4 * canvas.scale), round(middle + 4 * canvas.scale) + 1):
            if 0 <= column < picture.shape[1]:
                off = abs(column + 0.5 - middle) / canvas.scale - 1.6
                level = np.exp(-((off / 1.1) ** 2)) * (1.0 if n % 2 else 0.35)
                strip = picture[:, column].astype(np.float32) + BEVEL * level
                picture[:, column] = np.minimum(strip, 255)


def _lean(canvas, rng, shift):
    """Which way the surface faces, less where eye and lamp are: see Gloss. No board is quite flat."""
    size = canvas.surface.get_size()
    coarse = Canvas(tuple(max(2, n // COARSE) for n in size), scale=canvas.scale / COARSE)
    x, y = light.coordinates(coarse)
    near = 0.5 * (1 / LAMP_FAR + 1 / EYE_FAR)
    wave = light.clouds(coarse, rng, size=230, octaves=2) - 0.5
    ripple = light.clouds(coarse, rng, size=70, octaves=1) - 0.5
    sag = light.clouds(coarse, rng, size=300, octaves=1) - 0.5
    side = TILT * screen.tilt(x, shift).astype(np.float32)
    lean_x = side + 0.10 * wave + 0.012 * ripple + near * x - 0.5 * (EYE[0] + shift) / EYE_FAR
    return lean_x, 0.10 * sag + near * y - 0.5 * EYE[1] / EYE_FAR


def towards(lamp):
    """What Gloss calls the lamp: half its direction, from (x, y) in design units."""
    return 0.5 * lamp[0] / LAMP_FAR, 0.5 * lamp[1] / LAMP_FAR


class Faces:
    """What a mirror of lacquer holds: the guests, each as a small warm light low in the gloss."""

    MOST = 90

    def __init__(self, canvas, rng, shift):
        self.at = rng.uniform((90 + shift, 470), (1830 + shift, 850), (self.MOST, 2))
        self.phase = rng.uniform(0, 2 * np.pi, self.MOST)
        self.lights = [canvas.sheet(90, 120) for _ in range(2)]
        for n, sheet in enumerate(self.lights):
            x, y = light.coordinates(sheet)
            rho2 = ((x - 45) / 20) ** 2 + ((y - 60) / 30) ** 2
            core = ((x - 45) / 4) ** 2 + ((y - 60) / 7) ** 2
            light.paint(sheet, (0.12 * np.exp(-rho2) + 0.34 * np.exp(-core)) * (1 - 0.4 * n), (255, 206, 146))

    def draw(self, canvas, gloss, guests, seconds):
        """One light a guest, where the surface is a mirror already."""
        count = min(guests, self.MOST)
        if not count:
            return
        sway = np.column_stack(
            [7 * np.sin(0.5 * seconds + self.phase), 3 * np.sin(0.8 * seconds + self.phase)]
        )
        at = (self.at + sway)[:count]
        row, column = (np.clip(at * gloss.scale, 0, np.array(gloss.shape[::-1]) - 1).astype(int).T)[::-1]
        held = gloss.g[row, column] > 0.7
        for n, sheet in enumerate(self.lights):
            canvas.stamps(sheet, at[held & (np.arange(count) % 2 == n)])


class Floor:
    """The floor gives back what stands on it, dimly and drawn out."""

    def __init__(self, canvas):
        self.start = round(FOOT * canvas.scale)
        self.high = canvas.px.shape[0] - self.start
        wide = canvas.px.shape[1]
        self.small = np.zeros((max(1, self.high // 6), max(1, wide // 6), 4), np.uint8)
        self.image = Canvas((wide, max(1, self.high)), scale=canvas.scale)
        fade = np.linspace(0.62, 0.08, max(1, self.high), dtype=np.float32)
        shade = np.repeat(np.repeat((fade * 255).astype(np.uint8)[:, None, None], wide, axis=1), 4, axis=2)
        self.shade = Canvas((wide, max(1, self.high)), scale=canvas.scale)
        np.copyto(self.shade.px, shade)

    def draw(self, canvas):
        """Call when everything above the floor is drawn."""
        if self.high < 2:
            return
        source = canvas.px[max(0, self.start - round(1.5 * self.high)) : self.start]
        raster.fit(np.ascontiguousarray(source[::-6, ::6]), self.small)
        raster.soften(self.small, (2.2, 1.2))
        raster.fit(self.small, self.image.px)
        self.image.stamp(self.shade, (0, 0), blend="multiply", anchor=(0, 0))
        canvas.stamp(self.image, (0, self.start / canvas.scale), blend="add", anchor=(0, 0))
