"""Changes of a case file that touch only the lines that must change.

Comments, quotes, the order of keys, line ends and blank lines are a person's own. A merge adds
lines, and undoing it takes out the same lines, so that the file is byte for byte what it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml

from casebook.library import casefile
from casebook.model import Block, Case, SourceRef, VariantRef

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_FROM = re.compile(r"\s*(?<=[\s{])from=[^\s{}]+")
_EMPTY_BRACES = re.compile(r"\s*\{\s*\}$")


def rewrite_case(text: str, before: Case, after: Case) -> str:
    """`text`, which says `before`, with the changes that make it say `after`.

    Blocks may be added, taken out, or lose their `source`; entries may be added at the end of
    `sources`, `aliases` and `variants`, or taken out; the id may change. Blocks that stay are the
    same objects in both cases. A file written in a way that this cannot edit becomes the canonical
    text of `after`.
    """
    lines, ends = split_line_ends(text)
    written = list(lines)
    _change_blocks(lines, before.blocks, after.blocks)
    end = casefile.split_front_matter("\n".join(lines)).body_line - 2
    front = lines[1:end]
    _change_id(front, after.id)
    _change_entries(front, "sources", before.sources, after.sources)
    _change_entries(front, "aliases", before.aliases, after.aliases)
    _change_entries(front, "variants", before.variants, after.variants)
    lines[1:end] = front
    if casefile.parse("\n".join(lines)) != after:
        return casefile.dump(after)
    return join_with_ends(lines, written, ends)


def split_line_ends(text: str) -> tuple[list[str], list[str]]:
    """The lines of a text, and the ends of all but the last."""
    pieces = _LINE_END.split(text)
    return pieces[0::2], pieces[1::2]


def join_with_ends(lines: Sequence[str], written: Sequence[str], ends: Sequence[str]) -> str:
    """The lines with their ends; where a file mixes ends, those of the lines that were there.

    `written` are the lines before the edit, `ends` what ended them.
    """
    usual = ends[0] if ends else "\n"
    if len({*ends}) <= 1:
        return usual.join(lines)
    known: dict[str, list[str]] = {}
    for line, end in zip(written, ends, strict=False):
        known.setdefault(line, []).append(end)
    held = [known[line].pop(0) if known.get(line) else usual for line in lines[:-1]]
    return "".join(line + end for line, end in zip(lines, [*held, ""], strict=True))


def _change_blocks(lines: list[str], before: Sequence[Block], after: Sequence[Block]) -> None:
    """Insert and take out the lines of blocks; the places are those before any change."""
    places = _find_heading_lines(lines)
    own = {id(block) for block in before}
    edits: list[tuple[int, int, list[str]]] = []
    i = j = 0
    while i < len(before) or j < len(after):
        new = after[j] if j < len(after) else None
        old = before[i] if i < len(before) else None
        if new is not None and id(new) not in own and not _is_released(old, new):
            edits.append(insert_block(lines, places, i, new))
            j += 1
            continue
        if new is not None and new is not old and _is_released(old, new):
            line = lines[places[i]]
            edits.append((places[i], places[i] + 1, [_drop_source(line)]))
        elif new is not old:
            edits.append((*_find_block_lines(lines, places, i), []))
            j -= 1
        i, j = i + 1, j + 1
    for start, end, put in reversed(edits):
        lines[start:end] = put


def _is_released(old: Block | None, new: Block) -> bool:
    """Whether a block is another one that has lost its source."""
    return old is not None and old.source != "" and replace(old, source="") == new


def _find_heading_lines(lines: Sequence[str]) -> list[int]:
    """For each block the index of its heading line; of the lead that of the body's first line."""
    parts = casefile.split_front_matter("\n".join(lines))
    return [block.line - 1 for block in casefile.read_blocks(parts.body, parts.body_line)]


def insert_block(
    lines: Sequence[str], places: Sequence[int], index: int, block: Block
) -> tuple[int, int, list[str]]:
    """The edit that puts a block before the block `index`, or at the end of the file."""
    heading, *text = casefile.list_block_lines(block)
    body = [line for part in text for line in ("", *part.split("\n"))]
    if index < len(places):
        return places[index], places[index], [heading, *body, ""]
    end = _find_end(lines)
    return end, end, ["", heading, *body]


def _find_end(lines: Sequence[str]) -> int:
    """The index after the last line; a final line feed stays final."""
    return len(lines) - (lines[-1] == "")


def _find_block_lines(lines: Sequence[str], places: Sequence[int], index: int) -> tuple[int, int]:
    """The lines of a block up to the next heading; of the last one with the blank line before."""
    start = places[index]
    if index + 1 < len(places):
        return start, places[index + 1]
    return start - (not lines[start - 1].strip()), _find_end(lines)


def _drop_source(line: str) -> str:
    head, brace, marks = line.rpartition("{")
    return _EMPTY_BRACES.sub("", head + _FROM.sub("", brace + marks))


Entries = Sequence[SourceRef | VariantRef | str]


def _change_id(front: list[str], name: str) -> None:
    line, node = find_value(front, "id")
    if isinstance(node, yaml.ScalarNode) and node.value != name:
        start, end = node.start_mark.column, node.end_mark.column
        front[line] = front[line][:start] + name + front[line][end:]


def _change_entries(front: list[str], key: str, before: Entries, after: Entries) -> None:
    """Take out the entries of a list that are gone, add those that are new at its end."""
    kept = list(after)
    for index in range(len(before) - 1, -1, -1):
        place = len(kept) - 1 - kept[::-1].index(before[index]) if before[index] in kept else -1
        if place < 0:
            _remove_entry(front, key, index)
        else:
            del kept[place]
    for entry in kept:
        _add_entry(front, key, casefile.dump_entry(entry))


def find_value(front: Sequence[str], key: str) -> tuple[int, Any]:
    """The line of a key and the node of its value, a list or text; -1 and None without the key."""
    root: Any = yaml.compose("\n".join(front), Loader=yaml.BaseLoader)
    for name, value in root.value if root else ():
        if name.value == key:
            return name.start_mark.line, value
    return -1, None


def _add_entry(front: list[str], key: str, entry: str) -> None:
    line, node = find_value(front, key)
    if line < 0:
        place = find_key_place(front, key)
        front[place:place] = [f"{key}:", f"  - {entry}"]
    elif front[line].startswith(f"{key}: []"):
        front[line] = front[line].replace(": []", ":", 1)
        front.insert(line + 1, f"- {entry}")
    elif isinstance(node, yaml.SequenceNode) and node.flow_style:
        end = node.end_mark
        comma = ", " if node.value else ""
        text = front[end.line]
        front[end.line] = text[: end.column - 1] + comma + entry + text[end.column - 1 :]
    elif isinstance(node, yaml.SequenceNode):
        last = node.value[-1]
        indent = re.match(r"\s*", front[last.start_mark.line])
        front.insert(find_last_line(last) + 1, f"{indent[0] if indent else ''}- {entry}")


def find_key_place(front: Sequence[str], key: str) -> int:
    """Where a key that is not there yet belongs: after those that are written before it."""
    from casebook.library.case_schema import FIELDS  # pydantic takes a while to load

    root: Any = yaml.compose("\n".join(front), Loader=yaml.BaseLoader)
    earlier = FIELDS[: FIELDS.index(key)]
    ends = [find_last_line(value) + 1 for name, value in root.value if name.value in earlier]
    return max(ends, default=0)


def find_last_line(node: Any) -> int:
    """The last line of a value: what follows up to the next token is no part of it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        return max(find_last_line(value) for _, value in node.value)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return max(map(find_last_line, node.value))
    line: int = node.end_mark.line
    return line


def _remove_entry(front: list[str], key: str, index: int) -> None:
    line, node = find_value(front, key)
    kind = yaml.ScalarNode if key == "aliases" else yaml.MappingNode
    items = [item for item in node.value if isinstance(item, kind)]
    item = items[index]
    if node.flow_style:
        _remove_from_flow(front, node.value, node.value.index(item))
        return
    indented = front[item.start_mark.line][0].isspace()
    del front[item.start_mark.line : find_last_line(item) + 1]
    if len(node.value) == 1 and indented:
        del front[line]
    elif len(node.value) == 1:
        front[line] = front[line].replace(":", ": []", 1)


def _remove_from_flow(front: list[str], items: Sequence[Any], index: int) -> None:
    """Take out an item and the comma before it; of the first one the comma after it."""
    start, end = items[index].start_mark, items[index].end_mark
    if index:
        start = items[index - 1].end_mark
    elif len(items) > 1:
        end = items[1].start_mark
    whole = front[start.line][: start.column] + front[end.line][end.column :]
    front[start.line : end.line + 1] = [whole]
