"""Every scene against its approved pictures, and the golden tool itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.casting import Staging
from engine.core.cues import Cue
from engine.render import moments, unattended
from engine.repertoire import load_scene, scene_files
from engine.showfile import SHIPPED_SCENES, ShowFile
from tests.golden import NotGolden, compare

SCENES = scene_files([SHIPPED_SCENES])
MOMENTS = (45, 300)


@pytest.mark.parametrize("name", SCENES)
def test_scene_is_as_approved(
    name: str, shipped: ShowFile, staging: Staging, request: pytest.FixtureRequest
) -> None:
    file = alone(name, shipped)
    for moment in moments(file, staging, MOMENTS[-1] + 1, unattended()):
        if moment.frame.index in MOMENTS:
            picture = moment.picture.px[..., :3]
            compare(f"{name}-{moment.frame.index:04d}", picture, regold=request.config.getoption("--regold"))


def alone(name: str, shipped: ShowFile) -> ShowFile:
    """A show of one cue, in one scene."""
    cue = Cue("1", ("", ""), name, fade=0.0)
    return replace(
        shipped, cues=(cue,), scenes={name: load_scene(SCENES[name])}, scene_paths={name: SCENES[name]}
    )


def test_an_equal_picture_passes(tmp_path: Path) -> None:
    picture = np.full((20, 30, 3), 90, np.uint8)
    compare("same", picture, regold=True, golden=tmp_path)
    compare("same", picture + 1, regold=False, golden=tmp_path, failed=tmp_path / "failed")
    assert not (tmp_path / "failed").exists()


def test_a_different_picture_fails_with_a_sheet(tmp_path: Path) -> None:
    wanted = np.full((20, 30, 3), 90, np.uint8)
    compare("other", wanted, regold=True, golden=tmp_path)
    got = wanted.copy()
    got[5:9, 5:9] = 255
    with pytest.raises(NotGolden, match="differs"):
        compare("other", got, regold=False, golden=tmp_path, failed=tmp_path / "failed")
    assert (tmp_path / "failed" / "other.png").is_file()


def test_a_picture_of_another_size_fails_with_a_sheet(tmp_path: Path) -> None:
    compare("size", np.zeros((20, 30, 3), np.uint8), regold=True, golden=tmp_path)
    with pytest.raises(NotGolden):
        compare("size", np.zeros((45, 15, 3), np.uint8), regold=False, golden=tmp_path, failed=tmp_path)


def test_a_missing_golden_fails(tmp_path: Path) -> None:
    with pytest.raises(NotGolden, match="missing"):
        compare("none", np.zeros((2, 2, 3), np.uint8), regold=False, golden=tmp_path)
