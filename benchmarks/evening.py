"""The whole evening, lobby to bow, without a clock: cues, flashes, frame times, memory, and one hash.

    python -m benchmarks.evening [--show yiye] [--size 480x270] [--crowd 200] [--json FILE]

Every frame is stepped, drawn and composed as in the hall. Exit status 1 if a cue comes out of order or more
than a second off, if a second holds more than three flashes, or if anything was logged as an error. Run it
twice: the same seed and house give the same hash.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import sys
import time
from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import numpy as np
import pygame

from benchmarks.flashes import Flashes
from benchmarks.scenes import house_of
from engine.casting import Staging
from engine.commandline import size
from engine.core.clock import Frame
from engine.core.cues import unattended
from engine.render import opening
from engine.show import Show
from engine.showfile import ShowFile, find_show, read_show
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering

SAMPLED = 30  # frames between two that enter the hash
LATE_S = 1.0
ALLOWED = 3.0


class Ear(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def main() -> int:
    line = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("--show")
    line.add_argument("--size", type=size, default=(480, 270))
    line.add_argument("--crowd", type=int, default=0, help="so many phones, folded as a gateway folds them")
    line.add_argument("--json", type=Path)
    args = line.parse_args()
    pygame.display.init()
    ear = Ear()
    logging.getLogger().addHandler(ear)
    file = replace(read_show(find_show(args.show)), loop=False)
    report = perform(file, args.size, args.crowd)
    report["errors"] = ear.lines
    tell(report)
    if args.json:
        args.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if faults(report) else 0


def perform(file: ShowFile, picture: tuple[int, int], crowd: int) -> dict:
    """Every frame of the show; what was seen, as plain values."""
    show = Show(file, Staging(size=picture, seed=file.seed, lettering=Lettering(find_face()), strict=True))
    guests = house_of(file, crowd)
    seen, flashes = sha256(), defaultdict(lambda: Flashes(file.fps))
    work, damped, cues = defaultdict(list), defaultdict(int), []
    frames = round(file.seconds * file.fps)
    for index in range(frames):
        frame = Frame(index, file.fps)
        signals = [*(opening(autoplay=not file.autoplay) if index == 0 else ()), *guests(index)]
        before, started = show.compositor.guard.damped, time.perf_counter()
        show.step(frame, signals)
        show.draw(frame)
        shown = show.picture(frame)
        scene = show.live.scene.setting.name
        work[scene].append(1000 * (time.perf_counter() - started))
        damped[scene] += show.compositor.guard.damped - before
        flashes[scene].see(shown.px, index)
        if index % SAMPLED == 0:
            seen.update(shown.px[..., :3].tobytes())
        if show.cues.live and (not cues or cues[-1]["cue"] != show.cues.live.number):
            cues.append({"cue": show.cues.live.number, "at": round(frame.time, 2)})
        _progress(index + 1, frames, cues)
    due = 0.0
    for planned, cue in zip(file.cues, cues, strict=False):
        cue["due"] = round(due, 2)
        due += unattended(planned, file.linger)
    return {
        "show": file.title[1],
        "frames": frames,
        "crowd": crowd,
        "cues": cues,
        "planned": [cue.number for cue in file.cues],
        "courses": show.evening.courses,
        "scenes": {
            name: {
                "frames": len(times),
                "p50": round(float(np.percentile(times, 50)), 2),
                "p99": round(float(np.percentile(times, 99)), 2),
                "flashes": flashes[name].worst,
                "damped": damped[name],
            }
            for name, times in work.items()
        },
        "hash": seen.hexdigest(),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def faults(report: dict) -> list[str]:
    """What keeps this evening from being right, in sentences."""
    wrong = [f"logged: {line}" for line in report["errors"]]
    came = [cue["cue"] for cue in report["cues"]]
    if came != report["planned"]:
        wrong.append(f"cues came as {came}, planned {report['planned']}")
    if not report["crowd"]:  # a house may call cues early, that is what it is for
        wrong += [
            f"cue {cue['cue']} came at {cue['at']} s, due {cue['due']} s"
            for cue in report["cues"]
            if abs(cue["at"] - cue.get("due", cue["at"])) > LATE_S
        ]
    for name, scene in report["scenes"].items():
        if max(scene["flashes"]) > ALLOWED:
            wrong.append(f"{name}: {scene['flashes']} flashes a second (general, red)")
    return wrong


def tell(report: dict) -> None:
    """The table, and what is wrong."""
    print(
        f"\n{report['show']}: {report['frames']} frames, {len(report['cues'])} cues, crowd {report['crowd']}"
    )
    print(f"{'scene':10}{'frames':>8}{'p50 ms':>8}{'p99 ms':>8}{'flashes/s':>11}{'red/s':>7}{'damped':>8}")
    for name, scene in report["scenes"].items():
        general, red = scene["flashes"]
        print(
            f"{name:10}{scene['frames']:>8}{scene['p50']:>8}{scene['p99']:>8}{general:>11}{red:>7}{scene['damped']:>8}"
        )
    print(f"courses of coal {report['courses']:g}, peak memory {report['peak_mb']} MB")
    print(f"hash of sampled frames {report['hash'][:32]}")
    for sentence in faults(report):
        print("WRONG " + sentence)


def _progress(done: int, frames: int, cues: list) -> None:
    if sys.stderr.isatty() and done % 60 == 0:
        print(f"\r{done / frames:4.0%}  cue {cues[-1]['cue'] if cues else '-':4}", end="", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
