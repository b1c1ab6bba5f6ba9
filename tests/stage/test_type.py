"""Fonts found, and words set, with and without Chinese."""

from pathlib import Path

import numpy as np
import pygame
import pytest

from engine.core.clock import Frame
from engine.stage import ink
from engine.stage.canvas import Canvas
from engine.stage.fonts import Face, find_face
from engine.stage.lettering import Lettering
from engine.stage.surtitles import Surtitles


@pytest.fixture(scope="module")
def chinese() -> Lettering:
    face = find_face()
    assert face is not None, "the tests need a Chinese font: install fonts-lxgw-wenkai or xitai[font]"
    return Lettering(face)


def inked(picture: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array_alpha(picture).T > 60


def test_an_explicit_font_comes_first(tmp_path: Path) -> None:
    given = tmp_path / "our-own.ttf"
    given.write_bytes(b"")
    assert find_face(explicit=given) == Face(given)


def test_a_show_brings_its_own_font(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    font = tmp_path / "fonts" / "songti.otf"
    font.write_bytes(b"")
    assert find_face([tmp_path / "fonts"]) == Face(font)


def test_chinese_is_drawn_and_no_two_characters_alike(chinese: Lettering) -> None:
    canvas = Canvas((640, 360))
    one, two = (inked(chinese.line(canvas, c, 120, ink.WHITE)) for c in "晋风")
    assert one.sum() > 100 and (one.shape != two.shape or not np.array_equal(one, two))


def test_the_simplified_form_is_used_not_the_japanese(chinese: Lettering) -> None:
    """In 骨 the inner stroke of the simplified form turns left; at least it must not be a missing glyph."""
    canvas = Canvas((640, 360))
    bone, hole = (inked(chinese.line(canvas, c, 120, ink.WHITE)) for c in ("骨", "\U0010fffd"))
    assert bone.shape != hole.shape or not np.array_equal(bone, hole)


def test_without_a_chinese_font_nothing_is_drawn_as_boxes() -> None:
    latin, canvas = Lettering(None), Canvas((640, 360))
    assert not latin.chinese
    assert latin.line(canvas, "一叶晋风", 60, ink.WHITE).get_size() == (1, 1)
    assert latin.column(canvas, "一叶晋风", 60, ink.WHITE).get_size() == (1, 1)
    assert inked(latin.line(canvas, "One Leaf 一叶", 60, ink.WHITE)).sum() > 50


def test_a_column_runs_down_and_its_comma_hangs_right(chinese: Lettering) -> None:
    canvas = Canvas((640, 360))
    column = inked(chinese.column(canvas, "开花，", 90, ink.WHITE))
    height, width = column.shape
    assert height > 2.5 * width
    comma = np.argwhere(column[int(height * 0.72) :])
    assert comma[:, 1].mean() > width * 0.55


def test_control_characters_never_reach_the_font(chinese: Lettering) -> None:
    canvas = Canvas((640, 360))
    tricky = chinese.line(canvas, "a\u202eb\x00\n", 40, ink.WHITE)
    assert tricky.get_size() == chinese.line(canvas, "ab", 40, ink.WHITE).get_size()


def test_surtitles_fade_in_hold_and_leave() -> None:
    surtitles, canvas = Surtitles(Lettering(None), 60), Canvas((320, 180))
    surtitles.show(("", "Both bow"), 0)
    brightness = []
    for index in (0, 15, 60, 300, 535, 700):
        canvas.fill((30, 30, 30))
        surtitles.draw(canvas, Frame(index))
        brightness.append(int(canvas.px[..., 0].max()))
    assert brightness[0] <= 31 and brightness[-1] <= 31
    assert brightness[0] < brightness[1] < brightness[2] == brightness[3] > brightness[4]
