"""The eye in numbers: what a picture costs, how well performers and crowds are read. `make eval-eye`.

Run: python -m benchmarks.eye [--quick] [--seeds N] [--faults clean] [--fps 30] [--clips FOLDER] [--cost]
Cost is milliseconds of processor time a picture, 320x180, one thread. With --cost nothing else is measured.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from controllers.eye.eye import Eye
from controllers.eye.settings import EyeSettings
from engine.core.chance import stream
from tests.eye import evaluate, evaluate_crowd, footage
from tests.eye.clips import KINDS, make
from tests.eye.faults import FAULTS, grey

CASES = (("idle", "clean"), ("swipes", "clean"), ("swipes", "noise"), ("swipes", "shake"), ("walk", "all"))
MODES = ("performer", "crowd", "torches")


def cost(mode: str, pictures: list[np.ndarray]) -> list[float]:
    """Milliseconds of each picture."""
    eye = Eye(EyeSettings("", mode=mode))
    spent = []
    for k, picture in enumerate(pictures):
        begun = time.thread_time()
        eye.step(k / 30, picture)
        spent.append((time.thread_time() - begun) * 1000)
    return spent


def costs() -> None:
    """Print what each mode costs on a few clips."""
    cv2.setNumThreads(1)
    print(f"{'clip':8} {'fault':8} {'mode':10} {'p50 ms':>7} {'p95 ms':>7}  share of a core at 30 fps")
    for kind, name in CASES:
        clip = make(kind, 7001, seconds=5, framing="knee")
        fault = FAULTS[name](stream(7001, name))
        pictures = [grey(fault(t, p)) for t, p in clip.frames()]
        for mode in MODES:
            spent = cost(mode, pictures)
            middle, high = np.percentile(spent, [50, 95])
            print(f"{kind:8} {name:8} {mode:10} {middle:7.2f} {high:7.2f}  {np.mean(spent) * 3:.1f} %")


def unusable(words: list[str]) -> list[str]:
    """What was asked for and cannot be measured, a line each."""
    ask = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    ask.add_argument("--clips", type=Path)
    ask.add_argument("--faults", default="")
    ask.add_argument("--kinds", default="")
    asked, _ = ask.parse_known_args(words)
    wrong = footage.faults_of(asked.clips, evaluate.NAMES) if asked.clips else []
    for option, known in (("faults", FAULTS), ("kinds", KINDS)):
        names = [name for name in getattr(asked, option).split(",") if name and name not in known]
        wrong += [f"--{option}: there is no {name!r}; there are {', '.join(known)}" for name in names]
    return wrong


def main(words: list[str]) -> None:
    """Everything, or only the cost."""
    if wrong := unusable(words):
        print(*wrong, sep="\n", file=sys.stderr)
        raise SystemExit(2)
    if "--clips" not in words:
        costs()
    if "--cost" in words:
        return
    evaluate.main(words)
    if not words or words == ["--quick"]:
        evaluate_crowd.main(["--seeds", "1", "--faults", "clean,spill"] if words else [])


if __name__ == "__main__":
    main(sys.argv[1:])
