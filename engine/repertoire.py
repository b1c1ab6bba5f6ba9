"""The scenes there are, found by listing folders, and checked before they may go on stage."""

from __future__ import annotations

import difflib
import importlib.util
import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from engine.stage.scene import Scene

HOOKS = ("setup", "update", "draw", "autoplay", "companion")
_ARGUMENTS = {"setup": 0, "update": 1, "draw": 2, "autoplay": 1, "companion": 0}


class SceneError(Exception):
    """A scene file that cannot go on stage; the message says which file, what and what to do."""


def scene_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Every scene by name; a folder earlier in the list hides the same name in a later one."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.py")) if folder.is_dir() else []:
            if not path.name.startswith("_"):
                found.setdefault(path.stem, path)
    return found


def load_scene(path: Path) -> type[Scene]:
    """The one Scene class of a file. Raises SceneError naming file, line and mistake."""
    name = f"scenes_on_stage.{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SceneError(f"{path}: this is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    for place in (path.parent.parent, path.parent):
        if str(place) not in sys.path:
            sys.path.append(str(place))  # a show's own scenes may import their own kit
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise SceneError(f"{path}, line {error.lineno}: {error.msg}") from error
    except Exception as error:
        raise SceneError(f"{path}: {type(error).__name__}: {error}") from error
    classes = [
        c
        for c in vars(module).values()
        if inspect.isclass(c) and issubclass(c, Scene) and c is not Scene and c.__module__ == name
    ]
    if len(classes) != 1:
        raise SceneError(f"{path}: needs exactly one Scene class, found {len(classes)}")
    mistakes = misspelt(classes[0])
    if mistakes:
        raise SceneError(f"{path}: " + "; ".join(mistakes))
    return classes[0]


def misspelt(scene: type[Scene]) -> list[str]:
    """Hooks with a near-miss name or the wrong arguments, each as a sentence."""
    sentences = []
    for name, member in vars(scene).items():
        if not inspect.isfunction(member) or name.startswith("_"):
            continue
        if name in HOOKS or re.fullmatch(r"on_[a-z_]+", name):
            wanted = _ARGUMENTS.get(name, 1)
            given = len(inspect.signature(member).parameters) - 1
            if given != wanted:
                sentences.append(f"{name} takes {wanted} argument(s) after self, found {given}")
            continue
        if hasattr(Scene, name):
            continue
        near = difflib.get_close_matches(name, HOOKS, n=1, cutoff=0.75)
        if near and near[0] not in vars(scene):
            sentences.append(f"{name!r} is no hook; did you mean {near[0]!r}?")
        elif re.match(r"on[A-Z]|On_|on\w*_", name) and not name.startswith("on_"):
            sentences.append(f"{name!r} is no verb hook; write on_<verb>")
    return sentences


def verbs_of(scene: type[Scene]) -> tuple[str, ...]:
    """The verbs a scene answers."""
    return tuple(sorted(n[3:] for n in dir(scene) if n.startswith("on_") and callable(getattr(scene, n))))
