"""What an operator may order, whether by key, console, MIDI note or numbered override."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.clock import Frame
from engine.core.signals import Signal

if TYPE_CHECKING:
    from engine.show import Show

MODES = ("author", "rehearse", "show")  # edits are live; as performed; locked
NO_CUE = "there is no cue {!r} in this show"


def obey(show: Show, name: str, signal: Signal, frame: Frame) -> None:
    """Carry out one of engine.core.patch.ORDERS; `signal` brings the cue's number or the level."""
    cues, master, index = show.cues, show.master, frame.index
    match name:
        case "go":
            show.enter(cues.go(index), frame)
        case "back":
            show.enter(cues.back(index), frame)
        case "jump":
            show.jump(signal.text, frame)
        case "standby":
            if cues.stand_by(signal.text):
                show.prepare()
            else:
                show.say(NO_CUE.format(signal.text))
        case "hold":
            cues.held = not cues.held
        case "phones":
            show.quiet = not show.quiet
        case "blackout":
            master.toggle_blackout()
        case "freeze":
            master.toggle_freeze()
        case "curtain":
            master.toggle_curtain()
        case "panic":
            master.panic(index)
        case "autoplay":
            cues.autoplay = not cues.autoplay
        case "master":
            master.set_level(signal.value)
        case "mode":
            show.mode = signal.text if signal.text in MODES else show.mode
        case "quit":
            show.over = True
