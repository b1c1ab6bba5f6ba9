"""Skies that turn one into another, and whatever else changes its light with them."""

from engine import Canvas, raster, smooth


class Backdrop:
    """Whole pictures by name; `ground` is what is behind the scene now.

    sets    {name: pictures of one size each} that turn with the sky, such as a tower's storeys
    now     the name of the sky that is, or is becoming
    share   0..1 of the way to it
    """

    def __init__(self, canvas, skies, sets, first):
        self.skies, self.sets = skies, sets
        self.now, self.share, self._beat = first, 1.0, 0
        self.ground, self._was = (Canvas(canvas.surface.get_size()) for _ in range(2))
        self.ground.paste(skies[first])
        self._from = self.pictures = next(iter(sets.values()))
        self._mixed, self._held = (
            [Canvas(s.px.shape[1::-1], scale=canvas.scale, clear=True) for s in self.pictures]
            for _ in range(2)
        )

    def turn(self, name):
        """Begin to become another sky, from whatever is seen now."""
        if name == self.now:
            return
        self._was.paste(self.ground)
        self._from = self.pictures
        if self.pictures is self._mixed:
            self._mixed, self._held = self._held, self._mixed
        self.now, self.share, self._beat = name, 0.0, 0

    def step(self, dt, seconds):
        """Advance a turn that takes so many seconds; sky and sets are mixed by turns."""
        if self.share >= 1:
            return
        self.share = min(1.0, self.share + dt / seconds)
        self._beat += 1
        if self._beat % 2 or self.share >= 1:
            raster.blend(self._was.px, self.skies[self.now].px, self.level, self.ground.px)
        goal = self.sets.get(self.now)
        if goal and self.share >= 1:
            self.pictures = goal
        elif goal and (self._beat == 1 or self._beat % 2 == 0):
            for one, other, out in zip(self._from, goal, self._mixed, strict=True):
                raster.blend(one.px, other.px, self.level, out.px)
            self.pictures = self._mixed

    @property
    def level(self):
        """How far the turn looks to be, 0..1."""
        return smooth(self.share)
