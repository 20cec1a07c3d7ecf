"""Themes of items: a score that counts words anyone can look up, never a hidden model.

A keyword counts one. The heading counts HEADING_WEIGHT times its best word. The text counts its
words, divided by its length in units of SPAN_CHARACTERS, so that a long text must mention a matter
more often than a short one. An item has two themes at most, of those that reach LEAST_SCORE and
SECOND_SHARE of the best. Where no theme reaches it, hints count too, HINT_WEIGHT each, and one
theme may win. What a person wrote in the case file (`theme=…`) always wins; `theme=无` means none.

It reads case files, in which a person may have decided: so it belongs to the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from casebook.library import markup
from casebook.model import Block, Case
from casebook.vocabulary import Theme, Vocabulary

HEADING_WEIGHT = 3.0
"""How much more a word weighs in the heading, which says what an item is about."""

HINT_WEIGHT = 0.5
"""Weight of a word that alone proves little."""

SPAN_CHARACTERS = 150
"""Characters of text for which one word counts fully."""

LEAST_SCORE = 1.0
"""Score from which an item is about a theme."""

SECOND_SHARE = 0.3
"""Part of the best score that a second theme needs."""

MOST_THEMES = 2
"""Themes of one item at most."""

NO_THEME = "无"
"""What a person writes in place of a theme's name where an item has none."""


@dataclass(frozen=True, slots=True)
class Score:
    """How far a block is about a theme, and the words found in heading and text."""

    theme: str
    value: float
    in_heading: tuple[str, ...]
    in_text: tuple[str, ...]


_NOTHING = Score("", 0.0, (), ())


def item_themes(case: Case, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The themes (none to MOST_THEMES) of each block below the title, by the block's anchor.

    A block without an anchor has no address to be found at and is left out.
    """
    table = _index_words(tuple(vocabulary.themes.values()))
    return {
        block.anchor: _block_themes(block, table)
        for block in case.blocks
        if block.level > 1 and block.anchor
    }


def block_themes(block: Block, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The themes a person named; else those with the best scores, the best first."""
    return _block_themes(block, _index_words(tuple(vocabulary.themes.values())))


def _block_themes(block: Block, table: _Table) -> tuple[str, ...]:
    if block.themes:
        known = {theme.name for theme in table.themes}
        return tuple(theme for theme in block.themes if theme in known)[:MOST_THEMES]
    words = _Words(block, table)
    scores = words.scores(hints=False)
    if not scores or scores[0].value < LEAST_SCORE:
        return _by_hints(words)
    least = max(LEAST_SCORE, SECOND_SHARE * scores[0].value)
    return tuple(score.theme for score in scores[:MOST_THEMES] if score.value >= least)


def _by_hints(words: _Words) -> tuple[str, ...]:
    """The one theme with the best hints; none if two are equal."""
    first, second = (*words.scores(hints=True), _NOTHING, _NOTHING)[:2]
    clear = first.value >= LEAST_SCORE and first.value > second.value
    return (first.theme,) if clear else ()


def theme_scores(block: Block, vocabulary: Vocabulary, hints: bool = False) -> list[Score]:
    """All themes that a block has a word of, the best first; equal ones in the file's order.

    With `hints` the words that alone prove little are counted too.
    """
    return _Words(block, _index_words(tuple(vocabulary.themes.values()))).scores(hints)


def explain_themes(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """For people, a line for each block below the title: its themes and the scores that decided.

    The roles are those of the file; the words counted are named, those of the heading first.
    """
    for block in case.blocks:
        if block.level > 1:
            heading = block.heading or markup.to_plain(block.text)[:20]
            themes = "、".join(block_themes(block, vocabulary)) or NO_THEME
            yield f"{'  ' * (block.level - 2)}#{block.anchor} {heading}：{themes}"
            yield from (f"{'  ' * block.level}{line}" for line in _grounds(block, vocabulary))


def _grounds(block: Block, vocabulary: Vocabulary) -> Iterator[str]:
    if block.themes:
        yield f"案例文件里写明 theme={','.join(block.themes)}，不再计分"
        return
    plain = theme_scores(block, vocabulary)
    counted = bool(plain) and plain[0].value >= LEAST_SCORE
    for score in plain if counted else theme_scores(block, vocabulary, hints=True):
        parts = (("标题", score.in_heading), ("正文", score.in_text))
        words = "；".join(f"{name}有“{'”“'.join(found)}”" for name, found in parts if found)
        weak = "" if counted else "（连同弱提示词）"
        yield f"{score.theme} {score.value:.2f}{weak}：{words}"


class _Words:
    """The words of the vocabulary that a block has, and the themes that have such a word."""

    def __init__(self, block: Block, table: _Table) -> None:
        self._heading = block.heading or ""
        self._text = markup.to_plain(block.text)
        self._present = _present(self._heading, table) | _present(self._text, table)
        owners = {place for word in self._present for place in table.owners[word]}
        self._themes = [table.themes[place] for place in sorted(owners)]

    def scores(self, hints: bool) -> list[Score]:
        """The scores above nothing, the best first."""
        scores = (
            _score(theme, self._heading, self._text, self._present, hints) for theme in self._themes
        )
        return sorted((s for s in scores if s.value), key=lambda s: s.value, reverse=True)


@dataclass(frozen=True, slots=True)
class _Table:
    """All words of the themes: by their first two characters, and the themes of each by place."""

    themes: tuple[Theme, ...]
    starts: dict[str, list[str]]
    owners: dict[str, list[int]]


@lru_cache(maxsize=16)
def _index_words(themes: tuple[Theme, ...]) -> _Table:
    owners: dict[str, list[int]] = {}
    for place, theme in enumerate(themes):
        for word in {*theme.keywords, *theme.hints, *theme.exceptions}:
            owners.setdefault(word, []).append(place)
    starts: dict[str, list[str]] = {}
    for word in owners:
        starts.setdefault(word[:2], []).append(word)
    return _Table(themes, starts, owners)


def _present(text: str, table: _Table) -> set[str]:
    """The words of all themes in a text, looked up by their first two characters."""
    pairs = {*map("".join, pairwise(text)), *text}
    starts = table.starts
    return {word for pair in starts.keys() & pairs for word in starts[pair] if word in text}


def _score(theme: Theme, heading: str, text: str, present: set[str], hints: bool) -> Score:
    known = theme.keywords + theme.hints if hints else theme.keywords
    words = sorted(present.intersection(known), key=lambda word: (-len(word), known.index(word)))
    hidden = [phrase for phrase in theme.exceptions if phrase in present] if words else []
    in_heading, in_text = (tuple(_found(words, hidden, part)) for part in (heading, text))
    best = max(_weights(theme, in_heading), default=0.0)
    value = HEADING_WEIGHT * best + sum(_weights(theme, in_text)) / max(
        1.0, len(text) / SPAN_CHARACTERS
    )
    return Score(theme.name, value, in_heading, in_text)


def _weights(theme: Theme, words: Sequence[str]) -> list[float]:
    return [HINT_WEIGHT if word in theme.hints else 1.0 for word in words]


def _found(words: Sequence[str], hidden: Sequence[str], text: str) -> Iterator[str]:
    """The words, longest first, that occur in a text outside the hidden phrases.

    Each counts once; a part of a longer one found is not counted.
    """
    for phrase in hidden:
        text = text.replace(phrase, " ")
    for word in words:
        if word in text:
            text = text.replace(word, " ")
            yield word
