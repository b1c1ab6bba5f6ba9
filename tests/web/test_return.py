"""Phones that were away: killed gateway, second page, blackout, full house."""

from __future__ import annotations

import pytest
from audience import Cable, joined, shown
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


BACK_S = 2.0  # after the network's return


def watch(page):
    """Let the page note when it is linked, by its own clock."""
    page.evaluate(
        """() => new MutationObserver(() => {
             if (document.documentElement.dataset.linked === 'yes') window.linkedAt = performance.now();
           }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-linked'] })"""
    )


@pytest.mark.parametrize("away_s", [1.2, 4.0, 6.5])
def test_back_within_two_seconds_of_the_networks_return(visit, playhouse, away_s):
    """The air goes without a word: what was open stays silent, what is opened stays unanswered."""
    cable = Cable(playhouse.port)
    guest = visit(start=False, origin=f"http://127.0.0.1:{cable.port}")
    page, root = guest.page, guest.page.locator("html")
    page.goto(guest.origin)
    expect(root).to_have_attribute("data-linked", "yes")
    page.get_by_role("button", name="跳过").click()
    number = root.get_attribute("data-guest")
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    watch(page)
    cable.cut()
    page.wait_for_timeout(away_s * 1000)
    shown(page, "tap")
    back = page.evaluate("performance.now()")
    cable.mend()
    page.get_by_role("button", name="敲").press("Enter")
    expect(root).to_have_attribute("data-linked", "yes")
    playhouse.tell(companion={"view": "leaf", "verbs": ["give"]})
    shown(page, "leaf")
    if (linked := page.evaluate("window.linkedAt")) is not None:
        assert linked - back <= BACK_S * 1000
    expect(root).to_have_attribute("data-guest", number)
    expect(page.locator("#linking")).to_be_hidden()
    cable.close()


def test_a_locked_screen_wakes_as_the_same_guest_in_the_running_moment(visit, playhouse):
    guest = joined(visit)
    page, root = guest.page, guest.page.locator("html")
    life = guest.context.new_cdp_session(page)
    life.send("Page.setWebLifecycleState", {"state": "frozen"})
    playhouse.kill()
    playhouse.start()
    playhouse.tell(companion={"view": "leaf", "verbs": ["give"]})
    life.send("Page.setWebLifecycleState", {"state": "active"})
    shown(page, "leaf")
    expect(root).to_have_attribute("data-guest", str(guest.number))
    expect(root).to_have_attribute("data-linked", "yes")


def test_comes_back_as_the_same_person_after_the_gateway_is_killed(visit, playhouse):
    first, second = joined(visit), joined(visit)
    page, root = second.page, second.page.locator("html")
    playhouse.tell(companion={"view": "tap", "verbs": ["tap"]})
    shown(page, "tap")
    playhouse.kill()
    expect(root).to_have_attribute("data-linked", "no")
    expect(page.locator("#linking")).to_be_visible()
    shown(page, "tap")
    page.get_by_role("button", name="敲").press("Enter")  # the drum still answers the hand
    playhouse.start()
    for one in (first, second):
        expect(one.page.locator("html")).to_have_attribute("data-linked", "yes")
    expect(page.locator("#linking")).to_be_hidden()
    expect(root).to_have_attribute("data-guest", str(second.number))
    page.get_by_role("button", name="敲").press("Enter")
    assert playhouse.signal("phone/tap").number == second.number


def cut_alone(visit, playhouse):
    """A guest who cuts a flower while the gateway is down."""
    guest = joined(visit)
    playhouse.tell(companion={"view": "cut", "verbs": ["cut"]})
    shown(guest.page, "cut")
    playhouse.kill()
    expect(guest.page.locator("html")).to_have_attribute("data-linked", "no")
    guest.page.get_by_role("button", name="水滴").press("Enter")
    guest.page.get_by_role("button", name="展开").press("Enter")
    return guest


def test_a_flower_cut_while_the_line_was_down_is_sent_later(visit, playhouse):
    cut_alone(visit, playhouse)
    playhouse.start()
    assert playhouse.signal("phone/cut").text == "drop"


def test_a_flower_waits_for_a_gateway_that_has_not_heard_the_stage(visit, playhouse):
    guest = cut_alone(visit, playhouse)
    playhouse.start(heard=False)
    expect(guest.page.locator("html")).to_have_attribute("data-linked", "yes")
    playhouse.tell()
    assert playhouse.signal("phone/cut").text == "drop"


def test_a_second_page_of_one_guest_takes_over_and_the_first_may_return(visit, playhouse):
    guest = joined(visit)
    token = guest.page.evaluate("localStorage.getItem('xitai.token')")
    other = joined(visit)
    other.page.evaluate("token => localStorage.setItem('xitai.token', token)", token)
    other.page.reload()
    expect(other.page.locator("html")).to_have_attribute("data-guest", str(guest.number))
    back = guest.page.get_by_role("button", name="回到这一页")
    back.click()
    expect(back).to_be_hidden()
    expect(guest.page.locator("html")).to_have_attribute("data-linked", "yes")
    expect(other.page.locator("html")).to_have_attribute("data-linked", "no")


def test_a_half_cut_flower_outlives_a_blackout_and_another_language(visit, playhouse):
    guest = joined(visit)
    playhouse.tell(companion={"view": "cut", "verbs": ["cut"]})
    page = guest.page
    page.get_by_role("button", name="云纹").press("Enter")
    playhouse.tell(dark=True)
    shown(page, "wait")
    playhouse.tell(dark=False)
    shown(page, "cut")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Unfold").press("Enter")
    assert playhouse.signal("phone/cut").text == "cloud"


def test_reload_is_the_same_guest_and_asks_nothing_again(visit, playhouse):
    guest = joined(visit)
    guest.page.reload()
    expect(guest.page.locator("html")).to_have_attribute("data-guest", str(guest.number))
    shown(guest.page, "wait")


def test_a_full_house_lets_people_watch_from_a_queue(visit, playhouse):
    playhouse.kill()
    playhouse.start(capacity=1)
    joined(visit)
    late = visit()
    expect(late.page.locator("#line")).to_have_text("满座，前面还有 1 位")
    shown(late.page, "wait")
    playhouse.kill()
    playhouse.start()
