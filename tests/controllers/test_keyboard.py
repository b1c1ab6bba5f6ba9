"""The keyboard, with the presses that pygame itself hands out."""

import os
import unicodedata

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
import pygame

from controllers.keyboard import KEYS, NAMES, Keyboard
from engine.core.patch import ORDERS, Patch
from engine.core.signals import Signal


class Desk:
    """A window without a screen, its keyboard, and a clock to set."""

    def __init__(self):
        self.time = 100.0
        self.heard = []
        self.keyboard = Keyboard(lambda: self.time)
        self.keyboard.start(self.heard.append)

    def press(self, *keys, mod=0):
        for key in keys:
            for kind in (pygame.KEYDOWN, pygame.KEYUP):
                pygame.event.post(pygame.event.Event(kind, key=key, mod=mod, unicode="", scancode=0))
        for press in pygame.event.get():
            self.keyboard.feed(press)
        return [signal.address for signal in self.heard]


@pytest.fixture
def desk():
    pygame.display.init()
    pygame.display.set_mode((32, 18))
    pygame.event.clear()
    yield Desk()
    pygame.display.quit()


def test_a_key_going_down_is_one_trigger(desk):
    assert desk.press(pygame.K_SPACE, pygame.K_BACKSPACE) == ["key/space", "key/backspace"]
    assert desk.heard[0] == Signal("key/space", source="keyboard")
    assert desk.heard[0].at == 100.0


def test_the_names_of_keys(desk):
    keys = [pygame.K_b, pygame.K_F11, pygame.K_LEFT, pygame.K_KP0, pygame.K_KP_ENTER, pygame.K_PAGEDOWN]
    assert desk.press(*keys) == [
        "key/b",
        "key/f11",
        "key/left",
        "key/0",
        "key/return",
        "key/pagedown",
    ]
    assert len(NAMES) == 12 + 26 + 20 + 12


def test_digits_are_struck_and_let_go_as_pads(desk):
    assert desk.press(pygame.K_1) == ["key/1", "midi/note/36", "midi/release/36"]
    assert [(s.number, s.value) for s in desk.heard] == [(0, 1.0), (36, 0.8), (36, 0.0)]
    assert desk.press(pygame.K_0, pygame.K_KP9)[3:] == ["key/0", "key/9", "midi/note/44", "midi/release/44"]


def test_other_keys_and_the_systems_own_are_passed_over(desk):
    assert desk.press(pygame.K_F15, pygame.K_LSHIFT, pygame.K_AC_BACK) == []
    for mod in (pygame.KMOD_LCTRL, pygame.KMOD_RCTRL, pygame.KMOD_LALT, pygame.KMOD_LMETA):
        assert desk.press(pygame.K_c, pygame.K_SPACE, mod=mod) == []
    assert desk.press(pygame.K_c, mod=pygame.KMOD_LSHIFT) == ["key/c"]


def test_escape_twice_is_quit(desk):
    assert desk.press(pygame.K_ESCAPE) == ["key/escape"]
    desk.time += 1.0
    assert desk.press(pygame.K_ESCAPE) == ["key/escape", "key/escape", "key/quit"]


def test_escapes_far_apart_or_with_a_key_between_are_not(desk):
    desk.press(pygame.K_ESCAPE)
    desk.time += 2.0
    assert "key/quit" not in desk.press(pygame.K_ESCAPE, pygame.K_SPACE, pygame.K_ESCAPE)


def test_a_chinese_input_method_does_not_get_the_letters(desk, monkeypatch):
    stopped = []
    monkeypatch.setattr(pygame.key, "stop_text_input", lambda: stopped.append(1))
    desk.press(pygame.K_b)
    desk.press(pygame.K_b)
    assert stopped == [1]


def test_health_is_one_line(desk):
    desk.press(pygame.K_b)
    desk.keyboard.poll()
    (line,) = desk.keyboard.health()
    assert (line.ok, line.detail) == (True, "ready while the window is in front")
    desk.keyboard.close()


def test_every_default_key_does_what_the_table_says():
    patch = Patch()
    for key in KEYS:
        target = patch.target(Signal(key.address))
        if key.address == "key/f11":
            assert target is None, "the window's own key"
        elif key.address == "midi/note/36":
            assert (target.kind, target.name) == ("verb", "pad")
        else:
            assert target.kind == "order"
            assert target.name in ORDERS
            assert target.name.lower() in key.en.lower()


def test_the_table_is_in_both_languages():
    assert len({key.address for key in KEYS}) == len(KEYS)
    for key in KEYS:
        assert key.address.removeprefix("key/") in [*NAMES.values(), "quit", "midi/note/36"]
        assert any("CJK" in unicodedata.name(sign) for sign in key.zh)
        assert key.en.isascii()
