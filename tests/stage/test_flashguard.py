"""What leaves the guard is measured by a counter of its own, written from WCAG 2.3.1."""

import numpy as np
import pytest

from engine.stage.canvas import Canvas
from engine.stage.flashguard import FlashGuard

SIZE, FPS = (320, 180), 60


def luminance(colour: np.ndarray) -> float:
    """Relative luminance of an sRGB colour 0..255 (WCAG 2)."""
    c = colour / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def most_flashes_in_a_second(levels: list[float], step: float = 0.1) -> float:
    """Pairs of opposing changes of at least `step`, the darker below 0.8, in the worst second."""
    turns, extreme, direction = [], levels[0], 0
    for index, level in enumerate(levels):
        way = int(np.sign(level - extreme))
        if way == direction:
            extreme = level
        elif abs(level - extreme) >= step and min(level, extreme) < 0.8:
            turns.append(index)
            extreme, direction = level, way
    return max((sum(t <= u < t + FPS for u in turns) for t in turns), default=0) / 2


def through(colours: list[tuple[int, int, int]], part: float = 1.0) -> list[np.ndarray]:
    """The middle pixel (RGB) of each picture after the guard; only `part` of the width flashes."""
    guard, shown, seen = FlashGuard(SIZE, FPS), Canvas(SIZE), []
    for index, colour in enumerate(colours):
        canvas = Canvas(SIZE)
        width = int(SIZE[0] * part)
        canvas.px[:, :width, :3] = colour[::-1]
        guard.apply(canvas, shown, index)
        seen.append(canvas.px[SIZE[1] // 2, width // 2, 2::-1].astype(float))
        shown = canvas
    return seen


@pytest.mark.parametrize("period", [2, 4, 6, 10, 15])
@pytest.mark.parametrize("bright", [(255, 255, 255), (120, 120, 120), (255, 40, 0)])
def test_a_strobe_is_damped_to_three_flashes(period: int, bright: tuple[int, int, int]) -> None:
    strobe = [bright if (k // (period // 2)) % 2 else (0, 0, 0) for k in range(180)]
    assert most_flashes_in_a_second([luminance(np.array(c, float)) for c in strobe]) > 3
    assert most_flashes_in_a_second([luminance(c) for c in through(strobe)]) <= 3


def test_saturated_red_is_damped_too() -> None:
    strobe = [(200, 0, 0) if (k // 4) % 2 else (60, 0, 0) for k in range(180)]
    reds = [max(0.0, c[0] - c[1] - c[2]) / 255 for c in through(strobe)]
    assert most_flashes_in_a_second(reds, step=0.12) <= 3.5


def test_slow_changes_a_cut_and_three_flashes_pass_untouched() -> None:
    slow = [(int(127 + 127 * np.sin(k / 20)),) * 3 for k in range(240)]
    three = [(255, 255, 255) if (k // 10) % 2 else (0, 0, 0) for k in range(60)] + [(0, 0, 0)] * 60
    cut = [(200, 180, 150)] * 30 + [(0, 0, 0)] * 60
    for colours in (slow, three, cut):
        seen = through(colours)
        assert np.abs(np.array(seen) - np.array(colours, float)).max() <= 1


def test_a_small_lamp_may_flicker() -> None:
    strobe = [(255, 255, 255) if k % 2 else (0, 0, 0) for k in range(120)]
    seen = through(strobe, part=0.05)
    assert np.array_equal(np.array(seen), np.array(strobe, float))
