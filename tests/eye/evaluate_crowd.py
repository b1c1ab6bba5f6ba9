"""Crowds in generated houses: `python -m tests.eye.evaluate_crowd` (part of `make eval-eye`)."""

from __future__ import annotations

import argparse
import sys

import cv2
import numpy as np

from controllers.eye.eye import Eye
from controllers.eye.settings import EyeSettings
from engine.core.chance import stream

from .audience import Audience
from .faults import FAULTS, grey

ACTS = (
    ("lean", 1.0, 6.7, (0, 1, 2)),
    ("hands", 7.5, 9.5, (0,)),
    ("jump", 10.5, 11.6, (1,)),
    ("wave", 12.5, 15.0, (2,)),
    ("hands", 16.0, 18.5, (0, 1, 2)),
    ("jump", 20.0, 21.1, (0, 2)),
    ("wave", 22.5, 26.0, (0, 1, 2)),
)
WANTED = {
    "hands_up": (16.0, 17.4),
    "hands_down": (18.0, 19.6),
    "jump": (20.0, 22.0),
    "crowd_wave": (22.5, 26.6),
}
EDGE = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.14), (0.0, 0.14))  # where the balcony is, marked as resting
ZONES = ("left", "middle", "right")
ALONE = {0: (7.5, 8.1), 1: (10.5, 11.7), 2: (12.6, 15.2)}  # when only one zone moves


def auc(yes, no):
    """Share of pairs in which the active moment reads higher."""
    yes, no = np.asarray(yes), np.sort(no)
    below, upto = np.searchsorted(no, yes, "left"), np.searchsorted(no, yes, "right")
    return float((below + upto).mean() / 2 / len(no))


def agreement(truth, seen, fps):
    """Greatest correlation of lean over lags up to 0.3 s, and that lag in ms."""
    best = (-1.0, 0)
    for lag in range(int(0.3 * fps)):
        a, b = truth[: len(truth) - lag], seen[lag:]
        best = max(best, (float(np.corrcoef(a, b)[0, 1]), lag))
    return best[0], best[1] * 1000 / fps


def read(frames, seed, name, reference=()):
    """Levels and gestures of the crowd through one fault."""
    eye, fault = (
        Eye(EyeSettings("", mode="crowd", reference=reference)),
        FAULTS[name](stream(seed, f"fault/{name}")),
    )
    rows, found, last = [], [], {}
    for t, picture in frames:
        seen = fault(t, picture)
        if seen is None:
            continue
        reading = eye.see(t, grey(seen))
        last = reading.levels or last
        rows.append((t, dict(last)))
        found += reading.gestures
    return rows[1:], found


def judge(audience, rows, found):
    """Numbers of one house."""
    times = np.array([t for t, levels in rows])
    lean = np.array([levels.get("lean", 0.5) - 0.5 for _, levels in rows])
    truth = np.array([audience.lean(t - 0.06) for t in times])
    part = (times > 1.0) & (times < 6.7)
    r, lag = agreement(truth[part], lean[part], audience.fps)
    areas = []
    idle = (times > 6.9) & (times < 7.5) | (times > 27.2)
    for k, (start, end) in ALONE.items():
        zone = np.array([levels.get(f"zone/{ZONES[k]}", 0.0) for _, levels in rows])
        areas.append(auc(zone[(times > start + 0.15) & (times < end - 0.15)], zone[idle]))
    hits = [n for n, (a, b) in WANTED.items() if any(g.name == n and a < g.at < b for g in found)]
    false = [g for g in found if not (WANTED[g.name][0] < g.at < WANTED[g.name][1])]
    return r, lag, min(areas), hits, false


def main(words):
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--seeds", type=int, default=2)
    ask.add_argument("--first", type=int, default=50_000)
    ask.add_argument("--faults", default=",".join(FAULTS))
    args = ask.parse_args(words)
    cv2.setNumThreads(1)
    for seed in range(args.first, args.first + args.seeds):
        for mark, reference in (("wall", ()), ("edge", EDGE)):
            audience = Audience(seed, ACTS, seconds=29.0, balcony=mark == "edge")
            frames = list(audience.frames())
            for name in args.faults.split(","):
                r, lag, area, hits, false = judge(audience, *read(frames, seed, name, reference))
                wrong = ", ".join(f"{g.name}@{g.at:.1f}" for g in false)
                print(
                    f"crowd {seed} {mark} {name:10} lean r {r:+.2f} lag {lag:3.0f} ms  zone AUC {area:.2f}  "
                    f"seen {'+'.join(hits) or '-'}  false {len(false)} {wrong}"
                )


if __name__ == "__main__":
    main(sys.argv[1:])
