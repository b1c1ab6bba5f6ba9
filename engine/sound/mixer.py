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
from engine.sound.orchestra import LEAD, Orchestra
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
        self._beds = Beds(fps)
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
        due = self._waiting + [self._taken(hit) for hit in known]
        self._waiting = [
            each for each in due if not self._sound(orchestra, each) and each.until > self._frame
        ]
        levels = self._beds.step(beds, known)
        for name in GROUND:
            self._hold(orchestra, name, levels.get(name, 0.0) * self.volume)

    def _taken(self, hit: Hit) -> Waiting:
        """The hit with the take whose turn it is."""
        turn = self._turns[hit.instrument]
        self._turns[hit.instrument] += 1
        return Waiting(hit, voice(hit, turn), self._frame + round(PATIENCE * self._fps))

    def _sound(self, orchestra: Orchestra, waiting: Waiting) -> bool:
        """Begin the hit's take at its exact time within the frame; False while it is being made."""
        pcm = orchestra.take(waiting.voice)
        if pcm is None:
            return False
        late = min(round(waiting.hit.late * RATE), LEAD)
        sound = pygame.mixer.Sound(buffer=pcm[LEAD - late :].data)
        sound.set_volume(
            loudness(waiting.hit) * self.volume
        )  # before it begins: a channel's volume would come too late
        channel = self._free_channel()
        channel.play(sound)
        channel.set_volume(*sides(waiting.hit.pan))
        return True

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
            pcm = orchestra.bed(name)
            if pcm is None:
                return
            self._loops[name] = loop = pygame.mixer.Sound(buffer=pcm.data)
            loop.set_volume(level)
            self._ground[name].play(loop, loops=-1)
        loop.set_volume(level)

    def _silence(self) -> str:
        return f"no sound device ({self._trouble}); the show is silent: plug one in and start again"
