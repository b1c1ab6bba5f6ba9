"""The act of the wings: who is called, when the feat is done, and what it earns."""

from scenes.kit import facemusic, wingwork

SHOWN = 2.8  # seconds the house's shout is seen
RISE = 0.12  # of them it takes to come


class WingAct:
    """A pair of wings and the reward of the last feat.

    hat   "gauze" has wings, "helmet" plumes: what moves is called by its name
    side  whose feat it was: -1 left, 1 right; glow 1 just now .. 0 long ago
    """

    def __init__(self, hat="gauze"):
        self._kind = " plumes" if hat == "helmet" else ""
        self.pair = wingwork.Pair()
        self.side, self.glow = 1, 0.0
        self._since = -1

    def step(self, frame, beat):
        """(caption, [(instrument, how hard)], whether a feat was done in this frame)."""
        self.glow = max(0.0, self.glow - frame.dt / SHOWN)
        side = self.pair.step(frame.dt)
        if side:
            self.side, self.glow, self._since = side, 1.0, frame.index
        gone = frame.index - self._since if self._since >= 0 else -1
        struck = [(name, force) for at, name, force in facemusic.REWARD if gone == at * frame.fps // 60]
        who = wingwork.called(beat)[0]
        caption = "feat" if self.glow > 0.35 else ("wings" if who == "both" else who) + self._kind
        return caption, struck, bool(side)

    def shout(self):
        """0..1 how bright the shout is: it comes like a light, it goes slowly."""
        return min(1.0, 1.3 * self.glow) * min(1.0, (1 - self.glow) / RISE + 0.15) if self.glow else 0.0

    def gleam(self):
        """(left, right, hat) 0..1 how the gilt shines: a wing's gathers while it beats alone."""
        held, pair = 0.75 * self.pair.held, self.pair
        left = max(held if pair.alone < 0 else 0.0, self.glow if self.side < 0 else 0.0)
        right = max(held if pair.alone > 0 else 0.0, self.glow if self.side > 0 else 0.0)
        return left, right, self.shout()

    def hush(self, dt):
        """Stillness brings both to rest."""
        for wing in (self.pair.left, self.pair.right):
            wing.v *= max(0.0, 1 - 6 * dt)
