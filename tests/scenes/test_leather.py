"""The shadow stage: the craft's rules, every verb answered, figures checked at the door."""

import numpy as np
import pytest

from engine.core.clock import Frame
from engine.core.signals import Signal
from engine.stage.canvas import Canvas
from scenes.kit import hide, openwork
from scenes.kit.cast import read_cast
from scenes.kit.path import read_path
from scenes.kit.puppet import Puppet
from scenes.kit.puppeteer import read_moves
from scenes.leather import Leather
from tests.scenes.stage import ASSETS, SMALL, Stage, picture, run

staged = Stage(Leather, seed=7).fresh
PUPPETS = ASSETS / "puppets"
DYES = hide.read_dyes(PUPPETS / "dyes.toml")


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """Shipped figures are values: read once here, or reading is most of the tests' time."""
    read, kept = hide.read_figure, {}

    def remembered(path, dyes):
        if path.parent != PUPPETS:
            return read(path, dyes)
        if path not in kept:
            kept[path] = read(path, dyes)
        return kept[path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hide, "read_figure", remembered)
        yield


def cue(act):
    return Signal("cue", text=act)


def duelling(seed=7):
    scene = staged(seed)
    scene.on_cue(cue("duel"))
    return scene, run(scene, 150)


# the light


def test_lamp_warms_in_three_seconds():
    scene = staged()
    levels = []
    run(scene, 200, each=lambda _: levels.append(scene.lamp.level))
    assert 0 < levels[10] < 0.35, "the wick takes at once, but the oil is cold"
    assert levels[188] > 0.999
    assert np.all(np.diff(levels) >= 0)
    lit = picture(scene, 200).astype(float)[60:120, 120:200].mean(axis=(0, 1))
    assert lit[2] > lit[1] > lit[0], "an oil lamp through hemp paper is warm"


def test_lamp_is_brightest_behind_the_middle():
    scene = staged()
    n = run(scene, 200)
    grey = picture(scene, n).mean(axis=2)
    assert grey[70:86, 150:170].mean() > 1.25 * grey[120:150, 24:40].mean()


def test_out_leaves_the_dark_and_an_ember():
    scene = staged()
    n = run(scene, 200)
    scene.on_cue(cue("out"))
    n = run(scene, 90, n)
    shot = picture(scene, n)
    assert shot.mean() < 4
    assert shot[..., 2].max() > 60, "the wick still glows"
    n = run(scene, 240, n)
    faint = picture(scene, n)[..., 2].max()
    scene.on_tap(Signal("phone/tap", x=0.2))
    assert picture(scene, run(scene, 2, n))[..., 2].max() > faint + 20, "and glows up when somebody stirs"


def test_dyes_multiply_the_light():
    white = np.zeros((8, 8), np.float32)
    figure = hide.read_figure(PUPPETS / "rock.toml", DYES)
    canvas = Canvas((640, 360))
    puppet = Puppet(figure, DYES, canvas=canvas, mottle=white)
    puppet.x, puppet.y = canvas.width / 2, 800
    puppet.arrange()
    canvas.fill((255, 255, 255))
    puppet.paint(canvas, (0, 0, canvas.width, 1080))
    once = canvas.px[..., :3].astype(float) / 255
    puppet.paint(canvas, (0, 0, canvas.width, 1080))
    twice = canvas.px[..., :3].astype(float) / 255
    assert np.abs(twice - once * once).max() < 0.02


def test_fibre_is_still():
    scene = staged()
    n = run(scene, 260)
    first, later = picture(scene, n), picture(scene, run(scene, 40, n))
    corner = (slice(30, 70), slice(150, 170))
    a, b = (p[corner].astype(float).mean(axis=2) for p in (first, later))
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.6, "grain never boils"


# the rules of the craft


def test_every_figure_has_three_rods_and_no_rod_on_a_leg():
    scene = staged()
    for one in (*scene.beasts.values(), *scene.players.values()):
        rods = one.puppet.figure.rods
        assert len(rods) == 3
        assert not any(rod.part.startswith(("leg", "shin", "paw")) for rod in rods)


@pytest.mark.slow
def test_feet_keep_the_base_line():
    scene, _ = duelling()
    players = staged()
    lowest = []

    def look(index):
        if index % 6:
            return
        for one in scene.beasts.values():
            for part in one.puppet.figure.parts:
                if part.name.startswith(("shin_hind", "paw_hind")):
                    low = max(one.puppet.spot(part.name, p)[1] for p in part.outline)
                    lowest.append(low - scene.window.base)

    run(scene, 400, 150, autoplay=True, each=look)
    assert max(lowest) < 14 and min(lowest) > -40
    lowest.clear()

    def walk(index):
        if index % 6:
            return
        for one in players.players.values():
            low = max(one.puppet.spot("leg", p)[1] for p in _part(one.puppet, "leg").outline)
            lowest.append(low - players.window.base)

    run(players, 500, each=walk)
    assert max(lowest) < 14 and min(lowest) > -30


def test_legs_are_damped_pendulums():
    figure = hide.read_figure(PUPPETS / "ox.toml", DYES)
    for part in figure.parts:
        if part.name.startswith("leg"):
            assert (part.swing.w0, part.swing.zeta, part.swing.hang) == (6, 0.25, 1)
    puppet = Puppet(figure, DYES, canvas=Canvas((160, 90)), mottle=np.zeros((8, 8), np.float32))
    puppet.step(1 / 60)
    puppet.x += 8
    puppet.step(1 / 60)
    angles = []
    for _ in range(240):
        puppet.x += 8
        puppet.step(1 / 60)
        angles.append(puppet.angles["leg_fore"])
    assert max(np.abs(angles[:40])) > 0.02, "the root's start swings the legs"
    assert max(np.abs(angles[-30:])) < 0.1 * max(np.abs(angles)), "and they come to rest"


def test_turning_is_a_flip():
    scene = staged()
    n = run(scene, 300)
    general = scene.players["general"]
    hand = general.puppet.place("hand")[0] - general.puppet.x
    general.turn()
    run(scene, 60, n)
    turned = general.puppet.place("hand")[0] - general.puppet.x
    assert hand > 0 > turned


def test_leaving_puppet_grows_and_blurs():
    scene = staged()
    general = scene.players["general"].puppet
    general.lift = 1.0
    general.arrange()
    grown = np.abs(np.linalg.det(np.array(general.frames[""])[:, :2])) ** 0.5 / general.size
    assert grown == pytest.approx(1.04, abs=0.01)
    sharp, _, soft = (gel.picture.px[..., :3].astype(float) for gel, *_ in general.pieces["helm"].gels)
    assert np.abs(np.diff(soft, axis=1)).max() < np.abs(np.diff(sharp, axis=1)).max()


def test_arms_reach_where_the_hand_is_sent():
    scene = staged()
    puppet = scene.players["general"].puppet
    for target in ((80, -300), (60, -200), (-60, -240)):
        puppet.angles["chest"] = 0.0
        puppet.reach("upper", "fore", "hand", target)
        puppet.angles["hand"] = 0.0
        puppet.arrange()
        x, y = puppet.place("hand")
        root = np.array(puppet.frames[""])
        assert np.allclose((x, y), root @ (*target, 1), atol=1.5)


def test_heads_plug_into_any_collar():
    body = hide.read_figure(PUPPETS / "robe.toml", DYES)
    head = hide.read_figure(PUPPETS / "head_general.toml", DYES)
    figure = hide.plug(body, head)
    collar = body.sockets["collar"]
    part = next(p for p in figure.parts if p.name == "head")
    assert part.parent == collar[0]
    assert "plume_1" in {p.name for p in figure.parts}


# the bout


@pytest.mark.slow
def test_bows_winner_first_then_both_kneel():
    scene, n = duelling()
    scene.ox.wins, scene.tiger.wins = 1, 3
    scene.on_cue(cue("bow"))
    n = run(scene, 60, n)
    n = run(scene, 42, n)
    assert scene.tiger.hands.aims["kneel"].to == 1 and scene.ox.hands.aims["kneel"].to == 0
    n = run(scene, 100, n)
    assert scene.tiger.hands["kneel"] > 0.9 and scene.ox.hands["kneel"] > 0.9
    low = [scene.beasts[b].puppet.place("nose")[1] for b in ("ox", "tiger")]
    assert min(low) > scene.window.base - 170, "heads go down to the house"
    n = run(scene, 230, n)
    assert scene.ox.hands["kneel"] < 0.1 and scene.lamp.lit
    run(scene, 90, n)
    assert not scene.lamp.lit, "and the lamp is blown out"


def test_a_clapping_room_makes_them_bow():
    scene, n = duelling()
    scene.knobs["energy"].turn(0.95)
    run(scene, 60, n)
    assert scene.bout.bowed >= 0


def test_heads_never_pass_through_each_other():
    scene, n = duelling()
    gaps = []
    scene.knobs["rod_left"].turn(1.0)
    scene.knobs["rod_right"].turn(1.0)
    run(scene, 240, n, each=lambda _: gaps.append(scene.bout.gap))
    assert min(gaps[60:]) > -110
    assert abs(scene.ox.front - scene.tiger.front) < 160, "both thrown forward, they meet"


def test_clash_is_heard_and_raises_dust():
    scene, n = duelling()
    heard, struck = set(), 0
    for i in range(n, n + 60):
        for name in ("rod_left", "rod_right"):
            scene.knobs[name].turn(1.0)
            scene.knobs[name].step(i, 1 / 60)
        if i == n + 6:
            scene.on_push(Signal("camera/push"))
        scene.update(Frame(i))
        heard |= {hit.instrument for hit in scene.hits}
        scene.hits.clear()
        struck = max(struck, len(scene.strikes))
    assert {"gong", "cymbal", "drum"} <= heard
    assert struck


VERBS = [
    ("tap", Signal("phone/tap", x=0.2)),
    ("tap", Signal("phone/tap", x=0.8)),
    ("tap", Signal("phone/tap", x=0.5, number=3)),
    ("pad", Signal("midi/note", value=0.9, number=36)),
    ("pad", Signal("midi/note", value=0.3, number=49)),
    ("raise", Signal("camera/raise")),
    ("lower", Signal("camera/lower")),
    ("wave", Signal("camera/wave")),
    ("swipe_left", Signal("camera/swipe_left")),
    ("swipe_right", Signal("camera/swipe_right")),
    ("push", Signal("camera/push")),
    ("hush", Signal("camera/hush")),
    ("clap", Signal("camera/clap")),
    ("applause", Signal("camera/applause")),
]
BEFORE = {"lamp": 260, "duel": 110}


@pytest.fixture(scope="module")
def unasked():
    """Two frames on, when nobody asks for anything."""
    shots = {}
    for act, frames in BEFORE.items():
        scene = staged()
        scene.on_cue(cue(act))
        shots[act] = picture(scene, run(scene, frames + 2))
    return shots


@pytest.mark.parametrize(
    "act, verb, signal", [("duel", *v) for v in VERBS] + [("lamp", *v) for v in VERBS[5:13:2]]
)
def test_every_verb_is_answered_within_two_frames(unasked, act, verb, signal):
    scene = staged()
    scene.on_cue(cue(act))
    n = run(scene, BEFORE[act])
    getattr(scene, f"on_{verb}")(signal)
    n = run(scene, 2, n)
    difference = np.abs(picture(scene, n).astype(int) - unasked[act]).max()
    assert difference > 8 or (verb == "hush" and difference > 0), f"{verb} in {act} shows nothing"


@pytest.mark.parametrize("knob", ["rod_left", "rod_right", "main", "density", "lean"])
def test_rods_move_their_animal(knob):
    scene, n = duelling()
    before = picture(scene, n).astype(int)
    scene.knobs[knob].turn(1.0)
    n = run(scene, 20, n)
    other, m = duelling()
    rest = picture(other, run(other, 20, m)).astype(int)
    moved = np.abs(picture(scene, n).astype(int) - rest).sum(axis=2)
    half = SMALL[0] // 2
    left, right = (moved[:, :half] > 40).sum(), (moved[:, half:] > 40).sum()
    assert max(left, right) > 60 and before is not rest
    if knob in ("rod_left", "main"):
        assert left > right
    elif knob != "lean":
        assert right > left


# a scene as any other


@pytest.mark.slow
def test_picture_does_not_depend_on_which_frames_were_drawn():
    often, seldom = staged(), staged()
    for scene, drawn in ((often, range(300)), (seldom, (299,))):
        scene.on_cue(cue("duel"))
        for i in range(300):
            run(scene, 1, i, autoplay=True)
            if i in drawn and i % 7 == 0:
                picture(scene, i)
    assert np.array_equal(picture(often, 299), picture(seldom, 299))


@pytest.mark.slow
def test_autoplay_goes_through_the_acts_and_is_never_still():
    scene, seen, n = staged(), set(), 0
    for _ in range(10):
        for _ in range(2):
            before = picture(scene, n)
            n = run(scene, 24, n, autoplay=True)
            seen.add(scene.act)
            if scene.lamp.lit:
                assert np.abs(picture(scene, n).astype(int) - before).max() > 6
        scene.age += 20
    assert seen == {"lamp", "duel", "bow", "out"}


@pytest.mark.slow
@pytest.mark.parametrize("size", [(320, 180), (320, 240), (480, 200)])
def test_it_fits_other_screens(size):
    scene = staged(size=size)
    scene.on_cue(cue("duel"))
    n = run(scene, 200, autoplay=True)
    assert picture(scene, n).mean() > 20


def test_phones_are_told_their_side():
    scene = staged()
    scene.joined = 31
    told = scene.companion()
    assert told["view"] == "rod" and told["verbs"] == ["drag", "tap"]
    assert [side[0] for side in told["sides"]] == ["牛", "虎"]
    assert sum(told["hands"]) == 31
    assert len(told["line"]) == 2


# data checked at the door


GOOD = """
[[part]]
name = "body"
joint = [0, 0]
dye = "red"
outline = "M 0 0 L 10 0 L 10 10 Z"
[[part]]
name = "arm"
parent = "body"
joint = [5, 5]
dye = "red"
outline = "M 0 0 R 10 0 10 10 Z"
"""


@pytest.mark.parametrize(
    "old, new, words",
    [
        ('parent = "body"', 'parent = "bdy"', ["fig.toml", "'arm'", "no parent", "'bdy'"]),
        ("L 10 10 Z", "L 10 10", ["fig.toml", "'body'", "open"]),
        ('dye = "red"', 'dye = "redd"', ["fig.toml", "'body'", "unknown dye", "'red'"]),
        ("M 0 0 L", "M 0 0 Q", ["fig.toml", "'body'", "unknown letter"]),
        ("joint = [5, 5]", "joint = [5]", ["fig.toml", "'arm'", "joint"]),
        ('name = "arm"', 'name = "arm"\nswng = [6]', ["fig.toml", "unknown word", "swing"]),
        ('name = "arm"', 'name = "body"', ["fig.toml", "two parts"]),
        (
            'parent = "body"',
            'parent = "body"\nmarks = [{ kind = "cut", motif = "snw", at = [0, 0] }]',
            ["fig.toml", "mark 1", "unknown motif", "'snow'"],
        ),
        (
            'parent = "body"',
            'parent = "body"\nmarks = [{ kind = "cut", path = "M 0 0 L 1 1" }]',
            ["fig.toml", "mark 1", "open"],
        ),
    ],
)
def test_a_wrong_figure_is_named(tmp_path, old, new, words):
    file = tmp_path / "fig.toml"
    file.write_text(GOOD)
    assert len(hide.read_figure(file, DYES).parts) == 2
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ValueError) as told:
        hide.read_figure(file, DYES)
    for word in words:
        assert word in str(told.value)


def test_a_wrong_dye_move_or_cast_is_named(tmp_path):
    file = tmp_path / "x.toml"
    file.write_text('red = "#C93A2"')
    with pytest.raises(ValueError, match=r"x\.toml.*'red'.*no colour"):
        hide.read_dyes(file)
    file.write_text('beats = 8\nmove = [{ beat = 1, who = "cow", x = 1 }]')
    with pytest.raises(ValueError, match=r"x\.toml: move 1.*'cow'"):
        read_moves(file, {"ox"}, {"x"}, {})
    file.write_text('beats = 8\nmove = [{ beat = 9, who = "ox", x = 1 }]')
    with pytest.raises(ValueError, match=r"move 1: beat 9"):
        read_moves(file, {"ox"}, {"x"}, {})
    file.write_text('[king]\nbody = "ox"\nhead = "tiger"')
    with pytest.raises(ValueError, match="no socket 'collar'"):
        read_cast(file, lambda name: hide.read_figure(PUPPETS / f"{name}.toml", DYES))


def test_motifs_are_closed_shapes_about_one_unit_wide():
    for name, motif in openwork.MOTIFS.items():
        shapes = motif()
        assert shapes, name
        reach = max(np.abs(s).max() for s in shapes)
        assert 0.4 < reach < 1.7, name


def test_only_whole_motifs_are_cut():
    region = read_path("M 0 0 L 100 0 L 100 60 L 0 60 Z").points
    cut = np.vstack(openwork.filling("snow", region, 8, 18))
    assert cut.min() > 0 and cut[:, 0].max() < 100 and cut[:, 1].max() < 60
    assert len(openwork.filling("snow", region, 8, 18)) > 12 * 6


def _part(puppet, name):
    return next(p for p in puppet.figure.parts if p.name == name)


def test_nobody_bows_through_the_ground_or_over_it():
    scene = staged()
    scene._begin("bow")
    soles = {name: [] for name in scene.beasts}

    def look(_):
        for name, beast in scene.beasts.items():
            puppet = beast.puppet
            fore = [
                p for p in puppet.figure.parts if p.name.startswith(("leg_fore", "shin_fore", "paw_fore"))
            ]
            low = max(puppet.spot(p.name, at)[1] for p in fore for at in p.outline[::4])
            soles[name].append(low - scene.window.base)

    run(scene, 300, each=look)
    for name, depths in soles.items():
        assert max(depths) < 8, f"{name}: a foreleg sinks"
        assert min(depths[200:240]) > -8, f"{name} kneels on air"


def test_the_general_comes_back_on_horseback():
    scene = staged()
    n = run(scene, 30)
    general, mount = scene.players["general"], scene.mount
    assert not general.mounted and not general.puppet.hidden
    on_foot = general.puppet.y
    riding = []

    def look(_):
        if general.mounted:
            hooves = max(
                mount.puppet.spot("shin_spring", at)[1] for at in _part(mount.puppet, "shin_spring").outline
            )
            riding.append((general.hands["x"], general.puppet.y, hooves - scene.window.base))

    n = run(scene, 27 * 60, n, each=look)
    assert riding and on_foot - min(y for _, y, _ in riding) > 50
    assert riding[0][0] > scene.half, "he mounts where nobody sees it"
    assert min(x for x, _, _ in riding) < 200, "and rides to the middle of the window"
    assert max(abs(h) for x, _, h in riding if x < scene.half) < 14, "the horse too keeps the base line"


def test_players_keep_apart_when_they_salute():
    scene = staged()
    gaps = []

    def look(_):
        general, lady = (scene.players[name] for name in ("general", "lady"))
        if general.hands.aims["bow"].to and lady.hands.aims["bow"].to:
            gaps.append(abs(general.hands["x"] - lady.hands["x"]))

    run(scene, 28 * 60, each=look)
    assert gaps and min(gaps) > 180, "two figures over each other are one dark knot"


def test_parts_of_one_pattern_are_dyed_once():
    figure = hide.read_figure(PUPPETS / "armour.toml", DYES)
    puppet = Puppet(figure, DYES, canvas=Canvas((320, 180)), mottle=np.zeros((8, 8), np.float32))
    near, far = (puppet.pieces[name].gels[0] for name in ("hand", "hand_far"))
    assert near[0].picture is far[0].picture and far[2][0] - near[2][0] == pytest.approx(32)
    legs = [puppet.pieces[name].gels[0][0].picture for name in ("leg", "leg_far")]
    assert legs[0] is not legs[1], "the far leg has another dye"
