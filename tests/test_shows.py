"""The shipped shows: each is well, lasts what it promises, and comes to its bow with nobody there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.casting import Staging
from engine.core.clock import Frame
from engine.core.cues import unattended
from engine.door import Door
from engine.render import opening
from engine.show import Show
from engine.showfile import SHIPPED_ASSETS, SHIPPED_SHOW, ShowFile, find_show, read_show

SHOWS = sorted(path.parent.name for path in (SHIPPED_ASSETS / "shows").glob("*/show.toml"))

# What each scene is given, first cue to last.
SCENE_SECONDS = {
    (2, 4): 60, (5, 7): 100, (8, 10): 105, (11, 13): 80, (14, 18): 110, (19, 21): 85, (22, 25): 80,
    (26, 28): 110, (29, 31): 90, (32, 34): 80,
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWS)
def test_every_shipped_show_is_well(name: str) -> None:
    show = read_show(find_show(name))
    assert all(show.title) and all(all(cue.title) for cue in show.cues)
    assert all(all(cue.prompt) for cue in show.cues), "the stage manager reads both languages"


def test_the_running_order_is_in_order_and_lasts_as_long_as_it_says(shipped: ShowFile) -> None:
    numbers = [int(cue.number) for cue in shipped.cues]
    assert numbers == sorted(numbers) and numbers[0] == 1 and numbers[-1] == 34
    assert set(shipped.overrides) >= {"90", "91", "92", "93", "94"}
    lasts = {cue.number: unattended(cue, shipped.linger) for cue in shipped.cues}
    for (first, last), seconds in SCENE_SECONDS.items():
        assert sum(lasts[str(n)] for n in range(first, last + 1)) == seconds, f"cues {first} to {last}"


def test_the_cuts_share_the_evenings_cues(shipped: ShowFile) -> None:
    whole = {cue.number: cue for cue in shipped.cues}
    for name in ("yiye12", "yiye9"):
        for cue in read_show(find_show(name)).cues:
            assert cue == whole[cue.number]
    tent = read_show(find_show("tent"))
    assert [c.number for c in tent.cues] == list(whole) and all(c.ask is None for c in tent.cues)
    assert Door(SHIPPED_SHOW / "show.toml").read()["title"] == list(shipped.title)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWS)
def test_with_nobody_there_every_cue_comes_and_the_tower_completes(name: str, staging: Staging) -> None:
    """The cue list alone, without a picture: one step a second of the show's own time."""
    file = read_show(find_show(name))
    show = Show(replace(file, loop=False, fps=10), staging)
    seen: dict[str, int] = {}
    began = 0
    for index in range(round(file.seconds * 10) + 20):
        for layer in (show.live,):
            if layer is not None:
                layer.failed = True  # scenes have tests of their own
        show.step(Frame(index, 10), opening(autoplay=not file.autoplay) if index == 0 else [])
        live = show.cues.live
        if live is not None and live.number not in seen:
            seen[live.number] = index - began
            began = index
    assert list(seen) == [cue.number for cue in file.cues]
    for before, cue in zip(file.cues, file.cues[1:], strict=False):
        assert seen[cue.number] == pytest.approx(10 * unattended(before, file.linger), abs=1)
    assert show.evening.courses == show.evening.most
