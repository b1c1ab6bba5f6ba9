"""Type on stage: Chinese in columns and lines, English in lines."""

from __future__ import annotations

import threading
import unicodedata

import pygame
import pygame.freetype

from engine.stage.canvas import Canvas
from engine.stage.fonts import Face
from engine.stage.ink import Colour

COLUMN_PITCH = 1.16  # of the type size, character to character in a column
_HANGING = "，。、；：！？"  # sits in the upper right of its cell when set in columns
_TURNED = "—…（）「」『』《》〈〉-"  # turned a quarter when set in columns


class Lettering:
    """Renders text as premultiplied pictures to stamp; equal requests return the same picture.

    With no face only Latin is drawn (pygame's own font) and Chinese comes out empty, never as boxes;
    `chinese` says which it is.
    """

    def __init__(self, face: Face | None) -> None:
        pygame.freetype.init()
        self.face = face
        self.chinese = face is not None
        self._lock = threading.Lock()  # scenes may be prepared off the show's thread
        self._font = (
            pygame.freetype.Font(str(face.path), 64, font_index=face.index)
            if face
            else pygame.freetype.Font(None, 64)
        )
        self._font.pad = True
        self._kept: dict[tuple[object, ...], pygame.Surface] = {}

    def line(self, canvas: Canvas, text: str, size: float, colour: Colour) -> pygame.Surface:
        """`text` on one line, `size` in design units, at the resolution of `canvas`."""
        key = ("line", text, size, colour, canvas.scale)
        return self._keep(key, lambda: self._render(self._shown(text), size * canvas.scale, colour))

    def column(self, canvas: Canvas, text: str, size: float, colour: Colour) -> pygame.Surface:
        """`text` from top to bottom, one character a cell, punctuation to the cell's upper right."""
        key = ("column", text, size, colour, canvas.scale)
        return self._keep(key, lambda: self._set_column(self._shown(text), size * canvas.scale, colour))

    def _keep(self, key: tuple[object, ...], make: object) -> pygame.Surface:
        with self._lock:
            if key not in self._kept:
                if len(self._kept) > 256:
                    self._kept.clear()
                self._kept[key] = make()  # type: ignore[operator]
            return self._kept[key]

    def _shown(self, text: str) -> str:
        text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
        return text if self.chinese else "".join(c for c in text if ord(c) < 0x2E80).strip()

    def _render(self, text: str, pixels: float, colour: Colour) -> pygame.Surface:
        if not text:
            return pygame.Surface((1, 1), pygame.SRCALPHA)
        surface, _ = self._font.render(text, fgcolor=colour, size=max(4.0, pixels))
        return surface.premul_alpha()

    def _set_column(self, text: str, pixels: float, colour: Colour) -> pygame.Surface:
        if not text:
            return pygame.Surface((1, 1), pygame.SRCALPHA)
        pitch, cell = pixels * COLUMN_PITCH, round(pixels * 1.3)
        sheet = pygame.Surface((cell, round(pitch * len(text) + pixels * 0.3)), pygame.SRCALPHA)
        for i, character in enumerate(text):
            glyph, _ = self._font.render(character, fgcolor=colour, size=max(4.0, pixels))
            if character in _TURNED:
                glyph = pygame.transform.rotate(glyph, -90)
            x, y = (cell - glyph.get_width()) / 2, i * pitch + (pitch - glyph.get_height()) / 2
            if character in _HANGING:
                x, y = x + pixels * 0.52, y - pixels * 0.5
            sheet.blit(glyph, (round(x), round(y)))
        return sheet.premul_alpha()
