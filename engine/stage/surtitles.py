"""Surtitles: Chinese in a column at the right, English in a line below."""

from __future__ import annotations

import numpy as np
import pygame

from engine.core.clock import Frame
from engine.stage import ink
from engine.stage.canvas import Canvas
from engine.stage.lettering import Lettering

CHINESE_SIZE = 46.0
ENGLISH_SIZE = 34.0
FADE_SECONDS = 0.5
HOLD_SECONDS = 9.0


class Surtitles:
    """Shows the newest words for a while, on a soft dark ground that keeps contrast above 7 : 1."""

    def __init__(self, lettering: Lettering, fps: int) -> None:
        self._lettering = lettering
        self._fps = fps
        self._words = ("", "")
        self._since = 0
        self._pictures: tuple[pygame.Surface, pygame.Surface] | None = None

    def show(self, words: tuple[str, str], index: int) -> None:
        """Put up new words at frame `index`; empty words take the old ones down."""
        if words != self._words:
            self._words, self._since, self._pictures = words, index, None

    def draw(self, canvas: Canvas, frame: Frame) -> None:
        """Lay the words over the picture."""
        level = self._level(frame.index)
        if level <= 0 or not any(self._words):
            return
        if self._pictures is None:
            self._pictures = self._set(canvas)
        column, line = self._pictures
        edge = canvas.width - 70
        for picture, place, anchor in (
            (column, (edge, 96.0), (1.0, 0.0)),
            (line, (canvas.width / 2, canvas.height - 42), (0.5, 1.0)),
        ):
            canvas.stamp(_dimmed(picture, level), place, anchor=anchor)

    def _level(self, index: int) -> float:
        """0..1: in over half a second, held, out again."""
        seconds = (index - self._since) / self._fps
        return max(0.0, min(1.0, seconds / FADE_SECONDS, (HOLD_SECONDS - seconds) / FADE_SECONDS))

    def _set(self, canvas: Canvas) -> tuple[pygame.Surface, pygame.Surface]:
        chinese, english = self._words
        room = (canvas.height - 190) / max(1, len(chinese)) / 1.16
        column = self._lettering.column(canvas, chinese, min(CHINESE_SIZE, room), ink.APRICOT)
        line = self._lettering.line(canvas, english, ENGLISH_SIZE, ink.APRICOT)
        return _grounded(column, canvas.scale), _grounded(line, canvas.scale)


def _grounded(words: pygame.Surface, scale: float) -> pygame.Surface:
    """Words on a soft-edged dark ground, premultiplied."""
    w, h = words.get_size()
    if w <= 1 or h <= 1:
        return words.copy()
    soft = max(2, round(16 * scale))
    size = (w + 2 * soft, h + 2 * soft)
    ground = np.zeros((size[1], size[0], 4), np.uint8)
    across = _edge(size[0], soft)
    down = _edge(size[1], soft)
    ground[..., 3] = (150 * down[:, None] * across[None, :]).astype(np.uint8)
    for channel, value in enumerate(reversed(ink.COAL)):
        ground[..., channel] = (ground[..., 3] * (value / 255)).astype(np.uint8)
    picture = pygame.image.frombuffer(ground.tobytes(), size, "BGRA").copy()
    picture.blit(words, (soft, soft), special_flags=pygame.BLEND_PREMULTIPLIED)
    return picture


def _dimmed(picture: pygame.Surface, level: float) -> pygame.Surface:
    """The picture at 0..1 of its strength; a whole one is not copied."""
    if level >= 1.0:
        return picture
    faint = picture.copy()
    v = round(255 * level)
    faint.fill((v, v, v, v), special_flags=pygame.BLEND_RGBA_MULT)
    return faint


def _edge(length: int, soft: int) -> np.ndarray:
    place = np.arange(length) + 0.5
    ramp = np.clip(np.minimum(place, length - place) / soft, 0, 1)
    return ramp * ramp * (3 - 2 * ramp)
