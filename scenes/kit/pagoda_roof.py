"""The pagoda's roofs: rafters' ends, grey tiles in runs, and ridges that turn up at the corners."""

import numpy as np

from scenes.kit.pagoda import EIGHTH, FACES, Atom, padded, panels, sheets, turned

STEPS = 5  # facets a tile's run has from eave to wall
TILE = 0.46  # metres from one ridge of tiles to the next
RAFTER = 0.40
CORNERS_SEEN = tuple((face, end) for face in FACES[:2] for end in (-1, 1))  # the flanks' ends


def roof(tower, eave, inner, peak):
    """One face after another, then the ridges."""
    surface, n, faces = slope(tower, eave, inner, peak), eave.storey, []
    for face in FACES:
        atom = Atom(n, "roof", layered=True)
        _rafters(atom, face, eave, surface)
        _tiles(atom, face, eave, surface)
        faces.append(atom)
    ridges = [_ridge(n, face, s, surface) for face, s in CORNERS_SEEN]
    return [*faces, *ridges]


def slope(tower, eave, inner, peak):
    """surface(s, t): s -1..1 along the eave, t 0 at its edge .. 1 at the wall; hollow, its corners lifted."""
    steep = peak - eave.edge > 4

    def surface(s, t, rise=0.0):
        s, t = np.broadcast_arrays(np.asarray(s, float), np.asarray(t, float))
        r = eave.half + (inner - eave.half) * t + 0.55 * np.abs(s) ** 3 * (1 - t) ** 2
        bend = 0.55 * t + 0.45 * t**2 if steep else 0.8 * t + 0.2 * t**2
        z = eave.edge + (peak - eave.edge) * bend + tower.lift * np.abs(s) ** 3 * (1 - t) ** 1.6 + rise
        return np.stack([s * r * EIGHTH, r, z], -1)

    return surface


def patches(surface, s0, s1, t0, t1, rise=0.0):
    """Facets of the surface between pairs of s and t, arrays of one length."""
    corners = ((s0, t0), (s1, t0), (s1, t1), (s0, t1))
    return sheets(np.stack([surface(s, t, rise) for s, t in corners], axis=1))


def _rafters(atom, face, eave, surface):
    """The underside in shadow, and two rows of rafter ends: round ones, square flying ones before them."""
    s = np.linspace(-1, 1, 15)
    edge = surface(s, 0.0, -0.06)
    deep = edge - (0, 0, 0.66)
    atom.add(
        turned(face, sheets(np.stack([deep[:-1], deep[1:], edge[1:], edge[:-1]], axis=1))),
        "timber",
        0.08,
        0.30,
    )
    count = round(2 * eave.half * EIGHTH / RAFTER)
    for row, (drop, size, lit) in enumerate(((0.60, 0.20, 0.5), (0.32, 0.21, 1.0))):
        x, y, z = surface((np.arange(count) + 0.5 + 0.25 * row) / (count + 0.5) * 2 - 1, 0.0, -drop).T
        atom.add(
            turned(face, panels(x - size / 2, x + size / 2, y + 0.02, z, z + size)),
            "door",
            0.5 * lit,
            0.95 * lit,
        )


def _tiles(atom, face, eave, surface):
    """Hollow channels, round ridges over them in overlapping lengths, and their ends along the edge."""
    t = np.linspace(0, 1, STEPS + 1)
    s = np.linspace(-1, 1, 13)
    i, k = (grid.ravel() for grid in np.meshgrid(np.arange(12), np.arange(STEPS)))
    atom.add(turned(face, patches(surface, s[i], s[i + 1], t[k], t[k + 1])), "tile", 0.38, 0.4)
    count = max(6, round(2 * eave.half * EIGHTH / TILE))
    x = (np.arange(count) + 0.5) / count * 2 - 1
    i, k = (grid.ravel() for grid in np.meshgrid(np.arange(count), np.arange(STEPS)))
    half, cut = 0.62 / count, t[k] + 0.88 * (t[k + 1] - t[k])
    for a, b, tone in ((-half, 0.0, 1.15), (0.0, half, 0.72)):
        atom.add(turned(face, patches(surface, x[i] + a, x[i] + b, t[k], cut, 0.10)), "tile", tone, 0.6)
    middle = surface(x, 0.0, -0.03) + (0, 0.06, 0)
    around = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    disc = np.column_stack([0.14 * np.cos(around), 0 * around, 0.14 * np.sin(around)])
    atom.add(turned(face, middle[:, None] + disc), "ridge", 0.9, 0.9)


def _ridge(n, face, s, surface):
    """The ridge along a corner, thicker at its end, where it turns up."""
    line = surface(np.full(9, float(s)), np.linspace(0.0, 1.0, 9))
    low, top = line + (0, 0, 0.02), line + (0, 0, 0.42)
    top[0] += (0, 0.15, 0.34)
    side = np.array([0.20, 0.06, 0.0])
    walls = [
        np.stack([low[:-1] + w * side, low[1:] + w * side, top[1:] + w * side, top[:-1] + w * side], axis=1)
        for w in (-1, 1)
    ]
    crown = np.stack([top[:-1] - side, top[:-1] + side, top[1:] + side, top[1:] - side], axis=1)
    end = padded([np.array([low[0] - side, low[0] + side, top[0] + side, top[0] - side]) + (0, 0.02, 0)])
    atom = Atom(n, "ridge", layered=True)
    for wall in walls:
        atom.add(turned(face, sheets(wall)), "ridge", 0.7, 0.8)
    return atom.add(turned(face, sheets(crown)), "ridge", 1.1, 0.8).add(turned(face, end), "ridge", 0.8, 0.9)
