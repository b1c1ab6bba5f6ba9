"""The carpenters' shop at night: one lamp low on the left, and a character cut into the back wall."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.calligraphy import bake, fibres, read_strokes
from scenes.kit.weather import full_size, still

WALL = np.array((46, 31, 20), np.float32)
LAMP = (0.16, 0.86)  # of the picture's width and height


def shop(canvas, path, rng):
    """A whole picture: wall of old boards, the character 木 cut in it, posts before it, all in lamplight."""
    half = Canvas(tuple(max(2, n // 2) for n in canvas.surface.get_size()))
    x, y = light.coordinates(half)
    boards = _boards(half, x, rng)
    relief = _cut(half, path, rng)
    lamp = np.array(LAMP) * (half.width, half.height)
    away2 = ((x - lamp[0]) / 900) ** 2 + ((y - lamp[1]) / 640) ** 2
    shine = 1.5 / (1 + 2.6 * away2) ** 1.25
    tone = np.clip(boards * shine + relief * np.sqrt(shine) * 0.62, 0.012, 2)
    rgb = WALL * tone[..., None] * np.array((1.5, 1.22, 0.95), np.float32)
    rgb = _posts(half, rgb, shine)
    rgb = rgb + np.array((9, 8, 9), np.float32)
    return full_size(canvas, rgb, still(canvas, rng))


def _boards(canvas, x, rng):
    """Upright boards, each of its own tone, with long grain and dark joints."""
    grain = light.grain(canvas, rng, stretch=(0.9, 46))
    wide = 168.0
    board = np.floor(x / wide + 0.3).astype(int)
    tones = rng.uniform(0.72, 1.08, int(board.max()) + 2).astype(np.float32)
    at = (x / wide + 0.3) % 1.0
    joint = 1 - 0.75 * np.exp(-((np.minimum(at, 1 - at) * wide / 2.6) ** 2))
    return tones[board] * joint * (1 + 0.16 * grain)


def _cut(canvas, path, rng):
    """The character as a V-cut: its upper left edge is dark, its lower right catches the light."""
    size = max(24, round(0.86 * canvas.px.shape[0]))
    glyph = bake(read_strokes(path)["木"], min(size, 260), fibres(64, rng), rng)
    full = round(size * glyph.ink.shape[0] / min(size, 260))
    ink = raster.resize(glyph.ink.astype(np.float32) / 255, (full, full))
    deep = raster.blur(ink, 0.006 * size)
    edge = deep - np.roll(deep, (max(1, size // 90), -max(1, size // 90)), (0, 1))
    cut = -0.50 * deep - 2.2 * edge
    h, w = canvas.px.shape[:2]
    field = np.zeros((h, w), np.float32)
    x0, y0 = round(0.76 * w - full / 2), round(0.46 * h - full / 2)
    xa, xb, ya, yb = max(0, x0), min(w, x0 + full), max(0, y0), min(h, y0 + full)
    field[ya:yb, xa:xb] = cut[ya - y0 : yb - y0, xa - x0 : xb - x0]
    return field


def _posts(canvas, rgb, shine):
    """Columns and ties of a frame that stands between the wall and the lamp, out of focus."""
    sheet = Canvas(canvas.px.shape[1::-1])
    w = canvas.width
    for x, wide in ((0.055 * w, 74), (0.955 * w, 92)):
        sheet.polygon([(x - wide, -20), (x + wide, -20), (x + wide, 1100), (x - wide, 1100)], (255, 255, 255))
    sheet.polygon([(-20, 38), (w + 20, 20), (w + 20, 76), (-20, 92)], (255, 255, 255))
    cover = raster.blur(sheet.px[..., 0].astype(np.float32) / 255, 7 * canvas.scale)[..., None]
    lit = np.roll(cover, -round(26 * canvas.scale), axis=1)
    body = np.array((30, 19, 12), np.float32) * (0.12 + 1.5 * shine[..., None] * (0.35 + lit - 0.6 * cover))
    return rgb + (np.clip(body, 0, 255) - rgb) * cover
