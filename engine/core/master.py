"""What lies over every picture: grand master, blackout, freeze, curtain, panic."""

from __future__ import annotations

from engine.core.fades import Fade

PANIC_SECONDS = 1.5


class Master:
    """The operator's last word. Orders toggle; all values are read once a frame."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._fade: Fade | None = None
        self.level = 1.0
        self.blackout = False
        self.freeze = False
        self.curtain = False
        self.panicked = False

    def set_level(self, level: float) -> None:
        """Grand master, 0..1; takes back a panic."""
        self._fade = None
        self.panicked = False
        self.level = min(1.0, max(0.0, level))

    def toggle_blackout(self) -> None:
        """Cut the picture off, or back on."""
        self.blackout = not self.blackout

    def toggle_freeze(self) -> None:
        """Hold the present picture, or let it move again."""
        self.freeze = not self.freeze

    def toggle_curtain(self) -> None:
        """Put up the safe picture, or take it down."""
        self.curtain = not self.curtain

    def panic(self, index: int) -> None:
        """Fade everything out now; a second panic fades back in."""
        end = 1.0 if self.panicked else 0.0
        self.panicked = not self.panicked
        self._fade = Fade(self.level, end, index, round(PANIC_SECONDS * self._fps))

    def step(self, index: int) -> None:
        """Advance the running fade by one frame."""
        if self._fade is not None:
            self.level = self._fade.value(index)
            if self._fade.done(index):
                self._fade = None

    @property
    def shown(self) -> float:
        """0..1 by which the picture is multiplied."""
        return 0.0 if self.blackout else self.level

    def remember(self) -> dict[str, object]:
        """What to write down so that a restarted stage looks the same."""
        return {
            "level": self.level,
            "blackout": self.blackout,
            "freeze": False,
            "curtain": self.curtain,
            "panicked": self.panicked,
        }

    def recall(self, memory: dict[str, object]) -> None:
        """Take up what `remember` wrote."""
        self.level = float(memory.get("level", 1.0))  # type: ignore[arg-type]
        self.blackout = bool(memory.get("blackout"))
        self.curtain = bool(memory.get("curtain"))
        self.panicked = bool(memory.get("panicked"))
