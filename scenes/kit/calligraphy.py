"""Characters written stroke by stroke: read from a file, baked once into ink and the time it arrives."""

import math
import tomllib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine import Canvas, raster
from scenes.kit import brush

MARGIN = 0.06  # round the square, for ink that runs over its edge
FINE = 2  # strokes are drawn this much larger, then averaged
WRITTEN = 0.92  # of a stroke's time the brush is on the paper; then what it left runs on
DIP = 7  # strokes between two dips into the ink


@dataclass(frozen=True)
class Character:
    """One character as the show writes it."""

    text: str
    pinyin: str
    weight: float
    strokes: tuple[brush.Stroke, ...]


@dataclass(frozen=True)
class Glyph:
    """A character's ink. Both pictures (h, w) include the margin.

    ink   0..255, how dark when all is written
    when  float32: stroke number plus 0..1 within it when the ink arrives; bare paper is `strokes` + 9
    """

    text: str
    ink: np.ndarray
    when: np.ndarray
    strokes: int
    trails: tuple[brush.Trail, ...]


def read_strokes(path):
    """{character: Character} of a TOML file. ValueError names file, character and stroke."""
    with open(path, "rb") as file:
        try:
            table = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path}: {error}") from error
    found = {}
    for text, entry in table.items():
        where = f"{path}: {text}"
        if not isinstance(entry, dict) or not entry.get("strokes"):
            raise ValueError(f"{where}: a character without strokes")
        strokes = tuple(
            _stroke(words, f"{where}: stroke {n}") for n, words in enumerate(entry["strokes"], start=1)
        )
        weight = entry.get("weight", 1.0)
        if not isinstance(weight, int | float) or not 0.4 <= weight <= 2:
            raise ValueError(f"{where}: weight {weight!r}; from .4 to 2")
        found[text] = Character(text, str(entry.get("pinyin", "")), float(weight), strokes)
    return found


def _stroke(words, where):
    """A Stroke of "kind x,y x,y*press / x,y"."""
    kind, *rest = str(words).split()
    if kind not in brush.KINDS:
        raise ValueError(f"{where}: unknown kind {kind!r}; one of {' '.join(brush.KINDS)}")
    knots, press, corners = [], [], []
    for word in rest:
        if word == "/":
            corners.append(len(knots) - 1)
            continue
        place, _, hand = word.partition("*")
        try:
            x, y = (float(v) / 1000 for v in place.split(","))
            press.append(float(hand or 1))
        except ValueError:
            raise ValueError(f"{where}: cannot read point {word!r}; write x,y or x,y*press") from None
        if not (0 <= x <= 1 and 0 <= y <= 1):
            raise ValueError(f"{where}: point {word} lies outside the square 0..1000")
        knots.append((x, y))
    if len(knots) < 2:
        raise ValueError(f"{where}: {len(knots)} point; a stroke needs two")
    if not all(math.isfinite(p) and 0 < p <= 3 for p in press):
        raise ValueError(f"{where}: a pressure outside 0..3")
    if any(not 0 < c < len(knots) - 1 for c in corners):
        raise ValueError(f"{where}: a corner '/' needs a point on either side")
    if any(np.array_equal(a, b) for a, b in pairwise(knots)):
        raise ValueError(f"{where}: the same point twice in a row")
    return brush.Stroke(kind, np.array(knots), np.array(press), tuple(corners))


def column(canvas, text, characters, size, colour, rng):
    """`text` in the show's own hand from top to bottom, `size` design units a character, as a sheet.

    None if one of them is not among `characters`: then type must do.
    """
    if not text or any(letter not in characters for letter in text):
        return None
    px = max(12, round(0.94 * size * canvas.scale))
    paper = fibres(max(64, 2 * px), rng)
    sheet = canvas.sheet(1.16 * size, len(text) * 1.16 * size)
    for row, letter in enumerate(text):
        glyph = bake(characters[letter], px, paper, rng)
        written = raster.tint(glyph.ink, colour, canvas.scale)
        sheet.stamp(written, (sheet.width / 2, (row + 0.5) * 1.16 * size))
    return sheet


def fibres(size, rng):
    """Hemp paper's fibres as a field 0..1, `size` pixels square."""
    long = [
        raster.blur(rng.standard_normal((size, size), np.float32), s) for s in ((4, 0.6), (0.6, 4), (1, 1))
    ]
    total = sum(f / f.std() for f in long)
    return np.clip(0.5 + 0.22 * total / total.std(), 0, 1).astype(np.float32)


def bake(character, px, paper, rng):
    """The Glyph of a character whose square is `px` pixels; `paper` is a field from `fibres`."""
    pad = round(px * MARGIN)
    full = px + 2 * pad
    late = len(character.strokes) + 9
    when = np.full((full * FINE, full * FINE), late, np.float32)
    bare = Canvas((full * FINE, full * FINE), scale=1.0)
    trails = [brush.write(stroke, character.weight) for stroke in character.strokes]
    prints = [(brush.prints(trail) * px + pad) * FINE for trail in trails]
    for number in reversed(range(len(trails))):  # the first stroke last: ink arrives when it first did
        times = number + WRITTEN * trails[number].when
        raster.sweep(when, prints[number], times.astype(np.float32))
    dry = np.zeros_like(when)
    for number, trail in enumerate(trails):
        if dry.any():  # a later stroke covers what an earlier one left bare
            raster.sweep(dry, prints[number], np.zeros(len(trail.at), np.float32))
        load = 1.0 - 0.20 * (number % DIP) / DIP * rng.uniform(0.4, 1)
        lines = [(line * px + pad) * FINE for line in brush.dry_lines(trail, rng, load)]
        if lines:
            bare = Canvas(when.shape[::-1], scale=1.0)
            bare.lines(lines, (255, 255, 255), max(1.0, 0.003 * px * FINE * character.weight))
            own = (when >= number) & (when < number + 1)
            np.maximum(dry, np.where(own, bare.px[..., 0], 0), out=dry)
    return _soak(character, trails, when, dry, _patch(paper, full, rng), late)


def _patch(paper, full, rng):
    y, x = (int(rng.integers(0, max(1, paper.shape[0] - full))) for _ in range(2))
    patch = paper[y : y + full, x : x + full]
    return patch if patch.shape == (full, full) else raster.resize(patch, (full, full))


def _soak(character, trails, when, bare, fibre, late):
    """From what the brush touched to what the paper shows: tone, flying white, ink run into the fibres."""
    full = fibre.shape[0]
    cover = np.asarray(raster.resize((when < late).astype(np.float32), (full, full)))
    first = np.minimum(
        np.minimum(when[::2, ::2], when[1::2, ::2]), np.minimum(when[::2, 1::2], when[1::2, 1::2])
    )
    gaps = np.asarray(raster.resize(bare, (full, full))) / 255
    rough = np.clip(cover * 1.12 - 0.30 * (fibre - 0.35) * (cover < 0.97), 0, 1) * (
        cover > 0
    )  # fibres fray the edge
    wet = raster.blur(cover, full / 90)
    tone = 0.90 + 0.08 * wet - 0.05 * (fibre - 0.5)
    body = rough * tone * (1 - np.clip(gaps * (0.5 + 0.6 * fibre), 0, 0.9))
    near = raster.blur(cover, 2.6 * full / 340)
    run = np.clip(1.6 * (near - 0.25 + 0.35 * (fibre - 0.5)), 0, 0.42) * np.clip(near / 0.2, 0, 1)
    ink = np.minimum(np.maximum(body, run * 0.6 * (1 - gaps)), 1)
    near = raster.blur(np.where(first < late, first, 0) * (first < late), 2.0)
    share = raster.blur((first < late).astype(np.float32), 2.0)
    arrive = np.where(
        first < late, first, np.where(share > 0.01, near / np.maximum(share, 0.01) + 0.03, late)
    )
    return Glyph(
        character.text,
        (ink * 255).astype(np.uint8),
        np.ascontiguousarray(arrive, np.float32),
        len(trails),
        tuple(trails),
    )
