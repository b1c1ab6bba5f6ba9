"""The evening's memory: what guests made, and the coal each scene has earned for the fire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 120  # newest marks of a kind
POINTS = 24  # of a kept stroke: enough to draw it small
COURSES_A_SCENE = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing a guest made.

    guest   the guest's number of this evening, 0 when several made it together or nobody in particular
    x, y    where, 0..1
    points  a drawn stroke, each point (x, y) in 0..1
    text    its shape, its word, an id
    """

    guest: int
    x: float = 0.5
    y: float = 0.5
    points: tuple[tuple[float, float], ...] = ()
    text: str = ""


class Evening:
    """One object for all scenes of an evening. Nothing in it says who anybody is.

    earning  scenes that each lay COURSES_A_SCENE courses of the coal tower, in the order of the show
    """

    def __init__(self, earning: Sequence[str] = ()) -> None:
        self._earning = tuple(earning)
        self._shares: dict[str, float] = {}
        self._marks: dict[str, list[Mark]] = {}
        self._playing = ""
        self.version = 0  # grows with every change

    # for scenes

    def keep(
        self,
        kind: str,
        guest: int = 0,
        *,
        x: float = 0.5,
        y: float = 0.5,
        points: Sequence[tuple[float, float]] = (),
        text: str = "",
    ) -> None:
        """Remember that a guest made a leaf, a flower, a stroke ...; the newest KEPT of a kind stay."""
        drawn = tuple((round(float(px), 3), round(float(py), 3)) for px, py in _thinned(points))
        marks = self._marks.setdefault(kind, [])
        marks.append(Mark(int(guest), round(float(x), 3), round(float(y), 3), drawn, text))
        del marks[:-KEPT]
        self.version += 1

    def marks(self, kind: str) -> tuple[Mark, ...]:
        """What was made of that kind, oldest first."""
        return tuple(self._marks.get(kind, ()))

    def earn(self, share: float) -> None:
        """The scene on stage has earned `share` 0..1 of its courses; it never loses any again."""
        self._raise(self._playing, share)

    @property
    def courses(self) -> float:
        """Courses of coal earned so far, 0 to two a scene that earns."""
        return COURSES_A_SCENE * sum(self._shares.values())

    @property
    def most(self) -> int:
        """Courses there are to earn in this show."""
        return COURSES_A_SCENE * len(self._earning)

    # for the show

    def enter(self, scene: str) -> None:
        """Another scene comes on. The one before has earned its courses, whoever took part: the tower
        always completes."""
        if scene != self._playing:
            self._raise(self._playing, 1.0)
            self._playing = scene

    def passed(self, scenes: Iterable[str]) -> None:
        """These scenes count as played (a jump): all they could earn is earned."""
        for scene in scenes:
            self._raise(scene, 1.0)

    def begin(self) -> None:
        """A new evening: nothing is left of the one before."""
        self._shares.clear()
        self._marks.clear()
        self._playing = ""
        self.version += 1

    def remember(self) -> dict[str, Any]:
        """What to write down so that a restarted stage still knows what guests made."""
        marks = {kind: [asdict(mark) for mark in made] for kind, made in self._marks.items()}
        return {"shares": dict(self._shares), "marks": marks}

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Take up what `remember` wrote."""
        self._shares = {str(k): float(v) for k, v in dict(memory.get("shares", {})).items()}
        self._marks = {str(k): [_mark(m) for m in made] for k, made in dict(memory.get("marks", {})).items()}
        self.version += 1

    def _raise(self, scene: str, share: float) -> None:
        earned = min(1.0, max(self._shares.get(scene, 0.0), share))
        if scene in self._earning and earned != self._shares.get(scene, 0.0):
            self._shares[scene] = earned
            self.version += 1


def _thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """At most POINTS of them, ends included."""
    if len(points) <= POINTS:
        return points
    last = len(points) - 1
    return [points[round(i * last / (POINTS - 1))] for i in range(POINTS)]


def _mark(facts: Mapping[str, Any]) -> Mark:
    points = tuple((float(x), float(y)) for x, y in facts.get("points", ()))
    return Mark(int(facts["guest"]), float(facts["x"]), float(facts["y"]), points, str(facts.get("text", "")))
