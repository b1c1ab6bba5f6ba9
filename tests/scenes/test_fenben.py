"""The painter's drawing as a file: what it says, what it refuses, and what lies in front of what."""

from pathlib import Path

import numpy as np
import pytest

from scenes.kit import families
from scenes.kit.easel import NEVER, Easel, body
from scenes.kit.fenben import Stroke, read_fenben
from scenes.kit.minerals import read_minerals

ASSETS = Path(__file__).parents[2] / "assets"
PAINTS = {"white", "azurite"}
SQUARE = 'shape = "M 10 10 L 50 10 L 50 50 L 10 50 Z"'


def read(tmp_path, text):
    path = tmp_path / "draft.toml"
    path.write_text(text, "utf-8")
    return read_fenben(path, PAINTS)


def test_a_fold_family_lies_between_its_two_curves():
    lines = families.folds({"a": "M 0 0 R 50 20 100 0", "b": "M 0 60 R 50 90 100 60", "n": 4})
    assert len(lines) == 4
    heights = [line[len(line) // 2, 1] for line in lines]
    assert heights == sorted(heights) and heights[0] < 25 and heights[-1] > 80


def test_a_family_by_steps_is_the_master_moved_on():
    lines = families.folds({"a": "M 0 0 R 50 20 100 0", "step": [34, 6], "n": 3})
    assert np.allclose(lines[2] - lines[0], (68, 12))


def test_a_stroke_has_a_nail_head_an_even_wire_and_a_thin_tail():
    _, half = body(Stroke(np.array([[0.0, 0.0], [100.0, 0.0], [300.0, 0.0]]), 4.0))
    middle = half[len(half) // 2]
    assert half[0] > 1.4 * middle and middle == pytest.approx(2.0, abs=0.1) and half[-1] < 0.35 * middle


def test_a_ribbon_turns_over_where_its_width_passes_zero(tmp_path):
    ribbon = 'ribbon = "0 50 20 100 50 20 200 50 -20 300 50 -20"'
    text = f'picture = [{{ {ribbon}, paint = "white", lining = "azurite" }}]'
    pieces = read(tmp_path, text)
    assert [p.paint for p in pieces if p.outline is not None] == ["white", "azurite"]


def test_a_motif_is_set_down_turned_flipped_and_in_other_paints(tmp_path):
    text = f"""picture = [{{ use = "box", at = "100 0", flip = true, swap = {{ white = "azurite" }} }}]
[motif]
box = [{{ {SQUARE}, paint = "white" }}]"""
    (piece,) = read(tmp_path, text)
    assert piece.paint == "azurite" and (piece.outline[:, 0] < 100).all()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('picture = [{ shape = "M 0 0 L 9 0 L 9 9" }]', "open"),
        (f'picture = [{{ {SQUARE}, paint = "azure" }}]', "did you mean 'azurite'"),
        (f'picture = [{{ {SQUARE}, colour = "white" }}]', "unknown word 'colour'"),
        ('picture = [{ name = "x" }]', "exactly one"),
        ('picture = [{ use = "cloud", at = "0 0" }]', "unknown motif"),
        ('picture = [{ use = "a", at = "0 0" }]\n[motif]\na = [{ use = "a", at = "0 0" }]', "within itself"),
        ('picture = [{ ribbon = "0 0 1 5" }]', "x y width"),
        ('picture = [{ line = "M 0 0 L 9 9", folds = [{ a = "M 0 0 L 9 9", n = 1 }] }]', "n >= 2"),
        ("picture = []", "there is no picture"),
        ("picture = [", "draft.toml"),
    ],
)
def test_a_broken_drawing_says_where_and_why(tmp_path, text, reason):
    with pytest.raises(ValueError, match=r"draft\.toml") as wrong:
        read(tmp_path, text)
    assert reason in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[red]\ndark = "#000000"\nlight = "red"', "no colour"),
        ('[red]\ndark = "#000000"\nlight = "#FF0000"\nopen = true', "zh and en"),
        ('[red]\ndark = "#000000"\nlight = "#FF0000"\nshade = 1', "unknown word 'shade'"),
        ("", "no paint"),
    ],
)
def test_a_broken_paint_says_where_and_why(tmp_path, text, reason):
    path = tmp_path / "paints.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"paints\.toml") as wrong:
        read_minerals(path)
    assert reason in str(wrong.value)


def test_what_lies_in_front_hides_ink_area_and_gold_behind(tmp_path):
    text = f"""picture = [
      {{ {SQUARE}, paint = "white", lines = ["M 12 30 L 48 30"], gold = ["M 12 20 L 48 20"] }},
      {{ shape = "M 30 5 L 60 5 L 60 55 L 30 55 Z", paint = "azurite" }},
    ]"""
    easel = Easel((80, 80), 1.0)
    for piece in read(tmp_path, text):
        easel.lay(piece, [(0.0, 1.0)] * len(piece.strokes))
    behind, front = easel.cells
    assert front.mask[20, 20] == 255 and behind.mask[20, -6] == 0
    assert easel.cover[30, 20] > 60 and easel.cover[30, 40] == 0
    assert easel.gilt[20, 20] > 60 and easel.gilt[20, 40] == 0
    assert easel.when[30, 20] <= 1.0 and easel.when[70, 70] == NEVER


def test_ink_arrives_along_the_stroke():
    easel = Easel((220, 20), 1.0)
    easel.pull(Stroke(np.array([[10.0, 10.0], [210.0, 10.0]]), 6.0, inside=False), 100.0, 300.0)
    row = easel.when[10, 20:200]
    assert (np.diff(row) >= 0).all() and 100 <= row[0] < 130 and 270 < row[-1] <= 300


def test_the_shipped_drawings_are_whole():
    for folder, file, paints in (("line", "mural", "minerals"), ("lacquer", "screen", "paints")):
        known = read_minerals(ASSETS / folder / f"{paints}.toml")
        assert len(read_fenben(ASSETS / folder / f"{file}.toml", known)) > 100
