"""The rules of the eye, fitted anew: what controllers/eye/votes.py asks and answers. `make fit-eye`.

Run: python -m benchmarks.eye_rules [--seeds N] [--clips FOLDER [--weight W]] [--only-sequels] [--out FILE]
Learns from generated people, and from a folder of labelled clips as `python -m benchmarks.eye --clips` reads
it. Each rule is a sum of small tables (CatBoost's symmetric trees) that may not count more way, motion that
goes one way, or less motion before or after against a stroke. What follows a stroke is learnt on top of how
sure rules are that have not seen its clip. A rule with too few examples stays as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib.resources import files
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np

from controllers.eye.clip import ClipError
from controllers.eye.votes import Rule
from engine.core.chance import stream
from tests.eye import footage
from tests.eye.casual import NEGATIVES
from tests.eye.evaluate import NAMES, share
from tests.eye.examples import Example, of_clip, of_film
from tests.eye.manner import UNSEEN
from tests.eye.scripts import STROKES

Rules = dict[str, dict[str, dict[str, Any]]]  # gesture -> what is read -> doubt and votes, as in rules.json

KINDS = [kind for kind in STROKES | NEGATIVES if kind != "push"]  # no rule is asked about a push
LEARNT = {"raise": "up", "lower": "down", "swipe": "across", "step": "across", "wave": "swings"}
READINGS = {"hand": False, "whole": True}  # what is read -> whether it is the whole of what moves
SEQUEL = "sequel"  # what is read of either: what followed
FEW = 20  # examples of either kind below which a rule is not fitted
# Log-odds to overcome at first: who reads twice errs twice; while a hand waves, none of its swipes is heard.
DOUBT = {"raise": 0.25, "lower": 0.25, "swipe": 0.25, "wave": 1.0}
FORGOTTEN = 0.4  # share of lowered arms that are taken as never seen raised: the eye may have opened late
SHORTEST = 5.0  # seconds of a clip in which somebody can do something

MORE = ("way", "slim", "apart", "agree", "march", "raised", "still")
LESS = ("slant", "lively", "before", "second", "awhile", "turned", "across", "steady", "rise",
        "longest", "busy", "later", "onward", "sideways")  # fmt: skip
EITHER_WAY = ("slant", "busy")  # in a step, for there a body goes, not a hand

NEVER = 1e9  # a question nothing is above, where a vote has fewer
FIT: dict[str, Any] = {
    "depth": 6, "iterations": 300, "learning_rate": 0.1, "l2_leaf_reg": 8, "border_count": 48, "rsm": 0.3,
    "bootstrap_type": "No", "random_strength": 0, "random_seed": 1, "thread_count": 1, "verbose": 0,
    "allow_writing_files": False,
}  # fmt: skip
FIT_SEQUEL: dict[str, Any] = {
    "depth": 3, "iterations": 60, "learning_rate": 0.06, "l2_leaf_reg": 20, "rsm": 0.5,
    "model_shrink_rate": 0,
}  # fmt: skip
FOLDS = 3  # parts the clips are in, so that each can be judged by rules fitted to the others
OPEN = 4.0  # log-odds either way within which a stroke is in doubt by itself


def asked(gesture: str, known: Iterable[str]) -> list[str]:
    """The measures a rule may ask for."""
    return [name for name in known if name != "raised" or gesture == "lower"]


def bound(gesture: str, name: str) -> int:
    """1 where more of a measure may only speak for a gesture, -1 where only against it, 0 where either."""
    if gesture == "step" and name in EITHER_WAY:
        return 0
    return (name in MORE) - (name in LESS)


def table(part: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """Examples as rows of measures."""
    rows = np.array([[one.facts[name] for name in names] for one in part])
    if "raised" in names:
        rows[stream(1, "eye/forgotten").random(len(rows)) < FORGOTTEN, names.index("raised")] = 0.0
    return rows.round(5).astype(np.float32)


def fitted(
    gesture: str, part: Sequence[Example], odds: np.ndarray | None = None, **fit: Any
) -> tuple[Any, list[str]]:
    """A model of what a gesture is, on top of `odds` if given, and the measures it asks for."""
    from catboost import CatBoostClassifier

    names = asked(gesture, part[0].facts)
    model = CatBoostClassifier(**FIT | fit, monotone_constraints=[bound(gesture, name) for name in names])
    meant = [int(one.meant == gesture) for one in part]
    weight = [one.weight for one in part]
    return model.fit(table(part, names), meant, sample_weight=weight, baseline=odds), names


def stored(model: Any) -> dict[str, Any]:
    """What a model consists of."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        kept: dict[str, Any] = json.loads(path.read_text())
    return kept


def rule_of(kept: dict[str, Any], names: Sequence[str], doubt: float = 0.0) -> dict[str, Any]:
    """A model as a rule: a vote for each tree, answers to a hundredth, borders to five digits."""
    scale, bias = kept["scale_and_bias"]
    depth = max(len(tree["splits"] or []) for tree in kept["oblivious_trees"])
    votes = []
    for tree in kept["oblivious_trees"]:
        splits = tree["splits"] or []
        asks = [names[split["float_feature_index"]] for split in splits]
        above = [float(f"{split['border']:.5g}") for split in splits]
        answers = [round(scale * value, 2) for value in tree["leaf_values"]]
        for _ in range(depth - len(asks)):
            asks, above, answers = [*asks, names[0]], [*above, NEVER], answers * 2
        votes.append([asks, above, answers])
    return {"doubt": round(doubt - float(np.sum(bias)), 2), "votes": votes}


def text_of(rules: Rules) -> str:
    """Rules as the file has them: a vote a line."""
    gestures = [f' "{name}": {{\n{_readings(readings)}\n }}' for name, readings in rules.items()]
    return "{\n" + ",\n".join(gestures) + "\n}\n"


def _readings(readings: dict[str, dict[str, Any]]) -> str:
    written = []
    for read, rule in readings.items():
        votes = ",\n".join(f"    {_vote(*vote)}" for vote in rule["votes"])
        written.append(f'  "{read}": {{\n   "doubt": {rule["doubt"]},\n   "votes": [\n{votes}\n   ]\n  }}')
    return ",\n".join(written)


def _vote(asks: list[str], above: list[float], answers: list[float]) -> str:
    borders, said = (", ".join(f"{number + 0.0:g}" for number in row) for row in (above, answers))
    return f"[{json.dumps(asks)}, [{borders}], [{said}]]"


def shipped() -> Rules:
    """The rules as they stand."""
    rules: Rules = json.loads(files("controllers.eye").joinpath("rules.json").read_text("utf-8"))
    return rules


def odds_of(
    gesture: str, part: Sequence[Example], rules: dict[str, Any], anew: Collection[str]
) -> np.ndarray:
    """Log-odds (n) of examples by the rules of a gesture; for the readings fitted anew by rules fitted to
    other clips than theirs."""
    odds = np.zeros(len(part))
    for read, whole in READINGS.items():
        if read not in anew:
            rule = Rule(**rules[read])
            odds += [rule.odds(one.facts) if one.whole is whole else 0.0 for one in part]
            continue
        for fold in range(FOLDS):
            mine = [k for k, one in enumerate(part) if one.whole is whole and one.clip % FOLDS == fold]
            others = [one for one in part if one.whole is whole and one.clip % FOLDS != fold]
            if mine and len({one.meant == gesture for one in others}) == 2:
                model, names = fitted(gesture, others)
                told = table([part[k] for k in mine], names)
                odds[mine] = model.predict(told, prediction_type="RawFormulaVal") - DOUBT.get(gesture, 0.0)
    return odds


def doubted(
    gesture: str, part: Sequence[Example], rules: dict[str, Any], anew: Collection[str]
) -> tuple[list[Example], np.ndarray]:
    """The strokes that are in doubt by themselves, with what followed for their facts, and their log-odds."""
    part = [one for one in part if one.sequel is not None]
    odds = odds_of(gesture, part, rules, anew)
    near = np.abs(odds) < OPEN
    found = [replace(one, facts=one.sequel) for one, is_so in zip(part, near, strict=True) if is_so]
    return found, odds[near]


def fit(examples: Sequence[Example], *, only_sequels: bool = False) -> Rules:
    """Every rule fitted to its examples, or only what follows a stroke, on top of the rules as they stand;
    says what each was fitted to."""
    rules = shipped()
    for gesture, readings in rules.items():
        mine = [one for one in examples if one.way == LEARNT[gesture]]
        anew: list[str] = []
        for read in readings:
            if only_sequels and read != SEQUEL:
                continue
            if read == SEQUEL:
                part, odds = doubted(gesture, mine, readings, anew)
                doubt, more = 0.0, FIT_SEQUEL
            else:
                part, odds = [one for one in mine if one.whole is READINGS[read]], None
                doubt, more = DOUBT.get(gesture, 0.0), {}
            meant = sum(one.meant == gesture for one in part)
            line = f"{gesture:6} {read:6} {len(part):7} examples, {meant:6} of them meant"
            if min(meant, len(part) - meant) < FEW:
                print(f"{line}: too few, it stays as it is")
                continue
            model, names = fitted(gesture, part, odds, **more)
            readings[read] = rule_of(stored(model), names, doubt)
            anew.append(read)
            print(f"{line}, {len(readings[read]['votes'])} votes", flush=True)
    return rules


def lessons(args: argparse.Namespace) -> list[Any]:
    """What is to be watched, clips of one's own first; each when called gives its examples."""
    own = [partial(of_film, path, args.weight) for path in footage.films(args.clips)] if args.clips else []
    return own + [
        partial(of_clip, kind, seed, args.seconds)
        for kind, count in share(KINDS, args.seeds).items()
        for seed in range(args.first, args.first + count)
    ]


def _watch(lesson: Any) -> list[Example]:
    cv2.setNumThreads(1)
    found: list[Example] = lesson()
    return found


def watched(todo: Sequence[Any], jobs: int) -> Iterator[Example]:
    """The examples of all that is to be watched, always in the same order, `jobs` clips at once."""
    with ExitStack() as until_done:
        found: Iterable[list[Example]] = map(_watch, todo)
        if jobs > 1:  # spawned: a fork of a process in which OpenCV has threads hangs
            pool = until_done.enter_context(ProcessPoolExecutor(jobs, get_context("spawn")))
            found = pool.map(_watch, todo)
        for done, some in enumerate(found, 1):
            end = "\r" if done < len(todo) else "\n"
            print(f"clip {done} of {len(todo)}", end=end, file=sys.stderr, flush=True)
            yield from (replace(one, clip=done) for one in some)


def options(words: list[str]) -> argparse.Namespace:
    """The options; a value that is none of its kind is said in one line."""
    ask = argparse.ArgumentParser(
        "eye_rules", usage=argparse.SUPPRESS, description=__doc__.splitlines()[0], allow_abbrev=False
    )
    ask.add_argument("--seeds", type=int, default=36, help="generated clips of each casual kind; 0 for none")
    ask.add_argument("--seconds", type=float, default=14.0, help="length of a generated clip")
    ask.add_argument("--first", type=int, default=1000, help=f"first seed; all are below {UNSEEN}")
    ask.add_argument("--clips", type=Path, help="a folder of real clips with labels")
    ask.add_argument("--weight", type=float, default=1.5, help="generated strokes one of these counts for")
    ask.add_argument(
        "--only-sequels",
        action="store_true",
        help="fit only what follows a stroke, on seeds the rules never saw",
    )
    ask.add_argument("--jobs", type=int, default=2, help="clips watched at once")
    ask.add_argument("--out", type=Path, default=Path(str(files("controllers.eye"))) / "rules.json")
    return ask.parse_args(words)


def unusable(args: argparse.Namespace) -> list[str]:
    """Why nothing can be fitted as asked, a line each."""
    missing = find_spec("catboost") is None
    most = max(share(KINDS, args.seeds).values())
    faults = {
        f"catboost is missing; install it with {sys.executable} -m pip install -e '.[fit]'": missing,
        f"--seeds {args.seeds}: give 0 or more": args.seeds < 0,
        "--seeds 0: then there is nothing to learn from; give --clips": not args.seeds and not args.clips,
        f"--first {args.first}: give 0 or more": args.first < 0,
        f"--first {args.first}: the last seed is {args.first + most - 1}; all must be below {UNSEEN}, "
        "the rest is kept for evaluation": args.first + most > UNSEEN,
        f"--seconds {args.seconds:g}: give {SHORTEST:g} to 600": not SHORTEST <= args.seconds <= 600,
        f"--weight {args.weight:g}: give more than 0, up to 100": not 0 < args.weight <= 100,
        f"--jobs {args.jobs}: give 1 or more": args.jobs < 1,
        f"--out {args.out}: is a folder; give a file": args.out.is_dir(),
        f"--out {args.out}: cannot be written there; give a file in a folder of yours": not os.access(
            args.out if args.out.exists() else args.out.parent, os.W_OK
        ),
    }
    wrong = [line for line, is_so in faults.items() if is_so]
    return wrong + (footage.faults_of(args.clips, NAMES) if args.clips else [])


def refuse(wrong: Iterable[object]) -> None:
    """Say what is wrong, and stop."""
    print(*wrong, sep="\n", file=sys.stderr)
    raise SystemExit(2)


def main(words: list[str]) -> None:
    """Watch, fit and write."""
    args = options(words)
    if wrong := unusable(args):
        refuse(wrong)
    try:
        examples = list(watched(lessons(args), args.jobs))
    except ClipError as error:
        refuse([error])
    args.out.write_text(text_of(fit(examples, only_sequels=args.only_sequels)), "utf-8")
    print(f"{args.out}: written; make test and make eval-eye say what it is worth")


if __name__ == "__main__":
    main(sys.argv[1:])
