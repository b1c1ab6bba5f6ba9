"""The painted face: designs as data, the painter's order, the vote, the springs of the hat, every verb."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.flashes import Flashes
from engine import Canvas, Frame
from engine.core.crowd import Result
from scenes.face import Face
from scenes.kit import browmotif, facepage, wingwork
from scenes.kit.facedata import STEPS, read_cast, read_face
from scenes.kit.wingact import WingAct
from tests.scenes.stage import ASSETS, SMALL, Stage, run, signal

fresh = Stage(Face).fresh

DESIGNS = sorted(p for p in (ASSETS / "face").glob("*.toml") if p.stem != "cast")


def face_of(scene):
    """The painted sheet as it is now."""
    return scene.dresser.sheet.px[..., :3].astype(int)


# designs as data


@pytest.mark.parametrize("path", DESIGNS, ids=lambda p: p.stem)
def test_every_design_can_be_read_and_keeps_the_painters_order(path):
    face = read_face(path)
    assert all(face.name) and all(face.role)
    assert len({r.step for r in face.regions}) >= 5, "brow, eye, nose, mouth and more"
    order = [STEPS.index(r.step) for r in face.regions]
    assert order == sorted(order)
    names = [r.name for r in face.regions]
    assert len(set(names)) == len(names)


def test_there_are_four_kinds_of_face_and_none_is_lord_guan():
    kinds = {read_face(path).name[0] for path in DESIGNS}
    assert len(kinds) >= 4
    words = "".join(path.read_text("utf-8") for path in DESIGNS)
    assert not any(name in words for name in ("关羽", "关公", "Guan Yu", "变脸"))


BROKEN = {
    "open": ('path = "M 0 10 R 30 40 10 60"', "outline is open"),
    "colour": ('path = "M 0 10 R 30 40 10 60 Z"\ncolour = "mauve"', "unknown pigment 'mauve'"),
    "step": ('path = "M 0 10 R 30 40 10 60 Z"\nstep = "brows"', "did you mean 'brow'"),
    "far": ('path = "M 0 10 R 300 40 10 60 Z"', "leaves the head"),
    "word": ('path = "M 0 10 R 30 40 10 60 Z"\ncolor = "red"', "unknown word 'color'; did you mean 'colour'"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_design_names_file_region_and_reason(fault, tmp_path):
    lines, reason = BROKEN[fault]
    entry = {"step": 'step = "brow"', "name": 'name = "眉"', "colour": 'colour = "white"'}
    text = "\n".join(line for word, line in entry.items() if f"{word} =" not in lines) + "\n" + lines
    file = tmp_path / "mine.toml"
    head = 'name = ["a", "b"]\nrole = ["c", "d"]\nground = "#B3201D"\n[pigments]\nwhite = "#FFFFFF"\n'
    file.write_text(f"{head}[[region]]\n{text}", "utf-8")
    with pytest.raises(ValueError, match=r"mine\.toml: region 1") as error:
        read_face(file)
    assert reason in str(error.value)


def test_steps_out_of_order_are_named(tmp_path):
    text = (ASSETS / "face/molian.toml").read_text("utf-8")
    first, last = text.split("\n[[region]]")[0], text.split("\n[[region]]")[1:]
    file = tmp_path / "late.toml"
    file.write_text("\n[[region]]".join([first, last[-1], *last[:-1]]), "utf-8")
    with pytest.raises(ValueError, match="眉"):
        read_face(file)


def test_a_troupes_own_design_plays_and_a_broken_one_falls_back(tmp_path):
    own = tmp_path / "face"
    own.mkdir()
    cast = (ASSETS / "face/cast.toml").read_text("utf-8")
    (own / "cast.toml").write_text(cast.replace('"sankuaiwa"', '"nobody", "molian"'), "utf-8")
    (own / "huasankuaiwa.toml").write_text("name = 3", "utf-8")
    scene = fresh(assets=(tmp_path, ASSETS))
    assert scene.faces[0].key == "molian"
    for wrong in ("huasankuaiwa", "nobody"):
        assert any(wrong in trouble for trouble in scene.troubles)


def test_a_cast_needs_faces_and_two_virtues(tmp_path):
    file = tmp_path / "cast.toml"
    file.write_text('faces = ["a"]\n[virtue.red]\nwords = ["忠", "loyal"]\ncolour = "#B3201D"\n', "utf-8")
    with pytest.raises(ValueError, match="at least two"):
        read_cast(file)


# the painter


def test_half_the_face_paints_itself_and_the_other_half_stays_bare(scene):
    bare = face_of(scene)
    run(scene, 60 * 26)
    middle = bare.shape[1] // 2
    changed = np.abs(face_of(scene) - bare).max(-1) > 24
    assert changed[:, : middle - 4].mean() > 0.10
    assert not changed[:, middle + 4 :].any()
    assert scene.painter.done(-1) == 1


def test_a_pad_paints_its_region_and_pressure_is_coverage(scene):
    other = fresh()
    bare = face_of(scene)
    for one, force in ((scene, 1.0), (other, 0.05)):
        one.on_pad(signal("pad", number=37, value=force))
        run(one, 50)
    firm, light = (np.abs(face_of(s) - bare).sum() for s in (scene, other))
    assert firm > 1.3 * light > 0
    assert ("socket", -1) in scene.painter.asked and ("brow", -1) not in scene.painter.asked


def test_paint_laid_in_any_order_gives_the_same_face():
    faces = []
    for order in (STEPS, STEPS[::-1]):
        one = fresh()
        for step in order:
            one.painter.paint(step, -1, 1.0)
        one._begin("virtue")
        one.on_answer(Result(1.0, "blue", 9, True))
        run(one, 60 * 12)
        faces.append(face_of(one))
    differ = np.abs(faces[0] - faces[1]).max(-1) > 20
    assert differ.mean() < 0.03, "only soft edges, a pixel wide, may tell"


def test_the_vote_sets_the_ground_and_both_halves_take_it(scene):
    scene.on_cue(signal("cue", text="virtue"))
    scene.on_answer(Result(1.0, "blue", 40, True))
    run(scene, 60 * 14)
    sheet, head = face_of(scene), scene.dresser.head
    for side in (-1, 1):
        x = round((side * 88 + 172) * head.grain)
        y = round((348 + 52) * head.grain)
        blue, _, red = sheet[y, x]
        assert blue > 1.4 * red, "azure cheeks"
    assert scene.companion()["view"] == "face" and scene.companion()["brow"]


def test_a_whole_face_is_never_voted_red(tmp_path):
    (tmp_path / "face").mkdir()
    cast = (ASSETS / "face/cast.toml").read_text("utf-8").replace('"sankuaiwa"', '"zhenglian"')
    (tmp_path / "face/cast.toml").write_text(cast, "utf-8")
    scene = fresh(assets=(tmp_path, ASSETS))
    scene.on_cue(signal("cue", text="virtue"))
    scene.on_answer(Result(1.0, "red", 40, True))
    assert scene.painter.ground == scene.faces[0].ground


def test_without_a_window_the_phones_votes_decide(scene):
    scene.on_cue(signal("cue", text="virtue"))
    scene.on_vote(signal("vote", text="white", count=7))
    scene.on_vote(signal("vote", text="nonsense", count=70))
    run(scene, 60 * 14)
    assert scene.answer == "white"


def test_live_shares_come_from_the_window(scene):
    scene.on_cue(signal("cue", text="virtue"))
    scene.poll = {"red": 1, "black": 3}
    run(scene, 60)
    assert scene.strips.shown[1] > scene.strips.shown[0] > scene.strips.shown[3]


# the brow of the house


def test_the_largest_gathering_of_brows_wins():
    flame = [(0.1 + 0.08 * n, 0.2 - 0.1 * math.sin(n / 9 * math.pi)) for n in range(10)]
    bar = [(0.1 + 0.08 * n, 0.2) for n in range(10)]
    house = browmotif.Gathering()
    for guest, stroke in enumerate([bar, flame, flame[::-1], [(x, y + 0.01) for x, y in flame]], 1):
        assert house.add(guest, stroke)
    assert not house.add(9, [(0.4, 0.1)])
    region, guest = house.chosen("own")
    assert guest in (2, 3, 4)
    assert region.points[:, 0].min() >= 8 and region.points[:, 1].max() < 90, "on the forehead"


def test_a_guests_stroke_is_chalked_kept_and_starts_the_region_under_it(scene):
    brow = read_face(ASSETS / "face/sankuaiwa.toml").step("brow")[0].points
    points = tuple((float(x) / facepage.FULL[0], float(y) / facepage.FULL[1]) for x, y in brow[:20])
    scene.on_draw(signal("draw", number=12, x=0.2, points=points))
    run(scene, 2)
    assert scene.chalk.lines and ("brow", -1) in scene.painter.asked
    assert scene.evening.marks("stroke")[0].guest == 12


# the wings


def test_a_wing_swings_at_its_own_frequency_and_dies_away():
    wing = wingwork.Wing()
    wing.kick(1.0)
    path = []
    for _ in range(180):
        wing.step(1 / 60)
        path.append(wing.x)
    turns = sum(a <= 0 < b for a, b in pairwise(path))
    assert 7 <= turns <= 8, "2.6 Hz for three seconds"
    assert max(path[:30]) > 0.8 and max(np.abs(path[-20:])) < 0.12


def test_one_wing_beats_while_the_other_is_still():
    act = WingAct()
    feats, struck = 0, []
    for index in range(60 * 6):
        if index % 33 == 0:
            act.pair.kick(-1, 0.8)
        _, hits, done = act.step(Frame(index), index / 33)
        feats += done
        struck += [name for name, _ in hits]
    assert feats == 1 and act.pair.feats == [1, 0]
    assert {"gong", "drum"} <= set(struck), "it is heard"
    assert act.pair.right.swing < wingwork.STILL


def test_both_wings_beating_is_no_feat():
    act = WingAct()
    for index in range(60 * 6):
        if index % 33 == 0:
            act.pair.kick(0, 0.8)
        assert not act.step(Frame(index), 0)[2]


@pytest.mark.parametrize(
    ("x", "left", "right"), [(0.0, 1, 0), (1.0, 0, 1), (1 / 3, 1, 0), (0.6666, 0, 1), (0.5, 0.5, 0.5)]
)
def test_the_house_is_told_apart_by_its_halves(x, left, right):
    full = sum(wingwork.halves(signal("tap", x=x, count=10), 40))
    found = wingwork.halves(signal("tap", x=x, count=10), 40)
    assert found == pytest.approx((left * full, right * full), abs=0.01)


def test_taps_of_the_left_half_shake_the_left_wing(scene):
    scene.on_cue(signal("cue", text="wings"))
    run(scene, 60)
    scene.on_tap(signal("tap", x=0.1, count=20))
    run(scene, 8, 60)
    assert scene.wings.pair.left.swing > 4 * scene.wings.pair.right.swing


def test_stillness_holds_the_wings(scene):
    scene.on_cue(signal("cue", text="wings"))
    run(scene, 60)
    scene.on_wave(signal("wave"))
    scene.on_hush(signal("hush"))
    run(scene, 30, 60)
    assert scene.wings.pair.left.swing < 0.2


@pytest.mark.slow
def test_autoplay_paints_votes_and_does_the_feat(scene):
    run(scene, 60 * 25, autoplay=True)
    assert scene.painter.done(-1) == 1
    index = run(scene, 60 * 22, 60 * 25, autoplay=True)
    assert scene.answer in scene.virtues
    run(scene, 60 * 22, index, autoplay=True)
    assert sum(scene.wings.pair.feats) >= 1
    assert scene.dresser.worn


@pytest.mark.slow
def test_beating_wings_and_the_shout_do_not_flash():
    """Counted without the guard, through a feat; large enough that a gilt wire is not a whole pixel wide."""
    size = (640, 360)
    scene = fresh(size=size)
    for act in ("draw", "virtue", "wings"):
        scene.on_cue(signal("cue", text=act))
    run(scene, 60)
    flashes, canvas = Flashes(20), Canvas(size)

    def watch(index):
        if index % 3 == 0:
            scene.draw(canvas, Frame(index))
            flashes.see(canvas.px, index // 3)

    run(scene, 60 * 10, 60, autoplay=True, each=watch)
    assert sum(scene.wings.pair.feats) >= 1
    assert max(flashes.worst) <= 3


def test_a_jump_to_the_wings_finds_a_whole_face(scene):
    for act in ("draw", "virtue", "wings"):
        scene.on_cue(signal("cue", text=act))
    run(scene, 150)
    assert scene.painter.done(-1) == scene.painter.done(1) == 1 and scene.painter.ground


@pytest.mark.parametrize(
    "verb", ["raise", "lower", "wave", "push", "hush", "swipe_left", "swipe_right", "applause"]
)
@pytest.mark.parametrize("act", ["draw", "wings"])
def test_every_gesture_is_answered(verb, act):
    one, two = fresh(), fresh()
    for scene in (one, two):
        scene.on_cue(signal("cue", text=act))
        run(scene, 70)
    scene.wings.pair.kick(0, 0.5)
    one.wings.pair.kick(0, 0.5)
    getattr(one, f"on_{verb}")(signal(verb))
    if verb == "hush" and act == "draw":
        return  # nothing moves that could be stilled
    run(one, 12, 70)
    run(two, 12, 70)
    pictures = []
    for scene in (one, two):
        canvas = Canvas(SMALL)
        scene.draw(canvas, Frame(82))
        pictures.append(canvas.px[..., :3].astype(int))
    moved = np.abs(pictures[0] - pictures[1]).max()
    assert moved > 12 or verb in ("swipe_left", "swipe_right"), verb


def test_phones_are_told_what_they_need_and_no_more(scene):
    for act in ("draw", "virtue", "wings"):
        scene.on_cue(signal("cue", text=act))
        run(scene, 90)
        told = json.dumps(scene.companion())
        assert json.loads(told) == scene.companion()
        assert len(told) < 4000
