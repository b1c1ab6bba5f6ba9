"""Sound: what the room hears, through pygame's mixer; silent and unharmed where there is no device."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pygame

from engine.core.controller import Health
from engine.core.instruments import BEDS, INSTRUMENTS, PITCHED, unknown
from engine.core.score import Hit
from engine.sound.beds import Beds
from engine.sound.device import BUFFER, VOICES, open_device
from engine.sound.headroom import Headroom, Sounding
from engine.sound.orchestra import LEAD, Orchestra, Take
from engine.sound.stand import GROUND, STAND, Voice, loudness, sides, voice
from engine.sound.tone import RATE

log = logging.getLogger(__name__)

DEVICE = f"{RATE} Hz, stereo, buffer {BUFFER}"
MOST = 16
"""Hits begun in one frame; of more, the loudest: nobody hears the rest."""
PATIENCE = 0.12
"""Seconds a hit may wait for its take to be made; later it would be heard as a mistake."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hit whose take is being made, until frame `until`."""

    hit: Hit
    voice: Voice
    until: int


class Sound:
    """Plays hits and holds beds. `perform` is called once a frame, never waits and never raises.

    A second after the first frame every unpitched instrument is made ready by itself.
    """

    def __init__(self, *, fps: int = 60, seed: int = 0, volume: float = 0.8) -> None:
        self.volume = volume
        self._fps = fps
        self._trouble = open_device()
        self._beds, self._headroom = Beds(fps), Headroom(fps)
        self._turns: Counter[str] = Counter()
        self._waiting: list[Waiting] = []
        self._frame = 0
        self._strange: set[str] = set()
        self._fault = ""
        self._orchestra: Orchestra | None = None
        self._channels: deque[pygame.mixer.Channel] = deque()
        self._ground: dict[str, pygame.mixer.Channel] = {}
        self._loops: dict[str, pygame.mixer.Sound] = {}
        if self._trouble:
            log.warning("sound: %s", self._silence())
            return
        self._orchestra = Orchestra(seed)
        pygame.mixer.set_num_channels(len(GROUND) + VOICES)
        self._ground = {name: pygame.mixer.Channel(i) for i, name in enumerate(GROUND)}
        self._channels.extend(pygame.mixer.Channel(len(GROUND) + i) for i in range(VOICES))

    def prepare(self, names: Iterable[str], hits: Iterable[Hit] = ()) -> None:
        """Make instruments and beds ready in the background; `hits` (a score's voices) for their pitches."""
        if self._orchestra:
            self._orchestra.prepare(names, hits)

    def perform(self, hits: Sequence[Hit], beds: Mapping[str, float]) -> None:
        """Sound this frame's hits and hold the beds at their levels 0..1; beds not named fade away."""
        if self._orchestra is None:
            return
        try:
            self._perform(self._orchestra, hits, beds)
        except Exception as fault:  # the picture goes on whatever happens to the sound
            if not self._fault:
                log.exception("sound: a frame was not played; the same will not be said again")
            self._fault = f"a frame was not played: {fault}"

    def hush(self, seconds: float = 0.3) -> None:
        """Let every hit fade out, for a panic; beds fade by themselves once nobody wishes for them."""
        self._waiting.clear()
        for channel in self._channels:
            channel.fadeout(round(1000 * seconds))

    def health(self) -> list[Health]:
        """One line on the device, and one if a scene asks for sounds that do not exist."""
        trouble = self._silence() if self._trouble else self._fault
        lines = [Health("sound", not trouble, trouble or DEVICE)]
        if self._strange:
            known = [*INSTRUMENTS, *BEDS]
            wrong = "; ".join(unknown(name, known) for name in sorted(self._strange))
            lines.append(Health("sound names", False, wrong))
        return lines

    def close(self) -> None:
        """Let the device and the thread go; may be called twice."""
        if self._orchestra:
            self._orchestra.close()
            self._orchestra = None
            self._loops.clear()
            pygame.mixer.quit()

    def _perform(self, orchestra: Orchestra, hits: Sequence[Hit], beds: Mapping[str, float]) -> None:
        self._frame += 1
        if self._frame == self._fps:  # the first picture is out
            orchestra.prepare(sorted(INSTRUMENTS.keys() - PITCHED))
        self._strange.update(hit.instrument for hit in hits if hit.instrument not in STAND)
        self._strange.update(name for name in beds if name not in GROUND)
        known = [hit for hit in hits if hit.instrument in STAND]
        if len(known) > MOST:
            known = sorted(known, key=lambda hit: hit.velocity)[-MOST:]
        ready = self._ready(orchestra, self._waiting + [self._taken(hit) for hit in known])
        levels = {name: x * self.volume for name, x in self._beds.step(beds, known).items()}
        ground = sum(x * GROUND[name].level for name, x in levels.items())
        gain = self._headroom.step(ground, [sounding for _, sounding in ready])
        for take, sounding in ready:
            self._begin(take, sounding)
        for name in GROUND:
            self._hold(orchestra, name, levels.get(name, 0.0) * gain)

    def _taken(self, hit: Hit) -> Waiting:
        """The hit with the take whose turn it is."""
        turn = self._turns[hit.instrument]
        self._turns[hit.instrument] += 1
        return Waiting(hit, voice(hit, turn), self._frame + round(PATIENCE * self._fps))

    def _ready(self, orchestra: Orchestra, due: Iterable[Waiting]) -> list[tuple[Take, Sounding]]:
        """The hits whose takes are made, each to begin at its exact time within the frame; the rest wait."""
        ready, self._waiting = [], []
        for each in due:
            take = orchestra.take(each.voice)
            if take is not None:
                skipped = LEAD - min(round(each.hit.late * RATE), LEAD)
                level = loudness(each.hit) * self.volume
                ready.append((take, Sounding(take.peaks, skipped, level, sides(each.hit.pan))))
            elif each.until > self._frame:
                self._waiting.append(each)
        return ready

    def _begin(self, take: Take, sounding: Sounding) -> None:
        sound = pygame.mixer.Sound(buffer=take.pcm[sounding.skipped :].data)
        # before it begins: a channel's volume would come too late
        sound.set_volume(sounding.level * sounding.share)
        channel = self._free_channel()
        self._headroom.silenced(channel)
        channel.play(sound)
        channel.set_volume(*sounding.sides)
        sounding.channel = channel

    def _free_channel(self) -> pygame.mixer.Channel:
        """The next silent channel; if there is none, the one that began longest ago."""
        for _ in range(VOICES):
            self._channels.rotate(-1)
            if not self._channels[-1].get_busy():
                return self._channels[-1]
        self._channels.rotate(-1)
        return self._channels[-1]

    def _hold(self, orchestra: Orchestra, name: str, level: float) -> None:
        """Keep a bed's loop going at `level`: begin it once it is made, end it at 0."""
        loop = self._loops.get(name)
        if not level:
            if loop is not None:
                self._loops.pop(name).stop()
            return
        if loop is None:
            take = orchestra.bed(name)
            if take is None:
                return
            self._loops[name] = loop = pygame.mixer.Sound(buffer=take.pcm.data)
            loop.set_volume(level)
            self._ground[name].play(loop, loops=-1)
        loop.set_volume(level)

    def _silence(self) -> str:
        return f"no sound device ({self._trouble}); the show is silent: plug one in and start again"
