#!/usr/bin/env python3
"""Xitai 戏台: perform, check, render and rehearse shows. `run_show.py --help` lists everything.

This file is the composition root: it alone knows shows, controllers and outputs together. Imports
are local to each command, because every process of a show starts here and loads only its own.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commandline import PERFORM, parse

if TYPE_CHECKING:
    from engine.settings import StageSettings
    from engine.venue import Venue

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
OK, WRONG, UNUSABLE = 0, 1, 2


def main(words: list[str]) -> int:
    """Run one command; its exit code."""
    args = parse(words)
    commands = {
        PERFORM: perform,
        "check": check,
        "render": render,
        "replay": replay,
        "gestures": gestures,
        "crowd": crowd,
        "gateway": gateway,
        "new": new,
        "devices": devices,
        "preflight": preflight,
    }
    try:
        return commands[args.command](args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return WRONG


def complain(message: object) -> int:
    """One line on the terminal for what was asked and cannot be done."""
    print(f"run_show.py: {message}", file=sys.stderr, flush=True)
    return UNUSABLE


# performing


def perform(args: Namespace) -> int:
    """The whole house: stage, gateway and eye, each in a process of its own, supervised."""
    from engine.address import announce, taken
    from engine.companion.broker import unusable
    from engine.playbill import prepare
    from engine.supervise import Supervisor

    if taken(args.port):
        complain(f"port {args.port} is in use by another program; close it or give --port with a free one")
        return 3
    folder, venue, problem = _place(args)
    if problem := problem or unusable(args.broker, args.known_as):
        return complain(problem)
    bill = prepare(args, folder, venue)
    for line in announce(bill.stage.address, args.port, bill.pin):
        print(line, flush=True)
    return Supervisor(_parts(args, bill), say=lambda line: print(line, flush=True)).run()


def _place(args: Namespace) -> tuple[Path, Venue, str]:
    """The show's folder and the venue; a sentence when the folder holds no show."""
    from engine.showfile import find_show
    from engine.venue import Venue, read_venue

    folder = find_show(args.show)
    path = args.venue or folder / "venue.toml"
    venue, mistakes = read_venue(path) if args.venue or path.is_file() else (Venue(), [])
    for mistake in mistakes:
        complain(f"{mistake} (set aside)")
    if not (folder / "show.toml").is_file():
        return folder, venue, f"{folder}: no show.toml there; give a show folder, or make one with 'new NAME'"
    return folder, venue, ""


def _parts(args: Namespace, bill: Any) -> list[Any]:
    from engine.supervise import Part

    parts = [
        Part("stage", stage_work, bill.stage, renew=bill.comeback, beats=True, doubled=True, leads=True),
        Part("gateway", gateway_work, bill.gateway),
    ]
    if bill.camera != "none":
        parts.append(Part("eye", eye_work, bill, beats=True, optional=True))
    if args.crowd and not args.safe:
        parts.append(Part("crowd", crowd_work, (bill.here, args.crowd), optional=True))
    return parts


def stage_work(settings: StageSettings, board: Any) -> int:
    """The stage process."""
    from controllers.keyboard import Keyboard
    from engine.core.log import LogError
    from engine.showfile import ShowError
    from engine.stage.output import OutputError
    from engine.stagehand import Kit, Performance

    keyboard = Keyboard()
    try:
        kit = Kit(
            controllers=lambda fps: _controllers(settings, keyboard, fps),
            keys=keyboard.feed,
            replay=settings.replay is not None,
        )
        Performance(settings, board, kit).run()
    except ShowError as error:
        for mistake in error.mistakes:
            complain(mistake)
        return UNUSABLE
    except (OutputError, LogError, ValueError) as error:
        return complain(error)
    return OK


def _controllers(settings: StageSettings, keyboard: Any, fps: int) -> list[Any]:
    from controllers.midi import Midi
    from controllers.midifile import MidiFile
    from controllers.replay import Replay

    if settings.replay is not None:
        return [Replay(settings.replay)]
    if settings.safe or "midi" in settings.aside or settings.midi == ("none",):
        return [keyboard]
    first = settings.midi[0]
    if first.lower().endswith((".mid", ".midi")):
        return [keyboard, MidiFile(Path(first), fps=fps)]
    return [keyboard, Midi(settings.midi)]


def gateway_work(settings: Any, board: Any) -> int:
    """The gateway process."""
    from engine.companion.gateway import run

    run(settings)
    return OK


def eye_work(bill: Any, board: Any) -> int:
    """The eye process."""
    from controllers.eye.process import run
    from controllers.eye.settings import EyeSettings

    stage = bill.stage
    return run(EyeSettings.of(bill.camera, stage.hub_port, stage.token, stage.venue.sight), board)


def crowd_work(settings: tuple[str, int], board: Any) -> int:
    """A simulated audience beside the show."""
    from controllers.crowd import run

    url, phones = settings
    run(url, phones=phones, style="eager", seconds=None)
    return OK


# without a stage


def check(args: Namespace) -> int:
    """Everything wrong with a show, at once."""
    from engine.showfile import ShowError, find_show, read_show
    from engine.venue import read_venue

    folder = find_show(args.show)
    mistakes = []
    try:
        show = read_show(folder)
    except ShowError as error:
        mistakes += error.mistakes
    venue = args.venue or folder / "venue.toml"
    if args.venue or venue.is_file():
        mistakes += read_venue(venue)[1]
    if not mistakes:
        from engine.checks import set_up_each

        mistakes = set_up_each(show)
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        print(f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''}")
        return WRONG
    print(f"{show.title[0]} {show.title[1]}: {len(show.cues)} cues, {len(show.scenes)} scenes, all well")
    return OK


def render(args: Namespace) -> int:
    """A show, or a recorded evening, as video or PNGs."""
    from engine.showfile import find_show

    return _film(args, find_show(args.show), args.log)


def replay(args: Namespace) -> int:
    """A recorded evening again: to files with --out, else on a stage as it was performed."""
    from controllers.replay import Replay
    from engine.core.log import LogError

    try:
        evening = Replay(args.file)
    except LogError as error:
        return complain(error)
    header = evening.header
    size = args.size or header.size
    if args.out is not None:
        args.seed, args.start, args.seconds, args.every, args.size = header.seed, None, None, 1, size
        return _film(args, Path(header.show), args.file)
    words = [header.show, "--seed", str(header.seed), "--size", f"{size[0]}x{size[1]}", "--midi", "none"]
    words += ["--camera", "none", "--seconds", str(evening.frames / header.fps), "--port", str(args.port)]
    again = parse(words + ["--headless"] * args.headless)
    again.replay = args.file
    return perform(again)


def _film(args: Namespace, folder: Path, log: Path | None) -> int:
    from controllers.replay import Replay
    from engine.core.log import LogError
    from engine.film import Film, film
    from engine.showfile import ShowError
    from engine.stage.output import OutputError

    try:
        film(
            Film(
                folder=folder,
                out=args.out,
                size=args.size,
                seed=args.seed,
                start=args.start,
                seconds=args.seconds,
                every=args.every,
            ),
            Replay(log) if log else None,
        )
    except ShowError as error:
        for mistake in error.mistakes:
            complain(mistake)
        return UNUSABLE
    except (LogError, OutputError, ValueError) as error:
        return complain(error)
    return OK


def gestures(args: Namespace) -> int:
    """The eye on a video file."""
    from controllers.eye.clip import ClipError, main_lines

    try:
        for line in main_lines(args.clip):
            print(line, flush=True)
    except ClipError as error:
        return complain(error)
    return OK


def crowd(args: Namespace) -> int:
    """A simulated audience over real sockets."""
    from controllers.crowd import CrowdError, run

    try:
        print(run(args.url, phones=args.phones, style=args.style, seconds=args.seconds))
    except CrowdError as error:
        return complain(error)
    return OK


def gateway(args: Namespace) -> int:
    """One more gateway, meeting the stage over a broker."""
    from engine.companion.broker import BrokerError
    from engine.companion.downlink import serve
    from engine.playbill import further

    try:
        return serve(args.broker, args.known_as, further(args))
    except BrokerError as error:
        return complain(error)


def new(args: Namespace) -> int:
    """A folder with a show and a first scene that runs."""
    from engine.scaffold import ScaffoldError, build

    try:
        for path in build(args.name):
            print(path)
    except ScaffoldError as error:
        return complain(error)
    print(f"now: python run_show.py {args.name}   and edit {args.name}/scenes/first.py while it plays")
    return OK


def devices(args: Namespace) -> int:
    """What is plugged in."""
    from controllers.eye.source import cameras
    from controllers.midiports import ports
    from engine.preflight import displays, sound_outputs

    for kind, found in (
        ("camera", cameras()),
        ("midi", ports()),
        ("display", displays()),
        ("sound", sound_outputs()),
    ):
        for name in found or ["none found"]:
            print(f"{kind:8} {name}")
    return OK


def preflight(args: Namespace) -> int:
    """Red, amber or green for the whole venue."""
    from controllers.eye.source import cameras, sees
    from controllers.midiports import ports
    from engine.preflight import Plugged, lights, look

    folder, venue, _ = _place(args)
    return lights(look(folder, venue, args, Plugged(cameras(), ports(), sees)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
