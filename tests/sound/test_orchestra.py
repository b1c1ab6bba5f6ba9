"""Takes are made in the background; nobody waits for them."""

import pytest

from engine.core.jianpu import jianpu
from engine.core.score import Hit, Score, Tempo, line
from engine.sound import orchestra as pit
from engine.sound.orchestra import LEAD, Orchestra
from engine.sound.stand import LAYERS, TAKES, Voice, voice


@pytest.fixture
def orchestra():
    made = Orchestra()
    yield made
    made.close()


def test_asking_does_not_wait_and_the_take_comes(orchestra):
    rim = voice(Hit("rim"), 0)
    assert orchestra.take(rim) is None
    orchestra.rest()
    pcm = orchestra.take(rim).pcm
    assert pcm.shape[1] == 2 and not pcm[:LEAD].any() and pcm[LEAD:].any()
    assert abs(pcm[-1]).max() < 30


def test_another_take_stands_in_while_one_is_made(orchestra):
    orchestra.take(Voice("rim", 2, 0))
    orchestra.rest()
    ready = orchestra.take(Voice("rim", 2, 0))
    assert orchestra.take(Voice("rim", 0, 1)) is ready
    orchestra.rest()
    assert orchestra.take(Voice("rim", 0, 1)) is not ready


def test_prepare_makes_every_layer_and_take(orchestra):
    orchestra.prepare(["clapper", "nothing of the kind"])
    orchestra.rest()
    takes = [
        orchestra.take(Voice("clapper", layer, take)) for layer in range(len(LAYERS)) for take in range(TAKES)
    ]
    assert len({id(take) for take in takes}) == 9


def test_prepare_makes_the_notes_of_a_score(orchestra):
    score = Score(Tempo(120), (line("r..............."), jianpu("1 5 3 -", instrument="pluck", tonic=62)))
    orchestra.prepare([], score.voices())
    orchestra.rest()
    for hit in score.voices():
        assert orchestra.take(voice(hit, 0)) is not None


def test_beds_are_made_too(orchestra):
    assert orchestra.bed("room") is None
    orchestra.rest()
    assert len(orchestra.bed("room").pcm) == 12 * 44_100


def test_a_take_that_cannot_be_made_is_logged_once_and_the_rest_are(orchestra, caplog):
    for _ in range(3):
        assert orchestra.take(Voice("drum", 9)) is None
    orchestra.rest()
    assert orchestra.take(Voice("drum", 9)) is None
    orchestra.take(Voice("rim"))
    orchestra.rest()
    assert orchestra.take(Voice("rim")) is not None
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_the_longest_unused_make_room(orchestra, monkeypatch):
    monkeypatch.setattr(pit, "BUDGET", 900_000)
    for take in (0, 1, 2, 0, 1, 2):
        for layer in range(3):
            orchestra.take(Voice("rim", layer, take))
            orchestra.rest()
    assert sum(take.pcm.nbytes for take in orchestra._ready.values()) <= 900_000
    assert orchestra.take(Voice("rim", 2, 2)) is orchestra._ready[Voice("rim", 2, 2)]


def test_closing_twice_is_fine():
    orchestra = Orchestra()
    orchestra.prepare(["drum", "gong", "huhu"])
    orchestra.close()
    orchestra.close()
    assert not orchestra._thread.is_alive()
