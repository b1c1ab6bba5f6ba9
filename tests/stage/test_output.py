"""Pictures really written and read back, and a window that takes keys."""

from pathlib import Path

import av
import cv2
import numpy as np
import pygame
import pytest

from engine.core.clock import Frame
from engine.stage.canvas import Canvas
from engine.stage.output import Headless, OutputError, Stills, Video, Window


def grey(value: int) -> Canvas:
    canvas = Canvas((64, 36))
    canvas.fill((value, value, value))
    return canvas


def test_stills_are_named_by_frame(tmp_path: Path) -> None:
    stills = Stills(tmp_path / "frames")
    stills.present(grey(40), Frame(7))
    stills.close()
    picture = cv2.imread(str(tmp_path / "frames" / "frame-000007.png"))
    assert picture.shape == (36, 64, 3) and int(picture.mean()) == 40


def test_a_video_holds_every_frame_and_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "show.mp4"
    video = Video(path, (64, 36), 60, sound_rate=44100)
    for index in range(30):
        video.present(grey(index * 8), Frame(100 + index))
    video.hear(np.zeros((22050, 2), np.float32))
    video.close()
    with av.open(str(path)) as file:
        pictures = [f.to_ndarray(format="gray").mean() for f in file.decode(video=0)]
    with av.open(str(path)) as file:
        seconds = sum(f.samples for f in file.decode(audio=0)) / 44100
    assert len(pictures) == 30 and pictures[0] < 8 and pictures[-1] > 215
    assert seconds == pytest.approx(0.5, abs=0.05)


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="folder"):
        Stills(tmp_path / "file" / "below")
    with pytest.raises(OutputError, match="nowhere"):
        Video(tmp_path / "nowhere" / "show.mp4", (64, 36), 60)


def test_a_window_shows_the_picture_and_hands_on_keys() -> None:
    pressed = []
    window = Window((64, 36), "戏台", pressed.append)
    pygame.event.clear()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0))
    window.present(grey(90), Frame(0))
    assert pygame.display.get_surface().get_at((5, 5))[:3] == (90, 90, 90)
    assert [p.key for p in pressed if p.type == pygame.KEYDOWN] == [pygame.K_SPACE]
    assert not window.closed
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    window.present(grey(90), Frame(1))
    assert window.closed
    with pytest.raises(OutputError, match="display 9"):
        Window((64, 36), "戏台", pressed.append, display=9)


def test_a_window_of_another_shape_keeps_the_picture_whole() -> None:
    window = Window((64, 36), "戏台", lambda press: None)
    pygame.display.set_mode((100, 100), pygame.RESIZABLE)
    pygame.event.clear()
    pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=(100, 100), w=100, h=100))
    window.present(grey(90), Frame(0))
    window.present(grey(90), Frame(1))
    screen = pygame.display.get_surface()
    assert screen.get_at((50, 50))[:3] == (90, 90, 90) and screen.get_at((50, 10))[:3] == (0, 0, 0)
    window.present(grey(60), Frame(2))
    assert screen.get_at((1, 50))[:3] == (60, 60, 60)
    window.close()
    pygame.display.init()


def test_headless_needs_nothing() -> None:
    output = Headless()
    output.present(grey(1), Frame(0))
    output.close()
    assert not output.closed
