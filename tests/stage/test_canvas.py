"""One memory, two libraries."""

import numpy as np
import pygame
import pytest

from engine.stage import ink, light, raster
from engine.stage.canvas import Canvas


def test_pygame_and_numpy_see_the_same_pixels() -> None:
    canvas = Canvas((64, 36))
    canvas.surface.set_at((3, 4), (10, 20, 30))
    assert canvas.px[4, 3].tolist() == [30, 20, 10, 255]
    canvas.px[5, 6] = (1, 2, 3, 255)
    assert canvas.surface.get_at((6, 5))[:3] == (3, 2, 1)
    canvas.surface.blit(pygame.Surface((2, 2)), (0, 0))


@pytest.mark.parametrize("size", [(320, 180), (1280, 720), (640, 480)])
def test_design_units_are_1080_high_on_every_screen(size: tuple[int, int]) -> None:
    canvas = Canvas(size)
    assert canvas.height == pytest.approx(1080)
    assert canvas.width == pytest.approx(1080 * size[0] / size[1])
    canvas.disc((canvas.width / 2, 540), 200, ink.WHITE)
    inside = (canvas.px[..., 0] > 127).sum() / (canvas.scale**2)
    assert inside == pytest.approx(np.pi * 200**2, rel=0.05)
    ys, xs = np.nonzero(canvas.px[..., 0] > 127)
    assert (xs.mean() + 0.5) / canvas.scale == pytest.approx(canvas.width / 2, abs=1.5)
    assert (ys.mean() + 0.5) / canvas.scale == pytest.approx(540, abs=1.5)


def test_a_sheet_is_stamped_without_dark_fringes() -> None:
    canvas = Canvas((320, 180))
    canvas.fill(ink.WHITE)
    sheet = canvas.sheet(300, 300)
    sheet.disc((150, 150), 120, ink.WHITE)
    canvas.stamp(sheet, (500, 500))
    assert canvas.px[..., :3].min() >= 253


def test_blends() -> None:
    canvas, picture = Canvas((32, 18)), Canvas((32, 18))
    canvas.fill((100, 100, 100))
    picture.fill((128, 0, 255))
    canvas.stamp(picture, (0, 0), blend="multiply", anchor=(0, 0))
    assert canvas.px[9, 9, :3].tolist() == pytest.approx([100, 0, 50], abs=1)
    canvas.stamp(picture, (0, 0), blend="add", anchor=(0, 0))
    assert canvas.px[9, 9, :3].tolist() == pytest.approx([255, 0, 178], abs=2)


def test_stamps_puts_one_picture_in_many_places() -> None:
    canvas = Canvas((320, 180))
    dot = canvas.sheet(12, 12)
    dot.px[...] = 50
    canvas.stamps(dot, np.array([[300.0, 300.0], [900.0, 700.0], [900.0, 700.0]]))
    assert canvas.px[50, 50, 0] == 50 and canvas.px[round(700 / 6), 150, 0] == 100


def test_bloom_spreads_light_and_makes_nothing_darker() -> None:
    canvas = Canvas((320, 180))
    canvas.disc((960, 540), 60, ink.WHITE)
    before = canvas.px.astype(int)
    light.Bloom((320, 180), spread=40).apply(canvas)
    assert (canvas.px.astype(int) - before).min() >= 0
    assert canvas.px[90, 160 + 14, 0] > 8


def test_grain_is_seeded_and_still() -> None:
    canvas = Canvas((64, 36))
    one = light.grain(canvas, np.random.Generator(np.random.PCG64(1)))
    two = light.grain(canvas, np.random.Generator(np.random.PCG64(1)))
    assert np.array_equal(one, two)
    assert abs(float(one.mean())) < 1e-3 and float(one.std()) == pytest.approx(1, abs=1e-3)


def test_turned_keeps_the_whole_picture() -> None:
    sheet = Canvas((40, 20), scale=1.0, clear=True)
    sheet.px[...] = 255
    upright = raster.turned(sheet, np.pi / 2)
    assert upright.px.shape[:2] == (40, 20)
    assert upright.px[..., 3].sum() == pytest.approx(255 * 800, rel=0.06)


def test_islands() -> None:
    solid = np.zeros((10, 10), bool)
    solid[1:3, 1:3] = solid[6:9, 6:9] = True
    count, labels = raster.islands(solid)
    assert count == 2 and labels[1, 1] != labels[7, 7] and labels[0, 0] == 0


def test_colours_are_read_and_refused() -> None:
    assert ink.hex_colour("#C8201E") == ink.CINNABAR
    assert ink.mix(ink.BLACK, ink.WHITE, 0.5) == (128, 128, 128)
    for wrong in ("#C8201", "red", "#GGGGGG", ""):
        with pytest.raises(ValueError, match="RRGGBB"):
            ink.hex_colour(wrong)
