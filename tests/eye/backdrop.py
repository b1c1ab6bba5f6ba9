"""What is behind a person: a room or a stage that rests, and sometimes something in it that never does."""

from __future__ import annotations

import cv2
import numpy as np

from .figure import HEIGHT, WIDTH, noise_texture

Y, X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)


def backdrop(rng):
    """Soft folds of a curtain, some furniture, uneven light; float32 (180, 320)."""
    base = rng.uniform(25, 120)
    picture = np.full((HEIGHT, WIDTH), base, np.float32)
    if rng.random() < 0.6:
        picture += rng.uniform(4, 18) * np.sin(X * rng.uniform(0.1, 0.4) + 2 * np.sin(X * 0.03))
    picture += cv2.resize(noise_texture(rng, 256, 5, rng.uniform(4, 20)), (WIDTH, HEIGHT))
    for _ in range(rng.integers(0, 6)):
        cx, cy = rng.integers(0, WIDTH), rng.integers(0, HEIGHT)
        w, h = rng.integers(10, 80), rng.integers(10, 60)
        cv2.rectangle(
            picture, (int(cx), int(cy)), (int(cx + w), int(cy + h)), base + rng.uniform(-25, 45), -1
        )
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.8))
    lamp = np.exp(-(((X - rng.uniform(0, WIDTH)) / 220) ** 2) - ((Y - rng.uniform(0, HEIGHT)) / 160) ** 2)
    return np.clip(picture * (0.7 + 0.5 * lamp), 4, 235)


class Resting:
    """A backdrop that never changes."""

    def __init__(self, rng):
        self.plane = backdrop(rng)

    def __call__(self, t):
        return self.plane


class Curtain(Resting):
    """A curtain in a draught: part of it sways by a few pixels."""

    def __init__(self, rng):
        super().__init__(rng)
        left = rng.uniform(0, WIDTH * 0.6)
        self.part = np.exp(-(((X - left - 50) / 50) ** 2)) * (Y / HEIGHT)
        self.swing, self.hertz, self.phase = rng.uniform(1, 4), rng.uniform(0.2, 0.6), rng.uniform(0, 6)

    def __call__(self, t):
        way = self.swing * np.sin(2 * np.pi * self.hertz * t + self.phase + Y * 0.02)
        return cv2.remap(self.plane, X + self.part * way, Y, cv2.INTER_LINEAR)


class Screen(Resting):
    """A screen on the wall that shows a film: soft things cross it, and it cuts."""

    def __init__(self, rng):
        super().__init__(rng)
        self.left, self.top = int(rng.choice([4, 220])), int(rng.integers(4, 60))
        self.rng = np.random.Generator(np.random.PCG64(int(rng.integers(1 << 30))))
        self.film = [cv2.resize(noise_texture(self.rng, 128, 3, 50), (400, 120)) for _ in range(4)]
        self.pace, self.cut = rng.uniform(8, 40), rng.uniform(1.2, 4)

    def __call__(self, t):
        k, since = divmod(t, self.cut)
        film = self.film[int(k) % 4]
        shift = np.float32([[1, 0, -self.pace * since], [0, 1, -4 * since]])
        shown = cv2.warpAffine(film, shift, (96, 54), borderMode=cv2.BORDER_REFLECT_101)
        picture = self.plane.copy()
        picture[self.top : self.top + 54, self.left : self.left + 96] = 90 + shown
        return picture


class Leaves(Resting):
    """A window with leaves in the wind: many small things tremble."""

    def __init__(self, rng):
        super().__init__(rng)
        self.left, self.top = int(rng.integers(0, 220)), int(rng.integers(0, 60))
        self.leaves = noise_texture(rng, 128, 5, 40)[:90, :90]
        self.phase = cv2.resize(noise_texture(rng, 32, 2, 3.0), (90, 90))
        self.wind = rng.uniform(0.6, 2.0)

    def __call__(self, t):
        y, x = np.mgrid[0:90, 0:90].astype(np.float32)
        dx = self.wind * np.sin(2.2 * t + self.phase * 3) + 0.4 * self.wind * np.sin(9 * t + self.phase * 9)
        seen = cv2.remap(
            self.leaves, x + dx.astype(np.float32), y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        picture = self.plane.copy()
        picture[self.top : self.top + 90, self.left : self.left + 90] = 110 + seen
        return picture


LIVING = (Curtain, Screen, Leaves)
