"""Codes that phones scan, drawn as sheets: the page's address and the hall's network."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import segno

from engine.stage import ink
from engine.stage.canvas import Canvas
from engine.stage.ink import Colour

QUIET = 4  # modules of light border that a reader needs on every side (ISO/IEC 18004)


def address_text(address: str) -> str:
    """What the code of an address says: the address, with a scheme so that phones open it at once."""
    return address if "://" in address else f"http://{address}"


def wifi_text(name: str, password: str) -> str:
    """What the code of a network says, its special characters escaped; no password, an open network.

    The form is the one phones agreed on (ZXing, "Wi-Fi Network config").
    Raises ValueError when the name is empty.
    """
    if not name:
        raise ValueError("a network code needs the network's name")
    kind = f"T:WPA;S:{_escaped(name)};P:{_escaped(password)}" if password else f"T:nopass;S:{_escaped(name)}"
    return f"WIFI:{kind};;"


def modules(text: str) -> int:
    """How many modules wide the code of `text` is, its quiet border included."""
    return len(_matrix(text)) + 2 * QUIET


def code(
    canvas: Canvas, text: str, width: float, *, dark: Colour = ink.INK, light: Colour = ink.HEMP
) -> Canvas:
    """The code of `text` as an opaque sheet at most `width` design units wide, border included.

    Every module is a whole number of pixels, so that its edges are sharp at the resolution of
    `canvas`; a picture too small for one pixel a module gets one pixel and a larger sheet.
    Error correction is M or, where it costs no module, better. Raises ValueError for an empty text.
    """
    dots = np.pad(_matrix(text), QUIET)
    each = max(1, int(width * canvas.scale / len(dots)))
    cells = np.kron(dots, np.ones((each, each), np.uint8)).astype(bool)
    sheet = Canvas((len(cells), len(cells)), scale=canvas.scale)
    sheet.px[..., :3] = np.where(cells[..., None], dark[::-1], light[::-1])
    return sheet


def _escaped(text: str) -> str:
    return re.sub(r'([\\;,:"])', r"\\\1", text)


def _matrix(text: str) -> npt.NDArray[np.uint8]:
    if not text:
        raise ValueError("a code needs a text")
    made = segno.make(text, error="m", micro=False)
    return np.array([[cell & 1 for cell in row] for row in made.matrix], np.uint8)
