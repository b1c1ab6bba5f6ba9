"""Puts together what each process of a performance is told."""

from __future__ import annotations

import secrets
import tempfile
from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

from engine.address import free_port, hall_address, room_code
from engine.companion.settings import GatewaySettings
from engine.journal import read_journal
from engine.settings import StageSettings
from engine.supervise import LOOP_COUNT
from engine.venue import Venue

PIN_DIGITS = 6
WEB = Path(__file__).resolve().parent.parent / "assets" / "web"


@dataclass(frozen=True)
class Playbill:
    """Settings for stage and gateway, the camera to use ("none" without one), and the console's PIN."""

    stage: StageSettings
    gateway: GatewaySettings
    camera: str
    pin: str

    @property
    def here(self) -> str:
        """The pages' address on this machine, with the room's code."""
        return f"http://127.0.0.1:{self.gateway.port}/?r={self.gateway.room}"

    def comeback(self, settings: StageSettings, falls: int) -> StageSettings:
        """The stage after a fall: at the same place; in a crash loop without the scene that is on."""
        again = replace(settings, resume=True)
        if falls < LOOP_COUNT:
            return again
        entry = read_journal(settings.journal) or {}
        scene = str(entry.get("scene", ""))
        aside = {*settings.aside, scene, "midi"} - {""}
        return replace(again, aside=tuple(sorted(aside)))


def prepare(args: Namespace, folder: Path, venue: Venue) -> Playbill:
    """Settings from the command line, the venue and fresh secrets."""
    token, room, hub_port = secrets.token_urlsafe(24), room_code(venue.room), free_port()
    pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
    journal = Path(tempfile.mkdtemp(prefix="xitai-")) / "journal.json"
    camera = "none" if args.safe else args.camera or venue.camera
    midi = venue.midi if args.midi is None else (args.midi,)
    stage = StageSettings(
        show=folder,
        size=args.size,
        headless=args.headless,
        seed=args.seed,
        start=args.start,
        seconds=args.seconds,
        autoplay=args.autoplay,
        midi=midi,
        record=args.record,
        stats=args.stats,
        venue=venue,
        safe=args.safe,
        hub_port=hub_port,
        token=token,
        address=hall_address(venue.address, args.port, room),
        journal=journal,
        venue_file=args.venue or folder / "venue.toml",
        camera=camera,
        replay=getattr(args, "replay", None),
    )
    gateway = GatewaySettings(
        port=args.port,
        hub_port=hub_port,
        token=token,
        pin=pin,
        web_dir=WEB,
        capacity=venue.capacity,
        per_address=venue.per_address,
        room=room,
        origins=venue.origins,
        behind_proxy=venue.behind_proxy,
        broker=args.broker or "",
        show=args.known_as,
    )
    return Playbill(stage, gateway, camera, pin)


def further(args: Namespace) -> GatewaySettings:
    """Settings of one more gateway, which gets its secrets from the show."""
    return GatewaySettings(
        host=args.host,
        port=args.port,
        web_dir=WEB,
        capacity=args.capacity,
        per_address=args.per_address,
        behind_proxy=args.behind_proxy,
        origins=tuple(args.origin),
    )
