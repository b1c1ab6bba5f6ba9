"""Guests in a real browser, as the tests meet them."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from playwright.sync_api import expect


class Cable:
    """A way to the gateway that can be cut, and mended, without either end being told."""

    def __init__(self, port):
        self._far = ("127.0.0.1", port)
        self._near = socket.create_server(("127.0.0.1", 0))
        self.port = self._near.getsockname()[1]
        self._whole = threading.Event()
        self._whole.set()
        self._ends = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Nothing passes any more, neither way."""
        self._whole.clear()

    def mend(self):
        """Everything passes again; what was under way arrives late, as over the air."""
        self._whole.set()

    def close(self):
        self.mend()
        for end in (self._near, *self._ends):
            with suppress(OSError):
                end.close()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._near.accept()
                self._whole.wait()
                far = socket.create_connection(self._far)
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                self._whole.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


def joined(visit, **facts):
    """A guest who is in the house and has said nothing about a seat."""
    one = visit(**facts)
    root = one.page.locator("html")
    expect(root).to_have_attribute("data-linked", "yes")
    expect(root).to_have_attribute("data-view", "seat")
    one.number = int(root.get_attribute("data-guest"))
    one.page.get_by_role("button", name="跳过").or_(one.page.get_by_role("button", name="Skip")).click()
    return one


def seated_right(visit, **facts):
    """A guest who sits in the middle of the right-hand side."""
    one = visit(**facts)
    shown(one.page, "seat")
    one.page.get_by_role("button", name="中排右").press("Enter")
    shown(one.page, "wait")
    return one


def shown(page, view):
    expect(page.locator("html")).to_have_attribute("data-view", view)


def stocked(page, playhouse):
    """The later views are here: phones fetch them at leisure, or at once when one is wanted."""
    playhouse.tell(companion={"view": "leaf", "verbs": ["give"]})
    shown(page, "leaf")
