"""The simulated audience at a real gateway."""

import sys
from pathlib import Path

import pytest

from controllers.crowd import STYLES, CrowdError, run, visit

sys.path.insert(0, str(Path(__file__).parents[1] / "companion"))

from companion_house import play


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


def test_nobody_there_is_said_in_one_line():
    with pytest.raises(CrowdError, match="no gateway answers"):
        run("http://127.0.0.1:9", phones=2, seconds=1)
    with pytest.raises(CrowdError, match="is no address"):
        run("http://", phones=1)
