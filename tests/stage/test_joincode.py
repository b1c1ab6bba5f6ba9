"""Codes to join by: what they say, how sharp they are, and that a reader reads them."""

import cv2
import numpy as np
import pytest

from engine import Canvas, ink, joincode


@pytest.fixture
def canvas():
    return Canvas((1920, 1080))


def read(sheet):
    return cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(sheet.px[..., :3]))[0]


def test_a_network_code_escapes_what_would_end_a_field():
    assert joincode.wifi_text('Ha;ll:"5"', "p\\w,x") == 'WIFI:T:WPA;S:Ha\\;ll\\:\\"5\\";P:p\\\\w\\,x;;'
    assert joincode.wifi_text("Plain", "changan2026") == "WIFI:T:WPA;S:Plain;P:changan2026;;"


def test_an_open_network_names_no_password():
    text = joincode.wifi_text("Open hall", "")
    assert text == "WIFI:T:nopass;S:Open hall;;"


def test_a_network_without_a_name_is_refused():
    with pytest.raises(ValueError, match="name"):
        joincode.wifi_text("", "secret")


def test_an_address_without_a_scheme_gets_one():
    assert joincode.address_text("192.168.1.20:8080") == "http://192.168.1.20:8080"
    assert joincode.address_text("https://hall.example/") == "https://hall.example/"


@pytest.mark.parametrize(
    "text", ["http://192.168.1.20:8080/", "WIFI:T:WPA;S:Ha\\;ll;P:p\\\\w;;", "https://戏台.example/一叶"]
)
def test_a_reader_reads_it(canvas, text):
    assert read(joincode.code(canvas, text, 330)) == text


def test_modules_are_whole_pixels_inside_a_quiet_border_of_four(canvas):
    text = "http://192.168.1.20:8080/"
    sheet = joincode.code(canvas, text, 330)
    count = joincode.modules(text)
    each, rest = divmod(sheet.px.shape[0], count)
    assert rest == 0 and each == 330 // count
    dark = sheet.px[..., 0] < 128
    cells = dark[each // 2 :: each, each // 2 :: each]
    assert (np.kron(cells, np.ones((each, each), bool)) == dark).all()
    q = joincode.QUIET
    assert not cells[:q].any() and not cells[-q:].any() and not cells[:, :q].any() and not cells[:, -q:].any()
    assert cells[q, q : q + 7].all(), "the finder pattern begins right after the border"


def test_it_is_dark_on_light_in_the_colours_asked_for(canvas):
    sheet = joincode.code(canvas, "a", 200, dark=ink.COAL, light=ink.APRICOT)
    found = {tuple(int(v) for v in c[::-1]) for c in np.unique(sheet.px[..., :3].reshape(-1, 3), axis=0)}
    assert found == {ink.COAL, ink.APRICOT}


def test_a_small_picture_still_gets_a_whole_code():
    sheet = joincode.code(Canvas((320, 180)), "http://192.168.1.20:8080/", 60)
    assert sheet.px.shape[0] == joincode.modules("http://192.168.1.20:8080/")


def test_no_text_no_code(canvas):
    with pytest.raises(ValueError, match="needs a text"):
        joincode.code(canvas, "", 300)
