"""The bout of ox and tiger: who reaches whom, heads that meet, and the bows that end it."""

TOUCHING, PRESSED = 8.0, -34.0  # du between the two heads
CLASH = 420.0  # du a second at which a meeting is a blow
BOW = 6.0  # seconds from the first bow to both standing again


class Bout:
    """left and right are Beasts; strike(x, strength) and sound(letters, strength) are what the stage does."""

    def __init__(self, left, right, strike, sound):
        self.left, self.right = left, right
        self._strike, self._sound = strike, sound
        self._rest = 0.0
        self.bowed = -1.0  # seconds since the first bow began, below 0 when nobody bows

    @property
    def both(self):
        return self.left, self.right

    @property
    def gap(self):
        """du between the two heads; below 0 they overlap."""
        return self.right.front - self.left.front

    def act(self, deed, side, strength):
        """The animal on `side` does `deed`; if its head reaches the other one, that one is thrown back."""
        one, other = self.both if side < 0 else (self.right, self.left)
        getattr(one, deed)(strength)
        if deed in ("toss", "strike") and self.gap < 120:
            other.recoil(0.5 * strength)
            one.wins += 1

    def thank(self):
        """Begin to bow, unless they are bowing already."""
        if self.bowed < 0:
            self.bowed = 0.0

    def step(self, dt, *, aloud):
        """One frame; `aloud` says whether a clash is heard (written fights bring their own sound)."""
        self._rest = max(0.0, self._rest - dt)
        if self.bowed >= 0:
            self._bow(dt)
        else:
            self._meet(aloud)

    def _bow(self, dt):
        """The winner first, then the other, then 仓; and up again."""
        before, self.bowed = self.bowed, self.bowed + dt
        first, second = self.both if self.left.wins >= self.right.wins else (self.right, self.left)
        for at, beast, depth in ((0.0, first, 1), (1.3, second, 1), (4.2, first, 0), (4.5, second, 0)):
            if before <= at < self.bowed:
                beast.kneel(depth)
                self._sound("tc" if depth else "r", 0.7)
        if before < 2.1 <= self.bowed:
            self._sound("E", 0.9)
            self._strike((first.front + second.front) / 2, 0.35)
        if self.bowed > BOW:
            self.bowed = -1.0

    def _meet(self, aloud):
        """Heads that meet at speed clash; heads never pass through each other."""
        gap, pace = self.gap, self.left.pace + self.right.pace
        if gap < TOUCHING and pace > CLASH and not self._rest:
            self._rest = 0.3
            self._strike((self.left.front + self.right.front) / 2, min(1.0, pace / 1600))
            faster, slower = sorted(self.both, key=lambda beast: -beast.pace)
            slower.recoil(min(1.0, pace / 2200))
            faster.wins += 1
            if aloud:
                self._sound("E", min(1.0, 0.5 + pace / 2400))
        if gap < PRESSED:
            for beast in self.both:
                beast.hands.aims["x"].at += (PRESSED - gap) * 0.25
