"""One picture, three tools, one machine, one run: Xitai, p5.js and arcade, with no graphics card.

Run: python benchmarks/peers/run.py [--rounds 3] [--frames 120] [--peers p5 arcade] [--json FILE]
Rounds are taken in turn, so that a busy moment of the machine meets everyone. Needs npm and Chromium for
p5, Xvfb and Mesa's software GL for arcade (Debian: apt install xvfb libgl1-mesa-dri).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
PROMISES = {"p5.js": 3.0, "arcade": 6.0}
SCREEN = ("-a", "-s", "-screen 0 1920x1080x24")


def arcade_python(folder: Path) -> Path:
    """The interpreter of a fresh environment that has arcade."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "arcade"], check=True)
    return python


def commands(peers: list[str], folder: Path) -> dict[str, list[str]]:
    """What to run for each tool."""
    found = {"xitai": [sys.executable, "-m", "benchmarks.sparks"]}
    if "p5" in peers:
        found["p5"] = [sys.executable, str(HERE / "p5.py")]
    if "arcade" in peers:
        screen = shutil.which("xvfb-run")
        if screen is None:
            raise SystemExit("arcade peer: no xvfb-run; apt install xvfb libgl1-mesa-dri, or --peers p5")
        script = str(HERE / "sparks_arcade.py")
        found["arcade"] = [screen, *SCREEN, str(arcade_python(folder / "arcade")), script]
    return found


def measured(command: list[str], frames: int, result: Path) -> list[dict]:
    """The rows one tool reports: name and milliseconds; none if it fails, which it says itself."""
    environment = {**os.environ, "LIBGL_ALWAYS_SOFTWARE": "1"}
    asked = [*command, "--frames", str(frames), "--json", str(result)]
    run = subprocess.run(asked, env=environment, cwd=HERE.parents[1], check=False)
    if run.returncode:
        return []
    rows = json.loads(result.read_text())
    return rows if isinstance(rows, list) else [rows]


def report(rounds: dict[str, list[float]]) -> list[dict]:
    """Median of the rounds' medians by tool, and how many times Xitai's that is."""
    ours = statistics.median(rounds["xitai"])
    table = []
    heading = "10,000 additive sparks with bloom, 1920x1080"
    print(f"\n{heading:48}{'ms a frame':>12}{'times Xitai':>14}{'promised':>10}")
    for name, medians in rounds.items():
        ms = statistics.median(medians)
        promise = next((p for tool, p in PROMISES.items() if name.startswith(tool)), None)
        said = f">= {promise:.0f}" if promise else ""
        print(f"{name:48}{ms:12.2f}{ms / ours:14.1f}{said:>10}")
        table.append({"name": name, "ms": ms, "times": ms / ours, "promised": promise, "rounds": medians})
    return table


def main() -> None:
    """Measure everyone in turn, print the table, write it if asked."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--frames", type=int, default=120)
    arguments.add_argument("--peers", nargs="*", choices=("p5", "arcade"), default=["p5", "arcade"])
    arguments.add_argument("--json", type=Path)
    asked = arguments.parse_args()
    rounds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        tools = commands(asked.peers, Path(folder))
        for _ in range(asked.rounds):
            for command in tools.values():
                for row in measured(command, asked.frames, Path(folder) / "result.json"):
                    rounds.setdefault(row["name"], []).append(row["ms"]["p50"])
    if "xitai" not in rounds:
        raise SystemExit("nothing to compare with: benchmarks/sparks.py failed")
    table = report(rounds)
    if asked.json:
        asked.json.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
