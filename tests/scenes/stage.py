"""A small stage for the tests of one scene: put up once, handed out as twins, played by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine import Canvas, Frame, Scene, Signal
from engine.core.evening import Evening
from engine.core.score import Hit
from engine.stage.lettering import Lettering
from engine.stage.scene import Setting
from tests.conftest import SMALL

ASSETS = Path(__file__).parents[2] / "assets"
PLAIN = Lettering(None)


class Stage:
    """Stages one scene. Setup is most of a test's time, so each way to stage it (seed, size, ...) is set up
    once; a test gets a twin of that, with pictures and chance of its own, to do with as it likes."""

    def __init__(self, scene: type[Scene], *, seed: int = 5, letters: Lettering = PLAIN) -> None:
        self._scene, self._seed, self._letters = scene, seed, letters
        self._ready: dict[tuple[object, ...], Scene] = {}

    def fresh(
        self,
        seed: int | None = None,
        size: tuple[int, int] = SMALL,
        *,
        evening: Evening | None = None,
        **given: Any,
    ) -> Scene:
        """A scene as its setup leaves it. One with an evening of its own is set up for itself alone, as setup
        may look back on what guests made."""
        seed = self._seed if seed is None else seed
        if evening is not None:
            return self.anew(seed, size, evening=evening, **given)
        key = (seed, size, *sorted(given.items()))
        if key not in self._ready:
            self._ready[key] = self.anew(seed, size, **given)
        return twin(self._ready[key])

    def anew(self, seed: int, size: tuple[int, int] = SMALL, **given: Any) -> Scene:
        """A scene set up from nothing, no twin."""
        name = self._scene.__module__.rpartition(".")[2]
        given = {"assets": (ASSETS,), **given}
        scene = self._scene(Setting(name, size, 60, seed, self._letters, **given))
        scene.setup()
        return scene


def twin(scene: Scene) -> Scene:
    """The same scene once more, sharing nothing with it but letters; parts of a picture stay parts of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(copy._deepcopy_dispatch, Canvas, _canvas)
        patch.setitem(copy._deepcopy_dispatch, np.ndarray, _array)
        return copy.deepcopy(scene, {id(scene.letters): scene.letters})


def _canvas(canvas: Canvas, memo: dict[int, Any]) -> Canvas:
    same = Canvas.__new__(type(canvas))
    vars(same).update(vars(canvas))
    same.px = copy.deepcopy(canvas.px, memo)
    same.surface = pygame.image.frombuffer(same.px, canvas.surface.get_size(), "BGRA")
    return same


def _array(array: np.ndarray, memo: dict[int, Any]) -> np.ndarray:
    """A view becomes a view of the copied base: drawing on the one still shows in the other."""
    base = array.base
    if not isinstance(base, np.ndarray) or array.dtype.hasobject:
        return array.__deepcopy__(memo)
    memory = copy.deepcopy(base, memo)
    offset = array.ctypes.data - base.ctypes.data
    return np.ndarray(array.shape, array.dtype, memory.data.cast("B"), offset, array.strides)


def run(
    scene: Scene,
    frames: int,
    start: int = 0,
    autoplay: bool = False,
    each: Callable[[int], object] | None = None,
) -> int:
    """Play `frames` frames from index `start`; the next index. `scene.hits` are the last frame's."""
    for index in range(start, start + frames):
        frame = Frame(index)
        for knob in scene.knobs.values():
            knob.step(index, frame.dt)
        scene.hits.clear()
        if autoplay:
            scene.autoplay(frame)
        if each:
            each(index)
        scene.update(frame)
    return start + frames


def hear(
    scene: Scene, frames: int, start: int = 0, autoplay: bool = False, **more: Any
) -> list[tuple[int, Hit]]:
    """Play like `run`; every hit with the index of its frame."""
    heard: list[tuple[int, Hit]] = []
    for index in range(start, start + frames):
        run(scene, 1, index, autoplay, **more)
        heard += [(index, hit) for hit in scene.hits]
    return heard


def picture(scene: Scene, index: int | None = None) -> np.ndarray:
    """What it draws in frame `index` (else its own, if it counts them), (h, w, 3) of int to subtract."""
    canvas = Canvas(scene.setting.size)
    scene.draw(canvas, Frame(getattr(scene, "index", 0) if index is None else index))
    return canvas.px[..., :3].astype(int)


def signal(verb: str, **facts: Any) -> Signal:
    """Somebody does `verb`."""
    return Signal(f"test/{verb}", **facts)
