"""The whole chain: pictures in, signals out. No camera, no clock, no thread."""

from __future__ import annotations

from collections.abc import Iterable

from controllers.eye.gestures import ARMED, NAMES, Gesture, Judge
from controllers.eye.levels import Level, Levels
from controllers.eye.motion import Front, Grey, Motion
from controllers.eye.region import looked_at
from controllers.eye.settings import WHOLE, EyeSettings, Polygon, Rect
from controllers.eye.shape import Hand, Shape
from controllers.eye.strokes import Strokes
from engine.core.signals import Kind, Signal, level

SOURCE = "camera"


class Performer:
    """Reads one person: levels every picture, gestures when they are done."""

    def __init__(
        self, zone: Rect | Polygon = WHOLE, ignore: Iterable[Polygon] = (), *, mirror: bool = False
    ) -> None:
        self.zone = looked_at(zone, ignore, mirror=mirror)
        self.armed = frozenset(ARMED)
        self.forget()
        self.levels = Levels()

    def forget(self) -> None:
        """Give up the stroke under way: the picture has jumped."""
        self.hand, self.strokes, self.judge = Hand(), Strokes(), Judge()

    def step(self, motion: Motion) -> tuple[Level, list[Gesture]]:
        """Take one picture's motion."""
        shape = self.hand.step(motion, self.zone)
        found = self.judge.step(motion.at, self.strokes.step(shape))
        now = self.levels.step(motion, shape)
        if self.levels.hush():
            found.append(Gesture("hush", motion.at, motion.at - 2.0, 1.0, now.x, now.y))
        return now, [gesture for gesture in found if gesture.name in self.armed]

    def finish(self, at: float) -> list[Gesture]:
        """The pictures are over: what was under way counts as done."""
        found = self.judge.step(at, self.strokes.step(Shape(at))) + self.judge.step(at + 1.0, [])
        return [gesture for gesture in found if gesture.name in self.armed]


class Eye:
    """`step` once for each picture (180, 320) with its time in seconds."""

    def __init__(self, settings: EyeSettings) -> None:
        self.front = Front()
        self.performer = Performer(settings.zone, settings.ignore, mirror=settings.mirror)
        if settings.armed:
            self.arm(settings.armed)

    def arm(self, names: Iterable[str]) -> None:
        """Report only these gestures; unknown names are passed over, none at all means the usual ones."""
        self.performer.armed = frozenset(name for name in names if name in NAMES) or frozenset(ARMED)

    def forget(self) -> None:
        """The next picture has nothing to do with the last."""
        self.front.forget()
        self.performer.forget()

    def see(self, at: float, grey: Grey) -> tuple[Level | None, list[Gesture]]:
        """Levels and gestures of one picture; nothing for the first and for one sent twice."""
        motion = self.front.step(at, grey)
        return self.performer.step(motion) if motion else (None, [])

    def step(self, at: float, grey: Grey) -> list[Signal]:
        """The same as signals."""
        now, found = self.see(at, grey)
        return [*signals_of(now, at), *map(signal_of, found)] if now else []

    def finish(self, at: float) -> list[Gesture]:
        """The pictures are over: a stroke under way counts as done."""
        return self.performer.finish(at)


def signals_of(now: Level, at: float) -> list[Signal]:
    """Levels as signals; the place goes along with each."""
    return [
        level(f"camera/{name}", round(getattr(now, name), 4), source=SOURCE, x=now.x, y=now.y, at=at)
        for name in Level.__slots__
    ]


def signal_of(gesture: Gesture) -> Signal:
    """A gesture as a trigger: its value is the confidence."""
    return Signal(
        f"camera/{gesture.name}",
        round(gesture.confidence, 3),
        Kind.TRIGGER,
        SOURCE,
        x=round(min(1.0, max(0.0, gesture.x)), 4),
        y=round(min(1.0, max(0.0, gesture.y)), 4),
        at=gesture.at,
    )
