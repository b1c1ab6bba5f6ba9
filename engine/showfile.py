"""show.toml: the evening as data, checked whole before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.core.cues import Cue, Words
from engine.core.params import params_of
from engine.core.patch import ORDERS, Patch
from engine.door import Door, Mistake
from engine.repertoire import SceneError, load_scene, scene_files, verbs_of
from engine.stage.scene import Scene

ROOT = Path(__file__).resolve().parent.parent
SHIPPED_SCENES = ROOT / "scenes"
SHIPPED_ASSETS = ROOT / "assets"
SHIPPED_SHOW = SHIPPED_ASSETS / "shows" / "yiye"

_TOP = ("title", "fps", "seed", "guard", "linger", "loop", "cue", "knobs", "verbs", "orders", "text")
_CUE = (
    "number", "title", "scene", "act", "fade", "params", "trigger", "cap", "follow", "prompt",
    "caption", "light",
)  # fmt: skip
# What may start a cue besides an operator: camera gestures, drum pads, phones, applause.
TRIGGERS = (
    "go", "pad", "raise", "lower", "wave", "swipe_left", "swipe_right", "push", "hush", "applause",
    "tap", "flick", "cut", "vote", "wish", "great", "done", "step_left", "step_right",
)  # fmt: skip


@dataclass(frozen=True)
class ShowFile:
    """A show that can be performed: its cues, scenes, patch and texts."""

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

    @property
    def seconds(self) -> float:
        """How long the evening lasts when nobody calls a cue early."""
        return sum(c.lasts if c.lasts is not None else self.linger for c in self.cues)


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


def scene_folders(folder: Path) -> tuple[Path, ...]:
    """Where a show's scenes are looked for: its own folder first."""
    return (folder / "scenes", SHIPPED_SCENES)


def read_show(folder: Path) -> ShowFile:
    """The show in `folder`. Raises ShowError with every mistake found in it and in its scenes."""
    door = Door(folder / "show.toml")
    table = door.read()
    paths = scene_files(scene_folders(folder))
    if not table:
        if not door.mistakes:
            door.wrong("", "the file is empty; a show needs a title and at least one [[cue]]")
        raise ShowError(door.mistakes)
    door.known(table, "", _TOP)
    scenes = _load_scenes(door, table, paths)
    texts = _texts(door, table)
    cues = _cues(door, table, paths, scenes, texts)
    show = ShowFile(
        folder=folder,
        title=door.words(table, "title", ""),
        cues=cues,
        scenes=scenes,
        scene_paths={name: paths[name] for name in scenes},
        assets=(folder / "assets", folder, SHIPPED_ASSETS),
        patch=_patch(door, table, scenes),
        texts=texts,
        fps=round(door.number(table, "fps", "", default=60, low=10, high=240)),
        seed=round(door.number(table, "seed", "", default=1)),
        guard=door.number(table, "guard", "", default=0.3, high=10),
        linger=door.number(table, "linger", "", default=20.0, low=1),
        loop=door.flag(table, "loop", ""),
    )
    if door.mistakes:
        raise ShowError(door.mistakes)
    return show


def _cue_tables(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    cues = table.get("cue", [])
    return [c for c in cues if isinstance(c, dict)] if isinstance(cues, list) else []


def _load_scenes(door: Door, table: Mapping[str, Any], paths: Mapping[str, Path]) -> dict[str, type[Scene]]:
    """The scenes the cues name, loaded; a scene that cannot be is a mistake of its own."""
    scenes: dict[str, type[Scene]] = {}
    for cue in _cue_tables(table):
        name = cue.get("scene")
        if not isinstance(name, str) or name in scenes or name not in paths:
            continue
        try:
            scenes[name] = load_scene(paths[name])
        except SceneError as error:
            door.wrong(f"scene {name!r}", str(error))
    return scenes


def _cues(
    door: Door,
    table: Mapping[str, Any],
    paths: Mapping[str, Path],
    scenes: Mapping[str, type[Scene]],
    texts: Mapping[str, Words],
) -> tuple[Cue, ...]:
    cues = [
        _cue(door, entry, place, paths, scenes, texts) for place, entry in enumerate(_cue_tables(table), 1)
    ]
    if not cues:
        door.wrong("", "a show needs at least one [[cue]]")
    seen: set[str] = set()
    for cue in cues:
        if cue.number in seen:
            door.wrong(f"cue {cue.number}", "this number is used twice")
        seen.add(cue.number)
    return tuple(cues)


def _cue(
    door: Door,
    entry: Mapping[str, Any],
    order: int,
    paths: Mapping[str, Path],
    scenes: Mapping[str, type[Scene]],
    texts: Mapping[str, Words],
) -> Cue:
    number = door.text(entry, "number", f"cue {order} in the list", default=str(order))
    place = f"cue {number}"
    door.known(entry, place, _CUE)
    scene = door.text(entry, "scene", place)
    if not scene:
        door.wrong(place, "names no scene")
    else:
        door.choice(scene, paths, place, "scene")
    if "cap" in entry and "follow" in entry:
        door.wrong(place, "has both cap and follow; one of them says when the next cue comes")
    trigger = door.names(entry, "trigger", place)
    for verb in trigger:
        door.choice(verb, TRIGGERS, place, "trigger")
    caption = door.text(entry, "caption", place)
    drawn = scenes.get(scene)
    if caption and drawn is not None:
        door.choice(caption, {*texts, *drawn.captions}, place, "caption")
    return Cue(
        number=number,
        title=door.words(entry, "title", place),
        scene=scene,
        act=door.text(entry, "act", place),
        fade=door.number(entry, "fade", place, default=1.0, high=60),
        params=_params(door, entry, place, drawn),
        trigger=trigger,
        cap=door.seconds(entry, "cap", place),
        follow=door.seconds(entry, "follow", place),
        prompt=door.words(entry, "prompt", place),
        caption=caption,
        light=_light(door, entry, place),
    )


def _params(door: Door, entry: Mapping[str, Any], place: str, scene: type[Scene] | None) -> dict[str, float]:
    given = door.table(entry, "params", place)
    if scene is None:
        return {}
    knobs = params_of(scene)
    values = {}
    for name in given:
        if door.choice(name, knobs, place, "knob"):
            knob = knobs[name]
            values[name] = door.number(given, name, place, default=knob.default, low=knob.low, high=knob.high)
    return values


def _light(door: Door, entry: Mapping[str, Any], place: str) -> tuple[int, int, int]:
    value = entry.get("light", [0, 0, 0])
    good = isinstance(value, list) and len(value) == 3
    if good and all(isinstance(v, int) and 0 <= v <= 255 for v in value):
        return value[0], value[1], value[2]
    door.wrong(place, f"light must be [red, green, blue] of 0..255, found {value!r}")
    return 0, 0, 0


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
