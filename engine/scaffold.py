"""A first show of one's own: a folder that runs at once and is meant to be changed."""

from __future__ import annotations

import re
from pathlib import Path

SHOW = """# A show: a title, then cues in order. Check it with: python run_show.py check {folder}
title = ["{name}", "{name}"]
seed = 1

[[cue]]
number = "1"
title = ["开场", "Opening"]
scene = "first"
fade = 2
prompt = ["观众就座后 GO", "GO when the house is seated"]

[[cue]]
number = "2"
title = ["盛开", "In bloom"]
scene = "first"
params = {{ petals = 16 }}
trigger = ["wave", "pad"]
cap = 20
"""

SCENE = '''"""A window flower that opens when somebody taps, claps or strikes a pad."""

from math import cos, sin, tau

from engine import Param, Scene, ink


class First(Scene):
    petals = Param(8, 3, 24, label=("花瓣", "petals"), slew=0.4)
    turn = 0.0

    def on_tap(self, tap):
        self.turn += 0.4

    on_pad = on_wave = on_tap

    def draw(self, canvas, frame):
        canvas.fill(ink.RICE_PAPER)
        x, y = canvas.width / 2, 540
        for k in range(round(self.petals)):
            a = tau * k / self.petals + self.turn + 0.1 * sin(frame.time)
            petal = [(0, a), (210, a - 0.35), (420, a), (210, a + 0.35)]
            canvas.polygon([(x + r * cos(b), y + r * sin(b)) for r, b in petal], ink.CINNABAR)
        canvas.disc((x, y), 60, ink.RICE_PAPER)

    def companion(self):
        return {"view": "tap", "verbs": ["tap"], "line": ["点一下，花就转", "Tap, and the flower turns"]}
'''


class ScaffoldError(Exception):
    """The folder cannot be made; the message says why and what to do."""


def build(folder: Path) -> list[Path]:
    """Make the folder; the files made. Never writes over anything."""
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise ScaffoldError(f"{folder}: is there already and not empty; choose another name")
    name = re.sub(r'["\\\\]', "", folder.name) or "show"
    files = {
        folder / "show.toml": SHOW.format(name=name, folder=folder),
        folder / "scenes" / "first.py": SCENE,
    }
    try:
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise ScaffoldError(f"{folder}: cannot be made ({error.strerror}); choose another place") from error
    return list(files)
