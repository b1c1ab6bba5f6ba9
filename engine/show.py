"""The show: one step of everything, in order, and what can be seen and heard after it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from engine.casting import Casting, Staging, plainly
from engine.core.clock import Frame
from engine.core.crowd import Result
from engine.core.cues import Cue, CueList
from engine.core.evening import Evening
from engine.core.master import Master
from engine.core.patch import Patch, Target
from engine.core.score import Hit
from engine.core.signals import Kind, Signal
from engine.orders import NO_CUE, obey
from engine.poll import Poll
from engine.showfile import ShowFile
from engine.stage.canvas import Canvas
from engine.stage.compositor import Compositor, Layer, Look, strike
from engine.stage.scene import Scene
from engine.stage.wings import Wings

PACE = "show/pace"  # a level: 1 plays the evening at its own length, 0.1 hurries through it
AUTOPLAY_AFTER = 8.0  # seconds nobody acted before a scene plays by itself
MESSAGES = 8
APPLAUSE = 0.8  # energy of the room, 0..1
ENGINE_ONLY = ("cue", "answer")  # hooks of a scene that nobody in the room may call

log = logging.getLogger("xitai.show")


class Show:
    """Signals in, picture, sound and snapshot out. It owns no device, thread or clock."""

    def __init__(self, file: ShowFile, staging: Staging) -> None:
        self.file, self.staging = file, staging
        self.cues = CueList(
            file.cues,
            file.fps,
            guard=file.guard,
            linger=file.linger,
            loop=file.loop,
            autoplay=file.autoplay,
        )
        self.master = Master(file.fps)
        self.patch: Patch = file.patch
        self.compositor = Compositor(
            staging.size, file.fps, staging.lettering, file.title, corners=staging.corners
        )
        self.evening = Evening(file.earning)
        self.poll = Poll()
        self.casting = Casting(file, staging, self.evening)
        self.wings = Wings(self.casting.build, ahead=staging.ahead, waiting=staging.waiting)
        self.live: Layer | None = None
        self.leaving: Layer | None = None
        self.shown = Canvas(staging.size)
        self.hits: list[Hit] = []
        self.beds, self.meters = dict[str, float](), dict[str, float]()
        self.messages: list[str] = []
        self.joined = 0
        self.guests = 0  # highest guest number dealt: a restarted gateway goes on from there
        self.over = False
        self.mode = "author"
        self.silhouette: np.ndarray | None = None  # who moves before the camera, newest
        self.quiet = not file.phones  # phones are asked for nothing
        self._last_act = 0

    # one frame

    def step(self, frame: Frame, signals: Sequence[Signal]) -> None:
        """Everything that changes in this frame, in one direction."""
        for signal in signals:
            self._take(signal, frame)
        self.enter(self.cues.step(frame.index), frame)
        self._count(frame)
        self.master.step(frame.index)
        for layer in self._layers():
            self._advance(layer, frame)
        self._gather()

    def draw(self, frame: Frame) -> None:
        """Let the scenes on stage draw; changes nothing but their pictures."""
        for layer in self._layers():
            layer.draw(frame, self._mend)

    def picture(self, frame: Frame) -> Canvas:
        """The finished picture of what `draw` drew."""
        surtitle = self.live.scene.surtitle if self.live else ("", "")
        self.compositor.surtitles.show(surtitle, frame.index)
        look = Look(self.cues.level(frame.index), self.master.shown, self.master.freeze, self.master.curtain)
        self.shown = self.compositor.picture(self.live, self.leaving, look, frame)
        return self.shown

    def say(self, sentence: str) -> None:
        """Tell the operator something, in plain words."""
        log.warning(sentence)
        self.messages = [*self.messages, sentence][-MESSAGES:]

    # signals

    def _take(self, signal: Signal, frame: Frame) -> None:
        if signal.kind is Kind.LEVEL:
            self._listen_for_applause(signal, frame)
            self.meters[signal.address] = signal.value
        if signal.address == "phone/joined":
            self.joined = signal.count if signal.value > 0 else 0
            self.guests = max(self.guests, signal.number)
        elif signal.address == PACE:
            self.cues.pace = max(0.001, signal.value)
        elif signal.controller != "console" and signal.kind is Kind.TRIGGER:
            self._last_act = frame.index
        self.poll.feed(signal)
        target = self.patch.target(signal)
        if target is None:
            return
        if target.kind == "order":
            obey(self, target.name, signal, frame)
        elif target.kind == "knob":
            self._turn(target, signal)
        else:
            self._act(target.name, signal, frame)

    def _listen_for_applause(self, signal: Signal, frame: Frame) -> None:
        """A room whose energy rises past four fifths is applauding; said once each time."""
        before = self.meters.get(signal.address, 0.0)
        if signal.address == "camera/energy" and before < APPLAUSE <= signal.value:
            self._act("applause", signal, frame)

    def _act(self, verb: str, signal: Signal, frame: Frame) -> None:
        """Somebody did something: it may start the standby cue, and the scene on stage answers."""
        if verb not in ENGINE_ONLY:
            self.enter(self.cues.offer(verb, frame.index), frame)
            self._call(verb, signal)

    def _turn(self, target: Target, signal: Signal) -> None:
        knob = self.live.scene.knobs.get(target.name) if self.live else None
        if knob is not None:
            knob.turn(knob.param.from_raw(signal.value))

    def _count(self, frame: Frame) -> None:
        """The house's answers: a quorum may start the standby cue, and so may the end of the window."""
        result = self.poll.step(frame, self.joined, pace=self.cues.pace)
        if self.poll.quorum:
            self.enter(self.cues.offer("quorum", frame.index), frame)
        if result is None or self.cues.live is None:
            return
        following = self.cues.live.after(result)
        if following and self.cues.stand_by(following):
            self.prepare()
        self._call("answer", result)
        self.enter(self.cues.offer("answer", frame.index), frame)

    def _call(self, verb: str, signal: Signal | Result) -> None:
        if self.live is None or self.live.failed:
            return
        hook = getattr(self.live.scene, f"on_{verb}", None)
        if hook is not None:
            self._guarded(self.live, lambda: hook(signal))

    # cues and scenes

    def jump(self, number: str, frame: Frame) -> None:
        """Go to a cue; knobs and acts are as if every cue of its scene before it had run, and the coal is
        earned that scenes before it earn. The number of an override gives its order."""
        if number in self.file.overrides:
            obey(self, self.file.overrides[number].order, Signal("console/override"), frame)
            return
        cue = self.cues.jump(number, frame.index)
        if cue is None:
            self.say(NO_CUE.format(number))
            return
        strike(self.live)
        self.live = None
        place = self.cues.place(number) or 0
        self.evening.passed(c.scene for c in self.file.cues[:place] if c.scene != cue.scene)
        first = place
        while first > 0 and self.file.cues[first - 1].scene == cue.scene:
            first -= 1
        for earlier in self.file.cues[first:place]:
            self.enter(replace(earlier, fade=0.0), frame)
            self._settle()
        self.enter(cue, frame)

    def enter(self, cue: Cue | None, frame: Frame) -> None:
        """Put a cue that has just been fired on stage."""
        if cue is None:
            return
        answered = self.poll.close(self.joined)
        if answered is not None:
            self._call("answer", answered)
        if self.live is None or self.live.scene.setting.name != cue.scene:
            self._change_scene(cue, frame)
        if self.live is None or self.live.failed:
            return
        self._take_up(cue, self.live, frame)
        self.poll.ask(cue, frame)
        self.prepare()

    def _take_up(self, cue: Cue, layer: Layer, frame: Frame) -> None:
        """The scene is given what the cue says: knobs, caption, act."""
        frames = round(cue.fade * self.cues.pace * frame.fps)
        for name, value in cue.params.items():
            layer.scene.knobs[name].fade_to(value, frame.index, frames)
        layer.scene.caption = cue.caption or layer.scene.caption
        hook = getattr(layer.scene, "on_cue", None)
        if hook is not None:
            self._guarded(layer, lambda: hook(Signal(f"cue/{cue.number}", text=cue.act)))

    def _settle(self) -> None:
        """Bring every knob to where it is going, at once."""
        for knob in self.live.scene.knobs.values() if self.live else ():
            knob.snap(knob.fade.end if knob.fade else knob.target)

    def _change_scene(self, cue: Cue, frame: Frame) -> None:
        strike(self.leaving)
        self.leaving = self.live
        try:
            scene = self.wings.take(cue.scene)
        except Exception as error:
            if self.staging.strict:
                raise
            log.exception("scene %s", cue.scene)
            self.say(f"scene {cue.scene!r} cannot start ({plainly(error)}); the curtain stands in for it")
            scene = self.casting.stand_in(cue.scene)
        for sentence in scene.troubles:
            self.say(sentence)
        if cue.number == self.file.cues[0].number:
            self.evening.begin()
        self.evening.enter(cue.scene)
        self.live = Layer(scene, self.staging.size, frame)

    def prepare(self) -> None:
        """Have the scene that comes next ready in the wings, even while its cue is still far."""
        standby = self.cues.standby
        if standby is None:
            return
        playing = self.live.scene.setting.name if self.live else ""
        place = self.cues.place(standby.number) or 0
        coming = (cue.scene for cue in self.file.cues[place:] if cue.scene != playing)
        for scene in islice(coming, 1):
            self.wings.call(scene)

    def recast(self, name: str, scene: type[Scene], frame: Frame) -> None:
        """A scene file was saved: play the new one, keeping knobs and votes; the old stays if it fails."""
        self.wings.dismiss()
        playing = self.live is not None and self.live.scene.setting.name == name
        try:
            fresh = self.casting.recast(name, scene)
        except Exception as error:
            self.say(
                f"the saved scene {name!r} does not start ({plainly(error)}); the last good one plays on"
            )
            return
        if not playing or self.live is None:
            return
        for knob_name, knob in self.live.scene.knobs.items():
            if knob_name in fresh.knobs:
                fresh.knobs[knob_name].snap(knob.target)
        strike(self.live)
        self.live = Layer(fresh, self.staging.size, frame)
        if self.cues.live is not None:
            self._take_up(replace(self.cues.live, params={}), self.live, frame)
        self.prepare()

    # scenes at work

    def _layers(self) -> list[Layer]:
        if self.cues.leaving is None:
            strike(self.leaving)
            self.leaving = None
        return [layer for layer in (self.leaving, self.live) if layer is not None]

    def _advance(self, layer: Layer, frame: Frame) -> None:
        scene = layer.scene
        for knob in scene.knobs.values():
            knob.step(frame.index, frame.dt)
        if layer.failed:
            return
        scene.joined = self.joined
        scene.silhouette = self.silhouette if scene.mirror else None
        scene.poll = self.poll.live if layer is self.live else {}
        own = layer.own(frame)
        idle = frame.index - self._last_act >= AUTOPLAY_AFTER * frame.fps
        if layer is self.live and (self.cues.autoplay or idle):
            self._guarded(layer, lambda: scene.autoplay(own))
        self._guarded(layer, lambda: scene.update(own))

    def _gather(self) -> None:
        """Collect this frame's sound; a leaving scene still rings out but strikes nothing new."""
        self.hits = []
        self.beds = {}
        if self.live is not None and not self.master.panicked:
            self.hits, self.live.scene.hits = self.live.scene.hits, []
            self.beds = self.live.scene.beds
        if self.leaving is not None:
            self.leaving.scene.hits = []

    def _guarded(self, layer: Layer, call: Callable[[], object]) -> None:
        if layer.failed:
            return
        try:
            call()
        except Exception as error:
            layer.failed = True
            self._mend(layer.scene, error)

    def _mend(self, scene: Scene, error: Exception) -> None:
        if self.staging.strict:
            raise error
        log.error("scene %s", scene.setting.name, exc_info=error)
        self.say(f"scene {scene.setting.name!r} failed ({plainly(error)}); its last good picture is held")

    # memory

    def remember(self) -> dict[str, Any]:
        """What to write down so that a restarted stage comes back at the same cue and levels."""
        knobs = {n: k.target for n, k in self.live.scene.knobs.items()} if self.live else {}
        return {
            "cues": self.cues.remember(),
            "master": self.master.remember(),
            "knobs": knobs,
            "quiet": self.quiet,
            "mode": self.mode,
        }

    def recall(self, memory: Mapping[str, Any], frame: Frame) -> None:
        """Take up what `remember` wrote, at frame `frame`."""
        cue = self.cues.recall(dict(memory.get("cues", {})))
        self.master.recall(dict(memory.get("master", {})))
        self.quiet = bool(memory.get("quiet"))
        self.mode = str(memory.get("mode", self.mode))
        if cue is None:
            return
        self.evening.recall(dict(memory.get("evening", {})))  # first: the scene may build on it
        self.enter(replace(cue, fade=0.0), frame)
        if self.live is not None:
            for name, value in dict(memory.get("knobs", {})).items():
                if name in self.live.scene.knobs:
                    self.live.scene.knobs[name].snap(float(value))

    def close(self) -> None:
        """Let go of the wings' thread."""
        self.wings.close()
