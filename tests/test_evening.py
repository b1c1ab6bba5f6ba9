"""An evening: the real show, a real browser for a guest and one for the operator."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from controllers.replay import Replay
from tests.running import Running

pytestmark = pytest.mark.slow
WAIT = 30_000  # milliseconds anything may take on a busy machine
# The stamp "seen on stage" is on for 2.6 s: on a busy machine a look from outside may come after them.
STAMPED = """() => {
    const seen = document.querySelector("#seen"), page = document.documentElement;
    new MutationObserver(() => { if (seen.classList.contains("on")) page.dataset.stamped = "yes"; })
        .observe(seen, { attributes: true });
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    assert path, "no browser found: install chromium"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def test_a_guest_throws_iron_and_the_operator_calls_the_next_cue(chromium: Browser, tmp_path: Path) -> None:
    log = tmp_path / "evening.jsonl"
    running = Running("--from", "30", "--record", str(log))
    try:
        running.until(lambda h: h.get("scene") == "iron", "playing iron")
        guest = chromium.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
        guest.goto(running.url)
        guest.get_by_text("跳过").click()
        guest.evaluate(STAMPED)
        guest.get_by_role("button", name="泼").press("Enter")
        expect(guest.locator("html")).to_have_attribute("data-stamped", "yes")
        running.until(lambda h: h["phones"] == 1, "counting the guest")

        booth = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        booth.goto(f"{running.url}/console")
        for digit in running.pin:
            booth.get_by_role("button", name=digit, exact=True).click()
        booth.get_by_role("button", name="Enter").click()
        expect(booth.get_by_text("The great throw").first).to_be_visible()
        booth.wait_for_function(
            "() => [...document.querySelectorAll('img, canvas')].some(n => n.width >= 300 || n.naturalWidth)"
        )
        booth.locator("#go").click()
        running.until(lambda h: h["cue"] == "31", "at the next cue")
    finally:
        running.finish()
    replay = Replay(log)
    heard = [s.address for k in range(replay.frames) for s in replay.due(k)]
    assert heard.count("phone/flick") == 1 and heard.count("console/go") == 1
