"""Structure: a repaired text as write-ups with titles, sections, items and their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from casebook.model import Block, Doubt, Line, WriteUp
from casebook.structure import compilation, genre, metadata, organs
from casebook.structure.assign import assign_roles, leave_without_roles
from casebook.structure.heading_candidates import RoleOf
from casebook.structure.headings import Heading, find_missing_numbers
from casebook.structure.lines import is_annex
from casebook.structure.outline import OutlineEntry, build_outline
from casebook.structure.paragraphs import read_paragraphs
from casebook.structure.roles import (
    LABEL_CHARACTERS,
    find_named_roles,
    is_section_name,
    strip_heading,
)
from casebook.vocabulary import Vocabulary, load


def structure(
    lines: Sequence[Line],
    vocabulary: Vocabulary | None = None,
    page_fields: Sequence[str] = (),
    contents: Sequence[str] = (),
) -> list[WriteUp]:
    """The write-ups of a repaired text, in order. An empty text has none.

    `page_fields` are lines of fields that repair removed (发布时间：… 点击数：…). They state facts
    about the write-up if there is only one. `contents` are lines of a table of contents that repair
    removed (清河镇的实践……12). They are titles if the text is a compilation.
    """
    words = vocabulary or load()
    role_of = cache(lambda line: next(iter(find_named_roles(line, words.roles)), ""))
    parts = compilation.split_compilation(
        read_paragraphs(lines),
        lambda line: is_section_name(line, words.roles),
        lambda line: len(strip_heading(line)) <= LABEL_CHARACTERS and bool(role_of(line)),
        contents,
    )
    fields = page_fields if len(parts) == 1 else ()
    return [
        _build_write_up(number, part, words, role_of, fields)
        for number, part in enumerate(parts, start=1)
    ]


def _build_write_up(
    number: int,
    part: compilation.CompilationPart,
    vocabulary: Vocabulary,
    role_of: RoleOf,
    fields: Sequence[str],
) -> WriteUp:
    entries, headings = build_outline(part, role_of)
    lines = [paragraph.text for paragraph in part.body]
    own = list(takewhile(lambda line: not is_annex(line), lines))  # an annex is signed by others
    body = "\n".join(lines)
    subtitle = _find_subtitle(part)
    full_title = part.title + subtitle
    kind = metadata.find_kind(full_title, vocabulary.kinds)
    other = genre.find_other_genre(part.title, lines, kind)
    default = vocabulary.kinds[kind].default_role if kind else ""
    blocks = _build_blocks(entries, part.title)
    organ = organs.find_organ(part.title, subtitle, [*fields, *own], _find_opening(blocks))
    signs = [entry.why for entry in entries]
    named, decisions = (
        assign_roles(blocks, signs, vocabulary.roles, default)
        if not other
        else leave_without_roles(blocks, signs)
    )
    return WriteUp(
        part=number,
        title=part.title,
        blocks=named,
        kind=kind,
        organ=organ,
        region=metadata.find_region(full_title, organ, body, vocabulary.regions),
        date=metadata.find_date(own) or metadata.find_date(fields),
        start=part.start,
        end=part.end,
        facts=metadata.find_facts(fields) | metadata.find_facts(own),
        not_a_case=other,
        decisions=decisions,
        doubts=tuple(_find_doubts(part.title, headings)),
    )


def _build_blocks(entries: Sequence[OutlineEntry], title: str) -> list[Block]:
    lead, *others = (
        Block(entry.level, entry.heading, text="\n".join(entry.paragraphs)) for entry in entries
    )
    return [Block(1, title, text=lead.text), *others]


def _find_doubts(title: str, headings: Sequence[Heading]) -> Iterator[Doubt]:
    """A doubt if no title was found, and for each number that is missing; nothing is invented."""
    if not title:
        yield Doubt("no-title", "没有找到标题，请补上。")
    for heading, number in find_missing_numbers(headings):
        message = (
            f"“{heading.candidate.text[:20]}”之前缺少序号 {number}，请核对是漏了一节还是编错了号。"
        )
        yield Doubt("numbering-gap", message)


def _find_opening(blocks: Sequence[Block]) -> str:
    """The first paragraph below the title and the headings that ends like a sentence, or ''."""
    lines = (line for block in blocks for line in block.text.split("\n"))
    return next((line for line in lines if line.endswith("。")), "")


def _find_subtitle(part: compilation.CompilationPart) -> str:
    """The first line of the body if it opens with a dash, or ''. It stays in the lead."""
    first = part.body[0].text if part.body else ""
    return first if first.startswith(("——", "--")) else ""
