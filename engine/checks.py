"""The last check before an evening: every scene is really set up, played a moment and drawn."""

from __future__ import annotations

import os

import pygame

from engine.casting import Casting, Staging, plainly
from engine.core.clock import Frame
from engine.door import Mistake
from engine.showfile import ShowFile
from engine.stage.canvas import Canvas
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering
from engine.stage.scene import Scene

SIZE = (320, 180)
FRAMES = 30


def set_up_each(file: ShowFile) -> list[Mistake]:
    """Set up every scene small, play half a second, draw; what it raises is a mistake of that scene."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    lettering = Lettering(find_face(folder / "fonts" for folder in file.assets))
    casting = Casting(file, Staging(size=SIZE, seed=file.seed, lettering=lettering))
    mistakes = []
    for name, path in file.scene_paths.items():
        try:
            scene = casting.build(name)
            mistakes += [Mistake(path, f"scene {name!r}", trouble) for trouble in scene.troubles]
            _play(scene, file.fps)
        except Exception as error:
            mistakes.append(Mistake(path, f"scene {name!r}", plainly(error)))
    return mistakes


def _play(scene: Scene, fps: int) -> None:
    canvas = Canvas(SIZE)
    for index in range(FRAMES):
        frame = Frame(index, fps)
        for knob in scene.knobs.values():
            knob.step(index, frame.dt)
        scene.autoplay(frame)
        scene.update(frame)
    scene.draw(canvas, Frame(FRAMES, fps))
    scene.companion()
