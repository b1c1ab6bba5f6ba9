"""The bus under a flood."""

import threading

from engine.core.signals import Bus, Kind, Signal, level


def test_triggers_keep_their_order_and_levels_their_latest() -> None:
    bus = Bus()
    for k in range(3):
        bus.post(Signal("midi/note/36", number=k))
        bus.post(level("midi/cc/1", k / 10))
    drained = bus.drain()
    assert [s.number for s in drained if s.kind is Kind.TRIGGER] == [0, 1, 2]
    assert [s.value for s in drained if s.kind is Kind.LEVEL] == [0.2]
    assert bus.drain() == []


def test_no_go_is_lost_in_a_flood_from_many_threads() -> None:
    bus = Bus()

    def flood(k: int) -> None:
        for n in range(2000):
            bus.post(level(f"midi/cc/{k}", n / 2000))
            if n % 20 == 0:
                bus.post(Signal("console/go", number=k * 1000 + n // 20))

    threads = [threading.Thread(target=flood, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    drained = []
    while any(thread.is_alive() for thread in threads):
        drained += bus.drain()
    drained += bus.drain()
    for k in range(4):
        gos = [s.number for s in drained if s.kind is Kind.TRIGGER and s.number // 1000 == k]
        assert gos == [k * 1000 + n for n in range(100)]


def test_when_is_no_part_of_what() -> None:
    assert Signal("key/space", at=1.0) == Signal("key/space", at=2.0)
    assert Signal("camera/raise").controller == "camera"
