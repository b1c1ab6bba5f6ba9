"""The peer picture in arcade: 10,000 additive 16-pixel sparks under gravity, with bloom, at 1920x1080.

Run by benchmarks/peers/run.py in an environment of its own that has arcade, inside Xvfb with software GL.
"""

from __future__ import annotations

import argparse
import json
import math
import random  # noqa: TID251 - arcade's users draw chance this way, and the engine is not imported here
import time
from pathlib import Path

import arcade
from arcade.experimental.bloom_filter import BloomFilter

WIDTH, HEIGHT, COUNT, SPARK = 1920, 1080, 10_000, 16
GRAVITY, DT, WARM_UP = 600.0, 1 / 60, 2
PATIENCE = 30_000  # milliseconds; what is slower stops early, after three frames at least


class Fountain(arcade.Window):
    """Sparks thrown up from the lower middle; every spark a sprite of one list, drawn in one call."""

    def __init__(self) -> None:
        super().__init__(WIDTH, HEIGHT, "sparks", vsync=False)
        self.chance = random.Random(1)
        texture = arcade.make_soft_circle_texture(SPARK, (120, 70, 26), 255, 0)
        self.sparks = arcade.SpriteList(capacity=COUNT)
        for _ in range(COUNT):
            spark = arcade.Sprite(texture)
            self.bear(spark)
            age = self.chance.uniform(0, 1.5)
            spark.position = spark.center_x + spark.change_x * age, spark.center_y + spark.change_y * age
            self.sparks.append(spark)
        self.bloom = BloomFilter(WIDTH, HEIGHT, 8.0)

    def bear(self, spark: arcade.Sprite) -> None:
        """Throw one spark up."""
        turn, fast = self.chance.uniform(-0.7, 0.7), self.chance.uniform(300, 1100)
        spark.position = WIDTH / 2, HEIGHT * 0.15
        spark.change_x, spark.change_y = math.sin(turn) * fast, math.cos(turn) * fast

    def fly(self) -> None:
        """One frame of flight."""
        for spark in self.sparks:
            spark.change_y -= GRAVITY * DT
            x, y = spark.position
            spark.position = x + spark.change_x * DT, y + spark.change_y * DT
            if y < -SPARK:
                self.bear(spark)

    def paint(self, bloom: bool) -> None:
        """Sparks onto the window, or into the filter's picture and that onto the window."""
        if not bloom:
            self.clear()
            self.sparks.draw(blend_function=self.ctx.BLEND_ADDITIVE)
            return
        self.bloom.use()
        self.bloom.clear()
        self.sparks.draw(blend_function=self.ctx.BLEND_ADDITIVE)
        self.use()
        self.clear()
        self.bloom.draw()


def measure(window: Fountain, frames: int, *, bloom: bool) -> list[float]:
    """Milliseconds of each frame, sorted; a frame counts when it is truly drawn."""
    spent: list[float] = []
    while len(spent) < frames + WARM_UP and (len(spent) < WARM_UP + 3 or sum(spent) < PATIENCE):
        begun = time.perf_counter()
        window.fly()
        window.paint(bloom)
        window.ctx.finish()
        window.flip()
        spent.append((time.perf_counter() - begun) * 1000)
    return sorted(spent[WARM_UP:])


def main() -> None:
    """Print and, if asked, write p50 and p95."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frames", type=int, default=120)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--picture", type=Path)
    asked = arguments.parse_args()
    window, rows = Fountain(), []
    for bloom in (False, True):
        spent = measure(window, asked.frames, bloom=bloom)
        p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
        name = f"arcade {arcade.__version__} {'with its bloom filter' if bloom else 'without bloom'}"
        print(f"{name}: p50 {p50:.2f} ms, p95 {p95:.2f} ms", flush=True)
        rows.append({"name": name, "frames": len(spent), "ms": {"p50": p50, "p95": p95}})
    if asked.picture:
        window.paint(True)
        arcade.get_image().save(asked.picture)
    window.close()
    if asked.json:
        asked.json.write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
