"""Scripts sewn together: many small modules as one answer, for browsers that know no modules too.

A herd that comes in at once would ask for a dozen files each, and every request costs the gateway more
than the bytes do. So the modules of a page go out as one plain script, each in a scope of its own and known
by its path in a table (`window.xitai`); a second script adds to the same table. It is done when the pages
are read: the files stay as they are written, and there is nothing to build.

Comments that begin a line, and indents, stay behind: they weigh a sixth.

Only what the pages use is understood: `import { a, b as c } from "./x.js";`, `import * as x from "./x.js";`,
`export function`, `export const`, `export let`, each at the start of a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

TABLE = "window.xitai"
_IMPORT = re.compile(r'^import\s+(?:\{([^}]*)\}|\*\s+as\s+(\w+))\s+from\s+"([^"]+)";', re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:function|const|let)\s+(\w+))", re.MULTILINE)
_ASIDE = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*$|//[^\n]*$)|^[ \t]+|^\n", re.MULTILINE | re.DOTALL)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def order(files: Mapping[str, str], entries: Iterable[str]) -> list[str]:
    """The entries and all they import, each after what it needs.

    ValueError if one is missing or needs itself.
    """
    done: list[str] = []
    for entry in entries:
        _visit(files, entry, (), done)
    return done


def sew(files: Mapping[str, str], paths: Iterable[str]) -> str:
    """One script of the modules at `paths`, in that order. ValueError for a form that is not understood."""
    parts = [f"all[{path!r}] = (function () {{\n{_module(path, files[path])}\n}})();" for path in paths]
    body = "\n".join(parts)
    return f'(function (all) {{\n"use strict";\n{body}\n}})({TABLE} = {TABLE} || {{}});\n'


def _visit(files: Mapping[str, str], path: str, above: tuple[str, ...], done: list[str]) -> None:
    if path in done:
        return
    if path in above:
        raise ValueError(f"{path}: imports itself by way of {', '.join(above)}")
    if path not in files:
        raise ValueError(f"{above[-1] if above else 'the page'}: there is no module {path!r}")
    for found in _IMPORT.finditer(files[path]):
        _visit(files, _resolve(path, found[3]), (*above, path), done)
    done.append(path)


def _module(path: str, text: str) -> str:
    """The module as the body of a function that gives what it exports."""
    names = _EXPORT.findall(text)
    text = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(path, found), text))
    if strange := _OTHER.search(text):
        raise ValueError(f"{path}: cannot be sewn: {strange[0]!r}")
    return _ASIDE.sub("", text) + "return { " + ", ".join(f"{name}: {name}" for name in names) + " };"


def _taken(path: str, found: re.Match[str]) -> str:
    """An import as constants."""
    source = f"all[{_resolve(path, found[3])!r}]"
    if found[2]:
        return f"const {found[2]} = {source};"
    pairs = [name.split(" as ") for name in found[1].replace("\n", " ").split(",") if name.strip()]
    taken = ", ".join(f"{pair[-1].strip()} = {source}.{pair[0].strip()}" for pair in pairs)
    return f"const {taken};"


def _resolve(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
