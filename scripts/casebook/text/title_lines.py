"""The lines of a title: whole words, in the shape of a trapezoid or a diamond.

GB/T 9704-2012, 7.3.1: a title of several lines is centered, no word is torn, and the lines form a
trapezoid or a diamond. Word itself breaks between any two Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from casebook.text.word_frequencies import load_segmenter

LINE_CHARACTERS = 20
"""Characters of 2号 (22 pt) in the 156 mm of a line."""

MOST_SHAPED_LINES = 4
"""Lines of a title whose shape is chosen; a longer text is no title, and its lines are filled."""

MOST_SHAPED_WORDS = 60
"""Words of such a title: all ways to break it are compared."""

_OPENING = frozenset("“‘《〈（(【「『")
_ENDS = frozenset("”’》〉）)】」』")
_CLOSING = _ENDS | set("，。、；：！？·…—")
_LATIN = re.compile("[0-9A-Za-z.%‰]")
_NARROW = re.compile("[ -~]")
_DASH = "——"

_ADVERBS = frozenset(
    (
        *("着力", "切实", "进一步", "全力", "大力", "积极", "努力", "扎实", "奋力", "持续", "不断"),
        *("全面", "深入", "有效", "加快", "精准", "更好", "共同", "认真"),
    )
)
"""Words that say how: they stay with the verb after them, whatever the dictionary calls them."""

_JOINING = frozenset(("与", "和", "及", "以及", "暨", "并"))
"""Words that join what stands on both sides; the dictionary has some as prepositions, too."""

_BEFORE_OBJECT = 6.0
_FORBIDDEN = 1000.0
_COSTS_AFTER = {"p": 8.0, "d": 8.0, "ad": 8.0, "c": 6.0, "a": 6.0, "b": 6.0, "m": 9.0, "r": 4.0}
"""What a line costs that ends with a preposition, an adverb, a conjunction, …"""

_COSTS_BEFORE = {"d": 0.0, "ad": 0.0, "p": 0.0, "v": 2.5, "c": 6.0}
"""What a line costs that begins with such a word, after a noun; a verb may be a noun, too."""

_WITHIN_NOUN = 4.0


class _Word(NamedTuple):
    text: str
    tag: str


@lru_cache(4096)
def break_title(title: str, most: int = LINE_CHARACTERS) -> tuple[str, ...]:
    """The lines of a title, of at most `most` full-width characters each where words allow it."""
    title = " ".join(title.split())
    if _measure(title) <= most:
        return (title,)
    words = list(_cut_title(title))
    fewest = max(2, -int(-_measure(title) // most))
    for count in range(fewest, MOST_SHAPED_LINES + 1 if len(words) <= MOST_SHAPED_WORDS else 0):
        if found := _choose_breaks(words, count, most):
            return found
    return tuple(_fill_lines(words, most))


def _measure(text: str) -> float:
    """The width of a text in full-width characters."""
    return len(text) - len(_NARROW.findall(text)) / 2


def _cut_title(title: str) -> Iterator[_Word]:
    """The words of a title, marks and figures attached to the word that they stay with."""
    held, tag = "", ""
    for text, own in load_segmenter().tag(title):
        if held and not _stays(held, text):
            yield _Word(held.strip(), tag)
            held = ""
        held += text
        if text[-1] not in _CLOSING:
            tag = "d" if text in _ADVERBS else "c" if text in _JOINING else own
    if held:
        yield _Word(held.strip(), tag)


def _stays(before: str, text: str) -> bool:
    """Whether no line may break between two pieces."""
    if text.startswith("—"):  # a dash opens the subtitle and is one sign
        return before.endswith("—") and len(before) < len(_DASH)
    if before == _DASH or before[-1] in _OPENING or text[0] in _CLOSING:
        return True
    return bool(_LATIN.match(before[-1])) and not before[-1].isspace()


def _choose_breaks(words: Sequence[_Word], count: int, most: int) -> tuple[str, ...]:
    """The best way to make `count` lines; () if some line would be too long in all of them."""
    ends = [0.0, *accumulate(_measure(word.text) for word in words)]
    costs = list(_cost_breaks(words))
    best = _FORBIDDEN
    chosen: tuple[int, ...] = ()
    for places in combinations(range(1, len(words)), count - 1):
        borders = (0, *places, len(words))
        widths = [ends[b] - ends[a] for a, b in pairwise(borders)]
        if max(widths) > most:
            continue
        cost = sum(costs[place] for place in places) + _cost_of_shape(widths)
        if cost < best:
            best, chosen = cost, borders
    return tuple(_join(words[a:b]) for a, b in pairwise(chosen))


def _cost_breaks(words: Sequence[_Word]) -> Iterator[float]:
    """What it costs to end a line before each word: nothing where a clause begins."""
    yield _FORBIDDEN
    depth = 0
    for before, after in pairwise(words):
        depth += sum((sign in _OPENING) - (sign in _ENDS) for sign in before.text)
        if after.text.startswith(_DASH):
            yield -6.0
        elif after.tag.startswith("u"):
            yield _FORBIDDEN
        else:
            yield (10.0 if depth > 0 else 0.0) + _cost_of_words(before, after)


def _cost_of_words(before: _Word, after: _Word) -> float:
    if before.text[-1] in "，：；！？":
        return -4.0
    if before.text[-1] in "、":
        return 2.0
    if before.tag.startswith("u"):
        return 2.0
    if before.tag in _COSTS_AFTER:
        return _COSTS_AFTER[before.tag]
    if before.tag == "v":
        return _BEFORE_OBJECT
    if before.text[-1] in _CLOSING and after.tag == "v":  # 以“三项机制” / 推动…
        return 1.0
    return _COSTS_BEFORE.get(after.tag, _WITHIN_NOUN)


def _cost_of_shape(widths: Sequence[float]) -> float:
    """How far lines are from a trapezoid or a diamond: an hourglass and a stray word are worst."""
    ratio = min(widths) / max(widths)
    cost = 20.0 * max(0.0, 0.55 - ratio) + (1.0 if ratio == 1.0 else 0.0)
    steps = [b - a for a, b in pairwise(widths)]
    narrows_then_widens = any(a < 0 < b for i, a in enumerate(steps) for b in steps[i + 1 :])
    return cost + (20.0 if narrows_then_widens else 0.0)


def _fill_lines(words: Sequence[_Word], most: int) -> Iterator[str]:
    """Lines as long as they may be; a word longer than a line stands by itself."""
    line: list[_Word] = []
    for word in words:
        if line and _measure(_join([*line, word])) > most:
            yield _join(line)
            line = []
        line.append(word)
    yield _join(line)


def _join(words: Sequence[_Word]) -> str:
    """Words as a line; a space stands between two Latin ones."""
    text = ""
    for word in words:
        latin = text and _LATIN.match(text[-1]) and _LATIN.match(word.text[0])
        text += f" {word.text}" if latin else word.text
    return text
