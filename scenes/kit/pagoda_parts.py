"""The order in which a pagoda is built: every piece from the stone base to the iron spire, lowest first."""

from itertools import pairwise

import numpy as np

from scenes.kit.pagoda import (
    EIGHTH,
    FACES,
    Atom,
    boxes,
    bracket_set,
    lathe,
    padded,
    panels,
    post,
    sheets,
    turned,
)  # fmt: skip
from scenes.kit.pagoda_roof import roof


def atoms(tower):
    """All Atoms of the tower, in the order they are laid."""
    found = base(tower)
    for n, eave in enumerate(tower.eaves):
        below = tower.eaves[n - 1] if n else None
        if n == 0:
            found += ground(tower, eave)
        elif n == 1:
            found += attic(tower, eave, below)
        else:
            found += storey(tower, eave, below)
        inner = 1.9 if n == 5 else tower.eaves[n + 1].body - (0.5 if n else 0)
        found += roof(tower, eave, inner, 55.4 if n == 5 else eave.top + 0.3)
    return found + spire(tower)


def outward(atoms_):
    """Far pieces first: the frame closes from both flanks towards the front."""
    return sorted(atoms_, key=lambda atom: atom.nearest)


def base(tower):
    low, up = tower.base["lower"], tower.base["upper"]
    h, z, a, top = low["half"], low["top"], up["half"], up["top"]
    square = Atom(0, "base", layered=True)
    square.add(sheets([[(-h, h, z), (h, h, z), (h, -h, z), (-h, -h, z)]]), "stone", 0.9)
    _ashlar(square, 0.0, h, h, 0, z)
    octagon = Atom(0, "base", layered=True)
    corner, around = a / np.cos(np.pi / 8), np.arange(8) * np.pi / 4 + np.pi / 8
    ring = np.column_stack([corner * np.cos(around), corner * np.sin(around), np.full(8, top)])
    octagon.add(padded([ring]), "stone", 0.8)
    for face in FACES:
        _ashlar(octagon, face, a * EIGHTH, a, z, top)
    return [square, octagon, _stairs(tower)]


def _ashlar(atom, face, half, out, low, top):
    """Courses of cut stone between a plinth and a projecting lip; each breaks the joints of the one below."""
    atom.add(turned(face, panels(-half, half, out, low, top)), "stone", 0.62, 0.9)
    rows = np.linspace(low, top - 0.28, 4)
    for row, (z0, z1) in enumerate(pairwise(rows)):
        atom.add(turned(face, panels(-half, half, out + 0.02, z0, z0 + 0.07)), "stone", 0.30, 0.45)
        x = np.arange(-half + 0.7 + (row % 2) * 0.9, half, 1.8)
        atom.add(turned(face, panels(x, x + 0.07, out + 0.02, z0, z1)), "stone", 0.32, 0.5)
    atom.add(turned(face, panels(-half - 0.1, half + 0.1, out + 0.1, top - 0.28, top)), "stone", 1.0, 1.0)


def _stairs(tower):
    """The steps on the south side, between two sloping stones."""
    w, rise, y0 = tower.base["stair"], tower.base["upper"]["top"], tower.base["upper"]["half"]
    atom, steps, run = Atom(0, "base", layered=True), 14, 0.42
    for k in reversed(range(steps)):
        z, y = rise * k / steps, y0 + run * (steps - k)
        up = z + rise / steps
        atom.add(panels(-w, w, y, z, up), "stone", 0.5, 0.75)
        atom.add(sheets([[(-w, y, up), (w, y, up), (w, y - run, up), (-w, y - run, up)]]), "stone", 1.1)
    edge = y0 + run * steps + 0.4
    for s in (-1, 1):
        a, b = s * w, s * (w + 0.8)
        slope = [(a, y0, rise + 0.4), (b, y0, rise + 0.4), (b, edge, 0.5), (a, edge, 0.5)]
        atom.add(sheets([slope]), "stone", 1.2).add(panels(a, b, edge, 0, 0.5), "stone", 0.7)
    return atom


def frame(tower, n, r, z0, z1, *, thick=0.30, lattice=True):
    """Columns, the plates on them, and what fills the bays between."""
    columns, plates, infill = [], [], []
    for face in FACES:
        half = r * EIGHTH
        spots = [-half, *(b * half for b in tower.bays), half]
        for i, x in enumerate(spots):
            if face == 0.0 or i != (0 if face > 0 else len(spots) - 1):
                shaft = turned(face, post(x, r, z0, z1, thick))
                columns.append(Atom(n, "column").add(shaft, "column", 0.45, 0.8, solid=True))
        plate = boxes(
            [(-half - 0.2, r - 0.22, z1 - 0.62), (-half - 0.4, r - 0.3, z1 - 0.2)],
            [(half + 0.2, r + 0.12, z1 - 0.22), (half + 0.4, r + 0.34, z1 + 0.02)],
        )
        plates.append(Atom(n, "plate").add(turned(face, plate), "timber", 0.35, 1.0, solid=True))
        if lattice:
            spans = pairwise(spots)
            infill += [bay(n, face, a + 0.25, b - 0.25, r - 0.3, z0, z1 - 0.62) for a, b in spans]
    return [*outward(infill), *outward(columns), *outward(plates)]


def bay(n, face, a, b, r, z0, z1):
    """Four leaves of doors: a panel below, lattice above."""
    atom, high = Atom(n, "bay", layered=True), z1 - z0
    atom.add(turned(face, panels(a, b, r, z0, z1)), "timber", 0.20, 0.45)
    leaf = (b - a) / 4
    x0, x1 = a + leaf * (np.arange(4) + 0.08), a + leaf * (np.arange(4) + 0.92)
    cross = z0 + 0.40 * high
    atom.add(turned(face, panels(x0, x1, r + 0.04, z0 + 0.08, z1 - 0.06)), "door", 0.34, 0.7)
    atom.add(
        turned(face, panels(x0 + 0.09, x1 - 0.09, r + 0.05, z0 + 0.22, cross - 0.16)), "timber", 0.5, 0.9
    )
    atom.add(turned(face, panels(x0 + 0.09, x1 - 0.09, r + 0.05, cross, z1 - 0.16)), "window", 0.5, 0.8)
    for share in (0.36, 0.64):
        x = x0 + leaf * 0.84 * share
        atom.add(turned(face, panels(x - 0.035, x + 0.035, r + 0.06, cross, z1 - 0.16)), "door", 0.30, 0.6)
    for share in (0.25, 0.5, 0.75):
        z = cross + (z1 - 0.16 - cross) * share
        atom.add(turned(face, panels(x0 + 0.09, x1 - 0.09, r + 0.06, z - 0.03, z + 0.03)), "door", 0.30, 0.6)
    return atom


def brackets(tower, n, r, z, scale, *, reach=1.0, plain=False):
    """The wall behind, sets on every column and between them, and the tie they carry together."""
    shape = bracket_set(scale, reach=reach, plain=plain)
    out, up = scale * reach * (0.58 if plain else 1.14), z + scale * (1.10 if plain else 1.46)
    walls, sets, ties = [], [], []
    for face in FACES:
        half = r * EIGHTH
        wall = turned(face, panels(-half, half, r - 0.14, z, up + (0.3 if plain else 1.1)))
        walls.append(Atom(n, "wall").add(wall, "plaster", 0.10, 0.42))
        b0, b1 = (b * half for b in (tower.bays[0], tower.bays[-1]))
        for x in ((-half + b0) / 2, b0, (b0 + b1) / 2, b1, (b1 + half) / 2):
            one = turned(face, shape + (x, r, z))
            sets.append(Atom(n, "bracket").add(one, "timber", 0.22, 1.0, solid=True))
        far = (r + out) * EIGHTH
        beam = boxes((-far - 0.1, r + out - 0.13, up), (far + 0.1, r + out + 0.13, up + 0.30))
        ties.append(Atom(n, "tie").add(turned(face, beam), "timber", 0.3, 1.0, solid=True))
    for corner in (-3, -1, 1, 3):
        big = shape * (1.15, 1.25, 1) + (0, r / np.cos(np.pi / 8), z)
        sets.append(Atom(n, "bracket").add(turned(corner * np.pi / 8, big), "timber", 0.22, 1.0, solid=True))
    return [*outward(walls), *outward(sets), *outward(ties)]


def ground(tower, eave):
    """The walls of the hall, the veranda's columns around them, and its sets."""
    r, foot, a = tower.base["veranda"], tower.base["upper"]["top"], eave.body - 0.6
    inner = []
    for face in FACES:
        e = a * EIGHTH
        wall = Atom(1, "wall", layered=True).add(
            turned(face, panels(-e, e, a, foot, eave.top)), "plaster", 0.32, 0.75
        )
        wall.add(turned(face, panels(-e, e, a + 0.1, foot, foot + 1.2)), "brick", 0.6, 0.9)
        inner.append(wall)
    inner = [*outward(inner), bay(1, 0.0, -1.9, 1.9, a + 0.2, foot, foot + 3.8)]
    head = eave.edge - 1.75
    posts = frame(tower, 1, r, foot, head, thick=0.27, lattice=False)
    return [*inner, *posts, *brackets(tower, 1, r, head, 1.02, reach=1.25, plain=True)]


def attic(tower, eave, below):
    """The wall that shows between the two eaves of the first storey."""
    r, z = eave.body, below.top - 0.9
    head = max(eave.edge - 1.55, z + 0.9)
    posts = frame(tower, 1, r, z, head, thick=0.26)
    return [*posts, *brackets(tower, 1, r, head, 1.06, reach=1.35)]


def storey(tower, eave, below):
    """Balcony on brackets, railing, columns and doors, and the sets that carry the next eave."""
    n, b, r = eave.storey, below.top, eave.body
    deck, lip, head = b + 2.05, r + 1.75, eave.edge - 1.45
    found = brackets(tower, n, r + 0.15, b + 0.15, 1.02, reach=1.2, plain=True)
    found += outward([_deck(n, face, lip, deck) for face in FACES])
    found += frame(tower, n, r, deck, head)
    found += outward([rail for face in FACES for rail in _railing(tower, n, face, lip - 0.12, deck)])
    found += brackets(tower, n, r, head, 1.04, reach=1.35)
    if n == tower.plaque_storey:
        found.append(_plaque(n, r + 1.9, head))
    return found


def _deck(n, face, lip, deck):
    """The edge of a balcony's floor, and the ends of the beams it lies on."""
    e = lip * EIGHTH
    x = np.arange(-e + 0.2, e - 0.2, 0.44)
    atom = Atom(n, "deck", layered=True)
    atom.add(turned(face, panels(-e, e, lip, deck - 0.62, deck)), "timber", 0.5, 0.75)
    return atom.add(turned(face, panels(x, x + 0.22, lip + 0.03, deck - 0.30, deck - 0.08)), "door", 0.9, 1.0)


def _railing(tower, n, face, r, deck):
    """Posts, three rails, and the uprights between them: one piece a bay."""
    half, found = r * EIGHTH, []
    spots = [-half, *(b * half for b in tower.bays), half]
    for a, b in pairwise(spots):
        bars = [
            ((a, r - 0.05, deck + h), (b, r + 0.05, deck + h + t))
            for h, t in ((0.1, 0.1), (0.55, 0.09), (0.95, 0.13))
        ]
        x = np.linspace(a, b, max(2, round((b - a) / 0.62)) + 1)
        tall = np.where((x == a) | (x == b), 1.2, 0.95)
        bars += [
            ((v - 0.045, r - 0.04, deck + 0.1), (v + 0.045, r + 0.04, deck + t))
            for v, t in zip(x, tall, strict=True)
        ]
        low, high = zip(*bars, strict=True)
        found.append(
            Atom(n, "rail", layered=True).add(turned(face, boxes(low, high)), "timber", 0.8, 1.0, solid=True)
        )
    return found


def _plaque(n, out, z):
    """The upright board under the eave, leaning forward so that it can be read from the court."""
    atom = Atom(n, "plaque", layered=True)
    for grow, paint, tone in ((0.16, "timber", 1.0), (0.0, "plaque", 0.9)):
        w, high = 0.95 + grow, 1.35 + grow
        low, top = (out - 0.10 + 0.02 * (grow == 0), z + 0.10 - high), (out + 0.35, z + 0.10 + high)
        board = [(-w, *low), (w, *low), (w, *top), (-w, *top)]
        atom.add(sheets([board]), paint, tone, tone)
    return atom


def spire(tower):
    """Brick foot, iron spire, and the chains from it to the ends of the ridges."""
    brick = Atom(6, "spire").add(lathe(tower.spire["brick"], 8, np.pi / 8), "brick", 0.9, 0.7, solid=True)
    iron = Atom(6, "spire").add(lathe(tower.spire["iron"]), "iron", 0.9, 0.8, solid=True)
    high, low = tower.spire["chains"]
    chains = Atom(6, "chain", layered=True)
    end, t = tower.eaves[-1].half * 0.97 / np.cos(np.pi / 8), np.linspace(0, 1, 13)
    z = high + (low + 1.2 - high) * t - 4.2 * t * (1 - t)
    for angle in np.array((-3, -1, 1, 3)) * np.pi / 8:
        at = np.column_stack([end * np.sin(angle) * t, end * np.cos(angle) * t, z])
        up = at + (0, 0, 0.09)
        chains.add(sheets(np.stack([at[:-1], at[1:], up[1:], up[:-1]], axis=1)), "iron", 0.8, 0.8)
    return [brick, chains, iron]
