"""What a gateway needs to know before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """Plain values, so that they can be handed to another process.

    hub_port, token    where the stage listens, and the secret all processes of a show share
    pin                opens the console; without one nobody can
    web_dir            folder of the pages, with index.html and console.html
    capacity, waiting  phones in the house, and how many more may watch from the queue
    per_address        sockets from one address; a whole hall may sit behind one
    origins            further addresses the pages are served from (a proxy's), as "https://host"
    room               four letters a phone must bring, if the house asks for them
    behind_proxy       believe X-Forwarded-For
    name, first, step  with several gateways: who this is, and which guest numbers it deals
    secret             what guests' tokens are signed with; made from the token when empty
    broker, show       NATS address at which further gateways meet this show, and the show's name there
    """

    host: str = "0.0.0.0"
    port: int = 8080
    hub_port: int = 0
    token: str = ""
    pin: str = ""
    web_dir: Path = Path(__file__).resolve().parents[2] / "assets" / "web"
    capacity: int = 5000
    waiting: int = 1000
    per_address: int = 6000
    origins: tuple[str, ...] = ()
    room: str = ""
    behind_proxy: bool = False
    name: str = "gateway"
    first: int = 1
    step: int = 1
    secret: str = ""
    broker: str = ""
    show: str = "xitai"
