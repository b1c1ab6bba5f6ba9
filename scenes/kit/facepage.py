"""What phones show of the face: the half to paint, the virtues to choose from, the wing to beat."""

from scenes.kit import facemusic, wingwork
from scenes.kit.facedata import STEPS

CAPTIONS = {
    "draw": ("勾脸", "Half a face is painted"),
    "virtue": ("忠直奸猛，公心一选", "Loyal, upright, crafty, fierce: the house chooses"),
    "wings": ("帽翅功", "The wings of the hat"),
    "left": ("左翅动，右翅静", "Left wing beats; right wing still"),
    "right": ("右翅动，左翅静", "Right wing beats; left wing still"),
    "feat": ("好！", "One alone. Bravo!"),
    "wings plumes": ("翎子功", "The plumes of the helmet"),
    "left plumes": ("左翎动，右翎静", "Left plume swings; right plume still"),
    "right plumes": ("右翎动，左翎静", "Right plume swings; left plume still"),
}
FULL = (150.0, 410.0)  # face units that a guest's 0..1 spans on half a face
BARE = (214, 170, 134)  # the ground before there is one


def outline(face):
    """A design for phones: [step number, colour, width or 0 of a fill, [x, y, ...]] a region.

    Points and widths are thousandths of half a face across and down.
    """
    guide = []
    for region in face.regions:
        if region.mirror and not region.of:
            few = region.points[:: max(1, len(region.points) // 14)]
            flat = [round(1000 * v / full) for point in few for v, full in zip(point, FULL, strict=True)]
            wide = round(1000 * region.width / FULL[0]) if region.kind == "line" else 0
            colour = _hex(face.pigments.get(region.colour, face.ground))
            guide.append([STEPS.index(region.step), colour, wide, flat])
    return guide


def _hex(colour):
    return "#{:02X}{:02X}{:02X}".format(*colour)


def painting(guide, painter, *, brow):
    """Half a face under the finger, as far as the painter is; `brow`: only the forehead is open."""
    line = (
        ["在眉上添一笔，最多人画的样子上台", "Add a mark over the brow; the commonest goes on stage"]
        if brow
        else ["用手指勾半张脸，另一半自己长出来", "Paint half a face; the other half follows"]
    )
    return {
        "view": "face",
        "verbs": ["draw"],
        "line": line,
        "guide": guide,
        "brow": brow,
        "laid": [n for n, step in enumerate(STEPS) if (step, -1) in painter.asked],
        "ground": _hex(painter.ground or BARE),
    }


def choosing(virtues, votes):
    """Which virtue this face shall have."""
    return {
        "view": "vote",
        "verbs": ["vote"],
        "line": ["替这张脸选一种品格", "Choose what this face shall be"],
        "options": [{"id": name, "label": list(words)} for name, (words, _) in virtues.items()],
        "tally": dict(votes),
    }


def beating(first, pair):
    """A wing to tap; `beat` is when the `first` one falls (seconds of the show), and the time between two."""
    return {
        "view": "wing",
        "verbs": ["tap"],
        "line": ["跟着梆子敲你这一边的帽翅", "Tap your side's wing with the clapper"],
        "beat": [round(first, 3), round(60 / facemusic.BPM, 4)],
        "calls": [[who, beats] for who, beats in wingwork.CALLS],
        "feats": list(pair.feats),
    }
