"""What `--fix` mends in front matter: values of which only one reading is possible.

Each value is exchanged at its place in its line, so that comments, order, quotes and everything
else stay. What the front matter says afterwards is compared with what it should say; if that is
anything else, nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casebook.checks import front_matter
from casebook.checks.case_source import CaseSource
from casebook.checks.date_forms import read_date
from casebook.checks.front_matter import KeyPath
from casebook.checks.references import find_source, hash_source
from casebook.checks.rules import display_value
from casebook.checks.vocabulary_terms import list_term_tests
from casebook.checks.written_values import LIST_SIGNS, split_themes, strip_quotes
from casebook.library.case_schema import is_date, is_id
from casebook.library.casefile import CaseFileError, CaseText
from casebook.library.yaml_text import find_wide_colons, write_flow
from casebook.structure.organs import is_organ_name
from casebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made: its line (from 1, before all changes) and a Chinese sentence."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class _ValueEdit:
    """A value to exchange: its place (from 0, in the front matter), its key, what it becomes."""

    line: int
    start: int
    end: int
    text: str
    key: KeyPath
    value: Any
    message: str


def fix_front_matter(lines: Sequence[str], document: CaseSource) -> tuple[list[str], list[Change]]:
    """The lines of the front matter with its values mended, and what was changed.

    A new line is a line feed within one of the lines.
    """
    mended, changes = _fix_colons(lines)
    edits = list(_find_edits(mended, document))
    if edits and _says("\n".join(_apply(mended, edits))) == _expect(mended, edits):
        changes += [Change(each.line + 2, each.message) for each in edits]
        mended = _apply(mended, edits)
    return mended, changes


def _fix_colons(lines: Sequence[str]) -> tuple[list[str], list[Change]]:
    """Full-width colons after known keys; none that would give a key a second time."""
    before = _says("\n".join(lines))
    result, changes = list(lines), []
    for number, found in list(find_wide_colons(lines))[::-1]:
        at_margin = found.end("before") == 0
        if at_margin and (before is not None or _is_written(found["key"], lines, number)):
            continue  # a line of a text that goes over several lines, or a key that exists
        line = result[number]
        value = line[found.end() :]
        result[number] = f"{line[: found.end('key')]}:{' ' if value else ''}{value}"
        changes.append(Change(number + 2, f"{found['key']} 后面的“：”改为“: ”"))
    return result, changes[::-1]


def _is_written(key: str, lines: Sequence[str], own: int) -> bool:
    pattern = re.compile(rf"{key}[ 　]*[:：]")
    return any(pattern.match(line) for number, line in enumerate(lines) if number != own)


def _says(front: str) -> dict[str, Any] | None:
    """What front matter says; None if it cannot be read, or says a thing twice."""
    parts = CaseText(front, 2, "", 1)
    if next(front_matter.find_unsafe_yaml(parts), None):
        return None
    try:
        read, problems = front_matter.read_front_matter(parts)
    except CaseFileError:
        return None
    return None if problems else dict(read.values)


def _expect(lines: Sequence[str], edits: Sequence[_ValueEdit]) -> dict[str, Any] | None:
    """What the front matter should say after the edits."""
    values = deepcopy(_says("\n".join(lines)))
    for each in edits[::-1]:
        holder: Any = values
        for step in each.key[:-1]:
            holder = holder[step]
        last = each.key[-1]
        if isinstance(holder, list):
            holder[int(last) : int(last) + 1] = each.value
        else:
            holder[last] = each.value
    return values


def _apply(lines: Sequence[str], edits: Sequence[_ValueEdit]) -> list[str]:
    result = list(lines)
    for each in sorted(edits, key=lambda edit: (edit.line, edit.start), reverse=True):
        line = result[each.line]
        result[each.line] = line[: each.start] + each.text + line[each.end :]
    return result


def _find_edits(lines: Sequence[str], document: CaseSource) -> Iterator[_ValueEdit]:
    """The values to exchange, in the order of the file; none if the front matter is unreadable."""
    front = "\n".join(lines)
    if _says(front) is None:
        return
    root = yaml.compose(front, Loader=yaml.CBaseLoader)
    for name, node in root.value if isinstance(root, yaml.MappingNode) else ():
        key = name.value
        if key == "themes":
            yield from _fix_themes(node, lines, document.vocabulary)
        elif key == "sources" and isinstance(node, yaml.SequenceNode):
            for position, entry in enumerate(node.value):
                yield from _fix_source(entry, ("sources", position), lines, document.folder)
        elif isinstance(node, yaml.ScalarNode):
            yield from _fix_text(key, node, document)


def _fix_text(key: str, node: yaml.ScalarNode, document: CaseSource) -> Iterator[_ValueEdit]:
    """A value in another form or in Chinese quotes, if it is valid only without."""
    is_valid = _list_tests(document.vocabulary).get(key)
    right = strip_quotes(node.value)
    if key == "date":
        right = read_date(right) or right
    elif key == "id" and right.lower() == document.path.stem:
        right = right.lower()
    if is_valid and is_valid(right) and not is_valid(node.value):
        quote = node.style or ("" if key == "id" else '"')
        yield from _exchange(node, f"{quote}{right}{quote}", (key,), right)


def _list_tests(vocabulary: Vocabulary) -> Mapping[str, Callable[[str], bool]]:
    """What tells a valid value, by key; a title may be any text, quotes included."""
    terms = list_term_tests(vocabulary)
    return {"id": is_id, "date": is_date, "organ": is_organ_name, **terms}


def _fix_themes(
    node: yaml.Node, lines: Sequence[str], vocabulary: Vocabulary
) -> Iterator[_ValueEdit]:
    """Themes in Chinese brackets or divided by Chinese marks, if the vocabulary has them all."""
    known = {*vocabulary.themes, *vocabulary.theme_aliases}
    if isinstance(node, yaml.ScalarNode):
        names = split_themes(node.value)
        if names and known.issuperset(names) and LIST_SIGNS.search(node.value):
            yield from _exchange(node, write_flow(list(names)), ("themes",), list(names))
        return
    for position, item in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
        names = split_themes(item.value) if isinstance(item, yaml.ScalarNode) else ()
        if names and known.issuperset(names) and LIST_SIGNS.search(item.value):
            before = lines[item.start_mark.line][: item.start_mark.column]
            glue = f"\n{before}" if before.strip() == "-" else ", "
            yield from _exchange(item, glue.join(names), ("themes", position), list(names))


def _fix_source(
    entry: yaml.Node, key: KeyPath, lines: Sequence[str], folder: Path
) -> Iterator[_ValueEdit]:
    """The SHA-256 of a source that is in the library and has none yet."""
    if not isinstance(entry, yaml.MappingNode):
        return
    pairs = {name.value: (name, value) for name, value in entry.value}
    name, file = pairs.get("file", (None, None))
    _, hashed = pairs.get("sha256", (None, None))
    if not isinstance(file, yaml.ScalarNode) or (hashed and hashed.value):
        return
    if (path := find_source(folder, file.value)) is None:
        return
    digest = hash_source(path)
    line, column = file.end_mark.line, file.end_mark.column
    text = f", sha256: {digest}"
    if hashed:
        line, column = hashed.end_mark.line, hashed.start_mark.column
        text = f" {digest}" if lines[line][column - 1] == ":" else digest
    elif not entry.flow_style:
        column = len(lines[line])
        text = f"\n{' ' * name.start_mark.column}sha256: {digest}"
    end = hashed.end_mark.column if hashed else column
    message = f"补上来源 {display_value(file.value)} 的 sha256"
    yield _ValueEdit(line, column, end, text, (*key, "sha256"), digest, message)


def _exchange(node: yaml.ScalarNode, text: str, key: KeyPath, value: Any) -> Iterator[_ValueEdit]:
    """An edit that puts another value in the place of a scalar of one line."""
    start, end = node.start_mark, node.end_mark
    if start.line == end.line and node.style not in ("|", ">"):
        message = f"{key[0]} 的值 {display_value(node.value)} 改为 {text.strip()}"
        yield _ValueEdit(start.line, start.column, end.column, text, key, value, message)
