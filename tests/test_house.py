"""The rules of the house: which room may know which, and how large a room may grow."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "engine", "scenes", "assets", "controllers", "tests", "run_show.py", "pyproject.toml",
    "README.md", "Makefile", "docs", "benchmarks", "CHANGELOG.md", "LICENSE", ".ci", ".gitignore",
}  # fmt: skip
ROOMS = ("engine", "controllers", "scenes")
LONGEST_FILE, LONGEST_FUNCTION = 350, 60


def modules(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """Every module a file imports, also inside functions; under TYPE_CHECKING as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def under(name: str, *places: str) -> bool:
    return any(name == place or name.startswith(place + ".") for place in places)


LOW = ("engine.core", "engine.wire", "engine.link")
SHELLS = (
    "engine.loop",
    "engine.supervise",
    "engine.stagehand",
    "engine.link",
    "engine.companion",
    "controllers",
)


def test_nothing_else_lies_at_the_top() -> None:
    listing = ["git", "-C", str(ROOT), "ls-files", "-z"]
    tracked = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split("\0")
    assert {name.partition("/")[0] for name in tracked if name} <= TOP


@pytest.mark.parametrize("path", modules("engine/core"), ids=name_of)
def test_the_core_is_pure(path: Path) -> None:
    for name in imports(path):
        assert not under(
            name, "pygame", "cv2", "websockets", "mido", "msgspec", "time", "datetime", "random"
        ), name
        assert not under(name, "engine") or under(name, "engine.core"), f"{name} lies above the core"


@pytest.mark.parametrize("path", modules("engine"), ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    own = name_of(path)
    for name in imports(path):
        assert not under(name, "scenes", "controllers", "run_show"), f"the engine is handed {name}"
        for room in ("engine.stage", "engine.sound", "engine.companion"):
            if under(own, room):
                allowed = (room, *LOW, "engine.door")
                assert not under(name, "engine") or under(name, *allowed) or name == "engine", (
                    f"{own} may not know {name}"
                )


@pytest.mark.parametrize("path", modules("controllers"), ids=name_of)
def test_controllers_know_only_signals_and_the_link(path: Path) -> None:
    for name in imports(path):
        assert not under(name, "engine") or under(name, *LOW, "engine.door") or name == "engine", name


@pytest.mark.parametrize("path", modules("scenes"), ids=name_of)
def test_scenes_know_only_the_vocabulary(path: Path) -> None:
    for name in imports(path):
        if under(name, "engine"):
            assert name == "engine" or name.removeprefix("engine.") in engine.__all__, (
                f"{name} is not in the designer's vocabulary"
            )
        assert not under(name, "pygame", "cv2", "time", "datetime", "random", "threading"), name


@pytest.mark.parametrize("path", modules(*ROOMS), ids=name_of)
def test_each_library_stays_in_its_room(path: Path) -> None:
    own, used = name_of(path), imports(path)
    rooms = {
        "pygame": ("engine.stage", "engine.sound", "controllers.keyboard", "engine.checks", "engine.film",
                   "engine.preflight", "engine.stagehand"),
        "cv2": ("engine.stage", "controllers", "engine.relay"),
        "websockets": ("engine.companion", "controllers.crowd"),
        "mido": ("controllers",),
        "nats": ("engine.companion",),
        "av": ("engine.stage.output", "controllers"),
    }  # fmt: skip
    for library, places in rooms.items():
        if any(under(name, library) for name in used):
            assert under(own, *places), f"{library} does not belong in {own}"
    if any(under(name, "time") for name in used):
        assert under(own, *SHELLS), f"{own} may not know the time of day"


def test_chance_is_always_named() -> None:
    wild = re.compile(
        r"\bimport random\b|\bfrom random\b|np\.random\.(seed|rand\w*|choice|uniform|normal|default_rng)\("
    )
    for path in modules(*ROOMS):
        assert not wild.search(path.read_text("utf-8")), f"{path.name} draws unnamed chance"


def test_no_test_sleeps() -> None:
    sleeping = re.compile(r"\btime\.sleep\(|asyncio\.sleep\((?!0\))")
    for path in modules("tests"):
        if path != Path(__file__):
            assert not sleeping.search(path.read_text("utf-8")), (
                f"{path} sleeps instead of waiting for the thing"
            )


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", [*modules(*ROOMS), ROOT / "run_show.py"], ids=name_of)
def test_rooms_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE
    for name, length in functions(path):
        assert length <= LONGEST_FUNCTION, f"{name} has {length} lines"


def test_most_rooms_are_smaller_still() -> None:
    files = [len(p.read_text("utf-8").splitlines()) for p in modules("engine", "controllers")]
    lengths = [length for p in modules("engine", "controllers") for _, length in functions(p)]
    assert statistics.median(files) <= 160
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=20)[-1] <= 32


@pytest.mark.parametrize("path", [*modules(*ROOMS), ROOT / "run_show.py"], ids=name_of)
def test_names_and_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "every module says in one line what it is"
    vague = re.compile(r"(Manager|Handler|Helper|Utils?|Base)$")
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert not vague.search(node.name), f"{node.name} says nothing"


def test_the_vocabulary_is_pinned() -> None:
    assert set(engine.__all__) >= {
        "Canvas",
        "Frame",
        "Param",
        "Scene",
        "Signal",
        "Words",
        "ink",
        "light",
        "raster",
    }
    for name in engine.__all__:
        assert getattr(engine, name) is not None


def test_the_frame_loop_fits_one_screen() -> None:
    lengths = dict(functions(ROOT / "engine" / "loop.py"))
    assert lengths["run"] + lengths["perform"] <= 60
