"""Frame times: every scene of the shipped show, per phase, at 1280x720 and 1920x1080; and the peer picture.

    python -m benchmarks.scenes [--seconds 6] [--json FILE] [--scene NAME] [--crowd 200] [--no-camera]

Each scene plays alone with autoplay, a simulated crowd of signals, and the eye's own process reading a
clip of a performer beside it; work is measured by the same loop that performs, without waiting for the
clock. Medians of frames; the machine's own noise is in p99. Beside them: setup to first picture, and
the most memory a steady frame takes on top of what it had, as a share of one picture (`peak`).
"""

from __future__ import annotations

import argparse
import json
import os
import time
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import numpy as np
import pygame

from benchmarks.camera import Camera, beside
from benchmarks.sparks import measure as measure_sparks
from engine.casting import Staging
from engine.core.chance import stream
from engine.core.clock import Frame
from engine.core.cues import Cue, unattended
from engine.core.signals import Bus, Signal, level
from engine.cuesheet import PHONE_TRIGGERS
from engine.link import Order
from engine.loop import Stage, perform
from engine.render import opening
from engine.repertoire import load_scene, scene_files, verbs_of
from engine.show import Show
from engine.showfile import SHIPPED_SCENES, SHIPPED_SHOW, ShowFile, read_show
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering
from engine.stage.output import Headless

SIZES = ((1280, 720), (1920, 1080))
WARM_UP = 60
TRACED = 12  # frames whose memory is watched, after those whose time is taken
NOT_THEIRS = ("cue", "answer", "push", "swipe_left", "swipe_right", "quorum")


class Silent:
    """No sound device in a benchmark."""

    def perform(self, hits: Sequence[object], beds: dict[str, float]) -> None:
        """Nothing."""


def main() -> None:
    line = argparse.ArgumentParser(description=__doc__)
    line.add_argument("--seconds", type=float, default=6.0)
    line.add_argument("--scene")
    line.add_argument("--crowd", type=int, default=200)
    line.add_argument("--json", type=Path)
    line.add_argument("--no-camera", dest="camera", action="store_false", help="leave the eye out")
    args = line.parse_args()
    pygame.display.init()
    shipped, lettering = read_show(SHIPPED_SHOW), Lettering(find_face())
    rows = []
    with beside() if args.camera else nullcontext() as camera:
        seen = f"the eye on a clip beside it, {camera.heard} words so far" if camera else "no camera"
        print(f"autoplay, a crowd of {args.crowd}, {seen}")
        print(
            f"{'scene':10}{'size':>11}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}   step   draw  picture"
            " (ms, p50)  setup s  peak"
        )
        for name, path in scene_files([SHIPPED_SCENES]).items():
            if args.scene is None or name in args.scene.split(","):
                for size in SIZES:
                    rows.append(_row(name, path, size, shipped, lettering, args, camera))
    if args.scene is None:
        print("\n10,000 additive 16-px sparks under gravity, with bloom, 1920x1080:")
        p50, p95 = (float(v) for v in np.percentile(measure_sparks(frames=120), (50, 95)))
        print(f"  p50 {p50:.2f} ms   p95 {p95:.2f} ms")
        rows.append({"peer_picture": {"p50": p50, "p95": p95}})
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def _row(
    name: str,
    path: Path,
    size: tuple[int, int],
    shipped: ShowFile,
    lettering: Lettering,
    args: argparse.Namespace,
    camera: Camera | None,
) -> dict[str, object]:
    scene = load_scene(path)
    cues = [c for c in shipped.cues if c.scene == name] or [Cue("1", ("", ""), name)]
    cues = [replace(c, follow=args.seconds / len(cues), cap=None) for c in cues]
    file = replace(shipped, cues=tuple(cues), scenes={name: scene}, scene_paths={name: path}, loop=False)
    begun = time.perf_counter()
    show = Show(file, Staging(size=size, seed=1, lettering=lettering))
    stage = Stage(
        show=show,
        bus=Bus(),
        controllers=(),
        output=Headless(),
        sound=Silent(),
        write=lambda frame, signals: None,
        watch=lambda frame: None,
        finished=lambda: False,
    )
    for signal in opening(autoplay=True):
        stage.bus.post(signal)
    crowd = _crowd(lambda index: verbs_of(scene), args.crowd)

    def play(first: int, count: int) -> None:
        for index in range(first, first + count):
            for signal in crowd(index):
                stage.bus.post(signal)
            if camera is not None and scene.mirror:
                show.silhouette = camera.silhouette
            perform(stage, Frame(index, file.fps), draw=True)

    if camera is not None:
        camera.bus = stage.bus
        camera.ask(Order("silhouette", scene.mirror))
    play(0, 1)
    setup = time.perf_counter() - begun
    play(1, WARM_UP - 1)
    stage.speed = type(stage.speed)()
    play(WARM_UP, round(args.seconds * file.fps))
    share = _peak(lambda index: play(index, 1), WARM_UP + round(args.seconds * file.fps), size)
    report = stage.speed.report(args.seconds)
    times, phases = report["frame_ms"], report["phases_ms"]
    print(
        f"{name:10}{size[0]:>6}x{size[1]:<4}"
        + "".join(f"{times[p]:8.2f}" for p in ("p50", "p95", "p99", "max"))
        + "".join(f"{phases[p]['p50']:7.2f}" for p in ("step", "draw", "picture"))
        + f"{setup:18.2f}{share:6.2f}",
        flush=True,
    )
    return {
        "scene": name,
        "size": size,
        "camera": camera is not None,
        "frame_ms": times,
        "phases_ms": phases,
        "setup_s": round(setup, 3),
        "peak": round(share, 3),
    }


def _peak(play: Callable[[int], None], first: int, size: tuple[int, int]) -> float:
    """The most memory that some frames took on top of what they had, as a share of one picture: the median
    frame, for a frame in which something begins may make it."""
    peaks = []
    tracemalloc.start()
    try:
        for index in range(first, first + TRACED):
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            play(index)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    return float(np.median(peaks)) / (4 * size[0] * size[1])


def house_of(file: ShowFile, people: int):
    """So many people through a whole show, doing what phones may do in the scene their cue plays in."""
    if not people:
        return lambda index: []
    ends = np.cumsum([unattended(cue, file.linger) for cue in file.cues]) * file.fps

    def verbs(index: int) -> Sequence[str]:
        cue = file.cues[min(int(np.searchsorted(ends, index, "right")), len(file.cues) - 1)]
        return [verb for verb in verbs_of(file.scenes[cue.scene]) if verb in PHONE_TRIGGERS]

    return _crowd(verbs, people)


def _crowd(verbs: Callable[[int], Sequence[str]], people: int):
    """What a gateway would post for so many people: folded, so at most nine signals a verb in 50 ms."""
    rng = stream(1, "benchmark crowd")

    def cast(index: int) -> list[Signal]:
        signals = [level("phone/joined", 1.0, count=people), level("camera/energy", 0.3)]
        open_verbs = [v for v in verbs(index) if v not in NOT_THEIRS]
        if index % 3 == 0 and open_verbs:
            verb = open_verbs[int(rng.integers(len(open_verbs)))]
            count = 1 + int(rng.integers(max(1, people // 20)))
            x, y = rng.random(2)
            signals.append(Signal(f"phone/{verb}", 0.6, x=float(x), y=float(y), number=1, count=count))
        return signals

    return cast


if __name__ == "__main__":
    main()
