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
        self.now, self.before, self.share = first, first, 1.0
        self.ground = Canvas(canvas.surface.get_size())
        self.ground.paste(skies[first])
        some = next(iter(sets.values()))
        self._mixed = [Canvas(s.px.shape[1::-1], scale=canvas.scale, clear=True) for s in some]
        self._from = some

    def turn(self, name):
        """Begin to become another sky."""
        if name != self.now:
            self.before, self.now, self.share = self.now, name, 0.0

    def step(self, dt, seconds):
        """Advance a turn that takes so many seconds."""
        if self.share >= 1:
            return
        self.share = min(1.0, self.share + dt / seconds)
        share = smooth(self.share)
        raster.blend(self.skies[self.before].px, self.skies[self.now].px, share, self.ground.px)
        goal = self.sets.get(self.now)
        if goal and self._from is not goal:
            for one, other, out in zip(self._from, goal, self._mixed, strict=True):
                raster.blend(one.px, other.px, share, out.px)
            if self.share >= 1:
                self._from = goal

    @property
    def pictures(self):
        """The set in the light of now."""
        goal = self.sets.get(self.now)
        return self._mixed if self.share < 1 and goal and self._from is not goal else self._from

    @property
    def level(self):
        return smooth(self.share)
