"""The drum: how its skin moves, what each of the fourteen strokes shows, formation, tempo, silence."""

import numpy as np
import pytest

from benchmarks.flashes import Flashes
from engine import Frame, Signal
from engine.core.chance import stream
from scenes.drum import ACTS, Drum
from scenes.kit.drum_guests import read_tap
from scenes.kit.drum_music import Music, RoomTempo, fight_bars, read_patterns, walnut_bars
from scenes.kit.drum_strokes import SEEN, read_techniques
from scenes.kit.membrane import MODES, Membrane, bessel
from scenes.kit.walnut import ROOF, WALL, Walnuts
from scenes.kit.weifeng import DIRECTIONS, read_formation
from tests.scenes.stage import ASSETS, Stage, hear, picture

fresh = Stage(Drum).fresh


def run(scene, frames, start=None, autoplay=False):
    """Plays on from where the scene is; every hit, those of acts since included."""
    first = scene.frame.index + 1 if start is None else start
    heard = [*scene.hits, *(hit for _, hit in hear(scene, frames, first, autoplay))]
    scene.hits.clear()
    return heard


def cue(scene, act, frames=2):
    scene.on_cue(Signal("cue/go", text=act))
    return run(scene, frames)


def pad(note, value=1.0):
    return Signal(f"midi/note/{note}", value, number=note)


# the skin


def test_bessel_agrees_with_known_values_and_zeros():
    assert bessel(0, 1.0) == pytest.approx(0.7651976866, abs=1e-6)
    assert bessel(1, 2.0) == pytest.approx(0.5767248078, abs=1e-6)
    for m, zero in MODES:
        assert abs(bessel(m, zero)) < 1e-5


def test_middle_and_edge_wake_different_modes():
    skin = Membrane()
    middle, edge = np.abs(skin.weights(0.0, 0.0)), np.abs(skin.weights(0.9, 0.0))
    assert (middle[skin.m > 0] < 1e-3).all() and middle[0] > 0.99
    assert edge[skin.m > 2].max() > 1.5 * edge[0]


def test_a_stroke_pushes_down_where_it_falls_and_dies_away():
    skin = Membrane()
    skin.strike(0.4, 1.0, 0.8)
    x, y = np.array([0.4 * np.cos(1.0), 1.0]), np.array([0.4 * np.sin(1.0), 0.0])
    height = skin.levels.real @ skin.shapes(x, y)
    assert height[0] < -0.3
    assert abs(height[1]) < 1e-4  # the edge is nailed
    before = np.abs(skin.levels).copy()
    for _ in range(60):
        skin.step(1 / 60)
    after = np.abs(skin.levels)
    assert after[0] < 0.4 * before[0] and after[-1] < 0.02 * max(before[-1], 1e-3)


# walnuts


def test_walnuts_hop_stay_on_the_skin_and_do_not_lie_in_each_other():
    walnuts, skin = Walnuts(stream(2, "walnuts")), Membrane()
    walnuts.pour(120)
    high = 0.0
    for frame in range(400):
        if frame in (150, 190):
            skin.strike(0.2, 0.0, 1.0)
        walnuts.step(1 / 60, skin)
        skin.step(1 / 60)
        if frame > 152:
            high = max(high, walnuts.z.max())
        assert (np.hypot(walnuts.x, walnuts.y) <= WALL + 1e-6).all() and (walnuts.z >= 0).all()
    assert high > 0.05
    far = np.hypot(walnuts.x[:, None] - walnuts.x, walnuts.y[:, None] - walnuts.y) + np.eye(120)
    assert (far < 0.04).sum() < 30


def test_walnuts_first_tumble_down_the_roof_then_fill_the_skin(scene):
    cue(scene, "walnuts", 120)
    assert scene.on_roof and (scene.drummer.walnuts.where == ROOF).sum() > 10
    run(scene, 560)
    assert not scene.on_roof and scene.drummer.walnuts.count > 20


# formation, patterns, tempo


def test_the_formation_is_one_four_and_eight():
    posts = read_formation(ASSETS / "drum/formation.toml")
    assert [sum(p.plays == kind for p in posts) for kind in ("drum", "cymbal", "gong")] == [1, 4, 8]
    at = {p.name: p.at for p in posts}
    assert at["earth"] == (0, 0) and at["N"][1] < 0 < at["S"][1] and at["W"][0] < 0 < at["E"][0]
    assert {p.words[0] for p in posts if p.plays != "gong"} == set("土金木水火")


def test_walnuts_run_from_60_to_168_beats_a_minute():
    tables = read_patterns(ASSETS / "drum/patterns.toml")
    music = Music(tables)
    music.begin("walnuts", Frame(0))
    tempo = music.score.tempo
    assert (tempo.bpm, tempo.to, tempo.bars) == (60, 168, 16)
    bars = walnut_bars(tables["walnuts"])
    assert (
        bars[0] == bars[3] == "r...r.....r...r." and bars[16] == "X..............." and set(bars[17]) == {"."}
    )


def test_ox_and_tiger_come_nearer_until_they_collide():
    ox, tiger = ("".join(bars) for bars in fight_bars(read_patterns(ASSETS / "drum/patterns.toml")["fight"]))
    calls = [i for i in range(len(ox)) if ox.startswith("X..xX..x", i)]
    answers = [i for i in range(len(tiger)) if tiger.startswith("t.tcXcX.", i)]
    assert [b - a for a, b in zip(calls, answers, strict=True)] == [8, 4, 0]
    assert ox.rstrip(".").endswith("G")


def test_the_house_leads_the_tempo_a_tenth_a_beat_within_limits():
    tempo = RoomTempo(112)
    for i in range(8):
        tempo.tap(i * 30, 60)  # 120 a minute
    assert tempo.bar() == pytest.approx(112 + 8 * (1 - 0.9**4))
    for i in range(20):
        tempo.tap(1000 + i * 11, 60)  # 327 a minute
    assert tempo.wish == 144


def test_seats_have_directions():
    left = {read_tap(Signal("phone/tap", x=0.1, number=n)).gongs[0] for n in range(6)}
    right = {read_tap(Signal("phone/tap", x=0.9, number=n)).gongs[0] for n in range(6)}
    middle = {read_tap(Signal("phone/tap", x=0.5, number=n)).gongs[0] for n in range(6)}
    assert (
        left == {"NW", "W", "SW"} and right == {"NE", "E", "SE"} and left | middle | right == set(DIRECTIONS)
    )
    assert len(read_tap(Signal("phone/tap", x=0.1, count=9)).gongs) == 3


def test_centre_and_rim():
    assert not read_tap(Signal("phone/tap", x=0.5, y=0.5)).rim
    assert read_tap(Signal("phone/tap", x=0.5, y=0.95)).rim
    assert read_tap(Signal("phone/tap", text="嗒")).rim and not read_tap(Signal("t", y=0.99, text="咚")).rim


@pytest.mark.parametrize(
    ("name", "old", "new", "reader", "why"),
    [
        ("techniques", 'seen = "dust"', 'seen = "rain"', read_techniques, "rain"),
        ("techniques", "note = 37", "note = 36", read_techniques, "two strokes"),
        ("patterns", '"r...r.....r...r."', '"r...r"', read_patterns, "walnuts"),
        ("patterns", '"N", "NE"]', '"N"]', read_patterns, "NE"),
        ("formation", 'name = "SE"', 'name = "UP"', read_formation, "gongs"),
        ("formation", 'plays = "drum"', 'plays = "gong"', read_formation, "drum"),
    ],
)
def test_mistakes_in_the_data_are_named(tmp_path, name, old, new, reader, why):
    text = (ASSETS / f"drum/{name}.toml").read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / f"{name}.toml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=why) as error:
        reader(wrong)
    assert wrong.name in str(error.value)


# strokes


def test_fourteen_techniques_on_pads_36_to_49():
    techniques = read_techniques(ASSETS / "drum/techniques.toml")
    assert sorted(techniques) == list(range(36, 50))
    assert sorted(t.seen for t in techniques.values()) == sorted(SEEN)
    assert techniques[38].name[0] == "磨鼓钉" and techniques[49].name[0] == "槌相挑"


@pytest.fixture(scope="module")
def still():
    """The near drum with walnuts, long after the last stroke."""
    scene = fresh()
    cue(scene, "walnuts")
    scene.on_roof = False
    scene.music.begin("", scene.frame)
    run(scene, 300)
    return scene


@pytest.mark.parametrize("note", range(36, 50))
def test_every_stroke_is_seen_in_the_same_frame(still, note):
    run(still, 240)
    before = picture(still)
    still.on_pad(pad(note))
    assert still.hits
    changed = (np.abs(picture(still) - before).max(-1) > 12).sum()  # before any update
    assert changed >= 12, still.technique


def test_a_ghost_stroke_shakes_only_dust(still):
    run(still, 240)
    levels, z = still.drummer.skin.levels.copy(), still.drummer.walnuts.z.copy()
    before = picture(still)
    still.on_pad(pad(45, 30 / 127))
    assert (still.drummer.skin.levels == levels).all() and (still.drummer.walnuts.z == z).all()
    assert (picture(still) != before).any()


def test_a_flick_makes_one_walnut_fly(still):
    run(still, 240)
    still.on_pad(pad(49))
    run(still, 10)
    assert (still.drummer.walnuts.z > 0.25).sum() == 1


def test_a_bump_dips_the_whole_frame_six_units(still):
    still.on_pad(pad(43))
    assert still.drummer.marks.dip[0] == pytest.approx(6.0)


# the house


def test_a_tap_is_seen_at_once_and_played_on_the_next_eighth(scene):
    cue(scene, "directions", 3)
    before = picture(scene)
    scene.on_tap(Signal("phone/tap", x=0.9, number=1))
    assert (picture(scene) != before).any() and not scene.hits
    waited = 0
    while scene.waiting:
        run(scene, 1)
        waited += 1
        assert waited < 40
    beat = scene.music.beat(scene.frame) * 2
    assert abs(beat - round(beat)) < 0.1
    assert scene.companion()["direction"] == ["东", "east"] and scene.companion()["view"] == "tap"


def test_the_gongs_step_round_one_a_beat(scene):
    heard = cue(scene, "directions", 60 * 5)
    gongs = [hit for hit in heard if hit.instrument == "gong"]
    assert 8 <= len(gongs) <= 12
    assert scene.round == ["E", "SE", "S", "SW", "W", "NW", "N", "NE"]


def test_hands_raised_are_a_tutti_of_all_thirteen(scene):
    cue(scene, "walnuts", 10)
    scene.on_raise(Signal("camera/raise"))
    assert scene.act == "tutti" and (scene.lamps.levels == 1).all()
    assert {"gong", "cymbal"} <= {hit.instrument for hit in scene.hits + run(scene, 1)}


def test_stillness_stops_the_drums_dead(scene):
    cue(scene, "tutti", 40)
    scene.on_hush(Signal("camera/hush"))
    seen = picture(scene)  # in the same frame
    assert (seen.max(-1) > 8).mean() < 0.005 and seen.max() > 60  # black, and one mote
    assert not run(scene, 170)
    scene.on_pad(pad(45))
    assert picture(scene).mean() > 10


@pytest.mark.slow
def test_a_roll_does_not_flicker(scene):
    """Drawn without the guard, ten strokes a second stay within three flashes a second."""
    cue(scene, "walnuts", 2)
    flashes = Flashes(60)
    for index in range(150):
        if index % 6 == 0:
            scene.on_pad(Signal("midi/pad", 1.0, number=36 + index // 6 % 14))
        run(scene, 1)
        flashes.see(picture(scene).astype(np.uint8), index)
    assert max(flashes.worst) <= 3


def test_guests_taps_leave_the_walnuts_on_the_roof(scene):
    cue(scene, "walnuts", 30)
    scene.on_tap(Signal("phone/tap", 1.0, x=0.4, y=0.5, number=2))
    run(scene, 20)
    assert scene.on_roof


def test_a_stillness_that_no_cue_asked_for_passes_and_the_drums_go_on(scene):
    cue(scene, "walnuts", 60)
    scene.on_hush(Signal("camera/hush"))
    assert not run(scene, 190)
    run(scene, 30)
    assert scene.act == "walnuts"
    cue(scene, "stop", 400)
    assert scene.act == "stop", "a cue's stop is kept"


def test_before_the_first_walnut_there_is_nothing_to_stop(scene):
    cue(scene, "tick", 30)
    scene.on_hush(Signal("camera/hush"))
    assert scene.act == "tick"


def test_the_raised_hands_that_fire_the_tutti_sound_once(scene):
    cue(scene, "directions", 60)
    scene.on_raise(Signal("camera/raise", 1.0))
    scene.on_cue(Signal("cue/go", text="tutti"))
    assert sum(hit.instrument == "gong" and hit.velocity == 1.0 for hit in run(scene, 1)) == 1


def test_strokes_earn_coal_and_a_guest_is_told_its_gong(scene):
    scene.evening.enter("drum")
    for _ in range(12):
        scene.on_tap(Signal("phone/tap", 1.0, x=0.1, y=0.5, number=4))
    assert scene.strokes == 12
    ways = scene.companion()["ways"]
    assert [len(column) for column in ways] == [3, 2, 3]
    run(scene, 60)
    assert list(scene.direction) == ways[0][4 % 3][1:]


@pytest.mark.parametrize("verb", ["pad", "tap", "raise", "hush", "push", "wave", "swipe_left"])
def test_every_verb_is_answered_within_two_frames(verb):
    one, other = fresh(), fresh()
    for scene in (one, other):
        cue(scene, "directions", 20)
    getattr(one, f"on_{verb}")(Signal(f"x/{verb}", number=45))
    run(one, 2)
    run(other, 2)
    assert (np.abs(picture(one) - picture(other)) > 8).any()


# the picture


@pytest.mark.slow
def test_it_plays_all_its_acts_alone(scene):
    seen = []
    for _ in range(130):
        run(scene, 30, autoplay=True)
        if not seen or seen[-1] != scene.act:
            seen.append(scene.act)
    assert seen[:3] == list(ACTS[:3])


def test_a_tutti_does_not_flash(scene):
    scene.on_cue(Signal("cue/go", text="tutti"))
    run(scene, 30)
    levels = []
    for _ in range(120):
        run(scene, 1)
        levels.append(((picture(scene) / 255) ** 2.2).mean())
    turns, low, high, rising = 0, levels[0], levels[0], True
    for level in levels:  # swings of a tenth of full light, there or back
        low, high = min(low, level), max(high, level)
        if (rising and level < high - 0.1) or (not rising and level > low + 0.1):
            turns, rising, low, high = turns + 1, not rising, level, level
    assert turns <= 12


def test_a_screen_of_four_to_three():
    scene = fresh(size=(240, 180))
    for act in ACTS:
        cue(scene, act, 3)
        assert picture(scene).max() > 30
