"""Before the house opens: red, amber or green for everything the evening needs."""

from __future__ import annotations

import os
import shutil
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from engine.address import hall_address, taken
from engine.checks import set_up_each
from engine.showfile import ShowError, read_show
from engine.stage.fonts import find_face
from engine.venue import Venue

GREEN, AMBER, RED = "green", "amber", "red"
DISK_WANTED = 2 * 1024**3
MIRROR = (
    "场景 {0} 画出走动的人：他们若面对画面，请在场馆文件 [camera] 写 mirror = true · "
    "scene {0} draws those who move: if they face the picture, set mirror = true under [camera]"
)


@dataclass(frozen=True, slots=True)
class Light:
    """One line: a colour, what was looked at, what was found and what to do."""

    colour: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class Plugged:
    """What is there: cameras and MIDI ports by name, and whether a camera of a given name gives a picture."""

    cameras: Sequence[str]
    ports: Sequence[str]
    sees: Callable[[str], bool]


def look(folder: Path, venue: Venue, args: Namespace, plugged: Plugged) -> list[Light]:
    """Look at everything; nothing is changed."""
    lines = [_show(folder), _font(venue), _port(args.port), _disk(Path.cwd())]
    wanted, ports = args.camera or venue.camera, plugged.ports
    if wanted != "none":
        lines += _camera(folder, venue, wanted, plugged)
    if venue.midi not in (("all",), ("none",)):
        lines += [_midi(name, ports) for name in venue.midi]
    else:
        lines.append(
            Light(GREEN if ports else AMBER, "midi", ", ".join(ports) or "no port; keys 1-9 stand in")
        )
    shown, heard = displays(), sound_outputs()
    lines.append(Light(GREEN if shown else AMBER, "display", ", ".join(shown) or "none; use --headless"))
    lines.append(Light(GREEN if heard else AMBER, "sound", ", ".join(heard) or "none; the show is silent"))
    address = hall_address(venue.address, args.port)
    alone = "127.0.0.1" in address
    lines.append(
        Light(AMBER if alone else GREEN, "network", f"{address}{'; phones cannot reach it' * alone}")
    )
    return lines


def lights(lines: Sequence[Light]) -> int:
    """Print the lines; exit code 1 when one is red."""
    for line in lines:
        print(f"{line.colour:5}  {line.name:8} {line.found}")
    return 1 if any(line.colour == RED for line in lines) else 0


def displays() -> list[str]:
    """Displays by number and size."""
    try:
        pygame.display.init()
        if pygame.display.get_driver() in ("dummy", "offscreen"):
            return []
        return [f"{i}: {w}x{h}" for i, (w, h) in enumerate(pygame.display.get_desktop_sizes())]
    except pygame.error:
        return []


def sound_outputs() -> list[str]:
    """Sound outputs by name."""
    try:
        from pygame._sdl2 import audio

        pygame.mixer.init()
        return list(audio.get_audio_device_names(False))
    except (pygame.error, ImportError):
        return []


def _show(folder: Path) -> Light:
    try:
        mistakes = set_up_each(read_show(folder))
    except ShowError as error:
        mistakes = error.mistakes
    if mistakes:
        return Light(RED, "show", f"{len(mistakes)} mistakes, the first: {mistakes[0]}")
    return Light(GREEN, "show", f"{folder.name}: every scene sets up and draws")


def _font(venue: Venue) -> Light:
    face = find_face(explicit=venue.font)
    if face is None:
        return Light(RED, "font", "no Chinese font; pip install 'xitai[font]'")
    return Light(GREEN, "font", face.path.name)


def _port(number: int) -> Light:
    if taken(number):
        return Light(RED, "port", f"{number} is in use; close the other program or give --port")
    return Light(GREEN, "port", f"{number} is free")


def _disk(folder: Path) -> Light:
    free = shutil.disk_usage(folder).free
    colour = GREEN if free > DISK_WANTED else AMBER
    return Light(colour, "disk", f"{free / 1024**3:.1f} GiB free in {os.path.basename(folder) or folder}")


def _midi(wanted: str, ports: Sequence[str]) -> Light:
    if Path(wanted).is_file() or any(wanted.lower() in port.lower() for port in ports):
        return Light(GREEN, "midi", wanted)
    return Light(RED, "midi", f"{wanted!r} is not there; found: {', '.join(ports) or 'none'}")


def _camera(folder: Path, venue: Venue, wanted: str, plugged: Plugged) -> list[Light]:
    """Whether the camera gives a picture, and whether those it looks at will know themselves in it."""
    if not plugged.sees(wanted):
        found = ", ".join(plugged.cameras) or "none"
        return [Light(RED, "camera", f"{wanted!r} gives no picture; found: {found}")]
    lines = [Light(GREEN, "camera", wanted)]
    drawn = _drawn(folder)
    if drawn and not venue.sight.mirror:
        lines.append(Light(AMBER, "mirror", MIRROR.format(" ".join(drawn))))
    return lines


def _drawn(folder: Path) -> list[str]:
    """Scenes in which those before the camera see themselves."""
    try:
        return [name for name, scene in read_show(folder).scenes.items() if scene.mirror]
    except ShowError:
        return []
