"""Ground minerals in their grindings, from a plain file; each a ramp of tones from dark to light."""

import tomllib
from dataclasses import dataclass

import numpy as np

from engine import ink

TONES = 256


@dataclass(frozen=True)
class Paint:
    """ramp (256, 3) uint8 BGR, dark to light; `open` ones stand in the guests' bowls; words (zh, en)."""

    name: str
    ramp: np.ndarray
    words: tuple[str, str] = ("", "")
    open: bool = False

    @property
    def colour(self):
        """#RRGGBB of its middle tone."""
        b, g, r = self.ramp[150]
        return f"#{r:02X}{g:02X}{b:02X}"


def read_minerals(path):
    """{name: Paint} in the file's order; ValueError names file, paint and reason."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from None
    if not data:
        raise ValueError(f"{path.name}: there is no paint")
    return {name: _paint(path.name, name, entry) for name, entry in data.items()}


def _paint(file, name, entry):
    if not isinstance(entry, dict):
        raise ValueError(f"{file}: paint {name!r} needs dark and light")
    for word in entry:
        if word not in ("zh", "en", "dark", "light", "open"):
            raise ValueError(f"{file}: paint {name!r}: unknown word {word!r}")
    ends = []
    for end in ("dark", "light"):
        try:
            ends.append(np.array(ink.hex_colour(str(entry.get(end, ""))), float)[::-1])
        except ValueError as wrong:
            raise ValueError(f"{file}: paint {name!r}: {end}: {wrong}") from None
    if entry.get("open") and not (entry.get("zh") and entry.get("en")):
        raise ValueError(f"{file}: paint {name!r} stands in a bowl and needs its zh and en name")
    u = np.linspace(0, 1, TONES)[:, None]
    ramp = np.clip(ends[0] + (ends[1] - ends[0]) * u, 0, 255).astype(np.uint8)
    return Paint(name, ramp, (entry.get("zh", ""), entry.get("en", "")), bool(entry.get("open", False)))
