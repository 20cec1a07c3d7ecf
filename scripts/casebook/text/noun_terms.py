"""Terms of a text: nouns, nouns of action and compounds of two, as the segmenter sees them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from casebook.text.characters import HAN_PATTERN
from casebook.text.word_frequencies import load_segmenter
from casebook.text.word_tables import read_words

LONGEST_TERM = 6
"""Characters of a compound at most."""

_TABLE = Path(__file__).with_suffix(".yml")
_GENERAL = frozenset(read_words(_TABLE, "general"))
_ENDINGS = read_words(_TABLE, "endings")
_NUMBERED = re.compile("[第一二两三四五六七八九十百几各每本该]")
_NAMES = ("nr", "ns", "nt")
_WORD = re.compile(f"{HAN_PATTERN.pattern}{{2,5}}")


def count_terms(text: str) -> tuple[Counter[str], set[str]]:
    """How often a text has each term, and which of them are verbs (离婚).

    Names of persons, places and organs are none.
    """
    found: Counter[str] = Counter()
    verbs: set[str] = set()
    before = ""
    for word, kind in load_segmenter().tag(text):
        if not _WORD.fullmatch(word) or kind.startswith(_NAMES) or word in _GENERAL:
            before = ""
            continue
        is_noun = kind[0] in "njl" or kind in ("vn", "an")
        if (is_noun or kind == "v") and _is_telling(word):
            found[word] += 1
            verbs.update(() if is_noun else (word,))
        if before and is_noun and len(before + word) <= LONGEST_TERM:
            found[before + word] += not word.endswith(_ENDINGS)
        before = word if is_noun or kind[0] in "ab" else ""
    return +found, verbs


def _is_telling(word: str) -> bool:
    return not (_NUMBERED.match(word) or word.endswith(_ENDINGS))
