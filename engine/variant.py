"""A show that is another show, shortened or changed: both files' tables, laid together before reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.cuesheet import tables
from engine.door import Door

_LAID = ("text", "knobs", "verbs", "orders")  # tables merged line by line; lists of cues by number


def laid_over(door: Door, own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a show that says `from`: `base` with `own` over it.

    `scenes` keeps the base's cues of those scenes, in their order; without it all are kept. `drop` leaves out
    cues by number. A [[cue]] with a number of the base changes what it names of that cue; another number is
    a new cue, placed by its number.
    """
    together = {**base, **{k: v for k, v in own.items() if k not in ("from", "scenes", "drop")}}
    for key in _LAID:
        together[key] = {**_table(base, key), **_table(own, key)}
    together["override"] = [*tables(base, "override"), *tables(own, "override")]
    together["cue"] = _cues(door, own, base)
    return together


def _cues(door: Door, own: Mapping[str, Any], base: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    cues = {str(cue.get("number", "")): dict(cue) for cue in tables(base, "cue")}
    scenes, drop = door.names(own, "scenes", ""), door.names(own, "drop", "")
    _all_known(door, scenes, {str(cue.get("scene", "")) for cue in cues.values()}, "scene")
    _all_known(door, drop, cues, "cue number")
    kept = {n: c for n, c in cues.items() if n not in drop and (not scenes or c.get("scene") in scenes)}
    for cue in tables(own, "cue"):
        number = str(cue.get("number", ""))
        kept[number] = _changed(kept.get(number, {}), cue)
    return sorted(kept.values(), key=_order)


def _changed(cue: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """One cue with its own words over the base's: saying cap takes follow back, and the other way round."""
    dropped = {"cap": "follow", "follow": "cap"}
    gone = {dropped[key] for key in own if key in dropped}
    return {**{key: value for key, value in cue.items() if key not in gone}, **own}


def _all_known(door: Door, names: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in names:
        door.choice(name, known, "", what)


def _order(cue: Mapping[str, Any]) -> tuple[float, ...]:
    """Cue numbers in the order a person counts them: 3, 3.5, 10."""
    parts = str(cue.get("number", "")).split(".")
    return tuple(float(p) if p.isdigit() else float("inf") for p in parts)


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    return value if isinstance(value, dict) else {}
