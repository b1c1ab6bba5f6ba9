"""Where the picture goes: a window, nowhere (headless), a video file or a folder of PNGs."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import cv2
import pygame

from engine.core.clock import Frame
from engine.stage.canvas import Canvas

Feed = Callable[[pygame.event.Event], None]


class OutputError(Exception):
    """A display or file that cannot be used; the message says which and what to do."""


class Output(Protocol):
    """Takes finished pictures."""

    def present(self, canvas: Canvas, frame: Frame) -> None:
        """Show or write one picture; the canvas may change after the call."""

    @property
    def closed(self) -> bool:
        """Whether the person at the window has closed it."""

    def close(self) -> None:
        """Finish; a file is complete after this."""


class Headless:
    """No display: the console's preview is the picture."""

    closed = False

    def present(self, canvas: Canvas, frame: Frame) -> None:
        """Nothing to show it on."""

    def close(self) -> None:
        """Nothing to finish."""


class Window:
    """A window, or the whole of display number `display`; hands its key presses to `feed`.

    The picture fills it as far as its shape allows, the rest stays black. It is put up by copying
    memory, because on a machine without a graphics card any other way is ten times slower.
    """

    def __init__(
        self, size: tuple[int, int], title: str, feed: Feed, *, display: int = 0, fullscreen: bool = False
    ) -> None:
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        pygame.display.init()
        count = pygame.display.get_num_displays()
        if display >= count:
            raise OutputError(f"display {display} is not there; {count} found, numbered from 0")
        self._size, self._display, self._fullscreen = size, display, fullscreen
        pygame.display.set_caption(title)
        self._open()
        self._feed = feed
        self._closed = False

    def _open(self) -> None:
        flags = pygame.FULLSCREEN if self._fullscreen else pygame.RESIZABLE
        size = (0, 0) if self._fullscreen else self._size
        pygame.display.set_mode(size, flags, display=self._display)
        pygame.mouse.set_visible(not self._fullscreen)
        self._fit()

    def _fit(self) -> None:
        """Where the picture goes in the window as it is now."""
        screen = pygame.display.get_surface()
        assert screen is not None
        self._screen = screen
        w, h = self._screen.get_size()
        share = min(w / self._size[0], h / self._size[1])
        fitted = (max(1, round(self._size[0] * share)), max(1, round(self._size[1] * share)))
        self._place = ((w - fitted[0]) // 2, (h - fitted[1]) // 2)
        self._scaled = None if fitted == self._size else Canvas(fitted)
        self._screen.fill((0, 0, 0))

    @property
    def closed(self) -> bool:
        """Whether the window was closed."""
        return self._closed

    def present(self, canvas: Canvas, frame: Frame) -> None:
        """Put the picture up and take in what keys did since the last one."""
        shown = canvas
        if self._scaled is not None:
            shown = self._scaled
            cv2.resize(canvas.px, shown.surface.get_size(), dst=shown.px, interpolation=cv2.INTER_LINEAR)
        shown.surface.set_alpha(None)
        self._screen.blit(shown.surface, self._place)
        pygame.display.flip()
        for press in pygame.event.get():
            if press.type == pygame.QUIT:
                self._closed = True
            elif press.type == pygame.VIDEORESIZE:
                self._fit()
            elif press.type == pygame.KEYDOWN and press.key == pygame.K_F11:
                self._fullscreen = not self._fullscreen
                self._open()
            else:
                self._feed(press)

    def close(self) -> None:
        """Take the window down."""
        pygame.display.quit()


class Video:
    """An H.264 file through PyAV (the `video` extra); `sound` frames are muxed in when given."""

    closed = False

    def __init__(self, path: Path, size: tuple[int, int], fps: int, *, sound_rate: int | None = None) -> None:
        try:
            import av
        except ImportError as error:
            raise OutputError(
                f"{path}: writing video needs the video extra; pip install 'xitai[video]', "
                "or give a folder for PNGs"
            ) from error
        self._av: Any = av
        if not path.parent.is_dir():
            raise OutputError(f"{path}: there is no folder {path.parent}; make it or choose another file")
        try:
            self._file = av.open(str(path), "w")
        except (OSError, ValueError, av.FFmpegError) as error:
            raise OutputError(f"{path}: cannot be written ({error}); choose another file") from error
        self._picture: Any = self._file.add_stream("libx264", rate=fps)
        self._picture.width, self._picture.height = size[0] // 2 * 2, size[1] // 2 * 2
        self._picture.pix_fmt = "yuv420p"
        self._picture.options = {"crf": "18", "preset": "veryfast", "threads": "2"}
        self._picture.time_base = Fraction(1, fps)
        self._first: int | None = None
        self._sound: Any = None
        self._samples = 0
        if sound_rate is not None:
            self._sound = self._file.add_stream("aac", rate=sound_rate)
            self._sound.layout = "stereo"

    def present(self, canvas: Canvas, frame: Frame) -> None:
        """Encode one picture at its own time."""
        self._first = frame.index if self._first is None else self._first
        w, h = self._picture.width, self._picture.height
        image = self._av.VideoFrame.from_ndarray(canvas.px[:h, :w], format="bgra")
        image.pts = frame.index - self._first
        self._file.mux(self._picture.encode(image))

    def hear(self, samples: Any) -> None:
        """Encode stereo float32 samples (n, 2), following on from the last ones."""
        block = self._av.AudioFrame.from_ndarray(samples.T.copy(), format="fltp", layout="stereo")
        block.sample_rate = self._sound.rate
        block.pts = self._samples
        self._samples += len(samples)
        self._file.mux(self._sound.encode(block))

    def close(self) -> None:
        """Flush and finish the file."""
        for stream in (self._picture, self._sound):
            if stream is not None:
                self._file.mux(stream.encode(None))
        self._file.close()


class Stills:
    """One PNG per frame in a folder, named by frame index."""

    closed = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{folder}: cannot be made ({error.strerror}); choose another folder"
            ) from error

    def present(self, canvas: Canvas, frame: Frame) -> None:
        """Write one PNG."""
        path = self._folder / f"frame-{frame.index:06d}.png"
        if not cv2.imwrite(str(path), canvas.px[..., :3]):
            raise OutputError(f"{path}: cannot be written; is the disk full?")

    def close(self) -> None:
        """Nothing to finish."""
