"""Walnuts: their shells, how they hop on a skin that moves, and how they tumble down a roof of tiles."""

import numpy as np

from engine import Canvas, raster
from scenes.kit.solid import HALF, LIGHT, shadow, sheet

COUNT = 120
SIZE = 0.042  # radius, of the skin's
FALL = 3.4  # gravity, skin radii a second squared: slow, as a large thing seen near
BOUNCE = 0.45
THROW = 0.9  # share of the skin's speed that a walnut takes
DRAG = 0.6  # of its speed that rolling loses a second
WALL = 0.955  # how far out a walnut's middle can roll
AWAY, ROOF, SKIN = 0, 1, 2
TURNS, PHASES = 8, 12
NEAR = (1.0, 1.16, 1.36, 1.62, 2.0)  # sizes: how large when how high
DRAWN = 1.4  # the size they are drawn in, to be shrunk to the others
TILT = 0.9  # radians between a nut's seam and the way it rolls
STEPS = 22  # rows of tiles down the roof
CHANNELS = 15


class Walnuts:
    """x, y in skin radii from the skin's middle (on the roof: 0..1 across and down), z height above."""

    def __init__(self, rng, count=COUNT):
        self.rng = rng
        self.where = np.zeros(count, np.int8)
        self.x, self.y, self.z, self.vx, self.vy, self.vz = np.zeros((6, count))
        self.roll = rng.uniform(0, PHASES, count)
        self.spin = np.ones(count)
        self.head = rng.uniform(0, 2 * np.pi, count)
        self.own = rng.uniform(0.90, 1.10, count)
        self.knocks = 0.0  # how hard shells met wood or skin in the last frame, for the ear

    def roofed(self, share):
        """Let go of this share of those that are away, above the top of the roof."""
        idle = np.flatnonzero(self.where == AWAY)
        chosen = idle[self.rng.random(len(idle)) < share]
        n = len(chosen)
        self.where[chosen] = ROOF
        self.x[chosen] = (
            self.rng.integers(1, CHANNELS - 1, n) + 0.5 + self.rng.normal(0, 0.08, n)
        ) / CHANNELS
        self.y[chosen] = -0.05 - 0.25 * self.rng.random(n)
        self.vx[chosen], self.vz[chosen], self.z[chosen] = 0, 0, 0
        self.vy[chosen] = self.rng.uniform(0.10, 0.25, n)

    def pour(self, count, spread=0.55):
        """Drop up to `count` that are not on the skin onto it, from high up."""
        chosen = np.flatnonzero(self.where != SKIN)[:count]
        n = len(chosen)
        r, a = spread * np.sqrt(self.rng.random(n)), self.rng.uniform(0, 2 * np.pi, n)
        self.where[chosen] = SKIN
        self.x[chosen], self.y[chosen] = r * np.cos(a), r * np.sin(a)
        self.z[chosen] = self.rng.uniform(0.25, 1.1, n)
        self.vx[chosen], self.vy[chosen] = self.rng.normal(0, 0.12, (2, n))
        self.vz[chosen] = 0

    def clear(self):
        """Take them all away."""
        self.where[:] = AWAY

    def leave_roof(self):
        """Nobody sees the roof any more: those on it are away."""
        self.where[self.where == ROOF] = AWAY

    @property
    def count(self):
        """How many lie on the skin."""
        return int((self.where == SKIN).sum())

    def hop(self, strength, place=None, reach=0.5):
        """Throw up those that lie near a place (skin radii), or all of them."""
        near = (
            np.ones(len(self.x))
            if place is None
            else np.exp(-(((self.x - place[0]) ** 2 + (self.y - place[1]) ** 2) / reach**2))
        )
        low = (self.where == SKIN) & (self.z < 0.05)
        self.vz[low] += strength * near[low] * self.own[low]
        self.z[low] += 0.02 * near[low] * min(1.0, strength)

    def flick(self, strength):
        """One walnut flies; returns its place."""
        on = np.flatnonzero(self.where == SKIN)
        if not len(on):
            self.pour(1, spread=0.2)
            on = np.flatnonzero(self.where == SKIN)
            self.z[on] = 0.0
        one = on[np.argmin(self.x[on] ** 2 + self.y[on] ** 2 + (self.z[on] > 0.2))]
        self.vz[one] = 1.6 + 1.0 * strength
        self.z[one] = max(self.z[one], 0.16)
        return self.x[one], self.y[one]

    def step(self, dt, membrane, wind=0.0):
        """One frame for all of them."""
        self.knocks = 0.0
        if (self.where == ROOF).any():
            self._tumble(dt, self.where == ROOF)
        if (self.where == SKIN).any():
            self._dance(dt, self.where == SKIN, membrane, wind)

    def _dance(self, dt, on, membrane, wind):
        x, y, z = self.x[on], self.y[on], self.z[on]
        vx, vy, vz = self.vx[on], self.vy[on], self.vz[on]
        shapes = membrane.shapes(x, y)
        rise = 0.10 * (membrane.speed @ shapes)
        low = z <= 0.004
        vz = np.where(low & (rise > 0.15), np.maximum(vz, THROW * rise * self.own[on]), vz)
        kicked = low & (rise > 0.15)
        vx = vx + kicked * self.rng.normal(0, 0.10, len(x)) * rise
        vy = vy + kicked * self.rng.normal(0, 0.10, len(x)) * rise
        vz = vz - FALL * dt
        z = z + vz * dt
        landed = z < 0
        self.knocks = float(np.clip(-vz[landed], 0, 2).sum()) if landed.any() else 0.0
        vz = np.where(landed, np.where(vz < -0.25, -BOUNCE * vz, 0.0), vz)
        z = np.maximum(z, 0)
        keep = np.where(low, np.exp(-DRAG * dt), 1.0)
        vx, vy = vx * keep + wind * dt * 0.3, vy * keep
        x, y = x + vx * dt, y + vy * dt
        x, y, vx, vy = self._part(x, y, z, vx, vy)
        r = np.hypot(x, y)
        out = r > WALL
        nx, ny = x / np.maximum(r, 1e-6), y / np.maximum(r, 1e-6)
        push = np.where(out, np.maximum(vx * nx + vy * ny, 0) * (1 + BOUNCE), 0)
        vx, vy = vx - push * nx, vy - push * ny
        fit = np.where(out, WALL / np.maximum(r, 1e-6), 1)
        self.x[on], self.y[on], self.z[on] = x * fit, y * fit, z
        self.vx[on], self.vy[on], self.vz[on] = vx, vy, vz
        pace = np.hypot(vx, vy)
        moving = pace > 0.02
        heading = np.arctan2(vy, vx)
        self.head[on] = np.where(moving, heading, self.head[on])
        self.roll[on] += (pace / SIZE) * dt * PHASES / (2 * np.pi)

    def _part(self, x, y, z, vx, vy):
        """Push apart those that lie in the same place, and share out their speed along the push."""
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        far2 = dx * dx + dy * dy + 1e-9
        close = (far2 < (2 * SIZE * 0.96) ** 2) & (np.abs(z[:, None] - z[None, :]) < 1.4 * SIZE)
        np.fill_diagonal(close, False)
        if not close.any():
            return x, y, vx, vy
        far = np.sqrt(far2)
        deep = np.where(close, (2 * SIZE * 0.96 - far) / far, 0)
        px, py = (deep * dx).sum(1) * 0.42, (deep * dy).sum(1) * 0.42
        return x + px, y + py, vx + px * 4, vy + py * 4

    def _tumble(self, dt, on):
        x, y, z = self.x[on], self.y[on], self.z[on]
        vx, vy, vz = self.vx[on], self.vy[on], self.vz[on]
        before = np.floor(y * STEPS)
        vy = np.minimum(vy + 0.36 * dt, 0.62) * self.own[on] ** (dt * 0.5)
        y = y + vy * dt
        over = np.floor(y * STEPS) > before  # over the lip of a tile
        vz = np.where(over, np.maximum(vz, 0.7 * vy * self.own[on]), vz)
        vx = vx + over * self.rng.normal(0, 0.045, len(x))
        vx = vx - 3.2 * np.sin((x * CHANNELS - 0.5) * 2 * np.pi) / (2 * np.pi) * dt
        vx *= np.exp(-1.6 * dt)
        x = np.clip(x + vx * dt, 0.02, 0.98)
        vz = vz - 4.5 * dt
        z = z + vz * dt
        hit = z < 0
        self.knocks = float((hit & (vz < -0.15)).sum()) * 0.2
        vz, z = np.where(hit, np.where(vz < -0.2, -BOUNCE * vz, 0), vz), np.maximum(z, 0)
        self.x[on], self.y[on], self.z[on] = x, y, z
        self.vx[on], self.vy[on], self.vz[on] = vx, vy, vz
        self.head[on] = np.arctan2(vy, vx)
        self.roll[on] += vy * 14 * dt * PHASES / (2 * np.pi)
        gone = np.flatnonzero(on)[y > 1.06]
        self.where[gone] = AWAY


class Shells:
    """Pictures of walnuts of one radius (design units): headed any way, rolled by phase, near or far."""

    def __init__(self, scale, radius, drawn=None, *, bright=1.0):
        self.radius = radius
        heads = [head * np.pi / TURNS for head in range(TURNS)]
        self.drawn = drawn or [[shell(scale, radius * DRAWN, h, p) for p in range(PHASES)] for h in heads]
        side = 2.3 * radius * scale
        self.pictures = [
            [[shrunk(picture, side * big, scale, bright) for picture in row] for row in self.drawn]
            for big in NEAR
        ]
        self.shadows = [
            shadow(scale, radius * (1.02 + 0.22 * i), dark=0.62 - 0.10 * i, soft=0.28 + 0.16 * i)
            for i in range(len(NEAR))
        ]

    def choose(self, walnuts, on):
        """Pictures and shadows of those `on`, in the order given by the index array."""
        near = np.minimum((walnuts.z[on] * 5.5 + 0.35).astype(int), len(NEAR) - 1)
        head = np.rint(walnuts.head[on] / np.pi * TURNS).astype(int)
        back = (head // TURNS) % 2 == 1  # headed the other way the same picture rolls backward
        phase = np.where(back, -walnuts.roll[on], walnuts.roll[on]).astype(int) % PHASES
        shells = [self.pictures[n][h][p] for n, h, p in zip(near, head % TURNS, phase, strict=True)]
        return shells, [self.shadows[n] for n in near]


def shrunk(picture, side, scale, bright):
    """The picture `side` pixels wide."""
    side = max(3, round(side))
    out = Canvas((side, side), scale=scale, clear=True)
    raster.fit(picture.px, out.px)
    if bright != 1.0:
        out.px[..., :3] = (out.px[..., :3] * bright).astype(np.uint8)
    return out


def shell(scale, radius, head, phase):
    """One walnut, rolled by `phase` twelfths of a turn toward `head`: two halves, a seam, wrinkled ridges."""
    side = max(5, int(np.ceil(2.3 * radius * scale)) | 1)
    at = ((np.arange(side) - side // 2) / (scale * radius)).astype(np.float32)
    sx, sy = np.meshgrid(at, at)
    c, s = np.cos(head), np.sin(head)
    ahead, across = sx * c + sy * s, -sx * s + sy * c
    rho = np.hypot(ahead, across * 1.08)
    up = np.sqrt(np.clip(1 - rho**2, 0, 1))
    turn = 2 * np.pi * phase / PHASES
    a, b = ahead * np.cos(turn) + up * np.sin(turn), across
    low = -ahead * np.sin(turn) + up * np.cos(turn)
    p = np.stack([a, b * np.cos(TILT) + low * np.sin(TILT), low * np.cos(TILT) - b * np.sin(TILT)])
    dark, bump = furrows(p)
    gy, gx = np.gradient(bump)
    span = scale * radius
    n = np.stack([sx - 0.58 * gx * span, sy - 0.58 * gy * span, up + 0.10], -1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    facing = n @ LIGHT.astype(np.float32)
    lit = 0.15 + 1.02 * np.clip(facing, 0, None)
    colour = np.array([204, 146, 84]) * (1 - dark[..., None] * np.array([0.50, 0.60, 0.70]))
    shine = 40 * np.clip(n @ HALF.astype(np.float32), 0, None) ** 16 * (1 - dark)
    bounce = np.clip(-facing, 0, 1)[..., None] * np.array([46, 34, 20])  # light thrown back by the hide
    rgb = np.clip(colour * lit[..., None] + shine[..., None] + bounce, 0, 255)
    return sheet(scale, rgb, np.clip((1 - rho) * span + 0.5, 0, 1))


def furrows(p):
    """Darkness 0..1 of the wrinkles and height of the ridges at points (3, ...) of the nut."""
    a, b, c = p
    seam = np.exp(-((b / 0.05) ** 2))
    trough = np.exp(-(((np.abs(b) - 0.105) / 0.05) ** 2))
    along = np.arctan2(c, a)
    # furrows run from pole to pole, bent and broken, as on the two halves of a nut
    bent = along + 0.34 * np.sin(5.0 * b + 2.0 * np.sin(along)) + 0.22 * np.sin(3 * along - 7 * b)
    long = np.abs(np.sin(4.5 * bent))
    broken = np.abs(np.sin(7.0 * np.abs(b) + 1.3 * np.sin(3 * along + 1.3)))
    wrinkle = np.clip(1 - 2.6 * np.minimum(long, broken + 0.10), 0, 1)
    pits = np.clip(np.sin(17 * a + 5 * c) * np.sin(15 * c - 4 * b) * np.sin(13 * b + 6 * a) - 0.35, 0, 1)
    dark = np.clip(0.44 * wrinkle + 0.40 * trough + 0.5 * pits, 0, 1) * (1 - seam)
    return dark, 0.20 * seam - 0.09 * trough * (1 - seam) - 0.13 * wrinkle - 0.06 * pits
