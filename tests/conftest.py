"""Fixtures for every test: no window, no loudspeaker, small pictures."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pygame
import pytest
from hypothesis import settings

from engine.casting import Staging
from engine.showfile import SHIPPED_SHOW, ShowFile, read_show
from engine.stage.lettering import Lettering

SMALL = (320, 180)

# a busy machine is no failure: what is checked is what comes out, never how fast
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden frames anew")


@pytest.fixture(scope="session", autouse=True)
def _display() -> None:
    pygame.display.init()


@pytest.fixture(scope="session", autouse=True)
def _ears() -> None:
    """Hear Ctrl-C even when started in the background: who is deaf to it hands that on to every show."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def lettering() -> Lettering:
    """Type without any Chinese font, so that pictures are the same on every machine."""
    return Lettering(None)


@pytest.fixture(scope="session")
def shipped() -> ShowFile:
    """The show that comes with the engine."""
    return read_show(SHIPPED_SHOW)


@pytest.fixture
def staging(lettering: Lettering) -> Staging:
    """Small, strict, with nobody in the house."""
    return Staging(size=SMALL, seed=7, lettering=lettering, strict=True)
