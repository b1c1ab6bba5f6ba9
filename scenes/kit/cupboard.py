"""The house's own paper-cuts, cut before anyone comes: small flowers, great ones, things that bloom."""

from scenes.kit import kaihua, papercut, unfolding

SMALL = 44
"""More than there are panes, so that no two in the window are the same."""


class Cupboard:
    """Flowers of one house, `radius` design units wide in a small pane, handed out one after another.

    read  the scene's reader of data files; `things` are the things that may bloom, by id
    """

    def __init__(self, read, radius, canvas, rng):
        recipes = read("papercut/rosettes.toml", papercut.read_rosettes)
        rings = read("papercut/rings.toml", papercut.read_rosettes)
        things = read("papercut/kaihua.toml", kaihua.read_things).values()
        self.small = papercut.stock(recipes, SMALL, radius, canvas, rng)
        self.great = [
            (pun.id, kaihua.cut_great(rings[k % len(rings)], pun, 2 * radius + 12, canvas))
            for k, pun in enumerate(t for t in things if not t.bloom)
        ]
        self.things = {t.id: kaihua.cut_thing(t, canvas) for t in things if t.bloom}
        self.given, self.shown = 0, 0
        for flower in (*self.small[: len(recipes)], *(great for _, great in self.great[: len(rings)])):
            unfolding.prepare(flower)

    def flower(self, seen=frozenset()):
        """The next small flower; one whose identity is among `seen` only when there is no other."""
        for _ in self.small:
            self.given += 1
            flower = self.small[self.given % len(self.small)]
            if id(flower) not in seen:
                break
        return flower

    def great_flower(self):
        """The next great flower: (what it wishes, the flower)."""
        self.shown += 1
        return self.great[self.shown % len(self.great)]
