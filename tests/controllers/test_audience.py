"""The simulated audience at a real gateway."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from controllers.crowd import STYLES, CrowdError, run, visit
from engine.commandline import STYLES as OFFERED
from engine.core.crowd import Tally

sys.path.insert(0, str(Path(__file__).parents[1] / "companion"))

from companion_house import play

pytestmark = pytest.mark.slow


def test_every_style_is_offered():
    assert sorted(STYLES) == sorted(OFFERED)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_people_join_act_and_are_heard(style):
    async def scenario(house):
        summary = await visit(f"http://{house.address}", phones=12, style=style, seconds=3)
        assert summary.joined == 12
        assert summary.strangers == 0
        assert summary.refused.get("form", 0) == 0 or style == "chaotic"
        assert "12 of 12 phones joined" in str(summary)
        if style == "eager":
            assert summary.acts > 8
            await house.signal("phone/tap")

    play(scenario)


def test_those_who_leave_come_back_as_themselves():
    async def scenario(house):
        summary = await visit(f"http://{house.address}", phones=20, style="leaving", seconds=5)
        assert summary.returned > 3
        assert summary.strangers == 0

    play(scenario)


def test_all_vote_at_once_and_each_counts_once():
    async def scenario(house):
        going = asyncio.create_task(visit(f"http://{house.address}", phones=30, style="voting", seconds=6))
        while (await house.signal("phone/joined"))[0].count < 30:
            pass
        await house.tell(frame=2, companion={"ask": {"id": "6@2", "verb": "vote", "until": 9.0}})
        asked = time.monotonic()
        told, _ = await house.signal("phone/tally")
        while told.count < 30:
            told, _ = await house.signal("phone/tally")
        assert time.monotonic() - asked < 1.5
        assert sum(n for _, n in Tally.read(told.text).choices) == 30
        assert (await going).refused == {}

    play(scenario)


def test_nobody_there_is_said_in_one_line():
    with pytest.raises(CrowdError, match="no gateway answers"):
        run("http://127.0.0.1:9", phones=2, seconds=1)
    with pytest.raises(CrowdError, match="is no address"):
        run("http://", phones=1)
