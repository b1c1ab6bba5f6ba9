"""A slope of grey tiles under a low light: the roof the walnuts roll down."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.walnut import CHANNELS, STEPS


def roof(size, rough, rng):
    """The whole picture: channels of hollow tiles between ridges of round ones, row over row to the eave."""
    whole = Canvas(size)
    coarse = 2 if whole.scale > 0.6 else 1  # drawn at half the size it is shown: tiles have no finer detail
    canvas = Canvas((size[0] // coarse, size[1] // coarse), scale=whole.scale / coarse)
    x, y = light.coordinates(canvas)
    wide = canvas.width / CHANNELS
    tall = canvas.height / STEPS
    u = (x / wide) % 1.0  # 0.5 is the middle of a channel
    column = np.floor(x / wide).astype(int)
    hollow = np.clip((0.34 - np.abs(u - 0.5)) / 0.34, 0, 1)
    in_channel = np.abs(u - 0.5) < 0.34
    sag = np.where(
        in_channel, 0.42 * np.sqrt(hollow), 0.30 * np.cos(((u + 0.5) % 1.0 - 0.5) / 0.16 * np.pi / 2)
    )
    slip = rng.uniform(-0.10, 0.10, (2, CHANNELS + 2)).astype(np.float32)
    shift = np.where(in_channel, slip[0][column], slip[1][np.floor(x / wide + 0.5).astype(int)])
    v = y / tall - sag + shift + np.where(in_channel, np.float32(0), np.float32(0.47))
    row = np.floor(v).astype(int)
    v = v - row  # 0 just below the lip above, 1 at its own lip
    shades = rng.random((STEPS + 6, 2 * CHANNELS + 4), dtype=np.float32)
    which = np.where(in_channel, 2 * column, 2 * np.floor(x / wide + 0.5).astype(int) + 1)
    own = shades[np.clip(row + 2, 0, STEPS + 5), np.broadcast_to(which, row.shape)]
    across = np.where(in_channel, -(u - 0.5) / 0.34 * 0.8, ((u + 0.5) % 1.0 - 0.5) / 0.16 * 0.95)
    # light from the north-west: ridges are bright on their left, channels on their right
    n_up = np.sqrt(np.clip(1 - across**2, 0.05, 1))
    lit = 0.14 + 0.86 * np.clip(-0.66 * across + 0.60 * n_up + 0.10, 0, 1)
    lip = np.exp(-(((v - 0.955) / 0.035) ** 2))
    under = np.exp(-(v / 0.13)) * 0.72
    edge = np.exp(-(((np.abs(u - 0.5) - 0.34) * wide / 4.0) ** 2)) * (u > 0.5) * 0.55
    cast = np.clip((0.30 - u) / 0.14, 0, 1) * in_channel * 0.72  # the ridge's shadow in its channel
    h, w = canvas.px.shape[:2]
    stain, grit = (field[: h * coarse : coarse, : w * coarse : coarse] for field in rough)
    tone = lit * (0.44 + 0.50 * own + 0.55 * (stain - 0.5)) * (1 - under) * (1 - edge) * (1 - cast)
    tone = tone + lip * 0.16 * (1 - cast) * lit + 0.020 * grit
    moss = np.clip((stain - 0.60) * 4, 0, 1) * np.exp(-(((v - 0.2) / 0.3) ** 2)) * 0.6
    grey = np.stack([tone * 0.98, tone * 1.0, tone * 1.04], -1)
    grey = grey * (1 - moss[..., None] * np.array([0.25, 0.08, 0.45], np.float32))
    light.paint(canvas, np.clip(grey, 0, 1), (205, 203, 200))
    raster.soften(canvas.px, 0.7)
    raster.fit(canvas.px, whole.px)
    return whole
