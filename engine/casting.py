"""Casting: which class plays which scene, and what each is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.chance import stream
from engine.core.clock import Frame
from engine.core.evening import Evening
from engine.showfile import ShowFile
from engine.stage.arrival import arrival
from engine.stage.canvas import Canvas
from engine.stage.keystone import SQUARE, Corners
from engine.stage.lettering import Lettering
from engine.stage.scene import Scene, Setting


@dataclass(frozen=True, slots=True)
class Staging:
    """How a show is put up: picture size, chance, type, and how strict to be.

    strict    a scene that raises stops the show (tests); otherwise its last good picture is held
    ahead     prepare scenes in a thread, so that a GO never waits
    waiting   called while a GO has to wait for a setup
    aside     scenes not to be played, because they brought the stage down
    """

    size: tuple[int, int]
    seed: int
    lettering: Lettering
    strict: bool = False
    ahead: bool = False
    corners: Corners = SQUARE
    address: str = ""
    wifi: tuple[str, str] = ("", "")
    aside: tuple[str, ...] = ()
    waiting: Callable[[], None] = lambda: None


class Casting:
    """Builds scenes, ready to play, from their names; all share one evening's memory."""

    def __init__(self, file: ShowFile, staging: Staging, evening: Evening | None = None) -> None:
        self._file, self._staging = file, staging
        self._evening = evening or Evening(file.earning)
        self._scenes = dict(file.scenes)

    def build(self, name: str) -> Scene:
        """The scene, set up. What its setup raises comes out."""
        if name in self._staging.aside:
            return self.stand_in(name)
        scene = self._scenes[name](self._setting(name))
        scene.setup()
        chance = stream(self._staging.seed, f"{name}/arrival")
        scene.arrival = arrival(scene.material, self._staging.size, chance)
        return scene

    def stand_in(self, name: str) -> Scene:
        """What is seen where a scene cannot play: plain jujube."""
        return _Plain(self._setting(name))

    def recast(self, name: str, scene: type[Scene]) -> Scene:
        """Build `name` from a new class, which is kept only if it starts."""
        fresh = scene(self._setting(name))
        fresh.setup()
        self._scenes[name] = scene
        return fresh

    def _setting(self, name: str) -> Setting:
        staging, file = self._staging, self._file
        return Setting(
            name=name,
            size=staging.size,
            fps=file.fps,
            seed=staging.seed,
            lettering=staging.lettering,
            assets=file.assets,
            texts=file.texts,
            evening=self._evening,
            address=staging.address,
            wifi=staging.wifi,
        )


class _Plain(Scene):
    """Stands in for a scene that cannot play."""

    def draw(self, canvas: Canvas, frame: Frame) -> None:
        canvas.fill((0x2A, 0x12, 0x10))


def plainly(error: Exception) -> str:
    """The exception as a short clause."""
    text = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
