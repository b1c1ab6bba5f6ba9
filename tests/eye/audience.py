"""A seated and standing crowd in raked rows, seen from the stage; every zone does what it is told."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.core.chance import stream

from .backdrop import backdrop
from .figure import HEIGHT, WIDTH, Camera, Look, Pose, parts
from .scripts import REST, UP

ROWS, SEATS = 4, 9
BALCONY = 25  # pixels from the top


def balustrade(picture, rng):
    """The front of a balcony along the top of a picture (180, 320): a rail, a ledge, and posts between."""
    tone = float(picture.mean()) + rng.choice([-1, 1]) * rng.uniform(6, 20)
    post, gap = rng.uniform(1.5, 4), rng.uniform(8, 16)
    big = cv2.resize(picture[:BALCONY], (WIDTH * 4, BALCONY * 4), interpolation=cv2.INTER_LINEAR)
    for top, high in ((8, 12), (78, 20)):
        big[top : top + high] = tone
    for x in np.arange(rng.uniform(0, gap), WIDTH, gap):
        big[20:78, int(4 * x) : int(4 * (x + post))] = tone
    picture[:BALCONY] = np.clip(cv2.resize(big, (WIDTH, BALCONY), interpolation=cv2.INTER_AREA), 2, 235)


@dataclass
class Guest:
    look: Look
    x: float
    z: float
    rake: float
    third: int
    late: float
    eager: float
    sway: np.ndarray


class Audience:
    """36 people. `acts` are (name, start, end, thirds): hands, jump, wave, lean; `lean` is known exactly.
    Behind them is a wall, with a balcony or without."""

    def __init__(self, seed, acts=(), fps=30, seconds=8.0, *, balcony=False):
        rng = stream(seed, "audience")
        self.fps, self.seconds, self.acts = fps, seconds, acts
        self.camera = Camera(9.0, 2.0)
        self.back = backdrop(rng) * 0.5
        if balcony:
            balustrade(self.back, stream(seed, "balcony"))
        self.guests = []
        for row in range(ROWS - 1, -1, -1):
            for seat in range(SEATS):
                x = (seat - (SEATS - 1) / 2) * 0.95 + rng.normal(0, 0.05)
                z = -row * 1.0 + rng.normal(0, 0.05)
                third = min(2, seat * 3 // SEATS)
                self.guests.append(
                    Guest(Look.of(rng), x, z, row * 0.55, third, rng.uniform(0, 0.12), rng.uniform(0.7, 1.2),
                          rng.uniform(0, 6.28, 4))
                )  # fmt: skip

    def __len__(self):
        return int(self.seconds * self.fps)

    def lean(self, t):
        """Metres the shoulders are to the right, the truth of the whole house."""
        total = 0.0
        for name, start, end, _ in self.acts:
            if name == "lean" and start < t < end:
                edge = min(1.0, (t - start) / 0.5, (end - t) / 0.5)
                total += 0.28 * edge * np.sin(2 * np.pi * 0.35 * (t - start))
        return total

    def pose(self, guest, t):
        pose = Pose(guest.x + 0.01 * np.sin(0.7 * t + guest.sway[0]), guest.z, lift=guest.rake)
        pose.lean = self.lean(t - guest.late) * guest.eager + 0.012 * np.sin(0.9 * t + guest.sway[1])
        pose.left, pose.right = REST * [-1, 1, 1], REST.copy()
        for name, start, end, thirds in self.acts:
            if guest.third not in thirds or not start + guest.late < t < end + guest.late:
                continue
            u = (t - guest.late - start) / (end - start)
            if name == "hands":
                up = min(1.0, u * (end - start) / 0.4, (1 - u) * (end - start) / 0.4)
                up = up**2 * (3 - 2 * up)
                place = REST + (UP - REST) * up + [0, 0, 0.15 * np.sin(np.pi * up)]
                pose.left, pose.right = place * [-1, 1, 1], place
            elif name == "jump":
                pose.lift += 0.28 * guest.eager * abs(np.sin(np.pi * u * (end - start) / 0.55))
            elif name == "wave":
                swing = 0.25 * np.sin(2 * np.pi * 1.1 * (t - start))
                pose.left, pose.right = UP * [-1, 1, 1] + [swing, 0, 0], UP + [swing, 0, 0]
        return pose

    def picture(self, t):
        """Drawn at twice the size with plain strokes: nobody is larger than a thumb."""
        big = cv2.resize(self.back, (WIDTH * 2, HEIGHT * 2)).astype(np.uint8)
        for guest in self.guests:
            for rod in sorted(parts(guest.look, self.pose(guest, t)), key=lambda rod: rod[0][2] + rod[1][2]):
                self.stroke(big, rod)
        return cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)

    def stroke(self, big, rod):
        a, b, ra, rb, cloth = rod
        (ax, ay, scale, _), (bx, by, _, _) = self.camera.project(a), self.camera.project(b)
        ends = [(round(x * 32), round(y * 32)) for x, y in ((ax, ay), (bx, by))]
        width = max(1, round((ra + rb) * scale * 2))
        cv2.line(big, *ends, float(cloth.tone), width, cv2.LINE_AA, shift=4)

    def frames(self):
        for k in range(len(self)):
            yield k / self.fps, self.picture(k / self.fps)
