"""A folding screen of twelve leaves: how it stands, its panels, and the painting across it."""

import numpy as np

from scenes.kit.fenben import Piece, Stroke, bent, read_fenben

LEAVES = 12
LEAF = 150.0
LEFT, TOP, BOTTOM = 60.0, 64.0, 930.0
PICTURE = (180.0, 764.0)  # the main panels
CREST, SKIRTING = (78.0, 166.0), (778.0, 870.0)
EYE = 520.0  # height of the eye, where the folds do not show
DEPTH = 0.036  # share by which the far hinges look smaller
STILE = 7.0


def fold(points, shift=0.0):
    """Points on the flat screen as they stand on the folded one, moved `shift` to the right."""
    points = np.asarray(points, float)
    phase = (points[:, 0] - LEFT) / LEAF
    near = 1 - DEPTH * np.abs((phase + 1) % 2 - 1)
    return np.column_stack([points[:, 0] + shift, EYE + (points[:, 1] - EYE) * near])


def leaf_of(x, shift=0.0):
    """Number 0..11 of the leaf at x in design units."""
    return int(np.clip((x - shift - LEFT) // LEAF, 0, LEAVES - 1))


def tilt(x, shift=0.0):
    """-1 or 1: which way the leaf at x is turned, an array for an array."""
    return np.where(np.floor((np.asarray(x) - shift - LEFT) / LEAF) % 2 == 0, -1.0, 1.0)


def build(path, paints, shift):
    """All pieces of the screen, back to front, as it stands."""
    way = lambda points: fold(points, shift)  # noqa: E731
    pieces = read_fenben(path, paints)
    crest, skirting = (read_fenben(path, paints, name) for name in ("crest", "skirting"))
    for n in range(LEAVES):
        left = LEFT + n * LEAF
        pieces += _panel(left, CREST, crest, n) + _panel(left, SKIRTING, skirting, n)
        pieces += _frame(left)
    return [bent(_dense(piece), way) for piece in pieces]


def outline(shift):
    """The screen as a whole: the top and bottom edges zigzag."""
    x = LEFT + LEAF * np.arange(LEAVES + 1)
    top = np.column_stack([x, np.full_like(x, TOP)])
    foot = np.column_stack([x, np.full_like(x, BOTTOM)])
    return fold(np.vstack([top, foot[::-1]]), shift)


def _panel(left, span, motif, n):
    """One small panel with its motif, every other leaf mirrored."""
    low, high = span
    middle = np.array([left + LEAF / 2, (low + high) / 2])
    side = np.array([1.0 if n % 2 else -1.0, 1.0])
    ground = _rect("panel", left + STILE, low, left + LEAF - STILE, high)
    return [ground, *(bent(piece, lambda p: p * side + middle) for piece in motif)]


def _frame(left):
    """Stiles, rails and an apron between the feet, black; a gold fillet inside each panel."""
    right = left + LEAF
    inner = left + STILE, right - STILE
    pieces = [
        _rect("stile", left, TOP, inner[0], BOTTOM),
        _rect("stile", inner[1], TOP, right, BOTTOM),
        _rect("rail", *_box(inner, TOP, CREST[0])),
        _rect("rail", *_box(inner, CREST[1], PICTURE[0])),
        _rect("rail", *_box(inner, PICTURE[1], SKIRTING[0])),
        _rect("rail", *_box(inner, SKIRTING[1], 884.0)),
        _apron(inner),
    ]
    fillets = []
    for low, high in (CREST, PICTURE, SKIRTING):
        fillets += _rect("", inner[0] + 2.5, low + 2.5, inner[1] - 2.5, high - 2.5, width=1.2).strokes
    return [*pieces, Piece("fillets", None, "", tuple(fillets))]


def _box(inner, low, high):
    return inner[0], low, inner[1], high


def _apron(inner):
    """The space under the lowest rail: a cusped board, dark beneath it."""
    u = np.linspace(0, 1, 33)
    x = inner[0] + (inner[1] - inner[0]) * u
    cusp = 884 + 20 * (1 - np.sin(np.pi * u) ** 0.5) + 10 * np.cos(6 * np.pi * u) * np.sin(np.pi * u)
    edge = np.column_stack([x, cusp])
    board = np.vstack([[[inner[0], 882.0]], edge, [[inner[1], 882.0]]])
    return Piece("apron", board, "ground", (Stroke(edge, 1.2, 1.0, 1.0, inside=False),))


def _rect(name, x0, y0, x1, y1, *, width=0.0):
    corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]], float)
    strokes = (Stroke(corners, width, 1.0, 1.0, inside=False),) if width else ()
    return Piece(name, corners[:4], "ground", strokes)


def _dense(piece):
    """Long straight edges get points every few units, so that they can fold at the hinges."""
    if piece.name in ("stile", "rail", "panel", "fillets", "apron"):
        return piece
    return piece if piece.outline is None else _with_outline(piece)


def _with_outline(piece):
    closed = np.vstack([piece.outline, piece.outline[:1]])
    gaps = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(gaps)])
    at = np.union1d(along[:-1], np.arange(0, along[-1], 25.0))
    points = np.column_stack([np.interp(at, along, closed[:, k]) for k in (0, 1)])
    return Piece(**{**piece.__dict__, "outline": points})
