"""Guests at a real gateway: joining, acting, coming back, and what the stage hears of it."""

import asyncio
import json
import time

import pytest
from companion_house import TOKEN, Guest, play, snapshot

from engine.link import Hub, Order

pytestmark = pytest.mark.slow


def test_a_guest_joins_and_gets_everything():
    async def scenario(house):
        one, two = await house.guest(), await house.guest()
        assert (one.id, two.id) == (1, 2)
        assert one.welcome["queue"] == 0
        assert one.welcome["block"] is None
        assert one.house["scene"] == "paper"
        assert one.house["companion"]["verbs"][0] == "tap"
        joined, _ = await house.signal("phone/joined")
        while joined.count < 2:
            joined, _ = await house.signal("phone/joined")

    play(scenario)


def test_the_same_person_after_a_lost_network_and_in_a_fresh_gateway():
    async def first(house, kept):
        guest = await house.guest()
        await house.guest()
        await guest.say(t="seat", block=4)
        kept["token"] = (await guest.hear("you"))["token"]
        await guest.ws.close()
        back = await house.guest(kept["token"])
        assert (back.id, back.welcome["block"]) == (guest.id, 4)
        kept["id"] = back.id

    async def second(house, kept):
        back = await house.guest(kept["token"])
        assert (back.id, back.welcome["block"]) == (kept["id"], 4)
        stranger = await house.guest("forged" + kept["token"][6:])
        assert stranger.id != back.id

    kept = {}
    play(first, kept)
    play(second, kept)


def test_a_second_page_of_one_guest_closes_the_first():
    async def scenario(house):
        first = await house.guest()
        second = await house.guest(first.token)
        assert second.id == first.id
        assert await first.until_closed() == 4001
        await second.act("tap")
        await house.signal("phone/tap")

    play(scenario)


def test_taps_fold_into_one_signal_with_a_count():
    async def scenario(house):
        guests = [await house.guest() for _ in range(3)]
        for guest in guests:
            await guest.say(t="seat", block=0)
            await guest.hear("you")
        for guest in guests:
            await guest.act("tap", x=0.5, y=0.25, v=0.5)
        count = 0
        while count < 3:
            signal, window = await house.signal("phone/tap")
            count += signal.count
            assert window > 0
            assert signal.x < 1 / 3
            assert (signal.y, signal.value) == (0.25, 0.5)
        assert count == 3

    play(scenario)


def test_a_cut_arrives_alone_with_its_points():
    async def scenario(house):
        guest = await house.guest()
        await guest.act("cut", p=[[0.1, 0.2], [0.3, 0.4]], o="crescent")
        signal, _ = await house.signal("phone/cut")
        assert signal.points == ((0.1, 0.2), (0.3, 0.4))
        assert (signal.number, signal.text) == (guest.id, "crescent")

    play(scenario)


def test_rods_are_the_mean_of_their_half():
    async def scenario(house):
        left = [await house.guest(), await house.guest()]
        for guest, value in zip(left, (0.2, 0.6), strict=True):
            await guest.say(t="seat", block=3)
            await guest.hear("you")
            await guest.act("drag", v=value)
        signal, _ = await house.signal("phone/drag/left")
        while signal.count < 2:
            signal, _ = await house.signal("phone/drag/left")
        assert abs(signal.value - 0.4) < 1e-6
        await left[0].ws.close()
        signal, _ = await house.signal("phone/drag/left")
        assert (signal.count, round(signal.value, 3)) == (1, 0.6)

    play(scenario)


def test_one_vote_each_and_a_tally_for_an_open_question():
    async def scenario(house):
        await house.tell(frame=2, companion={"ask": {"id": "6", "verb": "vote"}})
        one, two = await house.guest(), await house.guest()
        for guest, option in ((one, "red"), (one, "white"), (two, "white")):
            await guest.act("vote", o=option)
        await one.act("vote", o="blue")
        assert (await one.hear("no"))["why"] == "form"
        signal, _ = await house.signal("phone/tally")
        while signal.count < 2:
            signal, _ = await house.signal("phone/tally")
        assert '"white":2' in signal.text
        assert "red" not in signal.text

    play(scenario)


def test_refusals_say_why():
    async def scenario(house):
        guest = await house.guest()
        await guest.act("fly")
        assert await guest.hear("no") == {"t": "no", "n": 1, "why": "closed"}
        for _ in range(25):
            await guest.act("tap")
        assert (await guest.hear("no"))["why"] == "rate"
        await guest.ws.send("not json")
        message = await guest.hear("no")
        while message["why"] == "rate":
            message = await guest.hear("no")
        assert message == {"t": "no", "n": 0, "why": "form"}

    play(scenario)


def test_only_what_changed_travels_and_the_same_to_all():
    async def scenario(house):
        one, two = await house.guest(), await house.guest()
        await house.tell(frame=2, cue="2", companion={"line": ["剪", "Cut"]})
        first, second = await one.hear("d"), await two.hear("d")
        assert first == second
        assert set(first["k"]) == {"cue", "frame", "time"}
        assert first["c"] == {"line": ["剪", "Cut"]}
        await house.tell(frame=3, cue="2", companion={"line": ["剪", "Cut"]})  # nothing but time
        await house.tell(frame=4, cue="3", companion={"line": ["剪", "Cut"], "wind": 0.5})
        third = await one.hear()
        assert (third["s"], third["k"]["cue"], third["c"]) == (first["s"] + 1, "3", {"wind": 0.5})
        await house.tell(frame=5, cue="3", companion={"line": ["剪", "Cut"]})
        assert (await one.hear("d"))["c"] == {"wind": None}

    play(scenario)


def test_a_resume_in_a_running_epoch_brings_only_what_was_missed():
    async def scenario(house):
        guest = await house.guest()
        await guest.ws.close()
        await house.tell(frame=2, cue="9")
        back = await house.guest(guest.token, epoch="e1", s=guest.seq)
        assert back.welcome["since"] == guest.seq
        assert set(back.welcome["snap"]) == {"cue", "frame", "time"}

    play(scenario)


def test_a_restarted_stage_begins_a_new_epoch_for_the_same_guests():
    async def scenario(house):
        guest = await house.guest()
        await house.tell(frame=2, epoch="e2", cue="1")
        message = await guest.hear()
        assert (message["t"], message["epoch"], message["snap"]["cue"]) == ("epoch", "e2", "1")
        await guest.act("tap")
        assert (await house.signal("phone/tap"))[0].number == guest.id

    play(scenario)


def test_a_stage_that_comes_back_is_told_how_many_are_there_and_what_they_hold():
    async def scenario(house):
        guest = await house.guest()
        await guest.act("drag", v=0.5)
        await house.signal("phone/drag/right")
        port = house.hub.port
        house.hub.close()
        loop = asyncio.get_running_loop()
        house.hub = Hub(port, TOKEN, lambda role, m: loop.call_soon_threadsafe(house.inbox.put_nowait, m))
        told = {}
        while not {"phone/drag/right", "phone/joined"} <= set(told):
            message = await asyncio.wait_for(house.inbox.get(), 5)
            told |= {s.address: s for s in getattr(message, "signals", [])}
        assert (told["phone/drag/right"].value, told["phone/drag/right"].count) == (0.5, 1)
        assert told["phone/joined"].count == 1

    play(scenario)


def test_seen_marks_when_the_act_is_on_stage():
    async def scenario(house):
        guest = await house.guest()
        before = time.monotonic() * 1000
        await guest.act("tap")
        _, window = await house.signal("phone/tap")
        await house.tell(frame=2, seen=window)
        await guest.hear("d")
        assert before <= guest.house["seen_at"] <= time.monotonic() * 1000

    play(scenario)


def test_without_a_stage_the_beat_tells_the_age():
    async def scenario(house):
        guest = await house.guest()
        house.hub.close()
        first = await guest.hear("beat")
        second = await guest.hear("beat")
        assert second["age"] > first["age"] + 0.5
        status, _, body = await house.get("/health")
        assert status == 200
        assert json.loads(body)["stage"] is False

    play(scenario)


def test_a_phone_that_does_not_acknowledge_is_skipped_ahead():
    async def scenario(house):
        slow, quick = await house.guest(), await house.guest()
        for frame in range(2, 30):
            await house.tell(frame=frame, cue=str(frame))
            await quick.hear("d")
            await quick.say(t="ack", s=quick.seq, c=1.0)
            await quick.hear("pong")
        assert quick.house["cue"] == "29"
        got = [await slow.hear("d") for _ in range(20)]
        assert got[-1]["k"]["cue"] == "21"
        await slow.say(t="ack", s=slow.seq)
        skipped = await slow.hear("d")
        assert (skipped["k"]["cue"], skipped["s"]) == ("29", quick.seq)

    play(scenario)


def test_a_full_house_queues_and_the_queue_moves_up():
    async def scenario(house):
        inside = await house.guest()
        first, second = await house.guest(), await house.guest()
        assert (first.welcome["queue"], second.welcome["queue"]) == (1, 2)
        assert first.house["scene"] == "paper"
        await first.act("tap")
        assert (await first.hear("no"))["why"] == "full"
        refused = await house.socket()
        await refused.send(json.dumps({"t": "hello", "v": 1}))
        assert await Guest.until_closed(type("Ws", (), {"ws": refused})()) == 1013
        await inside.say(t="bye")
        assert (await first.hear("you"))["queue"] == 0
        assert (await second.hear("you"))["queue"] == 1
        await first.act("tap")
        await house.signal("phone/tap")

    play(scenario, capacity=1, waiting=2)


def test_bye_forgets_the_person():
    async def scenario(house):
        guest = await house.guest()
        await guest.say(t="bye")
        assert await guest.until_closed() == 1000
        assert (await house.guest(guest.token)).id != guest.id

    play(scenario)


def test_the_end_of_the_show_sends_everyone_home():
    async def scenario(house):
        guest = await house.guest()
        house.hub.send("gateway", Order("over"))
        assert await guest.until_closed() == 4010

    play(scenario)


def test_a_room_code_is_asked_for_and_may_be_corrected():
    async def scenario(house):
        ws = await house.socket()
        await ws.send(json.dumps({"t": "hello", "v": 1}))
        assert json.loads(await ws.recv()) == {"t": "no", "n": 0, "why": "room"}
        await ws.send(json.dumps({"t": "hello", "v": 1, "room": "kiln"}))
        assert json.loads(await ws.recv())["t"] == "welcome"

    play(scenario, room="KILN")


def test_pings_are_answered_with_the_gateways_clock():
    async def scenario(house):
        guest = await house.guest()
        await guest.say(t="ack", s=0, c=12.5)
        pong = await guest.hear("pong")
        assert pong["c"] == 12.5
        assert abs(pong["g"] - time.monotonic() * 1000) < 1000

    play(scenario)


def test_free_words_wait_for_the_operator():
    async def scenario(house):
        await house.tell(frame=2, companion={"words": True})
        guest = await house.guest()
        await guest.act("wish", o="red")
        assert (await house.signal("phone/wish"))[0].text == "red"
        await guest.act("wish", w="平\u202e安\n<b>")
        ws, welcome = await house.console()
        held = welcome["hall"].get("wishes")
        while not held:
            held = json.loads(await asyncio.wait_for(ws.recv(), 5)).get("hall", {}).get("wishes")
        assert held == [{"id": 1, "text": "平安 <b>"}]
        await ws.send(json.dumps({"t": "wish", "id": 1, "ok": True}))
        signal, _ = await house.signal("phone/wish")
        assert (signal.text, signal.number) == ("平安 <b>", guest.id)

    play(scenario)


def test_the_camera_is_looked_through_until_the_last_console_looks_away():
    async def scenario(house):
        (one, _), (other, _) = await house.console(), await house.console()
        looks = []
        for ws, on in ((one, True), (other, True), (one, False), (other, False)):
            await ws.send(json.dumps({"t": "camera", "look": on}))
            looks.append(json.loads((await house.signal("console/camera"))[0].text)["look"])
        assert looks == [True, True, True, False]

    play(scenario)


def test_a_phone_may_not_look_through_the_camera():
    async def scenario(house):
        guest = await house.guest()
        await guest.ws.send(json.dumps({"t": "camera", "look": True}))
        await guest.act("tap")
        assert (await house.signal("phone/tap"))[0].address == "phone/tap"
        seen = []
        while not house.inbox.empty():
            seen += getattr(house.inbox.get_nowait(), "signals", [])
        assert "console/camera" not in {signal.address for signal in seen}

    play(scenario)


def test_the_snapshot_of_a_sloppy_scene_does_no_harm():
    async def scenario(house):
        guest = await house.guest()
        odd = {"verbs": None, "options": "red", "ask": 3, "words": "yes"}
        await house.tell(about=snapshot(frame=2, cue="2", companion=odd))
        await guest.hear("d")
        await guest.act("tap")
        assert (await guest.hear("no"))["why"] == "closed"

    play(scenario)


def test_phones_that_stop_reading_cost_no_memory_and_wake_up_to_the_newest():
    async def scenario(house):
        asleep = [await house.guest() for _ in range(20)]
        for guest in asleep:
            guest.ws.transport.pause_reading()
        awake = await house.guest()
        big = "x" * 20_000
        for frame in range(2, 30):
            await house.tell(frame=frame, cue=str(frame), pad=big + str(frame))
            await awake.hear("d")
            await awake.say(t="ack", s=awake.seq)
        phones = house.gateway.phones._phones.values()
        assert max(phone.owed() for phone in phones) <= len(big) + 1000
        for guest in asleep:
            guest.ws.transport.resume_reading()
        sleeper = asleep[0]
        heard = 0
        while sleeper.house["cue"] != "29":
            await sleeper.hear("d")
            await sleeper.say(t="ack", s=sleeper.seq)
            heard += 1
        assert heard <= 22

    play(scenario)
