"""How a scene comes over the one before: in the manner of its material, as a map of when each place arrives.

Paper snaps open fold by fold, leather swings in, ink soaks and stays, wood drops course by course, stone is
lit from where the lamp stands. A map is made once, off the show's thread; a frame costs a compare and a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.floating]
Map = npt.NDArray[np.uint8]

LAST = 254  # the latest time in a map: at 255 everything has arrived
RAGGED = 0.035  # of the whole time by which neighbours differ, so that no front is a ruled line
COARSE = 360  # rows in which a map is worked out


def arrival(material: str, size: tuple[int, int], rng: np.random.Generator) -> Map | None:
    """When each pixel (h, w) of a scene of that material arrives, 0..LAST; None without one: it fades."""
    drawn = MATERIALS.get(material)
    if drawn is None:
        return None
    w, h = size
    rows, columns = COARSE, max(2, round(COARSE * w / h))
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) / rows
    coarse = drawn(x, y, columns / rows, lambda scale: _clouds((rows, columns), scale, rng))
    when = np.asarray(cv2.resize(coarse.astype(np.float32), size, interpolation=cv2.INTER_LINEAR), np.float32)
    when = when + RAGGED * rng.standard_normal((h, w), dtype=np.float32)
    low, high = np.percentile(when[::7, ::7], (0.5, 99.5))
    return (np.clip((when - low) / max(1e-6, high - low), 0, 1) * LAST).astype(np.uint8)


Clouds = Callable[[float], Field]


def _paper(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """Eight folds snap open from the middle, each within a tenth of the time."""
    fold = np.floor(np.abs(x / wide - 0.5) * 8)
    return fold + 0.3 * np.abs((x / wide * 8) % 1 - 0.5)


def _leather(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """It swings in under the lamp, hung from above."""
    return np.arctan2(x - wide * 0.5, y + 0.35) + 0.06 * clouds(0.3)


def _paint(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """A broad brush, slantwise, its hairs ahead of each other."""
    hairs = cv2.resize(clouds(0.02)[:, :1], x.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return x + 0.45 * y + 0.22 * hairs


def _hide(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """A stroke in the middle of the skin, running out to the rim."""
    return np.hypot(x - wide / 2, y - 0.5) + 0.03 * clouds(0.2)


def _stone(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """A lamp is carried in from below; what stands out is lit first."""
    return np.hypot(x - wide * 0.42, 1.3 * (y - 0.8)) + 0.16 * clouds(0.12)


def _wood(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """Nine courses from the ground up, laid to and fro."""
    course = np.floor((1 - y) * 9)
    along = np.where(course % 2 == 0, x / wide, 1 - x / wide)
    return course + 0.8 * along


def _ink(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """It soaks in from the right, where writing begins, and runs along the fibre."""
    return (wide - x) * 0.55 + 0.5 * clouds(0.22) + 0.22 * clouds(0.05)


def _iron(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """A glow from the furnace floor, in tongues."""
    return (1 - y) + 0.35 * cv2.resize(clouds(0.08)[:1], x.shape[::-1]) + 0.12 * clouds(0.1)


def _coal(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """Lump by lump from the foot, each course over the joints of the one below."""
    course = np.floor((1 - y) * 12)
    lump = np.floor(x * 12 + 0.5 * (course % 2))
    turn = np.abs(np.sin(lump * 12.9898 + course * 78.233) * 43758.5453) % 1
    return course + 1.6 * turn


def _leaf(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """Wind through a crown of leaves, from the upper left."""
    return 0.5 * x + 0.4 * y + 0.5 * clouds(0.09)


def _lacquer(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """Palms go round and round."""
    turns = np.arctan2(y - 0.5, x - wide / 2) / (2 * np.pi)
    return np.hypot(x - wide / 2, y - 0.5) * 3 + turns


def _wall(x: Field, y: Field, wide: float, clouds: Clouds) -> Field:
    """One breath along the wall, right to left as a scroll is read."""
    return (wide - x) + 0.08 * np.sin(6 * x + 2 * y) + 0.05 * clouds(0.2)


MATERIALS: Mapping[str, Callable[[Field, Field, float, Clouds], Field]] = MappingProxyType(
    {
        "paper": _paper, "leather": _leather, "paint": _paint, "hide": _hide, "stone": _stone, "wood": _wood,
        "ink": _ink, "iron": _iron, "coal": _coal, "leaf": _leaf, "lacquer": _lacquer, "wall": _wall,
    }
)  # fmt: skip
"""Material -> when each place arrives, from places x, y in picture heights, the picture's width, and clouds
of a given scale (about -1..1)."""


def _clouds(shape: tuple[int, int], scale: float, rng: np.random.Generator) -> Field:
    """Smooth noise, its features about `scale` picture heights large, spread 1."""
    rows, columns = shape
    cells = max(2, round(1 / scale)), max(2, round(columns / rows / scale))
    coarse = rng.standard_normal(cells).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32)
