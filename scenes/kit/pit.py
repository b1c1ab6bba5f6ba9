"""The percussion pit of the shadow stage: letters of a written fight and what they strike."""

LETTERS = {
    "X": (("drum", 1.0),),
    "x": (("drum", 0.6),),
    "r": (("rim", 0.7),),
    "G": (("gong", 0.9),),
    "c": (("cymbal", 0.75),),
    "t": (("small_gong", 0.75),),
    "s": (("suona", 0.8),),
    "E": (("gong", 1.0), ("cymbal", 0.9), ("drum", 1.0)),
}
"""Letter -> (instrument, how hard); E is 仓, everything at once."""


def struck(letters, strength, pitch=0.0):
    """(instrument, velocity, pitch) of each stroke; only the suona has a pitch, as a MIDI note."""
    for letter in letters:
        for name, share in LETTERS[letter]:
            yield name, min(1.0, share * strength), pitch if name == "suona" else 0.0
