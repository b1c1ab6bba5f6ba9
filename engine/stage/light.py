"""Full-frame light: bloom, lamps, vignettes, still grain. Sheets are made once, frames only blend."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from engine.stage.canvas import Canvas, Place
from engine.stage.ink import Colour

Field = npt.NDArray[np.float32]


class Bloom:
    """Glow around what is bright, at a quarter of the resolution; owns its buffers, allocates nothing.

    spread    blur in design units
    strength  0..1 of the blurred picture that is added back
    """

    def __init__(self, size: tuple[int, int], *, spread: float = 18.0, strength: float = 0.8) -> None:
        w, h = size
        self.strength = strength
        self._sigma = max(0.6, spread * h / 1080 / 4)
        self._half = np.empty((max(1, h // 2), max(1, w // 2), 4), np.uint8)
        self._quarter = np.empty((max(1, h // 4), max(1, w // 4), 4), np.uint8)
        self._glow = Canvas(size)

    def apply(self, canvas: Canvas) -> None:
        """Add the glow to `canvas` in place."""
        half, quarter = self._half, self._quarter
        # two exact halvings are three times cheaper than one area resize by four
        cv2.resize(canvas.px, half.shape[1::-1], dst=half, interpolation=cv2.INTER_AREA)
        cv2.resize(half, quarter.shape[1::-1], dst=quarter, interpolation=cv2.INTER_AREA)
        cv2.GaussianBlur(quarter, (0, 0), self._sigma, dst=quarter)
        if self.strength != 1.0:
            cv2.convertScaleAbs(quarter, dst=quarter, alpha=self.strength)
        glow = self._glow.px
        cv2.resize(quarter, glow.shape[1::-1], dst=glow, interpolation=cv2.INTER_LINEAR)
        canvas.stamp(self._glow, (0, 0), blend="add", anchor=(0, 0))


def coordinates(canvas: Canvas) -> tuple[Field, Field]:
    """Design-unit x (1, w) and y (h, 1) of every pixel centre, to broadcast in formulas at setup."""
    h, w = canvas.px.shape[:2]
    x = (np.arange(w, dtype=np.float32) + 0.5) / np.float32(canvas.scale)
    y = (np.arange(h, dtype=np.float32) + 0.5) / np.float32(canvas.scale)
    return x[None, :], y[:, None]


def paint(canvas: Canvas, field: Field, colour: Colour = (255, 255, 255)) -> Canvas:
    """Fill a canvas with `colour` times a field (h, w) or (h, w, 3 RGB) of 0..1; for setup, not frames."""
    rgb = field[..., None] if field.ndim == 2 else field
    tinted = np.clip(rgb * np.asarray(colour, np.float32), 0, 255)
    canvas.px[..., :3] = tinted[..., ::-1].astype(np.uint8)
    canvas.px[..., 3] = 255
    return canvas


def lamp(canvas: Canvas, place: Place, radius: float, *, falloff: float = 1.1) -> Field:
    """exp(-falloff rho^2) about `place`, rho = distance / radius: a soft lamp behind the picture."""
    x, y = coordinates(canvas)
    rho2 = ((x - place[0]) ** 2 + (y - place[1]) ** 2) / np.float32(radius**2)
    return np.exp(-np.float32(falloff) * rho2)


def grain(canvas: Canvas, rng: np.random.Generator, *, stretch: tuple[float, float] = (1.0, 1.0)) -> Field:
    """Still noise with mean 0 and standard deviation 1, blurred by `stretch` (x, y) design units."""
    h, w = canvas.px.shape[:2]
    noise = rng.standard_normal((h, w), dtype=np.float32)
    sx, sy = (max(0.3, s * canvas.scale) for s in stretch)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigmaX=sx, sigmaY=sy), np.float32)
    return (soft - soft.mean()) / np.float32(max(1e-6, float(soft.std())))


def clouds(canvas: Canvas, rng: np.random.Generator, *, size: float = 60.0, octaves: int = 3) -> Field:
    """Smooth noise 0..1 in octaves, the largest blobs `size` design units wide."""
    h, w = canvas.px.shape[:2]
    total = np.zeros((h, w), np.float32)
    for octave in range(octaves):
        cell = max(2.0, size * canvas.scale / 2**octave)
        grid = rng.random((int(h / cell) + 3, int(w / cell) + 3), dtype=np.float32)
        total += cv2.resize(grid, (w, h), interpolation=cv2.INTER_CUBIC) / 2**octave
    low, high = float(total.min()), float(total.max())
    return (total - low) / max(1e-6, high - low)


def wash(canvas: Canvas, colour: Colour) -> None:
    """Multiply the whole picture by one colour in place, as a gel before the lamp; cheap."""
    canvas.surface.fill(colour, special_flags=pygame.BLEND_RGB_MULT)
