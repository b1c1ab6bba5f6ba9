"""Stone: the figures' rules, the light on the wall, who plays when, and the one who leaves."""

import numpy as np
import pytest

from scenes.kit import apsara
from scenes.kit.cave import COLUMNS, ROWS, lotus
from scenes.kit.musicians import kind, read_musicians
from scenes.kit.relief import read_layers
from scenes.kit.stonelight import BANDS, PARTS
from scenes.stone import EIGHTH, TONIC, Stone
from tests.scenes.stage import ASSETS, SMALL, Stage, hear, picture, signal

STAGE = Stage(Stone)


def fresh(seed=5, size=SMALL, act="niches"):
    scene = STAGE.fresh(seed, size)
    scene.on_cue(signal("cue", text=act))
    return scene


# the craft


def test_fifty_niches_hold_ten_instruments_and_no_neighbours_are_alike():
    _, players = read_musicians(ASSETS / "stone/musicians.toml")
    assert ROWS * COLUMNS == 50 and len(players) == 10
    for number in range(50):
        row, column = divmod(number, COLUMNS)
        if column:
            assert kind(number) != kind(number - 1)
        if row:
            assert kind(number) != kind(number - COLUMNS)
    assert {kind(n) for n in range(50)} == set(range(10))


def test_lotus_has_rings_of_twelve_ten_and_eight_petals():
    heights = [height for _, height in lotus(0, 0, 30)]
    assert [heights.count(h) for h in sorted(set(heights))] == [12, 10, 8]


def test_apsara_is_bent_in_a_v_at_the_hip():
    """The angle at her hip between breast and skirt is 70 to 110 degrees."""
    parts = read_layers(ASSETS / "stone/apsara.toml", ("scarf", "body", "head"))
    head = np.vstack([o for layer in parts["head"] for o in layer.outlines]).mean(axis=0)
    skirt = np.vstack([o for layer in parts["body"] if layer.sway > 0.2 for o in layer.outlines])
    hem = skirt[skirt[:, 0] < -150].mean(axis=0)
    hip = np.array([0.0, 24.0])
    up, back = head - hip, hem - hip
    angle = np.degrees(np.arccos(up @ back / np.linalg.norm(up) / np.linalg.norm(back)))
    assert 70 <= angle <= 110


def test_scarf_begins_behind_the_neck_and_passes_both_elbows():
    parts = read_layers(ASSETS / "stone/apsara.toml", ("scarf", "body"))
    cloth = [layer for layer in parts["scarf"] if not layer.cut]
    points = np.vstack([o for layer in cloth for o in layer.outlines])
    for place in ((62, -90), (-16, -46), (110, -44)):  # the neck and the elbows
        assert np.hypot(*(points - place).T).min() < 14
    skin = [layer for layer in parts["body"] if not layer.cut]
    assert max(layer.z for layer in cloth) < min(layer.z for layer in skin)  # it lies behind her


def test_scarf_wave_travels_and_leaves_her_face_alone(scene):
    she = scene.she
    first, later = she.wave(0.0).px.copy(), she.wave(0.4).px.copy()
    moved = np.abs(first.astype(int) - later).max(axis=2)
    x = round((apsara.HIP[0] + 62) * she.scale)
    y = round((apsara.HIP[1] - 104) * she.scale)
    assert moved[y - 2 : y + 3, x - 2 : x + 3].max() < 12
    assert (moved[:, : round(200 * she.scale)] > 40).any()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('body = [{ disc = "0 0 1" }]', "layer 1"),
        ('body = [{ path = "M 0 0 L 1 1" }]', "open"),
        ('body = [{ disc = "0 0 1 1", paint = "blue" }]', "blue"),
        ("body = [{ z = 3 }]", "exactly one"),
        ("body = []", "no layers"),
    ],
)
def test_broken_figure_says_where(tmp_path, broken, reason):
    file = tmp_path / "figure.toml"
    file.write_text(broken)
    with pytest.raises(ValueError, match=reason) as caught:
        read_layers(file, ("body",))
    assert "figure.toml" in str(caught.value)


# the light


def test_near_black_except_where_the_lamp_is(scene):
    hear(scene, 120)
    px = picture(scene).max(axis=2)
    x, y = (scene.lamp * scene.canvas.scale).astype(int)
    near = np.median(px[y - 12 : y + 12, x - 20 : x + 20])
    assert near > 70
    assert np.median(px[-14:, -20:]) < 20


def test_light_comes_from_the_side_where_the_lamp_is(scene):
    """A slope that faces right is brighter with the lamp to its right."""
    lit = scene.lit
    slope = lit.normals[0] > 0.35
    mean = {}
    for side, x in (("left", 0), ("right", 1920)):
        lit.relight((x, 540), bands=BANDS)
        mean[side] = lit.picture.px[..., 1][slope].mean()
    assert mean["right"] > 1.4 * mean["left"]


def test_lamp_cue_begins_in_the_dark_and_takes_six_seconds(scene):
    scene.on_cue(signal("cue", text="lamp"))
    hear(scene, PARTS)
    dark = picture(scene).mean()
    hear(scene, 180, PARTS)
    half = picture(scene).mean()
    hear(scene, 240, 183)
    assert dark < half < picture(scene).mean()
    assert dark < 10


def test_higher_knob_lifts_the_lamp(scene):
    scene.knobs["main"].snap(0.1)
    hear(scene, 200)
    low = scene.lamp[1]
    scene.knobs["main"].snap(0.9)
    hear(scene, 200, 200)
    assert scene.lamp[1] < low - 400


# the musicians


def test_tap_warms_that_musician_within_180_ms_and_it_fades_slowly(scene):
    hear(scene, 60)
    before = picture(scene)
    scene.on_tap(signal("tap", x=scene.choir.seats[27][0] / 1920, y=0.56))
    hear(scene, 2, 60)
    assert np.abs(picture(scene) - before).max() > 20
    hear(scene, 10, 62)
    assert np.argmax(scene.choir.warm) == 27 and scene.choir.warm[27] > 0.9
    hear(scene, 60, 72)
    assert 0.3 < scene.choir.warm[27] < 0.95


def test_density_lets_them_stay_warm_longer():
    warm = []
    for share in (0.0, 1.0):
        scene = fresh()
        scene.knobs["density"].snap(share)
        scene.choir.wake(5)
        hear(scene, 150)
        warm.append(scene.choir.warm[5])
    assert warm[1] > 2 * warm[0]


def test_every_guest_has_a_niche(scene):
    for guest in (1, 28, 78):
        scene.called.clear()
        scene.on_tap(signal("tap", number=guest))
        assert [call[1] for call in scene.called] == [(guest - 1) % 50]


def test_many_taps_wake_several_at_once(scene):
    scene.on_tap(signal("tap", x=0.5, y=0.5, count=40))
    assert (scene.choir.target > 0).sum() == 5


def test_notes_fall_on_the_next_eighth_and_in_gong_mode(scene):
    hear(scene, 5)
    for number in (0, 14, 33):
        scene.play(number, 1.0)
    hits = hear(scene, 60, 5)
    assert len(hits) == 3
    for index, hit in hits:
        assert index == round(np.floor(EIGHTH)) and 0 < index - 5 <= EIGHTH
        if hit.instrument not in ("drum",):
            assert (hit.pitch - TONIC) % 12 in (0, 2, 4, 7, 9)


def test_every_pad_reaches_a_musician_and_higher_pads_higher_steps(scene):
    steps = []
    for pad in range(36, 50):
        scene.called.clear()
        scene.on_pad(signal("pad", number=pad, value=0.8))
        steps.append(scene.degree(scene.called[0][1]))
    assert steps == sorted(set(steps))


# the one who leaves


@pytest.mark.slow
def test_hush_lets_her_leave_and_fourteen_seconds_later_she_is_stone_again(scene):
    hear(scene, 30)
    before = picture(scene)
    scene.on_hush(signal("hush"))
    hear(scene, 2, 30)
    assert np.abs(picture(scene) - before).max() > 20
    hear(scene, apsara.FLIGHT // 2 - 2, 32)
    (x, y), size, _, facing = scene.she.pose()
    assert 700 < x < 1200 and y > 400 and size > 2 * apsara.HOME and facing == 1
    hear(scene, apsara.FLIGHT // 2, 32 + apsara.FLIGHT // 2)
    assert not scene.she.away and scene.she.side == 1


def test_a_xun_sings_while_she_flies_and_stops_when_she_is_sent_back(scene):
    scene.on_hush(signal("hush"))
    hits = hear(scene, 300)
    assert {hit.instrument for _, hit in hits} == {"xun"} and len(hits) >= 3
    scene.on_wave(signal("wave"))
    assert not hear(scene, 60, 300)


def test_she_faces_the_middle_of_the_wall_when_she_comes_home(scene):
    scene.she.at = apsara.FLIGHT - 90
    scene.she.away = True
    hear(scene, 89)
    assert scene.she.away and scene.she.pose()[3] == pytest.approx(-1)


@pytest.mark.parametrize("how", ["wave", "energy"])
def test_movement_sends_her_back_to_where_she_came_from(scene, how):
    scene.on_hush(signal("hush"))
    hear(scene, 240)
    if how == "wave":
        scene.on_wave(signal("wave"))
    else:
        scene.knobs["energy"].snap(0.9)
    hear(scene, 70, 240)
    assert not scene.she.away and scene.she.side == 0


def test_her_hollow_stays_in_the_wall_while_she_is_away(scene):
    rows, columns, *_ = scene.homes[0][0]
    hear(scene, 60)
    carved = scene.lit.picture.px[rows, columns].astype(int)
    scene.on_hush(signal("hush"))
    hear(scene, 12, 60)  # its bands are lit one a frame
    hollow = scene.lit.picture.px[rows, columns].astype(int)
    assert np.abs(carved - hollow).max() > 30
    scene.on_wave(signal("wave"))
    hear(scene, 10, 72)
    assert np.array_equal(scene.lit.normals[0][rows, columns], scene.homes[0][0][2][0])


# the lamp comes in


@pytest.mark.slow
def test_the_lamp_passes_a_few_faces_before_all_the_wall_is_seen():
    scene = fresh(act="lamp")
    hear(scene, 60 * 7)
    assert scene.is_close and 3 <= len(scene.near.seats) <= 12
    close = picture(scene).max(axis=2)
    x, y = (scene.near.lamp * scene.canvas.scale).astype(int)
    assert np.median(close[y - 12 : y + 12, x - 20 : x + 20]) > 70
    scene.on_hush(signal("hush"))
    assert not scene.she.away, "nobody sees the wall she would leave"
    hear(scene, 60 * 12, 60 * 7)
    assert not scene.is_close and np.median(picture(scene)) > 8


def test_the_light_sinks_before_the_wall_takes_the_place_of_the_faces():
    scene = fresh(act="lamp")
    hear(scene, 60 * 15 - 2)
    assert np.median(picture(scene)) < 6
    hear(scene, 4, 60 * 15 - 2)
    assert np.median(picture(scene)) < 16


@pytest.mark.slow
def test_nobody_gives_cues_and_the_wall_comes_by_itself():
    scene = fresh(act="")
    hear(scene, 60 * 26, autoplay=True)
    assert scene.act == "niches"


def test_musicians_woken_by_guests_earn_coal_and_are_kept(scene):
    scene.evening.enter("stone")
    for guest in (3, 4, 3):
        scene.on_tap(signal("tap", number=guest, value=1.0))
    assert [mark.guest for mark in scene.evening.marks("niche")] == [3, 4]
    assert scene.woken == {2, 3}


# every scene's promises


@pytest.mark.parametrize(
    "verb", ["tap", "pad", "hush", "wave", "raise", "lower", "push", "swipe_left", "swipe_right"]
)
def test_every_verb_shows_within_two_frames(verb):
    scene, still = fresh(), fresh()
    for each in (scene, still):
        hear(each, 40)
    getattr(scene, f"on_{verb}")(signal(verb, x=0.4, y=0.6, number=40, value=1.0))
    for each in (scene, still):
        hear(each, 2, 40)
    assert np.abs(picture(scene) - picture(still)).max() > 3


@pytest.mark.slow
def test_autoplay_plays_a_canon_then_falls_silent_and_she_crosses(scene):
    hits = hear(scene, round(70 * EIGHTH) + 2, autoplay=True)
    assert len(hits) > 30
    assert scene.she.away


def test_narrow_stage_keeps_all_fifty():
    scene = fresh(size=(240, 180))
    hear(scene, 3)
    seats = scene.plan.seats()
    assert seats[:, 0].min() > 0 and seats[:, 0].max() < scene.canvas.width - 100
    assert picture(scene).max() > 0


def test_companion_is_small_json(scene):
    told = scene.companion()
    assert told["view"] == "niche" and len(told["kinds"]) == 50 and (told["rows"], told["columns"]) == (5, 10)
    assert all(isinstance(n, int) for n in told["warm"])
