"""Line: one breath a line, colour up to the line, gold last; no face is ever a guest's."""

import numpy as np
import pytest

from engine import Canvas, Frame
from scenes.line import PACE, SHARED, Line
from tests.scenes.stage import SMALL, Stage, signal

fresh = Stage(Line).fresh


def run(scene, frames, *, breath=0.0, autoplay=False):
    """Play frames; every hit."""
    found = []
    for index in range(scene.index + 1, scene.index + 1 + frames):
        frame = Frame(index)
        for knob in scene.knobs.values():
            knob.step(index, frame.dt)
        if breath is not None:
            scene.knobs["breath"].snap(breath)
        scene.hits.clear()
        if autoplay:
            scene.autoplay(frame)
        scene.update(frame)
        found += scene.hits
    return found


def whole(scene):
    """Every line drawn, and in the act of colour."""
    scene.mural.pull(1e6)
    scene.on_cue(signal("cue", text="colour"))
    scene.todo = []


def test_a_breath_draws_at_its_pace_and_no_breath_draws_nothing(scene):
    run(scene, 30)
    assert scene.mural.clock == 0
    run(scene, 60, breath=0.7)
    assert scene.mural.clock == pytest.approx(PACE, rel=0.05)
    assert scene.mural.done > 0


def test_a_broken_breath_leaves_a_gap_in_the_line(scene):
    run(scene, 60, breath=0.7)
    before, bare = scene.mural.clock, scene.mural.wall.px.copy()
    run(scene, 2)
    assert scene.mural.clock > before + 5
    assert np.array_equal(scene.mural.wall.px, bare), "what the breath missed is not inked"
    run(scene, 1)
    assert scene.mural.clock == pytest.approx(before + 13)


def test_a_raised_arm_holds_the_breath_until_it_sinks(scene):
    scene.on_raise(signal("raise"))
    run(scene, 30)
    drawn = scene.mural.clock
    assert drawn > 0
    scene.on_lower(signal("lower"))
    run(scene, 30)
    assert scene.mural.clock - drawn < 30


def test_a_pad_is_a_short_breath_on_the_stone_chime(scene):
    scene.on_pad(signal("pad", number=40, value=0.8))
    assert {hit.instrument for hit in scene.hits} == {"bell"}
    run(scene, 20)
    assert scene.mural.clock > 50


def test_colour_never_presses_on_the_line(scene):
    """Where ink lies thick the wall looks the same before and after every cell is filled."""
    whole(scene)
    mural = scene.mural
    thick = mural.inked[mural.strong[:, 0] > 0.85]
    before = mural.flat[thick, :3].copy()
    for k, cell in enumerate(mural.cells):
        mural.fill(k, cell.piece.paint)
        mural.run(1.0)
    assert np.array_equal(mural.flat[thick, :3], before)


def test_a_guests_mineral_fills_the_open_cell_touched(scene):
    whole(scene)
    k = scene.open[0]
    x, y = scene.middles[0]
    point = (float(x / scene.canvas.width), float(y / scene.canvas.height))
    scene.on_fill(signal("fill", text="cinnabar", points=(point,), number=3))
    hit = scene.mural.cell_at(x, y)
    assert scene.mural.filled[hit if hit in scene.open else k] == "cinnabar"
    before = scene.mural.wall.px.copy()
    run(scene, 26)
    assert (before != scene.mural.wall.px).any()
    assert not scene.mural.floods, "a cell is full within 400 ms"


def test_no_guest_paints_skin_hair_or_halo(scene):
    whole(scene)
    closed = [k for k, c in enumerate(scene.mural.cells) if not c.piece.open]
    names = {scene.mural.cells[k].piece.paint for k in closed}
    assert {"hair"} <= names
    assert not {scene.mural.cells[k].piece.paint for k in scene.open} & {"hair", "skin"}
    for k in closed:
        y, x = scene.mural.middle(k)
        scene.on_fill(signal("fill", text="white", x=x / scene.canvas.width, y=y / scene.canvas.height))
        assert scene.mural.filled[k] == ""


def test_unknown_minerals_and_early_fills_do_no_harm(scene):
    scene.on_fill(signal("fill", text="white"))
    assert not any(scene.mural.filled), "first the line, then the colour"
    whole(scene)
    scene.on_fill(signal("fill", text="neon", number=7))
    assert set(scene.mural.filled) <= {"", *scene.bowls}


def test_phones_are_dealt_large_open_cells_and_five_bowls(scene):
    assert scene.companion()["view"] == "wait"
    whole(scene)
    view = scene.companion()
    assert view["view"] == "mineral" and view["verbs"] == ["fill"]
    assert [o["id"] for o in view["options"]] == ["azurite", "malachite", "cinnabar", "ochre", "white"]
    assert 6 <= len(view["cells"]) <= SHARED
    assert all(len(cell["p"]) % 2 == 0 and len(cell["at"]) == 2 for cell in view["cells"])


def test_gold_is_laid_last_and_moves_with_the_lamp(scene):
    whole(scene)
    scene.on_cue(signal("cue", text="gold"))
    run(scene, 300)
    assert 0 < scene.gilded < 1 and all(scene.mural.filled[k] for k in scene.order[0])
    gold, count = scene.mural.gold, scene.mural.gold.size
    under = np.zeros((count, 3), np.float32)
    left, right = (gold.shade(slice(None), (x, 400.0, 330.0), under).astype(int) for x in (300.0, 1600.0))
    assert count > 50 and (np.abs(left - right) > 10).any()


def test_the_wall_is_bare_again_when_the_line_act_returns(scene):
    bare = scene.mural.wall.px.copy()
    whole(scene)
    run(scene, 30)
    scene.on_cue(signal("cue", text="line"))
    run(scene, 130)
    assert scene.act == "line" and scene.mural.done == 0
    assert np.array_equal(scene.mural.wall.px, bare)


@pytest.mark.slow
def test_left_alone_it_goes_round_for_ever(scene):
    seen = []
    scene.mural.clock = scene.mural.end - 30
    for _ in range(70):
        run(scene, 120, autoplay=True, breath=None)
        if not seen or seen[-1] != scene.act:
            seen.append(scene.act)
        if scene.act == "gold" and scene.rested:
            scene.rested = 10**6
    assert seen[:4] == ["line", "colour", "gold", "line"]
    assert len(scene.mural.waiting) == 0 or scene.act != "line"


def test_draw_changes_nothing(scene):
    whole(scene)
    run(scene, 40)
    one, two = Canvas(SMALL), Canvas(SMALL)
    scene.draw(one, Frame(scene.index))
    scene.draw(two, Frame(scene.index))
    assert np.array_equal(one.px[..., :3], two.px[..., :3])
