"""decisions.yml after cases were renamed or removed; comments and other lines stay."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from casebook.library.case_edits import find_last_line
from casebook.library.casefile import read_raw
from casebook.library.decisions import FILE, load_decisions, quote_yaml
from casebook.library.folder_edits import Edits
from casebook.model import UserError


def rename_in_decisions(folder: Path, old: str, new: str) -> Edits:
    """The edit of the file, if it names the case `old`. Raises UserError."""
    if not any(old in decision.pair for decision in load_decisions(folder)):
        return {}
    text = read_raw(folder / FILE)
    names = [value for entry in _list_entries(text) for value in _list_names(entry)]
    for node in sorted(names, key=lambda node: -node.start_mark.index):
        if node.value == old:
            start, end = node.start_mark.index, node.end_mark.index
            text = text[:start] + quote_yaml(new) + text[end:]
    return {folder / FILE: text}


def drop_from_decisions(folder: Path, gone: Collection[str]) -> Edits:
    """The edit of the file without the pairs of these cases; None for one without any other.

    Raises UserError.
    """
    decisions = load_decisions(folder)
    if not any(decision.pair.intersection(gone) for decision in decisions):
        return {}
    path = folder / FILE
    if all(decision.pair.intersection(gone) for decision in decisions):
        return {path: None}
    text = read_raw(path)
    lines = text.splitlines(keepends=True)
    for entry in reversed(_list_entries(text)):
        if any(name.value in gone for name in _list_names(entry)):
            if not lines[entry.start_mark.line].lstrip().startswith("-"):
                raise UserError(f"{path}：写法程序改不了，请先把每一对改成单独的一行。")
            del lines[entry.start_mark.line : find_last_line(entry) + 1]
    return {path: "".join(lines)}


def _list_names(entry: Any) -> list[Any]:
    """The nodes of the two ids of a pair."""
    return [value for key, value in entry.value if key.value in ("a", "b")]


def _list_entries(text: str) -> list[Any]:
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    return list(root.value)
