"""Those who would wear the gateway out: slow, silent, greedy, curious. Each costs only itself."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

import pytest
from companion_house import play
from websockets.exceptions import ConnectionClosed

from engine.companion import foyer, phones
from engine.link import Order

pytestmark = pytest.mark.slow

WEB = Path(__file__).parents[2] / "assets" / "web"


async def ends(reader):
    """Whether the other end closes within a short while, and what it said before."""
    with suppress(ConnectionError):
        return await asyncio.wait_for(reader.read(), 5)
    return b""


async def code_of(ws):
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            await asyncio.wait_for(ws.recv(), 5)
    return closed.value.rcvd.code


def test_a_head_that_drips_in_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(foyer, "HEAD_S", 0.3)

    async def scenario(house):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        ended = asyncio.create_task(ends(reader))
        for byte in b"GET / HTTP/1.1\r\nHost: " + b"x" * 2000:
            with suppress(ConnectionError):
                writer.write(bytes([byte]))
                await writer.drain()
            done, _ = await asyncio.wait({ended}, timeout=0.01)
            if done:
                break
        assert ended.done()
        writer.close()

    play(scenario)


@pytest.mark.parametrize("drip", [b"", b"\x81\xff\x00"], ids=["nothing", "half a frame"])
def test_a_socket_without_a_hello_is_closed(drip, monkeypatch):
    monkeypatch.setattr(phones, "HELLO_S", 0.2)

    async def scenario(house):
        ws = await house.socket()
        ws.transport.write(drip)
        assert await code_of(ws) == 4000

    play(scenario)


def test_a_phone_that_goes_silent_is_let_go_and_may_come_back(monkeypatch):
    monkeypatch.setattr(phones, "SILENT_S", 0.2)

    async def scenario(house):
        guest = await house.guest()
        assert await code_of(guest.ws) == 4008
        assert (await house.guest(guest.token)).id == guest.id

    play(scenario)


def test_a_phone_that_talks_and_never_reads_is_cut_off(monkeypatch):
    monkeypatch.setattr(phones, "STUCK_S", 0.2)
    monkeypatch.setattr(phones, "OWED", 2**30)

    async def scenario(house):
        calm, greedy = await house.guest(), await house.guest()
        staying = asyncio.create_task(calm.stay())
        greedy.ws.transport.pause_reading()
        frame = 1
        while len(house.gateway.phones) == 2:
            frame += 1
            await house.tell(frame=frame, cue=str(frame), pad=chr(64 + frame) * 900_000)
            with suppress(ConnectionClosed):
                await greedy.say(t="ack", s=2**40)
            await asyncio.wait({staying}, timeout=0.15)
        assert not staying.done()
        staying.cancel()

    play(scenario)


def test_connections_of_one_address_are_counted_before_they_say_anything():
    async def scenario(house):
        held = [await asyncio.open_connection("127.0.0.1", house.gateway.port) for _ in range(4)]
        late = await asyncio.open_connection("127.0.0.1", house.gateway.port)
        assert await ends(late[0]) == b""
        for _, writer in (*held, late):
            writer.close()
        while True:  # there is room once the gateway has seen them go
            with suppress(OSError, EOFError, ValueError, IndexError):
                assert (await house.get("/health"))[0] == 200
                return

    play(scenario, per_address=1)


def test_behind_a_proxy_each_guest_is_counted_alone():
    async def scenario(house):
        from_one = {"X-Forwarded-For": "10.9.9.9, 10.0.0.1"}
        first = await house.socket(additional_headers=from_one)
        await first.send('{"t":"hello","v":1}')
        assert json.loads(await first.recv())["t"] == "welcome"
        second = await house.socket(additional_headers={"X-Forwarded-For": "spoofed, 10.0.0.1"})
        assert await code_of(second) == 1013
        other = await house.socket(additional_headers={"X-Forwarded-For": "10.0.0.2"})
        await other.send('{"t":"hello","v":1}')
        assert json.loads(await other.recv())["t"] == "welcome"

    play(scenario, per_address=1, behind_proxy=True)


def test_every_answer_says_what_a_page_may_do():
    async def scenario(house):
        pages = ["/" + "web/" * bool(name) + name for name in ("", "index.html", "page.js", "views.js")]
        for path in (*pages, "/console", "/nothing", "/health", "/metrics", "/ws", "/ws/console"):
            _, headers, _ = await house.get(path)
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'"), path
            assert "unsafe" not in policy and "http" not in policy, path
            assert headers["x-content-type-options"] == "nosniff", path

    play(scenario, web_dir=WEB)


def test_after_the_show_a_token_opens_nothing():
    async def scenario(house):
        guests = [await house.guest() for _ in range(3)]
        house.hub.send("gateway", Order("over"))
        assert [await guest.until_closed() for guest in guests] == [4010] * 3
        again = await house.guest(guests[1].token)
        assert again.id not in [guest.id for guest in guests]
        assert again.token != guests[1].token

    play(scenario)


def test_another_s_token_in_mid_conversation_changes_nobody():
    async def scenario(house):
        victim, thief = await house.guest(), await house.guest()
        await thief.say(t="hello", v=1, resume=victim.token)
        assert await thief.hear("no") == {"t": "no", "n": 0, "why": "form"}
        await thief.act("flick")
        assert (await house.signal("phone/flick"))[0].number == thief.id

    play(scenario)


def test_more_phones_than_a_system_s_usual_thousand_files():
    resource = pytest.importorskip("resource")

    async def scenario(house):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft >= min(hard, 65_536)

    from engine.companion.gateway import listen

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
    try:
        listen("127.0.0.1", 0).close()
        play(scenario)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
