"""Aiming the eye from the console: what the eye is told, what is kept, what a lock forbids."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from controllers.eye.source import Source
from engine.aim import Aim
from engine.companion.protocol import Camera, encode, read_console
from engine.link import Order
from engine.sight import Sight
from engine.venue import read_venue


class Booth:
    """An Aim, and what it told the eye."""

    def __init__(self, file: Path) -> None:
        self.told: list[Order] = []
        self.aim = Aim("0", Sight(), file, self.told.append)

    def ask(self, *, locked: bool = False, **wish: object) -> str:
        message = read_console(encode(Camera(**wish)))
        assert isinstance(message, Camera), "what a console may send"
        return self.aim.take(encode(message).decode(), locked=locked)


@pytest.fixture
def booth(tmp_path: Path) -> Booth:
    return Booth(tmp_path / "venue.toml")


def test_the_eye_is_told_what_changed_and_consoles_see_it(booth: Booth) -> None:
    assert booth.ask(mirror=True, zone=(0.1, 0.0, 0.9, 1.0), sensitivity=1.5) == ""
    [order] = booth.told
    assert (
        order.name == "tune" and order.value["mirror"] is True and order.value["zone"] == [0.1, 0.0, 0.9, 1.0]
    )
    facts = booth.aim.facts()
    assert facts["sensitivity"] == 1.5 and facts["changed"] and facts["source"] == "0"


def test_a_zone_turned_inside_out_changes_nothing(booth: Booth) -> None:
    booth.ask(zone=(0.9, 0.0, 0.1, 1.0))
    assert booth.told == [] and not booth.aim.facts()["changed"]


def test_holding_still_teaches_the_room(booth: Booth) -> None:
    booth.ask(learn=True)
    assert booth.told == [Order("learn", 5.0)] and booth.aim.facts()["learning"]
    booth.aim.hear({"noise": 1.2, "advice": []})
    assert booth.aim.facts()["learnt"] == {"noise": 1.2, "advice": []} and not booth.aim.facts()["learning"]


def test_a_camera_s_password_is_shown_to_nobody(tmp_path: Path) -> None:
    address = "rtsp://ann:secret@10.0.0.7/main"
    facts = Aim(address, Sight(), tmp_path / "venue.toml", lambda order: None).facts()
    assert "secret" not in str(facts) and not facts["lockable"]
    source = Source.of(address)
    assert source.name == "rtsp://10.0.0.7/main" and source.where == address


def test_an_eye_that_starts_anew_is_told_again_and_learns_no_longer(booth: Booth) -> None:
    booth.ask(learn=True)
    booth.aim.repeat()
    assert [order.name for order in booth.told] == ["learn", "tune", "aim"]
    assert not booth.aim.facts()["learning"]


def test_saving_keeps_what_else_the_venue_file_says(booth: Booth, tmp_path: Path) -> None:
    file = tmp_path / "venue.toml"
    file.write_text('# our hall\n[wifi]\nname = "Theatre"  # ask Li\n[camera]\nsource = "HD"\n', "utf-8")
    booth.ask(mirror=True, ignore=(((0.0, 0.0), (0.2, 0.0), (0.2, 0.3)),), mode="crowd")
    assert booth.ask(save=True) == "" and not booth.aim.facts()["changed"]
    text = file.read_text("utf-8")
    assert "# our hall" in text and "# ask Li" in text
    venue, mistakes = read_venue(file)
    assert mistakes == [] and venue.camera == "HD" and venue.wifi_name == "Theatre"
    assert venue.sight.mirror and venue.sight.mode == "crowd" and venue.sight.ignore[0][1] == (0.2, 0.0)


def test_what_rests_is_marked_kept_and_taken_away(booth: Booth, tmp_path: Path) -> None:
    file, part = tmp_path / "venue.toml", ((0.0, 0.0), (1.0, 0.0), (1.0, 0.1), (0.0, 0.1))
    for marked in (part, ()):
        booth.ask(reference=marked, save=True)
        assert booth.told[-1].value["reference"] == [list(point) for point in marked]
        venue, mistakes = read_venue(file)
        assert mistakes == [] and venue.sight.reference == marked
    booth.ask(reference=((0.0, 0.0), (1.0, 0.0)))
    assert not booth.aim.facts()["changed"], "no line is a part of a house"


def test_saving_where_it_cannot_be_says_so(booth: Booth, tmp_path: Path) -> None:
    (tmp_path / "venue.toml").write_text("[camera", "utf-8")
    assert "venue.toml" in booth.ask(save=True, mirror=True) and booth.aim.facts()["changed"]


def test_a_locked_show_shows_nothing_of_the_camera_and_changes_nothing(booth: Booth) -> None:
    assert "locked" in booth.ask(locked=True, look=True, mirror=True)
    assert booth.told == [] and not booth.aim.looking and not booth.aim.facts()["mirror"]


def test_a_new_eye_is_told_everything_again(booth: Booth) -> None:
    booth.ask(mirror=True, look=True)
    del booth.told[:]
    booth.aim.repeat()
    assert [order.name for order in booth.told] == ["tune", "aim"] and booth.told[1].value is True


@pytest.mark.parametrize("text", ["", "{}", '{"t":"camera","sensitivity":99}', '{"t":"camera","zone":[1,2]}'])
def test_what_is_no_wish_is_passed_over(booth: Booth, text: str) -> None:
    assert booth.aim.take(text, locked=False) == "" and booth.told == []


def test_rows_and_polygons_of_a_house(tmp_path: Path) -> None:
    file = tmp_path / "venue.toml"
    file.write_text(
        '[camera]\nmode = "crowd"\nreference = [[0, 0], [1, 0], [1, 0.05]]\n'
        '[[camera.zones]]\nname = "stalls"\nrow = [0.5, 1.0]\n'
        '[[camera.zones]]\nname = "left box"\npolygon = [[0, 0.1], [0.2, 0.1], [0.2, 0.4]]\n'
        '[[camera.zones]]\npolygon = "left"\n',
        "utf-8",
    )
    venue, mistakes = read_venue(file)
    assert [name for name, _ in venue.sight.zones] == ["stalls", "left box"]
    assert venue.sight.zones[0][1][0] == (0.0, 0.5) and len(venue.sight.reference) == 3
    assert len(mistakes) == 1 and "polygon" in str(mistakes[0])


def test_the_wish_is_small_whatever_is_asked() -> None:
    polygon = tuple((0.5, 0.5) for _ in range(24))
    assert len(msgspec.json.encode(Camera(ignore=(polygon,) * 8))) < 4096


def test_zones_that_cannot_be_are_named_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "venue.toml"
    zones = (
        "row = [1]",
        "polygon = [[0, 0], [640, 0], [640, 360]]",
        'name = "5"\nrow = [0, 1]',
        "row = [0, 1]",
        "row = [0, 1]",
    )
    ignored = "[camera]\nsource = ''\nignore = [[[0, 0], [320, 0], [320, 180]]]\n"
    path.write_text(ignored + "".join(f"[[camera.zones]]\n{zone}\n" for zone in zones), "utf-8")
    venue, mistakes = read_venue(path)
    assert [mistake.place for mistake in mistakes] == [
        "[camera]",
        *(f"[[camera.zones]] {n}" for n in (1, 2, 5)),
    ]
    assert [name for name, _ in venue.sight.zones] == ["5", "4"] and venue.camera == "none"
