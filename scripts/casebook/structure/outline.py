"""The outline of a write-up: its lead, and its headings with the text under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.structure.compilation import CompilationPart
from casebook.structure.form_words import describe_form
from casebook.structure.heading_candidates import RoleOf
from casebook.structure.headings import Heading, find_headings
from casebook.structure.levels import find_levels
from casebook.structure.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading with the paragraphs under it; `heading` is None for the lead.

    `why` are the signs of the heading, in Chinese.
    """

    level: int
    heading: str | None
    paragraphs: tuple[str, ...]
    why: str = "题目和导语"


def build_outline(
    part: CompilationPart, role_of: RoleOf
) -> tuple[list[OutlineEntry], list[Heading]]:
    """The entries of the outline (lead and headings with their texts), and the headings found.

    `role_of` gives the role that an unmarked line names, or ''.
    """
    headings = find_headings(part, role_of)
    bodies = list(_split_bodies(part.body, headings))
    levels = find_levels([h.candidate for h in headings], [bool(body) for body in bodies[1:]])
    entries = [OutlineEntry(1, None, bodies[0])]
    for heading, level, body in zip(headings, levels, bodies[1:], strict=True):
        why = _explain(heading, part.body[heading.candidate.index])
        entries.append(OutlineEntry(level, heading.candidate.text, body, why))
    return entries, headings


def _split_bodies(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading]
) -> Iterator[tuple[str, ...]]:
    """The paragraphs of the lead, then those under each heading."""
    start, rest = 0, ""
    for heading in headings:
        candidate = heading.candidate
        yield _collect_texts(rest, paragraphs[start : candidate.index])
        rest = paragraphs[candidate.index].text[candidate.end :].strip()
        start = candidate.index + 1
    yield _collect_texts(rest, paragraphs[start:])


def _collect_texts(rest: str, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    return ((rest,) if rest else ()) + tuple(paragraph.text for paragraph in paragraphs)


def _explain(heading: Heading, paragraph: Paragraph) -> str:
    """The signs of a heading, and what the form of the document says of its line."""
    form = describe_form(paragraph)
    signs = "，".join(f"{name} {points:+d}" for name, points in heading.signs)
    return f"{signs}；共 {heading.score} 分" + (f"。原文：{form}" if form else "")
