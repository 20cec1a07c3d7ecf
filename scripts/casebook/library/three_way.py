"""Merging two changed versions of one text: what each changed is kept, where they do not touch.

The smallest piece is a sentence, for a paragraph of a case is one long line. Changes of the two
sides conflict when they concern the same sentences, or neighbors of which one is put in, divided or
joined, unless both say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, CLOSING_MARKS

_PIECE = re.compile(
    rf"\n+|[^\n{ANY_SENTENCE_ENDS}]*[{ANY_SENTENCE_ENDS}]+[{CLOSING_MARKS}]*"
    rf"|[^\n{ANY_SENTENCE_ENDS}]+"
)
"""Line ends, or a sentence with its closing marks."""


class _Change(NamedTuple):
    """The pieces [start, end) of the base become `put`; `side` is 0 or 1."""

    start: int
    end: int
    put: list[str]
    side: int


def split_sentences(text: str) -> list[str]:
    """A text as its sentences and line ends; joined they are the text.

    >>> split_sentences("先摸底。“谁清？”记在纸上。\\n\\n再动工")
    ['先摸底。', '“谁清？”', '记在纸上。', '\\n\\n', '再动工']
    """
    return _PIECE.findall(text)


def count_changes(before: str, after: str) -> int:
    """In how many places the sentences of two texts differ."""
    return sum(1 for _ in _list_changes(split_sentences(before), split_sentences(after), 0))


def merge_texts(base: str, yours: str, today: str) -> str | None:
    """`yours` with what `today` changed since `base`; None where the two conflict.

    Merging the result with the same `today` again gives the result.

    >>> merge_texts("甲一。乙一。丙一。", "甲二。乙一。丙一。", "甲一。乙一。丙二。")
    '甲二。乙一。丙二。'
    >>> merge_texts("甲一。乙一。", "甲二。乙一。", "甲三。乙一。")
    """
    if yours == today or today == base:
        return yours
    if yours == base:
        return today
    merged = _merge(base, yours, today)
    if merged is None or find_repeated(merged, (yours, today)):
        return None
    return merged if _merge(base, merged, today) == merged else None


def _merge(base: str, yours: str, today: str) -> str | None:
    pieces = split_sentences(base)
    merged, place = list[str](), 0
    for group in _group_dependent(pieces, split_sentences(yours), split_sentences(today)):
        start, end = group[0].start, max(change.end for change in group)
        sides = sorted({change.side for change in group})  # the other side left this as it was
        versions = {"".join(_apply(pieces, group, side, start, end)) for side in sides}
        if len(versions) > 1:
            return None
        merged += [*pieces[place:start], *versions]
        place = end
    return "".join((*merged, *pieces[place:]))


def find_repeated(merged: str, versions: Iterable[str]) -> str:
    """A sentence that stands in a merged text more often than in any version, or ''.

    There is one where each side has moved it to another place, or put it in there.
    """
    known = Counter[str]()
    for version in versions:
        known |= Counter(split_sentences(version))
    more = Counter(split_sentences(merged)) - known
    return next((piece for piece in more if piece.strip()), "")


def _list_changes(base: Sequence[str], other: Sequence[str], side: int) -> Iterator[_Change]:
    """The changes that make `other` of `base`, as small as they can be said."""
    for tag, start, end, first, last in SequenceMatcher(None, base, other, False).get_opcodes():
        put = list(other[first:last])
        if tag == "equal":
            continue
        if len(put) in (0, end - start):
            for step in range(end - start):
                yield _Change(start + step, start + step + 1, put[step : step + 1], side)
        else:
            yield _Change(start, end, put, side)


def _group_dependent(
    base: Sequence[str], yours: Sequence[str], today: Sequence[str]
) -> Iterator[list[_Change]]:
    """The changes of both sides in order; those that depend on each other together."""
    changes = [*_list_changes(base, yours, 0), *_list_changes(base, today, 1)]
    group: list[_Change] = []
    for change in sorted(changes):
        end = max((each.end for each in group), default=0)
        last = [each for each in group if each.end == end]
        alike = all(_is_alike(each, change) for each in last)
        if group and change.start + alike > end:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _is_alike(a: _Change, b: _Change) -> bool:
    """Whether both exchange one sentence for one, or both take one out.

    Of other changes that are neighbors, nobody could say which words they concern once merged.
    """
    return a.end - a.start == b.end - b.start == 1 and len(a.put) == len(b.put) <= 1


def _apply(
    base: Sequence[str], group: Sequence[_Change], side: int, start: int, end: int
) -> Iterator[str]:
    """The pieces [start, end) of the base as one side has them."""
    for change in group:
        if change.side == side:
            yield from base[start : change.start]
            yield from change.put
            start = change.end
    yield from base[start:end]
