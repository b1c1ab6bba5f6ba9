"""Wood: the set goes together in its order, the tower always rises, bends and never falls; every verb."""

import json

import numpy as np
import pytest

from scenes.kit import swaying
from scenes.kit.pagoda import read_pagoda
from scenes.kit.pagoda_parts import atoms
from scenes.kit.raising import FEWEST, MOST, pieces_for
from scenes.kit.timber import read_bracket, read_joints
from scenes.wood import BUILT, Wood
from tests.scenes.stage import ASSETS, SMALL, Stage, hear, picture, signal

STAGE = Stage(Wood)


def fresh(seed=5, size=SMALL, joined=0):
    scene = STAGE.fresh(seed, size)
    scene.joined = joined
    return scene


def run(scene, frames, *, autoplay=False):
    """Play on from where the scene is; every hit."""
    return [hit for _, hit in hear(scene, frames, scene.index + 1, autoplay)]


@pytest.fixture(scope="module")
def shared():
    """One scene for tests that begin with a cue of their own."""
    return fresh()


def cue(scene, act, joined=0):
    scene.joined = joined
    scene.on_cue(signal("cue", text=act))
    return scene


# what the carpenter knows


def test_every_part_rests_on_parts_laid_before_it():
    (foot, *parts), *_ = read_bracket(ASSETS / "wood/bracket.toml")
    assert [part.order for part in parts] == list(range(1, len(parts) + 1)) and foot.order == 0
    laid = []
    for part in parts:
        for solid in part.solids:
            low = np.vstack(solid).min(axis=0)
            high = np.vstack(solid).max(axis=0)
            carried = part.order == 1 or any(
                (below[0] < high - 0.1).all()
                and (below[1][:2] > low[:2] + 0.1).all()
                and below[1][2] >= low[2]
                for below in laid
            )
            assert carried, f"{part.id} hangs in the air"
        laid += [(np.vstack(s).min(axis=0), np.vstack(s).max(axis=0)) for s in part.solids]


def test_arms_and_blocks_have_the_measures_of_the_book():
    (_, *parts), *_ = read_bracket(ASSETS / "wood/bracket.toml")
    sizes = {p.id: np.ptp(np.vstack(p.solids[0]), axis=0) for p in parts}
    assert tuple(sizes["ludou"]) == (32, 32, 20)
    assert (sizes["nidao"][0], sizes["mangong1"][0], sizes["linggong"][0]) == (62, 92, 72)
    assert all(sizes[p.id].min() == 10 for p in parts if p.kind == "arm"), "a cai is ten fen wide"


def test_the_pagoda_is_an_octagon_of_five_storeys_and_six_eaves():
    tower = read_pagoda(ASSETS / "wood/pagoda.toml")
    built = atoms(tower)
    storeys = [atom.storey for atom in built]
    assert storeys == sorted(storeys), "nothing is laid before what is under it"
    assert set(storeys) == {0, 1, 2, 3, 4, 5, 6}
    roofs = [atom for atom in built if atom.kind == "roof"]
    assert len(roofs) == 6 * 3, "three faces of six eaves are seen from the court"
    lowest, *_, highest = tower.eaves
    assert lowest.half == 17.6 and highest.half == 12.4
    tip = max(f[..., 2].max() for atom in built for f in atom.facets)
    assert tip == pytest.approx(67.31)
    square, octagon = built[0], built[1]
    assert np.ptp(square.facets[0][..., 0]) > np.ptp(octagon.facets[0][..., 0])


def test_as_many_pieces_as_the_house_can_bring():
    assert [pieces_for(n) for n in (0, 8, 20, 80, 500)] == [FEWEST, FEWEST, 60, MOST, MOST]


# the acts


def test_one_block_then_the_whole_set_by_itself(shared):
    cue(shared, "block")
    run(shared, 50)
    assert shared.assembly.count == 2, "one block"
    heard = run(shared, 60 * 15)
    assert shared.assembly.whole
    assert sum(hit.instrument == "clapper_round" for hit in heard) >= 15


@pytest.mark.parametrize("phones", [0, 3, 500])
def test_the_tower_is_always_whole(shared, phones):
    cue(shared, "raise", phones)
    run(shared, round(60 * (BUILT + 3)))
    assert shared.raising.whole
    got, wanted = picture(shared), shared.pictures.sheets["work"][5]
    assert got.max() > 60 and wanted.px[..., 3].max() == 255


def test_a_tenon_flies_from_its_seat_and_its_guest_is_told_the_storey(shared):
    cue(shared, "raise", 40)
    run(shared, 70)
    before = picture(shared)
    shared.on_join(signal("join", number=7, x=0.9, value=1.0))
    run(shared, 2)
    assert np.abs(picture(shared) - before).max() > 8
    told = dict(shared.companion()["tenons"])
    assert told == {7: 1}
    assert shared.evening.marks("tenon")[-1].guest == 7
    run(shared, 45)
    assert shared.raising.landed


def test_raised_hands_lift_what_is_left_of_a_storey(shared):
    cue(shared, "raise", 80)
    run(shared, 70)
    shared.on_raise(signal("raise"))
    assert shared.raising.storey == 2
    run(shared, 100)
    assert shared.raising.landed >= shared.raising.next - 6


def test_it_bends_and_cannot_fall(shared):
    cue(shared, "shake")
    most = 0.0
    for n in range(40):
        shared.on_shake(signal("shake", x=0.1 if n % 8 < 4 else 0.9, value=1.0, count=200))
        shared.on_pad(signal("pad", number=36 + n % 14, value=1.0))
        run(shared, 6)
        most = max(most, abs(shared.sway.top))
        assert abs(shared.sway.lean).max() <= swaying.REACH
    assert most > 10, "the room sees that it moved it"
    turned = shared.sway.angles(17, swaying.math.radians(2), 1.0)
    assert np.abs(turned).max() <= swaying.math.radians(2) + 1e-9 and np.ptp(turned) > 0.01
    cue(shared, "stand")
    run(shared, 60 * 8)
    assert abs(shared.sway.top) < 3


def test_a_storey_rings_at_its_own_pace():
    sway = swaying.Sway(np.random.Generator(np.random.PCG64(1)))
    sway.at[2] = 1.0
    path = []
    for n in range(240):
        sway.step(n / 60, 1 / 60, 0.0)
        path.append(sway.at[2])
    crossings = np.flatnonzero(np.diff(np.sign(path)))
    assert 60 / np.mean(np.diff(crossings)) / 2 == pytest.approx(1.1, rel=0.06)
    peaks = [
        abs(p) for a, p, b in zip(path, path[1:], path[2:], strict=False) if abs(p) > max(abs(a), abs(b))
    ]
    decay = np.log(peaks[0] / peaks[2]) / (2 * np.pi)
    assert decay == pytest.approx(0.09, rel=0.25)


@pytest.mark.parametrize("act", ["block", "raise", "shake", "stand"])
@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("pad", {"number": 36, "value": 1.0}),
        ("pad", {"number": 49, "value": 0.3}),
        ("tap", {"number": 7, "x": 0.4, "y": 0.3}),
        ("join", {"number": 8, "x": 0.6}),
        ("shake", {"x": 0.6}),
        ("wave", {}),
        ("raise", {}),
        ("lower", {}),
        ("push", {}),
        ("swipe_left", {}),
        ("swipe_right", {}),
        ("hush", {}),
    ],
)
def test_every_verb_can_be_played_in_every_act(shared, act, verb, facts):
    cue(shared, act, 30)
    run(shared, 3)
    getattr(shared, f"on_{verb}")(signal(verb, **facts))
    run(shared, 3)
    told = shared.companion()
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(("act", "verb"), [("block", "pad"), ("raise", "raise"), ("shake", "tap")])
def test_a_stroke_is_seen_within_two_frames(act, verb):
    touched, left = fresh(), fresh()
    for scene in (touched, left):
        cue(scene, act)
        run(scene, 150)
    getattr(touched, f"on_{verb}")(signal(verb, number=38, value=1.0, x=0.3, y=0.3))
    run(touched, 2)
    run(left, 2)
    assert np.abs(picture(touched) - picture(left)).max() > 8


@pytest.mark.slow
def test_nothing_flashes(shared):
    """Storm, pushes and lamps: no second holds more than three opposing swings of a tenth."""
    levels = []
    for act in ("raise", "shake", "stand"):
        cue(shared, act)
        for n in range(80):
            shared.on_tap(signal("tap", number=n, x=n % 10 / 10))
            shared.on_pad(signal("pad", number=36 + n % 14, value=1.0))
            run(shared, 3)
            levels.append(((picture(shared) / 255).mean(-1) ** 2.2).mean())
    assert np.abs(np.diff(levels)).max() < 0.1


@pytest.mark.slow
def test_same_seed_same_picture_and_draw_changes_nothing():
    one, two = fresh(5), STAGE.anew(5)
    for scene in (one, two):
        cue(scene, "raise", 12)
        run(scene, 200, autoplay=True)
    first = picture(one)
    assert (first == picture(one)).all() and (first == picture(two)).all()


@pytest.mark.slow
def test_it_fits_a_narrow_screen():
    scene = fresh(size=(240, 180))
    for act in ("block", "raise", "shake", "stand"):
        cue(scene, act)
        run(scene, 30)
        assert picture(scene).max() > 60


def test_words_are_there_and_right(shared):
    assert all(zh and en for zh, en in [*shared.captions.values(), *shared.credits, shared.title])
    everything = " ".join(w for pair in [*shared.captions.values(), *shared.credits] for w in pair)
    assert "nail" not in everything and "钉" not in everything and "斗栱" not in everything
    cue(shared, "raise")
    told = shared.companion()
    assert told["view"] == "joint" and told["verbs"] == ["join"]
    assert all(kind and len(name) == 3 and len(into) == 3 for kind, name, into in told["parts"])


# bad data is stopped at the door


@pytest.mark.parametrize(
    ("read", "file", "old", "new", "word"),
    [
        (read_bracket, "bracket", 'kind = "block"', 'kind = "ball"', "'ball'"),
        (read_bracket, "bracket", "zones = [8, 4, 8]", "zones = [8, 4, 9]", "ludou"),
        (read_bracket, "bracket", "span = [-31, 31]", "span = [-5, 5]", "nidao"),
        (read_bracket, "bracket", "order = 3", "order = 2", "orders"),
        (read_bracket, "bracket", '"#6E4527"', '"brown"', "brown"),
        (read_bracket, "bracket", 'axis = "w"\nspan = [-36, 36]', 'axis = "q"\nspan = [-36, 36]', "huagong1"),
        (read_joints, "bracket", 'kind = "dovetail"', 'kind = "glue"', "joint 3"),
        (read_pagoda, "pagoda", "half = 15.2", "half = 18.2", "eave 2"),
        (read_pagoda, "pagoda", "body = 13.2", "body = 19", "eave 1"),
        (read_pagoda, "pagoda", "bays = [-0.36, 0.36]", "bays = [0.36, -0.36]", "bays"),
        (read_pagoda, "pagoda", 'tile = "#3A4048"', 'tile = "slate"', "tile"),
        (read_pagoda, "pagoda", "height = 67.31", "", "height"),
    ],
)  # fmt: skip
def test_mistakes_in_data_are_named(tmp_path, read, file, old, new, word):
    text = (ASSETS / f"wood/{file}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=word) as wrong:
        read(path)
    assert "mine.toml" in str(wrong.value)


def test_a_broken_file_of_the_show_is_named_and_the_shipped_one_used(tmp_path):
    (tmp_path / "wood").mkdir()
    text = (ASSETS / "wood/pagoda.toml").read_text(encoding="utf-8")
    (tmp_path / "wood/pagoda.toml").write_text(text.replace("top = 33.6", "top = 20"), encoding="utf-8")
    scene = STAGE.anew(5, assets=(tmp_path, ASSETS))
    assert "eave 4" in scene.troubles[0] and scene.tower.eaves[3].top == 33.6
