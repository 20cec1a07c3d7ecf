"""What pages and programs put around a text: the table `page_furniture.yml`, as patterns.

The head of the table says what its keys mean and how to add a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from casebook.model import UserError

KINDS = (
    *("button", "field", "counter", "rights", "navigation", "pager", "advertisement"),
    *("messenger", "word"),
)

FORMS: Mapping[str, tuple[str, ...]] = {
    "repair": (
        *("line", "button", "tool", "size", "beside", "bracketed", "label", "place"),
        *("field", "telling-field", "bare-field", "credit", "fact", "signed-line"),
        *("note", "code", "code-line", "style", "picture", "bullet", "notice"),
    ),
    "structure": ("line", "button", "object", "bracketed", "start", "anywhere", "label"),
    "dedupe": ("line", "row", "place", "anywhere", "label", "note"),
}
"""The forms in which each stage looks for an entry. The stage itself says what surrounds it."""


@dataclass(frozen=True, slots=True)
class FurnitureEntry:
    """An entry of the table: regular expressions, their kind, and the forms by stage."""

    expressions: tuple[str, ...]
    kind: str
    forms: Mapping[str, tuple[str, ...]]


def alternatives(stage: str, *forms: str) -> str:
    """All that a stage looks for in any of some forms, as one group of a regular expression."""
    found = [
        expression
        for entry in _entries()
        if set(forms) & set(entry.forms.get(stage, ()))
        for expression in entry.expressions
    ]
    # Without any, a pattern that matches nothing: an empty group would match everywhere.
    return f"(?:{'|'.join(found)})" if found else "(?!)"


@cache
def _entries() -> tuple[FurnitureEntry, ...]:
    return read_furniture(Path(__file__).with_name("page_furniture.yml"), tries_patterns=False)


def read_furniture(path: Path, tries_patterns: bool = True) -> tuple[FurnitureEntry, ...]:
    """Read a table. Raises UserError that names the entry and its mistake.

    Patterns are tried one by one, which takes longer than all the rest: tests do so for the table
    of the package.
    """
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    entries = []
    words: set[str] = set()
    for number, row in enumerate(rows, start=1):
        own = row.get("words", "").split()
        pattern = row.get("pattern", "") if tries_patterns else ""
        for mistake in (*_mistakes(row, own, words), *_faults_of_pattern(pattern)):
            name = row.get("words") or row.get("pattern") or ""
            raise UserError(f"{path} 的第 {number} 项（{name[:20]}）：{mistake}。")
        words.update(own)
        entries.append(_entry(row, own))
    return tuple(entries)


def _mistakes(row: Mapping[str, str], own: Sequence[str], others: set[str]) -> Iterator[str]:
    if unknown := sorted(set(row) - {"words", "pattern", "kind", *FORMS}):
        yield f"不认识的键 {unknown[0]}"
    if bool(own) == bool(row.get("pattern")):
        yield "应有 words 或 pattern 中的一个"
    if row.get("kind") not in KINDS:
        yield f"不认识的 kind {row.get('kind')}，应是 {'、'.join(KINDS)} 之一"
    if repeated := [word for word in own if word in others or own.count(word) > 1]:
        yield f"{repeated[0]} 已经写过，一个词只写在一项里"
    for stage, forms in FORMS.items():
        if unknown := sorted(set(row.get(stage, "").split()) - set(forms)):
            yield f"{stage} 没有 {unknown[0]} 这种形式，可以写 {'、'.join(forms)}"
    if not any(row.get(stage) for stage in FORMS):
        yield f"应有 {'、'.join(FORMS)} 中的至少一个"


def _faults_of_pattern(pattern: str) -> Iterator[str]:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        yield f"pattern 不是正则表达式：{error}"
    else:
        if groups:
            yield "pattern 里的括号应写成 (?:…)"


def _entry(row: Mapping[str, str], words: Sequence[str]) -> FurnitureEntry:
    pattern = f"(?:{row['pattern']})" if "pattern" in row else ""
    expressions = tuple(map(re.escape, words)) or (pattern,)
    forms = {stage: tuple(row[stage].split()) for stage in FORMS if stage in row}
    return FurnitureEntry(expressions, row["kind"], forms)
