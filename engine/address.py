"""Ports and addresses of this machine, as guests' phones will see it."""

from __future__ import annotations

import secrets
import socket
from urllib.parse import urlsplit

LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"  # none that is taken for another


def taken(port: int) -> bool:
    """Whether another program already serves this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return True
    return False


def free_port() -> int:
    """A loopback port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def room_code(wanted: str) -> str:
    """The evening's four letters: the venue's own, fresh ones for "new", or none."""
    return "".join(secrets.choice(LETTERS) for _ in range(4)) if wanted == "new" else wanted.upper()


def hall_address(given: str, port: int, room: str = "") -> str:
    """What guests open: the venue's own address, or this machine's on the hall's network; with the room's
    code in it, so that who scans need not type."""
    address = given or f"http://{_own()}:{port}/"
    address = address if "://" in address else f"http://{address}"
    if not room:
        return address
    return f"{address}{'' if urlsplit(address).path else '/'}?r={room}"


def _own() -> str:
    """This machine's address towards its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737): only routing is asked
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def announce(address: str, port: int, pin: str) -> list[str]:
    """What the person at the terminal opens."""
    pages = address.partition("?")[0].rstrip("/")
    return [
        f"观众 audience  {address}",
        f"控台 console   {pages}/console   PIN {pin}   (here: http://127.0.0.1:{port}/console)",
    ]
