"""Initials: which words of titles and headings first letters stand for (djgz 党建工作)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from casebook.search.collection import Collection
from casebook.search.packing import deflate_json, script
from casebook.search.pinyin import first_letters
from casebook.text.characters import HAN
from casebook.text.word_frequencies import cut_words

MOST_HEADINGS = 20_000
"""Different titles and headings that are looked at, the most frequent ones."""

MOST_PHRASES = 6_000
"""Phrases that are kept, those in most titles and headings."""

MOST_READINGS = 3
"""Phrases of the same initials that are kept."""

LONGEST_HEADING = 40
"""Characters of a heading; a longer one is a sentence."""

MOST_WORDS = 3
"""Words of a phrase."""

LONGEST_PHRASE = 6
"""Characters of a phrase."""

_RUN = re.compile(f"[{HAN}]{{2,}}")

TITLE_WEIGHT = 3
"""How many headings a title counts as."""


def initials_file(collection: Collection) -> bytes:
    """By their initials the phrases that titles and headings have most often, each with its number.

    A phrase is one to MOST_WORDS words of Chinese characters that follow each other.
    """
    counted = _count_phrases(_count_headings(collection))
    table: dict[str, list[list[str | int]]] = {}
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    for phrase, count in ordered[:MOST_PHRASES]:
        found = table.setdefault(first_letters(phrase), [])
        if len(found) < MOST_READINGS:
            found.append([phrase, count])
    return script("initials", deflate_json(table))


def _count_headings(collection: Collection) -> Counter[str]:
    counted: Counter[str] = Counter()
    for case in collection.cases:
        counted[case.title] += TITLE_WEIGHT
        counted.update(item.heading for item in case.items[1:] if item.heading)
    return counted


def _count_phrases(headings: Counter[str]) -> Counter[str]:
    """How many titles and headings have each phrase."""
    counted: Counter[str] = Counter()
    for heading, count in headings.most_common(MOST_HEADINGS):
        runs = _RUN.findall(heading) if len(heading) <= LONGEST_HEADING else ()
        found = (phrase for run in runs for phrase in _list_phrases(cut_words(run)))
        for phrase in dict.fromkeys(found):  # in their order: each build makes the same file
            counted[phrase] += count
    return counted


def _list_phrases(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        phrase = ""
        for word in words[start : start + MOST_WORDS]:
            phrase += word
            if 1 < len(phrase) <= LONGEST_PHRASE:
                yield phrase
