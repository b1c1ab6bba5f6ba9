"""What the drums play: patterns from a file, the tempo the house taps, and acts that follow each other."""

import tomllib

from engine import Score, Tempo, line
from scenes.kit.weifeng import DIRECTIONS

SLOW, FAST = 92.0, 144.0  # the house may lead the tempo between these, beats a minute
FOLLOW = 0.10  # of the way to the house's tempo, a beat
SILENT = "." * 16


def read_patterns(path):
    """The file's tables, every pattern checked; ValueError names the file, the table and the fault."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in ("walnuts", "fight", "directions", "tutti"):
        table = tables.get(name)
        if table is None:
            raise ValueError(f"{path.name}: no table [{name}]")
        tempo = table.get("tempo", ())
        if len(tempo) != 2 or not all(20 <= t <= 300 for t in tempo):
            raise ValueError(f"{path.name}: [{name}] tempo needs two numbers of 20 to 300 beats a minute")
        bars = [
            *table.get("lines", ()),
            *(table[k] for k in ("last", "drum", "cymbals", "all") if k in table),
        ]
        short = [f"{table[k]:.<16}" for k in ("ox", "tiger", "end") if k in table]
        try:
            line(*bars, *short, SILENT)
        except ValueError as error:
            raise ValueError(f"{path.name}: [{name}] {error}") from error
    strange = set(tables["directions"].get("round", ())) ^ set(DIRECTIONS)
    if strange:
        raise ValueError(
            f"{path.name}: [directions] round must name each direction once; see {sorted(strange)}"
        )
    return tables


def walnut_bars(table):
    """One line for some bars each, then the last stroke and silence."""
    return [bar for steps in table["lines"] for bar in [steps] * table["bars"]] + [table["last"], SILENT]


def fight_bars(table):
    """(ox, tiger) bars: the answer comes sooner each round until both fall together on the end."""
    ox, tiger = table["ox"], table["tiger"]
    calls = answers = ""
    gap = len(ox)
    while gap >= 0:
        calls += f"{ox:.<{max(len(ox), gap + len(tiger))}}"
        answers += f"{'.' * gap + tiger:.<{max(len(ox), gap + len(tiger))}}"
        gap -= table["sooner"]
    calls, answers = calls + table["end"], answers + "."
    whole = -(-(len(calls) + 8) // 16) * 16
    return tuple([f"{s:.<{whole}}"[i : i + 16] for i in range(0, whole, 16)] for s in (calls, answers))


class RoomTempo:
    """The tempo a house taps: the median time between taps, followed a tenth of the way a beat."""

    def __init__(self, bpm):
        self.bpm = self.wish = bpm
        self._taps = []

    def tap(self, index, fps):
        """A tap in this frame; taps in one frame are one."""
        if self._taps and index - self._taps[-1] > 2 * fps:
            self._taps.clear()
        if not self._taps or index - self._taps[-1] >= fps // 6:
            self._taps = [*self._taps[-16:], index]
        gaps = sorted(b - a for a, b in zip(self._taps, self._taps[1:], strict=False))
        if len(gaps) >= 3:
            self.wish = min(FAST, max(SLOW, 60 * fps / gaps[len(gaps) // 2]))

    def bar(self):
        """The tempo of the next bar of four beats."""
        self.bpm += (self.wish - self.bpm) * (1 - (1 - FOLLOW) ** 4)
        return self.bpm


class Music:
    """Plays one piece at a time: `begin` it, then ask each frame what sounds and which beats have come."""

    def __init__(self, tables):
        self.tables = tables
        self.room = RoomTempo(tables["directions"]["tempo"][0] + 20)
        self.piece, self.score, self._bars = "", None, 0

    def begin(self, piece, frame):
        """Start a piece with its first beat in `frame`; "" is silence that still counts beats."""
        self.piece = piece
        self._play(frame)

    def _play(self, frame):
        table = self.tables.get(self.piece, {})
        low, high = table.get("tempo", (self.room.bpm, self.room.bpm))
        if self.piece == "walnuts":
            bars = walnut_bars(table)
            tempo = Tempo(low, high, len(table["lines"]) * table["bars"])
            parts = (line(*bars, once=True),)
        elif self.piece == "fight":
            ox, tiger = fight_bars(table)
            bars, tempo = ox, Tempo(low, high, len(ox))
            parts = (line(*ox, once=True, pan=-0.4), line(*tiger, once=True, pan=0.4))
        else:
            # a bar is a whole number of frames, so that a tempo that follows the house never stumbles
            bpm = self.room.bar() if self.piece != "tutti" else low
            tempo = Tempo(240 * frame.fps / round(240 * frame.fps / bpm))
            bars = [SILENT]
            if self.piece == "directions":
                parts = (line(table["drum"], velocity=0.8), line(table["cymbals"], velocity=0.6))
            else:
                parts = (line(table.get("all", SILENT)),)
        self.score = Score(tempo, parts).begin(frame)
        self._bars = len(bars)

    @property
    def length(self):
        """Beats of what is being played."""
        return 4 * self._bars

    def beat(self, frame):
        """The beat at the beginning of this frame."""
        return self.score.beat(frame) if self.score else 0.0

    def step(self, frame):
        """(hits, half beats that came in this frame, whether the piece ended with this frame)."""
        if self.score is None:
            self.begin("", frame)
        ended = False
        if self.beat(frame) >= self.length - 1e-6:
            ended = self.piece in ("walnuts", "fight")
            if not ended:
                self._play(frame)
        now, later = self.beat(frame), self.score.beat(frame.next())
        first, last = int(-(-(now - 1e-6) // 0.5)), int(-(-(later - 1e-6) // 0.5))
        return self.score.hits(frame), list(range(first, last)), ended
