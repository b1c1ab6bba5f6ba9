"""Pictures never leave the eye: nothing in it can write one, and what it sends is too small to hold one."""

from __future__ import annotations

import ast
import base64
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

import controllers.eye
from controllers.eye.aim import CELLS, Aim
from controllers.eye.eye import Eye
from controllers.eye.settings import EyeSettings

FOLDER = Path(controllers.eye.__file__).parent
WRITERS = {
    "imwrite", "imencode", "imshow", "tofile", "savez", "save", "savetxt", "dump", "memmap",
    "write_bytes", "write_text", "open_memmap", "SharedMemory", "Picture", "imwritemulti", "mkstemp",
}  # fmt: skip


def names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.name for alias in node.names)


def test_nothing_in_the_eye_can_write_a_picture():
    sources = sorted(FOLDER.glob("*.py"))
    assert len(sources) > 8
    for path in sources:
        used = set(names(ast.parse(path.read_text())))
        assert not used & WRITERS, f"{path.name} uses {used & WRITERS}"
        assert ".VideoWriter(" not in path.read_text(), path.name
        assert "open" not in {n.func.id for n in calls(path)}, f"{path.name} opens a file"
        assert "socket" not in used, path.name


def calls(path):
    tree = ast.parse(path.read_text())
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]


def test_what_is_sent_is_a_few_numbers(lifts):
    eye = Eye(EyeSettings(""))
    for k, picture in enumerate(lifts[1]):
        signals = eye.step(k / 30, picture)
        assert len(msgspec.json.encode(signals)) < 3000
        assert all(
            signal.text in ("", "left", "middle", "right") and signal.points == () for signal in signals
        )


def test_of_pictures_only_the_last_is_kept(lifts):
    eye = Eye(EyeSettings(""))
    for k, picture in enumerate(lifts[1][:40]):
        eye.step(k / 30, picture)
    kept = [v for v in vars(eye.front).values() if getattr(v, "shape", None) == (180, 320)]
    assert len(kept) <= 2  # the last picture, sharp and soft


def test_while_it_is_aimed_only_cells_leave_the_eye(lifts):
    eye, aim = Eye(EyeSettings("")), Aim()
    for k, picture in enumerate(lifts[1][:40]):
        reading = eye.see(k / 30, picture)
        aim.hear(reading)
        sent = aim.seen(picture, np.zeros((72, 128), bool), reading)
        assert len(base64.b64decode(sent["cells"])) == CELLS[0] * CELLS[1] <= 48 * 27
        assert len(msgspec.json.encode(sent)) < 8000


@pytest.mark.skipif(sys.platform == "win32", reason="dumps are a matter of Unix")
def test_a_crash_leaves_no_picture_behind():
    code = (
        "import resource; from controllers.eye.process import leave_no_dump;"
        "leave_no_dump(); print(*resource.getrlimit(resource.RLIMIT_CORE))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(said.stdout.split()) <= {"0", "1"}
