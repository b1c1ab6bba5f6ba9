"""The picture in memory: one numpy array that pygame and OpenCV both draw on, with no copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from engine.stage.ink import Colour

DESIGN_HEIGHT = 1080.0
_SHIFT = 4  # OpenCV takes fixed-point coordinates; four bits give a sixteenth of a pixel
_UNIT = 1 << _SHIFT

Points = Sequence[tuple[float, float]] | npt.NDArray[np.floating]
Place = tuple[float, float]
Blend = Literal["over", "add", "multiply", "lighten"]

_FLAGS: dict[str, int] = {
    "over": pygame.BLEND_PREMULTIPLIED,
    "add": pygame.BLEND_RGB_ADD,
    "multiply": pygame.BLEND_RGB_MULT,
    "lighten": pygame.BLEND_RGB_MAX,
}


class Canvas:
    """A picture addressed in design units: origin top left, y down, 1080 high whatever its pixels.

    px       (h, w, 4) uint8 BGRA, the memory itself; write to it freely
    surface  the same memory as a pygame Surface
    scale    pixels per design unit
    width, height  in design units

    A fresh canvas is opaque black. A `sheet` is transparent: what is drawn on it becomes a
    premultiplied picture to `stamp` elsewhere, its anti-aliased edges clean.
    """

    def __init__(self, size: tuple[int, int], *, scale: float | None = None, clear: bool = False) -> None:
        w, h = max(1, size[0]), max(1, size[1])
        self.px: npt.NDArray[np.uint8] = np.zeros((h, w, 4), np.uint8)
        self.surface = pygame.image.frombuffer(self.px, (w, h), "BGRA")  # type: ignore[arg-type]
        self.scale = h / DESIGN_HEIGHT if scale is None else scale
        self.width, self.height = w / self.scale, h / self.scale
        if not clear:
            self.px[..., 3] = 255

    def sheet(self, width: float, height: float) -> Canvas:
        """A transparent canvas of this size in design units, at this canvas's resolution."""
        size = (round(width * self.scale), round(height * self.scale))
        return Canvas(size, scale=self.scale, clear=True)

    # drawing

    def fill(self, colour: Colour) -> None:
        """One colour everywhere."""
        self.surface.fill(colour)

    def polygon(self, points: Points, colour: Colour, alpha: float = 1.0) -> None:
        """A filled outline, anti-aliased; `alpha` below 1 is for sheets (it replaces, it does not blend)."""
        cv2.fillPoly(self.px, [self._fixed(points)], _bgra(colour, alpha), cv2.LINE_AA, _SHIFT)

    def polygons(self, outlines: Iterable[Points], colour: Colour, alpha: float = 1.0) -> None:
        """Several outlines as one shape: where they overlap an even number of times there is a hole."""
        fixed = [self._fixed(p) for p in outlines]
        if fixed:
            cv2.fillPoly(self.px, fixed, _bgra(colour, alpha), cv2.LINE_AA, _SHIFT)

    def line(self, points: Points, colour: Colour, width: float = 1.2, *, closed: bool = False) -> None:
        """A line through the points, `width` in design units (never thinner than one pixel)."""
        thick = max(1, round(width * self.scale))
        cv2.polylines(self.px, [self._fixed(points)], closed, _bgra(colour, 1.0), thick, cv2.LINE_AA, _SHIFT)

    def lines(self, paths: Iterable[Points], colour: Colour, width: float = 1.2) -> None:
        """Many open lines of one colour and width in one call."""
        fixed = [self._fixed(p) for p in paths]
        if fixed:
            thick = max(1, round(width * self.scale))
            cv2.polylines(self.px, fixed, False, _bgra(colour, 1.0), thick, cv2.LINE_AA, _SHIFT)

    def disc(self, place: Place, radius: float, colour: Colour) -> None:
        """A filled circle."""
        self._circle(place, radius, colour, -1)

    def ring(self, place: Place, radius: float, colour: Colour, width: float = 1.2) -> None:
        """A circle's outline."""
        self._circle(place, radius, colour, max(1, round(width * self.scale)))

    # stamping pictures

    def stamp(
        self,
        picture: Canvas | pygame.Surface,
        place: Place,
        *,
        blend: Blend = "over",
        anchor: Place = (0.5, 0.5),
    ) -> None:
        """Lay a picture down unscaled; `anchor` is the point of it (0..1, 0..1) that meets `place`.

        "over" expects premultiplied alpha, as sheets and lettering have. To replace the whole
        picture use `paste`.
        """
        image = picture.surface if isinstance(picture, Canvas) else picture
        w, h = image.get_size()
        x, y = place[0] * self.scale - anchor[0] * w, place[1] * self.scale - anchor[1] * h
        self.surface.blit(image, (round(x), round(y)), special_flags=_FLAGS[blend])

    def stamps(
        self, picture: Canvas | pygame.Surface, places: npt.ArrayLike, *, blend: Blend = "add"
    ) -> None:
        """One picture at many places (n, 2) in design units, centred, in one call."""
        image = picture.surface if isinstance(picture, Canvas) else picture
        half = np.array(image.get_size()) / 2
        at = np.rint(np.asarray(places, dtype=np.float64) * self.scale - half).astype(int).tolist()
        self.surface.fblits([(image, p) for p in at], _FLAGS[blend])

    def paste(self, picture: Canvas) -> None:
        """Replace everything by a picture of the same size in pixels."""
        np.copyto(self.px, picture.px)

    def _circle(self, place: Place, radius: float, colour: Colour, thick: int) -> None:
        k = self.scale * _UNIT
        centre = (round(place[0] * k) - _UNIT // 2, round(place[1] * k) - _UNIT // 2)
        cv2.circle(self.px, centre, max(1, round(radius * k)), _bgra(colour, 1.0), thick, cv2.LINE_AA, _SHIFT)

    def _fixed(self, points: Points) -> npt.NDArray[np.int32]:
        at = np.asarray(points, dtype=np.float64) * (self.scale * _UNIT) - _UNIT / 2
        return np.rint(at).astype(np.int32).reshape(-1, 1, 2)


def _bgra(colour: Colour, alpha: float) -> tuple[float, float, float, float]:
    """Premultiplied, as sheets and the canvas keep their pixels."""
    r, g, b = colour
    return b * alpha, g * alpha, r * alpha, 255 * alpha
