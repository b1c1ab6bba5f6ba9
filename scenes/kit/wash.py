"""Washes on paper: sheets to multiply, so that ink lies in the paper and not on it."""

import numpy as np

from engine import ink, raster


def multiply(sheet, share, colour):
    """Fill a sheet so that multiplying it lays `share` (h, w) of a colour on the paper."""
    for channel, (value, paper) in enumerate(zip(reversed(colour), reversed(ink.HEMP), strict=True)):
        sheet.px[..., channel] = 255 - share * (255 - min(255, value / paper * 255))
    sheet.px[..., 3] = 255
    return sheet


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
