"""The names of everything that can be heard, with labels for people.

`Scene.hit` takes a name of INSTRUMENTS, `Scene.bed` a name of BEDS. What they sound like is in engine.sound.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from types import MappingProxyType

INSTRUMENTS = MappingProxyType(
    {
        "drum": ("大鼓", "big drum"),
        "rim": ("鼓边", "drum rim"),
        "gong": ("大锣", "big gong"),
        "small_gong": ("小锣", "small gong"),
        "cymbal": ("铙钹", "cymbals"),
        "clapper": ("梆子", "clapper"),
        "clapper_round": ("圆梆子", "round clapper"),
        "pluck": ("琵琶", "pipa"),
        "guqin": ("古琴", "guqin"),
        "guqin_slide": ("古琴·绰", "guqin, sliding up"),
        "guqin_harmonic": ("古琴·泛音", "guqin harmonic"),
        "huhu": ("呼胡", "huhu"),
        "erhu": ("二胡", "erhu"),
        "xun": ("埙", "xun"),
        "suona": ("唢呐", "suona"),
        "bell": ("石磬", "stone chime"),
        "snip": ("剪刀", "scissors on paper"),
        "paper": ("展纸", "paper unfolding"),
        "rod": ("签子", "leather on a rod"),
        "hiss": ("铁花", "molten iron spray"),
        "clang": ("打铁", "board on ladle"),
    }
)
"""Instrument -> (zh, en)."""

PITCHED = frozenset(
    ["pluck", "guqin", "guqin_slide", "guqin_harmonic", "huhu", "erhu", "xun", "suona", "bell"]
)
"""Those whose pitch is a MIDI note (69 = 440 Hz; 0 = the instrument's own); the rest count semitones up."""

BEDS = MappingProxyType(
    {
        "drone": ("持续音", "drone"),
        "fire": ("火", "fire"),
        "water": ("水", "water"),
        "roar": ("瀑吼", "waterfall"),
        "room": ("堂音", "air of the hall"),
        "wind": ("风", "wind"),
        "palm": ("推光", "a palm on lacquer"),
    }
)
"""Bed, a sound without end -> (zh, en)."""


def unknown(name: str, known: Iterable[str]) -> str:
    """What to tell someone who wrote `name`: the nearest right word, or all of them."""
    words = list(known)
    near = get_close_matches(name, words, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(words)}"
    return f"nothing sounds like {name!r}; {hint}"
