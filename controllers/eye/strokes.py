"""Strokes: the path of what moves, cut where it rests, where it dwells and where it turns.

People move in strokes whose speed swells and dies (Flash and Hogan 1985); between two strokes the hand rests
or turns round. So a path is cut at rests and at turning points, and each piece is judged as a whole. A hand
that has arrived may not rest, for its owner goes on moving: where it no longer gets on, it has arrived.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from controllers.eye.shape import Line, Shape
from controllers.eye.template import template

REST = 0.22  # share of a stroke's greatest motion below which the hand counts as resting
REST_S = 0.05  # seconds of it that end a stroke
TURN = 0.03  # picture heights gone back before a turning point is believed
TURN_SHARE = 0.3  # and this share of the way come
DWELL, CREEP = 0.2, 0.05  # seconds in which a hand that has arrived adds less than this share to its way
OPENS = 0.3  # seconds after the first picture: what began there may have been going on before
BEFORE, SECOND, AWHILE, LATELY = 0.3, 1.0, 4.0, 3.0  # seconds before a stroke that are looked back at


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """One piece of the path on one axis ("x" or "y").

    whole        whether it is the way of all that moved, not of the hand
    start, end   seconds;  x, y  where it ended, picture heights
    dx, dy       way from start to end in picture heights, right and down positive
    wide, tall   mean spread of the motion at a moment, heights
    mass         mean motion;  turned  whether it ended by turning round, not by resting
    grow         mean outward flow, 1/s;  share  of all motion;  broad, high  mean spread of all motion
    gap          mean seconds from picture to picture
    agree        how far all that moves goes this way, -1..1;  across  flow across the way over flow along it
    march        correlation of place and time over all that moved, -1..1: 1 when it went along as one
    before       power (motion times its speed, which a body that only sways has little of) in the moment
                 before it began, over its own;  second, awhile  in the second and the four seconds before it
    lively       share of the LATELY seconds before it with more than a third of its power, 0..1
    noise        of the pictures of these LATELY seconds, grey levels: their lower quartile, for what moves
                 close by looks like noise too
    template     what moved where and when; see template.py
    """

    axis: str
    whole: bool
    start: float
    end: float
    x: float
    y: float
    dx: float
    dy: float
    mass: float
    turned: bool
    gap: float
    agree: float
    across: float
    march: float
    before: float
    second: float
    awhile: float
    lively: float
    wide: float
    tall: float
    grow: float
    share: float
    broad: float
    high: float
    noise: float
    template: Line

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start

    @property
    def way(self) -> float:
        """Signed way on its own axis."""
        return self.dx if self.axis == "x" else self.dy


class Path:
    """One axis of the path: finds turning points as a zigzag with a dead zone of TURN."""

    def __init__(self, axis: str, past: deque[Shape], *, whole: bool) -> None:
        self.axis, self.past, self.whole = axis, past, whole
        self.points: list[Shape] = []
        self.peak = 0  # index of the extreme in the direction of travel
        self.sign = 0

    def value(self, point: Shape) -> float:
        """Coordinate in picture heights."""
        return point.x if self.axis == "x" else point.y

    def add(self, point: Shape) -> Stroke | None:
        """Take one moving point; the stroke that ended at a turning point, if one did."""
        self.points.append(point)
        here = self.value(point)
        if self.sign == 0:
            gone = here - self.value(self.points[0])
            if abs(gone) > TURN:
                self.sign, self.peak = (1 if gone > 0 else -1), len(self.points) - 1
            return None
        ahead = (here - self.value(self.points[self.peak])) * self.sign
        if ahead >= 0:
            self.peak = len(self.points) - 1
        if arrived := self._arrived(point.at):
            done = self._stroke(self.points[: arrived + 1], turned=False)
            self.points = self.points[self.peak :]
            self.sign, self.peak = 0, 0
            return done
        if ahead < -max(
            TURN, TURN_SHARE * abs(self.value(self.points[self.peak]) - self.value(self.points[0]))
        ):
            done = self._stroke(self.points[: self.peak + 1], turned=True)
            self.points = self.points[self.peak :]
            self.sign, self.peak = -self.sign, len(self.points) - 1
            return done
        return None

    def _arrived(self, now: float) -> int:
        """Index of the point where the hand had arrived, if since then it has but crept on; 0 if not."""
        first, furthest = self.value(self.points[0]), self.value(self.points[self.peak])
        if abs(furthest - first) < 3 * TURN:
            return 0
        near = furthest - CREEP * (furthest - first)
        there = next(k for k, p in enumerate(self.points) if (self.value(p) - near) * self.sign >= 0)
        return there if now - self.points[there].at >= DWELL else 0

    def rest(self) -> Stroke | None:
        """The hand came to rest: the stroke that ended, if it went anywhere."""
        points, sign = self.points, self.sign
        done = self._stroke(points[: self.peak + 1] if sign else points, turned=False)
        self.points, self.sign, self.peak = [], 0, 0
        return done

    def _stroke(self, points: list[Shape], *, turned: bool) -> Stroke | None:
        if len(points) < 2:
            return None
        first, last = points[0], points[-1]
        span = last.at - first.at
        way = self.value(last) - self.value(first)
        if span <= 0 or abs(way) < TURN or first.at < self.past[0].at + OPENS:
            return None
        sign = 1 if way > 0 else -1
        mass = sum(p.mass for p in points)
        power = sum(p.power for p in points) / len(points) + 1e-6
        mean = {name: sum(getattr(p, name) * p.mass for p in points) / mass for name in MEANS}
        agree, across, march = self._together(points, sign)
        return Stroke(
            axis=self.axis,
            whole=self.whole,
            start=first.at,
            end=last.at,
            x=last.x,
            y=last.y,
            dx=last.x - first.x,
            dy=last.y - first.y,
            mass=mass / len(points),
            turned=turned,
            gap=span / (len(points) - 1),
            agree=agree,
            across=across,
            march=march,
            before=self._before(first.at, BEFORE) / power,
            second=self._before(first.at, SECOND) / power,
            awhile=self._before(first.at, AWHILE) / power,
            lively=self._lively(first.at, power / 3),
            noise=self._noise(),
            template=template(self.past, self.axis, first, last),
            **mean,
        )

    def _together(self, points: list[Shape], sign: int) -> tuple[float, float, float]:
        """agree, across and march of a stroke."""
        upright = self.axis == "y"
        along = sum(p.gy if upright else p.gx for p in points) * sign
        astray = abs(sum(p.gx if upright else p.gy for p in points))
        size = sum(p.ay if upright else p.ax for p in points) + 1e-6
        weight = np.array([p.mass for p in points])
        place = np.array([p.cy if upright else p.cx for p in points])
        width = np.array([p.high if upright else p.broad for p in points])
        time = np.array([p.at for p in points])
        weight = weight / weight.sum()
        place, time = place - weight @ place, time - weight @ time
        spread = math.sqrt((weight @ (place**2 + width**2)) * (weight @ time**2)) + 1e-9
        return along / size, astray / size, sign * float(weight @ (place * time)) / spread

    def _lively(self, start: float, little: float) -> float:
        """Share of the last LATELY seconds with more than a little power."""
        lately = [p.power > little for p in self.past if start - LATELY < p.at < start - 1e-6]
        return sum(lately) / max(len(lately), 1)

    def _noise(self) -> float:
        since = self.past[-1].at - LATELY
        return float(np.percentile([p.noise for p in self.past if p.at > since], 25))

    def _before(self, start: float, seconds: float) -> float:
        """Mean power of the time before a stroke."""
        lately = [p.power for p in self.past if start - seconds < p.at < start - 1e-6]
        return sum(lately) / len(lately) if lately else 0.0


MEANS = ("wide", "tall", "grow", "share", "broad", "high")


class Track:
    """What is followed, the hand or the whole of what moves, cut into strokes on both axes."""

    def __init__(self, past: deque[Shape], *, whole: bool) -> None:
        self.past, self.whole = past, whole
        self.paths = (Path("x", past, whole=whole), Path("y", past, whole=whole))
        self.most = 0.0
        self.calm: float | None = None

    def step(self, point: Shape) -> list[Stroke]:
        """Take one picture's shape, which is the last of the past; the strokes it brought to an end."""
        if point.mass <= REST * self.most or point.mass == 0:
            return self._rest(point)
        if self.whole:
            point = point.whole
        if point.jump and self.most > 0:
            self.most = 0.0
            done = [path.rest() for path in self.paths]
            self.step(point)
            return [stroke for stroke in done if stroke]
        self.calm = None
        self.most = max(self.most * 0.995, point.mass)
        done = [path.add(point) for path in self.paths]
        return [stroke for stroke in done if stroke]

    def _rest(self, point: Shape) -> list[Stroke]:
        if self.most == 0:
            return []
        if self.calm is None:
            self.calm = self.past[-2].at if len(self.past) > 1 else point.at
        if point.at - self.calm < REST_S and point.mass > 0:
            return []
        self.most, self.calm = 0.0, None
        done = [path.rest() for path in self.paths]
        return [stroke for stroke in done if stroke]


class Strokes:
    """Cuts shapes into strokes: the hand's, and those of the whole of what moves."""

    def __init__(self) -> None:
        self.past: deque[Shape] = deque(maxlen=300)
        self.tracks = (Track(self.past, whole=False), Track(self.past, whole=True))

    def step(self, point: Shape) -> list[Stroke]:
        """Take one picture's shape; the strokes it brought to an end."""
        if not self.past or self.past[-1].at < point.at:
            self.past.append(point)
        return [stroke for track in self.tracks for stroke in track.step(point)]
