"""An evening mixed down lies under its pictures to the sample."""

import wave

import numpy as np
import pytest

from engine.core.clock import Frame
from engine.core.score import Hit, Score, Tempo, line
from engine.sound.limiter import CEILING
from engine.sound.mixdown import BLOCK, Mixdown, write_wav
from engine.sound.tone import RATE


def mixed(moments, fps=60, tail=0.0, **given):
    """The whole of it, in 16-bit steps."""
    sound = np.concatenate(list(Mixdown(fps=fps, **given).blocks(moments, tail)))
    assert sound.dtype == np.float32
    assert not len(sound) or np.abs(sound).max() <= CEILING
    return (sound * 32_767).astype(np.int16)


def evening(hits, frames, beds=None):
    return [(n, hits.get(n, []), beds or {}) for n in range(frames)]


@pytest.mark.parametrize("fps", [24, 30, 60])
def test_a_hit_begins_with_its_frame_to_the_sample(fps):
    there = mixed(evening({0: [Hit("clapper", 0.7)]}, 3 * fps), fps)
    for frame in (1, 17, fps + 5, 2 * fps - 1):
        shifted = mixed(evening({frame: [Hit("clapper", 0.7)]}, 3 * fps), fps)
        at = round(frame * RATE / fps)
        assert not shifted[:at].any()
        assert shifted[at : at + 40].any()
        np.testing.assert_allclose(shifted[at:], there[: len(there) - at], atol=1)


def test_a_late_hit_begins_within_its_frame():
    there = mixed(evening({0: [Hit("rim")]}, 60))
    late = mixed(evening({10: [Hit("rim", late=0.01)]}, 60))
    at = round((10 / 60 + 0.01) * RATE)
    np.testing.assert_allclose(late[at:], there[: len(there) - at], atol=1)


def test_the_length_is_that_of_the_pictures():
    assert len(mixed(evening({}, 61))) == round(61 * RATE / 60)
    assert len(mixed(evening({}, 25), fps=24, tail=0.5)) == round(37 * RATE / 24)
    assert len(mixed([])) == 0


def test_an_excerpt_begins_at_its_first_frame():
    whole = mixed(evening({0: [Hit("drum")]}, 60))
    excerpt = mixed([(n + 5000, hits, beds) for n, hits, beds in evening({0: [Hit("drum")]}, 60)])
    assert excerpt.tobytes() == whole.tobytes()


def test_frames_out_of_order_are_refused():
    with pytest.raises(ValueError, match="frame 3 comes after frame 3"):
        mixed([(3, [], {}), (3, [], {})])


def test_a_crash_of_everything_stays_below_the_ceiling():
    crowd = [Hit("drum", 1.0), Hit("gong", 1.0), Hit("cymbal", 1.0), Hit("clang", 1.0)]
    sound = mixed(evening(dict.fromkeys(range(0, 120, 5), crowd), 180, {"fire": 1.0, "drone": 1.0}))
    assert np.abs(sound.astype(int)).max() > 0.8 * 32_767


def test_pan_and_velocity():
    def levels(hit):
        return np.abs(mixed(evening({0: [hit]}, 20)).astype(int)).max(axis=0)

    left, centre, right = (levels(Hit("rim", 0.9, pan)) for pan in (-1, 0, 1))
    assert left[0] > 5 * left[1] and right[1] > 5 * right[0]
    assert centre[0] == pytest.approx(centre[1], rel=0.1)
    assert levels(Hit("rim", 0.9))[0] > 1.4 * levels(Hit("rim", 0.6))[0]


def test_the_room_rings_after_the_wood_is_still():
    sound = mixed(evening({0: [Hit("clapper", 1.0)]}, 30), tail=1.0).astype(float)
    later = np.sqrt((sound[round(0.5 * RATE) : round(0.6 * RATE)] ** 2).mean())
    last = np.sqrt((sound[round(1.3 * RATE) : round(1.4 * RATE)] ** 2).mean())
    assert later > 30
    assert 0 < last < 0.2 * later


def test_beds_fade_with_the_tail_and_pass_their_seam():
    sound = mixed(evening({}, 60 * 13, {"water": 1.0}), tail=1.5).astype(float)
    second = np.sqrt((sound[: 14 * RATE].reshape(14, RATE, 2) ** 2).mean(axis=(1, 2)))
    assert second[2:12].min() > 0.5 * second[2:12].max()
    assert np.abs(sound[-1000:]).max() < 5


def test_unknown_names_are_passed_over():
    assert not mixed(evening({3: [Hit("theremin")]}, 30, {"lava": 1.0})).any()


def test_the_same_evening_gives_the_same_bytes_and_another_seed_does_not():
    score = Score(Tempo(160), (line("X.x.r.G.c.t.X..."),))
    moments = [(n, score.hits(Frame(n)), {"fire": 0.5}) for n in range(120)]
    assert mixed(moments, seed=1).tobytes() == mixed(moments, seed=1).tobytes()
    assert mixed(moments, seed=1).tobytes() != mixed(moments, seed=2).tobytes()


def test_it_works_in_blocks_of_a_second():
    seen = []

    def moments():
        for n in range(60 * 6):
            seen.append(n)
            yield n, [Hit("rim")] if n % 60 == 0 else [], {}

    for count, block in enumerate(Mixdown(fps=60).blocks(moments()), 1):
        assert len(block) <= BLOCK
        assert len(seen) <= 60 * count


def test_a_wav_file_can_be_written(tmp_path):
    moments = evening({0: [Hit("bell", pitch=76)]}, 90)
    write_wav(tmp_path / "evening.wav", Mixdown(fps=60).blocks(moments))
    with wave.open(str(tmp_path / "evening.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        assert file.getnframes() == round(1.5 * RATE)
        assert file.readframes(file.getnframes()) == mixed(moments).tobytes()
