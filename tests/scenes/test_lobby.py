"""The lobby: codes that phones read off the stage, a light for every guest, an answer to every hand."""

import json

import cv2
import numpy as np
import pytest

from engine import Frame, joincode
from scenes.kit import calligraphy, tung
from scenes.kit.canopy import MOST
from scenes.kit.falling import Falling
from scenes.kit.numerals import chinese
from scenes.kit.wallline import WallLine
from scenes.lobby import Lobby
from tests.scenes.stage import ASSETS, SMALL, Stage, picture, run, signal

fresh = Stage(Lobby).fresh

ADDRESS = "http://192.168.1.20:8080/"
WIFI = ("Hall; upstairs", 'tung"tree')


# the notice


def decoded(picture, reader=None):
    reader = reader or cv2.QRCodeDetector()
    found, texts, _, _ = reader.detectAndDecodeMulti(np.ascontiguousarray(picture, np.uint8))
    return set(texts) - {""} if found else set()


@pytest.mark.slow
def test_both_codes_are_read_off_the_rendered_picture():
    scene = fresh(size=(1920, 1080), address=ADDRESS, wifi=WIFI)
    scene.joined = 57
    run(scene, 40)
    seen, texts = picture(scene), (joincode.wifi_text(*WIFI), ADDRESS)
    assert decoded(seen) == set(texts)
    far = cv2.resize(seen.astype(np.uint8), (960, 540), interpolation=cv2.INTER_AREA)
    assert decoded(far, cv2.QRCodeDetectorAruco()) == set(texts), "also from the back of the hall"
    for (_, _, width), text in zip(scene.notice.code_boxes, texts, strict=True):
        assert width / joincode.modules(text) >= 6


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_with_a_room_code_the_address_carries_it_and_the_notice_shows_it(size):
    address = f"{ADDRESS}?r=JINF"
    scene = fresh(size=size, address=address, wifi=WIFI)
    seen, k = picture(scene).astype(np.uint8), size[1] / 1080
    for (left, top, width), text in zip(
        scene.notice.code_boxes, (joincode.wifi_text(*WIFI), address), strict=True
    ):
        y, x = slice(int(top * k), int((top + width) * k)), slice(int(left * k), int((left + width) * k))
        assert cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(seen[y, x]))[0] == text
    assert scene.notice.room == "JINF"
    x, y = int((scene.notice.column - 66) * k), int((58 + 812 - 266) * k)
    assert np.abs(seen[y, x] - np.array([0x1E, 0x20, 0xC8])).max() < 60, "its four letters stand on cinnabar"


@pytest.mark.slow
def test_codes_are_dark_on_light():
    scene = fresh(size=(1920, 1080), address=ADDRESS)
    run(scene, 3)
    ((x, y, width),) = scene.notice.code_boxes
    box = picture(scene)[round(y) : round(y + width), round(x) : round(x + width)].mean(-1)
    assert np.percentile(box, 5) < 50 and np.percentile(box, 90) > 180
    assert width / joincode.modules(ADDRESS) >= 9


def test_without_a_gateway_the_notice_is_the_title_alone(scene):
    assert scene.notice.code_boxes == [] and not scene.notice.texts
    assert len(fresh(address=ADDRESS).notice.texts) == 1
    assert len(fresh(address=ADDRESS, wifi=WIFI).notice.texts) == 2


def test_the_title_is_in_the_shows_own_hand_or_in_type(scene):
    canvas, rng = scene.canvas, scene.rng
    own = calligraphy.column(canvas, "一叶晋风", scene.characters, 100, (0, 0, 0), rng)
    assert own.px[..., 3].max() > 200
    assert calligraphy.column(canvas, "别的戏", scene.characters, 100, (0, 0, 0), rng) is None


def test_nothing_of_the_scene_hangs_or_falls_before_the_codes():
    scene = fresh(address=ADDRESS, wifi=WIFI)
    scene.joined = MOST
    for pad in range(36, 50):
        scene.on_pad(signal("pad", number=pad, value=1.0))
    left = scene.notice.left
    assert scene.lights.places[:, 0].max() < left
    for index in range(600):
        run(scene, 1, index)
        falling = [leaf.at[0] for leaf in scene.falling if leaf.afloat < 0 and leaf.y < 840]
        assert max(falling, default=0) < left - 20


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (10, "十"), (23, "二十三"), (105, "一百零五"), (110, "一百一十"), (2003, "二千零三")],
)
def test_numbers_are_said_in_chinese(number, said):
    assert chinese(number) == said


# the house


def test_every_guest_is_a_light(scene):
    at = run(scene, 10)
    empty = picture(scene)
    scene.joined = 40
    run(scene, 300, at)
    assert scene.lights.count == 40 and scene.companion()["lights"] == 40
    assert (picture(scene) - empty)[: SMALL[1] * 3 // 4].max() > 40
    scene.joined = 25
    run(scene, 2, 310)
    assert scene.lights.count == 25
    scene.joined = 5000
    run(scene, 2, 312)
    assert scene.lights.count == MOST


def test_a_newcomer_is_seen_at_once(scene):
    other = fresh()
    at = run(scene, 30)
    run(other, 30)
    scene.joined = 1
    run(scene, 2, at)
    run(other, 2, at)
    assert np.abs(picture(scene) - picture(other)).max() > 12


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("tap", {"x": 0.2, "number": 7}),
        ("seat", {"x": 0.5}),
        ("flick", {"x": 0.8, "count": 4}),
        ("wave", {}),
        ("swipe_left", {}),
        ("push", {}),
        ("pad", {"number": 36, "value": 1.0}),
        ("pad", {"number": 41, "value": 0.2}),
        ("raise", {}),
        ("lower", {}),
        ("hush", {}),
    ],
)
def test_every_verb_is_seen_within_two_frames(verb, facts):
    touched, left = fresh(), fresh()
    at = run(touched, 40)
    run(left, 40)
    getattr(touched, f"on_{verb}")(signal(verb, **facts))
    run(touched, 2, at)
    run(left, 2, at)
    assert np.abs(picture(touched) - picture(left)).max() > 8


def test_a_tap_rings_at_the_guests_column(scene):
    at = run(scene, 20)
    still = scene.pond.h.copy()
    scene.on_tap(signal("tap", x=0.17))
    run(scene, 3, at)
    pressed = np.abs(scene.pond.h - still).max(0)
    assert abs(np.argmax(pressed) / len(pressed) - 0.17) < 0.05


def test_a_hush_stills_the_wind_and_brings_fireflies(scene):
    scene.on_wave(signal("wave"))
    windy = scene.breeze
    at = run(scene, 5)
    scene.on_hush(signal("hush"))
    run(scene, 2, at)
    assert scene.breeze < 0.25 * windy and scene.calm > 0.9


def test_raised_hands_lift_leaves_off_the_water(scene):
    run(scene, 900)
    resting = [leaf for leaf in scene.falling if leaf.afloat >= 0]
    assert resting
    heights = [leaf.y for leaf in resting]
    scene.on_raise(signal("raise"))
    run(scene, 12, 900)
    assert all(leaf.y < y for leaf, y in zip(resting, heights, strict=True))


def test_a_leaf_that_touches_the_water_rings_it(scene):
    scene.falling = [Falling(600, 900, 1.0, goal=940)]
    for index in range(90):
        before = np.abs(scene.pond.h).max()
        run(scene, 1, index)
        if scene.falling[0].afloat >= 0:
            break
    assert scene.falling[0].afloat >= 0
    assert np.abs(scene.pond.h).max() > before + 0.5


def test_rings_die_and_the_water_never_runs_away(scene):
    for k in range(60):
        scene.on_tap(signal("tap", x=k / 60, count=9))
        run(scene, 1, k)
    assert np.isfinite(scene.pond.h).all()
    high = np.abs(scene.pond.h).max()
    run(scene, 300, 60)
    assert np.abs(scene.pond.h).max() < 0.2 * high


# who moves before the camera


def standing(column):
    """Somebody in the middle of these columns of the mask."""
    mask = np.zeros((72, 128), bool)
    mask[20:72, column - 6 : column + 6] = True
    return mask


def before(scene, column, frames=40, start=0):
    for index in range(start, start + frames):
        scene.silhouette = standing(column) if column else None
        run(scene, 1, index)


@pytest.mark.parametrize(("column", "side"), [(32, 0.25), (96, 0.75)])
def test_who_moves_is_seen_in_the_leaves_where_a_mirror_shows_them(column, side):
    alone, seen = fresh(), fresh()
    before(alone, None)
    before(seen, column)
    k, top = seen.canvas.scale, round(260 * seen.canvas.scale)
    gain = (picture(seen) - picture(alone))[top : round(800 * k)].mean(-1).clip(0).mean(0)
    middle = (gain * np.arange(len(gain))).sum() / gain.sum() / k
    left, _, wide, _ = seen.among.box
    assert gain.max() > 20 and abs((middle - left) / wide - side) < 0.06
    assert gain[round(seen.notice.left * k) + 4 :].max() < 12, "the codes are left alone"
    drop = (picture(seen) - picture(alone))[round(930 * k) :].mean(-1).mean(0)
    assert abs(np.argmax(drop) - middle * k) < 30, "and the pool reflects them"


def test_the_leaves_close_when_nobody_moves_or_the_camera_has_stopped_telling():
    scene = fresh()
    before(scene, 40)
    assert scene.among.awake
    before(scene, None, 200, 40)
    assert not scene.among.awake
    mask = standing(40)
    for index in range(240, 500):
        scene.silhouette = mask  # the same mask for ever: an eye that has died
        run(scene, 1, index)
    assert not scene.among.awake


def test_leaf_light_grows_too_slowly_to_flash():
    scene, last, steps = fresh(), 0.0, []
    for index in range(120):
        scene.silhouette = standing(40) if index // 10 % 2 else standing(90)
        run(scene, 1, index)
        steps.append(abs(scene.among.warmth.mean() - last))
        last = scene.among.warmth.mean()
    assert max(steps) < 0.02


# the hour


def test_the_evening_falls_in_minutes_and_never_in_a_step():
    scene = fresh()
    wall = (slice(60, 110), slice(10, 120))
    tones = []
    for index in (0, 240 * 60, 900 * 60):
        scene.hour.fresh = True
        scene.hour.step(Frame(index))
        tones.append(scene.hour.shown.px[wall][..., :3].mean((0, 1)))
    sun, dusk, night = tones
    assert sun[2] > dusk[2] > night[2] and night.sum() < 0.75 * dusk.sum()
    assert night[0] / night[2] > 1.3 * dusk[0] / dusk[2], "night is bluer"
    was = scene.hour.shown.px.copy()
    for index in range(3600, 3660):
        scene.hour.step(Frame(54000 + index))
    assert np.abs(scene.hour.shown.px.astype(int) - was).max() <= 1


def test_a_line_stands_a_while_and_long_there_is_none():
    line, said = WallLine(Lobby.captions), []
    for second in range(400):
        line.step(float(second), ("follow",))
        said.append(line.key)
    assert said.count("") > 200 and set(said) == {"", *Lobby.captions} - {"follow"}
    shares = []
    for index in range(12 * 60, 25 * 60):
        line.step(index / 60)
        shares.append(line.share)
    assert max(shares) == 1 and np.abs(np.diff([0, *shares, 0])).max() < 0.02, "it comes and goes softly"


# the leaf itself


def test_a_tung_leaf_has_five_tips_bays_between_and_veins_inside_the_blade():
    leaf = tung.grow(tung.read_leaf(ASSETS / "tung/leaf.toml"))
    reach = np.hypot(*leaf.edge.T)
    angle = np.arctan2(leaf.edge[:, 0], -leaf.edge[:, 1])
    for tip in (-84, -42, 0, 42, 84):
        near = reach[np.abs(np.degrees(angle) - tip) < 4].max()
        bay = reach[np.abs(np.abs(np.degrees(angle)) - (21 if abs(tip) < 30 else 63)) < 3].min()
        assert near > 0.7 and bay < 0.65 * near
    assert len(leaf.mains) == 7, "seven veins rise from the stalk"
    assert all(tung.inside(side[1:-1], leaf.edge).all() for side in leaf.sides)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('edge = [{ kind = "thorn", angle = 0, reach = 1 }]', "edge 1: kind 'thorn'"),
        ('edge = [{ kind = "tip", angle = 200, reach = 1 }]', "edge 1: angle 200"),
        ('edge = [{ kind = "tip", angle = 0, reach = 0 }]', "edge 1: reach 0"),
        ('edge = [{kind="tip",angle=9,reach=1},{kind="tip",angle=4,reach=1}]', "edge 2: angles must rise"),
        ('edge = [{ kind = "tip", angle = 0, reach = 1 }]', "three tips"),
    ],
)
def test_mistakes_in_the_leaf_file_are_named(tmp_path, text, word):
    path = tmp_path / "leaf.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word) as wrong:
        tung.read_leaf(path)
    assert "leaf.toml" in str(wrong.value)


# the evening


def test_it_is_alive_by_itself_and_sounds_soft(scene):
    run(scene, 30, autoplay=True)
    first = picture(scene)
    scene.hits.clear()
    played = []
    for index in range(30, 420):
        run(scene, 1, index, autoplay=True)
        played += scene.hits
    assert np.abs(picture(scene) - first).max() > 30
    assert {"xun"} <= {hit.instrument for hit in played}
    assert max(scene.beds.values()) < 0.4


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (1280, 720)])
def test_other_shapes_and_sizes(size):
    scene = fresh(size=size, address=ADDRESS, wifi=WIFI)
    run(scene, 10, autoplay=True)
    assert picture(scene).max() > 200
    right = scene.notice.left + scene.notice.width
    assert scene.notice.left > 0.4 * scene.canvas.width and right < scene.canvas.width


def test_words_for_the_phones(scene):
    companion = scene.companion()
    assert companion["view"] == "seat" and companion["verbs"] == ["tap"]
    assert all(companion["line"]) and json.dumps(companion)
