"""Two smiths of the iron: one lifts the ladle, one strikes with a wooden board; dark shapes the spray lights.

Padded coat, a sheepskin worn wool outward over it, a broad felt hat pulled down against falling iron.
"""

import tomllib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine import Canvas, light, raster

POSES = 19  # drawn for one stroke of each smith; odd, so that one of them is the blow itself
BOX = (1.9, 1.94)  # width and height of a pose's sheet, in heights of a man
FEET = (0.95, 1.78)  # where the feet stand in it
LADLE, BOARD = 0.64, 0.60  # length beyond the hands
MEN = ("striker", "bearer")


def read_smiths(path):
    """Key poses of both men by phase; ValueError names file, entry and reason."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    keys = {}
    for man in MEN:
        poses = data.get(man, [])
        phases = [p.get("phase", -1) for p in poses]
        if len(poses) < 2 or phases != sorted(phases) or phases[0] != 0 or phases[-1] != 2:
            raise ValueError(f"{path}: {man}: phases must rise from 0 to 2, found {phases}")
        rows = []
        for i, p in enumerate(poses):
            values = [p.get("lean"), p.get("crouch"), *(p.get("hand") or [None, None]), p.get("tool")]
            if not all(isinstance(v, int | float) for v in values):
                raise ValueError(
                    f"{path}: {man} {i + 1}: needs lean, crouch, hand [x, y] and tool as numbers"
                )
            rows.append(values)
        keys[man] = (np.array(phases, float), np.array(rows, float))
    return keys


@dataclass(frozen=True)
class Pose:
    """Joints of one man in heights of a man, facing right, y up."""

    lean: float
    crouch: float
    hand: tuple
    tool: float

    @classmethod
    def at(cls, keys, phase):
        """Between the two nearest key poses, easing in and out of each."""
        phases, rows = keys
        i = int(np.clip(np.searchsorted(phases, phase, "right") - 1, 0, len(phases) - 2))
        t = np.clip((phase - phases[i]) / (phases[i + 1] - phases[i]), 0, 1)
        t = t * t * (3 - 2 * t)
        lean, crouch, x, y, tool = rows[i] + (rows[i + 1] - rows[i]) * t
        return cls(np.radians(lean), crouch, (x, y), np.radians(tool))

    def torso(self, forward, up):
        """A point of the upper body: `up` from the hips along the lean."""
        s, c = np.sin(self.lean), np.cos(self.lean)
        return (s * up + c * forward - self.crouch * 0.5, 0.47 - self.crouch + c * up - s * forward)

    def tip(self, length):
        """The tool's far end."""
        return (self.hand[0] + length * np.cos(self.tool), self.hand[1] + length * np.sin(self.tool))


def _limb(a, b, wide_a, wide_b):
    """A tapering limb from a to b with round ends."""
    a, b = np.array(a, float), np.array(b, float)
    turn = np.arctan2(*(b - a)[::-1])
    back, front = np.linspace(np.pi / 2, 3 * np.pi / 2, 9), np.linspace(-np.pi / 2, np.pi / 2, 9)
    ends = [a + wide_a * np.array([np.cos(turn + k), np.sin(turn + k)]) for k in back]
    return np.array(ends + [b + wide_b * np.array([np.cos(turn + k), np.sin(turn + k)]) for k in front])


def _elbow(shoulder, hand, upper, lower, side):
    """Where the elbow bends between a shoulder and a hand."""
    s, h = np.array(shoulder), np.array(hand)
    d = h - s
    far = min(float(np.hypot(*d)), (upper + lower) * 0.999)
    u = d / max(1e-6, float(np.hypot(*d)))
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    out = np.sqrt(max(0.0, upper**2 - along**2)) * side
    elbow = s + u * along + np.array([u[1], -u[0]]) * out
    return elbow, s + u * far


def _ragged(points, rng, depth):
    """The outline with locks of wool: more points, each in or out a little."""
    p = np.array(points, float)
    q = np.concatenate([p, p[:1]])
    more = np.concatenate(
        [np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / 0.017)), endpoint=False) for a, b in pairwise(q)]
    )
    middle = more.mean(0)
    out = (more - middle) / np.maximum(1e-6, np.hypot(*(more - middle).T))[:, None]
    return more + out * (rng.uniform(-0.35, 1.0, len(more)) * depth)[:, None]


def outlines(pose, man, rng):
    """{part: list of outlines} in heights of a man, back to front."""
    hip = pose.torso(0, 0)
    legs, boots = [], []
    for foot, knee_out in ((-0.19, 0.0), (0.17, 0.075)):
        ankle = (foot, 0.055)
        knee = ((hip[0] + foot) / 2 + knee_out + pose.crouch * 0.8, 0.27 - pose.crouch * 0.3)
        legs += [_limb((hip[0] + foot * 0.35, hip[1]), knee, 0.066, 0.054), _limb(knee, ankle, 0.054, 0.036)]
        boots.append([(foot + px, py) for px, py in BOOT])
    t = pose.torso
    hem = [
        (hip[0] - 0.19, hip[1] - 0.20),
        (hip[0] - 0.08, hip[1] - 0.245),
        (hip[0] + 0.05, hip[1] - 0.225),
        (hip[0] + 0.165, hip[1] - 0.175),
    ]
    coat = [*hem, *(t(*p) for p in COAT)]
    skin = _ragged([t(*p) for p in FLEECE], rng, 0.02)
    head = t(0.02, 0.425)
    face = [
        np.array(head) + 0.052 * np.array([np.cos(k), 1.15 * np.sin(k)])
        for k in np.linspace(0, 2 * np.pi, 20)
    ]
    return {
        "boots": boots,
        "legs": legs,
        "far arm": _arm(pose, (0.05, 0.30), 0.0, 1),
        "tool": _tool(pose, man),
        "coat": [coat],
        "neck": [_limb(t(0.0, 0.33), head, 0.04, 0.035), face],
        "skin": [skin],
        "hat": _hat(t, 0.02),
        "near arm": _arm(pose, (-0.055, 0.285), -0.13, 1),
    }


def _arm(pose, shoulder, back, side):
    s = pose.torso(*shoulder)
    grip = (pose.hand[0] + back * np.cos(pose.tool), pose.hand[1] + back * np.sin(pose.tool))
    elbow, hand = _elbow(s, grip, 0.185, 0.185, side)
    return [
        _limb(s, elbow, 0.062, 0.05),
        _limb(elbow, hand, 0.052, 0.036),
        _limb(hand, hand + 0.01, 0.03, 0.03),
    ]


def _hat(t, x):
    brim = [
        *((x - 0.185, 0.405), (x - 0.165, 0.425), (x - 0.08, 0.462), (x + 0.08, 0.462)),
        *((x + 0.165, 0.41), (x + 0.19, 0.385), (x + 0.09, 0.415), (x - 0.08, 0.425)),
    ]
    crown = [
        *((x - 0.08, 0.45), (x - 0.072, 0.50), (x - 0.045, 0.527), (x + 0.03, 0.53)),
        *((x + 0.066, 0.505), (x + 0.08, 0.45)),
    ]
    brim, crown = [t(*p) for p in brim], [t(*p) for p in crown]
    return [brim, crown]


def _tool(pose, man):
    hand, c, s = np.array(pose.hand), np.cos(pose.tool), np.sin(pose.tool)

    def at(along, across):
        return tuple(hand + (along * c - across * s, along * s + across * c))

    if man == "striker":
        grip = _limb(at(-0.20, 0), at(0.16, 0), 0.016, 0.018)
        return [
            grip,
            [
                at(0.13, 0.03),
                at(0.18, 0.052),
                at(BOARD, 0.064),
                at(BOARD + 0.012, 0.0),
                at(BOARD, -0.064),
                at(0.18, -0.052),
                at(0.13, -0.03),
            ],
        ]
    grip = _limb(at(-0.34, 0), at(LADLE - 0.06, 0), 0.012, 0.010)
    bowl = [(LADLE + 0.075 * np.cos(k), 0.004 + 0.062 * np.sin(k)) for k in np.linspace(np.pi, 2 * np.pi, 11)]
    end = np.array(at(LADLE, 0))
    return [grip, [tuple(end + (px - LADLE, py)) for px, py in bowl]]  # the bowl hangs level


BOOT = (
    *((-0.045, 0.004), (-0.05, 0.05), (-0.046, 0.10), (0.042, 0.10), (0.05, 0.062), (0.088, 0.046)),
    *((0.112, 0.026), (0.114, 0.006), (0.09, 0.0), (-0.03, 0.0)),
)
COAT = (
    *((0.115, -0.02), (0.10, 0.05), (0.125, 0.19), (0.105, 0.29), (0.045, 0.345)),
    *((-0.05, 0.345), (-0.12, 0.29), (-0.14, 0.17), (-0.11, 0.04), (-0.13, -0.03)),
)
FLEECE = (
    *((-0.165, -0.12), (-0.06, -0.155), (0.05, -0.15), (0.145, -0.11), (0.11, 0.02), (0.145, 0.18)),
    *((0.115, 0.295), (0.05, 0.35), (-0.06, 0.35), (-0.13, 0.29), (-0.155, 0.16), (-0.115, 0.03)),
)
TONES = {
    "boots": 0.30,
    "legs": 0.34,
    "far arm": 0.36,
    "tool": 0.62,
    "coat": 0.42,
    "neck": 0.66,
    "skin": 0.80,
    "hat": 0.55,
    "near arm": 0.46,
}
CLOTH = {"skin": (1.0, 0.93, 0.80), "tool": (1.0, 0.80, 0.58), "neck": (1.0, 0.72, 0.55)}


class Figure:
    """One pose as a picture: it hides what is behind it and sends back the light that falls on it."""

    def __init__(self, shape, form, scale, feet, tip):
        rows, columns = np.flatnonzero(shape.any(1)), np.flatnonzero(shape.any(0))
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        size = (right - left, bottom - top)
        self.form, self._lit = (Canvas(size, scale=scale, clear=True) for _ in range(2))
        self.form.px[..., :3] = np.clip(form[top:bottom, left:right, ::-1] * 255, 0, 255)
        self.form.px[..., 3] = shape[top:bottom, left:right]
        self.anchor = ((feet[0] - left) / size[0], (feet[1] - top) / size[1])
        self.tip = tip

    def stamp(self, canvas, place, colour):
        """Stand at `place` in light of this colour."""
        np.copyto(self._lit.px, self.form.px)
        light.wash(self._lit, colour)
        canvas.stamp(self._lit, place, anchor=self.anchor)


def figures(canvas, keys, man, heights, rng):
    """{height: {facing: POSES figures}} of one man; drawn at the greatest height, the rest made smaller."""
    tallest = max(heights)
    drawn = {height: {1: [], -1: []} for height in heights}
    for i in range(POSES):
        pose = Pose.at(keys[man], 2 * i / (POSES - 1))
        shape, form, scale = _draw(canvas, outlines(pose, man, rng), tallest, rng)
        x, y = pose.tip(LADLE if man == "bearer" else BOARD * 0.7)
        for height, facings in drawn.items():
            small = height / tallest
            size = (max(1, round(shape.shape[1] * small)), max(1, round(shape.shape[0] * small)))
            feet = np.array(FEET) / BOX * size
            cover, lit = raster.resize(shape, size), raster.resize(form, size)
            facings[1].append(Figure(cover, lit, scale, feet, (x * height, -y * height)))
            feet = (size[0] - feet[0], feet[1])
            facings[-1].append(Figure(cover[:, ::-1], lit[:, ::-1], scale, feet, (-x * height, -y * height)))
    return drawn


def _draw(canvas, parts, height, rng):
    """Coverage, lit form 0..1 (h, w, 3) and scale of a pose."""
    sheet = canvas.sheet(BOX[0] * height, BOX[1] * height)
    shape = np.zeros(sheet.px.shape[:2], np.uint8)
    form = np.zeros((*shape.shape, 3), np.float32)
    cover = sheet.px[..., 0]
    for part, polygons in parts.items():
        placed = [(np.array(p, float) * (1, -1) + FEET) * height for p in polygons]
        corners = np.concatenate(placed) * sheet.scale
        (left, top), (right, bottom) = corners.min(0).astype(int) - 6, corners.max(0).astype(int) + 7
        piece = np.s_[max(0, top) : bottom, max(0, left) : right]
        sheet.px[piece] = 0
        for p in placed:
            sheet.polygon(p, (255, 255, 255))
        solid = cover[piece].astype(np.float32) / 255
        np.maximum(shape[piece], cover[piece], out=shape[piece])
        tone = _form(solid, part, height * sheet.scale, rng) * solid
        cloth = np.array(CLOTH.get(part, (1, 0.9, 0.8)), np.float32)
        form[piece] = form[piece] * (1 - solid)[..., None] + tone[..., None] * cloth
    return shape, form, sheet.scale


def _form(solid, part, pixels, rng):
    """Round the part: bright where it turns up and toward the spray, wool in locks."""
    puff = raster.blur(solid, max(0.7, pixels * (0.006 if part == "tool" else 0.014)))
    gy, gx = np.gradient(puff)
    edge = np.clip(gy * pixels * 0.055, 0, 1.4) + np.clip(-gx * pixels * 0.05, 0, 1.2)
    edge += 0.22 * np.clip(gx * pixels * 0.05, 0, 1)
    tone = TONES[part] * ((0.30 if part == "tool" else 0.09) + 1.2 * edge)
    if part == "skin":
        tone = tone * 0.8 + 0.05
        locks = raster.blur(
            rng.standard_normal(solid.shape), (max(0.6, pixels * 0.0035), max(0.7, pixels * 0.008))
        )
        tone *= np.clip(1 + 0.6 * locks / max(1e-6, float(locks.std())), 0.1, 2.2)
    return np.clip(tone, 0, 1)
