"""Struck iron: the physics of the drops, the smiths' timing, the light of the square, every verb."""

import json

import numpy as np
import pytest

from engine import raster
from engine.core.chance import stream
from scenes.iron import GREAT, READY, Iron
from scenes.kit.courtyard import read_courtyard
from scenes.kit.iron import FULL, Drops, Melt
from scenes.kit.iron_light import Trails
from scenes.kit.pair import Pair
from scenes.kit.smiths import read_smiths
from tests.scenes.stage import ASSETS, Stage, picture, run, signal

fresh = Stage(Iron).fresh

MELT = ASSETS / "iron/melt.toml"


@pytest.fixture
def drops():
    return Drops(Melt.read(MELT), stream(3, "drops"))


# the iron


def test_drops_rise_as_struck_iron_does(drops):
    drops.throw((960, 640), 1400)
    start = drops.y.copy()
    top = start.copy()
    for _ in range(120):
        drops.step(1 / 60)
        top = np.minimum(top, drops.y[:1400])
    metres = (start - top) / drops.melt.throw["scale"]
    assert 4 < np.median(metres) < 8
    assert 2 < np.percentile(metres, 25) < np.percentile(metres, 95) < 16


def test_small_drops_cool_and_slow_faster_than_large_ones(drops):
    drops.throw((960, 640), 1400, swell=0)
    small, large = np.argmin(drops.weight), np.argmax(drops.weight)
    assert drops.cooling[small] > 1.5 * drops.cooling[large]
    assert drops.drag[small] > 1.5 * drops.drag[large]


def test_a_quarter_burst_into_six(drops):
    drops.throw((960, 100), 1200, swell=0)
    will = np.isfinite(drops.fuse).sum()
    assert 0.2 < will / 1200 < 0.3
    for _ in range(60):  # all fuses are shorter than a second; thrown high, none has reached the ground
        drops.step(1 / 60)
    assert drops.count == 1200 + 6 * will


def test_iron_bounces_a_little_and_never_sinks_into_the_ground(drops):
    drops.throw((960, 640), 600)
    for _ in range(200):
        drops.step(1 / 60)
        assert (drops.y <= drops.ground + 1e-3).all()
    landed = drops.y[:600] >= drops.ground[:600] - 20
    assert landed.mean() > 0.5


def test_the_air_is_never_fuller_than_its_room(drops):
    for _ in range(40):
        drops.throw((960, 640), 1400)
        drops.step(1 / 60)
    assert drops.count <= 24_000
    for _ in range(1200):
        drops.step(1 / 60)
        drops.tidy()
    assert drops.count == 0


def test_colour_is_only_heat(drops):
    """Red, orange, yellow, white: never another hue, and brighter when hotter."""
    rgb = drops.melt.colour(np.arange(500, 1600, 10))
    assert (rgb[:, 0] >= rgb[:, 1]).all() and (rgb[:, 1] >= rgb[:, 2]).all()
    assert (np.diff(rgb.sum(1)) > 0).all()
    assert not drops.melt.colour(400).any()


def test_a_quick_drop_is_an_unbroken_line(drops):
    """One frame at 12 metres a second leaves no gap along its way."""
    trails = Trails((1920, 1080))
    drops.throw((960, 640), 1, swell=0)
    drops.vx[:], drops.vy[:], drops.celsius[:] = 9, -8, 1480
    for _ in range(3):
        drops.step(1 / 60)
        drops.splat(trails.cells, trails.width, trails.height, trails.scale)
    lit = trails.lanes[..., 2] > 0
    pieces, _ = raster.islands(lit)
    columns = np.flatnonzero(lit.any(0))
    assert pieces == 1 and len(columns) >= 11 and (np.diff(columns) == 1).all()


def test_no_lane_runs_over_in_the_great_throw(scene):
    scene.knobs["density"].turn(1.0)
    scene.on_cue(signal("cue", text="great"))
    highest = 0
    for index in range(240):
        run(scene, 1, index)
        highest = max(highest, int(scene.trails.lanes[..., :3].max()))
        assert not scene.trails.lanes[..., 3].any(), "a lane carried into the spare one"
    assert FULL < highest < 60_000


# the smiths


def test_the_board_meets_the_iron_200_ms_after_the_call():
    pair = Pair(960, 970, 280, {}, 1)
    pair.figures = None
    pair.ask(0.8)
    assert pair.flare > 0.5
    blows = [pair.step() for _ in range(60)]
    assert blows.index(0.8) + 1 == 12
    assert sum(b > 0 for b in blows) == 1


def test_strokes_asked_for_during_a_stroke_follow_it():
    pair = Pair(960, 970, 280, {}, 1)
    blows = []
    for index in range(90):
        if index in (0, 20, 22):
            pair.ask(0.2 + index / 100)
        blows.append(pair.step())
    sizes = [b for b in blows if b]
    assert sizes == [0.2, pytest.approx(0.42)]


def test_board_and_iron_meet_in_the_same_place(scene):
    for pair in scene.pairs:
        pair.ask(1.0)
        for _ in range(Pair.WIND_UP):
            pair.step()
        figure, feet = pair.figure("striker")
        board = np.array(feet) + figure.tip
        assert np.hypot(*(board - pair.place)) < 0.2 * pair.height


# the picture


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("pad", {"number": 36, "value": 1.0}),
        ("pad", {"number": 49, "value": 0.15}),
        ("push", {}),
        ("raise", {}),
        ("swipe_left", {}),
        ("swipe_right", {}),
        ("flick", {"value": 0.6, "x": 0.2, "count": 3}),
        ("tap", {"x": 0.8}),
        ("cue", {"text": "throws"}),
        ("cue", {"text": "great"}),
    ],
)
def test_every_verb_is_seen_within_two_frames(verb, facts):
    touched, left = fresh(), fresh()
    at = run(touched, 40)
    run(left, 40)
    getattr(touched, f"on_{verb}")(signal(verb, **facts))
    run(touched, 2, at)
    run(left, 2, at)
    assert np.abs(picture(touched) - picture(left)).max() > 12


def test_harder_pads_throw_more_iron():
    thrown = []
    for velocity in (0.3, 0.6, 1.0):
        scene = fresh()
        run(scene, 5)
        before = scene.drops.count
        scene.on_pad(signal("pad", number=36, value=velocity))
        run(scene, 14, 5)
        thrown.append(scene.drops.count - before)
    assert thrown[0] * 1.5 < thrown[1] and thrown[1] * 1.5 < thrown[2] and thrown[2] > 1000


def test_flicks_rise_from_the_seats_that_made_them(scene):
    run(scene, 5)
    scene.on_flick(signal("flick", value=0.5, x=0.17, count=4))
    x = scene.drops.x
    assert 4 * 20 <= len(x) <= 4 * 40
    assert np.abs(x - 0.17 * scene.width).max() < 150


def test_sixty_in_a_hundred_within_a_second_are_the_great_throw(scene):
    scene.joined = 100
    at = run(scene, 10)
    for _ in range(59):
        scene.on_flick(signal("flick", x=0.5))
    assert scene.great < 0 and scene.companion()["ready"] == pytest.approx(0.59 / 0.6, abs=0.01)
    scene.on_flick(signal("flick", x=0.5))
    assert scene.great >= 0
    run(scene, GREAT + 2, at)
    assert scene.great < 0


def test_one_eager_thumb_is_no_crowd(scene):
    scene.joined, scene.poll = 100, {"people": 6}
    run(scene, 10)
    scene.on_flick(signal("flick", x=0.5, count=200))
    assert scene.great < 0 and scene.ready == pytest.approx(0.1)
    scene.poll = {"people": 60}
    scene.on_flick(signal("flick", x=0.5))
    assert scene.great >= 0


def test_nobody_throws_before_the_iron_is_hot_and_the_furnace_lights_the_square():
    scene = fresh()
    scene.on_cue(signal("cue", text="furnace"))
    at = run(scene, 170, autoplay=True)
    assert scene.heat < READY and scene.eye > 5, "no throw yet: the eye is wide and sees by the furnace"
    run(scene, 400, at, autoplay=True)
    assert scene.heat == 1.0 and scene.eye < 2.5, "it narrows when the sky is full of iron"


def test_flicks_spread_over_more_than_a_second_are_not(scene):
    scene.joined = 100
    at = 0
    for _ in range(12):
        scene.on_flick(signal("flick", x=0.5, count=8))
        at = run(scene, 10, at)
    assert scene.great < 0


def test_the_great_throw_turns_the_square_to_day():
    scene = fresh()
    at = run(scene, 30)
    dark = picture(scene)
    scene.on_cue(signal("cue", text="great"))
    run(scene, 200, at)
    day = picture(scene)
    assert day.mean() > 5 * dark.mean()
    thirds = [day[:, a : a + 106].mean() for a in (0, 107, 213)]
    assert min(thirds) > 0.4 * max(thirds), "the whole width, not the middle alone"


def test_roofs_ground_and_smiths_are_dark_until_the_iron_lights_them(scene):
    at = run(scene, 10)
    before = scene.place.print.astype(int)
    scene.on_pad(signal("pad", number=36, value=1.0))
    run(scene, 20, at)
    after = scene.place.print.astype(int)
    assert before[..., 2].mean() < 40
    assert after[..., 2].mean() > 1.5 * before[..., 2].mean()
    assert (after[..., :3].mean((0, 1)) >= before[..., :3].mean((0, 1))).all()


@pytest.mark.slow
def test_throws_swell_and_do_not_blink():
    """No second of the great throw holds more than three pairs of opposing swings of a tenth (WCAG 2.3.1)."""
    scene = fresh()
    scene.on_cue(signal("cue", text="great"))
    levels = []
    for index in range(GREAT):
        run(scene, 1, index)
        if index % 2:
            levels.append(((picture(scene) / 255).mean(-1) ** 2.2).mean())
    swings, last, way = [], levels[0], 0
    for index, level in enumerate(levels):
        if (way >= 0 and level < last - 0.1) or (way <= 0 and level > last + 0.1):
            way = 1 if level > last else -1
            swings.append(index)
            last = level
        elif (level - last) * way > 0:
            last = level
    for second in range(0, len(levels), 5):
        assert sum(second <= s < second + 30 for s in swings) <= 6


def test_the_furnace_rises_in_four_seconds(scene):
    scene.on_cue(signal("cue", text="furnace"))
    at = run(scene, 2)
    cold = picture(scene)
    assert scene.heat < 0.15 and scene.caption == "digital"
    run(scene, 240, at)
    assert scene.heat > 0.95
    assert picture(scene)[..., 2].sum() > cold[..., 2].sum()


def test_it_is_alive_by_itself():
    scene = fresh()
    run(scene, 300, autoplay=True)
    assert scene.drops.count > 500
    first = picture(scene)
    run(scene, 3, 300, autoplay=True)
    assert np.abs(picture(scene) - first).max() > 50


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (640, 360)])
def test_other_shapes_and_sizes(size):
    scene = fresh(size=size)
    scene.heat = 1.0
    run(scene, 30, autoplay=True)
    assert picture(scene).max() > 200


def test_words_for_the_room_and_the_phones(scene):
    companion = scene.companion()
    assert companion["view"] == "flick" and companion["verbs"] == ["flick"]
    assert len(companion["line"]) == 2 and json.dumps(companion)
    assert all(zh and en for zh, en in [*scene.captions.values(), *scene.credits, scene.title])
    assert scene.words("digital")[1] == "Digital; do not try"


# bad data is stopped at the door


@pytest.mark.parametrize(
    ("read", "text", "word"),
    [
        (Melt.read, "[[ramp]]\ncelsius = 900\ncolour = '#FFF000'", "rising order"),
        (Melt.read, "[[ramp]]\ncelsius=9\ncolour='red'\n[[ramp]]\ncelsius=10\ncolour='#FFF000'", "'red'"),
        (read_smiths, "[[striker]]\nphase = 0", "striker: phases"),
        (read_courtyard, "ground = 860\n[[stand]]\nkind = 'pagoda'", "stand 1: kind 'pagoda'"),
        (read_courtyard, "x = 1", "ground"),
    ],
)
def test_mistakes_in_data_are_named(tmp_path, read, text, word):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word) as wrong:
        read(path)
    assert "mine.toml" in str(wrong.value)


def test_a_missing_number_is_named(tmp_path):
    path = tmp_path / "melt.toml"
    path.write_text(
        MELT.read_text(encoding="utf-8").replace("drag = 0.028", "drag = 'much'"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"flight\.drag"):
        Melt.read(path)
