"""The operator's page in a real browser, against the real gateway."""

from __future__ import annotations

import base64
import json

import cv2
import numpy as np
import pytest
from playwright.sync_api import expect

from engine.link import Order

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


def knock(page, pin):
    page.locator("#pin").fill(pin)
    page.keyboard.press("Enter")


@pytest.fixture
def booth(visit, playhouse):
    """An operator who has got in."""

    def enter(**facts):
        one = visit("/console", **facts)
        knock(one.page, playhouse.pin)
        expect(one.page.locator("#desk")).to_be_visible()
        return one

    return enter


def test_wrong_pin_is_said_and_the_right_one_is_remembered(visit, playhouse):
    page = visit("/console", lang="en-GB").page
    knock(page, "0000")
    expect(page.get_by_text("Wrong PIN")).to_be_visible()
    expect(page.locator("#desk")).to_be_hidden()
    for digit in playhouse.pin:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Enter").click()
    expect(page.locator("#desk")).to_be_visible()
    page.reload()
    expect(page.locator("#desk")).to_be_visible()
    expect(page.locator("#gate")).to_be_hidden()


def test_go_fires_once_while_the_guard_is_up(booth, playhouse):
    page = booth().page
    page.locator("#go").hover()
    page.mouse.down()
    page.keyboard.press(" ")
    page.mouse.up()
    page.keyboard.press("b")
    assert playhouse.signals_until("console/blackout").count("console/go") == 1
    playhouse.tell(desk={"guarded": True})
    expect(page.locator("#go.guarded")).to_be_attached()
    page.keyboard.press(" ")
    page.keyboard.press("f")
    assert "console/go" not in playhouse.signals_until("console/freeze")
    playhouse.tell(desk={"guarded": False})
    expect(page.locator("#go:not(.guarded)")).to_be_attached()
    page.keyboard.press(" ")
    playhouse.signal("console/go")


def test_space_on_a_focused_button_is_still_only_go(booth, playhouse):
    page = booth().page
    page.get_by_role("button", name="全停").focus()
    page.keyboard.press(" ")
    page.keyboard.press("Backspace")
    passed = playhouse.signals_until("console/back")
    assert [address for address in passed if address != "phone/joined"] == ["console/go", "console/back"]


def test_every_order_has_its_key_and_its_button(booth, playhouse):
    page = booth().page
    for key, order in (
        ("p", "panic"),
        ("f", "freeze"),
        ("c", "curtain"),
        ("a", "autoplay"),
        ("b", "blackout"),
    ):
        page.keyboard.press(key)
        playhouse.signal(f"console/{order}")
        page.locator(f'[data-order="{order}"]').click()
        playhouse.signal(f"console/{order}")


def test_the_stage_says_what_is_down(booth, playhouse):
    page = booth(lang="en-GB").page
    playhouse.tell(desk={"master": {"level": 0.5, "blackout": True, "freeze": False, "curtain": False}})
    expect(page.get_by_role("button", name="Blackout")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#cover")).to_have_text("Blackout")
    expect(page.get_by_role("slider", name="Grand master")).to_have_attribute("aria-valuenow", "50")


def test_cues_tap_to_stand_by_hold_or_jump_to_go_there(booth, playhouse):
    page = booth(lang="en-GB").page
    row = page.locator("#cues li").nth(2)
    row.locator(".pick").click()
    assert playhouse.signal("console/standby").text == "3"
    row.locator(".jump").click()
    assert playhouse.signal("console/jump").text == "3"
    row.locator(".pick").hover()
    page.mouse.down()
    assert playhouse.signal("console/jump").text == "3"
    page.mouse.up()
    page.keyboard.press("ArrowDown")
    assert playhouse.signal("console/standby").text == "3", "the hold did not also stand by"
    playhouse.tell(desk={"live": "3", "standby": "", "live_s": 0.0})
    expect(page.locator("#livename")).to_have_text("Leather")
    expect(page.locator("#nextname")).to_have_text("None")


def test_knob_moves_by_the_drag_and_its_echo_does_not_fight(booth, playhouse):
    page = booth(lang="en-GB").page
    knob = page.get_by_role("slider", name="Petals")
    knob.scroll_into_view_if_needed()
    at = knob.bounding_box()
    x, y = at["x"] + at["width"] * 0.1, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    expect(knob).to_have_attribute("aria-valuenow", "50")  # touching far from the mark moves nothing
    page.mouse.move(x + at["width"] * 0.2, y, steps=4)
    turned = playhouse.signal("console/knob/petals", lambda level: level.value > 0.69)
    assert turned.value == pytest.approx(0.7, abs=0.01)
    stale = [{**playhouse.desk["knobs"][0], "raw": 0.1, "value": 5}]
    playhouse.tell(desk={"knobs": stale, "fps": 58.0})
    expect(page.locator("#fps")).to_have_text("58")
    expect(knob).to_have_attribute("aria-valuenow", "70")
    page.mouse.up()
    playhouse.tell(desk={"knobs": [{**stale[0], "raw": 0.25}]})
    knob.press("ArrowRight")
    assert playhouse.signal("console/knob/petals", lambda level: level.value > 0.705).value == pytest.approx(
        0.72
    )


def test_grand_master_goes_down(booth, playhouse):
    page = booth(lang="en-GB").page
    page.get_by_role("slider", name="Grand master").press("Home")
    assert playhouse.signal("console/master").value == 0


def test_picture_gauges_devices_and_messages(booth, playhouse):
    page = booth(lang="en-GB").page
    jpeg = cv2.imencode(".jpg", np.full((180, 320, 3), (20, 90, 200), np.uint8))[1].tobytes()
    playhouse.picture(jpeg)
    expect(page.locator("#preview[data-pictures]")).to_be_visible()
    pixel = page.evaluate(
        "() => Array.from(document.getElementById('preview').getContext('2d').getImageData(9, 9, 1, 1).data)"
    )
    assert np.allclose(pixel[:3], (200, 90, 20), atol=8)
    expect(page.locator("#devices .bad")).to_contain_text("not found")
    expect(page.locator("#meters")).to_contain_text("camera/energy")
    playhouse.tell(desk={"messages": ["Doors open.", "Cue 2: petals is unknown; nearest is petal."]})
    expect(page.locator("#messages li").first).to_contain_text("nearest is petal")


def test_phones_in_the_house_are_counted(booth, visit):
    page = booth().page
    expect(page.locator("#phones")).to_have_text("0")
    visit("/")
    expect(page.locator("#phones")).to_have_text("1")


def test_loss_is_plain_and_heals_by_itself(booth, playhouse):
    page = booth().page
    playhouse.kill()
    expect(page.locator("#lost")).to_contain_text("断线")
    playhouse.start()
    expect(page.locator("#lost")).to_be_hidden()
    page.keyboard.press(" ")
    playhouse.signal("console/go")


def test_both_languages_on_a_narrow_screen(booth):
    page = booth(size=(360, 740)).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    go = page.get_by_role("button", name="走：2 窗花").bounding_box()
    assert go["width"] >= 96 and go["y"] + go["height"] <= 740
    page.locator(".bar .tongue").click()
    expect(page.locator("#nextname")).to_have_text("Paper")
    expect(page.locator("#prompt")).to_have_text("Snow light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_desk_fits_a_booth_screen_without_scrolling(booth):
    for size in ((1440, 900), (1280, 720)):
        page = booth(size=size).page
        for selector in ("#go", "#back", "#blackout", '[data-order="panic"]', "#cues", "#preview"):
            place = page.locator(selector).bounding_box()
            assert place["y"] >= 0 and place["y"] + place["height"] <= size[1], (size, selector, place)


def test_overrides_are_called_by_number_and_show_whether_they_hold(booth, playhouse):
    page = booth().page
    hold = {"number": "90", "title": ["稳", "Hold"], "order": "hold", "prompt": ["停", "Stay"]}
    playhouse.tell(desk={"overrides": [hold], "held": False})
    page.locator('[data-override="90"]').click()
    assert playhouse.signal("console/jump").text == "90"
    playhouse.tell(desk={"held": True})
    expect(page.locator('[data-override="90"][aria-pressed="true"]')).to_be_visible()
    expect(page.locator("#cover")).to_have_text("稳住")


def test_the_mode_is_chosen_and_what_the_house_answers_is_shown(booth, playhouse):
    page = booth(lang="en-GB").page
    page.locator("#mode").select_option("show")
    assert playhouse.signal("console/mode").text == "show"
    options = [{"id": "red", "label": ["忠", "loyal"]}]
    playhouse.tell(desk={"asked": {"open": True, "tally": {"red": 12}, "options": options}})
    expect(page.locator("#asked")).to_have_text("The house answers: loyal 12")
    playhouse.tell(desk={"asked": {"open": False, "tally": {}, "options": []}})
    expect(page.locator("#asked")).to_be_hidden()


MASK = {"width": 8, "height": 8, "bits": base64.b64encode(bytes(8)).decode()}
CELLS = base64.b64encode(bytes([200] * 48 * 27)).decode()

SIGHT = {
    "source": "0", "mirror": False, "zone": [0, 0, 1, 1], "ignore": [], "zones": [], "mode": "performer",
    "sensitivity": 1.0, "locked": False, "lockable": True, "changed": False, "file": "venue.toml",
}  # fmt: skip


def mosaic(**more):
    seen = {"width": 48, "height": 27, "cells": CELLS, "mask": MASK, "x": 0.5, "y": 0.5, "levels": {}}
    return Order("aim", {**seen, "points": [], "gestures": [], **more})


def drag(page, *way):
    """From place to place, shares of the picture's width and height."""
    view = page.locator("#aimview").bounding_box()
    places = [(view["x"] + view["width"] * x, view["y"] + view["height"] * y) for x, y in way]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[-1])
    page.mouse.up()


@pytest.fixture
def aiming(booth, playhouse):
    page = booth(size=(1280, 800)).page
    playhouse.tell(desk={"camera": SIGHT})
    page.locator("#aimopen").click()
    playhouse.signal("console/camera", lambda signal: '"look":true' in signal.text)
    return page


def asked(playhouse):
    return json.loads(playhouse.signal("console/camera", lambda signal: "look" not in signal.text).text)


def test_the_camera_is_aimed_in_cells_and_locked_in_a_show(aiming, playhouse):
    gesture = {"n": 1, "name": "raise", "confidence": 0.9, "x": 0.5, "y": 0.5}
    playhouse.hub.send("gateway", mosaic(gestures=[gesture, gesture | {"n": 2}]))
    expect(aiming.locator("#aimgestures li.lit")).to_have_count(2)
    expect(aiming.locator("#aimgestures li.lit").first).to_contain_text("抬手")
    drag(aiming, (0.25, 0.25), (0.75, 0.75))
    assert asked(playhouse)["zone"] == pytest.approx([0.25, 0.25, 0.75, 0.75], abs=0.01)
    playhouse.tell(desk={"mode": "show"})
    expect(aiming.locator("#aim")).to_be_hidden()
    expect(aiming.locator("#aimopen")).to_be_disabled()


def test_in_a_mirror_places_are_kept_as_the_camera_has_them(aiming, playhouse):
    playhouse.tell(desk={"camera": SIGHT | {"mirror": True}})
    expect(aiming.locator("#aimmirror")).to_have_attribute("aria-pressed", "true")
    drag(aiming, (0.1, 0.2), (0.4, 0.9))
    assert asked(playhouse)["zone"] == pytest.approx([0.6, 0.2, 0.9, 0.9], abs=0.01)


def test_what_is_ignored_is_looked_at_again_by_a_tap(aiming, playhouse):
    aiming.locator("#aimtoolignore").click()
    drag(aiming, (0.1, 0.1), (0.3, 0.3))
    polygons = asked(playhouse)["ignore"]
    assert len(polygons) == 1
    playhouse.tell(desk={"camera": SIGHT | {"ignore": polygons, "changed": True}})
    expect(aiming.locator("#aimsave")).to_be_enabled()
    drag(aiming, (0.2, 0.2), (0.2, 0.2))
    assert asked(playhouse)["ignore"] == []


def test_what_rests_is_marked_for_a_crowd_and_taken_away_by_a_tap(aiming, playhouse):
    tool = aiming.locator("#aimtoolrest")
    expect(tool).to_be_hidden()
    crowd = SIGHT | {"mode": "crowd"}
    playhouse.tell(desk={"camera": crowd})
    tool.click()
    drag(aiming, (0.0, 0.0), (1.0, 0.1))
    part = asked(playhouse)["reference"]
    assert part[2] == pytest.approx([1.0, 0.1], abs=0.01)
    playhouse.tell(desk={"camera": crowd | {"reference": part, "changed": True}})
    expect(aiming.locator("#aimsave")).to_be_enabled()
    drag(aiming, (0.5, 0.5), (0.5, 0.5))
    drag(aiming, (0.5, 0.05), (0.5, 0.05))
    assert asked(playhouse)["reference"] == []
    playhouse.tell(desk={"camera": SIGHT})
    expect(tool).to_be_hidden()
    expect(aiming.locator("#aimtoolzone")).to_have_attribute("aria-pressed", "true")


def test_a_camera_that_ails_says_so_in_the_language_of_the_desk(aiming, playhouse):
    ailing = "the picture was 640x360 and is now 320x240; look at the zone again"
    playhouse.tell(desk={"devices": [{"name": "camera", "ok": False, "detail": ailing}]})
    expect(aiming.locator("#aimhealth")).to_have_text("▲ 画面由 640x360 变成 320x240：再看一眼演区")
    well = [{"name": "camera", "ok": True, "detail": "http://10.0.0.2/a.b, 30 pictures a second"}]
    playhouse.tell(desk={"devices": well, "camera": SIGHT | {"lockable": False}})
    expect(aiming.locator("#aimhealth")).to_have_text("✓ http://10.0.0.2/a.b，每秒 30 帧")
    expect(aiming.locator("#aimlock")).to_be_disabled()
