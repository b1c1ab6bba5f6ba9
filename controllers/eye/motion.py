"""The front end: two pictures in, a map of what people moved out. No camera, no clock, no memory of pictures
but the last one.

A raw difference is useless outside a clean room, so what is not a person is removed step by step: frames sent
twice, changes of light, movement of the camera, noise of the sensor, lamps and screens that never rest,
and specks that belong to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from controllers.eye import light, shift
from controllers.eye.floor import Floor
from controllers.eye.sway import Sway

WIDTH, HEIGHT = 320, 180
COLUMNS, ROWS = 64, 36  # cells of 5 x 5 pixels
Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]

GAP = 0.7  # seconds without a picture after which the past means nothing
STEADIER = 0.85  # undoing a movement of the camera must leave this share of the change, or there was none
SHIFT_DOUBT = 0.12  # a movement of the camera is known to this share of itself
LIGHT_DOUBT = 0.15  # so is a change of light
GLOW_DOUBT = 0.3  # and one that wanders


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """What moved between two pictures.

    at      seconds, time of the newer picture;  dt seconds since the one before
    weight  (36, 64) how strongly each cell moved, 0 where nothing did, 1 = just above its threshold
    quick   (36, 64) the same without what merely went on moving as it did (see Sway)
    u, v    (36, 64) flow in picture widths and heights a second, camera movement removed
    shake   movement of the whole picture, pixels
    drift   median of the whole flow, widths a second: the lean of a crowd that fills the picture
    rest    sideways movement of the part of the house that rests, widths a second; 0 without one
    noise   grey levels a resting cell changes from picture to picture
    leap    how far the gain of the light was from 1
    anchored  whether the part that rests shows where the camera goes; True without one
    """

    at: float
    dt: float
    weight: Plane
    quick: Plane
    u: Plane
    v: Plane
    shake: float
    drift: float
    rest: float
    noise: float
    leap: float
    anchored: bool = True

    @property
    def quality(self) -> float:
        """1 for a clean picture; noise, trembling, leaping light and few pictures each take some away."""
        noise = 1 / (1 + (self.noise / 3) ** 2)
        shake = 1 / (1 + (self.shake / 4) ** 2)
        lamps = 1 / (1 + (self.leap / 0.5) ** 2)
        pace = min(1.0, 0.045 / max(self.dt, 1e-3))
        return noise * shake * lamps * pace


class Front:
    """Keeps the last picture and the floors of noise; `step` compares. Where nobody asks for strokes it need
    not look how people sway (`swaying`)."""

    def __init__(self) -> None:
        self.swaying = True
        self.reference: shift.Reference | None = None
        self.sway = Sway((WIDTH, HEIGHT), (COLUMNS, ROWS))
        self.flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self.grey: Grey | None = None
        self.soft: Plane | None = None
        self.means: Plane | None = None
        self.at = 0.0
        self.texture = np.ones((ROWS, COLUMNS), bool)
        self.frames = 0
        self.floor, self.quick = Floor(), Floor()

    def learn(self) -> None:
        """From now on nobody moves: whatever changes is the room (a screen, a lamp, a curtain)."""
        for floor in (self.floor, self.quick):
            floor.learn()

    def learnt(self) -> None:
        """People may move again; what the room did is taken for nothing from here on."""
        for floor in (self.floor, self.quick):
            floor.learnt()

    def mirror(self) -> None:
        """The picture is the other way round from now on."""
        for floor in (self.floor, self.quick):
            floor.mirror()
        self.forget()

    def forget(self) -> None:
        """Drop the last picture: the next one starts anew (the learnt floor stays)."""
        self.grey = self.soft = self.means = None
        self.sway.forget()

    def step(self, at: float, grey: Grey) -> Motion | None:
        """Compare a picture (180, 320) of second `at` with the last; None if it is the same or the first."""
        last, soft, means, before = self.grey, self.soft, self.means, self.at
        if last is not None and at > before and light.same(last, grey):
            return None
        self.grey, self.at = grey, at
        self.soft = cv2.GaussianBlur(grey.astype(np.float32), (5, 5), 1.2)  # type: ignore[assignment]
        self.means = light.blocks(self.soft)  # type: ignore[arg-type]
        self.frames += 1
        if self.frames % 16 == 1:
            self.texture = _textured(self.soft)  # type: ignore[arg-type]
        if last is None or soft is None or means is None or not 0 < at - before < GAP:
            self.sway.forget()
            return None
        return self._compare(at - before, last, soft, means)

    def _compare(self, dt: float, last: Grey, soft: Plane, means: Plane) -> Motion:
        assert self.grey is not None and self.soft is not None and self.means is not None
        gain = light.gain(means, self.means)
        leap = float(np.abs(gain - 1).max())
        unknown = LIGHT_DOUBT * self.means
        if leap > 0.004:
            unknown += light.WHITE * light.burnt(last, self.grey)
            soft = soft * gain
            last = np.clip(last * gain + 0.5, 0, 255).astype(np.uint8)
        doubt: Plane = (np.abs(gain[2::5] - 1) * unknown).astype(np.float32)
        field = self.flow.calc(last, self.grey, None)  # type: ignore[call-overload]
        cells = cv2.resize(field, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
        change = self._change(soft)
        dx, dy = (light.middle(cells[..., k][self.texture]) for k in (0, 1))
        drift = dx / (WIDTH * dt)
        rest = self.reference.step(soft, self.soft, (dx, dy)) if self.reference else shift.NONE
        dx, dy, moved, steady = self._camera(soft, change, (dx, dy), rest)
        if moved is not soft:
            soft, change = moved, _inside(steady, dx, dy)
            doubt += SHIFT_DOUBT * min(2.0, float(np.hypot(dx, dy))) * _edges(self.soft)
        glow = light.glow(light.blocks(soft), self.means)
        change = np.minimum(change, self._change(cv2.multiply(soft, cv2.resize(glow, (WIDTH, HEIGHT)))))  # type: ignore[arg-type]
        doubt += GLOW_DOUBT * np.abs(glow - 1) * self.means
        own = cells - np.array([dx, dy], np.float32)
        weight, noise = self.floor.above(_smooth(change), doubt, dt)
        quick = weight
        if self.swaying or self.quick.learning:
            left = np.minimum(change, self._unexplained(soft, own, dt))
            quick, _ = self.quick.above(_smooth(left), doubt, dt)
        u, v = own[..., 0] / (WIDTH * dt), own[..., 1] / (HEIGHT * dt)
        shake, still = float(np.hypot(dx, dy)), rest.dx / (WIDTH * dt)
        anchored = rest.sure or rest is shift.NONE
        return Motion(self.at, dt, weight, quick, u, v, shake, drift, still, noise, leap, anchored)

    def _camera(
        self, soft: Plane, change: Plane, seen: shift.Shift, rest: shift.Rest
    ) -> tuple[float, float, Plane, Plane]:
        """How far the camera's movement shifted the picture, pixels, the last picture so shifted, and the
        change that leaves; the same picture and change if it did not. What rests says it, if it is sure; if
        not, what most of the picture does, as long as that explains the change: a crowd may do much of it."""
        assert self.soft is not None
        dx, dy = (rest.dx, rest.dy) if rest.sure else seen
        if np.hypot(dx, dy) <= shift.STILL:
            return 0.0, 0.0, soft, change
        if not rest.sure:
            dx, dy, *_ = shift.refined(soft, self.soft, dx, dy)
        moved = shift.moved(soft, dx, dy)
        steady = self._change(moved)
        if not rest.sure and not self._steadier(steady, change):
            return 0.0, 0.0, soft, change
        return dx, dy, moved, steady

    def _unexplained(self, before: Plane, flow: Plane, dt: float) -> Plane:
        """Change (36, 64) that is left where everything has moved on as it did."""
        left = self._change(self.sway.undone(before, dt))
        self.sway.learn(flow, dt)
        return left

    def _change(self, before: Plane) -> Plane:
        """Mean difference (36, 64) of the new picture from `before`."""
        assert self.soft is not None
        return cv2.resize(cv2.absdiff(self.soft, before), (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]

    def _steadier(self, steady: Plane, change: Plane) -> bool:
        """Whether undoing the movement left less change: on the whole, and nowhere paid for by the rest."""
        was, is_ = (light.middle(plane[self.texture]) for plane in (change, steady))
        return is_ < STEADIER * was or (
            is_ < 1.03 * was and float(steady.mean()) < STEADIER * float(change.mean())
        )


def _inside(cells: Plane, dx: float, dy: float) -> Plane:
    """The same without the rim that a movement of the camera brought into the picture."""
    across, down = 1 + int(abs(dx) / 5), 1 + int(abs(dy) / 5)
    inner = np.zeros_like(cells)
    inner[down:-down, across:-across] = cells[down:-down, across:-across]
    return inner


def _smooth(cells: Plane) -> Plane:
    return cv2.GaussianBlur(cells, (3, 3), 0.8)  # type: ignore[return-value]


def _edges(picture: Plane) -> Plane:
    """How steep each cell (36, 64) is, grey levels a pixel."""
    steep = cv2.add(
        cv2.absdiff(picture, shift.moved(picture, 1, 0)), cv2.absdiff(picture, shift.moved(picture, 0, 1))
    )
    return cv2.resize(steep, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _textured(picture: Plane) -> NDArray[np.bool_]:
    """The half of the cells in which something can be seen to move; flow elsewhere is a guess."""
    cells = _edges(picture)
    return cells >= np.median(cells)
