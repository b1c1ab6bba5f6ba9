"""A Chinese barrel drum from above: worn hide, brass studs, red lacquer shell, ring handles, stand."""

import numpy as np

from engine import Canvas, light, raster
from scenes.kit.solid import HALF, LIGHT, glow, shadow, sheet, solid

HIDE = np.array([0xE8, 0xD3, 0xA2], np.float32)
RED = np.array([0xA3, 0x20, 0x1C], np.float32)
BRASS = (0xCF, 0xA3, 0x49)
EDGE, NAILED, BELLY = (
    1.0,
    1.125,
    1.30,
)  # radii: where the skin bends down, where it ends, the belly of the barrel
ROWS = ((1.042, 0.0), (1.092, 0.5))  # two rows of studs, the second between the first
STUDS = 84  # in each row
RINGS = (-2.50, -0.64, 0.64, 2.50)  # angles of the four handles
SWINGS = 7  # pictures of a swinging ring, from one side to the other


def region(canvas, middle, reach):
    """Slices of the picture about `middle`, and design-unit coordinates of their pixels from it."""
    k, (h, w) = canvas.scale, canvas.px.shape[:2]
    x0, x1 = (int(np.clip((middle[0] + s * reach) * k, 0, w)) for s in (-1, 1))
    y0, y1 = (int(np.clip((middle[1] + s * reach) * k, 0, h)) for s in (-1, 1))
    x = (np.arange(x0, x1, dtype=np.float32) + 0.5) / k - middle[0]
    y = (np.arange(y0, y1, dtype=np.float32) + 0.5) / k - middle[1]
    return (slice(y0, y1), slice(x0, x1)), x[None, :], y[:, None]


def mottle(x, y, radius, rng):
    """(h, w, 3) colour of a used hide: blotches, the dark line of the spine, veins, pores, worn middle."""
    page = Canvas((x.shape[1], y.shape[0]), scale=radius / 580 * page_scale(x))
    blots = light.clouds(page, rng, size=170, octaves=4)
    fine = light.clouds(page, rng, size=26, octaves=2)
    pores = light.grain(page, rng, stretch=(0.7, 0.7))
    fibre = light.grain(page, rng, stretch=(9, 1.1))
    u, v = x / radius, y / radius
    spine = 0.62 * u + 0.78 * v + 0.34 * (blots - 0.5)
    across = -0.78 * u + 0.62 * v
    back = np.exp(-((spine / 0.085) ** 2)) * (0.6 + 0.8 * fine)
    ribs = np.sin(34 * spine + 9 * (blots - 0.5)) * np.exp(-((across / 0.8) ** 2)) * 0.5
    worn = np.exp(-((((u - 0.05) ** 2 + (v + 0.03) ** 2) / 0.075) ** 1.4))
    ring = np.exp(-(((np.hypot(u - 0.05, v + 0.03) - 0.36) / 0.09) ** 2))
    vein = np.exp(-((np.abs(light.clouds(page, rng, size=210, octaves=3) - 0.5) / 0.012) ** 2))
    tone = 1.0 + 0.30 * (blots - 0.5) + 0.10 * (fine - 0.5) + 0.022 * pores + 0.006 * fibre
    tone += -0.12 * back + 0.012 * ribs - 0.05 * vein + 0.10 * worn - 0.10 * ring
    rgb = HIDE * tone[..., None]
    amber = np.clip(0.9 * back + 0.8 * (blots - 0.45) + 0.5 * ring, 0, 1)[..., None]
    return rgb * (1 - amber * np.array([0.05, 0.17, 0.36], np.float32))


def page_scale(x):
    """Pixels per design unit of a row of coordinates."""
    return 1.0 / float(x[0, 1] - x[0, 0])


def scars(canvas, middle, radius, rng):
    """Where sticks fell for years: short crescents and scuffs, thick in the middle, thin toward the rim."""
    pale, dark = Canvas(canvas.surface.get_size(), clear=True), Canvas(canvas.surface.get_size(), clear=True)
    for target, count, ink in ((pale, 260, (255, 240, 205)), (dark, 240, (52, 28, 12))):
        paths = []
        for _ in range(count):
            turn, way = rng.uniform(0, 2 * np.pi), rng.uniform(0, 2 * np.pi)
            far = radius * (0.92 * rng.random() ** 0.8 if rng.random() < 0.35 else 0.36 * rng.random() ** 0.6)
            long, bend = radius * rng.uniform(0.003, 0.016), rng.uniform(-0.4, 0.4)
            t = np.linspace(-1, 1, 7)
            ahead, aside = long * t, bend * long * t * t
            at_x = middle[0] + far * np.cos(turn) + ahead * np.cos(way) - aside * np.sin(way)
            at_y = middle[1] + far * np.sin(turn) + ahead * np.sin(way) + aside * np.cos(way)
            paths.append(np.column_stack([at_x, at_y]))
        target.lines(paths, ink, 2.4)
    return pale.px[..., 3], dark.px[..., 3]


def shell_colour(r, angle, x, y, radius):
    """Lacquer over staves as it bends from the nailed edge down to the belly, lit from the north-west."""
    bend = np.clip((r - NAILED) / (BELLY - NAILED), 0, 1)
    lean = 0.35 + 0.65 * bend  # sine of how far the surface has turned from the eye
    facing = -(x * 0.67 + y * 0.74) / (np.maximum(r, 1e-3) * radius)
    lit = 0.30 + 0.62 * np.clip(0.55 * np.sqrt(1 - 0.9 * lean**2) + 0.75 * lean * facing, 0, 1)
    gloss = np.exp(-(((bend - 0.42) / 0.12) ** 2)) * np.clip(facing, 0, 1) ** 3
    stave = np.abs((angle * 44 / (2 * np.pi)) % 1.0 - 0.5) * 2
    seam = np.exp(-(((1 - stave) * r * 0.9 / 0.05) ** 2))
    rim = np.exp(-(((r - NAILED) / 0.016) ** 2))
    tone = lit * (1 - 0.34 * seam) * (1 - 0.55 * rim) * (1 - 0.5 * np.clip((bend - 0.86) / 0.14, 0, 1))
    gold = np.exp(-(((r - 1.185) / 0.0045) ** 2)) + np.exp(-(((r - 1.262) / 0.0035) ** 2))
    rgb = RED * tone[..., None] + gloss[..., None] * np.array([150, 92, 74], np.float32)
    share = np.clip(gold * 0.85, 0, 1)[..., None]
    return rgb * (1 - share) + np.array(BRASS, np.float32) * (tone * 1.15)[..., None] * share


def paint_drum(canvas, middle, radius, rng, *, scarred=True):
    """Paint the drum over what is on `canvas`: all of it that stands still."""
    where, x, y = region(canvas, middle, radius * 1.36)
    if not x.size or not y.size:
        return
    r, angle = np.hypot(x, y) / radius, np.arctan2(y, x)
    skin = mottle(x, y, radius, rng)
    if scarred:
        pale, dark = (s[where].astype(np.float32) / 255 for s in scars(canvas, middle, radius, rng))
        skin = (
            skin * (1 - 0.17 * raster.blur(dark, 2.2 * canvas.scale))[..., None]
            + 18 * raster.blur(pale, 2.2 * canvas.scale)[..., None]
        )
    facing = -(x * 0.67 + y * 0.74) / (np.maximum(r, 1e-3) * radius)
    # the pull of the nails: fine folds that run in from the edge
    pull = np.clip((r - 0.90) / 0.1, 0, 1) ** 2 * np.sin(angle * STUDS + 0.6 * np.sin(angle * 17))
    bent = np.clip((r - 0.975) / (NAILED - 0.975), 0, 1)
    turned = np.clip((r - 0.985) / 0.02, 0, 1)
    shape = 1 + 0.05 * pull + turned * (0.36 * facing - 0.26 - 0.22 * bent)
    groove = np.exp(-(((r - 1.003) / 0.008) ** 2)) * 0.22
    skin = (
        skin
        * (shape - groove)[..., None]
        * (1 - 0.16 * turned[..., None] * np.array([0.2, 0.8, 1.4], np.float32))
    )
    hem = NAILED - 0.010 + 0.006 * np.sin(angle * 11 + np.sin(angle * 29)) + 0.003 * np.sin(angle * 137)
    outer = (r > NAILED - 0.03) & (r < BELLY + 0.01)
    shell = np.zeros_like(skin, np.float32)
    wide, high = np.broadcast_arrays(x, y)
    shell[outer] = shell_colour(r[outer], angle[outer], wide[outer], high[outer], radius)
    soft = 0.75 / (radius * canvas.scale)
    is_skin = np.clip((hem - r) / (2 * soft) + 0.5, 0, 1)[..., None]
    drum = skin * is_skin + shell * (1 - is_skin)
    cover = np.clip((BELLY - r) / (2 * soft) + 0.5, 0, 1)[..., None]
    under = canvas.px[where][..., 2::-1].astype(np.float32)
    canvas.px[where][..., :3] = np.clip(drum * cover + under * (1 - cover), 0, 255)[..., ::-1].astype(
        np.uint8
    )
    nail(canvas, middle, radius, rng)


def stud_places(middle, radius):
    """(2 * STUDS, 2) where the studs are, round the drum, and their angles."""
    angles = np.concatenate([(np.arange(STUDS) + half) * 2 * np.pi / STUDS for _, half in ROWS])
    radii = np.repeat([row for row, _ in ROWS], STUDS) * radius
    places = np.column_stack([middle[0] + radii * np.cos(angles), middle[1] + radii * np.sin(angles)])
    order = np.argsort(angles, kind="stable")
    return places[order], angles[order]


def nail(canvas, middle, radius, rng):
    """Drive in the studs: brass domes, each a little different, with their shadows."""
    size = radius * 0.0172
    places, _ = stud_places(middle, radius)
    places = places + rng.normal(0, size * 0.06, places.shape)
    canvas.stamps(shadow(canvas.scale, size * 1.12, dark=0.75, soft=0.3), places + size * 0.30, blend="over")
    kinds = rng.integers(0, 4, len(places))
    for kind, shade in enumerate((1.0, 0.86, 0.95, 0.72)):
        brass = tuple(1.28 * c * shade for c in BRASS)
        stud = solid(
            canvas.scale,
            size * 2.2,
            [(0, 0, 0, size, size, size * 0.75, 0, brass)],
            gloss=0.75 * shade,
            sharp=30,
        )
        canvas.stamps(stud, places[kinds == kind], blend="over")


def pave(canvas, rough, rng, *, slab=190.0):
    """The floor: dark grey bricks in courses, worn and swept; `rough` (clouds, grit) is their surface."""
    h, w = canvas.px.shape[:2]
    coarse = 2 if canvas.scale > 0.6 else 1  # it lies in the dark: half the pixels do
    floor = Canvas((w // coarse, h // coarse), scale=canvas.scale / coarse)
    x, y = light.coordinates(floor)
    wobble, grit = (
        field[: h // coarse * coarse : coarse, : w // coarse * coarse : coarse] for field in rough
    )
    row = np.floor(y / (slab * 0.46))
    along = x / slab + 0.5 * (row % 2)
    column = np.floor(along)
    u, v = (along - column) - 0.5, y / (slab * 0.46) - row - 0.5
    shades = rng.random((int(row.max()) + 2, int(column.max()) + 2), dtype=np.float32)
    own = shades[row.astype(int), column.astype(int)]
    gap = np.maximum(
        np.exp(-(((0.5 - np.abs(u)) * slab / 2.2) ** 2)),
        np.exp(-(((0.5 - np.abs(v)) * slab * 0.46 / 2.2) ** 2)),
    )
    bevel = np.clip((np.abs(u) - 0.47) * 20, 0, 1) * -np.sign(u) + np.clip(
        (np.abs(v) - 0.44) * 12, 0, 1
    ) * -np.sign(v)
    tone = (0.62 + 0.22 * own + 0.5 * (wobble - 0.5)) * (1 - 0.75 * gap) + 0.10 * bevel * (1 - gap)
    tone += 0.03 * grit
    colour = np.clip(tone, 0, 1)[..., None] * np.array([0.98, 0.93, 0.86], np.float32)
    raster.fit(light.paint(floor, colour, (92, 89, 86)).px, canvas.px)


def stand(canvas, middle, radius):
    """The stand's feet: red beams with brass ends that come out from under the belly."""
    for angle in (-2.12, -1.0, 1.0, 2.12):
        out, side = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        for near, far, wide, rgb in (
            (1.0, 1.52, 0.062, (74, 16, 14)),
            (1.0, 1.515, 0.05, (120, 26, 22)),
            (1.44, 1.515, 0.052, (150, 112, 48)),
        ):
            box = [
                out * near + side * wide,
                out * far + side * wide,
                out * far - side * wide,
                out * near - side * wide,
            ]
            canvas.polygon(np.array(box) * radius + middle, rgb)


def cast_shadow(canvas, middle, radius, *, dark=0.8, soft=0.22):
    """The drum's own shadow on the floor, long to the south-east."""
    small = Canvas((max(2, canvas.px.shape[1] // 4), max(2, canvas.px.shape[0] // 4)))
    x, y = light.coordinates(small)
    rho = np.hypot(x - middle[0] - 0.17 * radius, y - middle[1] - 0.19 * radius) / (radius * BELLY)
    share = dark * np.clip((1 + soft - rho) / (2 * soft), 0, 1)
    light.paint(small, 1 - share)
    wide = Canvas(canvas.surface.get_size())
    raster.fit(small.px, wide.px)
    canvas.stamp(wide, (0, 0), blend="multiply", anchor=(0, 0))


def ring_sheets(scale, radius, angle):
    """Pictures of one ring handle, swung from side to side about its plate; its plate is at their middle."""
    big, thick, plate = radius * 0.088, radius * 0.0165, radius * 0.042
    side = max(9, round(5.0 * big * scale))
    at = ((np.arange(side) + 0.5) / side - 0.5) * 5.0 * big
    x, y = np.meshgrid(at, at)
    petals = [
        (
            0.8 * plate * np.cos(a),
            0.8 * plate * np.sin(a),
            0,
            plate * 0.42,
            plate * 0.3,
            plate * 0.2,
            a,
            BRASS,
        )
        for a in np.arange(8) * np.pi / 4
    ]
    knob = (0, 0, 9, plate * 0.62, plate * 0.62, plate * 0.5, 0, BRASS)
    boss = solid(scale, 2.9 * plate, [*petals, knob], gloss=0.8, sharp=20)
    sheets = []
    for swing in np.linspace(-0.75, 0.75, SWINGS):
        mid = np.array([np.cos(angle + swing), np.sin(angle + swing)]) * big * 1.02
        ring = torus(scale, x - mid[0], y - mid[1], big, thick)
        away = np.abs(np.hypot(x - mid[0] - 7, y - mid[1] - 9) - big)
        dark = raster.tint(0.55 * np.clip((thick * 1.3 - away) * scale + 0.5, 0, 1), (0, 0, 0), scale)
        dark.stamp(ring, (0, 0), anchor=(0, 0))
        dark.stamp(boss, (side / scale / 2, side / scale / 2))
        sheets.append(dark)
    return sheets


def torus(scale, x, y, big, thick):
    """A ring of brass wire lying flat about the origin of x, y."""
    far = np.hypot(x, y)
    out = np.clip((far - big) / thick, -1, 1)
    up = np.sqrt(1 - out**2)
    n = np.stack([out * x / np.maximum(far, 1e-3), out * y / np.maximum(far, 1e-3), up], -1)
    lit = 0.14 + 0.95 * np.clip(n @ LIGHT, 0, None)
    shine = 200 * np.clip(n @ HALF, 0, None) ** 24
    rgb = np.array(BRASS) * lit[..., None] + shine[..., None] * np.array([1, 0.9, 0.66])
    return sheet(scale, np.clip(rgb, 0, 255), np.clip((thick - np.abs(far - big)) * scale + 0.5, 0, 1))


def flashes(scale, radius):
    """Six glows of a stud, from faint to full."""
    return [glow(scale, radius * 0.06, np.array([255, 214, 130]) * (i + 1) / 6) for i in range(6)]
