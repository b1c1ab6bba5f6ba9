"""Learning a room: while nobody moves, how noisy, shaky and slow the picture is, and what to do about it."""

from __future__ import annotations

from statistics import median
from typing import Any

from controllers.eye.motion import Motion, Plane

NOISY, SHAKY, FEW = 2.5, 0.6, 15.0  # grey levels, pixels, pictures a second
RESTLESS = 0.05  # share of the pictures in which something moved all the same
PLAIN = 0.5  # share in which the part that rests showed nothing

ADVICE = {
    "noisy": (
        "画面噪点多：多给红外光，或调低增益",
        "the picture is noisy: more infrared light, or less gain",
    ),
    "shaky": ("摄像机在晃动：固定到墙上", "the camera trembles: fix it to a wall"),
    "slow": ("帧数太少：锁定曝光，增加光线", "too few pictures a second: lock the exposure, add light"),
    "restless": (
        "有东西在动：屏幕或灯请划为忽略区；若是人动了，请再静止五秒",
        "something moved: mark a screen or a lamp as ignored; if it was somebody, hold still once more",
    ),
    "plain": (
        "标为不动的地方看不出什么：改标栏杆、立柱、窗格一类有线条的地方",
        "there is nothing to see in the part marked as resting: mark a rail, posts or windows instead",
    ),
    "blind": ("没有画面：先让摄像机出图", "no pictures came: see to the camera first"),
}


class Lesson:
    """Hears the motion of a room at rest until `until` (seconds)."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.noise: list[float] = []
        self.shake: list[float] = []
        self.dt: list[float] = []
        self.moved = self.plain = 0

    def hear(self, motion: Motion, zone: Plane | None = None) -> None:
        """Take one picture's motion; what is not looked at may move as it likes."""
        self.noise.append(motion.noise)
        self.shake.append(motion.shake)
        self.dt.append(motion.dt)
        self.plain += not motion.anchored
        self.moved += bool((motion.weight if zone is None else motion.weight * zone).any())

    def verdict(self) -> dict[str, Any]:
        """noise (grey levels), shake (pixels), fps, restless (share of pictures), advice [[zh, en]]."""
        if not self.dt:
            nothing = {"noise": 0.0, "shake": 0.0, "fps": 0.0, "restless": 0.0}
            return {**nothing, "advice": [list(ADVICE["blind"])]}
        noise, shake, fps = median(self.noise), median(self.shake), 1 / max(median(self.dt), 1e-3)
        restless = self.moved / len(self.dt)
        wrong = {
            "noisy": noise > NOISY,
            "shaky": shake > SHAKY,
            "slow": fps < FEW,
            "restless": restless > RESTLESS,
            "plain": self.plain > PLAIN * len(self.dt),
        }
        return {
            "noise": round(noise, 2),
            "shake": round(shake, 2),
            "fps": round(fps, 1),
            "restless": round(restless, 3),
            "advice": [list(ADVICE[name]) for name, yes in wrong.items() if yes],
        }
