"""The command line of the benchmark, and its table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import benchmarks.phones
from benchmarks.phones import trials, verdicts
from benchmarks.phones.machinery import built
from benchmarks.phones.steady import steady

TRIALS = {
    "herd": trials.herd,
    "killed-gateway": trials.killed_gateway,
    "killed-broker": trials.killed_broker,
    "asleep": trials.asleep,
    "two-gateways": trials.two_gateways,
    "show": trials.show,
}
HEAD = (
    "| who | phones | states/s | us/message | times floor | with taps | age p50 / p95 / p99 ms "
    "| tap to stage p50 / p95 ms | KB/phone | core | all in s |"
)


def line(row: dict[str, Any]) -> str:
    """One row of the table of costs."""

    def number(key: str, form: str) -> str:
        return "-" if row[key] is None else format(row[key], form)

    def several(key: str, count: int) -> str:
        return "-" if row[key] is None else " / ".join(f"{value:.0f}" for value in row[key][:count])

    core = row["taps_core"] if row["taps_core"] is not None else row["core"]
    cells = (
        row["who"],
        row["phones"],
        number("hertz", ".1f"),
        number("us", ".2f"),
        number("ratio", ".2f"),
        number("taps_us", ".2f"),
        several("age", 3),
        several("tap", 2),
        number("kilobytes", ".1f"),
        "-" if core is None else f"{core:.0%}",
        number("join_s", ".2f"),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Run what is asked for, print each as soon as it is known."""
    names = ("steady", *TRIALS)
    arguments = argparse.ArgumentParser(
        prog="python -m benchmarks.phones",
        description=benchmarks.phones.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    arguments.add_argument("trials", nargs="*", metavar="TRIAL", help=" ".join(names) + "; all when left out")
    arguments.add_argument("--phones", nargs="+", type=int, default=[500, 2000, 5000])
    arguments.add_argument("--rounds", type=int, default=3, help="each in turn, so many times; medians")
    arguments.add_argument("--json", type=Path)
    asked = arguments.parse_args()
    if strange := set(asked.trials) - set(names):
        arguments.error(f"there is no trial {' '.join(sorted(strange))}; choose from {' '.join(names)}")
    found: dict[str, Any] = {}
    said = False
    with built() as program:
        for name in asked.trials or names:
            if name == "steady":
                print(HEAD, "|---" * HEAD.count(" | ") + "|---|", sep="\n", flush=True)
                found[name] = steady(
                    program, asked.phones, asked.rounds, say=lambda row: print(line(row), flush=True)
                )
                continue
            try:
                found[name] = TRIALS[name](program)
            except (FileNotFoundError, TimeoutError) as error:
                found[name] = {"failed": str(error)}
            if not said:
                print("\n" + verdicts.HEAD, flush=True)
            said = True
            print("\n".join(verdicts.lines(name, found[name])), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
