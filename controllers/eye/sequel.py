"""Sequel: what follows a stroke. Whoever meant it rests when it is done; a hand that speaks or scratches goes
on, one way or another. So what a stroke by itself leaves open can often be told a moment later."""

from __future__ import annotations

from collections.abc import Iterable

from controllers.eye.measures import Measures
from controllers.eye.shape import Shape
from controllers.eye.strokes import Stroke

SEQUEL = 0.35  # seconds after a stroke that are looked at
STILL = 0.05  # share of a stroke's power below which nothing is done
REST: Measures = {"still": 1.0, "later": 0.0, "onward": 0.0, "sideways": 0.0}


def sequel(past: Iterable[Shape], stroke: Stroke) -> Measures:
    """What a stroke's sequel is judged by, from the shapes of the SEQUEL seconds after it; REST if there are
    none.

    still     share of the pictures in which nothing is done, 0..1
    later     mean power in the second half of that time over the stroke's own
    onward    flow along the stroke's axis, there and back cancelling, over all flow along it in the stroke
    sideways  flow across it, without signs, over the same
    """
    upright = stroke.axis == "y"
    own = [shape for shape in past if stroke.start - 1e-6 <= shape.at <= stroke.end + 1e-6]
    then = [shape for shape in past if stroke.end + 1e-6 < shape.at <= stroke.end + SEQUEL]
    if not own or not then:
        return REST
    power = sum(shape.power for shape in own) / len(own) + 1e-6
    size = sum(shape.ay if upright else shape.ax for shape in own) / len(own) + 1e-6
    shares = [shape.power / power for shape in then]
    late = shares[len(shares) // 2 :]
    along = sum(shape.gy if upright else shape.gx for shape in then)
    aside = sum(shape.ax if upright else shape.ay for shape in then)
    return {
        "still": sum(share < STILL for share in shares) / len(shares),
        "later": sum(late) / len(late),
        "onward": abs(along) / len(then) / size,
        "sideways": aside / len(then) / size,
    }
