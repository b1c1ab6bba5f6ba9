"""The cuts of paper-cutting as outlines: crescent, saw-tooth, drop, willow leaf, cloud and their kin.

Every outline is an (m, 2) array of (u, v): u points outward from the flower's heart, v across. A unit of
length 1 lies about the origin; placing, turning and folding are done elsewhere.
"""

import math

import numpy as np

CUTS = ("drop", "willow", "crescent", "comb", "cloud", "round", "plum", "lozenge", "flame", "seed", "heart")


def drop(wide=0.5, points=28):
    """A drop, its tip outward: an ellipse times sin^1.3(t/2)."""
    t = np.linspace(0, 2 * math.pi, points, endpoint=False)
    return np.c_[0.5 * np.cos(t), 0.5 * wide * np.sin(t) * np.abs(np.sin(t / 2)) ** 1.3]


def willow(wide=0.22, points=12):
    """A willow leaf: two arcs that meet in points."""
    s = np.linspace(-0.5, 0.5, points)
    side = 0.5 * wide * (1 - 4 * s * s)
    return np.r_[np.c_[s, side], np.c_[s[::-1], -side[::-1]][1:-1]]


def crescent(wide=0.3, points=15):
    """A new moon lying across the ray: two parabola arcs that share their ends, the bulge outward."""
    s = np.linspace(-0.5, 0.5, points)
    bow = 1 - 4 * s * s
    return np.r_[np.c_[0.42 * bow, s], np.c_[(0.42 - wide) * bow, s][::-1][1:-1]] - [0.2, 0]


def comb(wide=0.34, teeth=9):
    """A new moon with a row of teeth on its inner side, which knife-cutters call striking teeth."""
    s = np.linspace(-0.5, 0.5, 2 * teeth + 1)
    bow = 1 - 4 * s * s
    outer = 0.42 * bow
    inner = outer - wide * bow * np.where(np.arange(len(s)) % 2 == 1, 1.0, 0.18)
    return np.r_[np.c_[outer, s], np.c_[inner, s][::-1][1:-1]] - [0.2, 0]


def cloud(wide=0.13, turns=1.1, points=34):
    """A curl of cloud: a ribbon on the spiral r = a exp(-.22 t), thinner toward both ends."""
    t = np.linspace(0, 2 * math.pi * turns, points)
    r = 0.5 * np.exp(-0.22 * t)
    thick = 0.5 * wide * np.sin(math.pi * np.linspace(0.04, 1, points) ** 0.6) + 0.006
    ray = np.c_[np.cos(t), np.sin(t)]
    return np.r_[ray * (r + thick)[:, None], (ray * (r - thick)[:, None])[::-1]]


def round_hole(wide=1.0, points=20):
    """A punched round, or an oval when `wide` is not 1."""
    t = np.linspace(0, 2 * math.pi, points, endpoint=False)
    return 0.5 * np.c_[np.cos(t), wide * np.sin(t)]


def plum(petals=5, points=50):
    """A plum blossom of round petals."""
    t = np.linspace(0, 2 * math.pi, points, endpoint=False)
    r = 0.5 * (0.62 + 0.38 * np.abs(np.cos(petals * t / 2)) ** 0.7)
    return np.c_[r * np.cos(t), r * np.sin(t)]


def lozenge(wide=0.5):
    """A four-cornered eye with hollow sides."""
    t = np.linspace(0, 2 * math.pi, 32, endpoint=False)
    return np.c_[
        0.5 * np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 1.7,
        0.5 * wide * np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 1.7,
    ]


def flame(wide=0.34, points=20):
    """A tongue of fire: a leaf whose spine is an S."""
    s = np.linspace(-0.5, 0.5, points)
    spine = 0.16 * np.sin(2 * math.pi * s)
    side = 0.5 * wide * (1 - 4 * s * s) ** 0.8 * (1 - 0.7 * s)
    return np.r_[np.c_[s, spine + side], np.c_[s, spine - side][::-1][1:-1]]


def heart(points=36):
    """The ruyi head: a heart whose point is inward."""
    t = np.linspace(0, 2 * math.pi, points, endpoint=False)
    v = np.sin(t) ** 3
    u = (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
    return 0.5 * np.c_[u + 0.12, v]


def outline(name, wide=None):
    """The outline of one of CUTS, `wide` being its breadth in lengths where the cut has one."""
    given = {} if wide is None else {"wide": wide}
    if name == "seed":
        return willow(**({"wide": 0.45} | given))
    if name in ("plum", "heart"):
        return {"plum": plum, "heart": heart}[name]()
    return {
        "drop": drop,
        "willow": willow,
        "crescent": crescent,
        "comb": comb,
        "cloud": cloud,
        "round": round_hole,
        "lozenge": lozenge,
        "flame": flame,
    }[name](**given)


def teeth(radius, height, start, end, count, duty=0.62):
    """Saw-teeth on an arc from angle `start` to `end`: `count` separate triangles, tips at +height."""
    step = (end - start) / count
    foot = start + step * (np.arange(count) + 0.5)
    half = 0.5 * step * duty
    corners = [(radius, foot - half), (radius + height, foot), (radius, foot + half)]
    return [np.array([(r * math.cos(a[i]), r * math.sin(a[i])) for r, a in corners]) for i in range(count)]


def arc(radius, thick, start, end, points=16):
    """A slit along an arc, pointed at both ends."""
    a = np.linspace(start, end, points)
    half = 0.5 * thick * np.sqrt(np.clip(np.sin(math.pi * np.linspace(0, 1, points)), 0, 1))
    ray = np.c_[np.cos(a), np.sin(a)]
    return np.r_[ray * (radius + half)[:, None], (ray * (radius - half)[:, None])[::-1]]


def spline(points, closed=True, steps=8):
    """A smooth line through control points (Catmull-Rom, `steps` points a span).

    A point given twice in a row is a sharp corner.
    """
    p = np.asarray(points, float)
    p = np.r_[p[-1:], p, p[:2]] if closed else np.r_[p[:1], p, p[-1:]]
    q, r = p[1:-2], p[2:-1]
    some = (np.abs(q - r) > 1e-9).any(axis=1)  # a point given twice has no span
    o, q, r, s = (v[some, None] for v in (p[:-3], q, r, p[3:]))
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    curve = 2 * q + (r - o) * t + (2 * o - 5 * q + 4 * r - s) * t**2 + (3 * q - o - 3 * r + s) * t**3
    line = 0.5 * curve.reshape(-1, 2)
    return line if closed else np.r_[line, p[-1:]]


def ribbon(path, thick):
    """A line with a body: `thick` (full breadth) at each of its points, as a closed outline."""
    p = np.asarray(path, float)
    along = np.gradient(p, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    side = np.c_[-along[:, 1], along[:, 0]] * (np.broadcast_to(thick, len(p)) / 2)[:, None]
    return np.r_[p + side, (p - side)[::-1]]


def resample(path, count):
    """`count` points evenly along a line."""
    p = np.asarray(path, float)
    run = np.r_[0, np.cumsum(np.hypot(*np.diff(p, axis=0).T))]
    if run[-1] <= 0:
        return np.repeat(p[:1], count, axis=0)
    at = np.linspace(0, run[-1], count)
    return np.c_[np.interp(at, run, p[:, 0]), np.interp(at, run, p[:, 1])]
