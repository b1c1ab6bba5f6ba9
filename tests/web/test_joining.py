"""Coming in and going: the room's code, the queue, being forgotten."""

from __future__ import annotations

import pytest
from audience import joined, shown
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture
def coded(playhouse):
    """The house asks for its code."""
    playhouse.kill()
    playhouse.start(room="JINF")
    yield playhouse
    playhouse.kill()
    playhouse.start()


def test_the_room_code_is_typed_at_the_door(visit, coded):
    guest = visit(lang="en-GB")
    shown(guest.page, "room")
    code = guest.page.get_by_role("textbox", name="Room code")
    come_in = guest.page.get_by_role("button", name="Come in")
    place = come_in.bounding_box()
    assert place["x"] >= 0 and place["x"] + place["width"] <= 360
    code.fill("JIN")
    expect(come_in).to_be_disabled()
    code.fill("NOPE")
    come_in.click()
    expect(guest.page.get_by_role("alert")).to_have_text("Not this one; look at the screen again")
    code.fill("jinf")
    come_in.click()
    shown(guest.page, "seat")
    guest.page.reload()
    shown(guest.page, "seat")


def test_the_scanned_address_carries_the_code(visit, coded):
    guest = visit("/?r=jinf")
    shown(guest.page, "seat")


def test_a_late_guest_lands_in_the_running_moment(visit, playhouse):
    playhouse.tell(companion={"view": "flick", "verbs": ["flick"], "ready": 0.4})
    guest = joined(visit)
    shown(guest.page, "flick")


def test_the_place_in_the_queue_moves_until_one_is_in(visit, playhouse):
    playhouse.kill()
    playhouse.start(capacity=1)
    first = joined(visit, lang="en-GB")
    second, third = visit(), visit()
    expect(second.page.locator("#line")).to_have_text("满座，前面还有 1 位")
    expect(third.page.locator("#line")).to_have_text("满座，前面还有 2 位")
    settings = first.page.get_by_role("button", name="Settings")
    settings.click()
    first.page.get_by_role("button", name="Forget me").click()
    first.page.get_by_role("button", name="Press again").click()
    expect(third.page.locator("#line")).to_have_text("满座，前面还有 1 位")
    shown(second.page, "seat")
    playhouse.kill()
    playhouse.start()


def test_who_asks_to_be_forgotten_is_and_leaves_nothing_behind(visit, playhouse):
    guest = joined(visit)
    page = guest.page
    page.get_by_role("button", name="设置").click()
    page.get_by_role("button", name="忘记我").click()
    page.get_by_role("button", name="再按一次").click()
    expect(page.get_by_text("已经忘记您了")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    page.get_by_role("button", name="重新进场").click()
    shown(page, "seat")
    assert int(page.locator("html").get_attribute("data-guest")) != guest.number


def test_another_seat_can_be_taken_while_the_show_runs(visit, playhouse):
    guest = joined(visit)
    page = guest.page
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    page.get_by_role("button", name="设置").click()
    page.get_by_role("button", name="换座位").click()
    shown(page, "seat")
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"], "bpm": 90})
    page.get_by_role("button", name="中排右").press("Enter")
    shown(page, "tap")
    page.get_by_role("button", name="敲").press("Enter")
    assert playhouse.signal("phone/tap").x > 0.6


def test_scanning_again_is_coming_back(visit, playhouse):
    guest = joined(visit)
    guest.page.close()
    again = guest.context.new_page()
    again.goto(playhouse.url)
    expect(again.locator("html")).to_have_attribute("data-guest", str(guest.number))
    shown(again, "wait")
