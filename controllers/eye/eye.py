"""The whole chain: pictures in, signals out. No camera, no clock, no thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from controllers.eye.crowd import CROWD_NAMES, Crowd
from controllers.eye.gestures import NAMES, Gesture, Judge
from controllers.eye.levels import Level, Levels
from controllers.eye.motion import Front, Grey, Motion, Plane
from controllers.eye.pose import Pose, PoseError, attention, pose_of
from controllers.eye.region import looked_at, named, zones_of
from controllers.eye.settings import MODES, EyeSettings, Point
from controllers.eye.shape import Hand, Shape
from controllers.eye.silhouette import Silhouette
from controllers.eye.strokes import Strokes
from controllers.eye.torches import Torches
from engine.core.signals import Kind, Signal, level

SOURCE = "camera"
ALL_NAMES = NAMES + CROWD_NAMES


@dataclass(frozen=True, slots=True)
class Reading:
    """What one picture gave: levels by name 0..1, gestures that are armed and all that were seen, the place
    of it all, and points of light."""

    levels: dict[str, float] = field(default_factory=dict)
    gestures: list[Gesture] = field(default_factory=list)
    x: float = 0.5
    y: float = 0.5
    count: int = 1
    points: tuple[Point, ...] = ()
    seen: list[Gesture] = field(default_factory=list)


NOTHING = Reading()


class Performer:
    """Reads one person: levels every picture, gestures when they are done."""

    def __init__(self, settings: EyeSettings) -> None:
        self.zone = looked_at(settings.zone, settings.ignore, mirror=settings.mirror)
        self.sensitivity = settings.sensitivity
        self.levels = Levels()
        self.forget()

    def forget(self) -> None:
        """Give up the stroke under way: the picture has jumped."""
        self.body, self.hand = Hand(), Hand()
        self.strokes = Strokes()
        self.judge = Judge(self.strokes.past, self.sensitivity)

    def step(self, motion: Motion, attended: Plane | None = None) -> Reading:
        """Take one picture's motion; `attended` is how much each cell counts, when a model knows."""
        zone = self.zone
        if attended is not None:
            zone = attended if zone is None else zone * attended
        shape = self.hand.step(replace(motion, weight=motion.quick), zone)
        found = self.judge.step(motion.at, self.strokes.step(shape))
        now = self.levels.step(motion, self.body.step(motion, zone))
        if self.levels.hush():
            found.append(Gesture("hush", motion.at, motion.at - 2.0, 1.0, now.x, now.y))
        return Reading({name: getattr(now, name) for name in Level.__slots__}, found, now.x, now.y)

    def finish(self, at: float) -> list[Gesture]:
        """The pictures are over: what was under way counts as done."""
        return self.judge.finish(at, self.strokes.step(Shape(at)))


class Eye:
    """`step` once for each picture (180, 320) with its time in seconds."""

    def __init__(self, settings: EyeSettings) -> None:
        self.front, self.mirror = Front(), settings.mirror
        self.performer = Performer(settings)
        self.crowd = Crowd(settings)
        self.torches = Torches(self.performer.zone)
        self.silhouette = Silhouette()
        self.mode = settings.mode if settings.mode in MODES else MODES[0]
        self._attend()
        self.motion: Motion | None = None
        self.zones, self.count = zones_of(settings.zones, mirror=settings.mirror), 0
        self.pose: Pose | None = None
        self.pose_trouble = ""
        self._take_pose(settings)
        self.arm(settings.armed)

    def _take_pose(self, settings: EyeSettings) -> None:
        """Have the pose model the hall names, if it can be used; without one nothing is different."""
        try:
            self.pose = pose_of(settings.pose, settings.pose_size)
        except PoseError as error:
            self.pose_trouble = f"pose is off: {error}"

    def _wrists(self, grey: Grey) -> list[Point]:
        """Where the model sees wrists; one that fails is done without from then on."""
        if self.pose is None:
            return []
        try:
            return self.pose.wrists(grey)
        except PoseError as error:
            self.pose, self.pose_trouble = None, f"pose is off: {error}"
            return []

    def arm(self, names: Collection[str]) -> None:
        """Report only these gestures, whatever else happens; no names at all mean every one."""
        self.armed = frozenset(names) & frozenset(ALL_NAMES) if names else frozenset(ALL_NAMES)

    def tune(self, settings: EyeSettings) -> None:
        """Another zone, mirror or sensitivity from the next picture on; the room's noise stays known."""
        if settings.mirror != self.mirror:
            self.mirror = settings.mirror
            self.front.mirror()
        self.performer, self.crowd = Performer(settings), Crowd(settings)
        self.torches = Torches(self.performer.zone)
        self.zones = zones_of(settings.zones, mirror=settings.mirror)
        self.turn_to(settings.mode)

    def turn_to(self, mode: str) -> None:
        """Read a performer, a crowd or torches from now on; an unknown mode changes nothing."""
        if mode in MODES and mode != self.mode:
            self.mode = mode
            self.forget()
        self._attend()

    def _attend(self) -> None:
        """Have the front end look for what this mode asks of it, and for nothing else."""
        self.front.swaying = self.mode == "performer"
        self.front.reference = self.crowd.reference if self.mode == "crowd" else None

    def forget(self) -> None:
        """The next picture has nothing to do with the last."""
        self.front.forget()
        self.performer.forget()

    def see(self, at: float, grey: Grey) -> Reading:
        """Read one picture; nothing from the first and from one sent twice."""
        self.motion = self.front.step(at, grey)
        if self.motion is None:
            return NOTHING
        if self.mode == "torches":
            return self._torches(at, grey)
        if self.mode == "crowd":
            levels, found = self.crowd.step(self.motion)
            reading = Reading(levels, found)
        else:
            reading = self.performer.step(self.motion, attention(self._wrists(grey)))
        return replace(reading, gestures=self._told(reading.gestures), seen=reading.gestures)

    def _told(self, found: list[Gesture]) -> list[Gesture]:
        """Those that are armed, numbered, with the zone they were seen in."""
        told = []
        for gesture in found:
            if gesture.name in self.armed:
                self.count += 1
                zone = gesture.zone or named(self.zones, gesture.x, gesture.y)
                told.append(replace(gesture, seq=self.count, zone=zone))
        return told

    def _torches(self, at: float, grey: Grey) -> Reading:
        lights = self.torches.step(at, grey)
        levels = {
            "torches": min(1.0, lights.count / 100),
            "sway": 0.5 + lights.sway / 2,
            "sway_hz": min(1.0, lights.hertz / 4),
            "quality": self.motion.quality if self.motion else 0.0,
        }
        return Reading(levels, count=round(lights.count), points=lights.points)

    def step(self, at: float, grey: Grey) -> list[Signal]:
        """The same as signals."""
        return signals_of(self.see(at, grey), at)

    def finish(self, at: float) -> list[Gesture]:
        """The pictures are over: a stroke under way counts as done."""
        found = self.performer.finish(at) if self.mode == "performer" else []
        return self._told(found)


def signals_of(reading: Reading, at: float) -> list[Signal]:
    """Levels, then gestures as triggers; points of light go with camera/torches."""
    x, y = round(reading.x, 4), round(reading.y, 4)
    signals = [
        level(f"camera/{name}", round(value, 4), source=SOURCE, x=x, y=y, at=at)
        for name, value in reading.levels.items()
        if name != "torches"
    ]
    if "torches" in reading.levels:
        lights = level(
            "camera/torches",
            round(reading.levels["torches"], 4),
            source=SOURCE,
            count=reading.count,
            points=reading.points,
            at=at,
        )
        signals.append(lights)
    return signals + [signal_of(gesture) for gesture in reading.gestures]


def signal_of(gesture: Gesture) -> Signal:
    """A gesture as a trigger."""
    return Signal(
        f"camera/{gesture.name}",
        round(gesture.confidence, 3),
        Kind.TRIGGER,
        SOURCE,
        x=round(min(1.0, max(0.0, gesture.x)), 4),
        y=round(min(1.0, max(0.0, gesture.y)), 4),
        number=gesture.seq,
        text=gesture.zone,
        vx=round(gesture.vx, 3),
        vy=round(gesture.vy, 3),
        took=round(gesture.at - gesture.start, 3),
        at=gesture.at,
    )
