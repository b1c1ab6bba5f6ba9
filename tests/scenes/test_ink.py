"""Ink: the poem in its order, the climb, the fall, every verb answered."""

import json
from itertools import pairwise

import numpy as np
import pytest

from engine import Canvas
from engine.core.chance import stream
from scenes.ink import LINES, OVER, Ink
from scenes.kit import inkland, strokecards
from scenes.kit.hukou import GRAVITY, PUSH
from scenes.kit.spray import FOOT, Spray
from tests.scenes.stage import SMALL, Stage, picture, run, signal

fresh = Stage(Ink).fresh


def finished(scene):
    """The whole poem on the paper, from the top storey; returns the next frame."""
    at = run(scene, 2)
    for _ in range(3):
        scene.on_raise(signal("raise"))
        at = run(scene, 240, at)
    scene.poem.ask(200)
    return run(scene, 300, at)


def test_columns_run_from_right_to_left_and_strokes_are_numbered_through(scene):
    places = scene.poem.places
    assert "".join(p.glyph.text for p in places) == "".join(LINES)
    assert scene.poem.total == 131 and scene.poem.lines == [26, 67, 100, 131]
    assert all(places[5 * k].x > places[5 * k + 5].x for k in range(3))
    assert all(a.y < b.y for a, b in pairwise(places[:5]))


def trace(scene, stroke, guest=17):
    """A guest traces this stroke of the poem."""
    points = ((0.5, 0.1), (0.4, 0.5))
    scene.on_trace(signal("trace", points=points, y=(stroke + 0.5) / scene.poem.total, number=guest))


def test_a_trace_inks_the_next_stroke_and_no_other_within_a_quarter_second(scene):
    run(scene, 2)
    before = scene.poem.sheet.px.copy()
    trace(scene, 0)
    at = run(scene, 2, 2)
    assert (scene.poem.sheet.px != before).any()
    run(scene, 60, at)
    changed = np.argwhere((scene.poem.sheet.px[..., 0] < 120) & (before[..., 0] == 255))
    first = scene.poem.region(scene.poem.places[0])
    assert changed[:, 0].max() <= first[0].stop and changed[:, 1].min() >= first[1].start
    assert 1 <= scene.poem.done <= 4


def test_strokes_asked_for_at_once_are_written_in_order_and_soon(scene):
    run(scene, 2)
    for guest in reversed(range(26)):
        trace(scene, guest, guest)
    seen = []
    for index in range(2, 200):
        run(scene, 1, index)
        seen.append(scene.poem.done)
    assert (np.diff(seen) >= 0).all() and seen[-1] == 26
    assert next(k for k, done in enumerate(seen) if done >= 25) < 180


def test_a_stroke_whose_turn_has_not_come_waits_in_red_and_is_inked_in_its_turn(scene):
    at = run(scene, 2)
    trace(scene, 5, guest=3)
    place, _ = scene.poem.place(5)
    model = scene.poem.sheet.px[scene.poem.region(place)].astype(int)
    red = model[..., 2] - model[..., 0] > 40
    assert red.sum() > 4 and scene.poem.done < 1
    assert scene.poem.by[5] == 3 and scene.evening.marks("stroke")[-1].guest == 3
    scene.poem.ask(5)
    while scene.poem.done < 5:
        at = run(scene, 1, at)
    run(scene, 15, at)
    assert scene.poem.done > 5.2, "its turn came and a quarter of a second later it is being written"


def test_nobody_writes_a_stroke_twice(scene):
    run(scene, 2)
    trace(scene, 9, guest=1)
    trace(scene, 9, guest=2)
    assert scene.poem.by[9] == 1 and len(scene.evening.marks("stroke")) == 1


def test_the_poem_writes_itself_in_time_and_waits_for_the_climb(scene):
    at = run(scene, 60 * 19)
    assert scene.poem.done == 26 and scene.storey == 0
    scene.on_cue(signal("cue", text="climb"))
    run(scene, 60 * 14, at)
    assert scene.poem.done == 67 and scene.caption == "river"


def test_a_house_that_only_writes_climbs_all_the_same(scene):
    at = run(scene, 60 * 4)
    scene.on_cue(signal("cue", text="climb"))
    seen = []
    for _ in range(58):
        trace(scene, min(130, int(scene.poem.wanted)))
        at = run(scene, 60, at)
        seen.append((scene.storey, int(scene.poem.done)))
    assert seen[-1] == (3, 131) and [storey for storey, _ in seen] == sorted(storey for storey, _ in seen)
    assert all(done <= scene.poem.lines[storey] for storey, done in seen), "no line before its storey"


def test_the_horizon_sinks_by_eleven_hundredths_a_storey_and_new_land_shows(scene):
    level = [scene.land.horizon(h) for h in range(4)]
    assert np.allclose(np.diff(level), 0.11 * 1080)
    depth = [scene.land.depth(h) for h in range(4)]
    assert (np.diff(depth) > 60).all()


def test_the_river_runs_right_to_left_then_turns_to_us():
    x, y, half = inkland.river(np.linspace(0, 1, 50), 1920)
    assert x[0] > 1800 and x[-1] < 100 and (np.diff(x) < 0).all()
    assert np.diff(y)[-12:-3].min() > 3 * abs(np.diff(y)[:10]).max()
    assert half[-1] > 3 * half[0]


def test_the_tower_has_three_storeys(scene):
    assert len(scene.floors) == 3 and scene.floors == sorted(scene.floors)
    for _ in range(5):
        scene.on_raise(signal("raise"))
    assert scene.storey == 3


def test_raising_on_the_top_storey_lets_the_ink_go(scene):
    finished(scene)
    assert scene.poem.done == 131 and scene.stamped >= 0
    at = round(scene.now * 60) + 1
    scene.on_raise(signal("raise"))
    assert scene.act == "hukou" and scene.caption == "", "nothing covers the poem while it leaves"
    run(scene, 240, at)
    assert scene.caption == "fall"


def test_the_last_character_goes_first_and_all_the_ink_is_gone_at_last(scene):
    at = finished(scene)
    scene.on_cue(signal("cue", text="hukou"))
    last, first = (scene.poem.region(scene.poem.places[k]) for k in (-1, 0))
    full = int((255 - scene.poem.sheet.px[last][..., 0]).sum())
    at = run(scene, 60, at)
    assert int((255 - scene.poem.sheet.px[last][..., 0]).sum()) < 0.5 * full
    dark = int((255 - scene.poem.sheet.px[first][..., 0]).sum())
    assert dark > 1000 * SMALL[1] / 1080
    run(scene, 260, at)
    assert (scene.poem.sheet.px[..., 0] > 250).mean() > 0.99


def test_water_falls_as_things_fall(scene):
    """v = sqrt(v0^2 + 2 g y): twice as far down takes less than twice the time."""
    water = scene.hukou.water
    column = np.argmin(np.abs(np.arange(water.fall.shape[1]) / water.fall.shape[1] - 0.42))
    fall = water.fall[:, column]
    below = np.flatnonzero(fall > 0)
    y = (below - below[0]) * 1080 / len(fall)
    speed = np.gradient(y, fall[below])
    wanted = np.sqrt(PUSH**2 + 2 * GRAVITY * y)
    assert np.allclose(speed[3:-3], wanted[3:-3], rtol=0.15)


def test_spray_rises_and_turns_from_yellow_to_blue():
    spray = Spray(Canvas((480, 270)), stream(1, "spray"))
    for _ in range(240):
        spray.step(1 / 60, 1.0, 0.5)
    live = spray.age < spray.life
    assert live.sum() > 500 and (spray.y[live] < FOOT - 250).any()
    low, high = spray.shades[0], spray.shades[-1]
    assert low[2] > low[0] + 80 and high[0] > high[2] + 30  # blue, green, red


def test_the_fall_covers_the_land_once_the_water_has_come(scene):
    finished(scene)
    at = round(scene.now * 60) + 1
    scene.on_cue(signal("cue", text="hukou"))
    at = run(scene, 4, at)
    early = picture(scene)
    run(scene, 60 * 9, at)
    assert scene.now - scene.loose - OVER + 0.5 > scene.hukou.last
    late = picture(scene)
    assert np.abs(late - early)[60:].mean() > 25
    middle = late[80:130, 100:200].reshape(-1, 3).mean(0)
    assert middle[2] > middle[0] + 15  # the river is yellow


VERBS = {
    "trace": {"points": ((0.5, 0.1), (0.4, 0.6))},
    "pad": {"number": 38, "value": 0.9},
    "swipe_left": {},
    "swipe_right": {},
    "tap": {"x": 0.3, "y": 0.3},
    "push": {},
    "raise": {},
    "lower": {},
    "wave": {},
    "hush": {},
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_shows_within_two_frames(verb):
    acted, still = fresh(), fresh()
    for scene in (acted, still):
        run(scene, 12)
    getattr(acted, f"on_{verb}")(signal(verb, **VERBS[verb]))
    for scene in (acted, still):
        run(scene, 2, 12)
    assert (picture(acted) != picture(still)).any()


@pytest.mark.parametrize("verb", ["tap", "pad", "push", "wave", "trace"])
def test_at_the_fall_people_throw_spray(verb):
    acted, still = fresh(), fresh()
    for scene in (acted, still):
        run(scene, 2)
        scene.on_cue(signal("cue", text="hukou"))
        run(scene, 300, 2)
    getattr(acted, f"on_{verb}")(signal(verb, **VERBS.get(verb, {})))
    for scene in (acted, still):
        run(scene, 2, 302)
    assert (picture(acted) != picture(still)).any()


def test_turning_the_main_knob_writes(scene):
    at = run(scene, 2)
    before = scene.poem.wanted
    for k in range(1, 11):
        scene.knobs["main"].turn(k / 10)
        at = run(scene, 2, at)
    assert scene.poem.wanted >= before + 4


def test_a_hard_stroke_is_darker_than_a_soft_one(scene):
    run(scene, 2)
    scene.on_pad(signal("pad", value=0.1))
    scene.on_pad(signal("pad", value=1.0))
    soft, hard = scene.poem.tone[int(scene.poem.wanted) - 2 : int(scene.poem.wanted)]
    assert hard > soft + 0.3


def test_the_same_seed_gives_the_same_picture_and_drawing_changes_nothing():
    one, two = fresh(), fresh()
    for scene in (one, two):
        scene.on_tap(signal("tap", x=0.4, y=0.2))
        run(scene, 200, autoplay=True)
        scene.on_cue(signal("cue", text="hukou"))
        run(scene, 200, 200)
    first = picture(one)
    assert (first == picture(one)).all() and (first == picture(two)).all()


def test_autoplay_writes_climbs_and_lets_go():
    scene = fresh()
    storeys, acts = set(), set()
    for index in range(0, 60 * 95, 3):
        run(scene, 1, index, autoplay=True)
        storeys.add(scene.storey)
        acts.add(scene.act)
    assert storeys == {0, 1, 2, 3} and "hukou" in acts


def test_phones_are_told_every_stroke_and_how_far_the_pen_is(scene):
    run(scene, 2)
    told = scene.companion()
    assert told["view"] == "stroke" and "trace" in told["verbs"] and told["lines"][-1] == 131
    assert told["cards"][0][:2] == ["白", "bái"] and told["written"] <= 1
    assert len(json.dumps(told, ensure_ascii=False)) < 3000, "a phone gets it in one breath"
    words = [word for card in told["cards"] for word in card[2].split(" ")]
    strokes = [s for place in scene.poem.places for s in place.character.strokes]
    assert len(words) == len(strokes) == 131
    for word, stroke in zip(words, strokes, strict=True):
        kind, knots = strokecards.unpack(word)
        assert kind == stroke.kind and np.abs(knots - stroke.knots).max() < 0.006
    scene.on_cue(signal("cue", text="hukou"))
    assert scene.companion()["verbs"] == ["tap"] and scene.companion()["river"]


def test_cue_ink_gives_a_bare_sheet(scene):
    finished(scene)
    scene.on_cue(signal("cue", text="ink"))
    assert scene.storey == 0 and scene.poem.wanted == 0 and (scene.poem.sheet.px == 255).all()


@pytest.mark.parametrize("size", [(320, 180), (240, 180), (400, 225)])
def test_other_sizes_are_drawn(size):
    scene = fresh(size=size)
    run(scene, 30)
    shown = picture(scene)
    assert shown.std() > 5
