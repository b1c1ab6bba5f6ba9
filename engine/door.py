"""The door: reads a TOML table by what it should hold, and collects every mistake instead of the first."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: the file, the place in it, and a sentence with what was found and what is known."""

    file: Path
    place: str
    sentence: str

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{place}: {self.sentence}"


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, or all of them when none is near and they are few."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(names)}" if names and len(names) <= 12 else ""


class Door:
    """Checks values on their way in. Every method returns something usable, a default where it is wrong."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []

    def read(self) -> dict[str, Any]:
        """The file's top table; an unreadable file is one mistake and an empty table."""
        try:
            return tomllib.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            self.wrong("", "there is no such file")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong("", f"cannot be read: {error}")
        except tomllib.TOMLDecodeError as error:
            self.wrong("", f"is no valid TOML: {error}")
        return {}

    def wrong(self, place: str, sentence: str) -> None:
        """Note a mistake, in one line: a key of a table may hold any character."""
        place, sentence = (words.replace("\n", "\\n") for words in (place, sentence))
        self.mistakes.append(Mistake(self.file, place, sentence))

    def known(self, table: Mapping[str, Any], place: str, keys: Iterable[str]) -> None:
        """Every key of the table must be one of `keys`."""
        allowed = list(keys)
        for key in table:
            if key not in allowed:
                self.wrong(place, f"unknown word {key!r}; {nearest(key, allowed)}".rstrip("; "))

    def words(self, table: Mapping[str, Any], key: str, place: str) -> tuple[str, str]:
        """The same words in Chinese and English: ["中文", "English"]; one string serves for both."""
        value = table.get(key, ("", ""))
        if isinstance(value, str):
            return value, value
        if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):
            return value[0], value[1]
        self.wrong(place, f'{key} must be ["中文", "English"], found {value!r}')
        return "", ""

    def text(self, table: Mapping[str, Any], key: str, place: str, default: str = "") -> str:
        """A string; a whole number is taken for a cue's label as well."""
        value = table.get(key, default)
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        self.wrong(place, f"{key} must be text, found {value!r}")
        return default

    def number(
        self,
        table: Mapping[str, Any],
        key: str,
        place: str,
        *,
        default: float,
        low: float = 0.0,
        high: float = math.inf,
    ) -> float:
        """A finite number in low..high."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.wrong(place, f"{key} must be a number, found {value!r}")
        elif not low <= value <= high:
            bound = f"at least {low:g}" if high == math.inf else f"between {low:g} and {high:g}"
            self.wrong(place, f"{key} must be {bound}, found {value!r}")
        else:
            return value
        return default

    def seconds(self, table: Mapping[str, Any], key: str, place: str) -> float | None:
        """Seconds of at least 0, or None where the key is absent."""
        return self.number(table, key, place, default=0.0) if key in table else None

    def flag(self, table: Mapping[str, Any], key: str, place: str, default: bool = False) -> bool:
        """true or false."""
        value = table.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(place, f"{key} must be true or false, found {value!r}")
        return default

    def names(self, table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        """A list of words; one word stands for a list of one."""
        value = table.get(key, [])
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.wrong(place, f"{key} must be a list of words, found {value!r}")
        return ()

    def table(self, table: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
        """A table below this one; empty where it is absent."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(place, f"[{key}] must be a table, found {value!r}")
        return {}

    def choice(self, found: str, known: Iterable[str], place: str, what: str) -> bool:
        """Whether `found` is one of the known words; if not, says so with the nearest."""
        allowed = list(known)
        if found in allowed:
            return True
        self.wrong(place, f"unknown {what} {found!r}; {nearest(found, allowed)}".rstrip("; "))
        return False
