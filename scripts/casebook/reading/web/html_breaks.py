"""Pieces of text between two borders of blocks as paragraphs: blanks, line breaks, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from casebook.reading.soft_breaks import join_soft_breaks
from casebook.reading.web.html_style import PLAIN_STYLE, TextStyle
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS, LINE_ENDS

_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|[\xa0\u2002\u2003]{2})")
_SUBTITLE = re.compile(r"[—（(-]")
_STRIPPED = " \t\r\n\f\v\xa0\u3000\u2002\u2003\ufeff\u200b"

SHORTEST_WRAPPED, LONGEST_WRAPPED = 12, 70
"""Characters of a line that a program, not an author, may have broken."""

RAGGED = 3
"""Characters by which such a line may be shorter than the longest: a mark goes with its word."""


class Piece(NamedTuple):
    """Text in one style; BREAK stands for a line break."""

    text: str
    style: TextStyle = PLAIN_STYLE


BREAK = Piece("")


@dataclass(slots=True)
class Chunk:
    """A paragraph: its text, how most of it is shown, and how much of it is in links.

    `hidden` is text that no reader sees. `indented` says that it begins with the indent of a
    paragraph, `apart` that an empty line follows, `loose` that it may go on in the next line.
    """

    text: str
    style: TextStyle
    linked: int = 0
    links: int = 0
    hidden: bool = False
    indented: bool = False
    apart: bool = False
    loose: bool = False


def split_paragraphs(pieces: Sequence[Piece], is_heading: bool, is_pre: bool) -> Iterator[Chunk]:
    """The paragraphs of some text, those that are hidden after the one they were in."""
    if is_pre:
        pieces = list(_broken_at_line_feeds(pieces))
    chunks: list[Chunk] = []
    hidden: list[Chunk] = []
    for is_break, group in groupby(pieces, key=lambda piece: piece is BREAK):
        own = list(group)
        if is_break:
            if chunks and len(own) > 1:
                chunks[-1].apart = True
            continue
        shown, unseen = _divide(own)
        if text := _text_of(shown):
            chunks.append(_chunk(text, shown, is_pre))
        elif chunks:  # a line with blanks only
            chunks[-1].apart = True
        if text := _text_of(unseen):
            hidden.append(Chunk(text, unseen[0].style, hidden=True))
    yield from _joined(chunks, is_heading) if len(chunks) > 1 and not is_pre else chunks
    yield from hidden


def _broken_at_line_feeds(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for text, style in pieces:
        for number, line in enumerate(text.split("\n")):
            if number:
                yield BREAK
            if line:
                yield Piece(line, style)


def _divide(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What a reader sees, and what not. White text is hidden among other text."""
    dark = any(not p.style.white and not p.style.hidden and p.text.strip() for p in pieces)
    shown: list[Piece] = []
    unseen: list[Piece] = []
    for piece in pieces:
        is_unseen = piece.style.hidden or (dark and piece.style.white)
        (unseen if is_unseen else shown).append(piece)
    return shown, unseen


def _text_of(pieces: Sequence[Piece]) -> str:
    text = "".join(join_soft_breaks(piece.text) for piece in pieces)
    return _BLANKS.sub(" ", text).strip(_STRIPPED)


def _chunk(text: str, pieces: Sequence[Piece], is_pre: bool) -> Chunk:
    sizes: dict[float, int] = {}
    bold, linked, links, was_linked = True, 0, 0, False
    for piece in pieces:
        count = len(piece.text.strip(_STRIPPED))
        if not count:
            continue
        sizes[piece.style.size] = sizes.get(piece.style.size, 0) + count
        bold &= piece.style.bold
        linked += count * piece.style.linked
        links += piece.style.linked and not was_linked
        was_linked = piece.style.linked
    style = pieces[0].style._replace(bold=bold, size=max(sizes, key=lambda size: sizes[size]))
    indented = _INDENT.match("".join(piece.text for piece in pieces)) is not None
    return Chunk(text, style, linked, links, indented=indented, loose=is_pre)


def _joined(chunks: Sequence[Chunk], is_heading: bool) -> Iterator[Chunk]:
    """Join the lines that a program broke, or that make one heading."""
    wrapped = not is_heading and _is_wrapped(chunks)
    if not (is_heading or wrapped):
        yield from chunks
        return
    parts = [chunks[0]]
    for before, chunk in pairwise(chunks):
        if is_heading:
            goes_on = not _SUBTITLE.match(chunk.text)
        else:
            goes_on = not (before.apart or chunk.indented or _ends(before.text))
        if not goes_on:
            yield _join(parts)
            parts = []
        parts.append(chunk)
    yield _join(parts)


def _is_wrapped(chunks: Sequence[Chunk]) -> bool:
    """Whether lines end where a page of some width ends, and not where a paragraph does."""
    open_ends = [
        len(chunk.text)
        for chunk, after in pairwise(chunks)
        if not (chunk.apart or after.indented or _ends(chunk.text))
    ]
    width = max(len(chunk.text) for chunk in chunks)
    full = [length for length in open_ends if length >= width - RAGGED]
    return (
        len(full) > 1
        and len(full) >= 0.8 * len(open_ends)
        and SHORTEST_WRAPPED <= width <= LONGEST_WRAPPED
    )


def _ends(text: str) -> bool:
    return text[-1] in ANY_SENTENCE_ENDS or text[-1] in LINE_ENDS


def _join(parts: Sequence[Chunk]) -> Chunk:
    text = parts[0].text
    if len(parts) > 1:
        blanks = (
            " " if before.text[-1].isascii() and part.text[0].isascii() else ""
            for before, part in pairwise(parts)
        )
        text += "".join(
            f"{blank}{part.text}" for blank, part in zip(blanks, parts[1:], strict=True)
        )
    return replace(
        parts[0],
        text=text,
        style=parts[0].style._replace(bold=all(part.style.bold for part in parts)),
        linked=sum(part.linked for part in parts),
        links=sum(part.links for part in parts),
    )
