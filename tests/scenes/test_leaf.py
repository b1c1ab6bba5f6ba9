"""One leaf: the legend as it is told, how a leaf falls, a tablet of right proportion, two clicks."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest

from engine import MODES
from scenes.kit import tung
from scenes.kit.boyshand import GIVEN, TOUCH
from scenes.kit.descent import AFLOAT, FALL, HOVER
from scenes.kit.falling import BEAT, Falling
from scenes.kit.giving import MOST
from scenes.kit.gui import STROKES, read_plan
from scenes.kit.stillwater import WATER
from scenes.kit.verdict import DEEDS, KING
from scenes.leaf import SONG, XUN, Leaf
from tests.scenes.stage import ASSETS, SMALL, Stage, picture, run, signal

STAGE = Stage(Leaf)
fresh = STAGE.fresh

PLAN = ASSETS / "tung/gui.toml"


def heard(scene, frames):
    """Every hit with its second of the act."""
    return [
        (round(scene.age, 3), hit) for index in range(frames) if run(scene, 1, index) for hit in scene.hits
    ]


# the legend


def test_it_is_called_a_legend_and_the_sentence_is_the_historians(scene):
    assert scene.captions["legend"][0].startswith("传说") and "legend" in scene.captions["legend"][1]
    assert "。".join([KING, "，".join(DEEDS)]) == "天子无戏言。言则史书之，礼成之，乐歌之"
    scene.caption = "king"
    assert scene.surtitle == ("", "“A king's word is never play."), "its Chinese stands in the picture"
    assert scene.words("king")[0] == KING, "phones read it in both"


def test_the_captions_come_in_the_order_of_the_story(scene):
    told, at = [], 0
    for act, seconds in (("leaf", 4), ("gui", 11), ("nojest", 15)):
        scene.on_cue(signal("cue", text=act))
        for _ in range(seconds * 60):
            at = run(scene, 1, at)
            if scene.caption and scene.caption not in told:
                told.append(scene.caption)
    assert told == ["legend", "game", "only", "king", "deeds", "tang"]


# the fall


def test_a_leaf_falls_from_side_to_side_rolls_at_the_middle_and_hurries_at_the_ends():
    leaf = Falling(0.0, 0.0, 1.0, speed=60.0)
    trace = []
    for _ in range(round(2 * 2 * math.pi / BEAT * 60)):
        y = leaf.y
        leaf.step(1 / 60)
        trace.append((leaf.at[0], leaf.roll, (leaf.y - y) * 60))
    x, roll, drop = np.array(trace).T
    assert x.max() == pytest.approx(0.12 * 1080, rel=0.01) and x.min() == pytest.approx(-x.max(), rel=0.02)
    assert np.abs(roll[np.abs(x) > 0.98 * x.max()]).max() < 0.3 * np.abs(roll).max()
    assert drop.min() == pytest.approx(60, rel=0.02) and drop.max() == pytest.approx(90, rel=0.02)
    assert (drop > 0).all(), "alone, a leaf never rises"


def test_in_a_still_room_it_is_at_the_water_after_twelve_seconds_and_lands(scene):
    at = run(scene, round(FALL * 60) - 60)
    assert scene.descent.fall.y < HOVER and not scene.descent.landed
    run(scene, 60 * 5, at)
    assert scene.descent.landed and scene.descent.lying > 0.9


def test_a_restless_room_keeps_it_in_the_air_until_it_is_still(scene):
    scene.knobs["energy"].turn(0.6)
    at = run(scene, 60 * 18)
    assert not scene.descent.landed and scene.descent.fall.y <= HOVER + 8
    scene.knobs["energy"].turn(0.0)
    scene.on_hush(signal("hush"))
    run(scene, 60 * 4, at)
    assert scene.descent.landed


def test_the_stillness_that_calls_for_the_knife_lets_it_land_first(scene):
    at = run(scene, 60 * 11)
    assert not scene.descent.landed
    scene.on_cue(signal("cue", text="gui"))
    at = run(scene, 60, at)
    assert scene.age == 0 and scene.descent.fall.y > HOVER
    at = run(scene, 60 * 3, at)
    assert scene.descent.landed and 0 < scene.age < 2
    run(scene, 60 * 9, at)
    assert scene.hand.freed == len(STROKES), "it is cut in time"


def test_a_gust_takes_it_up_again(scene):
    at = run(scene, 60 * 17)
    assert scene.descent.landed
    scene.on_pad(signal("pad", number=36, value=1.0))
    run(scene, 40, at)
    assert not scene.descent.landed and scene.descent.fall.y < AFLOAT - 40


# the cutting


def test_the_tablet_is_a_pentagon_of_one_to_three_point_two():
    plan = read_plan(PLAN)
    corners = plan.corners
    width, height = np.ptp(corners, axis=0)
    assert height / width == pytest.approx(3.2)
    apex = corners[2]
    assert apex[0] == 0 and (corners[1][1] - apex[1]) / height == pytest.approx(0.18)
    assert corners[0][1] == corners[4][1], "square below"


def test_the_tablet_fits_into_the_leaf_it_is_cut_from():
    plan, leaf = read_plan(PLAN), tung.grow(tung.read_leaf(ASSETS / "tung/leaf.toml"))
    low, high = plan.corners[0][1], plan.corners[2][1]
    middle = np.stack([np.zeros(20), np.linspace(low, high, 20)], 1)
    assert tung.inside(middle, leaf.edge).all()
    sides = np.array(
        [(x, y) for x in plan.corners[[0, 4], 0] for y in np.linspace(low, plan.corners[1][1] * 0.97, 12)]
    )
    assert tung.inside(sides, leaf.edge).mean() > 0.9


@pytest.mark.slow
def test_nothing_of_the_leaf_is_lost_in_the_cutting():
    """Tablet and off-cuts together are the leaf."""
    scene = fresh(size=(960, 540))
    whole = scene.one.sheet.px[..., 3].astype(float).sum()
    parts = sum(sheet.px[..., 3].astype(float).sum() for _, sheet, _ in scene.hand.cutting.pieces)
    parts += scene.hand.cutting.tablet.px[..., 3].astype(float).sum()
    assert parts == pytest.approx(whole, rel=0.03)
    assert len(scene.hand.cutting.stages) == len(STROKES) + 1
    sizes = [stage.px[..., 3].astype(float).sum() for stage in scene.hand.cutting.stages]
    assert (np.diff(sizes) < 0).all()


def test_each_stroke_frees_its_off_cuts_and_they_flutter_away(scene):
    scene.on_cue(signal("cue", text="gui"))
    at = run(scene, round(TOUCH * 60))
    assert scene.hand.freed == 0 and not scene.scraps.flying
    at = run(scene, round(scene.plan.seconds * 60) + 30, at)
    assert scene.hand.freed == len(STROKES) and len(scene.scraps.flying) >= 3
    given = scene.gifts.given
    run(scene, 60 * 9, at)
    assert not scene.scraps.flying
    assert scene.gifts.given > given, "off-cuts become the guests' leaves"


def test_the_knife_never_leaves_the_line():
    plan = read_plan(PLAN)
    path = np.vstack([plan.corners, plan.corners[:1]])
    for t in np.linspace(0, plan.seconds, 200):
        place, _, _ = plan.knife(float(t))
        gaps = []
        for a, b in pairwise(path):
            u = np.clip(np.dot(place - a, b - a) / np.dot(b - a, b - a), 0, 1)
            gaps.append(np.hypot(*(place - a - u * (b - a))))
        assert min(gaps) < 1e-6


# the sentence


def test_two_clicks_and_no_more_on_no_jest(scene):
    scene.on_cue(signal("cue", text="nojest"))
    sounds = heard(scene, 60 * 20)
    clicks = [(age, hit.instrument) for age, hit in sounds if hit.instrument.startswith("clapper")]
    assert [name for _, name in clicks] == ["clapper", "clapper_round"]
    assert clicks[1][0] - clicks[0][0] < 1.0
    assert scene.verdict.king(clicks[0][0] + 0.01) == 4 and scene.verdict.king(clicks[1][0] + 0.01) == 5


def test_the_xun_is_alone_and_in_yu():
    scale = {0, *(s % 12 for s in MODES["yu"].semitones)}
    assert all((note - 69) % 12 in scale for _, note in (*XUN, *SONG))


def test_only_the_xun_sings_while_the_leaf_falls(scene):
    sounds = heard(scene, 60 * 20)
    assert {hit.instrument for _, hit in sounds if hit.pitch} <= {"xun", "bell"}
    assert sum(hit.instrument == "xun" for _, hit in sounds) >= 8


def test_the_leaf_turns_to_jade_when_the_rite_gives_it_form(scene):
    scene.on_cue(signal("cue", text="nojest"))
    at = run(scene, 60 * 6)
    x, y = round(GIVEN[0] * SMALL[0]), round(GIVEN[1] / 6)
    leaf = picture(scene)[y - 12 : y + 12, x - 5 : x + 5].mean((0, 1))
    run(scene, 60 * 4, at)
    jade = picture(scene)[y - 12 : y + 12, x - 5 : x + 5].mean((0, 1))
    assert leaf[2] - leaf[0] > 60 and jade[2] - jade[0] < 40, "from gold to grey-green"


# what people do


@pytest.mark.parametrize("act", ["leaf", "gui", "nojest"])
@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("give", {"x": 0.2, "number": 7}),
        ("flick", {"x": 0.5, "count": 3}),
        ("tap", {"x": 0.8}),
        ("pad", {"number": 36, "value": 1.0}),
        ("pad", {"number": 41, "value": 0.25}),
        ("wave", {}),
        ("push", {}),
        ("swipe_left", {}),
        ("swipe_right", {}),
        ("raise", {}),
        ("hush", {}),
    ],
)
def test_every_verb_is_seen_within_two_frames(act, verb, facts):
    touched, left = fresh(), fresh()
    for scene in (touched, left):
        scene.on_cue(signal("cue", text=act))
        run(scene, 60)
    getattr(touched, f"on_{verb}")(signal(verb, **facts))
    run(touched, 2, 60)
    run(left, 2, 60)
    assert np.abs(picture(touched) - picture(left)).max() > 8


def test_a_hush_lights_the_place_where_the_leaf_will_lie(scene):
    at = run(scene, 120)
    before = picture(scene)
    scene.on_hush(signal("hush"))
    run(scene, 1, at)
    assert (picture(scene) - before)[round(WATER / 6) :].max() > 20


def test_a_guests_leaf_rises_at_the_guests_column_within_a_quarter_second(scene):
    other = fresh()
    at = run(scene, 30)
    run(other, 30)
    scene.on_give(signal("give", x=0.17, number=3, value=0.8))
    run(scene, 10, at)
    run(other, 10, at)
    changed = np.argwhere(np.abs(picture(scene) - picture(other)).max(-1) > 40)
    assert len(changed) and abs(changed[:, 1].mean() / SMALL[0] - 0.17) < 0.08
    assert changed[:, 0].mean() > 0.6 * SMALL[1], "from below"


def test_a_full_house_gives_no_more_than_the_air_holds(scene):
    for index in range(120):
        scene.on_give(signal("give", x=(index % 11) / 10, number=index, count=9))
        run(scene, 1, index)
    assert (scene.gifts.age >= 0).sum() <= MOST
    assert scene.companion()["given"] == 120 * 9
    run(scene, 900, 120)
    assert np.isfinite(scene.gifts.x).all() and scene.gifts.afloat.sum() > 40


def test_every_green_is_the_guests_own(scene):
    for number in range(6):
        scene.on_give(signal("give", x=0.5, number=number))
    assert scene.gifts.kind[:6].tolist() == [0, 1, 2, 3, 4, 5]
    assert len(set(scene.companion()["greens"])) == 6


# the evening


def test_it_plays_its_three_acts_alone(scene):
    acts, at = [], 0
    for _ in range(62):
        at = run(scene, 60, at, autoplay=True)
        if not acts or acts[-1] != scene.act:
            acts.append(scene.act)
    assert acts[:4] == ["leaf", "gui", "nojest", "leaf"]


def test_a_called_act_is_left_to_the_caller(scene):
    scene.on_cue(signal("cue", text="leaf"))
    run(scene, 60 * 30, autoplay=True)
    assert scene.act == "leaf"


@pytest.mark.slow
@pytest.mark.parametrize("act", ["leaf", "gui", "nojest"])
def test_same_seed_same_picture_and_draw_changes_nothing(act):
    one, two, other = fresh(5), STAGE.anew(5), fresh(6)
    for scene in (one, two, other):
        scene.on_cue(signal("cue", text=act))
        run(scene, 200, autoplay=True)
    first = picture(one)
    assert (first == picture(one)).all() and (first == picture(two)).all()
    assert (first != picture(other)).any()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (640, 360)])
def test_other_shapes_and_sizes(size):
    scene = fresh(size=size)
    for act in ("leaf", "gui", "nojest"):
        scene.on_cue(signal("cue", text=act))
        run(scene, 130, autoplay=True)
        assert picture(scene).max() > 100


def test_a_guests_leaf_is_kept_for_the_evening(scene):
    scene.on_give(signal("give", number=7, x=0.25, value=0.5))
    (mark,) = scene.evening.marks("leaf")
    assert (mark.guest, mark.x, mark.text) == (7, 0.25, "1")


def test_words_for_the_phones(scene):
    companion = scene.companion()
    assert companion["view"] == "leaf" and companion["verbs"] == ["give"]
    assert json.loads(json.dumps(companion)) == companion and all(companion["line"])
    assert all(zh and en for zh, en in [*scene.credits, scene.title])
    assert all(en for _, en in scene.captions.values())


# bad data is stopped at the door


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("ratio = 3.2", "ratio = 12", "ratio: 12"),
        ("apex = 0.18", "apex = 'high'", "apex: 'high'"),
        ('name = "rise"', 'name = "jump"', "strokes: must be left, rise"),
        ("cut = 1.25", "cut = -1", "seconds above 0"),
        ('"#7F8F3A", "#6C8A3C"', '"green", "#6C8A3C"', "greens 1: 'green'"),
        ('"#A8943A", ', "", "six are needed, found 5"),
        ('edge = "#5F7358"', 'edge = "pale"', "jade.edge"),
        ("ratio = 3.2", "ratio 3.2", "line 3"),
    ],
)
def test_mistakes_in_the_tablets_file_are_named(tmp_path, old, new, word):
    text = PLAN.read_text("utf-8")
    assert old in text
    path = tmp_path / "gui.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=word) as wrong:
        read_plan(path)
    assert "gui.toml" in str(wrong.value)
