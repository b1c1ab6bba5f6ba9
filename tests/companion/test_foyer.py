"""Pages over a connection that stays open, and who is shown out of the foyer."""

import asyncio
import json
from contextlib import suppress

import pytest
from companion_house import play
from websockets.frames import Frame, Opcode

from engine.companion import foyer


@pytest.fixture
def web(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "big.js").write_text("//" + "x" * 300_000)
    return tmp_path


async def answer(reader):
    """The next response on a connection: status and body."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)).decode().lower()
    size = int(head.partition("content-length: ")[2].split("\r\n")[0])
    return int(head.split()[1]), await asyncio.wait_for(reader.readexactly(size), 5)


def ask(house, path="/", *more):
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {house.address}", *more, "", ""]).encode()


def upgrade(house):
    return ask(
        house,
        "/ws",
        f"Origin: http://{house.address}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )


async def opened(house):
    return await asyncio.open_connection("127.0.0.1", house.gateway.port)


def test_many_files_and_then_the_socket_over_one_connection(web):
    async def scenario(house):
        reader, writer = await opened(house)
        for _ in range(3):
            writer.write(ask(house))
            assert await answer(reader) == (200, b"<!doctype html>")
        writer.write(ask(house, "/web/big.js") + ask(house, "/nothing") + ask(house, "/health"))
        status, body = await answer(reader)
        assert (status, len(body)) == (200, 300_002)
        assert (await answer(reader))[0] == 404
        assert json.loads((await answer(reader))[1])["scene"] == "paper"
        for byte in upgrade(house):
            writer.write(bytes([byte]))
        assert b" 101 " in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        writer.write(Frame(Opcode.TEXT, b'{"t":"hello","v":1}').serialize(mask=True))
        head = await asyncio.wait_for(reader.readexactly(4), 5)
        welcome = await asyncio.wait_for(reader.readexactly(int.from_bytes(head[2:], "big")), 5)
        assert json.loads(welcome)["t"] == "welcome"
        writer.close()

    play(scenario, web_dir=web)


@pytest.mark.parametrize("more", [("Connection: close",), ("connection: Close, x",)])
def test_who_wants_it_closed_gets_it_closed(web, more):
    async def scenario(house):
        reader, writer = await opened(house)
        writer.write(ask(house, "/web/big.js", *more))
        raw = await asyncio.wait_for(reader.read(), 5)
        assert raw.endswith(b"x")
        writer.close()

    play(scenario, web_dir=web)


@pytest.mark.parametrize(
    "bad",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/3\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n",
        b"GET /" + b"x" * 9000,
        b"x" * 100_000,
    ],
    ids=["tls", "short", "http 3", "body", "chunked", "headers", "endless", "no line"],
)
def test_what_is_no_request_ends_the_connection_and_nothing_else(web, bad):
    async def scenario(house):
        reader, writer = await opened(house)
        writer.write(bad)
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
        assert (await house.get("/"))[0] == 200

    play(scenario, web_dir=web)


def test_who_says_nothing_is_shown_out(web, monkeypatch):
    monkeypatch.setattr(foyer, "HEAD_S", 0.2)
    monkeypatch.setattr(foyer, "IDLE_S", 0.2)

    async def scenario(house):
        silent, idle = await opened(house), await opened(house)
        idle[1].write(ask(house))
        await answer(idle[0])
        for reader, writer in (silent, idle):
            with suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()

    play(scenario, web_dir=web)


def test_a_plain_request_for_the_socket_is_told_so(web):
    async def scenario(house):
        reader, writer = await opened(house)
        writer.write(ask(house, "/ws", f"Origin: http://{house.address}"))
        assert (await answer(reader))[0] == 426
        writer.close()

    play(scenario, web_dir=web)


def test_one_request_that_cannot_be_answered_costs_its_own_connection_only(web, monkeypatch, caplog):
    async def scenario(house):
        def broken(_, request):
            if request.path == "/broken":
                raise RuntimeError("no answer")
            return answered(None, request)

        answered = house.gateway._door.answer
        monkeypatch.setattr(house.gateway._foyer, "_answer", broken)
        one, two = await opened(house), await opened(house)
        one[1].write(ask(house, "/broken"))
        two[1].write(ask(house))
        assert await answer(two[0]) == (200, b"<!doctype html>")
        with suppress(ConnectionError):
            assert await asyncio.wait_for(one[0].read(), 5) == b""
        assert "could not be served" in caplog.text
        for _, writer in (one, two):
            writer.close()

    play(scenario, web_dir=web)


def test_the_same_question_gets_the_same_bytes_and_a_report_is_always_fresh(web):
    async def scenario(house):
        foyer = house.gateway._foyer
        assert foyer.reply(ask(house)) is foyer.reply(ask(house))
        assert foyer.reply(ask(house, "/nothing")) is not foyer.reply(ask(house, "/nothing"))
        before = foyer.reply(ask(house, "/health"))[1]
        await house.tell(frame=77)
        assert json.loads(before)["frame"] != json.loads(foyer.reply(ask(house, "/health"))[1])["frame"]

    play(scenario, web_dir=web)


def test_who_gave_up_waiting_is_not_shaken_hands_with(web):
    async def scenario(house):
        reader, writer = await opened(house)
        writer.write(upgrade(house))
        writer.write_eof()
        with suppress(ConnectionError):
            assert b" 101 " not in await asyncio.wait_for(reader.read(), 5)
        writer.close()

    play(scenario, web_dir=web)
