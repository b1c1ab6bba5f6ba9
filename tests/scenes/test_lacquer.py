"""Lacquer: palms raise the gloss, the painting comes up, the lamp is given back, dust takes it again."""

import numpy as np
import pytest

from engine import Canvas, Frame
from scenes.kit import screen
from scenes.kit.gloss import GAIN
from scenes.lacquer import DUST, Lacquer
from tests.scenes.stage import SMALL, Stage, signal

fresh = Stage(Lacquer).fresh


def run(scene, frames, *, autoplay=False):
    for index in range(scene.index + 1, scene.index + 1 + frames):
        frame = Frame(index)
        for knob in scene.knobs.values():
            knob.step(index, frame.dt)
        scene.hits.clear()
        if autoplay:
            scene.autoplay(frame)
        scene.update(frame)


def gloss_of(scene, leaf):
    scale = scene.gloss.scale
    left = round((screen.LEFT + scene.shift + leaf * screen.LEAF) * scale)
    return float(scene.gloss.g[20:-20, left + 1 : left + round(screen.LEAF * scale) - 1].mean())


def test_a_palm_raises_the_gloss_by_a_pass_and_never_above_one(scene):
    scene.gloss.rub(960, 500)
    assert scene.gloss.g.max() == pytest.approx(GAIN, rel=0.1)
    for _ in range(60):
        scene.gloss.rub(960, 500)
    assert scene.gloss.g.max() == pytest.approx(1.0)


def test_nothing_shines_beside_the_screen(scene):
    for _ in range(40):
        scene.gloss.rub(20, 500)
    assert scene.gloss.g[:, 0].max() == 0


def test_every_guest_has_a_leaf_by_number(scene):
    for number, leaf in ((1, 0), (7, 6), (12, 11), (13, 0)):
        before = [gloss_of(scene, n) for n in range(12)]
        points = tuple((0.5, 0.3 + 0.05 * k) for k in range(8))
        scene.on_rub(signal("rub", number=number, points=points))
        run(scene, 1)
        grown = [gloss_of(scene, n) - before[n] for n in range(12)]
        assert int(np.argmax(grown)) == leaf


def test_the_painting_comes_up_where_it_is_rubbed(scene):
    run(scene, 1)
    matt = scene.gloss.wall.px.copy()
    for _ in range(30):
        scene.gloss.rub(960, 420, 1.0)
    for _ in range(20):
        scene.gloss.step((0.5, 0.2))
    changed = np.abs(scene.gloss.wall.px.astype(int) - matt).max(axis=2)
    row, column = round(420 * scene.canvas.scale), round(960 * scene.canvas.scale)
    assert changed[row - 6 : row + 7, column - 6 : column + 7].max() > 40
    assert changed[:, :20].max() == 0


def test_forty_circles_make_a_leaf_shine(scene):
    turn = np.linspace(0, 2 * np.pi, 12)
    for k in range(40):
        y = 0.08 + 0.84 * (k * 0.618 % 1)
        points = tuple(
            (float(0.5 + 0.32 * np.cos(a)), float(np.clip(y + 0.06 * np.sin(a), 0, 1))) for a in turn
        )
        scene.on_rub(signal("rub", number=5, points=points))
        run(scene, 4)
    assert gloss_of(scene, 4) > 0.55


def test_a_wave_is_one_large_palm(scene):
    scene.on_wave(signal("wave"))
    run(scene, 100)
    assert scene.gloss.g[:, scene.gloss.shape[1] // 2].max() > 0.1
    assert not scene.palms.sweeps and not scene.palms.waiting


def test_pads_lay_gold_a_stretch_each(scene):
    scene.on_pad(signal("pad", number=38, value=1.0))
    assert {hit.instrument for hit in scene.hits} == {"guqin_harmonic"}
    run(scene, 60)
    once = scene.gilded
    assert 0 < once < 0.2
    scene.on_pad(signal("pad", number=38, value=1.0))
    run(scene, 60)
    assert scene.gilded > once


def test_the_lamp_follows_the_lean(scene):
    for lean, side in ((0.0, -1), (1.0, 1)):
        scene.knobs["lean"].snap(lean)
        run(scene, 240)
        assert np.sign(scene.lamp[0] - 960) == side


def test_gloss_gives_the_lamp_back_and_matt_does_not(scene):
    scene.gloss._reflect((0.5, 0.17))
    dull = int(scene.gloss.sheen[..., :3].max())
    scene.gloss.g[:] = scene.gloss.inside
    scene.gloss._reflect((0.5, 0.17))
    assert scene.gloss.sheen[..., :3].max() > 3 * max(8, dull)


def test_neighbouring_leaves_face_opposite_ways_and_meet_at_their_hinges():
    x = screen.LEFT + screen.LEAF * (np.arange(12) + 0.5)
    assert (np.diff(screen.tilt(x)) != 0).all()
    outline = screen.outline(0.0)
    assert len({round(float(y), 3) for y in outline[:13, 1]}) == 2, "the top edge zigzags"


def test_shine_brings_everything_up_and_rub_begins_anew(scene):
    scene.on_cue(signal("cue", text="shine"))
    run(scene, 430)
    assert min(scene.leaves) >= 17 and scene.gilded > 0.2
    assert scene.companion()["verbs"] == []
    scene.on_cue(signal("cue", text="rub"))
    run(scene, 160)
    assert scene.gloss.g.max() < 0.05 and scene.gilded == 0
    assert scene.companion() == {
        "view": "rub",
        "verbs": ["rub"],
        "gloss": [0] * 12,
        "done": False,
        "line": ["用掌打圈，把漆推亮", "Rub in circles until the lacquer shines"],
    }


@pytest.mark.slow
def test_left_alone_it_goes_round_for_ever(scene):
    seen = []
    assert scene.act == "rub"
    scene.gloss.shine(0.97)  # most of the work is done: the palms alone take a minute
    for _ in range(60):
        run(scene, 120, autoplay=True)
        if not seen or seen[-1] != scene.act:
            seen.append(scene.act)
        if scene.act == "shine" and scene.gilded >= 1:
            scene.rested = 10**6
        if len(seen) == 2:
            break
    assert seen == ["shine", "rub"]
    run(scene, DUST + 10)
    assert scene.gloss.g.max() < 0.02
    assert len(scene.palms.waiting) < 100


def test_draw_changes_nothing(scene):
    run(scene, 60, autoplay=True)
    one, two = Canvas(SMALL), Canvas(SMALL)
    scene.draw(one, Frame(scene.index))
    scene.draw(two, Frame(scene.index))
    assert np.array_equal(one.px[..., :3], two.px[..., :3])


def test_the_gloss_holds_one_light_a_guest(scene):
    scene.gloss.shine(1.0)
    empty, full = Canvas(SMALL), Canvas(SMALL)
    scene.draw(empty, Frame(0))
    scene.joined = 40
    scene.draw(full, Frame(0))
    scene.joined = 0
    assert full.px[..., :3].astype(int).sum() > empty.px[..., :3].astype(int).sum()


@pytest.mark.slow
def test_on_a_narrow_picture_guests_are_dealt_leaves_they_can_see():
    scene = fresh(size=(160, 120))
    assert 6 <= len(scene.seen) < screen.LEAVES
    for number in range(1, 14):
        scene.on_rub(signal("rub", number=number, points=((0.5, 0.5),)))
    assert all(0 <= x <= scene.canvas.width for x, _, _, _ in scene.palms.waiting)
