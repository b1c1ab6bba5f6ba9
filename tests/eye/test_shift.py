"""How far a picture, or a part that rests, has shifted; what cannot be seen says nothing."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from controllers.eye.eye import Eye
from controllers.eye.motion import Front
from controllers.eye.region import resting
from controllers.eye.settings import EyeSettings
from controllers.eye.shift import moved, refined

EDGE = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.2), (0.0, 0.2))


def picture(seed, contrast=40.0):
    """Something to see everywhere, soft as the eye sees it; float32 (180, 320)."""
    rough = np.random.Generator(np.random.PCG64(seed)).normal(0, 1, (180, 320)).astype(np.float32)
    soft = cv2.GaussianBlur(rough, (0, 0), 3)
    return 100 + soft / soft.std() * contrast


def seen(before, now, start=(0.0, 0.0), *, mirror=False):
    return resting(EDGE, mirror=mirror).step(before, now, start)


@pytest.mark.parametrize("way", [(0.4, 0.0), (-1.3, 0.6), (0.0, 0.0)])
def test_a_shift_is_found_to_a_twentieth_of_a_pixel(way):
    before = picture(1)
    dx, dy = 0.0, 0.0
    for _ in range(3):
        dx, dy, *_ = refined(before, moved(before, *way), dx, dy)
    assert (dx, dy) == pytest.approx(way, abs=0.05)


def test_the_part_that_rests_tells_the_camera_from_the_crowd():
    before = picture(2)
    leaning = moved(before, 2.0, 0.0)
    leaning[:40] = before[:40]
    assert seen(before, leaning, (2.0, 0.0)).dx == pytest.approx(0, abs=0.05)
    assert seen(before, moved(before, 3.0, 1.0), (2.8, 1.1)).dx == pytest.approx(3.0, abs=0.1)


def test_a_rail_that_runs_along_the_edge_is_seen_to_go_up_and_down():
    before = np.full((180, 320), 60, np.float32)
    before[12:16] = 110
    before[:, ::40] += 30
    before = cv2.GaussianBlur(before, (0, 0), 1.2)
    rest = seen(before, moved(before, 0.0, 1.0), (0.0, 1.0))
    assert (rest.dx, rest.dy) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.15)) and rest.sure


def test_a_projection_that_crosses_the_edge_moves_nothing():
    before, x = picture(8), np.arange(320, dtype=np.float32)
    lit = [before * (1 + 0.5 * np.exp(-(((x - middle) / 60) ** 2))) for middle in (150, 153)]
    assert seen(*lit).dx == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("marked", [True, False])
def test_what_a_crowd_does_as_one_is_its_own_where_an_edge_rests(marked):
    """The camera goes right by 2 pixels, the crowd up by 3: without an edge nobody can tell."""
    front = Front()
    front.reference = resting(EDGE if marked else (), mirror=False)
    before, crowd = picture(6), picture(7)
    first, then = before.copy(), moved(before, 2.0, 0.0)
    first[60:], then[60:] = crowd[60:], moved(crowd, 2.0, -3.0)[60:]
    front.step(0.0, first.astype(np.uint8))
    motion = front.step(0.04, then.astype(np.uint8))
    up = -motion.v[14:34, 6:58] * 0.04 * 180
    assert np.median(up) == pytest.approx(3.0 if marked else 0.0, abs=0.5)
    assert np.median(motion.u[14:34, 6:58]) * 0.04 * 320 == pytest.approx(0, abs=0.3)


def test_light_that_changes_row_by_row_moves_nothing():
    before = picture(3)
    bands = 1 + 0.2 * np.sin(np.arange(180, dtype=np.float32) / 9)[:, None]
    assert seen(before, before * bands).dx == pytest.approx(0, abs=0.05)


def test_a_part_in_which_nothing_is_to_be_seen_says_nothing():
    flat, noise = np.full((180, 320), 60, np.float32), np.random.Generator(np.random.PCG64(4))
    before, now = (
        flat + cv2.GaussianBlur(noise.normal(0, 6, (180, 320)).astype(np.float32), (5, 5), 1.2) for _ in "ab"
    )
    assert seen(flat, flat, (1.0, 0.0)).dx == 0
    assert abs(seen(before, now, (0.3, 0.0)).dx) < 0.1


def test_a_part_is_mirrored_with_the_picture_and_may_be_missing():
    corner = ((0.0, 0.0), (0.25, 0.0), (0.25, 0.5), (0.0, 0.5))
    assert resting(corner, mirror=True).box[1] == slice(240, 320)
    assert resting((), mirror=False) is None
    assert resting(((0.5, 2.0), (0.6, 2.0), (0.6, 3.0)), mirror=False) is None


@pytest.mark.parametrize("size", [(1 / 180, 1.0), (0.3, 1 / 320), (2 / 180, 3 / 320)])
def test_a_part_too_thin_to_tell_anything_says_nothing(size):
    high, wide = size
    part = resting(((0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)), mirror=False)
    before = picture(5)
    assert part.step(before, moved(before, 1.0, 0.0), (1.0, 0.0)).dx == pytest.approx(0, abs=1e-2)


def test_the_resting_part_is_asked_for_a_crowd_only():
    settings = EyeSettings("", mode="crowd", reference=EDGE)
    eye = Eye(settings)
    assert eye.front.reference is not None
    eye.turn_to("performer")
    assert eye.front.reference is None
    eye.tune(replace(settings, reference=()))
    assert eye.mode == "crowd" and eye.front.reference is None
    eye.tune(settings)
    assert eye.front.reference is eye.crowd.reference is not None
