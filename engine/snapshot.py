"""What the phones and the console may know about this frame, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from engine.core.clock import Frame
from engine.core.controller import Health
from engine.core.cues import Cue
from engine.show import Show


def house(show: Show, frame: Frame, *, epoch: str, seen: int) -> dict[str, Any]:
    """For every phone: the cue, the scene's companion view, the words, and how far input was drawn."""
    cue, live = show.cues.live, show.live
    scene = live.scene if live else None
    credits = scene.credits if scene else ()
    return {
        "epoch": epoch,
        "frame": frame.index,
        "time": round(frame.time, 3),
        "show": list(show.file.title),
        "cue": cue.number if cue else "",
        "title": list(cue.title) if cue else ["", ""],
        "scene": scene.setting.name if scene else "",
        "joined": show.joined,
        "guests": show.guests,
        "seen": seen,
        "dark": show.master.blackout,
        "caption": list(scene.words(scene.caption)) if scene and scene.caption else ["", ""],
        "credit": list(credits[0]) if credits else ["", ""],
        "companion": companion(show, frame),
    }


def companion(show: Show, frame: Frame) -> dict[str, Any]:
    """The live scene's own word to the phones, and what the cue asks; a quiet view while there is none."""
    if show.live is None or show.live.failed or show.quiet:
        return {"view": "wait", "verbs": []}
    try:
        told = _asked(dict(show.live.scene.companion()), show.poll.companion(frame))
        told["words"] = show.file.words and "wish" in told.get("verbs", [])
        return told
    except Exception as error:
        if show.staging.strict:
            raise
        show.live.failed = True
        show.say(f"scene {show.live.scene.setting.name!r} failed in companion ({error})")
        return {"view": "wait", "verbs": []}


def _asked(told: dict[str, Any], window: Mapping[str, Any]) -> dict[str, Any]:
    """The open window laid over the scene's word: its verb is open too."""
    if window:
        verbs = list(told.get("verbs", []))
        verb = window["ask"]["verb"]
        told = {**told, **window, "verbs": verbs if verb in verbs else [*verbs, verb]}
    return told


def desk(
    show: Show,
    frame: Frame,
    *,
    camera: Mapping[str, Any],
    devices: Sequence[Health],
    speed: Mapping[str, Any],
) -> dict[str, Any]:
    """For the console: cues, master, knobs, meters, devices, frame times, messages."""
    cues, master = show.cues, show.master
    live, standby = cues.live, cues.standby
    return {
        "show": list(show.file.title),
        "mode": show.mode,
        "camera": dict(camera),
        "cues": [_line(c) for c in show.file.cues],
        "overrides": [
            {"number": o.number, "title": list(o.title), "order": o.order, "prompt": list(o.prompt)}
            for o in show.file.overrides.values()
        ],
        "held": cues.held,
        "quiet": show.quiet,
        "asked": {
            "open": show.poll.open,
            "tally": dict(show.poll.live),
            "options": show.poll.companion(frame).get("options", []),
        },
        "live": live.number if live else "",
        "standby": standby.number if standby else "",
        "live_s": round((frame.index - cues.since) / frame.fps, 1) if live else 0.0,
        "cap_s": live.lasts if live else None,
        "guard_ms": round(cues.guard * 1000),
        "guarded": cues.guarded(frame.index),
        "master": {
            "level": round(master.level, 3),
            "blackout": master.blackout,
            "freeze": master.freeze,
            "curtain": master.curtain,
            "panicked": master.panicked,
        },
        "fade": round(cues.level(frame.index), 3),
        "knobs": knobs(show),
        "meters": {a: round(v, 3) for a, v in sorted(show.meters.items())},
        "devices": [asdict(h) for h in devices],
        "autoplay": cues.autoplay,
        "messages": list(show.messages),
        "damped": show.compositor.guard.damped,
        **speed,
    }


def knobs(show: Show) -> list[dict[str, Any]]:
    """The live scene's knobs as sliders."""
    if show.live is None:
        return []
    return [
        {
            "name": name,
            "label": [knob.param.label[0] or name, knob.param.label[1] or name],
            "raw": round(knob.param.to_raw(knob.target), 4),
            "value": round(knob.value, 4),
            "low": knob.param.low,
            "high": knob.param.high,
        }
        for name, knob in show.live.scene.knobs.items()
    ]


def _line(cue: Cue) -> dict[str, Any]:
    return {
        "number": cue.number,
        "title": list(cue.title),
        "scene": cue.scene,
        "prompt": list(cue.prompt),
        "trigger": list(cue.trigger),
        "lasts_s": cue.lasts,
        "light": list(cue.light),
    }
