"""What the pit plays while a face is painted: two clapper sticks at 108, the huhu above. Our own tune."""

from engine import Score, Tempo, jianpu, line

BPM = 108.0
TUNE = (
    "5 6 1' 2' | 3' - 5' 3' | 2' 3' 2' 1' | 6 - - - | 1' 2' 3' 5' | 6' 5' 3' 2' | 1' 2' 7 6 | 5 - - - |"
    "3 5 6 7 | 6 5 3 2 | 5 6 1' 6 | 5 - 3 - | 2 3 5 6 | 1' 7 6 5 | 3 5 2 3 | 5 - - - ||"
)
"""Sixteen bars of two beats; the seventh degree only in passing."""
TONIC = 67.0


def scores():
    """{act: Score}: the clapper marks the strong beat (板), its fellow the weak (眼)."""
    strong = line("X.......X.......", instrument="clapper", velocity=0.55, pan=-0.1)
    weak = line("....x.......x...", instrument="clapper_round", velocity=0.40, pan=0.1)
    huhu = jianpu(TUNE, instrument="huhu", tonic=TONIC, velocity=0.42)
    busy = line("X...X...X...X.x.", instrument="clapper", velocity=0.7)
    round_ = line("..x...x...x...xx", instrument="clapper_round", velocity=0.42)
    pit = line(
        "x.......x...x...", "x.......x.x.x...", "x...x...x...x...", "X...t...X.x.c...", bars=1, velocity=0.5
    )
    return {
        "draw": Score(Tempo(BPM), (strong, weak, huhu)),
        "virtue": Score(
            Tempo(BPM), (strong, weak, line("........t.......", "................", velocity=0.35))
        ),
        "wings": Score(Tempo(BPM), (busy, round_, pit)),
    }


REWARD = (
    (0, "gong", 1.0),
    (0, "drum", 1.0),
    (0, "cymbal", 0.8),
    (7, "small_gong", 0.6),
    (13, "small_gong", 0.7),
    (17, "drum", 0.6),
    (22, "drum", 0.8),
    (27, "gong", 0.9),
    (27, "suona", 0.5),
)
"""(sixtieths of a second after the feat, instrument, how hard): 仓 台台 咚咚 仓."""
