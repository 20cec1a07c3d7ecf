"""Renaming a theme: what each file of a library says afterwards, checked before one is written.

The vocabulary keeps the old name as an alias, so that links and forgotten marks still lead to the
theme. Only names are exchanged: comments, order and line ends of the files stay.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from casebook import content
from casebook.library import casefile
from casebook.library.folder import VOCABULARY, case_paths, load_vocabulary
from casebook.library.themes import NO_THEME
from casebook.model import Block, Case, UserError
from casebook.vocabulary import Vocabulary

_NAME = re.compile(r"[\w·-]{1,20}")
"""What may follow `theme=` and stand in YAML without quotes."""

_MARK = re.compile(r"(?<=[\s{])theme=([^\s={}]+)")
_SEPARATOR = re.compile("[,，、]")


class ThemeNameError(UserError):
    """A renaming that is refused; `rule` says why, as in a finding."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(f"[{rule}] {message}")
        self.rule = rule


def plan_renaming(folder: Path, old: str, new: str) -> dict[Path, str]:
    """The new text of each file to write, the vocabulary first.

    A name that is an alias already is only replaced in the cases. Raises ThemeNameError for names
    that cannot be exchanged, UserError for a file that cannot be read.
    """
    path = folder / VOCABULARY / "themes.yml"
    vocabulary = load_vocabulary(folder)
    if not path.is_file() or yaml.safe_load(path.read_text(encoding="utf-8")) is None:
        raise ThemeNameError(
            "theme-no-vocabulary",
            f"没有 {path}，或者里面没有内容，用的是自带的："
            f"请先把 {content.VOCABULARY / path.name} 复制过来，再改名。",
        )
    _refuse_names(vocabulary, old, new)
    planned = {}
    if old in vocabulary.themes:
        planned[path] = rename_in_vocabulary(casefile.read_raw(path), old, new)
    for each in case_paths(folder):
        casefile.read_case(each)  # names the file that cannot be read
        text = casefile.read_raw(each)
        if (renamed := rename_in_case(text, old, new)) != text:
            planned[each] = renamed
    return planned


def _refuse_names(vocabulary: Vocabulary, old: str, new: str) -> None:
    if not _NAME.fullmatch(new) or new == NO_THEME:
        raise ThemeNameError(
            "theme-name",
            f"“{new}”不能作主题的名称：只用汉字、字母和数字，不超过 20 个，不能是“无”。",
        )
    present = vocabulary.theme_name(old)
    if not present:
        known = "、".join(vocabulary.themes)
        raise ThemeNameError("theme-unknown", f"词表里没有主题“{old}”；现有：{known}。")
    if old != present and new != present:
        raise ThemeNameError(
            "theme-renamed", f"“{old}”已改名为“{present}”；请写 --rename {present} {new}。"
        )
    taken = vocabulary.theme_name(new)
    if old == new or (taken and taken != present):
        raise ThemeNameError("theme-exists", f"已经有主题“{taken}”，请另取一个名称。")


def rename_in_vocabulary(text: str, old: str, new: str) -> str:
    """themes.yml with a theme's name exchanged and the old one among its aliases.

    Raises ThemeNameError if the file is written in a way that would not say this afterwards.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    entry = next(each for each in entries if each.get("name") == old)
    aliases = [old, *(name for name in entry.get("aliases") or () if name != new)]
    nodes = {key.value: (key, value) for key, value in _find_entry(text, old)}
    key, name = nodes["name"]
    listed = f"[{', '.join(aliases)}]"
    edits = [(name.start_mark.index, name.end_mark.index, new)]
    if "aliases" in nodes:
        start, end = (mark.index for mark in _marks(nodes["aliases"][1]))
        edits.append((start, start + len(text[start:end].rstrip()), listed))
    else:
        place = name.end_mark.index
        edits.append((place, place, f"\n{' ' * key.start_mark.column}aliases: {listed}"))
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    entry |= {"name": new, "aliases": aliases}
    if not _says(text, entries):
        raise ThemeNameError(
            "theme-yaml", "themes.yml 的写法程序改不了，请手工改名并写上 aliases。"
        )
    return text


def _says(text: str, entries: list[dict[str, Any]]) -> bool:
    try:
        return bool(yaml.safe_load(text) == entries)
    except yaml.YAMLError:
        return False


def _find_entry(text: str, name: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys and values of the entry of a theme, with their places."""
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for entry in root.value:
        if any(key.value == "name" and value.value == name for key, value in entry.value):
            return list(entry.value)
    return []


def _marks(node: yaml.Node) -> tuple[Any, Any]:
    return node.start_mark, node.end_mark


def rename_in_case(text: str, old: str, new: str) -> str:
    """A case file with a theme's name exchanged in its front matter and its marks.

    Raises ThemeNameError if the file would not say this afterwards.
    """
    before = casefile.parse(text)
    expected = _rename_themes(before, old, new)
    if expected == before:
        return text
    parts = casefile.split_front_matter(text)
    lines = text.split("\n")
    for placed in casefile.read_blocks(parts.body, parts.body_line):
        if old in placed.block.themes:
            lines[placed.line - 1] = _rename_in_heading(lines[placed.line - 1], old, new)
    front = _rename_in_front_matter(parts.front, old, new)
    first = parts.front_line - 1
    lines[first : parts.body_line - 2] = front.split("\n")
    text = "\n".join(lines)
    if casefile.parse(text) != expected:
        raise ThemeNameError(
            "theme-case", f"案例 {before.id} 里的主题“{old}”程序改不了，请手工改。"
        )
    return text


def _rename_in_heading(line: str, old: str, new: str) -> str:
    head, brace, marks = line.rpartition("{")

    def exchange(found: re.Match[str]) -> str:
        return f"theme={','.join(_exchange(_SEPARATOR.split(found[1]), old, new))}"

    return head + _MARK.sub(exchange, brace + marks)


def _rename_in_front_matter(front: str, old: str, new: str) -> str:
    root: Any = yaml.compose(front, Loader=yaml.BaseLoader)
    listed = next((value for key, value in root.value if key.value == "themes"), None)
    nodes = listed.value if isinstance(listed, yaml.SequenceNode) else []
    for node in reversed([node for node in nodes if node.value == old]):
        start, end = (mark.index for mark in _marks(node))
        front = front[:start] + front[start:end].replace(old, new) + front[end:]
    return front


def _rename_themes(case: Case, old: str, new: str) -> Case:
    blocks = tuple(_rename_themes_of(block, old, new) for block in case.blocks)
    listed = tuple(new if name == old else name for name in case.themes)
    return replace(case, blocks=blocks, themes=listed)


def _rename_themes_of(block: Block, old: str, new: str) -> Block:
    return (
        replace(block, themes=_exchange(block.themes, old, new)) if old in block.themes else block
    )


def _exchange(names: Any, old: str, new: str) -> tuple[str, ...]:
    """The names with one exchanged; each once."""
    return tuple(dict.fromkeys(new if name == old else name for name in names if name))
