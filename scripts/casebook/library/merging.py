"""Merge a variant into a case with nothing lost, and take it out again.

The canonical wording stays as it is; what only the variant has is added as blocks that name it as
their source, and the variant itself stays unchanged in variants/. What differs within a paragraph
that both have is shown on the case's page (`variant_notes`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from casebook.dedupe.alignment import match_pieces
from casebook.dedupe.comparison_folding import fold_for_comparison, fold_lines
from casebook.dedupe.pieces import GRAM_CHARACTERS, Piece
from casebook.library import markup
from casebook.library.identity import with_anchors
from casebook.library.outline_numbers import read_outline_number, strip_outline_number
from casebook.model import Block, Case, Relation, SourceRef, VariantRef
from casebook.structure.markers import Marker
from casebook.text.sentence_ends import ANY_SENTENCE_ENDS

_KNOWN_SHARE = 0.8
"""Share of the grams of a block from which it says nothing that the canonical text does not."""

_SHARED_PART = 0.3
"""Share of the grams of a block from which one under the same heading is a version of it."""

_WHOLE_SENTENCE = re.compile(rf"[^{ANY_SENTENCE_ENDS}\n]+[{ANY_SENTENCE_ENDS}]*")


def merge(canonical: Case, variant: Case, relation: Relation) -> Case:
    """The canonical case with the sections and items that only the variant has.

    Each is added after the block that precedes it in the variant (at the end where the two have
    no block in common), with the variant as its `source`. The variant, its own variants and their
    sources are listed. Merging again changes nothing; `unmerge` restores the case.
    """
    if any(known.id == variant.id for known in canonical.variants):
        return canonical
    listed = (VariantRef(variant.id, relation), *variant.variants)
    return replace(
        canonical,
        blocks=_add_news(canonical.blocks, variant),
        sources=(*canonical.sources, *variant.sources),
        variants=(*canonical.variants, *listed),
    )


def unmerge(canonical: Case, variant: Case) -> Case:
    """The canonical case as it was before `variant` was merged into it.

    What people changed since then stays: a block taken over whose words they edited is now the
    case's own.
    """
    gone = _list_ids(variant)
    edited = {id(block) for block in list_edited_blocks(canonical, variant)}
    return replace(
        canonical,
        blocks=tuple(
            replace(block, source="") if id(block) in edited else block
            for block in canonical.blocks
            if block.source not in gone or id(block) in edited
        ),
        sources=_without(canonical.sources, variant.sources),
        variants=tuple(known for known in canonical.variants if known.id not in gone),
    )


def list_edited_blocks(canonical: Case, variant: Case) -> list[Block]:
    """The blocks that were taken over from a variant and that people have changed since."""
    gone = _list_ids(variant)
    own = {_read_content(block) for block in variant.blocks}
    taken = (block for block in canonical.blocks if block.source in gone)
    return [block for block in taken if _read_content(block) not in own]


def _list_ids(variant: Case) -> set[str]:
    return {variant.id, *(reference.id for reference in variant.variants)}


def _read_content(block: Block) -> tuple[object, ...]:
    """What people may change in a block; `merge` itself may have taken its number and its level."""
    return strip_outline_number(block.heading or ""), block.text, block.role, block.themes


def _without(sources: Sequence[SourceRef], gone: Sequence[SourceRef]) -> tuple[SourceRef, ...]:
    """The sources without the last mention of each of these: a case's own come first."""
    kept = list(sources)[::-1]
    for source in gone:
        if source in kept:
            kept.remove(source)
    return tuple(kept[::-1])


def _add_news(own: Sequence[Block], variant: Case) -> tuple[Block, ...]:
    partners = _partners(own, variant.blocks)
    news = _news(own, variant.blocks, partners)
    result = list(own)
    cursor = result[0] if len(partners) > 1 else result[-1]
    for place, block in enumerate(variant.blocks):
        if place in partners and place:
            cursor = own[partners[place]]
        elif place in news:
            cursor = _insert(result, cursor, replace(block, source=block.source or variant.id))
    return _add_anchors(result, own)


def _partners(own: Sequence[Block], blocks: Sequence[Block]) -> dict[int, int]:
    """For the blocks of a variant those of the case that say the same; the leads always do.

    So do blocks that only one of each has under a heading, if they share a part of their text: a
    second block of that heading would repeat that part. What differs is noted at its place.
    """
    matches = match_pieces([_piece(b) for b in blocks[1:]], [_piece(b) for b in own[1:]])
    partners = {0: 0, **{match.a + 1: match.b + 1 for match in matches}}
    held = _places_by_heading(own, partners.values())
    for heading, place in _places_by_heading(blocks, partners).items():
        if place and (other := held.get(heading)):
            grams = _grams(markup.to_plain(blocks[place].text))
            shared = grams & _grams(markup.to_plain(own[other].text))
            if len(shared) >= _SHARED_PART * max(1, len(grams)):
                partners[place] = other
    return partners


def _places_by_heading(blocks: Sequence[Block], settled: Collection[int]) -> dict[str, int]:
    """The places of blocks that are not settled, by heading; 0 for a heading that several have."""
    places: dict[str, int] = {}
    for place, block in enumerate(blocks):
        heading = fold_for_comparison(strip_outline_number(block.heading or ""))
        if place not in settled and heading and block.text:
            places[heading] = 0 if heading in places else place
    return places


def _piece(block: Block) -> Piece:
    text = _text(block)
    return Piece.of([(text, fold_for_comparison(text))])


def _text(block: Block) -> str:
    return f"{block.heading or ''}\n{markup.to_plain(block.text)}".strip()


def _news(own: Sequence[Block], blocks: Sequence[Block], partners: dict[int, int]) -> set[int]:
    """Places of blocks that only the variant has; a bare heading with something new under it."""
    known = {gram for block in own for gram in _grams(_text(block))}
    news: set[int] = set()
    for place in range(len(blocks) - 1, 0, -1):
        if place in partners:
            continue
        grams = _grams(_text(blocks[place]))
        if blocks[place].text:
            is_new = bool(grams) and len(grams & known) < _KNOWN_SHARE * len(grams)
        else:
            is_new = any(below in news for below in _below(blocks, place))
        if is_new:
            news.add(place)
    return news


def _grams(text: str) -> set[str]:
    folded = fold_for_comparison(text)
    return {
        folded[i : i + GRAM_CHARACTERS] for i in range(max(1, len(folded) - GRAM_CHARACTERS + 1))
    } - {""}


def _below(blocks: Sequence[Block], place: int) -> Iterator[int]:
    """Places of the blocks under a heading."""
    for below in range(place + 1, len(blocks)):
        if blocks[below].level <= blocks[place].level:
            return
        yield below


def _insert(result: list[Block], cursor: Block, block: Block) -> Block:
    """Put a block after `cursor` and the blocks below it, at a level that skips none."""
    place = next(i for i, held in enumerate(result) if held is cursor)
    block = replace(block, level=min(block.level, cursor.level + 1))
    place += 1
    while place < len(result) and result[place].level > block.level:
        place += 1
    block = _without_taken_number(block, result, place)
    result.insert(place, block)
    return block


def _without_taken_number(block: Block, result: Sequence[Block], place: int) -> Block:
    """The block; its heading without its number if one other block of its level there has that.

    A second 三、 would break the outline of the case. The variant's file keeps its wording. Where
    several have the number already, it counts nothing.
    """
    heading = block.heading or ""
    number = read_outline_number(heading)
    neighbors = (*_siblings(result[:place][::-1], block), *_siblings(result[place:], block))
    same = [held for held in neighbors if _is_numbered(held.heading or "", number)]
    return replace(block, heading=strip_outline_number(heading)) if len(same) == 1 else block


def _is_numbered(heading: str, number: Marker | None) -> bool:
    found = read_outline_number(heading)
    if not found or not number:
        return False
    return (found.family, found.number) == (number.family, number.number)


def _siblings(blocks: Sequence[Block], block: Block) -> Iterator[Block]:
    """Blocks of its level up to the first one of a higher level."""
    section = takewhile(lambda held: held.level >= block.level, blocks)
    return (held for held in section if held.level == block.level)


def _add_anchors(blocks: Sequence[Block], own: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; those that came in with an anchor of their own, those of the case untouched."""
    kept = {id(block) for block in own}
    taken = {block.anchor for block in own}
    free = []
    for block in blocks:
        if id(block) not in kept:
            block = replace(block, anchor="") if block.anchor in taken else block
            taken.add(block.anchor)
        free.append(block)
    pairs = zip(blocks, with_anchors(free), strict=True)
    return tuple(old if id(old) in kept else new for old, new in pairs)


def lost_sentences(originals: Sequence[Case], kept: Sequence[Case]) -> list[str]:
    """Sentences and headings of the original cases that occur in none of the kept ones.

    The guard of every merge: nothing may be lost. Compared folded, so that width, script and
    punctuation do not matter.
    """
    held = "\n".join(line for case in kept for line in fold_lines(case_text(case)))
    return [
        sentence.strip()
        for case in originals
        for sentence in _WHOLE_SENTENCE.findall(case_text(case))
        if fold_for_comparison(sentence) not in held
    ]


def case_text(case: Case) -> str:
    """Everything a case says, plain: its title, headings and texts."""
    return "\n".join([case.title, *(_text(block) for block in case.blocks)])
