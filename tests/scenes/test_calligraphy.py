"""The show's own characters: right strokes in right number, inside their square, inked in their order."""

from pathlib import Path

import numpy as np
import pytest

from engine.core.chance import stream
from scenes.kit import brush, calligraphy

ASSETS = Path(__file__).parents[2] / "assets/strokes"
POEM = "白日依山尽黄河入海流欲穷千里目更上一层楼"
COUNTS = dict(
    zip(POEM, (5, 4, 8, 3, 6, 11, 8, 2, 10, 10, 11, 7, 3, 7, 5, 7, 3, 1, 7, 13), strict=True),
    叶=5, 晋=10, 风=4, 纸=7, 影=15, 脸=11, 鼓=13, 石=5, 木=4, 墨=15, 铁=10, 火=4, 窗=12, 花=7, 戏=6, 台=5,
)  # fmt: skip
# 笔顺: kinds by the five classes of the school order, 1 横提 2 竖 3 撇 4 点捺 5 折
ORDER = {
    "白": "32511", "日": "2511", "依": "32413534", "山": "252", "尽": "513444", "黄": "12212512134",
    "河": "44112512", "入": "34", "海": "4413155414", "流": "4414154325", "欲": "34342513534",
    "穷": "4453453", "千": "312", "里": "2511211", "目": "25111", "更": "1251134", "上": "211", "一": "1",
    "层": "5131154", "楼": "1234431234531", "叶": "25112", "晋": "1224312511", "风": "3534",
    "纸": "5513515", "影": "251141251234333", "脸": "35113414431", "鼓": "1212514311254",
    "石": "13251", "木": "1234", "墨": "254312114444121", "铁": "3111531134", "火": "4334",
    "窗": "445343253541", "花": "1223235", "戏": "541534", "台": "54251",
}  # fmt: skip


@pytest.fixture(scope="module")
def written():
    files = sorted(ASSETS.glob("*.toml"))
    return {text: c for path in files for text, c in calligraphy.read_strokes(path).items()}


@pytest.fixture(scope="module")
def paper():
    return calligraphy.fibres(160, stream(1, "paper"))


def school_class(stroke):
    """1 横提, 2 竖 and 竖钩, 3 撇, 4 点捺, 5 any other stroke that turns."""
    if stroke.kind == "钩" and len(stroke.corners) == 1:
        down, across = np.abs(stroke.knots[stroke.corners[0]] - stroke.knots[0])[::-1]
        if across < 0.1 * down and stroke.knots[-1][0] < stroke.knots[0][0]:
            return "2"
    if stroke.corners:
        return "5"
    return {"横": "1", "提": "1", "竖": "2", "针": "2", "撇": "3", "捺": "4", "点": "4", "撇点": "5"}[
        stroke.kind
    ]


def test_the_poem_has_131_strokes(written):
    assert sum(len(written[c].strokes) for c in POEM) == 131


@pytest.mark.parametrize("text", COUNTS)
def test_each_character_has_its_strokes_in_school_order(written, text):
    kinds = "".join(school_class(s) for s in written[text].strokes)
    assert len(kinds) == COUNTS[text]
    assert kinds == ORDER[text]


def test_every_knot_lies_in_the_square_and_strokes_have_two_to_eight(written):
    for character in written.values():
        for stroke in character.strokes:
            assert 2 <= len(stroke.knots) <= 8
            assert (stroke.knots >= 0).all() and (stroke.knots <= 1).all()


def test_strokes_run_as_they_are_written(written):
    """横 and 提 to the right and never down, 竖 down, 撇 to the left, 捺 to the right and down."""
    for character in written.values():
        for n, stroke in enumerate(character.strokes, 1):
            x, y = stroke.knots[-1] - stroke.knots[0]
            right = {
                "横": x > 0 and -0.2 * x < y < 0.02,
                "竖": y > 2 * abs(x),
                "针": y > 2 * abs(x),
                "捺": x > 0 and y > 0,
                "撇": x < 0.0 or bool(stroke.corners),
            }
            assert right.get(stroke.kind, True), f"{character.text}: stroke {n} ({stroke.kind})"


def test_characters_fill_their_square_about_its_middle(written):
    """Proportion of a printed model: centred, neither cramped nor over the edge."""
    for text, character in written.items():
        knots = np.vstack([s.knots for s in character.strokes])
        low, high = knots.min(0), knots.max(0)
        assert abs((low + high)[0] / 2 - 0.5) < 0.07, text
        assert (high - low)[0] > 0.4, text
        assert text == "一" or 0.6 < (high - low)[1] < 0.95, text


def test_a_fall_tapers_and_a_foot_swells():
    pie = brush.write(brush.Stroke("撇", np.array([(0.6, 0.1), (0.4, 0.5), (0.1, 0.9)]), np.ones(3), ()))
    na = brush.write(brush.Stroke("捺", np.array([(0.4, 0.2), (0.6, 0.6), (0.95, 0.85)]), np.ones(3), ()))
    assert pie.size[-1] < 0.1 * pie.size[len(pie.size) // 4]
    assert na.size.argmax() > 0.6 * len(na.size) and na.size[-1] < 0.1 * na.size.max()
    assert na.size.max() > 2.5 * na.size[0]


def test_the_brush_goes_slowly_where_it_presses(written):
    trail = brush.write(written["一"].strokes[0])
    pace = np.linalg.norm(np.diff(trail.at, axis=0), axis=1) / np.diff(trail.when)
    assert np.median(pace[len(pace) // 3 : len(pace) // 2]) > 1.3 * np.median(pace[-6:-3])
    assert trail.when[0] == 0 and trail.when[-1] == 1 and (np.diff(trail.when) > 0).all()


def test_ink_arrives_in_the_order_of_the_strokes(written, paper):
    glyph = calligraphy.bake(written["千"], 120, paper, stream(2, "bake"))
    inked = glyph.ink > 120
    assert glyph.when[inked].max() < glyph.strokes
    half = round(120 * calligraphy.MARGIN)
    places = {int(glyph.when[half + y, half + x]) for x, y in ((74, 20), (30, 60), (59, 96))}
    assert places == {0, 1, 2}


def test_where_strokes_cross_the_first_stays(written, paper):
    glyph = calligraphy.bake(written["木"], 120, paper, stream(2, "bake"))
    half = round(120 * calligraphy.MARGIN)
    assert int(glyph.when[half + 39, half + 59]) == 0


def test_baking_twice_is_the_same(written, paper):
    one, two = (calligraphy.bake(written["流"], 90, paper, stream(4, "bake")) for _ in range(2))
    assert np.array_equal(one.ink, two.ink) and np.array_equal(one.when, two.when)


def test_long_strokes_run_dry_at_their_ends(written):
    trail = brush.write(written["一"].strokes[0])
    lines = brush.dry_lines(trail, stream(3, "dry"), 0.75)
    assert lines and all(line[:, 0].min() > 0.4 for line in lines)
    assert not brush.dry_lines(brush.write(written["海"].strokes[0]), stream(3, "dry"), 0.75)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("strokes = []", "without strokes"),
        ('pinyin = "x"', "without strokes"),
        ('strokes = ["横 100,100 900,90", "竖 500,100"]', "stroke 2.*two"),
        ('strokes = ["横 100,100 1200,90"]', "stroke 1.*1200,90.*outside"),
        ('strokes = ["波 100,100 900,90"]', "stroke 1.*unknown kind '波'"),
        ('strokes = ["横 100;100 900,90"]', "stroke 1.*cannot read"),
        ('strokes = ["折 100,100 900,90 /"]', "stroke 1.*corner"),
        ('strokes = ["横 100,100*9 900,90"]', "stroke 1.*pressure"),
        ('strokes = ["横 nan,100 900,90"]', "stroke 1.*outside"),
        ('strokes = ["横 100,100 100,100"]', "stroke 1.*same point"),
        ('weight = 7\nstrokes = ["横 100,100 900,90"]', "weight 7"),
    ],
)
def test_a_mistake_is_named(tmp_path, entry, said):
    path = tmp_path / "mine.toml"
    path.write_text(f'["王"]\n{entry}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=f"mine.toml: 王.*{said}"):
        calligraphy.read_strokes(path)
