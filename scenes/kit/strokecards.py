"""The poem as phones get it: one card a character, its strokes packed into letters to be small."""

import numpy as np

from scenes.kit.brush import KINDS

FIRST = 35  # the letter for 0; one step is a ninetieth of the character's square
STEPS = 90


def cards(lines, characters):
    """[[character, pinyin, strokes], ...] in the order of writing; strokes: words as `pack` makes them."""
    return [
        [text, characters[text].pinyin, " ".join(pack(stroke) for stroke in characters[text].strokes)]
        for line in lines
        for text in line
    ]


def pack(stroke):
    """A stroke as one word: a letter for its kind, then two a point of its median, x and y.

    A letter stands for 0 .. 90 from "#" on: the number of the kind in `brush.KINDS`, or ninetieths of the
    character's square.
    """
    codes = [
        list(KINDS).index(stroke.kind),
        *np.rint(np.clip(stroke.knots, 0, 1) * STEPS).astype(int).ravel(),
    ]
    return "".join(chr(FIRST + int(code)) for code in codes)


def unpack(word):
    """(kind, points (n, 2)) of a word."""
    codes = np.array([ord(letter) - FIRST for letter in word])
    return list(KINDS)[codes[0]], codes[1:].reshape(-1, 2) / STEPS
