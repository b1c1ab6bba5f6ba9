"""The eye against generated clips it was never tuned on: `python -m tests.eye.evaluate` (`make eval-eye`).

Prints precision, recall, false reports a minute and latency per gesture, per fault and per frame rate, what
a picture costs, and whether a confidence means what it says. With --clips FOLDER it reads real clips
instead: each video beside a text file of the same name, a line per stroke "start end name" in seconds; a
name with a star may be reported or not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import cv2

from controllers.eye.clip import pictures
from controllers.eye.eye import Eye
from controllers.eye.settings import EyeSettings

from .casual import NEGATIVES
from .clips import make
from .faults import FAULTS, seen
from .footage import films
from .manner import UNSEEN
from .score import Tally, score
from .scripts import STROKES, Truth

FINAL = UNSEEN + 30_000
QUICK = {"seeds": 1, "seconds": 8.0, "faults": "clean,spill,shake", "fps": "30,15"}
NAMES = ("raise", "lower", "wave", "swipe_left", "swipe_right", "step_left", "step_right", "push", "hush")
CASUAL = ("walk", "talk", "sit", "turn", "approach", "pace", "passer")  # people who mean nothing by it


class Report:
    """Tallies of one condition."""

    def __init__(self):
        self.names = defaultdict(Tally)
        self.ways = defaultdict(Tally)  # of people who do as those in the fit (False), and of others (True)
        self.false = defaultdict(int)
        self.seconds = defaultdict(float)
        self.cost = []

    def add(self, kind, clip_seconds, truths, found, fps, strange=False):
        tallies = score(truths, [g for g in found if g.name != "hush"], fps)
        for name, tally in tallies.items():
            self.names[name].add(tally)
            if name != "push":
                self.ways[strange].add(tally)
        self.false[kind] += sum(t.false for t in tallies.values())
        self.seconds[kind] += clip_seconds

    def a_minute(self, kinds):
        seconds = sum(self.seconds[k] for k in kinds)
        return 60 * sum(self.false[k] for k in kinds) / seconds if seconds else 0.0

    def all(self):
        total = Tally()
        for name, tally in self.names.items():
            if name != "push":
                total.add(tally)
        return total


def watch(clip, name, seed, frames):
    """One clip through one fault: (gestures, milliseconds a picture)."""
    eye = Eye(EyeSettings(""))
    found, cost = [], []
    for t, picture in seen(frames, name, seed):
        begun = time.thread_time()
        found += eye.see(t, picture).gestures
        cost.append((time.thread_time() - begun) * 1000)
    found += eye.finish(clip.seconds)
    return found, median(cost)


def share(kinds, count):
    """Clips of each kind: strokes and people who mean nothing fill the same time, `count` at least."""
    meant = sum(kind in STROKES for kind in kinds)
    casual = len(kinds) - meant
    most = max(meant, casual)
    return {kind: round(count * most / (meant if kind in STROKES else casual)) for kind in kinds}


def generated(first, count, kinds, faults, fps, seconds):
    """A report per fault at one frame rate."""
    reports = {name: Report() for name in faults}
    counts = share(kinds, count)
    done, todo = 0, sum(counts.values())
    for kind, n in counts.items():
        for seed in range(first, first + n):
            clip = make(kind, seed, fps=fps, seconds=seconds)
            frames = list(clip.frames())
            for name, report in reports.items():
                found, cost = watch(clip, name, seed, frames)
                report.add(kind, clip.seconds, clip.truths, found, fps, clip.strange)
                report.cost.append(cost)
            done += 1
            print(f"\r{fps} fps: clip {done} of {todo}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return reports


def show(title, report):
    """A line of all gestures, the negatives, then a line per gesture."""
    total = report.all()
    casual, idle, fidget = (report.a_minute(kinds) for kinds in (CASUAL, ["idle"], ["scratch", "fidget"]))
    everything = sum(report.seconds.values()) / 60
    print(f"{title:16} F1 {total.f1:.2f}  P {total.precision:.2f}  R {total.recall:.2f}", end="   ")
    print(f"false/min idle {idle:.2f} casual {casual:.2f} fidget {fidget:.2f}", end="   ")
    print(f"ms onset/end, pictures {total.late()}   {median(report.cost or [0]):.1f} ms a picture")
    if len(report.ways) > 1:
        parts = [
            f"F1 {tally.f1:.2f} (of {tally.hits + tally.missed})" for _, tally in sorted(report.ways.items())
        ]
        print(f"    people who do as those in the fit {parts[0]}, people who do otherwise {parts[1]}")
    for name in NAMES:
        tally = report.names.get(name)
        if tally and tally.hits + tally.missed:
            print(
                f"    {name:12} P {tally.precision:.2f}  R {tally.recall:.2f}  "
                f"of {tally.hits + tally.missed:3}  false/min {tally.false / everything:4.2f}  {tally.late()}"
            )


def calibration(reports):
    """A line that says how many of the gestures reported with about one confidence were right."""
    said = [pair for report in reports for tally in report.names.values() for pair in tally.sure]
    print("confidence -> share right:", end="")
    for low, high in ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.97), (0.97, 1.01)):
        part = [right for sure, right in said if low <= sure < high]
        if part:
            print(f"   {low:.2f}: {sum(part) / len(part):.2f} (of {len(part)})", end="")
    print()


def labels(path):
    """Strokes from a text file of lines "start end name[*]"."""
    rows = [line.split() for line in path.read_text().splitlines() if line.strip() and line[0] != "#"]
    return [Truth(name.rstrip("*") or "*", float(a), float(b), name.endswith("*")) for a, b, name in rows]


def real(folder):
    """A report over a folder of labelled clips."""
    report = Report()
    for path in films(folder):
        eye, found, t, count = Eye(EyeSettings("")), [], 0.0, 0
        for t, picture in pictures(path):
            found += eye.see(t, picture).gestures
            count += 1
        found += eye.finish(t)
        truths = labels(path.with_suffix(".txt")) if path.with_suffix(".txt").is_file() else []
        report.add("clip", t, truths, found, count / t if t else 30)
    return report


def main(words):
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--seeds", type=int, default=2, help="clips of each casual kind")
    ask.add_argument("--seconds", type=float, default=12.0, help="length of a clip")
    ask.add_argument("--first", type=int, default=FINAL, help="first seed")
    ask.add_argument("--kinds", default=",".join(k for k in (STROKES | NEGATIVES) if k != "push"))
    ask.add_argument("--faults", default=",".join(FAULTS))
    ask.add_argument("--fps", default="30,15,10,60")
    ask.add_argument("--clips", type=Path, help="a folder of real clips with labels")
    ask.add_argument("--quick", action="store_true", help="a small run: one clip of each kind, three faults")
    args = ask.parse_args(words)
    if args.quick:
        vars(args).update(QUICK)
    cv2.setNumThreads(1)
    if args.clips:
        show("real clips", real(args.clips))
        return
    every = []
    for fps in map(int, args.fps.split(",")):
        faults = args.faults.split(",") if fps == 30 else ["clean"]
        kinds = args.kinds.split(",")
        for name, report in generated(args.first, args.seeds, kinds, faults, fps, args.seconds).items():
            show(f"{name} {fps} fps", report)
            every.append(report)
    calibration(every)


if __name__ == "__main__":
    main(sys.argv[1:])
