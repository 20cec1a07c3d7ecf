"""A compilation of write-ups, cut at its 第一篇, 篇一, 范文二, 【篇3】 and 案例四 lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.lines import is_beside, is_byline, is_organ, label_of
from casebook.structure.markers import PART, read_marker
from casebook.structure.paragraphs import HEADING_LENGTH, Paragraph

TITLE_LENGTH = HEADING_LENGTH
"""Characters of a title at most."""

TITLE_WITHIN = 8
"""Lines a site may print before the title."""

MENU_LENGTH, LEAST_MENU = 5, 3
"""Characters of a menu line at most, and how many such lines make a menu."""

LEAST_LISTED = 2
"""Titles that a list up front must have to cut a text."""

CONTENTS_WITHIN = 30
"""Paragraphs within which a table of contents begins."""

_CONTENTS = re.compile(r"目[ 　]*录[：:]?$")
_TITLE_NEVER_ENDS = "。；，、：,;:"
_SPACE = re.compile(r"[\s“”\"]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One write-up of a source: its title line without the prefix (may be empty), its body.

    `start` and `end` place it, prefix included, in the text; `above` counts the lines of the body
    that stand above the title (the menu of a site).
    """

    title: str
    body: tuple[Paragraph, ...]
    start: int
    end: int
    above: int = 0


def split(
    paragraphs: Sequence[Paragraph],
    names_role: Callable[[str], bool],
    names_part: Callable[[str], bool],
) -> list[Part]:
    """The write-ups of a text in their order; one when it is no compilation.

    `names_role` says whether a line is the name of a section (主要做法), which no title is;
    `names_part` whether it ends with such a name (案例概述), as a title may.
    """
    borders = list(_borders(paragraphs))
    if borders and _are_inside(paragraphs[: borders[0]], names_part):
        borders = []
    listed = [] if borders else _listed_titles(paragraphs)
    borders = borders or listed
    if not borders:
        return [_part(paragraphs, names_role)] if paragraphs else []
    opening = paragraphs[: borders[0]]
    parts = [_part(opening, names_role)] if any(map(_has_sentence, opening)) else []
    for start, end in zip(borders, [*borders[1:], len(paragraphs)], strict=True):
        parts.append(_part(paragraphs[start:end], names_role, titled=bool(listed)))
    return [part for part in parts if part.title or part.body]


def _are_inside(opening: Sequence[Paragraph], names_part: Callable[[str], bool]) -> bool:
    """Whether a write-up with named sections has begun before 案例一: then the cases are its own.

    The last section stands empty above them: 典型案例.
    """
    named = [p for p in opening if len(p.text) <= TITLE_LENGTH and names_part(p.text)]
    empty = len(opening) > 1 and not _has_sentence(opening[-1]) and not opening[-1].marker
    return bool(named) and empty


def _borders(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Indexes of part lines whose numbers run 1, 2, 3 …, or from another number on where a second
    one follows; a table of contents is passed over."""
    lines = [
        (index, paragraph.marker.number)
        for index, paragraph in enumerate(paragraphs)
        if paragraph.marker
        and paragraph.marker.family == PART
        and len(paragraph.text) <= TITLE_LENGTH + paragraph.marker.length
        and _has_body(paragraphs, index)
    ]
    numbers = {number for _, number in lines}
    expected = 1 if 1 in numbers else min((n for n in numbers if n + 1 in numbers), default=0)
    for index, number in lines:
        if number == expected:
            yield index
            expected += 1


def _has_body(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether something follows that is not just the next entry of a table of contents."""
    if index + 1 == len(paragraphs):
        return False
    following = paragraphs[index + 1].marker
    return not (following and following.family == PART)


def _listed_titles(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where the titles of a list up front stand again above their texts; [] if any does not."""
    listed = _title_list(paragraphs)
    wanted = {_bare(paragraph.text) for paragraph in listed}
    if len(wanted) < LEAST_LISTED:
        return []
    first = listed[-1].start + 1
    found: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.start >= first and len(paragraph.text) <= TITLE_LENGTH:
            name = _bare(paragraph.text)
            if name in wanted:
                found.setdefault(name, index)  # later ones are running heads
    return sorted(found.values()) if len(found) == len(wanted) else []


def _title_list(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The numbered titles under 目录, or at the start of a text before its first sentence."""
    contents = (n for n, p in enumerate(paragraphs[:CONTENTS_WITHIN]) if _CONTENTS.match(p.text))
    listed: list[Paragraph] = []
    for paragraph in paragraphs[next(contents, -1) + 1 :]:
        if _has_sentence(paragraph):
            break
        expected = listed[-1].marker.number + 1 if listed and listed[-1].marker else 1
        if paragraph.marker and paragraph.marker.number == expected:
            listed.append(paragraph)
        elif listed:
            break
    return listed


def _bare(text: str) -> str:
    """A title without its number and without what a table of contents adds (…… 12)."""
    marker = read_marker(text)
    title = text[marker.length :] if marker else text
    return _SPACE.sub("", re.sub(r"[.…·．\s]*\d*$", "", title))


def _has_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph says something; titles and tables of contents do not."""
    return "。" in paragraph.text or len(paragraph.text) > TITLE_LENGTH


def _part(
    paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool], *, titled: bool = False
) -> Part:
    """A write-up; `titled` says that its first line is its title, whatever its marker."""
    start, end = paragraphs[0].start, paragraphs[-1].end
    if titled:
        first = paragraphs[0]
        title = first.text[first.marker.length if first.marker else 0 :].strip()
        return Part(title, tuple(paragraphs[1:]), start, end)
    title, rest, above = _title(paragraphs, names_role)
    return Part(title, tuple(rest), start, end, above)


def _title(
    paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]
) -> tuple[str, list[Paragraph], int]:
    """The title, the body, and how many lines of it stand above the title.

    The title is what follows the part marker, else the first line that looks like a title.
    """
    rest = list(paragraphs)
    first = rest[0]
    if first.marker and first.marker.family == PART:
        title = first.text[first.marker.length :].strip()
        if title:
            return title, rest[1:], 0
        rest = rest[1:]
    menu = _menu(rest)
    for index, paragraph in enumerate(rest[: menu + TITLE_WITHIN]):
        if index < menu or is_beside(paragraph.text) or label_of(paragraph.text):
            continue
        if index + 1 < len(rest) and looks_like_title(paragraph) and not names_role(paragraph.text):
            if _is_sender(rest[index:], names_role):
                continue
            return paragraph.text.lstrip("# ").strip(), rest[:index] + rest[index + 1 :], index
        break
    return "", rest, 0


def _is_sender(paragraphs: Sequence[Paragraph], names_role: Callable[[str], bool]) -> bool:
    """Whether the first line is the organ that wrote the text and the second one its title.

    A title may be an organ's name too, and the second line its first section; so the sections
    must be named by their roles, and the second line is none of them.
    """
    sender, title, *rest = paragraphs
    named = any(names_role(p.text) for p in rest if len(p.text) <= TITLE_LENGTH)
    stands = looks_like_title(title) and not is_beside(title.text) and not is_byline(title.text)
    return is_organ(sender.text) and stands and not names_role(title.text) and named


def _menu(paragraphs: Sequence[Paragraph]) -> int:
    """How many lines at the start are the menu of a site: several very short ones in a row."""
    count = 0
    while count < len(paragraphs) and len(paragraphs[count].text) <= MENU_LENGTH:
        count += 1
    return count if count >= LEAST_MENU else 0


def looks_like_title(paragraph: Paragraph) -> bool:
    """A short first line without a closing mark and without a marker."""
    text = paragraph.text
    return (
        len(text) <= TITLE_LENGTH
        and (paragraph.marker is None or paragraph.marker.family == "arabic-bare")
        and text[-1] not in _TITLE_NEVER_ENDS
        and "。" not in text
    )
