"""The cues of a show file: each [[cue]] and [[override]] checked on its way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.crowd import Ask, How
from engine.core.cues import Cue, Override, Words
from engine.core.params import params_of
from engine.core.patch import ORDERS
from engine.door import Door
from engine.stage.scene import Scene

_CUE = (
    "number", "title", "scene", "act", "fade", "params", "trigger", "cap", "follow", "linger", "next",
    "prompt", "caption", "light", "ask", "branch",
)  # fmt: skip
_OVERRIDE = ("number", "title", "order", "prompt")
_ASK = ("verb", "seconds", "how", "quorum", "fallback", "option", "lively", "least")
_OPTION = ("id", "label")
# Verbs that come from phones; a show without phones hears none of them.
PHONE_TRIGGERS = (
    "tap", "flick", "cut", "draw", "drag", "vote", "wish", "give", "join", "trace", "lay", "fill", "rub",
    "quorum", "answer",
)  # fmt: skip
# What may start a cue besides an operator: drum pads, camera gestures, applause, phones, the end of a window.
TRIGGERS = (
    "go", "pad", "raise", "lower", "wave", "swipe_left", "swipe_right", "push", "hush", "applause",
    "step_left", "step_right", "jump", "hands_up", "hands_down", "crowd_wave", *PHONE_TRIGGERS,
)  # fmt: skip
_ORDERS = tuple(order for order in ORDERS if order not in ("go", "standby", "jump", "master", "mode", "quit"))


@dataclass(frozen=True, slots=True)
class Stock:
    """What cues may name: scene files, scenes that load, texts; and whether phones take part."""

    paths: Mapping[str, Path]
    scenes: Mapping[str, type[Scene]]
    texts: Mapping[str, Words]
    phones: bool = True


def tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The entries of a [[key]] list."""
    entries = table.get(key, [])
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


def read_cues(door: Door, table: Mapping[str, Any], stock: Stock) -> tuple[Cue, ...]:
    """Every cue, in order."""
    cues = [_cue(door, entry, place, stock) for place, entry in enumerate(tables(table, "cue"), 1)]
    if not cues:
        door.wrong("", "a show needs at least one [[cue]]")
    numbers = [cue.number for cue in cues]
    _once(door, numbers)
    for cue in cues:
        for number in (*cue.branch.values(), *([cue.next] if cue.next else [])):
            door.choice(number, numbers, f"cue {cue.number}", "cue number")
    return tuple(cues)


def read_overrides(door: Door, table: Mapping[str, Any], cues: Sequence[Cue]) -> dict[str, Override]:
    """Orders with numbers, by number."""
    found: dict[str, Override] = {}
    for order, entry in enumerate(tables(table, "override"), 1):
        number = door.text(entry, "number", f"override {order} in the list", default=f"90.{order}")
        place = f"override {number}"
        door.known(entry, place, _OVERRIDE)
        name = door.text(entry, "order", place)
        door.choice(name, _ORDERS, place, "order")
        title, prompt = door.words(entry, "title", place), door.words(entry, "prompt", place)
        found[number] = Override(number, title, name, prompt)
    _once(door, [*(cue.number for cue in cues), *found])
    return found


def _once(door: Door, numbers: Iterable[str]) -> None:
    seen: set[str] = set()
    for number in numbers:
        if number in seen:
            door.wrong(f"cue {number}", "this number is used twice")
        seen.add(number)


def _cue(door: Door, entry: Mapping[str, Any], order: int, stock: Stock) -> Cue:
    number = door.text(entry, "number", f"cue {order} in the list", default=str(order))
    place = f"cue {number}"
    door.known(entry, place, _CUE)
    scene = door.text(entry, "scene", place)
    if not scene:
        door.wrong(place, "names no scene")
    else:
        door.choice(scene, stock.paths, place, "scene")
    if "cap" in entry and "follow" in entry:
        door.wrong(place, "has both cap and follow; one of them says when the next cue comes")
    drawn = stock.scenes.get(scene)
    ask = _ask(door, entry, place) if "ask" in entry else None
    branch = door.table(entry, "branch", place)
    return Cue(
        number=number,
        title=door.words(entry, "title", place),
        scene=scene,
        act=door.text(entry, "act", place),
        fade=door.number(entry, "fade", place, default=1.0, high=60),
        params=_params(door, entry, place, drawn),
        trigger=_triggers(door, entry, place, stock),
        cap=door.seconds(entry, "cap", place),
        follow=door.seconds(entry, "follow", place),
        linger=door.seconds(entry, "linger", place),
        prompt=door.words(entry, "prompt", place),
        caption=_caption(door, entry, place, drawn, stock),
        light=_light(door, entry, place),
        ask=ask if stock.phones else None,
        branch={result: door.text(branch, result, f"{place}, branch") for result in branch},
        next=door.text(entry, "next", place),
    )


def _triggers(door: Door, entry: Mapping[str, Any], place: str, stock: Stock) -> tuple[str, ...]:
    triggers = door.names(entry, "trigger", place)
    for verb in triggers:
        door.choice(verb, TRIGGERS, place, "trigger")
    return tuple(t for t in triggers if stock.phones or t not in PHONE_TRIGGERS)


def _caption(
    door: Door, entry: Mapping[str, Any], place: str, scene: type[Scene] | None, stock: Stock
) -> str:
    caption = door.text(entry, "caption", place)
    if caption and scene is not None:
        door.choice(caption, {*stock.texts, *scene.captions}, place, "caption")
    return caption


def _ask(door: Door, entry: Mapping[str, Any], place: str) -> Ask | None:
    """[cue.ask]: what the house is asked while this cue is on."""
    place = f"{place}, ask"
    ask = door.table(entry, "ask", place)
    door.known(ask, place, _ASK)
    options = tables(ask, "option")
    for option in options:
        door.known(option, place, _OPTION)
    ids = tuple(door.text(option, "id", place) for option in options)
    how = door.text(ask, "how", place, default="count")
    if not door.choice(how, [h.value for h in How], place, "way to combine answers"):
        return None
    verb = door.text(ask, "verb", place)
    door.choice(verb, PHONE_TRIGGERS, place, "verb")
    if How(how) is How.MAJORITY and len(ids) < 2:
        door.wrong(place, "a majority needs at least two [[cue.ask.option]]")
    fallback = ask.get("fallback", ids[0] if ids else 0.0)
    if isinstance(fallback, str):
        door.choice(fallback, ids, place, "option to fall back on")
    return Ask(
        verb=verb,
        seconds=door.number(ask, "seconds", place, default=12.0, low=0.5, high=3600),
        how=How(how),
        quorum=door.number(ask, "quorum", place, default=1.0),
        fallback=fallback if isinstance(fallback, str) else door.number(ask, "fallback", place, default=0.0),
        options=ids,
        labels=tuple(door.words(option, "label", place) for option in options),
        least=door.number(ask, "least", place, default=0.0, high=3600),
        lively=door.number(ask, "lively", place, default=2.0, low=0.1),
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
