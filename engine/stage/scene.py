"""The unit a designer writes: knobs, verbs, draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import numpy as np

from engine.core.chance import stream
from engine.core.clock import Frame
from engine.core.evening import Evening
from engine.core.params import Knob, knobs_of
from engine.core.score import Hit
from engine.stage.canvas import Canvas
from engine.stage.lettering import Lettering

Words = tuple[str, str]
"""The same words in Chinese and English."""

Data = TypeVar("Data")

UNUSABLE = (ValueError, LookupError, TypeError, AttributeError, OSError)
"""What reading a data file raises that is not as it should be."""


@dataclass(frozen=True)
class Setting:
    """What a scene is given when it is built.

    name      its file's name; also the name of its stream of chance
    size      of the picture in pixels
    address   what phones open to join, empty when there is no gateway
    wifi      the hall's network (name, password), empty when the venue names none
    """

    name: str
    size: tuple[int, int]
    fps: int
    seed: int
    lettering: Lettering
    assets: tuple[Path, ...] = ()
    texts: Mapping[str, Words] = field(default_factory=dict)
    evening: Evening = field(default_factory=Evening)
    address: str = ""
    wifi: tuple[str, str] = ("", "")


class Scene:
    """Override what you need; a scene never learns the name of a device.

    setup()                draw once what does not change; heavy work belongs here
    update(frame)          advance by one frame, counted from when the scene came on; the only place besides
                           verbs that may change things
    draw(canvas, frame)    paint the whole picture; changes nothing
    on_<verb>(signal)      an act from outside: on_clap, on_tap, on_cut, on_pad, on_raise ...
    on_cue(cue)            a cue that plays in this scene goes live; `cue.text` is its act, if it names one
    on_answer(result)      the crowd window of the cue has closed: what the house answered, as a Result
    autoplay(frame)        called each frame while nobody in the room has acted for a while
    companion()            what phones show and may do now

    Given: `self.rng` (chance from the show's seed), `self.canvas` (make sheets from it in setup),
    `self.letters` (type), `self.house` (0..1 how warmly the room takes part, 1 = everybody),
    `self.joined` (phones in the house), `self.poll` (live numbers of an open crowd window), `self.evening`
    (what guests made, in this scene and those before), `self.read(name, reader)` (a data file of the show).
    `material` says how it comes over the scene before (paper leather paint hide stone wood ink iron coal leaf
    lacquer wall); without one it fades. A scene with `mirror = True` is given `self.silhouette`, who moves
    before the camera, as a mask (72, 128) or None; it is the one input that no recording holds.
    `written` names captions whose Chinese stands in the picture: phones read it, surtitles leave it out.
    """

    title: ClassVar[Words] = ("", "")
    material: ClassVar[str] = ""
    mirror: ClassVar[bool] = False
    credits: ClassVar[tuple[Words, ...]] = ()
    captions: ClassVar[Mapping[str, Words]] = {}
    written: ClassVar[tuple[str, ...]] = ()

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.knobs: dict[str, Knob] = knobs_of(type(self))
        self.rng: np.random.Generator = stream(setting.seed, setting.name)
        self.canvas = Canvas(setting.size)
        self.letters = setting.lettering
        self.caption = ""
        self.house = 0.0
        self.joined = 0
        self.came_on = 0.0  # seconds of the show
        self.evening = setting.evening
        self.poll: Mapping[str, float] = {}
        self.silhouette: np.ndarray | None = None
        self.troubles: list[str] = []  # data files that could not be used, in plain words
        self.arrival: np.ndarray | None = None  # see engine.stage.arrival
        self.hits: list[Hit] = []
        self.beds: dict[str, float] = {}

    # to override

    def setup(self) -> None:
        """Draw once what does not change."""

    def update(self, frame: Frame) -> None:
        """Advance by one frame."""

    def draw(self, canvas: Canvas, frame: Frame) -> None:
        """Paint the whole picture."""

    def autoplay(self, frame: Frame) -> None:
        """Play by itself: called each frame while nobody acts."""

    def companion(self) -> Mapping[str, Any]:
        """View, verbs, line and small numbers for the phones; see docs/scene.md."""
        return {"view": "wait", "verbs": []}

    # to use

    def hit(self, instrument: str, velocity: float = 0.8, *, pan: float = 0.0, pitch: float = 0.0) -> None:
        """Sound one instrument in this frame."""
        self.hits.append(Hit(instrument, velocity, pan, pitch))

    def bed(self, name: str, level: float) -> None:
        """Hold a continuous sound at `level` 0..1 until told otherwise."""
        self.beds[name] = level

    def words(self, key: str) -> Words:
        """The caption `key` in both languages, from the show's texts or else the scene's own."""
        return self.setting.texts.get(key) or self.captions.get(key, ("", ""))

    @property
    def surtitle(self) -> Words:
        """The words over the picture now; without the Chinese where it stands in the picture itself."""
        zh, en = self.words(self.caption)
        return ("" if self.caption in self.written else zh), en

    def asset(self, name: str) -> Path:
        """The file `name`, looked for in the show's assets, then in the shipped ones."""
        return self._assets(name)[0]

    def read(self, name: str, reader: Callable[[Path], Data]) -> Data:
        """What `reader` makes of the show's own file `name`, or, if that cannot be used, of the shipped one;
        then `troubles` says what was wrong. A shipped file that cannot be used has nothing below it: that
        is a ValueError which says where and what, and what to do."""
        *own, shipped = self._assets(name)
        for path in own:
            try:
                return reader(path)
            except UNUSABLE as error:
                self.troubles.append(f"{_fault(path, error)}; {shipped} is used instead")
        try:
            return reader(shipped)
        except UNUSABLE as error:
            raise ValueError(f"{_fault(shipped, error)}; mend it or put the shipped file back") from error

    def _assets(self, name: str) -> list[Path]:
        """Every file of that name, the show's own first."""
        found = [folder / name for folder in self.setting.assets if (folder / name).is_file()]
        if not found:
            places = ", ".join(str(f) for f in self.setting.assets) or "no asset folder"
            raise FileNotFoundError(f"asset {name!r} is in none of: {places}")
        return found


def _fault(path: Path, error: Exception) -> str:
    """What is wrong with the file, naming it."""
    return str(error) if str(path) in str(error) else f"{path}: {type(error).__name__}: {error}"
