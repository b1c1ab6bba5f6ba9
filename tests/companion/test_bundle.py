"""Scripts sewn together: order, scopes, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.companion import pages
from engine.companion.bundle import order, sew

WEB = Path(__file__).resolve().parents[2] / "assets" / "web"
FILES = {
    "js/page.js": 'import { glow, TAU as turn } from "./light.js";\n'
    'import * as wait from "../views/wait.js";\nglow(turn);\n',
    "js/light.js": "export const TAU = 6.28;\nexport function glow(r) { return r; }\n",
    "views/wait.js": 'import {\n  glow,\n} from "../js/light.js";\nexport function open() { glow(1); }\n',
}


def test_each_module_comes_after_what_it_needs_and_only_once():
    assert order(FILES, ["js/page.js"]) == ["js/light.js", "views/wait.js", "js/page.js"]


def test_imports_and_exports_become_plain_names():
    script = sew(FILES, order(FILES, ["js/page.js"]))
    assert "const glow = all['js/light.js'].glow, turn = all['js/light.js'].TAU;" in script
    assert "const wait = all['views/wait.js'];" in script
    assert "return { TAU: TAU, glow: glow };" in script
    assert not [line for line in script.splitlines() if line.startswith(("import", "export"))]


def test_comments_that_begin_a_line_stay_behind_and_nothing_else():
    text = "/* why,\n   at length */\n/* a */ const b = 1;\n  // so\n  const c = '/* d */'; // e\n/* f */\n"
    script = sew({"js/a.js": text}, ["js/a.js"])
    assert "why" not in script and "so" not in script and "/* f" not in script
    assert "/* a */ const b = 1;\n\nconst c = '/* d */'; // e\n" in script


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('import { x } from "./none.js";', "no module 'js/none.js'"),
        ('import { x } from "./a.js";', "imports itself"),
        ('import x from "./b.js";', "cannot be sewn"),
        ("export default 4;", "cannot be sewn"),
    ],
)
def test_what_cannot_be_sewn_is_named(text, why):
    files = {"js/a.js": text, "js/b.js": ""}
    with pytest.raises(ValueError, match=why):
        sew(files, order(files, ["js/a.js"]))


def test_a_view_that_cannot_be_sewn_is_left_out_alone(tmp_path, caplog):
    for name, text in {**FILES, "views/bad.js": "export default 1;", "views/good.js": ""}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    served = pages.load(tmp_path)
    assert b"views/good.js" in served["/web/views.js"].body and b"bad" not in served["/web/views.js"].body
    assert "/web/view/good.js" in served and "/web/view/bad.js" not in served
    assert "views/bad.js" in caplog.text


def test_a_phone_asks_for_two_scripts_and_every_view_is_in_one_of_them():
    served = pages.load(WEB)
    both = (served["/web/page.js"].body + served["/web/views.js"].body).decode()
    for view in (WEB / "views").glob("*.js"):
        assert both.count(f"all['views/{view.name}'] = ") == 1, view.name
    assert len(served["/web/page.js"].pressed) < 25_000, "what a herd loads at once"


CONSOLE = ("booth", "gate", "go", "cuelist", "console", "deskwords", "fader", "panels")
TOO_NEW = {
    r"\?\.[\w(\[]": "optional chaining",
    r"\?\?": "nullish coalescing",
    r"\b(async|await)\b": "async functions",
    r"\bimport\(": "import()",
    r"\{\s*\.\.\.|,\s*\.\.\.\w+\s*\}": "spread in objects",
    r"\bcatch\s*\{": "catch without a name",
    r"\*\*": "powers",
    r"\.(at|flat|flatMap|replaceAll|padStart|padEnd|matchAll|append|replaceChildren)\(": "a newer method",
    r"\bObject\.(values|entries|fromEntries)\b": "newer parts of Object",
    r"\b(globalThis|structuredClone|ResizeObserver|IntersectionObserver|BigInt|URLSearchParams)\b": "newer",
    r"\bfetch\(\s*[\"'`/]": "fetch",
}


def scripts():
    return [path for path in sorted(WEB.rglob("*.js")) if path.stem not in CONSOLE]


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_a_browser_of_2016_can_read_it(path):
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for form, name in TOO_NEW.items():
        assert not (found := re.search(form, text)), f"{path.name}: {name}: {found[0]!r}"
