"""Splitting a compilation into write-ups at lines like 第一篇, 篇一, 范文二, 【篇3】 and 案例四."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.emphasis import find_title_lines
from casebook.structure.lines import is_byline, is_organ, is_outside_text, read_label
from casebook.structure.markers import PART_FAMILY
from casebook.structure.paragraphs import Paragraph
from casebook.structure.part_borders import TITLE_CHARACTERS, find_borders, has_sentence

TITLE_WITHIN_LINES = 8
"""Lines within which the title is searched; a web site may print some before it."""

MENU_LINE_CHARACTERS, FEWEST_MENU_LINES = 5, 3
"""Most characters of a line of a menu, and the number of such lines that make a menu."""

_TITLE_NEVER_ENDS = "。；，、：,;:"


@dataclass(frozen=True, slots=True)
class CompilationPart:
    """One write-up of a source: its title without the part marker (may be empty), and its body.

    `start` and `end` are its place in the text, marker included, in code points. `above` is the
    number of lines of the body that were above the title (the menu of a web site).
    """

    title: str
    body: tuple[Paragraph, ...]
    start: int
    end: int
    above: int = 0


def split_compilation(
    paragraphs: Sequence[Paragraph],
    names_role: Callable[[str], bool],
    names_part: Callable[[str], bool],
    contents: Sequence[str] = (),
) -> list[CompilationPart]:
    """The write-ups of a text, in order; one if it is no compilation.

    `names_role` tells whether a line is the name of a section (主要做法), which is no title.
    `names_part` tells whether a line ends with such a name (案例概述), as a title may.
    `contents` are the lines of a table of contents that repair removed.
    """
    borders = list(_find_part_lines(paragraphs))
    if borders and (
        _are_cases_inside(paragraphs[: borders[0]], names_part)
        or _goes_on_after(paragraphs, borders[0])
        or _are_examples(paragraphs, borders[0])
        or _is_mark_under_title(paragraphs, borders)
    ):
        borders = []
    listed = [] if borders else find_borders(paragraphs, names_role, contents)
    borders = borders or listed
    if not borders:
        return [_make_part(paragraphs, names_role)] if paragraphs else []
    opening = paragraphs[: borders[0]]
    parts = [_make_part(opening, names_role)] if any(map(has_sentence, opening)) else []
    for start, end in zip(borders, [*borders[1:], len(paragraphs)], strict=True):
        parts.append(_make_part(paragraphs[start:end], names_role, titled=bool(listed)))
    return [part for part in parts if part.title or part.body]


def _are_cases_inside(opening: Sequence[Paragraph], names_part: Callable[[str], bool]) -> bool:
    """Whether the cases belong to one write-up that has begun before 案例一.

    Then the opening has named sections, and the last of them (典型案例) has no text of its own.
    """
    named = [p for p in opening if len(p.text) <= TITLE_CHARACTERS and names_part(p.text)]
    empty = len(opening) > 1 and not has_sentence(opening[-1]) and not opening[-1].marker
    return bool(named) and empty


def _goes_on_after(paragraphs: Sequence[Paragraph], first: int) -> bool:
    """Whether 二、典型案例 is right above 案例一, or the numbers before the cases go on after them.

    In a compilation each write-up begins its numbers again.
    """
    numbers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, p in enumerate(paragraphs):
        if p.marker and p.marker.family != PART_FAMILY and len(p.text) <= TITLE_CHARACTERS:
            numbers[p.marker.family].append((index, p.marker.number))
    return any(_surrounds(places, first) for places in numbers.values())


def _surrounds(places: Sequence[tuple[int, int]], first: int) -> bool:
    """Whether a sequence, as indexes and numbers, has one right above `first`, or goes on there."""
    before = [place for place in places if place[0] < first]
    after = [number for index, number in places if index > first]
    if not before:
        return False
    (index, number) = before[-1]
    return index == first - 1 or (bool(after) and after[0] == number + 1)


def _is_mark_under_title(paragraphs: Sequence[Paragraph], borders: Sequence[int]) -> bool:
    """Whether the only part line is under the title and says of which series the text is."""
    if len(borders) > 1 or borders[0] != 1:
        return False
    mark, below = paragraphs[1:3]
    bare = mark.marker is not None and mark.marker.length >= len(mark.text)
    return bare and looks_like_title(paragraphs[0]) and not looks_like_title(below)


def _are_examples(paragraphs: Sequence[Paragraph], first: int) -> bool:
    """Whether 例1： and 例2： are examples in a text that has begun before."""
    return paragraphs[first].text.startswith("例") and any(map(has_sentence, paragraphs[:first]))


def _find_part_lines(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The indexes of part lines that are numbered 1, 2, 3 …; lines of a table of contents are none.

    Without a number 1 they may begin at any number that is followed by the next one.
    """
    lines = [
        (index, paragraph.marker.number)
        for index, paragraph in enumerate(paragraphs)
        if paragraph.marker
        and paragraph.marker.family == PART_FAMILY
        and len(paragraph.text) <= TITLE_CHARACTERS + paragraph.marker.length
        and _has_body(paragraphs, index)
    ]
    numbers = {number for _, number in lines}
    expected = 1 if 1 in numbers else min((n for n in numbers if n + 1 in numbers), default=0)
    for index, number in lines:
        if number == expected:
            yield index
            expected += 1


def _has_body(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a part line is followed by something else than another part line."""
    if index + 1 == len(paragraphs):
        return False
    following = paragraphs[index + 1].marker
    return not (following and following.family == PART_FAMILY)


def _make_part(
    paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool], *, titled: bool = False
) -> CompilationPart:
    """A write-up; `titled` says that its first line is its title, with whatever marker."""
    start, end = paragraphs[0].start, paragraphs[-1].end
    if titled:
        first = paragraphs[0]
        title = first.text[first.marker.length if first.marker else 0 :].strip()
        return CompilationPart(title, tuple(paragraphs[1:]), start, end)
    title, rest, above = _find_title(paragraphs, names_role)
    return CompilationPart(title, tuple(rest), start, end, above)


def _find_title(
    paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]
) -> tuple[str, list[Paragraph], int]:
    """The title, the body, and the number of lines of the body above the title.

    The title follows the part marker; if there is none, it is the first line that looks like one.
    """
    rest = list(paragraphs)
    first = rest[0]
    if first.marker and first.marker.family == PART_FAMILY:
        title = first.text[first.marker.length :].strip()
        if title:
            return title, rest[1:], 0
        rest = rest[1:]
    menu = _count_menu_lines(rest)
    if marked := find_title_lines(rest, menu + TITLE_WITHIN_LINES):
        title = "".join(rest[index].text for index in marked)
        if len(title) <= TITLE_CHARACTERS and not names_role(title):
            return title, rest[: marked.start] + rest[marked.stop :], marked.start
    for index, paragraph in enumerate(rest[: menu + TITLE_WITHIN_LINES]):
        if index < menu or is_outside_text(paragraph.text) or read_label(paragraph.text):
            continue
        if index + 1 < len(rest) and looks_like_title(paragraph) and not names_role(paragraph.text):
            if _is_sender(rest[index:], names_role):
                continue
            return paragraph.text.lstrip("# ").strip(), rest[:index] + rest[index + 1 :], index
        break
    return "", rest, 0


def _is_sender(paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]) -> bool:
    """Whether the first line is the organ that wrote the text, and the second one its title.

    A title may also be the name of an organ, with the first section in the second line. So some
    section must be named by its role, and the second line must not be.
    """
    sender, title, *rest = paragraphs
    named = any(names_role(p.text) for p in rest if len(p.text) <= TITLE_CHARACTERS)
    may_be_title = (
        looks_like_title(title) and not is_outside_text(title.text) and not is_byline(title.text)
    )
    return (
        is_organ(sender.text)
        and " " not in sender.text
        and may_be_title
        and not names_role(title.text)
        and named
    )


def _count_menu_lines(paragraphs: Sequence[Paragraph]) -> int:
    """The number of lines at the start that are the menu of a web site: several very short ones."""
    count = 0
    while count < len(paragraphs) and len(paragraphs[count].text) <= MENU_LINE_CHARACTERS:
        count += 1
    return count if count >= FEWEST_MENU_LINES else 0


def looks_like_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph is short, ends without a closing mark and has no marker."""
    text = paragraph.text
    return (
        len(text) <= TITLE_CHARACTERS
        and (paragraph.marker is None or paragraph.marker.family == "arabic-bare")
        and text[-1] not in _TITLE_NEVER_ENDS
        and "。" not in text
    )
