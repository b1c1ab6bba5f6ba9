"""The near bank of the river seen from the ground: grass, bare willows, the iron oxen of the ferry."""

import numpy as np

from engine import ink, light
from scenes.kit import stork
from scenes.kit.wash import bands, multiply

HIGH = 640.0
ABOVE = 0.46  # of the sheet stands above the bank's line
TREES = ((0.505, 190, 0.06), (0.556, 150, -0.05), (0.255, 170, 0.07), (0.02, 200, 0.1))
"""Share of the width, height in design units, lean."""


def bank(canvas, rng):
    """A sheet to multiply, the bank's line at ABOVE of its height."""
    sheet = canvas.sheet(canvas.width, HIGH)
    x, y = light.coordinates(sheet)
    u = x[0] / sheet.width
    line = HIGH * ABOVE + 34 * np.sin(2.6 * u + 0.4) - 40 * np.exp(-(((u - 0.62) / 0.2) ** 2))
    line += 7 * np.interp(u, np.linspace(0, 1, 60), rng.normal(0, 1, 60))
    depth = y - line[None, :]
    washes = light.clouds(sheet, rng, size=230, octaves=5)
    dry = bands(sheet, rng, 26, 1.4)  # a dry brush dragged level over the paper
    share = np.clip(depth / 7 + 0.5, 0, 1) * np.exp(-np.maximum(depth, 0) / 170)
    share = share * (0.16 + 0.50 * washes) + 0.035 * np.clip(depth / 60, 0, 1) * np.clip(dry - 0.3, 0, 1.5)
    share *= np.clip((HIGH - y) / 120, 0, 1)
    multiply(sheet, np.clip(share, 0, 0.8), (62, 56, 50))
    _ferry(sheet, canvas, line, rng)
    for at, high, lean in TREES:
        _willow(sheet, at * sheet.width, float(line[int(at * len(line))]) + 6, high, lean, rng)
    _grass(sheet, line, rng)
    return sheet


def _ferry(sheet, canvas, line, rng):
    """Two of the oxen on a rise of the bank."""
    herd = stork.oxen(canvas, rng)
    at = 0.395
    sheet.stamp(herd, (at * sheet.width, float(line[int(at * len(line))]) + 26), anchor=(0.5, 1))


def _willow(sheet, x, y, high, lean, rng):
    """A bare tree: a trunk that divides, each twig finer, and thin hanging shoots."""
    shoots = []
    todo = [(x, y, -np.pi / 2 + lean, high * 0.27, high * 0.050, 0)]
    while todo:
        x0, y0, angle, long, thick, depth = todo.pop()
        way = [(x0, y0)]
        for _ in range(4):
            angle += rng.normal(0, 0.13)
            way.append((way[-1][0] + long / 4 * np.cos(angle), way[-1][1] + long / 4 * np.sin(angle)))
        sheet.line(way, ink.mix((48, 44, 44), (206, 204, 200), min(1.0, depth / 7)), max(1.0, thick))
        if depth < 6:
            for _ in range(2 + (rng.random() < 0.3)):
                turn = angle + rng.normal(0, 0.52)
                todo.append((*way[-1], turn, long * rng.uniform(0.66, 0.88), thick * 0.60, depth + 1))
        elif rng.random() < 0.55:
            fall = [way[-1]]
            for k in range(5):
                fall.append(
                    (fall[-1][0] + rng.normal(0, 1.2) + lean * 6, fall[-1][1] + high * 0.022 * (1 + 0.2 * k))
                )
            shoots.append(fall)
    sheet.lines(shoots, (176, 176, 166), 1.0)


def _grass(sheet, line, rng):
    """Reeds in tufts, each a fan from one root, thick by the water and thin towards us."""
    fine, firm = [], []
    for _ in range(64):
        u = rng.random()
        x0 = u * sheet.width
        y0 = float(line[int(u * len(line))]) + 6 + 200 * rng.random() ** 3
        tall = rng.uniform(16, 40) * (1 + (y0 - line.min()) / 420)
        sway = rng.normal(0, 0.10)
        for turn in rng.normal(sway, 0.30, int(rng.integers(6, 15))):
            high = tall * rng.uniform(0.45, 1.0)
            x, root = x0 + rng.normal(0, 5), y0 + rng.normal(0, 1.5)
            u = np.linspace(0, 1, 6)
            bent = turn * u + 0.5 * turn * u**3
            blade = np.stack([x + high * bent, root - high * u * (1 - 0.18 * abs(turn))], axis=1)
            (firm if rng.random() < 0.35 else fine).append(blade)
    sheet.lines(fine, (158, 152, 138), 1.0)
    sheet.lines(firm, (112, 106, 96), 1.4)
