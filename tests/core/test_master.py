"""The operator's last word."""

from engine.core.master import PANIC_SECONDS, Master


def test_blackout_cuts_and_comes_back() -> None:
    master = Master(60)
    master.set_level(0.7)
    master.toggle_blackout()
    assert master.shown == 0.0
    master.toggle_blackout()
    assert master.shown == 0.7


def test_panic_fades_out_and_a_second_one_back_in() -> None:
    master = Master(60)
    frames = round(PANIC_SECONDS * 60)
    master.panic(0)
    seen = []
    for index in range(frames + 1):
        master.step(index)
        seen.append(master.shown)
    assert seen == sorted(seen, reverse=True) and seen[-1] == 0.0
    master.panic(frames + 1)
    for index in range(frames + 1, 2 * frames + 2):
        master.step(index)
    assert master.shown == 1.0


def test_memory() -> None:
    master, again = Master(60), Master(60)
    master.set_level(0.4)
    master.toggle_blackout()
    master.toggle_freeze()
    again.recall(master.remember())
    assert again.level == 0.4 and again.blackout and not again.freeze
