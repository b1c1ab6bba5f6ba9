"""The carpenters' music at 76 beats a minute: mallets, drum, and a chant of our own in the yu mode."""

from engine import Score, Tempo, jianpu, line

BPM = 76
BEAT = 60 * 60 / BPM  # frames at 60 a second
TEMPO = Tempo(BPM)
MALLETS = line(
    "X...x...X.x.x...", "X...x...X...x.x.", instrument="clapper_round", velocity=0.30, pan=-0.3
)  # kan, kan, as the axe falls in the song
DRUM = line("X.......x.......", "X.......x...x...", velocity=0.34)
STORM = line("X..x..X...x.X...", "X..x..X.x.x.X.x.", velocity=0.42)
CALL = "6, - - - | 0 - - - | 6, - 1 2 | 3 - - 0 ||"
CHANT = "6, 6, 1 2 | 3 - 2 - | 3 5 3 2 | 1 2 6, - | 6, 1 2 3 | 5 - 3 2 | 3 2 1 2 | 6, - - 0 ||"
REST = "3 - 5 - | 6 - - - | 5 3 2 - | 6, - - - ||"


def _sung(text, instrument, velocity, *, once=False):
    return jianpu(text, instrument=instrument, tonic=62, unit=1, velocity=velocity, once=once)


SONG = {
    "block": Score(TEMPO, (_sung(CALL, "xun", 0.30, once=True),)),
    "raise": Score(TEMPO, (MALLETS, DRUM, _sung(CHANT, "huhu", 0.34))),
    "shake": Score(TEMPO, (STORM,)),
    "stand": Score(TEMPO, (_sung(REST, "xun", 0.42, once=True),)),
}
