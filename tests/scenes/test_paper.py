"""The paper window: rules of the craft, guests' flowers, the dyed general, an answer to every verb."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine import Canvas, Signal, raster
from engine.core.chance import stream
from engine.core.clock import Frame
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering
from engine.stage.scene import Setting
from scenes.kit import engraving, guangling, kaihua, papercut, unfolding, workbench
from scenes.paper import Paper
from tests.scenes.stage import twin

ASSETS = Path(__file__).parents[2] / "assets"
PAPERCUT = ASSETS / "papercut"
SMALL = (320, 180)
STROKE = ((0.3, 0.3), (0.5, 0.22), (0.7, 0.3))


@pytest.fixture(scope="module")
def letters():
    return Lettering(find_face())


@pytest.fixture(scope="module")
def fresh(letters):
    return a_scene(letters)


@pytest.fixture
def scene(fresh):
    return twin(fresh)


@pytest.fixture(scope="module", params=["bloom", "dye"])
def under_way(request, fresh):
    """A scene two seconds into an act."""
    made = twin(fresh)
    made.on_cue(Signal("cue", text=request.param))
    step(made, 0, 120)
    return made


@pytest.fixture(scope="module")
def recipes():
    return papercut.read_rosettes(PAPERCUT / "rosettes.toml")


@pytest.fixture(scope="module")
def general():
    figure = guangling.read_figure(PAPERCUT / "general.toml")
    return guangling.DyedFigure(figure, Canvas(SMALL, scale=1.0), stream(3, "general"))


def a_scene(letters, seed=7):
    made = Paper(Setting("paper", SMALL, 60, seed, letters, (ASSETS,)))
    made.setup()
    return made


def step(scene, first, count):
    for index in range(first, first + count):
        for knob in scene.knobs.values():
            knob.step(index, 1 / 60)
        scene.update(Frame(index))
    return first + count


def picture(scene, index):
    canvas = Canvas(SMALL)
    scene.draw(canvas, Frame(index))
    return canvas.px.copy()


def pieces(solid):
    return raster.islands(solid > 96)[0]


def unlike(solid, turn):
    """How much a picture differs from itself turned about its middle."""
    h, w = solid.shape
    y, x = np.mgrid[:h, :w] - np.array([(h - 1) / 2, (w - 1) / 2])[:, None, None]
    tx = np.rint(x * math.cos(turn) - y * math.sin(turn) + (w - 1) / 2).astype(int) % w
    ty = np.rint(x * math.sin(turn) + y * math.cos(turn) + (h - 1) / 2).astype(int) % h
    return np.abs(solid[ty, tx] - solid).mean()


# the craft


def test_every_flower_stays_one_piece_and_keeps_most_of_its_paper(recipes):
    for flower in papercut.stock(recipes, 20, 80, Canvas(SMALL, scale=1.0), stream(1, "stock")):
        assert pieces(flower.solid) == 1, flower.recipe.name
        assert 0.6 <= flower.kept <= 0.82, (flower.recipe.name, flower.kept)
        assert sum(share for _, share in flower.scraps) < 0.012, "no heart fell out"


def test_flowers_of_four_five_six_and_eight_folds_all_differ(recipes):
    flowers = papercut.stock(recipes, 20, 40, Canvas(SMALL, scale=1.0), stream(1, "stock"))
    assert {f.recipe.folds for f in flowers} == set(papercut.FOLDS)
    assert len({f.solid.tobytes() for f in flowers}) == len(flowers)


@pytest.mark.parametrize("folds", papercut.FOLDS)
def test_unfolding_copies_one_wedge_all_round(recipes, folds):
    flower = papercut.cut_flower(next(r for r in recipes if r.folds == folds), 90, Canvas(SMALL, scale=1.0))
    solid = flower.solid.astype(float) / 255
    assert unlike(solid, 2 * math.pi / folds) < 0.5 * unlike(solid, math.pi / folds)
    assert np.abs(solid[:, ::-1] - solid).mean() < 0.03


def test_great_flowers_hold_their_puns_in_one_piece():
    rings = papercut.read_rosettes(PAPERCUT / "rings.toml")
    things = kaihua.read_things(PAPERCUT / "kaihua.toml")
    puns = [t for t in things.values() if not t.bloom]
    assert {t.id for t in puns} == {"fish", "pomegranate", "magpie", "snake"}
    for k, pun in enumerate(puns):
        ring = rings[k % len(rings)]
        great = kaihua.cut_great(ring, pun, 180, Canvas(SMALL, scale=1.0))
        assert pieces(great.solid) == 1
        assert great.solid.sum() > 1.15 * papercut.cut_flower(ring, 180, Canvas(SMALL, scale=1.0)).solid.sum()


def test_what_the_scissors_cut_free_falls_off():
    ring = papercut.Rosette("", 6, (papercut.Cut("slit", 0.4, size=0.06, span=1.2),))
    flower = papercut.cut_flower(ring, 80, Canvas(SMALL, scale=1.0))
    assert pieces(flower.solid) == 1
    assert any(math.hypot(*place) < 4 and share > 0.05 for place, share in flower.scraps)


def test_red_paper_lets_the_light_through_and_two_sheets_are_deeper(recipes):
    flower = papercut.cut_flower(recipes[0], 60, Canvas(SMALL, scale=1.0))
    canvas = Canvas((140, 140), scale=1.0)
    canvas.fill((250, 240, 220))
    canvas.stamp(flower.sheet, (70, 70), blend="multiply")
    away = (canvas.px.shape[0] - flower.solid.shape[0]) // 2
    y, x = np.argwhere(raster.distance(flower.solid > 250) > 2)[0] + away
    blue, green, red, _ = canvas.px[y, x].astype(int)
    assert red > 3 * max(green, blue) > 0
    canvas.stamp(flower.sheet, (70, 70), blend="multiply")
    assert canvas.px[y, x, :3].sum() < blue + green + red


@pytest.mark.parametrize("folds", papercut.FOLDS)
def test_a_flower_opens_within_its_time(folds):
    assert unfolding.snaps(folds) in (folds // 2, math.ceil((folds - 1) / 2))
    assert unfolding.length(folds) <= 0.25 + 0.9


# the dyed general


def test_general_is_one_sheet(general):
    assert pieces(general.solid) == 1
    assert sum(share for _, share in general.fallen) < 0.01


def test_dye_stops_at_the_cuts_and_reaches_every_cell(general):
    general.wash_out()
    undyed = general.sheet.px.copy()
    for second in np.arange(0, guangling.DYEING + 0.6, 1 / 20):
        general.run_to(second)
    cut = general.solid == 0
    assert np.array_equal(general.sheet.px[cut], undyed[cut])
    paper = general.solid == 255
    colourful = np.ptp(general.sheet.px[..., :3].astype(int), axis=2) > 40
    assert (colourful & paper).sum() > 0.75 * paper.sum()
    assert np.abs(general.sheet.px[..., :3].astype(int) - general.dyed)[paper].max() <= 2, "all is dyed"


def test_dye_pools_some_fifteen_percent_darker_along_the_cuts():
    table = {
        "size": [100, 100],
        "dyes": {"red": "#D7262B"},
        "part": [{"name": "disc", "dye": "red", "disc": [50, 50, 40]}],
    }
    disc = guangling.DyedFigure(engraving.figure(table, "disc"), Canvas(SMALL, scale=1.0), stream(1, "disc"))
    red = disc.dyed[..., 2].astype(float)
    deep = raster.distance(disc.solid > 250)
    assert 0.78 < red[(deep > 0) & (deep < 2)].mean() / red[deep > 25].mean() < 0.9


def test_dye_runs_downward_over_eight_seconds(general):
    wet = general.arrival < 90
    assert 6.5 < general.arrival[wet].max() <= guangling.DYEING
    top, foot = (general.arrival[a:b][wet[a:b]].mean() for a, b in ((0, 100), (-100, None)))
    assert top + 3 < foot


def test_guangling_and_red_rosettes_are_told_apart():
    for words in (*Paper.credits, *Paper.captions.values()):
        assert not ("广灵" in words[0] and "团花" in words[0])
        assert not ("Guangling" in words[1] and "rosette" in words[1])
    assert any("广灵" in zh for zh, _ in Paper.credits)


# guests


def test_a_guests_cut_shows_at_once_and_opens_in_a_pane_of_its_own(scene):
    at = step(scene, 0, 60)
    scene.on_cut(Signal("phone/cut", number=23, points=STROKE, text="crescent"))
    pane = scene.companion()["panes"]["23"]
    at = step(scene, at, 1)
    assert scene.panes.opening[pane].guest == 23
    at = step(scene, at, round(60 * (0.25 + 0.9)))
    assert pane in scene.panes.held
    assert scene.panes.guests[pane] == 23


def test_strokes_of_one_guest_belong_to_one_flower(scene):
    at = step(scene, 0, 30)
    for number, shape in ((5, "crescent"), (6, "saw"), (5, "drop"), (5, "cloud")):
        scene.on_cut(Signal("phone/cut", number=number, points=STROKE, text=shape))
        at = step(scene, at, 40)
    five = [w for w in scene.bench.works if w.guest == 5]
    assert len(five) == 1
    assert len(five[0].strokes) == 3
    assert len(set(scene.companion()["panes"].values())) == 2
    assert [mark.guest for mark in scene.evening.marks("flower")] == [5, 6], "each flower is kept once"
    step(scene, at, round(60 * workbench.REGATHER))
    scene.on_cut(Signal("phone/cut", number=5, points=STROKE, text="saw"))
    assert len([w for w in scene.bench.works if w.guest == 5]) == 2


@pytest.mark.parametrize("shape", ["crescent", "saw", "drop", "cloud", "no such", ""])
@pytest.mark.parametrize("points", [(), ((0.5, 0.5),), STROKE, ((0.0, 0.0), (1.0, 1.0)), ((0.4, 0.4),) * 64])
def test_any_stroke_makes_a_cut_that_can_be_drawn(shape, points):
    outline = papercut.stroke(points or ((0.5, 0.4),), shape, 8)
    recipe = papercut.with_strokes(papercut.plain(8), (outline,))
    flower = papercut.cut_flower(recipe, 40, Canvas(SMALL, scale=1.0))
    assert np.isfinite(outline).all()
    assert pieces(flower.solid) == 1


def test_a_crowd_of_guests_costs_one_flower_a_frame(scene):
    at = step(scene, 0, 10)
    for number in range(1, 60):
        scene.on_cut(Signal("phone/cut", number=number, points=STROKE, text="saw"))
    at = step(scene, at, 90)
    assert not any(w.dirty for w in scene.bench.works)
    assert len(scene.panes.guests) == len(scene.window.panes)


# verbs


VERBS = {
    "cut": Signal("phone/cut", number=9, points=STROKE, text="saw"),
    "tap": Signal("phone/tap", x=0.2, y=0.2, count=3),
    "pad": Signal("midi/note/38", 0.7, number=38),
    "vote": Signal("phone/vote", text="potato", count=2),
    "swipe_left": Signal("camera/swipe_left"),
    "swipe_right": Signal("camera/swipe_right"),
    "push": Signal("camera/push"),
    "raise": Signal("camera/raise"),
    "lower": Signal("camera/lower"),
    "wave": Signal("camera/wave"),
    "hush": Signal("camera/hush"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_answered_within_two_frames(under_way, verb):
    played, left = twin(under_way), twin(under_way)
    getattr(played, f"on_{verb}")(VERBS[verb])
    for one in (played, left):
        step(one, 120, 2)
    assert np.abs(picture(played, 121).astype(int) - picture(left, 121)).max() > 8


@pytest.mark.parametrize("thing", kaihua.read_things(PAPERCUT / "kaihua.toml").values(), ids=lambda t: t.id)
def test_things_are_one_sheet_and_bloom_with_their_couplet(scene, thing):
    assert pieces(kaihua.cut_thing(thing, Canvas(SMALL, scale=1.0)).solid) == 1
    if not thing.bloom:
        return
    scene.on_cue(Signal("cue", text="bloom"))
    step(scene, 0, 30)
    scene.on_vote(Signal("phone/vote", text=thing.id))
    assert scene.caption == thing.id
    step(scene, 30, 90)
    assert scene.blooming.opened(scene.now) == len(thing.bloom)


def test_drum_cuts_deeper_the_harder_it_is_struck(scene):
    soft, hard = (workbench.DrumFlower(90, Canvas(SMALL, scale=1.0)) for _ in range(2))
    paper = [flower.cut(36, force).solid.sum() for flower, force in ((soft, 0.05), (hard, 1.0))]
    assert paper[1] < paper[0]
    for k in range(workbench.MOST):
        scene.on_pad(Signal("midi/note", 0.8, number=36 + k))
    assert scene.drum.count == 0, "the finished flower goes to a pane and a fresh sheet comes"


def test_companion_offers_cutting_and_in_bloom_a_vote(scene):
    for act in ("lattice", "bloom", "dye"):
        scene.on_cue(Signal("cue", text=act))
        told = json.loads(json.dumps(scene.companion()))
        assert told["view"] == "cut"
        assert "cut" in told["verbs"]
        assert all(told["line"])
        assert scene.words(scene.caption)[0]
        if act == "bloom":
            assert {o["id"] for o in told["options"]} <= set(Paper.captions)


# the picture


def test_same_seed_same_picture_and_drawing_changes_nothing(letters, scene):
    seen = []
    for one in (scene, a_scene(letters, 7), a_scene(letters, 8)):
        for index in range(90):
            one.autoplay(Frame(index))
            step(one, index, 1)
        seen.append(picture(one, 89).tobytes())
        assert picture(one, 89).tobytes() == seen[-1]
    assert seen[0] == seen[1] != seen[2]


def test_picture_moves_from_the_first_second_and_fills_by_itself(scene):
    first = picture(scene, 0).astype(int)
    for index in range(60 * 12):
        scene.autoplay(Frame(index))
        step(scene, index, 1)
        if index == 30:
            assert np.abs(picture(scene, 30) - first).max() > 30
    assert scene.panes.holding() > 0.8 * len(scene.panes.panes)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(640, 360), (400, 300)])
def test_window_fits_other_shapes(letters, size):
    made = Paper(Setting("paper", size, 60, 7, letters, (ASSETS,)))
    made.setup()
    made.update(Frame(0))
    canvas = Canvas(size)
    made.draw(canvas, Frame(0))
    assert canvas.px[..., :3].std() > 30
    assert all(p.x + p.width / 2 < canvas.width - 150 for p in made.window.panes)


# data at the door


def test_wrong_data_is_named_with_file_entry_and_reason(tmp_path):
    def written(text):
        path = tmp_path / "wrong.toml"
        path.write_text(text, encoding="utf-8")
        return path

    with pytest.raises(ValueError, match=r"wrong\.toml, rosette 1 \(A\): folds is 7"):
        papercut.read_rosettes(written('[[rosette]]\nname = "A"\nfolds = 7\n'))
    with pytest.raises(ValueError, match=r"rosette 1 \(A\), cut 1: unknown unit 'drip'"):
        papercut.read_rosettes(written('[[rosette]]\nname="A"\nfolds=6\ncuts=[{unit="drip",r=0.5}]\n'))
    head = 'size = [100, 100]\n[dyes]\nred = "#C8201E"\n[[part]]\nname = "hat"\n'
    with pytest.raises(ValueError, match=r"part 1 \(hat\): unknown dye 'blue'"):
        engraving.read_figure(written(head + 'dye = "blue"\ndisc = [5, 5, 3]\n'))
    with pytest.raises(ValueError, match=r"part 1 \(hat\): an outline needs three points"):
        engraving.read_figure(written(head + 'dye = "red"\noutline = [[1, 1], [2, 2]]\n'))
    with pytest.raises(ValueError, match=r"part 1 \(hat\): unknown filling 'dots'"):
        engraving.read_figure(
            written(head + 'dye = "red"\ndisc = [5, 5, 3]\nfills = [{ kind = "dots", size = 3 }]\n')
        )
    with pytest.raises(ValueError, match="'#12' is no colour"):
        engraving.read_figure(written('size = [9, 9]\n[dyes]\nred = "#12"\n'))
    with pytest.raises(ValueError, match=r"thing 1 \(no id\): needs an id"):
        kaihua.read_things(written("size = [9, 9]\n[[thing]]\n"))


@pytest.mark.parametrize("size", [(480, 270), (640, 360), (1280, 720)])
def test_the_general_stays_whole_on_small_screens_too(size):
    figure = guangling.read_figure(PAPERCUT / "general.toml")
    solid = guangling.DyedFigure(figure, Canvas(size), stream(5, "general")).solid
    rows = np.flatnonzero(solid.max(axis=1) > 96)
    assert np.ptp(rows) > 0.85 * len(solid), "from plume to boot"
