"""The front door: which request gets a page, which a socket, and which is turned away."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from engine.companion import pages
from engine.companion.settings import GatewaySettings

SOCKETS = ("/ws", "/ws/console")
JSON = "application/json"
PROMETHEUS = "text/plain; version=0.0.4"


class Door:
    """Answers the HTTP side. `reports` maps a path to (content type, function giving the text)."""

    def __init__(self, settings: GatewaySettings, reports: dict[str, tuple[str, Callable[[], str]]]) -> None:
        self._settings, self._reports = settings, reports
        self._pages = pages.load(settings.web_dir)

    def answer(self, _: object, request: Request) -> Response | None:
        """An answer to a plain request; None lets a socket in."""
        path = request.path.partition("?")[0]
        if path in SOCKETS:
            if self._own_page(request):
                return None
            return pages.text(HTTPStatus.FORBIDDEN, "Not from another page.\n")
        if request.method not in ("GET", "HEAD"):
            return pages.text(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET is answered here.\n")
        response = self._report(path) if path in self._reports else pages.answer(self._pages, request)
        if request.method == "HEAD":
            response.body = b""
        return response

    def _report(self, path: str) -> Response:
        kind, report = self._reports[path]
        return pages.text(HTTPStatus.OK, report(), kind=kind)

    def address(self, connection: ServerConnection) -> str:
        """Where a socket comes from; used for counting only, never kept."""
        if self._settings.behind_proxy and connection.request is not None:
            forwarded = connection.request.headers.get("X-Forwarded-For", "")
            if forwarded:
                return forwarded.rpartition(",")[2].strip()
        return str(connection.remote_address[0]) if connection.remote_address else ""

    def _own_page(self, request: Request) -> bool:
        """Whether the page that opens a socket was served here (against cross-site socket hijacking)."""
        origin = request.headers.get("Origin", "")
        same = urlsplit(origin).netloc == request.headers.get("Host", "?")
        return same or origin in self._settings.origins
