"""Letters of pinyin: vowels with tone marks, nasals with tone marks, and letters of print."""

from __future__ import annotations

_VOWELS = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}
_NASALS = {"m": "ḿ", "n": "ńňǹ"}
"""Few characters are read so (嗯, 呣)."""

TONED_VOWELS = "".join(_VOWELS.values())
"""The 24 vowels with a tone mark: nearly every reading has exactly one of them."""

TONED_NASALS = _NASALS["n"]
"""n with a tone mark."""

PINYIN_LETTERS = f"a-z{TONED_VOWELS}ü"
"""Letters of a reading, as the inside of a character class."""

PRINTED_LETTERS = "ɑɡ"
"""Letters of the phonetic alphabet that textbooks print for a and g."""

_BARE = {toned: bare for bare, row in (_VOWELS | _NASALS).items() for toned in row}
_WITHOUT_TONES = str.maketrans(_BARE)


def strip_tones(reading: str) -> str:
    """A reading without tone marks; ü and v are both written v."""
    return reading.translate(_WITHOUT_TONES).replace("ü", "v")
