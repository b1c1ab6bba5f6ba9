"""The counter of flashes, on pictures whose flashes are known."""

import numpy as np
import pytest

from benchmarks.flashes import Flashes

FPS = 60


def worst(colour_at, *, part=1.0, frames=180):
    """Most flashes a second (general, red) of pictures whose left `part` has colour_at(frame), in BGR."""
    flashes = Flashes(FPS)
    for index in range(frames):
        px = np.zeros((90, 160, 3), np.uint8)
        px[:, : int(160 * part)] = colour_at(index)
        flashes.see(px, index)
    return flashes.worst


@pytest.mark.parametrize("hertz", [2, 3, 5])
def test_a_strobe_is_counted(hertz):
    half = FPS // (2 * hertz)
    general, red = worst(lambda k: (255, 255, 255) if k // half % 2 else (0, 0, 0))
    assert hertz - 1 <= general <= hertz and red == 0


def test_red_against_black_counts_as_red():
    general, red = worst(lambda k: (0, 0, 160) if k // 6 % 2 else (0, 0, 20))
    assert red in (4, 5) and general == 0


def test_a_small_area_a_slow_glow_and_a_cut_do_not_count():
    assert worst(lambda k: (255, 255, 255) if k // 6 % 2 else (0, 0, 0), part=0.05)[0] == 0
    slow = worst(lambda k: (int(127 + 127 * np.sin(k / 40)),) * 3, frames=400)
    assert slow[0] <= 1
    assert worst(lambda k: (255, 255, 255) if k > 90 else (0, 0, 0))[0] == 0


def test_light_and_dark_that_both_are_bright_do_not_count():
    assert worst(lambda k: (255, 255, 255) if k // 6 % 2 else (240, 240, 240))[0] == 0
