"""Swifts 麻燕 about the tower at dusk: boids that circle it, fly behind it, and come out again."""

import numpy as np

from engine import raster

COUNT, HEADINGS, BEATS = 60, 24, 5
NEAR, SPACE = 85.0, 26.0  # design units: neighbours, and the room each wants
SLOW, FAST = 130.0, 330.0


class Swifts:
    """Places (n, 3): x, y in design units, z towards the eye; all in arrays."""

    def __init__(self, canvas, centre, rng):
        self.centre = np.array([centre[0], centre[1], 0.0])
        turn = rng.uniform(0, 2 * np.pi, COUNT)
        wide = self.wide = rng.uniform(210, 620, COUNT)
        self.high = rng.uniform(-230, 210, COUNT)
        self.at = self.centre + np.column_stack([wide * np.cos(turn), self.high, wide * 0.7 * np.sin(turn)])
        self.speed = np.column_stack([-np.sin(turn), rng.uniform(-0.2, 0.2, COUNT), np.cos(turn)]) * 220
        self.phase = rng.uniform(0, 1, COUNT)
        self.way = np.where(rng.random(COUNT) < 0.78, 1.0, -1.0)
        self.sprites = [
            [
                [_bird(canvas, 2 * np.pi * h / HEADINGS, b / (BEATS - 1), size) for b in range(BEATS)]
                for h in range(HEADINGS)
            ]
            for size in (9.0, 13.0)
        ]

    def scatter(self, x, y, force):
        """Something startled those near (x, y)."""
        away = self.at[:, :2] - (x, y)
        far = np.hypot(*away.T)[:, None]
        self.speed[:, :2] += 420 * force * away / np.maximum(far, 40) * np.exp(-far / 240)

    def step(self, time, dt, wind, lively):
        gap = self.at[None] - self.at[:, None]
        far2 = (gap**2).sum(-1) + np.eye(COUNT) * 1e9
        near = (far2 < NEAR**2).astype(float)
        many = np.maximum(near.sum(1), 1)[:, None]
        pull = (near[..., None] * gap).sum(1) / many
        align = (near[..., None] * self.speed[None]).sum(1) / many - self.speed * (near.sum(1) > 0)[:, None]
        room = (far2 < SPACE**2)[..., None] * gap / np.maximum(far2, 30)[..., None]
        out = self.at - self.centre
        ring = np.hypot(out[:, 0], out[:, 2] / 0.7)[:, None]
        around = (
            np.column_stack([-out[:, 2], 0 * ring[:, 0], out[:, 0]]) / np.maximum(ring, 1) * self.way[:, None]
        )
        hold = -out / np.maximum(ring, 1) * (ring - self.wide[:, None]) * 1.1
        hold[:, 1] = -0.9 * (out[:, 1] - self.high - 60 * np.sin(time * 0.41 + 0.01 * self.wide))
        push = 0.5 * pull + 0.35 * align - 900 * room.sum(1) + 120 * around + hold
        push[:, 0] += 90 * wind
        self.speed += push * dt
        pace = np.linalg.norm(self.speed, axis=1, keepdims=True)
        self.speed *= np.clip(pace, SLOW * (0.8 + 0.6 * lively), FAST * (0.8 + 0.6 * lively)) / np.maximum(
            pace, 1
        )
        self.at += self.speed * dt
        self.phase = (self.phase + dt * (1.1 + 1.6 * (self.speed[:, 1] < 0))) % 1.0

    def draw(self, canvas, *, front, share=1.0):
        """Those before (`front`) or behind the tower."""
        chosen = np.flatnonzero((self.at[:, 2] > 0) == front)
        chosen = chosen[chosen < share * COUNT]
        if not len(chosen):
            return
        heading = np.arctan2(self.speed[chosen, 1], self.speed[chosen, 0])
        h = np.rint(heading / (2 * np.pi) * HEADINGS).astype(int) % HEADINGS
        glide = np.clip(np.sin(self.phase[chosen] * 2 * np.pi) * 1.6, -1, 1)
        b = np.rint((glide + 1) / 2 * (BEATS - 1)).astype(int)
        pictures = [self.sprites[int(front)][i][j] for i, j in zip(h, b, strict=True)]
        raster.stamp_each(canvas, pictures, self.at[chosen, :2])


def _bird(canvas, heading, beat, size):
    """A swift from the side and below: scythe wings, short forked tail; `beat` 0 wings low .. 1 high."""
    sheet = canvas.sheet(2.6 * size, 2.6 * size)
    bank = 0.35 + 0.65 * abs(beat - 0.5) * 2
    c, s = np.cos(heading), np.sin(heading)
    spin = np.array([[c, s], [-s, c]])
    lift = (beat - 0.5) * 0.5

    def put(points, tone):
        at = (np.array(points) * size) @ spin + 1.3 * size
        sheet.polygon(at, tone)

    for side in (-1, 1):
        wing = [
            (0.28, 0.02 * side),
            (0.16, 0.42 * side * bank),
            (-0.42 + lift, 1.02 * side * bank),
            (-0.10, 0.38 * side * bank),
            (-0.12, 0.04 * side),
        ]
        put(wing, (30, 24, 30))
    put(
        [
            (0.56, 0),
            (0.30, 0.11),
            (-0.30, 0.08),
            (-0.72, 0.16),
            (-0.56, 0),
            (-0.72, -0.16),
            (-0.30, -0.08),
            (0.30, -0.11),
        ],
        (24, 19, 24),
    )
    return sheet
