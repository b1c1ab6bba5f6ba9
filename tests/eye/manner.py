"""How one person moves and is filmed. What is drawn here makes people differ; some of it is kept back.

Seeds below UNSEEN draw from one population; rules may be made on some of them and tried on others. Seeds from
UNSEEN on may also draw what no clip used in making the rules has: a framing, ways a hand takes, facing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLOSE = 1.4  # metres: who is closer sees where the camera looks, and works in front of it
UNSEEN = 50_000  # seeds from here on are for evaluation; `make fit-eye` takes none of them

# Metres from the camera, and height of its axis for a person of 1.72 m.
FRAMINGS = {
    "full": (3.6, 0.95),
    "knee": (2.5, 1.1),
    "waist": (1.75, 1.3),
    "close": (1.15, 1.35),
    "desk": (0.85, 1.48),
    "hand": (0.66, 1.44),
    "far": (6.0, 1.0),
}
KEPT_FRAMINGS = {"low": (1.4, 1.12)}
TEMPI = 0.22, 1.1  # seconds of a usual stroke


@dataclass
class Manner:
    """tempo seconds of a usual stroke; reach share of a full sweep; level metres above the shoulder at
    which it sweeps; centre metres outwards from the shoulder to where it works; slant metres it climbs;
    bow metres it curves; windup metres it first draws back; follow share it overshoots; sway metres the
    body leans along; after what follows a sweep; top highest place of a hand above its shoulder; aside
    metres it goes out on its way up; life how restless the body is underneath what it does, 0 a statue, 1
    as people stand; kept whether they do what is kept back."""

    tempo: float
    reach: float
    level: float
    centre: float
    slant: float
    bow: float
    windup: float
    follow: float
    sway: float
    after: str
    forearm: bool
    both: bool
    top: float
    aside: float
    facing: float
    splay: float
    shutter: float
    sleeve: float
    life: float
    tone: float | None
    kept: bool

    @classmethod
    def of(cls, rng, distance, aim, *, kept=False):
        """Draw a manner for someone filmed from `distance`; `kept` adds traits no rule was made on."""
        trait = str(rng.choice(["cloth", "none", "none", *(["path", "facing"] if kept else [])]))
        tempo = np.exp(rng.uniform(*np.log(TEMPI)))
        small = max(0.4, min(1.0, (distance - 0.2) / 1.3))  # strokes of those who are close
        # The picture's edges where a hand is, metres above the shoulder; from far away they are out of reach.
        upper, lower = (aim - 1.40 + side * 0.30 * (distance - 0.3) for side in (1, -1))
        top = aim - 1.40 + 0.30 * (distance - 0.15) - rng.uniform(0.04, 0.14)
        close = distance < CLOSE
        return cls(
            tempo=float(tempo),
            reach=float(rng.uniform(0.55, 1.1) * small),
            level=float(np.clip(rng.uniform(-0.30, 0.25), lower + 0.03, upper - 0.08)),
            centre=float(rng.normal(-0.17, 0.05) if close else 0.0),
            slant=float(rng.normal(0, 0.28 if trait == "path" else 0.10)),
            bow=float(0.16 if trait == "path" else rng.uniform(0.02, 0.08) * small),
            windup=float(rng.choice([0, 0, 0.05, 0.10])),
            follow=float(rng.choice([0, 0, 0.06, 0.14])),
            sway=float(rng.choice([0, 0, 0.03, 0.07])),
            after=str(rng.choice(["fall", "fall", "stay", "back"])),
            forearm=bool(rng.random() < 0.35),
            both=bool(rng.random() < 0.25),
            top=float(min(rng.uniform(0.28, 0.55), max(top, 0.0))),
            aside=float(rng.choice([0.10, 0.12, 0.30]) * (0.4 if close else 1.0)),
            facing=float(rng.choice([-0.6, 0.6]) if trait == "facing" else rng.normal(0, 0.15)),
            splay=float(rng.choice([0, 0.5, 1.0])),
            shutter=float(rng.choice([1 / 120, 1 / 60, 1 / 33])),
            sleeve=float(rng.uniform(2.2, 3.2) if trait == "cloth" else rng.choice([1.0, 1.0, 1.5])),
            life=float(rng.choice([0.15, 0.15, 0.5, 1.0])),
            tone=60.0 if trait == "cloth" else None,
            kept=trait in ("path", "facing"),
        )

    def pace(self, rng):
        """Seconds a stroke takes: 0.2..1.2 about the person's own tempo."""
        return float(np.clip(np.exp(rng.normal(np.log(self.tempo), 0.22)), 0.2, 1.2))
