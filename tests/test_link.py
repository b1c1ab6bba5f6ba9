"""The link: framing at every split, strangers turned away, both ends restarted under each other."""

import itertools
import queue
import socket
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.controller import Health
from engine.core.signals import Kind, Signal
from engine.link import (
    LIMIT,
    Frames,
    Hello,
    Hub,
    LinkError,
    Order,
    Peer,
    Picture,
    Report,
    Signals,
    Snapshot,
    pack,
    unpack,
)

TOKEN = "a-token"
SAMPLES = [
    Hello("eye", TOKEN),
    Signals([Signal("phone/cut", 0.5, points=((0.1, 0.2), (1.0, 0.0)), text="crescent", number=23)], 7),
    Signals([Signal("phone/joined", kind=Kind.LEVEL, count=3)]),
    Snapshot({"cue": "5", "title": ["剪纸", "Paper-cut"]}, {"fps": 60.0}),
    Report([Health("camera", False, "no picture for 2 s")]),
    Order("arm", ["raise", "hush"]),
    Picture(b"\xff\xd8" + bytes(range(256))),
]


def all_of(frames: Frames, *pieces: bytes):
    return [unpack(kind, body) for piece in pieces for kind, body in frames.feed(piece)]


def test_every_message_survives_a_split_at_every_offset():
    stream = b"".join(pack(m) for m in SAMPLES)
    for cut in range(len(stream) + 1):
        assert all_of(Frames(), stream[:cut], stream[cut:]) == SAMPLES


@given(st.lists(st.integers(0, 1400), max_size=20))
def test_any_number_of_pieces_gives_the_same_messages(cuts):
    stream = b"".join(pack(m) for m in SAMPLES)
    edges = [0, *sorted(c % (len(stream) + 1) for c in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    assert all_of(Frames(), *pieces) == SAMPLES


@given(st.binary(max_size=200))
def test_garbage_is_refused_and_never_raises_anything_else(junk):
    frames = Frames(limit=1000)
    try:
        for kind, body in frames.feed(junk):
            unpack(kind, body)
    except LinkError:
        pass


def test_an_oversized_frame_is_refused_before_it_is_gathered():
    with pytest.raises(LinkError, match="limit"):
        Frames().feed(struct.pack(">IB", LIMIT + 1, 0))
    with pytest.raises(LinkError, match="limit"):
        pack(Picture(bytes(LIMIT + 1)))


def test_numbers_that_json_cannot_say_are_left_out():
    good = Signal("camera/energy", 0.5)
    (message,) = all_of(Frames(), pack(Signals([Signal("camera/x", float("nan")), good])))
    assert message == Signals([good])


def test_values_that_are_not_plain_are_refused_by_name():
    with pytest.raises(LinkError, match="Snapshot"):
        pack(Snapshot({"picture": object()}, {}))


def test_numpy_numbers_of_a_scene_arrive_as_plain_ones():
    house = {"wind": np.float32(0.5), "n": np.int64(3), "gone": float("nan")}
    (message,) = all_of(Frames(), pack(Snapshot(house, {})))
    assert message.house == {"wind": 0.5, "n": 3, "gone": None}


class Inbox:
    """Collects what an end receives; waits for it instead of sleeping."""

    def __init__(self):
        self.got = queue.Queue()

    def __call__(self, *message):
        self.got.put(message if len(message) > 1 else message[0])

    def take(self):
        return self.got.get(timeout=5)


@pytest.fixture
def ends():
    opened = []
    yield opened.append
    for end in reversed(opened):
        end.close()


def open_pair(ends):
    stage, eye = Inbox(), Inbox()
    hub = Hub(0, TOKEN, stage)
    ends(hub)
    peer = Peer(hub.port, TOKEN, "eye", eye)
    ends(peer)
    assert stage.take() == ("eye", Hello("eye", TOKEN))
    assert eye.take() == Hello("stage", "")
    return hub, peer, stage, eye


def test_both_ends_talk(ends):
    hub, peer, stage, eye = open_pair(ends)
    assert hub.roles() == ["eye"]
    for message in SAMPLES[1:]:
        assert peer.send(message)
        assert stage.take() == ("eye", message)
        assert hub.send("eye", message)
        assert eye.take() == message
    assert not hub.send("nobody", Order("arm"))


def test_of_offered_snapshots_the_newest_arrives(ends):
    hub, _, _, eye = open_pair(ends)
    for n in range(500):
        hub.offer("eye", Snapshot({"frame": n, "pad": "x" * 10_000}, {}))
    hub.offer("eye", Order("end"))
    seen = []
    while not isinstance(message := eye.take(), Order):
        seen.append(message.house["frame"])
    if not seen or seen[-1] != 499:
        seen.append(eye.take().house["frame"])
    assert seen == sorted(seen)
    assert seen[-1] == 499


def test_a_wrong_token_is_turned_away_and_others_go_on(ends):
    hub, peer, stage, _ = open_pair(ends)
    with socket.create_connection(("127.0.0.1", hub.port), timeout=5) as stranger:
        stranger.sendall(pack(Hello("eye", "guessed")))
        assert stranger.recv(10) == b""
    assert peer.send(Order("still here"))
    assert stage.take() == ("eye", Order("still here"))


@pytest.mark.parametrize(
    "bad",
    [
        pack(Order("too early")),
        struct.pack(">IB", LIMIT + 1, 0),
        struct.pack(">IB", 3, 0) + b"{]}",
        struct.pack(">IB", 1, 9) + b"?",
    ],
    ids=["no hello", "oversized", "not json", "unknown kind"],
)
def test_a_malformed_line_is_dropped(ends, bad, caplog):
    hub, *_ = open_pair(ends)
    with socket.create_connection(("127.0.0.1", hub.port), timeout=5) as stranger:
        stranger.sendall(bad)
        assert stranger.recv(10) == b""
    assert [r for r in caplog.records if "dropped" in r.getMessage()]


def test_a_restarted_stage_takes_its_port_and_the_peer_comes_back(ends):
    hub, peer, _, eye = open_pair(ends)
    port = hub.port
    hub.close()
    again = Inbox()
    ends(Hub(port, TOKEN, again))
    assert again.take() == ("eye", Hello("eye", TOKEN))
    assert eye.take() == Hello("stage", "")
    assert peer.send(Order("back"))
    assert again.take() == ("eye", Order("back"))


def test_a_newer_peer_of_one_role_takes_the_place_of_the_older(ends):
    hub, old, stage, _ = open_pair(ends)
    inbox = Inbox()
    newer = Peer(hub.port, TOKEN, "eye", inbox)
    ends(newer)
    assert stage.take()[1] == Hello("eye", TOKEN)
    old.close()
    assert inbox.take() == Hello("stage", "")


def test_without_a_stage_messages_are_counted_not_kept(ends):
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    peer = Peer(port, TOKEN, "eye", Inbox())
    ends(peer)
    assert not peer.send(Order("lost"))
    assert peer.dropped == 1
    assert not peer.connected


def test_a_signal_keeps_all_its_fields():
    full = Signal("phone/tap", 0.25, Kind.LEVEL, "gateway", 0.1, 0.9, 3, 12, ((0.0, 1.0),), "红", at=5.5)
    (message,) = all_of(Frames(), pack(Signals([full])))
    assert message.signals[0] == full
    assert message.signals[0].at == 5.5
    assert msgspec.structs.asdict(message)["window"] == 0
