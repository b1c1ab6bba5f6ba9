"""The command line as a person uses it: real processes, their words and their exit codes."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.address import free_port
from tests.running import ROOT, Running

pytestmark = pytest.mark.slow

BROKEN = """
titel = ["戏", "Show"]
[[cue]]
number = "1"
scene = "papr"
[[cue]]
number = "2"
scene = "paper"
fade = -3
params = { densety = 0.5 }
trigger = ["wavee"]
"""


def xitai(*words: str, wait: float = 100) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run_show.py"), *words]
    environment = {**os.environ, "SDL_AUDIODRIVER": "dummy"}
    return subprocess.run(command, capture_output=True, text=True, timeout=wait, cwd=ROOT, env=environment)


def test_check_names_five_mistakes_and_a_good_show_is_well(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(BROKEN, "utf-8")
    bad = xitai("check", str(tmp_path))
    assert bad.returncode == 1 and bad.stdout.count("show.toml") == 5 and "5 mistakes" in bad.stdout
    for show in sorted(p.name for p in (ROOT / "assets" / "shows").iterdir()):
        good = xitai("check", show)
        assert good.returncode == 0 and "all well" in good.stdout, good.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--headles"], "--headles"),
        (["--size", "big"], "1920x1080"),
        (["--port", "99999"], "1..65535"),
        (["--seconds", "-1"], "above 0"),
        (["nowhere-at-all", "--headless"], "no show.toml"),
        (["--broker", "10.0.0.5", "--headless"], "nats://10.0.0.5:4222"),
        (["--broker", "nats://127.0.0.1:4222", "--known-as", "a.b", "--headless"], "no name for a show"),
        (["gestures", "nowhere.mp4"], "nowhere.mp4"),
        (["replay", "nowhere.jsonl"], "nowhere.jsonl"),
        (["render", "yiye", "--out", "/nowhere/at/all.mp4", "--seconds", "1"], "/nowhere/at"),
        (["render", "yiye"], "--out"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_with_exit_code_2(words: list[str], said: str) -> None:
    result = xitai(*words)
    assert result.returncode == 2, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1 and said in lines[0] and "Traceback" not in result.stderr


def test_a_busy_port_is_named_and_its_owner_undisturbed() -> None:
    with socket.socket() as owner:
        owner.bind(("", 0))
        owner.listen()
        port = owner.getsockname()[1]
        result = xitai("--headless", "--port", str(port))
        assert result.returncode == 3 and str(port) in result.stderr and "--port" in result.stderr
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            pass


def hashes(folder: Path) -> list[str]:
    return [sha256(p.read_bytes()).hexdigest() for p in sorted(folder.glob("*.png"))]


def test_render_is_the_same_twice_and_another_seed_is_not(tmp_path: Path) -> None:
    for name, seed in (("one", "5"), ("two", "5"), ("three", "6")):
        words = ["--from", "6", "--seconds", "1", "--every", "20", "--size", "320x180", "--seed", seed]
        result = xitai("render", "yiye", "--out", str(tmp_path / name), *words)
        assert result.returncode == 0, result.stderr
    one, two, three = (hashes(tmp_path / name) for name in ("one", "two", "three"))
    assert len(one) == 3 and one == two and one != three


def test_a_new_show_is_well_and_renders(tmp_path: Path) -> None:
    made = xitai("new", str(tmp_path / "mine"))
    assert made.returncode == 0 and "scenes/first.py" in made.stdout
    scene = (tmp_path / "mine" / "scenes" / "first.py").read_text("utf-8")
    assert len([line for line in scene.splitlines() if line.strip()]) <= 20, "a first scene is short"
    assert xitai("check", str(tmp_path / "mine")).returncode == 0
    out = tmp_path / "frames"
    assert (
        xitai(
            "render", str(tmp_path / "mine"), "--out", str(out), "--seconds", "0.1", "--size", "320x180"
        ).returncode
        == 0
    )
    assert len(hashes(out)) == 6


def test_preflight_looks_through_the_camera_and_asks_for_a_mirror(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    out = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"mp4v"), 30, (64, 36))
    for _ in range(3):
        out.write(np.full((36, 64, 3), 90, np.uint8))
    out.release()
    (tmp_path / "text.mp4").write_text("no film")
    (tmp_path / "venue.toml").write_text("[camera]\nmirror = true\n")
    words = ("preflight", "--port", str(free_port()), "--camera")
    plain = xitai(*words, str(clip)).stdout
    assert "green  camera" in plain and "amber  mirror" in plain
    assert "lobby" in plain and "mirror = true" in plain and "画出走动的人" in plain
    assert "mirror" not in xitai(*words, str(clip), "--venue", str(tmp_path / "venue.toml")).stdout
    blind = xitai(*words, str(tmp_path / "text.mp4"))
    assert blind.returncode == 1 and "gives no picture" in blind.stdout and "mirror" not in blind.stdout


def test_devices_and_preflight_say_what_is_there() -> None:
    found = xitai("devices")
    assert found.returncode == 0 and all(
        kind in found.stdout for kind in ("camera", "midi", "display", "sound")
    )
    looked = xitai("preflight", "--port", str(free_port()))
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "green  show" in looked.stdout.replace("  ", " ").replace("green show", "green  show")


def test_an_unattended_evening_ends_by_itself_and_leaves_statistics_and_a_log(tmp_path: Path) -> None:
    stats, log = tmp_path / "out.json", tmp_path / "evening.jsonl"
    words = ["--headless", "--seconds", "6", "--autoplay", "--size", "320x180", "--midi", "none"]
    result = xitai(*words, "--port", str(free_port()), "--stats", str(stats), "--record", str(log))
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads(stats.read_text())
    assert set(report) >= {"frames", "fps", "frame_ms", "phases_ms", "latency_ms", "scenes", "phones"}
    assert set(report["scenes"]) >= {"lobby", "paper", "leather", "iron"}
    again = tmp_path / "again"
    for name in ("one", "two"):
        replayed = xitai("replay", str(log), "--out", str(again / name), "--size", "160x90")
        assert replayed.returncode == 0, replayed.stderr
    assert len(hashes(again / "one")) >= 300 and hashes(again / "one") == hashes(again / "two")


def test_a_killed_stage_comes_back_at_the_same_cue(tmp_path: Path) -> None:
    running = Running("--from", "6")
    try:
        before = running.until(lambda h: h.get("cue") == "6" and h["frame"] > 60, "playing")
        os.kill(running.children()[0], 9)
        after = running.until(lambda h: h["frame"] > before["frame"] + 30 and h["age_s"] < 0.5, "back")
        assert after["cue"] == "6" and after["scene"] == "paper"
    finally:
        said = running.finish()
    assert "bringing it back" in said and running.process.returncode == 0


def test_a_killed_gateway_comes_back_on_the_same_port() -> None:
    running = Running("--from", "6")
    try:
        running.until(lambda h: h.get("cue") == "6", "playing")
        os.kill(running.children()[1], 9)
        running.until(lambda h: h.get("stage") and h["cue"] == "6", "serving again")
    finally:
        running.finish()


def test_a_show_and_a_further_gateway_meet_at_a_broker() -> None:
    program = shutil.which("nats-server") or "/usr/sbin/nats-server"
    port, door = free_port(), free_port()
    broker = ["--broker", f"nats://127.0.0.1:{port}", "--known-as", "evening"]
    command = [sys.executable, str(ROOT / "run_show.py"), "gateway", *broker, "--host", "127.0.0.1"]
    with (
        subprocess.Popen([program, "-a", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL) as nats,
        subprocess.Popen([*command, "--port", str(door)], cwd=ROOT) as further,
    ):
        running = Running(*broker)
        try:
            near, running.url = running.url, f"http://127.0.0.1:{door}"
            running.until(lambda h: h.get("stage") and h["scene"], "met the stage")
            assert xitai("crowd", running.url, "--phones", "3", "--seconds", "3").returncode == 0
            running.url = near
            assert running.health()["stage"]
        finally:
            running.finish()
            further.send_signal(2)
            nats.terminate()
    assert further.returncode == 0
