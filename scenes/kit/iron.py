"""Molten iron in the air: drops that fly, cool, burst and bounce, and the light they leave behind."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import numpy as np

from engine import ink, raster

ROOM = 24_000  # drops in the air at once
SHADES = 256
COLDEST, HOTTEST = 480.0, 1700.0  # Celsius, the ends of the table of shades
FULL = 1024  # one lane's count for a tone of 1
STRENGTH = 8  # weight of a full drop; a lane of the table times this is FULL
LONGEST = 14  # half-resolution pixels one drop may cross in a frame and still be a line
KEEP = 0.86  # of the light left from the frame before


@dataclass(frozen=True)
class Melt:
    """The numbers of assets/iron/melt.toml, checked."""

    celsius: np.ndarray
    colours: np.ndarray
    throw: dict
    flight: dict
    burst: dict

    @classmethod
    def read(cls, path):
        """From a file; ValueError names the file, the entry and the reason."""
        with open(path, "rb") as file:
            data = tomllib.load(file)
        ramp = data.get("ramp", [])
        celsius = [stop.get("celsius", 0) for stop in ramp]
        if len(ramp) < 2 or sorted(set(celsius)) != celsius:
            raise ValueError(f"{path}: ramp: needs two or more stops in rising order, found {celsius}")
        try:
            colours = [ink.hex_colour(str(stop.get("colour"))) for stop in ramp]
        except ValueError as wrong:
            raise ValueError(f"{path}: ramp: {wrong}") from None
        for entry, names in WANTED.items():
            for name, length in names.items():
                _check(path, f"{entry}.{name}", data.get(entry, {}).get(name), length)
        return cls(np.array(celsius, float), np.array(colours, float), *(data[entry] for entry in WANTED))

    def colour(self, celsius):
        """(n, 3) red, green, blue 0..1 of iron this hot; black when it no longer glows."""
        t = np.atleast_1d(np.asarray(celsius, float))
        rgb = np.stack([np.interp(t, self.celsius, lane, left=0) for lane in self.colours.T], -1)
        return rgb / 255

    def table(self):
        """SHADES packed colours for `raster.splat`, from COLDEST to HOTTEST."""
        rgb = self.colour(np.linspace(COLDEST, HOTTEST, SHADES))
        lanes = np.zeros((SHADES, 4), np.uint16)
        lanes[:, :3] = np.rint(rgb[:, ::-1] * (FULL / STRENGTH))
        return lanes.view(np.uint64)[:, 0].copy()


WANTED = {
    "throw": {"drops": 1, "angle": 2, "speed": 2, "celsius": 2, "size": 3, "scale": 1, "swell": 1},
    "flight": {"cooling": 1, "drag": 1, "gravity": 1, "bounce": 2, "bounce_cools": 1},
    "burst": {"share": 1, "after": 2, "daughters": 1, "hotter": 1, "size": 1, "speed": 2},
}


def _check(path, entry, value, length):
    values = value if isinstance(value, list) else [value]
    if len(values) != length or not all(isinstance(v, int | float) for v in values):
        raise ValueError(f"{path}: {entry}: needs {length} number(s), found {value!r}")


class Drops:
    """Up to ROOM drops as columns of one array; positions in design units, speeds in metres a second."""

    ROWS = ("x", "y", "vx", "vy", "celsius", "cooling", "drag", "weight", "fuse", "ground", "wait")

    def __init__(self, melt, rng):
        self.melt, self.rng, self.count = melt, rng, 0
        self.table = melt.table()
        self._all = np.zeros((len(self.ROWS), ROOM), np.float32)
        self._spare = np.zeros_like(self._all)
        self._from = np.zeros((2, ROOM), np.float32)

    def __getattr__(self, row):
        if row in Drops.ROWS:
            return self._all[Drops.ROWS.index(row), : self.count]
        raise AttributeError(row)

    def throw(
        self, place, count, *, power=1.0, heat=0.0, spread=1.0, width=6.0, ground=(874, 1056), swell=None
    ):
        """A blow of the board at `place`: `count` drops upward, let go over `swell` frames."""
        t, rng = self.melt.throw, self.rng
        count = min(int(count), ROOM - self.count)
        if count <= 0:
            return
        angle = np.radians(rng.normal(t["angle"][0], t["angle"][1] * spread, count))
        speed = rng.gamma(t["speed"][0], t["speed"][1], count) * power
        size = rng.gamma(t["size"][0], t["size"][1], count) + t["size"][2]
        new = self._add(count, size)
        new[0] = place[0] + rng.normal(0, width, count)
        new[1] = place[1] + rng.normal(0, width * 0.6, count)
        new[2], new[3] = np.cos(angle) * speed, -np.sin(angle) * speed
        new[4] = rng.normal(t["celsius"][0], t["celsius"][1], count) + heat
        after = rng.uniform(*self.melt.burst["after"], count)
        new[8] = np.where(rng.random(count) < self.melt.burst["share"], after, np.inf)
        new[9] = ground[0] + (ground[1] - ground[0]) * rng.random(count) ** 1.7
        new[10] = rng.random(count) ** 0.7 * (t["swell"] if swell is None else swell)

    def step(self, dt, wind=0.0):
        """Fly for `dt` seconds in a `wind` of metres a second along x."""
        if not self.count:
            return
        f = self.melt.flight
        self._from[0, : self.count], self._from[1, : self.count] = self.x, self.y
        self.wait[:] -= 1
        time = np.float32(dt) * (self.wait <= 0)
        along = self.vx - np.float32(wind)
        slow = 1 - np.minimum(self.drag * np.sqrt(along * along + self.vy * self.vy) * time, 0.5)
        self.vx[:] = along * slow + np.float32(wind)
        self.vy[:] = self.vy * slow + np.float32(f["gravity"]) * time
        metres = time * np.float32(self.melt.throw["scale"])
        self.x[:] += self.vx * metres
        self.y[:] += self.vy * metres
        self.celsius[:] -= (self.celsius - 20) * self.cooling * time
        self.fuse[:] -= time
        self._burst()
        self._bounce()

    def splat(self, field, width, height, scale):
        """Draw each drop's way through this frame into a flat packed field of `height` rows.

        Anti-aliased lines: one sample for every pixel along the way, shared by the two pixels it lies
        between across it. Drops are sorted by length, so that sample j of all drops is one slice.
        """
        way = self._way(width, height, scale)
        steps = np.ceil(np.maximum(np.abs(way[2]), np.abs(way[3])))
        steps = np.clip(steps, 1, LONGEST) * self._seen(way, width, height)
        at = np.argsort(-steps.astype(np.int8), kind="stable")[: np.count_nonzero(steps)]
        x, y, dx, dy = np.take(way, at, axis=1)
        steps = steps.take(at)
        level = np.abs(dx) > np.abs(dy)
        # fixed point, twelve bits of fraction; along the line, then across it
        turn, fine = (x - y) * level, 4096 / steps
        along0, across0 = ((y + turn) * 4096).astype(np.int64), ((x - turn) * 4096).astype(np.int64)
        turn = (dx - dy) * level
        along1, across1 = ((dy + turn) * fine).astype(np.int64), ((dx - turn) * fine).astype(np.int64)
        aside = 1 + level * (width - 1)
        forward = width + 1 - aside
        strong = self._strength(at, steps, scale)
        packed = self.table.take(self._shade(at))
        counts = [int(np.count_nonzero(steps > j)) for j in range(LONGEST)]
        for j, m in enumerate(counts):
            if not m:
                break
            along, across = along0[:m] + along1[:m] * j, across0[:m] + across1[:m] * j
            cell = (along >> 12) * forward[:m] + (across >> 12) * aside[:m]
            far = (((across >> 8) & 15) * strong[:m] + 8) >> 4
            raster.splat(field, cell, packed[:m] * (strong[:m] - far).view(np.uint64))
            raster.splat(field, cell + aside[:m], packed[:m] * far.view(np.uint64))

    def _way(self, width, height, scale):
        """Rows x, y, dx, dy of this frame's way in pixels, held inside the picture."""
        n, scale = self.count, np.float32(scale)
        way = np.empty((4, n), np.float32)
        edge = np.array([[width - 2.1], [height - 2.1]], np.float32)
        np.clip(self._from[:, :n] * scale, 0, edge, out=way[:2])
        np.clip(self._all[:2, :n] * scale, 0, edge, out=way[2:])
        way[2:] -= way[:2]
        return way

    def _seen(self, way, width, height):
        """Whether each drop glows and is not held at an edge of the picture."""
        lit = (self.celsius > COLDEST) & (self.wait <= 0)
        x, y = way[0] + way[2], way[1] + way[3]
        return lit & (x > 0) & (x < width - 2.1) & (y > 0) & (y < height - 2.1)

    def _strength(self, at, steps, scale):
        """Whole-number weight of each sample: a quick drop spreads its light, but not all of it."""
        share = 0.42 + 0.58 / steps
        size = STRENGTH * min(1.0, 2 * scale)  # in a small picture a line covers more of it
        return np.maximum(self.weight[at] * share * size + 0.5, 1).astype(np.int64)

    def _shade(self, at):
        shade = (self.celsius[at] - COLDEST) * np.float32((SHADES - 1) / (HOTTEST - COLDEST))
        return np.clip(shade, 0, SHADES - 1).astype(np.int64)

    def tidy(self):
        """Let go of drops that no longer glow."""
        keep = np.flatnonzero((self.celsius > COLDEST + 20) & (np.abs(self.x - 960) < 2600))
        if len(keep) < self.count:
            np.take(self._all, keep, axis=1, out=self._spare[:, : len(keep)])
            self._all, self._spare = self._spare, self._all
            self.count = len(keep)

    def _add(self, count, size):
        f = self.melt.flight
        new = self._all[:, self.count : self.count + count]
        self.count += count
        new[5] = f["cooling"] / size**0.8
        new[6] = f["drag"] / size
        new[7] = np.clip((size / 1.7) ** 0.8, 0.3, 1.7)
        new[8], new[10] = np.inf, 0
        return new

    def _burst(self):
        ready = np.flatnonzero((self.fuse < 0) & (self.celsius > 780))
        b = self.melt.burst
        ready = ready[: (ROOM - self.count) // int(b["daughters"])]
        if not len(ready):
            return
        self.fuse[ready] = np.inf
        mother = self._all[:, np.repeat(ready, int(b["daughters"]))]
        self._family(mother, b["size"], b["speed"], b["hotter"])

    def _bounce(self):
        f = self.melt.flight
        low = np.flatnonzero((self.y > self.ground) & (self.vy > 0))
        if not len(low):
            return
        hard = low[self.vy[low] > 2.8][:28]
        self.y[low] = self.ground[low]
        self.vy[low] *= f["bounce"][0]
        self.vx[low] *= f["bounce"][1]
        self.celsius[low] -= f["bounce_cools"]
        hard = hard[self.celsius[hard] > 760][: (ROOM - self.count) // 3]
        self._family(self._all[:, np.repeat(hard, 3)], 0.3, (0.4, 2.0), 20)

    def _family(self, mother, size, speed, hotter):
        """Small drops thrown off in all directions from their mothers' places."""
        count = mother.shape[1]
        if not count:
            return
        turn = self.rng.uniform(0, 2 * np.pi, count)
        fast = self.rng.uniform(*speed, count)
        first = self.count
        new = self._add(count, np.float32(size))
        new[0], new[1], new[9] = mother[0], mother[1], mother[9]
        left = self.rng.uniform(0.25, 0.75, count)
        new[2] = mother[2] * left + np.cos(turn) * fast
        new[3] = mother[3] * left + np.sin(turn) * fast
        new[4] = mother[4] + hotter
        self._from[0, first : self.count], self._from[1, first : self.count] = new[0], new[1]
