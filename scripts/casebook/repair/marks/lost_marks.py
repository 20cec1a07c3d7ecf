"""Marks that a site's encoding lacked, so that they became `?`: 《》 and the dot of names.

A question mark ends a question. A pair of them around the title of a document, or one between the
two parts of a foreign name, replaced other marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from casebook.repair.draft_text import DraftText, Finding
from casebook.repair.edits import Edit
from casebook.text.characters import HAN, fold_text
from casebook.text.patterns import lazy_pattern
from casebook.text.placed_lines import lines_with
from casebook.text.sentence_ends import ASKING
from casebook.text.word_tables import read_table, read_words

MARKS_TABLE = Path(__file__).with_name("marks.yml")
_QUOTED_TITLE = lazy_pattern(rf"？([{HAN}][{HAN}0-9A-Za-z“”、（）()—-]{{3,60}})？")
_BEFORE = 20
"""Characters before a mark that would show a question."""

_STRAY = re.compile(rf"[?？](?<=[{HAN}].)(?=[,，、；;。])")
"""No question is followed by such a mark: the `?` was another character."""
_NO_QUESTION = "这个问号后面又有标点，像是丢了字，请对照来源核对。"
_HALF_WIDTH_MARK = lazy_pattern(rf"(?<=[{HAN}0-9 ，、（])\?(?=[{HAN}])")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The end of a title, the words before one, and the two parts of a foreign name."""
    ends, before = ("|".join(read_words(MARKS_TABLE, key)) for key in ("documents", "before"))
    sound, also = ("".join(read_words(MARKS_TABLE, key)) for key in ("sounds", "also"))
    any_of = f"[{sound}{also}]"
    part = f"(?={any_of}{{0,5}}[{sound}]){any_of}{{2,6}}"
    return (
        re.compile(rf"(?:{ends})(?:[（(][^()（）]*[)）])?$"),
        re.compile(rf"(?:{before})[0-9 ]*$"),
        re.compile(rf"(?<!{any_of})({part})[？.]({part})(?!{any_of})"),
    )


def is_document(title: str) -> bool:
    """Whether a title ends like that of a document (意见, 条例)."""
    return _patterns()[0].search(title) is not None


def is_foreign_name(text: str, position: int) -> bool:
    """Whether a dot stands between the parts of a foreign name."""
    sounds = read_table(MARKS_TABLE)["sounds"]
    parts = text[max(0, position - 4) : position], text[position + 1 : position + 5]
    counts = [sum(character in sounds for character in fold_text(part)) for part in parts]
    if max(counts) > 2 or not min(counts):  # most of a part, or none of one
        return max(counts) > 2
    names = _patterns()[2].finditer(fold_text(text[max(0, position - 7) : position + 8]))
    return any(name.end(1) == min(position, 7) for name in names)


def restore_lost_marks(document: DraftText) -> Iterator[Finding]:
    """Restore 《》 around titles and · between the parts of a name from question marks."""
    restored = set[int]()
    for start, end in lines_with(document.text, "?"):
        if _HALF_WIDTH_MARK.search(document.text, start, end):
            folded = fold_text(document.text[start:end])
            for at, mark in (*_titles(folded), *_names(folded)):
                if document.text[start + at] == "?":
                    restored.add(start + at)
                    yield Edit(start + at, start + at + 1, mark, "likely")
    for stray in document.flag_all(_STRAY, _NO_QUESTION):
        asked = ASKING.search(document.text[max(0, stray.start - _BEFORE) : stray.start])
        if not asked and stray.start not in restored:
            yield stray


def _titles(text: str) -> Iterator[tuple[int, str]]:
    ends, before, _ = _patterns()
    position = 0
    while found := _QUOTED_TITLE.search(text, position):
        said = text[max(0, found.start() - _BEFORE) : found.start()].rpartition("。")[2]
        asked = ASKING.search(said) or ASKING.search(found[1])
        if ends.search(found[1]) and before.search(said) and not asked:
            yield from ((found.start(), "《"), (found.end() - 1, "》"))
            position = found.end()
        else:
            position = found.start() + 1


def _names(text: str) -> Iterator[tuple[int, str]]:
    for found in _patterns()[2].finditer(text):
        if not ASKING.search(text[max(0, found.start() - _BEFORE) : found.end()]):
            yield found.end(1), "·"
