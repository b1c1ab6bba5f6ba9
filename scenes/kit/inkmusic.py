"""What is played while the poem is written, and the roll for the fall; the melodies are our own."""

from engine import Score, Tempo, jianpu, line

GUQIN = "5, - 6, - | 1 - - - | 2 3 2 1 | 6, - - - | 5, - 1 2 | 3 - 2 - | 1 6, 5, - | 6, - - - ||"
HUHU = "0 - - - | 5 - - 6 | 5 - 3 - | 2 - - - | 3 - 5 3 | 2 - - - | 1 - 2 - | 1 - - - ||"
ROLL = ("x.x.xxxxXxxxXxxx", "XxxxXxxxXxXxXxXx", "XxXxXxXxX.......")


def writing():
    """(guqin, huhu): one beat a second; the huhu joins from the second storey on."""
    return (
        Score(Tempo(60), (jianpu(GUQIN, instrument="guqin", tonic=48, unit=1, velocity=0.55),)),
        Score(Tempo(60), (jianpu(HUHU, instrument="huhu", tonic=64, unit=1, velocity=0.42, pan=0.3),)),
    )


def roll():
    """The great drum as the first water goes over: it quickens and stops dead."""
    return Score(Tempo(104, 176, 2.5), (line(*ROLL, once=True),))
