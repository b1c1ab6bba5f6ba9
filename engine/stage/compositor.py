"""From the scenes to the one picture that goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pygame

from engine.core.clock import Frame
from engine.core.fades import smooth
from engine.stage import ink
from engine.stage.canvas import Canvas
from engine.stage.flashguard import FlashGuard
from engine.stage.keystone import SQUARE, Corners, Keystone
from engine.stage.lettering import Lettering
from engine.stage.scene import Scene
from engine.stage.surtitles import Surtitles

Mend = Callable[[Scene, Exception], None]


class Layer:
    """A scene on stage and its last good picture. Drawing alternates between two canvases, so a scene that
    raises half-way leaves the good one untouched. Its own time begins with `first`, when it comes on."""

    def __init__(self, scene: Scene, size: tuple[int, int], first: Frame) -> None:
        self.scene, self._first = scene, first.index
        scene.came_on = first.time
        self.good = Canvas(size)
        self._next = Canvas(size)
        self.failed = False

    def own(self, frame: Frame) -> Frame:
        """The scene's own frame at frame `frame` of the show."""
        return Frame(frame.index - self._first, frame.fps)

    def draw(self, frame: Frame, mend: Mend) -> None:
        """Draw the scene; on an exception keep the last good picture and report to `mend`."""
        if self.failed:
            return
        try:
            self.scene.draw(self._next, self.own(frame))
        except Exception as error:
            self.failed = True
            mend(self.scene, error)
            return
        self.good, self._next = self._next, self.good


def strike(layer: Layer | None) -> None:
    """Take a set apart: its scene has left for good. What its parts hold of each other goes at once: no
    collector runs within frames."""
    if layer is not None:
        vars(layer.scene).clear()


@dataclass(frozen=True, slots=True)
class Look:
    """What lies over the picture in one frame: crossfade level, grand master, freeze, curtain."""

    crossfade: float
    master: float
    freeze: bool
    curtain: bool


class Compositor:
    """Crossfades the leaving layer into the live one, lays the surtitles on, guards, masters, warps."""

    def __init__(
        self,
        size: tuple[int, int],
        fps: int,
        lettering: Lettering,
        title: tuple[str, str],
        *,
        corners: Corners = SQUARE,
    ) -> None:
        self.surtitles = Surtitles(lettering, fps)
        self.guard = FlashGuard(size, fps)
        self._out, self._shown = Canvas(size), Canvas(size)
        self._arrived = np.zeros(size[::-1], np.bool_)
        self._keystone = Keystone(size, corners) if corners != SQUARE else None
        self._safe = _curtain(size, lettering, title)

    def picture(self, live: Layer | None, leaving: Layer | None, look: Look, frame: Frame) -> Canvas:
        """The finished picture; valid until the next call but one."""
        if look.freeze:
            return self._warped(self._shown)
        out = self._out
        self._mix(out, live, leaving, look)
        if not look.curtain:
            self.surtitles.draw(out, frame)
        if look.master < 1.0:
            v = round(255 * max(0.0, look.master))
            out.surface.fill((v, v, v), special_flags=pygame.BLEND_RGB_MULT)
        self.guard.apply(out, self._shown, frame.index)
        self._out, self._shown = self._shown, out
        return self._warped(out)

    def _mix(self, out: Canvas, live: Layer | None, leaving: Layer | None, look: Look) -> None:
        if look.curtain or live is None:
            out.paste(self._safe)
        elif leaving is None or look.crossfade >= 1.0:
            out.paste(live.good)
        elif live.scene.arrival is not None:
            out.paste(leaving.good)
            np.less(live.scene.arrival, round(255 * smooth(look.crossfade)), out=self._arrived)
            cv2.copyTo(live.good.px, self._arrived.view(np.uint8), out.px)
        else:
            share = smooth(look.crossfade)
            cv2.addWeighted(live.good.px, share, leaving.good.px, 1 - share, 0, dst=out.px)

    def _warped(self, canvas: Canvas) -> Canvas:
        return canvas if self._keystone is None else self._keystone.warp(canvas)


def _curtain(size: tuple[int, int], lettering: Lettering, title: tuple[str, str]) -> Canvas:
    """The safe picture: the title on jujube, in a cut-paper frame."""
    curtain = Canvas(size)
    curtain.fill(ink.mix(ink.COAL, ink.JUJUBE, 0.35))
    w, h = curtain.width, curtain.height
    for inset, width in ((36, 3.0), (52, 1.5)):
        corners = [(inset, inset), (w - inset, inset), (w - inset, h - inset), (inset, h - inset)]
        curtain.line(corners, ink.LOESS, width, closed=True)
    curtain.stamp(lettering.line(curtain, title[0], 150, ink.HEMP), (w / 2, h * 0.46))
    curtain.stamp(lettering.line(curtain, title[1], 48, ink.LOESS), (w / 2, h * 0.62))
    return curtain
