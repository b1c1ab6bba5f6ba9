"""The peer picture: 10,000 additive 16-pixel sparks under gravity, with bloom, at 1920x1080.

Run: python -m benchmarks.sparks --frames 240 --json sparks.json
The same picture is drawn by other tools in benchmarks/peers.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np

from engine import Canvas, light
from engine.core.chance import stream

SIZE, COUNT, SPARK = (1920, 1080), 10_000, 16
GRAVITY, DT = 600.0, 1 / 60  # pixels a second squared; a frame
WARM_UP = 30


class Fountain:
    """Sparks thrown up from the lower middle, born again there when they fall out of the picture."""

    def __init__(self, count: int) -> None:
        self.rng = stream(1, "fountain")
        self.place = np.empty((count, 2))
        self.speed = np.empty((count, 2))
        self._bear(np.arange(count))
        self.place += self.speed * self.rng.uniform(0, 1.5, (count, 1))

    def step(self) -> None:
        """One frame of flight."""
        self.speed[:, 1] += GRAVITY * DT
        self.place += self.speed * DT
        self._bear(np.flatnonzero(self.place[:, 1] > SIZE[1] + SPARK))

    def _bear(self, which: np.ndarray) -> None:
        turn, fast = self.rng.uniform(-0.7, 0.7, len(which)), self.rng.uniform(300, 1100, len(which))
        self.place[which] = SIZE[0] / 2, SIZE[1] * 0.85
        self.speed[which] = np.stack([np.sin(turn) * fast, -np.cos(turn) * fast], 1)


def spark() -> Canvas:
    """A soft round spark, 16 pixels across, dim enough that many add up."""
    sheet = Canvas((SPARK, SPARK), scale=1.0)
    x, y = light.coordinates(sheet)
    rho = np.hypot(x - SPARK / 2, y - SPARK / 2) / (SPARK / 2)
    return light.paint(sheet, np.clip(1 - rho, 0, 1) ** 2, (120, 70, 26))


def measure(frames: int) -> list[float]:
    """Milliseconds of each frame: flight, stamping, bloom."""
    canvas, glow = Canvas(SIZE, scale=1.0), light.Bloom(SIZE)
    fountain, sprite = Fountain(COUNT), spark()
    spent = []
    for index in range(frames + WARM_UP):
        begun = time.perf_counter()
        canvas.fill((6, 8, 14))
        fountain.step()
        canvas.stamps(sprite, fountain.place, blend="add")
        glow.apply(canvas)
        if index >= WARM_UP:
            spent.append((time.perf_counter() - begun) * 1000)
    return spent


def main() -> None:
    """Print and, if asked, write p50 and p95."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frames", type=int, default=240)
    arguments.add_argument("--json", type=Path)
    asked = arguments.parse_args()
    spent = measure(asked.frames)
    p50, p95 = (float(np.percentile(spent, q)) for q in (50, 95))
    print(f"xitai: {COUNT:,} sparks and bloom at {SIZE[0]}x{SIZE[1]}: p50 {p50:.2f} ms, p95 {p95:.2f} ms")
    if asked.json:
        asked.json.write_text(
            json.dumps({"name": "xitai", "frames": asked.frames, "ms": {"p50": p50, "p95": p95}})
        )


if __name__ == "__main__":
    main()
