"""A playhouse for real browsers: the gateway in its own process, the test as the stage behind it."""

from __future__ import annotations

import multiprocessing
import os
import queue
import shutil
import signal
import socket
import sys
import time
from collections import deque
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from engine.companion.gateway import GatewaySettings, run
from engine.link import Hello, Hub, Picture, Signals, Snapshot

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "assets" / "web"
PIN = "4711"
PATIENCE = 10.0  # seconds anything may take on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# A server that has the gateway loaded already forks faster than a fresh interpreter starts.
PROCESSES = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
PROCESSES.set_forkserver_preload(["engine.companion.gateway"])

CUES = [
    {"number": "1", "title": ["候场", "Lobby"], "scene": "lobby", "prompt": ["开门", "Doors open"]},
    {"number": "2", "title": ["窗花", "Paper"], "scene": "paper", "prompt": ["雪光起", "Snow light"]},
    {"number": "3", "title": ["影", "Leather"], "scene": "leather", "prompt": ["灯亮", "Lamp lit"]},
]
DESK = {
    "show": ["一叶晋风", "One Leaf"], "mode": "rehearse", "cues": CUES, "live": "1", "standby": "2",
    "live_s": 3.0, "cap_s": 55, "guard_ms": 300, "guarded": False,
    "master": {"level": 1.0, "blackout": False, "freeze": False, "curtain": False}, "fade": 1.0,
    "knobs": [{"name": "petals", "label": ["花瓣", "Petals"], "raw": 0.5, "value": 8, "low": 3, "high": 24}],
    "meters": {"camera/energy": 0.4}, "devices": [{"name": "camera", "ok": False, "detail": "not found"}],
    "fps": 60.0, "frame_ms": {"p50": 5.0, "p95": 7.0, "p99": 9.0, "max": 11.0}, "autoplay": False,
    "messages": ["Doors open."], "crowd": {},
}  # fmt: skip


class Playhouse:
    """A gateway that can be killed and started again on its port, and the stage it talks to."""

    pin = PIN

    def __init__(self):
        self._heard = queue.Queue()
        self._signals = deque()
        self.falls = 0  # how often the gateway was killed
        self.hub = Hub(0, "one-evening", lambda role, message: self._heard.put((role, message)))
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.begin()
        self.start()

    def begin(self):
        """An empty evening: nobody drawn, nothing asked, the desk as it opens."""
        self.house = {
            "epoch": "e1",
            "frame": 0,
            "time": 0.0,
            "cue": "1",
            "title": ["窗花", "Paper"],
            "scene": "paper",
        }
        self.house |= {"seen": 0, "dark": False, "companion": {"view": "wait", "verbs": []}}
        self.desk = dict(DESK)
        self._signals.clear()
        while not self._heard.empty():
            self._heard.get()

    def start(self, *, heard=True, **limits):
        """A gateway, which has `heard` the stage or not yet."""
        place = {"host": "127.0.0.1", "port": self.port, "hub_port": self.hub.port}
        settings = GatewaySettings(**place, token="one-evening", pin=PIN, web_dir=PAGES, **limits)
        self._process = PROCESSES.Process(target=run, args=(settings,), daemon=True)
        self._process.start()
        self._until(lambda message: isinstance(message, Hello))
        if heard:
            self.tell()

    def kill(self):
        self.falls += 1
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join(PATIENCE)

    def close(self):
        self.kill()
        self.hub.close()

    def tell(self, *, desk=None, companion=None, **house):
        """Send what the stage shows, as it would a frame later."""
        self.house.update(house)
        if companion:
            self.house["companion"] = {"verbs": [], "line": ["", ""], **companion}
        self.desk.update(desk or {})
        self.house["frame"] += 1
        self.house["time"] = self.house["frame"] / 60
        self.hub.send("gateway", Snapshot(dict(self.house), dict(self.desk)))

    def picture(self, jpeg):
        self.hub.send("gateway", Picture(jpeg))

    def signal(self, address, when=lambda signal: True):
        """The next signal of this address that fits; others before it are passed over."""
        while True:
            signal_ = self._next()
            if signal_.address == address and when(signal_):
                return signal_

    def signals_until(self, address):
        """Addresses of all signals up to the first of this one."""
        passed = [self._next().address]
        while passed[-1] != address:
            passed.append(self._next().address)
        return passed

    def _next(self):
        """One signal; the window it came in is drawn, so that phones see it on stage."""
        while not self._signals:
            message = self._until(lambda message: message if isinstance(message, Signals) else None)
            self._signals.extend(message.signals)
            if message.window:
                self.tell(seen=message.window)
        return self._signals.popleft()

    def _until(self, wanted):
        end = time.monotonic() + PATIENCE
        while True:
            _role, message = self._heard.get(timeout=max(0.01, end - time.monotonic()))
            if found := wanted(message):
                return found


@pytest.fixture(scope="module")
def building():
    house = Playhouse()
    yield house
    house.close()


@pytest.fixture
def playhouse(building):
    """The playhouse at the beginning of an evening; guest numbers run on."""
    building.begin()
    building.tell()
    return building


@pytest.fixture(scope="module")
def chromium():
    """The system's Chromium; without one these tests fail, they are never skipped."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, f"no browser found: install one of {', '.join(CHROMIUM)}"
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as play:
        alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # a hall without internet
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", alone])
        yield browser
        browser.close()


class Visit:
    """One page in a browser of its own, and what went wrong in it."""

    def __init__(self, browser, house, url, *, lang="zh-CN", size=(360, 740), **context):
        self._house, self._falls = house, house.falls
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=lang, has_touch=True, **context
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.origin, self.troubles, self.unanswered, self.asked, self.bytes = url, [], [], [], 0
        self._meant, self.foreseen = "", []
        self.page.on("pageerror", lambda error: self._trouble(str(error)))
        self.page.on("console", self._complaint)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("response", self._weigh)

    def _complaint(self, message):
        # The browser itself writes a line for each socket that finds nobody; that is no error of the page.
        if message.type not in ("error", "warning") or "WebSocket connection" in message.text:
            return
        self._trouble(message.text)

    def foresee(self, text):
        """The test breaks something: lines with `text` in them are `foreseen`, however late they are said."""
        self._meant = text

    def _trouble(self, line):
        lost = line.startswith("Failed to load resource: net::ERR_CONNECTION_")
        meant = self._meant and self._meant in line
        (self.foreseen if meant else self.unanswered if lost else self.troubles).append(line)

    def _weigh(self, response):
        self.bytes += int(response.headers.get("content-length", 0))

    def leave(self):
        self.context.close()
        ours = (self.origin, self.origin.replace("http", "ws", 1), f"blob:{self.origin}", "data:")
        strangers = [address for address in self.asked if not address.startswith(ours)]
        assert not self.troubles, self.troubles
        # A killed gateway answers nobody, and a page may ask for its later views at any moment.
        assert not self.unanswered or self._house.falls > self._falls, self.unanswered
        assert not strangers, strangers


@pytest.fixture
def visit(chromium, playhouse):
    """`visit("/console", lang="en-GB")` opens a page; afterwards it must have had no trouble."""
    open_ = []

    def go(path="/", *, start=True, origin=None, **facts):
        one = Visit(chromium, playhouse, origin or playhouse.url, **facts)
        open_.append(one)
        if start:
            one.page.goto(playhouse.url + path)
        return one

    yield go
    for one in open_:
        one.leave()
