"""The command line: words in, settings out; nothing is started here."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

PERFORM = "perform"
STYLES = ("eager", "lazy", "chaotic", "leaving", "voting")


class Line(argparse.ArgumentParser):
    """A parser whose errors are one line and exit with 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Say what is wrong and where to read on."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def parse(words: list[str]) -> argparse.Namespace:
    """The command and its options. Exits with 2 and one line when a word is off."""
    commands = _commands()
    if words and words[0] in commands:
        name = words[0]
        found = commands[name].parse_args(words[1:])
    elif words and words[0] in ("-h", "--help"):
        commands[PERFORM].print_help()
        print("\nother commands: " + ", ".join(n for n in commands if n != PERFORM))
        raise SystemExit(0)
    else:
        name = PERFORM
        found = commands[PERFORM].parse_args(words)
    found.command = name
    return found


def size(text: str) -> tuple[int, int]:
    """ "1920x1080" as a pair."""
    match = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if not match or not (64 <= int(match[1]) <= 7680 and 36 <= int(match[2]) <= 4320):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write one like 1920x1080")
    return int(match[1]), int(match[2])


def above_zero(text: str) -> float:
    """A positive number."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def count(text: str) -> int:
    """A whole number of at least 0."""
    if not text.isdigit() or int(text) > 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 0..100000")
    return int(text)


def port(text: str) -> int:
    """A TCP port."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 1..65535")
    return int(text)


def _commands() -> dict[str, Line]:
    perform = _line("", "perform a show; prints the addresses to open")
    _show(perform)
    _live(perform)
    check = _line("check", "say everything that is wrong with a show; exit 1 if anything is")
    _show(check)
    render = _line("render", "write a show to a video file or a folder of PNGs")
    render.add_argument("show", help="show folder or name")
    render.add_argument("--out", type=Path, required=True, help="FILE.mp4 or a folder")
    render.add_argument("--from", dest="start", metavar="CUE")
    render.add_argument("--seconds", type=above_zero)
    render.add_argument("--log", type=Path, help="a recorded evening to perform")
    render.add_argument("--size", type=size, default=(1920, 1080))
    render.add_argument("--seed", type=int)
    render.add_argument("--every", type=count, default=1, help="write every Nth frame only (PNGs)")
    replay = _line("replay", "perform a recorded evening again")
    replay.add_argument("file", type=Path)
    replay.add_argument("--headless", action="store_true")
    replay.add_argument("--out", type=Path, help="write it to FILE.mp4 or a folder of PNGs instead")
    replay.add_argument("--size", type=size)
    replay.add_argument("--port", type=port, default=8080)
    gestures = _line("gestures", "run the eye on a video file or address; one JSON line per gesture")
    gestures.add_argument("clip", help="a video file, or the address of a camera")
    crowd = _line("crowd", "a simulated audience over real sockets")
    crowd.add_argument("url")
    crowd.add_argument("--phones", type=count, default=50)
    crowd.add_argument("--style", choices=STYLES, default="eager")
    crowd.add_argument("--seconds", type=above_zero, default=30.0)
    gateway = _line("gateway", "one more gateway for a show that outgrew one machine")
    _broker(gateway, required=True)
    gateway.add_argument("--host", default="0.0.0.0", help="address to listen on")
    gateway.add_argument("--port", type=port, default=8080)
    gateway.add_argument("--capacity", type=count, default=5000, help="phones this gateway lets in")
    gateway.add_argument("--per-address", type=count, default=6000, help="sockets from one address")
    gateway.add_argument("--behind-proxy", action="store_true", help="believe X-Forwarded-For")
    gateway.add_argument("--origin", action="append", default=[], help="https://host the pages come from")
    new = _line("new", "make a folder with a show and a first scene that runs")
    new.add_argument("name", type=Path)
    devices = _line("devices", "cameras, MIDI ports, displays and sound outputs found")
    preflight = _line("preflight", "red, amber or green for the whole venue")
    _show(preflight)
    _live(preflight)
    return {
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


def _line(command: str, about: str) -> Line:
    return Line(prog=f"run_show.py {command}".strip(), description=about, allow_abbrev=False)


def _show(line: Line) -> None:
    line.add_argument("show", nargs="?", help="show folder or name; the shipped show when left out")
    line.add_argument("--venue", type=Path, help="venue.toml of this hall")


def _broker(line: Line, *, required: bool = False) -> None:
    line.add_argument(
        "--broker", required=required, metavar="URL[,URL]", help="nats://host:4222, to meet further gateways"
    )
    line.add_argument("--known-as", default="xitai", metavar="NAME", help="the show's name on the broker")


def _live(line: Line) -> None:
    line.add_argument("--headless", action="store_true", help="no window; the console shows the picture")
    line.add_argument("--seconds", type=above_zero, help="end by itself after so long")
    line.add_argument("--size", type=size, default=(1920, 1080), metavar="WxH")
    line.add_argument("--port", type=port, default=8080, help="of pages, phones and console")
    line.add_argument("--seed", type=int, help="another evening's chance")
    line.add_argument("--from", dest="start", metavar="CUE", help="begin at this cue")
    line.add_argument("--crowd", type=count, default=0, metavar="N", help="with a simulated audience of N")
    line.add_argument("--autoplay", action="store_true", help="cues go on by themselves, nobody needed")
    line.add_argument("--camera", metavar="INDEX|FILE|URL|none")
    line.add_argument("--midi", metavar="NAME|FILE.mid|none")
    line.add_argument("--record", type=Path, metavar="FILE", help="write every signal with its frame")
    line.add_argument("--stats", type=Path, metavar="FILE.json", help="write frame times and latencies")
    _broker(line)
    line.add_argument("--safe", action="store_true", help="no camera, no MIDI, no crowd, no reloading")
