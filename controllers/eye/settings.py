"""What the eye is told at its start; small and plain, so that it can be handed to a new process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Polygon = tuple[Point, ...]
Rect = tuple[float, float, float, float]

MODES = ("performer", "crowd", "torches")
HALL = ("mirror", "zone", "ignore", "mode", "sensitivity", "locked", "reference", "pose", "pose_size")
WHOLE: Rect = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Zone:
    """A named part of the picture, for crowds: a polygon of points 0..1."""

    name: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class EyeSettings:
    """One camera and how to read it. Places are 0..1 of the camera's own picture, origin top left.

    source       device number, device path or name, video file, or URL (MJPEG, RTSP)
    hub_port, token   where the stage listens, and the word that lets us in
    mirror       True when the performer looks into the picture as into a mirror: x, left and right are
                 swapped in everything reported; False reports as the camera sees (the house's left)
    zone         the only part looked at: (left, top, right, bottom)
    ignore       polygons not looked at: a screen, an aisle
    zones        what a crowd is divided into; left, middle and right thirds when empty
    reference    a still part of the house (a balcony's edge): its movement is the camera's, not the crowd's
    mode         performer, crowd or torches
    armed        gestures reported at the start; all when empty
    sensitivity  1 as measured; 2 also answers to what has odds of one to six, 0.5 asks for six to one
    loop         a video file begins again at its end
    locked       keep the camera's exposure as it is
    pose         a pose model that says where the wrists are: a path to an .onnx file, "mediapipe", or
                 nothing; pose_size is the width and height it wants
    silhouette   send the mask of who moves, for scenes that draw it
    """

    source: str
    hub_port: int = 0
    token: str = ""
    mirror: bool = False
    zone: Rect = WHOLE
    ignore: tuple[Polygon, ...] = ()
    zones: tuple[Zone, ...] = ()
    reference: Polygon = ()
    mode: str = "performer"
    armed: tuple[str, ...] = ()
    sensitivity: float = 1.0
    loop: bool = True
    locked: bool = False
    pose: str = ""
    pose_size: tuple[int, int] = (256, 256)
    silhouette: bool = False

    @classmethod
    def of(cls, source: str, hub_port: int, token: str, sight: Any) -> EyeSettings:
        """Settings from the hall's own words for them, attributes of the same names."""
        same = {name: getattr(sight, name) for name in HALL}
        zones = tuple(Zone(name, polygon) for name, polygon in sight.zones)
        return cls(source, hub_port, token, zones=zones, **same)
