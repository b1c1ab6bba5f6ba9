"""The actor under the paint: a head in relief, its hair bound in black gauze, lit by one lamp.

Lengths are face units: x from the middle line to the right of the picture, y down from the hairline. A face
is 288 wide at the cheekbones and 406 long. The sheet holds more: the bound head above, the neck below.
"""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.path import read_path

LEFT, TOP, RIGHT, BOTTOM = -172.0, -52.0, 172.0, 476.0
LAMP = np.array([-0.50, -0.52, 0.69])  # towards the lamp: before the face, above, to the left of the picture
BOUNCE = np.array([0.80, 0.10, 0.58])  # light thrown back by the room
SKIN = np.array([226, 184, 150], np.float32)
BARE = np.array([205, 158, 122], np.float32)  # cleaned and oiled, ready for paint
WARM = np.array([1.0, 0.93, 0.82], np.float32)  # the lamp's colour
COOL = np.array([0.34, 0.30, 0.36], np.float32)
GAUZE = np.array([25, 22, 24], np.float32)
OUTLINE = "M 0 2 R 46 5 92 24 126 70 141 126 145 186 141 240 129 296 104 350 66 388 28 404 0 407"
EAR = "M 139 158 R 154 150 163 166 161 192 153 222 142 236 134 214 Z"
DOME = "M 0 -50 R 62 -45 112 -16 142 42 150 112 147 162 L 100 170 L 0 170 Z"
NECK = "M 0 330 L 104 330 R 100 380 108 430 150 480 L 0 500 Z"
BUMPS = (  # of the face: height, x, y, breadth, length; the left ones mirror the right
    (6, 52, 130, 46, 19),  # brow ridge
    (-12, 58, 168, 36, 22),  # socket
    (5, 60, 172, 26, 15),  # eyeball
    (9, 92, 214, 36, 34),  # cheekbone
    (9, 24, 251, 13, 12),  # wing of the nose
    (-4, 20, 275, 10, 14),
    (-4, 50, 284, 11, 34),  # fold from nose to mouth
    (8, 84, 296, 38, 42),  # cheek beside the mouth
    (-8, 124, 128, 28, 46),  # temple
    (5, 20, 297, 26, 8),  # upper lip
    (6, 10, 318, 28, 10),  # lower lip
    (-4, 26, 307, 36, 6),  # between them
    (-3, 0, 338, 36, 11),
    (12, 0, 372, 38, 26),  # chin
    (8, 36, 66, 60, 46),  # brow of the skull
)


def half(path):
    """The points of one half of a path and its mirror, joined to one closed outline."""
    points = read_path(path).points
    return np.vstack([points, (points * (-1, 1))[::-1]])


def to_sheet(points):
    """From face units to the units of the sheet, whose corner is (LEFT, TOP)."""
    return np.asarray(points, float) - (LEFT, TOP)


class Head:
    """Everything about the sheet that paint needs.

    size    (w, h) pixels; grain  pixels a face unit
    x, y    face units of every pixel, (1, w) and (h, 1)
    face    coverage 0..1 of what may be painted; whole  of the whole head
    shade   (h, w, 3) RGB what the lamp and the room send to each place; sheen (h, w) 0..1 where oil shines
    """

    def __init__(self, grain, rng):
        self.grain = grain
        self.size = round((RIGHT - LEFT) * grain), round((BOTTOM - TOP) * grain)
        blank = Canvas(self.size, scale=grain, clear=True)
        x, y = light.coordinates(blank)
        self.x, self.y = x + LEFT, y + TOP
        self.blank = blank
        self.face = self._cover([half(OUTLINE)])
        self.ears = self._cover([read_path(EAR).points]) + self._cover([read_path(EAR).points * (-1, 1)])
        self.dome = self._cover([half(DOME)])
        self.neck = self._cover([half(NECK)])
        self.whole = np.maximum.reduce([self.face, np.minimum(self.ears, 1), self.dome, self.neck])
        self._light(rng)

    def _cover(self, outlines):
        shown = raster.mask(self.blank, [to_sheet(o) for o in outlines])
        return shown.astype(np.float32) / 255

    def height(self):
        """The relief of the face in face units."""
        x, y = self.x, self.y
        points = half(OUTLINE)[: len(read_path(OUTLINE).points)]
        wide = np.interp(y[:, 0], points[:, 1], points[:, 0])[:, None]
        wide = np.maximum(wide, 40)
        across = np.abs(x) / wide
        down = np.clip((y - 190) / 250, -1, 1)
        z = 128 * np.sqrt(np.clip(1 - across**2.4, 0.0, 1)) * np.sqrt(np.clip(1 - 0.75 * down**2, 0, 1))
        for tall, at, low, breadth, length in BUMPS:
            for side in (-1, 1) if at else (1,):
                z = z + tall * np.exp(-(((x - side * at) / breadth) ** 2) - ((y - low) / length) ** 2)
        bridge = np.interp(y, [128, 150, 200, 240, 256, 268], [0, 13, 26, 37, 30, 0])
        z = z + bridge * np.exp(-((x / np.interp(y, [130, 200, 250], [13, 14, 19])) ** 2))
        return (z + 9 * np.exp(-((x / 16) ** 2) - ((y - 246) / 14) ** 2)).astype(np.float32)

    def _light(self, rng):
        z = raster.blur(self.height(), 1.6 * self.grain)
        dx, dy = np.zeros_like(z), np.zeros_like(z)
        dx[:, 1:-1] = (z[:, 2:] - z[:, :-2]) * (0.5 * self.grain)
        dy[1:-1] = (z[2:] - z[:-2]) * (0.5 * self.grain)
        n = 1 / np.sqrt(1 + dx * dx + dy * dy)
        nx, ny, nz = -dx * n, -dy * n, n
        lit = lambda way: nx * way[0] + ny * way[1] + nz * way[2]  # noqa: E731
        lamp = LAMP / np.linalg.norm(LAMP)
        key = np.clip((lit(lamp) + 0.18) / 1.18, 0, 1) ** 1.25
        room = np.clip(lit(BOUNCE / np.linalg.norm(BOUNCE)), 0, 1) ** 1.5
        # hollows see less of the room: how far a place lies below its neighbourhood
        deep = np.clip((raster.blur(z, 9 * self.grain) - z) / 10, -0.6, 1)
        open_ = 1 - 0.5 * np.clip(deep, 0, 1)
        key *= self._thrown(z)
        self.shade = (
            (1.12 * key * open_)[..., None] * WARM + (0.42 * room * open_ + 0.05)[..., None] * COOL
        ).astype(np.float32)
        way = lamp + (0, 0, 1)
        gloss = np.clip(lit(way / np.linalg.norm(way)), 0, 1)
        fine = light.grain(self.blank, rng, stretch=(0.9, 0.7)) * 0.10
        self.sheen = (np.clip(gloss + 0.010 * fine, 0, 1) ** 26 * np.clip(2 * key, 0, 1)).astype(np.float32)

    def _thrown(self, z):
        """The nose's own shadow on the far cheek, soft: 1 lit, less in shade."""
        x, y = self.x, self.y
        far = np.exp(-(((x - 27) / 15) ** 2) - ((y - 262) / 26) ** 2)
        side = np.exp(-(((x - 22) / 12) ** 2) - ((y - 205) / 40) ** 2)
        chin = np.clip((y - 398) / 26, 0, 1) * self.neck * (1 - self.face)
        return (1 - 0.42 * far - 0.30 * side) * (1 - 0.86 * chin)


def bare(head, rng):
    """The head before any paint, a sheet: oiled skin, ears and neck in less light, gauze round the hair."""
    fine = light.grain(head.blank, rng, stretch=(0.8, 0.8))[..., None]
    patchy = (light.clouds(head.blank, rng, size=34, octaves=3) - 0.5)[..., None]
    skin = BARE * (1 + 0.022 * fine + 0.09 * patchy)
    flush = np.exp(-(((np.abs(head.x) - 90) / 50) ** 2) - ((head.y - 230) / 60) ** 2)[..., None]
    skin = skin * (1 - flush * np.array([0.0, 0.10, 0.12], np.float32))
    rgb = skin * head.shade * head.face[..., None]
    rest = SKIN * (1 + 0.03 * fine) * head.shade * 0.62
    rgb += rest * (np.maximum(np.minimum(head.ears, 1), head.neck) * (1 - head.face))[..., None]
    rgb += _gauze(head, rng) * (head.dome * (1 - head.face))[..., None]
    edge = np.clip(head.y / 14 - 0.25 + 0.4 * (np.abs(head.x) / 120) ** 2, 0, 1)[..., None]
    rgb *= 1 - (1 - edge) * 0.55 * head.face[..., None]
    rgb += (34 * head.sheen**1.3 * head.face)[..., None] * WARM
    sheet = Canvas(head.size, scale=head.grain, clear=True)
    sheet.px[..., :3] = np.clip(rgb, 0, 255)[..., ::-1].astype(np.uint8)
    sheet.px[..., 3] = (255 * head.whole).astype(np.uint8)
    sheet.px[..., :3] = (sheet.px[..., :3] * head.whole[..., None]).astype(np.uint8)
    return sheet


def _gauze(head, rng):
    """Black crepe wound round the head: folds that run with the brow, a fine weave."""
    x, y = head.x, head.y
    rise = y + 0.0016 * x * x
    crease = raster.blur(rng.standard_normal(rise.shape).astype(np.float32), (46, 1.2))
    crease = crease / crease.std() * 0.5
    fold = np.sin(rise * 0.26 + 1.3 * crease + 0.9 * np.sin(x * 0.017)) * 0.5 + 0.5
    weave = 0.10 * np.sin(x * 2.2) * np.sin(rise * 2.2)
    side = np.clip(0.66 - x / 250 - np.clip(-y - 10, 0, 60) / 90, 0.06, 1)
    tone = (0.30 + 1.5 * fold**4 + weave + 0.10 * crease) * side
    return tone[..., None] * GAUZE * (WARM + 0.25)
