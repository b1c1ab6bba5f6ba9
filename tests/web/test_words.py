"""Words from guests, from the phone past the operator onto the stage: harmless, held, never markup."""

from __future__ import annotations

import unicodedata

import pytest
from audience import joined, shown
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

PRESETS = [{"id": "barns", "label": ["五谷丰登", "Full barns"]}]
TRICK = "<img src=x onerror=alert(1)>"
HIDDEN = "\u202e\u2066\u200b\u200d\ufeff\u0007\u00ad"


def wishing(playhouse, words):
    playhouse.tell(companion={"view": "wish", "verbs": ["wish"], "options": PRESETS, "words": words})


@pytest.fixture
def desk(visit, playhouse):
    one = visit("/console", lang="en-GB", size=(1280, 800))
    one.page.locator("#pin").fill(playhouse.pin)
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#desk")).to_be_visible()
    return one.page


def test_presets_alone_unless_the_show_takes_words(visit, playhouse):
    guest = joined(visit)
    wishing(playhouse, False)
    shown(guest.page, "wish")
    expect(guest.page.get_by_role("textbox")).to_be_hidden()
    guest.page.get_by_role("button", name="五谷丰登").click()
    assert playhouse.signal("phone/wish").text == "barns"


def test_own_words_wait_for_the_desk_and_come_out_plain(visit, playhouse, desk):
    guest = joined(visit, lang="en-GB")
    page = guest.page
    wishing(playhouse, True)
    said = f"Cafe\u0301 {HIDDEN}{TRICK}"
    page.get_by_role("textbox", name="Or write your own").fill(said)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent; someone is reading it")).to_be_visible()
    plain = f"Café {TRICK}"
    held = desk.locator("#wishes li")
    expect(held).to_have_count(1)
    expect(held.locator("span").first).to_have_text(plain)
    expect(held.locator("img")).to_have_count(0)
    held.get_by_role("button").first.click()
    text = playhouse.signal("phone/wish").text
    assert text == plain and unicodedata.is_normalized("NFC", text)
    expect(held).to_have_count(0)


def test_what_the_desk_drops_never_reaches_the_stage(visit, playhouse, desk):
    guest = joined(visit, lang="en-GB")
    wishing(playhouse, True)
    words = guest.page.get_by_role("textbox", name="Or write your own")
    words.fill("x" * 500)
    assert len(words.input_value()) <= 140
    words.press("Enter")
    held = desk.locator("#wishes li")
    expect(held).to_have_count(1)
    held.get_by_role("button").last.click()
    expect(held).to_have_count(0)
    guest.page.get_by_role("button", name="Full barns").click()
    assert playhouse.signal("phone/wish").text == "barns", "the dropped one did not come before it"


def test_words_that_come_too_fast_are_given_back(visit, playhouse, desk):
    guest = joined(visit, lang="en-GB")
    wishing(playhouse, True)
    words = guest.page.get_by_role("textbox", name="Or write your own")
    for k in range(3):  # two at once, then one in two seconds
        words.fill(f"wish {k}")
        words.press("Enter")
    expect(guest.page.get_by_text("Not so fast; send it again")).to_be_visible()
    expect(words).to_have_value("wish 2")
    expect(desk.locator("#wishes li")).to_have_count(2)


def test_what_the_stage_says_is_never_markup_on_a_phone(visit, playhouse):
    guest = joined(visit)
    bad = [TRICK, TRICK]
    playhouse.tell(
        title=bad,
        show=bad,
        credit=bad,
        companion={"view": "vote", "verbs": ["vote"], "line": bad, "options": [{"id": "a", "label": bad}]},
    )
    shown(guest.page, "vote")
    expect(guest.page.get_by_role("button", name=TRICK)).to_be_visible()
    expect(guest.page.locator("#line")).to_have_text(TRICK)
    expect(guest.page.locator("img")).to_have_count(0)
