"""Link between the stage and the other processes of a show: typed messages over a loopback socket.

`Hub` is the stage's end, `Peer` everyone else's; each has threads of its own, so that nobody who sends ever
waits for the one who reads. What is said, and how it becomes bytes, is in engine.wire.
"""

from __future__ import annotations

import hmac
import logging
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from engine.wire import (
    LIMIT,
    Frames,
    Hello,
    LinkError,
    Message,
    Order,
    Picture,
    Report,
    Signals,
    Snapshot,
    pack,
    unpack,
)

__all__ = [
    "LIMIT",
    "Frames",
    "Hello",
    "Hub",
    "LinkError",
    "Message",
    "Order",
    "Peer",
    "Picture",
    "Report",
    "Signals",
    "Snapshot",
    "pack",
    "unpack",
]

OUTBOX = 2_000  # messages waiting for one reader before the line is given up
HELLO_S = 5.0  # seconds a new line has to say who it is
BACKOFF_S = (0.05, 0.5)  # first and longest pause between two tries to connect

log = logging.getLogger(__name__)


class Line:
    """One open socket: a thread writes what is queued, whoever owns the line reads."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._frames = Frames()
        self._queue: deque[Message] = deque()
        self._slots: dict[type[Message], Message] = {}
        self._wake = threading.Condition()
        self._open = True
        threading.Thread(target=self._write, name="link-write", daemon=True).start()

    def send(self, message: Message) -> bool:
        """Queue in order; False if the line is closed or its reader hopelessly behind (which closes it)."""
        with self._wake:
            stuck = len(self._queue) >= OUTBOX
            if self._open and not stuck:
                self._queue.append(message)
                self._wake.notify()
                return True
        if stuck:
            log.warning("link: a reader is %d messages behind; its line is closed", OUTBOX)
            self.close()
        return False

    def offer(self, message: Message) -> None:
        """Put into the slot of its type: an older one not yet written is forgotten."""
        with self._wake:
            self._slots[type(message)] = message
            self._wake.notify()

    def read(self) -> list[Message]:
        """Wait for bytes and return the messages they complete; OSError or LinkError at the end of it."""
        data = self._sock.recv(65536)
        if not data:
            raise ConnectionResetError("line closed by the other end")
        return [unpack(kind, body) for kind, body in self._frames.feed(data)]

    def timeout(self, seconds: float | None) -> None:
        """How long `read` may wait."""
        self._sock.settimeout(seconds)

    def close(self) -> None:
        """Close the socket and end the writer; may be called twice, from any thread."""
        with self._wake:
            self._open = False
            self._wake.notify()
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()

    def _next(self) -> Message | None:
        with self._wake:
            self._wake.wait_for(lambda: self._queue or self._slots or not self._open)
            if not self._open:
                return None
            if self._queue:
                return self._queue.popleft()
            return self._slots.pop(next(iter(self._slots)))

    def _write(self) -> None:
        while (message := self._next()) is not None:
            try:
                self._sock.sendall(pack(message))
            except LinkError as error:
                log.error("link: %s; left out", error)
            except OSError:
                self.close()


class Hub:
    """The stage's end: listens on the loopback, one reader thread for each peer.

    `receive(role, message)` is called on those threads, first with the peer's own Hello. A restarted stage
    takes its port at once; port 0 takes a free one (see `port`). OSError if the port is busy.
    """

    def __init__(self, port: int, token: str, receive: Callable[[str, Message], None]) -> None:
        self._token, self._receive = token, receive
        self._lines: dict[str, Line] = {}
        self._lock = threading.Lock()
        self._open = True
        self._door = socket.create_server(("127.0.0.1", port), backlog=16)
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, name="link-hub", daemon=True).start()

    def send(self, role: str, message: Message) -> bool:
        """Queue for one role; False when nobody of that role is connected. Never waits."""
        line = self._line(role)
        return line is not None and line.send(message)

    def offer(self, role: str, message: Message) -> None:
        """Newest wins: for snapshots and pictures. Never waits."""
        line = self._line(role)
        if line is not None:
            line.offer(message)

    def roles(self) -> list[str]:
        """Who is connected."""
        with self._lock:
            return sorted(self._lines)

    def close(self) -> None:
        """Stop listening and close every line."""
        self._open = False
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes accept(), which close() alone does not
        self._door.close()
        with self._lock:
            lines = list(self._lines.values())
        for line in lines:
            line.close()

    def _line(self, role: str) -> Line | None:
        with self._lock:
            return self._lines.get(role)

    def _accept(self) -> None:
        while self._open:
            try:
                sock, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(Line(sock),), name="link-read", daemon=True).start()

    def _serve(self, line: Line) -> None:
        role = ""
        try:
            role, rest = self._greet(line)
            while True:
                for message in rest:
                    self._receive(role, message)
                rest = line.read()
        except LinkError as error:
            log.warning("link: %s dropped: %s", role or "a stranger", error)
        except OSError:
            pass
        finally:
            line.close()
            with self._lock:
                if self._lines.get(role) is line:
                    del self._lines[role]

    def _greet(self, line: Line) -> tuple[str, list[Message]]:
        """The peer's role and the messages that came with its Hello."""
        line.timeout(HELLO_S)
        messages: list[Message] = []
        while not messages:
            messages = line.read()
        hello = messages[0]
        if not isinstance(hello, Hello):
            raise LinkError(f"{type(hello).__name__} before Hello")
        if not hmac.compare_digest(hello.token.encode(), self._token.encode()):
            raise LinkError(
                f"wrong token from {hello.role[:32]!r}; all processes of a show need the same one"
            )
        line.timeout(None)
        with self._lock:
            older = self._lines.pop(hello.role, None)
            self._lines[hello.role] = line
        if older is not None:
            older.close()
        line.send(Hello("stage", ""))
        return hello.role, messages


class Peer:
    """The other end: connects by itself, and again for ever.

    `receive(message)` is called on the peer's own thread; after each connection first with the stage's Hello.
    """

    def __init__(self, port: int, token: str, role: str, receive: Callable[[Message], None]) -> None:
        self._port, self._hello, self._receive = port, Hello(role, token), receive
        self._line: Line | None = None
        self._over = threading.Event()
        self.connected = False
        self.dropped = 0
        self._thread = threading.Thread(target=self._keep, name=f"link-{role}", daemon=True)
        self._thread.start()

    def send(self, message: Message) -> bool:
        """Queue for the stage; dropped and counted when there is no connection. Never waits."""
        line = self._line
        sent = self.connected and line is not None and line.send(message)
        self.dropped += not sent
        return sent

    def close(self) -> None:
        """Close for good."""
        self._over.set()
        if (line := self._line) is not None:
            line.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=2.0)

    def _keep(self) -> None:
        pause, longest = BACKOFF_S
        while not self._over.is_set():
            if self._converse():
                pause = BACKOFF_S[0]
            self._over.wait(pause)
            pause = min(longest, pause * 1.6)

    def _converse(self) -> bool:
        """One connection from first to last; True if the stage took us in."""
        try:
            sock = socket.create_connection(("127.0.0.1", self._port), timeout=2.0)
        except OSError:
            return False
        line = self._line = Line(sock)
        try:
            if sock.getsockname() == sock.getpeername():
                return False  # a free loopback port can connect to itself
            line.timeout(None)
            line.send(self._hello)
            while not self._over.is_set():
                for message in line.read():
                    self.connected = True
                    self._receive(message)
        except LinkError as error:
            log.warning("link: stage dropped: %s", error)
        except OSError:
            pass
        except Exception:
            log.exception("link: a message could not be taken; connecting again")
        finally:
            was, self.connected = self.connected, False
            line.close()
        return was
