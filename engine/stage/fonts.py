"""Finding a Chinese font: the show's, the configured one, the system's, or a pip package's."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".ttf", ".otf", ".ttc", ".woff2")
# Literary Kai first, then Song, then Hei: the evening's texts are poems.
PREFERRED = (
    "lxgwwenkai-regular", "lxgwwenkai", "wenkai", "ukai", "simkai", "stkaiti", "kaiti", "gkai00mp",
    "notoserifcjk-regular", "notoserifcjk", "notoserifsc", "sourcehanserif", "songti", "simsun",
    "notosanscjk-regular", "notosanscjk", "notosanssc", "sourcehansans", "pingfang", "msyh",
    "hiragino sans gb", "wqy-microhei", "wqy-zenhei", "droidsansfallback",
)  # fmt: skip
_PIP_PACKAGE = "paperang_p2_fonts_cjk"
_SYSTEM_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts"),
    "win32": ("C:/Windows/Fonts",),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file; collections (.ttc) hold several and face 0 is often the Japanese one."""

    path: Path
    index: int = 0


def find_face(folders: Iterable[Path] = (), *, explicit: Path | None = None) -> Face | None:
    """The best face for simplified Chinese, or None where there is none at all."""
    candidates: list[Face] = []
    if explicit is not None and explicit.is_file():
        candidates.append(Face(explicit))
    for folder in folders:
        candidates += sorted((Face(p) for p in _font_files(folder)), key=_rank)
    candidates += sorted(_system_faces(), key=_rank)
    candidates += [Face(p) for p in _packaged()]
    return next((f for f in candidates if f.path.is_file()), None)


def _font_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES]


def _rank(face: Face) -> tuple[int, str]:
    name = face.path.name.lower()
    place = next((i for i, p in enumerate(PREFERRED) if p in name), len(PREFERRED))
    return place, f"{name}:{face.index}"


def _system_faces() -> Iterator[Face]:
    if shutil.which("fc-list"):
        yield from _fontconfig()
        return
    for folder in _SYSTEM_FOLDERS.get(sys.platform, ()):
        for path in _font_files(Path(folder)):
            if any(p in path.name.lower() for p in PREFERRED):
                yield Face(path)


def _fontconfig() -> Iterator[Face]:
    """Faces fontconfig says cover zh-CN; of a collection the one whose name says SC or CN."""
    command = ["fc-list", "--format", "%{file}|%{index}|%{family}\n", ":lang=zh-cn"]
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return
    for line in text.splitlines():
        file, index, family = (line.split("|") + ["", ""])[:3]
        path = Path(file)
        if path.suffix.lower() not in SUFFIXES or "mono" in family.lower():
            continue
        if path.suffix.lower() == ".ttc" and "cjk" in path.name.lower() and "SC" not in family:
            continue
        # fontconfig keeps named variations in the upper half of the index
        yield Face(path, int(index or 0) & 0xFFFF)


def _packaged() -> list[Path]:
    """Files of the optional font package, found without running its code."""
    spec = importlib.util.find_spec(_PIP_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return []
    return [p for place in spec.submodule_search_locations for p in _font_files(Path(place))]


if __name__ == "__main__":
    raise SystemExit(0 if find_face() else 1)
