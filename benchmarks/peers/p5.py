"""The peer picture in p5.js: 2D canvas and WebGL, headless Chromium, drawn by the processor.

Run: python benchmarks/peers/p5.py --frames 120 --json p5.json
Installs p5 from npm into a temporary folder; needs npm, Chromium and playwright.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

RENDERERS = ("p2d", "webgl")
SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox"]
PAGE = Path(__file__).with_name("sparks_p5.html")
LONGEST = 150_000  # milliseconds a renderer may take in all


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def install(folder: Path) -> str:
    """Put the page and p5 into `folder`; p5's version."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "p5 peer: npm is not installed; install Node.js or leave this peer out (--peers arcade)"
        )
    subprocess.run([npm, "install", "--no-save", "--silent", "--prefix", str(folder), "p5"], check=True)
    shutil.copy(folder / "node_modules/p5/lib/p5.min.js", folder)
    shutil.copy(PAGE, folder)
    return str(json.loads((folder / "node_modules/p5/package.json").read_text())["version"])


def measure(address: str, renderer: str, frames: int, picture: Path | None) -> list[float]:
    """Milliseconds of each frame; none, with a line that says why, when the page fails or never ends."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=SOFTWARE)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        try:
            page.goto(f"{address}?renderer={renderer}&frames={frames}")
            page.wait_for_function("window.spent || window.wrong", timeout=LONGEST)
            wrong, spent = page.evaluate("[window.wrong || '', window.spent || []]")
            if picture:
                page.screenshot(path=str(picture.with_stem(f"{picture.stem}-{renderer}")))
        except Error as late:
            wrong, spent = str(late).splitlines()[0], []
        browser.close()
    if wrong:
        print(f"p5 {renderer}: the page failed: {wrong}", file=sys.stderr)
    return list(spent)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The page's address while `folder` is served on a free port."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{PAGE.name}"
    server.shutdown()


def main() -> None:
    """Print and, if asked, write p50 and p95 of each renderer."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frames", type=int, default=120)
    arguments.add_argument("--renderers", nargs="+", choices=RENDERERS, default=RENDERERS)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--picture", type=Path, help="save what each renderer drew, to look at")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        version = install(Path(folder))
        with served(Path(folder)) as address:
            spent = {r: measure(address, r, asked.frames, asked.picture) for r in asked.renderers}
    rows = []
    for renderer, each in spent.items():
        if not each:
            continue
        p50, p95 = (float(np.percentile(each, q)) for q in (50, 95))
        print(f"p5.js {version} {renderer}: p50 {p50:.2f} ms, p95 {p95:.2f} ms")
        rows.append(
            {"name": f"p5.js {version} {renderer}", "frames": len(each), "ms": {"p50": p50, "p95": p95}}
        )
    if asked.json:
        asked.json.write_text(json.dumps(rows))
    if not rows:
        raise SystemExit("p5 peer: nothing was measured")


if __name__ == "__main__":
    main()
