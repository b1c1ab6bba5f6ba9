"""The cue list: a state machine that is told the frame and never asks for the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.core.crowd import Ask, Result

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cue:
    """One planned change.

    number   its label, text: "3", "3.5"
    title    what it is called, (Chinese, English)
    scene    the scene that plays; the same scene as before goes on without a break
    act      a word handed to the scene's on_cue
    fade     seconds of crossfade from the scene before; 0 cuts
    params   knob values this cue sends the scene's knobs to, over the fade
    trigger  verbs that start this cue while it is standby; "go" is always one
    cap      seconds after which the next cue starts anyway (people did not trigger it)
    follow   seconds after which the next cue starts by plan
    linger   seconds it is held when nobody is there to call the next; None for the show's own
    prompt   what the stage manager reads while it is standby
    caption  surtitle key to show when it starts
    light    (red, green, blue) 0..255 for the house's lamps
    ask      the crowd window it opens, if any
    branch   what the window came to -> number of the cue that stands by then: an option's id, or "met" or
             "missed" for the quorum
    next     number of the cue that stands by after this one, when it is not the next of the list
    """

    number: str
    title: Words
    scene: str
    act: str = ""
    fade: float = 1.0
    params: Mapping[str, float] = field(default_factory=dict)
    trigger: tuple[str, ...] = ()
    cap: float | None = None
    follow: float | None = None
    linger: float | None = None
    prompt: Words = ("", "")
    caption: str = ""
    light: tuple[int, int, int] = (0, 0, 0)
    ask: Ask | None = None
    branch: Mapping[str, str] = field(default_factory=dict)
    next: str = ""

    def after(self, result: Result) -> str:
        """Number of the cue that stands by after such a result; empty when it changes nothing."""
        return self.branch.get(result.choice, "") or self.branch.get("met" if result.met else "missed", "")

    @property
    def lasts(self) -> float | None:
        """Seconds until the next cue comes by itself, or None when somebody must call it."""
        return self.follow if self.follow is not None else self.cap


def unattended(cue: Cue, linger: float) -> float:
    """Seconds `cue` is on when nobody calls the next, in a show that lingers `linger`."""
    own = linger if cue.linger is None else cue.linger
    return own if cue.lasts is None else cue.lasts


@dataclass(frozen=True, slots=True)
class Override:
    """An order with a number of its own, which an operator calls at any time; it has no place in the list."""

    number: str
    title: Words
    order: str
    prompt: Words = ("", "")


class CueList:
    """Standby, live and leaving. Every change happens in go, back, jump or step, at a given frame.

    While it is `held`, no cue comes by itself; its time stands still until it is let go, or somebody calls.

    guard   seconds after a change in which a further GO is ignored, from whatever source
    pace    1 plays cues at their own length; 0.1 hurries through them ten times as fast
    linger  seconds a cue without follow or cap is held when nobody is there to call the next
    """

    def __init__(
        self,
        cues: Sequence[Cue],
        fps: int,
        *,
        guard: float = 0.3,
        pace: float = 1.0,
        linger: float = 20.0,
        loop: bool = False,
        autoplay: bool = False,
    ) -> None:
        if not cues:
            raise ValueError("a show needs at least one cue")
        self.cues = tuple(cues)
        self.fps, self.guard, self.pace, self.linger, self.loop = fps, guard, pace, linger, loop
        self.autoplay = autoplay
        self.held = False
        self._at = -1
        self._standby: int | None = 0
        self._since = 0
        self._waited = 0  # frames the live cue was held
        self._last_go: int | None = None
        self._leaving: Cue | None = None

    @property
    def live(self) -> Cue | None:
        """The cue on stage; None before the first GO."""
        return self.cues[self._at] if self._at >= 0 else None

    @property
    def standby(self) -> Cue | None:
        """The cue the next GO fires; None after the last."""
        return None if self._standby is None else self.cues[self._standby]

    @property
    def leaving(self) -> Cue | None:
        """The cue before the live one, while it is still fading out."""
        return self._leaving

    @property
    def since(self) -> int:
        """Frame at which the live cue started."""
        return self._since

    def guarded(self, index: int) -> bool:
        """Whether a GO at frame `index` would be ignored."""
        return self._last_go is not None and index - self._last_go < self.guard * self.fps

    def go(self, index: int) -> Cue | None:
        """Fire the standby cue; None when guarded or at the end."""
        if self.guarded(index) or self._standby is None:
            return None
        return self._start(self._standby, index)

    def back(self, index: int) -> Cue | None:
        """Return to the cue before the live one, at once."""
        if self._at <= 0 or self.guarded(index):
            return None
        return self._start(self._at - 1, index)

    def jump(self, number: str, index: int) -> Cue | None:
        """Go to a cue by its number; None when there is no such cue."""
        place = self.place(number)
        return None if place is None else self._start(place, index)

    def stand_by(self, number: str) -> bool:
        """Make a cue the next one; False when there is no such cue."""
        place = self.place(number)
        if place is None:
            return False
        self._standby = place
        return True

    def offer(self, verb: str, index: int) -> Cue | None:
        """A verb happened: fire the standby cue if that is one of its triggers."""
        standby = self.standby
        if standby is None or verb not in standby.trigger:
            return None
        return self.go(index)

    def step(self, index: int) -> Cue | None:
        """Follow-on, cap, and in autoplay the end of lingering; also lets the leaving cue go."""
        if self._leaving is not None and self.level(index) >= 1.0:
            self._leaving = None
        live = self.live
        if live is None or self._standby is None:
            return None
        if self.held:
            self._waited += 1
            return None
        lasts = unattended(live, self.linger) if self.autoplay else live.lasts
        if lasts is None or index - self._since - self._waited < lasts * self.pace * self.fps:
            return None
        return self._start(self._standby, index)

    def level(self, index: int) -> float:
        """0..1 of the crossfade into the live cue."""
        live = self.live
        frames = 0.0 if live is None else live.fade * self.pace * self.fps
        return 1.0 if frames <= 0 else min(1.0, (index - self._since) / frames)

    def remember(self) -> dict[str, object]:
        """What to write down so that a restarted stage stands at the same place."""
        live, standby = self.live, self.standby
        return {
            "live": live.number if live else None,
            "standby": standby.number if standby else None,
            "since": self._since,
            "waited": self._waited,
            "held": self.held,
            "autoplay": self.autoplay,
        }

    def recall(self, memory: dict[str, object]) -> Cue | None:
        """Take up what `remember` wrote; the live cue, or None when it is no longer in the list."""
        place = self.place(str(memory.get("live")))
        if place is None:
            return None
        self._at, self._since = place, int(memory.get("since") or 0)  # type: ignore[call-overload]
        self._waited, self.held = int(memory.get("waited") or 0), bool(memory.get("held"))  # type: ignore[call-overload]
        standby = memory.get("standby")
        self._standby = self.place(str(standby)) if standby is not None else None
        self.autoplay = bool(memory.get("autoplay"))
        return self.cues[place]

    def place(self, number: str) -> int | None:
        """Where in the list the cue with this number stands."""
        return next((i for i, cue in enumerate(self.cues) if cue.number == number), None)

    def _start(self, place: int, index: int) -> Cue:
        previous = self.live
        cue = self.cues[place]
        self._leaving = previous if previous and previous.scene != cue.scene else self._leaving
        self._at, self._since, self._last_go = place, index, index
        self._waited, self.held = 0, False
        following = self.place(cue.next) if cue.next else place + 1
        if following is not None and following < len(self.cues):
            self._standby = following
        else:
            self._standby = 0 if self.loop else None
        return cue
