"""A real gateway on a real port, with the test as its stage and as its guests."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from engine.companion.gateway import Gateway, GatewaySettings
from engine.link import Hello, Hub, Signals, Snapshot

TOKEN = "one-evening"
PIN = "4711"
COMPANION = {"view": "tap", "verbs": ["tap", "flick", "vote", "cut", "drag", "wish"], "line": ["点", "Tap"]}
OPTIONS = [{"id": "red", "label": ["红", "Red"]}, {"id": "white", "label": ["白", "White"]}]


def snapshot(frame=0, epoch="e1", companion=None, **house):
    told = {"epoch": epoch, "frame": frame, "time": frame / 60, "cue": "1", "scene": "paper", "seen": 0}
    told |= {"companion": {**COMPANION, "options": OPTIONS, **(companion or {})}, **house}
    return Snapshot(told, {"fps": 60.0, "live": "1", "knobs": []})


class Guest:
    """A phone: what it says and hears, with the snapshot as a real page would hold it."""

    def __init__(self, socket_, welcome):
        self.ws, self.welcome = socket_, welcome
        self.id, self.token, self.seq = welcome["id"], welcome["token"], welcome["s"]
        self.house = welcome["snap"]
        self.said = 0
        self.closed = None

    async def say(self, **message):
        await self.ws.send(json.dumps(message))

    async def act(self, verb, **facts):
        self.said += 1
        await self.say(t="act", verb=verb, n=self.said, **facts)

    async def hear(self, kind=None):
        """The next message (of a kind); beats are skipped unless asked for."""
        while True:
            message = json.loads(await asyncio.wait_for(self.ws.recv(), 5))
            self._apply(message)
            if message["t"] == kind or (kind is None and message["t"] != "beat"):
                return message

    async def stay(self):
        """Read and acknowledge everything, as a page left open does."""
        while True:
            self._apply(json.loads(await self.ws.recv()))
            await self.say(t="ack", s=self.seq)

    async def until_closed(self):
        try:
            while True:
                await asyncio.wait_for(self.ws.recv(), 5)
        except ConnectionClosed as closed:
            return closed.rcvd.code

    def _apply(self, message):
        if message["t"] == "d":
            self.seq = message["s"]
            self.house.update(message.get("k", {}))
            self.house["companion"].update(message.get("c", {}))
        elif message["t"] == "epoch":
            self.seq, self.house = message["s"], message["snap"]


class House:
    """The gateway, and the stage's end of its link."""

    def __init__(self, gateway, hub, inbox):
        self.gateway, self.hub, self.inbox = gateway, hub, inbox
        self.address = f"127.0.0.1:{gateway.port}"

    async def socket(self, path="/ws", **facts):
        facts.setdefault("origin", f"http://{self.address}")
        return await connect(f"ws://{self.address}{path}", compression=None, **facts)

    async def guest(self, resume=None, **hello):
        ws = await self.socket()
        await ws.send(json.dumps({"t": "hello", "v": 1, "lang": "zh", "resume": resume, **hello}))
        return Guest(ws, json.loads(await asyncio.wait_for(ws.recv(), 5)))

    async def console(self, pin=PIN):
        ws = await self.socket("/ws/console")
        await ws.send(json.dumps({"t": "pin", "pin": pin}))
        return ws, json.loads(await asyncio.wait_for(ws.recv(), 5))

    async def tell(self, *, about=None, **facts):
        """Show a snapshot and wait until the gateway holds it."""
        told = about or snapshot(**facts)
        self.hub.send(self.gateway.settings.name, told)
        while self.gateway._snapshot.house.get("frame") != told.house["frame"]:
            await asyncio.sleep(0)
        return told

    async def signal(self, address):
        """The next signal of this address the stage gets; others are passed over."""
        while True:
            message = await asyncio.wait_for(self.inbox.get(), 5)
            if isinstance(message, Signals):
                for signal in message.signals:
                    if signal.address == address:
                        return signal, message.window

    async def get(self, path, **headers):
        """A plain HTTP request: status, headers, body."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.gateway.port)
        asked = {"Host": self.address, "Connection": "close", **headers}
        lines = [f"GET {path} HTTP/1.1", *(f"{k}: {v}" for k, v in asked.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        raw = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        head, _, body = raw.partition(b"\r\n\r\n")
        status, *rest = head.decode().split("\r\n")
        fields = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest)}
        return int(status.split()[1]), fields, body


@asynccontextmanager
async def house(web_dir=Path("nowhere"), **settings):
    loop = asyncio.get_running_loop()
    inbox = asyncio.Queue()

    def receive(role, message):
        loop.call_soon_threadsafe(inbox.put_nowait, message)

    hub = Hub(0, TOKEN, receive)
    chosen = GatewaySettings(
        host="127.0.0.1", hub_port=hub.port, token=TOKEN, pin=PIN, web_dir=web_dir, **settings
    )
    gateway = Gateway(chosen)
    await gateway.open(socket.create_server(("127.0.0.1", 0)))
    performing = asyncio.create_task(gateway.perform())
    opened = House(gateway, hub, inbox)
    try:
        assert isinstance(await asyncio.wait_for(inbox.get(), 5), Hello)
        await opened.tell(frame=1)
        yield opened
    finally:
        gateway.stop()
        await performing
        await gateway.close()
        opened.hub.close()


def play(scenario, *args, seconds=30, **settings):
    """Run `async scenario(house)` in a house of its own."""

    async def whole():
        async with house(**settings) as opened:
            await scenario(opened, *args)

    asyncio.run(asyncio.wait_for(whole(), seconds))
