"""Builds a stage from its settings and performs on it: the body of the stage process."""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pygame

from engine import snapshot
from engine.aim import Aim
from engine.casting import Staging
from engine.core.clock import Frame
from engine.core.controller import Controller, Health
from engine.core.cues import Cue
from engine.core.log import Header
from engine.core.signals import Bus, Signal
from engine.journal import Journal, read_journal
from engine.link import Order
from engine.loop import Stage, run
from engine.record import Record
from engine.relay import Relay
from engine.reload import Reload
from engine.render import opening
from engine.repertoire import verbs_of
from engine.settings import StageSettings
from engine.show import Show
from engine.showfile import read_show
from engine.sight import Sight
from engine.sound.mixer import Sound
from engine.speed import Speed
from engine.stage.fonts import find_face
from engine.stage.lettering import Lettering
from engine.stage.output import Headless, Output, Window
from engine.venue import read_venue

HEALTH_EVERY = 30  # frames between two rounds of asking devices how they are
JOURNAL_EVERY = 12
GUESTBOOK_EVERY = 120  # what guests made is larger than the rest, and less pressing
UNDERSTUDY_LOOK = 0.02  # seconds
SWITCH = 0.0001  # seconds a scene set up in the wings may keep the interpreter from the frame, each time


class Board(Protocol):
    """What the stage shares with its supervisor."""

    def beat(self) -> None:
        """Say that a frame is done."""

    @property
    def stopping(self) -> bool:
        """Whether to finish."""

    @property
    def waiting(self) -> bool:
        """Whether this is an understudy that has not been called yet."""


@dataclass
class Kit:
    """What the composition root hands in, because the engine imports no controller.

    controllers  makes them, told the show's frames per second
    keys    takes a window's key presses
    replay  the controllers are a recorded evening: nothing else may act, and it opens by itself
    """

    controllers: Callable[[int], Sequence[Controller]]
    keys: Callable[[Any], None]
    replay: bool = False


class Performance:
    """One run of the stage process, from opening devices to closing them."""

    def __init__(self, settings: StageSettings, board: Board, kit: Kit) -> None:
        self.settings, self._board, self._kit = settings, board, kit
        sys.setswitchinterval(SWITCH)
        if settings.headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
        pygame.display.init()
        self._file = read_show(settings.show)
        self._seed = settings.seed if settings.seed is not None else self._file.seed
        self._bus, self._speed = Bus(), Speed()
        self._first_scene = self._file.cues[self._file.place(settings.start)].scene
        self._show = Show(self._file, self._staging())
        self._show.mode = "show" if settings.safe else "author"
        memory = self._wait_to_go_on() if board.waiting else self._memory()
        self._first = Frame(int(memory["frame"]) + 1 if memory else 0, self._file.fps)
        self._output = self._open_output()
        self._relay = Relay(settings.hub_port, settings.token, self._file.fps)
        self._aim = Aim(settings.camera, self._sight(), settings.venue_file, self._relay.tell_eye)
        self._controllers = (*kit.controllers(self._file.fps), self._relay)
        self._sound = Sound(fps=self._file.fps, seed=self._seed)
        self._journal = Journal(settings.journal)
        self._guestbook, self._kept = Journal(_guestbook(settings.journal)), 0
        self._reload = Reload(self._file.scene_paths, watch=not settings.safe)
        self._epoch = secrets.token_hex(4)
        self._devices: list[Health] = []
        self._noted: Cue | None = None
        self._armed: Cue | None = None
        self._record = self._open_record()
        self._opening: tuple[Signal, ...] = ()
        if memory is not None and memory.get("scene"):
            self._show.recall(memory, self._first)
        elif not kit.replay:
            self._opening = opening(settings.start, autoplay=self._unasked(), pace=self._pace())
            self._show.wings.call(self._first_scene)

    def _raise_curtain(self) -> None:
        """Open the evening once its first scene is ready; until then the curtain is seen, not nothing."""
        if self._opening and self._show.wings.ready(self._first_scene):
            for signal in self._opening:
                self._bus.post(signal)
            self._opening = ()

    def _memory(self) -> dict[str, Any] | None:
        entry = read_journal(self.settings.journal) if self.settings.resume else None
        if entry is not None:
            entry["evening"] = read_journal(_guestbook(self.settings.journal)) or {}
        return entry

    def _sight(self) -> Sight:
        """How the camera is read; after a fall, as it was saved since."""
        file = self.settings.venue_file
        saved = self.settings.resume and file.is_file()
        return read_venue(file)[0].sight if saved else self.settings.venue.sight

    def _wait_to_go_on(self) -> dict[str, Any] | None:
        """An understudy's time: keep the scene that is on ready in the wings, until called."""
        ready = ""
        while self._board.waiting:
            entry = self._memory() or {}
            scene = str(entry.get("scene", ""))
            if scene and scene != ready:
                self._show.wings.dismiss()
                self._show.wings.call(scene)
                ready = scene
            time.sleep(UNDERSTUDY_LOOK)
        return self._memory()

    def run(self) -> None:
        """Perform until the end, then write the statistics."""
        settings = self.settings
        for controller in self._controllers:
            deaf = self._kit.replay and controller is self._relay
            controller.start(_ignore if deaf else self._bus.post)
        stage = Stage(
            show=self._show,
            bus=self._bus,
            controllers=self._controllers,
            output=self._output,
            sound=self._sound,
            write=self._write,
            watch=self._watch,
            finished=lambda: self._board.stopping or self._show.over,
            speed=self._speed,
        )
        last = (
            None if settings.seconds is None else self._first.index + round(settings.seconds * self._file.fps)
        )
        started = time.monotonic()
        try:
            run(stage, self._first, last)
            self._relay.over()  # not after a fall: then phones wait for the stage to come back
        finally:
            self._close(time.monotonic() - started)

    def _staging(self) -> Staging:
        settings, venue = self.settings, self.settings.venue
        folders = [folder / "fonts" for folder in self._file.assets]
        face = find_face(folders, explicit=venue.font)
        if face is None:
            print(
                "no Chinese font found: Chinese words are left out; install one "
                "(pip install 'xitai[font]', or fonts-lxgw-wenkai) and start again",
                flush=True,
            )
        return Staging(
            size=settings.size,
            seed=self._seed,
            lettering=Lettering(face),
            ahead=True,
            corners=venue.corners,
            address=settings.address if self._file.phones else "",
            wifi=(venue.wifi_name, venue.wifi_password),
            aside=settings.aside,
            waiting=self._board.beat,
        )

    def _unasked(self) -> bool:
        """Whether the opening turns autoplay on: it was asked for, and the show does not do so itself."""
        return self.settings.autoplay and not self._file.autoplay

    def _pace(self) -> float:
        """An unattended run of limited length hurries, so that every cue is seen."""
        settings = self.settings
        if settings.seconds is None or not (settings.autoplay or self._file.autoplay):
            return 1.0
        return min(1.0, settings.seconds / self._file.seconds)

    def _open_output(self) -> Output:
        settings = self.settings
        if settings.headless:
            return Headless()
        title = " ".join(self._file.title)
        return Window(
            settings.size,
            title,
            self._kit.keys,
            display=settings.venue.display,
            fullscreen=settings.venue.fullscreen,
        )

    def _open_record(self) -> Record | None:
        path, first = self.settings.record, self._first.index
        if path is None:
            return None
        if first:
            path = path.with_stem(f"{path.stem}-from-{first}")
        header = Header(str(self.settings.show), self._seed, self._file.fps, self.settings.size)
        try:
            return Record(path, header)
        except OSError as error:
            self._show.say(f"{path}: cannot be written ({error.strerror}); nothing is recorded")
            return None

    # once a frame

    def _write(self, frame: Frame, signals: Sequence[Signal]) -> None:
        if self._record is not None:
            self._record.write(frame, signals)
        self._tend_eye(signals)
        self._reload.hold(self._show.mode != "author")
        for name, scene in self._reload.saved():
            self._show.recast(name, scene, frame)
        for sentence in self._reload.complaints():
            self._show.say(sentence)

    def _tend_eye(self, signals: Sequence[Signal]) -> None:
        """What consoles ask of the camera, and what the eye says of the room."""
        self._show.silhouette = self._relay.silhouette
        locked = self._show.mode == "show"
        if locked and self._aim.looking:
            self._aim.look(False)
        for signal in signals:
            if signal.address == "console/camera":
                trouble = self._aim.take(signal.text, locked=locked)
                if trouble:
                    self._show.say(trouble)
        while self._relay.learnt:
            self._aim.hear(self._relay.learnt.popleft())
        while self._relay.arrived:
            if self._relay.arrived.popleft() == "eye":
                self._aim.repeat()

    def _watch(self, frame: Frame) -> None:
        self._board.beat()
        self._raise_curtain()
        self._relay.drawn()
        self._relay.show(self._show.shown, frame)
        if self._relay.news() or frame.index % HEALTH_EVERY == 0:
            self._devices = self._health()
        if frame.index % HEALTH_EVERY == 0:
            self._relay.tell_eye(Order("silhouette", self._mirrored()))
        if frame.index % HEALTH_EVERY == 0 or self._show.cues.standby is not self._armed:
            self._armed = self._show.cues.standby
            self._relay.arm(self._gestures())
        if frame.index % JOURNAL_EVERY == 0 or self._show.cues.live is not self._noted:
            self._noted = self._show.cues.live
            scene = self._show.live.scene.setting.name if self._show.live else ""
            self._journal.note({"frame": frame.index, "scene": scene, **self._show.remember()})
        if frame.index % GUESTBOOK_EVERY == 0 and self._kept != self._show.evening.version:
            self._kept = self._show.evening.version
            self._guestbook.note(self._show.evening.remember())
        if self._relay.due(frame):
            self._speed.phones = max(self._speed.phones, self._show.joined)
            self._relay.send(
                snapshot.house(self._show, frame, epoch=self._epoch, seen=self._relay.seen),
                snapshot.desk(
                    self._show,
                    frame,
                    camera=self._aim.facts(),
                    devices=self._devices,
                    speed=self._speed.now(),
                ),
            )

    def _mirrored(self) -> bool:
        """Whether the scene on stage draws who moves."""
        return self._show.live is not None and self._show.live.scene.mirror

    def _gestures(self) -> list[str]:
        """What the camera may do that would be answered now: the eye reports only gestures among it."""
        standby = self._show.cues.standby
        verbs = set(standby.trigger) if standby else set()
        if self._show.live is not None:
            verbs |= set(verbs_of(type(self._show.live.scene)))
        return sorted(self._show.patch.acts("camera", verbs)) or ["none"]

    def _health(self) -> list[Health]:
        lines = [line for controller in self._controllers for line in controller.health()]
        lines += self._sound.health()
        troubles = [("journal", self._journal.trouble)]
        if self._record is not None:
            troubles.append(("recording", self._record.trouble))
        return lines + [Health(name, False, text) for name, text in troubles if text]

    def _close(self, seconds: float) -> None:
        for controller in self._controllers:
            controller.close()
        for part in (self._sound, self._journal, self._guestbook, self._reload, self._show, self._output):
            part.close()
        if self._record is not None:
            self._record.close()
        if self.settings.stats is not None:
            report = self._speed.report(seconds)
            self.settings.stats.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _guestbook(journal: Path) -> Path:
    """Where what guests made is written down, beside the journal and erased with it."""
    return journal.with_suffix(".evening.json")


def _ignore(signal: Signal) -> None:
    """In a replay nobody else may act."""
