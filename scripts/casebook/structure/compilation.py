"""A compilation of write-ups, cut at its 第一篇 … 第N篇 lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.markers import PART
from casebook.structure.paragraphs import HEADING_LENGTH, Paragraph

TITLE_LENGTH = HEADING_LENGTH
"""Characters of a title at most."""

_TITLE_NEVER_ENDS = "。；，、：,;:"


@dataclass(frozen=True, slots=True)
class Part:
    """One write-up of a source: its title line without the prefix (may be empty), its body.

    `start` and `end` place it, prefix included, in the text.
    """

    title: str
    body: tuple[Paragraph, ...]
    start: int
    end: int


def split(paragraphs: Sequence[Paragraph]) -> list[Part]:
    """The write-ups of a text in their order; one when it is no compilation."""
    borders = list(_borders(paragraphs))
    if not borders:
        return [_part(paragraphs)] if paragraphs else []
    opening = paragraphs[: borders[0]]
    parts = [_part(opening)] if any(map(_has_sentence, opening)) else []
    for start, end in zip(borders, [*borders[1:], len(paragraphs)], strict=True):
        parts.append(_part(paragraphs[start:end]))
    return [part for part in parts if part.title or part.body]


def _borders(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Indexes of part lines whose numbers run 1, 2, 3 …; a table of contents is passed over."""
    expected = 1
    for index, paragraph in enumerate(paragraphs):
        marker = paragraph.marker
        if (
            not marker
            or marker.family != PART
            or len(paragraph.text) > TITLE_LENGTH + marker.length
        ):
            continue
        if marker.number == expected and _has_body(paragraphs, index):
            yield index
            expected += 1


def _has_body(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether something follows that is not just the next entry of a table of contents."""
    if index + 1 == len(paragraphs):
        return False
    following = paragraphs[index + 1].marker
    return not (following and following.family == PART)


def _has_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph says something; titles and tables of contents do not."""
    return "。" in paragraph.text or len(paragraph.text) > TITLE_LENGTH


def _part(paragraphs: Sequence[Paragraph]) -> Part:
    start, end = paragraphs[0].start, paragraphs[-1].end
    title, rest = _title(paragraphs)
    return Part(title, tuple(rest), start, end)


def _title(paragraphs: Sequence[Paragraph]) -> tuple[str, Sequence[Paragraph]]:
    """The title: what follows the part marker, else the first line if it looks like a title."""
    first = paragraphs[0]
    if first.marker and first.marker.family == PART:
        title = first.text[first.marker.length :].strip()
        if title:
            return title, paragraphs[1:]
        paragraphs = paragraphs[1:]
        first = paragraphs[0]
    if len(paragraphs) > 1 and looks_like_title(first):
        return first.text.lstrip("# ").strip(), paragraphs[1:]
    return "", paragraphs


def looks_like_title(paragraph: Paragraph) -> bool:
    """A short first line without a closing mark and without a marker."""
    text = paragraph.text
    return (
        len(text) <= TITLE_LENGTH
        and paragraph.marker is None
        and text[-1] not in _TITLE_NEVER_ENDS
        and "。" not in text
    )
