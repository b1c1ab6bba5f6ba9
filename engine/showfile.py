"""show.toml: the evening as data, checked whole before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.core.cues import Cue, Override, Words, unattended
from engine.core.params import params_of
from engine.core.patch import ORDERS, Patch
from engine.cuesheet import Stock, read_cues, read_overrides, tables
from engine.door import Door, Mistake
from engine.repertoire import SceneError, load_scene, scene_files, verbs_of
from engine.stage.scene import Scene
from engine.variant import laid_over

ROOT = Path(__file__).resolve().parent.parent
SHIPPED_SCENES = ROOT / "scenes"
SHIPPED_ASSETS = ROOT / "assets"
SHIPPED_SHOW = SHIPPED_ASSETS / "shows" / "yiye"

_TOP = (
    "title", "from", "scenes", "drop", "fps", "seed", "guard", "linger", "loop", "autoplay", "phones",
    "words", "earning", "cue", "override", "knobs", "verbs", "orders", "text",
)  # fmt: skip


@dataclass(frozen=True)
class ShowFile:
    """A show that can be performed: its cues, scenes, patch and texts.

    overrides  orders with a number of their own, by number
    earning    scenes that each earn courses of coal for the fire
    autoplay   whether cues go on by themselves from the beginning (an exhibit)
    phones     whether the audience takes part by phone
    words      whether guests may write wishes of their own, for an operator to let through
    """

    folder: Path
    title: Words
    cues: tuple[Cue, ...]
    scenes: Mapping[str, type[Scene]]
    scene_paths: Mapping[str, Path]
    assets: tuple[Path, ...]
    patch: Patch = field(default_factory=Patch)
    texts: Mapping[str, Words] = field(default_factory=dict)
    fps: int = 60
    seed: int = 1
    guard: float = 0.3
    linger: float = 20.0
    loop: bool = False
    overrides: Mapping[str, Override] = field(default_factory=dict)
    earning: tuple[str, ...] = ()
    autoplay: bool = False
    phones: bool = True
    words: bool = False

    @property
    def seconds(self) -> float:
        """How long the evening lasts when nobody calls a cue early."""
        return self.lasts(0)

    def place(self, number: str | None) -> int:
        """Where the cue of that number stands in the list; for None the first. ValueError if none has it."""
        numbers = [cue.number for cue in self.cues]
        if number is not None and number not in numbers:
            raise ValueError(f"there is no cue {number!r} in this show; there are {', '.join(numbers)}")
        return 0 if number is None else numbers.index(number)

    def lasts(self, place: int) -> float:
        """Seconds from the cue at `place` in the list to the end, when nobody calls a cue early."""
        return sum(unattended(cue, self.linger) for cue in self.cues[place:])


class ShowError(Exception):
    """A show file with mistakes; `mistakes` lists every one, one line each."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = mistakes


def find_show(given: str | None) -> Path:
    """The folder of the show named on the command line: a path, a shipped show's name, or nothing."""
    if given is None:
        return SHIPPED_SHOW
    path = Path(given)
    if path.is_file() and path.name.endswith(".toml"):
        return path.parent
    shipped = SHIPPED_ASSETS / "shows" / given
    return shipped if not path.exists() and shipped.is_dir() else path


def read_show(folder: Path) -> ShowFile:
    """The show in `folder`. Raises ShowError with every mistake in it, in its scenes, and in the show it is
    made from."""
    table, folders, door = _tables(folder)
    paths = scene_files((*(f / "scenes" for f in folders), SHIPPED_SCENES))
    scenes = _load_scenes(door, table, paths)
    texts = _texts(door, table)
    phones = door.flag(table, "phones", "", default=True)
    cues = read_cues(door, table, Stock(paths, scenes, texts, phones))
    show = ShowFile(
        folder=folder,
        title=door.words(table, "title", ""),
        cues=cues,
        scenes=scenes,
        scene_paths={name: paths[name] for name in scenes},
        assets=(*(place for f in folders for place in (f / "assets", f)), SHIPPED_ASSETS),
        patch=_patch(door, table, scenes),
        texts=texts,
        fps=round(door.number(table, "fps", "", default=60, low=10, high=240)),
        seed=round(door.number(table, "seed", "", default=1)),
        guard=door.number(table, "guard", "", default=0.3, high=10),
        linger=door.number(table, "linger", "", default=20.0, low=1),
        loop=door.flag(table, "loop", ""),
        overrides=read_overrides(door, table, cues),
        earning=_earning(door, table, paths),
        autoplay=door.flag(table, "autoplay", ""),
        phones=phones,
        words=door.flag(table, "words", ""),
    )
    if door.mistakes:
        raise ShowError(door.mistakes)
    return show


def _tables(folder: Path) -> tuple[dict[str, Any], tuple[Path, ...], Door]:
    """The show's tables, with those of the show it is made from beneath them; the folders of both, its own
    first; and the door to go on with. What is wrong in the lower show is told first and alone."""
    door = Door(folder / "show.toml")
    table = door.read()
    if not table:
        if not door.mistakes:
            door.wrong("", "the file is empty; a show needs a title and at least one [[cue]]")
        raise ShowError(door.mistakes)
    door.known(table, "", _TOP)
    if "from" not in table:
        return table, (folder,), door
    below = _below(folder, door.text(table, "from", ""))
    if not (below / "show.toml").is_file():
        door.wrong(
            "from", f"there is no show {table['from']!r}, neither beside this one nor among the shipped"
        )
        raise ShowError(door.mistakes)
    base = read_show(below)
    lower = Door(below / "show.toml").read()
    if "from" in lower:
        door.wrong("from", f"{below.name!r} is itself made from another show; name {lower['from']!r}")
        raise ShowError(door.mistakes)
    return laid_over(door, table, lower), (folder, base.folder), door


def _below(folder: Path, name: str) -> Path:
    beside = folder.parent / name
    return beside if (beside / "show.toml").is_file() else SHIPPED_ASSETS / "shows" / name


def _earning(door: Door, table: Mapping[str, Any], paths: Mapping[str, Path]) -> tuple[str, ...]:
    scenes = door.names(table, "earning", "")
    for name in scenes:
        door.choice(name, paths, "earning", "scene")
    return scenes


def _load_scenes(door: Door, table: Mapping[str, Any], paths: Mapping[str, Path]) -> dict[str, type[Scene]]:
    """The scenes the cues name, loaded; a scene that cannot be is a mistake of its own."""
    scenes: dict[str, type[Scene]] = {}
    for cue in tables(table, "cue"):
        name = cue.get("scene")
        if not isinstance(name, str) or name in scenes or name not in paths:
            continue
        try:
            scenes[name] = load_scene(paths[name])
        except SceneError as error:
            door.wrong(f"scene {name!r}", str(error))
    return scenes


def _texts(door: Door, table: Mapping[str, Any]) -> dict[str, Words]:
    texts = door.table(table, "text", "")
    return {key: door.words(texts, key, f"[text] {key}") for key in texts}


def _patch(door: Door, table: Mapping[str, Any], scenes: Mapping[str, type[Scene]]) -> Patch:
    lines: dict[str, dict[str, str]] = {}
    known = {
        "knobs": {k for scene in scenes.values() for k in params_of(scene)},
        "verbs": {v for scene in scenes.values() for v in verbs_of(scene)},
        "orders": set(ORDERS),
    }
    for section, words in known.items():
        given = door.table(table, section, "")
        lines[section] = {a: door.text(given, a, f"[{section}]") for a in given}
        for address, name in lines[section].items():
            if name:
                door.choice(name, words, f"[{section}] {address}", section[:-1])
    return Patch().with_lines(lines["knobs"], lines["verbs"], lines["orders"])
