"""A case file with other words in some of its blocks and facts: only their lines change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from casebook.library import casefile
from casebook.library.case_edits import (
    find_key_place,
    find_value,
    insert_block,
    join_with_ends,
    split_line_ends,
)
from casebook.library.casefile import PlacedBlock
from casebook.library.yaml_text import write_scalar
from casebook.model import Block, Case


def reword_case(
    text: str, before: Case, after: Case, origins: Sequence[int | None], facts: Sequence[str]
) -> str | None:
    """`text`, which says `before`, with the lines changed that make it say `after`.

    `origins` has for each block of `after` its index in `before`, None for a new one; all of
    `before` are there, in order. `facts` are the fields of the front matter that may differ.
    Returns None where a file is written in a way that this cannot edit.
    """
    written, ends = split_line_ends(text)
    parts = casefile.split_front_matter("\n".join(written))
    placed = list(casefile.read_blocks(parts.body, parts.body_line))
    lines = _reword_blocks(written, placed, after.blocks, origins)
    names = {name: (getattr(before, name), getattr(after, name)) for name in facts}
    names["lead_role"] = before.blocks[0].role, after.blocks[0].role
    front = lines[1 : parts.body_line - 2]
    if not _set_facts(front, {name: new for name, (old, new) in names.items() if new != old}):
        return None
    lines[1 : parts.body_line - 2] = front
    if casefile.parse("\n".join(lines)) != after:
        return None
    return join_with_ends(lines, written, ends)


def _reword_blocks(
    written: Sequence[str],
    placed: Sequence[PlacedBlock],
    after: Sequence[Block],
    origins: Sequence[int | None],
) -> list[str]:
    """The lines with the body edited, from its last block to its first, so that places stay."""
    lines = list(written)
    places = [block.line - 1 for block in placed]
    end = len(lines) - (lines[-1] == "")
    following = len(placed)
    for block, origin in list(zip(after, origins, strict=True))[::-1]:
        limit = places[following] if following < len(placed) else end
        if origin is None:
            lines[limit:limit] = insert_block(written, places, following, block)[2]
            continue
        following = origin
        old = placed[origin]
        if block.text != old.block.text:
            _put_text(lines, places[origin] + (origin > 0), limit, block.text)
        if origin and _list_head(block) != _list_head(old.block) and not old.unknown:
            lines[places[origin]] = next(casefile.list_block_lines(block))
    return lines


def _list_head(block: Block) -> tuple[object, ...]:
    return block.level, block.heading, block.role


def _put_text(lines: list[str], start: int, limit: int, text: str) -> None:
    """Exchange the text between a block's heading and the next one; blank lines around it stay."""
    filled = [number for number in range(start, limit) if lines[number].strip()]
    new = text.split("\n")
    if filled:
        lines[filled[0] : filled[-1] + 1] = new
    else:
        lines[start:start] = ["", *new]


def _set_facts(front: list[str], values: Mapping[str, str]) -> bool:
    """Write facts into the lines of the front matter. Returns whether all could be written."""
    for key, value in values.items():
        line, node = find_value(front, key)
        said = write_scalar(value)
        if line < 0:
            front.insert(find_key_place(front, key), f"{key}: {said}")
        elif isinstance(node, yaml.ScalarNode) and node.start_mark.line == node.end_mark.line:
            start, end = node.start_mark, node.end_mark
            whole = front[start.line]
            before = whole[: start.column].rstrip()
            front[start.line] = f"{before} {said}{whole[end.column :]}"
        else:
            return False
    return True
