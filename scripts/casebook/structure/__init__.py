"""Structure: a repaired text as write-ups with titles, sections, items and their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from casebook.model import Block, Doubt, Line, WriteUp
from casebook.structure import compilation, genre, metadata
from casebook.structure.assign import assign, without_roles
from casebook.structure.heading_candidates import Names
from casebook.structure.headings import Heading, missing_numbers
from casebook.structure.outline import Entry, outline
from casebook.structure.paragraphs import read_paragraphs
from casebook.structure.roles import LABEL, bare_heading, named_roles
from casebook.vocabulary import Vocabulary, load


def structure(lines: Sequence[Line], vocabulary: Vocabulary | None = None) -> list[WriteUp]:
    """The write-ups of a repaired text, in order. An empty text has none."""
    words = vocabulary or load()
    role_of = cache(lambda line: next(iter(named_roles(line, words.roles)), ""))
    parts = compilation.split(
        read_paragraphs(lines),
        lambda line: len(bare_heading(line)) in named_roles(line, words.roles).values(),
        lambda line: len(bare_heading(line)) <= LABEL and bool(role_of(line)),
    )
    return [_write_up(number, part, words, role_of) for number, part in enumerate(parts, start=1)]


def _write_up(
    number: int, part: compilation.Part, vocabulary: Vocabulary, role_of: Names
) -> WriteUp:
    entries, headings = outline(part, role_of)
    lines = [paragraph.text for paragraph in part.body]
    body = "\n".join(lines)
    full_title = part.title + _subtitle(part)
    kind = metadata.find_kind(full_title, vocabulary.kinds)
    other = genre.not_a_case(part.title, lines, kind)
    default = vocabulary.kinds[kind].default_role if kind else ""
    organ = metadata.find_organ(full_title, body)
    blocks = _blocks(entries, part.title)
    signs = [entry.why for entry in entries]
    named, decisions = (
        assign(blocks, signs, vocabulary.roles, default)
        if not other
        else without_roles(blocks, signs)
    )
    return WriteUp(
        part=number,
        title=part.title,
        blocks=named,
        kind=kind,
        organ=organ,
        region=metadata.find_region(full_title + organ, body, vocabulary.regions),
        date=metadata.find_date(lines),
        start=part.start,
        end=part.end,
        facts=metadata.find_facts(lines),
        not_a_case=other,
        decisions=decisions,
        doubts=tuple(_doubts(headings)),
    )


def _blocks(entries: Sequence[Entry], title: str) -> list[Block]:
    lead, *others = (
        Block(entry.level, entry.heading, text="\n".join(entry.paragraphs)) for entry in entries
    )
    return [Block(1, title, text=lead.text), *others]


def _doubts(headings: Sequence[Heading]) -> Iterator[Doubt]:
    """Numbers that are missing in a sequence: reported, never invented."""
    for heading, number in missing_numbers(headings):
        message = (
            f"“{heading.candidate.text[:20]}”之前缺少序号 {number}，请核对是漏了一节还是编错了号。"
        )
        yield Doubt("numbering-gap", message)


def _subtitle(part: compilation.Part) -> str:
    """The line behind the title that opens with a dash; it stays in the lead."""
    first = part.body[0].text if part.body else ""
    return first if first.startswith(("——", "--")) else ""
