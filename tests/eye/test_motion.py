"""The front end: what is not a person is removed."""

from __future__ import annotations

import numpy as np
import pytest

from controllers.eye import light
from controllers.eye.motion import Front
from engine.core.chance import stream

from .backdrop import backdrop
from .faults import FAULTS, grey, moved
from .figure import noise_texture

QUIET = [name for name in FAULTS if name not in ("all", "repeats", "drops")]


def room(seed=3):
    """A bright room without anybody, rich in detail."""
    rng = stream(seed, "room")
    return (
        backdrop(rng) + np.kron(noise_texture(rng, 64, contrast=40), np.ones((3, 5), np.float32))[:180, :320]
    )


def watch(pictures, front=None):
    front = front or Front()
    return [m for k, p in enumerate(pictures) if (m := front.step(k / 30, p)) is not None]


@pytest.mark.parametrize("name", QUIET)
def test_an_empty_room_is_still_under_every_fault(name):
    picture, fault = room(), FAULTS[name](stream(5, name))
    motions = watch([grey(fault(k / 30, picture)) for k in range(90)])[20:]
    moving = sum(bool((m.weight > 0).any()) for m in motions) / len(motions)
    assert moving <= 0.06, f"something moves in {moving:.0%} of the pictures"


def test_what_is_burnt_out_does_not_move_when_the_light_leaps():
    """A white shirt under a lamp that flickers stays as white as a picture can be."""
    bright = room()
    bright[60:120, 100:180] = 400
    motions = watch([grey(bright * (1.0 if k % 2 else 0.8)) for k in range(60)])[20:]
    assert not any((m.weight > 0).any() for m in motions)


def block(k, size=24):
    """A patch of cloth that goes right by 3 pixels a picture."""
    picture = room()
    patch = noise_texture(stream(1, "cloth"), 64, contrast=70)[:size, :size] + 120
    x = 60 + 3 * k
    picture[80 : 80 + size, x : x + size] = patch
    return picture


@pytest.mark.parametrize("name", ["clean", "exposure", "flicker", "spill", "shake"])
def test_what_moves_is_found_where_it_is_and_which_way_it_goes(name):
    fault = FAULTS[name](stream(6, name))
    motions = watch([grey(fault(k / 30, block(k))) for k in range(40)])[10:]
    hits = 0
    for k, motion in enumerate(motions):
        if not (motion.weight > 0).any():
            continue
        rows, columns = np.nonzero(motion.weight > 0)
        x = (columns.mean() + 0.5) * 5
        right = (motion.u * motion.weight).sum() > 0
        hits += abs(x - (60 + 3 * (k + 10) + 12)) < 22 and abs((rows.mean() + 0.5) * 5 - 92) < 16 and right
    assert hits >= 0.8 * len(motions)


def cloth(place):
    """A large piece of cloth before a room, its left edge at `place(k)` pixels in picture k."""
    rng = stream(1, "cloth")
    piece = np.zeros((180, 320), np.float32)
    piece[40:150, :110] = noise_texture(rng, 128, contrast=70)[:110, :110] + 120
    shape, behind = (piece > 0).astype(np.float32), room()

    def picture(k):
        here = moved(shape, place(k), 0.0)
        return behind * (1 - here) + moved(piece, place(k), 0.0) * here + rng.normal(0, 0.5, piece.shape)

    return [grey(picture(k)) for k in range(75)]


def shares(pictures):
    """How much of what moves is quick: at every picture the sums of both weights."""
    return [(float(m.quick.sum()), float(m.weight.sum())) for m in watch(pictures)]


def test_a_body_that_goes_on_as_it_went_is_not_quick():
    said = shares(cloth(lambda k: 80 + max(0, k - 45) * 0.8))
    quick, weight = np.sum(said[55:70], axis=0)
    assert weight > 3000 and quick < 0.15 * weight


def test_what_sets_out_from_rest_is_quick():
    said = shares(cloth(lambda k: 80 + max(0, k - 30) * 4.0))
    quick, weight = np.sum(said[29:33], axis=0)
    assert weight > 1000 and quick > 0.7 * weight


@pytest.mark.parametrize("seed", [6, 7, 8])
def test_light_that_wanders_over_the_room_is_nobody(seed):
    fault = FAULTS["spill"](stream(seed, "spill"))
    motions = watch([grey(fault(k / 30, block(k))) for k in range(40)])[10:]
    away = 0
    for k, motion in enumerate(motions):
        weight = motion.weight.copy()
        x = (60 + 3 * (k + 10)) // 5
        weight[14:23, x - 3 : x + 9] = 0
        away += bool((weight > 0).any())
    assert away <= 0.1 * len(motions)


def test_the_same_picture_again_gives_nothing():
    picture = grey(room())
    front = Front()
    assert front.step(0.0, picture) is None
    assert front.step(0.033, picture.copy()) is None


def test_a_long_gap_starts_anew():
    front = Front()
    front.step(0.0, grey(room()))
    assert front.step(5.0, grey(room(9))) is None


def test_movement_of_the_camera_is_measured_and_removed():
    picture = room()
    still, shifted = grey(picture), grey(moved(picture, 2.0, 1.0))
    front = Front()
    front.step(0.0, still)
    motion = front.step(1 / 30, shifted)
    assert motion.shake == pytest.approx(np.hypot(2, 1), abs=0.3)
    assert (motion.weight > 0).mean() < 0.01


def test_gain_is_told_from_a_person_in_the_way():
    before = light.blocks(room())
    now = before * 1.3
    now[:, 10:30] = 40
    assert light.gain(before, now)[90, 0] == pytest.approx(1.3, abs=0.05)


def learnt(swaying):
    """A front that learnt a room with a screen, and then 30 pictures of it by one that looks for strokes."""
    rng = np.random.Generator(np.random.PCG64(8))

    def picture(_k):
        screen = room()
        screen[20:60, 200:280] = rng.uniform(60, 200)
        return grey(screen)

    front = Front()
    front.swaying = swaying
    front.learn()
    watch([picture(k) for k in range(40)], front)
    front.learnt()
    front.forget()
    front.swaying = True
    return watch([picture(k) for k in range(30)], front)


def test_a_learnt_room_may_move():
    assert sum(bool((m.weight > 0).any()) for m in learnt(swaying=True)) <= 2


@pytest.mark.parametrize("swaying", [True, False])
def test_a_learnt_room_makes_no_strokes_whatever_mode_it_was_learnt_in(swaying):
    assert sum(bool((m.quick > 0).any()) for m in learnt(swaying)) <= 2
