"""The outline of a write-up: its lead and its headings with the text under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.compilation import Part
from casebook.structure.heading_candidates import Names
from casebook.structure.headings import Heading, find_headings
from casebook.structure.levels import find_levels
from casebook.structure.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the outline, or (heading None) the lead; `paragraphs` is the body under it."""

    level: int
    heading: str | None
    paragraphs: tuple[str, ...]
    why: str = "题目和导语"


def outline(part: Part, role_of: Names) -> tuple[list[Entry], list[Heading]]:
    """The lead and the headings with their bodies, in order, and the headings with their signs.

    `role_of` says which role an unmarked line names, '' for none.
    """
    headings = find_headings(part, role_of)
    bodies = list(_bodies(part.body, headings))
    levels = find_levels([h.candidate for h in headings], [bool(body) for body in bodies[1:]])
    entries = [Entry(1, None, bodies[0])]
    for heading, level, body in zip(headings, levels, bodies[1:], strict=True):
        entries.append(Entry(level, heading.candidate.text, body, _why(heading)))
    return entries, headings


def _bodies(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading]
) -> Iterator[tuple[str, ...]]:
    """The lead's paragraphs, then those under each heading."""
    start, rest = 0, ""
    for heading in headings:
        candidate = heading.candidate
        yield _texts(rest, paragraphs[start : candidate.index])
        rest = paragraphs[candidate.index].text[candidate.end :].strip()
        start = candidate.index + 1
    yield _texts(rest, paragraphs[start:])


def _texts(rest: str, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    return ((rest,) if rest else ()) + tuple(paragraph.text for paragraph in paragraphs)


def _why(heading: Heading) -> str:
    signs = "，".join(f"{name} {points:+d}" for name, points in heading.signs)
    return f"{signs}；共 {heading.score} 分"
