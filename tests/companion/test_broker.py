"""Two gateways at a real NATS server: one show, one audience."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
from companion_house import OPTIONS, House, house

from engine.companion.broker import STEP, BrokerError, Joined, hang_up
from engine.companion.confluence import Confluence
from engine.companion.downlink import Downlink, join, serve
from engine.companion.gateway import Gateway, GatewaySettings
from engine.core.crowd import Ballots, Tally
from engine.core.signals import Signal, level
from engine.link import Order, Snapshot, pack


class Nats:
    """A NATS server of the test's own, on ports it chooses itself; its clients' port outlives it."""

    port = -1

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def start(self, *options):
        program = shutil.which("nats-server") or "/usr/sbin/nats-server"
        assert os.path.exists(program), "nats-server is missing: apt-get install nats-server"
        command = [program, "-a", "127.0.0.1", "-p", str(self.port), *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.port = self.listening("client")

    def listening(self, whom):
        """The port it listens on for "client" or "route", once it says so."""
        said = ""
        for line in self.process.stderr:
            said += line
            if found := re.search(rf"Listening for {whom} connections on \S+:(\d+)", line):
                return int(found[1])
        pytest.fail(f"nats-server did not start:\n{said}")

    def stop(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()


@pytest.fixture
def nats():
    server = Nats()
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def further(near, url):
    """One more gateway over the broker, as a House of its own without a stage."""
    downlink, joined = await asyncio.wait_for(join(url, "test"), 10)
    settings = GatewaySettings(host="127.0.0.1", secret=joined.secret, first=1 + joined.index, step=STEP)
    gateway = Gateway(replace(settings, capacity=100))
    await gateway.open(socket.create_server(("127.0.0.1", 0)), downlink)
    performing = asyncio.create_task(gateway.perform())
    try:
        yield House(gateway, near.hub, near.inbox)
    finally:
        gateway.stop()
        await performing
        await gateway.close()


def play(scenario, *servers):
    """Run `async scenario(near, far)` with the stage's own gateway and one more."""
    url = ",".join(server.url for server in servers)

    async def whole():
        async with house(broker=url, show="test") as near, further(near, url) as far:
            feeding = asyncio.create_task(feed(near))
            await until(near, far)
            await scenario(near, far)
            feeding.cancel()

    asyncio.run(asyncio.wait_for(whole(), 60))


class Feed:
    """What the stage shows while a scenario runs."""

    companion: dict = {}


async def feed(near):
    """The stage: a snapshot for every window of input, saying that it is drawn."""
    frame, tick = 10, asyncio.Event()
    while True:
        frame += 1
        seen = near.gateway.room.window - 1
        await near.tell(frame=frame, seen=seen, guests=0, pulse=frame, companion=Feed.companion)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(tick.wait(), 0.02)


async def until(near, far):
    while not far.gateway._peer.connected:
        await asyncio.sleep(0)


@pytest.mark.slow
def test_guests_of_both_are_one_audience(nats):
    async def scenario(near, far):
        one, two = await near.guest(), await far.guest()
        assert one.id != two.id
        assert two.house["scene"] == "paper"
        joined, _ = await near.signal("phone/joined")
        while joined.count < 2:
            joined, _ = await near.signal("phone/joined")
        await two.act("cut", p=[[0.1, 0.1]])
        cut, _ = await near.signal("phone/cut")
        assert cut.number == two.id
        while "seen_at" not in two.house:
            await two.hear("d")

    play(scenario, nats)


@pytest.mark.slow
def test_a_guest_may_move_to_another_gateway_and_stay_who_they_are(nats):
    async def scenario(near, far):
        guest = await near.guest()
        await guest.say(t="seat", block=7)
        token = (await guest.hear("you"))["token"]
        await guest.ws.close()
        moved = await far.guest(token)
        assert (moved.id, moved.welcome["block"]) == (guest.id, 7)

    play(scenario, nats)


@pytest.mark.slow
def test_votes_of_both_are_one_tally(nats):
    async def scenario(near, far):
        for where, option in ((near, "red"), (far, "white"), (far, "white")):
            guest = await where.guest()
            while guest.house["companion"].get("ask") is None:
                await guest.hear("d")
            await guest.act("vote", o=option)
        told, _ = await near.signal("phone/tally")
        while told.count < 3:
            told, _ = await near.signal("phone/tally")
        assert dict(Tally.read(told.text).choices) == {"red": 1, "white": 2}

    Feed.companion = {"ask": {"id": "6", "verb": "vote"}, "options": OPTIONS}
    try:
        play(scenario, nats)
    finally:
        Feed.companion = {}


@pytest.mark.slow
def test_the_end_of_the_show_reaches_the_guests_of_both(nats):
    async def scenario(near, far):
        guests = [await near.guest(), await far.guest()]
        near.hub.send("gateway", Order("over"))
        for guest in guests:
            assert await guest.until_closed() == 4010
        assert (await far.guest(guests[1].token)).id != guests[1].id

    play(scenario, nats)


@pytest.mark.slow
def test_a_gateway_that_outlives_a_show_signs_with_the_next_one_s_secret(nats):
    async def scenario(near, far):
        guest = await near.guest()
        near.gateway._uplink._secret = "another evening"
        stranger = await far.guest(guest.token)
        while stranger.id == guest.id:
            await stranger.ws.close()
            stranger = await far.guest(guest.token)

    play(scenario, nats)


@pytest.mark.slow
def test_the_stage_and_its_gateway_may_start_anew_under_the_others(nats):
    async def whole():
        facts = {"broker": nats.url, "show": "test"}
        async with house(**facts) as near, further(near, nats.url) as far:
            feeding = asyncio.create_task(feed(near))
            await until(near, far)
            guest = await far.guest()
            feeding.cancel()
            near.gateway.stop()
            await near.gateway.close()
            near.hub.close()
            async with house(**facts) as again:
                feeding = asyncio.create_task(feed(again))
                assert (await guest.hear("d"))["t"] == "d"
                joined, _ = await again.signal("phone/joined")
                while joined.count < 1:
                    joined, _ = await again.signal("phone/joined")
                await guest.act("cut", p=[[0.1, 0.1]])
                cut, _ = await again.signal("phone/cut")
                assert (cut.number, cut.count) == (guest.id, 1)
                assert (await again.guest(guest.token)).id == guest.id
                feeding.cancel()

    asyncio.run(asyncio.wait_for(whole(), 60))


@pytest.mark.slow
def test_a_lost_broker_leaves_local_phones_alone_and_heals_by_itself(nats):
    async def scenario(near, far):
        one, two = await near.guest(), await far.guest()
        nats.stop()
        await one.act("tap")
        await near.signal("phone/tap")
        while far.gateway._peer.connected:
            await asyncio.sleep(0)
        assert (await two.hear("beat"))["age"] >= 0
        nats.start()
        while not far.gateway._peer.connected:
            await asyncio.sleep(0)
        await two.act("cut", p=[[0.1, 0.1]])
        cut, _ = await near.signal("phone/cut")
        assert (cut.number, cut.count) == (two.id, 1)

    play(scenario, nats)


@pytest.mark.slow
def test_of_two_clustered_brokers_one_may_die():
    pair = Nats(), Nats()

    async def scenario(near, far):
        guest = await far.guest()
        for _ in range(10):
            await guest.hear("d")
        port = far.gateway._peer._client.connected_url.port
        clock = asyncio.get_running_loop().time
        pair[[server.port for server in pair].index(port)].stop()
        last, gap = clock(), 0.0
        for n in range(60):
            await guest.hear("d")
            last, gap = clock(), max(gap, clock() - last)
            if n % 8 == 0:
                await guest.say(t="ack", s=guest.seq)
        assert gap < 1.0, f"a phone saw nothing for {gap:.2f} s"

    cluster = "--cluster_name", "test", "--cluster", "nats://127.0.0.1:-1"
    pair[0].start(*cluster)
    route = pair[0].listening("route")
    pair[1].start(*cluster, "--routes", f"nats://127.0.0.1:{route}")
    try:
        play(scenario, *pair)
    finally:
        for server in pair:
            if server.process.poll() is None:
                server.stop()


def test_a_broker_that_is_not_there_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr("engine.companion.broker.FIRST_S", 0.5)
    anywhere = GatewaySettings(host="127.0.0.1", port=0)
    with pytest.raises(BrokerError, match="start nats-server"):
        serve("nats://127.0.0.1:9", "test", anywhere)
    with pytest.raises(BrokerError, match="is no address"):
        serve("http://127.0.0.1:9", "test", anywhere)
    with pytest.raises(BrokerError, match="no name for a show"):
        serve("nats://127.0.0.1:9", "a.b", anywhere)


def test_hanging_up_while_the_broker_is_sought_is_no_failure():
    async def scenario():
        gone, never = (asyncio.get_running_loop().create_future() for _ in range(2))
        gone.cancel()
        await hang_up(SimpleNamespace(close=lambda: gone))
        closing = asyncio.create_task(hang_up(SimpleNamespace(close=lambda: never)))
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing

    asyncio.run(scenario())


def test_a_further_gateway_that_was_busy_reads_only_the_newest_state():
    async def scenario():
        taken = []
        downlink = Downlink(None, "test", "far", Joined("secret", 1))
        downlink._receive = taken.append
        for frame in range(50):
            house = {"frame": frame, "uplink": "u", "windows": {"far": frame}}
            await downlink._state(SimpleNamespace(data=pack(Snapshot(house, {}))))
        await asyncio.sleep(0)
        assert [message.house for message in taken] == [{"frame": 49, "seen": 49}]

    asyncio.run(scenario())


def test_a_repeated_window_counts_once_and_a_gone_gateway_not_at_all():
    meeting = Confluence("all")
    hands = level("phone/drag/left", 0.5, count=2)
    assert meeting.take("a", 7, [hands, Signal("phone/tap", count=3)])
    assert not meeting.take("a", 7, [Signal("phone/tap", count=3)])
    assert meeting.take("b", 2, [level("phone/drag/left", 1.0, count=2), Signal("phone/tap", count=1)])
    told = {s.address: s for s in meeting.close(100)}
    assert (told["phone/drag/left"].value, told["phone/drag/left"].count) == (0.75, 4)
    assert told["phone/tap"].count == 4
    assert meeting.seen(99) == {}
    assert meeting.seen(100) == {"a": 7, "b": 2}
    meeting.forget("b")
    (left,) = meeting.close(101)
    assert (left.value, left.count) == (0.5, 2)
    assert meeting.close(102) == []
    meeting.repeat()
    assert [s.count for s in meeting.close(103)] == [2]


def test_what_the_stage_gets_does_not_grow_with_the_gateways():
    def window(gateway):
        taps = [Signal("phone/tap", x=(2 * column + 1) / 6, count=9) for column in range(3)]
        cuts = [Signal("phone/cut", number=gateway, points=((0.0, 0.0),)) for _ in range(5)]
        return [*taps, *cuts, level("phone/joined", 1.0, count=50)]

    meeting = Confluence("all")
    for gateway in range(100):
        meeting.take(f"g{gateway}", 1, window(gateway))
    signals = meeting.close(1)
    assert len(signals) == 1 + 3 + 16
    assert signals[0].count == 5000
    assert sum(s.count for s in signals if s.address == "phone/tap") == 2700


def test_tallies_are_added_for_the_open_question():
    meeting = Confluence("all")
    meeting.follow("6")
    for gateway, question in (("b", "6"), ("c", "6"), ("a", "5")):
        ballots = Ballots(question)
        ballots.answer(1, choice="red")
        meeting.take(gateway, 1, [level("phone/tally", 1.0, count=1, text=ballots.tally().text())])
    (told,) = meeting.close(1)
    assert Tally.read(told.text) == replace(Tally.read(told.text), window="6", people=2)
    meeting.take("a", 2, [level("phone/tally", 1.0, text="[nonsense")])
    assert meeting.close(2) == []
    meeting.follow("7")
    (told,) = meeting.close(3)
    assert (Tally.read(told.text).window, told.count) == ("7", 0)
