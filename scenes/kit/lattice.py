"""A Shanxi lattice window seen from inside on a winter morning: its panes, its joinery, its paper."""

import math
from dataclasses import dataclass

import numpy as np

from engine import light, raster
from scenes.kit import sill
from scenes.kit.joinery import FOOT, POST, SILL, TOP, Joinery, frame_up, joints

GLOW = np.array([216, 244, 255], np.float32)  # B G R, paper at 4000 K
PALE = np.array([196, 226, 243], np.float32)  # B G R, the same where the sun is farther
SNOW = np.array([236, 214, 190], np.float32)  # B G R, light from the snow at the edges


@dataclass(frozen=True)
class Pane:
    """One opening of the lattice; `number` is what a guest looks for, 0 the great pane in the middle."""

    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Window:
    """Where everything is, in design units."""

    left: float
    right: float
    centre: tuple[float, float]
    panes: tuple[Pane, ...]
    great: Pane
    columns: int
    pitch: tuple[float, float]


def lay_out(width):
    """The window for a canvas of this width; the right hand stays wall, where the words hang."""
    left, right = 34.0, width - 172.0
    columns = 8 if width > 1700 else 6
    side = (columns - 4) // 2
    pitch = (right - left - 4 * POST) / columns
    height = (FOOT - TOP) / 4
    starts = [left + POST + pitch * c + POST * ((c >= side) + (c >= side + 4)) for c in range(columns)]
    panes, number = [], 1
    for row in range(4):
        for c, x in enumerate(starts):
            if 1 <= row <= 2 and side + 1 <= c <= side + 2:
                continue
            middle = x + pitch / 2 + _hidden(c, side, x + pitch / 2, width)
            panes.append(Pane(number, middle, TOP + height * (row + 0.5), pitch, height))
            number += 1
    middle = starts[side + 2]
    great = Pane(0, middle, TOP + 2 * height, 2 * pitch, 2 * height)
    centre = (starts[side], starts[side] + 4 * pitch)
    return Window(left, right, centre, tuple(panes), great, columns, (pitch, height))


def _hidden(column, side, x, width):
    """How far the deep posts' sides push the middle of the visible opening toward the eye."""
    middle = width / 2 - 60
    beside = {0: 1, side: 1, side + 4: 1} if x < middle else {side - 1: 1, side + 3: 1, 2 * side + 3: 1}
    return (14.0 if column in beside else 4.0) * (middle - x) / middle


def build(canvas, rng, window):
    """The whole window with every sash in, and the one sheet of paper behind the middle sash."""
    h, w = canvas.px.shape[:2]
    half = type(canvas)((math.ceil(w / 2), math.ceil(h / 2)), scale=canvas.scale / 2)
    paper_light(half, rng, window)
    frost(half, rng, window)
    room(half, rng, window)
    picture = type(canvas)((w, h), scale=canvas.scale)
    picture.px[:] = raster.resize(half.px, (w, h))
    middle = _middle_paper(picture, window)
    joinery = Joinery(picture, rng)
    frame_up(joinery, window)
    joinery.paint()
    joints(picture, window)
    _spill(picture, joinery.cover())
    sill.lay(picture)
    return picture, middle


def _spill(picture, wood):
    """Light from the paper creeps over the edges of the wood."""
    lit = type(picture)(picture.px.shape[1::-1], scale=picture.scale)
    lit.paste(picture)
    light.Bloom(picture.px.shape[1::-1], spread=30, strength=0.16).apply(lit)
    np.copyto(picture.px, lit.px, where=wood[..., None])


def wood_only(picture, window):
    """The wood on black, to be laid over shadows with "lighten": all of it, and all but the middle sash."""
    bars = Joinery.__new__(Joinery)
    bars.canvas, bars.bars = picture, []
    frame_up(bars, window)
    whole = type(picture)(picture.px.shape[1::-1], scale=picture.scale)
    whole.px[..., :3] = picture.px[..., :3] * bars.cover()[..., None]
    sides = type(picture)(picture.px.shape[1::-1], scale=picture.scale)
    sides.paste(whole)
    a, b = (round(x * picture.scale) for x in window.centre)
    sides.px[: round(FOOT * picture.scale), a:b, :3] = 0
    return whole, sides


def _middle_paper(picture, window):
    """What is seen when the middle sash has been lifted out: paper, darker along the posts."""
    k = picture.scale
    x0, x1 = (round(x * k) for x in window.centre)
    y1 = round((FOOT + 2) * k)
    middle = type(picture)((x1 - x0, y1), scale=k)
    x, y = light.coordinates(middle)
    near = np.minimum(np.minimum(x, middle.width - x), middle.height - y)
    tone = 1 - 0.42 * np.exp(-near / np.float32(16))
    middle.px[..., :3] = picture.px[:y1, x0:x1, :3] * tone[..., None]
    return middle


def paper_light(canvas, rng, window):
    """Draw the glowing window paper everywhere: sun, snow, hemp fibre, the overlaps of its sheets."""
    x, y = light.coordinates(canvas)
    sun = light.lamp(canvas, (window.left + 0.36 * (window.right - window.left), 430), 980, falloff=0.9)
    edge = np.minimum(np.minimum(x - window.left, window.right - x), FOOT + 60 - y)
    cold = np.exp(-np.clip(edge, 0, None) / np.float32(120))[..., None]
    level = 0.77 + 0.33 * sun + 0.07 * (light.clouds(canvas, rng, size=210, octaves=3) - 0.5)
    level += 0.012 * light.grain(canvas, rng, stretch=(2.5, 2.5))
    lap = np.zeros_like(level[0])
    for seam in np.arange(window.left + 90, window.right, 356):
        lap += ((x[0] > seam) & (x[0] < seam + 17)) * 0.05
    lap_y = (((y[:, 0] - 395) % 420) < 14) * 0.04
    level = np.clip(level * (1 - lap[None, :]) * (1 - lap_y[:, None]), 0, 1)
    warm = np.clip(sun * 1.2, 0, 1)[..., None]
    tone = (PALE + (GLOW - PALE) * warm) * (1 - cold) + SNOW * cold
    tone *= (level * (1 + _fibres(canvas, rng, window)))[..., None]
    canvas.px[..., :3] = np.clip(tone, 0, 255)


def _fibres(canvas, rng, window, count=1500):
    """Hemp: long pale and dark threads lying every way in the sheet, as a field about 0."""
    start = rng.uniform((window.left, 0), (window.right, SILL), (count, 2))
    heading = rng.uniform(0, 2 * math.pi, count)
    bend = rng.normal(0, 0.7, count)
    length = rng.gamma(2.0, 13, count)
    s = np.linspace(0, 1, 8)
    angle = heading[:, None] + bend[:, None] * s[None, :]
    step = np.stack([np.cos(angle), np.sin(angle)], -1) * (length / 8)[:, None, None]
    paths = start[:, None, :] + np.cumsum(step, axis=1)
    found = []
    for some in (paths[: count // 2], paths[count // 2 :]):
        sheet = type(canvas)(canvas.px.shape[1::-1], scale=canvas.scale)
        sheet.lines(some, (90, 90, 90), 1.0)
        found.append(sheet.px[..., 0].astype(np.float32))
    return (found[1] - found[0]) * np.float32(0.085 / 90)


def room(canvas, rng, window):
    """What is not window: the plastered reveal in blue snow light, the dark wall, the sill of the kang."""
    x, y = light.coordinates(canvas)
    wall = (x > window.right) | (x < window.left) | (y > SILL)
    plaster = (
        1
        + 0.05 * light.grain(canvas, rng, stretch=(5, 9))
        + 0.10 * (light.clouds(canvas, rng, size=160, octaves=4) - 0.5)
    )
    off = np.maximum(x - window.right, window.left - x)
    fall = np.exp(-np.clip(off, 0, None) / np.float32(46))
    cold = np.array([92, 74, 60], np.float32)
    base = np.array([17, 18, 21], np.float32)
    side = (
        base + cold * fall[..., None] * (0.55 + 0.45 * np.exp(-(((y - 520) / 420) ** 2)))[..., None]
    ) * plaster[..., None]
    under = np.clip(y - SILL, 0, None)
    warm = np.exp(-under / np.float32(60)) * np.exp(
        -(((x - 0.42 * canvas.width) / (0.42 * canvas.width)) ** 2)
    )
    sill = np.array([14, 16, 20], np.float32) + np.array([46, 66, 92], np.float32) * (warm * 0.9)[..., None]
    sill = sill * plaster[..., None]
    mixed = np.where((y > SILL)[..., None], sill, side)
    canvas.px[..., :3] = np.where(wall[..., None], np.clip(mixed, 0, 255), canvas.px[..., :3])
    canvas.line([(0, SILL + 1), (canvas.width, SILL + 1)], (9, 8, 8), 2.4)


def frost(canvas, rng, window, count=80):
    """Frost ferns that grow from the frame into the lower corners of the paper."""
    paths = []
    for _ in range(count):
        along = rng.uniform(0, 1)
        if rng.random() < 0.6:
            root = np.array([window.left + POST + along * (window.right - window.left - 2 * POST), FOOT])
            heading = -math.pi / 2 + rng.normal(0, 0.4)
        else:
            left = rng.random() < 0.5
            root = np.array([window.left + POST if left else window.right - POST, FOOT - 560 * along**2])
            heading = (0 if left else math.pi) + rng.normal(0, 0.5)
        paths.extend(_fern(root, heading, rng.gamma(3, 15), rng))
    sheet = type(canvas)(canvas.px.shape[1::-1], scale=canvas.scale)
    sheet.lines(paths, (150, 150, 150), 1.0)
    lines = sheet.px[..., 0]
    share = np.clip(
        lines / np.float32(255) * 0.7 + raster.blur(lines, 15 * canvas.scale) / 150 * 0.5, 0, 0.85
    )
    white = np.array([255, 246, 232], np.float32)
    canvas.px[..., :3] += ((white - canvas.px[..., :3]) * share[..., None]).astype(np.uint8)


def _fern(root, heading, length, rng):
    s = np.linspace(0, 1, 12)
    angle = heading + rng.normal(0, 0.5) * s
    stem = root + np.cumsum(np.c_[np.cos(angle), np.sin(angle)] * length / 11, axis=0)
    found = [stem]
    for i in range(2, 12):
        for turn in (-0.9, 0.9):
            reach = length * 0.28 * (1 - s[i] * 0.8)
            a = angle[i] + turn
            found.append(np.array([stem[i], stem[i] + reach * np.array([math.cos(a), math.sin(a)])]))
    return found
