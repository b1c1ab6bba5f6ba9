"""The designer's vocabulary: everything a scene may import comes from here.

The names are fetched on first use, so that processes which draw nothing (the eye, the gateway)
can import `engine.core` without loading pygame or OpenCV.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.core.clock import Frame
    from engine.core.fades import breathe, ease_in, ease_out, linear, overshoot, smooth
    from engine.core.jianpu import MODES, jianpu
    from engine.core.params import Param
    from engine.core.score import Hit, Score, Tempo, line
    from engine.core.signals import Signal
    from engine.stage import ink, joincode, light, raster
    from engine.stage.canvas import Canvas
    from engine.stage.scene import Scene, Words

_HOMES = {
    "Canvas": "engine.stage.canvas",
    "Frame": "engine.core.clock",
    "Hit": "engine.core.score",
    "MODES": "engine.core.jianpu",
    "Param": "engine.core.params",
    "Scene": "engine.stage.scene",
    "Score": "engine.core.score",
    "Signal": "engine.core.signals",
    "Tempo": "engine.core.score",
    "Words": "engine.stage.scene",
    "breathe": "engine.core.fades",
    "ease_in": "engine.core.fades",
    "ease_out": "engine.core.fades",
    "ink": "engine.stage",
    "jianpu": "engine.core.jianpu",
    "joincode": "engine.stage",
    "light": "engine.stage",
    "line": "engine.core.score",
    "linear": "engine.core.fades",
    "overshoot": "engine.core.fades",
    "raster": "engine.stage",
    "smooth": "engine.core.fades",
}

__all__ = [
    "MODES",
    "Canvas",
    "Frame",
    "Hit",
    "Param",
    "Scene",
    "Score",
    "Signal",
    "Tempo",
    "Words",
    "breathe",
    "ease_in",
    "ease_out",
    "ink",
    "jianpu",
    "joincode",
    "light",
    "line",
    "linear",
    "overshoot",
    "raster",
    "smooth",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute {name!r}; it offers {', '.join(__all__)}")
    home = _HOMES[name]
    if home == "engine.stage":
        return import_module(f"{home}.{name}")
    return getattr(import_module(home), name)
