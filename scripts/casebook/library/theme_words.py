"""The words of the themes, all found in a text in one pass (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from casebook.vocabulary import Theme, Vocabulary

KEYWORD, SUBJECT, HINT = "keyword", "subject", "hint"
"""Kinds of words: see `casebook.vocabulary.Theme`."""


class ThemeWords:
    """`owners`: the themes that have a word, and which kind it is there; none for an exception.

    The names of a theme, present and former, are keywords of it.
    `order` is the place of each theme in the vocabulary.
    """

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        self.order = {theme.name: place for place, theme in enumerate(themes)}
        self.owners: dict[str, list[tuple[str, str]]] = {}
        for theme in themes:
            keywords = dict.fromkeys((theme.name, *theme.aliases, *theme.keywords))
            kinds = ((KEYWORD, keywords), (SUBJECT, theme.subjects), (HINT, theme.hints))
            for kind, words in kinds:
                for word in words:
                    self.owners.setdefault(word, []).append((theme.name, kind))
            for word in theme.exceptions:
                self.owners.setdefault(word, [])
        self._in_text = self._list_owners({KEYWORD})
        self._in_heading = self._list_owners({KEYWORD, SUBJECT})
        self._words = list(self.owners)
        self._automaton = AhoCorasick(self._words)

    def find(self, text: str) -> list[str]:
        """The distinct words in a text, the longest first; none overlaps a longer one.

        So 抓好人才引育 has 人才引育 and not 好人, 发病机制 hides 机制.
        """
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found: dict[str, None] = {}
        taken: set[int] = set()
        for index, start, end in sorted(matches, key=lambda match: match[1] - match[2]):
            if taken.isdisjoint(place := range(start, end)):
                taken.update(place)
                found[self._words[index]] = None
        return list(found)

    def list_possible(self, in_heading: Iterable[str], in_text: Iterable[str]) -> set[str]:
        """The themes of which these words have a keyword, or a subject in the heading."""
        parts = ((in_heading, self._in_heading), (in_text, self._in_text))
        return {
            theme for found, own in parts for word in found if word in own for theme in own[word]
        }

    def _list_owners(self, kinds: Container[str]) -> dict[str, list[str]]:
        """The themes of each word that is of one of these kinds."""
        named = (
            (word, [theme for theme, kind in owned if kind in kinds])
            for word, owned in self.owners.items()
        )
        return {word: themes for word, themes in named if themes}


def index_theme_words(vocabulary: Vocabulary) -> ThemeWords:
    """The words of a vocabulary's themes; made once. Asking costs more than scoring a block."""
    return _index(tuple(vocabulary.themes.values()))


@lru_cache(maxsize=16)
def _index(themes: tuple[Theme, ...]) -> ThemeWords:
    return ThemeWords(themes)
