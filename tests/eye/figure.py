"""A person made of cloth and skin, articulated in metres, drawn as a camera would see them.

Units: metres, x to the right of the picture, y up from the floor, z towards the camera.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

WIDTH, HEIGHT = 320, 180
FOCAL = 300.0  # pixels; a lens of 56 degrees across


def noise_texture(rng, size, octaves=4, contrast=1.0):
    """A square tile of smooth noise, mean 0, about -contrast..contrast."""
    tile = np.zeros((size, size), np.float32)
    for k in range(octaves):
        n = 2 ** (k + 2)
        grid = rng.standard_normal((n, n)).astype(np.float32)
        tile += cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC) / (k + 1)
    return tile * (contrast / 2.2)


@dataclass
class Cloth:
    """How one part looks: grey tone 0..255 and a texture tile in grey levels."""

    tone: float
    tile: np.ndarray

    @classmethod
    def woven(cls, rng, tone, contrast, stripes=0.0):
        tile = noise_texture(rng, 64, contrast=contrast)
        if stripes:
            tile += (stripes * np.sign(np.sin(np.arange(64) * 2 * np.pi / 16))[None, :]).astype(np.float32)
        return cls(tone, cv2.GaussianBlur(tile, (0, 0), 0.8))


@dataclass
class Look:
    """One person's build and clothes, drawn by chance."""

    height: float
    girth: float
    light: float  # side the lamp stands on, -1..1
    sleeve: Cloth
    shirt: Cloth
    trousers: Cloth
    skin: Cloth
    hair: Cloth
    loose: float  # how much wider than the arm a sleeve is

    @classmethod
    def of(cls, rng, tone=None, loose=1.0):
        tone = rng.uniform(25, 200) if tone is None else tone
        contrast, stripes = rng.uniform(3, 28), rng.choice([0, 0, 0, 18])
        shirt = Cloth.woven(rng, tone, contrast, stripes)
        skin = Cloth.woven(rng, rng.uniform(110, 215), 6)
        sleeve = Cloth.woven(rng, tone, contrast, stripes) if rng.random() < 0.7 else skin
        trousers = Cloth.woven(rng, rng.uniform(20, 130), rng.uniform(3, 15))
        hair = Cloth.woven(rng, rng.choice([22, 30, 45, 120]), 10)
        build = rng.uniform(1.5, 1.88), rng.uniform(0.85, 1.25), rng.uniform(-1, 1)
        return cls(*build, sleeve, shirt, trousers, skin, hair, loose)


@dataclass
class Pose:
    """Where a body is: every number may change from frame to frame."""

    x: float = 0.0
    z: float = 0.0
    crouch: float = 0.0  # metres the hips are lowered
    lean: float = 0.0  # metres the shoulders are to the side of the hips
    turn: float = 0.0  # radians about the upright axis
    left: np.ndarray = field(default_factory=lambda: np.array([-0.28, -0.52, 0.05]))  # hand from its shoulder
    right: np.ndarray = field(default_factory=lambda: np.array([0.28, -0.52, 0.05]))
    splay: float = 0.0  # how far the fingers of a flat hand are spread, 0 a fist .. 1
    stride: float = 0.0  # phase of walking, radians
    step: float = 0.0  # how much the legs swing, 0 none .. 1 walking
    nod: float = 0.0
    lift: float = 0.0  # metres the floor under the feet is higher than the stage: a raked row, a jump


@dataclass
class Camera:
    """A fixed camera at `distance` metres whose axis is `aim` metres above the floor, `aside` metres to the
    right."""

    distance: float
    aim: float
    aside: float = 0.0

    def project(self, point):
        """(x px, y px, pixels per metre, depth) of a point in metres."""
        depth = max(0.25, self.distance - point[2])
        scale = FOCAL / depth
        return (
            WIDTH / 2 + (point[0] - self.aside) * scale,
            HEIGHT / 2 - (point[1] - self.aim) * scale,
            scale,
            depth,
        )


def elbow(shoulder, hand, upper, lower, side):
    """Elbow of a two-link arm; it hangs down and out, as elbows do."""
    reach = hand - shoulder
    far = np.linalg.norm(reach)
    span = (upper + lower) * 0.999
    if far > span:
        hand, far = shoulder + reach * (span / far), span
    far = max(far, 0.08)
    along = (far**2 + upper**2 - lower**2) / (2 * far)
    rise = np.sqrt(max(0.0, upper**2 - along**2))
    axis = (hand - shoulder) / max(np.linalg.norm(hand - shoulder), 1e-6)
    hang = np.array([0.6 * side, -1.0, -0.25])
    hang -= axis * hang.dot(axis)
    return shoulder + axis * along + hang / max(np.linalg.norm(hang), 1e-6) * rise, hand


def spine(look, pose):
    """Hip and neck, metres."""
    s = look.height / 1.72
    hip = np.array([pose.x, 0.93 * s - pose.crouch + pose.lift, pose.z])
    return hip, hip + np.array([pose.lean, 0.50 * s, 0.0])


def arm(look, pose, side):
    """Shoulder, elbow and wrist of one side, metres."""
    s = look.height / 1.72
    neck = spine(look, pose)[1]
    out = np.array([0.17 * s * np.cos(pose.turn), 0, 0.17 * np.sin(pose.turn)]) * side
    shoulder = neck + out - [0, 0.03 * s, 0]
    hand = turned(pose.left if side < 0 else pose.right, pose.turn)
    joint, wrist = elbow(shoulder, shoulder + hand * s, 0.30 * s, 0.26 * s, side)
    return shoulder, joint, wrist


def parts(look, pose):
    """Tapered rods of the body: (start, end, start radius, end radius, cloth), in metres."""
    s, g = look.height / 1.72, look.girth
    turn = np.cos(pose.turn)
    hip, neck = spine(look, pose)
    head = neck + np.array([0.02 * np.sin(pose.nod), 0.19 * s, 0.02])
    rods = [
        (
            hip + [0, 0, 0.05],
            hip + (neck - hip) * 0.78,
            0.145 * g * s,
            0.165 * g * s * (0.75 + 0.25 * abs(turn)),
            look.shirt,
        ),
        (neck, head, 0.055 * s, 0.06 * s, look.skin),
        (head + [0, 0.045 * s, -0.03], head + [0, 0.07 * s, -0.02], 0.102 * s, 0.10 * s, look.hair),
        (head - [0, 0.035, 0], head + [0, 0.035 * s, 0.01], 0.085 * s, 0.088 * s, look.skin),
    ]
    for side in (-1, 1):
        swing = pose.step * 0.35 * np.sin(pose.stride + (np.pi if side > 0 else 0))
        hipside = hip + np.array([0.09 * s * side * turn, 0, 0])
        knee = hipside + np.array([swing * 0.45 * s, -0.43 * s + pose.crouch * 0.45, pose.crouch * 0.5])
        lift = max(0.0, np.cos(pose.stride + (np.pi if side > 0 else 0))) * pose.step * 0.10
        foot = np.array([hipside[0] + swing * 0.95 * s, 0.06 + lift + pose.lift, pose.z])
        rods.append((hipside, knee, 0.095 * g * s, 0.065 * g * s, look.trousers))
        rods.append((knee, foot, 0.06 * g * s, 0.05 * s, look.trousers))
        shoulder, joint, wrist = arm(look, pose, side)
        rods.append((neck - [0, 0.05, 0], shoulder, 0.075 * s, 0.07 * s, look.shirt))
        wide = look.loose
        rods.append((shoulder, joint, 0.06 * g * s, 0.048 * g * s * (1 + wide) / 2, look.shirt))
        rods.append((joint, wrist, 0.047 * g * s * wide**0.5, 0.035 * s * wide, look.sleeve))
        rods += fingers(wrist, wrist - joint, s, pose.splay, side, look.skin)
    return rods


def turned(vector, angle):
    """A vector after the body has turned about its upright axis."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([vector[0] * c - vector[2] * s, vector[1], vector[0] * s + vector[2] * c])


def fingers(wrist, forearm, s, splay, side, skin):
    """A hand: a palm, and from it four fingers and a thumb, spread by `splay` 0..1."""
    along = forearm / max(np.linalg.norm(forearm), 1e-6)
    palm = wrist + along * 0.09 * s
    rods = [(wrist, palm, 0.034 * s, 0.042 * s, skin)]
    if splay <= 0:
        return [*rods, (palm, palm + along * 0.02 * s, 0.043 * s, 0.04 * s, skin)]
    across = np.array([-along[1], along[0], 0.0])
    for k in (-1.5, -0.5, 0.5, 1.5):
        way = along + across * (0.28 * splay * k)
        root = palm + across * 0.020 * s * k
        rods.append((root, root + way * (0.085 - 0.008 * abs(k)) * s, 0.011 * s, 0.008 * s, skin))
    thumb = along * 0.05 - across * side * 0.055 * splay
    rods.append((wrist + along * 0.03 * s, wrist + (along * 0.03 + thumb) * s, 0.014 * s, 0.010 * s, skin))
    return rods


def draw_rod(picture, camera, rod, light):
    """Draw one tapered rod with its cloth, round shading and soft edge into a float picture."""
    a, b, ra, rb, cloth = rod
    ax, ay, sa, _ = camera.project(a)
    bx, by, sb, _ = camera.project(b)
    ra, rb = ra * sa, rb * sb
    big = max(ra, rb) + 1.5
    x0, x1 = int(max(0, min(ax, bx) - big)), int(min(WIDTH, max(ax, bx) + big + 1))
    y0, y1 = int(max(0, min(ay, by) - big)), int(min(HEIGHT, max(ay, by) + big + 1))
    if x0 >= x1 or y0 >= y1:
        return
    px = np.arange(x0, x1, dtype=np.float32)[None, :] - np.float32(ax)
    py = np.arange(y0, y1, dtype=np.float32)[:, None] - np.float32(ay)
    dx, dy = bx - ax, by - ay
    size = max(np.hypot(dx, dy), 1e-3)
    along = (px * dx + py * dy) / size
    across = (py * dx - px * dy) / size
    t = np.clip(along / size, 0, 1)
    over = along - t * size
    radius = ra + (rb - ra) * t
    cover = np.clip(radius - np.sqrt(over * over + across * across) + 0.5, 0, 1)
    rim = np.clip(across / np.maximum(radius, 0.5), -1, 1)
    shade = 0.62 + 0.38 * np.sqrt(1 - rim * rim) + 0.12 * light * rim
    metre = 64 / 0.5 / sa
    tile = cv2.remap(
        cloth.tile,
        np.mod(across * metre + 32, 63).astype(np.float32),
        np.mod(along * metre, 63).astype(np.float32),
        cv2.INTER_LINEAR,
    )
    under = picture[y0:y1, x0:x1]
    under += cover * ((cloth.tone + tile) * shade - under)


def draw(picture, camera, look, pose):
    """Draw one person into a float32 picture (180, 320), the far parts first."""
    rods = sorted(parts(look, pose), key=lambda rod: rod[0][2] + rod[1][2])
    for rod in rods:
        draw_rod(picture, camera, rod, look.light)
