"""The computer's keyboard: the operator's keys, and nine pads for a designer without MIDI.

It is handed the window's key presses, so that it needs no window of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pygame

from engine.core.controller import Health, Post
from engine.core.signals import Signal

QUIT_S = 1.5
PAD_STRENGTH = 0.8
PADS = {str(n): 35 + n for n in range(1, 10)}
WITH_OTHERS = pygame.KMOD_CTRL | pygame.KMOD_LALT | pygame.KMOD_META

NAMES: dict[int, str] = {
    pygame.K_SPACE: "space",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_RETURN: "return",
    pygame.K_KP_ENTER: "return",
    pygame.K_ESCAPE: "escape",
    pygame.K_TAB: "tab",
    pygame.K_PAGEUP: "pageup",
    pygame.K_PAGEDOWN: "pagedown",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    **{pygame.K_a + n: chr(ord("a") + n) for n in range(26)},
    **{pygame.K_0 + n: str(n) for n in range(10)},
    **{getattr(pygame, f"K_KP{n}"): str(n) for n in range(10)},
    **{getattr(pygame, f"K_F{n}"): f"f{n}" for n in range(1, 13)},
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does unless a show says otherwise: its signal, how it is printed, what it is for."""

    address: str
    print: str
    zh: str
    en: str


KEYS: tuple[Key, ...] = (
    Key("key/space", "Space", "走：下一场", "GO: the next cue"),
    Key("key/pagedown", "Page Down", "走（翻页笔）", "GO, on a presenter's remote"),
    Key("key/backspace", "Backspace", "回上一场", "back to the cue before"),
    Key("key/pageup", "Page Up", "回上一场（翻页笔）", "back, on a presenter's remote"),
    Key("key/b", "B", "切黑，再按恢复", "blackout, and out of it"),
    Key("key/p", "P", "急停：全部渐隐", "panic: fade everything out"),
    Key("key/h", "H", "稳住：不自动往下走，再按放开", "hold: no cue comes by itself"),
    Key("key/f", "F", "定格，再按恢复", "freeze the picture, and let it go"),
    Key("key/c", "C", "落幕：安全画面", "curtain: a safe picture"),
    Key("key/a", "A", "自动演出开／关", "autoplay on and off"),
    Key("midi/note/36", "1-9", "鼓垫 36-44", "drum pads 36 to 44"),
    Key("key/f11", "F11", "全屏／窗口", "full screen and back"),
    Key("key/quit", "Esc Esc", "连按两次退出", "quit, when pressed twice"),
)


class Keyboard:
    """Key presses as triggers `key/<name>`; 1 to 9 are struck and let go as MIDI pads besides.

    now  the clock that tells whether escape was pressed twice within QUIT_S seconds: that is key/quit
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._post: Post = lambda signal: None
        self._window = False
        self._escaped = -QUIT_S

    def start(self, post: Post) -> None:
        """Begin."""
        self._post = post

    def feed(self, press: Any) -> None:
        """Take one of pygame's events; all but keys going down and up is passed over."""
        if not self._window:
            self._window = True
            # Keys, not words: an input method for Chinese would keep the letters to itself.
            pygame.key.stop_text_input()
        if press.type not in (pygame.KEYDOWN, pygame.KEYUP) or press.key not in NAMES:
            return
        name, down = NAMES[press.key], press.type == pygame.KEYDOWN
        # Ctrl, Alt and Command with a key are the system's; but a pad is let go whatever else is held.
        if down and not getattr(press, "mod", 0) & WITH_OTHERS:
            self._press(name)
        elif not down and name in PADS:
            self._tell(f"midi/release/{PADS[name]}", 0.0, PADS[name])

    def poll(self) -> None:
        """Nothing to ask: presses are handed in."""

    def health(self) -> list[Health]:
        """One line."""
        detail = "ready while the window is in front" if self._window else "no key pressed in a window yet"
        return [Health("keyboard", True, detail)]

    def close(self) -> None:
        """Nothing is held open."""

    def _press(self, name: str) -> None:
        self._tell(f"key/{name}")
        if name in PADS:
            self._tell(f"midi/note/{PADS[name]}", PAD_STRENGTH, PADS[name])
        now = self._now()
        if name == "escape" and now - self._escaped < QUIT_S:
            self._tell("key/quit")
        self._escaped = now if name == "escape" else -QUIT_S

    def _tell(self, address: str, value: float = 1.0, number: int = 0) -> None:
        self._post(Signal(address, value, source="keyboard", number=number, at=self._now()))
