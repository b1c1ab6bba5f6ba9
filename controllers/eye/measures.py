"""Measures of a stroke, without a unit where one can be avoided: they mean the same near and far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controllers.eye.strokes import Stroke


@dataclass(frozen=True, slots=True)
class Measures:
    """What a stroke is judged by."""

    way: float  # picture heights
    slant: float  # way across its axis over way along it
    seconds: float
    swift: float  # its own sizes a second, at its fastest
    burst: float  # greatest speed over mean speed
    slim: float  # way over breadth of what moves near the hand
    apart: float  # way over breadth of everything that moves
    narrow: float  # way over spread along its own axis
    flow: float  # share of its moments whose flow agrees
    tall: float  # spread of what moves near the hand, picture heights
    upright: float  # height of everything that moves over its width
    dense: float  # motion per cell of the region it fills
    agree: float  # see Stroke
    across: float
    march: float
    order: float
    swath: float
    strip: float
    straight: float
    even: float
    before: float
    second: float
    awhile: float
    ends: float
    lively: float
    turned: float  # 1 when it ended by turning round, 0 by resting
    busy: float  # strokes of the two seconds before it
    raised: float  # how surely an arm was raised in the ten seconds before it, 0..1
    share: float
    grow: float
    broad: float

    @classmethod
    def of(cls, stroke: Stroke, sensitivity: float = 1.0, busy: int = 0, raised: float = 0.0) -> Measures:
        """Measures of a stroke along its own axis, after `busy` others and an arm raised so surely."""
        along, aside = (stroke.dx, stroke.dy) if stroke.axis == "x" else (stroke.dy, stroke.dx)
        way = abs(along)
        far = way * sensitivity
        dense = stroke.mass / (16e3 * (stroke.wide + 0.01) * (stroke.tall + 0.01))
        # Flow sees nothing of a stroke that goes too far from picture to picture: then it has no say.
        blind = min(1.0, max(0.0, (stroke.pace - 0.06) / 0.04)) if dense > 1.2 else 0.0
        return cls(
            way=far,
            slant=abs(aside) / way,
            seconds=stroke.seconds,
            burst=stroke.speed * stroke.seconds / way,
            swift=stroke.speed * sensitivity / (stroke.wide + stroke.tall + 0.02),
            slim=far / (stroke.wide + stroke.tall + 0.01),
            apart=far / (stroke.broad + stroke.high + 0.01),
            narrow=far / ((stroke.wide if stroke.axis == "x" else stroke.tall) + 0.005),
            flow=max(stroke.flow, blind),
            tall=stroke.tall,
            upright=(stroke.high + 0.01) / (stroke.broad + 0.01),
            dense=dense,
            agree=max(stroke.agree, blind),
            across=stroke.across * (1 - blind),
            march=stroke.march,
            order=stroke.order,
            swath=stroke.swath,
            strip=stroke.strip / sensitivity,
            straight=stroke.straight,
            even=stroke.even,
            before=stroke.before,
            second=stroke.second,
            awhile=stroke.awhile,
            ends=stroke.ends,
            lively=stroke.lively,
            turned=float(stroke.turned),
            busy=float(busy),
            raised=raised,
            share=stroke.share,
            grow=stroke.grow,
            broad=stroke.broad,
        )


@dataclass(frozen=True, slots=True)
class Swings:
    """What a hand that goes to and fro is judged by: strokes left and right, one after the other."""

    span: float  # mean seconds of a stroke
    longest: float  # seconds
    steady: float  # longest over shortest
    rise: float  # way up or down of all over way across
    slim: float  # second shortest way over greatest breadth of the hand
    full: float  # mean way over mean size of what moves near the hand
    order: float  # second least of the strokes; for the others see Stroke, means of all
    agree: float
    across: float
    march: float
    share: float
    upright: float
    tall: float
    dense: float
    apart: float  # second shortest way over greatest breadth of everything that moves

    @classmethod
    def of(cls, strokes: Sequence[Stroke]) -> Swings:
        """Measures of two strokes or more on the x axis."""
        each = [Measures.of(stroke) for stroke in strokes]
        ways = sorted(one.way for one in each)
        spans = sorted(one.seconds for one in each)

        def mean(name: str) -> float:
            return sum(getattr(one, name) for one in each) / len(each)

        size = sum(stroke.wide + stroke.tall for stroke in strokes) / len(each)
        return cls(
            span=mean("seconds"),
            longest=spans[-1],
            steady=spans[-1] / max(spans[0], 1e-3),
            rise=abs(sum(stroke.dy for stroke in strokes)) / sum(ways),
            slim=ways[1] / (max(stroke.wide for stroke in strokes) + 0.01),
            full=mean("way") / (size + 0.01),
            order=sorted(one.order for one in each)[1],
            agree=sum(stroke.agree for stroke in strokes) / len(each),
            across=sum(stroke.across for stroke in strokes) / len(each),
            march=mean("march"),
            share=mean("share"),
            upright=mean("upright"),
            tall=mean("tall"),
            dense=mean("dense"),
            apart=ways[1] / (max(stroke.broad for stroke in strokes) + 0.01),
        )
