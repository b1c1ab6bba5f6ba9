"""The gallery: moments of each scene at 1920x1080 and a contact sheet, rendered by the program itself.

    python -m benchmarks.gallery [--out out/gallery] [--scene NAME] [--size 1920x1080]

Every cue of a scene is played from its start and pictured near its height; a scene with fewer cues
than moments is pictured several times in its longest, one outside the show as it plays by itself.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import cv2
import numpy as np
import pygame

from engine.casting import Staging
from engine.commandline import size
from engine.core.cues import Cue
from engine.render import moments, unattended
from engine.repertoire import load_scene, scene_files
from engine.showfile import SHIPPED_SCENES, SHIPPED_SHOW, ShowFile, read_show
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering

MOMENTS = 5
SECONDS_A_CUE = 9.0
SECONDS_ALONE = 160.0  # of a scene outside the show, which goes through its acts by itself
THUMB = (480, 270)


def main() -> None:
    line = argparse.ArgumentParser(description=__doc__)
    line.add_argument("--out", type=Path, default=Path("out/gallery"))
    line.add_argument("--scene")
    line.add_argument("--size", type=size, default=(1920, 1080))
    args = line.parse_args()
    pygame.display.init()
    args.out.mkdir(parents=True, exist_ok=True)
    shipped = read_show(SHIPPED_SHOW)
    staging = Staging(size=args.size, seed=shipped.seed, lettering=Lettering(find_face()))
    rows = []
    for name, path in scene_files([SHIPPED_SCENES]).items():
        if args.scene in (None, name):
            pictures = _moments(name, path, shipped, staging)
            for number, picture in enumerate(pictures, 1):
                target = args.out / f"{name}-{number}.png"
                cv2.imwrite(str(target), picture)
                print(target)
            rows.append(np.hstack([cv2.resize(p, THUMB, interpolation=cv2.INTER_AREA) for p in pictures]))
    sheet = args.out / "contact-sheet.png"
    cv2.imwrite(str(sheet), np.vstack(rows))
    print(sheet)


def _moments(name: str, path: Path, shipped: ShowFile, staging: Staging) -> list[np.ndarray]:
    cues = [c for c in shipped.cues if c.scene == name]
    seconds = SECONDS_A_CUE if cues else SECONDS_ALONE
    cues = [replace(c, follow=seconds, cap=None) for c in cues or [Cue("1", ("", ""), name)]]
    file = replace(
        shipped,
        cues=tuple(cues),
        scenes={name: load_scene(path)},
        scene_paths={name: path},
        linger=seconds,
        loop=False,
    )
    length = round(len(cues) * seconds * file.fps)
    every = 1 if seconds == SECONDS_A_CUE else file.fps // 4
    wanted = {round((k + 0.72) / MOMENTS * length / every) * every for k in range(MOMENTS)}
    return [
        moment.picture.px[..., :3].copy()
        for moment in moments(file, staging, length, unattended(), every=every)
        if moment.frame.index in wanted
    ]


if __name__ == "__main__":
    main()
