"""The scene of a test file, as its setup leaves it."""

import pytest

from engine import Scene


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    """What the file's own `fresh` gives."""
    return request.module.fresh()
