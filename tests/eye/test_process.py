"""The real process, a real hub, real files, a real MJPEG server."""

from __future__ import annotations

import base64
import http.server
import multiprocessing
import os
import queue
import re
import sys
import threading
import time
from contextlib import contextmanager

import cv2
import msgspec
import numpy as np
import pytest

from controllers.eye.capture import Capture
from controllers.eye.clip import pictures
from controllers.eye.feed import Feed
from controllers.eye.picture import grey_of
from controllers.eye.process import resting, run
from controllers.eye.settings import EyeSettings
from controllers.eye.source import Source
from engine.core.silhouette import mask_of
from engine.link import Hub, Order, Report, Signals
from engine.sight import Sight
from engine.supervise import Board

from .conftest import write

pytestmark = pytest.mark.slow


@contextmanager
def eye_process(hub, source, **more):
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=run, args=(EyeSettings(source, hub.port, "word", **more),), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


@pytest.fixture
def heard():
    return queue.Queue()


@pytest.fixture
def hub(heard):
    hub = Hub(0, "word", lambda role, message: heard.put((role, message)))
    yield hub
    hub.close()


def wait_for(heard, what, seconds=20.0):
    """The first thing `what(message)` finds, within so many seconds."""
    end = time.monotonic() + seconds
    while True:
        role, message = heard.get(timeout=max(0.01, end - time.monotonic()))
        assert role == "eye"
        found = what(message)
        if found:
            return found


def gesture(name):
    def look(message):
        if isinstance(message, Signals):
            return next((s for s in message.signals if s.address == f"camera/{name}"), None)
        return None

    return look


def report(ok):
    return lambda m: next((h for h in m.health if h.ok is ok), None) if isinstance(m, Report) else None


def test_a_file_is_seen_from_the_stage(hub, heard, lifts_mp4):
    with eye_process(hub, str(lifts_mp4)) as process:
        raised = wait_for(heard, gesture("raise"))
        assert raised.kind == "trigger" and 0.5 <= raised.value <= 1
        assert 0 <= time.monotonic() - raised.at < 0.5
        energy = wait_for(heard, gesture("energy"))
        assert energy.kind == "level" and 0 <= energy.value <= 1
        assert "pictures a second" in wait_for(heard, report(True)).detail
        hub.send("eye", Order("stop"))
        process.join(10)
        assert process.exitcode == 0


def order(name):
    return lambda m: m if isinstance(m, Order) and m.name == name else None


def test_orders_are_obeyed(hub, heard, lifts_mp4):
    with eye_process(hub, str(lifts_mp4)):
        wait_for(heard, gesture("energy"))
        hub.send("eye", Order("silhouette", True))
        assert mask_of(wait_for(heard, order("silhouette")).value).shape == (72, 128)
        hub.send("eye", Order("learn", 0.5))
        assert wait_for(heard, order("learnt")).value["fps"] > 5
        hub.send("eye", Order("arm", [1, 2]))
        hub.send("eye", Order("no such order"))
        hub.send("eye", Order("mode", "crowd"))
        wait_for(heard, gesture("zone/left"))


def test_it_beats_while_it_works_and_stops_when_the_supervisor_says(hub, heard, lifts_mp4):
    board = Board()
    settings = EyeSettings(str(lifts_mp4), hub.port, "word")
    process = multiprocessing.get_context("spawn").Process(target=run, args=(settings, board), daemon=True)
    process.start()
    wait_for(heard, gesture("energy"))
    assert board.beats > 0
    board.stop()
    process.join(10)
    assert process.exitcode == 0


def test_what_the_console_asks_changes_what_is_seen(hub, heard, lifts, lifts_mp4):
    def dark_side(message):
        """-1 where the left half is darker than the right, 1 otherwise; None if it is no picture in cells."""
        if (found := order("aim")(message)) is None:
            return None
        cells = np.frombuffer(base64.b64decode(found.value["cells"]), np.uint8).reshape(27, 48)
        return np.sign(float(cells[:, :24].mean()) - float(cells[:, 24:].mean()))

    with eye_process(hub, str(lifts_mp4)):
        wait_for(heard, gesture("energy"))
        hub.send("eye", Order("aim", True))
        plain = wait_for(heard, dark_side)
        hub.send("eye", Order("tune", Sight(mirror=True).lines()))
        wait_for(heard, lambda m: dark_side(m) == -plain)
        nowhere = (0.0, 0.95, 0.05, 1.0)
        hub.send("eye", Order("tune", Sight(mode="crowd", zone=nowhere).lines()))
        wait_for(heard, gesture("zone/left"))
        hub.send("eye", Order("tune", {"zone": "all of it"}))
        hub.send("eye", Order("tune", "nonsense"))
        hub.send("eye", Order("tune", Sight(zone=nowhere).lines()))
        wait_for(heard, lambda m: (s := gesture("spread")(m)) and s.value == 0.0)


def test_a_room_that_cannot_be_seen_is_not_learnt_for_ever(hub, heard):
    with eye_process(hub, "no such camera"):
        wait_for(heard, report(False))
        hub.send("eye", Order("learn", 0.3))
        assert "no pictures" in wait_for(heard, order("learnt")).value["advice"][0][1]


def test_an_absent_camera_is_said_and_taken_up_when_it_comes(hub, heard, lifts_mp4, tmp_path):
    late = tmp_path / "later.mp4"
    late.symlink_to(tmp_path / "nothing.mp4")
    with eye_process(hub, f"file://{late}"):
        said = wait_for(heard, report(False))
        assert "cannot be opened" in said.detail or "opening" in said.detail
        os.link(lifts_mp4, tmp_path / "nothing.mp4")
        begun = time.monotonic()
        wait_for(heard, gesture("energy"))
        assert time.monotonic() - begun < 4.0


def test_a_frozen_picture_is_seen_within_a_second(hub, heard, lifts, tmp_path):
    path = write(tmp_path / "frozen.mp4", [*lifts[1][:30], *[lifts[1][30]] * 90])
    with eye_process(hub, str(path), loop=False):
        wait_for(heard, gesture("energy"))
        said = wait_for(heard, lambda m: (h := report(False)(m)) and "frozen" in h.detail and h)
        assert said.name == "camera"


class Stream(http.server.BaseHTTPRequestHandler):
    """An MJPEG camera on the network."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        try:
            for k in range(100_000):
                picture = self.server.pictures[k % len(self.server.pictures)]
                picture = cv2.resize(picture, self.server.size)
                jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
                head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                self.wfile.write(head.encode() + jpeg + b"\r\n")
                if self.server.over.wait(1 / 30):
                    return
        except OSError:
            return

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def stream(pictures, port=0):
    server = Server(("127.0.0.1", port), Stream)
    server.pictures, server.over, server.size = pictures, threading.Event(), (320, 180)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def test_a_network_camera_is_read_lost_and_found_again(lifts):
    with stream(lifts[1]) as server:
        port = server.server_address[1]
        capture = Capture(Source.of(f"http://127.0.0.1:{port}/"))
        first = capture.newest(10.0)
        assert first is not None and first.first and first.grey.shape == (180, 320)
    while capture.newest(1.5) is not None:
        pass
    assert "trying again" in capture.notice or "cannot be opened" in capture.notice
    with stream(lifts[1], port):
        again = capture.newest(10.0)
        assert again is not None and again.first
        capture.close()


def test_a_network_camera_of_another_size_starts_anew_and_is_named(hub, heard, lifts):
    with stream(lifts[1]) as server:
        server.size = 1280, 720
        with eye_process(hub, f"http://127.0.0.1:{server.server_address[1]}/"):
            wait_for(heard, gesture("energy"))
            server.size = 640, 480
            said = wait_for(heard, report(False))
            while "opening" in said.detail:
                said = wait_for(heard, report(False))
            assert "was 1280x720 and is now 640x480" in said.detail


def test_the_pictures_of_a_live_address_are_timed_by_the_clock(lifts):
    with stream(lifts[1]) as server:
        found = pictures(f"http://127.0.0.1:{server.server_address[1]}/")
        begun = time.monotonic()
        times = [next(found)[0] for _ in range(40)]
        assert times[-1] <= time.monotonic() - begun < times[-1] + 1.0
        assert np.diff(times).min() > 0
        found.close()


def test_a_film_at_an_address_keeps_its_own_pace(lifts_mp4):
    capture = Capture(Source.of(f"file://{lifts_mp4}"))
    first = capture.newest(10.0)
    for _ in range(15):
        later = capture.newest(1.0)
    assert later.at - first.at > 0.45 and capture.notice == ""
    capture.close()


def test_a_film_of_one_picture_does_not_spin(lifts, tmp_path):
    capture = Capture(Source.of(str(write(tmp_path / "one.mp4", lifts[1][:1]))))
    count, end = 0, time.monotonic() + 1.5
    while time.monotonic() < end:
        count += capture.newest(0.05) is not None
    assert 1 <= count <= 5
    capture.close()


def test_a_torn_picture_is_passed_over_and_any_size_is_read_small(lifts):
    whole = cv2.imencode(".jpg", cv2.resize(lifts[1][0], (1920, 1080)))[1]
    small = cv2.imencode(".jpg", cv2.resize(lifts[1][0], (321, 181)))[1]

    class Line:
        packets = [whole[:500], whole, small[:80], small]

        def get(self, fact):
            return cv2.VideoWriter.fourcc(*"MJPG")

        def set(self, fact, value):
            return True

        def read(self):
            return (True, self.packets.pop(0)) if self.packets else (False, None)

    feed = Feed(Line(), live=True, packets=True)
    assert feed.read().shape == (270, 480) and feed.size == (1920, 1080)
    assert feed.read().shape == (181, 321) and feed.size == (321, 181)
    assert feed.read() is None
    Line.packets.append(np.zeros((1, 0), np.uint8))
    assert feed.read() is None, "OpenCV raises at an empty one"


def test_no_piece_of_a_picture_is_sent_or_written(hub, heard, tmp_path, monkeypatch):
    rng = np.random.Generator(np.random.PCG64(7))
    film = [rng.integers(0, 255, (180, 320), np.uint8) for _ in range(12)]
    out = cv2.VideoWriter(
        str(tmp_path / "noise.avi"), cv2.VideoWriter.fourcc(*"FFV1"), 15, (320, 180), isColor=False
    )
    for picture in film:
        out.write(picture)
    out.release()
    assert np.array_equal(grey_of(Source.of(str(tmp_path / "noise.avi")).open().read()), film[0])
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.chdir(kept)
    monkeypatch.setenv("TMPDIR", str(kept))
    with eye_process(hub, str(tmp_path / "noise.avi"), silhouette=True):
        wait_for(heard, report(True))
        for name, value in (("aim", True), ("learn", 0.5), ("silhouette", True)):
            hub.send("eye", Order(name, value))
        sent = []
        wait_for(heard, lambda m: sent.append(m) or order("learnt")(m))
    assert {m.name for m in sent if isinstance(m, Order)} >= {"aim", "silhouette", "learnt"}
    words = b"".join(msgspec.json.encode(m) for m in sent)
    words += b"".join(base64.b64decode(text) for text in re.findall(rb'"([A-Za-z0-9+/=]{40,})"', words))
    pieces = [
        picture[row, at : at + 8].tobytes() for picture in film for row in range(180) for at in (0, 160)
    ]
    assert not [piece for piece in pieces if piece in words]
    assert list(kept.iterdir()) == []


def test_a_blind_eye_lets_every_level_rest(hub, heard, lifts):
    with (
        stream(lifts[1]) as server,
        eye_process(hub, f"http://127.0.0.1:{server.server_address[1]}/", mode="crowd"),
    ):
        wait_for(heard, lambda m: (s := gesture("zone/middle")(m)) and s.value > 0.2)
        server.over.set()
        blind = wait_for(heard, lambda m: (s := gesture("quality")(m)) and s.value == 0 and m)
        assert gesture("zone/middle")(blind).value == 0
        rest = {
            s.address: s.value for s in resting(["zone/middle", "rise/middle", "lean", "sway_hz", "x"], 0.0)
        }
        assert rest["camera/zone/middle"] == rest["camera/sway_hz"] == 0 and "camera/x" not in rest
        assert rest["camera/rise/middle"] == rest["camera/lean"] == 0.5


def test_only_the_newest_picture_is_kept(lifts_mp4):
    capture = Capture(Source.of(str(lifts_mp4)))
    first = capture.newest(10.0)
    assert first is not None and capture.newest(0.0) is None
    second = capture.newest(1.0)
    assert second is not None and 0 < second.at - first.at < 0.5
    capture.close()


def test_the_eye_imports_no_pygame():
    code = "import sys; import controllers.eye.process; sys.exit('pygame' in sys.modules)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
