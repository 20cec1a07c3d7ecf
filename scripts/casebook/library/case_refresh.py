"""A person's case with what a new import of its source says otherwise than the first import.

Three versions of each block and of each fact: `base` is what import wrote then, `yours` the case
as it is now, `today` what import would write now. What only today's import changed is taken, what a
person changed stays, and where both changed the same place is a conflict. Blocks keep their
anchors and their order; a block that a person took out stays out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from casebook.library.block_alignment import align_blocks
from casebook.library.identity import with_anchors
from casebook.library.outline_numbers import strip_outline_number
from casebook.library.three_way import count_changes, find_repeated, merge_texts
from casebook.model import Block, Case

FACTS = ("title", "kind", "organ", "region", "date")
"""Fields of a case that import reads from its source."""


class Imports(NamedTuple):
    """What import made of a write-up when the case was written, and what it makes of it now.

    A block that both have has one anchor in both (`pair_imports`).
    """

    base: Case
    today: Case


@dataclass(frozen=True, slots=True)
class RefreshConflict:
    """A place that a person and today's rules changed, each in another way.

    `anchor` is that of the block ('' for the lead and for facts), `field` what of it differs.
    """

    anchor: str
    field: str
    base: str
    yours: str
    today: str


@dataclass(slots=True)
class MergedCase:
    """The case that the three versions make.

    `origins` has for each block its index in the case as it was, None for a new one; `places` is
    the number of places that today's import changes.
    """

    case: Case
    origins: list[int | None]
    places: int = 0
    conflicts: list[RefreshConflict] = field(default_factory=list)


def merge_case(yours: Case, own: Imports, variants: Mapping[str, Imports]) -> MergedCase:
    """Merge the three versions of a case; `variants` are the imports of those merged into it."""
    merged = MergedCase(yours, list(range(len(yours.blocks))))
    facts = {
        name: _settle(merged, "", name, *(getattr(case, name) for case in (*own, yours)))
        for name in FACTS
    }
    blocks = list(yours.blocks)
    for index, pair in _pair_blocks(yours.blocks, own, variants):
        blocks[index] = _merge_block(merged, blocks[index], pair)
    lead = replace(blocks[0], heading=facts["title"])
    merged.case = replace(yours, blocks=(lead, *blocks[1:]), **facts)
    for block in _list_gone_blocks(yours.blocks, own):
        said = block.heading or block.text
        merged.conflicts.append(RefreshConflict(block.anchor, "block", said, said, ""))
    _add_new_blocks(merged, own)
    versions = [yours, own.today, *(imports.today for imports in variants.values())]
    said = find_repeated(_join_texts(merged.case), map(_join_texts, versions))
    if said and not merged.conflicts:
        merged.conflicts.append(RefreshConflict("", "repeated", "", said, said))
    return merged


def _join_texts(case: Case) -> str:
    return "\n\n".join(block.text for block in case.blocks)


def pair_imports(base: Case, today: Case) -> Imports:
    """Two imports of a write-up, the later one with the anchors of the earlier one.

    An anchor of the base belongs to no other block, whether a person kept its block or not.
    """
    pairs = align_blocks(base.blocks, today.blocks)
    taken = {block.anchor for block in base.blocks}
    free = [
        replace(block, anchor=base.blocks[pairs[index]].anchor)
        if index in pairs
        else replace(block, anchor="" if block.anchor in taken else block.anchor)
        for index, block in enumerate(today.blocks)
    ]
    return Imports(base, replace(today, blocks=with_anchors(free)))


def _pair_blocks(
    blocks: Sequence[Block], own: Imports, variants: Mapping[str, Imports]
) -> Iterator[tuple[int, tuple[Block, Block]]]:
    """The index of each block that an import made, with that block then and now."""
    known = {"": _index_pairs(own)}
    known |= {name: _index_pairs(imports) for name, imports in variants.items()}
    for index, block in enumerate(blocks):
        pair = known.get(block.source, {}).get(block.anchor if index else "")
        if pair and block.source:
            yield index, _fit_to_merge(block, *pair)
        elif pair:
            yield index, pair


def _index_pairs(own: Imports) -> dict[str, tuple[Block, Block]]:
    """The blocks that both imports have, then and now, by anchor; the lead has ''."""
    today = {block.anchor: block for block in own.today.blocks}
    shared = (block for block in own.base.blocks if block.anchor in today)
    return {block.anchor: (block, today[block.anchor]) for block in shared}


def _fit_to_merge(block: Block, base: Block, today: Block) -> tuple[Block, Block]:
    """The blocks as a merge took them over: at the level of the case, maybe without number."""
    base, today = (replace(each, level=block.level) for each in (base, today))
    bare = strip_outline_number(base.heading or "")
    if block.heading == bare != base.heading:
        today = replace(today, heading=strip_outline_number(today.heading or ""))
        base = replace(base, heading=bare)
    return base, today


def _merge_block(merged: MergedCase, yours: Block, pair: tuple[Block, Block]) -> Block:
    base, today = pair
    anchor = yours.anchor
    values = {
        name: _settle(merged, anchor, name, *(getattr(each, name) for each in (*pair, yours)))
        for name in ("level", "heading", "role")
        if yours.level > 1 or name == "role"
    }
    text = merge_texts(base.text, yours.text, today.text)
    if text is None:
        conflict = RefreshConflict(anchor, "text", base.text, yours.text, today.text)
        merged.conflicts.append(conflict)
        text = yours.text
    merged.places += count_changes(yours.text, text)
    return replace(yours, text=text, **values)


def _settle(merged: MergedCase, anchor: str, name: str, base: Any, today: Any, yours: Any) -> Any:
    """The value that a field shall have; what both changed stays as it is, and is noted."""
    if today in (base, yours):
        return yours
    if yours == base:
        merged.places += 1
        return today
    said = ("" if value is None else str(value) for value in (base, yours, today))
    merged.conflicts.append(RefreshConflict(anchor, name, *said))
    return yours


def _list_gone_blocks(blocks: Sequence[Block], own: Imports) -> Iterator[Block]:
    """Blocks that today's import does not make any more: their anchors were published."""
    gone = {block.anchor for block in own.base.blocks}
    gone -= {block.anchor for block in own.today.blocks}
    yield from (block for block in blocks if block.anchor in gone and not block.source)


def _add_new_blocks(merged: MergedCase, own: Imports) -> None:
    """Put the blocks that only today's import makes after those that precede them in it."""
    blocks = list(merged.case.blocks)
    known = {block.anchor for block in own.base.blocks}
    place = 0
    for new in own.today.blocks[1:]:
        anchors = [block.anchor for block in blocks]
        if new.anchor in known:  # a person may have taken it out
            place = anchors.index(new.anchor) if new.anchor in anchors else place
        elif (written := _find_written(blocks, new, known)) is not None:
            place = written
            _compare_written(merged, blocks[written], new)
        else:
            place += 1
            free = replace(new, anchor="" if new.anchor in anchors else new.anchor)
            blocks.insert(place, with_anchors([*blocks, free])[-1])
            merged.origins.insert(place, None)
            merged.places += 1
    merged.case = replace(merged.case, blocks=tuple(blocks))


def _find_written(blocks: Sequence[Block], new: Block, known: set[str]) -> int | None:
    """The index of the block that a person, a merge or an earlier run has put in already."""
    for index, block in enumerate(blocks):
        if index and (block.source or block.anchor not in known):
            same_words = block.heading == new.heading and block.text == new.text
            same_heading = block.heading and block.heading == new.heading and not block.source
            if same_words or same_heading:
                return index
    return None


def _compare_written(merged: MergedCase, written: Block, new: Block) -> None:
    if written.text != new.text:
        conflict = RefreshConflict(written.anchor, "text", "", written.text, new.text)
        merged.conflicts.append(conflict)
