"""Pages from memory: read once, pressed once, served with a policy that lets nothing foreign in."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import mimetypes
import re
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from engine.companion import bundle

log = logging.getLogger(__name__)

NAMES = {"/": "index.html", "/console": "console.html"}
START = "js/page.js"  # the audience page: sewn with all it imports
VIEWS = "views/"  # sewn into a second script
_PRESSED = (".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt")
_HOST = re.compile(r"^[A-Za-z0-9.\-]+(:\d+)?$|^\[[0-9A-Fa-f:]+\](:\d+)?$")
_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def policy(host: str) -> str:
    """The content security policy for a page served as `host`.

    Older Safari and WeChat do not count a socket to the same host as 'self', so it is named.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.match(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; "
        f"img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'{sockets}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One file as it goes out."""

    kind: str
    body: bytes
    pressed: bytes | None
    etag: str


def load(folder: Path) -> dict[str, Page]:
    """Every file below `folder` by the path it is asked for, and the audience's scripts sewn together.

    `/web/page.js` is all a phone needs to come in, `/web/views.js` every view it may be shown later, and
    `/web/view/NAME.js` one of them alone. OSError if the folder cannot be read, ValueError if the page's own
    script cannot be sewn; a view that cannot is left out, and named in the log.
    """
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }
    pages = {"/web/" + name: _page(name, body) for name, body in files.items()}
    scripts = {name: body.decode() for name, body in files.items() if name.endswith(".js")}
    if START in scripts:
        pages |= {"/web/" + name: _page(name, script.encode()) for name, script in _sewn(scripts).items()}
    for path, name in NAMES.items():
        if (page := pages.get("/web/" + name)) is not None:
            pages[path] = page
    return pages


def _sewn(scripts: dict[str, str]) -> dict[str, str]:
    first = bundle.order(scripts, [START])
    later: list[str] = []
    sewn: dict[str, str] = {}
    for name in scripts:
        if not name.startswith(VIEWS) or name in first:
            continue
        try:
            own = [module for module in bundle.order(scripts, [name]) if module not in first]
            sewn["view/" + name.removeprefix(VIEWS)] = bundle.sew(scripts, own)
        except ValueError as error:
            log.warning("a view is left out: %s", error)
            continue
        later += [module for module in own if module not in later]
    names = json.dumps([name[len("view/") : -len(".js")] for name in sewn])
    page = f"{bundle.TABLE} = {{ views: {names} }};\n{bundle.sew(scripts, first)}"
    return {**sewn, "page.js": page, "views.js": bundle.sew(scripts, later)}


def answer(pages: dict[str, Page], request: Request) -> Response:
    """The page a request asks for, 304 when the browser has it, 404 when there is none."""
    page = pages.get(request.path.partition("?")[0])
    if page is None:
        return text(HTTPStatus.NOT_FOUND, "There is no such page.\n")
    headers = Headers(_GUARDS)
    headers["Content-Security-Policy"] = policy(request.headers.get("Host", ""))
    headers["Cache-Control"] = "no-cache"
    headers["Vary"] = "Accept-Encoding"
    headers["ETag"] = page.etag
    if request.headers.get("If-None-Match") == page.etag:
        return _response(HTTPStatus.NOT_MODIFIED, headers, b"")
    body = page.body
    if page.pressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = page.pressed
        headers["Content-Encoding"] = "gzip"
    headers["Content-Type"] = page.kind
    return _response(HTTPStatus.OK, headers, body)


def text(status: HTTPStatus, body: str, *, kind: str = "text/plain; charset=utf-8") -> Response:
    """A short answer that is no file."""
    headers = Headers(_GUARDS)
    headers["Content-Type"] = kind
    headers["Cache-Control"] = "no-store"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return _response(status, headers, body.encode())


def _response(status: HTTPStatus, headers: Headers, body: bytes) -> Response:
    headers["Content-Length"] = str(len(body))
    headers["Connection"] = "close"
    return Response(status.value, status.phrase, headers, body)


def _page(name: str, body: bytes) -> Page:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        kind = "text/javascript"  # some systems' tables say text/plain, which browsers refuse
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    pressed = gzip.compress(body, 9, mtime=0) if name.endswith(_PRESSED) else None
    return Page(kind, body, pressed, f'"{hashlib.sha256(body).hexdigest()[:16]}"')
