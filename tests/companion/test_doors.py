"""What the gateway lets in: pages, origins, the PIN, sizes, floods; and how it starts and stops."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest
from companion_house import TOKEN, play
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from engine.core.chance import stream
from engine.link import Hello, Hub, Order, Picture, Signals

pytestmark = pytest.mark.slow

START = (
    "import sys; from engine.companion.gateway import GatewaySettings, run; "
    "port, hub = map(int, sys.argv[1:]); "
    "run(GatewaySettings(host='127.0.0.1', port=port, hub_port=hub, token='one-evening'))"
)


@pytest.fixture
def web(tmp_path):
    (tmp_path / "js").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>戏台</title>" + "x" * 500, encoding="utf-8")
    (tmp_path / "console.html").write_text("<!doctype html><title>console</title>")
    (tmp_path / "js" / "phone.js").write_text("export const v = 1;")
    (tmp_path / "secret.txt").write_text("below the folder")
    return tmp_path


def test_pages_come_from_memory_with_a_strict_policy(web):
    async def scenario(house):
        status, headers, body = await house.get("/?r=KILN")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "戏台" in body.decode()
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert f"ws://{house.address}" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
        again = await house.get("/", **{"If-None-Match": headers["etag"]})
        assert (again[0], again[2]) == (304, b"")
        pressed = await house.get("/", **{"Accept-Encoding": "gzip, br"})
        assert pressed[1]["content-encoding"] == "gzip"
        assert len(pressed[2]) < len(body)
        assert (await house.get("/web/js/phone.js"))[1]["content-type"] == "text/javascript; charset=utf-8"
        assert (await house.get("/console"))[2].endswith(b"<title>console</title>")

    play(scenario, web_dir=web)


@pytest.mark.parametrize(
    "path", ["/nothing", "/web/", "/web/../pyproject.toml", "/web/%2e%2e/x", "/web//etc/passwd", "/WS"]
)
def test_no_path_leads_out_of_the_folder(web, path):
    async def scenario(house):
        assert (await house.get(path))[0] == 404

    play(scenario, web_dir=web / "js")


def test_a_policy_never_repeats_a_strange_host(web):
    async def scenario(house):
        _, headers, _ = await house.get("/", Host="evil; script-src *")
        assert "evil" not in headers.get("content-security-policy", "")

    play(scenario, web_dir=web)


def test_health_and_metrics():
    async def scenario(house):
        await house.guest()
        status, headers, body = await house.get("/health")
        health = json.loads(body)
        assert (status, headers["content-type"]) == (200, "application/json")
        assert set(health) == {"stage", "fps", "frame_ms", "cue", "scene", "frame", "phones", "age_s"}
        assert (health["stage"], health["scene"], health["phones"]) == (True, "paper", 1)
        metrics = (await house.get("/metrics"))[2].decode()
        assert "xitai_phones 1\n" in metrics
        assert "# TYPE xitai_messages_delivered_total counter" in metrics

    play(scenario)


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", None])
@pytest.mark.parametrize("path", ["/ws", "/ws/console"])
def test_another_sites_page_may_not_open_a_socket(path, origin):
    async def scenario(house):
        with pytest.raises(InvalidStatus) as refused:
            await house.socket(path, origin=origin)
        assert refused.value.response.status_code == 403

    play(scenario)


def test_a_named_origin_may():
    async def scenario(house):
        await (await house.socket(origin="https://show.example")).close()

    play(scenario, origins=("https://show.example",))


def test_more_sockets_from_one_address_than_allowed_are_sent_away():
    async def scenario(house):
        first = await house.guest()
        second = await house.socket()
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(second.recv(), 5)
        assert closed.value.rcvd.code == 1013
        await first.ws.close()
        while True:  # the place is free once the gateway has seen the socket end
            with suppress(ConnectionClosed):
                await house.guest()
                return

    play(scenario, per_address=1)


def test_a_wrong_pin_costs_time_and_the_right_one_opens():
    async def scenario(house):
        ws, answer = await house.console("0000")
        for _ in range(3):
            assert answer == {"t": "no", "why": "pin", "wait": 0.0} or answer == {"t": "no", "why": "pin"}
            await ws.send(json.dumps({"t": "pin", "pin": "0000"}))
            answer = json.loads(await ws.recv())
        await ws.send(json.dumps({"t": "pin", "pin": "0000"}))
        answer = json.loads(await ws.recv())
        assert (answer["why"], answer["wait"]) == ("locked", 1.0)
        _, other = await house.console()
        assert other["why"] == "locked"
        while other["t"] == "no":
            _, other = await house.console()
        assert other["t"] == "welcome"
        assert other["desk"]["fps"] == 60.0

    play(scenario)


def test_before_the_pin_nothing_is_obeyed():
    async def scenario(house):
        ws = await house.socket("/ws/console")
        await ws.send(json.dumps({"t": "do", "order": "go"}))
        assert json.loads(await ws.recv())["why"] == "form"
        console, _ = await house.console()
        await console.send(json.dumps({"t": "do", "order": "back"}))
        obeyed = []
        while not obeyed:
            message = await asyncio.wait_for(house.inbox.get(), 5)
            if isinstance(message, Signals):
                obeyed = [s.address for s in message.signals if s.address.startswith("console/")]
        assert obeyed == ["console/back"]

    play(scenario)


def test_orders_reach_the_stage():
    async def scenario(house):
        ws, _ = await house.console()
        for message in (
            {"t": "do", "order": "go"},
            {"t": "do", "order": "jump", "value": "3.5"},
            {"t": "knob", "name": "petals", "raw": 0.25},
            {"t": "master", "raw": 0.5},
            {"t": "act", "verb": "tap", "v": 0.75},
        ):
            await ws.send(json.dumps(message))
        assert (await house.signal("console/go"))[0].kind == "trigger"
        assert (await house.signal("console/jump"))[0].text == "3.5"
        knob, _ = await house.signal("console/knob/petals")
        assert (knob.value, knob.kind) == (0.25, "level")
        assert (await house.signal("console/master"))[0].value == 0.5
        assert (await house.signal("console/act/tap"))[0].value == 0.75
        for bad in (
            {"t": "do", "order": "jump"},
            {"t": "do", "order": "dance"},
            {"t": "knob", "name": "a b"},
        ):
            await ws.send(json.dumps(bad))
            answer = json.loads(await ws.recv())
            while answer["t"] != "no":
                answer = json.loads(await ws.recv())
            assert answer["why"] == "form"

    play(scenario)


def test_consoles_hear_what_changed_and_see_pictures_while_they_ask():
    async def scenario(house):
        ws, welcome = await house.console()
        assert (welcome["house"]["cue"], welcome["hall"]["phones"]) == ("1", 0)
        await house.tell(frame=2, cue="2")
        delta = json.loads(await ws.recv())
        while "house" not in delta:
            delta = json.loads(await ws.recv())
        assert delta["house"]["cue"] == "2"
        assert "companion" not in delta["house"]
        await ws.send(json.dumps({"t": "preview", "on": True}))
        message = await asyncio.wait_for(house.inbox.get(), 5)
        while message != Order("preview", True):
            message = await asyncio.wait_for(house.inbox.get(), 5)
        house.hub.offer("gateway", Picture(b"\xff\xd8jpeg"))
        picture = await ws.recv()
        while isinstance(picture, str):
            picture = await ws.recv()
        assert picture == b"\xff\xd8jpeg"
        await ws.close()
        message = await asyncio.wait_for(house.inbox.get(), 5)
        while message != Order("preview", False):
            message = await asyncio.wait_for(house.inbox.get(), 5)

    play(scenario)


def test_without_a_stage_an_order_is_refused_not_lost():
    async def scenario(house):
        ws, _ = await house.console()
        house.hub.close()
        answer = json.loads(await ws.recv())
        while answer.get("hall", {}).get("stage") is not False:
            answer = json.loads(await ws.recv())
        await ws.send(json.dumps({"t": "do", "order": "go"}))
        while answer.get("why") != "stage":
            answer = json.loads(await ws.recv())

    play(scenario)


@pytest.mark.parametrize(
    ("message", "code"),
    [("x" * 5000, 1009), ('{"t":"act","verb":"tap"}', 4000), ('{"t":"hello","v":99}', 4000), (b"\x00", 4000)],
    ids=["oversized", "no hello", "unknown version", "binary"],
)
def test_a_phone_that_begins_badly_is_sent_away(message, code):
    async def scenario(house):
        ws = await house.socket()
        await ws.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(ws.recv(), 5)
        assert closed.value.rcvd.code == code

    play(scenario)


def test_a_flood_of_nonsense_costs_the_sender_the_connection_and_nobody_else():
    async def scenario(house):
        rng = stream(3, "nonsense")
        calm, wild = await house.guest(), await house.guest()
        with suppress(ConnectionClosed):
            for _ in range(200):
                await wild.ws.send(rng.bytes(40))
        assert await wild.until_closed() == 4009
        await calm.act("tap")
        assert (await house.signal("phone/tap"))[0].number == calm.id

    play(scenario)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return sock.getsockname()[1]


def start(port, hub_port):
    return subprocess.Popen(
        [sys.executable, "-c", START, str(port), str(hub_port)], stderr=subprocess.PIPE, text=True
    )


def test_a_taken_port_is_one_clear_line_and_status_3():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(port, 9)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 3
    assert len(said.strip().splitlines()) == 1
    assert str(port) in said
    assert "--port" in said


async def _joined(port, token=None):
    """The welcome of a gateway that listens, and the open socket."""
    ws = await connect(f"ws://127.0.0.1:{port}/ws", origin=f"http://127.0.0.1:{port}", compression=None)
    await ws.send(json.dumps({"t": "hello", "v": 1, "resume": token}))
    return ws, json.loads(await ws.recv())


def test_a_killed_gateway_comes_back_with_the_same_guests_and_stops_politely():
    async def scenario():
        port = free_port()
        up = asyncio.Queue()  # a gateway greets the stage once it listens
        loop = asyncio.get_running_loop()
        hub = Hub(0, TOKEN, lambda role, message: loop.call_soon_threadsafe(up.put_nowait, message))
        process = start(port, hub.port)
        try:
            assert await asyncio.wait_for(up.get(), 20) == Hello("gateway", TOKEN)
            ws, welcome = await asyncio.wait_for(_joined(port), 20)
            process.kill()
            process.wait()
            with pytest.raises(ConnectionClosed):
                await ws.recv()
            process.stderr.close()
            process = start(port, hub.port)
            while not isinstance(await asyncio.wait_for(up.get(), 20), Hello):
                pass
            ws, again = await asyncio.wait_for(_joined(port, welcome["token"]), 20)
            assert again["id"] == welcome["id"]
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                await ws.recv()
            assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1012, "retry=3000")
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.wait()
            process.stderr.close()
            hub.close()

    asyncio.run(asyncio.wait_for(scenario(), 60))
