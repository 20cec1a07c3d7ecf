"""Structure: a repaired text as write-ups with titles, sections, items and their roles."""

from __future__ import annotations

from casebook.model import Block, WriteUp
from casebook.structure import compilation, metadata, roles
from casebook.structure.headings import outline
from casebook.structure.paragraphs import read_paragraphs
from casebook.vocabulary import Vocabulary, load


def structure(text: str, vocabulary: Vocabulary | None = None) -> list[WriteUp]:
    """The write-ups of a repaired text, in order. An empty text has none."""
    words = vocabulary or load()
    parts = compilation.split(read_paragraphs(text))
    return [_write_up(number, part, words) for number, part in enumerate(parts, start=1)]


def _write_up(number: int, part: compilation.Part, vocabulary: Vocabulary) -> WriteUp:
    entries = outline(part.body, lambda line: bool(roles.heading_role(line, vocabulary.roles)))
    lead, *others = (
        Block(entry.level, entry.heading, text="\n".join(entry.paragraphs)) for entry in entries
    )
    body = "\n".join(paragraph.text for paragraph in part.body)
    full_title = part.title + _subtitle(part)
    kind = metadata.find_kind(full_title, vocabulary.kinds)
    default = vocabulary.kinds[kind].default_role if kind else ""
    blocks = [Block(1, part.title, text=lead.text), *others]
    return WriteUp(
        part=number,
        title=part.title,
        blocks=roles.assign(blocks, vocabulary.roles, default),
        kind=kind,
        organ=metadata.find_organ(full_title, body),
        region=metadata.find_region(full_title, body, vocabulary.regions),
        date=metadata.find_date([paragraph.text for paragraph in part.body]),
        start=part.start,
        end=part.end,
    )


def _subtitle(part: compilation.Part) -> str:
    """The line behind the title that opens with a dash; it stays in the lead."""
    first = part.body[0].text if part.body else ""
    return first if first.startswith(("——", "--")) else ""
