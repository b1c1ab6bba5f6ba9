"""Washes on paper: sheets to multiply, so that ink lies in the paper and not on it."""

import numpy as np

from engine import ink, light, raster


def multiply(sheet, share, colour):
    """Fill a sheet so that multiplying it lays `share` (h, w) of a colour on the paper."""
    for channel, (value, paper) in enumerate(zip(reversed(colour), reversed(ink.HEMP), strict=True)):
        sheet.px[..., channel] = 255 - share * (255 - min(255, value / paper * 255))
    sheet.px[..., 3] = 255
    return sheet


def leave_bare(sheet, first, last, kept):
    """Thin the wash towards the right, from `first` to `last` (shares of the width), to `kept` of it: 留白.

    What is to be written stands on paper that was left for it.
    """
    x, _ = light.coordinates(sheet)
    u = np.clip((x[0] / sheet.width - first) / (last - first), 0, 1)
    keep = 1 - (1 - kept) * u * u * (3 - 2 * u)
    sheet.px[..., :3] = 255 - (255 - sheet.px[..., :3]) * keep[None, :, None]


def bands(sheet, rng, long, thin):
    """Still noise drawn out level, mean 0 and deviation 1: `long` and `thin` in design units.

    Made an eighth as wide and widened, which no eye can tell and costs an eighth.
    """
    h, w = sheet.px.shape[:2]
    narrow = max(2, w // 8)
    noise = rng.standard_normal((h, narrow), dtype=np.float32)
    soft = raster.blur(noise, (max(0.3, long * sheet.scale / 8), max(0.3, thin * sheet.scale)))
    wide = np.asarray(raster.resize(soft, (w, h)), np.float32)
    return (wide - wide.mean()) / max(1e-6, float(wide.std()))


def warmed(warmth):
    """The gel before the lamp for a warmth of 0 (morning) .. 1 (evening); .5 is white light."""
    warm = 2 * warmth - 1
    red, blue = 1 + min(0.0, 0.14 * warm), 1 - max(0.0, 0.2 * warm)
    return round(255 * red), round(255 * (1 - 0.03 * abs(warm))), round(255 * blue)


def xuan(canvas, rng):
    """Xuan paper of hemp as large as the picture: a warm sheet, clouded, with a few fibres lying in it."""
    sheet = canvas.sheet(canvas.width, 1080)
    fine = light.grain(sheet, rng, stretch=(1.4, 1.0))
    cloud = light.clouds(sheet, rng, size=420, octaves=4)
    tone = 0.985 + 0.010 * fine + 0.045 * (cloud - 0.6)
    for channel, value in enumerate(reversed(ink.HEMP)):
        sheet.px[..., channel] = np.minimum(tone * value, 255)
    sheet.px[..., 3] = 255
    place, turn, bend, size = np.split(
        rng.random((620, 5)) * (sheet.width, 1080, 6.3, 0.6, 7), (2, 3, 4), axis=1
    )
    angle = turn + (bend - 0.3) * np.arange(5)
    ways = (
        np.cumsum(np.stack([size * np.cos(angle), size * np.sin(angle)], axis=2), axis=1) + place[:, None, :]
    )
    sheet.lines(ways[::2], ink.mix(ink.HEMP, ink.LOESS, 0.26), 1.0)
    sheet.lines(ways[1::2], ink.mix(ink.HEMP, ink.WHITE, 0.4), 1.0)
    return sheet
