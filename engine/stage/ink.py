"""Colours by their names in the tradition, as (red, green, blue) 0..255.

Stage colours chosen by eye, not pigment analyses. Shanxi's own: coal, loess, liuli glazes, vinegar.
"""

from __future__ import annotations

Colour = tuple[int, int, int]

COAL: Colour = (0x14, 0x11, 0x0F)
INK: Colour = (0x1C, 0x1A, 0x1E)
LOESS: Colour = (0xC8, 0xA1, 0x65)
HEMP: Colour = (0xF3, 0xE9, 0xD2)
RICE_PAPER: Colour = HEMP
APRICOT: Colour = (0xFB, 0xF3, 0xEC)
CINNABAR: Colour = (0xC8, 0x20, 0x1E)
JUJUBE: Colour = (0x7A, 0x1F, 0x1C)
VINEGAR: Colour = (0x3B, 0x1E, 0x12)
AZURITE: Colour = (0x1F, 0x5A, 0x86)
MALACHITE: Colour = (0x3E, 0x8E, 0x6E)
LIULI_PEACOCK: Colour = (0x15, 0x7A, 0x8C)
LIULI_YELLOW: Colour = (0xE0, 0xA5, 0x26)
LIULI_GREEN: Colour = (0x2E, 0x7A, 0x4B)
MOLTEN: Colour = (0xFF, 0xB3, 0x47)
WHITE_HEAT: Colour = (0xFF, 0xF4, 0xD6)
VERMILION: Colour = (0xFF, 0x3D, 0x2E)
MINT: Colour = (0x19, 0xE3, 0xC2)
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


def hex_colour(text: str) -> Colour:
    """(r, g, b) of "#RRGGBB". Raises ValueError naming the text when it is no such colour."""
    digits = text.removeprefix("#")
    if len(digits) != 6 or not all(c in "0123456789abcdefABCDEF" for c in digits):
        raise ValueError(f"{text!r} is no colour; write #RRGGBB")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`share` 0 gives a, 1 gives b, between them the straight line."""
    s = min(1.0, max(0.0, share))
    return (round(a[0] + (b[0] - a[0]) * s), round(a[1] + (b[1] - a[1]) * s), round(a[2] + (b[2] - a[2]) * s))
