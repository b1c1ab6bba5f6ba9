"""Washes on paper: sheets to multiply, so that ink lies in the paper and not on it."""

from engine import ink


def multiply(sheet, share, colour):
    """Fill a sheet so that multiplying it lays `share` (h, w) of a colour on the paper."""
    for channel, (value, paper) in enumerate(zip(reversed(colour), reversed(ink.HEMP), strict=True)):
        sheet.px[..., channel] = 255 - share * (255 - min(255, value / paper * 255))
    sheet.px[..., 3] = 255
    return sheet
